"""How is a gallery to be locked: by a passphrase, typed twice, or by the keyring; by which one next?"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from face_match.gui.widgets.buttons import Button, add_button, button_box
from face_match.gui.widgets.wrapped_label import WrappedLabel

WIDTH_PX = 460
WHAT_IT_IS = (
    "Records, crops and backups will be encrypted with AES-256. Some disks keep what was readable before, "
    "deleted, until it is overwritten."
)
NOBODY_ELSE = "Nobody can find it out for you: without it all that is kept is lost."
BY_KEYRING = "Then it opens on this machine, for you, without being asked for; and nowhere else."
COPIES = "Copies of the gallery that were made before, such as backups, still open with the old passphrase."
INSTEAD_OF_KEYRING = (
    "The system’s keyring opens the gallery now. From now on the new passphrase will, on any machine."
)


class EncryptionDialog(QDialog):
    """Of a gallery that is to be encrypted. `passphrase` is None for the keyring."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passphraseDialog")
        self.setWindowTitle("Encrypt the gallery")
        self.by_passphrase = QRadioButton("A &passphrase opens it")
        self.by_keyring = QRadioButton("The system’s &keyring opens it")
        self.first = _hidden("passphraseEdit", "Passphrase")
        self.second = _hidden("passphraseAgainEdit", "Passphrase once more")
        self._remark = WrappedLabel(NOBODY_ELSE)
        form = QFormLayout()
        form.addRow("Passphrase:", self.first)
        form.addRow("Once &more:", self.second)
        top = [WrappedLabel(WHAT_IT_IS), self.by_passphrase, form, self.by_keyring, self._remark]
        self.accept_button = _lay_out(self, top, "&Encrypt", "encryptButton")
        self.by_passphrase.toggled.connect(self._refresh)
        self.first.textChanged.connect(self._refresh)
        self.second.textChanged.connect(self._refresh)
        self.by_passphrase.setChecked(True)
        self.first.setFocus()
        self._refresh()

    @property
    def passphrase(self) -> str | None:
        return self.first.text() if self.by_passphrase.isChecked() else None

    def _refresh(self) -> None:
        is_typed = self.by_passphrase.isChecked()
        for radio in (self.by_passphrase, self.by_keyring):  # else Tab leads to the one that is not chosen
            policy = Qt.FocusPolicy.StrongFocus if radio.isChecked() else Qt.FocusPolicy.ClickFocus
            radio.setFocusPolicy(policy)
        for field in (self.first, self.second):
            field.setEnabled(is_typed)
        first, second = self.first.text(), self.second.text()
        remark = _remark_on(first, second)
        self._remark.setText(remark if is_typed else BY_KEYRING)
        self.accept_button.setEnabled(not is_typed or (bool(first) and first == second))


class ChangePassphraseDialog(QDialog):
    """Of an encrypted gallery: its passphrase, and the new one twice. `old` is None for the keyring's key."""

    def __init__(self, parent: QWidget, *, has_passphrase: bool) -> None:
        super().__init__(parent)
        self.setObjectName("changePassphraseDialog")
        self.setWindowTitle("Change the passphrase")
        self._has_passphrase = has_passphrase
        self.current = _hidden("currentPassphraseEdit", "Current passphrase")
        self.first = _hidden("passphraseEdit", "New passphrase")
        self.second = _hidden("passphraseAgainEdit", "New passphrase once more")
        self._remark = WrappedLabel(NOBODY_ELSE)
        form = QFormLayout()
        if has_passphrase:
            form.addRow("&Current passphrase:", self.current)
        form.addRow("&New passphrase:", self.first)
        form.addRow("Once &more:", self.second)
        top = [WrappedLabel(COPIES if has_passphrase else INSTEAD_OF_KEYRING), form, self._remark]
        self.accept_button = _lay_out(self, top, "Change &passphrase", "changePassphraseButton")
        for field in (self.current, self.first, self.second):
            field.textChanged.connect(self._refresh)
        (self.current if has_passphrase else self.first).setFocus()
        self._refresh()

    @property
    def old(self) -> str | None:
        return self.current.text() if self._has_passphrase else None

    @property
    def new(self) -> str:
        return self.first.text()

    def _refresh(self) -> None:
        first, second = self.first.text(), self.second.text()
        self._remark.setText(_remark_on(first, second))
        has_old = not self._has_passphrase or bool(self.current.text())
        self.accept_button.setEnabled(has_old and bool(first) and first == second)


def _remark_on(first: str, second: str) -> str:
    """While the second is being typed, it differs only where it cannot become the first."""
    return "The two differ." if second and not first.startswith(second) else NOBODY_ELSE


def _lay_out(dialog: QDialog, top: Iterable[QObject], accept: str, object_name: str) -> Button:
    """Put all below each other, with the dialog's buttons; returns the one that does it."""
    buttons = button_box("Cancel")
    accept_button = add_button(buttons, accept, QDialogButtonBox.ButtonRole.AcceptRole)
    accept_button.setObjectName(object_name)
    accept_button.setDefault(True)
    layout = QVBoxLayout(dialog)
    layout.setSpacing(10)
    for part in top:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
    layout.addWidget(buttons)
    width = max(WIDTH_PX, dialog.sizeHint().width())
    dialog.resize(width, layout.totalHeightForWidth(width))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return accept_button


def _hidden(name: str, title: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setToolTip(title)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
