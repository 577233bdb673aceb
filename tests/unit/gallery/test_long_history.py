"""Histories longer than the limit, as untrusted records may have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.records import FaceRecord, Person
from face_match.gallery import editing
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.edits import Edit, invert
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.records.people import People
from face_match.gallery.records.rows import Contents, Table, face_row, person_row
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.sqlite.store import SqlStore
from face_match.gallery.undo_fitting import fitted_to_current
from tests.unit.gallery.call_counting import MOST_GROWTH

LENGTH, FEW = 3, 150


class Number(int):
    """Counts what it is compared with."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Number.compared += 1
        return int(self) == other

    __hash__ = int.__hash__


class Name(str):
    """The same for a name."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Name.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_the_next_change_limits_the_history(
    gallery: Gallery, folder: Path, add: Callable[..., NamingResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(gallery, "Ada", 1)
    for number in range(2, 10):
        gallery._store.commit((), HistoryEntry(Step(number, "did nothing", ""), ()))
    gallery.close()
    monkeypatch.setattr(editing, "MAX_STEPS", LENGTH)
    with Gallery.open(folder, for_writing=True) as opened:
        assert len(opened.history) == 9
        add(opened, "Ada", 2)
        assert len(opened.history) == LENGTH
    assert [step.id for step in Gallery.open(folder, for_writing=False).history] == [8, 9, 10]


def test_forgetting_twice_as_many_steps_is_twice_the_work(tmp_path: Path) -> None:
    compared = []
    for count in (FEW, 2 * FEW):
        store = JsonStore(tmp_path / f"{count}")
        store.path.parent.mkdir()
        steps = {number: (Step(number, "", ""), ()) for number in range(count)}
        store.save(Contents(), steps)
        Number.compared = 0
        store.commit((), None, [Number(number) for number in range(count)])
        assert store.steps() == []
        compared.append(Number.compared)
    assert compared[1] <= MOST_GROWTH * compared[0]


def test_a_database_forgets_more_steps_than_a_statement_can_name(tmp_path: Path) -> None:
    SqlStore.create(tmp_path / "gallery.sqlite", Contents(), [])
    store = SqlStore(tmp_path / "gallery.sqlite", for_writing=True)
    for number in (1, 40_000, 40_001):
        store.commit((), HistoryEntry(Step(number, "", ""), ()))
    store.commit((), None, range(40_001))
    assert [step.id for step in store.steps()] == [40_001]
    store.close()


def test_undoing_twice_as_many_new_people_is_twice_the_work(tmp_path: Path) -> None:
    def comparisons(count: int) -> int:
        people = [Person(f"Person {number}", Name(number), "") for number in range(count)]
        edits = [Edit(Table.PEOPLE, person.folder, None, person_row(person)) for person in people]
        store = JsonStore(tmp_path / f"of {count}")
        store.path.parent.mkdir()
        store.commit(edits)
        everybody = People(people)
        Name.compared = 0
        assert len(fitted_to_current(invert(edits), store, everybody)) == count
        return Name.compared

    assert comparisons(2 * FEW) <= MOST_GROWTH * comparisons(FEW)


def test_undo_does_not_restore_a_person_without_faces(tmp_path: Path) -> None:
    ada, grace = (Edit(Table.PEOPLE, one, None, person_row(Person(one, one, ""))) for one in "AG")
    row = face_row(FaceRecord("1", "", person="A"))
    face = Edit(Table.FACES, "1", None, row)
    named = Edit(Table.FACES, "1", {"person": "A"}, {"person": "G"})
    found = fitted_to_current([ada, grace, face, named], JsonStore(tmp_path), People(()))
    assert [(edit.table, edit.key) for edit in found] == [
        (Table.PEOPLE, "G"),
        (Table.FACES, "1"),
        (Table.FACES, "1"),
    ]
