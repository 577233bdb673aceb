"""A gallery on a server has what one in a folder has."""

from __future__ import annotations

import contextlib
import gc
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event

from face_match.core.errors import GalleryDamagedError
from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.server_errors import (
    ChangedElsewhereError,
    ServerAwayError,
    ServerGalleryMissingError,
    ServerUnsuitableError,
)
from face_match.gallery.archive import export_archive
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.rows import Table
from face_match.gallery.security.purge import purge
from face_match.gallery.security.server_purge import clear_on_server, purge_on_server
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.sql import row_reading, summaries
from face_match.gallery.storage_change import move_records
from tests.postgres import Postgres
from tests.unit.gallery.conftest import all_of


def test_what_was_reported_is_there_at_the_next_opening(
    server_address: ServerAddress, add: Callable[..., Any]
) -> None:
    with Gallery.open(server_address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
        gallery.undo()
        before = all_of(gallery)
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert all_of(gallery) == before
        assert [person.name for person in gallery.people] == ["Ada", "Grace"]


def test_crops_may_be_in_a_folder_that_all_see(
    server_address: ServerAddress, add: Callable[..., Any], tmp_path: Path
) -> None:
    address = replace(server_address, crops=str(tmp_path))
    assert ServerAddress.parse(str(address)).crops == str(tmp_path)
    with Gallery.open(address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    with Gallery.open(server_address, for_writing=False) as gallery:  # chosen for good
        (face,) = gallery.faces_of(gallery.person("Ada"))
        assert (tmp_path / face.file).is_file()
        assert gallery.pixels_of(face).size


@pytest.mark.parametrize("mark", ["kept", "missing", "../x"])
def test_a_folder_of_crops_that_is_not_the_gallerys_is_not_used(
    postgres: Postgres, server_address: ServerAddress, add: Callable[..., Any], tmp_path: Path, mark: str
) -> None:
    """Whoever changes rows of the server must not make others delete the crops of a gallery of theirs."""
    private = tmp_path / "private"
    with Gallery.open(private, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    with Gallery.open(replace(server_address, crops=str(tmp_path / "all")), for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    about = f"{server_address.schema}.about"
    postgres.sql(f"UPDATE {about} SET value = '{private}' WHERE name = 'crops'")
    if mark == "missing":
        postgres.sql(f"DELETE FROM {about} WHERE name = 'crops_mark'")
    elif mark != "kept":
        postgres.sql(f"UPDATE {about} SET value = '{mark}' WHERE name = 'crops_mark'")
    for for_writing in (True, False):
        with pytest.raises(ServerUnsuitableError, match="not its own"):
            Gallery.open(server_address, for_writing=for_writing)


@pytest.mark.parametrize("of_server", [True, False])
def test_a_new_gallery_does_not_take_the_crops_of_another(
    server_address: ServerAddress,
    postgres: Postgres,
    add: Callable[..., Any],
    tmp_path: Path,
    of_server: bool,
) -> None:
    other: GalleryPlace = replace(postgres.address(), crops=str(tmp_path)) if of_server else tmp_path
    with Gallery.open(other, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    address = replace(server_address, crops=str(tmp_path))
    with pytest.raises(ServerUnsuitableError, match="in use"):
        Gallery.open(address, for_writing=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    with pytest.raises(ServerGalleryMissingError):
        Gallery.open(server_address, for_writing=False)


@pytest.mark.parametrize("keys", ["[1, 2]", '{"faces": 5}', '{"elsewhere": ["x"]}', "7"])
def test_odd_notes_of_changes_count_as_changes_of_everything(
    server_address: ServerAddress, postgres: Postgres, add: Callable[..., Any], keys: str
) -> None:
    """An editor can write them; they kept all others from seeing and making changes."""
    with Gallery.open(server_address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        schema = server_address.schema
        postgres.sql(f"UPDATE {schema}.people SET name = 'Ada Lovelace'")
        values = f"'odd', '{keys}', 0"
        postgres.sql(f'INSERT INTO {schema}.changes ("commit", keys, is_of_embeddings) VALUES ({values})')
        assert gallery.refresh()
        assert [person.name for person in gallery.people] == ["Ada Lovelace"]
        gallery.rename(gallery.people[0], "Ada")


@pytest.mark.parametrize("does_clear", [False, True])
def test_a_purge_that_is_cut_off_at_the_crops_of_a_folder_can_be_repeated(
    server_address: ServerAddress,
    add: Callable[..., Any],
    tmp_path: Path,
    does_clear: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows that are gone would leave crops of which nobody knows whose they are."""
    with Gallery.open(replace(server_address, crops=str(tmp_path)), for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)

    def erase() -> None:
        clear_on_server(server_address) if does_clear else purge_on_server(server_address, "Ada")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Crops, "delete_all", dies)
        with pytest.raises(KeyboardInterrupt):
            erase()
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ["Ada", "Grace"]
    erase()
    assert len([*tmp_path.rglob("*.png")]) == (0 if does_clear else 1)
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ([] if does_clear else ["Grace"])


def test_two_at_once_never_name_two_people_alike(
    server_address: ServerAddress, add: Callable[..., Any]
) -> None:
    with (
        Gallery.open(server_address, for_writing=True) as one,
        Gallery.open(server_address, for_writing=True) as other,
    ):
        add(one, "Ada", 1)
        with contextlib.suppress(ChangedElsewhereError):
            add(other, "ada", 2)
        add(one, "Grace", 3)
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ["Ada", "Grace"]


def test_faces_of_nobody_are_not_exported(
    server_address: ServerAddress, postgres: Postgres, add: Callable[..., Any], tmp_path: Path
) -> None:
    with Gallery.open(server_address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    people = f"{server_address.schema}.people"
    postgres.sql(f"SET session_replication_role = replica; DELETE FROM {people}")
    with pytest.raises(GalleryDamagedError, match="missing or duplicate person"):
        export_archive(server_address, None, tmp_path / "all.zip")
    assert not any(tmp_path.iterdir())


def test_rows_without_another_are_found_without_comparing_each_with_all(
    server_address: ServerAddress,
) -> None:
    """Of a million faces they were never found: for IN and NOT IN, PostgreSQL compares each with all."""
    asked: list[tuple[str, Any]] = []
    with Gallery.open(server_address, for_writing=True) as gallery:
        engine = gallery._store._engine  # type: ignore[attr-defined]

        @event.listens_for(engine, "before_cursor_execute")
        def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
            asked.append((statement, values))

        gallery._store.without_embedding("made-up", named=True)
        with engine.connect() as connection:
            summaries.require_owners(connection)
            for statement, values in asked[:]:
                plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars())
                assert "Anti Join" in plan
                assert "SubPlan" not in plan
    assert len(asked) > 5


@pytest.mark.parametrize("kind", ["json", "database", "server"])
def test_faces_that_stay_when_somebody_is_purged_keep_their_embeddings(
    kind: str, server_address: ServerAddress, add: Callable[..., Any], tmp_path: Path
) -> None:
    """Their rows change: a rejection of the person goes, or the crop, which was in the person's folder."""
    place: GalleryPlace = server_address if kind == "server" else tmp_path
    if kind == "database":
        move_records(tmp_path, to_database=True)
    with Gallery.open(place, for_writing=True) as gallery:
        for number in (1, 2, 3, 4):
            add(gallery, "Ada", number)
        moved, removed, _, _ = gallery.faces_of(gallery.person("Ada"))
        gallery.move([moved.id], "Grace")
        gallery.remove([removed.id])
        ids = [moved.id, removed.id]
        before = {face.id: {**face.embeddings} for face in gallery.faces(ids)}
        assert all(before.values())
    if kind == "server":
        purge_on_server(server_address, "Ada")
    else:
        purge(tmp_path, "Ada")
    with Gallery.open(place, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ["Grace"]
        after = {face.id: face.embeddings for face in gallery.faces(ids)}
        assert {one: [*own] for one, own in after.items()} == {one: [*own] for one, own in before.items()}
        for one, own in after.items():
            for model, embedding in own.items():
                assert np.array_equal(embedding, before[one][model])


@pytest.mark.parametrize("rows_read", [0, 1])
def test_a_cursor_whose_connection_is_lost_is_closed(
    postgres: Postgres, server_address: ServerAddress, add: Callable[..., Any], rows_read: int
) -> None:
    """Otherwise the driver warns when the cursor is freed, whenever that is."""
    with Gallery.open(server_address, for_writing=True) as gallery:
        for photo in range(3):
            add(gallery, "Ada", photo)
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            with pytest.raises(ServerAwayError), gallery._store._reading() as connection:  # type: ignore[attr-defined]
                rows = row_reading.each_row(connection, Table.PHOTOS)
                for _ in range(rows_read):
                    next(rows)
                others = "datname = current_database() AND pid <> pg_backend_pid()"
                postgres.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
                list(rows)
            gc.collect()
        assert [str(one.message) for one in found] == []


def test_the_cursor_of_a_damaged_row_is_closed(
    postgres: Postgres, server_address: ServerAddress, add: Callable[..., Any]
) -> None:
    with Gallery.open(server_address, for_writing=True) as gallery:
        for photo in range(3):
            add(gallery, "Ada", photo)
        postgres.sql(f"UPDATE {server_address.schema}.photos SET orientation = 9")
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            with pytest.raises(GalleryDamagedError):
                gallery.photos()
            gc.collect()
        assert [str(one.message) for one in found] == []
