"""Names that files give and a person has given otherwise: what there is to be decided in a gallery."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import FaceNotFoundError
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import Conflict, Decision, FaceRecord, Person, Source
from face_match.gui import phrases
from face_match.gui.state.tasks import GALLERY

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session


SOURCES = {
    Source.FOLDER: "In the folder name: {}",
    Source.METADATA: "In the file: {}",
    Source.ARCHIVE: "In the archive: {}",
}


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
            return _decided(gallery.resolve_conflicts(ids, decision), decision)

        self._session.changes.make(change)

    def _show(self, rows: Sequence[ShownConflict]) -> None:
        self.rows = rows
        self.changed.emit()


def shown_conflicts(gallery: Gallery) -> list[ShownConflict]:
    """The open conflicts of a gallery; it may wait for the disk."""
    from face_match.gallery.contents import photo_path  # the window is up before it is imported

    rows = []
    for conflict in gallery.conflicts():
        with contextlib.suppress(FaceNotFoundError):  # it has gone meanwhile
            face = gallery.face(conflict.face)
            path = photo_path(conflict, gallery.photo(face.photo))
            mine = _mine(face, gallery.person_by_folder(face.person), conflict.name)
            rows.append(ShownConflict(conflict, face, mine, path))
    return sorted(rows, key=lambda row: (row.photo, row.conflict.name))


def _mine(face: FaceRecord, person: Person | None, their_name: str) -> str:
    """What was said of a face to which a file gives another name."""
    if person is not None:
        return phrases.display_name(person.name)
    if face.is_ignored:
        return "ignored"
    is_rejected = any(rejection.name.casefold() == their_name.casefold() for rejection in face.rejections)
    return f"not {phrases.display_name(their_name)}" if is_rejected else "no name"


def theirs(conflict: Conflict) -> str:
    """What a file says of it."""
    return SOURCES[conflict.source].format(phrases.display_name(conflict.name))


def _decided(count: int, decision: Decision) -> str:
    """What came of conflicts."""
    conflicts = plural(count, "conflict", "conflicts")
    if decision is Decision.THEIRS:
        return f"Used the names from files for {conflicts}. {phrases.UNDO}"
    return f"Kept your names for {conflicts}. {phrases.UNDO}"
