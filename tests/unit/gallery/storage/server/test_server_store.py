"""A gallery on a server has what one in a folder has."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from face_match.core.gallery_place import ServerAddress
from face_match.core.server_errors import ChangedElsewhereError
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


def test_crops_may_be_in_a_folder_that_all_see(
    server_address: ServerAddress, add: Callable[..., Any], tmp_path: Path
) -> None:
    address = replace(server_address, crops=str(tmp_path))
    assert ServerAddress.parse(str(address)).crops == str(tmp_path)
    with Gallery.open(address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    with Gallery.open(server_address, for_writing=False) as gallery:  # chosen for good
        (face,) = gallery.faces_of(gallery.person("Ada"))
        assert (tmp_path / face.file).is_file()
        assert gallery.pixels_of(face).size


def test_two_at_once_never_name_two_people_alike(
    server_address: ServerAddress, add: Callable[..., Any]
) -> None:
    with (
        Gallery.open(server_address, for_writing=True) as one,
        Gallery.open(server_address, for_writing=True) as other,
    ):
        add(one, "Ada", 1)
        with contextlib.suppress(ChangedElsewhereError):
            add(other, "ada", 2)
        add(one, "Grace", 3)
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ["Ada", "Grace"]
