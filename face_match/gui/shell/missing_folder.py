"""The page of a gallery whose folder is gone, as a drive that is not plugged in is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog

from face_match.gui import theme
from face_match.gui.shell.state_page import StatePage, centred_text
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.wrapping_row import WrappingRow


class MissingFolderPage(StatePage):
    """`located` has the folder that was chosen instead, `retry_wanted` asks for the same one again, and
    `new_wanted` for a new gallery in its place."""

    located = Signal(Path)
    retry_wanted = Signal()
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("missingFolderPage", "folder-x", "maybe")
        self.title.setText(tr("The gallery’s folder is gone or empty."))
        self.text.setText(
            tr("It may have been moved or renamed, or its drive is not connected. Nothing was changed.")
        )
        self.path = centred_text(bold=True)
        self.path.setObjectName("missingFolder")
        self.path.setAccessibleName(tr("The folder"))
        self.locate_button = button(
            tr("&Locate …"), "locateButton", tr("Choose where the folder is now (Alt+L)"), Kind.MAIN
        )
        self.retry_button = button(tr("Try &again"), "retryButton", tr("Look for the folder again (Alt+A)"))
        self.new_button = button(
            tr("&New gallery here"),
            "newGalleryButton",
            tr("Begin an empty gallery in this place (Alt+N)"),
            Kind.QUIET,
        )
        row = WrappingRow(is_centred=True)
        for made in (self.locate_button, self.retry_button, self.new_button):
            row.add(made)
        self.column.addWidget(self.path)
        self.column.addSpacing(theme.GRID_PX)
        self.column.addLayout(row)
        self.locate_button.clicked.connect(self._on_locate)
        self.retry_button.clicked.connect(self.retry_wanted)
        self.new_button.clicked.connect(self.new_wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.locate_button.setFocus()

    def show_folder(self, folder: Path) -> None:
        self.path.setText(str(folder))

    def _on_locate(self) -> None:
        title = tr("Where is the gallery’s folder?")
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if chosen:
            self.located.emit(Path(chosen))
