"""Records in `embeddings.json`, readable and whole at any moment.

    {"format": "face-match gallery", "version": 3,
     "people": [{"name", "folder", "added",
                 "rejections": [{"photo", "box"}],
                 "samples": [{"id", "file", "added", "photo", "box", "landmarks", "place",
                              "vectors": {"<model>": "<base64 of little-endian float32>"}}]}],
     "history": [<see history.py>]}

`"keeps_json": true` in the head says that the records are to stay here, however many they become. Fields that
this version does not know are kept. In an encrypted gallery the file is sealed as a whole, and `"generation"`
counts its changes. The original demo's file is read too, and kept beside the new one.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np

from face_match.durable import read_file, write_file
from face_match.errors import GalleryDamagedError, GalleryNewerError, GalleryWriteError, gallery_writes
from face_match.gallery.changes import (
    Change,
    Edit,
    FiledRejection,
    FiledSample,
    PersonEdit,
    RejectionEdit,
    SampleEdit,
)
from face_match.gallery.history import LENGTH, change_record, read_changes
from face_match.gallery.json_files import MAX_RECORDS_BYTES, TooMuchError, load_json
from face_match.gallery.paths import RECORDS, require_no_link
from face_match.gallery.records import (
    MISREAD,
    MisreadError,
    PersonRecord,
    document,
    each,
    listed,
    read_person,
    relabel,
    take,
)
from face_match.gallery.seed import people_of_seed
from face_match.gallery.store import FiledFace, VectorRows
from face_match.gallery.vault import Vault, from_disk, to_disk
from face_match.types import Person, Rejection, Sample, Vector

FORMAT = "face-match gallery"
VERSION = 3
"""Version 1 has no `place` of samples, version 2 the built-in model's vectors of one view."""
HEAD = {"format": FORMAT, "version": VERSION}
KNOWN = ("format", "version", "generation", "people", "history")


class JsonStore:
    """The records of a gallery's folder, in memory and, as a whole after each change, on the disk."""

    def __init__(self, folder: Path, vault: Vault | None = None) -> None:
        self.vault = vault
        self.path = folder / RECORDS
        self.backup = folder / f"{RECORDS}.bak"
        self.outgrown = folder / f"{RECORDS}.outgrown"
        self._seed = folder / f"{RECORDS}.seed"
        self._holds_seed_format = False
        self._version = VERSION
        self._extra: dict[str, object] = {}
        self._history: list[Change] = []
        self._show({})

    @staticmethod
    def parse(data: bytes, path: Path) -> list[PersonRecord]:
        """The people in a file's content; raises GalleryDamagedError or GalleryNewerError."""
        return _parsed(data, path)[1]

    def load(self) -> list[PersonRecord]:
        """Everybody; nobody where there are no records yet.

        Raises:
            GalleryDamagedError: nothing is changed.
            GalleryNewerError.
        """
        if not self.path.exists():
            was_there = self.vault is not None and self.vault.generation > 0
            if was_there or self.backup.exists() or self.outgrown.exists():
                raise GalleryDamagedError(self.path, "it is missing")
            return []
        content, records, history = _read(self.path, self.vault)
        if self.vault is not None:
            require_not_earlier(self.path, self.vault, _generation(content))
        self._holds_seed_format = isinstance(content, list)
        if not self._holds_seed_format:
            self._version = int(content["version"])
        self._extra = _unknown(content)
        self._history = history
        self._show({record.person.folder: record for record in records})
        return records

    @staticmethod
    def read(path: Path, vault: Vault | None) -> tuple[list[PersonRecord], list[Change], int]:
        """Records, history and generation of such a file; raises GalleryDamagedError or GalleryNewerError."""
        content, records, history = _read(path, vault)
        return records, history, _generation(content)

    @staticmethod
    def rewrite(
        path: Path,
        records: Iterable[PersonRecord],
        history: Iterable[Change],
        vault: Vault | None,
        generation: int,
    ) -> None:
        """Put other records into such a file, and keep none before them; raises GalleryWriteError."""
        data = _written(records, history, _unknown(_read(path, vault)[0]), vault, generation)
        with gallery_writes(path):
            write_file(path, data)

    def save(self, records: Iterable[PersonRecord], history: Sequence[Change] = ()) -> None:
        """Replace the records, durably; the ones before become the backup.

        Raises:
            GalleryWriteError: the records are as they were.
        """
        records = list(records)
        generation = 0 if self.vault is None else self.vault.generation + 1
        data = _written(records, history, self._extra, self.vault, generation)
        if len(data) > MAX_RECORDS_BYTES:  # which would not be read again
            raise GalleryWriteError(self.path, "it would be too large")
        with gallery_writes(self.path):
            if self._holds_seed_format:
                self._keep_seed(from_disk(self._content(), self.vault, RECORDS, self.path))
            write_file(self.path, data, previous=self.backup)
        if self.vault is not None:
            self.vault.generation = generation
        self._holds_seed_format = False
        self._version = VERSION
        self._history = list(history)
        self._show({record.person.folder: record for record in records})

    def stay(self) -> None:
        """From the next save on, however many the samples become."""
        self._extra["keeps_json"] = True

    def take_up_head(self) -> None:
        """The outgrown file's fields that this version does not know; a database has no place for them."""
        if self.outgrown.exists():
            with contextlib.suppress(GalleryDamagedError, GalleryNewerError):
                self._extra = _unknown(_read(self.outgrown, self.vault)[0])

    @property
    def stays(self) -> bool:
        return self._extra.get("keeps_json") is True

    @property
    def sample_count(self) -> int:
        return len(self._samples)

    # As a `Store`

    @property
    def is_earlier(self) -> bool:
        return self._version < VERSION

    def migrate(self) -> None:
        self.save(self._records.values(), self._history)

    def records(self) -> list[PersonRecord]:
        return list(self._records.values())

    def people(self) -> list[Person]:
        return [record.person for record in self._records.values()]

    def sample(self, sample_id: str) -> FiledSample:
        return self._samples[sample_id]

    def sample_ids(self) -> set[str]:
        return set(self._samples)

    def samples_of(self, folder: str) -> list[Sample]:
        return list(self._records[folder].samples)

    def samples_without(self, model_id: str) -> list[Sample]:
        return [sample for _, sample in self._samples.values() if model_id not in sample.vectors]

    def has_photo(self, folder: str, photo_digest: str) -> bool:
        return any(sample.photo_digest == photo_digest for sample in self._records[folder].samples)

    def samples_in(self, photo_digest: str) -> list[FiledSample]:
        return list(self._by_photo.get(photo_digest, ()))

    def faces_in(self, photo_digests: Set[str]) -> list[FiledFace]:
        return [
            FiledFace(folder, digest, sample.place)
            for digest in photo_digests
            for folder, sample in self._by_photo.get(digest, ())
        ]

    def rejections_of(self, folder: str) -> list[Rejection]:
        return list(self._records[folder].rejections)

    def rejections_in(self, photo_digests: Set[str]) -> list[FiledRejection]:
        return [filed for digest in photo_digests for filed in self._rejected.get(digest, ())]

    def samples_by_model(self) -> dict[str, int]:
        return dict(Counter(model for _, sample in self._samples.values() for model in sample.vectors))

    def vectors(self, model_id: str, dimensions: int) -> Iterator[VectorRows]:
        rows = [
            (sample.id, folder, vector)
            for folder, sample in self._samples.values()
            if len(vector := sample.vectors.get(model_id, ())) == dimensions
        ]
        if rows:
            ids, folders, vectors = zip(*rows, strict=True)
            yield VectorRows(ids, folders, np.stack(vectors))

    def history(self) -> list[Change]:
        return list(self._history)

    def commit(self, edits: Sequence[Edit], done: Change | None) -> None:
        records = dict(self._records)
        for edit in edits:
            if isinstance(edit, PersonEdit):
                _edit_person(records, edit)
            elif isinstance(edit, SampleEdit):
                _edit_sample(records, edit)
            else:
                _edit_rejection(records, edit)
        history = [*self._history, done][-LENGTH:] if done is not None else self._history[:-1]
        self.save(records.values(), history)

    def add_vectors(self, model_id: str, vectors: Mapping[str, Vector]) -> None:
        def with_vector(sample: Sample) -> Sample:
            if sample.id not in vectors:
                return sample
            return replace(sample, vectors={**sample.vectors, model_id: vectors[sample.id]})

        records = (
            replace(record, samples=tuple(map(with_vector, record.samples)))
            for record in self._records.values()
        )
        self.save(records, self._history)

    def copy_to(self, path: Path) -> None:
        write_file(path, self._content())

    def close(self) -> None:
        pass

    def _show(self, records: dict[str, PersonRecord]) -> None:
        self._records = records
        self._samples = {
            sample.id: FiledSample(folder, sample)
            for folder, record in records.items()
            for sample in record.samples
        }
        self._by_photo: dict[str, list[FiledSample]] = {}
        for filed in self._samples.values():
            self._by_photo.setdefault(filed.sample.photo_digest, []).append(filed)
        self._rejected: dict[str, list[FiledRejection]] = {}
        for folder, record in records.items():
            for rejection in record.rejections:
                self._rejected.setdefault(rejection.photo_digest, []).append(
                    FiledRejection(folder, rejection)
                )

    def _keep_seed(self, data: bytes) -> None:
        """For good: the demo's file, and another one if there was one before."""
        path, number = self._seed, 1
        while os.path.lexists(path):
            with contextlib.suppress(OSError, GalleryDamagedError):  # what is no seed, or no file, stays
                kept = read_file(path, MAX_RECORDS_BYTES, follows_links=False)
                if from_disk(kept, self.vault, RECORDS, path) == data:
                    return
            number += 1
            path = self._seed.with_name(f"{self._seed.name} {number}")
        write_file(path, to_disk(data, self.vault, RECORDS))

    def _content(self) -> bytes:
        return read_file(self.path, MAX_RECORDS_BYTES, follows_links=False)


def _edit_person(records: dict[str, PersonRecord], edit: PersonEdit) -> None:
    if edit.after is None:
        if edit.before is not None:
            del records[edit.before.folder]
        return
    known = records.get(edit.after.folder, PersonRecord(edit.after))
    person = replace(edit.after, sample_count=len(known.samples))
    records[person.folder] = replace(known, person=person)


def _edit_sample(records: dict[str, PersonRecord], edit: SampleEdit) -> None:
    if edit.before is not None:
        folder, gone = edit.before
        _put_samples(records, folder, tuple(s for s in records[folder].samples if s.id != gone.id))
    if edit.after is not None:
        folder, new = edit.after
        _put_samples(records, folder, (*records[folder].samples, new))


def _put_samples(records: dict[str, PersonRecord], folder: str, samples: tuple[Sample, ...]) -> None:
    record = records[folder]
    person = replace(record.person, sample_count=len(samples))
    records[folder] = replace(record, person=person, samples=samples)


def _edit_rejection(records: dict[str, PersonRecord], edit: RejectionEdit) -> None:
    if edit.before is not None:
        folder, gone = edit.before
        rejections = list(records[folder].rejections)
        rejections.reverse()  # of several that are equal, the last
        with contextlib.suppress(ValueError):  # records edited by hand need not have it
            rejections.remove(gone)
        rejections.reverse()
        records[folder] = replace(records[folder], rejections=tuple(rejections))
    if edit.after is not None:
        folder, new = edit.after
        records[folder] = replace(records[folder], rejections=(*records[folder].rejections, new))


def _damage(exc: Exception) -> str:
    if isinstance(exc, json.JSONDecodeError):
        return f"it breaks off or is damaged at line {exc.lineno}"
    if isinstance(exc, OSError):
        return exc.strerror or type(exc).__name__
    if isinstance(exc, KeyError):
        return f"a record has no {exc}"
    if isinstance(exc, MisreadError):
        return f"{exc}"
    if isinstance(exc, TooMuchError):
        return f"it {exc}"
    return "it is not a gallery of this program"


def _unknown(content: Any) -> dict[str, object]:
    """What the head of a file has that is not of the store; the demo's has no head."""
    return {k: v for k, v in content.items() if k not in KNOWN} if isinstance(content, dict) else {}


def _written(
    records: Iterable[PersonRecord],
    history: Iterable[Change],
    extra: Mapping[str, object],
    vault: Vault | None,
    generation: int,
) -> bytes:
    head = {**HEAD, **extra} if vault is None else {**HEAD, "generation": generation, **extra}
    return to_disk(b"".join(document(records, map(change_record, history), head)), vault, RECORDS)


def require_not_earlier(path: Path, vault: Vault, generation: int) -> None:
    """Refuse records that the gallery has already left behind; otherwise the vault goes on from them.

    Raises:
        GalleryDamagedError: something else has put an earlier file in their place.
    """
    if generation < vault.generation:
        raise GalleryDamagedError(path, "it is older than the records that the gallery had last")
    vault.generation = generation


def _generation(content: Any) -> int:
    return int(content.get("generation", 0)) if isinstance(content, dict) else 0


def _read(path: Path, vault: Vault | None) -> tuple[Any, list[PersonRecord], list[Change]]:
    """A file of records as JSON, and as what it means."""
    require_no_link(path)
    try:
        content = read_file(path, MAX_RECORDS_BYTES, follows_links=False)
        return _parsed(from_disk(content, vault, RECORDS, path), path)
    except OSError as exc:
        raise GalleryDamagedError(path, _damage(exc)) from exc


def _parsed(data: bytes, path: Path) -> tuple[Any, list[PersonRecord], list[Change]]:
    try:
        content = load_json(data)
        _bring_up_to_date(content)
        _generation(content)
        return content, _records(content, path), _history(content)
    except (*MISREAD, OSError) as exc:
        raise GalleryDamagedError(path, _damage(exc)) from exc


def _bring_up_to_date(content: Any) -> None:
    """Make what an earlier version has written what this one would."""
    if isinstance(content, dict) and int(content["version"]) < 3:
        for person in listed(content["people"]):
            for sample in listed(person["samples"]):
                relabel(sample)
        for change in listed(content.get("history", [])):
            for edit in listed(change["edits"]):
                if "sample" in edit:
                    relabel(edit["sample"])


def _history(content: Any) -> list[Change]:
    if not isinstance(content, dict):
        return []
    return read_changes(content.get("history", []))


def _records(content: Any, path: Path) -> list[PersonRecord]:
    if isinstance(content, list):
        changed = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
        records = people_of_seed(content, path.parent, changed.strftime("%Y-%m-%dT%H:%M:%SZ"))
    else:
        if content["format"] != FORMAT:
            raise ValueError(content["format"])
        if int(content["version"]) > VERSION:
            raise GalleryNewerError(path, str(content["version"]))
        records = take(dict(content), "people", lambda people: each(people, read_person))
    ids = [sample.id for record in records for sample in record.samples]
    if len(set(ids)) < len(ids) or len({record.person.folder for record in records}) < len(records):
        raise MisreadError("an id or a folder", "occurs twice")
    return records
