"""The list of galleries that were open before, to open one of them or another one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from face_match.core.gallery_place import GalleryPlace
from face_match.gui.dialogs.photo_sources import first_existing
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.wrapped_label import WrappedLabel

SIZE_PX = (560, 380)


class GalleriesDialog(Sheet):
    """The places of recent galleries; `chosen` is the one to open."""

    def __init__(
        self, current: GalleryPlace, recent: Sequence[GalleryPlace], tasks: Tasks, parent: QWidget | None
    ) -> None:
        super().__init__(
            parent, "galleryList", tr("Open another gallery"), close_text=tr("Cancel"), by_enter=False
        )
        self.chosen: GalleryPlace | None = None
        self._current = current
        self._tasks = tasks
        self.now = WrappedLabel(tr("Open now: {folder}", folder=current))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Recent galleries"))
        self.list.setToolTip(tr("Galleries that were open before, the last one first (↑ ↓, Enter opens)"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for folder in recent:
            item = QListWidgetItem(shown(str(folder)))
            item.setData(Qt.ItemDataRole.UserRole, folder)
            self.list.addItem(item)
        self.open_button = self.add_main(
            tr("&Open"), "openGalleryButton", tr("Open the selected gallery (Enter)")
        )
        self.folder_button = self.add_other(
            tr("Choose &folder …"),
            "chooseGalleryButton",
            tr("Open the gallery of another folder, or begin a new one there (Alt+F)"),
        )
        self.server_button = self.add_other(
            tr("On a &server …"),
            "serverGalleryButton",
            tr("Open a gallery that several people share (Alt+S)"),
        )
        self.column.addWidget(self.now)
        self.column.addWidget(self.list, 1)
        self.fit(*SIZE_PX)
        self.list.setCurrentRow(0)
        self.open_button.setEnabled(bool(recent))
        self.list.itemActivated.connect(lambda _: self._on_open())
        self.open_button.clicked.connect(self._on_open)
        self.folder_button.clicked.connect(self._on_folder)
        self.server_button.clicked.connect(self._on_server)

    def ask(self) -> GalleryPlace | None:
        """Show the dialog; returns the place of the gallery to open, or None."""
        return self.chosen if self.exec() else None

    def _on_open(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen = item.data(Qt.ItemDataRole.UserRole)
            self.accept()

    def _on_folder(self) -> None:
        near = self._current.parent if isinstance(self._current, Path) else Path.home()
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder of a gallery, or for a new one"), first_existing(str(near))
        )
        if folder:
            self.chosen = Path(folder)
            self.accept()

    def _on_server(self) -> None:
        from face_match.gui.dialogs.server import ServerDialog

        address = ServerDialog(self._tasks, self).ask()
        if address is not None:
            self.chosen = address
            self.accept()
