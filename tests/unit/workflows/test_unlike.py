"""A name is given to faces that do not look like the person who has it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from face_match.core.types import Embedding, PhotoFileInfo
from face_match.decision.threshold import threshold_range, unlike_below
from face_match.gallery.gallery import Gallery, NewFace
from face_match.workflows.unlike import is_unlike
from tests.gui.made_faces import DIMENSIONS, made_face

RNG = np.random.default_rng(5)
ADA, GRACE = np.eye(DIMENSIONS)[:2]


def face_of(centre: Embedding) -> Embedding:
    return made_face(RNG, centre).embedding


@pytest.fixture
def gallery(tmp_path: Path):
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        for number, name in enumerate(["Ada"] * 3 + ["Few"] * 2):
            face = NewFace.of(made_face(RNG, ADA))
            photo = PhotoFileInfo(f"{number:064x}", f"{number:064x}", 1, 1)
            (made,) = gallery.record_photo(photo, Path(f"{number}.jpg"), faces=[face]).new_faces
            gallery.name_faces([made.id], name)
        yield gallery


def test_faces_are_unlike_a_person_where_on_average_they_look_like_no_face_of_theirs(
    gallery: Gallery,
) -> None:
    assert is_unlike(gallery, "Ada", [face_of(GRACE)], "dlib")
    assert is_unlike(gallery, " ada", [face_of(GRACE), face_of(GRACE)], "dlib")
    assert not is_unlike(gallery, "Ada", [face_of(ADA)], "dlib")
    assert is_unlike(gallery, "Ada", [face_of(GRACE), face_of(ADA)], "dlib")


def test_nobody_is_unlike_a_new_person_nor_one_with_few_faces(gallery: Gallery) -> None:
    assert not is_unlike(gallery, "Grace", [face_of(GRACE)], "dlib")
    assert not is_unlike(gallery, "Few", [face_of(GRACE)], "dlib")
    assert not is_unlike(gallery, "Ada", [face_of(GRACE)], "facenet"), "no embeddings of that model"
    assert not is_unlike(gallery, "Ada", [], "dlib")


@pytest.mark.parametrize("model_id", ["dlib", "facenet", "of tomorrow"])
def test_the_limit_is_far_below_the_threshold(model_id: str) -> None:
    allowed = threshold_range(model_id)
    assert allowed.lowest < unlike_below(model_id) < allowed.default - 0.03
