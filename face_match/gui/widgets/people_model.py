"""The people of the gallery as rows, by name: as fast with ten thousand as with ten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt, Signal

from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.widgets.plain_text import plain, shown

PERSON_ROLE = Qt.ItemDataRole.UserRole

AnyIndex = QModelIndex | QPersistentModelIndex

_ACCENTS = re.compile("[\u0300-\u036f]")


class SortedPeople(NamedTuple):
    """All people in the order of their names, and what each is found by."""

    given: Sequence[Person]
    people: Sequence[Person] = ()
    keys: Sequence[str] = ()


def sort_people(people: Sequence[Person], before: SortedPeople) -> SortedPeople:
    """Put people in order. Takes some time for thousands, less where most names are as before."""
    known = {person.name: key for person, key in zip(before.people, before.keys, strict=True)}
    pairs = [(known.get(person.name) or sort_key(person.name), person) for person in people]
    pairs.sort(key=lambda pair: pair[0])
    return SortedPeople(people, [person for _, person in pairs], [key for key, _ in pairs])


class PeopleModel(QStringListModel):
    """Those who pass the filter. `renamed` gives one of them and the name that was typed.

    A list of strings, as a view asks for the number of rows once a row, which takes too long in Python.
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
        """Show those whose names have the text in them; case and accents do not count."""
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
        """The name changes once the gallery has it."""
        person = self.shown[index.row()]
        if value.strip() and value != person.name:
            self.renamed.emit(person, value)
        return False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable else flags

    def _fill(self) -> None:
        """Where the rows are of the same people as before, only what they say is new."""
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
    """A name without case and accents: É is found by e, and stands beside it."""
    if name.isascii():
        return name.casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold()
