"""A field for somebody's name, which offers those that are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from face_match.gui.widgets.people_model import AnyIndex
from face_match.gui.widgets.plain_text import shown

LONGEST_NAME = 1000


class _Names(QStringListModel):
    """Names, which the list shows without obeying them, and the field gets as they are."""

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = super().data(index, role)
        return shown(value) if role == Qt.ItemDataRole.DisplayRole and value else value


class NameEdit(QLineEdit):
    """Any part of a known name brings it up."""

    def __init__(self, object_name: str, tip: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName("Name")
        self.setPlaceholderText("Name")
        self.setToolTip(tip)
        self.setMaxLength(LONGEST_NAME)
        self._names = _Names(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def show_names(self, names: Iterable[str]) -> None:
        """Those to offer."""
        self._names.setStringList(sorted(names, key=str.casefold))

    def clear(self) -> None:
        """The list of names goes with what was typed."""
        popup = self.completer().popup()
        if popup is not None:
            popup.hide()
        super().clear()
