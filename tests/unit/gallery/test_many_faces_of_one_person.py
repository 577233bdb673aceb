"""Galleries in which one person, photo or history has very many: memory grows with their number alone."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import CancelledError
from face_match.core.likeness import highest_to_others
from face_match.core.progress import never_cancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Box, Embeddings
from face_match.decision.cluster_threshold import MOST_IN_PHOTO, within_photo_similarities
from face_match.decision.clustering import cluster_faces
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.near_duplicates import near_duplicates
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.search import nearest_others
from face_match.gallery.search.embedding_search import DatedRows
from face_match.gallery.search.nearest_others import NamedEmbeddings, nearest_other_people
from face_match.gallery.storage_change import move_records

FACES, DIMENSIONS = 6_000, 8
MOST_BYTES = 110 << 20
"""The similarities of all pairs would take 144 MB."""


def crowd(count: int = FACES, spread: float = 0.05) -> Embeddings:
    rng = np.random.default_rng(1)
    embeddings = np.eye(1, DIMENSIONS) + spread * rng.standard_normal((count, DIMENSIONS))
    return (embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)).astype(np.float32)


def rows_of(folders: list[str], embeddings: Embeddings) -> DatedRows:
    return DatedRows([str(number) for number in range(len(folders))], folders, embeddings, None)


def peak_bytes(action: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("count", [1, 2, 700])
def test_the_highest_similarities_are_those_of_all_pairs(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("face_match.core.likeness.AT_ONCE", 1000)
    embeddings = crowd(count)
    similarities = embeddings @ embeddings.T
    np.fill_diagonal(similarities, -np.inf)
    assert np.allclose(highest_to_others(embeddings), similarities.max(axis=1))


def test_a_person_of_very_many_faces_is_compared_in_parts() -> None:
    rows = rows_of(["Ada"] * FACES, crowd())
    assert peak_bytes(lambda: NamedEmbeddings(rows, {})) < MOST_BYTES
    with pytest.raises(CancelledError):
        NamedEmbeddings(rows, {}, lambda: True)


def test_two_people_of_very_many_faces_are_compared_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them is a candidate for all faces of the other."""
    monkeypatch.setattr(nearest_others, "EXACT_PRODUCTS", 0)
    folders = ["Ada", "Grace"] * FACES
    named = NamedEmbeddings(rows_of(folders, crowd(2 * FACES)), {})
    assert peak_bytes(lambda: [*nearest_other_people(named, never_cancelled)]) < MOST_BYTES
    some = [*range(0, 400, 2), *range(1, 401, 2)]
    few = rows_of([folders[row] for row in some], crowd()[some])
    monkeypatch.setattr(nearest_others, "AT_ONCE", 1000)
    found = {
        one.face_id: one.similarity for one in nearest_other_people(NamedEmbeddings(few, {}), never_cancelled)
    }
    similarities = few.embeddings[:200] @ few.embeddings[200:].T
    expected = [*similarities.max(axis=1).tolist(), *similarities.max(axis=0).tolist()]
    assert [found[str(row)] for row in range(400)] == pytest.approx(expected, abs=1e-6)


def test_very_many_faces_that_are_alike_are_compared_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in a picture of its own, so that none is a near-duplicate."""
    rng, box = np.random.default_rng(2), Box(0, 0, 8, 8)
    faces = [
        FaceRecord(str(number), "", box=box, embeddings={"m": embedding})
        for number, embedding in enumerate(crowd(1500, 0.001))
    ]
    pictures = rng.integers(0, 256, (len(faces), 8, 8, 3), np.uint8)
    pictures[7] = pictures[3]
    monkeypatch.setattr("face_match.gallery.near_duplicates.AT_ONCE", 10_000)
    (near,) = near_duplicates(faces, "m", lambda face: pictures[int(face.id)])
    assert (near.face.id, near.of.id) == ("7", "3")
    asked = itertools.count()
    with pytest.raises(CancelledError):  # after the pictures were read
        near_duplicates(faces, "m", lambda face: pictures[int(face.id)], lambda: next(asked) > 20)


def test_very_many_faces_in_one_photo_say_no_more_than_many() -> None:
    embeddings = crowd()
    assert peak_bytes(lambda: within_photo_similarities(embeddings, ["party"] * FACES)) < MOST_BYTES
    few = within_photo_similarities(embeddings[:MOST_IN_PHOTO], ["party"] * MOST_IN_PHOTO)
    assert within_photo_similarities(embeddings, ["party"] * FACES).tolist() == few.tolist()


def test_very_many_faces_in_one_photo_may_be_of_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    embeddings = crowd(6, 0.001)
    assert len({*cluster_faces(embeddings, ["party"] * 6, 0.9).tolist()}) == 6
    monkeypatch.setattr("face_match.decision.clustering.MOST_IN_PHOTO", 5)
    assert len({*cluster_faces(embeddings, ["party"] * 6, 0.9).tolist()}) == 1
    assert len({*cluster_faces(embeddings, ["party"] * 5 + ["other"], 0.9).tolist()}) == 5


@pytest.mark.parametrize("is_database", [False, True])
def test_a_history_is_read_at_once(
    gallery: Gallery, folder: Path, add: Callable[..., NamingResult], is_database: bool
) -> None:
    """With a query for each step, hundreds of thousands took minutes, on a server most of all."""
    for number in range(4):
        add(gallery, "Ada", number)
    for number in range(5, 30):
        gallery._store.commit((), HistoryEntry(Step(number, "did nothing", ""), ()))
    expected = gallery.files_in_history()
    assert len(expected) == 4
    gallery.close()
    move_records(folder, to_database=is_database)
    with Gallery.open(folder, for_writing=True) as opened:
        opened._store.edits_of = None  # type: ignore[method-assign, assignment]
        assert opened.files_in_history() == expected
        before, opened._steps = opened._steps, opened._steps[:2]
        assert len(opened.files_in_history()) == 2
        opened._steps = before
