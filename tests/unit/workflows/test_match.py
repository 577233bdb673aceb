"""Who a face is: the list, and whom a scanned face is proposed as, go by one score."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from face_match.core.records import FaceRecord
from face_match.core.types import Box, Crop, Embedding, Landmarks, PhotoFileInfo
from face_match.decision.scoring import scores
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage import active_store
from face_match.workflows.face_groups import GroupKind
from face_match.workflows.match import matches
from face_match.workflows.review import Review

MODEL = "dlib"
"""Whose rivals were measured; the embeddings are made up."""
DIMENSIONS = 128
THRESHOLD = 0.94
CROP = Crop(
    np.full((30, 30, 3), 90, np.uint8),
    Box(5, 5, 20, 20),
    Landmarks.of([[9.0 + n, 12.0] for n in range(5)]),
)
PLACE = Box(100.0, 50.0, 60.0, 70.0)


def unit(*parts: float) -> Embedding:
    """A embedding with these parts, and what is missing to unit length in a direction that no other has."""
    unit.used += 1
    embedding = np.zeros(DIMENSIONS, np.float32)
    embedding[: len(parts)] = parts
    embedding[-unit.used] = np.sqrt(max(0.0, 1 - float(embedding @ embedding)))
    return embedding / np.linalg.norm(embedding)


unit.used = 0
ASKED = np.eye(1, DIMENSIONS, dtype=np.float32)[0]
"""What everybody is compared with: an embedding of `unit(s)` has a similarity of s to it."""


@pytest.fixture(params=["file", "database"])
def gallery(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gallery]:
    unit.used = 0
    if request.param == "database":
        monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        yield opened


def add(gallery: Gallery, name: str, *similarities: float) -> None:
    for similarity in similarities:
        gallery.add(name, NewFace(CROP, {MODEL: unit(similarity)}, PLACE), None)


def scan(gallery: Gallery, embedding: Embedding) -> FaceRecord:
    photo = PhotoFileInfo("a" * 64, "b" * 64, 1000, 1, 1, 2000, 1000)
    return gallery.record_photo(
        photo, scan="made-up", faces=[NewFace(CROP, {MODEL: embedding}, PLACE, 0.9)]
    ).new_faces[0]


def ranked(gallery: Gallery, k: int = 9, face: FaceRecord | None = None) -> dict[str, tuple[float, float]]:
    found = matches(gallery, ASKED, MODEL, k, face)
    return {one.person.name: (round(one.similarity, 3), round(one.score, 3)) for one in found}


def test_similarity_is_to_the_likest_face_and_the_score_counts_all_of_them(gallery: Gallery) -> None:
    add(gallery, "Ada", 0.96, 0.50)
    ((name, (similarity, score)),) = ranked(gallery).items()
    length = np.sqrt((0.96 + 0.50) ** 2 + (1 - 0.96**2) + (1 - 0.50**2))
    assert (name, similarity) == ("Ada", 0.96)
    assert score == pytest.approx((0.96 + (0.96 + 0.50) / length) / 2, abs=1e-3)


def test_a_stranger_who_is_like_two_people_is_taken_for_neither(gallery: Gallery) -> None:
    add(gallery, "Ada", 0.945)
    assert ranked(gallery) == {"Ada": (0.945, 0.945)}
    add(gallery, "Grace", 0.943)
    assert ranked(gallery) == {"Ada": (0.945, 0.928), "Grace": (0.943, 0.925)}
    (found, _) = matches(gallery, ASKED, MODEL, 2)
    assert found.rival is not None
    assert found.rival.name == "Grace"


def test_a_rival_who_is_not_asked_for_counts_too(gallery: Gallery) -> None:
    add(gallery, "Ada", 0.945)
    add(gallery, "Grace", 0.943)
    assert ranked(gallery, k=1) == {"Ada": (0.945, 0.928)}
    assert ranked(gallery, k=0) == {}


def test_who_was_rejected_is_no_rival(gallery: Gallery) -> None:
    add(gallery, "Ada", 0.945)
    add(gallery, "Grace", 0.943)
    face = scan(gallery, ASKED)
    gallery.reject(gallery.person("Grace"), [face.id])
    assert ranked(gallery, face=gallery.face(face.id)) == {"Ada": (0.945, 0.945)}


def test_the_higher_score_comes_first_though_another_face_is_more_alike(gallery: Gallery) -> None:
    add(gallery, "Grace", 0.93, 0.10, 0.10)
    add(gallery, "Ada", 0.92)
    assert [*ranked(gallery)] == ["Ada", "Grace"]
    assert [*ranked(gallery, k=1)] == ["Ada"]


def test_whom_a_scanned_face_is_proposed_as_is_whom_the_list_marks(gallery: Gallery) -> None:
    """As the list has it: without the rival, with it, and once the rival is ruled out."""
    add(gallery, "Ada", 0.945)
    face = scan(gallery, ASKED)
    assert proposed(gallery) == {"Ada": 0.945}
    add(gallery, "Grace", 0.943)
    assert proposed(gallery) == {}
    gallery.reject(gallery.person("Grace"), [face.id])
    assert proposed(gallery) == {"Ada": 0.945}


def proposed(gallery: Gallery) -> dict[str, float]:
    groups = Review(gallery, MODEL).groups(THRESHOLD)
    return {
        group.person.name: round(group.similarities[0], 3)
        for group in groups
        if group.kind is GroupKind.SUGGESTION and group.person is not None
    }


def test_scores_are_those_of_a_comparison_with_everybody(gallery: Gallery) -> None:
    """The list looks at the likest people only."""
    random = np.random.default_rng(5)
    people = [f"Person {number}" for number in range(30)]
    for name in people:
        add(gallery, name, *random.uniform(0.85, 0.96, random.integers(1, 4)).tolist())
    rows = gallery.embeddings(MODEL, DIMENSIONS)
    own = [rows.embeddings[[folder == name for folder in rows.folders]] for name in people]
    means = [embeddings.mean(axis=0) / np.linalg.norm(embeddings.mean(axis=0)) for embeddings in own]
    best = np.array([(embeddings @ ASKED).max() for embeddings in own])
    expected = scores(best, np.array([mean @ ASKED for mean in means]), MODEL)
    found = matches(gallery, ASKED, MODEL, 5)
    assert [one.score for one in found] == pytest.approx(sorted(expected, reverse=True)[:5], abs=1e-5)
    assert [one.person.name for one in found] == [people[row] for row in np.argsort(-expected)[:5]]


def test_a_face_is_not_a_match_of_itself(gallery: Gallery) -> None:
    add(gallery, "Ada", 0.97, 0.5)
    add(gallery, "Grace", 0.9)
    ada, grace = (gallery.find(name) for name in ("Ada", "Grace"))
    assert ada is not None and grace is not None
    own = max(gallery.faces_of(ada), key=lambda face: float(face.embeddings[MODEL] @ ASKED))
    other = next(face for face in gallery.faces_of(ada) if face.id != own.id)
    by_name = {found.person.name: found for found in matches(gallery, own.embeddings[MODEL], MODEL, 5, own)}
    assert by_name["Ada"].face.id == other.id
    assert by_name["Ada"].similarity == pytest.approx(
        float(own.embeddings[MODEL] @ other.embeddings[MODEL]), abs=1e-5
    )
    (only,) = gallery.faces_of(grace)  # a person without another face stays in the list
    assert matches(gallery, only.embeddings[MODEL], MODEL, 5, only)[0].face.id == only.id
