"""A purge of records with one invalid value is completed or not started."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from face_match.core.errors import GalleryDamagedError
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records import paths
from face_match.gallery.security import purge
from face_match.gallery.storage import active_store
from face_match.gallery.storage.sql import tables
from tests.extent import is_all

TABLES = {table.name: [column.name for column in table.c] for table in tables.tables.sorted_tables}
FilesIn = Callable[[Path], dict[str, bytes]]
NONSENSE = (b"\xff\xfe", "a\0b")


@pytest.fixture
def lived_in(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    add: Callable[..., NamingResult],
    reject: Callable[..., None],
) -> Path:
    """Bob, and Ada, who has the crop of a face that was his in his folder: it moves when he goes."""
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with contextlib.closing(Gallery.open(folder, for_writing=True)) as gallery:
        faces = [add(gallery, name, number).faces[0] for number, name in enumerate(("Ada", "Bob", "Bob"))]
        gallery.move([faces[2].id], "Ada")
        reject(gallery, "Ada", 9)
    assert (folder / paths.DATABASE).exists()
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_a_purge_of_damaged_records_is_done_or_not_started(
    lived_in: Path, tmp_path: Path, files_in: FilesIn, table: str
) -> None:
    outcomes = []
    for damaged in _with_nonsense(lived_in, tmp_path, table):
        before = files_in(damaged)
        try:
            assert purge.purge(damaged, "Bob").traces == []
            outcomes.append("done")
        except GalleryDamagedError:
            assert files_in(damaged) == before
            outcomes.append("refused")
    assert outcomes


def test_photo_without_a_path_is_found_when_records_are_rewritten(lived_in: Path, files_in: FilesIn) -> None:
    with contextlib.closing(sqlite3.connect(lived_in / paths.DATABASE)) as connection, connection:
        assert connection.execute("UPDATE photos SET path = 'no bytes'").rowcount
    before = files_in(lived_in)
    with pytest.raises(GalleryDamagedError):
        purge.purge(lived_in, "Bob")
    assert files_in(lived_in) == before


def _with_nonsense(lived_in: Path, tmp_path: Path, table: str) -> Iterator[Path]:
    """Copies of a gallery, each with another value of a table's first row; without --all one of two."""
    for at, column in enumerate(TABLES[table]):
        for number, value in enumerate(NONSENSE):
            if number != at % 2 and not is_all():
                continue
            damaged = tmp_path / f"{column} {number}"
            shutil.copytree(lived_in, damaged)
            with contextlib.closing(sqlite3.connect(damaged / paths.DATABASE)) as connection, connection:
                first = f'WHERE rowid = (SELECT min(rowid) FROM "{table}")'
                with contextlib.suppress(sqlite3.Error):  # a number of a row, which the database keeps whole
                    connection.execute(f'UPDATE "{table}" SET "{column}" = ? {first}', (value,))
            yield damaged
