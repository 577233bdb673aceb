"""Finding everything about a person in a gallery's folder; changes nothing."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from face_match.core.errors import GalleryDamagedError, PersonNotFoundError
from face_match.core.translation import marked
from face_match.gallery.records.history import DELETED_PREFIX
from face_match.gallery.records.names import name_key
from face_match.gallery.records.rows import Table
from face_match.gallery.security.purge_files import Tables, tables_of, visit_readable
from face_match.gallery.security.purge_plan import MAX_FOLDERS, VECTOR_BYTES, PurgePlan
from face_match.gallery.security.purge_rows import edits_of_steps, is_file_in, rows_with, steps_to_go
from face_match.gallery.storage.crops import Crops, crop_file
from face_match.gallery.storage.gallery_files import current_records, record_files
from face_match.gallery.storage.sql import summaries
from face_match.gallery.storage.sql import tables as sql
from face_match.gallery.storage.vault import Vault


def make_plan(
    folder: Path, name: str, vault: Vault | None, on_file: Callable[[Path], None]
) -> tuple[PurgePlan, set[Path]]:
    """The plan for purging a person, and the files of records that can be read.

    The current records must have been opened before.

    Args:
        on_file: called before a file is inspected; may raise.
    Raises:
        PersonNotFoundError.
        GalleryDamagedError, GalleryNewerError: the current records are unreadable; other unreadable files are
            skipped.
    """
    live = current_records(folder)
    if live is None:
        raise PersonNotFoundError(name)
    on_file(live)
    known = {live}
    with tables_of(live, vault, is_trusted=True) as now:
        planning = _Planner(now.connection, name)

        def add(file: Path, tables: Tables) -> None:
            planning.add_older_records(tables.connection)
            known.add(file)

        older = (file for file in record_files(folder) if file != live)
        visit_readable(older, vault, add, on_file)
        plan = planning.plan(now.connection, Crops(folder, vault))
    if plan.is_too_large:
        raise GalleryDamagedError(live, marked("a person in it or in its backups has too many names"))
    return plan, known


def live_plan(live: Connection, name: str, crops: Crops) -> PurgePlan:
    """The plan for purging a person from current records alone; raises PersonNotFoundError."""
    return _Planner(live, name).plan(live, crops)


class _Planner:
    def __init__(self, live: Connection, name: str) -> None:
        """Start with the current records."""
        summaries.require_owners(live)
        people = {row["folder"]: row["name"] for row in live.execute(select(sql.people)).mappings()}
        folder = next((one for one, own in people.items() if name_key(own) == name_key(name)), None)
        if folder is None:
            folder, name = _deleted_person(live, name)
            if folder in people:  # somebody else's by now
                raise PersonNotFoundError(name)
        self._others = {one: own for one, own in people.items() if one != folder}
        own_name = people.get(folder, name)
        self._person = PurgePlan([folder], [own_name])
        self._folders, self._names = {folder}, {own_name}
        self._files: set[str] = set()
        self._once_at: dict[str, set[str]] = {}
        self._vectors: set[str] = set()
        faces = sql.faces
        self._staying = {
            *live.execute(select(faces.c.id).where(faces.c.person.is_distinct_from(folder))).scalars()
        }
        self._staying -= {*self._removed_duplicates(live, folder)}
        self._ids = {*self._faces_in(live, {folder})}
        self._take_vectors(live)

    def add_older_records(self, connection: Connection) -> None:
        """Add what a backup or an older file has of the person."""
        folders = set[str]()
        for row in connection.execute(select(sql.people)).mappings():
            is_own = row["folder"] in self._person.folders or self._person.is_name(row["name"])
            if is_own and row["folder"] not in self._others:
                folders.add(row["folder"])
                self._names.add(row["name"])
        self._folders |= folders
        if (
            len(self._folders) > MAX_FOLDERS
        ):  # such a plan is refused later, and no query could name all folders
            return
        self._ids |= {*self._faces_in(connection, folders)}
        self._take_vectors(connection)
        faces = sql.faces
        in_folder = select(faces.c.id, faces.c.file).where(is_file_in(folders | {*self._person.folders}))
        for face_id, file in connection.execute(in_folder):
            if face_id in self._staying:
                self._once_at.setdefault(face_id, set()).add(file)

    def plan(self, live: Connection, crops: Crops) -> PurgePlan:
        """The complete plan."""
        taken = {name_key(name) for name in self._others.values()}
        plan = replace(
            self._person,
            folders=sorted(self._folders),
            names=sorted(name for name in self._names if name_key(name) not in taken),
            ids=sorted(self._ids),
        )
        faces, used = sql.faces, set()
        moved: dict[str, str] = {}
        for face_id, person, file in live.execute(select(faces.c.id, faces.c.person, faces.c.file)):
            if face_id in self._staying and file:
                used.add(file)
                if plan.is_in_folder(file):
                    moved[file] = _other_place(crops, person, face_id, file)
                moved |= {once: moved.get(file, file) for once in self._once_at.get(face_id, {file}) - {file}}
        plan = replace(plan, moved=moved, vectors=sorted(self._vectors))
        files = self._files | {*_files_in_steps(live, steps_to_go(live, plan))}
        return replace(plan, files=sorted(files - used))

    def _removed_duplicates(self, live: Connection, folder: str) -> Iterator[str]:
        """The person's faces that were removed as near-duplicates: without the name, but without a
        rejection of the person."""
        undone = {*live.execute(select(sql.steps.c.number).where(sql.steps.c.undone == 1)).scalars()}
        before: dict[str, str | None] = {}
        for step, edit in edits_of_steps(live):
            if step not in undone and edit["table"] == Table.FACES.value and "person" in (edit["to"] or {}):
                before.setdefault(edit["key"], (edit["from"] or {}).get("person"))
        lost = {face_id for face_id, owner in before.items() if owner == folder}
        faces = sql.faces
        for row in rows_with(live, select(faces).where(faces.c.person.is_(None)), faces.c.id, lost):
            if not any(map(self._person.is_rejection, row["rejections"] or ())):
                yield row["id"]

    def _faces_in(self, connection: Connection, folders: set[str]) -> Iterator[str]:
        """The ids of faces that have or had one of the folders and are nobody else's now."""
        faces = sql.faces
        query = select(faces.c.id, faces.c.person)
        ids = {row["id"] for row in rows_with(connection, query, faces.c.person, folders)}
        for _, edit in edits_of_steps(connection):
            sides = [side for side in (edit["from"], edit["to"]) if side is not None]
            if edit["table"] == Table.FACES.value:
                if any(side.get("person") in folders for side in sides):
                    ids.add(edit["key"])
            elif edit["table"] == Table.PEOPLE.value and edit["key"] in folders:
                self._names |= {side["name"] for side in sides if "name" in side}
        yield from ids - self._staying

    def _take_vectors(self, connection: Connection) -> None:
        """Collect the embeddings and crops of the person's faces."""
        vectors = sql.embeddings
        for row in rows_with(connection, select(vectors), vectors.c.face, self._ids):
            self._vectors.add(base64.b64encode(row["vector"][:VECTOR_BYTES]).decode())
        query = select(sql.faces.c.id, sql.faces.c.file)
        self._files |= {row["file"] for row in rows_with(connection, query, sql.faces.c.id, self._ids)}
        for _, edit in edits_of_steps(connection):
            if edit["table"] == Table.FACES.value and edit["key"] in self._ids:
                embeddings = edit.get("vectors", {}).values()
                self._vectors |= {vector[: VECTOR_BYTES * 4 // 3] for vector in embeddings}
                self._files |= {*_files_of(edit)}
        self._files.discard("")


def _deleted_person(live: Connection, name: str) -> tuple[str, str]:
    """The folder and the name of a person who was deleted in a way that can be undone, and is not back.

    Raises:
        PersonNotFoundError.
    """
    steps = sql.steps
    deleting = select(steps.c.number).where(
        steps.c.undone == 0, steps.c.description.startswith(DELETED_PREFIX)
    )
    numbers = {*live.execute(deleting).scalars()}
    for step, edit in edits_of_steps(live):
        was = edit["from"]
        is_removal = edit["table"] == Table.PEOPLE.value and was is not None and edit["to"] is None
        if is_removal and name_key(was["name"]) == name_key(name):
            if step not in numbers:
                break
            return edit["key"], was["name"]
    raise PersonNotFoundError(name)


def _files_in_steps(connection: Connection, steps: set[int]) -> Iterator[str]:
    """The crops that some steps of the history mention."""
    for step, edit in edits_of_steps(connection):
        if step in steps and edit["table"] == Table.FACES.value:
            yield from _files_of(edit)


def _files_of(edit: Mapping[str, Any]) -> Iterator[str]:
    files = (side.get("file") for side in (edit["from"], edit["to"]) if side is not None)
    return (file for file in files if file)


def _other_place(crops: Crops, person: str | None, face_id: str, file: str) -> str:
    """A new path for another person's crop in the person's folder."""
    suffix = f".{file.rpartition('.')[2]}" if "." in file.rpartition("/")[2] else ""
    place = crop_file(person, face_id, suffix)
    return place if not crops.has(place) else crop_file(person, uuid.uuid4().hex, suffix)
