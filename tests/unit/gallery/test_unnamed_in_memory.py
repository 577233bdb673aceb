"""Unnamed faces are in memory while a gallery is open, thousands of them: each takes little."""

from __future__ import annotations

import gc
import json
import tracemalloc
from typing import Any

import numpy as np

from face_match.core.types import Box, Embedding, Landmarks, Point
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.faces import MOST_APART
from face_match.gallery.records.rows import face_from_row, face_row

FACES = 500
MOST_BYTES = 1_000
"""Of a record without its embedding; 2,000 before its numbers were packed and its texts shared."""


def test_a_record_takes_less_than_a_thousand_bytes(album: Any) -> None:
    (face,) = album.photos(1, 1)
    line = json.dumps(face_row(face), default=dict)
    tracemalloc.start()
    try:
        rows = [json.loads(line) for _ in range(FACES)]
        faces = [face_from_row(row, {}) for row in rows]
        del rows
        gc.collect()
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(faces) == FACES
    assert taken / FACES < MOST_BYTES, taken / FACES


def test_packed_numbers_are_as_they_were(album: Any) -> None:
    (face,) = album.photos(1, 1)
    row: dict[str, Any] = {**face_row(face), "place": None}
    row["box"] = [0.1, -2.5, 1e5, 1 / 3]
    row["landmarks"] = [[number / 7, -number / 3] for number in range(5)]
    read = face_from_row(row, {})
    assert read.place is None
    assert read.box == Box(*row["box"])
    assert read.landmarks == Landmarks(*(Point(*point) for point in row["landmarks"]))
    assert face_row(read) == row


def test_only_the_model_of_the_review_has_its_embeddings_in_memory(album: Any) -> None:
    faces = album.photos(1, 3)
    others = {face.id: album.embedding(2) for face in faces}
    album.gallery.add_embeddings("other", others, store=True)
    assert models_in_memory(album.gallery) == {frozenset({"made-up", "other"})}
    for model_id in ("other", "made-up", "other"):
        assert models_in_memory(album.gallery, model_id) == {frozenset({model_id})}
    for face in album.photos(1, 1) + album.gallery.unnamed():
        if face.id not in others:
            album.gallery.add_embeddings("other", {face.id: album.embedding(2)}, store=True)
    assert models_in_memory(album.gallery) == {frozenset({"other"})}


def test_embeddings_that_cannot_be_stored_stay_when_the_model_changes(album: Any) -> None:
    ids = [face.id for face in album.photos(1, 3)]
    album.gallery.close()
    with Gallery.open(album.folder, for_writing=False) as gallery:
        assert models_in_memory(gallery, "made-up") == {frozenset({"made-up"})}
        gallery.add_embeddings("other", {face_id: album.embedding(2) for face_id in ids}, store=False)
        for model_id in ("made-up", "other", "made-up", "other"):
            assert models_in_memory(gallery, model_id) == {frozenset({model_id})}
    album.open()


def models_in_memory(gallery: Gallery, model_id: str | None = None) -> set[frozenset[str]]:
    """The models of which unnamed faces have embeddings, once those of one are asked for."""
    return {frozenset(face.embeddings) for face in gallery.unnamed(model_id)}


def test_embeddings_of_many_faces_are_packed_when_they_are_grouped(album: Any) -> None:
    """Those of few wait; those of faces that are named meanwhile, or come, are not mixed up."""
    many = MOST_APART + 20
    for person in range(1, 5):
        album.photos(person, many // 4)
    album.reopen()

    def held() -> dict[str, Embedding]:
        return {face.id: face.embeddings["made-up"] for face in album.gallery.unnamed("made-up")}

    def arrays() -> set[int]:
        return {id(one.base) for one in held().values() if one.base is not None}

    before = {face_id: one.copy() for face_id, one in held().items()}
    assert not arrays()
    groups = [group.ids for group in album.review.groups(0.9)]
    assert len(arrays()) == 1
    assert all(np.array_equal(one, before[face_id]) for face_id, one in held().items())
    assert [group.ids for group in album.review.groups(0.9)] == groups
    more = album.photos(5, 20)
    album.gallery.name_faces([min(before)], "Ada")
    album.review.groups(0.9)
    apart = {face_id for face_id, one in held().items() if one.base is None}
    assert apart == {face.id for face in more}
    assert held().keys() == before.keys() - {min(before)} | apart
    assert all(np.array_equal(one, before[face_id]) for face_id, one in held().items() if face_id in before)
