"""Names that files give and a person has given otherwise: what there is to be decided in a gallery."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from face_match.gui import phrases
from face_match.gui.tasks import GALLERY
from face_match.types import Conflict, Decision, FaceRecord, IsCancelled, OnProgress

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.session import Session


class ShownConflict(NamedTuple):
    """A conflict with its face, whose it is now, and the photo it is in."""

    conflict: Conflict
    face: FaceRecord
    mine: str
    photo: str


class Conflicts(QObject):
    """Of a session's gallery. `changed` tells that `rows` are others: they are read again after each change,
    and there are none while no gallery is open."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.rows: Sequence[ShownConflict] = ()
        session.gallery_changed.connect(self.refresh)
        session.gallery_opened.connect(self.refresh)

    def refresh(self) -> None:
        """Read them again."""
        session, gallery = self._session, self._session.gallery
        if session.changes.is_saving:  # they are read when that is done
            return
        if gallery is None:
            self._show([])
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[ShownConflict]:
            return shown_conflicts(gallery)

        session.tasks.start(GALLERY, job, self._show, session.fail, key="conflicts", owner=gallery)

    def decide(self, conflicts: Sequence[ShownConflict], decision: Decision) -> None:
        """Keep the names that were given, or take those that files say; it can be undone."""
        ids = [row.conflict.id for row in conflicts]

        def change(gallery: Gallery) -> str:
            return phrases.decided(gallery.decide(ids, decision), decision)

        self._session.changes.make(change)

    def _show(self, rows: Sequence[ShownConflict]) -> None:
        self.rows = rows
        self.changed.emit()


def shown_conflicts(gallery: Gallery) -> list[ShownConflict]:
    """The open conflicts of a gallery; it may wait for the disk."""
    conflicts = gallery.conflicts()
    faces = {face.id: face for face in gallery.faces([conflict.face for conflict in conflicts])}
    rows = []
    for conflict in conflicts:
        face = faces[conflict.face]
        photo = gallery.photo(face.photo)
        path = photo.path if photo is not None and photo.path else conflict.path
        mine = phrases.my_word(face, gallery.person_in(face.person), conflict.name)
        rows.append(ShownConflict(conflict, face, mine, path))
    return sorted(rows, key=lambda row: (row.photo, row.conflict.name))
