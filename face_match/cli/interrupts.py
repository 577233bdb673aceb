"""What Ctrl+C does while a command runs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

IMPORTING = "<frozen importlib"


@contextmanager
def interruptible() -> Iterator[None]:
    """Inside, Ctrl+C is a KeyboardInterrupt; before and after, what it was before: it may end the program.

    In the midst of an import it ends the program too: some libraries that are interrupted while they are
    loaded abort, print tracebacks or say that they are not installed. Nothing is half written there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code.co_filename.startswith(IMPORTING):
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.raise_signal(signal.SIGINT)
        frame = frame.f_back
    raise KeyboardInterrupt
