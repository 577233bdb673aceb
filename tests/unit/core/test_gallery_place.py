"""Addresses of galleries on servers: read strictly, and written without the password."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from face_match.core.gallery_place import ServerAddress, gallery_place, is_server_address
from face_match.core.server_errors import ServerAddressError

FULL = (
    "postgresql://ada@archive.example:5433/photos?schema=family&sslmode=verify-full&sslrootcert=/etc/ca.pem"
)


def test_an_address_says_where_the_gallery_is() -> None:
    address = ServerAddress.parse(FULL)
    assert (address.host, address.port, address.user) == ("archive.example", 5433, "ada")
    assert (address.database, address.schema, address.sslmode) == ("photos", "family", "verify-full")


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        "postgresql:///photos",
        "postgresql://postgres@/postgres?host=/tmp/a%20b",
        "postgresql://a%40b@[::1]/p%2Fq?schema=M%C3%BCller",
    ],
)
def test_an_address_is_the_same_after_it_was_written(text: str) -> None:
    address = ServerAddress.parse(text)
    assert ServerAddress.parse(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ada:p%40ss-secret@archive.example/photos",
        "postgresql://archive.example/photos?user=ada&password=p%40ss-secret",
        "postgres://ada:p%40ss-secret@archive.example/photos?schema=x",
    ],
)
def test_a_password_in_an_address_is_taken_out(text: str) -> None:
    address = ServerAddress.parse(text)
    assert address.password == "p@ss-secret"
    for shown in (str(address), repr(address), address.name, address.digest, f"{address}"):
        assert "secret" not in shown
    assert b"secret" not in pickle.dumps(address.without_password())
    assert address == address.without_password()
    assert address.digest == address.without_password().digest


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ada:secret@archive.example",
        "postgressql://ada:secret@archive.example/photos",
        "postgresql:/ada:secret@archive.example/photos",
        "smb://ada:secret@archive.example/photos",
        "postgresql://ada:secret@archive.example/photos?service=x",
        "postgresql://ada:secret@archive.example/photos?options=-csearch_path%3Dx",
        "postgresql://ada:secret@archive.example/photos?passfile=/etc/secret",
        "postgresql://ada:secret@archive.example/photos?sslmode=off",
        "postgresql://ada:secret@archive.example/photos?schema=pg_catalog",
        "postgresql://ada:secret@archive.example/photos?schema=a&schema=b",
        "postgresql://ada:secret@archive.example:99999/photos",
        "postgresql://ada:secret@archive.example:secret/photos",
        "postgresql://ada:secret@a,b/photos",
        "postgresql://ada:secret@archive.example/photos%00",
        "postgresql://ada:secret@archive.example/" + "p" * 64,
        "postgresql://ada:secret@[archive.example/photos",
        "postgresql://ada:secret@archive.example/photos?secret",
        "postgresql://ada:secret@archive.example/photos?connect_timeout=1s",
        "postgresql://" + "secret" * 1000,
    ],
)
def test_an_address_that_cannot_be_one_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(ServerAddressError) as caught:
        ServerAddress.parse(text)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_only_addresses_are_taken_for_servers() -> None:
    assert is_server_address("POSTGRESQL://a/b")
    assert gallery_place("photos/postgresql") == Path("photos/postgresql")
    assert gallery_place(r"C:\photos") == Path(r"C:\photos")


@pytest.mark.parametrize(
    ("text", "variables", "is_local"),
    [
        ("postgresql:///photos", {}, True),
        ("postgresql://localhost/photos", {}, True),
        ("postgresql:///photos", {"PGHOST": "/run/postgresql"}, True),
        ("postgresql:///photos", {"PGHOST": "archive.example"}, False),
        ("postgresql://localhost/photos", {"PGHOST": "archive.example"}, True),
        ("postgresql://localhost/photos", {"PGHOSTADDR": "192.0.2.1"}, False),
        ("postgresql:///photos", {"PGSERVICE": "archive"}, False),
        ("postgresql://archive.example/photos", {}, False),
    ],
)
def test_a_server_on_this_computer_is_known(
    text: str, variables: dict[str, str], is_local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ServerAddress.parse(text).is_local is is_local
