"""What takes how long: ours beside the reference stack and what else is installed, in one run, in turns.

    python -m benchmarks [--photo FILE] [--runs N] [--json FILE]

The reference stack is mtcnn 1.0.0 and keras-facenet 0.3.2 on TensorFlow, FaceNet with random weights, which
cost the same arithmetic. Needs requirements-dev.txt. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.random_facenet import random_facenet
from benchmarks.timing import Timing, in_turns, milliseconds, process
from face_match.gallery.search import VectorTable
from face_match.types import Pixels
from face_match.vision.graphs.facenet import facenet
from face_match.vision.images import load_photo
from face_match.vision.models import DLIB, load_detector, load_embedder
from face_match.vision.pipeline import FacePipeline
from face_match.vision.reference import ReferenceDetector
from face_match.vision.sessions import Network

SHOW_THE_WINDOW = """
import sys, tempfile
from pathlib import Path
from PySide6.QtWidgets import QApplication
from face_match.gui.window import MainWindow
from face_match.settings import Settings
app = QApplication([])
window = MainWindow(Path(tempfile.mkdtemp()), Settings())
window.show()
app.processEvents()
"""


@dataclass
class Row:
    """One job; `target` is what we mean to reach, in seconds, and the first of `timings` is ours."""

    job: str
    target: float | None
    timings: dict[str, Timing]


def main() -> None:
    """Print the table, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--photo", type=Path, help="a photo with a face (default: Grace Hopper)")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("\n| job | target | ours | others: times of ours |\n|---|---|---|---|")
    rows = []
    for row in _rows(options.photo or _hopper(), options.runs):
        rows.append(asdict(row))
        print(_line(row), flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))


def _line(row: Row) -> str:
    (_, ours), *others = row.timings.items()
    target = f"{1000 * row.target:g} ms" if row.target is not None else ""
    if row.target is not None and ours.median > row.target:
        target += " (missed)"
    told = [f"{name} {milliseconds(t)}: ×{t.median / ours.median:.1f}" for name, t in others]
    return f"| {row.job} | {target} | {milliseconds(ours)} | {'; '.join(told)} |"


def _hopper() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg"


def _rows(photo: Path, runs: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        yield from _processes(photo, folder, runs)
        yield from _detection(photo, folder, runs)
        yield from _embedding(photo, folder, runs)
        yield from _search(runs)


def _processes(photo: Path, folder: Path, runs: int) -> Iterator[Row]:
    tensorflow = process("-c", "import tensorflow")
    launch = in_turns({"ours": process("-c", SHOW_THE_WINDOW), "import tensorflow": tensorflow}, runs=runs)
    yield Row("start of the process → window visible → end", 0.6, launch)
    options = (str(photo), "--gallery", str(folder / "none"), "--json", "--model", "dlib")
    match = ("-m", "face_match", "match", *options)
    yield Row(
        "`match` from a cold process",
        1.2,
        in_turns(
            {"ours": process(*match), "reference": process(*match, "--engine", "reference")},
            runs=min(3, runs),
        ),
    )


def _detection(photo: Path, folder: Path, runs: int) -> Iterator[Row]:
    ours, reference = load_detector(), ReferenceDetector()
    image = Image.fromarray(load_photo(photo).pixels)
    for megapixels, target in ((0.12, 0.015), (2.0, 0.03), (14.0, 0.03)):
        scale = (megapixels * 1e6 / (image.width * image.height)) ** 0.5
        size = (round(image.width * scale), round(image.height * scale))
        pixels: Pixels = np.asarray(image.resize(size))
        contenders = {
            "ours": lambda pixels=pixels: ours.detect(pixels),
            "mtcnn": lambda pixels=pixels: reference.detect(pixels),
        }
        turns = runs if megapixels < 10 else min(3, runs)
        name = f"detect, {size[0]} × {size[1]}"
        yield Row(name, target, in_turns(contenders, runs=turns))
    path = folder / "large.jpg"
    Image.fromarray(pixels).save(path, quality=92)
    contenders = {"ours": lambda: load_photo(path), "Pillow, whole": lambda: _decode_whole(path)}
    yield Row("decode a JPEG of 14 megapixels", 0.1, in_turns(contenders, runs=runs))


def _decode_whole(path: Path) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def _embedding(photo: Path, folder: Path, runs: int) -> Iterator[Row]:
    import dlib
    import tensorflow as tf

    theirs = random_facenet(folder / "facenet.h5")
    network, graph = Network(facenet(theirs.weights_file)), tf.function(theirs.keras_model)
    for count, target in ((1, 0.017), (8, 0.112)):
        crops = np.random.default_rng(0).integers(0, 256, (count, 160, 160, 3)).astype(np.uint8)
        floats = (crops.astype(np.float32) - 127.5) / 127.5
        contenders = {
            "ours": lambda crops=crops: network(crops),
            "keras predict": lambda x=floats: theirs.keras_model.predict(x, verbose=0),
            "tf.function": lambda x=floats: graph(x, training=False).numpy(),
        }
        yield Row(f"FaceNet, {count} face(s)", target, in_turns(contenders, runs=runs))
    pipeline = FacePipeline(load_detector(), load_embedder(DLIB.id))
    (embedded, *_) = pipeline.faces(load_photo(photo))
    aligned = DLIB.align(embedded.crop)
    model = dlib.face_recognition_model_v1(str(DLIB.weights_file()))
    contenders = {
        "ours": lambda: pipeline.vector_of_crop(embedded.crop),
        "dlib": lambda: model.compute_face_descriptor(aligned),
    }
    yield Row("built-in model, one face, aligned", 0.077, in_turns(contenders, runs=runs))
    contenders = {"ours": lambda: pipeline.faces(load_photo(photo))}
    yield Row("photo → faces with vectors, built-in model", None, in_turns(contenders, runs=runs))


def _search(runs: int) -> Iterator[Row]:
    random = np.random.default_rng(0)
    for count, target in ((1_000, 0.0006), (10_000, 0.0006), (100_000, 0.005)):
        vectors = random.normal(size=(count, 512)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        table = VectorTable(512)
        for number, vector in enumerate(vectors):
            table.put(str(number), str(number // 5), vector)
        contenders = {
            "ours": lambda table=table, v=vectors: table.nearest(v[7], 10),
            "NumPy product alone": lambda v=vectors: v @ v[7],
        }
        timings = in_turns(contenders, runs=5 * runs)
        yield Row(f"the 10 nearest people of {count:,} samples, 512-d", target, timings)


if __name__ == "__main__":
    main()
