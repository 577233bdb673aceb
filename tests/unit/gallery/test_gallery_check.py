"""Checking a gallery: lost crops, unreferenced files, near-duplicates and nearest other people."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import CancelledError
from face_match.core.records import FaceRecord
from face_match.core.types import Box, Embedding, Photo, Pixels
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.health import check_gallery
from face_match.gallery.near_duplicates import NEAR_DUPLICATE, near_duplicates
from face_match.gallery.search import nearest_others
from face_match.gallery.security import encryption

MODEL = "made-up"
Add = Callable[..., NamingResult]
PhotoOf = Callable[..., Photo]
ScanPhoto = Callable[..., list[FaceRecord]]


def face(number: int, angle: float, face_px: float | None = 50.0) -> FaceRecord:
    """Its embedding is at an angle, in degrees, to the first axis."""
    turned = np.radians(angle)
    embedding: Embedding = np.array([np.cos(turned), np.sin(turned), 0], np.float32)
    box = None if face_px is None else Box(0, 0, face_px, face_px)
    return FaceRecord(str(number), f"faces_db/Ada/{number}.png", box=box, embeddings={MODEL: embedding})


def one_picture(face: FaceRecord) -> Pixels:
    """The same pixels for all faces."""
    return np.random.default_rng(0).integers(0, 256, (40, 40, 3), np.uint8)


def found(faces: list[FaceRecord]) -> list[tuple[str, str]]:
    return [(near.face.id, near.of.id) for near in near_duplicates(faces, MODEL, one_picture)]


def test_only_pairs_above_the_limit_are_near_duplicates() -> None:
    limit = float(np.degrees(np.arccos(NEAR_DUPLICATE)))
    assert found([face(1, 0), face(2, limit - 0.1)]) == [("2", "1")]
    assert found([face(1, 0), face(2, limit + 0.1)]) == []
    (near,) = near_duplicates([face(1, 0), face(2, 5)], MODEL, one_picture)
    assert near.similarity == pytest.approx(np.cos(np.radians(5)), abs=1e-6)


def test_the_largest_near_duplicate_is_kept_or_the_first_of_equals() -> None:
    assert found([face(1, 0, 40), face(2, 1, 80), face(3, 2, 80)]) == [("1", "2"), ("3", "2")]
    assert found([face(1, 0, None), face(2, 1, 10)]) == [("1", "2")]


def test_a_face_far_from_the_kept_ones_is_no_duplicate() -> None:
    assert found([face(1, 0), face(2, 9), face(3, 18)]) == [("2", "1")]


def test_faces_without_an_embedding_of_the_model_are_skipped() -> None:
    other = FaceRecord("9", "faces_db/Ada/9.png")
    assert found([face(1, 0), other, face(2, 1)]) == [("2", "1")]
    assert near_duplicates([], MODEL, one_picture) == []


def never(similarity: float) -> bool:
    """Nothing is called a match."""
    return False


@pytest.fixture
def checked(
    gallery: Gallery, add: Add, scan_photo: ScanPhoto, new_face: Callable[..., NewFace], photo_of: PhotoOf
) -> Gallery:
    """Ada has faces 1 and 2 and face 1 again, from another photo; Grace has face 3, and another was removed;
    a face has no name."""
    add(gallery, "Ada", 1)
    add(gallery, "Ada", 2)
    gallery.add("Ada", new_face(1), photo_of(4))
    add(gallery, "Grace", 3)
    gallery.remove([add(gallery, "Grace", 5).faces[0].id])
    scan_photo(gallery, 6)
    return gallery


def test_a_healthy_gallery_reports_no_problem(checked: Gallery) -> None:
    health = check_gallery(checked, MODEL, never)
    assert (health.faces, health.unnamed, health.without_crop) == (4, 2, 0)
    assert (health.not_compared, health.lost_crops, health.unreferenced_files) == (0, [], [])
    ((person, (near,)),) = health.duplicates
    assert person.name == "Ada"
    assert {near.face.id, near.of.id} == {s.id for s in checked.faces_of(person)[::2]}
    assert near.similarity == pytest.approx(1.0)


def test_lost_crops_and_unreferenced_files_are_reported(checked: Gallery, folder: Path) -> None:
    ada, grace = checked.faces_of(checked.person("Ada")), checked.faces_of(checked.person("Grace"))
    unnamed = checked.unnamed()[-1]
    (folder / ada[0].file).unlink()
    (folder / grace[0].file).write_bytes(b"no image any more")
    (folder / unnamed.file).unlink()
    (folder / "faces_db" / "Ada" / "stray.png").write_bytes(b"of a face that was never written down")
    health = check_gallery(checked, MODEL, never)
    assert [(lost.person and lost.person.name, lost.face_id, lost.file) for lost in health.lost_crops] == [
        ("Ada", ada[0].id, ada[0].file),
        ("Grace", grace[0].id, grace[0].file),
        (None, unnamed.id, unnamed.file),
    ]
    assert health.unreferenced_files == ["faces_db/Ada/stray.png"]
    assert [lost.error.__traceback__ for lost in health.lost_crops] == [None, None, None]


@pytest.mark.parametrize("at", [0, 9, 20, 100, -20, -1])
def test_a_changed_byte_in_a_crop_is_found(checked: Gallery, folder: Path, at: int) -> None:
    file = checked.faces_of(checked.person("Ada"))[0].file
    data = bytearray((folder / file).read_bytes())
    data[at] ^= 1
    (folder / file).write_bytes(data)
    assert [lost.file for lost in check_gallery(checked, MODEL, never).lost_crops] == [file]
    (folder / file).write_bytes(data[:-30])
    assert [lost.file for lost in check_gallery(checked, MODEL, never).lost_crops] == [file]


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF"])
def test_crops_of_other_kinds_are_decoded(checked: Gallery, folder: Path, kind: str) -> None:
    face = checked.faces_of(checked.person("Ada"))[0]
    buffer = io.BytesIO()
    Image.fromarray(checked.pixels_of(face)).save(buffer, kind)
    (folder / face.file).write_bytes(buffer.getvalue())
    assert check_gallery(checked, MODEL, never).lost_crops == []
    (folder / face.file).write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])
    assert [lost.file for lost in check_gallery(checked, MODEL, never).lost_crops] == [face.file]


@pytest.mark.parametrize("size", [(20_000, 20_000), (65_536, 1), (1, 65_536)])
def test_a_crop_larger_than_any_may_be_is_lost_without_being_decoded(
    checked: Gallery, folder: Path, size: tuple[int, int]
) -> None:
    face = checked.faces_of(checked.person("Ada"))[0]
    head = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        len(told).to_bytes(4, "big") + kind + told + zlib.crc32(kind + told).to_bytes(4, "big")
        for kind, told in chunks
    )
    (folder / face.file).write_bytes(data)
    assert [lost.file for lost in check_gallery(checked, MODEL, never).lost_crops] == [face.file]


def test_crops_needed_by_undo_or_redo_count_as_referenced(gallery: Gallery, add: Add) -> None:
    face = add(gallery, "Ada", 1).faces[0]
    add(gallery, "Grace", 2)
    gallery.undo()
    gallery.undo()
    health = check_gallery(gallery, MODEL, never)
    assert (health.faces, health.unreferenced_files) == (0, [])
    assert gallery.crops.has(face.file)


def test_a_face_stored_for_its_rejection_has_no_crop_to_lose(
    gallery: Gallery, add: Add, reject: Callable[..., None]
) -> None:
    add(gallery, "Ada", 1)
    reject(gallery, "Ada", 2)
    health = check_gallery(gallery, MODEL, never)
    assert (health.unnamed, health.without_crop, health.lost_crops) == (1, 1, [])


@pytest.mark.usefixtures("quick_scrypt")
def test_an_encrypted_gallery_is_checked_too(folder: Path, store_kind: str, add: Add) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        for number in range(3):
            add(gallery, "Ada", number)
    encryption.encrypt(folder, "secret")
    with Gallery.open(folder, for_writing=True, passphrase="secret") as gallery:
        faces = gallery.faces_of(gallery.person("Ada"))
        gallery.crops.write("faces_db/Ada/stray.png", gallery.pixels_of(faces[0]))
        assert check_gallery(gallery, MODEL, never).unreferenced_files == ["faces_db/Ada/stray.png"]
        gallery.crops.delete(faces[1].file)
        path = next(path for path in folder.rglob("*.sealed"))
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        lost = {one.face_id for one in check_gallery(gallery, MODEL, never).lost_crops}
        assert faces[1].id in lost or len(lost) == 1


def test_under_another_model_nothing_was_compared(checked: Gallery) -> None:
    health = check_gallery(checked, "another", never)
    assert (health.not_compared, health.duplicates) == (4, [])


def test_removing_near_duplicates_is_one_step(checked: Gallery) -> None:
    ada = checked.person("Ada")
    before = [s.id for s in checked.faces_of(ada)]
    checked.remove(
        [near.face.id for near in near_duplicates(checked.faces_of(ada), MODEL, checked.pixels_of)]
    )
    assert check_gallery(checked, MODEL, never).duplicates == []
    assert checked.person("Ada").face_count == 2
    checked.undo()
    assert sorted(s.id for s in checked.faces_of(ada)) == sorted(before)


def test_the_check_reports_progress_and_can_be_cancelled(checked: Gallery) -> None:
    told: list[tuple[int, int]] = []
    check_gallery(checked, MODEL, never, lambda done, total: told.append((done, total)))
    assert told == [(0, 6), (6, 6)]
    with pytest.raises(CancelledError):
        check_gallery(checked, MODEL, never, is_cancelled=lambda: True)


AddAt = Callable[[Gallery, str, int, float], FaceRecord]


@pytest.fixture
def add_at(new_face: Callable[..., NewFace], photo_of: PhotoOf) -> AddAt:
    """Add a face whose embedding is at an angle, in degrees."""

    def make(gallery: Gallery, name: str, number: int, angle: float) -> FaceRecord:
        new = new_face(number)._replace(embeddings=face(number, angle).embeddings)
        return gallery.add(name, new, photo_of(number)).faces[0]

    return make


@pytest.fixture(params=["compared with all", "with those most alike on average"])
def look_alikes(
    gallery: Gallery, add_at: AddAt, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Gallery:
    """Ada and Grace at right angles, with faces about them; one of Ada's is Grace's really, 70° away."""
    if request.param != "compared with all":
        monkeypatch.setattr(nearest_others, "EXACT_PRODUCTS", 0)
    angles = {"Ada": (0, 10, 70), "Grace": (90, 80), "Joan": (200,)}
    number = 0
    for name, own in angles.items():
        for angle in own:
            number += 1
            add_at(gallery, name, number, angle)
    return gallery


def test_a_face_nearer_to_somebody_else_is_reported(
    look_alikes: Gallery,
) -> None:
    health = check_gallery(look_alikes, MODEL, never)
    ((person, likeness),) = health.nearer_to_others
    assert (person.name, likeness.other.name) == ("Ada", "Grace")
    assert likeness.face_id == look_alikes.faces_of(person)[2].id
    assert likeness.similarity == pytest.approx(np.cos(np.radians(10)), abs=1e-6)
    assert likeness.own == pytest.approx(np.cos(np.radians(60)), abs=1e-6)
    look_alikes.move([likeness.face_id], "Grace")
    assert check_gallery(look_alikes, MODEL, never).nearer_to_others == []


def test_the_misnamed_face_is_listed_before_the_faces_it_attracts(gallery: Gallery, add_at: AddAt) -> None:
    """At 70° is Ada's, and not Grace's; it is nearer to Ada's at 72° than those at 80° and 90° are."""
    angles = (("Ada", 90), ("Ada", 80), ("Ada", 72), ("Grace", 0), ("Grace", 10), ("Grace", 70))
    for number, (name, angle) in enumerate(angles):
        add_at(gallery, name, number, angle)
    wrong, drawn = check_gallery(gallery, MODEL, never).nearer_to_others
    assert (wrong[0].name, drawn[0].name) == ("Grace", "Ada")


def test_everybody_has_a_most_similar_person(look_alikes: Gallery) -> None:
    health = check_gallery(look_alikes, MODEL, never)
    assert [(person.name, likeness.other.name) for person, likeness in health.nearest_others][:2] == [
        ("Ada", "Grace"),
        ("Grace", "Ada"),
    ]
    assert health.nearest_others[2][0].name == "Joan"
    assert health.nearest_others[2][1].own is None, "Joan has one sample"
    assert not health.nearest_others[2][1].is_nearer


def test_people_who_match_each_other_are_reported_as_a_pair(look_alikes: Gallery) -> None:
    assert check_gallery(look_alikes, MODEL, never).confused == []
    (pair,) = check_gallery(look_alikes, MODEL, lambda similarity: similarity > 0.9).confused
    assert (pair.one.name, pair.other.name) == ("Ada", "Grace")
    assert pair.faces == 3, "70° is 10° from 80°, and 20° from 90°: one of Ada's, two of Grace's"
    assert pair.highest == pytest.approx(np.cos(np.radians(10)), abs=1e-6)


def test_a_rejected_person_is_no_nearest_other(look_alikes: Gallery) -> None:
    wrong = look_alikes.faces_of(look_alikes.person("Ada"))[2]
    look_alikes.reject(look_alikes.person("Grace"), [wrong.id])
    health = check_gallery(look_alikes, MODEL, never)
    assert health.nearer_to_others == []


def test_a_single_person_has_no_nearest_other(gallery: Gallery, add: Add) -> None:
    add(gallery, "Ada", 1)
    add(gallery, "Ada", 2)
    health = check_gallery(gallery, MODEL, never)
    assert (health.nearest_others, health.nearer_to_others, health.confused) == ([], [], [])
