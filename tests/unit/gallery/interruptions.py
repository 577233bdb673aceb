"""Counting the calls that change the disk, and replacing the n-th one."""

from __future__ import annotations

import _sqlite3
import contextlib
import ctypes
import errno
import itertools
import os
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
import sqlcipher3._sqlite3

NEEDING_ROOM = ("open", "link", "mkdir", "fsync")


def calls(dense: int, step: int) -> Iterator[int]:
    """Numbers of calls: the first ones, then one in so many, as a new database is written in many pieces."""
    yield from range(1, dense)
    yield from itertools.count(dense, step)


class Interruption:
    """Counts the calls that change the disk and runs something else in place of the n-th.

    Args:
        for_good: also in place of all later calls that need disk space.
    """

    def __init__(self, at: int, instead: Callable[[], NoReturn], *, for_good: bool = False) -> None:
        self.calls = 0
        self._at = at
        self._instead = instead
        self._for_good = for_good

    @property
    def has_come(self) -> bool:
        return self.calls >= self._at

    def count(self, *, needs_room: bool, first: Callable[[], object] = lambda: None) -> None:
        """Count a call; `first` runs before what replaces the call."""
        self.calls += 1
        if self.calls == self._at or (self._for_good and needs_room and self.has_come):
            first()
            self._instead()

    @contextlib.contextmanager
    def watching(self) -> Iterator[Interruption]:
        """Watch Python's calls, and SQLite's own where they can be replaced."""

        def plural(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **options: Any) -> Any:
                if name != "open" or arguments[1] & os.O_CREAT:
                    self.count(needs_room=name in NEEDING_ROOM)
                return function(*arguments, **options)

            return call

        with pytest.MonkeyPatch.context() as patch, _sqlite_asking(self.count):
            for name in (*NEEDING_ROOM, "replace", "rename", "unlink", "rmdir"):
                patch.setattr(os, name, plural(name, getattr(os, name)))
            yield self


class _Vfs(ctypes.Structure):
    """SQLite's `sqlite3_vfs`, in which tests replace the system's calls."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("version", "file_bytes", "path_bytes")),
        *((name, ctypes.c_void_p) for name in ("next", "name", "data")),
        *((f"method_{number}", ctypes.c_void_p) for number in range(13)),
        ("set_call", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
        ("get_call", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
    )


_WRITE = (ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)
SQLITE_CALLS = {
    b"write": _WRITE,
    b"pwrite": (*_WRITE, ctypes.c_int64),
    b"pwrite64": (*_WRITE, ctypes.c_int64),
    b"ftruncate": (ctypes.c_int, ctypes.c_int, ctypes.c_int64),
    b"unlink": (ctypes.c_int, ctypes.c_char_p),
}


def vfs_of(driver: Any) -> Any:
    """The system calls of an SQLite; None if it is built into Python and cannot be reached."""
    try:
        find = ctypes.CDLL(driver.__file__).sqlite3_vfs_find
    except (AttributeError, OSError):
        return None
    find.restype = ctypes.POINTER(_Vfs)
    return find(None)


@contextlib.contextmanager
def _sqlite_asking(count: Callable[..., None]) -> Iterator[None]:
    """Count each call of SQLite and SQLCipher before it is made. A call that kills is half done."""
    with contextlib.ExitStack() as stack:
        for driver in (_sqlite3, sqlcipher3._sqlite3):
            stack.enter_context(_asking(vfs_of(driver), count))
        yield


@contextlib.contextmanager
def _asking(vfs: Any, count: Callable[..., None]) -> Iterator[None]:
    if vfs is None:
        yield
        return

    def asking(kind: Any, address: int) -> Any:
        real = kind(address)

        def call(*arguments: Any) -> int:
            def half() -> None:
                if len(arguments) > 2:
                    file, data, length, *at = arguments
                    real(file, data, length // 2, *at)

            try:
                count(needs_room=len(arguments) > 2, first=half)
            except OSError as exc:
                ctypes.set_errno(exc.errno or errno.EIO)
                return -1
            return int(real(*arguments))

        return kind(call)

    put = {}
    for name, signature in SQLITE_CALLS.items():
        address = vfs.contents.get_call(vfs, name)
        if address:
            put[name] = asking(ctypes.CFUNCTYPE(*signature, use_errno=True), address)
    for name, call in put.items():
        vfs.contents.set_call(vfs, name, ctypes.cast(call, ctypes.c_void_p))
    try:
        yield
    finally:
        for name in put:
            vfs.contents.set_call(vfs, name, None)
