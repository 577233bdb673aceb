"""A field for a name, with suggestions from the gallery that drop down while it is typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.name_suggestions import KnownNames, NameSuggestions

if TYPE_CHECKING:
    from face_match.core.records import Person
    from face_match.gallery.gallery import Gallery

LONGEST_NAME = 1000
IN_ONE_GO_S = 0.7
"""Between a letter that was a command and the next one, when both were typed as a name."""


class NameEdit(QLineEdit):
    """A field that suggests the names that contain the text typed.

    Enter accepts a name that is known, or like no other. Where a known name begins as the text does, Enter
    asks once: it marks that name, and the next Enter accepts what is marked, which ↑ and ↓ change. Tab
    completes. The same where the letter before the text was a command but may have been meant as a part of
    the name: a known name begins with both, or a new one was typed in one go, in small letters.

    Args:
        covers: the tasks and the gallery to read the people's covers with; None to show names alone.

    Attributes:
        may_be_new: whether a name that nobody has can be used.

    Signals:
        accepted: the user decided on a name.
        typing_changed: `is_empty` is different.
        entered: the focus came here by a click.
    """

    accepted = Signal(str)
    typing_changed = Signal()
    entered = Signal()

    def __init__(
        self,
        object_name: str,
        tip: str,
        covers: tuple[Tasks, Callable[[], Gallery | None]] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(tr("Name"))
        self.setPlaceholderText(tr("Type a name"))
        self.setToolTip(tip)
        self.setMaxLength(LONGEST_NAME)
        self._names = KnownNames()
        self._covers = covers
        self.keep_clear_of: QWidget | None = None
        self.may_be_new: Callable[[str], bool] = lambda _: True
        self._made: NameSuggestions | None = None
        self._is_composing = False
        self._was_empty = True
        self._command = ""  # the letter before what is typed
        self._command_at = -IN_ONE_GO_S
        self._is_in_one_go = False
        self.textChanged.connect(self._on_text_changed)
        self.textEdited.connect(self._suggest)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed, nor being composed by an input method."""
        return not self.text() and not self._is_composing

    @property
    def suggestions(self) -> NameSuggestions:
        """The list that drops down, made when it is first needed."""
        if self._made is None or self._made.parentWidget() is not self.window():
            self._made = NameSuggestions(self, self._covers)
            self._made.keep_clear_of = self.keep_clear_of
            self._made.picked.connect(self._accept)
            self.window().installEventFilter(self)
        return self._made

    @property
    def is_asking(self) -> bool:
        """Whether Enter was pressed on the beginning of a known name, and waits for another Enter."""
        return self._made is not None and self._made.is_asking

    def show_people(self, people: Iterable[Person]) -> None:
        """Set the people to suggest."""
        self._names = KnownNames({person.name: person for person in people}, self._names.hints)

    def show_names(self, names: Iterable[str]) -> None:
        """Set the names to suggest, of nobody in particular."""
        self._names = KnownNames(dict.fromkeys(names))

    def show_hints(self, names: Sequence[str]) -> None:
        """Set the names in the metadata of the photo, which are suggested first; a click into the empty field
        lists them."""
        if [*names] != [*self._names.hints]:
            self._names.hints = names
            if not self.text():
                self._close()

    def note_command(self, letter: str) -> None:
        """Note that a letter was a command, which may have been meant as the first one of a name; "" for
        another command."""
        self._command, self._command_at, self._is_in_one_go = letter, time.monotonic(), False

    def show_quiet(self, is_quiet: bool) -> None:
        """Look as if the main button was to be pressed, not a name to be typed here."""
        if bool(self.property("isQuiet")) is not is_quiet:
            self.setProperty("isQuiet", is_quiet)
            self.style().polish(self)

    def submit(self) -> None:
        """Accept the name typed, as Enter does; or ask where it may be the beginning of a known one."""
        name = self.text().strip()
        if not name:
            return
        marked = self._made.marked if self._made is not None else None
        if marked is not None:
            self._accept(marked)
        elif self._is_clear(name):
            self._accept(name)
        else:
            self._suggest(self.text())
            self.suggestions.ask()

    def _is_clear(self, name: str) -> bool:
        """Whether a name is known or new, and nothing else may have been meant."""
        with_letter = self._command and self._names.beginning_with(self._command + name)
        if self._names.has(name):
            return not (self._is_in_one_go and with_letter)
        return not self._is_in_one_go and not with_letter and not self._names.beginning_with(name)

    def cancel(self) -> bool:
        """Close the suggestions, or clear the text; returns whether there was any."""
        if self.is_asking:
            self._suggest(self.text())
            return True
        had_any = not self.is_empty or self._is_open
        self.clear()
        return had_any

    def clear(self) -> None:
        """Clear the text, which Undo does not bring back, and close the suggestions."""
        self._close()
        self.setText("")
        self.note_command("")

    # Keys

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
        ):
            event.setAccepted(bool(self.text()))  # in an empty field, the gallery's last change is meant
            return True
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._has_use_of(event):
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._has_use_of(event):
            self._press(event)
            return True
        return super().event(event)

    def _has_use_of(self, event: QKeyEvent) -> bool:
        """Whether a key is for the name that is being typed, instead of the page around it."""
        if not self.text() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return True
        if key == Qt.Key.Key_Tab:
            return self._is_open and bool(self._made and self._made.completion)
        return self._is_open and key in (Qt.Key.Key_Up, Qt.Key.Key_Down)

    @property
    def _is_open(self) -> bool:
        """Whether the suggestions are shown."""
        return self._made is not None and self._made.isVisible()

    def _press(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Tab:
            self.selectAll()
            self.insert(self.suggestions.completion)  # `setText` would forget what Undo brings back
            self._close()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.suggestions.move_mark(1 if key == Qt.Key.Key_Down else -1)
        elif not event.isAutoRepeat():
            self.submit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.is_empty and self._names.hints and self.isEnabled():
            self.suggestions.show_hinted(self._names.hinted())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._on_text_changed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._made is not None and self._made.isVisible():
            self._made.place()
        return False

    # Suggestions

    def _on_text_changed(self) -> None:
        if self._was_empty != self.is_empty:
            self._was_empty = self.is_empty
            self.typing_changed.emit()
        if self.is_empty:
            self._close()
            if self.isUndoAvailable():
                self.setText("")  # forgets it: Undo is the gallery's now

    def _suggest(self, text: str) -> None:
        """Show the names that contain a text, unless it is one of them and no part of others."""
        if len(text) == 1:
            is_soon = time.monotonic() - self._command_at < IN_ONE_GO_S
            is_small = self._command.islower() and text.islower() and text != self._command
            self._is_in_one_go = is_soon and is_small
        found = self._names.containing(text, self._command) if text.strip() else []
        new = [self._command + text.strip()] if self._is_in_one_go else []
        new = [name for name in (*new, text.strip()) if not self._names.has(name)]
        if not text.strip() or (not self._is_in_one_go and (not found or (len(found) == 1 and not new))):
            self._close()
        else:
            self.suggestions.show_people(found, [name for name in new if self.may_be_new(name)])

    def _accept(self, name: str) -> None:
        self._close()
        self.note_command("")
        self.setText(name)
        self.accepted.emit(name)

    def _close(self) -> None:
        if self._made is not None:
            self._made.close_list()
