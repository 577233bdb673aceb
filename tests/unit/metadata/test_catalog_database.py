"""Databases of other programs: nothing beside them changes, and hostile ones end in an error."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from face_match.core.errors import CancelledError, FaceMatchError, NamesUnreadableError
from face_match.core.progress import cancellable
from face_match.core.types import Box
from face_match.metadata import catalog_database
from face_match.metadata.catalog_photos import CatalogSource
from face_match.metadata.digikam import DigikamSource
from face_match.metadata.lightroom import LightroomSource
from tests.stopwatch import within
from tests.unit.metadata.catalog_inputs import MarkedPhoto, make_digikam, make_lightroom

ANN = Box(60, 40, 120, 150)

Make = Callable[[Path], CatalogSource]


def photo_in(folder: Path) -> MarkedPhoto:
    return MarkedPhoto(folder / "a.jpg", (600, 400), [("Ann", ANN)])


def digikam(folder: Path) -> CatalogSource:
    photo = photo_in(folder)
    return DigikamSource(make_digikam(folder / "digikam4.db", folder, [photo]), [photo.path])


def lightroom(folder: Path) -> CatalogSource:
    photo = photo_in(folder)
    return LightroomSource(make_lightroom(folder / "a.lrcat", folder, [photo]), [photo.path])


PROGRAMS = pytest.mark.parametrize("make", [digikam, lightroom])


def problem(source: CatalogSource) -> FaceMatchError | None:
    found = [error for _, error in source.unused().problems]
    assert len(found) <= 1
    return found[0] if found else None


def reason(source: CatalogSource) -> str:
    error = problem(source)
    assert isinstance(error, NamesUnreadableError)
    assert error.__traceback__ is None
    assert not source.may_name(source.path.with_name("a.jpg"))
    return error.reason


def change(path: Path, *statements: str) -> None:
    database = sqlite3.connect(path)
    database.executescript(";".join(statements))
    database.close()


@PROGRAMS
def test_reading_changes_nothing_and_leaves_nothing_beside(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    change(source.path, "PRAGMA journal_mode = WAL")  # the file says so from now on
    assert {path.name for path in tmp_path.iterdir()} == {source.path.name}
    before, content = source.path.stat(), source.path.read_bytes()
    source.path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert problem(source) is None
        assert source.may_name(tmp_path / "a.jpg")
    finally:
        tmp_path.chmod(0o755)
    after = source.path.stat()
    assert (after.st_mtime_ns, source.path.read_bytes()) == (before.st_mtime_ns, content)
    assert {path.name for path in tmp_path.iterdir()} == {source.path.name}


@PROGRAMS
def test_a_catalogue_that_its_program_has_open_is_refused(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    program = sqlite3.connect(source.path)
    program.execute("PRAGMA journal_mode = WAL")
    program.execute("CREATE TABLE more (a)")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert before[f"{source.path.name}-wal"]
    assert "close that program" in reason(source)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    program.close()
    assert problem(make(tmp_path)) is None


@PROGRAMS
def test_a_catalogue_in_the_middle_of_a_change_is_refused(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    program = sqlite3.connect(source.path, isolation_level=None)
    program.execute("PRAGMA cache_size = 1")
    program.execute("PRAGMA cache_spill = 1")
    program.execute("BEGIN")
    program.execute("CREATE TABLE more (a)")
    for _ in range(300):
        program.execute("INSERT INTO more VALUES (zeroblob(2000))")
    assert "close that program" in reason(source)
    program.execute("ROLLBACK")
    program.close()


@PROGRAMS
def test_an_empty_log_and_a_finished_journal_do_no_harm(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    source.path.with_name(f"{source.path.name}-wal").touch()
    source.path.with_name(f"{source.path.name}-journal").write_bytes(bytes(512))
    source.path.with_name(f"{source.path.name}.lock").write_text("1234")
    assert problem(source) is None


@PROGRAMS
def test_a_catalogue_changed_while_it_is_read_is_refused(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make(tmp_path)
    real = catalog_database.CatalogDatabase.find_tables

    def changing(self: catalog_database.CatalogDatabase) -> None:
        real(self)
        os.utime(source.path, ns=(1, 1))

    monkeypatch.setattr(catalog_database.CatalogDatabase, "find_tables", changing)
    assert "changed while it was read" in reason(source)


@PROGRAMS
@pytest.mark.parametrize(
    "content", [b"", b"SQLite", b"<xml/>", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(5_000)]
)
def test_what_is_no_database_is_refused(tmp_path: Path, make: Make, content: bytes) -> None:
    source = make(tmp_path)
    source.path.write_bytes(content)
    assert reason(source)


@PROGRAMS
@pytest.mark.parametrize("how", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, make: Make, how: str) -> None:
    source = make(tmp_path)
    source.path.unlink()
    if how == "folder":
        source.path.mkdir()
    elif how == "pipe":
        os.mkfifo(source.path)
    assert reason(source)


@PROGRAMS
def test_a_truncated_catalogue_is_refused_or_read_never_worse(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    whole = source.path.read_bytes()
    failed = 0
    for size in range(1_000, len(whole), 4_096):
        source.path.write_bytes(whole[:size])
        failed += problem(type(source)(source.path, [tmp_path / "a.jpg"])) is not None
    assert failed


@PROGRAMS
def test_a_catalogue_with_broken_pages_is_refused_or_read_never_worse(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    whole = source.path.read_bytes()
    for start in range(100, len(whole), 2_000):
        source.path.write_bytes(whole[:start] + b"\xa5" * 500 + whole[start + 500 :])
        broken = type(source)(source.path, [tmp_path / "a.jpg"])
        assert problem(broken) is None or reason(broken)


@pytest.mark.parametrize("table", ["Images", "Tags", "ImageTagProperties", "AlbumRoots", "Settings"])
def test_a_view_in_place_of_a_table_is_not_run(tmp_path: Path, table: str) -> None:
    source = digikam(tmp_path)
    endless = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT * FROM n"
    change(source.path, f"ALTER TABLE {table} RENAME TO old", f"CREATE VIEW {table} AS {endless}")
    with within(5):
        assert table in reason(source)


def test_a_virtual_table_in_place_of_a_table_is_not_used(tmp_path: Path) -> None:
    source = lightroom(tmp_path)
    change(
        source.path,
        "DROP TABLE AgLibraryFace",
        "CREATE VIRTUAL TABLE AgLibraryFace USING fts5(id_local, image, tl_x, tl_y, br_x, br_y)",
    )
    assert "AgLibraryFace is missing" in reason(source)


def test_a_computed_column_does_not_run(tmp_path: Path) -> None:
    source = digikam(tmp_path)
    change(
        source.path,
        "DROP TABLE Tags",
        "CREATE TABLE Tags (id INTEGER, name TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))))",
        "INSERT INTO Tags (id) VALUES (100)",
    )
    assert reason(source)


LONG = "replace(hex(zeroblob(450000)), '0', 'a')"
SLOW = "+".join(f"instr({LONG}, substr({LONG}, 1, {400_000 + number}) || 'b')" for number in range(30))
"""Some seconds to compute. SQLite asks nobody in between: the functions are part of one step."""


def make_slow(path: Path, table: str, column: str, definitions: str, indexes: Sequence[str] = ()) -> None:
    """Make a table again. `X` in its further definitions takes seconds whenever it runs."""
    quick = "length('quick')"
    database = sqlite3.connect(path)
    others = [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})") if name != column]
    columns = ", ".join(others if "GENERATED" in definitions else [*others, column])
    database.execute(f"ALTER TABLE {table} RENAME TO old")
    database.execute(f"CREATE TABLE {table} ({columns}, {definitions.replace('X', quick)})")
    database.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM old")
    database.execute("DROP TABLE old")
    for number, index in enumerate(indexes):
        database.execute(f"CREATE INDEX i{number} ON {table} {index.replace('X', quick)}")
    database.execute("PRAGMA writable_schema = ON")
    database.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?)", [quick, f"({SLOW})"])
    database.commit()
    database.close()


COLUMNS = [
    *((digikam, "Images", "status"), (digikam, "Tags", "name"), (digikam, "ImageTagProperties", "property")),
    *((digikam, "TagProperties", "property"), (digikam, "ImageInformation", "width")),
    *((lightroom, "AgLibraryKeyword", "keywordType"), (lightroom, "AgLibraryFile", "baseName")),
    *((lightroom, "AgLibraryFace", "tl_x"), (lightroom, "AgLibraryKeywordFace", "userPick")),
]


@pytest.mark.parametrize(("make", "table", "column"), COLUMNS)
@pytest.mark.parametrize("kind", ["VIRTUAL", "STORED"])
def test_functions_in_computed_columns_do_not_run(
    tmp_path: Path, make: Make, table: str, column: str, kind: str
) -> None:
    source = make(tmp_path)
    make_slow(source.path, table, column, f"{column} GENERATED ALWAYS AS (X) {kind}")
    with within(1):
        assert "computed columns" in reason(source)


@pytest.mark.parametrize(("make", "table", "column"), COLUMNS)
def test_defaults_checks_and_indexes_do_not_run(tmp_path: Path, make: Make, table: str, column: str) -> None:
    source = make(tmp_path)
    definitions = "more DEFAULT (X), CHECK (X)"
    indexes = [
        f"({column}, X)",
        f"({column}) WHERE X > 0",
        f"(X, {column})",
        f"({column}) WHERE {column} = X",
    ]
    make_slow(source.path, table, column, definitions, indexes)
    with within(1):
        assert problem(source) is None
        assert source.may_name(tmp_path / "a.jpg")


@pytest.mark.parametrize("written", ["CREATE/**/VIRTUAL TABLE", "create  virtual table"])
def test_a_virtual_table_by_another_spelling_is_not_used(tmp_path: Path, written: str) -> None:
    source = lightroom(tmp_path)
    change(
        source.path,
        "DROP TABLE AgLibraryFace",
        "CREATE VIRTUAL TABLE AgLibraryFace USING fts5(id_local, image, tl_x, tl_y, br_x, br_y)",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, 'CREATE VIRTUAL TABLE', '{written}')",
    )
    assert reason(source)


@PROGRAMS
def test_a_huge_value_is_refused(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    table, column = ("Tags", "name") if make is digikam else ("AgLibraryKeyword", "name")
    change(source.path, f"UPDATE {table} SET {column} = hex(zeroblob(2000000)) WHERE {column} = 'Ann'")
    assert reason(source)


@PROGRAMS
def test_values_of_other_types_are_counted_and_the_rest_is_read(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    if make is digikam:
        odd = ("NULL, NULL, 'tagRegion', NULL", "'x', 'y', 'tagRegion', x'00'", "1, 100, 'tagRegion', 7.5")
        change(source.path, *(f"INSERT INTO ImageTagProperties VALUES ({values})" for values in odd))
        change(source.path, "UPDATE ImageInformation SET width = 'wide', height = x'00', orientation = 'up'")
    else:
        odd = (
            "'x', 'a', 'b', 'c', 'd'",
            "NULL, NULL, NULL, 1, 1",
            "x'00', 0.1, 0.1, 9e999, 1",
            "1, 0.5, 0.5, 0.1, 1",
        )
        columns = "image, tl_x, tl_y, br_x, br_y"
        for values in odd:
            change(source.path, f"INSERT OR IGNORE INTO AgLibraryFace ({columns}) VALUES ({values})")
        change(source.path, "UPDATE Adobe_images SET fileWidth = 'wide', fileHeight = x'00', orientation = 7")
    assert problem(source) is None
    ((_, found),) = source.names_of(tmp_path / "a.jpg", 600, 400, 1)
    assert [region.name for region in found.named] == ["Ann"]
    assert [*found.named[0].box] == pytest.approx([*ANN], abs=0.6)
    (left,) = source.unused().skipped
    assert left.kind.value == "damaged"
    assert left.count >= 2


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE Settings SET value = '4' WHERE keyword = 'DBVersion'", "too old"),
        ("UPDATE Settings SET value = '99'", "newer"),
        ("UPDATE Settings SET value = 'x'", "not a digiKam database"),
        ("DELETE FROM Settings", "not a digiKam database"),
        ("DROP TABLE Settings", "Settings is missing"),
        ("ALTER TABLE Images RENAME COLUMN status TO state", "status"),
    ],
)
def test_the_version_of_a_digikam_database_is_checked(tmp_path: Path, statement: str, said: str) -> None:
    source = digikam(tmp_path)
    change(source.path, statement)
    assert said in reason(source)


def test_a_newer_digikam_whose_tables_an_older_one_may_use_is_read(tmp_path: Path) -> None:
    source = digikam(tmp_path)
    change(source.path, "UPDATE Settings SET value = '19' WHERE keyword = 'DBVersion'")
    assert problem(source) is None


def test_a_catalogue_of_an_older_lightroom_is_read(tmp_path: Path) -> None:
    source = lightroom(tmp_path)
    change(
        source.path,
        "ALTER TABLE AgLibraryRootFolder DROP COLUMN relativePathFromCatalog",
        "DROP TABLE AgLibraryKeywordImage",
        "ALTER TABLE AgLibraryKeywordFace DROP COLUMN userReject",
        "ALTER TABLE Adobe_images DROP COLUMN fileWidth",
    )
    assert problem(source) is None
    assert source.may_name(tmp_path / "a.jpg")


def test_rows_and_texts_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_database, "MAX_ROWS", 3)
    assert "too many" in reason(digikam(tmp_path))
    monkeypatch.setattr(catalog_database, "MAX_ROWS", 1_000)
    monkeypatch.setattr(catalog_database, "MAX_QUERY_BYTES", 20)
    assert "too many" in reason(digikam(tmp_path))


def many_rows(source: CatalogSource) -> None:
    """Rows that take seconds to read."""
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1500000)"
    change(source.path, f"{count} INSERT INTO TagProperties SELECT 7, 'other', NULL FROM n")


@PROGRAMS
@pytest.mark.parametrize(("tables", "columns"), [(2_500, 1), (1, 1_900)])
def test_a_schema_of_very_many_parts_is_refused(
    make: Make, tables: int, columns: int, tmp_path: Path
) -> None:
    source = make(tmp_path)
    listed = ", ".join(f"a{number}" for number in range(columns))
    made = (f"CREATE TABLE other{number} ({listed})" for number in range(tables))
    change(source.path, "BEGIN", *made, "COMMIT")
    assert "too many" in reason(source)


def test_time_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = digikam(tmp_path)
    many_rows(source)
    monkeypatch.setattr(catalog_database, "MAX_SECONDS", 0.001)
    assert "too long" in reason(source)


def test_one_long_step_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a step took long: SQLite never gets to ask by itself."""
    source = digikam(tmp_path)
    many_rows(source)
    monkeypatch.setattr(catalog_database, "_STEPS_PER_CHECK", 1 << 30)
    monkeypatch.setattr(catalog_database, "_SECONDS_PER_CHECK", 0.001)
    monkeypatch.setattr(catalog_database, "MAX_SECONDS", 0.001)
    assert "too long" in reason(source)


def test_reading_can_be_cancelled_and_done_again(tmp_path: Path) -> None:
    source = digikam(tmp_path)
    many_rows(source)
    with cancellable(lambda: True), pytest.raises(CancelledError):
        source.may_name(tmp_path / "a.jpg")
    assert source.may_name(tmp_path / "a.jpg")


def test_a_catalogue_is_read_once_for_all_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, opened = digikam(tmp_path), list[Path]()
    real = DigikamSource.read
    monkeypatch.setattr(DigikamSource, "read", lambda self: (opened.append(self.path), real(self))[1])
    threads = [threading.Thread(target=source.may_name, args=(tmp_path / "a.jpg",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1


@PROGRAMS
@pytest.mark.parametrize("name", [b"100% #1? \xc3\xa4&b;c=d", b"M\xfcller", b"a\nb"])
def test_names_of_files_with_signs_of_addresses_are_opened(tmp_path: Path, make: Make, name: bytes) -> None:
    made, folder = make(tmp_path), tmp_path / os.fsdecode(name)
    folder.mkdir()
    moved = made.path.rename(folder / made.path.name)
    photo = folder / "a.jpg"
    source = type(made)(moved, [photo])
    assert problem(source) is None
    assert source.may_name(photo)
