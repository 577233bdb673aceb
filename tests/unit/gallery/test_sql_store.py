"""Records in a database: the same bits come back, and what it cannot be is a clear error."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from face_match.errors import GalleryDamagedError, GalleryNewerError, GalleryWriteError
from face_match.gallery import backups, encryption, sql_database, sql_tables, stores, vault
from face_match.gallery.gallery import Gallery
from face_match.gallery.json_store import JsonStore
from face_match.gallery.paths import RECORDS
from face_match.gallery.records import PersonRecord
from face_match.gallery.sql_store import SqlStore
from face_match.gallery.vault import Vault, from_disk
from face_match.types import Box, Landmarks, Person, Rejection, Sample, Vector

Add = Callable[[Gallery, str, int], tuple[Person, Sample, bool]]
FilesIn = Callable[[Path], dict[str, bytes]]
NamesIn = Callable[[Path], list[str]]

boxes = st.builds(Box, *[st.floats(-1e5, 1e5)] * 2, *[st.floats(1e-3, 1e5)] * 2)
points = st.lists(st.floats(-1e5, 1e5), min_size=2, max_size=2)
landmarks = st.builds(Landmarks.of, st.lists(points, min_size=5, max_size=5, unique_by=tuple))
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
parts = st.text(
    st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="/\\:"), max_size=9
)
values = st.recursive(st.none() | st.booleans() | texts, st.lists, max_leaves=4)
extras = st.dictionaries(texts, values, max_size=2)


a_slow_machine_may_take_its_time = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def records(draw: st.DrawFn) -> list[PersonRecord]:
    """A few people, whose texts, boxes and vectors can be anything."""

    def vector() -> Vector:
        random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        drawn = random.normal(size=draw(st.sampled_from([8, 16])))
        return (drawn / np.linalg.norm(drawn)).astype(np.float32)

    def sample(number: int) -> Sample:
        return Sample(
            id=f"{number} {draw(texts)}",
            file=f"faces_db/{number} {draw(parts)}.png",
            vectors={model: vector() for model in draw(st.sets(texts, max_size=2))},
            box=draw(st.none() | boxes),
            landmarks=draw(st.none() | landmarks),
            photo_digest=draw(texts),
            added=draw(texts),
            place=draw(st.none() | boxes),
            extra=draw(extras),
        )

    made = []
    for number in range(draw(st.integers(0, 4))):
        samples = tuple(sample(10 * number + n) for n in range(draw(st.integers(0, 3))))
        rejections = tuple(draw(st.lists(st.builds(Rejection, texts, boxes, extras), max_size=2)))
        person = Person(
            f"N {draw(texts)}", f"{number} {draw(parts)}", draw(texts), len(samples), draw(extras)
        )
        made.append(PersonRecord(person, samples, rejections))
    return made


def sample_facts(sample: Sample) -> tuple[object, ...]:
    """All of a sample that can be compared; vectors by their bits."""
    vectors = {model: (vector.dtype, vector.tobytes()) for model, vector in sample.vectors.items()}
    where = (sample.id, sample.file, sample.box, sample.landmarks, sample.place)
    return *where, sample.photo_digest, sample.added, sample.extra, vectors


def person_facts(person: Person) -> tuple[object, ...]:
    return person.name, person.folder, person.added, person.sample_count, person.extra


@a_slow_machine_may_take_its_time
@given(made=records())
def test_people_come_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, made: list[PersonRecord]
) -> None:
    path = tmp_path_factory.mktemp("gallery") / "gallery.sqlite"
    SqlStore.create(path, made)
    store = SqlStore(path, for_writing=False)
    assert [*map(person_facts, store.people())] == [person_facts(record.person) for record in made]
    for record in made:
        folder = record.person.folder
        assert [*map(sample_facts, store.samples_of(folder))] == [*map(sample_facts, record.samples)]
        assert store.rejections_of(folder) == list(record.rejections)
        for sample in record.samples:
            assert store.sample(sample.id).folder == folder
            assert store.has_photo(folder, sample.photo_digest)
    store.close()


@a_slow_machine_may_take_its_time
@given(made=records(), dimensions=st.sampled_from([8, 16]))
def test_both_stores_give_the_same_vectors_and_miss_the_same_ones(
    tmp_path_factory: pytest.TempPathFactory, made: list[PersonRecord], dimensions: int
) -> None:
    folder = tmp_path_factory.mktemp("gallery")
    SqlStore.create(folder / "gallery.sqlite", made)
    database, file = SqlStore(folder / "gallery.sqlite", for_writing=False), JsonStore(folder)
    file.save(made)
    assert database.samples_by_model() == file.samples_by_model()
    for model in {*database.samples_by_model(), "none"}:
        found = [
            {
                (sample_id, owner, vector.tobytes())
                for ids, owners, vectors in store.vectors(model, dimensions)
                for sample_id, owner, vector in zip(ids, owners, vectors, strict=True)
            }
            for store in (database, file)
        ]
        assert found[0] == found[1]
        without = [{sample.id for sample in store.samples_without(model)} for store in (database, file)]
        assert without[0] == without[1]
    database.close()


@pytest.mark.usefixtures("quick_scrypt")
def records_in(folder: Path, key: Vault | None) -> bytes:
    """`embeddings.json` as it was before it was sealed, without the count of its changes."""
    data = from_disk((folder / RECORDS).read_bytes(), key, RECORDS, folder)
    return re.sub(rb'"generation": \d+, ', b"", data)


@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_records_that_go_to_a_database_and_back_are_the_same_to_the_last_bit(
    folder: Path, add: Add, face_key: Any, face_vector: Any, passphrase: str | None
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        samples = [add(gallery, name, n)[1] for n, name in enumerate(("Zoë", "Ada", "Zoë", "Grace"))]
        gallery.reject(gallery.person("Zoë"), face_key(5))
        gallery.add_vectors("another", {samples[2].id: face_vector(9)}, keep=True)
        gallery.merge([gallery.person("Ada")], gallery.person("Zoë"))
        gallery.undo()
        gallery.move([samples[0].id], "Grace")
        gallery.remove([samples[3].id])
    content = json.loads((folder / "embeddings.json").read_bytes())
    (zoe,) = (person for person in content["people"] if person["name"] == "Zoë")
    for known in (content, zoe, zoe["samples"][0], zoe["rejections"][0]):
        known |= {"of a later version": {"β": [1, 2.5, None]}}
    (folder / "embeddings.json").write_text(json.dumps(content), "utf-8")
    if passphrase is not None:
        encryption.encrypt(folder, passphrase)
    key = vault.unlock(folder, passphrase)
    backups.move_records(folder, to_database=False, passphrase=passphrase)
    before = records_in(folder, key)
    assert before.count(b"of a later version") == 4
    for _ in range(2):
        assert backups.move_records(folder, to_database=True, passphrase=passphrase).suffix == ".sqlite"
        backups.move_records(folder, to_database=False, passphrase=passphrase)
        after = records_in(folder, key)
        assert json.loads(after) == json.loads(before)


def test_a_gallery_moves_to_a_database_with_the_change_that_outgrows_its_file_and_goes_on_there(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "JSON_SAMPLES", 3)
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
        assert b"Person 3" in kept.outgrown.read_bytes()
        assert gallery.undo() is not None
        assert len(names_in(folder)) == 3
        assert gallery.redo() is not None
        add(gallery, "Person 4", 4)
    assert names_in(folder) == [f"Person {number}" for number in range(5)]


def test_a_move_that_fails_leaves_the_gallery_in_its_file_and_is_tried_again(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "JSON_SAMPLES", 0)
    (folder / "gallery.sqlite-wal").mkdir(parents=True)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        assert gallery.records == folder / "embeddings.json"
        assert not (folder / "gallery.sqlite").exists()
        (folder / "gallery.sqlite-wal").rmdir()
        add(gallery, "Grace", 2)
        assert gallery.records == folder / "gallery.sqlite"
    assert names_in(folder) == ["Ada", "Grace"]


def test_a_file_that_cannot_be_put_away_loses_nothing_of_the_change_that_outgrew_it(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "JSON_SAMPLES", 1)
    in_the_way = folder / "embeddings.json.outgrown" / "something"
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        in_the_way.mkdir(parents=True)
        _, sample, _ = add(gallery, "Grace", 2)
        assert gallery.records == folder / "gallery.sqlite"
        assert (folder / sample.file).exists()
        assert len(gallery.history) == 2
        add(gallery, "Joan", 3)
    assert (folder / "embeddings.json").exists()
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.sample_count == 3
        assert gallery.undo() is not None
    shutil.rmtree(in_the_way.parent)
    Gallery.open(folder, for_writing=True).close()
    assert not (folder / "embeddings.json").exists()
    assert names_in(folder) == ["Ada", "Grace"]


def test_a_database_that_cannot_be_opened_after_the_move_is_not_left_to_count_later(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "JSON_SAMPLES", 0)
    with monkeypatch.context() as patch, Gallery.open(folder, for_writing=True) as gallery:
        patch.setattr(sql_tables, "make", make_newer)
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
        assert gallery.records == folder / "embeddings.json"
        assert not (folder / "gallery.sqlite").exists()
    assert names_in(folder) == ["Ada", "Grace"]


def make_newer(connection: Connection) -> None:
    real_make(connection)
    connection.exec_driver_sql("PRAGMA user_version = 9")


real_make = sql_tables.make


def test_a_name_with_half_a_character_moves_to_a_database_with_another_in_its_place(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "JSON_SAMPLES", 0)
    half = Person("half a \ud83d pair", "half", "2026-01-02T03:04:05Z")
    folder.mkdir()
    JsonStore(folder).save([PersonRecord(half)])
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        assert gallery.records == folder / "gallery.sqlite"
    assert names_in(folder) == ["half a \ufffd pair", "Ada"]


def test_a_journal_of_a_database_that_is_gone_does_not_get_into_a_new_one(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "JSON_SAMPLES", 0)
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


def test_a_kill_between_database_and_file_leaves_a_gallery_with_both_of_which_the_database_counts(
    folder: Path, add: Add, names_in: NamesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    store = JsonStore(folder)
    SqlStore.create(folder / "gallery.sqlite", store.load())
    assert names_in(folder) == ["Ada"]
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.records == folder / "gallery.sqlite"
        add(gallery, "Grace", 2)
    assert not store.path.exists()
    assert store.outgrown.exists()
    assert names_in(folder) == ["Ada", "Grace"]


@pytest.fixture
def database(folder: Path, add: Add, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gallery of Ada's, in a database."""
    monkeypatch.setattr(stores, "JSON_SAMPLES", 0)
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
    with pytest.raises(GalleryDamagedError, match="not a gallery"):
        Gallery.open(database.parent, for_writing=True)


def test_a_newer_version_is_refused_by_its_number(database: Path) -> None:
    with sqlite3.connect(database) as newer:
        newer.execute(f"PRAGMA user_version = {sql_tables.VERSION + 1}")
    newer.close()
    for for_writing in (False, True):
        with pytest.raises(GalleryNewerError) as caught:
            Gallery.open(database.parent, for_writing=for_writing)
        assert caught.value.detail == str(sql_tables.VERSION + 1)


@pytest.mark.parametrize("page", [1, 3, 6])
def test_an_overwritten_page_is_damage_or_unnoticed_but_never_a_crash(database: Path, page: int) -> None:
    data = bytearray(database.read_bytes())
    at = page * sql_database.PAGE_BYTES
    data[at : at + 200] = b"\xa5" * 200
    database.write_bytes(bytes(data))
    gallery = None
    try:
        gallery = Gallery.open(database.parent, for_writing=False)
        for person in gallery.people:
            gallery.samples_of(person)
    except GalleryDamagedError as error:
        assert error.path == database
    finally:
        if gallery is not None:
            gallery.close()


def test_a_database_that_is_missing_is_not_an_empty_gallery_and_can_be_had_from_the_outgrown_file(
    database: Path, names_in: NamesIn
) -> None:
    database.unlink()
    with pytest.raises(GalleryDamagedError, match="missing") as caught:
        Gallery.open(database.parent, for_writing=True)
    assert caught.value.backup is not None
    backups.restore(database.parent, caught.value.backup)
    assert names_in(database.parent) == ["Ada"]


def test_a_backup_that_is_restored_counts_and_the_database_before_it_is_kept(
    database: Path, add: Add, names_in: NamesIn
) -> None:
    folder = database.parent
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Grace", 2)
    aside = backups.restore(folder, folder / "embeddings.json.outgrown")
    assert names_in(folder) == ["Ada"]
    assert aside is not None
    (folder / "embeddings.json").unlink()
    aside.replace(database)
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
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON samples BEGIN DELETE FROM people; END",
    "a trigger as of SQLite": "CREATE TRIGGER sqlite_t AFTER INSERT ON samples BEGIN DELETE FROM people; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "another table": "CREATE TABLE other (x)",
    "a computed column": "CREATE TABLE rejections (number, x GENERATED ALWAYS AS (printf('%.*c', 9, 'a')))",
    "a condition": "CREATE TABLE rejections (number, x CHECK (instr(x, 'a') > 0))",
    "a default": "CREATE TABLE rejections (number, x DEFAULT (randomblob(9)))",
    "an index of an expression": "CREATE INDEX i ON people (printf('%.*c', 9, name))",
    "an index of some rows": "CREATE INDEX i ON people (name) WHERE name > 'a'",
}


@pytest.mark.parametrize("sql", FOREIGN_SCHEMA.values(), ids=[*FOREIGN_SCHEMA])
def test_a_database_with_more_in_it_than_tables_of_ours_is_refused(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "gallery.sqlite"
    SqlStore.create(path, [])
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
