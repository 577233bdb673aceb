"""The output of commands: lines for people, or one JSON document."""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TextIO

from face_match.cli.interrupts import call_on_interrupt
from face_match.core.errors import FaceMatchError
from face_match.core.messages import error_message
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, cancellable
from face_match.core.visible_text import escape_invisible, json_for_terminal

Document = dict[str, Any]


@dataclass
class Output:
    """The output of a command: lines for a person, or one document for a program."""

    as_json: bool
    has_failed: bool = False
    is_interrupted: bool = False
    document: Document = field(default_factory=dict)

    def line(self, text: str = "") -> None:
        """Print a line, unless the output is JSON."""
        if not self.as_json:
            _print(escape_invisible(text))

    def note(self, text: str) -> None:
        """Print a note to standard error; it is never part of the result."""
        complain(text)

    def print_document(self) -> None:
        """The document, exactly; what a terminal would obey is written as JSON can."""
        encoding = (sys.stdout.encoding or "") if sys.stdout else ""
        is_unicode = encoding.lower().replace("-", "") == "utf8"
        _print(json_for_terminal(json.dumps(self.document, ensure_ascii=not is_unicode, indent=1)))

    def failure(self, error: FaceMatchError, about: str = "") -> Document:
        """Note an error, and what it is about where it does not say so; returns it as a document."""
        self.has_failed = True
        message = error_message(error)
        self.note(message if about in message else f"{about}: {message}")
        return {"kind": type(error).__name__, "message": error_message(error)}

    def failures(self, failed: Iterable[tuple[Path, FaceMatchError]]) -> list[Document]:
        """Note the errors of photos and folders; returns them as documents."""
        return [{"photo": str(path), **self.failure(error, path.name)} for path, error in failed]

    def stopped(self, reason: FaceMatchError | None, left: int | None = None) -> None:
        """Add to the document why a job ended early, if it did; `left` photos are for the next time."""
        if reason is not None:
            if left is not None:
                photos = plural(left, "photo is", "photos are")
                self.note(f"{photos} left; run the same command again to resume.")
            self.document["error"] = self.failure(reason)


class UnwritableError(Exception):
    """Standard output cannot be written: the disk is full, or the reader has closed it."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause.strerror or type(cause).__name__)
        self.has_reader = not isinstance(cause, BrokenPipeError)


def _print(text: str) -> None:
    """Raises UnwritableError."""
    try:
        print(text)
    except OSError as exc:
        raise UnwritableError(exc) from exc


def flush() -> None:
    """Raises UnwritableError."""
    try:
        if sys.stdout is not None:  # which it is where standard output is closed
            sys.stdout.flush()
    except OSError as exc:
        raise UnwritableError(exc) from exc


class Parser(argparse.ArgumentParser):
    """Says what is wrong with arguments without obeying what is in them."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        words = sys.argv[1:] if args is None else args
        if [*words].count("--") > 1:  # argparse would give an empty list for the second one
            self.error("“--” may be there once, before names and paths that begin with “-”")
        options = [*words, "--"][: [*words, "--"].index("--")]
        if wrong := [word for word in options if word.startswith("--") and word.endswith("=--")]:
            self.error(f"“--” cannot be a value, as in “{wrong[0][:60]}”")  # for the same reason
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        super().error(escape_invisible(message))


class _LogLine(logging.Formatter):
    """Escapes invisible characters in log lines, which may quote what was read from a file."""

    def format(self, record: logging.LogRecord) -> str:
        record.msg, record.args = escape_invisible(record.getMessage()), None
        return escape_invisible(super().format(record), but="\n")


def complain(text: str) -> None:
    """Print a line to standard error."""
    print(escape_invisible(text), file=sys.stderr)


def log_to_terminal() -> None:
    """Warnings go to standard error, a line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(_LogLine("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person can be asked or shown progress there; None is a stream that was closed."""
    return stream is not None and stream.isatty()


@contextlib.contextmanager
def stoppable() -> Iterator[IsCancelled]:
    """Ctrl+C asks the job inside to stop, so that it can say what it has done; a second one ends all."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        call_on_interrupt(before)
        stopped.set()

    before = call_on_interrupt(stop)
    try:
        with cancellable(stopped.is_set):
            yield stopped.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def progress_bar(title: str, unit: str = "") -> Iterator[Callable[[int, int], None]]:
    """On a terminal; gives what is to be called with how much is done and how much there is."""
    from tqdm import tqdm

    is_hidden = not is_terminal(sys.stderr)
    with tqdm(desc=escape_invisible(title), unit=unit, unit_scale=unit == "B", disable=is_hidden) as bar:

        def on_progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield on_progress
