"""The page of a gallery on a server that did not open: a field for the password, or why, and another try."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QProgressBar

from face_match.core.server_errors import ServerAwayError, ServerPasswordError
from face_match.gui import phrases, theme
from face_match.gui.shell.state_page import StatePage, centred_text, keep_place
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button


class ServerPage(StatePage):
    """The page keeps its size whatever it says.

    Signals: `password_wanted` has the password that was typed, and whether the keyring is to keep it;
    `retry_wanted` asks to connect again, and `another_wanted` for another gallery.
    """

    password_wanted = Signal(str, bool)
    retry_wanted = Signal()
    another_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("serverPage", "lock")
        self.password_edit = QLineEdit()
        self.password_edit.setObjectName("serverPagePasswordEdit")
        self.password_edit.setAccessibleName(tr("Password"))
        self.password_edit.setPlaceholderText(tr("Password"))
        self.password_edit.setToolTip(tr("Your password on the server (Enter opens the gallery)"))
        self.password_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_edit.setMinimumHeight(theme.CONTROL_PX)
        self.open_button = button(
            tr("Open"), "serverPageOpenButton", tr("Connect and open the gallery (Enter)"), Kind.MAIN
        )
        self.keep = QCheckBox(tr("&Remember the password in the system’s keyring"))
        self.keep.setObjectName("serverPageKeep")
        self.keep.setToolTip(tr("It is stored nowhere else (Alt+R)"))
        self.remark = centred_text()
        self.remark.setObjectName("serverPageRemark")
        self.remark.setAccessibleName(tr("What happened"))
        self.another_button = button(
            tr("Open &another gallery …"),
            "serverPageAnotherButton",
            tr("Leave this one for now (Alt+A)"),
            Kind.QUIET,
        )
        self._progress = QProgressBar()
        self._progress.setAccessibleName(tr("Connecting …"))
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._asks = True
        self._lay_out()
        self.password_edit.textChanged.connect(self._on_typed)
        self.password_edit.returnPressed.connect(self.open_button.click)
        self.open_button.clicked.connect(self._on_open)
        self.another_button.clicked.connect(self.another_wanted)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID_PX)
        row.addStretch(1)
        row.addWidget(self.password_edit, 100)
        row.addWidget(self.open_button)
        row.addStretch(1)
        self.column.addSpacing(theme.GRID_PX)
        self.column.addLayout(row)
        self.column.addWidget(self.keep)
        self.column.addWidget(self._progress)
        self.column.addWidget(self.remark)
        self.column.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignHCenter)
        keep_place(self._progress)
        self.remark.setMinimumHeight(2 * self.fontMetrics().lineSpacing())

    def show_error(self, error: Exception) -> None:
        """Ask for the password, if that is what is missing; else say why the gallery is not open."""
        self._asks = isinstance(error, ServerPasswordError)
        self.icon.show_icon("lock" if self._asks else "triangle-alert", "accent" if self._asks else "maybe")
        self.password_edit.setVisible(self._asks)
        self.keep.setVisible(self._asks)
        self.open_button.setText(tr("Open") if self._asks else tr("Try again"))
        self._say("")
        if isinstance(error, ServerPasswordError):
            self.title.setText(tr("The server asks for your password."))
            self.text.setText(tr("Gallery {name}", name=error.name))
            if error.was_given:
                self._say(phrases.error_text(error), is_wrong=True)
        else:
            is_away = isinstance(error, ServerAwayError)
            self.title.setText(
                tr("The server is away.") if is_away else tr("The gallery on the server did not open.")
            )
            self.text.setText(phrases.server_error_text(error))
            if is_away:
                self._say(tr("Nothing was changed. Saved data is on the server."))
        self._take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    def _take_focus(self) -> None:
        (self.password_edit if self._asks else self.open_button).setFocus()
        self.password_edit.selectAll()

    def _show_working(self) -> None:
        self._say(tr("Connecting …"))
        self._progress.show()
        self.password_edit.setReadOnly(True)
        self.open_button.setEnabled(False)

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self._progress.hide()
        self.remark.setText(text)
        palette = self.palette()
        if is_wrong:
            palette.setColor(self.remark.foregroundRole(), theme.colours().danger)
        self.remark.setPalette(palette)
        self.password_edit.setReadOnly(False)
        self._on_typed()

    def _on_typed(self) -> None:
        self.open_button.setEnabled(not self._asks or bool(self.password_edit.text()))

    def _on_open(self) -> None:
        if self.password_edit.isReadOnly():
            return
        password = self.password_edit.text()
        self._show_working()
        if self._asks:
            self.password_wanted.emit(password, self.keep.isChecked())
        else:
            self.retry_wanted.emit()

    def clear(self) -> None:
        """Forget what was typed: the gallery is open."""
        self.password_edit.clear()
        self.keep.setChecked(False)
