"""Pictures of faces, read in the background and remembered for a while."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from face_match.core.errors import CancelledError, FaceMatchError
from face_match.core.types import FaceRecord, IsCancelled, OnProgress
from face_match.gui.images import face_image
from face_match.gui.state.tasks import DECODE, Tasks

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

log = logging.getLogger(__name__)

REMEMBERED = 500


class FaceCrops(QObject):
    """`read_all` says that those asked for last are there, but for any that cannot be read."""

    read_all = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._images: dict[str, QImage] = {}

    @property
    def images(self) -> Mapping[str, QImage]:
        """By the faces' ids, as far as they have been read."""
        return self._images

    def read(self, gallery: Gallery, faces: Sequence[FaceRecord]) -> None:
        """Read those that are not remembered."""
        missing = [face for face in faces if face.id not in self._images]
        if not missing:
            self.read_all.emit()
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> dict[str, QImage]:
            images = {}
            for face in missing:
                if is_cancelled():
                    raise CancelledError
                try:
                    images[face.id] = face_image(gallery.pixels_of(face), face.box)
                except FaceMatchError:
                    log.warning("a crop cannot be read")
            return images

        def on_done(images: dict[str, QImage]) -> None:
            self._images |= images
            for face in faces:  # those on the screen go last
                if face.id in self._images:
                    self._images[face.id] = self._images.pop(face.id)
            while len(self._images) > REMEMBERED:
                del self._images[next(iter(self._images))]
            self.read_all.emit()

        def on_error(error: Exception) -> None:
            if not isinstance(error, CancelledError):
                log.error("crops could not be read", exc_info=error)

        self._tasks.start(DECODE, job, on_done, on_error, key="crops", owner=gallery)
