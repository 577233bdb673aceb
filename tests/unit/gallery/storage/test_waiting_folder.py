"""Unnamed faces in `waiting/` of version 0.1 are migrated to records without loss."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryWriteError, ImageUnreadableError
from face_match.core.records import FaceRecord
from face_match.core.types import Box, EmbeddedFace, Photo
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.storage import active_store
from face_match.gallery.storage.legacy import waiting_folder
from tests.unit.gallery.conftest import values_of
from tests.unit.gallery.interruptions import calls
from tests.unit.gallery.waiting_folder_writer import write_waiting

Found = Callable[[int, Box], EmbeddedFace]
FilesIn = Callable[[Path], dict[str, bytes]]
CutOff = Callable[[Callable[[], object], int], bool]

PLACE = Box(100.0, 80.0, 60.0, 75.0)
"""Of the faces that the fixtures add."""
PARTY, ALONE, KNOWN, REJECTED = "aa" * 32, "bb" * 32, f"f{1:063x}", f"f{9:063x}"
"""Digests of files; photos 1 and 9 of the fixtures have the last two."""


def place_of(number: int) -> Box:
    return Box(100.0 * number, 50.0, 60.0, 70.0)


@pytest.fixture
def with_waiting(
    folder: Path, gallery: Gallery, add: Callable[..., NamingResult], reject: Any, found: Found
) -> Path:
    """Ada in photo 1, who is not in photo 9; and what version 0.1 has found in these and in two more."""
    add(gallery, "Ada", 1)
    add(gallery, "Grace", 2)
    reject(gallery, "Ada", 9)
    gallery.close()
    many = [(f"face {number}", found(number, place_of(number))) for number in (11, 12, 13, 14)]
    write_waiting(
        folder,
        PARTY,
        many,
        path="/photos/Zoë & co.jpg",
        ignored=["face 13", "face 14"],
        without_crop=["face 14"],
        bundle=["face 11", "face 12"],
        apart=[("face 12", "face 13"), ("face 11", "rejected 9")],
    )
    gone = [("gone", found(21, place_of(1))), ("left", found(22, place_of(3)))]
    write_waiting(folder, ALONE, gone, without_crop=["gone"])
    beside = [("named", found(1, PLACE)), ("beside", found(31, Box(400.0, 80.0, 60.0, 75.0)))]
    write_waiting(folder, KNOWN, beside, without_crop=["named"])
    write_waiting(folder, REJECTED, [("rejected 9", found(9, PLACE._replace(x=PLACE.x + 5)))])
    return folder


def told(gallery: Gallery, face: FaceRecord) -> dict[str, object]:
    """All of a face but when it was taken up, and where its crop is."""
    known = {
        key: value for key, value in values_of(face).items() if key not in ("added", "file", "embeddings")
    }
    embeddings = {model: embedding.tobytes() for model, embedding in face.embeddings.items()}
    pixels = gallery.pixels_of(face).tobytes() if face.file else None
    return known | {"vectors": embeddings, "pixels": pixels}


def facts(gallery: Gallery) -> dict[str, Any]:
    """All photos and faces, by what 0.1 knew them by, or by id."""
    photos = {photo.id: photo for photo in gallery.photos()}
    faces = gallery.faces_in_each(photos.values())
    return {
        "photos": {photo.file_digest: vars(photo) for photo in photos.values()},
        "faces": {face.id: told(gallery, face) for own in faces.values() for face in own},
        "people": [vars(person) for person in gallery.people],
        "unnamed": {face.id for face in gallery.unnamed()},
        "ignored": {face.id for own in faces.values() for face in own if face.is_ignored},
        "history": gallery.history,
    }


def read(folder: Path, *, for_writing: bool = False, passphrase: str | None = None) -> dict[str, Any]:
    with Gallery.open(folder, for_writing=for_writing, passphrase=passphrase) as gallery:
        return facts(gallery)


def require_consistent(found_here: dict[str, Any], found: Found) -> None:
    """All that the fixture has written is there."""
    faces = found_here["faces"]
    ids = {face_id: face_id for face_id in faces}
    (hers,) = (face_id for face_id, face in faces.items() if face["person"] == "Ada")
    (rejected,) = (face_id for face_id, face in faces.items() if face["rejections"])
    assert found_here["unnamed"] == {"face 11", "face 12", "left", "beside", rejected}
    assert found_here["ignored"] == {"face 13", "face 14"}
    assert len(ids) == 9
    for face_id, number in {"face 11": 11, "face 12": 12, "face 13": 13, "left": 22, "beside": 31}.items():
        source, face = found(number, PLACE), faces[face_id]
        assert face["vectors"] == {"made-up": source.embedding.tobytes()}
        assert face["pixels"] == source.crop.pixels.tobytes()
        assert (face["box"], face["landmarks"]) == (source.crop.box, source.crop.landmarks)
        assert (face["quality"], face["confidence"]) == (source.quality, source.face.confidence)
        assert face["is_scanned"]
    assert faces["face 14"]["pixels"] is None
    assert (faces["face 11"]["cluster"], faces["face 12"]["cluster"]) == ("a bundle", "a bundle")
    assert faces["face 13"]["cluster"] is None
    assert faces["face 12"]["different_from"] == {"face 13"}
    assert faces["face 11"]["different_from"] == {rejected}, "it goes by the id that it has here"
    assert [one.name for one in faces[rejected]["rejections"]] == ["Ada"]
    assert faces[rejected]["pixels"] == found(9, PLACE).crop.pixels.tobytes()
    assert faces[hers]["is_scanned"], "a scan has met it: it stays without its name"
    assert faces[hers]["pixels"] == found(1, PLACE).crop.pixels.tobytes()
    photos = found_here["photos"]
    assert photos[PARTY]["path"] == "/photos/Zoë & co.jpg"
    assert (photos[PARTY]["size"], photos[PARTY]["modified_ns"]) == (1234, 1_700_000_000_000_000_000)
    assert {digest: photo["scans"] for digest, photo in photos.items()} == {
        PARTY: ("mtcnn",),
        ALONE: (),  # of a face nothing is left, and it has no name: it is to be scanned again
        KNOWN: ("mtcnn",),
        f"f{2:063x}": (),
        REJECTED: ("mtcnn",),
    }
    assert [step.description for step in found_here["history"]] == [
        "added a face to Ada",
        "added a face to Grace",
        "rejected Ada for a face",
    ]


def test_reading_shows_the_waiting_faces_and_changes_nothing(
    with_waiting: Path, found: Found, files_in: FilesIn
) -> None:
    before = files_in(with_waiting)
    require_consistent(read(with_waiting), found)
    assert files_in(with_waiting) == before


def test_opening_for_writing_migrates_the_waiting_folder_and_deletes_it(
    with_waiting: Path, found: Found
) -> None:
    shown = read(with_waiting)
    for for_writing in (True, False, True):
        taken = read(with_waiting, for_writing=for_writing)
        require_consistent(taken, found)
        assert taken == shown
        assert not (with_waiting / "waiting").exists()


def test_all_crops_are_where_records_say_and_no_others(with_waiting: Path) -> None:
    with Gallery.open(with_waiting, for_writing=True) as gallery:
        faces = [face for own in gallery.faces_in_each(gallery.photos()).values() for face in own]
        files = {face.file for face in faces if face.file}
    assert {path.relative_to(with_waiting).as_posix() for path in with_waiting.rglob("*.png")} == files
    assert len(files) == 8


def test_migrated_faces_can_be_named_and_older_steps_undone(
    with_waiting: Path, photo_of: Callable[..., Photo], new_face: Callable[..., NewFace]
) -> None:
    with Gallery.open(with_waiting, for_writing=True) as gallery:
        gallery.name_faces(["face 11", "face 12"], "Joan", allow_same_photo=True)
        while gallery.undo() is not None:
            pass
        assert gallery.people == ()
        assert len(gallery.unnamed()) == 6, "with Ada's, which a scan has met"
        while gallery.redo() is not None:
            pass
        assert [person.name for person in gallery.people] == ["Ada", "Grace", "Joan"]
        seen = gallery.record_photo(
            photo_of(1), scan="mtcnn", faces=[new_face(1), new_face(31, Box(401, 81, 60, 75))]
        )
        assert seen.new_faces == []
        assert seen.photo.file_digest == KNOWN


def test_a_waiting_folder_alone_is_a_gallery(folder: Path, found: Found, store_kind: str) -> None:
    write_waiting(folder, PARTY, [(f"{n}", found(n, place_of(n))) for n in range(5)])
    for for_writing in (False, True, False):
        with Gallery.open(folder, for_writing=for_writing) as gallery:
            assert len(gallery.unnamed()) == 5
            assert gallery.people == ()
    assert (folder / "gallery.sqlite").exists() is (store_kind == "database"), "many are not for a file"


def test_the_nearer_of_two_waiting_faces_is_matched_with_the_known_one(
    folder: Path, add: Callable[..., NamingResult], reject: Any, found: Found
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        reject(gallery, "Ada", 9)
        (known,) = gallery.faces_rejected_for(gallery.person("Ada"))
    far, near = PLACE._replace(x=PLACE.x + 15), PLACE._replace(x=PLACE.x - 5)
    write_waiting(folder, REJECTED, [("far", found(8, far)), ("near", found(9, near))])
    with Gallery.open(folder, for_writing=True) as gallery:
        places = {face.id: face.place for face in gallery.unnamed()}
        assert places == {known.id: near, "far": far}


def test_two_files_of_one_photo_give_one_record_and_no_face_twice(folder: Path, found: Found) -> None:
    faces = [(f"{n}", found(n, place_of(n))) for n in range(2)]
    file = write_waiting(folder, PARTY, faces)
    file.rename(file.with_name(f"{0:032x}.faces"))
    write_waiting(folder, PARTY, [*faces, ("2", found(2, place_of(2)))])
    with Gallery.open(folder, for_writing=True) as gallery:
        assert len(gallery.photos()) == 1
        assert sorted(face.id for face in gallery.unnamed()) == ["0", "1", "2"]


def cut(data: bytes) -> bytes:
    return data[:-1]


def edited(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[bytes], bytes]:
    """Something else said of the faces of a file."""

    def edit(data: bytes) -> bytes:
        head, _, crops = data.partition(b"\n")
        record = json.loads(head)
        change(record["faces"])
        return json.dumps(record).encode() + b"\n" + crops

    return edit


def longer_and_less_than_nothing(faces: list[dict[str, Any]]) -> None:
    faces[0]["crop_bytes"] += faces[1]["crop_bytes"] + 1
    faces[1]["crop_bytes"] = -1


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut off in its head": lambda data: data[:100],
    "cut off in its last crop": cut,
    "without crops": lambda data: data[: data.index(b"\n") + 1],
    "with more than it has": lambda data: data + b"\0",
    "no JSON": lambda data: b"PNG" + data,
    "a list": lambda data: b"[]\n",
    "a newer version": lambda data: data.replace(b'"version": 1', b'"version": 2'),
    "a photo that is no text": lambda data: data.replace(b'"photo": "aa', b'"photo": 5, "x": "aa'),
    "a vector that is none": lambda data: data.replace(b'"made-up": "', b'"made-up": "AAAA'),
    "a place that is none": lambda data: data.replace(b"[1100.0, 50.0, ", b"[NaN, 50.0, "),
    "sealed with a key that is gone": lambda data: b"Face Match, sealed\n" + data,
    "a length below zero": edited(longer_and_less_than_nothing),
    "a length in words": edited(lambda faces: faces[0].update(crop_bytes=f"{faces[0]['crop_bytes']}")),
    "one id twice": edited(lambda faces: faces[0].update(id=faces[1]["id"])),
    "no confidence": edited(lambda faces: faces[0].update(confidence=float("nan"))),
    "an endless score": edited(lambda faces: faces[0]["quality"].update(score=10**400)),
    "another verdict": edited(lambda faces: faces[0]["quality"].update(verdict="fine")),
    "a bomb": lambda data: b"[" + b"[]," * 2_000_000 + b"\n",
    "no UTF-8": lambda data: data.replace(b"Zo", b"Zo\xff"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_an_unreadable_waiting_file_is_left_and_the_others_are_migrated(
    damage: str, folder: Path, found: Found
) -> None:
    path = "/photos/Zoë.jpg"
    faces = [(f"face {number}", found(number, place_of(number))) for number in (11, 12)]
    file = write_waiting(folder, PARTY, faces, path=path)
    other = write_waiting(folder, ALONE, [("left", found(22, place_of(3)))])
    whole = file.read_bytes()
    damaged = DAMAGE[damage](whole)
    assert damaged != whole
    file.write_bytes(damaged)
    assert len(waiting_folder.read_all(folder, None)) == 1
    for for_writing in (False, True, True):
        assert read(folder, for_writing=for_writing)["unnamed"] == {"left"}
        assert file.read_bytes() == damaged
    assert not other.exists()
    file.write_bytes(whole)  # of a backup, for instance
    assert read(folder, for_writing=True)["unnamed"] == {"left", "face 11", "face 12"}
    assert not file.exists()


def test_an_invalid_waiting_crop_is_migrated_unchanged(folder: Path, found: Found) -> None:
    file = write_waiting(folder, ALONE, [("left", found(22, place_of(3)))])
    file.write_bytes(file.read_bytes().replace(b"PNG", b"GNP"))
    for for_writing in (False, True):
        with Gallery.open(folder, for_writing=for_writing) as gallery:
            (face,) = gallery.unnamed()
            with pytest.raises(ImageUnreadableError):
                gallery.pixels_of(face)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_an_interrupted_migration_of_waiting_faces_loses_nothing_and_is_repeated(
    with_waiting: Path,
    found: Found,
    tmp_path: Path,
    interrupted: CutOff,
    points: Callable[[Iterable[int]], Iterator[int]],
) -> None:
    place, expected = tmp_path / "copy", read(with_waiting)
    for at in points(calls(12, 17)):
        shutil.copytree(with_waiting, place)

        def open_it() -> None:
            Gallery.open(place, for_writing=True).close()

        was_cut_off = interrupted(open_it, at)
        assert read(place) == expected, f"cut off at {at}"
        assert read(place, for_writing=True) == expected, f"cut off at {at}"
        assert not (place / "waiting").exists()
        shutil.rmtree(place)
        if not was_cut_off:
            break
    assert at > 10


def test_a_full_disk_prevents_the_migration_of_waiting_faces_without_loss(
    with_waiting: Path, found: Found, full_disk: Callable[..., contextlib.AbstractContextManager[None]]
) -> None:
    with full_disk(100), pytest.raises(GalleryWriteError):
        Gallery.open(with_waiting, for_writing=True)
    assert len([*(with_waiting / "waiting").iterdir()]) == 4
    require_consistent(read(with_waiting), found)
    require_consistent(read(with_waiting, for_writing=True), found)


@pytest.mark.usefixtures("quick_scrypt")
def test_migrated_faces_of_an_encrypted_gallery_are_sealed(
    folder: Path, gallery: Gallery, add: Callable[..., NamingResult], found: Found
) -> None:
    from face_match.gallery.security import encryption
    from face_match.gallery.storage import vault

    add(gallery, "Ada", 1)
    gallery.close()
    encryption.encrypt(folder, "correct horse")
    key = vault.unlock(folder, "correct horse")
    write_waiting(folder, PARTY, [("face 11", found(11, place_of(1)))], vault=key)
    plain = write_waiting(folder, ALONE, [("not sealed", found(12, place_of(1)))])
    for for_writing in (False, True, False):
        shown = read(folder, for_writing=for_writing, passphrase="correct horse")
        assert shown["unnamed"] == {"face 11"}
        assert shown["faces"]["face 11"]["pixels"] == found(11, PLACE).crop.pixels.tobytes()
    assert plain.exists(), "somebody else has put it there"
    embeddings = found(11, PLACE).embedding.tobytes()
    for path in folder.rglob("*"):
        if path.is_file() and path != plain:
            assert b"\x89PNG" not in path.read_bytes()
            assert embeddings not in path.read_bytes()


def test_thousands_of_waiting_faces_move_the_records_to_a_database(
    folder: Path, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 4)
    for number in range(3):
        faces = [(f"{number} {n}", found(n, place_of(n))) for n in range(2)]
        write_waiting(folder, f"{number:064x}", faces)
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.records == folder / "gallery.sqlite"
        assert len(gallery.unnamed()) == 6
