"""Damaged records of earlier versions: refused or harmless, and never migrated to something unreadable."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryDamagedError
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import DATABASE, RECORDS
from face_match.gallery.storage import backups
from tests.unit.gallery.damage.conftest import Galleries, TryOut
from tests.unit.gallery.damage.healthy import make_stored
from tests.unit.gallery.damage.test_damaged_database import STORED, edited
from tests.unit.gallery.damage.values import VALUES, put, shaped
from tests.unit.gallery.damage.variants import Variant, asked_for, of_values

FILES = ("version_1.json", "version_2.json", "v3 json", "demo")
DATABASES = ("version_1.sqlite", "version_2.sqlite", "v3 database")
TABLES = ("people", "samples", "vectors", "rejections", "history")
COLUMNS = "SELECT name FROM pragma_table_info(?) WHERE name != 'number'"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has a gallery of each version, by its name."""
    folder = tmp_path_factory.mktemp("stored")
    for name in (*FILES, *DATABASES):
        make_stored(name, folder / name)
    return folder


def _write(folder: Path, document: object) -> None:
    (folder / RECORDS).write_text(json.dumps(document), "ascii")


def _of_file(healthy: Path) -> list[Variant]:
    document = json.loads((healthy / RECORDS).read_bytes())
    return [*of_values(healthy.name.replace(" ", "-"), document, _write)]


def _of_database(healthy: Path) -> list[Variant]:
    name, made = healthy.name.replace(" ", "-"), []
    with contextlib.closing(sqlite3.connect(healthy / DATABASE)) as connection:
        for table in TABLES:
            for (column,) in connection.execute(COLUMNS, (table,)).fetchall():
                for kind, value in STORED.items():
                    damage = partial(_set, table, column, value)
                    made.append(Variant(f"{name}-{table}.{column}-{kind}", damage, is_named=False))
        for number, edits in connection.execute("SELECT number, edits FROM history").fetchall():
            for shape, place in shaped({str(number): json.loads(edits)}).items():
                made += [
                    Variant(
                        f"{name}-edits-{shape}-{kind}", partial(_set_edit, number, edits, place[1:], value)
                    )
                    for kind, value in VALUES.items()
                    if place[1:] and not (kind == "missing" and isinstance(place[-1], int))
                ]
    return made


def _set(table: str, column: str, value: Any, folder: Path) -> None:
    bound = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    text = "CAST(? AS TEXT)" if isinstance(value, str) else "?"
    with edited(folder) as connection, contextlib.suppress(sqlite3.IntegrityError):
        connection.execute(
            f"UPDATE {table} SET {column} = {text} WHERE number = (SELECT max(number) FROM {table})", (bound,)
        )


def _set_edit(number: int, edits: str, place: tuple[Any, ...], value: Any, folder: Path) -> None:
    document = json.loads(edits)
    put(document, place, value)
    with edited(folder) as connection:
        connection.execute("UPDATE history SET edits = ? WHERE number = ?", (json.dumps(document), number))


@pytest.mark.parametrize("name", FILES)
def test_an_invalid_value_in_an_older_file_is_refused_or_harmless(
    stored: Path, try_out: TryOut, name: str
) -> None:
    variants = _of_file(stored / name)
    assert len(variants) > 200
    try_out.all(stored / name, asked_for(variants, one_in=450))
    try_out.by_chance(stored / name, variants, 5)


@pytest.mark.parametrize("name", DATABASES)
def test_an_invalid_value_in_an_older_database_is_refused_or_harmless(
    stored: Path, try_out: TryOut, name: str
) -> None:
    variants = _of_database(stored / name)
    assert len(variants) > 700
    try_out.all(stored / name, asked_for(variants, one_in=900))
    try_out.by_chance(stored / name, variants, 5)


ODD_SIMILARITIES = [float("nan"), float("inf"), True, "x", None]


@pytest.mark.parametrize("similarity", ODD_SIMILARITIES, ids=str)
def test_an_invalid_similarity_is_not_written_again(stored: Path, try_out: TryOut, similarity: Any) -> None:
    def damage(folder: Path) -> None:
        document = json.loads((folder / RECORDS).read_bytes())
        person = next(one for one in document["people"] if one["rejections"])
        person["rejections"][0]["similarity"] = {"dlib": similarity, "other": 0.5}
        _write(folder, document)

    with try_out.damaged(stored / "version_2.json", Variant("similarity", damage)) as folder:
        for _ in range(2):
            with Gallery.open(folder, for_writing=True) as gallery:
                told = [
                    r.similarity
                    for person in gallery.people
                    for r in [r for r in gallery.all_rejections() if r.folder == person.folder]
                ]
                assert {"other": 0.5} in told


def test_records_that_cannot_be_migrated_displace_no_good_backup(stored: Path, try_out: TryOut) -> None:
    def damage(folder: Path) -> None:
        with edited(folder) as connection:
            connection.execute("UPDATE history SET edits = '[5]'")

    with try_out.damaged(stored / "v3 database", Variant("migrated", damage)) as folder:
        before = backups.backup_paths(folder)
        for _ in range(backups.MAX_AUTOMATIC + 1):
            with pytest.raises(GalleryDamagedError):
                Gallery.open(folder, for_writing=True)
        assert backups.backup_paths(folder) == before


# Unnamed faces of version 0.1


def _waiting(galleries: Galleries) -> list[Variant]:
    made = []
    for number in (1, 30):
        path = galleries.waiting / "waiting" / f"{number:032x}.faces"
        head, _, crops = path.read_bytes().partition(b"\n")

        def write(folder: Path, document: object, name: str = path.name, crops: bytes = crops) -> None:
            data = json.dumps(document).encode("ascii") + b"\n" + crops
            (folder / "waiting" / name).write_bytes(data)

        made += of_values(f"waiting-{number}", json.loads(head), write)
    for name, data in {"null": "null", "nested": "[" * 100_000, "paths": '["../..", 7, "\\ud800"]'}.items():

        def unfinished(folder: Path, data: str = data) -> None:
            (folder / "waiting" / "unfinished.json").write_text(data, "ascii")

        made.append(Variant(f"waiting-unfinished-{name}", unfinished))
    return made


def test_an_invalid_value_in_the_waiting_folder_is_skipped_or_harmless(
    galleries: Galleries, try_out: TryOut
) -> None:
    variants = _waiting(galleries)
    assert len(variants) > 1000
    try_out.all(galleries.waiting, asked_for(variants, one_in=180))
    try_out.by_chance(galleries.waiting, variants, 10)
    named = [variant for variant in variants if variant.id.endswith(("-size-negative", "-photo-empty"))]
    assert len(named) == 4
    try_out.all(galleries.waiting, named)
