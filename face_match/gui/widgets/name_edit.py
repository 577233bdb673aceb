"""A field for a name, with suggestions from the gallery."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.plain_text import shown

LONGEST_NAME = 1000


class _Names(QStringListModel):
    """Names that are shown with invisible characters written out, and completed unchanged."""

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = super().data(index, role)
        return shown(value) if role == Qt.ItemDataRole.DisplayRole and value else value


class NameEdit(QLineEdit):
    """A field that suggests the names that contain the text typed."""

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
        """Set the names to suggest."""
        self._names.setStringList(sorted(names, key=str.casefold))

    def clear(self) -> None:
        """Clear the text and hide the suggestions."""
        popup = self.completer().popup()
        if popup is not None:
            popup.hide()
        super().clear()
