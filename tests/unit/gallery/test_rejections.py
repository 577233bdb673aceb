""" "Not this person" is remembered, for that face of that photo and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.batch import embed_samples
from face_match.errors import PersonNotFoundError
from face_match.gallery.gallery import Gallery
from face_match.types import Box, Person, Rejection, Sample, Vector
from face_match.vision.images import load_photo
from face_match.vision.pipeline import FacePipeline

Add = Callable[[Gallery, str, int], tuple[Person, Sample, bool]]
FaceVector = Callable[[int], Vector]

FACE = Rejection("aa" * 32, Box(100.0, 80.0, 60.0, 75.0))


@pytest.fixture
def offered(gallery: Gallery, add: Add, face_vector: FaceVector) -> Callable[..., list[str]]:
    """The names offered for a face, in a gallery of Ada and Grace in which Ada was rejected for FACE."""
    ada, _, _ = add(gallery, "Ada", 1)
    add(gallery, "Grace", 2)
    gallery.reject(ada, FACE)

    def names(face: Rejection | None, of: Gallery = gallery) -> list[str]:
        return [match.person.name for match in of.nearest(face_vector(1), "made-up", 9, face)]

    return names


def test_the_rejected_person_is_not_offered_for_that_face(offered: Callable[..., list[str]]) -> None:
    assert offered(FACE) == ["Grace"]


def test_the_face_is_known_again_when_its_box_is_found_a_little_off(
    offered: Callable[..., list[str]],
) -> None:
    assert offered(FACE._replace(box=Box(104.0, 77.0, 62.0, 71.0))) == ["Grace"]


@pytest.mark.parametrize(
    "face",
    [
        FACE._replace(box=Box(300.0, 80.0, 60.0, 75.0)),
        FACE._replace(box=Box(150.0, 80.0, 60.0, 75.0)),
        FACE._replace(photo_digest="bb" * 32),
        None,
    ],
    ids=["elsewhere in the photo", "its neighbour", "another photo", "a face that nothing is known of"],
)
def test_the_rejected_person_is_offered_for_any_other_face(
    offered: Callable[..., list[str]], face: Rejection | None
) -> None:
    assert offered(face) == ["Ada", "Grace"]


def test_a_rejection_is_remembered_when_the_gallery_is_opened_again_and_after_more_samples(
    offered: Callable[..., list[str]], gallery: Gallery, folder: Path, add: Add
) -> None:
    gallery.close()
    with Gallery.open(folder, for_writing=True) as reopened:
        assert offered(FACE, reopened) == ["Grace"]
        add(reopened, "Ada", 3)
        add(reopened, "Joan", 4)
        assert set(offered(FACE, reopened)) == {"Grace", "Joan"}
    assert set(offered(FACE, Gallery.open(folder, for_writing=False))) == {"Grace", "Joan"}


def test_a_rejection_that_is_taken_back_is_forgotten_and_done_again_remembered(
    offered: Callable[..., list[str]], gallery: Gallery, folder: Path
) -> None:
    gallery.undo()
    assert offered(FACE) == ["Ada", "Grace"]
    assert offered(FACE, Gallery.open(folder, for_writing=False)) == ["Ada", "Grace"]
    gallery.redo()
    assert offered(FACE) == ["Grace"]


def test_everybody_can_be_rejected_for_a_face(offered: Callable[..., list[str]], gallery: Gallery) -> None:
    gallery.reject(gallery.person("Grace"), FACE)
    assert offered(FACE) == []


def test_somebody_who_is_gone_cannot_be_rejected(gallery: Gallery, add: Add) -> None:
    ada, _, _ = add(gallery, "Ada", 1)
    gallery.undo()
    with pytest.raises(PersonNotFoundError):
        gallery.reject(ada, FACE)


def test_rejections_hold_under_every_model(
    gallery: Gallery, pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path
) -> None:
    people = []
    for name, file in (("Eileen", astronaut_file), ("Grace", hopper_file)):
        photo = load_photo(file)
        (face,) = pipeline.faces(photo)
        people.append(gallery.add(name, face.crop, {}, photo.digest)[0])
        key = Rejection(photo.digest, face.face.box)
    gallery.reject(people[0], key)
    assert embed_samples(gallery, pipeline).done == 2
    (match,) = gallery.nearest(face.vector, pipeline.model_id, 5, key)
    assert match.person.name == "Grace"
    assert match.similarity == pytest.approx(1.0, abs=1e-5)
    assert len(gallery.nearest(face.vector, pipeline.model_id, 5)) == 2
