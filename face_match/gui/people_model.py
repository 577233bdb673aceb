"""The people of the gallery as rows, by name: as fast with ten thousand as with ten."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from face_match.gui import phrases
from face_match.types import Person

PERSON_ROLE = Qt.ItemDataRole.UserRole

AnyIndex = QModelIndex | QPersistentModelIndex

_ACCENTS = re.compile("[\u0300-\u036f]")


class PeopleModel(QAbstractListModel):
    """Those who pass the filter. `renamed` gives one of them and the name that was typed."""

    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_editable = False
        self.all: tuple[Person, ...] = ()
        self.shown: list[Person] = []
        self._sorted: list[tuple[str, Person]] = []
        self._keys: dict[str, str] = {}
        self._sought = ""

    def show_people(self, people: tuple[Person, ...]) -> None:
        known = self._keys
        self._keys = {person.name: known.get(person.name) or sort_key(person.name) for person in people}
        self.all = people
        pairs = [(self._keys[person.name], person) for person in people]
        self._sorted = sorted(pairs, key=lambda pair: pair[0])
        self._fill()

    def filter(self, text: str) -> None:
        """Show those whose names have the text in them; case and accents do not count."""
        self._sought = sort_key(text.strip())
        self._fill()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        person = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return person.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{person.name}, {phrases.samples(person.sample_count)}"
        return person if role == PERSON_ROLE else None

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
        rows = [person for key, person in self._sorted if self._sought in key]
        if [person.folder for person in rows] == [person.folder for person in self.shown]:
            self.shown = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.shown = rows
        self.endResetModel()


def sort_key(name: str) -> str:
    """A name without case and accents: É is found by e, and stands beside it."""
    if name.isascii():
        return name.casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold()
