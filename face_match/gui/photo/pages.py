"""The page *Photo*: all photos, or the one that is open."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from face_match.gui.photo.page import PhotoPage
from face_match.gui.photo.presenter import PhotoPresenter
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks
from face_match.workflows.photo_search import FaceFilter

if TYPE_CHECKING:
    from face_match.gui.photo.all_photos import AllPhotos


class PhotoPages(QStackedWidget):
    """Shows the photo while one is open, else all photos; these are made when they are first shown.

    Signals:
        photo_wanted: gives the path of a photo to be opened, and those of the photos beside it, as text.
        all_shown: all photos are shown.
    """

    photo_wanted = Signal(Path, list)
    all_shown = Signal()

    def __init__(
        self, page: PhotoPage, presenter: PhotoPresenter, gallery: OpenGallery, tasks: Tasks
    ) -> None:
        super().__init__()
        self._page = page
        self._presenter = presenter
        self._gallery = gallery
        self._tasks = tasks
        self.addWidget(page)
        presenter.photo_opened.connect(lambda: self.setCurrentWidget(page))

    @functools.cached_property
    def all_photos(self) -> AllPhotos:
        """The grid of all photos."""
        from face_match.gui.photo.all_photos import AllPhotos

        made = AllPhotos(self._gallery, self._tasks)
        made.photo_wanted.connect(lambda path: self.photo_wanted.emit(path, made.grid.files))
        self.addWidget(made)
        return made

    def show_all(self) -> None:
        """Close the photo and show all photos, the one that was open among them."""
        path = self._presenter.close_photo()
        self._show_grid()
        self.all_photos.choose(path)
        self.all_photos.setFocus()

    def show_without_faces(self) -> None:
        """Close the photo and show those in which no face was found."""
        self.show_all()
        self.all_photos.show_photos(FaceFilter.NONE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._presenter.has_photo:
            self._show_grid()

    def _show_grid(self) -> None:
        self.setCurrentWidget(self.all_photos)
        self.all_shown.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self._page if self._presenter.has_photo else self.all_photos).setFocus(event.reason())
