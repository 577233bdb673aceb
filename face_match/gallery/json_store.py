"""Records in `embeddings.json`, readable and whole at any moment.

    {"format": "face-match gallery", "version": 1,
     "people": [{"name", "folder", "added",
                 "rejections": [{"photo", "box"}],
                 "samples": [{"id", "file", "added", "photo", "box", "landmarks",
                              "vectors": {"<model>": "<base64 of little-endian float32>"}}]}]}

Fields that this version does not know are kept. The original demo's file, a list of
`{id, name, image_path, embedding, model, version}`, is read too, and kept beside the new one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np

from face_match.durable import write_file
from face_match.errors import GalleryDamagedError, GalleryNewerError, gallery_writes
from face_match.gallery.names import folder_for, name_key
from face_match.gallery.samples import CROPS_FOLDER
from face_match.types import Box, Landmarks, Person, Rejection, Sample, Vector

FORMAT = "face-match gallery"
VERSION = 1
RECORDS = "embeddings.json"
SEED_MODEL, FACENET = "keras_facenet", "facenet"
"""What the demo calls the network that we call facenet."""

_DAMAGE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError)
"""What reading records that are not as they should be can raise."""


class JsonStore:
    """The records of a gallery's folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / RECORDS
        self.backup = folder / f"{RECORDS}.bak"
        self._seed = folder / f"{RECORDS}.seed"
        self._holds_seed_format = False

    def load(self) -> list[Person]:
        """Everybody; nobody where there are no records yet.

        Raises:
            GalleryDamagedError: with the backup where that can be read; nothing is changed.
            GalleryNewerError.
        """
        if not self.path.exists():
            if self.backup.exists():
                raise GalleryDamagedError(self.path, "it is missing", self._good_backup())
            return []
        try:
            document = _read(self.path)
            self._holds_seed_format = isinstance(document, list)
            return _people(document, self.path)
        except _DAMAGE as exc:
            raise GalleryDamagedError(self.path, _damage(exc), self._good_backup()) from exc

    def save(self, people: Iterable[Person]) -> None:
        """Replace the records, durably; the ones before become the backup.

        Raises:
            GalleryWriteError: the records are as they were.
        """
        data = _document(people).encode()
        with gallery_writes(self.path):
            if self._holds_seed_format and not self._seed.exists():
                write_file(self._seed, self.path.read_bytes())
            write_file(self.path, data, previous=self.backup)
        self._holds_seed_format = False

    def restore(self, backup: Path) -> Path | None:
        """Put a backup in the place of the records.

        Returns:
            Where the records before it are now, if there were any.
        Raises:
            GalleryDamagedError, GalleryNewerError: the backup cannot be used.
        """
        try:
            _people(_read(backup), backup)
        except _DAMAGE as exc:
            raise GalleryDamagedError(backup, _damage(exc)) from exc
        aside = None
        if self.path.exists():
            stamp = datetime.now().strftime("%Y-%m-%d %H.%M.%S")
            aside = self.path.with_name(f"{RECORDS}.before {stamp}")
        with gallery_writes(self.path):
            if aside is not None:
                write_file(aside, self.path.read_bytes())
            write_file(self.path, backup.read_bytes())
        return aside

    def _good_backup(self) -> Path | None:
        try:
            _people(_read(self.backup), self.backup)
        except (*_DAMAGE, GalleryNewerError):
            return None
        return self.backup


def now() -> str:
    """ISO 8601, UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _damage(exc: Exception) -> str:
    if isinstance(exc, json.JSONDecodeError):
        return f"it breaks off or is damaged at line {exc.lineno}"
    if isinstance(exc, OSError):
        return exc.strerror or type(exc).__name__
    if isinstance(exc, KeyError):
        return f"a record has no {exc}"
    return "it is not a gallery of this program"


def _people(document: Any, path: Path) -> list[Person]:
    if isinstance(document, list):
        return _people_of_seed(document, path)
    if document["format"] != FORMAT:
        raise ValueError(document["format"])
    if int(document["version"]) > VERSION:
        raise GalleryNewerError(path, str(document["version"]))
    people = [_person(record) for record in document["people"]]
    ids = [sample.id for person in people for sample in person.samples]
    if len(set(ids)) < len(ids) or len({person.folder for person in people}) < len(people):
        raise ValueError("an id or a folder occurs twice")
    return people


def _person(record: Mapping[str, Any]) -> Person:
    known = dict(record)
    return Person(
        name=str(known.pop("name")),
        folder=str(known.pop("folder")),
        added=str(known.pop("added")),
        samples=tuple(_sample(sample) for sample in known.pop("samples")),
        rejections=tuple(
            Rejection(str(entry["photo"]), _box(entry["box"])) for entry in known.pop("rejections", [])
        ),
        extra=known,
    )


def _sample(record: Mapping[str, Any]) -> Sample:
    known = dict(record)
    box, landmarks = known.pop("box"), known.pop("landmarks")
    return Sample(
        id=str(known.pop("id")),
        file=str(known.pop("file")),
        vectors={str(m): _vector(text) for m, text in known.pop("vectors").items()},
        box=None if box is None else _box(box),
        landmarks=None if landmarks is None else Landmarks.of(landmarks),
        photo_digest=str(known.pop("photo")),
        added=str(known.pop("added")),
        extra=known,
    )


def _box(values: Iterable[float]) -> Box:
    return Box(*(float(value) for value in values))


def _vector(text: str) -> Vector:
    """Raises ValueError for what is not a unit vector, which a damaged file would hold."""
    vector = np.frombuffer(base64.b64decode(text, validate=True), "<f4").astype(np.float32)
    return _checked(vector)


def _checked(vector: Vector) -> Vector:
    if not abs(float(np.linalg.norm(vector)) - 1.0) < 1e-3:
        raise ValueError("not a unit vector")
    return vector


def _document(people: Iterable[Person]) -> str:
    """JSON with a line for each person and each sample: to be read, and compared line by line."""
    written = [
        f'{{{_fields(_person_record(person))}, "samples": [\n  '
        + ",\n  ".join(f"{{{_fields(_sample_record(sample))}}}" for sample in person.samples)
        + "]}"
        for person in people
    ]
    head = _fields({"format": FORMAT, "version": VERSION})
    return f'{{{head}, "people": [\n ' + ",\n ".join(written) + "]}\n"


def _fields(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False)[1:-1]


def _person_record(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "folder": person.folder,
        "added": person.added,
        "rejections": [
            {"photo": rejection.photo_digest, "box": list(rejection.box)} for rejection in person.rejections
        ],
        **person.extra,
    }


def _sample_record(sample: Sample) -> dict[str, object]:
    return {
        "id": sample.id,
        "file": sample.file,
        "added": sample.added,
        "photo": sample.photo_digest,
        "box": None if sample.box is None else list(sample.box),
        "landmarks": None if sample.landmarks is None else [list(p) for p in sample.landmarks],
        "vectors": {
            model: base64.b64encode(vector.astype("<f4").tobytes()).decode()
            for model, vector in sample.vectors.items()
        },
        **sample.extra,
    }


def _people_of_seed(entries: Iterable[Mapping[str, Any]], path: Path) -> list[Person]:
    """The demo's entries, grouped by name; whatever is not ours to know is kept in `extra`."""
    people: dict[str, Person] = {}
    added = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    stamp = added.strftime("%Y-%m-%dT%H:%M:%SZ")
    ids: set[str] = set()
    for entry in entries:
        known = dict(entry)
        name, identifier = str(known.pop("name")), str(known.pop("id"))
        if identifier in ids:
            raise ValueError("an id occurs twice")
        ids.add(identifier)
        file = _seed_file(str(known["image_path"]), path.parent)
        vector = np.asarray(known.pop("embedding"), np.float32)
        norm = float(np.linalg.norm(vector))
        if vector.ndim != 1 or not np.isfinite(norm) or norm == 0:
            raise ValueError("not an embedding")
        model = str(known.get("model", SEED_MODEL))
        sample = Sample(
            id=identifier,
            file=file,
            vectors={FACENET if model == SEED_MODEL else model: vector / np.float32(norm)},
            box=None,
            landmarks=None,
            photo_digest="",
            added=stamp,
            extra={"seed": known},
        )
        key = name_key(name)
        if key not in people:
            taken = [person.folder for person in people.values()]
            people[key] = Person(name, _seed_folder(file, name, taken), stamp)
        earlier = people[key]
        people[key] = Person(name, earlier.folder, stamp, (*earlier.samples, sample))
    return list(people.values())


def _seed_file(image_path: str, folder: Path) -> str:
    """The demo wrote paths as its system does, relative to where it was started."""
    if image_path.startswith(str(folder)):
        image_path = str(Path(image_path).relative_to(folder))
    return PureWindowsPath(image_path).as_posix()


def _seed_folder(file: str, name: str, taken: list[str]) -> str:
    parts = PurePosixPath(file).parts
    if len(parts) == 3 and parts[0] == CROPS_FOLDER and parts[1] not in taken:
        return parts[1]
    return folder_for(name, taken)
