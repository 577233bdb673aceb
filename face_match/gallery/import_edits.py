"""The edits that add another gallery's contents to this one.

A face that both galleries have is recognized by its id, else by its place in a photo that both have. The
user's decisions are never overruled: another name for a known face becomes a conflict.

Paths of photos and conflicts are for moving a gallery. Only an empty gallery takes them: in another one they
would say of photos here where they were there.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from face_match.core.box_overlap import box_rows, same_face_pairs
from face_match.core.errors import CancelledError, FaceNotFoundError
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import Conflict, FaceRecord, Person, PhotoRecord, Rejection, Source
from face_match.core.types import Box
from face_match.gallery.photo_faces import ImportOutcome, PhotoFaces
from face_match.gallery.records.edits import Draft, Edit
from face_match.gallery.records.faces import in_current_orientation
from face_match.gallery.records.names import FolderNames, name_key
from face_match.gallery.records.rows import (
    Contents,
    Table,
    conflict_from_row,
    conflict_id,
    person_from_row,
    photo_from_row,
)

T = TypeVar("T")


class MissingCrop(NamedTuple):
    """A face whose crop must be copied from the other gallery, and the person's folder here."""

    face: FaceRecord
    folder: str | None


class ImportEdits:
    """Compares another gallery with this one and drafts the edits.

    Attributes:
        draft: changes of people, photos and faces.
        conflict_draft: new conflicts, which are not part of the step.
        missing_crops: the faces whose crops are needed.
        named, unnamed: the number of faces that are named, or added without a name.
        new_people, conflicts: their numbers.
        birth_dates: the number of known people who get a birth date.
        rejections: the number of known faces for which more people are rejected.
        left_out: the number of paths of photos and conflicts that are not taken.
    """

    def __init__(
        self,
        gallery: PhotoFaces,
        contents: Contents,
        path: Path,
        files: Mapping[str, str] | None = None,
        is_cancelled: IsCancelled = never_cancelled,
    ) -> None:
        """Compare the galleries and draft the edits.

        Args:
            path: of the archive, to name it in conflicts.
            files: where the crops of `missing_crops` are stored here, by face id in the other gallery. A face
                without an entry is skipped.
        Raises:
            CancelledError.
        """
        self._is_cancelled = is_cancelled
        self._is_move = gallery.is_empty()
        self._gallery, self._path, self._files = gallery, path, files
        self.draft, self.conflict_draft = Draft(), Draft()
        self.missing_crops: list[MissingCrop] = []
        self.named = self.unnamed = self.conflicts = self.birth_dates = self.rejections = self.left_out = 0
        people = [person_from_row(row) for row in contents.rows[Table.PEOPLE]]
        self._theirs = {person.folder: person for person in people}
        self._folders = FolderNames(gallery.person_folders)
        self._taken: dict[str, str] = {}
        self._made: dict[str, Person] = {}
        self._added: set[str] = set()
        self._known_folders: set[str] = set()
        """Folders there of people who have a face of this gallery."""
        self._completed: dict[str, PhotoRecord] = {}
        """Photos here, by their ids there, with a date, a turn or hints that only the archive has."""
        for person in self._unless_cancelled(people):
            self._folder(person.name)
        self._photos = self._matched_photos([photo_from_row(row) for row in contents.rows[Table.PHOTOS]])
        self._own = gallery.faces_in_each(self._photos.values())
        self._people_in = {(photo, face.person) for photo, own in self._own.items() for face in own}
        self._placeless = {
            (photo, face.person) for photo, own in self._own.items() for face in own if face.place is None
        }
        faces = contents.faces()
        known = self._matched_faces(faces)
        for face in self._unless_cancelled(faces):
            self._take(face, known.get(face.id))
        for person in self._unless_cancelled(people):
            self._birth(person)
        for row in self._unless_cancelled(contents.rows[Table.CONFLICTS]):
            self._conflict(conflict_from_row(row))

    def edits(self) -> list[Edit]:
        """The edits of the step, with new people in the order in which they were added there."""
        order = {self._folder(person.name): number for number, person in enumerate(self._theirs.values())}
        return sorted(
            self.draft.edits(), key=lambda edit: order[edit.key] if edit.table is Table.PEOPLE else -1
        )

    @property
    def new_people(self) -> int:
        return len(self._made)

    def _unless_cancelled(self, items: Iterable[T]) -> Iterator[T]:
        """The items; raises CancelledError."""
        for item in items:
            if self._is_cancelled():
                raise CancelledError
            yield item

    # Photos

    def _matched_photos(self, theirs: list[PhotoRecord]) -> dict[str, PhotoRecord]:
        """The photos here by their ids there; new ones are drafted."""
        photos = self._gallery.photos_like(theirs)
        ids = {photo.id for photo in photos}
        by_digest = {photo.digest: photo for photo in photos if photo.digest}
        by_file = {photo.file_digest: photo for photo in photos if photo.file_digest}
        found = {}
        for photo in self._unless_cancelled(theirs):
            same = by_digest.get(photo.digest)
            of_file = by_file.get(photo.file_digest)
            if same is None and of_file is not None and not (photo.digest and of_file.digest):
                same = of_file  # one of the two is of version 0.1 and has a file digest only
            if not self._is_move:
                self.left_out += bool(photo.path)
                photo = replace(photo, path="", size=0, modified_ns=0)  # noqa: PLW2901
            if same is None:
                same = photo
                if same.id in ids:
                    same = replace(same, id=uuid.uuid4().hex)
                self.draft.photo(None, same)
            elif (completed := _completed(same, photo)) != same:
                self._completed[photo.id] = completed
            found[photo.id] = same
        return found

    def _conflict(self, conflict: Conflict) -> None:
        """Take a conflict as it is there, with its decision."""
        if not self._is_move:
            self.left_out += 1
        elif conflict.face in self._added:
            new_id = conflict_id(conflict.face, conflict.name)
            self.draft.conflict(None, replace(conflict, id=new_id))

    # Faces

    def _matched_faces(self, faces: list[FaceRecord]) -> dict[str, FaceRecord]:
        """The known faces by their ids there, matched by id or best overlap; no face is matched twice."""
        known = self._by_id([face.id for face in faces])
        others, spans = self._placed_faces()
        numbers, places, own = list[int](), list[Box](), list[tuple[int, int]]()
        for number, face in enumerate(faces):
            photo = self._photos.get(face.photo or "")
            place = in_current_orientation(face, photo).place
            if photo is not None and place is not None and face.id not in known and photo.id in spans:
                numbers.append(number)
                places.append(place)
                own.append(spans[photo.id])
        taken = {*known}
        for row, column in self._pairs(places, others, own):
            face, other = faces[numbers[row]], others[column]
            if face.id not in known and other.id not in taken:
                known[face.id] = other
                taken.add(other.id)
        return known

    def _placed_faces(self) -> tuple[list[FaceRecord], dict[str, tuple[int, int]]]:
        """The known faces with a place, and for each photo the index of its first one and their number."""
        others: list[FaceRecord] = []
        spans = {}
        for photo_id, own in self._own.items():
            placed = sorted((face for face in own if face.place is not None), key=lambda face: face.id)
            spans[photo_id] = (len(others), len(placed))
            others += placed
        return others, spans

    def _pairs(
        self, places: list[Box], others: list[FaceRecord], own: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Pairs of places and known faces that overlap, as indices, best overlap first."""
        known = box_rows(face.place for face in others if face.place is not None)
        parts = [*self._unless_cancelled(same_face_pairs(box_rows(places), known, np.array(own, np.intp)))]
        if parts:
            found, rows, columns = map(np.concatenate, zip(*parts, strict=True))
            order = np.lexsort((columns, rows, -found))
            yield from zip(rows[order].tolist(), columns[order].tolist(), strict=True)

    def _by_id(self, ids: list[str]) -> dict[str, FaceRecord]:
        try:
            return {face.id: face for face in self._gallery.faces(ids)}
        except FaceNotFoundError:
            there = self._gallery.existing_ids(ids)
            return {face.id: face for face in self._gallery.faces([one for one in ids if one in there])}

    def _take(self, face: FaceRecord, known: FaceRecord | None) -> None:
        theirs = self._theirs.get(face.person or "")
        if known is None:
            if theirs is None or not self._has(theirs, face):
                self._add(face, theirs)
            elif theirs is not None:
                self._known_folders.add(theirs.folder)
            return
        if theirs is not None:
            record = self._photos.get(face.photo or "") or PhotoRecord("")
            outcome = self._gallery.predict_import(theirs.name, known, record)
            if outcome is ImportOutcome.ADDED:
                self._name(face, known, theirs)
            if outcome is ImportOutcome.KNOWN:
                self._known_folders.add(theirs.folder)
            if outcome is ImportOutcome.CONFLICT:
                outcome = self._gallery.record_conflict(
                    self.conflict_draft, known, theirs.name, Source.ARCHIVE, self._path
                )
                self.conflicts += outcome is ImportOutcome.CONFLICT
        self._reject(face, known)

    def _has(self, theirs: Person, face: FaceRecord) -> bool:
        """Whether the person has a face in the photo already, if one of the two has no place."""
        person = self._gallery.find(theirs.name)
        photo = self._photos.get(face.photo or "")
        if person is None or photo is None:
            return False
        return (photo.id, person.folder) in (self._people_in if face.place is None else self._placeless)

    def _add(self, face: FaceRecord, theirs: Person | None) -> None:
        folder = None if theirs is None else self._folder(theirs.name)
        file = self._file(face, folder)
        if file is None:
            return
        photo = self._photos.get(face.photo or "")
        if theirs is not None:
            self._person(theirs)
            self._known_folders.add(theirs.folder)
            self.named += 1
        else:
            self.unnamed += 1
        self._complete(face)
        self._added.add(face.id)
        self.draft.face(
            None,
            replace(
                face,
                file=file,
                photo=None if photo is None else photo.id,
                person=folder,
                rejections=tuple(self._rejections(face, folder)),
            ),
        )
        self._cover(theirs, face, face.id)

    def _name(self, face: FaceRecord, known: FaceRecord, theirs: Person) -> None:
        """Name a known, unnamed face; also add its crop if it has none."""
        if not known.file and face.file:
            file = self._file(face, self._folder(theirs.name))
            if file is None:
                return
            crop = {"box": face.box, "landmarks": face.landmarks, "embeddings": face.embeddings}
            detection = {"confidence": face.confidence, "quality": face.quality}
            self.draft.face(known, replace(known, file=file, **crop, **detection))  # type: ignore[arg-type]
        self._gallery.assign(self.draft, known, self._person(theirs))
        self._known_folders.add(theirs.folder)
        self._complete(face)
        self.named += 1
        self._cover(theirs, face, known.id)

    def _file(self, face: FaceRecord, folder: str | None) -> str | None:
        """The name of a face's crop here; None to skip the face."""
        if not face.file:
            return ""
        self.missing_crops.append(MissingCrop(face, folder))
        return face.file if self._files is None else self._files.get(face.id)

    # People

    def _person(self, theirs: Person) -> Person:
        """The person with that name, drafted if new."""
        found = self._gallery.find(theirs.name)
        if found is not None:
            return found
        key = name_key(theirs.name)
        if key not in self._made:
            folder = self._folder(theirs.name)
            self._made[key] = replace(theirs, folder=folder, face_count=0, cover=None)
            self.draft.person(None, self._made[key])
        return self._made[key]

    def _complete(self, face: FaceRecord) -> None:
        """Add to the photo of a face that is added or named what is only known there."""
        completed = self._completed.pop(face.photo or "", None)
        if completed is not None:
            self.draft.photo(self._photos[face.photo or ""], completed)

    def _birth(self, theirs: Person) -> None:
        """Set the birth date of a known person who has none, if the archive has a face of theirs that is here
        too: a name alone may be a namesake's."""
        is_known = bool(theirs.born) and theirs.folder in self._known_folders
        found = self._gallery.find(theirs.name) if is_known else None
        if found is not None and not found.born:
            self.draft.person(found, replace(found, born=theirs.born))
            self.birth_dates += 1

    def _cover(self, theirs: Person | None, face: FaceRecord, face_id: str) -> None:
        """Make a face the cover of a new person, as in the other gallery."""
        made = None if theirs is None else self._made.get(name_key(theirs.name))
        if theirs is not None and made is not None and theirs.cover == face.id:
            made = replace(made, cover=face_id)
            self._made[name_key(theirs.name)] = made
            self.draft.person(None, made)

    def _folder(self, name: str) -> str:
        """The folder here of a person, who may not exist here."""
        found = self._gallery.find(name)
        if found is not None:
            return found.folder
        key = name_key(name)
        if key not in self._taken:
            self._taken[key] = self._folders.assign(name)
        return self._taken[key]

    def _rejections(self, face: FaceRecord, person: str | None) -> Collection[Rejection]:
        """The face's rejections, with folders of this gallery; one of each folder, none of its person."""
        found = {}
        for rejection in face.rejections:
            theirs = self._theirs.get(rejection.folder)
            name = rejection.name if theirs is None else theirs.name
            folder = self._folder(name)
            found[folder] = Rejection(folder, name, rejection.similarity)
        found.pop(person or "", None)
        return found.values()

    def _reject(self, face: FaceRecord, known: FaceRecord) -> None:
        """Add the face's rejections to a known face, except of its own person."""
        latest = self.draft.latest(known)
        folders = {rejection.folder for rejection in latest.rejections}
        names = {name_key(rejection.name) for rejection in latest.rejections}
        new = [
            rejection
            for rejection in self._rejections(face, latest.person)
            if rejection.folder not in folders and name_key(rejection.name) not in names
        ]
        if new:
            self.rejections += 1
            self.draft.face(known, replace(latest, rejections=(*latest.rejections, *new)))


def _completed(ours: PhotoRecord, theirs: PhotoRecord) -> PhotoRecord:
    """Our record of a photo with the date, the turn and the hints of theirs where ours has none."""
    completed = replace(ours, taken=ours.taken or theirs.taken, hints=ours.hints or theirs.hints)
    if ours.turned is not None or theirs.turned is None or not theirs.width:
        return completed
    return replace(
        completed,
        turned=theirs.turned,
        orientation=theirs.turned,
        width=theirs.width,
        height=theirs.height,
    )
