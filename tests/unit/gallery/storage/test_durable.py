"""Whatever fails while a file is written, the old or the new file is there, complete."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.atomic_files import (
    READ_CHUNK_BYTES,
    make_folder,
    read_file,
    remove_leftovers,
    write_file,
)
from face_match.core.errors import GalleryWriteError
from face_match.gallery.gallery import Gallery, NamingResult

ROOT = Path(__file__).parents[4]
Add = Callable[..., NamingResult]
Reject = Callable[[Gallery, str, int], None]


class Fault:
    """Lets a call of the system's fail the n-th time; counts the calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, fails_at: int) -> None:
        self.calls = 0
        real = getattr(owner, name)

        def call(*arguments: object, **options: object) -> object:
            self.calls += 1
            if self.calls == fails_at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments, **options)

        monkeypatch.setattr(owner, name, call)


STEPS = [(os, "open"), (os, "fsync"), (os, "link"), (Path, "replace"), (Path, "mkdir")]
"""All that a change does to the disk, but for the bytes themselves."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_in_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    write_file(path, b"one\n\x00")
    assert path.read_bytes() == b"one\n\x00"
    assert names(path.parent) == ["file"]


def test_the_previous_file_is_kept_on_request(tmp_path: Path) -> None:
    path, previous = tmp_path / "file", tmp_path / "file.bak"
    write_file(path, b"one", previous=previous)
    assert not previous.exists()
    for before, now in ((b"one", b"two"), (b"two", b"three")):
        write_file(path, now, previous=previous)
        assert (path.read_bytes(), previous.read_bytes()) == (now, before)
    assert names(tmp_path) == ["file", "file.bak"]


def test_the_previous_file_is_kept_on_a_file_system_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, previous = tmp_path / "file", tmp_path / "file.bak"
    write_file(path, b"one")
    for before, now in ((b"one", b"two"), (b"two", b"three")):
        with monkeypatch.context() as patch:
            Fault(patch, os, "link", 1)
            write_file(path, now, previous=previous)
        assert (path.read_bytes(), previous.read_bytes()) == (now, before)
    assert names(tmp_path) == ["file", "file.bak"]


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, previous = tmp_path / "file", tmp_path / "file.bak"
    write_file(path, b"one")
    write_file(path, b"two", previous=previous)
    Fault(monkeypatch, os, "fsync", 1)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write_file(path, b"three", previous=previous)
    assert (path.read_bytes(), previous.read_bytes()) == (b"two", b"one")
    assert names(tmp_path) == ["file", "file.bak"]


def test_an_interruption_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "file"
    write_file(path, b"one")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_an_error_at_any_step_means_that_the_old_file_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[object, str]
) -> None:
    path, previous = tmp_path / "folder" / "file", tmp_path / "folder" / "file.bak"
    failed = 0
    for fails_at in range(1, 20):
        shutil.rmtree(path.parent, ignore_errors=True)
        if step[1] != "mkdir":
            write_file(path, b"old")
        with monkeypatch.context() as patch:
            fault = Fault(patch, *step, fails_at)
            try:
                write_file(path, b"new", previous=previous)
            except OSError:
                failed += 1
                left = {file.name: file.read_bytes() for file in path.parent.glob("*")}
                assert left.pop("file", None) == (None if step[1] == "mkdir" else b"old")
                assert left in ({}, {"file.bak": b"old"})
            else:
                assert path.read_bytes() == b"new"
                assert {*names(path.parent)} <= {"file", "file.bak"}
        if fault.calls < fails_at:
            break
    else:
        pytest.fail("the step goes on for ever")
    assert failed or step[1] == "link", "without second names it is copied"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_a_change_that_fails_at_any_step_has_not_happened_in_memory_or_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add: Add, reject: Reject, step: tuple[object, str]
) -> None:
    def state(gallery: Gallery) -> list[object]:
        return [
            (
                p.name,
                [f.id for f in gallery.faces_of(p)],
                [r for r in gallery.all_rejections() if r.folder == p.folder],
            )
            for p in gallery.people
        ]

    failed = 0
    for kind in ("add", "add to a new person", "reject"):
        for fails_at in range(1, 40):
            folder = tmp_path / f"{kind} {fails_at}"
            with Gallery.open(folder, for_writing=True) as gallery:
                add(gallery, "Ada", 1)
                before = state(gallery)
                with monkeypatch.context() as patch:
                    fault = Fault(patch, *step, fails_at)
                    try:
                        if kind == "reject":
                            reject(gallery, "Ada", 2)
                        else:
                            add(gallery, "Ada" if kind == "add" else "Grace", 2)
                    except GalleryWriteError:
                        failed += 1
                        assert state(gallery) == before
                    else:
                        assert state(gallery) != before
                now = Gallery.open(folder, for_writing=False)
                assert state(now) == state(gallery), f"{kind}, fault {fails_at}"
                files = {face.file for person in now.people for face in now.faces_of(person)}
                assert {p.relative_to(folder).as_posix() for p in folder.rglob("*.png")} == files
                assert not [*folder.rglob("*.tmp")]
            if fault.calls < fails_at:
                break
        else:
            pytest.fail("the step goes on for ever")
    assert failed or step[1] == "link"


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP], ids=["invalid", "not supported"])
def test_a_file_system_that_cannot_sync_folders_can_hold_a_gallery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add: Add, number: int
) -> None:
    real = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        face_ids = [add(gallery, "Ada", number).faces[0].id for number in range(2)]
    reading = Gallery.open(tmp_path / "gallery", for_writing=False)
    (ada,) = reading.people
    assert [face.id for face in reading.faces_of(ada)] == face_ids


def test_opening_for_writing_deletes_leftovers_and_nothing_else(tmp_path: Path, add: Add) -> None:
    folder = tmp_path / "gallery"
    with Gallery.open(folder, for_writing=True) as gallery:
        (face,) = add(gallery, "Ada", 1).faces
    left = [folder / f".{'0f' * 16}.tmp", folder / f".{'a1' * 16}.tmp"]
    kept = [folder / "mine.tmp", folder / ".notes.tmp", folder / "faces_db" / "Ada" / "mine.png"]
    for path in (*left, *kept):
        path.touch()
    Gallery.open(folder, for_writing=False)
    assert all(path.exists() for path in left), "who only reads may do so while another writes"
    Gallery.open(folder, for_writing=True).close()
    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in (*kept, folder / face.file, folder / "embeddings.json"))


def test_a_folder_in_the_place_of_the_file_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "file" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="file"):
        write_file(tmp_path / "file", b"new")
    assert names(tmp_path) == ["file"]
    assert names(tmp_path / "file") == ["inside"]


def test_a_folder_that_several_make_at_once_is_made(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        make_folder(tmp_path / "file" / "b")


def test_crops_are_written_by_way_of_the_gallerys_own_folder_where_leftovers_are_looked_for(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    created: list[Path] = []
    really_open = os.open

    def noting(path: Any, flags: int, *rest: Any) -> int:
        if flags & os.O_CREAT:
            created.append(Path(path))
        return really_open(path, flags, *rest)

    folder = tmp_path / "gallery"
    with Gallery.open(folder, for_writing=True) as gallery:
        monkeypatch.setattr(os, "open", noting)
        add(gallery, "Ada", 1)
    assert {path.parent for path in created if path.suffix == ".tmp"} == {folder}


def test_a_folder_named_as_a_leftover_keeps_no_other_leftover(tmp_path: Path) -> None:
    (tmp_path / f".{'0' * 32}.tmp").mkdir()
    for digit in "123456789abcdef":
        (tmp_path / f".{digit * 32}.tmp").write_bytes(b"half")
    remove_leftovers(tmp_path)
    assert [path.is_dir() for path in tmp_path.iterdir()] == [True]


def test_reading_a_small_file_takes_no_more_memory_than_it_has(tmp_path: Path) -> None:
    """However large it could have been: Python makes room for as much as it is asked to read."""
    (tmp_path / "small").write_bytes(b"two")
    script = (
        "import resource, sys; from pathlib import Path; from face_match.core.atomic_files import *;"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "print(read_file(Path(sys.argv[1]), MAX_COPY_BYTES))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "small")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, result.stdout) == (0, "b'two'\n"), result.stderr


@pytest.mark.parametrize("most", [0, 9, 10, READ_CHUNK_BYTES + 10])
def test_a_file_is_read_up_to_the_size_that_it_may_have(most: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 10)
    if most < 10:
        with pytest.raises(OSError, match="too large"):
            read_file(tmp_path / "file", most)
    else:
        assert read_file(tmp_path / "file", most) == b"x" * 10
