"""Connections that give up on a server which answers without end.

The client library reads each answer into memory before anybody sees a row, for as long as it comes. So the
bytes and the seconds of an answer are counted while they arrive.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from face_match.core.atomic_files import read_start

T = TypeVar("T")

MAX_ANSWER_BYTES = 700_000_000
"""Small rows take nearly three times as much memory."""
MAX_GROWTH_BYTES = 3_500_000_000
"""Of the whole process while an answer comes: millions of tiny results take fifty times their bytes. Photos
that other threads decode have a budget of 3.3 GB."""
_EVENTS = 64
"""The memory is measured once in so many parts of an answer."""
MAX_STATEMENT_S = 600.0
"""The server ends a statement after this time."""
MAX_ANSWER_S = MAX_STATEMENT_S + 30
"""A server that does not is left after this time."""

_BYTES_RECEIVED = struct.Struct("<128xQ" if sys.byteorder == "little" else ">128xQ")
"""`tcpi_bytes_received` in `struct tcp_info` of Linux 4.1 and later."""


class AnswerTooLargeError(psycopg.OperationalError):
    """An answer of more than `MAX_ANSWER_BYTES`."""


class AnswerTooLateError(psycopg.OperationalError):
    """An answer that was not complete after `max_answer_s`."""


class LimitedConnection(psycopg.Connection[Any]):
    """A connection that is closed if an answer is too large or too late.

    Bytes and memory are counted on Linux alone, bytes only over TCP: other systems do not tell them.

    Attributes:
        max_answer_s: None for work that may take any time.
    """

    max_answer_s: float | None = MAX_ANSWER_S

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **options: Any) -> T:
        """Run a generator of the driver that asks the server; raises psycopg.OperationalError."""
        with _count_of(self.pgconn.socket) as count, contextlib.closing(gen):
            try:
                return super().wait(_limited(gen, count, self.max_answer_s), *args, **options)
            except (AnswerTooLargeError, AnswerTooLateError):
                self.pgconn.finish()  # what is left of the answer would be the next one's
                raise


def _limited(
    gen: Generator[Any, Any, T], count: socket.socket | None, max_s: float | None
) -> Generator[Any, Any, T]:
    """The generator, which ends with an error beyond the limits."""
    end = None if max_s is None else time.monotonic() + max_s
    before, used, events = _received(count), _used_memory(), 0
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if _received(count) - before > MAX_ANSWER_BYTES:
                raise AnswerTooLargeError
            events += 1
            if events % _EVENTS == 0 and _used_memory() - used > MAX_GROWTH_BYTES:
                raise AnswerTooLargeError
            if end is not None and time.monotonic() > end:
                raise AnswerTooLateError
            wanted = gen.send(ready)
    except StopIteration as done:
        result: T = done.value
        return result


@contextlib.contextmanager
def _count_of(descriptor: int) -> Iterator[socket.socket | None]:
    """The socket of a connection, if the system counts its bytes."""
    if sys.platform != "linux":
        yield None
        return
    with socket.socket(fileno=socket.dup(descriptor)) as own:
        yield own if own.family in (socket.AF_INET, socket.AF_INET6) else None


def _used_memory() -> int:
    """The bytes of memory that the process uses; 0 where the system does not tell them quickly."""
    if sys.platform != "linux":
        return 0
    return int(read_start(Path("/proc/self/statm"), 200).split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _received(count: socket.socket | None) -> int:
    """The bytes that have come over a connection so far; 0 if the system does not count them."""
    if count is None:
        return 0
    facts = count.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _BYTES_RECEIVED.size)
    return int(_BYTES_RECEIVED.unpack(facts)[0]) if len(facts) == _BYTES_RECEIVED.size else 0
