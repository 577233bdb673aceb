"""Drawing a box around a face that was not found: when it begins and ends, and what is said of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from face_match.core.error_messages import error_message
from face_match.core.errors import BoxUnusableError
from face_match.core.types import Box
from face_match.gui import phrases
from face_match.gui.photo.box_drawing import BoxDrawing
from face_match.gui.photo.page import Panel
from face_match.gui.state.session import Session


class Drawing(QObject):
    """`said` gives what to show in the message bar."""

    said = Signal(str)

    def __init__(self, panel: Panel, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._box = BoxDrawing(panel.photo_view)
        self._box.taken.connect(self._on_taken)
        self._box.given_up.connect(lambda: self.said.emit("No box was drawn."))

    @property
    def is_on(self) -> bool:
        """Whether a box is being drawn."""
        return self._box.is_on

    def start(self) -> None:
        if self._session.photo is None:
            self.said.emit("Open a photo first. Then press B to draw a box around a face.")
            return
        self._box.start()
        self.remind()

    def stop(self) -> None:
        """There is another photo."""
        self._box.stop()

    def remind(self) -> None:
        """Say how it goes, while a box is being drawn."""
        if self.is_on:
            self.said.emit(phrases.DRAWING_HELP)

    def _on_taken(self, box: Box) -> None:
        try:
            self._session.drawn.add(box)
        except BoxUnusableError as exc:
            self.said.emit(error_message(exc))
        else:
            self._box.stop()
