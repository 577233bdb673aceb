"""The page of a gallery on a server that did not open: a field for the password, or why, and another try."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from face_match.core.server_errors import ServerAwayError, ServerPasswordError
from face_match.gui import phrases
from face_match.gui.shell.secret_page import SecretPage
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button


class ServerPage(SecretPage):
    """Signals: `password_wanted` has the password that was typed, and whether the keyring is to keep it;
    `retry_wanted` asks to connect again, and `another_wanted` for another gallery.
    """

    password_wanted = Signal(str, bool)
    retry_wanted = Signal()
    another_wanted = Signal()

    def __init__(self) -> None:
        connect = button(
            *(tr("Open"), "serverPageOpenButton", tr("Connect and open the gallery (Enter)"), Kind.MAIN),
            keys=tr("Enter"),
        )
        show = button("", "serverPageShowButton", tr("Show the password (Alt+V)"), Kind.QUIET, icon="eye")
        super().__init__("serverPage", tr("Password"), connect, show, tr("Connecting …"))
        self.edit.setObjectName("serverPagePasswordEdit")
        self.edit.setToolTip(tr("Your password on the server (Enter opens the gallery)"))
        self.remark.setObjectName("serverPageRemark")
        self.keep = QCheckBox(tr("&Remember the password in the system’s keyring"))
        self.keep.setObjectName("serverPageKeep")
        self.keep.setToolTip(tr("It is stored nowhere else (Alt+R)"))
        self.another_button = button(
            tr("Open &another gallery …"),
            "serverPageAnotherButton",
            tr("Leave this one for now (Alt+A)"),
            Kind.QUIET,
        )
        self.column.addWidget(self.keep)
        self.add_remark(lines=2)
        self.column.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.another_button.clicked.connect(self.another_wanted)

    def show_error(self, error: Exception) -> None:
        """Ask for the password, if that is what is missing; else say why the gallery is not open."""
        self.ask(isinstance(error, ServerPasswordError))
        self.icon.show_icon("lock" if self._asks else "triangle-alert", "accent" if self._asks else "maybe")
        self.keep.setVisible(self._asks)
        self.open_button.setText(tr("Open") if self._asks else tr("Try again"))
        self.say("")
        if isinstance(error, ServerPasswordError):
            self.title.setText(tr("The server asks for your password."))
            self.text.setText(tr("Gallery {name}", name=error.name))
            if error.was_given:
                self.say(phrases.error_text(error), is_wrong=True)
        else:
            is_away = isinstance(error, ServerAwayError)
            self.title.setText(
                tr("The server is away.") if is_away else tr("The gallery on the server did not open.")
            )
            self.text.setText(phrases.server_error_text(error))
            if is_away:
                self.say(tr("Nothing was changed. Saved data is on the server."))
        self.take_focus()

    def take_focus(self) -> None:
        super().take_focus()
        self.edit.selectAll()

    def open(self, secret: str) -> None:
        if self._asks:
            self.password_wanted.emit(secret, self.keep.isChecked())
        else:
            self.retry_wanted.emit()

    def clear(self) -> None:
        """Forget what was typed: the gallery is open."""
        self.edit.clear()
        self.show_button.setChecked(False)
        self.keep.setChecked(False)
