"""Several threads on one gallery: nothing is lost, and readers see consistent states."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from face_match.core.matches import Match
from face_match.core.types import Embedding
from face_match.gallery.gallery import Gallery, NamingResult

Add = Callable[..., NamingResult]
FaceEmbedding = Callable[[int], Embedding]


@pytest.fixture(autouse=True)
def frequent_switches() -> Iterator[None]:
    """Threads take turns every few microseconds, so that what can go wrong does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


def check_while(change: Callable[[], object], check: Callable[[], None], readers: int = 3) -> int:
    """Repeat `check` in threads until `change` has run; returns how often it ran."""
    is_over = threading.Event()

    def read() -> int:
        count = 0
        while not is_over.is_set():
            check()
            count += 1
        return count

    with ThreadPoolExecutor(readers) as pool:
        results = [pool.submit(read) for _ in range(readers)]
        try:
            change()
        finally:
            is_over.set()
        return sum(result.result() for result in results)


def assert_consistent(matches: list[Match], query: Embedding, model: str) -> None:
    assert len({match.person.folder for match in matches}) == len(matches)
    for match in matches:
        assert match.person.face_count > 0
        assert match.face.file.startswith(f"faces_db/{match.person.folder}/")
        similarity = float(match.face.embeddings[model] @ query)
        assert match.similarity == pytest.approx(similarity, abs=1e-5)


def test_additions_from_several_threads_are_all_kept(gallery: Gallery, folder: Path, add: Add) -> None:
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda n: add(gallery, f"Person {n % 5}", n), range(60)))
    assert sum(named.is_new for named in results) == 5
    reopened = Gallery.open(folder, for_writing=False)
    assert {person.name: person.face_count for person in reopened.people} == {
        f"Person {n}": 12 for n in range(5)
    }
    kept = [face for person in reopened.people for face in reopened.faces_of(person)]
    assert {face.id for face in kept} == {face.id for named in results for face in named.faces}
    for face in kept:
        assert reopened.pixels_of(face).shape == (24, 20, 3)


def test_the_same_face_from_several_threads_is_kept_once(gallery: Gallery, folder: Path, add: Add) -> None:
    with ThreadPoolExecutor(6) as pool:
        errors = [pool.submit(add, gallery, "Ada", 1).exception() for _ in range(12)]
    assert [type(error).__name__ for error in errors if error] == ["AlreadyAddedError"] * 11
    assert len(list(folder.glob("faces_db/*/*.png"))) == 1


def test_a_reader_sees_consistent_states_while_faces_change(
    gallery: Gallery, add: Add, face_embedding: FaceEmbedding
) -> None:
    for number in range(10):
        add(gallery, f"Person {number % 4}", number)
    query = face_embedding(999)

    def change() -> None:
        for number in range(10, 50):
            add(gallery, f"Person {number % 6}", number)
            if number % 3 == 0:
                gallery.undo()
            if number % 6 == 0:
                gallery.redo()

    def check() -> None:
        matches = gallery.nearest(query, "made-up", 10)
        assert 4 <= len(matches) <= 6
        assert_consistent(matches, query, "made-up")
        for person in gallery.people:
            assert gallery.find(person.name) is not None or person.name in ("Person 4", "Person 5")

    assert check_while(change, check) > 50


def test_a_reader_misses_nobody_while_embeddings_are_added(
    gallery: Gallery, add: Add, face_embedding: FaceEmbedding
) -> None:
    ids = [add(gallery, f"Person {number % 10}", number).faces[0].id for number in range(100)]
    query = face_embedding(999)

    def change() -> None:
        rng = np.random.default_rng(0)
        for _ in range(60):
            embeddings = rng.normal(size=(len(ids), 16)).astype(np.float32)
            embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
            gallery.add_embeddings("second", dict(zip(ids, embeddings, strict=True)), store=True)

    def check() -> None:
        assert gallery.face_count == 100
        assert len(gallery.nearest(query, "made-up", 50)) == 10
        assert_consistent(gallery.nearest(query, "second", 50), query, "second")
        assert len(gallery.people) == 10

    assert check_while(change, check) > 50


def test_people_and_the_history_can_be_read_while_somebody_else_holds_the_gallery(
    gallery: Gallery, add: Add
) -> None:
    """The window asks for these between two events; an import can hold the lock for as long as it writes."""
    add(gallery, "Ada", 1)
    add(gallery, "Ada", 2)
    gallery.undo()
    is_held, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with gallery._lock:
            is_held.set()
            may_go.wait(60)

    def read() -> list[object]:
        ada = gallery.find("ada")
        assert ada is not None
        steps = [step.description for step in (*gallery.history, *gallery.undone)]
        return [[person.name for person in gallery.people], gallery.face_count, ada.face_count, steps]

    with ThreadPoolExecutor(2) as pool:
        holder = pool.submit(hold)
        assert is_held.wait(60)
        try:
            told = pool.submit(read).result(timeout=20)
        finally:
            may_go.set()
        holder.result()
    assert told == [["Ada"], 1, 1, ["added a face to Ada"] * 2]
