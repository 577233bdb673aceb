"""Reading JSON from untrusted files within limits of size and memory.

Python stores a text that contains one emoji with four bytes a character. So long files are converted to ASCII
first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from face_match.core.translation import marked
from face_match.gallery.records.fields import RecordError

MAX_RECORDS_BYTES = 800_000_000
"""Records: enough for 250,000 faces with 512-d embeddings, or 700,000 with 128-d ones. The file, its text
and its values are in memory at the same time."""

MAX_PLAN_BYTES = 64_000_000
"""Purge plans: one person, who may have tens of thousands of faces."""

MAX_SMALL_BYTES = 4_000_000
"""Settings and lists of interrupted scans."""

MANY_VALUES, FEWEST_BYTES = 1_000_000, 6
"""This many values are either a gallery of some 10,000 faces or take no more than 100 MB."""

MOST_VALUES = 12_000_000
"""The values of 300,000 faces, which take at most 1.5 GB."""

LONG_BYTES = 16_000_000
"""Shorter files take little memory, whatever they contain."""

MAX_WIDE_BYTES, MAX_WIDE_STRING_BYTES = 64_000_000, 1_000_000
"""Non-ASCII strings of a long file, in total and for a single one: names and paths."""

MAX_BACKSLASHES = 20_000_000
"""Backslashes in a long file, as in Windows paths. Python reads a string in pieces between them."""

_WIDE = re.compile(rb"[\x80-\xff]|\\u")
_END_OF_STRING = re.compile(rb'(?<!\\)"')
_ESCAPED_OR_WIDE = re.compile(r"\\.|[^\x00-\x7f]+", re.DOTALL)


class TooLargeError(ValueError):
    """More data than records can have; the text is read after "it"."""


def load_json(data: bytes) -> Any:
    """Parse JSON; raises TooLargeError or another ValueError, RecursionError.

    Objects take many times the memory of their text; a list of zeros takes 30 times. So a file with more
    values than records of its size can have is refused unparsed. Records have at most one value in 12 bytes.
    """
    values = most_values_in(data)
    if values > MOST_VALUES or (values > MANY_VALUES and values * FEWEST_BYTES > len(data)):
        raise TooLargeError("has more values than a gallery can have")
    if len(data) <= LONG_BYTES:
        return json.loads(data)
    return json.loads(_ascii(data))


def most_values_in(data: bytes) -> int:
    """The number of JSON values, or a little more: texts may have the same signs."""
    return data.count(b",") + data.count(b"[") + data.count(b"{")


def _ascii(data: bytes) -> str:
    """The same JSON with escapes for all non-ASCII characters, so that each character takes one byte."""
    if len(data) > MAX_RECORDS_BYTES:
        raise TooLargeError("is larger than a gallery can be")
    if data.count(b"\\") > MAX_BACKSLASHES:
        raise TooLargeError("has more escapes than a gallery can have")
    if b"\0" in data:  # as in a sparse file, which takes no space on disk
        raise TooLargeError("contains NUL characters")
    return b"".join(_escaped(data)).decode("ascii")


def _escaped(data: bytes) -> Iterator[bytes | memoryview]:
    view, done, wide_bytes = memoryview(data), 0, 0
    for start, end in _wide_strings(data):
        wide_bytes += end - start
        if wide_bytes > MAX_WIDE_BYTES or end - start > MAX_WIDE_STRING_BYTES:
            raise TooLargeError("has more non-ASCII text than a gallery can have")
        yield view[done:start]
        yield _ESCAPED_OR_WIDE.sub(_as_escape, str(view[start:end], "utf-8")).encode()
        done = end
    yield view[done:]


def _as_escape(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else json.dumps(found[0])[1:-1]


def _wide_strings(data: bytes) -> Iterator[tuple[int, int]]:
    """The spans of strings that contain non-ASCII characters or escapes of such.

    A span may be longer than its string, because a quotation mark after a backslash is never taken for the
    end.
    """
    end = 0
    while found := _WIDE.search(data, end):
        start = data.rfind(b'"', end, found.start())
        while start > 0 and data[start - 1] == ord("\\"):
            start = data.rfind(b'"', end, start)
        start = max(start, end)
        mark = _END_OF_STRING.search(data, found.end())
        end = len(data) if mark is None else mark.start()
        yield start, end


def damage_reason(exc: Exception) -> str:
    """Why a file cannot be read, for GalleryDamagedError."""
    if isinstance(exc, json.JSONDecodeError):
        return f"it is incomplete or damaged at line {exc.lineno}"
    if isinstance(exc, KeyError):
        return f"a record has no {exc}"
    if isinstance(exc, RecordError):
        return f"{exc}"
    if isinstance(exc, TooLargeError):
        return f"it {exc}"
    return marked("it is not a Face Match gallery")
