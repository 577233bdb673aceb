"""A gallery moves to a server and back, and a server that stops loses nothing that was reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest

from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.records import Decision, Rejection, Source
from face_match.core.server_errors import ServerAwayError
from face_match.gallery.archive import export_archive, import_archive
from face_match.gallery.gallery import Gallery
from face_match.gallery.health import check_gallery
from face_match.gallery.security.encryption import encrypt
from face_match.gallery.storage import active_store
from face_match.gallery.storage_change import move_records
from tests.postgres import Postgres
from tests.unit.gallery.conftest import all_of, values_of
from tests.unit.gallery.synthetic_photos import new_face, photo_of

PASSPHRASE = "sesame"


def facts(place: GalleryPlace) -> str:
    """All that is known of a gallery but its history, with names in the place of folders."""
    with Gallery.open(place, for_writing=False, passphrase=PASSPHRASE) as gallery:
        found = all_of(gallery)
        folders = {person.folder: person.name for person in gallery.people}
    found = {name: value for name, value in found.items() if name not in ("history", "undone")}
    return "\n".join(_lines(found, folders))


def _lines(value: Any, folders: dict[str, str], of: str = "") -> Iterator[str]:
    """A line for each value inside a value."""
    if is_dataclass(value):
        value = values_of(value)
    if isinstance(value, Rejection):  # whose name is that of the time when it was said
        value = {**value._asdict(), "name": folders.get(value.folder, value.name)}
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lines(inner, folders, f"{of}/{name}")
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _lines(inner, folders, f"{of}/")
    else:
        is_folder = of.rpartition("/")[2] in ("folder", "person")
        yield f"{of}: {folders.get(value, value) if is_folder else value!r}"


def results(place: GalleryPlace) -> list[object]:
    """What matches and `check` come to."""
    found: list[tuple[object, float]] = []
    with Gallery.open(place, for_writing=False, passphrase=PASSPHRASE) as gallery:
        for face in (*gallery.unnamed(), *(face for one in gallery.people for face in gallery.faces_of(one))):
            for near in gallery.nearest(face.embeddings["made-up"], "made-up", 5, face):
                found.append(((face.id, near.person.name, near.face.id), near.similarity))
        health = check_gallery(gallery, "made-up", lambda similarity: similarity >= 0)
        for person, other in (*health.nearest_others, *health.nearer_to_others):
            found.append(((person.name, other.face_id, other.other.name), other.similarity))
        found += [((pair.one.name, pair.other.name, pair.faces), pair.highest) for pair in health.confused]
    assert health.confused
    return [(what, pytest.approx(similarity, abs=1e-6)) for what, similarity in found]


def exported(place: GalleryPlace, path: Path, *, is_whole: bool = True) -> Path:
    with Gallery.open(place, for_writing=False, passphrase=PASSPHRASE) as gallery:
        vault = gallery.vault
    export_archive(place, vault, path, is_whole=is_whole)
    return path


def moved(place: GalleryPlace, to: GalleryPlace, path: Path) -> bytes:
    """Move a gallery through an archive; return its bytes."""
    exported(place, path)
    with Gallery.open(to, for_writing=True, passphrase=PASSPHRASE) as gallery:
        assert import_archive(path, gallery).left_out == 0
    return path.read_bytes()


@pytest.fixture
def full(folder: Path) -> Path:
    """A gallery with all that a person can say: names, a new name, a cover, birth dates, rejections, ignored,
    merged and separated faces, names taken off, a turn, a hint, conflicts that are open and decided."""
    with Gallery.open(folder, for_writing=True) as gallery:
        for number in (0, 1, 2):
            faces = [new_face((number, one), 1) for one in range(3)]
            gallery.record_photo(photo_of(number, 1), Path("/photos", str(number)), scan="mtcnn", faces=faces)
        gallery.record_photo(photo_of(3, 1), Path("/photos/nobody"), scan="mtcnn", faces=[])
        ids = [face.id for face in gallery.unnamed()]
        gallery.name_faces(ids[3:4], "Grace")
        gallery.name_faces(ids[:1], "Ada / Byron", not_this_person=ids[1:2])
        gallery.name_faces(ids[8:9], "Ada / Byron")
        gallery.set_cover(ids[8])
        gallery.rename(gallery.person("Ada / Byron"), "Ada / Lovelace")
        gallery.set_birth_date(gallery.person("Grace"), "1906-12")
        gallery.ignore(ids[4:5])
        gallery.cluster_faces(ids[5:7])
        gallery.split_from_cluster(ids[5:6], ids[6:7])
        gallery.name_faces(ids[2:3], "Nobody for long")
        gallery.reject(gallery.person("Nobody for long"), ids[7:8])
        gallery.remove(ids[2:3])
        gallery.turn_photo(photo_of(2, 1), None, 6)
        step = gallery.begin_step("imported names")
        for name in ("Joan", "Mary"):
            face, path = new_face((1, 0), 1), Path("/photos/1")
            gallery.import_name(name, face, photo_of(1, 1), path, source=Source.METADATA, step=step)
        gallery.resolve_conflicts([gallery.conflicts()[0].id], Decision.MINE)
        gallery.import_hints(photo_of(2, 1), Path("/photos/2"), ["Mae"], step)
    return folder


@pytest.fixture(params=["file", "database", "encrypted file", "encrypted database"])
def any_folder(
    full: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, quick_scrypt: None
) -> Path:
    """That gallery, as a folder may keep it."""
    if "database" in request.param:
        monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
        move_records(full, to_database=True)
    if "encrypted" in request.param:
        encrypt(full, PASSPHRASE)
    return full


def test_a_whole_gallery_moves_to_a_server_and_back(
    any_folder: Path, server_address: ServerAddress, tmp_path: Path
) -> None:
    """Nothing but the history stays behind, and each archive is the same, byte for byte."""
    back = tmp_path / "back"
    archive = moved(any_folder, server_address, tmp_path / "1.zip")
    assert {b'"decision": "open"', b'"decision": "mine"'} <= {*re.findall(rb'"decision": "\w+"', archive)}
    assert facts(server_address) == facts(any_folder)
    assert moved(server_address, back, tmp_path / "2.zip") == archive
    assert facts(back) == facts(any_folder)
    assert exported(back, tmp_path / "3.zip").read_bytes() == archive
    assert results(server_address) == results(any_folder)
    assert results(back) == results(any_folder)
    with Gallery.open(back, for_writing=True) as gallery:
        assert [photo.path for photo in gallery.photos()][-1] == "/photos/nobody"
        assert len(gallery.conflicts()) == 1
        gallery.undo()
        assert gallery.is_empty()
        assert gallery.conflicts() == []
        gallery.redo()
    assert facts(back) == facts(any_folder)


def test_an_archive_for_others_has_no_paths_and_no_conflicts(full: Path, tmp_path: Path) -> None:
    path = exported(full, tmp_path / "others.zip", is_whole=False)
    assert b"/photos" not in path.read_bytes()
    assert b"Joan" not in path.read_bytes()


def test_a_gallery_with_faces_takes_no_paths_and_conflicts(
    full: Path, server_address: ServerAddress, tmp_path: Path
) -> None:
    path = exported(full, tmp_path / "whole.zip")
    with Gallery.open(server_address, for_writing=True) as gallery:
        gallery.record_photo(photo_of(0, 1), Path("/here/0"), scan="mtcnn", faces=[])
        assert import_archive(path, gallery).left_out == 4 + 2
        assert [photo.path for photo in gallery.photos() if photo.path] == ["/here/0"]
        assert gallery.conflicts() == []


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
