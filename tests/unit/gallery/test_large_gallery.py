"""Edits and searches in a gallery of ten thousand faces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.core.records import FaceRecord, Person, PhotoRecord
from face_match.core.types import Embeddings, Photo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.storage.sqlite.store import SqlStore
from tests.unit.gallery.random_records import contents_of

MODEL, DIMENSIONS = "made-up", 128
CROWD, ADA = 9_500, 500
"""How many faces are others', five a person, and hers."""


@pytest.fixture(scope="module")
def crowd() -> Embeddings:
    embeddings = np.random.default_rng(0).normal(size=(CROWD + ADA, DIMENSIONS)).astype(np.float32)
    unit: Embeddings = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    return unit


@pytest.fixture
def large(folder: Path, crowd: Embeddings) -> Path:
    def face(number: int) -> FaceRecord:
        person = f"Person {number // 5}" if number < CROWD else "Ada"
        file = f"faces_db/{person}/{number}.png"
        return FaceRecord(
            f"{number:032x}", file, f"photo {number}", person=person, embeddings={MODEL: crowd[number]}
        )

    names = [*(f"Person {number}" for number in range(CROWD // 5)), "Ada"]
    photos = [PhotoRecord(f"photo {number}", f"{number:064x}") for number in range(CROWD + ADA)]
    faces = [*map(face, range(CROWD + ADA))]
    folder.mkdir()
    SqlStore.create(folder / DATABASE, contents_of([Person(n, n, "") for n in names], faces, photos))
    return folder


def embeddings_of(gallery: Gallery, name: str) -> dict[str, bytes]:
    faces = gallery.faces_of(gallery.person(name))
    return {face.id: face.embeddings[MODEL].tobytes() for face in faces}


def test_a_large_gallery_supports_search_add_merge_and_undo(
    large: Path, crowd: Embeddings, new_face: Callable[[int], NewFace], photo_of: Callable[[int], Photo]
) -> None:
    def nearest(gallery: Gallery, embedding: Any) -> tuple[str, str]:
        (match,) = gallery.nearest(embedding, MODEL, 1)
        return match.person.name, match.face.id

    new = -crowd[7]
    with Gallery.open(large, for_writing=True) as gallery:
        assert (len(gallery.people), gallery.face_count) == (CROWD // 5 + 1, CROWD + ADA)
        for number in (0, 4_321, CROWD - 1):
            assert nearest(gallery, crowd[number]) == (f"Person {number // 5}", f"{number:032x}")
        face = new_face(1)._replace(embeddings={MODEL: new})
        named = gallery.add("Ada", face, photo_of(CROWD + ADA))
        (added,) = named.faces
        assert not named.is_new
        assert nearest(gallery, new) == ("Ada", added.id)
        ada, other = embeddings_of(gallery, "Ada"), embeddings_of(gallery, "Person 7")
        assert len(ada) == ADA + 1
        assert gallery.merge([gallery.person("Ada")], gallery.person("Person 7")).face_count == ADA + 6
        assert embeddings_of(gallery, "Person 7") == {**ada, **other}
        assert nearest(gallery, crowd[-1]) == ("Person 7", f"{CROWD + ADA - 1:032x}")
        assert len(gallery.people) == CROWD // 5
        assert gallery.undo() is not None
        assert (embeddings_of(gallery, "Ada"), embeddings_of(gallery, "Person 7")) == (ada, other)
        assert nearest(gallery, crowd[-1]) == ("Ada", f"{CROWD + ADA - 1:032x}")
    with Gallery.open(large, for_writing=True) as gallery:
        assert (len(gallery.people), gallery.face_count) == (CROWD // 5 + 1, CROWD + ADA + 1)
        assert gallery.named_count_by_model() == {MODEL: CROWD + ADA + 1}
        assert (embeddings_of(gallery, "Ada"), embeddings_of(gallery, "Person 7")) == (ada, other)
        assert nearest(gallery, new) == ("Ada", added.id)
        kept = {f.id: f.embeddings[MODEL].tobytes() for p in gallery.people for f in gallery.faces_of(p)}
        assert kept.pop(added.id) == new.tobytes()
        assert kept == {f"{number:032x}": embedding.tobytes() for number, embedding in enumerate(crowd)}
        assert [step.description for step in gallery.history] == ["added a face to Ada"]
