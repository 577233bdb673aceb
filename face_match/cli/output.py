"""What commands have to say, and how."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from face_match.cancelling import cancelled_by
from face_match.errors import FaceMatchError
from face_match.messages import sentence
from face_match.types import IsCancelled

Document = dict[str, Any]


@dataclass
class Output:
    """What a command has to say: lines for a person, or one document for a program."""

    as_json: bool
    has_failed: bool = False
    is_interrupted: bool = False
    document: Document = field(default_factory=dict)

    def line(self, text: str = "") -> None:
        """For a person."""
        if not self.as_json:
            print(text)

    def note(self, text: str) -> None:
        """For a person who watches; never part of the result."""
        print(text, file=sys.stderr)

    def failure(self, error: FaceMatchError, about: str = "") -> Document:
        """Note an error, and what it is about where it does not say so; returns it as a document."""
        self.has_failed = True
        told = sentence(error)
        self.note(told if about in told else f"{about}: {told}")
        return {"kind": type(error).__name__, "message": sentence(error)}


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person can be asked or shown progress there; None is a stream that was closed."""
    return stream is not None and stream.isatty()


@contextlib.contextmanager
def stoppable() -> Iterator[IsCancelled]:
    """Ctrl+C asks the job inside to stop, so that it can say what it has done; a second one ends all."""
    stopped = threading.Event()

    def stop(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        stopped.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        with cancelled_by(stopped.is_set):
            yield stopped.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def progress_bar(title: str, unit: str = "") -> Iterator[Callable[[int, int], None]]:
    """On a terminal; gives what is to be called with how much is done and how much there is."""
    from tqdm import tqdm

    with tqdm(desc=title, unit=unit, unit_scale=unit == "B", disable=not is_terminal(sys.stderr)) as bar:

        def on_progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield on_progress
