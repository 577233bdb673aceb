"""Accidents in the middle of an edit: something happens before, or instead of the answer to, a statement."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import psycopg

STATEMENTS = ((psycopg.Cursor, "execute"), (psycopg.Cursor, "executemany"), (psycopg.Connection, "commit"))
"""All that SQLAlchemy asks of the driver during an edit, but for rolling back."""


class Calls:
    """The statements of a block, counted."""

    count = 0


@contextlib.contextmanager
def before_statement(number: int, happens: Callable[[psycopg.Connection[Any]], None]) -> Iterator[Calls]:
    """A context in which something happens before the n-th statement or commit; 0 for never."""
    calls = Calls()

    def counted(do: Callable[..., Any]) -> Callable[..., Any]:
        def call(of: Any, *arguments: Any, **options: Any) -> Any:
            calls.count += 1
            if calls.count == number:
                happens(of if isinstance(of, psycopg.Connection) else of.connection)
            return do(of, *arguments, **options)

        return call

    with contextlib.ExitStack() as patches:
        for of, name in STATEMENTS:
            patches.enter_context(mock.patch.object(of, name, counted(getattr(of, name))))
        yield calls


@contextlib.contextmanager
def answer_lost(number: int) -> Iterator[Calls]:
    """A context in which the n-th commit is made, and the connection lost before the answer arrives."""
    calls, commit = Calls(), psycopg.Connection.commit

    def call(connection: psycopg.Connection[Any]) -> None:
        calls.count += 1
        commit(connection)
        if calls.count == number:
            connection.close()
            raise psycopg.OperationalError("the connection is lost")

    with mock.patch.object(psycopg.Connection, "commit", call):
        yield calls
