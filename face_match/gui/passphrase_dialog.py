"""How is a gallery to be locked: by a passphrase, typed twice, or by the system's keyring?"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from face_match.gui.buttons import added, box_to
from face_match.gui.sentence import Sentence

WIDTH_PX = 460
WHAT_IT_IS = (
    "Records, crops and backups will be encrypted with AES-256. Some disks keep what was readable before, "
    "deleted, until it is overwritten."
)
NOBODY_ELSE = "Nobody can find it out for you: without it all that is kept is lost."
BY_KEYRING = "Then it opens on this machine, for you, without being asked for; and nowhere else."


class PassphraseDialog(QDialog):
    """Of a gallery that is to be encrypted. `passphrase` is None for the keyring."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passphraseDialog")
        self.setWindowTitle("Encrypt the gallery")
        self.by_passphrase = QRadioButton("A &passphrase opens it")
        self.by_keyring = QRadioButton("The system’s &keyring opens it")
        self.first = _hidden("passphraseEdit", "Passphrase")
        self.second = _hidden("passphraseAgainEdit", "Passphrase once more")
        self._remark = Sentence(NOBODY_ELSE)
        form = QFormLayout()
        form.addRow("Passphrase:", self.first)
        form.addRow("Once &more:", self.second)
        buttons = box_to("Cancel")
        self.accept_button = added(buttons, "&Encrypt", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setObjectName("encryptButton")
        self.accept_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(Sentence(WHAT_IT_IS))
        layout.addWidget(self.by_passphrase)
        layout.addLayout(form)
        layout.addWidget(self.by_keyring)
        layout.addWidget(self._remark)
        layout.addWidget(buttons)
        width = max(WIDTH_PX, self.sizeHint().width())
        self.resize(width, layout.totalHeightForWidth(width))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
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
        differs = is_typed and bool(second) and not first.startswith(second)
        remark = "The two differ." if differs else NOBODY_ELSE
        self._remark.setText(remark if is_typed else BY_KEYRING)
        self.accept_button.setEnabled(not is_typed or (bool(first) and first == second))


def _hidden(name: str, title: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setToolTip(title)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
