"""A rejection is remembered for that face of that photo and no other."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import PersonNotFoundError
from face_match.core.records import FaceRecord
from face_match.core.types import Box, Embedding, Photo
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.embed import embed_faces

Add = Callable[..., NamingResult]
ScanPhoto = Callable[..., list[FaceRecord]]
Reject = Callable[[Gallery, str, int], None]
PhotoOf = Callable[..., Photo]
MakeFace = Callable[..., NewFace]
FaceEmbedding = Callable[[int], Embedding]
Offered = Callable[..., list[str]]

PLACE = Box(100.0, 80.0, 60.0, 75.0)


@pytest.fixture
def offered(gallery: Gallery, add: Add, photo_of: PhotoOf, face_embedding: FaceEmbedding) -> Offered:
    """The names offered for a place in photo 9; in that photo Ada was rejected for PLACE, and not Grace."""
    add(gallery, "Ada", 1)
    add(gallery, "Grace", 2)
    gallery.reject_at(photo_of(9), None, PLACE, gallery.person("Ada"), {"made-up": 0.625})

    def names(place: Box | None, of: Gallery = gallery, number: int = 9) -> list[str]:
        photo = of.photo_of(photo_of(number))
        known = [face for face in of.faces_in(photo) if face.is_at(place)] if photo is not None else []
        face = known[0] if known else None
        return [match.person.name for match in of.nearest(face_embedding(1), "made-up", 9, face)]

    return names


def test_a_rejected_person_is_not_suggested_for_that_face(offered: Offered) -> None:
    assert offered(PLACE) == ["Grace"]


def test_the_face_is_known_again_when_its_box_is_detected_a_little_off(offered: Offered) -> None:
    assert offered(Box(104.0, 77.0, 62.0, 71.0)) == ["Grace"]


@pytest.mark.parametrize(
    ("place", "number"),
    [(Box(300.0, 80.0, 60.0, 75.0), 9), (Box(150.0, 80.0, 60.0, 75.0), 9), (PLACE, 10), (None, 9)],
    ids=["elsewhere in the photo", "its neighbour", "another photo", "a face that nothing is known of"],
)
def test_a_rejected_person_is_suggested_for_other_faces(
    offered: Offered, place: Box | None, number: int
) -> None:
    assert offered(place, number=number) == ["Ada", "Grace"]


def test_a_rejection_is_remembered_after_a_restart_and_after_more_faces(
    offered: Offered, gallery: Gallery, folder: Path, add: Add
) -> None:
    gallery.close()
    with Gallery.open(folder, for_writing=True) as opened:
        assert offered(PLACE, opened) == ["Grace"]
        add(opened, "Ada", 3)
        add(opened, "Joan", 4)
        assert set(offered(PLACE, opened)) == {"Grace", "Joan"}
    assert set(offered(PLACE, Gallery.open(folder, for_writing=False))) == {"Grace", "Joan"}


def test_a_rejection_that_is_undone_is_forgotten_and_redone_remembered(
    offered: Offered, gallery: Gallery, folder: Path
) -> None:
    gallery.undo()
    assert offered(PLACE) == ["Ada", "Grace"]
    with contextlib.closing(Gallery.open(folder, for_writing=False)) as reading:
        assert offered(PLACE, reading) == ["Ada", "Grace"]
    gallery.redo()
    assert offered(PLACE) == ["Grace"]


def test_everybody_can_be_rejected_for_a_face(offered: Offered, gallery: Gallery, reject: Reject) -> None:
    reject(gallery, "Grace", 9)
    assert offered(PLACE) == []


def test_somebody_who_is_gone_cannot_be_rejected(gallery: Gallery, add: Add, photo_of: PhotoOf) -> None:
    ada = add(gallery, "Ada", 1).person
    gallery.undo()
    with pytest.raises(PersonNotFoundError):
        gallery.reject_at(photo_of(9), None, PLACE, ada)
    assert gallery.photos() == []


def test_a_rejection_outlives_its_person_and_holds_for_imports_of_that_name(
    gallery: Gallery, add: Add, scan_photo: ScanPhoto
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    (other,) = scan_photo(gallery, 2)
    gallery.reject(gallery.person("Ada"), [other.id])
    gallery.remove([face.id])
    assert gallery.people == ()
    assert [(told.folder, told.name) for told in gallery.face(other.id).rejections] == [("Ada", "Ada")]
    assert {told.name for told in gallery.all_rejections()} == {"Ada"}


def test_the_similarity_is_remembered_with_it(offered: Offered, gallery: Gallery, folder: Path) -> None:
    gallery.close()
    with contextlib.closing(Gallery.open(folder, for_writing=False)) as reading:
        (told,) = [r for r in reading.all_rejections() if r.folder == reading.person("Ada").folder]
        assert (told.name, told.folder, dict(told.similarity)) == ("Ada", "Ada", {"made-up": 0.625})


def test_rejections_are_read_without_faces_that_have_none(
    gallery: Gallery, add: Add, scan_photo: ScanPhoto, reject: Reject
) -> None:
    for number in range(1, 6):
        add(gallery, "Ada", number)
        add(gallery, "Grace", 10 + number)
    for number in (1, 3):
        reject(gallery, "Grace", number)
    reject(gallery, "Ada", 11)
    (unnamed,) = scan_photo(gallery, 30)
    gallery.reject(gallery.person("Grace"), [unnamed.id])

    def rejected(name: str) -> list[str]:
        return [face.id for face in gallery.faces_rejected_for(gallery.person(name))]

    hers = gallery.faces_of(gallery.person("Ada"))
    assert rejected("Grace") == [hers[0].id, hers[2].id, unnamed.id]
    assert rejected("Ada") == [gallery.faces_of(gallery.person("Grace"))[0].id]
    gallery.name_faces([unnamed.id], "Grace")
    assert rejected("Grace") == [hers[0].id, hers[2].id]


def test_a_scan_keeps_the_rejections_of_a_face(
    offered: Offered, gallery: Gallery, scan_photo: ScanPhoto
) -> None:
    (face,) = scan_photo(gallery, 9)
    assert face.file
    assert [told.name for told in face.rejections] == ["Ada"]
    assert offered(PLACE) == ["Grace"]


def test_rejections_hold_under_every_model(
    gallery: Gallery, pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path
) -> None:
    for name, file in (("Eileen", astronaut_file), ("Grace", hopper_file)):
        photo = load_photo(file)
        (face,) = pipeline.faces(photo)
        new = NewFace.of(face)._replace(embeddings={})
        (record,) = gallery.add(name, new, photo, file).faces
    gallery.reject_at(photo, hopper_file, face.face.box, gallery.person("Eileen"))
    assert embed_faces(gallery, pipeline).done == 2
    (match,) = gallery.nearest(face.embedding, pipeline.model_id, 5, gallery.face(record.id))
    assert match.person.name == "Grace"
    assert match.similarity == pytest.approx(1.0, abs=1e-5)
    assert len(gallery.nearest(face.embedding, pipeline.model_id, 5)) == 2
