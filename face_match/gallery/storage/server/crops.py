"""Crops in the database of a server.

A crop is written before the edit that refers to it, and is staged until that edit is committed. The
commit also deletes the crops that nothing refers to any more. So a program that is killed leaves staged
crops at most, which the next opening for changes deletes when they are a day old.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, bindparam, case, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from face_match.core.errors import GalleryWriteError, ImageUnreadableError
from face_match.core.translation import marked
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.paths import CROPS_FOLDER
from face_match.gallery.records.rows import Table
from face_match.gallery.storage.crops import MAX_CROP_BYTES, Crops
from face_match.gallery.storage.server.schema import crops

Connecting = Callable[[], AbstractContextManager[Connection]]

AT_ONCE = 500

_IS_USED = "EXISTS (SELECT FROM faces f WHERE f.file = crops.file)"

_IN_HISTORY = """
EXISTS (
    SELECT FROM edits e JOIN steps s ON s.number = e.step
    WHERE e.edit->'from'->>'file' = crops.file AND (s.undone <> 0 OR json_typeof(e.edit->'to') = 'null')
) OR EXISTS (
    SELECT FROM edits e JOIN steps s ON s.number = e.step
    WHERE e.edit->'to'->>'file' = crops.file AND s.undone <> 0
)
"""
"""Undo brings back the crops of removed faces, and redo all of an undone step. Other crops of a step have
moved on with their faces."""

_DELETE_UNUSED = f"DELETE FROM crops WHERE file = ANY(%(files)s) AND NOT ({_IS_USED} OR {_IN_HISTORY})"
"""Delete those of some crops that no face has, and that no undo or redo would bring back."""

_UNREFERENCED = f"SELECT file FROM crops WHERE staged_at IS NULL AND NOT ({_IS_USED} OR {_IN_HISTORY})"


class ServerCrops(Crops):
    """The crops of a gallery whose database holds them. Safe to use from several threads."""

    are_deleted_by_commits = True

    def __init__(self, folder: Path, reading: Connecting, writing: Connecting) -> None:
        """The crops of a database.

        Args:
            reading, writing: contexts with a connection; that for writing commits at its end.
        """
        super().__init__(folder)
        self._reading, self._writing = reading, writing

    def write_bytes(self, file: str, data: bytes) -> None:
        if not file.startswith(f"{CROPS_FOLDER}/"):
            raise GalleryWriteError(self._folder / file, marked("it is no crop"))
        if len(data) > MAX_CROP_BYTES:
            raise GalleryWriteError(self._folder / file, marked("it is too large"))
        new = insert(crops).values(file=file, content=data, staged_at=func.now())
        new = new.on_conflict_do_update(index_elements=["file"], set_={"content": new.excluded.content})
        with self._writing() as connection:
            connection.execute(new)

    def read_bytes(self, file: str) -> bytes:
        name = PurePosixPath(file).name
        if file in self.readers:
            return self.readers[file]()
        if not file:
            raise ImageUnreadableError(name, marked("there is no crop"))
        with self._reading() as connection:
            size = func.octet_length(crops.c.content)
            content = case((size <= MAX_CROP_BYTES, crops.c.content))
            found = connection.execute(select(size, content).where(crops.c.file == file)).first()
        if found is None:
            raise ImageUnreadableError(name, marked("there is no such file"))
        if found[1] is None:
            raise ImageUnreadableError(name, marked("it is too large"))
        return bytes(found[1])

    def copy(self, file: str, to: str) -> bool:
        source = select(bindparam("to", to), crops.c.content, func.now()).where(crops.c.file == file)
        new = insert(crops).from_select(["file", "content", "staged_at"], source)
        with self._writing() as connection:
            return bool(connection.execute(new.on_conflict_do_nothing()).rowcount)

    def has(self, file: str) -> bool:
        return file in self.stored_among([file])

    def delete(self, file: str) -> None:
        self.delete_all([file])

    def delete_all(self, files: Collection[str]) -> None:
        with self._writing() as connection:
            for part in _parts(files):
                connection.exec_driver_sql(_DELETE_UNUSED, {"files": part})

    def delete_stored(self, places: Iterable[str]) -> None:
        self.delete_all([*places])

    def stored_among(self, places: Iterable[str]) -> set[str]:
        found: set[str] = set()
        with self._reading() as connection:
            for part in _parts(places):
                found.update(connection.execute(select(crops.c.file).where(crops.c.file.in_(part))).scalars())
        return found

    def files(self, known: Iterable[str] = ()) -> Iterator[str]:
        with self._reading() as connection:
            yield from connection.execute(select(crops.c.file).where(crops.c.staged_at.is_(None))).scalars()

    def unreferenced(self, known: Collection[str]) -> Iterator[str]:
        with self._reading() as connection:
            found = connection.exec_driver_sql(_UNREFERENCED).scalars().all()
        yield from (file for file in found if file not in known)

    def remove_empty_folders(self) -> None:
        """A database has no folders."""


def settle(connection: Connection, edits: Iterable[Edit], unused: Collection[str]) -> None:
    """Keep the crops of committed edits, and delete those of `unused` that nothing refers to any more."""
    files = {
        file for edit in edits if edit.table is Table.FACES for file in (edit.old("file"), edit.new("file"))
    }
    for part in _parts(file for file in files if file):
        connection.execute(update(crops).where(crops.c.file.in_(part)).values(staged_at=None))
    for part in _parts({*unused, *files}):
        connection.exec_driver_sql(_DELETE_UNUSED, {"files": part})


def remove_abandoned(connection: Connection) -> None:
    """Delete the crops that killed programs have staged."""
    connection.execute(delete(crops).where(crops.c.staged_at < func.now() - text("interval '1 day'")))


def _parts(files: Iterable[str]) -> Iterator[list[str]]:
    some = [*files]
    for start in range(0, len(some), AT_ONCE):
        yield some[start : start + AT_ONCE]
