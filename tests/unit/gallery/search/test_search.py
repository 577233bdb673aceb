"""The nearest people, compared with a plain search over every number."""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from face_match.core.types import Embedding
from face_match.gallery.search.embedding_search import Nearest
from face_match.gallery.search.embedding_tables import FIRST_CAPACITY, EmbeddingTable
from tests.extent import examples

DIMENSIONS = 3
Faces = dict[str, tuple[str, Embedding]]
"""Folder and embedding by face id."""


def unit(values: Collection[float]) -> Embedding:
    embedding = np.array([*values], np.float32)
    return embedding / np.linalg.norm(embedding)


def dot(one: Embedding, other: Embedding) -> float:
    return math.fsum(float(a) * float(b) for a, b in zip(one, other, strict=True))


def best_of_each(faces: Faces, query: Embedding, without: Collection[str] = ()) -> dict[str, float]:
    """The highest similarity of each person, the long way."""
    best: dict[str, float] = {}
    for folder, embedding in faces.values():
        if folder not in without:
            best[folder] = max(best.get(folder, -2.0), dot(embedding, query))
    return best


def mean_of(faces: Faces, folder: str) -> Embedding:
    """Of all embeddings of a person, of unit length; zeros where they cancel out."""
    mean = np.mean(
        [embedding for whose, embedding in faces.values() if whose == folder], axis=0, dtype=np.float64
    )
    length = np.linalg.norm(mean)
    return mean / length if length > 1e-7 else np.zeros_like(mean)


def assert_right(
    found: list[Nearest], faces: Faces, query: Embedding, k: int, without: Collection[str] = ()
) -> None:
    best = best_of_each(faces, query, without)
    assert len({row.folder for row in found}) == len(found) == min(max(k, 0), len(best))
    expected = sorted(best.values(), reverse=True)[: len(found)]
    assert [row.similarity for row in found] == pytest.approx(expected, abs=1e-5)
    for row in found:
        folder, embedding = faces[row.face_id]
        assert folder == row.folder
        assert row.similarity == pytest.approx(dot(embedding, query), abs=1e-5)
        assert row.similarity == pytest.approx(best[row.folder], abs=1e-5)
        assert -1 <= row.similarity <= 1
        mean = mean_of(faces, folder)
        if mean.any():  # rounding decides what is left of embeddings that cancel out
            assert row.mean_similarity == pytest.approx(dot(mean, query), abs=1e-4)


# Few values and few people: ties, replacements and people with many faces are the rule, not luck.
embeddings = st.tuples(*[st.integers(-2, 2)] * DIMENSIONS).filter(any).map(unit)
folders = st.sampled_from(["ada", "grace", "joan", "mary", "rosa"])
face_ids = st.integers(0, 200).map("face {}".format)


@settings(max_examples=examples(60), stateful_step_count=60)
class TableMachine(RuleBasedStateMachine):
    """Puts, replaces, removes and searches in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.table = EmbeddingTable(DIMENSIONS)
        self.faces: Faces = {}

    @rule(face_id=face_ids, folder=folders, embedding=embeddings)
    def put(self, face_id: str, folder: str, embedding: Embedding) -> None:
        self.table.put(face_id, folder, embedding)
        self.faces[face_id] = (folder, embedding)

    @rule(first=st.integers(0, 200), count=st.integers(1, 90), folder=folders, embedding=embeddings)
    def put_many(self, first: int, count: int, folder: str, embedding: Embedding) -> None:
        for number in range(first, first + count):
            self.put(f"face {number}", folder, embedding)

    @rule(face_id=face_ids)
    def remove(self, face_id: str) -> None:
        self.table.remove(face_id)
        self.faces.pop(face_id, None)

    @rule(step=st.integers(2, 5))
    def remove_many(self, step: int) -> None:
        for face_id in list(self.faces)[::step]:
            self.remove(face_id)

    @rule(query=embeddings, k=st.integers(-1, 8), without=st.sets(folders))
    def search(self, query: Embedding, k: int, without: set[str]) -> None:
        assert_right(self.table.nearest(query, k, without), self.faces, query, k, without)

    @rule(k=st.integers(-1, 8), without=st.sets(folders), data=st.data())
    def search_for_a_face_in_it(self, k: int, without: set[str], data: st.DataObject) -> None:
        """Its own person has the other faces only, or, without any, this one."""
        if not self.faces:
            return
        own = data.draw(st.sampled_from(sorted(self.faces)))
        folder, query = self.faces[own]
        others = {face_id: face for face_id, face in self.faces.items() if face_id != own}
        is_only = all(whose != folder for whose, _ in others.values())
        found = self.table.nearest(query, k, without, own)
        assert_right(found, self.faces if is_only else others, query, k, without)

    @rule(folder=folders, most=st.integers(1, 8))
    def rows_of(self, folder: str, most: int) -> None:
        own = sorted(tuple(embedding.tolist()) for whose, embedding in self.faces.values() if whose == folder)
        found = [tuple(embedding) for embedding in self.table.rows_of(folder, most).tolist()]
        assert len(found) == min(most, len(own))
        for embedding in found:
            own.remove(embedding)

    @invariant()
    def knows_how_many_there_are(self) -> None:
        assert len(self.table) == len(self.faces)


TestTable = TableMachine.TestCase


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_the_search_equals_a_full_comparison_of_random_embeddings(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count, people = int(rng.integers(1, 700)), int(rng.integers(1, 80))
    table, faces = EmbeddingTable(8), {}
    for number in range(count):
        folder, embedding = f"person {rng.integers(people)}", unit(rng.normal(size=8))
        table.put(str(number), folder, embedding)
        faces[str(number)] = (folder, embedding)
    query, k = unit(rng.normal(size=8)), int(rng.integers(1, 100))
    without = {f"person {number}" for number in rng.integers(people, size=people // 4)}
    assert_right(table.nearest(query, k), faces, query, k)
    assert_right(table.nearest(query, k, without), faces, query, k, without)


def test_a_person_with_very_many_samples_takes_one_row_and_hides_nobody() -> None:
    table = EmbeddingTable(2)
    for number in range(20 * FIRST_CAPACITY):
        table.put(f"crowd {number}", "crowd", unit((1.0, number / 1e6)))
    table.put("far", "far", unit((-1.0, 0.5)))
    table.put("farther", "farther", unit((-1.0, 0.0)))
    found = table.nearest(unit((1.0, 0.0)), 3)
    assert [row.folder for row in found] == ["crowd", "far", "farther"]
    assert found[0].face_id == "crowd 0"
    assert [row.folder for row in table.nearest(unit((1.0, 0.0)), 3, {"crowd", "far"})] == ["farther"]


def test_a_search_in_an_empty_table_finds_nothing() -> None:
    table = EmbeddingTable(2)
    assert table.nearest(unit((1.0, 0.0)), 10) == []
    table.put("only", "ada", unit((1.0, 0.0)))
    table.remove("only")
    assert table.nearest(unit((1.0, 0.0)), 10) == []


def test_more_wanted_than_there_are_gives_all_people_best_first() -> None:
    table = EmbeddingTable(2)
    table.put("1", "grace", unit((0.0, 1.0)))
    table.put("2", "ada", unit((1.0, 0.1)))
    table.put("3", "ada", unit((1.0, 0.0)))
    found = table.nearest(unit((1.0, 0.0)), 1000)
    assert [(row.folder, row.face_id) for row in found] == [("ada", "3"), ("grace", "1")]
    assert found[0].similarity == pytest.approx(1.0, abs=1e-6)


def test_a_replaced_embedding_is_found_and_the_old_one_is_not() -> None:
    table = EmbeddingTable(2)
    table.put("1", "ada", unit((1.0, 0.0)))
    table.put("1", "grace", unit((0.0, 1.0)))
    (found,) = table.nearest(unit((1.0, 0.0)), 10)
    assert found.folder == "grace"
    assert found.similarity == pytest.approx(0.0, abs=1e-6)


def test_the_table_copies_the_callers_array() -> None:
    table, embedding = EmbeddingTable(2), unit((1.0, 0.0))
    table.put("1", "ada", embedding)
    embedding[:] = (0.0, 1.0)
    assert table.nearest(unit((1.0, 0.0)), 1)[0].similarity == pytest.approx(1.0, abs=1e-6)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9), st.sampled_from(["Ada", "Grace", None]), st.integers(1990, 2020) | st.none()
        ),
        min_size=1,
        max_size=60,
    )
)
def test_years_stay_with_their_faces_through_all_changes(
    changes: list[tuple[int, str | None, int | None]],
) -> None:
    """Without a person a face is removed."""
    table, faces = EmbeddingTable(DIMENSIONS, 0), dict[str, tuple[str, float | None]]()
    for number, folder, year in changes:
        face_id = f"{number}"
        if folder is None:
            table.remove(face_id)
            faces.pop(face_id, None)
        else:
            table.put(face_id, folder, unit([1.0, number, 2.0]), math.nan if year is None else year)
            faces[face_id] = (folder, year)
    rows = table.rows()
    known = [None if math.isnan(year) else year for year in rows.years.tolist()]
    assert dict(zip(rows.face_ids, zip(rows.folders, known, strict=True), strict=True)) == faces
    found = table.dated_embeddings(["Ada", "Grace", "nobody"], lambda _, own: np.flatnonzero(own > 2005))
    dated = {folder for folder, year in faces.values() if year is not None}
    assert found.keys() == dated
    for folder, own in found.items():
        expected = [year for whose, year in faces.values() if whose == folder]
        assert sorted(own.years[~np.isnan(own.years)].tolist()) == sorted(
            y for y in expected if y is not None
        )
        assert len(own.years) == len(expected)
        assert len(own.chosen) == sum(year is not None and year > 2005 for year in expected)
        np.testing.assert_allclose(np.linalg.norm(own.mean), 1, rtol=1e-5)
