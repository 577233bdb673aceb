"""Adding faces of photos: from scans, from the user, and from names in files."""

from __future__ import annotations

import contextlib
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import AlreadyAddedError, FaceNamedError, PersonNotFoundError
from face_match.core.orientation import reoriented_size
from face_match.core.records import (
    Conflict,
    Decision,
    FaceRecord,
    Person,
    PhotoRecord,
    Source,
)
from face_match.core.server_errors import ChangedElsewhereError
from face_match.core.types import (
    Box,
    Crop,
    PhotoInfo,
)
from face_match.gallery.editing import EditableContents, drafted_again_when_changed
from face_match.gallery.photo_copies import is_copy
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.faces import (
    NewFace,
    as_read,
    faces_at_places,
    faces_counted,
    new_face_record,
    with_rejection,
    without_rejection,
)
from face_match.gallery.records.history import NAMED_PREFIX, REJECTED_PREFIX, Step
from face_match.gallery.records.names import FolderNames, clean_hints, clean_name, name_key
from face_match.gallery.records.rows import Table, conflict_from_row, conflict_id, utc_now
from face_match.gallery.storage import interrupted_scans
from face_match.gallery.storage.crops import crop_file

TURNED = "turned a photo"
"""The description of a step that turns a photo."""


class ScannedPhoto(NamedTuple):
    """The result of recording a scanned photo: its record, and the faces that are new."""

    photo: PhotoRecord
    new_faces: Sequence[FaceRecord]


class NamingResult(NamedTuple):
    """The result of naming faces.

    Attributes:
        is_new: whether the person is new.
        skipped: faces that were not named, because their photo already has a face of the person.
        replaced: the person whose name was replaced, if any.
    """

    person: Person
    faces: Sequence[FaceRecord]
    is_new: bool
    skipped: Sequence[FaceRecord] = ()
    replaced: Person | None = None


class ImportOutcome(Enum):
    """What happened to a name from a file: added, known already, or in conflict with the user's decision."""

    ADDED = "added"
    KNOWN = "known"
    CONFLICT = "conflict"


class PhotoFaces(EditableContents):
    """Adds faces to photos and names them."""

    # Interrupted scans

    @property
    def unfinished_scans(self) -> list[Path]:
        """The files and folders whose scan was interrupted."""
        return interrupted_scans.read(self.folder, self.vault)

    def set_unfinished_scans(self, paths: Sequence[Path]) -> None:
        """Store which files and folders are being scanned; an empty list when the scan is complete.

        Raises:
            GalleryWriteError.
        """
        with self._lock:
            self.require_writable()
            interrupted_scans.write(self.folder, self.vault, paths)

    # Photos and their faces

    @drafted_again_when_changed
    def record_photo(
        self,
        photo: PhotoInfo,
        path: Path | None = None,
        *,
        scan: str = "",
        faces: Sequence[NewFace] = (),
        hints: Collection[str] | None = None,
    ) -> ScannedPhoto:
        """Add or update a photo, and add the detected faces that are new. Not a step of the history.

        A known face is unchanged: it is matched with the detected face that overlaps it most.

        Args:
            path: the photo's path, kept unless the photo is still at the recorded one. Another photo that was
                recorded there loses its path.
            scan: the detector and settings that found the faces.
            hints: names in the photo's metadata that have no place; None if it was not read.
        Raises:
            GalleryWriteError.
        """
        with self._lock, self._crop_writer() as write:
            draft = Draft()
            record = self._photo_record(draft, photo, path, scan)
            if hints is not None and clean_hints(hints) != record.hints:
                draft.photo(record, replace(record, hints=clean_hints(hints)))
            read, new = as_read(record, photo), []
            found = faces_at_places([one.place for one in faces], self.faces_in(read))
            for known, one in zip(found, faces, strict=True):
                face = known
                if face is None or not (face.file or face.is_ignored):  # an ignored face keeps no crop
                    face = self._draft_face(draft, write, known, one, read)
                    new.append(face)
                draft.face(face, replace(face, is_scanned=True))
            edits = draft.edits()
            is_new = new or any(e.table is Table.PHOTOS and e.before is None for e in edits)
            if edits:  # the undone steps do not know the new faces, so they cannot be redone
                self._commit(edits, None, self.undone if is_new else ())
            return ScannedPhoto(record, new)

    def add(
        self,
        name: str,
        new: NewFace,
        photo: PhotoInfo | None,
        path: Path | None = None,
        *,
        replaces: bool = False,
    ) -> NamingResult:
        """Name a face of a photo. The person may be new.

        Args:
            photo: the face's photo; None if unknown.
            replaces: replace another person's name.
        Raises:
            InvalidNameError, GalleryWriteError.
            AlreadyAddedError: the face already has this name.
            FaceNamedError: the face has another person's name, and `replaces` is not set.
            ValueError: an embedding is invalid.
        """
        name = clean_name(name)
        with self._lock, self._crop_writer() as write:
            draft = Draft()
            record = None if photo is None else as_read(self._photo_record(draft, photo, path), photo)
            known = self._face_at(record, new.place, draft)
            owner = self.person_by_folder(known.person) if known is not None else None
            person, is_new = self.person_for(draft, name)
            if owner is not None and owner.folder == person.folder:
                raise AlreadyAddedError(owner.name)
            if owner is not None and not replaces:
                raise FaceNamedError(owner.name)
            if (
                known is None
                and new.place is None
                and record is not None
                and self.has_face_in(person, record)
            ):
                raise AlreadyAddedError(person.name)
            face = known
            if face is None or not face.file:
                face = self._draft_face(draft, write, known, new, record, person=person)
            self.assign(draft, face, person)
            self.update_people(draft)
            what = f"{NAMED_PREFIX}a face" if owner is None else f"moved a face from {owner.name}"
            self._apply(draft, f"{what} to {person.name}")
            return NamingResult(self._people[person.folder], self.faces([face.id]), is_new, replaced=owner)

    @drafted_again_when_changed
    def import_name(
        self,
        name: str,
        new: NewFace,
        photo: PhotoInfo,
        path: Path,
        *,
        source: Source,
        step: Step,
        description: Callable[[int], str] = lambda added: f"imported {faces_counted(added)}",
        added: int = 0,
    ) -> ImportOutcome:
        """Name a face of a photo from a file. A name that contradicts the user becomes a conflict.

        Args:
            step: of the whole import.
            description: of the step, given the number of faces named so far.
            added: how many faces the import has named before.
        Raises:
            InvalidNameError, GalleryWriteError.
        """
        name = clean_name(name)
        with self._lock, self._crop_writer() as write:
            draft = Draft()
            record = as_read(self._photo_record(draft, photo, path), photo)
            known = self._face_at(record, new.place, draft)
            outcome = self.predict_import(name, known, record)
            if outcome is ImportOutcome.CONFLICT and known is not None:
                outcome = self.record_conflict(draft, known, name, source, path)
            if outcome is not ImportOutcome.ADDED:
                if edits := draft.edits():
                    self._commit(edits)
                return outcome
            person, _ = self.person_for(draft, name)
            face = known
            if face is None or not face.file:
                face = self._draft_face(draft, write, known, new, record, person=person)
            self.assign(draft, face, person)
            self._apply(draft, description(added + 1), step)
            return outcome

    def reject_at(
        self,
        photo: PhotoInfo,
        path: Path | None,
        place: Box,
        person: Person,
        similarity: Mapping[str, float] = {},
    ) -> None:
        """Reject a person for the face at a place in a photo. An unknown face is added as a place only.

        Raises:
            PersonNotFoundError, GalleryWriteError.
        """
        with self._lock:
            self.require_writable()
            person = self.current(person)
            draft = Draft()
            record = as_read(self._photo_record(draft, photo, path), photo)
            face = self._face_at(record, place, draft)
            if face is None:
                orientation = record.orientation
                face = FaceRecord(
                    uuid.uuid4().hex, "", record.id, place, orientation=orientation, added=utc_now()
                )
                draft.face(None, face)
            draft.face(face, with_rejection(face, person, similarity))
            self._apply(draft, f"{REJECTED_PREFIX}{person.name} for a face")

    def turn_photo(self, photo: PhotoInfo, path: Path | None, orientation: int | None) -> PhotoRecord:
        """Record that a photo is upright under an orientation, whatever its file says; return its record.

        Args:
            orientation: 1..8, as in EXIF; None to forget what was recorded by the user.
        Raises:
            GalleryWriteError.
        """
        with self._lock:
            self.require_writable()
            found = Draft()
            record = self._photo_record(found, photo, path)
            if edits := found.edits():  # which undoing the turn leaves as they are
                self._commit(edits)
            of_file = photo.orientation if photo.turned_from is None else photo.turned_from
            upright = orientation or record.turned_by_scan or of_file
            width, height = reoriented_size(record.width, record.height, record.orientation, upright)
            turned = replace(record, turned=orientation, orientation=upright, width=width, height=height)
            draft = Draft()
            draft.photo(record, turned)
            self._apply(draft, TURNED)
            return turned

    def faces_at(self, photo: PhotoInfo, places: Sequence[Box]) -> list[FaceRecord | None]:
        """The known face at each place in a photo, or None. No face is returned twice."""
        with self._lock:
            return faces_at_places(places, self.faces_in_file(photo))

    def predict_import(self, name: str, known: FaceRecord | None, record: PhotoRecord) -> ImportOutcome:
        """What importing a name for a face of a photo would do.

        Args:
            known: the face, if it is in the gallery.
        """
        person = self.find(name)
        if known is None:
            has_face = person is not None and self.has_face_in(person, record, only_without_place=True)
            return ImportOutcome.KNOWN if has_face else ImportOutcome.ADDED
        if self.contradicts_user(known, name):
            return ImportOutcome.CONFLICT
        return ImportOutcome.ADDED if known.person is None else ImportOutcome.KNOWN

    def record_conflict(
        self, draft: Draft, face: FaceRecord, name: str, source: Source, path: Path
    ) -> ImportOutcome:
        """Add a conflict to the draft, unless the user has resolved it already in favour of their own
        name."""
        conflict = Conflict(conflict_id(face.id, name), face.id, name, source, str(path), utc_now())
        rows = self._store.rows(Table.CONFLICTS, "id", [conflict.id])
        before = conflict_from_row(rows[0]) if rows else None
        if before is not None and before.decision is Decision.MINE:
            return ImportOutcome.KNOWN
        if before is None or before.decision is not Decision.OPEN:
            draft.conflict(before, conflict)
        return ImportOutcome.CONFLICT

    @drafted_again_when_changed
    def drop_stale_conflicts(self, source: Source, path: Path, names: Collection[str]) -> None:
        """Delete open conflicts with names that a file no longer has; raises GalleryWriteError.

        Args:
            names: all names in the file now.
        """
        keys = {name_key(name) for name in names}
        with self._lock:
            self.require_writable()
            draft = Draft()
            for row in self._store.rows(Table.CONFLICTS, "path", [str(path)]):
                conflict = conflict_from_row(row)
                is_open = conflict.decision is Decision.OPEN and conflict.source is source
                if is_open and name_key(conflict.name) not in keys:
                    draft.conflict(conflict, None)
            if edits := draft.edits():
                self._commit(edits)

    # Drafting

    @contextlib.contextmanager
    def _crop_writer(self) -> Iterator[Callable[[FaceRecord, Crop], None]]:
        """Yield a function that writes a crop. If the edit fails, the written crops are deleted."""
        with self.new_crops() as note:

            def write(face: FaceRecord, crop: Crop) -> None:
                note(face.id, face.file)
                self.crops.write(face.file, crop.pixels)

            yield write

    def _photo_record(self, draft: Draft, photo: PhotoInfo, path: Path | None, scan: str = "") -> PhotoRecord:
        """The photo's record, added to the draft or updated in it."""
        before = self.photo_of(photo)
        known = before or PhotoRecord(uuid.uuid4().hex)
        if photo.turned_from is not None and known.turned is None:
            known = replace(known, turned_by_scan=photo.orientation)
        orientation = photo.orientation if known.turn is None else known.turn
        width, height = reoriented_size(photo.width, photo.height, photo.orientation, orientation)
        record = replace(
            known,
            digest=photo.digest,
            file_digest=photo.file_digest,
            width=width or known.width,
            height=height or known.height,
            orientation=orientation,
            taken=photo.taken or known.taken,
            scans=known.scans if not scan or scan in known.scans else (*known.scans, scan),
        )
        if path is not None and photo.file_digest and not is_copy(before, path.absolute(), self.folder):
            place = str(path.absolute())
            record = replace(record, path=place, size=photo.size, modified_ns=photo.modified_ns)
            for other in self.photos_at([place]):
                if other.id != record.id:
                    draft.photo(other, replace(other, path="", size=0, modified_ns=0))
        if before is None:
            draft.photo(None, record)
        elif before != record:
            draft.photo(before, record)
        return record

    def _face_at(self, record: PhotoRecord | None, place: Box | None, draft: Draft) -> FaceRecord | None:
        """The known face at a place in a photo, or None."""
        if record is None or place is None or draft.is_new(record):
            return None
        found = [
            (face.place.overlap(place), face.id, face)
            for face in self.faces_in(record)
            if face.place is not None and face.is_at(place)
        ]
        if not found:
            return None
        face = max(found)[2]
        self._require_known_people([face])
        return face

    def has_face_in(self, person: Person, record: PhotoRecord, *, only_without_place: bool = False) -> bool:
        """Whether a photo has a face of a person.

        Args:
            only_without_place: count only faces whose place is unknown.
        """
        own = (face for face in self.faces_in(record) if face.person == person.folder)
        return any(face.place is None or not only_without_place for face in own)

    def person_for(self, draft: Draft, name: str) -> tuple[Person, bool]:
        """The person with this name, added to the draft if new; and whether the person is new."""
        person = self.find(name)
        if person is not None:
            return person, False
        person = draft.new_person(name)
        if person is None:
            if draft.folders is None:
                draft.folders = FolderNames(self._people.folders)
            person = Person(name, draft.folders.assign(name), utc_now())
            draft.person(None, person)
        return person, True

    def _draft_face(
        self,
        draft: Draft,
        write: Callable[[FaceRecord, Crop], None],
        known: FaceRecord | None,
        new: NewFace,
        record: PhotoRecord | None,
        *,
        person: Person | None = None,
    ) -> FaceRecord:
        """Write the crop of a new face, or of one without a crop, and add the unnamed face to the draft.

        Args:
            person: in whose folder to store the crop.
        """
        face_id = uuid.uuid4().hex if known is None else known.id
        face = new_face_record(
            new, record, face_id, crop_file(person.folder if person is not None else None, face_id)
        )
        if known is not None:
            face = replace(
                face,
                rejections=known.rejections,
                is_ignored=known.is_ignored,
                is_unnamed=known.is_unnamed,
                added=known.added or face.added,
                extra=known.extra,
            )
        write(face, new.crop)
        draft.face(known, face)
        return face

    def assign(self, draft: Draft, face: FaceRecord, person: Person) -> None:
        """Add to the draft that a face gets a person's name."""
        named = replace(
            without_rejection(draft.latest(face), person),
            person=person.folder,
            is_ignored=False,
            is_unnamed=False,
        )
        draft.face(face, replace(named, cluster=None, different_from=frozenset()))

    def update_people(self, draft: Draft) -> None:
        """Add to the draft what follows from changed faces: people without faces are removed, and lost
        covers unset."""
        counts: Counter[str] = Counter()
        lost = set()
        for face_id, before, after in draft.owner_changes():
            if before is not None:
                counts[before] -= 1
                lost.add(face_id)
            if after is not None:
                counts[after] += 1
        for person in draft.new_people():
            if not counts[person.folder]:
                draft.forget(person)
        for person in (self._people[folder] for folder in counts if folder in self._people):
            if person.face_count + counts[person.folder] <= 0:
                draft.person(person, None)
            elif person.cover in lost:
                draft.person(person, replace(person, cover=None))

    def faces_to_edit(self, face_ids: Sequence[str]) -> list[FaceRecord]:
        """Like `faces`; raises ChangedElsewhereError too, if someone else has just made one's person."""
        faces = self.faces(face_ids)
        self._require_known_people(faces)
        return faces

    def _require_known_people(self, faces: Iterable[FaceRecord]) -> None:
        if any(face.person is not None and face.person not in self._people for face in faces):
            self.refresh()
            raise ChangedElsewhereError

    def current(self, person: Person) -> Person:
        """The person as they are now; raises PersonNotFoundError."""
        found = self.person_by_folder(person.folder)
        if found is None:
            raise PersonNotFoundError(person.name)
        return found
