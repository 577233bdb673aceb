"""The people of the gallery as the rows of a view, in one of three orders; fast with 10,000 people."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal

from face_match.core.records import Person
from face_match.gallery.records.names import search_key
from face_match.gui import phrases
from face_match.gui.translation import tr
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.plain_text import plain, shown

PERSON_ROLE = Qt.ItemDataRole.UserRole


class PeopleOrder(str, Enum):
    """What people are sorted by. The values are those of `Settings.people_order`."""

    FACES = "faces"
    NAME = "name"
    ADDED = "added"


class SortedPeople(NamedTuple):
    """All people in an order.

    Attributes:
        source: the people in the order in which they were added.
        keys: the `search_key` of the name of each of the people.
    """

    source: Sequence[Person]
    people: Sequence[Person] = ()
    keys: Sequence[str] = ()
    order: PeopleOrder = PeopleOrder.NAME

    def with_first(self, folders: Sequence[str]) -> SortedPeople:
        """The people with these folders first, in their order; then the others."""
        rank = {folder: number for number, folder in enumerate(folders)}
        pairs = sorted(
            zip(self.people, self.keys, strict=True), key=lambda pair: rank.get(pair[0].folder, len(rank))
        )
        return self._replace(people=[one for one, _ in pairs], keys=[key for _, key in pairs])


def sort_people(people: Sequence[Person], before: SortedPeople, order: PeopleOrder) -> SortedPeople:
    """Sort people. Slow for thousands; faster where `before` has most of the names."""
    known = {person.name: key for person, key in zip(before.people, before.keys, strict=True)}
    pairs = [(known.get(person.name) or search_key(person.name), person) for person in people]
    if order is PeopleOrder.ADDED:
        pairs.reverse()
    else:
        pairs.sort(key=lambda pair: pair[0])
    if order is PeopleOrder.FACES:
        pairs.sort(key=lambda pair: -pair[1].face_count)
    return SortedPeople(people, [person for _, person in pairs], [key for key, _ in pairs], order)


class PeopleModel(QStringListModel):
    """The people. `renamed` has a person and the new name typed.

    A QStringListModel, because views ask for the number of rows once a row, which is slow in Python.
    """

    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_editable = False
        self.all = SortedPeople(())

    @property
    def people(self) -> Sequence[Person]:
        """The people, in the order of the rows."""
        return self.all.people

    def show_people(self, people: SortedPeople) -> None:
        """Replace the people. Where the rows have the same people, only rows that changed are updated."""
        before, self.all = self.people, people
        if [person.folder for person in before] != [person.folder for person in people.people]:
            self.setStringList([person.name for person in people.people])
            return
        for row, (old, new) in enumerate(zip(before, people.people, strict=True)):
            if old is not new:
                super().setData(self.index(row), new.name)
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_beginning_with(self, text: str, first: int) -> int | None:
        """The row of the next name that begins with a text, else that has a word which does, as `search_key`
        compares them.

        Args:
            first: the row from which to search; after the last row, the search begins again at the top.
        """
        sought, keys = search_key(text), self.all.keys
        rows = [*range(first, len(keys)), *range(min(first, len(keys)))]
        begins = next((row for row in rows if keys[row].startswith(sought)), None)
        return (
            begins if begins is not None else next((row for row in rows if f" {sought}" in keys[row]), None)
        )

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == PERSON_ROLE:
            return self.people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self.people[index.row()].name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(_description(self.people[index.row()]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _description(self.people[index.row()])
        return super().data(index, role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit `renamed`; the row changes when the gallery has the new name."""
        person = self.people[index.row()]
        if value.strip() and value != person.name:
            self.renamed.emit(person, value)
        return False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable else flags


def _description(person: Person) -> str:
    return tr(
        "{name}, {faces}, added {date}",
        name=phrases.display_name(person.name),
        faces=phrases.faces(person.face_count),
        date=phrases.date_text(person.added),
    )
