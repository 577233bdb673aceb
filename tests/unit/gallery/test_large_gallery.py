"""Ten thousand samples: what is done with a few of them is right for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.gallery.gallery import Gallery
from face_match.gallery.paths import DATABASE
from face_match.gallery.records import PersonRecord
from face_match.gallery.sql_store import SqlStore
from face_match.types import Crop, Person, Sample, Vectors

MODEL, DIMENSIONS = "made-up", 128
CROWD, ADA = 9_500, 500
"""How many samples are others' people, five each, and hers."""


@pytest.fixture(scope="module")
def crowd() -> Vectors:
    vectors = np.random.default_rng(0).normal(size=(CROWD + ADA, DIMENSIONS)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@pytest.fixture
def large(folder: Path, crowd: Vectors) -> Path:
    def record(name: str, first: int, last: int) -> PersonRecord:
        samples = tuple(
            Sample(f"{n:032x}", f"faces_db/{name}/{n}.png", {MODEL: crowd[n]}, None, None, f"{n:064x}", "")
            for n in range(first, last)
        )
        return PersonRecord(Person(name, name, "", len(samples)), samples)

    def records() -> Iterator[PersonRecord]:
        for first in range(0, CROWD, 5):
            yield record(f"Person {first // 5}", first, first + 5)
        yield record("Ada", CROWD, CROWD + ADA)

    folder.mkdir()
    SqlStore.create(folder / DATABASE, records())
    return folder


def vectors_of(gallery: Gallery, name: str) -> dict[str, bytes]:
    samples = gallery.samples_of(gallery.person(name))
    return {sample.id: sample.vectors[MODEL].tobytes() for sample in samples}


def test_in_a_large_gallery_samples_are_found_added_merged_and_given_back(
    large: Path, crowd: Vectors, face_crop: Callable[[int], Crop]
) -> None:
    def nearest(gallery: Gallery, vector: Any) -> tuple[str, str]:
        (match,) = gallery.nearest(vector, MODEL, 1)
        return match.person.name, match.sample.id

    new = -crowd[7]
    with Gallery.open(large, for_writing=True) as gallery:
        assert (len(gallery.people), gallery.sample_count) == (CROWD // 5 + 1, CROWD + ADA)
        for number in (0, 4_321, CROWD - 1):
            assert nearest(gallery, crowd[number]) == (f"Person {number // 5}", f"{number:032x}")
        _, added, is_new = gallery.add("Ada", face_crop(1), {MODEL: new}, "ab" * 32)
        assert not is_new
        assert nearest(gallery, new) == ("Ada", added.id)
        ada, other = vectors_of(gallery, "Ada"), vectors_of(gallery, "Person 7")
        assert len(ada) == ADA + 1
        assert gallery.merge([gallery.person("Ada")], gallery.person("Person 7")).sample_count == ADA + 6
        assert vectors_of(gallery, "Person 7") == {**ada, **other}
        assert nearest(gallery, crowd[-1]) == ("Person 7", f"{CROWD + ADA - 1:032x}")
        assert len(gallery.people) == CROWD // 5
        assert gallery.undo() is not None
        assert (vectors_of(gallery, "Ada"), vectors_of(gallery, "Person 7")) == (ada, other)
        assert nearest(gallery, crowd[-1]) == ("Ada", f"{CROWD + ADA - 1:032x}")
    with Gallery.open(large, for_writing=True) as gallery:
        assert (len(gallery.people), gallery.sample_count) == (CROWD // 5 + 1, CROWD + ADA + 1)
        assert gallery.samples_by_model() == {MODEL: CROWD + ADA + 1}
        assert (vectors_of(gallery, "Ada"), vectors_of(gallery, "Person 7")) == (ada, other)
        assert nearest(gallery, new) == ("Ada", added.id)
        kept = {s.id: s.vectors[MODEL].tobytes() for p in gallery.people for s in gallery.samples_of(p)}
        assert kept.pop(added.id) == new.tobytes()
        assert kept == {f"{number:032x}": vector.tobytes() for number, vector in enumerate(crowd)}
        assert [change.description for change in gallery.history] == ["added a sample to Ada"]
