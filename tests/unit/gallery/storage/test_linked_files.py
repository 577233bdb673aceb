"""Links and hard links among the files that are written in place: no file outside the gallery changes."""

from __future__ import annotations

import ast
import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import (
    BackupUnusableError,
    FaceMatchError,
    GalleryDamagedError,
    GalleryUnsafeError,
)
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.health import check_gallery
from face_match.gallery.records.paths import JOURNALS
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import active_store, backups
from face_match.gallery.storage.sqlite.store import SqlStore, checkpoint
from face_match.gallery.storage_change import move_records

Add = Callable[..., NamingResult]
FilesIn = Callable[[Path], dict[str, bytes]]
GALLERY = Path(__file__).parents[4] / "face_match" / "gallery"


@pytest.fixture
def with_backup(folder: Path, add: Add, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gallery with a database, and a backup in WAL mode that is the newest."""
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    (folder / "backups").mkdir(exist_ok=True)
    shutil.copy(folder / "gallery.sqlite", folder / "backups" / "2099-01-01 00.00.00 by hand.sqlite")
    return folder


def linked(outside: Path, path: Path, content: bytes, how: Callable[[Path, Path], None]) -> Path:
    outside.mkdir(exist_ok=True)
    target = outside / path.name
    target.write_bytes(content)
    target.chmod(0o644)
    path.unlink(missing_ok=True)
    how(target, path)
    return target


WAYS = pytest.mark.parametrize("how", [os.link, os.symlink], ids=["hard", "soft"])
CONTENTS = pytest.mark.parametrize("content", [b"", b"my only thesis, 40,000 words"], ids=["empty", "full"])
ENDS = pytest.mark.parametrize("end", JOURNALS)


@WAYS
@CONTENTS
@ENDS
@pytest.mark.parametrize(
    "name",
    [
        "backups/2099-01-01 00.00.00 by hand.sqlite",
        "gallery.sqlite.before 2026-11-30 10.00.00.000001",
        "gallery.sqlite",
    ],
)
def test_a_journal_that_is_a_link_changes_no_file_outside(
    with_backup: Path,
    tmp_path: Path,
    *,
    how: Callable[[Path, Path], None],
    content: bytes,
    end: str,
    name: str,
    quick_scrypt: None,
) -> None:
    database = with_backup / name
    if not database.exists():
        shutil.copy(with_backup / "gallery.sqlite", database)
    target = linked(tmp_path / "outside", database.with_name(database.name + end), content, how)
    is_live = name == "gallery.sqlite"
    before = target.stat()
    if not is_live:
        (with_backup / "gallery.sqlite").write_bytes(b"damaged")  # so that a backup is looked for
    for do in (
        lambda: Gallery.open(with_backup, for_writing=False).close(),
        lambda: Gallery.open(with_backup, for_writing=True).close(),
        lambda: SqlStore(database, for_writing=False).close(),
        lambda: SqlStore(database, for_writing=True).close(),
        lambda: checkpoint(database),
    ):
        with pytest.raises(GalleryUnsafeError) if is_live else contextlib.suppress(FaceMatchError):
            do()
    for do in (
        lambda: restore.restore(with_backup, database),
        lambda: purge.purge(with_backup, "Ada"),
        lambda: encryption.encrypt(with_backup, "secret"),
        lambda: purge.clear(with_backup),
    ):
        with contextlib.suppress(FaceMatchError):
            do()
    assert target.read_bytes() == content
    after = target.stat()
    assert (after.st_mtime_ns, after.st_mode) == (before.st_mtime_ns, before.st_mode)


@ENDS
def test_a_backup_beside_which_a_journal_is_a_hard_link_is_refused(
    with_backup: Path, tmp_path: Path, end: str
) -> None:
    elsewhere = tmp_path / "stick" / "theirs.sqlite"
    elsewhere.parent.mkdir()
    shutil.copy(with_backup / "gallery.sqlite", elsewhere)
    target = linked(tmp_path / "outside", elsewhere.with_name(elsewhere.name + end), b"thesis", os.link)
    with pytest.raises(BackupUnusableError):
        restore.restore(with_backup, elsewhere)
    assert target.read_bytes() == b"thesis"


def in_wal_only(database: Path, name: str) -> None:
    """Rename everybody in a database, with a journal that is not in its file yet, as a kill leaves it."""
    at_work = database.with_name("at work.sqlite")
    shutil.copy(database, at_work)
    connection = sqlite3.connect(at_work)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("UPDATE people SET name = ?", (name,))
    connection.commit()
    for end in ("", "-wal"):
        shutil.copy(f"{at_work}{end}", f"{database}{end}")
    connection.close()
    at_work.unlink()


def test_a_database_that_is_only_read_is_read_with_its_journal_and_nothing_is_written_beside_it(
    with_backup: Path, files_in: FilesIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "temporary"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    backup = with_backup / "backups" / "2099-01-01 00.00.00 by hand.sqlite"
    in_wal_only(backup, "Grace")
    before = files_in(with_backup)
    store = SqlStore(backup, for_writing=False)
    assert [person.name for person in store.people()] == ["Grace"]
    store.close()
    assert files_in(with_backup) == before
    restore.restore(with_backup, backup)
    gallery = Gallery.open(with_backup, for_writing=False)
    assert [person.name for person in gallery.people] == ["Grace"]
    gallery.close()
    assert list(room.iterdir()) == []


def test_an_empty_hard_linked_lock_is_replaced(with_backup: Path, tmp_path: Path, add: Add) -> None:
    target = linked(tmp_path / "outside", with_backup / "gallery.lock", b"", os.link)
    mode = target.stat().st_mode
    Gallery.open(with_backup, for_writing=False).close()
    with Gallery.open(with_backup, for_writing=True) as gallery:
        add(gallery, "Ada", 2)
        (with_backup / "gallery.lock").unlink()
        os.link(target, with_backup / "gallery.lock")
        add(gallery, "Ada", 3)
    assert target.stat().st_nlink == 1
    assert (target.read_bytes(), target.stat().st_mode) == (b"", mode)


def test_a_nonempty_hard_linked_lock_is_refused(with_backup: Path, tmp_path: Path) -> None:
    target = linked(tmp_path / "outside", with_backup / "gallery.lock", b"theirs", os.link)
    with pytest.raises(GalleryUnsafeError):
        Gallery.open(with_backup, for_writing=True)
    assert target.read_bytes() == b"theirs"


@pytest.mark.parametrize("kind", ["json", "sqlite"])
@pytest.mark.parametrize("what", ["folder", "dangling", "link", "pipe", "loop"])
def test_a_folder_named_like_a_backup_is_left_alone(
    folder: Path, gallery: Gallery, add: Add, tmp_path: Path, *, kind: str, what: str
) -> None:
    add(gallery, "Ada", 1)
    odd = folder / "backups" / f"2019-01-01 x.{kind}"
    odd.parent.mkdir(exist_ok=True)
    target = tmp_path / "outside"
    target.write_bytes(b"keep me")
    if what == "folder":
        odd.mkdir()
        (odd / "inside").write_bytes(b"")
    elif what == "pipe":
        os.mkfifo(odd)
    else:
        odd.symlink_to({"dangling": "/nowhere/at/all", "link": target, "loop": odd}[what])
    for number in range(backups.MAX_AUTOMATIC + 2):
        gallery.rename(gallery.people[0], f"Ada {number}")
        gallery.back_up(backups.BEFORE_IMPORT)
    gallery.close()
    records = folder / ("gallery.sqlite" if (folder / "gallery.sqlite").exists() else "embeddings.json")
    move_records(folder, to_database=records.suffix == ".json")
    assert odd not in backups.backup_paths(folder)
    assert len(backups.backup_paths(folder)) == backups.MAX_AUTOMATIC
    assert os.path.lexists(odd)
    for path in (folder / "embeddings.json", folder / "gallery.sqlite"):
        if path.exists():
            path.write_bytes(b"damaged")
    assert backups.newest_readable(folder) is not None
    with pytest.raises(FaceMatchError):
        Gallery.open(folder, for_writing=False)
    assert target.read_bytes() == b"keep me"


def test_a_gallery_with_a_link_among_its_backups_is_still_checked(
    folder: Path, gallery: Gallery, add: Add
) -> None:
    add(gallery, "Ada", 1)
    (folder / "backups").mkdir(exist_ok=True)
    (folder / "backups" / "x.json").symlink_to("/nowhere/at/all")
    assert check_gallery(gallery, "made-up", lambda similarity: similarity > 0.5).faces == 1


OPENING = ("lock", "pending_crops")
"""Modules that open files to be written in place, and refuse links themselves."""


@pytest.mark.parametrize("module", sorted(GALLERY.rglob("*.py")), ids=lambda path: path.stem)
def test_files_of_a_gallery_are_read_through_durable_alone(module: Path) -> None:
    """It refuses pipes, devices and files without end, and does not follow links."""
    calls = [node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call)]
    found = []
    for call in calls:
        function = call.func
        if isinstance(function, ast.Name) and function.id in ("open", "read_bytes", "read_text"):
            found.append(f"{call.lineno}: {function.id}")
        elif isinstance(function, ast.Attribute):
            has_mode = not call.args or isinstance(call.args[0], ast.Constant)
            of_system = isinstance(function.value, ast.Name) and function.value.id in ("os", "io")
            if (
                function.attr == "read_text"
                or (function.attr == "read_bytes" and not call.args)  # that of `Crops` names a crop
                or (function.attr == "open" and (has_mode or (of_system and module.stem not in OPENING)))
                or function.attr in ("copyfile", "copy2", "fromfile", "memmap", "genfromtxt", "loadtxt")
            ):
                found.append(f"{call.lineno}: {function.attr}")
    assert found == []


def test_encrypting_covers_journals_and_reports_files_it_leaves(
    with_backup: Path, files_in: FilesIn, quick_scrypt: None
) -> None:
    aside = with_backup / "gallery.sqlite.before 2026-11-30 10.00.00.000001"
    in_wal_only_of = with_backup / "backups" / "2099-01-01 00.00.00 by hand.sqlite"
    for database in (aside, in_wal_only_of):
        shutil.copy(with_backup / "gallery.sqlite", database)
        in_wal_only(database, "Countess of Lovelace")
    aside.write_bytes(b"damaged" + aside.read_bytes()[7:])
    for name in ("embeddings.json.bak", "embeddings.json.seed", "embeddings.json.outgrown"):
        (with_backup / name).write_bytes(b"Countess of Lovelace")
    (with_backup / "backups" / "old").mkdir()
    (with_backup / "backups" / "old" / "2025.json").write_bytes(b"Countess of Lovelace")
    done = encryption.encrypt(with_backup, "secret")
    telling = [name for name, content in files_in(with_backup).items() if b"Countess" in content]
    assert telling == ["backups/old/2025.json"]
    assert done.readable == ["backups/old/"]
    encryption.decrypt(with_backup, "secret")
    assert b"Countess" in (with_backup / "gallery.sqlite.before 2026-11-30 10.00.00.000001-wal").read_bytes()


def test_values_that_are_larger_than_their_file_are_refused(with_backup: Path) -> None:
    """A file with a hole, of which some rows have parts: what a page that names itself comes to."""
    database = with_backup / "gallery.sqlite"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = DELETE")
    for number in range(3):
        row = (f"f{number}", f"n{number}")
        connection.execute(
            "INSERT INTO people (folder, name, born, added) VALUES (?, ?, '', zeroblob(30000000))", row
        )
    connection.commit()
    connection.close()
    content = database.read_bytes()
    database.unlink()
    with database.open("wb") as file:  # the zeros become a hole
        for at in range(0, len(content), 4096):
            page = content[at : at + 4096]
            file.seek(at)
            if page.strip(b"\0"):
                file.write(page)
        file.truncate(len(content))
    if database.stat().st_blocks * 512 > len(content) // 2:
        pytest.skip("this file system has no holes")
    with pytest.raises(GalleryDamagedError):
        Gallery.open(with_backup, for_writing=False)
