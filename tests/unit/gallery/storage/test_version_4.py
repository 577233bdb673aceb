"""Galleries of format 4, whose photos had no turns and no hints, are opened without loss and upgraded."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from face_match.core.errors import GalleryNewerError
from face_match.core.messages import error_message
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import BACKUPS_FOLDER, DATABASE, RECORDS
from face_match.gallery.storage import backups, json_store
from face_match.gallery.storage.sql import tables

STORED = Path(__file__).parents[1] / "stored"
PASSPHRASE = "correct horse"

pytestmark = pytest.mark.usefixtures("quick_scrypt")


@pytest.fixture(params=["json", "json encrypted", "database", "database encrypted"])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "gallery"
    with zipfile.ZipFile(STORED / f"v4 {request.param}.zip") as archive:
        archive.extractall(folder)
    return folder


def opened(folder: Path, *, for_writing: bool) -> Gallery:
    return Gallery.open(folder, for_writing=for_writing, passphrase=PASSPHRASE)


def assert_is_what_was_stored(gallery: Gallery) -> None:
    assert [(one.name, one.born, one.face_count) for one in gallery.people] == [
        ("Ada", "1815", 1),
        ("Grace Hopper", "", 1),
    ]
    photos = gallery.photos()
    assert [(one.orientation, one.width, one.height) for one in photos] == [
        (6, 600, 800),
        (1, 800, 600),
        (1, 800, 600),
    ]
    assert all((one.turned, one.turned_by_scan, one.hints) == (None, None, ()) for one in photos)
    assert photos[2].scans == ("mtcnn",)
    (unnamed,), (ignored,) = gallery.unnamed(), gallery.ignored()
    assert [one.name for one in unnamed.rejections] == ["Ada"]
    assert (unnamed.photo, ignored.photo) == (photos[2].id, photos[2].id)
    for face in (unnamed, ignored, *(one for person in gallery.people for one in gallery.faces_of(person))):
        assert face.embeddings["made-up"].shape == (16,)
        assert gallery.pixels_of(face).shape == (24, 20, 3)
    assert len(gallery.history) == 6


def test_it_is_read_without_change(stored: Path) -> None:
    records = stored / (DATABASE if (stored / DATABASE).exists() else RECORDS)
    before = records.read_bytes()
    with opened(stored, for_writing=False) as gallery:
        assert_is_what_was_stored(gallery)
    assert records.read_bytes() == before


def test_it_is_upgraded_after_a_backup_and_photos_can_be_turned(stored: Path, photo_of) -> None:
    with opened(stored, for_writing=True) as gallery:
        assert_is_what_was_stored(gallery)
        assert "migration" in next((stored / BACKUPS_FOLDER).iterdir()).name
        gallery.turn_photo(photo_of(3), None, 8)
    with opened(stored, for_writing=True) as gallery:
        assert gallery.photos()[2].turned == 8
        assert gallery.undo() is not None
        assert_is_what_was_stored(gallery)
        while gallery.undo() is not None:
            pass
        assert gallery.people == ()
        for _ in range(7):
            assert gallery.redo() is not None
        assert {one.name: one.born for one in gallery.people} == {"Ada": "1815", "Grace Hopper": ""}
        assert [one.turned for one in gallery.photos() if one.scans] == [8]


def test_restoring_its_backup_restores_what_it_knew(stored: Path, photo_of) -> None:
    with opened(stored, for_writing=True) as gallery:
        gallery.turn_photo(photo_of(3), None, 8)
        gallery.ignore([gallery.ignored()[0].id], is_ignored=False)
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
    (backup,) = (one for one in (stored / BACKUPS_FOLDER).iterdir() if backups.BEFORE_MIGRATION in one.name)
    restore.restore(stored, backup, PASSPHRASE)
    with opened(stored, for_writing=True) as gallery:
        assert [one.name for one in gallery.people] == ["Ada", "Grace Hopper"]
        assert len(gallery.ignored()) == 1
        assert (gallery.photos()[2].turned, gallery.photos()[2].width) == (None, 800)
        assert gallery.undo() is not None
        assert (gallery.photos()[2].turned, gallery.photos()[2].width) == (8, 600)


@pytest.mark.parametrize("kind", ["json", "database"])
def test_a_newer_format_is_refused_with_both_versions_named(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "gallery"
    with zipfile.ZipFile(STORED / f"v4 {kind}.zip") as archive:
        archive.extractall(folder)
    if kind == "json":
        path, newest = folder / RECORDS, json_store.VERSION
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "version": newest + 1}), "utf-8")
    else:
        path, newest = folder / DATABASE, tables.VERSION
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {newest + 1}")
    with pytest.raises(GalleryNewerError) as caught:
        Gallery.open(folder, for_writing=False)
    assert f"format {newest + 1};" in error_message(caught.value)
    assert f"up to {newest})" in error_message(caught.value)
