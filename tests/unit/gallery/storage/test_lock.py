"""One process writes at a time; the second one learns which process holds the lock."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import (
    GalleryDamagedError,
    GalleryLockedError,
    GalleryLockLostError,
    GalleryWriteError,
)
from face_match.core.messages import error_message
from face_match.core.records import FaceRecord
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.paths import LOCK, LOCK_HOLDER
from face_match.gallery.security import purge
from face_match.gallery.storage import active_store, lock

Add = Callable[..., NamingResult]
ScanPhoto = Callable[..., list[FaceRecord]]
NamesIn = Callable[[Path], list[str]]

HOLD = """
import sys
from pathlib import Path
from face_match.core.errors import GalleryLockedError
from face_match.gallery.gallery import Gallery
try:
    gallery = Gallery.open(Path(sys.argv[1]), for_writing=True)
except GalleryLockedError as exc:
    print("locked:", exc.detail, flush=True)
    sys.exit(1)
print("held", flush=True)
sys.stdin.read()
gallery.close()
"""

WRITE = """
import sys
from pathlib import Path
import numpy as np
from face_match.gallery.storage import active_store
from face_match.gallery.gallery import Gallery, NewFace
from face_match.core.types import Box, Crop, Landmarks
active_store.MAX_JSON_FACES = int(sys.argv[2])
box, points = Box(1, 1, 6, 6), Landmarks.of([[3, n] for n in range(5)])
with Gallery.open(Path(sys.argv[1]), for_writing=True) as gallery:
    print("held", flush=True)
    for number, name in enumerate(sys.stdin):
        vector = np.eye(8, dtype=np.float32)[number]
        crop = Crop(np.zeros((8, 8, 3), np.uint8), box, points)
        gallery.add(name, NewFace(crop, {"made-up": vector}), None)
        print("added", flush=True)
"""


@contextlib.contextmanager
def process_with(folder: Path, program: str = HOLD, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that opens the gallery for writing and holds it until its input ends."""
    root = str(Path(__file__).parents[4])
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([root, os.environ["PYTHONPATH"]])},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_the_second_writer_learns_which_process_holds_the_lock(folder: Path) -> None:
    with process_with(folder) as holder:
        assert said_by(holder) == "held"
        with pytest.raises(GalleryLockedError) as caught:
            Gallery.open(folder, for_writing=True)
        assert f"process {holder.pid} on {socket.gethostname()} since " in caught.value.detail


def test_another_process_learns_that_this_one_holds_the_lock(gallery: Gallery, folder: Path) -> None:
    with process_with(folder) as other:
        said = said_by(other)
        assert said.startswith("locked:")
        assert f"process {os.getpid()} on" in said
        assert other.wait(timeout=30) == 1
    assert gallery.is_writable


def test_a_second_writer_in_the_same_process_is_refused_too(gallery: Gallery, folder: Path, add: Add) -> None:
    with pytest.raises(GalleryLockedError) as caught:
        Gallery.open(folder, for_writing=True)
    assert f"process {os.getpid()}" in caught.value.detail
    add(gallery, "Ada", 1)


def test_a_reader_needs_no_lock_and_sees_all_commits(
    gallery: Gallery, folder: Path, add: Add, names_in: NamesIn
) -> None:
    add(gallery, "Ada", 1)
    assert names_in(folder) == ["Ada"]
    add(gallery, "Grace", 2)
    assert names_in(folder) == ["Ada", "Grace"]


def test_a_reader_sees_each_change_reported_by_another_process(folder: Path, store_kind: str) -> None:
    with process_with(folder, WRITE, str(active_store.MAX_JSON_FACES)) as writer:
        assert said_by(writer) == "held"
        assert writer.stdin is not None
        names = ["Ada", "Grace", "Joan", "Mary"]
        for number, name in enumerate(names):
            writer.stdin.write(f"{name}\n")
            writer.stdin.flush()
            assert said_by(writer) == "added"
            with pytest.raises(GalleryLockedError, match=f"process {writer.pid} on"):
                Gallery.open(folder, for_writing=True)
            with contextlib.closing(Gallery.open(folder, for_writing=False)) as reading:
                assert reading.records.suffix == {"file": ".json", "database": ".sqlite"}[store_kind]
                assert [person.name for person in reading.people] == names[: number + 1]
                (match,) = reading.nearest(np.eye(8, dtype=np.float32)[number], "made-up", 1)
                assert match.person.name == name
                assert match.similarity == pytest.approx(1)
        writer.kill()
        writer.wait(timeout=30)
    with Gallery.open(folder, for_writing=True) as gallery:
        assert [person.name for person in gallery.people] == names


def test_the_lock_is_free_once_its_holder_was_killed(folder: Path, add: Add) -> None:
    with process_with(folder) as holder:
        assert said_by(holder) == "held"
        holder.kill()
        holder.wait(timeout=30)
        with Gallery.open(folder, for_writing=True) as gallery:
            add(gallery, "Ada", 1)


def test_the_lock_is_free_once_its_holder_has_closed_or_failed_to_open(folder: Path, add: Add) -> None:
    with process_with(folder) as holder:
        assert said_by(holder) == "held"
        holder.communicate(timeout=30)
        assert holder.returncode == 0
    assert not (folder / LOCK_HOLDER).exists()
    (folder / "embeddings.json").write_bytes(b"broken")
    for _ in range(2):
        with pytest.raises(GalleryDamagedError):
            Gallery.open(folder, for_writing=True)
    (folder / "embeddings.json").unlink()
    for _ in range(2):
        with Gallery.open(folder, for_writing=True) as gallery:
            assert gallery.is_writable


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "5", '{"process": 1}', None])
def test_an_unknown_holder_is_called_another_program(
    gallery: Gallery, folder: Path, content: str | None
) -> None:
    (folder / LOCK_HOLDER).unlink()
    if content is not None:
        (folder / LOCK_HOLDER).write_text(content)
    with pytest.raises(GalleryLockedError) as caught:
        Gallery.open(folder, for_writing=True)
    assert caught.value.detail == "another program"


def test_an_old_lock_file_does_not_block(folder: Path) -> None:
    folder.mkdir()
    (folder / "gallery.lock").write_text("left over")
    (folder / LOCK_HOLDER).write_text('{"process": 1, "machine": "gone", "since": "00:00"}')
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.is_writable


def tampered(folder: Path, how: str) -> None:
    """What happens to the files of a lock that is held."""
    for name in (LOCK, LOCK_HOLDER) if how.endswith("both") else (LOCK,):
        (folder / name).unlink(missing_ok=True)
    if how.startswith("replaced"):
        (folder / LOCK).write_bytes(b"")
    if how.startswith("renamed"):
        (folder / "other").write_bytes(b"")
        (folder / "other").rename(folder / LOCK)


HOW = ["deleted", "deleted both", "replaced", "renamed both"]


@pytest.mark.one_in(2, "every second way in which a lock is deleted")
@pytest.mark.skipif(os.name == "nt", reason="a locked file cannot be deleted there")
@pytest.mark.parametrize("how", HOW)
def test_deleting_a_held_lock_lets_no_second_process_write(
    folder: Path, store_kind: str, names_in: NamesIn, how: str
) -> None:
    with process_with(folder, WRITE, str(active_store.MAX_JSON_FACES)) as writer:
        assert said_by(writer) == "held"
        assert writer.stdin is not None
        for name in ("Ada", "Grace", "Joan"):
            tampered(folder, how)
            with process_with(folder) as second:
                assert said_by(second).startswith("locked:")
            writer.stdin.write(f"{name}\n")
            writer.stdin.flush()
            assert said_by(writer) == "added"
            assert (folder / LOCK).exists()
        writer.stdin.close()
        assert writer.wait(timeout=30) == 0
    assert names_in(folder) == ["Ada", "Grace", "Joan"]
    with process_with(folder) as second:
        assert said_by(second) == "held"


def contents(folder: Path) -> dict[Path, bytes]:
    """Of all files but the one by which SQLite's connections know of each other."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files if not path.name.endswith("-shm")}


@pytest.fixture
def unlockable_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As on network file systems, where `flock` refuses a folder."""
    monkeypatch.setattr(lock, "_locked_folder", lambda folder: None)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="a locked file cannot be deleted there")
@pytest.mark.usefixtures("store_kind")
@pytest.mark.parametrize("how", HOW)
def test_where_folders_have_no_locks_the_holder_notices_and_writes_no_more(
    unlockable_folder: Path, add: Add, scan_photo: ScanPhoto, names_in: NamesIn, how: str
) -> None:
    folder = unlockable_folder
    with Gallery.open(folder, for_writing=True) as first:
        (face,) = add(first, "Ada", 1).faces
        tampered(folder, how)
        with Gallery.open(folder, for_writing=True) as second:
            add(second, "Grace", 2)
            before = contents(folder)
            for change in (
                lambda: add(first, "Joan", 3),
                lambda: first.rename(first.people[0], "Joan"),
                first.undo,
                first.back_up,
                lambda: first.add_embeddings("other", {"any": np.eye(4)[0]}, store=True),
                lambda: first.save_calibration("made-up", {}),
                lambda: scan_photo(first, 5),
                lambda: first.ignore([face.id]),
            ):
                with pytest.raises(GalleryLockLostError) as caught:
                    change()
                assert "Open it again" in error_message(caught.value)
            first.close()
            assert contents(folder) == before
            add(second, "Mary", 4)
    assert names_in(folder) == ["Ada", "Grace", "Mary"]


@pytest.mark.skipif(os.name == "nt", reason="an open folder cannot be moved there")
@pytest.mark.parametrize("which", ["folder", "unlockable_folder"])
def test_a_replaced_gallery_folder_is_not_written(
    which: str, store_kind: str, add: Add, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(which)
    with Gallery.open(folder, for_writing=True) as first:
        add(first, "Ada", 1)
        folder.rename(folder.with_name("moved"))
        with pytest.raises(GalleryLockLostError):
            add(first, "Joan", 3)
        assert not folder.exists()
        with Gallery.open(folder, for_writing=True) as second:
            add(second, "Grace", 2)
            with pytest.raises(GalleryLockLostError):
                add(first, "Joan", 3)
            first.close()
            assert (folder / LOCK_HOLDER).exists()
            add(second, "Mary", 4)
    with Gallery.open(folder.with_name("moved"), for_writing=True) as moved:
        assert [person.name for person in moved.people] == ["Ada"]


@pytest.mark.skipif(os.name == "nt", reason="a locked file cannot be deleted there")
@pytest.mark.parametrize("job", ["encrypt", "purge", "restore", "clear"])
def test_closing_does_not_write_after_the_lock_was_deleted(folder: Path, job: str, add: Add) -> None:
    from face_match.gallery import restore
    from face_match.gallery.security import encryption, purge

    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        backup = gallery.back_up()
        tampered(folder, "deleted both")
        with pytest.raises(GalleryLockedError):
            match job:
                case "encrypt":
                    encryption.encrypt(folder, "correct horse")
                case "purge":
                    purge.purge(folder, "Ada")
                case "restore":
                    restore.restore(folder, backup)
                case _:
                    purge.clear(folder)
        add(gallery, "Grace", 2)


def test_an_oversized_holder_file_is_not_read(gallery: Gallery, folder: Path) -> None:
    (folder / LOCK_HOLDER).write_text('{"process": 1, "machine": "%s", "since": ""}' % ("m" * 1_000_000))
    with pytest.raises(GalleryLockedError) as caught:
        Gallery.open(folder, for_writing=True)
    assert caught.value.detail == "another program"


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited there")
def test_opening_for_writing_makes_the_gallery_private(folder: Path, store_kind: str, add: Add) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
        gallery.back_up()
        gallery.save_calibration("made-up", {})
    outside = folder.with_name("outside.txt")
    outside.write_text("not ours to change")
    os.link(outside, folder / "embeddings.json.note")
    for path in (folder / "faces_db", folder / "backups"):
        path.chmod(0o777)
    (folder / "embeddings.json.seed").write_text("[]")
    for path in (*folder.iterdir(), outside):
        if path.is_file():
            path.chmod(0o666)
    folder.chmod(0o755)
    Gallery.open(folder, for_writing=False).close()
    assert stat.S_IMODE((folder / "faces_db").stat().st_mode) == 0o777, "who reads changes nothing"
    with Gallery.open(folder, for_writing=True) as gallery:
        own = [path for path in folder.iterdir() if path.name != "embeddings.json.note"]
        assert [path.name for path in own if path.stat().st_mode & 0o077] == []
        assert [person.name for person in gallery.people] == ["Ada", "Grace"]
    assert stat.S_IMODE(outside.stat().st_mode) == 0o666
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755, "it may be a folder with other things in it"


def test_a_process_interrupted_while_locking_does_not_hold_the_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: lock.WriterLock) -> None:
        raise KeyboardInterrupt

    stopped = lock.WriterLock(folder)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(lock.WriterLock, "_write_holder", stop)
        stopped.acquire()
    with lock.WriterLock(folder):
        pass
    with stopped:
        pass


def test_nothing_is_written_with_a_clock_before_1970(
    folder: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    monkeypatch.setattr(lock.time, "time", lambda: -300_000_000.0)  # no test may set the clock
    with pytest.raises(GalleryWriteError, match="before 1970"):
        purge.purge(folder, "Ada")
    monkeypatch.undo()
    with Gallery.open(folder, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ["Ada"]
