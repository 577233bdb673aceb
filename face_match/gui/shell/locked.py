"""The page of a gallery that is encrypted: one field for its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal

from face_match.gui.shell.secret_page import SecretPage
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.plain_text import plain


class LockedPage(SecretPage):
    """What is typed is given to `unlock_wanted`; `retry_wanted` follows where the system's keyring has the
    key."""

    unlock_wanted = Signal(str)
    retry_wanted = Signal()

    def __init__(self) -> None:
        unlock = button(
            tr("Unlock"), "unlockButton", tr("Unlock the gallery (Enter)"), Kind.MAIN, keys=tr("Enter")
        )
        show = button("", "showPassphraseButton", tr("Show the passphrase (Alt+V)"), Kind.QUIET, icon="eye")
        super().__init__("lockedPage", tr("Passphrase"), unlock, show, tr("Unlocking …"))
        self.title.setText(tr("This gallery is locked."))
        self.edit.setObjectName("unlockEdit")
        self.edit.setToolTip(tr("The passphrase of this gallery (Enter unlocks it)"))
        self.remark.setObjectName("unlockRemark")
        self.add_remark(lines=3)
        self.show_locked()

    def show_locked(self, folder: str = "") -> None:
        """Ask for the passphrase of the gallery in a folder."""
        self._ask(True)
        self.text.setText(tr("Type its passphrase to see its people. Nothing is sent anywhere."))
        self.say("")
        self.edit.clear()
        self.title.setToolTip(plain(folder))

    def show_wrong(self) -> None:
        """Say that the passphrase was wrong; it stays in the field, to be corrected."""
        self._ask(True)
        self.say(tr("This passphrase is wrong. Try again."), is_wrong=True)
        self.edit.setFocus()
        self.edit.selectAll()

    def show_keyring_problem(self, problem: str) -> None:
        """Say why the system's keyring did not open the gallery."""
        self._ask(False)
        self.text.setText(tr("It opens with the key in the system’s keyring."))
        self.say(problem, is_wrong=True)

    def open(self, secret: str) -> None:
        if self._asks:
            self.unlock_wanted.emit(secret)
        else:
            self.retry_wanted.emit()

    def _ask(self, asks: bool) -> None:
        """Ask for the passphrase, or offer to try the keyring again."""
        self.ask(asks)
        self.open_button.setText(tr("Unlock") if asks else tr("Try again"))
