"""Records in `embeddings.json`, readable and whole at any moment.

    {"format": "face-match gallery", "version": 1,
     "people": [{"name", "folder", "added",
                 "rejections": [{"photo", "box"}],
                 "samples": [{"id", "file", "added", "photo", "box", "landmarks",
                              "vectors": {"<model>": "<base64 of little-endian float32>"}}]}]}

Fields that this version does not know are kept. The original demo's file is read too, and kept beside
the new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from face_match.durable import write_file
from face_match.errors import BackupUnusableError, GalleryDamagedError, GalleryNewerError, gallery_writes
from face_match.gallery.records import MISREAD, document, listed, read_person
from face_match.gallery.seed import people_of_seed
from face_match.types import Person

FORMAT = "face-match gallery"
VERSION = 1
RECORDS = "embeddings.json"


class JsonStore:
    """The records of a gallery's folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / RECORDS
        self.backup = folder / f"{RECORDS}.bak"
        self._seed = folder / f"{RECORDS}.seed"
        self._holds_seed_format = False
        self._extra: dict[str, object] = {}

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
            records = json.loads(self.path.read_bytes())
            people = _people(records, self.path)
        except (*MISREAD, OSError) as exc:
            raise GalleryDamagedError(self.path, _damage(exc), self._good_backup()) from exc
        self._holds_seed_format = isinstance(records, list)
        if not self._holds_seed_format:
            self._extra = {k: v for k, v in records.items() if k not in ("format", "version", "people")}
        return people

    def save(self, people: Iterable[Person]) -> None:
        """Replace the records, durably; the ones before become the backup.

        Raises:
            GalleryWriteError: the records are as they were.
        """
        data = document(people, {"format": FORMAT, "version": VERSION, **self._extra})
        with gallery_writes(self.path):
            if self._holds_seed_format:
                self._keep_seed(self.path.read_bytes())
            write_file(self.path, data, previous=self.backup)
        self._holds_seed_format = False

    def restore(self, backup: Path) -> Path | None:
        """Put a backup in the place of the records.

        Returns:
            Where the records before it are now, if there were any.
        Raises:
            BackupUnusableError, GalleryNewerError: nothing is changed.
        """
        try:
            data = backup.read_bytes()
            _people(json.loads(data), backup)
        except (*MISREAD, OSError) as exc:
            raise BackupUnusableError(backup, _damage(exc)) from exc
        aside = None
        with gallery_writes(self.path):
            if self.path.exists():
                stamp = datetime.now().strftime("%Y-%m-%d %H.%M.%S.%f")
                aside = self.path.with_name(f"{RECORDS}.before {stamp}")
                write_file(aside, self.path.read_bytes())
            write_file(self.path, data)
        return aside

    def _keep_seed(self, data: bytes) -> None:
        """For good: the demo's file, and another one if there was one before."""
        path, number = self._seed, 1
        while path.exists() and path.read_bytes() != data:
            number += 1
            path = self._seed.with_name(f"{self._seed.name} {number}")
        if not path.exists():
            write_file(path, data)

    def _good_backup(self) -> Path | None:
        try:
            _people(json.loads(self.backup.read_bytes()), self.backup)
        except (*MISREAD, OSError, GalleryNewerError):
            return None
        return self.backup


def _damage(exc: Exception) -> str:
    if isinstance(exc, json.JSONDecodeError):
        return f"it breaks off or is damaged at line {exc.lineno}"
    if isinstance(exc, OSError):
        return exc.strerror or type(exc).__name__
    if isinstance(exc, KeyError):
        return f"a record has no {exc}"
    return "it is not a gallery of this program"


def _people(records: Any, path: Path) -> list[Person]:
    if isinstance(records, list):
        changed = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
        people = people_of_seed(records, path.parent, changed.strftime("%Y-%m-%dT%H:%M:%SZ"))
    else:
        if records["format"] != FORMAT:
            raise ValueError(records["format"])
        if int(records["version"]) > VERSION:
            raise GalleryNewerError(path, str(records["version"]))
        people = [read_person(record) for record in listed(records["people"])]
    ids = [sample.id for person in people for sample in person.samples]
    if len(set(ids)) < len(ids) or len({person.folder for person in people}) < len(people):
        raise ValueError("an id or a folder occurs twice")
    return people
