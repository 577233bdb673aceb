"""Records that earlier versions have written open as they were, and are kept as they were.

`stored/version_1.json` and `.sqlite` were written by version 1, the others by version 2
as it migrated those: two samples of Ada Lovelace, one of whom
was removed, a rejection of hers, one sample of Zoë / Çelik, and one of Grace, who was renamed.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from face_match.errors import GalleryDamagedError, GalleryWriteError
from face_match.gallery import backups, sql_tables, stores
from face_match.gallery.gallery import Gallery
from face_match.gallery.paths import BACKUPS_FOLDER
from face_match.types import Box

STORED = Path(__file__).parent / "stored"
FILES = {
    f"version_{version}{suffix}": f"{name}{suffix}"
    for version in (1, 2)
    for name, suffix in (("embeddings", ".json"), ("gallery", ".sqlite"))
}


@pytest.fixture(params=FILES)
def old_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "gallery"
    folder.mkdir(mode=0o700)
    shutil.copy(STORED / request.param, folder / FILES[request.param])
    return folder


@pytest.fixture
def version(old_folder: Path, request: pytest.FixtureRequest) -> int:
    """Which wrote the records."""
    name: str = request.node.callspec.params["old_folder"]
    return int(name[len("version_") :].split(".", maxsplit=1)[0])


def _assert_is_what_was_stored(gallery: Gallery) -> None:
    assert [(p.name, p.folder, p.sample_count) for p in gallery.people] == [
        ("Ada Lovelace", "Ada Lovelace", 1),
        ("Zoë / Çelik", "Zoë _ Çelik", 1),
        ("Grace Hopper", "Grace", 1),
    ]
    for person in gallery.people:
        for sample in gallery.samples_of(person):
            assert {model: len(vector) for model, vector in sample.vectors.items()} == {
                "dlib, one view": 8,
                "facenet": 16,
            }
            assert (sample.box, sample.place) == (Box(5, 6, 20, 24), None)
    ada = gallery.person("Ada Lovelace")
    assert [rejection.box for rejection in gallery.rejections_of(ada)] == [Box(1, 2, 3, 4)]
    assert [change.description for change in gallery.history][-2:] == [
        "renamed Grace to Grace Hopper",
        "removed a sample of Ada Lovelace",
    ]
    assert len(gallery.history) == 7


def test_records_of_an_earlier_version_can_be_read_and_are_left_alone(old_folder: Path) -> None:
    (records,) = old_folder.iterdir()
    before = records.read_bytes()
    gallery = Gallery.open(old_folder, for_writing=False)
    _assert_is_what_was_stored(gallery)
    gallery.close()
    assert records.read_bytes() == before
    journal = stores.journal_of(records)
    assert [path for path in old_folder.iterdir() if path not in journal] == [records]


def test_they_are_migrated_when_opened_for_writing_and_kept_as_they_were(
    old_folder: Path, version: int
) -> None:
    (records,) = old_folder.iterdir()
    before = records.read_bytes()
    for _ in range(2):
        with Gallery.open(old_folder, for_writing=True) as gallery:
            _assert_is_what_was_stored(gallery)
    (backup,) = (old_folder / BACKUPS_FOLDER).iterdir()
    assert backups.BEFORE_MIGRATION in backup.name
    if backup.suffix == ".json":
        assert backup.read_bytes() == before
        assert b'"version": 3' in records.read_bytes()
    else:
        with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(records)) as new:
            assert old.execute("PRAGMA user_version").fetchone() == (version,)
            assert new.execute("PRAGMA user_version").fetchone() == (sql_tables.VERSION,)


def test_their_changes_can_still_be_taken_back(old_folder: Path) -> None:
    with Gallery.open(old_folder, for_writing=True) as gallery:
        gallery.undo()
        gallery.undo()
        assert [(p.name, p.sample_count) for p in gallery.people] == [
            ("Ada Lovelace", 2),
            ("Zoë / Çelik", 1),
            ("Grace", 1),
        ]
        restored = gallery.samples_of(gallery.person("Ada Lovelace"))[1]
        assert {model: len(vector) for model, vector in restored.vectors.items()} == {
            "dlib, one view": 8,
            "facenet": 16,
        }


def test_new_samples_know_their_place_beside_old_ones(old_folder: Path, face_crop, face_vector) -> None:
    place = Box(10.5, 20.0, 30.0, 40.25)
    with Gallery.open(old_folder, for_writing=True) as gallery:
        gallery.add("Grace Hopper", face_crop(1), {"made-up": face_vector(1)}, "ab" * 32, place)
    with Gallery.open(old_folder, for_writing=False) as gallery:
        samples = gallery.samples_of(gallery.person("Grace Hopper"))
        assert [sample.place for sample in samples] == [None, place]


def test_a_backup_of_an_earlier_version_is_migrated_once_it_is_restored(old_folder: Path) -> None:
    with Gallery.open(old_folder, for_writing=True) as gallery:
        gallery.rename(gallery.person("Grace Hopper"), "Someone else")
    (old_backup,) = (b for b in (old_folder / BACKUPS_FOLDER).iterdir() if "migration" in b.name)
    backups.restore(old_folder, old_backup)
    with Gallery.open(old_folder, for_writing=True) as gallery:
        _assert_is_what_was_stored(gallery)


def test_nothing_is_migrated_without_a_backup(old_folder: Path, version: int) -> None:
    (records,) = old_folder.iterdir()
    (old_folder / BACKUPS_FOLDER).write_bytes(b"not a folder")
    with pytest.raises(GalleryWriteError):
        Gallery.open(old_folder, for_writing=True)
    if records.suffix == ".json":
        assert f'"version": {version}'.encode() in records.read_bytes()
    else:
        with closing(sqlite3.connect(records)) as old:
            assert old.execute("PRAGMA user_version").fetchone() == (version,)
    _assert_is_what_was_stored(Gallery.open(old_folder, for_writing=False))


def test_a_migration_that_breaks_off_can_be_done_again(
    old_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (old_folder / "gallery.sqlite").exists():
        pytest.skip("a file of JSON is replaced as a whole")

    def broken_step(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE nobody ADD COLUMN x")

    with monkeypatch.context() as broken:
        broken.setattr(sql_tables, "STEPS", (*sql_tables.STEPS, broken_step))
        with pytest.raises(GalleryDamagedError, match="no such table"):
            Gallery.open(old_folder, for_writing=True)
    with Gallery.open(old_folder, for_writing=True) as gallery:
        _assert_is_what_was_stored(gallery)
