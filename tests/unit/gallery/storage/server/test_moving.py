"""A gallery moves to a server and back, and a server that stops loses nothing that was reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.records import Source
from face_match.core.server_errors import ServerAwayError
from face_match.gallery.archive import export_archive, import_archive
from face_match.gallery.gallery import Gallery
from tests.postgres import Postgres
from tests.unit.gallery.conftest import all_of
from tests.unit.gallery.synthetic_photos import new_face, photo_of


def facts(place: GalleryPlace) -> dict[str, object]:
    """All that an archive has of a gallery."""
    with Gallery.open(place, for_writing=False) as gallery:
        found = all_of(gallery)
        found["conflicts"] = sorted(str(conflict) for conflict in gallery.conflicts())
    return {name: value for name, value in found.items() if name not in ("history", "undone")}


@pytest.fixture
def full(folder: Path) -> Path:
    """A gallery with names, a birth date, a rejection, an ignored face, a cluster, a conflict and a turn."""
    with Gallery.open(folder, for_writing=True) as gallery:
        for number in range(3):
            faces = [new_face((number, one), 1) for one in range(3)]
            gallery.record_photo(photo_of(number, 1), Path("/photos", str(number)), scan="mtcnn", faces=faces)
        ids = [face.id for face in gallery.unnamed()]
        gallery.name_faces(ids[:1], "Ada / Lovelace", not_this_person=ids[1:2])
        gallery.name_faces(ids[3:4], "Grace")
        gallery.set_birth_date(gallery.person("Grace"), "1906-12")
        gallery.ignore(ids[4:5])
        gallery.cluster_faces(ids[5:7])
        gallery.turn_photo(photo_of(2, 1), None, 6)
        step = gallery.begin_step("imported names")
        face, path = new_face((1, 0), 1), Path("/photos/1")
        gallery.import_name("Joan", face, photo_of(1, 1), path, source=Source.METADATA, step=step)
        gallery.import_hints(photo_of(2, 1), Path("/photos/2"), ["Mae"], step)
    return folder


def test_a_gallery_moves_to_a_server_and_back(
    full: Path, server_address: ServerAddress, tmp_path: Path
) -> None:
    """As one moves from folder to folder."""
    ways: list[list[GalleryPlace]] = [
        [server_address, tmp_path / "back"],
        [tmp_path / "there", tmp_path / "again"],
    ]
    found = []
    for way in ways:
        place: GalleryPlace = full
        for to in way:
            archive = tmp_path / f"{len(found)}.zip"
            export_archive(place, None, archive)
            with Gallery.open(to, for_writing=True) as gallery:
                import_archive(archive, gallery)
            found.append(facts(to))
            place = to
    assert found[:2] == found[2:]
    assert found[0]["people"]
    assert found[0]["unnamed"]
    for one in found:
        assert [photo["hints"] for photo in one["photos"] if photo["hints"]] == [("Mae",)]  # type: ignore[attr-defined]
        assert one["conflicts"] == []


def test_a_server_that_stops_loses_nothing(
    postgres: Postgres, server_address: ServerAddress, add: Callable[..., Any]
) -> None:
    with Gallery.open(server_address, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        postgres.stop()
        try:
            with pytest.raises(ServerAwayError):
                gallery.rename(gallery.person("Ada"), "Grace")
            assert [person.name for person in gallery.people] == ["Ada"]
        finally:
            postgres.start()
        gallery.rename(gallery.person("Ada"), "Joan")
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert [person.name for person in gallery.people] == ["Joan"]
