"""Atomic file writes: a program or computer that stops at any moment leaves the old or the new content, never
a part.

python-atomicwrites is no longer maintained, and these few lines are all that is needed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

_BINARY = getattr(os, "O_BINARY", 0)
"""Without this flag, Windows would write a line feed as two bytes."""

_CANNOT_SYNC_FOLDERS = (errno.EBADF, errno.EINVAL, errno.ENOTSUP)
"""Errors of fsync on a folder in some network and FUSE file systems, where nothing can be done about them."""

MAX_COPY_BYTES = 1 << 33
"""Largest file that is copied before it is replaced. No database of the program grows that large."""

READ_CHUNK_BYTES = 1 << 20

_LEFTOVER_NAME = re.compile(r"\.[0-9a-f]{32}\.tmp(-journal)?")
"""Temporary files of this module, and SQLite's journals of them."""


def write_file(
    path: Path, data: bytes, *, previous: Path | None = None, temporary_folder: Path | None = None
) -> None:
    """Replace a file's content, readable by its owner alone. When this returns, the content is on the disk.

    Args:
        previous: path at which to keep the old content.
        temporary_folder: folder for temporary files, on the same file system; by default the file's own.
    Raises:
        OSError: the file was not changed.
    """
    make_folder(path.parent)
    workshop = temporary_folder or path.parent
    with _open_folder(path.parent) as sync, _temporary_path(workshop) as new:
        _create(new, data)
        if previous is not None and path.exists():
            with _temporary_path(previous.parent) as kept:
                _link_or_copy(path, kept)
                kept.replace(previous)
        _replace(new, path, sync)


@contextlib.contextmanager
def replacement_file(path: Path) -> Iterator[Path]:
    """A new empty file, readable by its owner alone, that durably replaces `path` at the end of the block if
    no error is raised.

    Raises:
        OSError: the old file, if any, was not changed.
    """
    make_folder(path.parent)
    with _open_folder(path.parent) as sync, _temporary_path(path.parent) as new:
        _create(new, b"")
        yield new
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        _replace(new, path, sync)


def open_file(path: Path, *, follows_links: bool = True) -> BinaryIO:
    """Open a file for reading; raises OSError, also for a pipe or device, which could block a reader for
    ever.

    Args:
        follows_links: False refuses a symbolic link. (On Windows `paths.require_no_link` does that.)
    """
    how = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0)
    how |= 0 if follows_links else getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, how)
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(os.close, descriptor)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a file")
        file = os.fdopen(descriptor, "rb")
        on_failure.pop_all()
        return file


def read_file(path: Path, max_bytes: int = 1 << 30, *, follows_links: bool = True) -> bytes:
    """Read a file; raises OSError as `open_file` does, and for one that is larger than `max_bytes`. A sparse
    file of 5 GB takes no space on the disk."""
    with open_file(path, follows_links=follows_links) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1) if size <= max_bytes else b""  # `read` reserves all the memory asked for
        while size <= max_bytes >= len(data) and (more := file.read(READ_CHUNK_BYTES)):  # it grows meanwhile
            data += more
        if max(size, len(data)) > max_bytes:
            raise OSError(errno.EFBIG, "it is too large")
        return data


def read_start(path: Path, max_bytes: int) -> bytes:
    """Read the first bytes of a file that is not a link; raises OSError as `open_file` does."""
    with open_file(path, follows_links=False) as file:
        return file.read(max_bytes)


def copy_content(path: Path, copy: Path, max_bytes: int) -> None:
    """Copy the content of a file that is not a link into another file; raises OSError as `read_file` does."""
    with open_file(path, follows_links=False) as file, copy.open("wb") as new:
        if os.fstat(file.fileno()).st_size > max_bytes:
            raise OSError(errno.EFBIG, "it is too large")
        shutil.copyfileobj(file, new)


FileId = tuple[int, int]
"""Device and inode: what identifies a file or folder whatever its name."""


def file_id(path: Path) -> FileId | None:
    """The identity of a file or folder; None if it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def file_version(path: Path) -> tuple[int, int, int] | None:
    """Inode, time and size of a file, which change when it is written or replaced; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def break_hard_links(path: Path) -> None:
    """Give a file with several hard links a content of its own, before it is written in place.

    Raises:
        OSError: the file was not changed.
    """
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_nlink > 1:
            write_file(path, read_file(path))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each on the disk before anything is put into it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with _open_folder(folder.parent) as sync:
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if not folder.is_dir():
                raise
        sync()


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk, after a file in it was removed or linked; raises
    OSError."""
    with _open_folder(folder) as sync:
        sync()


def is_leftover(path: Path) -> bool:
    """Whether a file has the name of a temporary file of this module."""
    return _LEFTOVER_NAME.fullmatch(path.name) is not None


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files that a killed program has left in a folder."""
    try:
        found = [path for path in folder.iterdir() if is_leftover(path)]
    except OSError:
        return
    for path in found:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            sync_folder(folder)


def open_new_file(path: Path) -> BinaryIO:
    """Create a file and open it for writing, readable by its owner alone whatever the umask; raises OSError
    if it exists."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb")


def _create(path: Path, data: bytes) -> None:
    with open_new_file(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(new: Path, path: Path, sync: Callable[[], None]) -> None:
    """Durably replace `path` by the file `new`; raises OSError, and then the old file is back in place."""
    with _temporary_path(new.parent) as old:
        had_one = path.exists()
        if had_one:
            _link_or_copy(path, old)
        new.replace(path)
        try:
            sync()
        except OSError:
            if had_one:
                old.replace(path)
            else:
                path.unlink()
            raise


def _link_or_copy(path: Path, second: Path) -> None:
    """Give a file's content a second name: a hard link if the file system supports it, else a copy."""
    try:
        os.link(path, second)
    except OSError:
        with open_file(path) as file, open_new_file(second) as new:
            shutil.copyfileobj(file, new)
            new.flush()
            os.fsync(new.fileno())


@contextlib.contextmanager
def _temporary_path(folder: Path) -> Iterator[Path]:
    """A path in a folder that does not exist; a file there is deleted at the end of the block."""
    path = folder / f".{uuid.uuid4().hex}.tmp"
    try:
        yield path
    finally:
        with contextlib.suppress(OSError):  # all that counts is done; `remove_leftovers` does the rest
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _open_folder(folder: Path) -> Iterator[Callable[[], None]]:
    """Open a folder; returns a function that writes its list of names to the disk."""
    if os.name == "nt":  # which cannot open a folder; its file systems keep a journal of names
        yield lambda: None
        return
    descriptor = os.open(folder, os.O_RDONLY)

    def sync() -> None:
        try:
            os.fsync(descriptor)
        except OSError as exc:
            if exc.errno not in _CANNOT_SYNC_FOLDERS:
                raise

    try:
        yield sync
    finally:
        os.close(descriptor)
