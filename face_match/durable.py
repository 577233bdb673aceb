"""Files written so that a program or a machine that stops at any moment leaves old or new, never half.

python-atomicwrites is no longer kept; what is needed is these few lines.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would write line feeds as two bytes without it."""


def write_file(path: Path, data: bytes, *, previous: Path | None = None) -> None:
    """Replace a file's content; when this returns, it is on the disk.

    Args:
        previous: where to keep what the file held before.
    Raises:
        OSError: the file is as it was.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if previous is not None and path.exists():
            _keep(path, previous)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """The folder and those above it, each on the disk before anything is put into it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    _sync_folder(folder.parent)


def _keep(path: Path, previous: Path) -> None:
    """`previous` becomes what `path` is, at once: a second name where the file system has those."""
    temporary = previous.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        try:
            os.link(path, temporary)
        except OSError:
            shutil.copyfile(path, temporary)
        temporary.replace(previous)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no such call; its file systems keep a journal of names
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
