"""Damaged, missing and newer records: backups are suggested and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import (
    BackupUnusableError,
    GalleryDamagedError,
    GalleryLockedError,
    GalleryNewerError,
    GalleryUnreadableError,
    GalleryWriteError,
)
from face_match.core.records import Conflict, Source
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.paths import BACKUPS_FOLDER
from face_match.gallery.records.rows import Table
from face_match.gallery.storage.backups import list_backups
from face_match.gallery.storage.json_store import JsonStore
from tests.ordinary_rights import ordinary_rights

Add = Callable[..., NamingResult]
NamesIn = Callable[[Path], list[str]]
FilesIn = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def store(folder: Path, add: Add) -> JsonStore:
    """Of a gallery to which Ada was added, then Grace, and which is closed."""
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
    return JsonStore(folder)


def test_the_bak_file_holds_the_records_before_each_change(folder: Path, add: Add) -> None:
    store = JsonStore(folder)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        for number in range(2, 6):
            before = store.path.read_bytes()
            add(gallery, "Ada", number)
            assert store.backup.read_bytes() == before
        before = store.path.read_bytes()
        gallery.undo()
    assert store.backup.read_bytes() == before


def test_a_newer_version_is_refused_by_its_number_and_left_alone(store: JsonStore, files_in: FilesIn) -> None:
    document = json.loads(store.path.read_bytes())
    store.path.write_text(json.dumps({**document, "version": 99, "people": "in some new way"}), "utf-8")
    before = files_in(store.path.parent)
    for for_writing in (False, True):
        with pytest.raises(GalleryNewerError) as caught:
            Gallery.open(store.path.parent, for_writing=for_writing)
        assert caught.value.detail == "99"
        assert caught.value.path == store.path
    assert files_in(store.path.parent) == before


def test_a_backup_from_a_newer_version_is_not_suggested(store: JsonStore) -> None:
    document = json.loads(store.path.read_bytes())
    store.backup.write_text(json.dumps({**document, "version": 99}), "utf-8")
    store.path.write_bytes(b"broken")
    shutil.rmtree(store.path.parent / BACKUPS_FOLDER)
    with pytest.raises(GalleryDamagedError) as caught:
        Gallery.open(store.path.parent, for_writing=False)
    assert caught.value.backup is None
    with pytest.raises(GalleryNewerError):
        restore.restore(store.path.parent, store.backup)
    assert store.path.read_bytes() == b"broken"


def test_records_that_are_missing_while_a_backup_is_there_are_not_an_empty_gallery(
    store: JsonStore, folder: Path
) -> None:
    store.path.unlink()
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError) as caught:
            Gallery.open(folder, for_writing=for_writing)
        assert caught.value.backup == store.backup
    assert not store.path.exists()
    store.backup.write_bytes(b"broken too")
    (daily,) = (folder / BACKUPS_FOLDER).iterdir()
    with pytest.raises(GalleryDamagedError) as caught:
        Gallery.open(folder, for_writing=False)
    assert caught.value.backup == daily
    daily.write_bytes(b"broken as well")
    with pytest.raises(GalleryDamagedError) as caught:
        Gallery.open(folder, for_writing=False)
    assert caught.value.backup is None


def test_a_gallery_opens_again_after_its_backup_was_restored(
    store: JsonStore, folder: Path, names_in: NamesIn
) -> None:
    store.path.write_bytes(b"broken")
    aside = restore.restore(folder, store.backup)
    assert aside is not None
    assert aside.parent == folder
    assert aside.read_bytes() == b"broken"
    assert names_in(folder) == ["Ada"]
    assert store.path.read_bytes() == store.backup.read_bytes()


def test_restoring_where_no_records_are_left_puts_nothing_aside(
    store: JsonStore, folder: Path, names_in: NamesIn
) -> None:
    store.path.unlink()
    assert restore.restore(folder, store.backup) is None
    assert names_in(folder) == ["Ada"]


def test_each_of_two_restores_sets_the_previous_records_aside(store: JsonStore, folder: Path) -> None:
    store.path.write_bytes(b"broken, but with notes of mine in it")
    first = restore.restore(folder, store.backup)
    store.path.write_bytes(b"broken again")
    second = restore.restore(folder, store.backup)
    assert first is not None
    assert second is not None
    assert first.read_bytes() == b"broken, but with notes of mine in it"
    assert second.read_bytes() == b"broken again"


@pytest.mark.parametrize("content", [b"", b"{", b"[5]", None], ids=repr)
def test_restoring_what_is_no_backup_is_refused_and_changes_nothing(
    store: JsonStore, folder: Path, tmp_path: Path, files_in: FilesIn, content: bytes | None
) -> None:
    before = files_in(folder)
    file = tmp_path / "other.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BackupUnusableError) as caught:
        restore.restore(folder, file)
    assert caught.value.path == file
    assert files_in(folder) == before
    Gallery.open(folder, for_writing=True).close()


@pytest.mark.parametrize("seconds", [2**40, -(2**40), 2**33])
def test_a_backup_with_a_name_of_its_own_and_an_impossible_time_is_listed(
    store: JsonStore, any_times: Path, add: Add, seconds: int
) -> None:
    folder = Path(shutil.copytree(store.path.parent, any_times / "gallery"))
    own = Path(shutil.copy(folder / "embeddings.json", folder / BACKUPS_FOLDER / "mine.json"))
    os.utime(own, (seconds, seconds))
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Emmy", 3)
        backups = {backup.path.name: backup for backup in list_backups(folder)}
    assert backups["mine.json"].people == 2


def test_a_gallery_in_use_is_not_restored_over(store: JsonStore, folder: Path) -> None:
    before = store.path.read_bytes()
    with Gallery.open(folder, for_writing=True), pytest.raises(GalleryLockedError):
        restore.restore(folder, store.backup)
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("level", ["top", *(table.value for table in Table)])
def test_fields_that_this_version_does_not_know_are_kept_through_a_change(
    store: JsonStore, folder: Path, add: Add, level: str
) -> None:
    def place(of: dict[str, Any]) -> dict[str, Any]:
        return of if level == "top" else of[level][0]  # type: ignore[no-any-return]

    with Gallery.open(folder, for_writing=True) as gallery:
        ada = gallery.faces_of(gallery.person("Ada"))[0]
        draft = Draft()
        draft.conflict(None, Conflict("c", ada.id, "Eve", Source.FOLDER, "/photos/Eve", "now"))
        gallery._apply(draft, "noted a conflict")
    document = json.loads(store.path.read_bytes())
    place(document)["later version"] = {"deep": [1, None, "ü\u2028"]}
    store.path.write_text(json.dumps(document), "utf-8")
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 3)
    assert place(json.loads(store.path.read_bytes()))["later version"] == {"deep": [1, None, "ü\u2028"]}


def test_a_lone_surrogate_is_replaced_in_names_with_a_warning_and_kept_elsewhere(
    store: JsonStore, folder: Path, add: Add, names_in: NamesIn, caplog: pytest.LogCaptureFixture
) -> None:
    document = json.loads(store.path.read_bytes())
    document["people"][0] |= {"name": "Ad\udce9", "note": "\ud800"}
    store.path.write_text(json.dumps(document), "utf-8")
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Joan", 3)
    assert names_in(folder) == ["Ad\ufffd", "Grace", "Joan"]
    assert "lone surrogate" in caplog.text
    assert json.loads(store.path.read_bytes())["people"][0]["note"] == "\ud800"


def test_records_that_an_editor_saved_with_a_byte_order_mark_are_read(
    store: JsonStore, folder: Path, names_in: NamesIn
) -> None:
    store.path.write_text(store.path.read_text("utf-8"), "utf-8-sig")
    assert names_in(folder) == ["Ada", "Grace"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in another way")
@pytest.mark.parametrize("has_links", [True, False])
def test_records_backup_and_crops_are_for_the_owner_alone(
    folder: Path, add: Add, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise OSError

    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    before = os.umask(0)
    try:
        with Gallery.open(folder, for_writing=True) as gallery:
            for number in range(3):
                add(gallery, "Ada", number)
    finally:
        os.umask(before)
    files = [path for path in folder.rglob("*") if path.is_file() and "lock" not in path.name]
    assert len(files) == 6
    assert {path.name: path.stat().st_mode & 0o077 for path in files} == {path.name: 0 for path in files}
    folders = [path for path in folder.rglob("*") if path.is_dir()]
    assert {path.name: path.stat().st_mode & 0o077 for path in folders} == {
        "faces_db": 0,
        "Ada": 0,
        "backups": 0,
    }


def test_records_that_may_not_be_read_are_not_an_empty_gallery(store: JsonStore, folder: Path) -> None:
    store.path.chmod(0)
    with ordinary_rights(), pytest.raises(GalleryUnreadableError) as caught:
        Gallery.open(folder, for_writing=False)
    assert "ermission" in caught.value.detail


def test_a_folder_that_may_not_be_written_to_can_be_read_only(store: JsonStore, folder: Path) -> None:
    (folder / "gallery.lock").unlink(missing_ok=True)
    folder.chmod(0o500)
    try:
        with ordinary_rights():
            with pytest.raises(GalleryWriteError):
                Gallery.open(folder, for_writing=True)
            assert len(Gallery.open(folder, for_writing=False).people) == 2
    finally:
        folder.chmod(0o700)


def test_a_full_disk_prevents_the_backup_but_not_the_change(
    gallery: Gallery, folder: Path, add: Add, caplog: pytest.LogCaptureFixture
) -> None:
    add(gallery, "Ada", 1)
    (folder / BACKUPS_FOLDER).write_bytes(b"in the way")
    add(gallery, "Grace", 2)
    assert len(gallery.people) == 2
    assert "the daily backup failed" in caplog.text
    with pytest.raises(GalleryWriteError):
        gallery.back_up()
