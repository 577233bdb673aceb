"""Reading a gallery: people, faces, photos, conflicts, embeddings and history."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import Any

from face_match.core.errors import (
    FaceNotFoundError,
    FaceUnnamedError,
    ImageUnreadableError,
    PersonNotFoundError,
)
from face_match.core.gallery_place import GalleryPlace
from face_match.core.records import (
    NOTHING,
    Conflict,
    Decision,
    FaceRecord,
    Person,
    PhotoRecord,
    Rejection,
    Source,
)
from face_match.core.translation import marked
from face_match.core.types import Crop, Embedding, PhotoInfo, Pixels
from face_match.gallery.records.faces import as_read, by_photo, in_current_orientation, in_parts
from face_match.gallery.records.history import (
    DELETED_PREFIX,
    NAMING_PREFIXES,
    NamingOutcomes,
    Step,
    naming_outcomes,
)
from face_match.gallery.records.names import name_key
from face_match.gallery.records.people import People
from face_match.gallery.records.rows import (
    Row,
    Table,
    conflict_from_row,
    crop_files_of,
    face_from_row,
    photo_from_row,
)
from face_match.gallery.storage import calibrations
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.store import FaceFile, Store
from face_match.gallery.storage.vault import Vault

DECISIONS_FROM = 100
"""Number of recent steps from which the share of new people is estimated; takes 10 ms with a database."""


class GalleryContents:
    """People, and unnamed faces that are not ignored, are in memory. The rest is read from the store.

    Safe to use from several threads. `people`, `face_count`, `find`, `history` and `revision` never block.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.place: GalleryPlace = folder
        """Its folder, or the address of a server; then `folder` has what this computer alone keeps of it."""
        self.crops = Crops(folder, store.vault)
        self._store = store
        self._lock = threading.RLock()
        self._people = People(store.people())
        self._unnamed: dict[str, FaceRecord] | None = None
        """Those that can be reviewed, by id; None before they are read."""
        self._unnamed_model: str | None = None
        """The model whose embeddings they have; None for all models."""
        self._unstored: dict[str, dict[str, Embedding]] = {}
        """Embeddings of unnamed faces that are in memory alone, by face id and model id."""
        self._ignored: set[str] = set()
        """The ids of the ignored faces with a crop, as far as `_unnamed` is read."""
        self._has_photos_of_0_1: bool | None = None
        self._steps: tuple[Step, ...] = tuple(store.steps())
        self._revision = 0

    @property
    def vault(self) -> Vault | None:
        """The encryption of an encrypted gallery; None for a plain one."""
        return self._store.vault

    @property
    def records(self) -> Path:
        """The file that holds the records. It changes when the gallery outgrows the JSON store."""
        return self._store.path

    @property
    def revision(self) -> int:
        """Changes whenever a name, a rejection or an embedding changes, which makes comparisons stale."""
        return self._revision

    def is_empty(self) -> bool:
        """Whether it has no people, faces and photos."""
        with self._lock:
            counts = self._store.counts()
        return not (counts.people or counts.faces or counts.photos)

    def has_photos(self) -> bool:
        """Whether it has any photo."""
        with self._lock:
            return bool(self._store.counts().photos)

    # People

    @property
    def people(self) -> tuple[Person, ...]:
        """All people, in the order in which they were added."""
        return self._people.all

    @property
    def face_count(self) -> int:
        """The number of named faces."""
        return self._people.face_count

    def find(self, name: str) -> Person | None:
        """The person with this name, ignoring case and spacing."""
        return self._people.find(name)

    def person(self, name: str) -> Person:
        """Like `find`; raises PersonNotFoundError."""
        found = self.find(name)
        if found is None:
            raise PersonNotFoundError(name)
        return found

    def person_by_folder(self, folder: str | None) -> Person | None:
        """The person with this folder; None if there is none."""
        people = self._people
        return people[folder] if folder is not None and folder in people else None

    def person_of(self, face_id: str) -> Person:
        """The person of a face; raises FaceNotFoundError, FaceUnnamedError."""
        with self._lock:
            person = self.person_by_folder(self.face(face_id).person)
            if person is None:
                raise FaceUnnamedError(face_id)
            return person

    def cover_of(self, person: Person) -> FaceRecord | None:
        """The cover of a person: the chosen face, else the first one; None for a person without faces."""
        with self._lock:
            rows = self._store.rows(Table.FACES, "id", [person.cover] if person.cover is not None else [])
            if not rows or rows[0]["person"] != person.folder:
                rows = self._store.rows(Table.FACES, "person", [person.folder])
            return next(iter(self._faces(sorted(rows, key=itemgetter("added"))[:1])), None)

    def all_rejections(self) -> list[Rejection]:
        """All rejections, including those of people who were removed since."""
        with self._lock:
            return [Rejection(**entry) for row in self._store.rejected_rows() for entry in row["rejections"]]

    def faces_rejected_for(self, person: Person) -> list[FaceRecord]:
        """The faces for which a person was rejected."""
        with self._lock:
            rows = [
                row
                for row in self._store.rejected_rows()
                if any(entry["folder"] == person.folder for entry in row["rejections"])
            ]
            return self._faces(rows)

    def rejected_faces(self) -> list[FaceRecord]:
        """All faces with rejections; their places are as detected, not turned."""
        with self._lock:
            rows = self._store.rejected_rows()
            embeddings = self._store.embeddings_of([row["id"] for row in rows])
            return [face_from_row(row, embeddings[row["id"]]) for row in rows]

    @property
    def person_folders(self) -> tuple[str, ...]:
        """The folders of all people."""
        return tuple(self._people.folders)

    # Faces and their photos

    def face(self, face_id: str) -> FaceRecord:
        """The face with this id; raises FaceNotFoundError."""
        return self.faces([face_id])[0]

    def existing_faces(self, face_ids: Sequence[str]) -> list[FaceRecord]:
        """The faces with these ids that there are."""
        with self._lock:
            return self._faces(list(self._store.rows(Table.FACES, "id", face_ids)))

    def faces(self, face_ids: Sequence[str]) -> list[FaceRecord]:
        """The faces with these ids, in that order and without duplicates; raises FaceNotFoundError."""
        with self._lock:
            known = {row["id"]: row for row in self._store.rows(Table.FACES, "id", face_ids)}
            missing = next((face_id for face_id in face_ids if face_id not in known), None)
            if missing is not None:
                raise FaceNotFoundError(missing)
            return self._faces([known[face_id] for face_id in dict.fromkeys(face_ids)])

    def face_files(self) -> list[FaceFile]:
        """The crop files of all faces; faster than `faces`."""
        with self._lock:
            return self._store.face_files()

    def existing_ids(self, face_ids: Collection[str]) -> set[str]:
        """The ids that belong to existing faces."""
        with self._lock:
            return {row["id"] for row in self._store.rows(Table.FACES, "id", face_ids)}

    def faces_of(self, person: Person) -> list[FaceRecord]:
        """A person's faces, in the order in which they were added."""
        with self._lock:
            return self._faces(self._store.rows(Table.FACES, "person", [person.folder]))

    def faces_in(self, photo: PhotoRecord) -> list[FaceRecord]:
        """All faces of a photo, named or not, in the order in which they were added."""
        return self.faces_in_each([photo]).get(photo.id, [])

    def faces_in_file(self, photo: PhotoInfo) -> list[FaceRecord]:
        """All faces of a photo that was just read, with places in its current orientation."""
        record = self.photo_of(photo)
        return [] if record is None else self.faces_in(as_read(record, photo))

    def faces_in_each(
        self, photos: Iterable[PhotoRecord], *, with_embeddings: bool = True
    ) -> dict[str, list[FaceRecord]]:
        """The faces of several photos, by photo id; faster without their embeddings."""
        by_id = {photo.id: photo for photo in photos}
        with self._lock:
            rows = self._store.rows(Table.FACES, "photo", by_id.keys())
            return by_photo(self._faces(rows, by_id, with_embeddings=with_embeddings))

    def people_in(self, photo_ids: Collection[str]) -> set[tuple[str, str]]:
        """Who is in which of the photos: pairs of a photo's id and a person's folder."""
        with self._lock:
            return self._store.people_in(photo_ids)

    def unnamed(self, model_id: str | None = None) -> list[FaceRecord]:
        """The unnamed faces that can be reviewed: not ignored, with a crop.

        Args:
            model_id: keep only this model's embeddings in memory from now on.
        """
        with self._lock:
            if model_id not in (None, self._unnamed_model):
                self._unnamed_model = model_id
                self._read_embeddings()
            self._read_unnamed()
            return [*(self._unnamed or {}).values()]

    def ignored(self) -> list[FaceRecord]:
        """The ignored faces that have a crop; read anew, as there may be many that nobody looks at."""
        with self._lock:
            self._read_unnamed()
            return self._faces(self._store.rows(Table.FACES, "id", self._ignored))

    def ignored_count(self) -> int:
        """The number of ignored faces that have a crop."""
        with self._lock:
            self._read_unnamed()
            return len(self._ignored)

    def _read_unnamed(self) -> None:
        if self._unnamed is None:
            self._unnamed, self._ignored = {}, set()
            for ids in in_parts(self._store.without_embedding("", named=False)):  # there is no such model
                for face in self._faces(self._store.rows(Table.FACES, "id", ids)):
                    self._hold_if_unnamed(face)

    def _read_embeddings(self) -> None:
        """Read those of the unnamed faces in memory anew."""
        held = self._unnamed or {}
        for ids in in_parts([*held]):
            for face_id, embeddings in self._store.embeddings_of(ids).items():
                held[face_id] = self._with_reviewed_embeddings(replace(held[face_id], embeddings=embeddings))

    def _hold_if_unnamed(self, face: FaceRecord) -> None:
        """Bring what is in memory of the unnamed faces up to date with one, which may be named."""
        if self._unnamed is not None:
            is_unnamed = face.person is None and bool(face.file)
            if is_unnamed and not face.is_ignored:
                self._unnamed[face.id] = self._with_reviewed_embeddings(face)
            else:
                self._unnamed.pop(face.id, None)
            if is_unnamed and face.is_ignored:
                self._ignored.add(face.id)
            else:
                self._ignored.discard(face.id)

    def _with_reviewed_embeddings(self, face: FaceRecord) -> FaceRecord:
        """A face as it is held in memory."""
        unstored, model_id = self._unstored.get(face.id, {}), self._unnamed_model
        if not unstored and (model_id is None or face.embeddings.keys() <= {model_id}):
            return face
        every = {**face.embeddings, **unstored}
        return replace(
            face, embeddings={one: every[one] for one in every if model_id in (None, one)} or NOTHING
        )

    def photos(self) -> list[PhotoRecord]:
        """All photos in the gallery."""
        with self._lock:
            return [photo_from_row(row) for row in self._store.all_rows(Table.PHOTOS)]

    def photos_without_faces(self, *, but_ignored: bool = False) -> list[PhotoRecord]:
        """The photos in which no face was found.

        Args:
            but_ignored: also those whose faces are all ignored.
        """
        with self._lock:
            found = self._store.photos_without_faces(but_ignored=but_ignored)
            return [photo_from_row(row) for row in found]

    def photos_like(self, others: Sequence[PhotoRecord]) -> list[PhotoRecord]:
        """The photos that have the id, the digest or the file digest of one of another gallery's."""
        with self._lock:
            found = {
                row["id"]: row
                for column in ("id", "digest", "file_digest")
                for row in self._store.rows(Table.PHOTOS, column, {getattr(one, column) for one in others})
            }
            return [photo_from_row(row) for row in found.values()]

    def photos_of(self, person: Person) -> list[tuple[PhotoRecord, list[FaceRecord]]]:
        """The photos with faces of a person, each with these faces, which have no embeddings here."""
        with self._lock:
            rows = self._store.rows(Table.FACES, "person", [person.folder])
            photos = self._photos_of(rows)
            found = by_photo(self._faces(rows, photos, with_embeddings=False))
            return [(photo, found[photo.id]) for photo in photos.values()]

    def photo(self, photo_id: str | None) -> PhotoRecord | None:
        """The photo with this id; None if there is none."""
        with self._lock:
            rows = self._store.rows(Table.PHOTOS, "id", [photo_id] if photo_id is not None else [])
            return photo_from_row(rows[0]) if rows else None

    def photo_of(self, photo: PhotoInfo) -> PhotoRecord | None:
        """The record of a photo that was just read; None if it is not in the gallery."""
        return self.photo_by_digest(photo.digest, photo.file_digest)

    def photo_by_digest(self, digest: str, file_digest: str) -> PhotoRecord | None:
        """The photo with these digests; None if it is not in the gallery. Photos of version 0.1 have a
        file digest only."""
        with self._lock:
            for row in self._store.rows(Table.PHOTOS, "digest", [digest] if digest else []):
                return photo_from_row(row)
            if self._has_photos_of_0_1 is None:
                self._has_photos_of_0_1 = bool(self._store.rows(Table.PHOTOS, "digest", [""]))
            known = [one for one in (file_digest, digest) if one and self._has_photos_of_0_1]
            for row in self._store.rows(Table.PHOTOS, "file_digest", known):
                if not row["digest"]:
                    return photo_from_row(row)
            return None

    def photos_at(self, paths: Collection[str]) -> list[PhotoRecord]:
        """The photos that were last seen at these paths."""
        with self._lock:
            return [photo_from_row(row) for row in self._store.rows(Table.PHOTOS, "path", paths)]

    def photos_of_faces(self, faces: Iterable[FaceRecord]) -> list[PhotoRecord]:
        """The photos of some faces, each once."""
        with self._lock:
            wanted = {face.photo for face in faces if face.photo is not None}
            return [photo_from_row(row) for row in self._store.rows(Table.PHOTOS, "id", wanted)]

    def crop_of(self, face: FaceRecord) -> Crop:
        """A face's crop; raises ImageUnreadableError if it is missing, damaged or from the original demo."""
        if face.box is None or face.landmarks is None:
            raise ImageUnreadableError(
                PurePosixPath(face.file).name, marked("the place of the face is unknown")
            )
        return Crop(self.crops.read(face.file), face.box, face.landmarks)

    def pixels_of(self, face: FaceRecord) -> Pixels:
        """The pixels stored for a face; raises ImageUnreadableError."""
        return self.crops.read(face.file)

    def _faces(
        self,
        rows: Sequence[Row],
        photos: dict[str, PhotoRecord] | None = None,
        *,
        with_embeddings: bool = True,
    ) -> list[FaceRecord]:
        """Face records of rows, with dates and hints of their photos, and places as the photos are now."""
        if not rows:
            return []
        embeddings = self._store.embeddings_of([row["id"] for row in rows]) if with_embeddings else {}
        known = self._photos_of(rows) if photos is None else photos
        found = []
        for row in rows:
            photo = known.get(row["photo"])
            face = face_from_row(row, embeddings.get(row["id"], {}), photo)
            found.append(in_current_orientation(face, photo))
        return found

    def _photos_of(self, rows: Iterable[Row]) -> dict[str, PhotoRecord]:
        """The photos of face rows, by id."""
        wanted = {row["photo"] for row in rows if row["photo"] is not None}
        return {row["id"]: photo_from_row(row) for row in self._store.rows(Table.PHOTOS, "id", wanted)}

    def files_in_history(self, *, of_undone: bool = True) -> set[str]:
        """The crops of faces that undo or redo would bring back.

        Args:
            of_undone: include the steps that can be redone.
        """
        with self._lock:
            wanted = {step.id for step in self._steps if of_undone or not step.is_undone}
            return {
                file
                for step_id, edit in self._store.history_edits()
                if step_id in wanted and edit.table is Table.FACES and None in (edit.before, edit.after)
                for file in crop_files_of([edit.before or edit.after or {}])
            }

    # Conflicts

    def conflicts(self) -> list[Conflict]:
        """The open conflicts in which the user's decision still differs from the file."""
        with self._lock:
            rows = self._store.rows(Table.CONFLICTS, "decision", [Decision.OPEN.value])
            faces = self._store.rows(Table.FACES, "id", {row["face"] for row in rows})
            by_id = {row["id"]: face_from_row(row, {}) for row in faces}
            found = [(conflict_from_row(row), by_id.get(row["face"])) for row in rows]
            return [one for one, face in found if face is not None and self.contradicts_user(face, one.name)]

    def contradicts_user(self, face: FaceRecord, name: str) -> bool:
        """Whether the user's decision about a face contradicts a name: the face has another name, had its
        name taken off, is ignored, or the person was rejected."""
        if face.person is not None:
            owner = self.person_by_folder(face.person)
            return owner is None or name_key(owner.name) != name_key(name)
        return face.is_ignored or face.is_unnamed or is_rejected_name(face, name, self.find(name))

    def calibration(self, model_id: str) -> Any:
        """The stored calibration of a model; None if there is none."""
        return calibrations.read(self.folder, self.vault).get(model_id)

    # History

    @property
    def history(self) -> tuple[Step, ...]:
        """The steps that can be undone, oldest first."""
        return tuple(step for step in self._steps if not step.is_undone)

    @property
    def undone(self) -> tuple[Step, ...]:
        """The steps that can be redone, next one first."""
        return tuple(step for step in self._steps if step.is_undone)

    @property
    def has_deleted_people(self) -> bool:
        """Whether somebody was deleted and can be brought back."""
        return any(step.description.startswith(DELETED_PREFIX) for step in self.history)

    def deleted_names(self) -> list[str]:
        """The names of people who were deleted and can be brought back, last one first."""
        found: dict[str, None] = {}
        with self._lock:
            for step in [one for one in self.history[::-1] if one.description.startswith(DELETED_PREFIX)]:
                for edit in self._store.edits_of(step.id):
                    is_gone = edit.table is Table.PEOPLE and edit.key not in self._people
                    if is_gone and self.find(edit.old("name")) is None:
                        found[edit.old("name")] = None
        return [*found]

    def naming_outcomes(self) -> NamingOutcomes:
        """How recent steps named unnamed faces: after people in the gallery or after new people."""
        steps = [step for step in self.history if step.description.startswith(NAMING_PREFIXES)]
        with self._lock:
            found = [naming_outcomes(self._store.edits_of(step.id)) for step in steps[-DECISIONS_FROM:]]
        return NamingOutcomes(sum(one.known for one in found), sum(one.strangers for one in found))


def is_rejected_name(face: FaceRecord, name: str, person: Person | None) -> bool:
    """Whether a name was rejected for a face. The person may have been removed since."""
    key = name_key(name)
    return any(
        name_key(r.name) == key or (person is not None and r.folder == person.folder) for r in face.rejections
    )


def photo_path(conflict: Conflict, photo: PhotoRecord | None) -> str:
    """The path to show for a conflict: the photo's own path for an archive's name, where known; else the
    file that gave the name."""
    if conflict.source is Source.ARCHIVE and photo is not None and photo.path:
        return photo.path
    return conflict.path
