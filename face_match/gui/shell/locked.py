"""The page of a gallery that is encrypted: one field for its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar

from face_match.gui import theme
from face_match.gui.shell.state_page import StatePage, centred_text, keep_place
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.plain_text import plain


class LockedPage(StatePage):
    """What is typed is given to `unlock_wanted`; `retry_wanted` follows where the system's keyring has the
    key. The page keeps its size whatever it says."""

    unlock_wanted = Signal(str)
    retry_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("lockedPage", "lock")
        self.title.setText(tr("This gallery is locked."))
        self.passphrase_edit = QLineEdit()
        self.passphrase_edit.setObjectName("unlockEdit")
        self.passphrase_edit.setAccessibleName(tr("Passphrase"))
        self.passphrase_edit.setPlaceholderText(tr("Passphrase"))
        self.passphrase_edit.setToolTip(tr("The passphrase of this gallery (Enter unlocks it)"))
        self.passphrase_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_edit.setMinimumHeight(theme.CONTROL_PX)
        self.show_button = button(
            "", "showPassphraseButton", tr("Show the passphrase (Alt+S)"), Kind.QUIET, icon="eye"
        )
        self.show_button.setShortcut("Alt+S")
        self.show_button.setCheckable(True)
        self.unlock_button = button(
            tr("Unlock"), "unlockButton", tr("Unlock the gallery (Enter)"), Kind.MAIN, keys=tr("Enter")
        )
        self.remark = centred_text()
        self.remark.setObjectName("unlockRemark")
        self.remark.setAccessibleName(tr("What happened"))
        self._progress = QProgressBar()
        self._progress.setAccessibleName(tr("Unlocking"))
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._is_by_keyring = False
        self._lay_out()
        self.passphrase_edit.textChanged.connect(self._on_typed)
        self.passphrase_edit.returnPressed.connect(self.unlock_button.click)
        self.show_button.toggled.connect(self._on_shown)
        self.unlock_button.clicked.connect(self._on_unlock)
        self.show_locked()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID_PX)
        row.addWidget(self.passphrase_edit, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.unlock_button)
        self.column.addSpacing(theme.GRID_PX)
        self.column.addLayout(row)
        self.column.addWidget(self._progress)
        self.column.addWidget(self.remark)
        keep_place(self._progress)
        self.remark.setMinimumHeight(3 * self.fontMetrics().lineSpacing())

    def show_locked(self, folder: str = "") -> None:
        """Ask for the passphrase of the gallery in a folder."""
        self._show_keyring(False)
        self.text.setText(tr("Type its passphrase to see its people. Nothing is sent anywhere."))
        self._say("", is_wrong=False)
        self.passphrase_edit.clear()
        self.title.setToolTip(plain(folder))

    def show_wrong(self) -> None:
        """Say that the passphrase was wrong; it stays in the field, to be corrected."""
        self._show_keyring(False)
        self._say(tr("This passphrase is wrong. Try again."), is_wrong=True)
        self.passphrase_edit.setFocus()
        self.passphrase_edit.selectAll()

    def show_keyring_problem(self, problem: str) -> None:
        """Say why the system's keyring did not open the gallery."""
        self._show_keyring(True)
        self.text.setText(tr("It opens with the key in the system’s keyring."))
        self._say(problem, is_wrong=True)

    def show_working(self) -> None:
        """Show that the key is derived, until one of the others is called."""
        self._say(tr("Unlocking …"), is_wrong=False)
        self._progress.show()
        self.passphrase_edit.setReadOnly(True)
        self.unlock_button.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.unlock_button if self._is_by_keyring else self.passphrase_edit).setFocus()

    def _show_keyring(self, is_by_keyring: bool) -> None:
        self._is_by_keyring = is_by_keyring
        self.passphrase_edit.setVisible(not is_by_keyring)
        self.show_button.setVisible(not is_by_keyring)
        self.unlock_button.setText(tr("Try again") if is_by_keyring else tr("Unlock"))

    def _say(self, text: str, *, is_wrong: bool) -> None:
        self._progress.hide()
        self.remark.setText(text)
        palette = self.palette()
        if is_wrong:
            palette.setColor(self.remark.foregroundRole(), theme.colours().danger)
        self.remark.setPalette(palette)
        self.passphrase_edit.setReadOnly(False)
        self._on_typed()

    def _on_typed(self) -> None:
        self.unlock_button.setEnabled(self._is_by_keyring or bool(self.passphrase_edit.text()))

    def _on_shown(self, is_shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.passphrase_edit.setEchoMode(modes.Normal if is_shown else modes.Password)
        self.show_button.icon_name = "eye-off" if is_shown else "eye"
        self.passphrase_edit.setFocus()

    def _on_unlock(self) -> None:
        if self.passphrase_edit.isReadOnly():
            return
        passphrase = self.passphrase_edit.text()
        self.show_working()
        if self._is_by_keyring:
            self.retry_wanted.emit()
        else:
            self.unlock_wanted.emit(passphrase)
