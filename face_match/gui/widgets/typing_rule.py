"""What a key means on a page with a name field: part of the name, a command, or a move among the faces."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from face_match.gui.widgets.name_edit import NameEdit

Command = Callable[[], object]

ON_PROPOSAL = frozenset("nx")
"""Letters that are commands on a proposal: someone else, not them."""
GRACE_S = 0.4
"""A proposal that came by itself so recently cannot be what a key was pressed at: eyes and fingers take
longer."""

_MOVES = frozenset(
    (
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End),
    )
)
_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
_CONTROLS = (QAbstractButton, QAbstractSlider)
"""Have a use of their own for Space; sliders for arrows, too."""
_CONTROL, _ALT, _META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)


class TypingRule(QObject):
    """Sends the keys pressed on a page to its name field, unless they are commands.

    A letter is a command only where no name can be given, or, if it is one of `on_proposal`, on a proposal
    that Enter would confirm. Any other letter starts the name, wherever the focus is; with Shift, each does.
    Once the field has text, letters and Backspace are its own wherever the focus is; while it has the focus,
    all keys that it has a use for. The field learns which letter was a command, as it may have been meant as
    the first one of a name.

    Args:
        page: all its widgets that can have the focus exist already.
        can_name: whether a name can be given now.
        is_proposal: whether Enter would confirm a person now.
        letters: commands by lower-case letter.
        keys: other commands, by Qt.Key, such as of Space, Delete and digits; no name starts with these.
        moves_in: gets the arrows, Home and End that are no commands while the field is empty; and Ctrl+A from
            anywhere else but a field with text.
        stand_ins: buttons that have the focus instead of the field on a proposal; Space and arrows mean there
            what they mean in the empty field.
    """

    def __init__(
        self,
        page: QWidget,
        field: NameEdit,
        *,
        can_name: Callable[[], bool],
        is_proposal: Callable[[], bool],
        letters: Mapping[str, Command],
        keys: Mapping[Qt.Key, Command],
        on_proposal: Collection[str] = ON_PROPOSAL,
        moves_in: QWidget | None = None,
        stand_ins: Collection[QWidget] = (),
    ) -> None:
        super().__init__(page)
        self._field = field
        self._can_name = can_name
        self._is_proposal = is_proposal
        self._letters = letters
        self._keys = keys
        self._on_proposal = frozenset(on_proposal)
        self._moves_in = moves_in
        self._stand_ins = tuple(stand_ins)
        self._held: int | None = None  # the key of the last command, whose repetitions are no letters
        self._proposed_at = -GRACE_S
        for widget in (page, *page.findChildren(QWidget)):
            if widget is page or widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                widget.installEventFilter(self)

    def on_proposed_unasked(self) -> None:
        """Call when a proposal takes the place of another question without a key or click of the user."""
        self._proposed_at = time.monotonic()

    @property
    def is_settled(self) -> bool:
        """Whether the proposal has been there long enough for a key to be an answer to it."""
        return time.monotonic() - self._proposed_at >= GRACE_S

    def commands(self) -> Collection[str]:
        """The letters that are commands now."""
        if not self._can_name():
            return self._letters.keys()
        if not self._field.is_empty:
            return ()
        is_proposal = self._is_proposal() and self.is_settled
        return self._on_proposal & self._letters.keys() if is_proposal else ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QContextMenuEvent):
            is_command = self._is_menu_key(watched, event)
            if is_command:
                self._keys[Qt.Key.Key_Menu]()
            return is_command
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        assert isinstance(event, QKeyEvent)
        if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._held = None
        action = self._meaning(watched, event)
        if action is None:
            if self._field.is_empty and not _is_text(event.text()):
                self._field.note_command("")
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()  # or a shortcut of a menu would get it
        else:
            action()
        return True

    def _is_menu_key(self, focused: QObject, event: QContextMenuEvent) -> bool:
        """Whether the menu key was pressed in the empty field, where it is a command: on X11 Qt asks for the
        field's own menu before the key arrives."""
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard and Qt.Key.Key_Menu in self._keys
        return is_key and focused is self._field and self._field.is_empty

    def _meaning(self, focused: QObject, event: QKeyEvent) -> Command | None:
        """What to do at a key; None to leave it to the widget that has the focus."""
        key, is_field = event.key(), focused is self._field
        if event.isAutoRepeat() and key == self._held:
            return _nothing
        if (is_field and not self._field.is_empty) or (isinstance(focused, _TEXT_FIELDS) and not is_field):
            return None
        modifiers = event.modifiers() & (_CONTROL | _ALT | _META)
        is_all = key == Qt.Key.Key_A and modifiers == _CONTROL
        is_stand_in = focused in self._stand_ins
        is_plain = not modifiers & _ALT  # Alt+← leads back
        is_move = is_all or (is_plain and key in _MOVES - self._keys.keys() and (is_field or is_stand_in))
        if is_move and self._moves_in is not None and focused is not self._moves_in:
            return partial(self._move, self._moves_in, _copy(event))
        if modifiers not in (Qt.KeyboardModifier.NoModifier, _CONTROL | _ALT):  # both are AltGr
            return None
        command = self._command(event)
        if command is not None:
            is_of_control = isinstance(focused, _CONTROLS) and key == Qt.Key.Key_Space and not is_stand_in
            is_of_slider = isinstance(focused, QAbstractSlider) and key in _MOVES
            return None if is_of_control or is_of_slider else partial(self._run, _copy(event), command)
        is_for_name = _is_text(event.text()) or (key == Qt.Key.Key_Backspace and not self._field.is_empty)
        if is_field or not self._can_name() or not is_for_name:
            return None
        return partial(self._begin, _copy(event))

    def _command(self, event: QKeyEvent) -> Command | None:
        letter = event.text().lower()
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not is_shifted and letter in self.commands():
            return self._letters[letter]
        try:
            return self._keys.get(Qt.Key(event.key()))
        except ValueError:  # a key that Qt has no name for
            return None

    def _run(self, event: QKeyEvent, command: Command) -> None:
        """Run a command, once for a key that is held down."""
        self._held = event.key()
        if not event.isAutoRepeat():
            command()
            self._field.note_command(event.text() if _is_text(event.text()) else "")

    def _move(self, faces: QWidget, event: QKeyEvent) -> None:
        self._field.note_command("")
        QApplication.sendEvent(faces, event)

    def _begin(self, event: QKeyEvent) -> None:
        """Start the name with the letter typed."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.sendEvent(self._field, event)


def _nothing() -> None:
    pass


def _is_text(text: str) -> bool:
    return bool(text) and text.isprintable() and not text.isspace()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        QEvent.Type.KeyPress,
        event.key(),
        event.modifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
