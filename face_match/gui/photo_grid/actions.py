"""What can be done with the photos of a grid: the menu of a right click and of the menu key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from face_match.core.network_drives import network_share
from face_match.gui.dialogs.photo_sources import ask_for_folder, ask_for_photo, may_open
from face_match.gui.dialogs.questions import question_box
from face_match.gui.photo_grid.rows import file_name
from face_match.gui.reveal_file import show_in_file_manager
from face_match.gui.state import photo_files
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import tr, tr_count
from face_match.workflows.photo_search import FoundPhoto

Photos = Callable[[], Sequence[FoundPhoto]]


class PhotoActions(QObject):
    """Acts on the selected photos. `photo_wanted` gives the path of a photo to be opened, `located` says that
    missing photos were found.

    Args:
        view: shows the photos.
        selected: gives the photos that are selected there.
        shown: gives all photos there.
        is_missing: whether the file of a photo is not at its place.
    """

    photo_wanted = Signal(Path)
    located = Signal()

    def __init__(
        self,
        view: QWidget,
        gallery: OpenGallery,
        *,
        selected: Photos,
        shown: Photos,
        is_missing: Callable[[FoundPhoto], bool],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._gallery = gallery
        self._selected = selected
        self._shown = shown
        self._is_missing = is_missing
        self.open = self._action("openPhotoAction", tr("Open"), self._on_open)
        self.open.setShortcut(QKeySequence(Qt.Key.Key_Return))
        self.show_in_folder = self._action(
            "showInFolderAction", tr("Show in file manager"), self._on_show_in_folder
        )
        self.export = self._action("exportCopiesAction", "", self._on_export)
        self.locate_file = self._action("locateFileAction", tr("Locate file …"), self._on_locate_file)
        self.locate_in_folder = self._action(
            "locateInFolderAction", tr("Search for missing photos in a folder …"), self._on_locate_in_folder
        )

    def refresh(self) -> None:
        """Enable what can be done with the selected photos."""
        selected = self._selected()
        is_one = self._one_path() is not None
        is_missing = any(map(self._is_missing, selected))
        count = sum(bool(one.photo.path) for one in selected)
        self.open.setEnabled(is_one and not is_missing)
        self.show_in_folder.setEnabled(is_one and not is_missing)
        self.export.setEnabled(count > 0 and not self._gallery.is_in_maintenance)
        self.export.setText(tr_count("Export a copy …", "Export {n} copies …", count))
        can_locate = is_missing and self._gallery.can_edit and not self._gallery.is_in_maintenance
        self.locate_file.setEnabled(can_locate and len(selected) == 1)
        self.locate_in_folder.setEnabled(can_locate)
        for action in (self.locate_file, self.locate_in_folder):
            action.setVisible(is_missing)

    def menu(self) -> QMenu:
        """A menu for the selected photos, which its closing deletes."""
        self.refresh()
        made = QMenu(self._view)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.addActions([self.open, self.show_in_folder])
        made.addSeparator()
        made.addAction(self.export)
        made.addSeparator()
        made.addActions([self.locate_file, self.locate_in_folder])
        return made

    def show_menu(self, place: QPoint) -> None:
        """Show the menu of the selected photos."""
        self.menu().popup(place)

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
            show_in_file_manager(path)

    # Copies

    def export_selected_or_all(self) -> None:
        """Ask for a folder for copies of the selected photos; where none is selected, of all."""
        self._ask_to_export(self._selected() or self._shown())

    def _on_export(self) -> None:
        self._ask_to_export(self._selected())

    def _ask_to_export(self, photos: Sequence[FoundPhoto]) -> None:
        gallery = self._gallery.gallery
        paths = [Path(one.photo.path) for one in photos if one.photo.path]
        if gallery is None or not paths:
            return
        if gallery.vault is None:
            self._export(paths)
            return
        box = question_box(
            self._view,
            tr("Export copies"),
            tr("The gallery is encrypted, but the copies will not be."),
            tr("Anyone who has the folder can see which photos you chose."),
        )
        accept = box.addButton(tr("Export unencrypted"), QMessageBox.ButtonRole.AcceptRole)
        accept.clicked.connect(lambda: self._export(paths))
        box.open()

    def _export(self, paths: Sequence[Path]) -> None:
        for path in {network_share(path): path for path in paths}.values():
            may_open(self._view, self._gallery, path)  # photos that may not are named as not copied
        title = tr("Choose a folder for the copies, or make a new one")
        folders = ask_for_folder(self._view, title, is_new=True)
        if folders:
            photo_files.copy_photos(self._gallery, paths, folders[0])

    # Missing photos

    def _on_locate_file(self) -> None:
        selected = self._selected()
        if len(selected) != 1:
            return
        place = ask_for_photo(self._view, tr("Where is {file} now?", file=file_name(selected[0])))
        if place is not None:
            self._locate(place)

    def _on_locate_in_folder(self) -> None:
        folders = ask_for_folder(self._view, tr("Search for missing photos in this folder and below"))
        if folders:
            self._locate(folders[0])

    def _locate(self, place: Path) -> None:
        photos = [one.photo for one in (*self._selected(), *self._shown())]
        photo_files.locate_photos(self._gallery, photos, place, self.located.emit)
