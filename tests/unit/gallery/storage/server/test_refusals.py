"""What cannot be a gallery is refused before anything is changed, with both versions where these are why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from face_match.core.errors import GalleryDamagedError, GalleryNewerError
from face_match.core.gallery_place import ServerAddress
from face_match.core.messages import error_message
from face_match.core.server_errors import ServerUnsuitableError
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage.server.connecting import connect, require_suitable
from face_match.gallery.storage.server.schema import VERSION
from tests.postgres import Postgres


@pytest.fixture
def bare(postgres: Postgres) -> Iterator[ServerAddress]:
    """A database without the extension, and a user who may make schemas there, but not install it."""
    postgres.sql("CREATE ROLE mae LOGIN")
    postgres.sql("CREATE DATABASE bare TEMPLATE template0 OWNER mae")
    yield replace(postgres.address(), database="bare", user="mae")
    postgres.sql("DROP DATABASE bare WITH (FORCE)")
    postgres.sql("DROP ROLE mae")


def test_an_extension_that_the_user_may_not_install(bare: ServerAddress, postgres: Postgres) -> None:
    with pytest.raises(ServerUnsuitableError) as caught:
        Gallery.open(bare, for_writing=True)
    assert "CREATE EXTENSION vector;" in error_message(caught.value)
    with connect(bare) as connection:
        query = "SELECT count(*) FROM pg_namespace WHERE nspname = %s"
        assert connection.execute(query, (bare.schema,)).fetchone() == (0,)
    Gallery.open(replace(bare, user="postgres"), for_writing=True).close()


@pytest.mark.parametrize("for_writing", [False, True])
def test_a_gallery_of_a_later_version(
    for_writing: bool, postgres: Postgres, server_address: ServerAddress
) -> None:
    Gallery.open(server_address, for_writing=True).close()
    postgres.sql(f"UPDATE {server_address.schema}.about SET value = '{VERSION + 1}' WHERE name = 'version'")
    with pytest.raises(GalleryNewerError) as caught:
        Gallery.open(server_address, for_writing=for_writing)
    message = error_message(caught.value)
    assert f"(format {VERSION + 1}; this version reads formats up to {VERSION})" in message


@pytest.mark.parametrize("name", ["version", "crops"])
def test_what_is_recorded_about_a_gallery_is_missing(
    name: str, postgres: Postgres, server_address: ServerAddress
) -> None:
    Gallery.open(server_address, for_writing=True).close()
    postgres.sql(f"DELETE FROM {server_address.schema}.about WHERE name = '{name}'")
    with pytest.raises(GalleryDamagedError, match=f"about has no {name}"):
        Gallery.open(server_address, for_writing=False)


def test_a_pgvector_that_is_too_old(server_address: ServerAddress) -> None:
    """No such server can be started here: its answer is made up."""

    class Answer:
        server_version = 180000

        def execute(self, _: str) -> Any:
            return self

        def fetchone(self) -> tuple[str]:
            return ("0.7.4",)

    class Old(Answer):
        info = Answer()

    with pytest.raises(ServerUnsuitableError) as caught:
        require_suitable(Old(), server_address)  # type: ignore[arg-type]
    assert caught.value.detail == "it has pgvector 0.7.4, and 0.8 or newer is needed"
