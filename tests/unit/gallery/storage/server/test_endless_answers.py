"""Servers that answer without end or not at all, and rows of hostile editors: an error in bounded memory."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryDamagedError, ImageUnreadableError
from face_match.core.gallery_place import ServerAddress
from face_match.core.server_errors import ServerAwayError
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage.server import answer_size, crops, limited_connection
from face_match.gallery.storage.server.connecting import connect, limit_statements, server_errors
from face_match.gallery.storage.server.opening import open_server_store
from face_match.gallery.storage.server.store import ServerStore
from tests.postgres import Postgres

PEOPLE = "SELECT 1"


class EvilServer:
    """Passes all on between a program and a real server, until it is told to answer in its own way.

    Args:
        path: the socket of the real server.
    """

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.answer: bytes | None = None
        """What it sends without end instead of the real answers; b"" for silence."""
        self.sent = 0
        self.is_over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.is_over.set()
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                program, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._path)
                for source, target in ((program, server), (server, program)):
                    threading.Thread(target=self._pass, args=(source, target, program), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, program: socket.socket) -> None:
        with contextlib.suppress(OSError), target:
            while part := source.recv(1 << 16):
                if target is not program or self.answer is None:
                    target.sendall(part)
                    continue
                target.sendall(COLUMN if self.answer.startswith(b"D") else b"")
                while not self.is_over.wait(0 if self.answer else 0.1):
                    target.sendall(self.answer)
                    self.sent += len(self.answer)


def message(kind: bytes, content: bytes) -> bytes:
    """A message of PostgreSQL's protocol."""
    return kind + struct.pack(">I", 4 + len(content)) + content


COLUMN = (
    message(b"1", b"")
    + message(b"2", b"")
    + message(b"T", struct.pack(">H6sIHIhiH", 1, b"value\0", 0, 0, 25, -1, -1, 0))
)
ROW = message(b"D", struct.pack(">Hi", 1, 1000) + b"x" * 1000)
ROW_BYTES = 300_000_000
"""The client library reads on within a row for as long as bytes come, before any are counted."""
ENDLESS = {
    "rows": ROW * 100,
    "small rows": message(b"D", struct.pack(">Hi", 1, 1) + b"x") * 1000,
    "one row": b"D" + struct.pack(">IHi", ROW_BYTES, 1, ROW_BYTES - 1000) + bytes(100_000),
    "notices": message(b"N", b"SNOTICE\0Mword\0\0") * 1000,
    "announcements": message(b"A", struct.pack(">I", 1) + b"channel\0" + b"x" * 1000 + b"\0") * 100,
    "settings": message(b"S", b"name\0" + b"v" * 1000 + b"\0") * 100,
}


@pytest.fixture
def evil_server(postgres: Postgres) -> Iterator[EvilServer]:
    server = EvilServer(next(path for path in postgres.data.glob(".s.PGSQL.*") if path.suffix != ".lock"))
    yield server
    server.close()


@pytest.fixture
def evil_address(evil_server: EvilServer, server_address: ServerAddress) -> ServerAddress:
    return replace(server_address, host="127.0.0.1", port=evil_server.port, options=(("sslmode", "disable"),))


@pytest.mark.skipif(sys.platform != "linux", reason="bytes are counted on Linux alone")
@pytest.mark.parametrize("kind", [*ENDLESS])
def test_an_answer_without_end_is_left(
    kind: str, evil_server: EvilServer, evil_address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_connection, "MAX_ANSWER_BYTES", 10_000_000)
    with contextlib.closing(connect(evil_address)) as connection:
        evil_server.answer = ENDLESS[kind]
        with pytest.raises(ServerAwayError, match="sends more"), server_errors(evil_address):
            connection.execute(PEOPLE)
        assert connection.closed
        assert evil_server.sent < ROW_BYTES + 100_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted on Linux alone")
def test_results_without_end_are_left_for_their_memory(
    evil_server: EvilServer, evil_address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_connection, "MAX_GROWTH_BYTES", 200_000_000)
    row = message(b"D", struct.pack(">Hi", 1, 1) + b"x")
    with contextlib.closing(connect(evil_address)) as connection:
        evil_server.answer = (COLUMN[10:] + row + message(b"C", b"SELECT 1\0")) * 100
        with pytest.raises(ServerAwayError, match="sends more"), server_errors(evil_address):
            connection.execute(PEOPLE)
        assert evil_server.sent < 100_000_000


def test_a_server_that_never_answers_is_left(evil_server: EvilServer, evil_address: ServerAddress) -> None:
    with contextlib.closing(connect(evil_address)) as connection:
        evil_server.answer = b""
        connection.max_answer_s = 0.3
        with pytest.raises(ServerAwayError, match="in time"), server_errors(evil_address):
            connection.execute(PEOPLE)
        assert connection.closed


def test_the_server_ends_statements_that_take_too_long(server_address: ServerAddress) -> None:
    with contextlib.closing(connect(server_address)) as connection:
        row = connection.execute("SHOW statement_timeout").fetchone()
        assert row is not None and row[0] == "10min"
        limit_statements(connection, 0.05)
        with pytest.raises(ServerAwayError, match="in time"), server_errors(server_address):
            connection.execute("SELECT pg_sleep(20)")
        assert connection.execute(PEOPLE).fetchone() == (1,)


@pytest.fixture
def ada(server_address: ServerAddress, add: Callable[..., Any]) -> ServerAddress:
    """The address of a gallery with Ada."""
    with Gallery.open(server_address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    return server_address


@pytest.mark.parametrize(
    ("hostile", "reading"),
    [
        ("UPDATE {0}.people SET name = repeat('x', 300000)", ServerStore.people),
        ("UPDATE {0}.faces SET rejections = to_json(repeat('x', 300000))", ServerStore.contents),
        ("UPDATE {0}.steps SET description = repeat('x', 300000)", ServerStore.steps),
        (
            "UPDATE {0}.edits SET edit = to_json(repeat('x', 300000))",
            lambda store: [store.edits_of(step.id) for step in store.steps()],
        ),
        (
            "UPDATE {0}.changes SET keys = to_json(repeat('x', 300000))",
            lambda store: store.changes_since(0),
        ),
    ],
)
def test_rows_that_are_too_large_are_not_read(
    hostile: str,
    reading: Callable[[ServerStore], object],
    ada: ServerAddress,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer_size, "MAX_TEXT_BYTES", 200_000)
    with contextlib.closing(open_server_store(ada, for_writing=False)) as store:
        reading(store)
        postgres.sql(hostile.format(ada.schema))
        with pytest.raises(GalleryDamagedError, match="larger than 600 MB"):
            reading(store)


def test_a_crop_that_is_too_large_is_not_read(ada: ServerAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    with Gallery.open(ada, for_writing=False) as gallery:
        [file] = gallery.crops.files()
        assert gallery.crops.read_bytes(file)
        monkeypatch.setattr(crops, "MAX_CROP_BYTES", 10)
        with pytest.raises(ImageUnreadableError, match="too large"):
            gallery.crops.read_bytes(file)
