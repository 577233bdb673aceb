"""JSON from files that may come from others: how large they may be, and what reading them takes.

Python keeps a text with one emoji in four bytes for each character. So what is long is read as ASCII.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MAX_RECORDS_BYTES = 800_000_000
"""Of records: 250,000 samples with embeddings of 512 dimensions, or three times as many of 128. The file, its
text and its values are in memory at once."""

MAX_PLAN_BYTES = 64_000_000
"""Of what is to be erased: one person's, who may have tens of thousands of samples."""

MAX_SMALL_BYTES = 4_000_000
"""Of settings, and of which folders were not finished."""

MANY_VALUES, FEWEST_BYTES = 1_000_000, 6
"""So many values in JSON are a gallery of some ten thousand samples, or take no more than 100 MB if not."""

MOST_VALUES = 12_000_000
"""Of 300,000 samples; they take 1.5 GB at most."""

LONG_BYTES = 16_000_000
"""What is shorter takes little memory whatever is in it."""

MAX_WIDE_BYTES, MAX_WIDE_STRING_BYTES = 64_000_000, 1_000_000
"""Of strings of a long file that are not ASCII, in all and of one: names, and where photos lie."""

MAX_BACKSLASHES = 20_000_000
"""In a long file, as in places of photos on Windows. Python reads a string in pieces from one to the next."""

_WIDE = re.compile(rb"[\x80-\xff]|\\u")
_END_OF_STRING = re.compile(rb'(?<!\\)"')
_ESCAPED_OR_WIDE = re.compile(r"\\.|[^\x00-\x7f]+", re.DOTALL)


class TooLargeError(ValueError):
    """What is more than records have; the text goes on after "it"."""


def load_json(data: bytes) -> Any:
    """JSON from a file; raises TooMuchError or another ValueError, RecursionError.

    Objects take many times the memory of their text: a list of zeros 30 times. What has more values than
    records of that size can have is refused before it is read; they have one in 12 bytes or more.
    """
    values = data.count(b",") + data.count(b"[") + data.count(b"{")
    if values > MOST_VALUES or (values > MANY_VALUES and values * FEWEST_BYTES > len(data)):
        raise TooLargeError("has more values than records have")
    if len(data) <= LONG_BYTES:
        return json.loads(data)
    return json.loads(_ascii(data))


def _ascii(data: bytes) -> str:
    """The same JSON, in which what is not ASCII is escaped: of one byte for each character."""
    if len(data) > MAX_RECORDS_BYTES:
        raise TooLargeError("is larger than records are")
    if data.count(b"\\") > MAX_BACKSLASHES:
        raise TooLargeError("has more escapes than records have")
    if b"\0" in data:  # as in a sparse file, which takes no room on the disk
        raise TooLargeError("has NUL characters")
    return b"".join(_escaped(data)).decode("ascii")


def _escaped(data: bytes) -> Iterator[bytes | memoryview]:
    view, done, wide_bytes = memoryview(data), 0, 0
    for start, end in _wide_strings(data):
        wide_bytes += end - start
        if wide_bytes > MAX_WIDE_BYTES or end - start > MAX_WIDE_STRING_BYTES:
            raise TooLargeError("has more text that is not ASCII than records have")
        yield view[done:start]
        yield _ESCAPED_OR_WIDE.sub(_as_escape, str(view[start:end], "utf-8")).encode()
        done = end
    yield view[done:]


def _as_escape(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else json.dumps(found[0])[1:-1]


def _wide_strings(data: bytes) -> Iterator[tuple[int, int]]:
    """Where strings are that are not ASCII, or have escapes of what is not.

    They may be told to be longer: a quotation mark behind a backslash is never taken for their end.
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
