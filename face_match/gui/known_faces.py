"""Which faces of the open photo are somebody's samples: their names stand beside their boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.gui.tasks import GALLERY
from face_match.types import IsCancelled, OnProgress

if TYPE_CHECKING:
    from face_match.gui.session import Session

KEY = "known faces"


class KnownFaces(QObject):
    """Of a session. `named` gives a name for each face that was found, "" for those that are nobody's."""

    named = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        session.faces_found.connect(self.refresh)
        session.gallery_changed.connect(self.refresh)
        session.gallery_opened.connect(self.refresh)

    def refresh(self) -> None:
        """Look again."""
        session, gallery, photo = self._session, self._session.gallery, self._session.photo
        if session.changes.is_saving:  # it is looked again when that is done
            return
        boxes = [face.face.box for face in session.faces]
        if gallery is None or photo is None or not boxes:
            session.tasks.drop(KEY)
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[str]:
            from face_match.gallery.contents import SAME_FACE_OVERLAP

            known = [(p.name, s.place) for p, s in gallery.samples_in(photo.digest) if s.place is not None]
            return [
                next((name for name, place in known if place.overlap(box) >= SAME_FACE_OVERLAP), "")
                for box in boxes
            ]

        def on_done(names: list[str]) -> None:
            if session.photo is photo:
                self.named.emit(names)

        session.tasks.start(GALLERY, job, on_done, session.fail, key=KEY, owner=gallery)
