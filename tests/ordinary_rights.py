"""Root may read and write everything; without that right, tests of missing permission run for root too."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

import pytest

_VERSION_3 = 0x20080522
_OVERRIDE, _READ_SEARCH = 1 << 1, 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7)."""


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Data(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


@contextlib.contextmanager
def ordinary_rights() -> Iterator[None]:
    """The permissions of files count for this thread, even if it is root's."""
    if os.name == "nt":
        pytest.skip("Windows has other permissions")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("only Linux lets root do without rights")
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = _Header(_VERSION_3, 0), (_Data * 2)()

    def call(function: object) -> None:
        if function(ctypes.byref(header), data) != 0:  # type: ignore[operator]
            raise OSError(ctypes.get_errno(), "capabilities")

    call(libc.capget)
    before = data[0].effective
    data[0].effective &= ~(_OVERRIDE | _READ_SEARCH)
    call(libc.capset)
    try:
        yield
    finally:
        data[0].effective = before
        call(libc.capset)
