"""Dialogs for encrypting a gallery and changing its passphrase."""

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
EXPLANATION = (
    "Records, crops and backups will be encrypted with AES-256. On some disks, the deleted unencrypted files "
    "can be recovered until they are overwritten."
)
NO_RECOVERY = "Keep the passphrase safe. Without it, nobody can open the gallery again."
BY_KEYRING = "The gallery will open without a passphrase, but only on this computer and in your user account."
COPIES = "Earlier copies of the gallery, such as backups, still open with the old passphrase."
INSTEAD_OF_KEYRING = (
    "Until now, the system’s keyring opens the gallery. The new passphrase will open it on any computer."
)


class EncryptionDialog(QDialog):
    """Encrypts a gallery with a passphrase, or with a key in the system's keyring (`passphrase` is None)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passphraseDialog")
        self.setWindowTitle("Encrypt the gallery")
        self.by_passphrase = QRadioButton("Unlock with a &passphrase")
        self.by_keyring = QRadioButton("Unlock with the system’s &keyring")
        self.first = _hidden("passphraseEdit", "Passphrase")
        self.second = _hidden("passphraseAgainEdit", "Repeat the passphrase")
        self._remark = WrappedLabel(NO_RECOVERY)
        form = QFormLayout()
        form.addRow("Passphrase:", self.first)
        form.addRow("&Repeat:", self.second)
        top = [WrappedLabel(EXPLANATION), self.by_passphrase, form, self.by_keyring, self._remark]
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
        for radio in (self.by_passphrase, self.by_keyring):  # without it, Tab stops at the other one too
            policy = Qt.FocusPolicy.StrongFocus if radio.isChecked() else Qt.FocusPolicy.ClickFocus
            radio.setFocusPolicy(policy)
        for field in (self.first, self.second):
            field.setEnabled(is_typed)
        first, second = self.first.text(), self.second.text()
        remark = _remark_on(first, second)
        self._remark.setText(remark if is_typed else BY_KEYRING)
        self.accept_button.setEnabled(not is_typed or (bool(first) and first == second))


class ChangePassphraseDialog(QDialog):
    """Changes the passphrase of a gallery. `old` is None where the system's keyring has the key."""

    def __init__(self, parent: QWidget, *, has_passphrase: bool) -> None:
        super().__init__(parent)
        self.setObjectName("changePassphraseDialog")
        self.setWindowTitle("Change the passphrase")
        self._has_passphrase = has_passphrase
        self.current = _hidden("currentPassphraseEdit", "Current passphrase")
        self.first = _hidden("passphraseEdit", "New passphrase")
        self.second = _hidden("passphraseAgainEdit", "Repeat the new passphrase")
        self._remark = WrappedLabel(NO_RECOVERY)
        form = QFormLayout()
        if has_passphrase:
            form.addRow("&Current passphrase:", self.current)
        form.addRow("&New passphrase:", self.first)
        form.addRow("&Repeat:", self.second)
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
    """Whether the passphrases differ; the beginning of the first one does not differ yet."""
    return "The passphrases are different." if second and not first.startswith(second) else NO_RECOVERY


def _lay_out(dialog: QDialog, top: Iterable[QObject], accept: str, object_name: str) -> Button:
    """Lay out the parts in a column with the buttons below; returns the button that accepts."""
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
