"""Records that earlier versions have written open as they were, and are kept as they were.

`stored/version_1.json` and `.sqlite` were written by version 1, the others by version 2 as it migrated those:
two samples of Ada Lovelace, one of which was removed, a rejection of hers, one sample of Zoë / Çelik, and one
of Grace, who was renamed. Version 3 is in the archives of `test_stored_galleries`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from face_match.core.errors import GalleryWriteError
from face_match.core.records import Origin
from face_match.core.types import Box
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import BACKUPS_FOLDER
from face_match.gallery.storage import backups
from face_match.gallery.storage.sql import tables
from face_match.gallery.storage.sqlite.files import journals_of
from tests.unit.gallery.interruptions import calls

STORED = Path(__file__).parents[1] / "stored"
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


MODELS = {"dlib, one view": 8, "facenet": 16}
"""What embeddings every face has, and of how many dimensions."""


def _assert_are_the_people(gallery: Gallery) -> None:
    assert [(p.name, p.folder, p.face_count) for p in gallery.people] == [
        ("Ada Lovelace", "Ada Lovelace", 1),
        ("Zoë / Çelik", "Zoë _ Çelik", 1),
        ("Grace Hopper", "Grace", 1),
    ]
    for person in gallery.people:
        for face in gallery.faces_of(person):
            assert {model: len(embedding) for model, embedding in face.embeddings.items()} == MODELS
            assert (face.box, face.place, face.origin) == (Box(5, 6, 20, 24), None, Origin.LEGACY)
            assert gallery.photo(face.photo) is not None
    (told,) = gallery.faces_rejected_for(gallery.person("Ada Lovelace"))
    assert (told.place, told.file, told.person) == (Box(1, 2, 3, 4), "", None)
    assert [one.name for one in told.rejections] == ["Ada Lovelace"]
    (removed,) = gallery.unnamed()
    assert (removed.person, removed.is_unnamed, removed.box) == (None, True, Box(5, 6, 20, 24))


def _assert_is_what_was_stored(gallery: Gallery) -> None:
    _assert_are_the_people(gallery)
    assert [step.description for step in gallery.history][-2:] == [
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
    journal = journals_of(records)
    assert [path for path in old_folder.iterdir() if path not in journal] == [records]


def test_opening_for_writing_migrates_old_records_and_backs_them_up(old_folder: Path, version: int) -> None:
    (records,) = old_folder.iterdir()
    before = records.read_bytes()
    for _ in range(2):
        with Gallery.open(old_folder, for_writing=True) as gallery:
            _assert_is_what_was_stored(gallery)
    (backup,) = (old_folder / BACKUPS_FOLDER).iterdir()
    assert backups.BEFORE_MIGRATION in backup.name
    if backup.suffix == ".json":
        assert backup.read_bytes() == before
        assert b'"version": 5' in records.read_bytes()
    else:
        with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(records)) as new:
            assert old.execute("PRAGMA user_version").fetchone() == (version,)
            assert new.execute("PRAGMA user_version").fetchone() == (tables.VERSION,)


@pytest.mark.parametrize("restarts", [False, True])
def test_migrated_steps_can_be_undone(old_folder: Path, restarts: bool) -> None:
    if restarts:
        Gallery.open(old_folder, for_writing=True).close()
    with Gallery.open(old_folder, for_writing=True) as gallery:
        gallery.undo()
        gallery.undo()
        assert [(p.name, p.face_count) for p in gallery.people] == [
            ("Ada Lovelace", 2),
            ("Zoë / Çelik", 1),
            ("Grace", 1),
        ]
        for face in gallery.faces_of(gallery.person("Ada Lovelace")):
            assert {model: len(embedding) for model, embedding in face.embeddings.items()} == MODELS
        assert gallery.unnamed() == []
        while gallery.undo() is not None:
            pass
        assert gallery.people == ()
        while gallery.redo() is not None:
            pass
        _assert_is_what_was_stored(gallery)


def test_new_faces_are_matched_with_migrated_ones(old_folder: Path, new_face, photo_of) -> None:
    place = Box(10.5, 20.0, 30.0, 40.25)
    with Gallery.open(old_folder, for_writing=True) as gallery:
        gallery.add("Grace Hopper", new_face(1, place), photo_of(1))
    with Gallery.open(old_folder, for_writing=False) as gallery:
        faces = gallery.faces_of(gallery.person("Grace Hopper"))
        assert [face.place for face in faces] == [None, place]


def test_a_backup_of_an_earlier_version_is_migrated_once_it_is_restored(old_folder: Path) -> None:
    with Gallery.open(old_folder, for_writing=True) as gallery:
        gallery.rename(gallery.person("Grace Hopper"), "Someone else")
    (old_backup,) = (b for b in (old_folder / BACKUPS_FOLDER).iterdir() if "migration" in b.name)
    restore.restore(old_folder, old_backup)
    with Gallery.open(old_folder, for_writing=True) as gallery:
        _assert_are_the_people(gallery)
        gallery.undo()
        assert gallery.find("Someone else") is not None


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


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_an_interrupted_migration_loses_nothing_and_is_repeated(
    old_folder: Path,
    tmp_path: Path,
    interrupted: Callable[..., bool],
    points: Callable[[Iterable[int]], Iterator[int]],
) -> None:
    place = tmp_path / "copy"
    for at in points(calls(12, 31)):
        shutil.copytree(old_folder, place)

        def migrate() -> None:
            Gallery.open(place, for_writing=True).close()

        was_cut_off = interrupted(migrate, at)
        for for_writing in (False, True):
            with Gallery.open(place, for_writing=for_writing) as gallery:
                _assert_is_what_was_stored(gallery)
        assert any((place / BACKUPS_FOLDER).iterdir())
        shutil.rmtree(place)
        if not was_cut_off:
            break
    assert at > 10
