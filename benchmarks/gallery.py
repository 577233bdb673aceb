"""Searching, opening and adding in galleries of thousands of faces, beside NumPy's and FAISS's own search.

    python -m benchmarks.gallery [--faces N …] [--dimensions D] [--runs N]

The embeddings are made up: five faces of a person have a similarity of about 0.6, strangers of about 0 with
a standard deviation of 0.044 (512 dimensions), which is harder for an index than faces are.
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.photo import hopper
from benchmarks.table import Row
from benchmarks.timing import Timing, in_turns, resident_mb
from face_match.core.progress import never_cancelled
from face_match.core.records import FaceRecord, Person, PhotoRecord
from face_match.core.types import Box, Crop, Embedding, Embeddings, Landmarks, PhotoFileInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.records.rows import Contents, Table, face_row, person_row, photo_row
from face_match.gallery.search.embedding_tables import EmbeddingTable
from face_match.gallery.storage.active_store import MAX_JSON_FACES
from face_match.gallery.storage.crops import PNG_EFFORT, crop_file
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.sqlite.store import SqlStore

SIZES = [250, 1_000, 10_000, 100_000, 500_000, 1_000_000]
FACES_EACH = 5
MODEL = "facenet"
QUERIES = 200
SEARCH_TARGETS = {1_000: 0.0006, 10_000: 0.0006, 100_000: 0.005, 500_000: 0.02}
OPEN_TARGETS = {10_000: 0.1, 100_000: 0.5}
ADD_TARGET = 0.01


def main() -> None:
    """Print the rows of all sizes asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gallery", description=__doc__)
    parser.add_argument("--faces", type=int, nargs="+", default=SIZES)
    parser.add_argument("--dimensions", type=int, default=512)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    for count in options.faces:
        for row in rows(count, options.dimensions, options.runs):
            print(row, flush=True)


def rows(count: int, dimensions: int, runs: int) -> Iterator[Row]:
    """All that is measured with so many faces."""
    embeddings = crowd(count, dimensions)
    yield from _search(embeddings, runs)
    if count <= max(OPEN_TARGETS):
        yield from _keeping(embeddings, runs)


def crowd(count: int, dimensions: int) -> Embeddings:
    """Faces of made-up people, one person's after another's."""
    random = np.random.default_rng(0)
    embeddings: Embeddings = random.standard_normal((count, dimensions), np.float32)
    for first in range(0, count, FACES_EACH):  # a tenth of a person is common to their faces
        own = embeddings[first : first + FACES_EACH]
        own += 1.25 * random.standard_normal(dimensions, np.float32)
        own /= np.linalg.norm(own, axis=1, keepdims=True)
    return embeddings


def _table(embeddings: Embeddings) -> EmbeddingTable:
    table = EmbeddingTable(embeddings.shape[1], len(embeddings))
    ids = [uuid.uuid4().hex for _ in embeddings]
    table.extend(ids, [f"person {row // FACES_EACH}" for row in range(len(embeddings))], embeddings)
    return table


def _search(embeddings: Embeddings, runs: int) -> Iterator[Row]:
    import faiss

    count, dimensions = embeddings.shape
    exact, ours = _table(embeddings), _table(embeddings)
    query = embeddings[7]
    flat = faiss.IndexFlatIP(dimensions)
    flat.add(embeddings)
    before, began = resident_mb(), time.perf_counter()
    if ours.wants_index:
        ours.make_index(threading.Lock(), never_cancelled)
    built, grown = time.perf_counter() - began, resident_mb() - before
    contenders = {
        "ours": lambda: ours.nearest(query, 10),
        "ours, exact": lambda: exact.nearest(query, 10),
        "NumPy's product alone": lambda: embeddings @ query,
        "FAISS flat": lambda: flat.search(query[None], 50),
    }
    name = f"of {count:,} faces, {dimensions}-d"
    yield Row(f"the 10 nearest people {name}", SEARCH_TARGETS.get(count), in_turns(contenders, runs=5 * runs))
    if not exact.wants_index:
        return
    found = _recall(exact, ours, embeddings)
    for what, target, value, unit in (
        ("building its index in the background", None, built, "s"),
        ("memory that the index takes", None, grown, "MB"),
        ("people found of the 10 nearest", 99.9, found, "%"),
    ):
        yield Row(f"{what}, {name}", target, {"ours": Timing(value, value, value)}, unit)


def _recall(exact: EmbeddingTable, ours: EmbeddingTable, embeddings: Embeddings) -> float:
    """Per cent of the ten nearest people, for other faces of half of them and for strangers."""
    random = np.random.default_rng(1)
    strangers = random.standard_normal((QUERIES, embeddings.shape[1]), np.float32)
    strangers[::2] += 35 * embeddings[random.choice(len(embeddings), QUERIES // 2)]
    found = total = 0
    for query in strangers / np.linalg.norm(strangers, axis=1, keepdims=True):
        expected = {near.folder for near in exact.nearest(query, 10)}
        found += len(expected & {near.folder for near in ours.nearest(query, 10)})
        total += len(expected)
    return 100 * found / total


def _contents(embeddings: Embeddings) -> Contents:
    box, points = Box(31.7, 40.2, 120.4, 151.9), Landmarks.of([[70.1 + n, 90.3] for n in range(5)])
    contents, added = Contents(), "2026-01-01T00:00:00Z"
    for number, embedding in enumerate(embeddings):
        name = f"Person {number // FACES_EACH}"
        if number % FACES_EACH == 0:
            contents.rows[Table.PEOPLE].append(person_row(Person(name, name, added)))
        key = uuid.uuid4().hex
        contents.rows[Table.PHOTOS].append(photo_row(PhotoRecord(key, 2 * key, 2 * key)))
        face = FaceRecord(
            key, crop_file(name, key), key, box, box=box, landmarks=points, person=name, added=added
        )
        contents.rows[Table.FACES].append(face_row(face))
        contents.embeddings[key] = {MODEL: embedding}
    return contents


def _keeping(embeddings: Embeddings, runs: int) -> Iterator[Row]:
    count = len(embeddings)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if count <= MAX_JSON_FACES:
            JsonStore(folder).save(_contents(embeddings), {})
        else:
            SqlStore.create(folder / DATABASE, _contents(embeddings))
        opened = in_turns({"ours": lambda: _open(folder, embeddings[7])}, runs=runs)
        yield Row(f"opening {count:,} faces to the first match", OPEN_TARGETS.get(count), opened)
        with Gallery.open(folder, for_writing=True) as gallery:
            gallery.nearest(embeddings[7], MODEL, 10)
            crop = _crop()
            contenders = {
                "ours": lambda: _add(gallery, crop, embeddings[7]),
                "encoding its crop alone": lambda: _encode(crop),
            }
            added = in_turns(contenders, runs=5 * runs)
        yield Row(f"adding one to {count:,}, on the disk", ADD_TARGET, added)
        shutil.rmtree(folder / "faces_db")


def _open(folder: Path, query: Embedding) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.nearest(query, MODEL, 10)


def _add(gallery: Gallery, crop: Crop, embedding: Embedding) -> None:
    key = uuid.uuid4().hex
    gallery.add("Somebody", NewFace(crop, {MODEL: embedding}, crop.box), PhotoFileInfo(key, key, 1, 1))


def _crop() -> Crop:
    """Of a portrait: the face in the photo's upper half, as large as crops are kept."""
    with Image.open(hopper()) as image:
        pixels = np.asarray(image.convert("RGB").resize((512, 600)).crop((100, 20, 400, 350)))
    return Crop(pixels, Box(30.0, 40.0, 200.0, 250.0), Landmarks.of([[100.0 + n, 100.0] for n in range(5)]))


def _encode(crop: Crop) -> None:
    Image.fromarray(crop.pixels).save(io.BytesIO(), "PNG", compress_level=PNG_EFFORT)


if __name__ == "__main__":
    main()
