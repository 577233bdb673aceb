"""How many pairs of photos of one person are near-duplicates, and how many copies of photos are found?

python -m benchmarks.near_duplicates FOLDER …      folders of person/photo
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from face_match.core.types import EmbeddedFace
from face_match.gallery.near_duplicates import NEAR_DUPLICATE, SAME_PICTURE, picture_of
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_people import photos_by_person

COPIED = 3
"""Copies are made of each third photo."""


def copies_of(image: Image.Image) -> Iterator[Image.Image]:
    """What becomes of photos that are sent and edited."""
    width, height = image.size
    yield image
    yield image.resize((width * 3 // 5, height * 3 // 5), Image.Resampling.LANCZOS)
    yield image.crop((width // 20, height // 50, width - width // 100, height - height // 20))
    yield ImageEnhance.Brightness(image).enhance(1.2)
    yield ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(0.8)).enhance(1.2)
    yield image.convert("L").convert("RGB")


def face_in(path: Path, pipeline: FacePipeline) -> EmbeddedFace | None:
    """The only face of a photo."""
    photo = load_photo(path)
    faces = pipeline.embed(photo, pipeline.detect(photo))
    return faces[0] if len(faces) == 1 else None


def is_in_second_half(person: str) -> bool:
    """Whether a person is one on whom the limit was not chosen."""
    return int(hashlib.sha256(person.encode()).hexdigest(), 16) % 2 == 1


def is_same(one: EmbeddedFace, other: EmbeddedFace) -> tuple[bool, bool]:
    """Whether two faces are similar enough, and whether also their pictures are."""
    similar = float(one.embedding @ other.embedding) > NEAR_DUPLICATE
    pictures = [picture_of(face.crop.pixels, face.crop.landmarks) for face in (one, other)]
    return similar, similar and float(np.dot(*pictures)) > SAME_PICTURE


def main() -> None:
    """Print the figures of folders, under the built-in model, for both halves of the people."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    pipeline = FacePipeline.load("dlib", threads=1)
    counts: Counter[tuple[str, bool, str]] = Counter()
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "copy.jpg")
        for folder in parser.parse_args().folders:
            photos = itertools.groupby(photos_by_person(folder), key=lambda photo: photo.name)
            for person, own in photos:
                half, paths = is_in_second_half(person), [photo.path for photo in own]
                faces = [face_in(path, pipeline) for path in paths]
                for one, other in itertools.combinations([face for face in faces if face is not None], 2):
                    similar, same = is_same(one, other)
                    counts.update({(folder.name, half, "pairs"): 1, (folder.name, half, "similar"): similar})
                    counts[folder.name, half, "same picture"] += same
                for face, path in list(zip(faces, paths, strict=True))[::COPIED]:
                    with Image.open(io.BytesIO(path.read_bytes())) as image:
                        changed = list(copies_of(image.convert("RGB")))
                    for number, one_copy in enumerate(changed):
                        one_copy.save(copy, quality=50 if number == 0 else 88)
                        copied = face_in(copy, pipeline)
                        if face is not None and copied is not None:
                            counts[folder.name, half, "copies"] += 1
                            counts[folder.name, half, "copies found"] += is_same(face, copied)[1]
    for (name, half, what), count in counts.items():
        print(f"{name:12} {'not chosen on' if half else 'chosen on':14} {what:14} {count:6}")


if __name__ == "__main__":
    main()
