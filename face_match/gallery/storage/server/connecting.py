"""Connections to the server of a gallery: passwords, TLS, and what a failure means."""

from __future__ import annotations

import contextlib
import ipaddress
import os
from collections.abc import Iterator

import psycopg
from psycopg import sql

from face_match.core.errors import KeyringError
from face_match.core.gallery_place import ServerAddress
from face_match.core.server_errors import (
    ServerAwayError,
    ServerError,
    ServerPasswordError,
    ServerRightsError,
    ServerUnsuitableError,
)
from face_match.core.translation import marked
from face_match.gallery.storage.server import passwords
from face_match.gallery.storage.server.limited_connection import (
    MAX_STATEMENT_S,
    AnswerTooLargeError,
    AnswerTooLateError,
    LimitedConnection,
)

OLDEST_SERVER = 15
OLDEST_PGVECTOR = (0, 8)
"""The first with iterative scans of an index."""

CONNECT_S = 10
SETTINGS = {
    "application_name": "face-match",
    "client_encoding": "UTF8",
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A server that has vanished is noticed within half a minute, also while nothing is asked of it."""

_LIBPQ_WITH_REQUIRE_AUTH = 160_000

_REASONS = (
    (("resolve host", "translate host name"), marked("there is no computer of this name")),
    (("timeout", "timed out"), marked("it did not answer in time")),
    (("root certificate file",), marked("there is no file of the authorities that vouch for it")),
    (("does not match host name",), marked("its certificate is that of another computer")),
    (
        ("certificate verify failed",),
        marked("no authority of the address vouches for its certificate"),
    ),
    (("SSL", "certificate", "TLS"), marked("there is no TLS connection as the address asks for")),
    (("refused", "No such file", "not running"), marked("no server answers there")),
    (("starting up", "shutting down", "recovery mode"), marked("it is just starting or stopping")),
    (("too many",), marked("it has no room for another connection")),
)
"""What the client library says, which has no codes for it, and what that means. Servers that speak another
language than English get the last resort."""


def connect(address: ServerAddress) -> LimitedConnection:
    """A connection to the server, each statement of which is a transaction of its own.

    The password is the one of the address, else that of PGPASSWORD or `.pgpass`, which the client library
    reads, else the one in the system's keyring, which is read only where the server wants a password.

    Raises:
        ServerAwayError, ServerPasswordError, ServerRightsError, ServerUnsuitableError.
    """
    try:
        connection = _connect(address, address.password)
    except ServerPasswordError:
        kept = None if address.password or os.environ.get("PGPASSWORD") else _kept_password(address)
        if kept is None:
            raise
        connection = _connect(address, kept)
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(connection.close)
        with server_errors(address):
            require_suitable(connection, address)
            limit_statements(connection, MAX_STATEMENT_S)
        on_failure.pop_all()
    return connection


def _kept_password(address: ServerAddress) -> str | None:
    with contextlib.suppress(KeyringError):
        return passwords.kept(address)
    return None


def _connect(address: ServerAddress, password: str | None) -> LimitedConnection:
    options: dict[str, object] = {"connect_timeout": CONNECT_S, **SETTINGS, **dict(address.options)}
    if password is not None:
        options["password"] = password
    if address.may_lack_tls and psycopg.pq.version() >= _LIBPQ_WITH_REQUIRE_AUTH:
        # whoever sits between, or listens here in place of the server, could ask for it in plain text
        options["require_auth"] = "!password"
    try:
        connection = LimitedConnection.connect(
            host=address.host or None,
            port=address.port,
            user=address.user or None,
            dbname=address.database,
            autocommit=True,
            **options,  # type: ignore[arg-type]  # options of libpq
        )
    except UnicodeError:  # Python's encoding of names of computers
        raise ServerAwayError(address.name, marked("there is no computer of this name")) from None
    except psycopg.Error as exc:
        # without its cause, which has the server's words
        raise _refusal(address, exc) from None
    connection.pgconn.notice_handler = None  # nobody reads them, and Ctrl+C would be lost in it
    return connection


def _refusal(address: ServerAddress, exc: psycopg.Error) -> ServerError:
    said = str(exc)
    attempt = exc.pgconn
    if attempt is not None and (attempt.needs_password or attempt.used_password):
        return ServerPasswordError(address.name, was_given=not attempt.needs_password)
    for words, reason in _REASONS:
        if any(word in said for word in words):
            return ServerAwayError(address.name, reason)
    if "database" in said and "does not exist" in said:
        return ServerAwayError(address.name, marked("it has no database of this name"))
    if "role" in said and "does not exist" in said:
        return ServerPasswordError(address.name, was_given=True)
    if "pg_hba.conf" in said or "permission denied" in said or "not permitted" in said:
        return ServerRightsError(address.name, marked("it lets no such user in from here"))
    return ServerAwayError(address.name, marked("the connection failed"))


def require_suitable(connection: psycopg.Connection, address: ServerAddress) -> None:
    """Check that the server can hold a gallery; raises ServerUnsuitableError."""
    version = connection.info.server_version // 10_000
    if version < OLDEST_SERVER:
        raise ServerUnsuitableError(
            address.name, f"it has PostgreSQL {version}, and {OLDEST_SERVER} or newer is needed"
        )
    found = connection.execute(
        "SELECT coalesce((SELECT extversion FROM pg_extension WHERE extname = 'vector'),"
        " (SELECT default_version FROM pg_available_extensions WHERE name = 'vector'))"
    ).fetchone()
    if found is None or found[0] is None:
        raise ServerUnsuitableError(address.name, marked("it does not have the extension pgvector"))
    numbers = [int(part) if part.isdigit() else 0 for part in str(found[0]).split(".")[:2]]
    if tuple(numbers) < OLDEST_PGVECTOR:
        needed = ".".join(map(str, OLDEST_PGVECTOR))
        raise ServerUnsuitableError(
            address.name, f"it has pgvector {found[0]}, and {needed} or newer is needed"
        )


def limit_statements(connection: psycopg.Connection, seconds: float) -> None:
    """Let the server end statements of a connection after a time; 0 for never."""
    milliseconds = str(round(seconds * 1000))
    connection.execute("SELECT set_config('statement_timeout', %s, false)", (milliseconds,))


def may_edit(connection: psycopg.Connection, schema: str, tables: tuple[str, ...]) -> bool:
    """Whether the user may change rows of all tables of a gallery, and the server takes changes: copies that
    follow another server do not."""
    for table in tables:
        name = sql.Identifier(schema, table).as_string(connection)
        row = connection.execute(
            "SELECT has_table_privilege(%(name)s, 'INSERT') AND has_table_privilege(%(name)s, 'UPDATE')"
            " AND has_table_privilege(%(name)s, 'DELETE') AND NOT pg_is_in_recovery()",
            {"name": name},
        ).fetchone()
        if row is None or not row[0]:
            return False
    return True


def is_unprotected(connection: psycopg.Connection, address: ServerAddress) -> bool:
    """Whether others on the network can read what goes over this connection."""
    made = connection.pgconn
    if made.ssl_in_use:
        return False
    if made.hostaddr:  # where it really went, whatever the address and the environment say
        return not ipaddress.ip_address(made.hostaddr.decode()).is_loopback
    return not address.is_local


@contextlib.contextmanager
def server_errors(address: ServerAddress) -> Iterator[None]:
    """Raise the database's errors of the block as kinds of ServerError, without the server's words."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege:
        raise ServerRightsError(address.name, marked("it refused this")) from None
    except psycopg.errors.ReadOnlySqlTransaction:
        raise ServerRightsError(address.name, marked("it may only be read")) from None
    except AnswerTooLargeError:
        raise ServerAwayError(address.name, marked("it sends more than a gallery can have")) from None
    except (AnswerTooLateError, psycopg.errors.QueryCanceled):
        raise ServerAwayError(address.name, marked("it did not answer in time")) from None
    except psycopg.OperationalError as exc:
        full = exc.sqlstate in ("53100", "53200", "54000")
        reason = marked("it has no room left") if full else marked("the connection was lost")
        raise ServerAwayError(address.name, reason) from None
