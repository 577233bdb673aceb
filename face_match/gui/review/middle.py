"""The middle of the review: the faces of the group, or the whole photo of one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from face_match.core.records import FaceRecord
from face_match.gui.dialogs.photo_sources import find_photo
from face_match.gui.images import ShownPhoto
from face_match.gui.reveal_file import show_in_file_manager
from face_match.gui.review.faces_grid import FacesGrid
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr
from face_match.gui.widgets.photo_view import PhotoView
from face_match.gui.widgets.plain_text import plain


class Middle(QStackedWidget):
    """Both have the same place.

    Signals:
        photo_shown: whether the whole photo is shown now.
        photo_wanted: gives the path of a photo to open on its own page.
        dropped: gives photos, and folders.
    """

    photo_shown = Signal(bool)
    photo_wanted = Signal(Path)
    dropped = Signal(list)

    def __init__(self, grid: FacesGrid, gallery: OpenGallery, unnamed: UnnamedFaces) -> None:
        super().__init__()
        self._grid = grid
        self._gallery = gallery
        self._unnamed = unnamed
        self._shown: FaceRecord | None = None  # whose photo is shown
        self.photo_view = PhotoView()
        self.photo_view.setObjectName("reviewPhoto")
        self.addWidget(grid)
        self.addWidget(self.photo_view)
        grid.doubleClicked.connect(lambda _: self.toggle_photo())
        grid.selection_changed.connect(self._follow)
        self.photo_view.dropped.connect(self.dropped)

    @property
    def has_photo(self) -> bool:
        """Whether the whole photo is shown."""
        return self.currentWidget() is self.photo_view

    def toggle_photo(self) -> None:
        """Show the photo of the current face, or the group again."""
        face = self._grid.current_face
        if self.has_photo:
            self.leave_photo()
        elif face is not None:
            self._find_photo(face)

    def open_photo(self) -> None:
        """Open the photo of the current face on the photo page, for example to draw a box there."""
        self._with_photo(self.photo_wanted.emit)

    def show_in_file_manager(self) -> None:
        """Show the photo of the current face in the file manager."""
        self._with_photo(show_in_file_manager)

    def leave_photo(self) -> None:
        """Show the group."""
        self._unnamed.close_photo()
        if self.has_photo:
            self.setCurrentWidget(self._grid)
            self.photo_shown.emit(False)

    def _follow(self) -> None:
        """Show the photo of the current face, where that of another one is shown."""
        face, before = self._grid.current_face, self._shown
        if not self.has_photo or (face is not None and before is not None and face.id == before.id):
            return
        if face is None:
            self.leave_photo()
            return
        self._unnamed.close_photo()
        self.photo_view.clear()
        self._find_photo(face)

    def _find_photo(self, face: FaceRecord) -> None:
        self._shown = face
        find_photo(self, self._gallery, face, lambda path: self._show_photo(face, path))

    def _show_photo(self, face: FaceRecord, path: Path) -> None:
        def on_done(decoded: ShownPhoto) -> None:
            self.photo_view.show_photo(decoded.size, decoded.image, decoded.preview)
            self.photo_view.show_faces([face.place] if face.place is not None else [], 0)

        self.photo_view.clear()
        self.photo_view.show_placeholder(tr("Opening {name} …", name=path.name))
        self.photo_view.setToolTip(plain(str(path)))
        self.setCurrentWidget(self.photo_view)
        self.photo_shown.emit(True)
        self._unnamed.decode_photo(path, on_done, self.leave_photo)

    def _with_photo(self, do: Callable[[Path], object]) -> None:
        face = self._grid.current_face
        if face is not None:
            find_photo(self, self._gallery, face, do)
