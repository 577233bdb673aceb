"""What Ctrl+C does while a command runs."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any] | int | None
IMPORTING = "<frozen importlib"
EXIT_INTERRUPTED = 130

GRACE_S = 1.0
"""Time that a command has, after the second Ctrl+C, to end in good order."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Inside, Ctrl+C is a KeyboardInterrupt; before and after, what it was before: it may end the program.

    In the midst of an import it ends the program too: some libraries that are interrupted while they are
    loaded abort, print tracebacks or say that they are not installed. Nothing is half written there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = call_on_interrupt(_interrupt)
    try:
        with _ended_by_the_second():
            yield
    finally:
        signal.signal(signal.SIGINT, before)


def call_on_interrupt(handler: Handler) -> Handler:
    """Call a handler on the next Ctrl+C; returns the handler before.

    A library that keeps Python's lock keeps Python from calling anything. On Linux the system then
    ends the process on the one after.
    """
    before = signal.signal(signal.SIGINT, handler)
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        once = getattr(libc, "sysv_signal", None)  # of glibc: the handler is called once
        if once is not None:
            libc.signal.restype, libc.signal.argtypes = ctypes.c_void_p, (ctypes.c_int, ctypes.c_void_p)
            once.restype, once.argtypes = ctypes.c_void_p, (ctypes.c_int, ctypes.c_void_p)
            once(signal.SIGINT, libc.signal(signal.SIGINT, None))
    return before


@contextmanager
def _ended_by_the_second() -> Iterator[None]:
    """Inside, a second Ctrl+C ends the process after `GRACE_S`, even if a library never returns.

    Python calls handlers of signals in the main thread alone, and not before a library returns; then it waits
    for all other threads. It writes each signal to a pipe at once, and another thread reads that. What a
    command has reported is on the disk.
    """
    reading, writing = os.pipe()
    if os.name != "nt":
        os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_end_after_the_second, args=(reading,), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(writing)


def _end_after_the_second(reading: int) -> None:
    """Read numbers of signals, until there are no more or two of them are of Ctrl+C."""
    interrupts = 0
    while interrupts < 2:
        numbers = os.read(reading, 64)
        if not numbers:
            os.close(reading)
            return
        interrupts += numbers.count(signal.SIGINT)
    time.sleep(GRACE_S)
    os._exit(EXIT_INTERRUPTED)


def _interrupt(number: int, frame: FrameType | None) -> None:
    call_on_interrupt(_interrupt)
    while frame is not None:
        if frame.f_code.co_filename.startswith(IMPORTING):
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.raise_signal(signal.SIGINT)
        frame = frame.f_back
    raise KeyboardInterrupt
