"""What can be done with the photos of a grid: the menu of a right click and of the menu key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from face_match.gui.dialogs.photo_sources import may_open
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import tr
from face_match.workflows.photo_search import FoundPhoto


class PhotoActions(QObject):
    """Acts on the selected photos. `photo_wanted` gives the path of a photo to be opened.

    Args:
        view: shows the photos.
        selected: gives the photos that are selected there.
    """

    photo_wanted = Signal(Path)

    def __init__(
        self, view: QWidget, gallery: OpenGallery, selected: Callable[[], Sequence[FoundPhoto]]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._gallery = gallery
        self._selected = selected
        self.open = self._action("openPhotoAction", tr("Open"), self._on_open)
        self.open.setShortcut(QKeySequence(Qt.Key.Key_Return))
        self.show_in_folder = self._action(
            "showInFolderAction", tr("Show in file manager"), self._on_show_in_folder
        )

    def show_menu(self, place: QPoint) -> None:
        """Show the menu of the selected photos."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = self._one_path() is not None
        for action in (self.open, self.show_in_folder):
            action.setEnabled(one)
            menu.addAction(action)
        menu.popup(place)

    def _action(self, name: str, text: str, on_triggered: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        made.setObjectName(name)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the view handles its keys
        made.triggered.connect(on_triggered)
        return made

    def _one_path(self) -> Path | None:
        """The path of the only photo that is selected."""
        photos = self._selected()
        return Path(photos[0].photo.path) if len(photos) == 1 and photos[0].photo.path else None

    def _on_open(self) -> None:
        path = self._one_path()
        if path is not None and may_open(self._view, self._gallery, path):
            self.photo_wanted.emit(path)

    def _on_show_in_folder(self) -> None:
        path = self._one_path()
        if path is not None and may_open(self._view, self._gallery, path):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
