"""Drawn boxes whose faces undo and redo remove from the gallery or bring back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from face_match.core.box_overlap import face_in_box
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Origin
from face_match.core.types import EmbeddedFace, Photo
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.step_traces import StepTrace
from face_match.gui.state.tasks import GALLERY, Tasks


class PhotoInView(Protocol):
    """The current photo, as far as it is needed here."""

    @property
    def photo(self) -> Photo | None: ...
    @property
    def faces(self) -> Sequence[EmbeddedFace]: ...
    def return_drawn(self, record: FaceRecord) -> None:
        """Add a drawn face."""


def follow_steps(current: PhotoInView, gallery: OpenGallery, tasks: Tasks) -> None:
    """Show a box of the current photo again whenever a step has brought its face back."""

    def look(trace: StepTrace) -> None:
        opened, photo = gallery.gallery, current.photo
        if opened is None or photo is None or not trace.faces:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[FaceRecord]:
            found = (face for face in opened.faces_in_file(photo) if face.id in trace.faces)
            return [face for face in found if face.origin is Origin.DRAWN and face.file]

        def show(records: Sequence[FaceRecord]) -> None:
            if current.photo is photo:
                faces = [face.face for face in current.faces]
                for one in records:
                    if one.place is not None and face_in_box(one.place, faces) is None:
                        current.return_drawn(one)

        tasks.start(GALLERY, job, show, owners=(current, opened))

    gallery.stepped.connect(look)


def box_to_undo(
    faces: Sequence[EmbeddedFace],
    are_drawn: Sequence[bool],
    before: Sequence[FaceRecord | None],
    now: Sequence[FaceRecord | None],
) -> EmbeddedFace | None:
    """The drawn face whose record is gone, such as by undo, so that its box is the next to undo; or None."""
    for face, is_drawn, was, becomes in zip(faces, are_drawn, before, now, strict=False):
        if is_drawn and was is not None and becomes is None:
            return face
    return None
