"""Folders that are made in the file dialog of Qt, which is shown where the system has none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox, QPushButton

from face_match.core.errors import FileWriteError
from face_match.core.messages import error_message
from face_match.gui.dialogs.questions import add_choice, question_box
from face_match.gui.translation import tr
from face_match.gui.widgets.plain_text import plain


def offer_new_folders(parent: QObject) -> None:
    """Let the file dialog that opens next make a folder whose name is typed; a dialog of the system can."""
    QTimer.singleShot(0, parent, _offer)


def _offer() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QFileDialog):
        field, buttons = dialog.findChild(QLineEdit), dialog.findChild(QDialogButtonBox)
        if isinstance(field, QLineEdit) and isinstance(buttons, QDialogButtonBox):
            _NewFolders(dialog, field, buttons.button(QDialogButtonBox.StandardButton.Open))


class _NewFolders(QObject):
    """Asks before Qt says that there is no such folder."""

    def __init__(self, dialog: QFileDialog, field: QLineEdit, choose: QPushButton) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._field = field
        self._choose = choose
        field.textChanged.connect(lambda text: choose.setEnabled(choose.isEnabled() or bool(text.strip())))
        for part in (field, choose):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_pressed = event.type() == QEvent.Type.KeyPress and is_enter
        if watched is self._choose:
            is_pressed |= event.type() == QEvent.Type.MouseButtonPress
        name = self._field.text().strip() if is_pressed else ""
        if not name:  # also while the dialog is deleted: nothing of it may be used then
            return False
        folder = Path(self._dialog.directory().absolutePath()) / name
        if folder.exists():
            return False
        QTimer.singleShot(0, self, lambda: self._ask(folder))
        return True

    def _ask(self, folder: Path) -> None:
        if self._is_wanted(folder):
            self._make(folder)

    def _is_wanted(self, folder: Path) -> bool:
        text = tr("There is no folder “{folder}” yet. Make it?", folder=folder.name)
        box = question_box(self._dialog, tr("New folder"), text, plain(str(folder)))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        made = add_choice(box, tr("&Make the folder"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        is_wanted = box.clickedButton() is made
        box.deleteLater()
        return is_wanted

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True)
        except OSError as exc:
            text = error_message(FileWriteError(folder, exc.strerror or type(exc).__name__))
            QMessageBox(QMessageBox.Icon.NoIcon, "Face Match", plain(text), parent=self._dialog).exec()
            return
        self._dialog.setDirectory(str(folder))
        self._field.clear()  # what is shown is chosen
        self._choose.click()
