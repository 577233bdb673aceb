"""Faces that were not found and that somebody draws a box around: from then on they are faces as others."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import BoxUnusableError
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.types import SAME_FACE_OVERLAP, Box, EmbeddedFace, Face, Photo
from face_match.gui.state.tasks import VISION
from face_match.vision.detectors.drawn_boxes import clip_drawn_box

if TYPE_CHECKING:
    from face_match.gui.state.session import Session
    from face_match.vision.pipeline import FacePipeline


class DrawnFaces(QObject):
    """Of a session's photo. `added` gives the index of a face that is new, and picked; `known` that of one
    that was there already."""

    added = Signal(int)
    known = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._boxes: list[Box] = []
        self.detected_count = 0

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All that were drawn in this photo: they are looked into again by another model."""
        return tuple(self._boxes)

    def is_drawn(self, index: int) -> bool:
        """Whether a face of the photo was not detected, but drawn."""
        return index >= self.detected_count

    def forget(self) -> None:
        """Another photo, other faces."""
        self._boxes.clear()
        self.detected_count = 0

    def add(self, box: Box) -> None:
        """Make a face of a box, unless it is around one that is there.

        Raises:
            BoxUnusableError: there is too little of the photo in it.
        """
        session, photo, pipeline = self._session, self._session.photo, self._session.pipeline
        if photo is None:
            return
        box = clip_drawn_box(photo, box)
        same = face_under(box, [face.face for face in session.faces])
        if same is not None:
            self.known.emit(same)
            return
        self._boxes.append(box)
        if pipeline is None:  # the box is looked into as soon as it is loaded
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> EmbeddedFace:
            return pipeline.embed(photo, [pipeline.face_in_box(photo, box)])[0]

        def on_done(face: EmbeddedFace) -> None:
            if session.photo is photo and session.pipeline is pipeline:
                self._on_face(face)

        def on_error(error: Exception) -> None:
            if session.photo is photo:
                session.fail(error)

        session.tasks.start(VISION, job, on_done, on_error)

    def _on_face(self, face: EmbeddedFace) -> None:
        faces = self._session.faces
        same = face_under(face.face.box, [other.face for other in faces])
        if same is not None:
            self.known.emit(same)
            return
        self._session.faces = [*faces, face]
        self._session.pick(len(faces))
        self.added.emit(len(faces))


def face_under(box: Box, faces: Sequence[Face]) -> int | None:
    """The index of the face that a box is around, if there is one."""
    overlaps = [box.overlap(face.box) for face in faces]
    best = max(range(len(faces)), key=overlaps.__getitem__, default=None)
    return best if best is not None and overlaps[best] >= SAME_FACE_OVERLAP else None


def with_drawn(
    found: Sequence[Face], boxes: Sequence[Box], photo: Photo, pipeline: FacePipeline
) -> list[Face]:
    """Faces that were detected in a photo, then those in boxes where none was; a box without room is left."""
    faces = list(found)
    for box in boxes:
        if face_under(box, faces) is None:
            with contextlib.suppress(BoxUnusableError):
                face = pipeline.face_in_box(photo, box)
                if face_under(face.box, faces) is None:
                    faces.append(face)
    return faces
