"""Turning the photo that is shown, and recording in the gallery how it was turned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.core.orientation import turned_right
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.types import Photo
from face_match.gui import phrases
from face_match.gui.images import ShownPhoto
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import DECODE, GALLERY, Tasks
from face_match.gui.translation import tr

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

Current = Callable[[], tuple[Photo | None, Path | None]]
"""Gives the photo as it is shown, and the path of its file."""


class PhotoTurn(QObject):
    """How the current photo is turned.

    Signals:
        turned: gives the ShownPhoto.

    Attributes:
        is_by_user: the user has turned the photo, so that no finding turns it.
    """

    turned = Signal(object)

    def __init__(self, current: Current, gallery: OpenGallery, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._current = current
        self._gallery = gallery
        self._tasks = tasks
        self.forget()
        gallery.changed.connect(self._record)
        gallery.availability_changed.connect(self._record)
        gallery.stepped.connect(lambda _: self._follow_step())

    def forget(self) -> None:
        """Begin with another photo; ends the tasks that turn the one before."""
        self._tasks.end_tasks_of(self)
        self.is_by_user = False
        self._to_record: int | None = None
        self._orientation: int | None = None  # into which the photo is being turned

    def turn(self, quarters: int) -> None:
        """Turn the photo to the right, by a negative number to the left."""
        photo, _ = self._current()
        if photo is None:
            return
        orientation = turned_right(self._orientation or photo.orientation, quarters)
        self.is_by_user, self._to_record = True, orientation
        self._turn_to(orientation)
        self._record()

    def _turn_to(self, orientation: int) -> None:
        photo, _ = self._current()
        if photo is None or orientation == (self._orientation or photo.orientation):
            return
        self._orientation = orientation

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ShownPhoto:
            from face_match.vision.photo_loading import reorient_photo

            return ShownPhoto.of(reorient_photo(photo, orientation))

        def on_done(shown: ShownPhoto) -> None:
            self._orientation = None
            self.turned.emit(shown)

        self._tasks.start(DECODE, job, on_done, key="turn", owners=(self,))

    def _record(self) -> None:
        """Record how the user turned the photo; later, if the gallery is being changed."""
        (photo, path), orientation, gallery = self._current(), self._to_record, self._gallery
        if photo is None or path is None or orientation is None or not gallery.can_edit:
            return
        self._to_record = None

        def change(opened: Gallery) -> str:
            opened.turn_photo(photo, path, orientation)
            return phrases.undoable(tr("Photo turned. Its file is unchanged."))

        gallery.edit(change)

    def _follow_step(self) -> None:
        """Turn the photo as undo or redo has turned it in the gallery."""
        (photo, _), gallery = self._current(), self._gallery.gallery
        if photo is None or gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> int:
            record = gallery.photo_of(photo)
            return photo.orientation if record is None else record.orientation

        self._tasks.start(GALLERY, job, self._turn_to, key="turn in gallery", owners=(self, gallery))
