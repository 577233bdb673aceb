"""The index of a large table finds what an exact search finds, and nobody who was removed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from face_match.core.errors import CancelledError
from face_match.core.progress import never_cancelled
from face_match.core.records import FaceRecord, Person
from face_match.core.types import Embedding, Embeddings
from face_match.gallery.gallery import Gallery
from face_match.gallery.search import embedding_tables
from face_match.gallery.search.embedding_search import Nearest
from face_match.gallery.search.embedding_tables import EmbeddingTable
from face_match.gallery.storage.sqlite.store import SqlStore
from tests.unit.gallery.random_records import contents_of

DIMENSIONS = 32
PEOPLE, FACES_EACH = 2_000, 5


def unit(rows: Embeddings) -> Embeddings:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def crowd(seed: int, people: int = PEOPLE) -> Embeddings:
    """Embeddings of people, one person's after another's: alike by 0.67 within, and by chance between."""
    random = np.random.default_rng(seed)
    centres = unit(random.normal(size=(people, DIMENSIONS)))
    return unit(
        np.repeat(centres, FACES_EACH, 0) + 0.7 * unit(random.normal(size=(people * FACES_EACH, DIMENSIONS)))
    )


def table_of(embeddings: Embeddings) -> EmbeddingTable:
    table = EmbeddingTable(embeddings.shape[1])
    ids = [f"face {row}" for row in range(len(embeddings))]
    table.extend(ids, [f"person {row // FACES_EACH}" for row in range(len(embeddings))], embeddings)
    return table


def folders(found: list[Nearest]) -> list[str]:
    return [near.folder for near in found]


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tables of this test's size want an index, and it proposes few of their rows."""
    monkeypatch.setattr(embedding_tables, "EXACT_FLOATS", 100_000)
    monkeypatch.setattr(embedding_tables, "ROWS_PROPOSED", 300)
    return


@pytest.fixture
def lock() -> threading.RLock:
    return threading.RLock()  # type: ignore[return-value]


def test_of_the_ten_nearest_people_no_more_than_one_in_a_thousand_is_missed(lock) -> None:
    embeddings = crowd(1)
    exact, indexed = table_of(embeddings), table_of(embeddings)
    indexed.make_index(lock, never_cancelled)
    queries = np.vstack([crowd(1)[::40], crowd(2)[:100]])
    queries = unit(queries + 0.5 * unit(np.random.default_rng(3).normal(size=queries.shape)))
    missed = 0
    for query in queries:
        expected, found = exact.nearest(query, 10), indexed.nearest(query, 10)
        missed += len(set(folders(expected)) - set(folders(found)))
        assert folders(found)[0] == folders(expected)[0]
        known = {near.folder: near for near in expected}
        for near in found:
            if near.folder in known:
                assert near.similarity == pytest.approx(known[near.folder].similarity, abs=1e-6)
    assert missed <= 10 * len(queries) / 1000


def test_only_a_large_table_wants_an_index_and_only_while_it_is_outdated(lock) -> None:
    embeddings = crowd(1)
    assert not table_of(embeddings[:1000]).wants_index
    table = table_of(embeddings)
    assert table.wants_index
    table.make_index(lock, never_cancelled)
    assert not table.wants_index
    few = len(embeddings) // embedding_tables.PART_BEHIND
    for number in range(few):
        table.put(f"new {number}", "new", embeddings[number])
    assert not table.wants_index
    for number in range(few, few + 10):
        table.put(f"new {number}", "new", embeddings[number])
    assert table.wants_index
    table.make_index(lock, never_cancelled)
    assert not table.wants_index


def test_a_person_added_after_the_index_is_found(lock) -> None:
    embeddings = crowd(1)
    table = table_of(embeddings)
    table.make_index(lock, never_cancelled)
    newcomer = crowd(5)[0]
    table.put("new", "newcomer", newcomer)
    assert folders(table.nearest(newcomer, 3))[0] == "newcomer"


def test_a_removed_or_changed_person_is_not_found(lock) -> None:
    embeddings = crowd(1)
    table = table_of(embeddings)
    table.make_index(lock, never_cancelled)
    for row in range(FACES_EACH):
        table.remove(f"face {row}")
    assert "person 0" not in folders(table.nearest(embeddings[0], 10))
    last = len(embeddings) - 1
    assert folders(table.nearest(embeddings[last], 1)) == [f"person {PEOPLE - 1}"], (
        "it has moved into the gap"
    )
    table.put("face 500", "renamed", embeddings[500])
    assert folders(table.nearest(embeddings[500], 1)) == ["renamed"]
    table.put("face 600", "person 120", crowd(7)[0])
    (found,) = table.nearest(crowd(7)[0], 1)
    assert (found.face_id, found.similarity) == ("face 600", pytest.approx(1.0, abs=1e-6))
    assert not any(near.face_id == "face 600" for near in table.nearest(embeddings[600], 10))


def test_a_table_that_shrinks_and_grows_again_is_searched_as_it_is(lock) -> None:
    embeddings = crowd(1)
    table = table_of(embeddings)
    table.make_index(lock, never_cancelled)
    for row in range(4000, len(embeddings)):
        table.remove(f"face {row}")
    others = crowd(9)
    table.extend([f"other {row}" for row in range(100)], ["others"] * 100, others[:100])
    for row in range(100):
        assert table.nearest(others[row], 1)[0].face_id == f"other {row}"
    assert table.nearest(embeddings[5000], 1)[0].similarity < 0.99


def test_all_people_are_found_if_more_are_wanted_than_proposed(lock) -> None:
    table = table_of(crowd(1))
    table.make_index(lock, never_cancelled)
    assert len(table.nearest(crowd(2)[0], PEOPLE)) == PEOPLE


def test_a_person_who_fills_all_proposals_hides_nobody(lock) -> None:
    embeddings = crowd(1)
    table = table_of(embeddings)
    same = unit(embeddings[:1] + 0.05 * unit(np.random.default_rng(0).normal(size=(2000, DIMENSIONS))))
    table.extend([f"twin {row}" for row in range(2000)], ["twins"] * 2000, same)
    table.make_index(lock, never_cancelled)
    assert folders(table.nearest(embeddings[0], 2)) == ["person 0", "twins"]


def test_cancelling_the_index_leaves_the_search_unchanged(lock) -> None:
    embeddings = crowd(1)
    table = table_of(embeddings)
    with pytest.raises(CancelledError):
        table.make_index(lock, lambda: True)
    assert table.wants_index
    assert folders(table.nearest(embeddings[0], 1)) == ["person 0"]
    table.make_index(lock, never_cancelled)
    assert not table.wants_index


def test_changes_while_the_index_is_built_are_found(lock, monkeypatch) -> None:
    monkeypatch.setattr(embedding_tables, "ROWS_AT_ONCE", 1000)
    embeddings, others = crowd(1), crowd(11)
    table = table_of(embeddings)
    changes = iter(range(10_000))

    def change_something() -> bool:
        """Called between any two parts of the work, under the lock."""
        row = next(changes)
        for at in (row * 700, row * 900 + 1):
            table.put(f"face {at % len(embeddings)}", f"moved {row}", others[row])
        table.put(f"new {row}", f"newcomer {row}", others[1000 + row])
        table.remove(f"face {3 + row}")
        return False

    table.make_index(lock, change_something)
    assert not table.wants_index
    count = next(changes)
    assert count > 10
    for row in range(count):
        assert folders(table.nearest(others[1000 + row], 1)) == [f"newcomer {row}"]
        assert not any(near.face_id == f"face {3 + row}" for near in table.nearest(embeddings[3 + row], 10))


def test_a_large_gallery_is_searched_by_an_index_through_changes_and_undo(folder: Path, add) -> None:
    embeddings = unit(np.random.default_rng(0).normal(size=(7000, 16)))
    people = [Person(f"Person {n}", f"person {n}", "2026-01-02T03:04:05Z") for n in range(len(embeddings))]
    faces = [
        FaceRecord(f"id {n}", f"faces_db/{n}.png", person=f"person {n}", embeddings={"made-up": embedding})
        for n, embedding in enumerate(embeddings)
    ]
    folder.mkdir()
    SqlStore.create(folder / "gallery.sqlite", contents_of(people, faces))
    with Gallery.open(folder, for_writing=True) as gallery:
        assert not gallery.wants_index("made-up"), "nobody has searched yet"
        assert names(gallery, embeddings[5]) == ["Person 5"]
        assert gallery.wants_index("made-up")
        assert not gallery.wants_index("another")
        gallery.make_index("made-up")
        assert not gallery.wants_index("made-up")
        assert names(gallery, embeddings[5]) == ["Person 5"]
        (face,) = add(gallery, "Ada", 1).faces
        embedding = face.embeddings["made-up"]
        assert names(gallery, embedding) == ["Ada"]
        gallery.undo()
        assert names(gallery, embedding) != ["Ada"]
        gallery.redo()
        assert names(gallery, embedding) == ["Ada"]


def names(gallery: Gallery, embedding: Embedding) -> list[str]:
    return [match.person.name for match in gallery.nearest(embedding, "made-up", 1)]


@settings(max_examples=15, stateful_step_count=40, deadline=None)
class IndexedTableMachine(RuleBasedStateMachine):
    """Whatever is put, replaced, removed and indexed in any order: an exact table says the same."""

    embeddings = crowd(1, people=200)

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.RLock()
        self.exact, self.indexed = table_of(self.embeddings), table_of(self.embeddings)
        self.ids = {f"face {row}" for row in range(len(self.embeddings))}

    def embedding(self, number: int) -> Embedding:
        return self.embeddings[number % len(self.embeddings)]  # type: ignore[no-any-return]

    @rule(number=st.integers(0, 1500), look=st.integers(0, 999))
    def put(self, number: int, look: int) -> None:
        for table in (self.exact, self.indexed):
            table.put(f"face {number}", f"person {look}", self.embedding(look))
        self.ids.add(f"face {number}")

    @rule(first=st.integers(0, 900), count=st.integers(1, 200))
    def remove(self, first: int, count: int) -> None:
        if len(self.ids) - count > 700:  # enough to train with
            for number in range(first, first + count):
                for table in (self.exact, self.indexed):
                    table.remove(f"face {number}")
                self.ids.discard(f"face {number}")

    @rule()
    def make_index(self) -> None:
        self.indexed.make_index(self.lock, never_cancelled)

    @rule(look=st.integers(0, 999), k=st.integers(1, 20))
    def find(self, look: int, k: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                embedding_tables, "ROWS_PROPOSED", 5_000
            )  # all of them, so that nothing is left to luck
            found = self.indexed.nearest(self.embedding(look), k)
        expected = self.exact.nearest(self.embedding(look), k)
        assert [near.similarity for near in found] == pytest.approx(
            [near.similarity for near in expected], abs=1e-5
        )
        assert all(near.face_id in self.ids for near in found)


TestIndexedTable = IndexedTableMachine.TestCase
