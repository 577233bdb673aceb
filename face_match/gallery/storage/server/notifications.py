"""Hearing from the server that others have changed the gallery."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import selectors
import socket
import threading
from collections.abc import Callable

import psycopg
from psycopg import sql

from face_match.core.server_errors import ServerError
from face_match.gallery.storage.store import Listener

log = logging.getLogger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 15.0
"""Between attempts to reach a server that is away: each pause is twice the one before."""

HEARTBEAT_S = 20.0
"""After so long without a word, a question finds out whether the server is still there."""

REST_S = 0.1
"""After a word, so that anybody who announces thousands a second is heard ten times."""


def channel_of(schema: str) -> str:
    """The channel on which the changes of a gallery are announced; a digest, since its name must be short."""
    return f"face_match_{hashlib.sha256(schema.encode()).hexdigest()[:16]}"


class Notifications:
    """A thread with a connection of its own that listens until it is closed, and connects again by itself."""

    def __init__(self, connect: Callable[[], psycopg.Connection], schema: str, listener: Listener) -> None:
        """Begin to listen.

        Args:
            connect: makes a connection; raises ServerError.
            listener: is called in this thread.
        """
        self._connect = connect
        self._channel = channel_of(schema)
        self._listener = listener
        self._is_closed = threading.Event()
        self._wake, self._waker = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="notifications", daemon=True)
        self._thread.start()

    def close(self, timeout_s: float = 0) -> None:
        """Stop listening; returns at once, or when the thread has ended, or after a time."""
        self._is_closed.set()
        with contextlib.suppress(OSError):
            self._waker.send(b"\0")
        if timeout_s:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        pause, was_lost = FIRST_PAUSE_S, False
        try:
            while not self._is_closed.is_set():
                try:
                    with contextlib.closing(self._connect()) as connection:
                        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
                        pause = FIRST_PAUSE_S
                        if was_lost:
                            was_lost = False
                            self._tell(self._listener.on_back)
                        self._tell(self._listener.on_changed)  # what happened before it listened
                        self._listen(connection)
                except (ServerError, psycopg.Error, OSError) as exc:
                    log.info("the server of the gallery is away: %s", type(exc).__name__)
                    if not was_lost:
                        was_lost = True
                        self._tell(self._listener.on_lost)
                    self._is_closed.wait(pause)
                    pause = min(2 * pause, LONGEST_PAUSE_S)
        finally:
            self._wake.close()
            self._waker.close()

    def _listen(self, connection: psycopg.Connection) -> None:
        """Pass announcements on until it is closed; raises psycopg.Error or OSError if the server goes."""
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._wake, selectors.EVENT_READ)
            while not self._is_closed.is_set():
                is_quiet = not selector.select(HEARTBEAT_S)
                if self._is_closed.is_set():
                    return
                if is_quiet:
                    connection.execute("SELECT 1")
                if [*connection.notifies(timeout=0)]:  # several are one
                    self._tell(self._listener.on_changed)
                    self._is_closed.wait(REST_S)

    def _tell(self, what: Callable[[], None]) -> None:
        if not self._is_closed.is_set():
            what()
