"""Healthy galleries to be damaged: one of every kind of record and of edit, in both stores, and as versions 1
to 3 and 0.1 kept them."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import numpy as np

from face_match.core.records import Decision, Origin, Source
from face_match.core.types import Box, Crop, Embedding, FaceQuality, Landmarks, Photo, Verdict
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.records.fields import encode_embedding
from face_match.gallery.records.paths import CROPS_FOLDER, DATABASE, RECORDS
from face_match.gallery.storage.crops import encode_png
from face_match.gallery.storage_change import move_records

MODEL, OTHER_MODEL = "made-up", "another"
DIMENSIONS = 8
STORED = Path(__file__).parents[1] / "stored"


def embedding(number: int) -> Embedding:
    """The unit vector of face number n."""
    made = np.random.default_rng(number).normal(size=DIMENSIONS)
    return (made / np.linalg.norm(made)).astype(np.float32)


def new_face(number: int, left: float = 10.0, origin: Origin = Origin.DETECTED) -> NewFace:
    """Face number n, of other pixels than any other one."""
    rng = np.random.default_rng(number)
    pixels = rng.integers(0, 256, (12, 10, 3), np.uint8)
    crop = Crop(pixels, Box(2.0, 2.5, 6.0, 7.0), Landmarks.of(rng.uniform(1, 9, (5, 2)).tolist()))
    quality = FaceQuality(Verdict.POOR, 0.5, ("blurred",))
    embeddings = {MODEL: embedding(number), OTHER_MODEL: embedding(number + 100)}
    return NewFace(crop, embeddings, Box(left, 20.0, 30.0, 40.0), 0.875, quality, origin)


def photo(number: int) -> Photo:
    """Photo number n."""
    pixels = np.full((100, 200, 3), number, np.uint8)
    about = {"size": 5000 + number, "modified_ns": 10**18 + number, "taken": "2020-05-17T10:30:00"}
    digest = f"{number:064x}"
    return Photo(
        *(pixels, 200, 100, f"{number}.jpg", digest, lambda: pixels),
        **about,
        hash_file=lambda: f"{number + 500:064x}",
    )


def place_of(number: int) -> Path:
    """Where photo number n lies, as the gallery knows it."""
    return Path("/photos") / f"{number}.jpg"


def make_gallery(folder: Path) -> None:
    """In JSON. Ada was called otherwise once, Grace has a cover, Joan got a face from Grace; others are
    unnamed, ignored, put together and apart; two steps were undone."""
    with Gallery.open(folder, for_writing=True) as gallery:
        for number, name in enumerate(("Ada", "Ada", "Grace", "Grace", "Grace"), start=1):
            gallery.add(name, new_face(number), photo(number), place_of(number))
        grace = gallery.person("Grace")
        first, second, third = (face.id for face in gallery.faces_of(grace))
        gallery.set_cover(second)
        gallery.move([first], "Joan")
        gallery.remove([third])
        seen = gallery.record_photo(
            *(photo(6), place_of(6)),
            scan="mtcnn",
            faces=[new_face(10 + at, 10.0 + 40 * at) for at in range(4)],
        )
        unnamed = [face.id for face in seen.new_faces]
        gallery.reject(grace, unnamed[:1], {unnamed[0]: {MODEL: 0.25}})
        gallery.ignore(unnamed[1:2])
        gallery.cluster_faces(unnamed[2:])
        gallery.split_from_cluster(unnamed[3:], unnamed[2:3])
        gallery.reject_at(photo(7), place_of(7), Box(50.0, 20.0, 30.0, 40.0), grace, {MODEL: 0.125})
        step = gallery.begin_step("imported faces")
        for number in (1, 2, 8):
            gallery.import_name(
                *("Mary", new_face(number), photo(number), place_of(number)),
                source=Source.FOLDER,
                step=step,
                added=0,
            )
        gallery.resolve_conflicts([gallery.conflicts()[0].id], Decision.MINE)
        gallery.add("Mary", new_face(9, origin=Origin.DRAWN), None)
        gallery.rename(gallery.person("Ada"), "Ada King")
        gallery.name_faces(unnamed[:1], "Eve")
        gallery.add("Eve", new_face(20), photo(20), place_of(20))
        gallery.undo()
        gallery.undo()
    _give_extra(folder / RECORDS)


def _give_extra(path: Path) -> None:
    """Fields that no version knows."""
    document = json.loads(path.read_bytes())
    document["note"] = "a head"
    for table in ("people", "photos", "faces", "conflicts"):
        document[table][0]["note"] = {"of": table}
    path.write_text(json.dumps(document), "ascii")


def make_database(gallery: Path, folder: Path) -> None:
    """The same in a database."""
    shutil.copytree(gallery, folder)
    move_records(folder, to_database=True)
    shutil.rmtree(folder / "backups")
    (folder / f"{RECORDS}.outgrown").unlink()


def make_waiting(gallery: Path, folder: Path) -> None:
    """With what version 0.1 kept of unnamed faces: of a photo that is known, and of one that is not."""
    shutil.copytree(gallery, folder)
    (folder / "waiting").mkdir()
    for number in (1, 30):
        faces = [_waiting_face(number, at) for at in range(3)]
        faces[2]["apart"] = [faces[0]["id"]]
        head = {
            **{"version": 1, "photo": f"{number + 500:064x}", "path": str(place_of(number))},
            **{"size": 5000 + number, "modified_ns": 10**18, "faces": faces},
        }
        crops = [encode_png(new_face(100 * number + at).crop.pixels) for at in range(3)]
        for face, crop in zip(faces, crops, strict=True):
            face["crop_bytes"] = len(crop)
        content = json.dumps(head).encode() + b"\n" + b"".join(crops)
        (folder / "waiting" / f"{number:032x}.faces").write_bytes(content)
    (folder / "waiting" / "unfinished.json").write_text(json.dumps([str(place_of(1).parent)]), "ascii")


def _waiting_face(number: int, at: int) -> dict[str, object]:
    made = new_face(100 * number + at, 10.0 + 40 * at)
    return {
        "id": f"{1000 * number + at:032x}",
        "place": list(made.place or ()),
        "box": list(made.crop.box),
        "landmarks": [list(point) for point in made.crop.landmarks],
        "confidence": 0.75,
        "quality": {"verdict": "good", "score": 0.9, "reasons": ["small"]},
        "vectors": {MODEL: encode_embedding(embedding(number + at))},
        "crop_bytes": 0,
        "is_ignored": at == 1,
        "bundle": "f" * 32,
        "apart": [],
    }


def make_stored(name: str, folder: Path) -> None:
    """A gallery that an earlier version wrote: `version_1.json` and the like, or the name of a whole one."""
    folder.mkdir()
    if (STORED / f"{name}.zip").is_file():
        with zipfile.ZipFile(STORED / f"{name}.zip") as archive:
            archive.extractall(folder)
        return
    path = folder / (RECORDS if Path(name).suffix == ".json" else DATABASE)
    shutil.copy(STORED / name, path)
    (folder / CROPS_FOLDER).mkdir()
    if path.name == DATABASE:  # with the kind of journal that whoever writes to it gives it first of all
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
