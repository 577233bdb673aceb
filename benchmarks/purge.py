"""Erasing people from a large gallery: one with ten faces, and one with thousands.

    python -m benchmarks.purge [--faces N] [--kinds database sealed …]

The embeddings are made up, of 128 dimensions, as those of the built-in model. A backup of the
same lies beside the database. There are no crops: what deleting those takes grows with the person alone.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.table import Row
from benchmarks.timing import Timing, resident_mb
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import Step
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.records.rows import Contents, Table, read_row
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import backups, vault
from face_match.gallery.storage.sqlite.store import SqlStore

FACES, DIMENSIONS = 205_000, 128
FEW, MANY = "Ada Lovelace", "Grace Hopper"
COUNTS = {FEW: 10, MANY: 5_000}
FACES_EACH = 20
TARGET_SECONDS = 20
KINDS = ("database", "sealed")
PASSPHRASE = "correct horse"


def main() -> None:
    """Print how long it takes, for galleries of all kinds asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.purge", description=__doc__)
    parser.add_argument("--faces", type=int, default=FACES)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    options = parser.parse_args()
    for kind in options.kinds:
        with tempfile.TemporaryDirectory() as place:
            for row in rows(Path(place) / "gallery", options.faces, kind):
                print(row, flush=True)


def rows(folder: Path, count: int, kind: str) -> Iterator[Row]:
    """All that is measured with so many faces."""
    word = PASSPHRASE if kind == "sealed" else None
    make_gallery(folder, count)
    if word is not None:
        encryption.encrypt(folder, word)
    opened = backups.open_store(folder, for_writing=True, vault=vault.unlock(folder, word))
    backups.back_up(opened)
    opened.close()
    size = (folder / DATABASE).stat().st_size / 1e6
    for name, faces in COUNTS.items():
        began = time.perf_counter()
        erased = purge.purge(folder, name, word)
        seconds = time.perf_counter() - began
        if erased.faces != faces or erased.traces:
            raise AssertionError(erased)
        what = f"erasing a person with {faces:,} of {count:,} faces, {kind} of {size:.0f} MB and a backup"
        yield Row(what, TARGET_SECONDS, {"ours": Timing(seconds, seconds, seconds)}, "s")
    yield Row("memory afterwards", None, {"ours": Timing(*[resident_mb()] * 3)}, "MB")


def make_gallery(folder: Path, count: int) -> None:
    """A database of so many faces, each in a photo of its own, and the imports that made them."""
    names = [name for name, own in COUNTS.items() for _ in range(own)]
    names += [f"Person {number // FACES_EACH}" for number in range(count - len(names))]
    random = np.random.default_rng(0)
    order = random.permutation(count)
    contents = Contents()
    contents.rows[Table.PEOPLE] = [
        read_row(Table.PEOPLE, {"folder": name, "name": name, "added": "2026-01-01T00:00:00Z"})
        for name in dict.fromkeys(names)
    ]
    for number in order.tolist():
        face_id = hashlib.sha256(b"face %d" % number).hexdigest()[:32]
        photo_id = hashlib.sha256(b"photo %d" % number).hexdigest()[:32]
        contents.rows[Table.PHOTOS].append(_photo(photo_id, number))
        contents.rows[Table.FACES].append(_face(face_id, photo_id, names[number]))
        embedding = random.standard_normal(DIMENSIONS, np.float32)
        contents.embeddings[face_id] = {"dlib": embedding / np.linalg.norm(embedding)}
    last = contents.rows[Table.FACES][-1]
    renamed = Edit(Table.FACES, last["id"], {"is_ignored": True}, {"is_ignored": False})
    SqlStore.create(folder / DATABASE, contents, [(Step(1, "showed an ignored face", ""), [renamed])])


def _photo(photo_id: str, number: int) -> dict[str, object]:
    told = {
        "id": photo_id,
        "digest": hashlib.sha256(photo_id.encode()).hexdigest(),
        "file_digest": hashlib.sha256(b"file" + photo_id.encode()).hexdigest(),
        "path": f"/home/somebody/Pictures/{number % 40 + 1985}/IMG_{number:06d}.jpg",
        "size": 4_000_000 + number,
        "modified_ns": 1_700_000_000_000_000_000 + number,
        "width": 4032,
        "height": 3024,
        "taken": "2024-05-06T07:08:09",
        "scans": ["mtcnn"],
    }
    return dict(read_row(Table.PHOTOS, told))


def _face(face_id: str, photo_id: str, name: str) -> dict[str, object]:
    told = {
        "id": face_id,
        "photo": photo_id,
        "person": name,
        "file": f"faces_db/{name}/{face_id}.png",
        "added": "2026-01-01T00:00:00Z",
        "place": [1000.5, 800.25, 310.125, 412.0625],
        "box": [40.5, 42.25, 110.125, 132.0625],
        "landmarks": [[60.5, 70.5], [100.25, 70.125], [80.0, 90.5], [65.5, 110.25], [98.5, 111.0]],
        "confidence": 0.9987,
        "quality": {"verdict": "good", "score": 0.875, "reasons": []},
        "is_scanned": True,
    }
    return dict(read_row(Table.FACES, told))


if __name__ == "__main__":
    main()
