"""The rows of a gallery's tables that a purge deletes or replaces."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Select,
    Text,
    delete,
    false,
    func,
    or_,
    select,
    type_coerce,
)

from face_match.gallery.records.names import name_key
from face_match.gallery.records.paths import CROPS_FOLDER
from face_match.gallery.records.rows import Table, read_row
from face_match.gallery.security.purge_plan import PurgePlan
from face_match.gallery.storage.sql import row_reading
from face_match.gallery.storage.sql import tables as sql

TABLES = (sql.people, sql.photos, sql.faces, sql.embeddings, sql.conflicts, sql.steps, sql.edits)
"""In an order in which rows follow those they refer to."""

RawRow = Mapping[str, Any]


@dataclass
class Changes:
    """Rows to delete, by table name and row number, and rows to insert, by table name. A row that is replaced
    is in both, with its number."""

    gone: dict[str, set[int]] = field(default_factory=lambda: {table.name: set() for table in TABLES})
    new: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {table.name: [] for table in TABLES})

    def __bool__(self) -> bool:
        return any(self.gone.values()) or any(self.new.values())


def find_changes(connection: Connection, plan: PurgePlan) -> Changes:
    """The changes that purge a person from a gallery's tables."""
    finding = _ChangeFinder(connection, plan)
    finding.take_all()
    return finding.changes


def steps_to_go(connection: Connection, plan: PurgePlan) -> set[int]:
    """The numbers of the steps to delete from the history."""
    finding = _ChangeFinder(connection, plan)
    finding.take_history()
    return finding.changes.gone["steps"]


def copy_without(connection: Connection, changes: Changes) -> None:
    """Fill new tables from the old ones, attached as `old`, with the changes applied."""
    indexes = [index for table in TABLES for index in table.indexes]
    for index in indexes:
        index.drop(connection)  # indexes created at the end take a tenth of the time
    for table in TABLES:
        columns = ", ".join(f'"{column.name}"' for column in table.c)
        connection.exec_driver_sql("CREATE TEMP TABLE gone (number INTEGER PRIMARY KEY)")
        numbers = [(number,) for number in changes.gone[table.name]]
        if numbers:
            connection.exec_driver_sql("INSERT INTO gone VALUES (?)", numbers)
        connection.exec_driver_sql(
            f'INSERT INTO main."{table.name}" ({columns}) SELECT {columns} FROM old."{table.name}" '
            "WHERE number NOT IN (SELECT number FROM temp.gone) ORDER BY number"
        )
        connection.exec_driver_sql("DROP TABLE temp.gone")
        for row in changes.new[table.name]:
            connection.execute(table.insert().values(row))
    for index in indexes:
        index.create(connection)


def make_changes(connection: Connection, changes: Changes) -> None:
    """Apply the changes in place."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in TABLES:
        replaced = {row["number"]: row for row in changes.new[table.name] if "number" in row}
        for number, row in replaced.items():  # were it deleted, a server would delete its embeddings too
            connection.execute(table.update().where(table.c.number == number).values(row))
        some = iter(changes.gone[table.name] - replaced.keys())
        while part := [*itertools.islice(some, sql.VALUES_AT_ONCE)]:
            connection.execute(delete(table).where(table.c.number.in_(part)))
        for row in changes.new[table.name]:
            if "number" not in row:
                connection.execute(table.insert().values(row))


def rows_with(
    connection: Connection, query: Select[Any], column: Any, values: Collection[str]
) -> Iterator[RawRow]:
    """The rows of a query with one of some values in a column."""
    for condition in row_reading.lookup_conditions(connection, column, values):
        for row in connection.execute(query.where(condition)).mappings():
            if row[column.name] in values:
                yield dict(row)


def is_file_in(folders: Iterable[str]) -> ColumnElement[bool]:
    """A condition: the crop is in one of the folders."""
    starts = [f"{CROPS_FOLDER}/{folder}/" for folder in folders]
    return or_(false(), *(func.substr(sql.faces.c.file, 1, len(start)) == start for start in starts))


def edits_of_steps(connection: Connection) -> Iterator[tuple[int, dict[str, Any]]]:
    """The raw edits of the history with their step numbers, last step first."""
    query = select(sql.edits.c.step, type_coerce(sql.edits.c.edit, Text)).order_by(sql.edits.c.step.desc())
    for rows in row_reading.batches(connection, query):
        for step, edit in rows:
            yield step, json.loads(edit) if isinstance(edit, str) else edit


class _ChangeFinder:
    def __init__(self, connection: Connection, plan: PurgePlan) -> None:
        self.changes = Changes()
        self._connection = connection
        self._plan = plan
        self._emptied: dict[str, int] = {}
        self._looked_at: set[str] = set()
        self._changed_faces: dict[str, dict[str, Any]] = {}
        faces = sql.faces
        names = ("number", "id", "photo", "person", "place", "orientation")
        columns = [faces.c[name] for name in names]
        own = rows_with(connection, select(*columns), faces.c.id, {*plan.ids})
        self._gone_faces = {row["id"]: row for row in own}
        self._take_faces()
        self._gone_photos = {*self._photos_for_person_alone()}
        people = connection.execute(select(sql.people.c.name, sql.people.c.folder))
        self._other_names = {name_key(name) for name, own in people if own not in plan.folders}

    def take_all(self) -> None:
        self._take_photos()
        self._take_rest_of_faces()
        self._take_people()
        self._take_conflicts()
        self.take_history()

    def _take_faces(self) -> None:
        for row in self._telling_faces():
            if row["id"] in self._gone_faces:
                continue
            left = self._without_person(row)
            if left == row:
                continue
            if _is_placeholder(left) and not left["is_scanned"] and not left["is_ignored"]:
                self._emptied[row["id"]] = row["number"]
                self._looked_at |= {row["photo"]} - {None}
            else:
                self._changed_faces[row["id"]] = left

    def _telling_faces(self) -> Iterator[dict[str, Any]]:
        """The faces that may refer to the person: by name, rejection or crop."""
        faces = sql.faces
        telling = or_(
            type_coerce(faces.c.rejections, Text).is_not(None),
            type_coerce(faces.c.apart, Text).is_not(None),
            faces.c.person.in_(self._plan.folders),
            is_file_in(self._plan.folders),
        )
        query = select(faces).where(telling)
        for row in self._connection.execute(query).mappings():
            known = dict(row)
            if self._plan.concerns_row(Table.FACES, known["id"], known):
                yield known

    def _without_person(self, row: dict[str, Any]) -> dict[str, Any]:
        left = dict(row)
        if row["person"] in self._plan.folders:  # from a backup; another person's or nobody's now
            left["person"] = None
        rejections = row["rejections"] or []
        if any(map(self._plan.is_rejection, rejections)):
            left["rejections"] = [one for one in rejections if not self._plan.is_rejection(one)] or None
        apart = row["apart"] or []
        if any(map(self._plan.is_face, apart)):
            left["apart"] = [one for one in apart if not self._plan.is_face(one)] or None
        left["file"] = self._plan.moved.get(row["file"], row["file"])
        return left

    def _take_photos(self) -> None:
        """Delete the photos that show only the person; keep the faces' places in others as placeholders.

        So nobody is asked about these faces when the photos are scanned again.
        """
        photos = sql.photos
        columns = select(photos.c.number, photos.c.id)
        gone = self.changes.gone["photos"]
        gone |= {row["number"] for row in self._rows_with(columns, photos.c.id, self._gone_photos)}
        for face in self._gone_faces.values():
            if face["photo"] is not None and face["photo"] not in self._gone_photos and face["place"]:
                self.changes.new["faces"].append(_placeholder(face))
        query = select(photos.c.number, type_coerce(photos.c.path, LargeBinary))
        known = [row for row in row_reading.all_rows(self._connection, query) if row[0] not in gone]
        paths = [path.decode("utf-8", "surrogatepass") for _, path in known]
        nowhere = {"path": "", "size": 0, "modified_ns": 0}
        changes: dict[int, dict[str, Any]] = {
            known[number][0]: nowhere for number in self._plan.matching(paths)
        }
        query = select(photos.c.number, photos.c.hints).where(type_coerce(photos.c.hints, Text).is_not(None))
        for number, hints in self._connection.execute(query):
            left = [name for name in hints or () if not self._is_hint_of_person(name)]
            if number not in gone and len(left) < len(hints or ()):
                changes[number] = {**changes.get(number, {}), "hints": left or None}
        for row in self._whole_rows(photos, changes):
            self._replace(photos, {**row, **changes[row["number"]]})

    def _is_hint_of_person(self, name: str) -> bool:
        is_of_another = name_key(name) in self._other_names and not self._plan.is_name(name)
        return self._plan.is_spelling(name) and not is_of_another

    def _photos_for_person_alone(self) -> Iterator[str]:
        faces, photos = sql.faces, sql.photos
        of_person = {row["photo"] for row in self._gone_faces.values() if row["photo"] is not None}
        looked_at = of_person | self._looked_at
        names = ("number", "id", "photo", "person", "file", "rejections")
        columns = [faces.c[name] for name in names]
        staying: dict[str, list[RawRow]] = {}
        for row in self._rows_with(select(*columns), faces.c.photo, looked_at):
            if row["id"] not in self._gone_faces and row["id"] not in self._emptied:
                staying.setdefault(row["photo"], []).append(self._changed_faces.get(row["id"], row))
        scans = select(photos.c.id, type_coerce(photos.c.scans, Text).label("scans"))
        for row in self._rows_with(scans, photos.c.id, looked_at):
            others = staying.get(row["id"], [])
            if all(map(_is_placeholder, others)) and (row["id"] in of_person or not row["scans"]):
                for face in others:
                    self._emptied[face["id"]] = face["number"]
                    self._changed_faces.pop(face["id"], None)
                yield row["id"]

    def _take_rest_of_faces(self) -> None:
        gone = self.changes.gone
        gone["faces"] |= {row["number"] for row in self._gone_faces.values()} | {*self._emptied.values()}
        for row in self._changed_faces.values():
            self._replace(sql.faces, row)
        embeddings = sql.embeddings
        ids = {*self._gone_faces, *self._emptied}
        query = select(embeddings.c.number, embeddings.c.face)
        gone["vectors"] |= {row["number"] for row in self._rows_with(query, embeddings.c.face, ids)}

    def _take_people(self) -> None:
        """Delete the person and, in backups, people whose only faces are the person's by now."""
        counts = select(sql.faces.c.person, func.count()).group_by(sql.faces.c.person)
        left: dict[str | None, int] = {row[0]: row[1] for row in self._connection.execute(counts)}
        for face in self._gone_faces.values():
            left[face["person"]] -= 1
        for row in self._connection.execute(select(sql.people)).mappings():
            if row["folder"] in self._plan.folders or left.get(row["folder"]) == 0:
                self.changes.gone["people"].add(row["number"])
            elif self._plan.is_face(row["cover"]):
                self._replace(sql.people, {**row, "cover": None})

    def _take_conflicts(self) -> None:
        for row in self._connection.execute(select(sql.conflicts)).mappings():
            is_gone = row["face"] in self._gone_faces or row["face"] in self._emptied
            if is_gone or self._plan.is_name(row["name"]):
                self.changes.gone["conflicts"].add(row["number"])
            elif self._plan.mentions(row["path"]):
                self._replace(sql.conflicts, {**row, "path": ""})

    def take_history(self) -> None:
        """Delete all steps up to the last one that concerns the person, because only later ones still
        work."""
        steps = [*self._connection.execute(select(sql.steps).order_by(sql.steps.c.number)).mappings()]
        last = max((row["number"] for row in steps if self._plan.mentions(row["description"])), default=None)
        for step, edit in edits_of_steps(self._connection):
            if last is not None and step <= last:
                break
            if self._is_concerned(edit):
                last = step
                break
        if last is None:
            return
        is_undone = any(row["undone"] for row in steps if row["number"] == last)
        gone = {row["number"] for row in steps if is_undone or row["number"] <= last}
        self.changes.gone["steps"] |= gone
        numbers = self._connection.execute(select(sql.edits.c.number, sql.edits.c.step))
        self.changes.gone["edits"] |= {number for number, step in numbers if step in gone}

    def _is_concerned(self, edit: Mapping[str, Any]) -> bool:
        table, key = Table(edit["table"]), edit["key"]
        sides = [side for side in (edit["from"], edit["to"]) if side is not None]
        if table is Table.PHOTOS and key in self._gone_photos:
            return True
        if any(side.get("photo") in self._gone_photos for side in sides):
            return True
        return any(self._plan.concerns_row(table, key, side) for side in sides)

    def _rows_with(self, query: Select[Any], column: Any, values: Collection[str]) -> Iterator[RawRow]:
        return rows_with(self._connection, query, column, values)

    def _whole_rows(self, table: Any, numbers: Collection[int]) -> Iterator[RawRow]:
        for number in numbers:
            query = select(table).where(table.c.number == number)
            yield dict(self._connection.execute(query).mappings().one())

    def _replace(self, table: Any, row: Mapping[str, Any]) -> None:
        self.changes.gone[table.name].add(row["number"])
        self.changes.new[table.name].append(dict(row))


def _is_placeholder(face: Mapping[str, Any]) -> bool:
    """Whether a face is only a place in a photo."""
    return face["person"] is None and not face["file"] and not face["rejections"]


def _placeholder(face: RawRow) -> dict[str, Any]:
    """A new, ignored face at the place of a deleted one."""
    defaults = {"id": uuid.uuid4().hex, "file": "", "added": "", "is_ignored": True, "is_scanned": True}
    kept = {name: face[name] for name in ("photo", "place", "orientation")}
    row = read_row(Table.FACES, {**defaults, **kept})
    return {name: None if value in ([], {}) else value for name, value in row.items()}
