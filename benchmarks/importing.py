"""How many portraits of about 400 pixels a second go into a gallery, and whether memory stays flat.

python -m benchmarks.importing [--photo FILE] [--photos N] [--reference N]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from benchmarks.photo import hopper
from benchmarks.random_facenet import RandomFaceNet, random_facenet
from benchmarks.table import Row
from benchmarks.timing import Timing, resident_mb
from face_match.core.types import Box
from face_match.gallery.gallery import Gallery
from face_match.vision.embedders import OnnxEmbedder
from face_match.vision.graphs.facenet import facenet
from face_match.vision.models.registry import DLIB, FACENET, load_detector, load_embedder
from face_match.vision.onnx.sessions import Network
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.vision.reference import ReferenceDetector
from face_match.workflows.import_people import import_people, photos_by_person

WIDTH_PX = 360
PHOTOS_EACH = 20
FACENET_TARGET, BUILT_IN_TARGET = 25, 12
WARM_UP = 5


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing", description=__doc__)
    parser.add_argument("--photo", type=Path, help="a photo with a face (default: Grace Hopper)")
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--reference", type=int, default=20, help="photos for the reference stack")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        theirs = random_facenet(folder / "facenet.h5")
        for row in rows(options.photo or hopper(), folder, theirs, options.photos, options.reference):
            print(row, flush=True)


def rows(
    photo: Path, folder: Path, theirs: RandomFaceNet, photos: int, reference_photos: int
) -> Iterator[Row]:
    """Ours with both models, and the reference stack photo by photo, as its demo does it."""
    people = _portraits(photo, folder / "people", photos)
    network = Network(facenet(theirs.weights_file), threads=1)
    facenet_embedder = OnnxEmbedder(FACENET.id, FACENET.dimensions, network, FACENET.aligners)
    reference = _rate(reference_photos, _reference(people, theirs, reference_photos))
    for title, embedder, target in (
        ("FaceNet", facenet_embedder, FACENET_TARGET),
        ("the built-in model", load_embedder(DLIB.id, threads=1), BUILT_IN_TARGET),
    ):
        pipeline = FacePipeline(load_detector(threads=1), embedder)
        for path in sorted(people.rglob("*.jpg"))[:WARM_UP]:
            pipeline.faces(load_photo(path))
        began, memory = resident_mb(), []
        with Gallery.open(folder / embedder.model_id, for_writing=True) as gallery:
            ours = _rate(photos, _import(people, gallery, pipeline, memory))
        name = f"import of {photos:,} portraits with {title}"
        yield Row(name, target, {"ours": ours, "reference": reference}, "photos/s")
        grown = Timing(memory[-1] - began, min(memory) - began, max(memory) - began)
        yield Row(f"memory that it takes besides, {name}", None, {"ours": grown}, "MB")


def _portraits(photo: Path, folder: Path, count: int) -> Path:
    """So many different files, some for each person."""
    with Image.open(photo) as image:
        small = image.convert("RGB").resize((WIDTH_PX, round(WIDTH_PX * image.height / image.width)))
    for number in range(count):
        person = folder / f"Person {number // PHOTOS_EACH}"
        person.mkdir(parents=True, exist_ok=True)
        other = ImageEnhance.Brightness(small).enhance(0.7 + 0.6 * number / count)
        other.save(person / f"{number}.jpg", quality=90)
    return folder


def _import(
    people: Path, gallery: Gallery, pipeline: FacePipeline, memory: list[float]
) -> Callable[[], None]:
    def run() -> None:
        import_people(
            photos_by_person(people),
            gallery,
            pipeline,
            threshold=1.0,
            on_progress=lambda done, total: memory.append(resident_mb()),
        )

    return run


def _reference(people: Path, theirs: RandomFaceNet, count: int) -> Callable[[], None]:
    detector = ReferenceDetector()

    def embed(path: Path) -> None:
        photo = load_photo(path)
        for face in detector.detect(photo.pixels):
            left, top, right, bottom = corners(face.box)
            crop = photo.pixels[top:bottom, left:right]
            aligned = np.asarray(Image.fromarray(crop).resize((160, 160)), np.float32)
            theirs.keras_model.predict((aligned[None] - 127.5) / 127.5, verbose=0)

    paths = sorted(people.rglob("*.jpg"))
    for path in paths[:WARM_UP]:
        embed(path)
    return lambda: [embed(path) for path in paths[:count]] and None


def corners(box: Box) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in whole pixels, from 0 on."""
    left, top = max(0, int(box.x)), max(0, int(box.y))
    return left, top, left + int(box.width), top + int(box.height)


def _rate(count: int, job: Callable[[], object]) -> Timing:
    began = time.perf_counter()
    job()
    rate = count / (time.perf_counter() - began)
    return Timing(rate, rate, rate)


if __name__ == "__main__":
    main()
