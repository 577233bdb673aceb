"""The people of the gallery as rows sorted by name; fast with 10,000 people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal

from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.plain_text import plain, shown

PERSON_ROLE = Qt.ItemDataRole.UserRole

_ACCENTS = re.compile("[\u0300-\u036f]")


class SortedPeople(NamedTuple):
    """All people sorted by name.

    Attributes:
        source: the people in their original order.
        keys: the sort key of each of the people.
    """

    source: Sequence[Person]
    people: Sequence[Person] = ()
    keys: Sequence[str] = ()


def sort_people(people: Sequence[Person], before: SortedPeople) -> SortedPeople:
    """Sort people by name. Slow for thousands; faster where `before` has most of the names."""
    known = {person.name: key for person, key in zip(before.people, before.keys, strict=True)}
    pairs = [(known.get(person.name) or sort_key(person.name), person) for person in people]
    pairs.sort(key=lambda pair: pair[0])
    return SortedPeople(people, [person for _, person in pairs], [key for key, _ in pairs])


class PeopleModel(QStringListModel):
    """The people whose names match the filter. `renamed` has a person and the new name typed.

    A QStringListModel, because views ask for the number of rows once a row, which is slow in Python.
    """

    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_editable = False
        self.all = SortedPeople(())
        self.shown: list[Person] = []
        self._sought = ""

    def show_people(self, people: SortedPeople) -> None:
        self.all = people
        self._fill()

    def filter(self, text: str) -> None:
        """Show people whose names contain a text, ignoring case and accents."""
        self._sought = sort_key(text.strip())
        self._fill()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == PERSON_ROLE:
            return self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self.shown[index.row()].name)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            person = self.shown[index.row()]
            faces = phrases.faces(person.face_count)
            text = f"{phrases.display_name(person.name)}, {faces}, added {phrases.date_text(person.added)}"
            return plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return super().data(index, role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit `renamed`; the row changes when the gallery has the new name."""
        person = self.shown[index.row()]
        if value.strip() and value != person.name:
            self.renamed.emit(person, value)
        return False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable else flags

    def _fill(self) -> None:
        """Apply the filter. If it gives the same people as before, only rows that changed are updated."""
        pairs = zip(self.all.keys, self.all.people, strict=True)
        rows = [person for key, person in pairs if self._sought in key]
        if len(rows) == len(self.shown) and [person.folder for person in rows] == [
            person.folder for person in self.shown
        ]:
            for row, (before, now) in enumerate(zip(self.shown, rows, strict=True)):
                if now is not before:
                    self.shown[row] = now
                    super().setData(self.index(row), now.name)
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.shown = rows
        self.setStringList([person.name for person in rows])


def sort_key(name: str) -> str:
    """A name without case and accents, so that É sorts beside e and is found by it."""
    if name.isascii():
        return name.casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold()
