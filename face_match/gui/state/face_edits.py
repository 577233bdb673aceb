"""Edits that concern the picked face of the current photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.core.matches import Match
from face_match.core.records import Origin, Person
from face_match.gui import phrases
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import tr

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery


class FaceEdits(QObject):
    """Names the picked face, rejects its match, and ignores it.

    Signals:
        named: the picked face was named; gives the name as it was typed.
        name_refused: it was not, such as because somebody else has named it meanwhile.
        ignored: the picked face was ignored.
    """

    named = Signal(str)
    name_refused = Signal()
    ignored = Signal()

    def __init__(self, gallery: OpenGallery, photo: CurrentPhoto) -> None:
        super().__init__(gallery)
        self._gallery = gallery
        self._photo = photo

    def name(self, name: str, seen: Person | None = None, *, is_confirmed: bool = False) -> None:
        """Name the face as a person, existing or new, instead of the one it was named as.

        Args:
            seen: whom it was named as when the user began to name it.
            is_confirmed: the user has said that it is that person, however it looks.
        """
        face, photo, path = self._photo.face, self._photo.photo, self._photo.path
        if face is None or photo is None:
            return
        origin = Origin.DRAWN if self._photo.is_picked_drawn else Origin.DETECTED

        def change(gallery: Gallery) -> str:
            from face_match.gallery.gallery import NewFace
            from face_match.workflows.unlike import is_unlike

            unlike = not is_confirmed and is_unlike(gallery, name, [face.embedding], face.model_id)
            named = gallery.add(name, NewFace.of(face, origin), photo, path, replaces=True)
            return phrases.face_named(named, is_unlike=unlike)

        def on_done() -> None:
            if self._photo.face is face:  # else another one is shown by now
                self.named.emit(name)

        def is_as_seen(gallery: Gallery) -> bool:
            (record,) = gallery.faces_at(photo, [face.face.box])
            return (record.person if record is not None else None) == (seen.folder if seen else None)

        self._photo.note_edit()
        self._gallery.edit(change, on_done, self.name_refused.emit, is_as_seen=is_as_seen)

    def reject(self, match: Match | None) -> None:
        """Remove the name of the face; of an unnamed one, remember that it is not the person of a match."""
        face, photo, path = self._photo.face, self._photo.photo, self._photo.path
        if face is None or photo is None:
            return

        def change(gallery: Gallery) -> str:
            (record,) = gallery.faces_at(photo, [face.face.box])
            if record is not None and record.person is not None:
                (person,) = gallery.remove([record.id])
                return phrases.name_removed(person, is_gone=gallery.person_by_folder(person.folder) is None)
            if match is None:
                return ""
            similarity = {face.model_id: round(match.similarity, 4)}
            if record is not None:
                gallery.reject(match.person, [record.id], {record.id: similarity})
            else:
                gallery.reject_at(photo, path, face.face.box, match.person, similarity)
            who = phrases.display_name(match.person.name)
            return phrases.undoable(tr("Not {who}: that name will not be suggested for this face.", who=who))

        self._photo.note_edit()
        self._gallery.edit(change)

    def remove_box(self) -> None:
        """Remove the box of a drawn face from the photo, and the face from the gallery."""
        face, photo = self._photo.face, self._photo.photo
        if face is None or photo is None:
            return

        def change(gallery: Gallery) -> str:
            (record,) = gallery.faces_at(photo, [face.face.box])
            if record is not None:
                gallery.remove_drawn(record.id)
            return phrases.undoable(tr("The box was removed."))

        def on_done() -> None:
            self._photo.remove_drawn(face)

        self._photo.note_edit()
        self._gallery.edit(change, on_done)

    def ignore(self) -> None:
        """Do not ask about the face again; of an ignored face, do so again."""
        face, photo, path = self._photo.face, self._photo.photo, self._photo.path
        if face is None or photo is None:
            return
        origin = Origin.DRAWN if self._photo.is_picked_drawn else Origin.DETECTED

        def change(gallery: Gallery) -> str:
            from face_match.gallery.gallery import NewFace

            (record,) = gallery.faces_at(photo, [face.face.box])
            if record is None:
                (record,) = gallery.record_photo(photo, path, faces=[NewFace.of(face, origin)]).new_faces
            gallery.ignore([record.id], is_ignored=not record.is_ignored)
            if record.is_ignored:
                return tr("This face is no longer ignored. Undo: Ctrl+Z.")
            return tr("Ignored this face. Undo: Ctrl+Z.")

        def on_done() -> None:
            if self._photo.face is face:
                self.ignored.emit()

        self._photo.note_edit()
        self._gallery.edit(change, on_done)
