"""The SQLite store gives records back exactly; invalid databases are a clear error."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from face_match.core.errors import GalleryDamagedError, GalleryNewerError, GalleryWriteError
from face_match.core.records import FaceRecord, Person, PhotoRecord, Rejection
from face_match.core.types import Embedding
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.edits import Draft, Edit, invert
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.records.paths import RECORDS
from face_match.gallery.records.rows import Contents, Table, photo_from_row, photo_row
from face_match.gallery.security import encryption
from face_match.gallery.storage import active_store, vault
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.sql import tables
from face_match.gallery.storage.sqlite import database as sqlite_database
from face_match.gallery.storage.sqlite.store import SqlStore
from face_match.gallery.storage.store import Store
from face_match.gallery.storage.vault import Vault, from_disk
from face_match.gallery.storage_change import move_records
from tests.unit.gallery.random_records import contents_of, facts, galleries, step_facts, unit_vector

Add = Callable[..., NamingResult]
FilesIn = Callable[[Path], dict[str, bytes]]
NamesIn = Callable[[Path], list[str]]

a_slow_machine_may_take_its_time = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@a_slow_machine_may_take_its_time
@given(contents=galleries())
def test_all_records_come_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, contents: Contents
) -> None:
    path = tmp_path_factory.mktemp("gallery") / "gallery.sqlite"
    SqlStore.create(path, contents)
    with contextlib.closing(SqlStore(path, for_writing=False)) as store:
        assert facts(store.contents()) == facts(contents)


@a_slow_machine_may_take_its_time
@given(contents=galleries(), dimensions=st.sampled_from([8, 16]))
def test_both_stores_give_the_same_results(
    tmp_path_factory: pytest.TempPathFactory, contents: Contents, dimensions: int
) -> None:
    folder = tmp_path_factory.mktemp("gallery")
    SqlStore.create(folder / "gallery.sqlite", contents)
    database, file = SqlStore(folder / "gallery.sqlite", for_writing=False), JsonStore(folder)
    file.save(contents, {})

    def same(ask: Callable[[Store], object]) -> object:
        answers = [ask(store) for store in (database, file)]
        assert answers[0] == answers[1]
        return answers[0]

    same(lambda store: [vars(person) for person in store.people()])
    same(lambda store: store.rejected_rows())
    models = {*same(lambda store: store.named_count_by_model()), "none"}
    for but_ignored in (True, False):
        same(lambda store, but=but_ignored: [*store.photos_without_faces(but_ignored=but)])
    for table, columns in COLUMNS.items():
        rows = contents.rows[table]
        same(lambda store, table=table: [*store.all_rows(table)])
        for column in columns:
            values = [row[column] for row in rows][::2]
            for wanted in ([], values, [*values, None, "of no row"]):
                same(lambda store, ask=(table, column, wanted): store.rows(*ask))
    ids = [face.id for face in contents.faces()]
    same(lambda store: store.photo_dates())
    same(lambda store: bits(store.embeddings_of([*ids[1:], "nobody's"])))
    for model in models:
        for named in (False, True):
            same(lambda store, model=model, named=named: {*store.without_embedding(model, named=named)})
        same(lambda store, model=model: of_model(store, model, dimensions))
    database.close()


COLUMNS = {
    Table.PEOPLE: ["folder"],
    Table.PHOTOS: ["id", "digest", "file_digest", "path"],
    Table.FACES: ["id", "photo", "person"],
    Table.CONFLICTS: ["id", "face", "decision"],
}
"""What rows are asked for by."""


def bits(embeddings: Mapping[str, Mapping[str, Embedding]]) -> dict[str, dict[str, bytes]]:
    return {one: {model: own.tobytes() for model, own in mine.items()} for one, mine in embeddings.items()}


def of_model(store: Store, model: str, dimensions: int) -> set[tuple[str, str, bytes]]:
    return {
        (face_id, owner, embedding.tobytes())
        for ids, owners, embeddings in store.embeddings(model, dimensions)
        for face_id, owner, embedding in zip(ids, owners, embeddings, strict=True)
    }


@pytest.mark.parametrize("kind", ["file", "database"])
def test_edits_are_made_in_both_stores_alike(tmp_path: Path, kind: str) -> None:
    contents = contents_of(
        [Person("Ada", "Ada", "1"), Person("Grace", "Grace", "2")],
        [
            FaceRecord(
                f"{n}", photo="p", person="Ada", embeddings={"m": unit_vector(n, 8)}, file=f"faces_db/{n}"
            )
            for n in range(3)
        ],
        [PhotoRecord("p", "d")],
    )
    store: Store
    if kind == "file":
        store = JsonStore(tmp_path)
        store.save(contents, {})
    else:
        SqlStore.create(tmp_path / "gallery.sqlite", contents)
        store = SqlStore(tmp_path / "gallery.sqlite", for_writing=True)
    with contextlib.closing(store):
        faces, (photo,) = contents.faces(), [*map(photo_from_row, contents.rows[Table.PHOTOS])]
        _, grace = store.people()
        draft = Draft()
        draft.face(None, FaceRecord("new", photo="q", person="New", embeddings={"m": unit_vector(9, 8)}))
        draft.photo(None, PhotoRecord("q", path="/q \udcff.jpg"))
        draft.person(None, Person("New", "New", "3"))
        draft.face(faces[0], replace(faces[0], person="Grace", rejections=(Rejection("Ada", "Ada"),)))
        draft.face(faces[1], None)
        draft.face(faces[2], replace(faces[2], file="faces_db/x", embeddings={"n": unit_vector(7, 8)}))
        draft.photo(photo, replace(photo, scans=("one", "two"), size=5))
        draft.person(grace, replace(grace, cover="0"))
        edits = draft.edits()
        before = facts(store.contents())
        store.commit(edits, HistoryEntry(Step(3, "all of it", "now"), edits))
        assert [person.face_count for person in store.people()] == [1, 1, 1]
        assert [row["id"] for row in store.all_rows(Table.FACES)] == ["0", "2", "new"]
        assert store.embeddings_of(["1", "2"])["1"] == {}
        assert store.embeddings_of(["2"])["2"].keys() == {"m", "n"}
        assert photo_from_row(store.rows(Table.PHOTOS, "path", ["/q \udcff.jpg"])[0]).id == "q"
        more = [Edit(Table.PEOPLE, "New", {"born": ""}, {"born": "2000-01-01"})]
        store.commit(more, HistoryEntry(Step(3, "all of it, and more", "now"), more, is_continued=True))
        assert step_facts([(step, store.edits_of(step.id)) for step in store.steps()]) == step_facts(
            [(Step(3, "all of it, and more", "now"), [*edits, *more])]
        )
        store.commit(invert([*edits, *more]), HistoryEntry(Step(3, "undone", "now", is_undone=True), []), ())
        after = facts(store.contents())
        assert after[0] == {
            **before[0],
            Table.FACES: sorted(before[0][Table.FACES], key=lambda row: (row["id"] == "1", row["id"])),
        }
        assert store.edits_of(3) == []
        store.commit([], None, [3])
        assert store.steps() == []


def records_in(folder: Path, key: Vault | None) -> bytes:
    """`embeddings.json` as it was before it was sealed, without the count of its changes."""
    data = from_disk((folder / RECORDS).read_bytes(), key, RECORDS, folder)
    return re.sub(rb'"generation": \d+, ', b"", data)


@pytest.mark.usefixtures("quick_scrypt")
@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_records_that_go_to_a_database_and_back_are_the_same_to_the_last_bit(
    folder: Path, add: Add, scan_photo: Any, reject: Any, passphrase: str | None
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        faces = [add(gallery, name, n).faces[0] for n, name in enumerate(("Zoë", "Ada", "Zoë", "Grace"))]
        reject(gallery, "Zoë", 5)
        scan_photo(gallery, 6, 6, 7)
        gallery.add_embeddings("another", {faces[2].id: unit_vector(9, 16)}, store=True)
        gallery.move([faces[0].id], "Grace")
        gallery.remove([faces[3].id])
        gallery.merge([gallery.person("Ada")], gallery.person("Zoë"))
        gallery.undo()
    content = json.loads((folder / "embeddings.json").read_bytes())
    assert [step["undone"] for step in content["history"]][-2:] == [False, True]
    for known in (content, *(content[table][0] for table in ("people", "photos", "faces"))):
        known |= {"of a later version": {"β": [1, 2.5, None]}}
    (folder / "embeddings.json").write_text(json.dumps(content), "utf-8")
    if passphrase is not None:
        encryption.encrypt(folder, passphrase)
    key = vault.unlock(folder, passphrase)
    move_records(folder, to_database=False, passphrase=passphrase)
    before = records_in(folder, key)
    assert before.count(b"of a later version") == 4
    for _ in range(2):
        assert move_records(folder, to_database=True, passphrase=passphrase).suffix == ".sqlite"
        move_records(folder, to_database=False, passphrase=passphrase)
        after = records_in(folder, key)
        assert json.loads(after) == json.loads(before)


def test_a_growing_gallery_moves_to_a_database(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 3)
    with Gallery.open(folder, for_writing=True) as gallery:
        for number in range(3):
            add(gallery, f"Person {number}", number)
        assert gallery.records == folder / "embeddings.json"
        before = gallery.records.read_bytes()
        add(gallery, "Person 3", 3)
        assert gallery.records == folder / "gallery.sqlite"
        assert not (folder / "embeddings.json").exists()
        assert (folder / "embeddings.json.bak").read_bytes() == before
        kept = JsonStore(folder)
        assert b"Person 3" in kept.set_aside.read_bytes()
        assert gallery.undo() is not None
        assert len(names_in(folder)) == 3
        assert gallery.redo() is not None
        add(gallery, "Person 4", 4)
    assert names_in(folder) == [f"Person {number}" for number in range(5)]


def test_a_failed_move_keeps_the_json_file_and_is_retried(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    (folder / "gallery.sqlite-wal").mkdir(parents=True)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        assert gallery.records == folder / "embeddings.json"
        assert not (folder / "gallery.sqlite").exists()
        (folder / "gallery.sqlite-wal").rmdir()
        add(gallery, "Grace", 2)
        assert gallery.records == folder / "gallery.sqlite"
    assert names_in(folder) == ["Ada", "Grace"]


def test_a_json_file_that_cannot_be_set_aside_loses_nothing(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 1)
    in_the_way = folder / "embeddings.json.outgrown" / "something"
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        in_the_way.mkdir(parents=True)
        (face,) = add(gallery, "Grace", 2).faces
        assert gallery.records == folder / "gallery.sqlite"
        assert (folder / face.file).exists()
        assert len(gallery.history) == 2
        add(gallery, "Joan", 3)
    assert (folder / "embeddings.json").exists()
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.face_count == 3
        assert gallery.undo() is not None
    shutil.rmtree(in_the_way.parent)
    Gallery.open(folder, for_writing=True).close()
    assert not (folder / "embeddings.json").exists()
    assert names_in(folder) == ["Ada", "Grace"]


def test_a_database_that_cannot_be_opened_after_the_move_is_deleted(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with monkeypatch.context() as patch, Gallery.open(folder, for_writing=True) as gallery:
        patch.setattr(sqlite_database, "create_tables", make_newer)
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
        assert gallery.records == folder / "embeddings.json"
        assert not (folder / "gallery.sqlite").exists()
    assert names_in(folder) == ["Ada", "Grace"]


def make_newer(connection: Connection, generation: int | None) -> None:
    real_make(connection, generation)
    connection.exec_driver_sql("PRAGMA user_version = 9")


real_make = sqlite_database.create_tables


def test_a_name_with_a_lone_surrogate_moves_to_a_database_with_a_replacement(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    half = Person("half a \ud83d pair", "half", "2026-01-02T03:04:05Z")
    folder.mkdir()
    JsonStore(folder).save(contents_of([half]), {})
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        assert gallery.records == folder / "gallery.sqlite"
    assert names_in(folder) == ["half a \ufffd pair", "Ada"]


def test_an_old_journal_does_not_get_into_a_new_database(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
        journal = (folder / "gallery.sqlite-wal").read_bytes()
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "gallery.sqlite-wal").write_bytes(journal)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Joan", 3)
    assert names_in(folder) == ["Joan"]


def test_with_both_files_after_a_kill_the_database_takes_precedence(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    store = JsonStore(folder)
    store.load()
    SqlStore.create(folder / "gallery.sqlite", store.contents())
    assert names_in(folder) == ["Ada"]
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.records == folder / "gallery.sqlite"
        add(gallery, "Grace", 2)
    assert not store.path.exists()
    assert store.set_aside.exists()
    assert names_in(folder) == ["Ada", "Grace"]


@pytest.fixture
def database(folder: Path, add: Add, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gallery of Ada's, in a database."""
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    return folder / "gallery.sqlite"


@pytest.mark.parametrize("for_writing", [False, True])
@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_of_something_else_is_damaged_and_left_alone(
    database: Path, files_in: FilesIn, content: bytes, for_writing: bool
) -> None:
    database.write_bytes(content)
    with pytest.raises(GalleryDamagedError):
        Gallery.open(database.parent, for_writing=for_writing)
    assert database.read_bytes() == content


def test_a_database_of_another_program_is_not_a_gallery(database: Path) -> None:
    database.unlink()
    with sqlite3.connect(database) as other:
        other.execute("CREATE TABLE people (id)")
    other.close()
    with pytest.raises(GalleryDamagedError, match="not a Face Match gallery"):
        Gallery.open(database.parent, for_writing=True)


def test_a_newer_version_is_refused_by_its_number(database: Path) -> None:
    with sqlite3.connect(database) as newer:
        newer.execute(f"PRAGMA user_version = {tables.VERSION + 1}")
    newer.close()
    for for_writing in (False, True):
        with pytest.raises(GalleryNewerError) as caught:
            Gallery.open(database.parent, for_writing=for_writing)
        assert caught.value.detail == str(tables.VERSION + 1)


@pytest.mark.parametrize("page", [1, 3, 6])
def test_an_overwritten_page_is_damage_or_unnoticed_but_never_a_crash(database: Path, page: int) -> None:
    data = bytearray(database.read_bytes())
    at = page * sqlite_database.PAGE_BYTES
    data[at : at + 200] = b"\xa5" * 200
    database.write_bytes(bytes(data))
    gallery = None
    try:
        gallery = Gallery.open(database.parent, for_writing=False)
        for person in gallery.people:
            gallery.faces_of(person)
        gallery.unnamed()
        gallery.photos()
    except GalleryDamagedError as error:
        assert error.path == database
    finally:
        if gallery is not None:
            gallery.close()


def test_a_missing_database_is_an_error_that_suggests_the_json_file_set_aside(
    database: Path, names_in: NamesIn
) -> None:
    database.unlink()
    with pytest.raises(GalleryDamagedError, match="missing") as caught:
        Gallery.open(database.parent, for_writing=True)
    assert caught.value.backup is not None
    restore.restore(database.parent, caught.value.backup)
    assert names_in(database.parent) == ["Ada"]


def test_the_json_file_set_aside_can_be_restored_as_an_undoable_step(
    database: Path, add: Add, names_in: NamesIn
) -> None:
    folder = database.parent
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Grace", 2)
    assert restore.restore(folder, folder / "embeddings.json.outgrown") is None
    assert names_in(folder) == ["Ada"]
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.undo()
    assert names_in(folder) == ["Ada", "Grace"]


def test_the_database_is_for_its_owner_alone(database: Path) -> None:
    assert database.stat().st_mode & 0o077 == 0


def test_a_full_disk_is_not_taken_for_damage(
    database: Path, full_disk: Callable[..., contextlib.AbstractContextManager[None]]
) -> None:
    if sys.version_info < (3, 11):
        pytest.skip("sqlite3 does not say what was the matter")
    with full_disk(), pytest.raises(GalleryWriteError, match="I/O error"):
        Gallery.open(database.parent, for_writing=False)
    Gallery.open(database.parent, for_writing=False).close()


FOREIGN_SCHEMA = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON faces BEGIN DELETE FROM people; END",
    "a trigger as of SQLite": "CREATE TRIGGER sqlite_t AFTER INSERT ON faces BEGIN DELETE FROM people; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "another table": "CREATE TABLE other (x)",
    "a computed column": "CREATE TABLE conflicts (number, x GENERATED ALWAYS AS (printf('%.*c', 9, 'a')))",
    "a condition": "CREATE TABLE conflicts (number, x CHECK (instr(x, 'a') > 0))",
    "a default": "CREATE TABLE conflicts (number, x DEFAULT (randomblob(9)))",
    "an index of an expression": "CREATE INDEX i ON people (printf('%.*c', 9, name))",
    "an index of some rows": "CREATE INDEX i ON people (name) WHERE name > 'a'",
}


@pytest.mark.parametrize("sql", FOREIGN_SCHEMA.values(), ids=[*FOREIGN_SCHEMA])
def test_a_database_with_foreign_tables_is_refused(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "gallery.sqlite"
    SqlStore.create(path, Contents())
    SqlStore(path, for_writing=True).close()
    kind, name = sql.split()[1:3]
    table = sql.partition(" ON ")[2].split()[0] if " ON " in sql else name
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = ?", (name,))
        row = (kind.lower(), name, table, 0 if kind in ("TRIGGER", "VIEW") else 2, sql)
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
        connection.commit()
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError):
            SqlStore(path, for_writing=for_writing)


def test_any_number_of_rows_is_asked_for_in_a_few_statements(tmp_path: Path) -> None:
    """A driver keeps statements with all of their values."""
    asked: set[str] = set()
    rows = [photo_row(PhotoRecord(f"{number:032x}")) for number in range(620)]
    SqlStore.create(tmp_path / "gallery.sqlite", Contents({**Contents().rows, Table.PHOTOS: rows}))
    ids = [row["id"] for row in rows]
    with contextlib.closing(SqlStore(tmp_path / "gallery.sqlite", for_writing=False)) as store:

        @event.listens_for(store._engine, "before_cursor_execute")
        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            asked.add(statement)

        for count in (*range(1, 40), 255, 256, 257, 499, 500, 501, 600):
            found = store.rows(Table.PHOTOS, "id", ids[:count])
            assert [row["id"] for row in found] == ids[:count]
    assert len(asked) <= 12
