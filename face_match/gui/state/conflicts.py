"""Conflicts: faces that a file names otherwise than the user did."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import FaceNotFoundError
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import Conflict, Decision, FaceRecord, Person, Source
from face_match.gui import phrases
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import GALLERY, Tasks
from face_match.gui.translation import marked, tr, tr_count, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery


SOURCES = {
    Source.FOLDER: marked("In the folder name: {name}"),
    Source.METADATA: marked("In the file: {name}"),
    Source.ARCHIVE: marked("In the archive: {name}"),
}


class ShownConflict(NamedTuple):
    """A conflict with its face, the name that the user gave, and the path of the photo."""

    conflict: Conflict
    face: FaceRecord
    mine: str
    photo: str


class Conflicts(QObject):
    """The conflicts of the open gallery.

    Signals:
        changed: `rows` are different.
    """

    changed = Signal()

    def __init__(
        self,
        gallery: OpenGallery,
        tasks: Tasks,
    ) -> None:
        super().__init__(tasks)
        self._gallery = gallery
        self._tasks = tasks
        self.rows: Sequence[ShownConflict] = ()
        gallery.changed.connect(self.read)
        gallery.opened.connect(self.read)
        gallery.closed.connect(self.close)

    def read(self) -> None:
        """Read them from the gallery."""
        gallery = self._gallery.gallery
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[ShownConflict]:
            return shown_conflicts(gallery)

        self._tasks.start(GALLERY, job, self._show, key="conflicts", owners=(self, gallery))

    def close(self) -> None:
        """Stop reading; no conflicts."""
        self._tasks.end_tasks_of(self)
        self._show([])

    def decide(self, conflicts: Sequence[ShownConflict], decision: Decision) -> None:
        """Keep the names that the user gave, or use those in the files; it can be undone."""
        ids = [row.conflict.id for row in conflicts]

        def change(gallery: Gallery) -> str:
            return _decided(gallery.resolve_conflicts(ids, decision), decision)

        self._gallery.edit(change)

    def _show(self, rows: Sequence[ShownConflict]) -> None:
        self.rows = rows
        self.changed.emit()


def shown_conflicts(gallery: Gallery) -> list[ShownConflict]:
    """The open conflicts of a gallery; it may wait for the disk."""
    from face_match.gallery.contents import photo_path  # the window is up before it is imported

    rows = []
    for conflict in gallery.conflicts():
        with contextlib.suppress(FaceNotFoundError):  # it was deleted meanwhile
            face = gallery.face(conflict.face)
            path = photo_path(conflict, gallery.photo(face.photo))
            mine = _mine(face, gallery.person_by_folder(face.person), conflict.name)
            rows.append(ShownConflict(conflict, face, mine, path))
    return sorted(rows, key=lambda row: (row.photo, row.conflict.name))


def _mine(face: FaceRecord, person: Person | None, their_name: str) -> str:
    """What the user decided about a face that a file names otherwise."""
    if person is not None:
        return phrases.display_name(person.name)
    if face.is_ignored:
        return tr("ignored")
    is_rejected = any(rejection.name.casefold() == their_name.casefold() for rejection in face.rejections)
    return tr("not {name}", name=phrases.display_name(their_name)) if is_rejected else tr("no name")


def theirs(conflict: Conflict) -> str:
    """The name that the file has for it."""
    return translated(SOURCES[conflict.source]).format(name=phrases.display_name(conflict.name))


def _decided(count: int, decision: Decision) -> str:
    """The message after a decision."""
    if decision is Decision.THEIRS:
        text = tr_count(
            "Used the names from files for {n} conflict.",
            "Used the names from files for {n} conflicts.",
            count,
        )
    else:
        text = tr_count("Kept your names for {n} conflict.", "Kept your names for {n} conflicts.", count)
    return phrases.undoable(text)
