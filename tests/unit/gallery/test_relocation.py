"""A gallery is moved as a whole or not at all, wherever the move is cut off."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import (
    CancelledError,
    FileWriteError,
    GalleryLockedError,
    GalleryNotMovedError,
    GalleryUnsafeError,
)
from face_match.core.messages import error_message
from face_match.core.settings import Settings, settings_file
from face_match.gallery import relocation
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import plain_files
from face_match.gallery.relocation import ON_THE_WAY, MoveEnd, end_cut_off_move, move_gallery, records_digest
from face_match.gallery.storage.lock import WriterLock
from tests.extent import is_all

STORED = Path(__file__).parent / "stored"
PASSPHRASE = "correct horse"
EVERY = 1 if is_all() else 5
"""One in so many calls that change the disk is a point at which a move is killed."""

pytestmark = pytest.mark.usefixtures("quick_scrypt")


def unpacked(name: str, folder: Path) -> Path:
    """A stored gallery, as this version has it."""
    with zipfile.ZipFile(STORED / f"{name}.zip") as archive:
        archive.extractall(folder)
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
        person = gallery.person("Ada")
        gallery.rename(person, "Ada Lovelace")
    return folder


@pytest.fixture(params=["v4 json", "v4 database", "v4 json encrypted", "v4 database encrypted"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return unpacked(request.param, tmp_path / "gallery")


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return unpacked("v4 json", tmp_path / "gallery")


def content(folder: Path) -> dict[str, bytes]:
    """What files there are, and what is in each, but for the lock and what readers of a database leave."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in plain_files(folder)}
    passing = ("gallery.lock", "gallery.sqlite-")
    return {name: data for name, data in found.items() if not name.startswith(passing)}


def assert_is_whole(folder: Path) -> None:
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
        assert [person.name for person in gallery.people] == ["Ada Lovelace", "Grace Hopper"]
        for face in (*gallery.unnamed(), *(one for who in gallery.people for one in gallery.faces_of(who))):
            assert gallery.pixels_of(face).size
        assert gallery.undo() is not None
        assert gallery.redo() is not None


def test_everything_is_in_the_new_place_and_nothing_in_the_old_one(folder: Path, tmp_path: Path) -> None:
    before = content(folder)
    progress: list[tuple[int, int]] = []
    moved = move_gallery(
        folder,
        tmp_path / "far" / "away",
        PASSPHRASE,
        lambda done, total: progress.append((done, total)),
    )
    assert not folder.exists()
    assert content(tmp_path / "far" / "away") == before
    assert (moved.files, moved.left) == (len(before), [])
    assert progress[-1][0] == progress[-1][1] == 2 * sum(map(len, before.values()))
    assert_is_whole(tmp_path / "far" / "away")


def test_what_is_not_the_programs_stays_and_is_named(plain: Path, tmp_path: Path) -> None:
    (plain / "app_faces.py").write_text("the program", "utf-8")
    (plain / "docs").mkdir()
    target = tmp_path / "new"
    target.mkdir()
    moved = move_gallery(plain, target)
    assert moved.left == ["app_faces.py", "docs/"]
    assert sorted(path.name for path in plain.iterdir()) == ["app_faces.py", "docs"]
    assert_is_whole(target)


def test_it_is_not_moved_while_another_window_has_it(plain: Path, tmp_path: Path) -> None:
    before = content(plain)
    with WriterLock(plain), pytest.raises(GalleryLockedError):
        move_gallery(plain, tmp_path / "new")
    assert content(plain) == before
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("where", ["gallery", "gallery/inside", "full", "file"])
def test_places_that_cannot_take_it_are_refused(plain: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear", "utf-8")
    (tmp_path / "file").write_text("dear", "utf-8")
    before = content(tmp_path)
    with pytest.raises(GalleryNotMovedError) as caught:
        move_gallery(plain, tmp_path / where)
    assert error_message(caught.value).endswith("It is where it was.")
    assert content(tmp_path) == before
    assert_is_whole(plain)


def test_it_is_not_moved_where_there_is_no_room(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10, 10, 0)  # type: ignore[attr-defined]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(GalleryNotMovedError, match="room"):
        move_gallery(plain, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert_is_whole(plain)


def test_a_move_onto_a_disk_that_fills_up_leaves_nothing_behind(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, copy: Path) -> None:
        if source.suffix == ".json":
            raise OSError(errno.ENOSPC, "No space left on device")
        copy_file(source, copy)

    copy_file = relocation._copy_file
    monkeypatch.setattr(relocation, "_copy_file", full)
    with pytest.raises(GalleryNotMovedError, match="No space left") as caught:
        move_gallery(plain, tmp_path / "new")
    assert error_message(caught.value).endswith("It is where it was.")
    assert not (tmp_path / "new").exists()
    assert_is_whole(plain)


def test_a_move_that_is_cancelled_leaves_nothing_behind(plain: Path, tmp_path: Path) -> None:
    files = len(content(plain))
    for asked in range(0, 2 * files, 3):
        answers = iter([False] * asked)
        with pytest.raises(CancelledError):
            move_gallery(plain, tmp_path / "new", is_cancelled=lambda answers=answers: next(answers, True))
        assert not (tmp_path / "new").exists()
    assert_is_whole(plain)


def test_a_move_whose_place_cannot_be_remembered_is_taken_back(plain: Path, tmp_path: Path) -> None:
    def remember() -> None:
        assert_has_records(tmp_path / "new")
        raise FileWriteError(tmp_path / "settings.json", "no space left")

    before = content(plain)
    with pytest.raises(FileWriteError):
        move_gallery(plain, tmp_path / "new", remember=remember)
    assert content(plain) == before
    assert not (tmp_path / "new").exists()


def assert_has_records(folder: Path) -> None:
    assert (folder / "embeddings.json").is_file()


def test_a_copy_that_differs_is_noticed_and_the_old_gallery_kept(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = relocation._copy_file

    def damaged(source: Path, copy: Path) -> None:
        copied(source, copy)
        if source.suffix == ".png":
            data = bytearray(copy.read_bytes())
            data[-1] ^= 1
            copy.write_bytes(data)

    monkeypatch.setattr(relocation, "_copy_file", damaged)
    with pytest.raises(GalleryNotMovedError, match="not like its file"):
        move_gallery(plain, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert_is_whole(plain)


def move_as_the_window_does(old: Path, new: Path) -> None:
    settings = Settings.load()
    move_gallery(
        old,
        new,
        PASSPHRASE,
        note=lambda records: settings.note_move(old, new, records),
        remember=lambda: settings.note_moved(old, old, new),
    )
    settings.moving = {}
    settings.write()


def galleries(*folders: Path) -> list[Path]:
    """The folders that the program would take for galleries."""
    return [folder for folder in folders if relocation.current_records(folder) is not None]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("kind", ["v4 json", "v4 database encrypted"])
def test_a_move_that_is_killed_anywhere_ends_in_one_gallery_that_the_settings_know(
    kind: str, tmp_path: Path, forked: Callable[..., Any], killing: Callable[[int], Any]
) -> None:
    """Where it was not remembered it is in the old place, and can be moved again."""
    plain, target, kept = tmp_path / "gallery", tmp_path / "new", unpacked(kind, tmp_path / "kept")
    ends, had_two = set(), 0
    for at in itertools.count(1, EVERY):
        for place in (plain, target):
            shutil.rmtree(place, ignore_errors=True)
        settings_file().unlink(missing_ok=True)
        shutil.copytree(kept, plain)

        def move(report: Callable[[], None], at: int = at) -> None:
            with killing(at):
                move_as_the_window_does(plain, target)

        if not forked(move).was_killed:
            break
        had_two += galleries(plain, target) == [plain, target]
        settings = Settings.load()
        meant, moving = settings.located_gallery(plain), settings.moving
        assert_is_readable(meant)
        if moving:
            end = end_cut_off_move(plain, target, moving["records"], was_remembered=bool(moving.get("done")))
            assert end is (MoveEnd.MOVED if meant == target else MoveEnd.STAYED)
            ends.add(end)
        assert galleries(plain, target) == [meant], at
        assert meant == target or settings.moving or not target.exists()
        if meant == plain:
            move_as_the_window_does(plain, target)
        assert not plain.exists(), [*plain.rglob("*"), at, moving]
        assert_is_whole(target)
    settings_file().unlink(missing_ok=True)
    assert ends == {MoveEnd.MOVED, MoveEnd.STAYED}
    assert had_two


def assert_is_readable(folder: Path) -> None:
    with Gallery.open(folder, for_writing=False, passphrase=PASSPHRASE) as gallery:
        assert len(gallery.people) == 2


@pytest.mark.parametrize("was_remembered", [True, False])
def test_a_gallery_that_was_changed_since_the_move_was_cut_off_stays(
    plain: Path, tmp_path: Path, was_remembered: bool
) -> None:
    target, records = tmp_path / "new", records_digest(plain)
    shutil.copytree(plain, target)
    other = plain if was_remembered else target
    with Gallery.open(other, for_writing=True) as gallery:
        gallery.rename(gallery.people[0], "Countess")
    before = content(other)
    assert end_cut_off_move(plain, target, records, was_remembered=was_remembered) is MoveEnd.TWO
    assert content(other) == before
    assert galleries(plain, target) == [plain, target]


@pytest.mark.parametrize("has_records", [True, False])
@pytest.mark.parametrize("was_remembered", [True, False])
def test_settings_that_name_another_gallery_as_the_copy_lose_nothing(
    plain: Path, tmp_path: Path, was_remembered: bool, has_records: bool
) -> None:
    stranger = unpacked("v4 database", tmp_path / "stranger")
    records = records_digest(plain)
    if not has_records:  # only its backups and crops are left
        (plain / "embeddings.json").unlink()
        (plain / "embeddings.json.bak").unlink(missing_ok=True)
    before, old, new = content(plain), plain, stranger
    if not was_remembered:
        old, new = stranger, plain
    end_cut_off_move(old, new, records, was_remembered=was_remembered)
    assert content(plain) == before
    assert_is_readable(stranger)


@pytest.mark.parametrize("was_remembered", [True, False])
@pytest.mark.parametrize("other_name", ["link", "link above", "dots", "links of parts"])
def test_settings_that_name_one_gallery_twice_lose_nothing(
    plain: Path, tmp_path: Path, other_name: str, was_remembered: bool
) -> None:
    """Every file has the same content as itself, and was removed as a copy."""
    before = content(plain)
    twin = tmp_path / "twin"
    if other_name == "link":
        twin.symlink_to(plain)
    elif other_name == "link above":
        twin.symlink_to(plain.parent)
        twin /= plain.name
    elif other_name == "dots":
        twin = plain.parent / "elsewhere" / ".." / plain.name
        (plain.parent / "elsewhere").mkdir()
    else:
        twin.mkdir()
        for part in plain.iterdir():
            if part.is_dir():
                (twin / part.name).symlink_to(part)
            else:
                shutil.copy(part, twin)
    for old, new in ((plain, twin), (twin, plain)):
        with contextlib.suppress(GalleryUnsafeError):
            end_cut_off_move(old, new, records_digest(plain), was_remembered=was_remembered)
        assert content(plain) == before


def test_a_move_that_was_cut_off_waits_for_its_drive_and_for_other_programs(
    plain: Path, tmp_path: Path
) -> None:
    records, away = records_digest(plain), tmp_path / "drive" / "gallery"
    assert end_cut_off_move(plain, away, records, was_remembered=True) is None
    assert end_cut_off_move(plain, away, records, was_remembered=False) is None
    assert_is_whole(plain)
    shutil.copytree(plain, away)
    with WriterLock(plain), pytest.raises(GalleryLockedError):
        end_cut_off_move(plain, away, records_digest(plain), was_remembered=True)
    assert_is_whole(plain)


def test_what_was_copied_before_an_interruption_is_not_copied_again(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied, copy_file = list[Path](), relocation._copy_file

    def interrupted(source: Path, copy: Path) -> None:
        if len(copied) == 3:
            raise OSError(errno.EIO, "unplugged")
        copied.append(source)
        copy_file(source, copy)

    with monkeypatch.context() as patch, pytest.raises(GalleryNotMovedError, match="unplugged") as caught:
        patch.setattr(relocation, "_copy_file", interrupted)
        move_gallery(plain, tmp_path / "new")
    assert f"What was copied is in {tmp_path / 'new' / ON_THE_WAY}" in error_message(caught.value)
    monkeypatch.setattr(relocation, "_copy_file", lambda *paths: copied.append(paths[0]) or copy_file(*paths))
    files = len(content(plain))
    move_gallery(plain, tmp_path / "new")
    assert len(copied) == len({*copied}) == files
    assert_is_whole(tmp_path / "new")


def test_a_gallery_that_was_begun_where_a_move_broke_off_is_not_touched(plain: Path, tmp_path: Path) -> None:
    target = tmp_path / "new"
    (target / ON_THE_WAY).mkdir(parents=True)
    unpacked("v4 json", target)
    before = content(target)
    with pytest.raises(GalleryNotMovedError, match="something in it"):
        move_gallery(plain, target)
    assert content(target) == before
    assert_is_whole(plain)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
@pytest.mark.parametrize("link", [ON_THE_WAY, f"{ON_THE_WAY}/faces_db", f"{ON_THE_WAY}/backups", "faces_db"])
def test_links_where_a_move_broke_off_lead_nowhere(plain: Path, tmp_path: Path, link: str) -> None:
    before, outside = content(plain), tmp_path / "outside"
    (outside / "Ada").mkdir(parents=True)
    for name in ("thesis.txt", "Ada/photo.png"):
        (outside / name).write_text("mine")
    kept = content(outside)
    target = tmp_path / "new"
    (target / ON_THE_WAY).mkdir(parents=True)
    place = target / link
    if link == ON_THE_WAY:
        place.rmdir()
    place.symlink_to(outside)
    with pytest.raises(GalleryNotMovedError, match="something in it already"):
        move_gallery(plain, target)
    assert content(plain) == before
    assert content(outside) == kept
    assert place.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_cut_off_move_sets_nothing_aside_through_a_link(plain: Path, tmp_path: Path) -> None:
    target, outside = tmp_path / "new", tmp_path / "outside"
    shutil.copytree(plain, target)
    outside.mkdir()
    (target / ON_THE_WAY).symlink_to(outside)
    before = content(target)
    with pytest.raises(GalleryUnsafeError):
        end_cut_off_move(plain, target, records_digest(plain), was_remembered=False)
    assert content(target) == before
    assert not [*outside.iterdir()]
