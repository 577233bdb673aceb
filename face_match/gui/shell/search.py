"""The search of the window: shows its page while something is typed into the search field."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from face_match.core.records import Person
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks

if TYPE_CHECKING:
    from face_match.gui.people.search_page import SearchPage


class Search(QObject):
    """Connects the search field with its page, which is made when something is typed first.

    Enter and ↓ go from the field to the results; Escape empties the field.

    Signals:
        changed: something else is searched for, or nothing any more.
        photo_wanted: the path of a photo to be opened.
        person_wanted: a person to be shown.
    """

    changed = Signal()
    photo_wanted = Signal(Path)
    person_wanted = Signal(object)

    def __init__(self, field: QLineEdit, gallery: OpenGallery, tasks: Tasks) -> None:
        super().__init__(field)
        self._field = field
        self._gallery = gallery
        self._tasks = tasks
        self._is_made = False
        self._left = ""
        field.textChanged.connect(self._on_text_changed)
        field.installEventFilter(self)

    @property
    def is_active(self) -> bool:
        """Whether something is searched for."""
        return bool(self._field.text().strip())

    @functools.cached_property
    def page(self) -> SearchPage:
        from face_match.gui.people.search_completer import SearchCompleter
        from face_match.gui.people.search_page import SearchPage

        page = SearchPage(self._gallery, self._tasks)
        page.photo_wanted.connect(self.photo_wanted)
        page.person_wanted.connect(self._on_person_wanted)
        page.text_wanted.connect(self._field.setText)
        SearchCompleter(self._field, self._gallery, self._tasks).complete(self._field.text())
        self._is_made = True
        return page

    def end(self) -> None:
        """Search for nothing any more."""
        self._field.clear()

    def leave(self) -> None:
        """End a search as another page is opened; `go_back` brings it back."""
        if self.is_active:
            self._left = self._field.text()
            self.end()

    def go_back(self) -> None:
        """Search again for what was left last."""
        if self._left and not self.is_active:
            self._field.setText(self._left)
            self._left = ""

    def _on_text_changed(self, text: str) -> None:
        if self.is_active:
            self.page.search(text)
        elif self._is_made:
            self.page.clear()
        self.changed.emit()

    def _on_person_wanted(self, person: Person) -> None:
        self.end()
        self.person_wanted.emit(person)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.is_active or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        is_key = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape)
        if event.type() == QEvent.Type.ShortcutOverride and is_key:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and is_key:
            if event.key() == Qt.Key.Key_Escape:
                self.end()
            else:
                self.changed.emit()  # a photo may be shown, which was opened from the results
                self.page.focus_results()
            return True
        return False
