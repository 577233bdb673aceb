"""Connecting to the server of a gallery: passwords, TLS, and what failures are called."""

from __future__ import annotations

import socket
import struct
import threading
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.core.messages import error_message
from face_match.core.server_errors import (
    ServerAwayError,
    ServerError,
    ServerPasswordError,
    ServerUnsuitableError,
)
from face_match.gallery.storage.server import passwords
from face_match.gallery.storage.server.connecting import connect, require_suitable
from tests.memory_keyring import MemoryKeyring
from tests.postgres import SECRET


@pytest.fixture
def ada(user_with_password: ServerAddress) -> ServerAddress:
    return user_with_password


def test_a_server_that_wants_a_password_says_so(ada: ServerAddress) -> None:
    with pytest.raises(ServerPasswordError) as caught:
        connect(ada)
    assert not caught.value.was_given
    with pytest.raises(ServerPasswordError) as caught:
        connect(replace(ada, password="wrong"))
    assert caught.value.was_given


def test_the_password_comes_from_the_address_the_environment_or_a_file(
    ada: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opens(replace(ada, password=SECRET))
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert opens(ada)
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "pgpass"
    file.write_text(f"*:*:{ada.database}:{ada.user}:{SECRET}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    assert opens(ada)


def test_the_keyring_opens_the_gallery_while_its_entry_is_there(
    ada: ServerAddress, own_keyring: MemoryKeyring
) -> None:
    passwords.keep(replace(ada, password=SECRET))
    assert opens(ada)
    assert all(SECRET not in "".join(key) for key in own_keyring.entries)
    passwords.forget(ada)
    assert not own_keyring.entries
    with pytest.raises(ServerPasswordError):
        connect(ada)


def test_no_error_shows_a_password(ada: ServerAddress) -> None:
    wrong = "wrong-0815"
    for change in (
        {"user": ada.user},
        {"user": "postgres", "database": "nowhere"},
        {"host": "/nowhere"},
        {"host": "nowhere.invalid"},
    ):
        address = replace(ada, password=wrong, **change)
        with pytest.raises(ServerError) as caught:
            connect(address)
        shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
        assert wrong not in shown + error_message(caught.value)


def opens(address: ServerAddress) -> bool:
    with connect(address) as connection:
        return connection.execute("SELECT true").fetchone() == (True,)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"host": "nowhere.invalid"}, "there is no computer of this name"),
        ({"host": "../../tmp"}, "there is no computer of this name"),
        ({"host": "127.0.0.1", "port": 1}, "no server answers there"),
        ({"host": "/nowhere"}, "no server answers there"),
        ({"database": "nowhere"}, "it has no database of this name"),
    ],
)
def test_a_server_that_cannot_be_reached_says_why(
    server_address: ServerAddress, change: dict[str, object], reason: str
) -> None:
    with pytest.raises(ServerAwayError) as caught:
        connect(replace(server_address, **change))  # type: ignore[arg-type]
    assert caught.value.detail == reason


def test_a_user_whom_the_server_does_not_know_is_refused(server_address: ServerAddress) -> None:
    with pytest.raises(ServerPasswordError):
        connect(replace(server_address, user="nobody"))


def test_a_server_without_tls_is_refused_where_the_address_asks_for_it(server_address: ServerAddress) -> None:
    """Sockets have no TLS, and a server beside the program has none either."""
    with FakeServer() as server, pytest.raises(ServerAwayError) as caught:
        connect(
            replace(server_address, host="127.0.0.2", port=server.port, options=(("sslmode", "require"),))
        )
    assert caught.value.detail == "there is no TLS connection as the address asks for"


@pytest.mark.parametrize(
    ("host", "options", "variables"),
    [
        ("127.0.0.2", (), {}),
        ("127.0.0.2", (("sslmode", "disable"),), {}),
        ("", (), {"PGHOST": "127.0.0.2"}),
        ("localhost", (), {"PGHOSTADDR": "127.0.0.2"}),
        ("127.0.0.1", (), {"PGHOSTADDR": "127.0.0.2", "PGPASSWORD": SECRET}),
    ],
)
def test_no_password_goes_out_as_plain_text(
    server_address: ServerAddress,
    host: str,
    options: tuple[tuple[str, str], ...],
    variables: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever sits between, or listens here while the server is down, can say that it has no TLS, and ask for
    the password itself."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    password = None if "PGPASSWORD" in variables else SECRET
    with FakeServer() as server, pytest.raises(ServerError):
        connect(replace(server_address, host=host, port=server.port, options=options, password=password))
    assert server.was_asked
    assert SECRET.encode() not in server.received


def test_an_old_server_cannot_hold_a_gallery(server_address: ServerAddress) -> None:
    class Info:
        server_version = 140011

    class Old:
        info = Info()

    with pytest.raises(ServerUnsuitableError) as caught:
        require_suitable(Old(), server_address)  # type: ignore[arg-type]
    assert caught.value.detail == "it has PostgreSQL 14, and 15 or newer is needed"


class FakeServer:
    """Answers that it has no TLS, then asks for the password in plain text."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.2", 0))
        self._socket.settimeout(10)
        self.port: int = self._socket.getsockname()[1]
        self.received = b""
        self.was_asked = False
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> FakeServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection:
            connection.settimeout(5)
            while part := connection.recv(4096):
                self.received += part
                if len(part) == 8:  # a request for TLS, or for encryption by Kerberos
                    connection.sendall(b"N")
                elif not self.was_asked:
                    self.was_asked = True
                    connection.sendall(b"R" + struct.pack("!ii", 8, 3))
