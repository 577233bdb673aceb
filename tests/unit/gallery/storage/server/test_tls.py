"""TLS: the address says what is asked of the server, and nothing goes to one that does not meet it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.core.messages import error_message
from face_match.core.server_errors import ServerAwayError
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage.server.connecting import connect, is_unprotected
from tests.postgres import SECRET, Postgres
from tests.unit.gallery.conftest import Add
from tests.unit.gallery.storage.server.tls_front import KERBEROS_REQUEST, TLS_REQUEST, Authority, TlsFront

NO_TLS = "there is no TLS connection as the address asks for"
NOT_VOUCHED_FOR = "no authority of the address vouches for its certificate"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "right")


def test_a_server_that_the_authority_vouches_for_has_galleries(
    postgres: Postgres, server_address: ServerAddress, authority: Authority, add: Add
) -> None:
    with TlsFront(postgres.data, authority.server()) as front:
        address = front.address(server_address, "verify-full", authority.file)
        with connect(address) as connection:
            assert connection.pgconn.ssl_in_use
            assert not is_unprotected(connection, address)
        with Gallery.open(address, for_writing=True) as gallery:
            add(gallery, "Ada", 1)
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ["Ada"]


def test_a_password_is_asked_for_inside_tls(
    postgres: Postgres, user_with_password: ServerAddress, authority: Authority
) -> None:
    with TlsFront(postgres.data, authority.server()) as front:
        address = front.address(user_with_password, "verify-full", authority.file)
        connect(replace(address, password=SECRET)).close()
        assert SECRET.encode() not in front.received, "not even there: SCRAM proves that it is known"


@pytest.mark.parametrize("mode", ["verify-full", "verify-ca"])
def test_a_certificate_of_another_authority_is_refused(
    mode: str, postgres: Postgres, server_address: ServerAddress, authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path / "wrong")
    with TlsFront(postgres.data, other.server()) as front:
        assert (
            refusal(front, replace(server_address, password=SECRET), mode, authority.file) == NOT_VOUCHED_FOR
        )


def test_a_certificate_of_another_computer_is_refused_where_the_whole_is_checked(
    postgres: Postgres, server_address: ServerAddress, authority: Authority
) -> None:
    with TlsFront(postgres.data, authority.server("127.0.0.3")) as front:
        reason = refusal(front, server_address, "verify-full", authority.file)
        assert reason == "its certificate is that of another computer"
        connect(front.address(server_address, "verify-ca", authority.file)).close()


def test_an_old_certificate_is_refused(
    postgres: Postgres, server_address: ServerAddress, authority: Authority
) -> None:
    with TlsFront(postgres.data, authority.server(is_expired=True)) as front:
        assert refusal(front, server_address, "verify-full", authority.file) == NOT_VOUCHED_FOR


def test_a_file_of_authorities_that_is_not_there_is_named(
    postgres: Postgres, server_address: ServerAddress, authority: Authority, tmp_path: Path
) -> None:
    with TlsFront(postgres.data, authority.server()) as front:
        reason = refusal(front, server_address, "verify-full", tmp_path / "nowhere.pem")
        assert reason == "there is no file of the authorities that vouch for it"


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_there_is_no_way_back_to_plain_text(
    mode: str, postgres: Postgres, server_address: ServerAddress, authority: Authority
) -> None:
    """Whoever sits between can say that the server has no TLS."""
    with TlsFront(postgres.data, None) as front:
        assert refusal(front, server_address, mode, authority.file) == NO_TLS


def refusal(front: TlsFront, of: ServerAddress, mode: str, authority: Path) -> str:
    """Why a server is refused, to which nothing but the wish for TLS was sent."""
    with pytest.raises(ServerAwayError) as caught:
        connect(front.address(of, mode, authority))
    assert caught.value.detail in error_message(caught.value)
    assert not front.received.replace(TLS_REQUEST, b"").replace(KERBEROS_REQUEST, b"")
    return str(caught.value.detail)
