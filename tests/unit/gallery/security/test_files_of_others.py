"""Files that others keep in a gallery's folder survive everything, whatever their folder is called."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryNotMovedError, GalleryWriteError
from face_match.gallery import relocation, restore, storage_change
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import FOLDERS, plain_files
from face_match.gallery.relocation import ON_THE_WAY, move_gallery
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import backups
from face_match.gallery.storage.copied_files import COPIED_FILES

PASSPHRASE = "correct horse"
NAME = "Ann Xylophon"
MARK = "read by Ann Xylophon"

FOREIGN = (
    "waiting/list.txt",
    "waiting/list.json",
    "waiting/a.faces",
    "waiting/for the printer/photo.jpg",
    "backups/thesis.txt",
    "backups/daily.json",
    "backups/2019 laptop/mails.mbox",
    "backups/2019 laptop/000001 2026-11-29 09.18.45 daily.json",
    "backups/2026-11-29 09.18.45 holiday.json",
    "backups/phone.sqlite",
    "backups/phone.sqlite-wal",
    "faces_db/notes.txt",
    f"faces_db/{NAME}/letter.txt",
    "faces_db/ab/mine.sealed",
    ".moving/box.txt",
    "embeddings.json.mine",
    "gallery.sqlite.before Christmas",
    "unfinished.json.txt",
    "calibrations.json~",
    "crops of mine/a.png",
)

pytestmark = pytest.mark.usefixtures("quick_scrypt")


@pytest.fixture
def mixed(folder: Path, gallery: Gallery, add: Callable[..., Any]) -> Path:
    """A gallery of two people with a backup, and files of others in all its folders."""
    add(gallery, NAME, 1)
    add(gallery, "Bob", 2)
    gallery.back_up()
    gallery.close()
    for name in FOREIGN:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MARK, "utf-8")
    return folder


def foreign(folder: Path) -> list[str]:
    """Which files of others are there, as they were."""
    return [name for name in FOREIGN if (folder / name).is_file() and (folder / name).read_text() == MARK]


def edit(folder: Path, passphrase: str | None) -> None:
    with Gallery.open(folder, for_writing=True, passphrase=passphrase) as gallery:
        gallery.rename(gallery.person("Bob"), "Rob")
        gallery.undo()
        gallery.set_unfinished_scans([Path("/photos")])
        gallery.set_unfinished_scans([])
        gallery.save_calibration("made-up", {})
        gallery.back_up()


def decrypt(folder: Path, passphrase: str | None) -> None:
    encryption.decrypt(folder, passphrase)
    if passphrase is None:
        encryption.encrypt(folder, PASSPHRASE)
        encryption.change_passphrase(folder, PASSPHRASE, "another")
        encryption.decrypt(folder, "another")


def restore_newest(folder: Path, passphrase: str | None) -> None:
    own = next(path for path in backups.backup_paths(folder) if "by hand" in path.name)
    restore.restore(folder, own, passphrase)
    for name in ("embeddings.json", "gallery.sqlite"):
        (folder / name).unlink(missing_ok=True)
    restore.restore(folder, own, passphrase)


JOBS: dict[str, Callable[[Path, str | None], object]] = {
    "edit": edit,
    "purge": lambda folder, passphrase: purge.purge(folder, NAME, passphrase),
    "encrypt": lambda folder, passphrase: encryption.encrypt(folder, PASSPHRASE),
    "decrypt": decrypt,
    "restore": restore_newest,
    "to the database": lambda folder, passphrase: storage_change.move_records(
        folder, to_database=True, passphrase=passphrase
    ),
    "to JSON": lambda folder, passphrase: storage_change.move_records(
        folder, to_database=False, passphrase=passphrase
    ),
    "move": lambda folder, passphrase: move_gallery(folder, folder.with_name("new"), passphrase),
    "clear": lambda folder, passphrase: purge.clear(folder),
}


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
@pytest.mark.parametrize("job", JOBS)
def test_files_of_others_survive(mixed: Path, job: str, passphrase: str | None) -> None:
    if passphrase is not None:
        done = encryption.encrypt(mixed, passphrase)
        told = {name.rstrip("/") for name in done.readable}
        assert all(told & {name, *map(str, Path(name).parents)} for name in FOREIGN), "told as readable"
    JOBS[job](mixed, passphrase)
    assert foreign(mixed) == [*FOREIGN]


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_what_is_left_is_told(mixed: Path, passphrase: str | None) -> None:
    if passphrase is not None:
        encryption.encrypt(mixed, passphrase)
    assert {*FOREIGN} <= {*purge.purge(mixed, NAME, passphrase).traces}
    left = purge.clear(mixed)
    in_own_folders = [name for name in FOREIGN if name.startswith(("waiting/", "backups/", "faces_db/"))]
    told = {name.rstrip("/") for name in left}
    assert all(told & {name, *map(str, Path(name).parents)} for name in in_own_folders)
    own = [path.relative_to(mixed).as_posix() for path in plain_files(mixed)]
    assert {*own} - {*FOREIGN} <= {"gallery.lock"}


def test_pictures_named_as_crops_are_not_crops_where_there_are_no_records(folder: Path) -> None:
    pictures = [folder / "faces_db" / NAME / f"{letter * 32}.jpg" for letter in "ab"]
    pictures[0].parent.mkdir(parents=True)
    for path in pictures:
        path.write_bytes(b"a picture")
    told = [path.relative_to(folder).as_posix() for path in pictures]
    assert purge.clear(folder) == told
    assert encryption.encrypt(folder, PASSPHRASE).readable == told
    encryption.decrypt(folder, PASSPHRASE)
    assert [path.read_bytes() for path in pictures] == [b"a picture"] * 2


def test_files_of_others_with_names_of_the_program_are_not_overwritten(
    folder: Path, gallery: Gallery, add: Callable[..., Any]
) -> None:
    add(gallery, NAME, 1)
    todo = json.dumps(["paint the fence"])
    for name in ("unfinished.json", "calibrations.json"):
        (folder / name).write_text(todo)
    for write in (
        lambda: gallery.set_unfinished_scans([Path("/photos")]),
        lambda: gallery.save_calibration("made-up", {}),
    ):
        with pytest.raises(GalleryWriteError, match="not the gallery’s"):
            write()
    gallery.set_unfinished_scans([])
    gallery.close()
    assert purge.purge(folder, NAME).traces == []
    assert purge.clear(folder) == ["calibrations.json", "unfinished.json"]
    assert (folder / "unfinished.json").read_text() == (folder / "calibrations.json").read_text() == todo


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("embeddings.json", b'{"words": [1, 2]}'),
        ("embeddings.json", b"[[0.1, 0.2]]"),
        ("gallery.sqlite", b"SQLite format 3\0" + bytes(4080)),
        ("vault.json", b'{"secrets": {}}'),
    ],
)
def test_clear_leaves_records_of_other_programs(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir()
    (folder / name).write_bytes(content)
    purge.clear(folder)
    assert (folder / name).read_bytes() == content


@pytest.mark.parametrize(
    "name",
    [
        "backups/tax 2025/return.pdf",
        "backups/phone.img",
        "calibrations.json",
        "backups/000001 2026-01-01 00.00.00 by hand.json",
        ".moving/embeddings.json",
        ".moving/backups/phone.img",
        f".moving/faces_db/Bob/{'a' * 32}.png",
    ],
)
@pytest.mark.parametrize("was_listed", [True, False])
def test_what_was_put_where_a_move_was_cut_off_stays(
    mixed: Path, tmp_path: Path, name: str, *, was_listed: bool
) -> None:
    target = tmp_path / "stick"
    (target / ON_THE_WAY).mkdir(parents=True)
    if was_listed:
        (target / ON_THE_WAY / COPIED_FILES).write_text('["vault.json", "../../secret.txt", "/secret.txt"]')
    own = target / name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(MARK)
    with pytest.raises(GalleryNotMovedError, match="something in it already"):
        move_gallery(mixed, target)
    assert own.read_text() == MARK
    assert foreign(mixed) == [*FOREIGN]


def test_what_comes_into_the_place_of_a_move_meanwhile_stays(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "stick"
    own = target / "backups" / "phone.img"
    copy_file = relocation._copy_file

    def copy_and_disturb(source: Path, copy: Path) -> None:
        copy_file(source, copy)
        own.parent.mkdir(exist_ok=True)
        own.write_text(MARK)

    monkeypatch.setattr(relocation, "_copy_file", copy_and_disturb)
    with pytest.raises(GalleryNotMovedError):
        move_gallery(mixed, target)
    assert own.read_text() == MARK
    with Gallery.open(mixed, for_writing=False) as gallery:
        assert len(gallery.people) == 2


def test_a_copy_that_is_a_hard_link_is_made_anew(mixed: Path, tmp_path: Path) -> None:
    target, outside = tmp_path / "stick", tmp_path / "outside.json"
    with Gallery.open(mixed, for_writing=False) as gallery:
        records = gallery.records
    outside.write_bytes(records.read_bytes())
    place = target / ON_THE_WAY / records.name
    place.parent.mkdir(parents=True)
    place.hardlink_to(outside)
    (target / ON_THE_WAY / COPIED_FILES).write_text(json.dumps([records.name]))
    move_gallery(mixed, target)
    assert (target / records.name).stat().st_nlink == outside.stat().st_nlink == 1


def test_a_planted_number_does_not_break_the_order_of_backups(
    folder: Path, gallery: Gallery, add: Callable[..., Any]
) -> None:
    add(gallery, "Ada", 1)
    made = [gallery.back_up()]
    planted = folder / "backups" / f"{'9' * 12} 2026-01-01 00.00.00 daily.json"
    planted.write_bytes(b"{}")
    for number in range(2, 5):
        add(gallery, "Ada", number)
        made.append(gallery.back_up())
    assert [path.name[:6] for path in made if path] == ["000001", "000002", "000003", "000004"]
    assert backups.backup_paths(folder)[:4] == made[::-1]


def test_a_file_called_like_a_reason_is_no_backup(
    folder: Path, gallery: Gallery, add: Callable[..., Any]
) -> None:
    add(gallery, "Ada", 1)
    own = folder / "backups" / "daily.json"
    own.parent.mkdir(exist_ok=True)
    own.write_text("{}")
    for number in range(2, 4 + backups.MAX_AUTOMATIC):
        add(gallery, "Ada", number)
        gallery.back_up(backups.BEFORE_IMPORT)
    assert own.exists()
    assert len([*own.parent.iterdir()]) == backups.MAX_AUTOMATIC + 1
    assert own not in [info.path for info in backups.list_backups(folder)]


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited there")
@pytest.mark.parametrize("has_gallery", [True, False], ids=["in a gallery", "in a new one"])
def test_files_and_folders_of_others_keep_their_rights(
    folder: Path, gallery: Gallery, add: Callable[..., Any], *, has_gallery: bool
) -> None:
    if has_gallery:
        add(gallery, NAME, 1)
        gallery.back_up()
    gallery.close()
    own = [path for path in plain_files(folder) if path.name != "gallery.lock"]
    for name in FOREIGN:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", "utf-8")
    (folder / "empty" / "waiting").mkdir(parents=True)
    folders = [path for path in folder.rglob("*") if path.is_dir()]
    for path in (*plain_files(folder), *folders):
        path.chmod(0o777)
    with Gallery.open(folder, for_writing=True):
        pass
    for path in folders:
        assert stat.S_IMODE(path.stat().st_mode) == 0o777, path
    for name in FOREIGN:
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o777, name
    assert bool(own) == has_gallery
    assert [path for path in own if path.stat().st_mode & 0o077] == []


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited there")
def test_a_folder_that_is_empty_keeps_its_rights(folder: Path, gallery: Gallery) -> None:
    gallery.close()
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
        (folder / name).chmod(0o755)
    with Gallery.open(folder, for_writing=True):
        assert {stat.S_IMODE((folder / name).stat().st_mode) for name in FOLDERS} == {0o755}
