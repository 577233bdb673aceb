"""The one file unpacks the program once, wherever that is cut off, and starts what it unpacked."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shipping import one_file
from shipping.one_file import (
    _COOKIE,
    _ENTRY,
    _MAGIC,
    EXECUTABLE,
    PROGRAM,
    SIZES,
    Packed,
    find_packed,
    is_whole,
    unpack,
    unpacked,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells by itself what is in use")


@pytest.fixture(autouse=True)
def uncompressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Zstandard, which only builds need."""
    monkeypatch.setattr(one_file, "unpack", unpack_uncompressed)


def unpack_uncompressed(executable: Path, packed: Packed, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        module = type(sys)("zstd")
        module.ZstdFile = lambda part: part  # type: ignore[attr-defined]
        module.ZstdError = EOFError  # type: ignore[attr-defined]
        patch.setitem(sys.modules, "compression", type(sys)("compression"))
        patch.setitem(sys.modules, "compression.zstd", module)
        unpack(executable, packed, folder)


def made_executable(path: Path, name: str, text: str, behind: bytes = b"section headers") -> Path:
    """A file as PyInstaller writes it, with a program that is a script."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for place, data, mode in ((EXECUTABLE, text, 0o755), ("lib/data", "x" * 5000, 0o644)):
            member = tarfile.TarInfo(place)
            member.size, member.mode = len(data), mode
            tar.addfile(member, io.BytesIO(data.encode()))
        link = tarfile.TarInfo("lib/link")
        link.type, link.linkname = tarfile.SYMTYPE, "data"
        tar.addfile(link)
    program = stream.getvalue()
    entries, at = b"", 0
    archive = b""
    for one, data in (("base.zip", b"other"), (PROGRAM + name, program), ("struct", b"more")):
        label = one.encode() + b"\0"
        entries += _ENTRY.pack(_ENTRY.size + len(label), at, len(data), len(data), 0, b"a") + label
        archive += data
        at += len(data)
    length = len(archive) + len(entries) + _COOKIE.size
    archive += entries + _COOKIE.pack(_MAGIC, length, at, len(entries), 311, b"libpython")
    path.write_bytes(b"\x7fELF" + _MAGIC + b"the start" + archive + behind)
    return path


@pytest.fixture
def executable(tmp_path: Path) -> Path:
    return made_executable(tmp_path / "face-match", "1", "#!/bin/sh\necho one\n")


def packed_in(executable: Path) -> Packed:
    with executable.open("rb") as file:
        return find_packed(file)


def unpacked_of(executable: Path, cache: Path) -> Path:
    return unpacked(executable, packed_in(executable), cache)


def start(program: Path) -> str:
    return subprocess.run([program / EXECUTABLE], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def others(executable: Path, tmp_path: Path) -> Iterator[Path]:
    """A cache in which another process has unpacked another version, and is running it."""
    cache = tmp_path / "cache"
    older = made_executable(tmp_path / "older", "0", "#!/bin/sh\nexec cat\n")
    held, hold = [], one_file._hold

    def remembered(folder: Path) -> int | None:
        held.append(hold(folder))
        return held[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(one_file, "_hold", remembered)
        program = unpacked_of(older, cache)
    kept = [one for one in held if one]
    running = subprocess.Popen([program / EXECUTABLE], stdin=subprocess.PIPE, pass_fds=kept)
    for one in kept:
        os.close(one)
    yield cache
    running.communicate()


def test_it_is_unpacked_once_and_started_from_there(executable: Path, tmp_path: Path) -> None:
    cache = tmp_path / "home" / "cache"
    program = unpacked_of(executable, cache)
    assert start(program) == "one\n"
    assert (program / "lib" / "link").readlink() == Path("data")
    assert program.stat().st_mode & 0o077 == 0, "nobody else may look into it"
    made = (program / EXECUTABLE).stat().st_ino
    assert unpacked_of(executable, cache) == program
    assert (program / EXECUTABLE).stat().st_ino == made
    assert [path.name for path in cache.iterdir()] == [program.name]


@pytest.mark.parametrize("loss", ["file", "half", "list", "all"])
def test_what_a_cleaner_or_a_power_cut_took_is_unpacked_again(
    executable: Path, tmp_path: Path, loss: str
) -> None:
    cache = tmp_path / "cache"
    program = unpacked_of(executable, cache)
    if loss == "file":
        (program / "lib" / "data").unlink()
    elif loss == "half":
        os.truncate(program / "lib" / "data", 100)
    elif loss == "list":
        (program / SIZES).write_text("", "utf-8")
    else:
        shutil.rmtree(program)
    assert unpacked_of(executable, cache) == program
    assert is_whole(program)
    assert (program / "lib" / "data").read_text() == "x" * 5000


def test_an_update_replaces_a_version_that_nobody_uses(
    executable: Path, tmp_path: Path, others: Path
) -> None:
    older = next(others.iterdir())
    program = unpacked_of(executable, others)
    assert {*others.iterdir()} == {program, older}, "it is running"


def test_versions_that_do_not_run_and_what_was_cut_off_are_removed(
    executable: Path, tmp_path: Path, others: Path
) -> None:
    cut_off = others / ".new-abc"
    cut_off.mkdir()
    (cut_off / EXECUTABLE).write_text("half")
    older = next(path for path in others.iterdir() if path != cut_off)
    unpacked_of(executable, others)
    assert not cut_off.exists()
    assert older.exists()


def test_a_damaged_file_is_refused_and_nothing_of_it_stays(executable: Path, tmp_path: Path) -> None:
    data = bytearray(executable.read_bytes())
    at = data.find(b"ustar")
    data[at - 100 : at] = b"\xff" * 100
    executable.write_bytes(data)
    with pytest.raises(OSError, match="damaged"):
        unpacked_of(executable, tmp_path / "cache")
    assert [*(tmp_path / "cache").iterdir()] == []
    executable.write_bytes(b"\x7fELF" + bytes(200))
    with pytest.raises(ValueError, match="damaged"):
        packed_in(executable)


def test_a_cache_that_cannot_be_written_ends_in_a_reason(executable: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OSError, match="exists"):
        unpacked_of(executable, tmp_path / "cache")


def test_two_first_starts_at_once_both_find_it(executable: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    other = []
    unpack_once = one_file.unpack

    def slow(*arguments: object) -> None:
        if not other:
            other.append(None)
            other.append(unpacked_of(executable, cache))
        unpack_once(*arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(one_file, "unpack", slow)
        program = unpacked_of(executable, cache)
    assert other[1] == program
    assert start(program) == "one\n"
