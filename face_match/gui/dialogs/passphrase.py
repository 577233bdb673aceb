"""Dialogs for encrypting a gallery and changing its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet, form, text_lines
from face_match.gui.translation import marked, tr, translated
from face_match.gui.widgets.wrapped_label import WrappedLabel

WIDTH_PX = 480
REMARK_LINES = 3
EXPLANATION = marked(
    "Records, crops and backups will be encrypted with AES-256. Your photos themselves stay readable. On "
    "some disks, the deleted unencrypted files can be recovered until they are overwritten."
)
NO_RECOVERY = marked("Keep the passphrase safe. Without it, nobody can open the gallery again.")
BY_KEYRING = marked(
    "The gallery will open without a passphrase, but only on this computer and in your user account."
)
COPIES = marked("Earlier copies of the gallery, such as backups, still open with the old passphrase.")
INSTEAD_OF_KEYRING = marked(
    "Until now, the system’s keyring opens the gallery. The new passphrase will open it on any computer."
)
DIFFERENT = marked("The passphrases are different.")
WEAK = marked(
    "This passphrase is easy to guess by trying. Four words that do not belong together, or "
    "twelve mixed characters, are safe. You can use it anyway."
)


class EncryptionDialog(Sheet):
    """Encrypts a gallery with a passphrase, or with a key in the system's keyring (`passphrase` is None)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "passphraseDialog", tr("Encrypt the gallery"), close_text=tr("Cancel"))
        self.by_passphrase = QRadioButton(tr("Unlock with a &passphrase"))
        self.by_keyring = QRadioButton(tr("Unlock with the system’s &keyring"))
        self.first = _hidden("passphraseEdit", tr("Passphrase"))
        self.second = _hidden("passphraseAgainEdit", tr("Repeat the passphrase"))
        self._remark = _Remark(self)
        fields = form()
        fields.addRow(tr("Passphrase:"), self.first)
        fields.addRow(tr("&Repeat:"), self.second)
        self.column.addWidget(WrappedLabel(translated(EXPLANATION)))
        self.column.addWidget(self.by_passphrase)
        self.column.addLayout(fields)
        self.column.addWidget(self.by_keyring)
        self.column.addWidget(self._remark)
        self.accept_button = self.add_main(tr("&Encrypt"), "encryptButton", tr("Encrypt the gallery (Enter)"))
        self.buttons.accepted.connect(self.accept)
        self.fit(WIDTH_PX)
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
        if is_typed:
            self._remark.show_passphrase(first, second)
        else:
            self._remark.show_text(translated(BY_KEYRING))
        self.accept_button.setEnabled(not is_typed or (bool(first) and first == second))


class ChangePassphraseDialog(Sheet):
    """Changes the passphrase of a gallery. `old` is None where the system's keyring has the key."""

    def __init__(self, parent: QWidget, *, has_passphrase: bool) -> None:
        super().__init__(
            parent, "changePassphraseDialog", tr("Change the passphrase"), close_text=tr("Cancel")
        )
        self._has_passphrase = has_passphrase
        self.current = _hidden("currentPassphraseEdit", tr("Current passphrase"))
        self.first = _hidden("passphraseEdit", tr("New passphrase"))
        self.second = _hidden("passphraseAgainEdit", tr("Repeat the new passphrase"))
        self._remark = _Remark(self)
        fields = form()
        if has_passphrase:
            fields.addRow(tr("&Current passphrase:"), self.current)
        fields.addRow(tr("&New passphrase:"), self.first)
        fields.addRow(tr("&Repeat:"), self.second)
        self.column.addWidget(WrappedLabel(translated(COPIES if has_passphrase else INSTEAD_OF_KEYRING)))
        self.column.addLayout(fields)
        self.column.addWidget(self._remark)
        self.accept_button = self.add_main(
            tr("Change &passphrase"), "changePassphraseButton", tr("Change the passphrase (Enter)")
        )
        self.buttons.accepted.connect(self.accept)
        self.fit(WIDTH_PX)
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
        self._remark.show_passphrase(first, second)
        has_old = not self._has_passphrase or bool(self.current.text())
        self.accept_button.setEnabled(has_old and bool(first) and first == second)


class _Remark(WrappedLabel):
    """What there is to know about the passphrase that is being typed. It keeps its height."""

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(translated(NO_RECOVERY))
        self.setObjectName("passphraseRemark")
        self.setAccessibleName(tr("About the passphrase"))
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(text_lines(dialog, REMARK_LINES))

    def show_passphrase(self, first: str, second: str) -> None:
        """Say that two passphrases differ, or that the first is weak; a beginning does not differ yet."""
        from face_match.gallery.security.passphrase_strength import is_weak

        if second and not first.startswith(second):
            self.show_text(translated(DIFFERENT), is_warning=True)
        elif first and is_weak(first):
            self.show_text(translated(WEAK), is_warning=True)
        else:
            self.show_text(translated(NO_RECOVERY))

    def show_text(self, text: str, *, is_warning: bool = False) -> None:
        self.setText(text)
        c = theme.colours()
        palette = self.palette()
        palette.setColor(self.foregroundRole(), c.maybe if is_warning else c.faint)
        self.setPalette(palette)


def _hidden(name: str, title: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setToolTip(title)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
