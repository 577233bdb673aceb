"""The menu of the picked face, and of the photo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from face_match.gui import phrases
from face_match.gui.photo.naming import Naming
from face_match.gui.photo.page import PhotoPage
from face_match.gui.reveal_file import show_in_file_manager
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.face_edits import FaceEdits
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import tr
from face_match.gui.widgets.icons import icon
from face_match.gui.widgets.plain_text import without_mnemonic


class FaceMenu(QObject):
    """Opens on a right click on the photo, and with the menu key.

    Signals:
        person_wanted: gives the Person whose faces are to be shown.
        box_wanted: a box is to be drawn.
    """

    person_wanted = Signal(object)
    box_wanted = Signal()

    def __init__(
        self, page: PhotoPage, photo: CurrentPhoto, gallery: OpenGallery, edits: FaceEdits, naming: Naming
    ) -> None:
        super().__init__(page)
        self._page = page
        self._photo = photo
        self._gallery = gallery
        self._edits = edits
        self._naming = naming
        page.photo_view.menu_wanted.connect(self.open)

    def open(self, at: QPoint) -> None:
        """Open the menu at a place on the screen."""
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """The menu for the picked face, deleted when it closes."""
        menu = QMenu(self._page)
        menu.setObjectName("faceMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        if self._photo.face is not None:
            self._add_face_entries(menu)
            menu.addSeparator()
        _add(menu, "square-dashed", tr("&Draw a box around a face\tCtrl+B"), self.box_wanted.emit)
        _add(menu, "rotate-cw", tr("Turn the photo to the righ&t\tCtrl+]"), lambda: self._photo.turn(1))
        _add(menu, "rotate-ccw", tr("Turn the photo to the &left\tCtrl+["), lambda: self._photo.turn(-1))
        menu.addSeparator()
        view = self._page.photo_view
        _add(menu, "zoom-in", tr("&Zoom in\t+"), view.zoom_in)
        _add(menu, "zoom-out", tr("Zoom &out\t−"), view.zoom_out)
        _add(menu, "maximize", tr("&Fit into the window\tCtrl+0"), view.fit)
        if self._photo.path is not None:
            menu.addSeparator()
            _add(menu, "external-link", tr("Show in file &manager"), self._show_file)
        return menu

    def _add_face_entries(self, menu: QMenu) -> None:
        owner, can_edit = self._photo.owner, self._gallery.can_edit
        if owner is None:
            _add(menu, "pencil", tr("&Name this face …"), self._naming.begin_name, can_edit)
        else:
            name = without_mnemonic(phrases.display_name(owner.name))
            _add(menu, "pencil", tr("Change the &name …"), self._naming.begin_name, can_edit)
            _add(menu, "user-round-x", tr("&Remove the name {name}\tDel", name=name), self._unname, can_edit)
            _add(menu, "user-round", tr("&Show {name}", name=name), lambda: self.person_wanted.emit(owner))
        record = self._photo.record_of(self._photo.picked or 0)
        is_ignored = record is not None and record.is_ignored
        text = tr("No longer &ignore this face\tCtrl+I") if is_ignored else tr("&Ignore this face\tCtrl+I")
        _add(menu, "eye-off", text, self.ignore, can_edit and owner is None)
        if self._photo.has_picked_box:
            text = tr("Remove the &box\tDel") if owner is None else tr("Remove the &box")
            _add(menu, "x", text, self._naming.remove_box, record is None or can_edit)

    def ignore(self) -> None:
        """Ignore the face, or no longer; a named face is not ignored."""
        if self._gallery.can_edit and self._photo.owner is None:
            self._edits.ignore()

    def _unname(self) -> None:
        self._edits.reject(None)

    def _show_file(self) -> None:
        path = self._photo.path
        if path is not None:
            show_in_file_manager(path)


def _add(menu: QMenu, icon_name: str, text: str, do: Callable[[], object], is_enabled: bool = True) -> None:
    action = menu.addAction(icon(icon_name), text)
    action.setEnabled(is_enabled)
    action.triggered.connect(lambda _: do())
