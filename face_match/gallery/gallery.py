"""The photos, faces and people of one folder, and what can be done with them."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from face_match.core.atomic_files import remove_leftovers
from face_match.core.dates import birth_date
from face_match.core.errors import (
    AlreadyAddedError,
    GalleryDamagedError,
    NameTakenError,
)
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import Decision, FaceRecord, Person
from face_match.gallery.editing import updates_photo
from face_match.gallery.import_edits import ImportEdits, MissingCrop
from face_match.gallery.photo_faces import (
    ImportOutcome,
    NamingResult,
    NewFace,
    PhotoFaces,
    ScannedPhoto,
    faces_counted,
    with_rejection,
    without_rejection,
)
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.history import NAMED_PREFIX, REJECTED
from face_match.gallery.records.names import clean_name
from face_match.gallery.records.paths import WAITING_FOLDER, require_no_links
from face_match.gallery.records.rows import Contents, Table, conflict_from_row
from face_match.gallery.restore_edits import CropRestorer, restoring_edits
from face_match.gallery.security.unlocking import unlock_for_writing
from face_match.gallery.storage import active_store, backups
from face_match.gallery.storage.crops import DryRunCrops
from face_match.gallery.storage.json_store import JsonStore, Records
from face_match.gallery.storage.legacy import waiting_folder
from face_match.gallery.storage.lock import WriterLock
from face_match.gallery.storage.pending_crops import PendingCrops
from face_match.gallery.storage.vault import unlock

__all__ = ["Gallery", "ImportOutcome", "NamingResult", "NewFace", "ScannedPhoto"]


class Gallery(PhotoFaces):
    """Safe to use from several threads; who reads sees the gallery as it was before or after an edit."""

    @classmethod
    def open(
        cls, folder: Path, *, for_writing: bool, passphrase: str | None = None, is_dry_run: bool = False
    ) -> Gallery:
        """The gallery of a folder; an empty one where there is none yet.

        Args:
            passphrase: of an encrypted one.
            is_dry_run: what is changed is changed in memory alone, to see what would come of it.
        Raises:
            GalleryEncryptedError, WrongPassphraseError, KeyringError.
            GalleryDamagedError, GalleryNewerError: nothing is changed.
            GalleryLockedError, GalleryWriteError: it cannot be written to (but be opened for reading).
        """
        if not for_writing and folder.exists() and not folder.is_dir():
            raise GalleryDamagedError(folder, "it is not a folder")
        if not for_writing:
            require_no_links(folder)  # as the writer's lock does
        lock = None
        with contextlib.ExitStack() as on_failure:
            if for_writing:
                lock = on_failure.enter_context(WriterLock(folder))
                remove_leftovers(folder)
            vault = (unlock_for_writing if for_writing else unlock)(folder, passphrase)
            store = backups.open_store(folder, for_writing=for_writing, vault=vault)
            on_failure.callback(store.close)
            with backups.backup_in_errors(folder, vault):
                has_waiting = not for_writing and (folder / WAITING_FOLDER).is_dir()
                if has_waiting or is_dry_run:  # nothing may be written to disk
                    steps = active_store.history_of(store)
                    memory = JsonStore.in_memory(store.path, vault, Records(store.contents(), steps))
                    store.close()
                    store = memory
                gallery = cls(folder, store, lock)
                if is_dry_run:
                    gallery.is_dry_run, gallery.crops = True, DryRunCrops(folder, vault)
                    gallery._pending = PendingCrops(folder, is_dry_run=True)
                if has_waiting:
                    waiting_folder.load_into_memory(folder, store, gallery.crops)
            on_failure.pop_all()
            return gallery

    def __enter__(self) -> Gallery:
        return self

    # Names

    def name_faces(
        self,
        face_ids: Sequence[str],
        name: str,
        *,
        allow_same_photo: bool = False,
        not_this_person: Collection[str] = (),
    ) -> NamingResult:
        """Make faces, one at least, those of a person, new or known.

        Args:
            allow_same_photo: several may be of one photo: of a mirror, or a collage. Otherwise the first of a
                photo is named, and none where the person has a face already.
            not_this_person: ids of faces of which it is to be remembered that they are not that person.
        Raises:
            InvalidNameError, FaceNotFoundError, GalleryWriteError: none is named.
            AlreadyAddedError: none can be.
        """
        name = clean_name(name)
        with self._lock:
            faces = self.faces(face_ids)
            draft = Draft()
            person, is_new = self.person_for(draft, name)
            wanted = faces if allow_same_photo else self._one_per_photo(person, faces)
            if not wanted:
                raise AlreadyAddedError(person.name)
            for face in wanted:
                self.assign(draft, face, person)
            for other in self.faces([one for one in not_this_person if one not in {*face_ids}]):
                draft.face(other, with_rejection(other, person))
            self.update_people(draft)
            self._apply(draft, f"{NAMED_PREFIX}{faces_counted(len(wanted))} to {person.name}")
            done = {face.id for face in wanted}
            left = [face for face in faces if face.id not in done]
            return NamingResult(self._people[person.folder], self.faces([f.id for f in wanted]), is_new, left)

    def move(self, face_ids: Sequence[str], name: str) -> Person:
        """Make faces, one at least, those of the person of a name, new or known; returns that one.

        Whoever has no other face is gone with them.

        Raises:
            FaceNotFoundError, InvalidNameError, GalleryWriteError: none is moved.
        """
        name = clean_name(name)
        with self._lock:
            faces = self.faces(face_ids)
            draft = Draft()
            person, _ = self.person_for(draft, name)
            moving = [face for face in faces if face.person != person.folder]
            for face in moving:
                self.assign(draft, face, person)
            self.update_people(draft)
            self._apply(
                draft, f"moved {faces_counted(len(moving))}{self._of(moving, 'from')} to {person.name}"
            )
            return self._people[person.folder]

    def remove(self, face_ids: Sequence[str], *, is_ignored: bool = False) -> list[Person]:
        """Take faces, one at least, from the people whose they are; returns those, who are gone if they have
        no other. It is remembered that the faces are not theirs.

        Args:
            is_ignored: nobody is asked about the faces.
        Raises:
            FaceNotFoundError, GalleryWriteError: none is removed.
        """
        with self._lock:
            faces = [face for face in self.faces(face_ids) if face.person is not None]
            owners = {face.person: self._people[face.person] for face in faces if face.person is not None}
            draft = Draft()
            for face in faces:
                unnamed = face if is_ignored else with_rejection(face, owners[str(face.person)])
                draft.face(
                    face, replace(unnamed, person=None, is_ignored=is_ignored, is_unnamed=not is_ignored)
                )
            self.update_people(draft)
            self._apply(draft, f"removed {faces_counted(len(faces))}{self._of(faces)}")
            return [*owners.values()]

    def reject(
        self,
        person: Person,
        face_ids: Sequence[str],
        similarity: Mapping[str, Mapping[str, float]] = {},
        *,
        split_from_cluster: Collection[str] = (),
        cluster_rest: Collection[str] = (),
    ) -> None:
        """Record that unnamed faces do not show a person.

        Args:
            similarity: of each face to the person, by face id and model id, where known.
            split_from_cluster: ids of the faces that also leave their cluster.
            cluster_rest: ids of the faces that stay in that cluster.
        Raises:
            PersonNotFoundError, GalleryWriteError.
        """
        with self._lock:
            person = self.current(person)
            draft = Draft()
            for face in self.faces(face_ids):
                after = with_rejection(face, person, similarity.get(face.id, {}))
                if face.id in split_from_cluster:
                    after = _split_off(after, cluster_rest)
                draft.face(face, after)
            self._apply(draft, f"{REJECTED}{faces_counted(len(face_ids))} that it is not {person.name}")

    def rename(self, person: Person, name: str) -> Person:
        """Give a person another name; the folder of the crops keeps the first one.

        Raises:
            InvalidNameError, GalleryWriteError, PersonNotFoundError.
            NameTakenError: somebody else is called that; `merge` makes one person of the two.
        """
        name = clean_name(name)
        with self._lock:
            person = self.current(person)
            other = self.find(name)
            if other is not None and other.folder != person.folder:
                raise NameTakenError(other.name)
            draft = Draft()
            draft.person(person, replace(person, name=name))
            self._apply(draft, f"renamed {person.name} to {name}")
            return self._people[person.folder]

    def merge(self, people: Sequence[Person], into: Person) -> Person:
        """Make all faces and rejections of some people another's; returns that one.

        Their birth date becomes that one's, who may have another one, which stays.

        Raises:
            PersonNotFoundError, GalleryWriteError.
        """
        with self._lock:
            into = self.current(into)
            others = {
                person.folder: self.current(person) for person in people if person.folder != into.folder
            }
            draft = Draft()
            for person in others.values():
                for face in self.faces_rejected_for(person):
                    left = without_rejection(draft.latest(face), person)
                    draft.face(face, left if left.person == into.folder else with_rejection(left, into))
                for face in self.faces_of(person):
                    self.assign(draft, face, into)
                draft.person(person, None)
            born = next((person.born for person in others.values() if person.born), "")
            if born and not into.born:
                draft.person(into, replace(into, born=born))
            self._apply(draft, f"merged {_people_in_words([*others.values()])} into {into.name}")
            return self._people[into.folder]

    def set_cover(self, face_id: str) -> Person:
        """Let a face stand for its person; returns that one.

        Raises:
            FaceNotFoundError, FaceUnnamedError, GalleryWriteError.
        """
        with self._lock:
            person = self.person_of(face_id)
            draft = Draft()
            draft.person(person, replace(person, cover=face_id))
            self._apply(draft, f"set the cover photo of {person.name}")
            return self._people[person.folder]

    def set_birth_date(self, person: Person, born: str) -> Person:
        """Say when a person was born: a year, a month or a day in ISO 8601, "" for not known; returns the
        person as they are then.

        Raises:
            InvalidBirthDateError, PersonNotFoundError, GalleryWriteError.
        """
        born = birth_date(born)
        with self._lock:
            person = self.current(person)
            draft = Draft()
            draft.person(person, replace(person, born=born))
            what = f"set the birth date of {person.name} to {born}" if born else ""
            self._apply(draft, what or f"removed the birth date of {person.name}")
            return self._people[person.folder]

    # Unnamed faces

    def ignore(self, face_ids: Sequence[str], *, is_ignored: bool = True) -> None:
        """Ask nobody about unnamed faces again, or do again; raises FaceNotFoundError, GalleryWriteError."""
        with self._lock:
            draft = Draft()
            for face in self.faces(face_ids):
                draft.face(face, replace(face, is_ignored=is_ignored))
            verb = "ignored" if is_ignored else "showed ignored"
            self._apply(draft, f"{verb} {faces_counted(len(face_ids))}")

    def cluster_faces(self, face_ids: Sequence[str]) -> None:
        """Say that unnamed faces are of one person, whoever that is; raises as `ignore` does."""
        with self._lock:
            cluster, ids = uuid.uuid4().hex, {*face_ids}
            draft = Draft()
            for face in self.faces(face_ids):
                draft.face(face, replace(face, cluster=cluster, apart=face.apart - ids))
            self._apply(draft, f"put {faces_counted(len(face_ids))} together")

    def split_from_cluster(self, face_ids: Sequence[str], cluster_rest: Collection[str]) -> None:
        """Say of unnamed faces that they are not who the rest of a cluster is; raises as `ignore` does."""
        with self._lock:
            draft = Draft()
            for face in self.faces(face_ids):
                draft.face(face, _split_off(face, cluster_rest))
            self._apply(draft, f"took {faces_counted(len(face_ids))} out of a cluster")

    # Conflicts

    def resolve_conflicts(self, conflict_ids: Sequence[str], decision: Decision) -> int:
        """Keep the names that a person has given, or take those that files say; returns how many were open.

        Where several are of one face, the last one's name is taken.

        Raises:
            GalleryWriteError, InvalidNameError.
        """
        with self._lock:
            rows = {row["id"]: row for row in self._store.rows(Table.CONFLICTS, "id", conflict_ids)}
            known = [conflict_from_row(rows[one]) for one in dict.fromkeys(conflict_ids) if one in rows]
            conflicts = [conflict for conflict in known if conflict.decision is Decision.OPEN]
            draft = Draft()
            faces = {face.id: face for face in self.faces([conflict.face for conflict in conflicts])}
            for conflict in conflicts:
                draft.conflict(conflict, replace(conflict, decision=decision))
                if decision is Decision.THEIRS:
                    person, _ = self.person_for(draft, clean_name(conflict.name))
                    self.assign(draft, faces[conflict.face], person)
            self.update_people(draft)
            whose = "took the names of files" if decision is Decision.THEIRS else "kept the names"
            self._apply(draft, f"{whose} in {plural(len(conflicts), 'conflict', 'conflicts')}")
            return len(conflicts)

    # How it is done

    def back_up(self, reason: str = backups.BY_HAND) -> Path | None:
        """Keep a copy of the records; returns where, or None where the newest backup holds the same. (One is
        kept each day without being asked for.)

        Raises:
            GalleryWriteError.
        """
        with self._lock:
            self.require_writable()
            return None if self.is_dry_run else backups.back_up(self._store, reason)

    def missing_crops(
        self, contents: Contents, path: Path, is_cancelled: IsCancelled = never_cancelled
    ) -> list[MissingCrop]:
        """The faces of an archive at `path` whose crops `take_in` would need; raises CancelledError."""
        with self._lock:
            return ImportEdits(self, contents, path, None, is_cancelled).missing_crops

    def import_contents(
        self,
        contents: Contents,
        path: Path,
        files: Mapping[str, str],
        is_cancelled: IsCancelled = never_cancelled,
    ) -> ImportEdits:
        """Make what an archive has this gallery's too, as one step; a backup comes first. What comes of it.

        Args:
            path: of the archive.
            files: where the crops of `missing_crops` faces are, by the ids of the faces in the archive.
        Raises:
            CancelledError, GalleryWriteError: nothing is changed.
        """
        with self._lock:
            self.require_writable()
            import_edits = ImportEdits(self, contents, path, files, is_cancelled)
            edits, notes = import_edits.draft.edits(), import_edits.conflict_draft.edits()
            is_step = any(edit.table is not Table.PHOTOS for edit in edits)
            recorded = [edit for edit in edits if is_step and not updates_photo(edit)]
            step = None
            count = import_edits.named + import_edits.unnamed
            what = faces_counted(count) if count or not import_edits.birth_dates else "birth dates"
            description = f"imported {what} of another gallery"
            if recorded:
                step = self.begin_step(description, back_up_first=True)
            self._apply_edits([*edits, *notes], recorded, description, step)
            return import_edits

    def restore(self, backup: Contents, name: str, *, is_older_version: bool = False) -> None:
        """Make people, faces and conflicts what they were in a backup, as one step.

        Args:
            name: of the backup.
            is_older_version: it is of a version that backed up no unnamed faces.
        Raises:
            GalleryWriteError.
        """
        with self._lock, contextlib.ExitStack() as on_failure:
            self.require_writable()
            now = self._store.contents()
            edits = restoring_edits(now, backup, is_older_version=is_older_version)
            crops = CropRestorer(self.crops, now, self.files_in_history(of_undone=False))
            edits = crops.restore(edits, on_failure)
            crops.restore_lost(backup, on_failure)
            self._apply_edits(edits, edits, f"restored the backup {name}")
            on_failure.pop_all()
            crops.remove_copied()

    def _one_per_photo(self, person: Person, faces: Sequence[FaceRecord]) -> list[FaceRecord]:
        """One face of each photo in which the person has none."""
        photos = [photo for face in faces if (photo := self.photo(face.photo)) is not None]
        known = self.faces_in_each(photos) if person.folder in self._people else {}
        met = {number for number, own in known.items() if any(one.person == person.folder for one in own)}
        found = []
        for face in faces:
            if face.photo is None or face.photo not in met:
                found.append(face)
            met.add(face.photo or "")
        return found

    def _of(self, faces: Sequence[FaceRecord], word: str = "of") -> str:
        """ " of Ada": whose faces they are."""
        owners = {face.person: self._people[face.person] for face in faces if face.person is not None}
        return f" {word} {_people_in_words([*owners.values()])}" if owners else ""


def _split_off(face: FaceRecord, cluster_rest: Collection[str]) -> FaceRecord:
    """A face that is not who others are."""
    return replace(face, cluster=uuid.uuid4().hex, apart=face.apart | {*cluster_rest})


def _people_in_words(people: Sequence[Person]) -> str:
    """ "Ada", "Ada and Grace", "3 people"."""
    return f"{len(people)} people" if len(people) > 2 else " and ".join(person.name for person in people)
