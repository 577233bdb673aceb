"""What the gallery knows of the faces of the open photo: whose they are, and who they are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Origin, Person
from face_match.core.types import Box, Photo
from face_match.gui.state.tasks import GALLERY

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session

KEY = "known faces"


class KnownFaces(QObject):
    """Of a session. `changed` tells that the records of the faces may be others; they are in their order."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._records: Sequence[FaceRecord | None] = ()
        session.faces_found.connect(self._on_faces_found)
        session.gallery_changed.connect(self.refresh)
        session.gallery_opened.connect(self.refresh)

    def record(self, index: int | None) -> FaceRecord | None:
        """What is known of a face of the photo, as far as it was looked up."""
        return self._records[index] if index is not None and index < len(self._records) else None

    def person(self, index: int | None) -> Person | None:
        """Whose face it is."""
        record, gallery = self.record(index), self._session.gallery
        return gallery.person_by_folder(record.person) if record is not None and gallery is not None else None

    @property
    def names(self) -> list[str]:
        """A name for each face, "" for those that have none."""
        people = [self.person(index) for index in range(len(self._session.faces))]
        return [person.name if person is not None else "" for person in people]

    def forget(self) -> None:
        """Another photo, other faces."""
        self._session.tasks.drop(KEY)
        self._records = ()

    def _on_faces_found(self) -> None:
        self._records = ()
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        session, gallery, photo = self._session, self._session.gallery, self._session.photo
        if session.changes.is_saving:  # it is looked again when that is done
            return
        boxes = [face.face.box for face in session.faces]
        if gallery is None or photo is None or not boxes:
            self.forget()
            self.changed.emit()
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[FaceRecord | None]:
            return known_at(gallery, photo, boxes)

        def on_done(records: list[FaceRecord | None]) -> None:
            if session.photo is photo:
                self._records = records
                self.changed.emit()

        session.tasks.start(GALLERY, job, on_done, session.fail, key=KEY, owner=gallery)


def known_at(gallery: Gallery, photo: Photo, boxes: Sequence[Box]) -> list[FaceRecord | None]:
    """The records of the faces at places of a photo, None where there is none; it may wait for the disk."""
    faces = gallery.faces_in_file(photo)
    return [_at(box, faces) for box in boxes]


def places_to_show(gallery: Gallery, photo: Photo) -> list[Box]:
    """Where faces of a photo have a name, or were drawn: they are shown whatever the detector finds."""
    return [
        face.place
        for face in gallery.faces_in_file(photo)
        if face.place is not None and face.file and (face.person or face.origin is Origin.DRAWN)
    ]


def _at(box: Box, faces: Sequence[FaceRecord]) -> FaceRecord | None:
    """The face at a place; of several the one that overlaps it most."""
    at_it = [face for face in faces if face.is_at(box)]
    return max(at_it, key=lambda face: box.overlap(face.place or box), default=None)
