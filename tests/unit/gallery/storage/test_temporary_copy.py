"""Copies of databases in the temporary folder go, also those of processes that were killed; nothing else
does."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import active_store
from face_match.gallery.storage.sqlite.temporary_copy import TemporaryCopy, delete_left_copies

Add = Callable[..., NamingResult]

KILLED = """
import os, sys, tempfile
from pathlib import Path
tempfile.tempdir = sys.argv[2]
from face_match.gallery.storage.sqlite.temporary_copy import TemporaryCopy
copy = TemporaryCopy(Path(sys.argv[1]))
assert b"Ada" in copy.path.read_bytes()
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def database(folder: Path, add: Add, monkeypatch: pytest.MonkeyPatch, quick_scrypt: None) -> Path:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Bob", 2)
    return folder / DATABASE


@pytest.fixture
def left(database: Path, temporary: Path) -> Path:
    """What a killed process left, with names."""
    done = subprocess.run([sys.executable, "-c", KILLED, database, temporary], check=False)
    assert done.returncode == -9
    (found,) = temporary.iterdir()
    assert b"Ada" in (found / "copy.sqlite").read_bytes()
    return found


JOBS: dict[str, Callable[[Path], object]] = {
    "the next copy": lambda database: TemporaryCopy(database).close(),
    "purge": lambda database: purge.purge(database.parent, "Ada"),
    "clear": lambda database: purge.clear(database.parent),
    "encrypt": lambda database: encryption.encrypt(database.parent, "correct horse"),
}


@pytest.mark.parametrize("job", JOBS)
def test_what_a_killed_process_left_goes(database: Path, temporary: Path, left: Path, job: str) -> None:
    JOBS[job](database)
    assert [*temporary.iterdir()] == []


def test_a_copy_in_use_stays(database: Path, temporary: Path) -> None:
    with TemporaryCopy(database) as copy:
        delete_left_copies()
        with TemporaryCopy(database) as other:
            assert copy.read_bytes() == other.read_bytes() == database.read_bytes()
        assert copy.exists()
    assert [*temporary.iterdir()] == []


def test_what_others_keep_there_stays(database: Path, temporary: Path, left: Path) -> None:
    (left / "letter.txt").touch()
    mine = temporary / "face-match-photos"
    mine.mkdir()
    (mine / "copy.sqlite").touch()
    (temporary / "face-match-list").touch()
    delete_left_copies()
    assert sorted(temporary.iterdir()) == sorted([left, mine, temporary / "face-match-list"])
    assert (left / "copy.sqlite").exists()
    assert (mine / "copy.sqlite").exists()


def test_a_link_to_a_copy_stays(database: Path, temporary: Path, left: Path, tmp_path: Path) -> None:
    elsewhere = left.rename(tmp_path / "elsewhere")
    (temporary / "face-match-link").symlink_to(elsewhere)
    delete_left_copies()
    assert (elsewhere / "copy.sqlite").exists()
