"""How surely photos on their side or upside down are recognised, and how often one without faces is turned.

    python -m benchmarks.turned FOLDER …

The photos of the folders are turned three ways. Of those in which the detector finds nothing, the surest face
in the other three turns decides. For photos without faces, the faces are painted over. The confidence that is
needed was chosen on one half of the photos; the table shows both.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from face_match.core.errors import ImageUnreadableError
from face_match.core.images.pixels import upright_view
from face_match.core.orientation import turned_right
from face_match.core.photo_folders import photo_files
from face_match.core.types import Photo, Pixels
from face_match.vision import pipeline as pipelines
from face_match.vision.models.registry import load_detector
from face_match.vision.photo_loading import load_photo, photo_from_pixels
from face_match.vision.pipeline import FacePipeline

LIMITS = (0.9, 0.95, 0.97, 0.98, 0.99)


def turned(photo: Photo) -> Iterator[tuple[int, Photo]]:
    """The photo in three turns, with the quarters to the right that make it upright again."""
    for quarters in (1, 2, 3):
        pixels = np.ascontiguousarray(upright_view(photo.pixels, turned_right(1, -quarters)))
        yield quarters, photo_from_pixels(pixels, photo.name)


def without_faces(photo: Photo, pipeline: FacePipeline) -> Pixels | None:
    """The photo with its faces painted over; None if a face is still found."""
    pixels = photo.pixels.copy()
    for face in pipeline.detect(photo):
        x, y, width, height = (value / photo.scale for value in face.box)
        rows = slice(max(0, int(y - height / 2)), int(y + 1.5 * height))
        pixels[rows, max(0, int(x - width / 2)) : int(x + 1.5 * width)] = pixels.reshape(-1, 3).mean(0)
    return None if pipeline.detect_as_is(photo_from_pixels(pixels, photo.name)) else pixels


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    detector = load_detector("mtcnn", threads=1)
    pipeline = FacePipeline(detector, None)  # type: ignore[arg-type]  # nothing is embedded
    in_use = pipelines.MIN_ROTATED_CONFIDENCE
    counts: Counter[tuple[int, float, str]] = Counter()
    for path in photo_files(options.parse_args().folders):
        try:
            photo = load_photo(path)
        except ImageUnreadableError:
            continue
        half = sum(path.name.encode()) % 2
        pipelines.MIN_ROTATED_CONFIDENCE = in_use
        empty = without_faces(photo, pipeline)
        counts[half, 0, "upright photos that are turned"] += bool(
            pipeline.detect_upright(photo)[0].turned_from
        )
        cases = [(quarters, one) for quarters, one in turned(photo) if not pipeline.detect_as_is(one)]
        cases += [] if empty is None else [(0, photo_from_pixels(empty, photo.name))]
        for limit in LIMITS:
            pipelines.MIN_ROTATED_CONFIDENCE = limit
            for quarters, one in cases:
                found = pipeline.quarters_to_upright(one)
                right = "upright" if found == quarters else "missed" if not found else "wrong"
                counts[half, limit, right if quarters else "turned" if found else "left"] += 1
    print("half  limit  upright  wrong  missed  without faces: left  turned")
    for half in (0, 1):
        print(half, "upright photos that are turned:", counts[half, 0, "upright photos that are turned"])
        for limit in LIMITS:
            row = (counts[half, limit, kind] for kind in ("upright", "wrong", "missed", "left", "turned"))
            print(half, limit, *row, sep="\t")


if __name__ == "__main__":
    main()
