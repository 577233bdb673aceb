"""The names that faces had and have no more, by the gallery's history: files that were written then have them
still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from face_match.core.records import FaceRecord, PhotoRecord
from face_match.core.types import Box, PhotoInfo
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.faces import as_read, in_current_orientation
from face_match.gallery.records.history import Step
from face_match.gallery.records.rows import Table, face_from_row, photo_from_row

_IMPORTED = "imported "
"""How the descriptions of imports begin. Names that were imported come from files, so undoing an import does
not take them from there."""


class GoneFace(NamedTuple):
    """A face that was added and named, and is no more since that was undone."""

    place: Box
    names: list[str]


class FormerNames:
    """The former names of all faces. It reads the history, which has at most a thousand steps, once."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._names: dict[str, dict[str, None]] = defaultdict(dict)
        self._owners: dict[str, dict[str, None]] = defaultdict(dict)
        self._undone_faces: dict[str, FaceRecord] = {}
        self._undone_photos: dict[str, PhotoRecord] = {}
        for step in gallery.history:
            self._read(gallery.edits_of(step))
        for step in gallery.undone:
            self._read_undone(step, gallery.edits_of(step))

    def _read(self, edits: Iterable[Edit]) -> None:
        for edit in edits:
            for side in (edit.before, edit.after):
                if side is not None and edit.table is Table.PEOPLE and "name" in side:
                    self._names[edit.key][side["name"]] = None
                elif side is not None and edit.table is Table.FACES and side.get("person") is not None:
                    self._owners[edit.key][side["person"]] = None

    def _read_undone(self, step: Step, edits: Iterable[Edit]) -> None:
        if step.description.startswith(_IMPORTED):
            return
        edits = [*edits]
        self._read(edits)
        for edit in edits:
            if edit.before is None and edit.after is not None and edit.table is Table.FACES:
                self._undone_faces[edit.key] = face_from_row(edit.after, {})
            elif edit.before is None and edit.after is not None and edit.table is Table.PHOTOS:
                self._undone_photos[edit.key] = photo_from_row(edit.after)

    def of(self, face_id: str, owner: str | None) -> list[str]:
        """The names that a face had.

        Args:
            owner: the folder of its person; None for an unnamed face. Their own name is left out.
        """
        people = {folder: self._gallery.person_by_folder(folder) for folder in self._owners.get(face_id, ())}
        if owner is not None:
            people[owner] = self._gallery.person_by_folder(owner)
        found = {name: None for folder in people for name in self._names.get(folder, ())}
        found |= {person.name: None for person in people.values() if person is not None}
        current = people.get(owner or "")
        return [name for name in found if current is None or name != current.name]

    def gone_from(self, photo: PhotoInfo, record: PhotoRecord | None, known: set[str]) -> list[GoneFace]:
        """The faces that a photo had.

        Args:
            record: the gallery's record of the photo; None if it has none any more.
            known: the ids of the photo's faces.
        """
        found = []
        for face_id, face in self._undone_faces.items():
            of_face = record
            if record is None and face.photo is not None:
                of_face = self._undone_photos.get(face.photo)
                of_face = of_face if of_face is not None and of_face.digest == photo.digest else None
            if face_id in known or of_face is None or face.photo != of_face.id or face.person is None:
                continue
            place = in_current_orientation(face, as_read(of_face, photo)).place
            if place is not None:
                found.append(GoneFace(place, self.of(face_id, None)))
        return found
