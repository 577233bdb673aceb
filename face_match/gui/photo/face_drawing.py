"""Drawing a box around a face that was not detected."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import BoxUnusableError
from face_match.core.messages import error_message
from face_match.core.types import Box
from face_match.gui import phrases
from face_match.gui.photo.box_drawing import BoxDrawing
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.translation import tr, translated
from face_match.gui.widgets.photo_view import PhotoView


class FaceDrawing(QObject):
    """Adds the face in the box to the current photo.

    Signals:
        message: a sentence to show.
        help_changed: how to draw, to be shown while a box is drawn; nothing when that ends.
    """

    message = Signal(str)
    help_changed = Signal(str)

    def __init__(self, photo_view: PhotoView, photo: CurrentPhoto, parent: QObject) -> None:
        super().__init__(parent)
        self._photo = photo
        self._is_active = False
        self._box = BoxDrawing(photo_view)
        self._box.accepted.connect(self._on_drawn)
        self._box.cancelled.connect(self._on_cancelled)

    @property
    def overlay(self) -> BoxDrawing:
        """What the box is drawn on; it has uses of its own for letters."""
        return self._box

    @property
    def is_active(self) -> bool:
        """Whether a box is being drawn."""
        return self._is_active

    def start(self) -> None:
        """Begin to draw a box."""
        if self._photo.photo is None:
            self.message.emit(tr("Open a photo first. Then press Ctrl+B to draw a box around a face."))
            return
        self._is_active = True
        self._box.start()
        self.show_help()

    def toggle(self) -> None:
        """Begin to draw a box, or stop it."""
        if self._is_active:
            self._box.cancel()
        else:
            self.start()

    def stop(self) -> None:
        """Draw no box."""
        if self._is_active:
            self._is_active = False
            self._box.stop()
            self.help_changed.emit("")

    def show_help(self) -> None:
        """Explain how to draw, while a box is being drawn."""
        if self.is_active:
            self.help_changed.emit(translated(phrases.DRAWING_HELP))

    def _on_drawn(self, box: Box) -> None:
        try:
            self._photo.draw_face(box)
        except BoxUnusableError as exc:
            self.help_changed.emit(phrases.join(error_message(exc), translated(phrases.DRAWING_HELP)))
        else:
            self.stop()

    def _on_cancelled(self) -> None:
        self._is_active = False
        self.help_changed.emit("")
        self.message.emit(tr("No box was drawn."))
