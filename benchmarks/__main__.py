"""What takes how long: ours beside the reference stack and what else is installed, in one run, in turns.

    python -m benchmarks [--photo FILE] [--runs N] [--json FILE]

The reference stack is mtcnn 1.0.0 and keras-facenet 0.3.2 on TensorFlow, FaceNet with random weights, which
cost the same arithmetic. Needs requirements-dev.txt. Nothing else should run on the machine meanwhile.
`python -m benchmarks.gallery` goes on to a million faces.

The figures in docs/performance.md are those of benchmarks/results.json. To measure them anew:

    python -m benchmarks --json benchmarks/results.json && python -m benchmarks.quote
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import gallery, importing
from benchmarks.photo import hopper
from benchmarks.random_facenet import RandomFaceNet, random_facenet
from benchmarks.table import Row
from benchmarks.timing import in_turns, memory_mb, process
from face_match.core.types import Embeddings, Pixels
from face_match.gallery.search.embedding_tables import EmbeddingTable
from face_match.vision.embedders import OnnxEmbedder
from face_match.vision.graphs.facenet import facenet
from face_match.vision.models.registry import DLIB, FACENET, load_detector, load_embedder
from face_match.vision.onnx.sessions import Network
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.vision.reference import ReferenceDetector

SHOW_THE_WINDOW = """
import sys, tempfile
from pathlib import Path
from PySide6.QtWidgets import QApplication
from face_match.gui.feature_check import switch_off_feature_check
switch_off_feature_check()  # as gui/start.py does
from face_match.gui.main_window import MainWindow
from face_match.core.settings import Settings
app = QApplication([])
window = MainWindow(Path(tempfile.mkdtemp()), Settings())
window.show()
app.processEvents()
"""

AND_LOAD_THE_MODEL = """
window.start()
app.processEvents()
while window.tasks.is_busy():
    app.processEvents()
window.close()
"""

GALLERY_SIZES = (10_000, 100_000, 500_000)
IMPORTED, IMPORTED_BY_REFERENCE = 200, 20


def main() -> None:
    """Print the table, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--photo", type=Path, help="a photo with a face (default: Grace Hopper)")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    machine = f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(machine)
    print("\n| job | target | ours | others: times of ours |\n|---|---|---|---|")
    rows = []
    for row in _rows(options.photo or hopper(), options.runs):
        rows.append(row.document())
        print(row, flush=True)
    if options.json:
        document = {
            "source": "python -m benchmarks",
            "made": f"{date.today()}",
            "machine": machine,
            "rows": rows,
        }
        options.json.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def processor() -> str:
    """The name of the processor, as far as the system gives it."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _rows(photo: Path, runs: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        theirs = random_facenet(folder / "facenet.h5")
        yield from _processes(photo, folder, runs)
        yield from _detection(photo, folder, runs)
        yield from _embedding(photo, theirs, runs)
        yield from _photo_to_matches(photo, theirs, runs)
        for count in GALLERY_SIZES:
            yield from gallery.rows(count, FACENET.dimensions, runs)
        yield from importing.rows(photo, folder, theirs, IMPORTED, IMPORTED_BY_REFERENCE)


def _processes(photo: Path, folder: Path, runs: int) -> Iterator[Row]:
    tensorflow = process("-c", "import tensorflow")
    launch = in_turns({"ours": process("-c", SHOW_THE_WINDOW), "import tensorflow": tensorflow}, runs=runs)
    yield Row("start of the process → window visible → end", 0.6, launch)
    idle = {
        "ours": memory_mb(SHOW_THE_WINDOW + AND_LOAD_THE_MODEL),
        "import tensorflow": memory_mb("import tensorflow"),
    }
    yield Row("memory of the window with the built-in model loaded", 150, idle, "MB")
    options = (str(photo), "--gallery", str(folder / "none"), "--json", "--model", "dlib")
    ours = ("-m", "face_match", "match", *options)
    reference = (*ours, "--engine", "reference")
    contenders = {"ours": process(*ours), "reference": process(*reference)}
    yield Row("`match` from a cold process", 1.2, in_turns(contenders, runs=min(3, runs)))
    memory = {
        name: memory_mb(f"from face_match.cli import main; main({list(arguments[2:])!r})")
        for name, arguments in (("ours", ours), ("reference", reference))
    }
    yield Row("memory of `match` at its end", None, memory, "MB")


def _detection(photo: Path, folder: Path, runs: int) -> Iterator[Row]:
    ours, reference = load_detector(), ReferenceDetector()
    image = Image.fromarray(load_photo(photo).pixels)
    for megapixels, target in ((0.12, 0.015), (2.0, 0.03), (4.0, 0.03), (14.0, 0.03)):
        scale = (megapixels * 1e6 / (image.width * image.height)) ** 0.5
        size = (round(image.width * scale), round(image.height * scale))
        pixels: Pixels = np.asarray(image.resize(size))
        contenders = {
            "ours": lambda pixels=pixels: ours.detect(pixels),
            "mtcnn": lambda pixels=pixels: reference.detect(pixels),
        }
        turns = runs if megapixels < 10 else min(3, runs)
        name = f"detect, {size[0]} × {size[1]} ({megapixels:g} megapixels)"
        yield Row(name, target, in_turns(contenders, runs=turns))
    path = folder / "large.jpg"
    Image.fromarray(pixels).save(path, quality=92)
    contenders = {"ours": lambda: load_photo(path), "Pillow, whole": lambda: _decode_whole(path)}
    yield Row("decode a JPEG of 14 megapixels", 0.1, in_turns(contenders, runs=runs))


def _decode_whole(path: Path) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def _embedding(photo: Path, theirs: RandomFaceNet, runs: int) -> Iterator[Row]:
    import dlib
    import tensorflow as tf

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
    aligned = [align(embedded.crop) for align in DLIB.aligners]
    model = dlib.face_recognition_model_v1(str(DLIB.weights_file()))
    contenders = {
        "ours": lambda: pipeline.embed_crop(embedded.crop),
        "dlib, one view": lambda: model.compute_face_descriptor(aligned[0]),
        "dlib, three views": lambda: [model.compute_face_descriptor(view) for view in aligned],
    }
    yield Row("built-in model, one face in three views", 0.077, in_turns(contenders, runs=runs))


def _photo_to_matches(photo: Path, theirs: RandomFaceNet, runs: int) -> Iterator[Row]:
    """A portrait of about 400 pixels, and a gallery of 1,000 faces."""
    network = Network(facenet(theirs.weights_file))
    embedder = OnnxEmbedder(FACENET.id, FACENET.dimensions, network, FACENET.aligners)
    detector, reference = load_detector(), ReferenceDetector()
    portrait = theirs.weights_file.with_name("portrait.jpg")
    with Image.open(photo) as image:
        image.convert("RGB").resize((400, 400 * image.height // image.width)).save(portrait)
    for title, pipeline in (
        ("FaceNet", FacePipeline(detector, embedder)),
        ("built-in model", FacePipeline(detector, load_embedder(DLIB.id))),
    ):
        found = pipeline.faces(load_photo(portrait))[0].embedding
        table = EmbeddingTable(len(found))
        embeddings = gallery.crowd(1_000, len(found))
        table.extend([str(n) for n in range(1_000)], [str(n // 5) for n in range(1_000)], embeddings)

        def ours(pipeline: FacePipeline = pipeline, table: EmbeddingTable = table) -> None:
            for face in pipeline.faces(load_photo(portrait)):
                table.nearest(face.embedding, 10)

        def stack(embeddings: Embeddings = embeddings) -> None:
            pixels = load_photo(portrait).pixels
            for face in reference.detect(pixels):
                left, top, right, bottom = importing.corners(face.box)
                crop = np.asarray(Image.fromarray(pixels[top:bottom, left:right]).resize((160, 160)))
                embedding = theirs.keras_model.predict((crop[None] - 127.5) / 127.5, verbose=0)[0]
                (embeddings @ embedding[: embeddings.shape[1]]).argsort()

        target = 0.04 if title == "FaceNet" else None
        contenders = {"ours": ours, "reference": stack}
        yield Row(f"photo of 400 pixels → Top-K, {title}", target, in_turns(contenders, runs=runs))


if __name__ == "__main__":
    main()
