"""Suggestions of names for the search field, which complete the name that is being typed at its end."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import Person
from face_match.gallery.records.names import search_key
from face_match.gui.people.search_page import search_words
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import SEARCH, Tasks
from face_match.gui.widgets.name_suggestions import MOST_SUGGESTED, NameSuggestions, Suggestion
from face_match.workflows.search_text import Keywords, NameIndex, last_name_at

KEY = "suggestions"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Completion(NamedTuple):
    """A person, and where in the text the name begins."""

    person: Person
    start: int


class SearchCompleter(QObject):
    """Lets people drop down from a search field. ↓ and ↑ mark one, Enter takes it; Tab takes the only one.

    Make one for a field; it needs nothing else. A name that is taken changes the field's text.
    """

    def __init__(self, field: QLineEdit, gallery: OpenGallery, tasks: Tasks) -> None:
        super().__init__(field)
        self._field = field
        self._gallery = gallery
        self._tasks = tasks
        self._names = NameIndex(())
        self._found: list[_Completion] = []
        self._made: NameSuggestions | None = None
        field.textEdited.connect(self.complete)
        field.textChanged.connect(self._on_changed)
        field.installEventFilter(self)

    @property
    def suggestions(self) -> NameSuggestions:
        """The list that drops down, made when it is first needed."""
        if self._made is None or self._made.parentWidget() is not self._field.window():
            self._made = NameSuggestions(self._field, (self._tasks, lambda: self._gallery.gallery))
            self._made.picked.connect(self._take)
            self._field.window().installEventFilter(self)
        return self._made

    def close(self) -> None:
        """Close the list."""
        self._tasks.drop(KEY)
        if self._made is not None:
            self._made.close_list()

    def complete(self, text: str) -> None:
        """Suggest people for the name at the end of a text, which is in the field."""
        gallery = self._gallery.gallery
        if gallery is None or not text.strip():
            self.close()
            return
        names, words = self._names, search_words()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> tuple[NameIndex, list[_Completion]]:
            people = gallery.people
            index = names if names.people is people else NameIndex(people)
            return index, _completions(text, index, words)

        def on_done(result: tuple[NameIndex, list[_Completion]]) -> None:
            self._names, found = result
            if self._field.text() == text and self._field.hasFocus():
                self._show(found)

        self._tasks.start(SEARCH, job, on_done, key=KEY, owners=(gallery,))

    def _on_changed(self, text: str) -> None:
        """Close the list where the text was not typed: it was cleared, or a name was taken."""
        if not text:
            self.close()

    def _show(self, found: list[_Completion]) -> None:
        self._found = found
        if found:
            self.suggestions.show_people([Suggestion(one.person.name, one.person) for one in found], ())
        else:
            self.close()

    def _take(self, name: str) -> None:
        start = next((one.start for one in self._found if one.person.name == name), 0)
        text = self._field.text()[:start] + name
        self.close()
        self._field.setText(text)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._field:
            if kind == QEvent.Type.Resize and self._is_open:
                self.suggestions.place()
            return False
        if kind == QEvent.Type.FocusOut:
            self.close()
        elif isinstance(event, QKeyEvent) and self._is_open and self._has_use_of(event):
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress:
                self._press(event)
                return True
        return False

    @property
    def _is_open(self) -> bool:
        return self._made is not None and self._made.isVisible()

    def _has_use_of(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, suggestions = event.key(), self.suggestions
        if key in ENTER:
            return suggestions.marked is not None
        if key == Qt.Key.Key_Tab:
            return bool(suggestions.completion)
        return key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)

    def _press(self, event: QKeyEvent) -> None:
        key, suggestions = event.key(), self.suggestions
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            suggestions.move_mark(1 if key == Qt.Key.Key_Down else -1)
        elif key in ENTER:
            self._take(suggestions.marked or "")
        else:
            self._take(suggestions.completion)


def _completions(text: str, names: NameIndex, words: Keywords) -> list[_Completion]:
    """The people whose names have the last name of a text in them, or the whole of it; none where the name is
    complete."""
    starts = dict.fromkeys((0, last_name_at(text, words)))
    found: dict[str, _Completion] = {}
    for start in starts:
        typed = text[start:]
        people = [person for _, person in names.containing(typed)]
        if [search_key(person.name) for person in people] == [search_key(typed)]:
            return []
        for person in people[:MOST_SUGGESTED]:
            found.setdefault(person.folder, _Completion(person, start))
    return [*found.values()][:MOST_SUGGESTED]
