"""What the one file runs: it unpacks the program into the user's cache at its first start, and starts it.

The program is a tar archive compressed by Zstandard, in PyInstaller's archive at the end of the executable. A
folder in the cache is named by the archive's digest, so that an update is unpacked beside the version before.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import platformdirs

try:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
except ImportError:  # Windows renames no folder that a running program is in
    flock = None

PROGRAM = "program-"
"""The archive's entry with the program is named by this and its digest."""
SIZES = "sizes"
"""In each unpacked program, written last: how many files it has; for each its size in bytes and its path."""
EXECUTABLE = "face-match.exe" if sys.platform == "win32" else "face-match"
# PyInstaller/archive/writers.py: what ends the archive, and an entry of its table of contents
_MAGIC = b"MEI\014\013\012\013\016"
_COOKIE = struct.Struct("!8sIIII64s")
_ENTRY = struct.Struct("!IIIIBc")
_BEHIND = 1 << 16
"""The most bytes behind the archive: section headers, or a signature."""
_UNFINISHED = ".new-"
_REPLACED = ".old-"


class Packed(NamedTuple):
    """Where the program is in the executable, in bytes, and the name of what it is unpacked into."""

    name: str
    offset: int
    size: int


class _Part(io.RawIOBase):
    """A part of a file, as a file."""

    def __init__(self, file: BinaryIO, offset: int, size: int) -> None:
        file.seek(offset)
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


def find_packed(file: BinaryIO) -> Packed:
    """The program in an executable; raises ValueError."""
    end = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, end - _BEHIND))
    at = file.read().rfind(_MAGIC)
    if at < 0:
        raise ValueError("it is damaged")
    file.seek(start + at)
    _, length, contents, contents_length, _, _ = _COOKIE.unpack(file.read(_COOKIE.size))
    archive = start + at + _COOKIE.size - length
    file.seek(archive + contents)
    table = file.read(contents_length)
    while table:
        entry_length, offset, size, _, _, _ = _ENTRY.unpack_from(table)
        name = table[_ENTRY.size : entry_length].rstrip(b"\0").decode()
        if name.startswith(PROGRAM):
            return Packed(name, archive + offset, size)
        table = table[entry_length:]
    raise ValueError("it is damaged")


def is_whole(folder: Path) -> bool:
    """Whether each file of an unpacked program is there in its size: cleaners and a power cut take some."""
    try:
        count, *lines = (folder / SIZES).read_text("utf-8").splitlines()
        files = (line.split(" ", 1) for line in lines)
        return len(lines) == int(count) and all(
            os.stat(f"{folder}/{file}").st_size == int(size)  # noqa: PTH116 - of 700 files, at each start
            for size, file in files
        )
    except (OSError, ValueError):
        return False


def unpack(executable: Path, packed: Packed, folder: Path) -> None:
    """Unpack the program into an empty folder; raises OSError."""
    import tarfile

    try:
        from compression.zstd import ZstdError, ZstdFile
    except ImportError:  # before Python 3.14
        from backports.zstd import ZstdError, ZstdFile

    sizes = []
    try:
        with (
            executable.open("rb") as file,
            ZstdFile(_Part(file, packed.offset, packed.size)) as stream,
            tarfile.open(fileobj=stream, mode="r|") as archive,
        ):
            for member in archive:
                archive.extract(member, folder, filter="data")
                if member.isfile():
                    sizes.append(f"{member.size} {member.name}\n")
    except (tarfile.TarError, ZstdError, EOFError) as exc:
        raise OSError("it is damaged") from exc
    (folder / SIZES).write_text("".join([f"{len(sizes)}\n", *sizes]), "utf-8")


def unpacked(executable: Path, packed: Packed, cache: Path) -> Path:
    """The folder with the program below the cache, unpacked where it is not yet; raises OSError.

    It is not removed by other versions while this process, or one that takes its place, is running.
    """
    folder = cache / packed.name
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and cache.stat().st_uid != os.getuid():
        raise OSError("it is somebody else’s")  # who could put a program of theirs there
    if _is_usable(folder):
        return folder
    new = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=cache))
    try:
        if _hold(new) is None or _forbids_programs(new):
            raise OSError("no program may be started there")
        unpack(executable, packed, new)
        if not _is_usable(folder):  # another start may have been faster
            if folder.exists():
                folder.rename(_unused_name(folder))
            new.rename(folder)
    finally:
        if new.exists():
            shutil.rmtree(new, ignore_errors=True)
    for other in cache.iterdir():
        if other != folder:
            _remove_unused(other)
    return folder


def _is_usable(folder: Path) -> bool:
    """Whether a program is there and whole; it is held then."""
    held = _hold(folder)
    if held is None or is_whole(folder):
        return held is not None
    if held:
        os.close(held)
    return False


def _hold(folder: Path) -> int | None:
    """Mark a folder as used until this process, or what takes its place, ends; a descriptor, 0 on Windows.

    None where the folder is not there, or is being removed.
    """
    if flock is None:
        return 0 if folder.is_dir() else None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        flock(descriptor, LOCK_SH | LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), folder.stat()):
            os.set_inheritable(descriptor, True)
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def _remove_unused(folder: Path) -> None:
    """Remove a program that no process uses, or what is left of one."""
    with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        if flock is not None:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            stack.callback(os.close, descriptor)
            flock(descriptor, LOCK_EX | LOCK_NB)
        # half of a program must not have its name; and Windows renames none that is running
        shutil.rmtree(folder.rename(_unused_name(folder)), ignore_errors=True)


def _unused_name(folder: Path) -> Path:
    return folder.with_name(f"{_REPLACED}{os.getpid()}-{folder.name[-40:]}")


def _forbids_programs(folder: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_NOEXEC)


@contextlib.contextmanager
def _for_once(executable: Path, packed: Packed) -> Iterator[Path]:
    """The program in a folder for temporary files, for one start; raises OSError."""
    with tempfile.TemporaryDirectory(prefix="face-match-", ignore_cleanup_errors=True) as folder:
        unpack(executable, packed, Path(folder))
        yield Path(folder)


def main() -> int:
    """Start the program with the arguments of this start; returns its exit status."""
    executable = Path(sys.executable)
    for name in [name for name in os.environ if name.startswith("_PYI_")]:
        del os.environ[name]  # of PyInstaller, about this process
    arguments = sys.argv[1:]
    try:
        with executable.open("rb") as file:
            packed = find_packed(file)
        try:
            cache = Path(platformdirs.user_cache_dir("face-match", appauthor=False))
            folder = unpacked(executable, packed, cache / "program")
        except OSError:  # a home that may not be written, or is full
            with _for_once(executable, packed) as folder:
                return subprocess.run([folder / EXECUTABLE, *arguments], check=False).returncode
        if sys.platform == "win32":  # it has no way to put another program into this one's place
            return subprocess.run([folder / EXECUTABLE, *arguments], check=False).returncode
        os.execv(folder / EXECUTABLE, [str(folder / EXECUTABLE), *arguments])
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        print(f"Face Match cannot be unpacked: {reason}.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
