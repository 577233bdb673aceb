"""A page about the state of the gallery that asks for a passphrase or a password."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar

from face_match.gui import theme
from face_match.gui.shell.state_page import WIDTH_PX, StatePage, centred_text, keep_place
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button
from face_match.gui.widgets.wrapping_row import WrappingRow

FIELD_EMS = 10
"""The width of the field, in heights of its text, below which its buttons stand below it."""


class SecretPage(StatePage):
    """The field is `edit`, and Enter in it is a click on `open_button`. The page keeps its size whatever it
    says. Subclasses say what a click does in `open`."""

    def __init__(
        self, object_name: str, label: str, open_button: Button, show_button: Button, working: str
    ) -> None:
        """A page with a field.

        Args:
            label: of the field.
            show_button: shows what was typed while it is down.
            working: what is said while an attempt is made.
        """
        super().__init__(object_name, "lock")
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(label)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMinimumHeight(theme.CONTROL_PX)
        self.open_button = open_button
        self.remark = centred_text()
        self.remark.setAccessibleName(tr("What happened"))
        self._working = working
        self._progress = QProgressBar()
        self._progress.setAccessibleName(working)
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._asks = True
        """Whether the field is shown; else the button tries again without it."""
        self.show_button = show_button
        self.show_button.setShortcut("Alt+V")
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._on_shown)
        row = WrappingRow(is_centred=True)
        row.add(self.edit, is_wide=True, least_px=FIELD_EMS * self.edit.fontMetrics().height())
        row.add(self.show_button)
        row.add(self.open_button)
        self.column.addSpacing(theme.GRID_PX)
        self.column.addLayout(row)
        self.edit.textChanged.connect(self._on_typed)
        self.edit.returnPressed.connect(self.open_button.click)
        self.open_button.clicked.connect(self._on_open)

    def open(self, secret: str) -> None:
        """Try with what was typed; "" if nothing was asked for."""

    def ask(self, asks: bool) -> None:
        """Show the field; or only the button, which tries again without it."""
        self._asks = asks
        self.edit.setVisible(asks)
        self.show_button.setVisible(asks)

    def add_remark(self, lines: int) -> None:
        """Add the progress and the remark to the column, with room for so many lines."""
        self.column.addWidget(self._progress)
        self.column.addWidget(self.remark)
        keep_place(self._progress)
        text = "\n".join(["x"] * lines)
        room = self.remark.fontMetrics().boundingRect(QRect(0, 0, WIDTH_PX, WIDTH_PX), 0, text)
        self.remark.setMinimumHeight(room.height())

    def show_working(self) -> None:
        """Show that an attempt is made, until something else is said."""
        self.say(self._working)
        self._progress.show()
        self.edit.setReadOnly(True)
        self.open_button.setEnabled(False)

    def say(self, text: str, *, is_wrong: bool = False) -> None:
        """Say what happened, in the colour of errors where something was wrong."""
        self._progress.hide()
        self.remark.setText(text)
        palette = self.palette()
        if is_wrong:
            palette.setColor(self.remark.foregroundRole(), theme.colours().danger)
        self.remark.setPalette(palette)
        self.edit.setReadOnly(False)
        self._on_typed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_focus()

    def take_focus(self) -> None:
        """Focus the field; where it is not shown, the button."""
        (self.edit if self._asks else self.open_button).setFocus()

    def _on_shown(self, is_shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.edit.setEchoMode(modes.Normal if is_shown else modes.Password)
        self.show_button.icon_name = "eye-off" if is_shown else "eye"
        self.edit.setFocus()

    def _on_typed(self) -> None:
        self.open_button.setEnabled(not self._asks or bool(self.edit.text()))

    def _on_open(self) -> None:
        if self.edit.isReadOnly():
            return
        secret = self.edit.text()
        self.show_working()
        self.open(secret if self._asks else "")
