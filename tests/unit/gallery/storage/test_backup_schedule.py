"""When backups are made, how they are named and listed, and which ones are kept."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from face_match.core.errors import BackupUnusableError, GalleryDamagedError
from face_match.core.records import Conflict, FaceRecord, Source
from face_match.core.types import Photo
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.paths import BACKUPS_FOLDER
from face_match.gallery.security import encryption
from face_match.gallery.storage import backups
from face_match.gallery.storage_change import move_records

Add = Callable[..., NamingResult]
ScanPhoto = Callable[..., list[FaceRecord]]
MakeFace = Callable[..., NewFace]
PhotoOf = Callable[..., Photo]
NamesIn = Callable[[Path], list[str]]


def names_of(folder: Path) -> list[str]:
    """Of the backups, the newest first."""
    return [path.name for path in backups.backup_paths(folder)]


def older(path: Path, number: int, made: str, why: str) -> Path:
    """A backup as of another time."""
    return path.rename(path.with_name(f"{number:06} {made} {why}{path.suffix}"))


def test_the_first_change_of_a_day_makes_a_backup_and_later_ones_do_not(
    gallery: Gallery, folder: Path, add: Add
) -> None:
    add(gallery, "Ada", 1)
    assert not (folder / BACKUPS_FOLDER).exists(), "there was nothing to keep"
    for number in range(2, 5):
        add(gallery, "Ada", number)
    (kept,) = backups.backup_paths(folder)
    assert kept.name.startswith("000001 ")
    assert kept.name.endswith(f" {backups.DAILY}{gallery.records.suffix}")
    assert kept.stat().st_mode & 0o077 == 0
    gallery.close()
    restore.restore(folder, kept)
    with Gallery.open(folder, for_writing=True) as restored:
        assert restored.records.suffix == kept.suffix
        assert restored.person("Ada").face_count == 1
        assert restored.undo() is not None
        assert restored.person("Ada").face_count == 4


def test_no_two_backups_have_the_same_content(gallery: Gallery, folder: Path, add: Add) -> None:
    add(gallery, "Ada", 1)
    first = gallery.back_up()
    assert first is not None
    assert gallery.back_up() is None
    assert gallery.back_up("before import") is None
    assert backups.backup_paths(folder) == [first]
    add(gallery, "Ada", 2)
    assert gallery.back_up() is not None
    gallery.undo()
    assert gallery.back_up() is not None, "what can be redone is kept too"
    gallery.close()
    with Gallery.open(folder, for_writing=True) as again:
        assert again.back_up() is None


@pytest.mark.parametrize("change", ["a scan", "a vector", "a path", "a conflict"])
def test_a_change_outside_the_history_is_backed_up_too(
    gallery: Gallery, add: Add, scan_photo: ScanPhoto, *, photo_of: PhotoOf, change: str
) -> None:
    face = add(gallery, "Ada", 1).faces[0]
    scan_photo(gallery, 2)
    assert gallery.back_up() is not None
    if change == "a scan":
        scan_photo(gallery, 3)
    elif change == "a vector":
        gallery.add_embeddings("another", {face.id: face.embeddings["made-up"]}, store=True)
    elif change == "a path":
        gallery.record_photo(photo_of(2), Path("/photos/elsewhere.jpg"))
    else:
        draft = Draft()
        draft.conflict(None, Conflict("c", face.id, "Eve", Source.FOLDER, "/photos/Eve", "now"))
        gallery._commit(draft.edits())
    assert gallery.back_up() is not None
    assert gallery.back_up() is None


def test_records_moved_to_the_other_kind_of_file_are_the_same(
    gallery: Gallery, folder: Path, add: Add
) -> None:
    add(gallery, "Ada", 1)
    gallery.close()
    is_database = gallery.records.suffix == ".sqlite"
    move_records(folder, to_database=not is_database)
    (kept,) = backups.backup_paths(folder)
    with Gallery.open(folder, for_writing=True) as moved:
        assert moved.records.suffix != kept.suffix
        assert moved.back_up() is None


def test_an_automatic_backup_that_is_requested_by_hand_is_kept(
    gallery: Gallery, folder: Path, add: Add
) -> None:
    add(gallery, "Ada", 1)
    assert gallery.back_up(backups.DAILY) is not None
    assert gallery.back_up() is None
    (kept,) = backups.list_backups(folder)
    assert kept.reason == backups.BY_HAND


def test_only_the_newest_automatic_backups_are_kept(
    gallery: Gallery, folder: Path, add: Add, names_in: NamesIn
) -> None:
    add(gallery, "Ada", 1)
    by_hand = gallery.back_up()
    assert by_hand is not None
    for number in range(2, backups.MAX_AUTOMATIC + 6):
        add(gallery, "Grace", number)
        why = (backups.DAILY, backups.BEFORE_IMPORT, backups.BEFORE_MIGRATION)[number % 3]
        assert gallery.back_up(why) is not None
    left = backups.backup_paths(folder)
    assert len(left) == backups.MAX_AUTOMATIC + 1
    assert left[-1] == by_hand
    assert [int(path.name[:6]) for path in left[:-1]] == list(range(backups.MAX_AUTOMATIC + 5, 5, -1))
    gallery.close()
    restore.restore(folder, by_hand)
    assert names_in(folder) == ["Ada"]


def test_a_wrong_clock_deletes_nothing_new(gallery: Gallery, folder: Path, add: Add) -> None:
    """Ten backups are dated ahead: of this version, of 0.1, and of both."""
    for start in (1, 0):
        for number in range(backups.MAX_AUTOMATIC):
            add(gallery, "Ada", 100 * start + number)
            path = gallery.back_up(backups.DAILY)
            assert path is not None
            made = f"2099-01-{number + 10} 00.00.00"
            if start:
                older(path, int(path.name[:6]), made, "daily")
            else:
                path.rename(path.with_name(f"{made} daily{path.suffix}"))
        add(gallery, "Grace", 1000 + start)
        new = gallery.back_up(backups.DAILY)
        assert new is not None
        assert backups.backup_paths(folder)[0] == new


def test_backups_of_version_0_1_are_older_than_all_numbered_ones_and_in_order(
    gallery: Gallery, folder: Path, add: Add
) -> None:
    for number in (1, 2):
        add(gallery, "Ada", number)
    backups.backup_paths(folder)[0].unlink()
    made = []
    for name in ("2099-01-01 00.00.00 by hand", "2098-01-01 00.00.00 daily 2", "2098-01-01 00.00.00 daily"):
        add(gallery, "Ada", 10 + len(made))
        path = gallery.back_up()
        assert path is not None
        made.append(path.rename(path.with_name(f"{name}{path.suffix}")))
    os.utime(made[2], ns=(1, 1))
    add(gallery, "Ada", 20)
    newest = gallery.back_up()
    assert backups.backup_paths(folder) == [newest, *made]
    whys = [info.reason for info in backups.list_backups(folder)]
    assert whys == ["by hand", "by hand", "daily", "daily"]
    assert backups.list_backups(folder)[1].made == "2099-01-01 00:00:00"


def test_a_number_beyond_reason_is_not_counted_on(gallery: Gallery, folder: Path, add: Add) -> None:
    add(gallery, "Ada", 1)
    (folder / BACKUPS_FOLDER).mkdir()
    strange = folder / BACKUPS_FOLDER / f"{'9' * 100} 2026-01-01 00.00.00 daily.json"
    strange.write_bytes(b"")
    new = gallery.back_up()
    assert new is not None
    assert new.name.startswith("000001 ")
    assert strange.exists()


@pytest.mark.usefixtures("quick_scrypt")
@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_backups_are_listed_with_date_people_and_faces(
    folder: Path, store_kind: str, add: Add, scan_photo: ScanPhoto, passphrase: str | None
) -> None:
    Gallery.open(folder, for_writing=True).close()
    if passphrase is not None:
        encryption.encrypt(folder, passphrase)
    with Gallery.open(folder, for_writing=True, passphrase=passphrase) as opened:
        add(opened, "Ada", 1)
        scan_photo(opened, 2)
        opened.back_up()
        add(opened, "Ada", 3)
        add(opened, "Grace", 4)
        newer = opened.back_up()
        assert newer is not None
        key = opened.vault
    broken = older(newer, 9, "2026-01-01 00.00.00", "daily")
    broken.write_bytes(b"broken")
    with Gallery.open(folder, for_writing=True, passphrase=passphrase) as opened:
        newest = opened.back_up()
    listed = backups.list_backups(folder, key)
    assert [(info.people, info.faces) for info in listed] == [(2, 3), (None, None), (1, 1), (1, 1)]
    assert [info.error is not None for info in listed] == [False, True, False, False]
    assert listed[0].path == newest
    assert listed[0].made[:10] == f"{datetime.now():%Y-%m-%d}"
    assert [info.reason for info in listed] == ["by hand", "daily", "by hand", "daily"]


@pytest.mark.parametrize("name", ["demo", "v3 json", "v3 database"])
def test_backups_of_earlier_versions_and_of_the_demo_are_counted_too(tmp_path: Path, name: str) -> None:
    stored = Path(__file__).parents[1] / "stored" / f"{name}.zip"
    with zipfile.ZipFile(stored) as file:
        file.extractall(tmp_path / "gallery")
    records = next(tmp_path.rglob("gallery.sqlite" if "database" in name else "embeddings.json"))
    with Gallery.open(records.parent, for_writing=False) as opened:
        expected = (len(opened.people), opened.face_count)
    (records.parent / BACKUPS_FOLDER).mkdir(exist_ok=True)
    backup = records.parent / BACKUPS_FOLDER / f"2026-01-01 00.00.00 by hand{records.suffix}"
    shutil.copy(records, backup)
    info = next(info for info in backups.list_backups(records.parent) if info.path == backup)
    assert (info.people, info.faces) == expected
    assert expected[0] > 0


def test_imports_that_add_nothing_make_no_backup(
    gallery: Gallery, folder: Path, add: Add, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    add(gallery, "Ada", 1)
    by_hand = gallery.back_up()
    for _ in range(10):
        step = gallery.begin_step("imported", back_up_first=True)
        gallery.import_name("Ada", new_face(1), photo_of(1), Path("/1.jpg"), source=Source.FOLDER, step=step)
    assert by_hand in backups.backup_paths(folder)
    assert not [name for name in names_of(folder) if backups.BEFORE_IMPORT in name]
    step = gallery.begin_step("imported", back_up_first=True)
    for number in (2, 3):
        gallery.import_name(
            "Ada", new_face(number), photo_of(number), Path("/x.jpg"), source=Source.FOLDER, step=step
        )
    assert len([name for name in names_of(folder) if backups.BEFORE_IMPORT in name]) == 1
    assert backups.list_backups(folder)[0].faces == 1, "as it was before the import"


def test_a_damaged_gallery_suggests_the_newest_readable_backup(
    gallery: Gallery, folder: Path, add: Add, names_in: NamesIn
) -> None:
    add(gallery, "Ada", 1)
    good = gallery.back_up()
    assert good is not None
    add(gallery, "Grace", 2)
    records = gallery.records
    gallery.close()
    newer = good.with_name(f"000009 2001-01-02 00.00.00 bad{good.suffix}")
    newer.write_bytes(b"broken")
    (folder / "embeddings.json.bak").write_bytes(b"broken")
    records.write_bytes(b"broken")
    with pytest.raises(GalleryDamagedError) as caught:
        Gallery.open(folder, for_writing=True)
    assert caught.value.backup == good
    with pytest.raises(BackupUnusableError):
        restore.restore(folder, newer)
    restore.restore(folder, good)
    assert names_in(folder) == ["Ada"]


def test_backups_of_one_second_are_all_kept(gallery: Gallery, add: Add) -> None:
    made = []
    for number in range(3):
        add(gallery, "Ada", number)
        made.append(gallery.back_up())
    assert None not in made
    assert len(set(made)) == 3
    assert backups.backup_paths(gallery.folder)[:3] == made[::-1]
