"""The JSON store: records in `embeddings.json`, which is replaced as a whole at each change.

{"format": "face-match gallery", "version": 5,
 "people": [{"folder", "name", "added", "cover", "born"}],
 "photos": [{"id", "digest", "file_digest", "path", "size", "modified_ns", "width", "height",
             "orientation", "taken", "scans", "turned", "turned_by_scan", "hints"}],
 "faces": [{"id", "photo", "person", "file", "added", "place", "orientation", "box", "landmarks",
            "confidence", "quality", "origin", "is_ignored", "is_unnamed", "is_scanned",
            "rejections", "cluster", "apart",
            "vectors": {"<model>": "<base64 of little-endian float32>"}}],
 "conflicts": [{"id", "face", "name", "source", "path", "at", "decision"}],
 "history": [<see history.py>]}

With `"keeps_json": true` at the top, the records stay in this file however many there are. Unknown fields are
preserved. In an encrypted gallery the whole file is encrypted, and `"generation"` counts its changes. Files
of earlier versions and of the original demo can be read too (`legacy/`); the demo's file is preserved beside
the new one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from face_match.core.atomic_files import file_version, read_file, write_file
from face_match.core.errors import (
    GalleryDamagedError,
    GalleryLockLostError,
    GalleryNewerError,
    GalleryWriteError,
    gallery_read_errors,
    gallery_write_errors,
)
from face_match.core.records import Person
from face_match.core.translation import marked
from face_match.core.types import Embedding
from face_match.core.version import GALLERY_FORMAT
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import (
    READ_ERRORS,
    RecordError,
    parse_count,
    parse_int,
    parse_list,
    pop_field,
)
from face_match.gallery.records.history import HistoryEntry, Step, read_steps, step_record
from face_match.gallery.records.paths import RECORDS, require_no_link
from face_match.gallery.records.rows import (
    Contents,
    Row,
    Table,
    face_record,
    flattened,
    json_line,
    person_from_row,
    read_face_record,
    read_row,
    require_shallow,
)
from face_match.gallery.storage.json_reading import MAX_RECORDS_BYTES, damage_reason, load_json
from face_match.gallery.storage.legacy import versions
from face_match.gallery.storage.store import REPLACED, Counts, EmbeddingRows, FaceFile, OneWriter
from face_match.gallery.storage.vault import Vault, from_disk, to_disk

FORMAT = "face-match gallery"
VERSION, FIRST_WITH_FACES = GALLERY_FORMAT, 4
"""Versions 1 to 3 hold samples inside people, and no photos. Version 4 lacks fields of photos."""
HEAD_FIELDS = ("format", "version", "generation", *(table.value for table in Table), "history")

Steps = Mapping[int, tuple[Step, Sequence[Edit]]]


@dataclass(frozen=True)
class Records:
    """The contents of a JSON file.

    Attributes:
        extra: unknown top-level fields.
        version: of the format; 0 for the original demo.
    """

    contents: Contents = field(default_factory=Contents)
    steps: Sequence[tuple[Step, Sequence[Edit]]] = ()
    generation: int = 0
    extra: Mapping[str, object] = field(default_factory=dict)
    version: int = VERSION


class JsonStore(OneWriter):
    """A store that keeps all records in memory and rewrites the file at each change."""

    def __init__(self, folder: Path, vault: Vault | None = None) -> None:
        self.vault = vault
        self.path = folder / RECORDS
        self.backup = folder / f"{RECORDS}.bak"
        self.set_aside = folder / f"{RECORDS}.outgrown"
        self._demo_path = folder / f"{RECORDS}.seed"
        self._version = VERSION
        self._is_in_memory = False
        self._last_file: tuple[int, int, int] | None = None
        self.generation = 0
        self._extra: dict[str, object] = {}
        self._set(Contents(), {})

    @classmethod
    def in_memory(cls, path: Path, vault: Vault | None, records: Records) -> JsonStore:
        """A store that writes nothing, to show records differently from the file at `path`."""
        store = cls(path.parent, vault)
        store.path = path
        store._is_in_memory = True
        store._version = records.version
        store.generation = records.generation
        store._set(records.contents, {step.id: (step, edits) for step, edits in records.steps})
        return store

    @staticmethod
    def parse(data: bytes, path: Path) -> Records:
        """Parse a file's content; raises GalleryDamagedError or GalleryNewerError."""
        try:
            content = load_json(data)
            if isinstance(content, list):
                contents = versions.contents_of_demo(content, path)
                contents.require_consistent()
                return Records(contents, version=0)
            if content["format"] != FORMAT:
                raise RecordError("format", "is not that of a Face Match gallery")
            version = pop_field({**content}, "version", parse_int)
            if version > VERSION:
                raise GalleryNewerError(path, str(version), str(VERSION))
            if version < 1:
                raise RecordError("version", f"is {version}, which does not exist")
            head = require_shallow({key: value for key, value in content.items() if key not in HEAD_FIELDS})
            generation = pop_field({"generation": 0, **content}, "generation", parse_count)
            if version < FIRST_WITH_FACES:
                contents, steps = versions.contents_of_people(content, version)
            else:
                contents, steps = _read_contents(content), read_steps(content["history"])
            contents.require_consistent()
            return Records(contents, steps, generation, head, version)
        except READ_ERRORS as exc:
            raise GalleryDamagedError(path, damage_reason(exc)) from exc

    @staticmethod
    def read(path: Path, vault: Vault | None) -> Records:
        """Read a file; raises GalleryDamagedError, GalleryUnreadableError or GalleryNewerError."""
        require_no_link(path)
        with gallery_read_errors(path):
            content = read_file(path, MAX_RECORDS_BYTES, follows_links=False)
        return JsonStore.parse(from_disk(content, vault, RECORDS, path), path)

    @staticmethod
    def count(path: Path, vault: Vault | None) -> Counts:
        """The number of people and named faces, without reading every record; raises as `read` does."""
        require_no_link(path)
        with gallery_read_errors(path):
            data = read_file(path, MAX_RECORDS_BYTES, follows_links=False)
        try:
            data = from_disk(data, vault, RECORDS, path)
            content = load_json(data)
            if isinstance(content, list) or parse_int(content["version"]) > VERSION:
                contents = JsonStore.parse(data, path).contents
                named = sum(row["person"] is not None for row in contents.rows[Table.FACES])
                return Counts(len(contents.rows[Table.PEOPLE]), named)
            people = content["people"]
            if parse_int(content["version"]) < FIRST_WITH_FACES:
                return Counts(len(people), sum(len(person["samples"]) for person in people))
            return Counts(len(people), sum(face["person"] is not None for face in content["faces"]))
        except READ_ERRORS as exc:
            raise GalleryDamagedError(path, damage_reason(exc)) from exc

    @staticmethod
    def rewrite(path: Path, records: Records, vault: Vault | None) -> None:
        """Replace a file's records without a backup; raises GalleryWriteError."""
        with gallery_write_errors(path):
            write_file(path, _encode(records, vault))

    def load(self) -> None:
        """Read the file, if it exists.

        Raises:
            GalleryDamagedError, GalleryUnreadableError: nothing is changed.
            GalleryNewerError.
        """
        if not self.path.exists():
            was_there = self.vault is not None and self.vault.generation > 0
            if was_there or self.backup.exists() or self.set_aside.exists():
                raise GalleryDamagedError(self.path, marked("it is missing"))
            return
        self._last_file = file_version(self.path)
        records = JsonStore.read(self.path, self.vault)
        if self.vault is not None:
            require_current_generation(self.path, self.vault, records.generation)
        self._version = records.version
        self._extra = dict(records.extra)
        self._set(records.contents, {step.id: (step, edits) for step, edits in records.steps})

    def save(self, contents: Contents, steps: Steps) -> None:
        """Replace the records, durably. The previous file becomes the `.bak` file.

        Raises:
            GalleryWriteError: the records are unchanged.
            GalleryLockLostError: another program has replaced the file.
        """
        if not self._is_in_memory:
            if self._last_file and file_version(self.path) not in (self._last_file, None):
                raise GalleryLockLostError(self.path.parent, REPLACED)
            generation = 0 if self.vault is None else self.vault.generation + 1
            data = _encode(Records(contents, [*steps.values()], generation, self._extra), self.vault)
            if len(data) > MAX_RECORDS_BYTES:  # because it could not be read again
                raise GalleryWriteError(self.path, marked("it would be too large"))
            with gallery_write_errors(self.path):
                if self._version == 0:
                    self._save_demo_file(from_disk(self._content(), self.vault, RECORDS, self.path))
                write_file(self.path, data, previous=self.backup)
            self._last_file = file_version(self.path)
            if self.vault is not None:
                self.vault.generation = generation
        self._version = VERSION
        self._set(contents, steps)

    def pin_to_json(self) -> None:
        """Keep the records in JSON, however many there are; takes effect at the next save."""
        self._extra["keeps_json"] = True

    def keep_file_head(self) -> None:
        """Take over the unknown top-level fields of the file that was set aside; a database cannot hold
        them."""
        if self.set_aside.exists():
            with contextlib.suppress(GalleryDamagedError, GalleryNewerError):
                self._extra = dict(JsonStore.read(self.set_aside, self.vault).extra)

    @property
    def stays_json(self) -> bool:
        return self._is_in_memory or self._extra.get("keeps_json") is True

    @property
    def face_count(self) -> int:
        return len(self._rows[Table.FACES])

    @property
    def photo_count(self) -> int:
        return len(self._rows[Table.PHOTOS])

    # The Store interface

    @property
    def is_older_version(self) -> bool:
        return 0 < self._version < VERSION  # the demo's file stays until the first change

    @property
    def predates_faces(self) -> bool:
        return 0 < self._version < FIRST_WITH_FACES

    def migrate(self) -> None:
        self.save(self.contents(), self._steps)

    def contents(self) -> Contents:
        rows = {table: [*rows.values()] for table, rows in self._rows.items()}
        return Contents(rows, dict(self._embeddings))

    def counts(self) -> Counts:
        faces = self._rows[Table.FACES]
        return Counts(
            people=len(self._rows[Table.PEOPLE]),
            named=sum(row["person"] is not None for row in faces.values()),
            faces=len(faces),
            photos=len(self._rows[Table.PHOTOS]),
            conflicts=len(self._rows[Table.CONFLICTS]),
            embeddings=sum(len(self._embeddings.get(face_id, ())) for face_id in faces),
        )

    def digest(self) -> str:
        return records_digest(self.contents(), [*self._steps.values()])

    def people(self) -> list[Person]:
        faces = Counter(row["person"] for row in self._rows[Table.FACES].values())
        return [person_from_row(row, faces[row["folder"]]) for row in self._rows[Table.PEOPLE].values()]

    def rows(self, table: Table, column: str, values: Collection[str | None]) -> list[Row]:
        rows, wanted = self._rows[table], {*values}
        if column == table.key and len(wanted) == 1:
            return [rows[value] for value in wanted if value in rows]
        return [row for row in rows.values() if row[column] in wanted]

    def all_rows(self, table: Table) -> Iterator[Row]:
        return iter(self._rows[table].values())

    def photos_without_faces(self, *, but_ignored: bool) -> Iterator[Row]:
        faces = self.all_rows(Table.FACES)
        others = {row["photo"] for row in faces if not (but_ignored and row["is_ignored"])}
        return (row for row in self.all_rows(Table.PHOTOS) if row["id"] not in others)

    def face_files(self) -> list[FaceFile]:
        return [
            FaceFile(row["id"], row["person"], row["file"], [entry["folder"] for entry in row["rejections"]])
            for row in self._rows[Table.FACES].values()
        ]

    def rejected_rows(self) -> list[Row]:
        return [row for row in self._rows[Table.FACES].values() if row["rejections"]]

    def people_in(self, photo_ids: Collection[str]) -> set[tuple[str, str]]:
        rows = self.rows(Table.FACES, "photo", photo_ids)
        return {(row["photo"], row["person"]) for row in rows if row["person"] is not None}

    def embeddings_of(self, face_ids: Collection[str]) -> dict[str, dict[str, Embedding]]:
        return {face_id: dict(self._embeddings.get(face_id, {})) for face_id in face_ids}

    def named_count_by_model(self) -> dict[str, int]:
        named = (row["id"] for row in self._rows[Table.FACES].values() if row["person"] is not None)
        return dict(Counter(model for face_id in named for model in self._embeddings.get(face_id, ())))

    def without_embedding(self, model_id: str, *, named: bool) -> list[str]:
        return [
            row["id"]
            for row in self._rows[Table.FACES].values()
            if (row["person"] is not None) is named and model_id not in self._embeddings.get(row["id"], ())
        ]

    def embeddings(self, model_id: str, dimensions: int) -> Iterator[EmbeddingRows]:
        found = [
            (row["id"], row["person"], embedding)
            for row in self._rows[Table.FACES].values()
            if row["person"] is not None
            and len(embedding := self._embeddings.get(row["id"], {}).get(model_id, ())) == dimensions
        ]
        if found:
            ids, folders, embeddings = zip(*found, strict=True)
            yield EmbeddingRows(ids, folders, np.stack(embeddings))

    def photo_dates(self) -> dict[str, str]:
        taken = {row["id"]: row["taken"] for row in self._rows[Table.PHOTOS].values() if row["taken"]}
        named = (row for row in self._rows[Table.FACES].values() if row["person"] is not None)
        return {row["id"]: taken[row["photo"]] for row in named if row["photo"] in taken}

    def next_step_id(self, last: int) -> int:
        return last + 1

    def steps(self) -> list[Step]:
        return [step for step, _ in self._steps.values()]

    def edits_of(self, step_id: int) -> list[Edit]:
        return [*self._steps[step_id][1]]

    def history_edits(self) -> Iterator[tuple[int, Edit]]:
        return ((step_id, edit) for step_id, (_, edits) in self._steps.items() for edit in edits)

    def commit(
        self, edits: Sequence[Edit], entry: HistoryEntry | None = None, forget: Collection[int] = ()
    ) -> None:
        rows = {table: dict(known) for table, known in self._rows.items()}
        embeddings = dict(self._embeddings)
        for edit in edits:
            _apply(edit, rows[edit.table], embeddings)
        gone = {*forget}
        steps = {number: step for number, step in self._steps.items() if number not in gone}
        if entry is not None:
            before = steps.get(entry.step.id, (entry.step, ()))[1] if entry.is_continued else ()
            steps[entry.step.id] = (entry.step, [*before, *entry.edits])
            steps = dict(sorted(steps.items()))  # a step may begin before another, and be committed after it
        self.save(Contents({table: [*some.values()] for table, some in rows.items()}, embeddings), steps)

    def add_embeddings(self, model_id: str, embeddings: Mapping[str, Embedding]) -> None:
        faces = self._rows[Table.FACES]
        more = {
            face_id: {**self._embeddings.get(face_id, {}), model_id: embedding}
            for face_id, embedding in embeddings.items()
            if face_id in faces
        }
        contents = self.contents()
        contents.embeddings.update(more)
        self.save(contents, self._steps)

    def copy_to(self, path: Path) -> None:
        write_file(path, self._content())

    def close(self) -> None:
        pass

    def _set(self, contents: Contents, steps: Steps) -> None:
        self._rows = {table: {row[table.key]: row for row in contents.rows[table]} for table in contents.rows}
        self._embeddings = contents.embeddings
        self._steps = dict(steps)

    def _save_demo_file(self, data: bytes) -> None:
        """Preserve the demo's file, beside one preserved earlier if there is one."""
        path, number = self._demo_path, 1
        while os.path.lexists(path):
            with contextlib.suppress(OSError, GalleryDamagedError):  # leave what is not a demo file
                kept = read_file(path, MAX_RECORDS_BYTES, follows_links=False)
                if from_disk(kept, self.vault, RECORDS, path) == data:
                    return
            number += 1
            path = self._demo_path.with_name(f"{self._demo_path.name} {number}")
        write_file(path, to_disk(data, self.vault, RECORDS))

    def _content(self) -> bytes:
        return read_file(self.path, MAX_RECORDS_BYTES, follows_links=False)


def _apply(edit: Edit, rows: dict[str, Row], embeddings: dict[str, Mapping[str, Embedding]]) -> None:
    """Make an edit in the rows of its table."""
    if edit.after is None:
        del rows[edit.key]
        if edit.table is Table.FACES:
            embeddings.pop(edit.key, None)
    elif edit.before is None:
        rows[edit.key] = edit.after
        if edit.table is Table.FACES:
            embeddings[edit.key] = edit.embeddings
    else:
        rows[edit.key] = {**rows[edit.key], **edit.after}
        if edit.embeddings:
            embeddings[edit.key] = {**embeddings.get(edit.key, {}), **edit.embeddings}


def records_digest(contents: Contents, steps: Iterable[tuple[Step, Iterable[Edit]]]) -> str:
    """SHA-256 of all rows, embeddings and steps in hex, independent of the order of rows."""
    digest = hashlib.sha256()
    for table in Table:
        for row in sorted(contents.rows[table], key=itemgetter(table.key)):
            digest.update(json.dumps(row, sort_keys=True).encode() + b"\n")
            if table is Table.FACES:
                for model, embedding in sorted(contents.embeddings.get(row["id"], {}).items()):
                    digest.update(model.encode() + embedding.astype("<f4").tobytes())
    for step, edits in steps:
        digest.update(json.dumps(step_record(step, edits), sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def records_json(
    contents: Contents, steps: Iterable[tuple[Step, Iterable[Edit]]], head: Mapping[str, object]
) -> Generator[bytes, None, None]:
    """The records as JSON, one line for each record and step, so that files can be read and compared."""
    yield json_line({"format": FORMAT, "version": VERSION, **head})[:-1]
    embeddings = contents.embeddings
    for table in Table:
        yield b',\n"' + table.value.encode() + b'": ['
        for number, row in enumerate(contents.rows[table]):
            record = (
                face_record(row, embeddings.get(row["id"], {})) if table is Table.FACES else flattened(row)
            )
            yield (b",\n " if number else b"\n ") + json_line(record)
        yield b"]"
    yield b',\n"history": ['
    for number, (step, edits) in enumerate(steps):
        yield (b",\n " if number else b"\n ") + json_line(step_record(step, edits))
    yield b"]}\n"


def _read_contents(content: dict[str, Any]) -> Contents:
    """The records of this version's format."""
    contents = Contents()

    def reader(table: Table) -> Any:
        def read_face(record: Mapping[str, Any]) -> Row:
            row, contents.embeddings[row["id"]] = read_face_record(record)
            return row

        return read_face if table is Table.FACES else lambda record: read_row(table, record)

    known = dict(content)
    for table in Table:
        read = reader(table)
        contents.rows[table] = pop_field(known, table.value, partial(parse_list, read=read))
    return contents


def _encode(records: Records, vault: Vault | None) -> bytes:
    head = {} if vault is None else {"generation": records.generation}
    data = b"".join(records_json(records.contents, records.steps, {**head, **records.extra}))
    return to_disk(data, vault, RECORDS)


def require_current_generation(path: Path, vault: Vault, generation: int) -> None:
    """Refuse records that are older than the vault's generation; otherwise update the vault's generation.

    Raises:
        GalleryDamagedError: the file was replaced by an older one.
    """
    if generation < vault.generation:
        raise GalleryDamagedError(path, marked("it is older than the gallery's last records"))
    vault.generation = generation
