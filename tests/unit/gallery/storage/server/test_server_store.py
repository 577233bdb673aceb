"""A gallery on a server has what one in a folder has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from face_match.core.gallery_place import ServerAddress
from face_match.gallery.gallery import Gallery
from tests.unit.gallery.conftest import all_of


def test_what_was_reported_is_there_at_the_next_opening(
    server_address: ServerAddress, add: Callable[..., Any]
) -> None:
    with Gallery.open(server_address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
        gallery.undo()
        before = all_of(gallery)
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert all_of(gallery) == before
        assert [person.name for person in gallery.people] == ["Ada", "Grace"]
