"""The gallery of one folder: its photos, faces and people, and every edit that a user can make."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from face_match.core.atomic_files import remove_leftovers
from face_match.core.dates import birth_date
from face_match.core.errors import (
    AlreadyAddedError,
    GalleryDamagedError,
    GalleryEncryptedError,
    GalleryUnreadableError,
    NameTakenError,
    WrongPassphraseError,
)
from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import Decision, FaceRecord, Person
from face_match.core.translation import marked
from face_match.gallery.import_edits import ImportEdits, MissingCrop
from face_match.gallery.photo_faces import ImportOutcome, NamingResult, ScannedPhoto
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.faces import NewFace, faces_counted, with_rejection, without_rejection
from face_match.gallery.records.history import DELETED_PREFIX, NAMED_PREFIX
from face_match.gallery.records.names import clean_name
from face_match.gallery.records.paths import require_no_links
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
from face_match.gallery.unnamed_edits import UnnamedFaceEdits

__all__ = ["Gallery", "ImportOutcome", "NamingResult", "NewFace", "ScannedPhoto"]


class Gallery(UnnamedFaceEdits):
    """Safe to use from several threads. Readers see the gallery as it was before or after an edit, never
    between."""

    @classmethod
    def open(
        cls,
        place: GalleryPlace,
        *,
        for_writing: bool,
        passphrase: str | None = None,
        is_dry_run: bool = False,
    ) -> Gallery:
        """Open the gallery of a folder; an empty gallery where there is none yet. Or open one on a server.

        Args:
            passphrase: for an encrypted gallery.
            is_dry_run: make all changes in memory only, to preview their result.
        Raises:
            GalleryEncryptedError, WrongPassphraseError, KeyringError.
            GalleryDamagedError, GalleryNewerError: nothing is changed.
            GalleryLockedError, GalleryWriteError: not writable; opening for reading still works.
            SharedGalleryError: of a server.
        """
        if isinstance(place, ServerAddress):
            return cls._opened_on_server(place, for_writing, is_dry_run)
        folder = place
        if for_writing:
            return cls._opened(folder, True, passphrase, is_dry_run)
        if folder.exists() and not folder.is_dir():
            raise GalleryDamagedError(folder, marked("it is not a folder"))
        require_no_links(folder)  # as the writer lock does
        before = active_store.versions_of_records(folder)
        try:
            return cls._opened(folder, False, passphrase, is_dry_run)
        except (
            *(GalleryDamagedError, GalleryUnreadableError),
            *(GalleryEncryptedError, WrongPassphraseError),
        ):
            if active_store.versions_of_records(folder) == before:
                raise
            # another process changed the vault or the records after this one had read the other
            return cls._opened(folder, False, passphrase, is_dry_run)

    @classmethod
    def _opened(cls, folder: Path, for_writing: bool, passphrase: str | None, is_dry_run: bool) -> Gallery:
        lock = None
        with contextlib.ExitStack() as on_failure:
            if for_writing:
                lock = on_failure.enter_context(WriterLock(folder))
                remove_leftovers(folder)
            vault = (unlock_for_writing if for_writing else unlock)(folder, passphrase)
            store = backups.open_store(folder, for_writing=for_writing, vault=vault)
            on_failure.callback(store.close)
            with backups.backup_in_errors(folder, vault):
                has_waiting = not for_writing and waiting_folder.is_there(folder)
                if has_waiting or is_dry_run:  # nothing may be written to disk
                    steps = active_store.history_of(store)
                    memory = JsonStore.in_memory(store.path, vault, Records(store.contents(), steps))
                    store.close()
                    store = memory
                gallery = cls(folder, store, lock)
                if is_dry_run:
                    gallery.is_dry_run, gallery.crops = True, DryRunCrops(gallery.crops)
                    gallery._pending = PendingCrops(folder, is_dry_run=True)
                if has_waiting:
                    waiting_folder.load_into_memory(folder, store, gallery.crops)
            on_failure.pop_all()
            return gallery

    @classmethod
    def _opened_on_server(cls, address: ServerAddress, for_writing: bool, is_dry_run: bool) -> Gallery:
        from face_match.gallery.search.server_search import ServerSearches
        from face_match.gallery.storage.server.opening import open_server_store, parts_of

        store = open_server_store(address, for_writing=for_writing and not is_dry_run)
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(store.close)
            lock, crops, pending = parts_of(store, for_writing=for_writing)
            if not is_dry_run:
                searches = ServerSearches(store.searching, store.working)
                gallery = cls(store.folder, store, lock, searches)
                gallery.crops, gallery._pending = crops, pending
            else:
                steps = active_store.history_of(store)
                gallery = cls(
                    store.folder,
                    JsonStore.in_memory(store.path, None, Records(store.contents(), steps)),
                    None,
                )
                gallery.is_dry_run, gallery.crops = True, DryRunCrops(crops)
                gallery._pending = PendingCrops(store.folder, is_dry_run=True)
            gallery.place = address.without_password()
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
        """Give at least one face a person's name. The person may be new.

        Args:
            allow_same_photo: name several faces of one photo, as in a mirror or a collage. Otherwise only the
                first face of a photo is named, and none if the photo already has a face of the person.
            not_this_person: ids of faces for which to record a rejection of the person.
        Raises:
            InvalidNameError, FaceNotFoundError, GalleryWriteError: no face is named.
            AlreadyAddedError: every face is excluded by the rule of one face per photo.
        """
        name = clean_name(name)
        with self._lock:
            faces = self.faces_to_edit(face_ids)
            draft = Draft()
            person, is_new = self.person_for(draft, name)
            wanted = faces if allow_same_photo else self._one_per_photo(person, faces)
            if not wanted:
                raise AlreadyAddedError(person.name)
            for face in wanted:
                self.assign(draft, face, person)
            for other in self.faces_to_edit([one for one in not_this_person if one not in {*face_ids}]):
                draft.face(other, with_rejection(other, person))
            self.update_people(draft)
            self._apply(draft, f"{NAMED_PREFIX}{faces_counted(len(wanted))} to {person.name}")
            done = {face.id for face in wanted}
            left = [face for face in faces if face.id not in done]
            return NamingResult(self._people[person.folder], self.faces([f.id for f in wanted]), is_new, left)

    def move(self, face_ids: Sequence[str], name: str) -> Person:
        """Move at least one face to the person with this name, who may be new; return that person.

        A person without any other face is removed.

        Raises:
            FaceNotFoundError, InvalidNameError, GalleryWriteError: no face is moved.
        """
        name = clean_name(name)
        with self._lock:
            faces = self.faces_to_edit(face_ids)
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
        """Take the names off at least one face; return the people who had them.

        The people are recorded as rejected for their faces. A person without any other face is removed.

        Args:
            is_ignored: also ignore the faces.
        Raises:
            FaceNotFoundError, GalleryWriteError: no face is changed.
        """
        with self._lock:
            faces = [face for face in self.faces_to_edit(face_ids) if face.person is not None]
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

    def remove_drawn(self, face_id: str) -> None:
        """Remove a face that the user drew, with its name: it was no face, or the box was wrong.

        Raises:
            FaceNotFoundError, GalleryWriteError.
        """
        with self._lock:
            (face,) = self.faces_to_edit([face_id])
            draft = Draft()
            draft.face(face, None)
            self.update_people(draft)
            self._apply(draft, "removed a drawn box")

    def rename(self, person: Person, name: str) -> Person:
        """Rename a person. The folder of the crops keeps the first name.

        Raises:
            InvalidNameError, GalleryWriteError, PersonNotFoundError.
            NameTakenError: another person has that name; use `merge` to join the two.
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
        """Move all faces and rejections of some people to one person; return that person.

        The person gets the first known birth date of the others, unless one is set already.

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

    def delete_people(self, people: Sequence[Person]) -> list[FaceRecord]:
        """Delete people and take the names off their faces; return the faces, which are unnamed now.

        No rejection is recorded, as the user did not say that the faces show someone else. No file may name
        them again. To delete the faces too, backups included, use `security.purge`.

        Raises:
            PersonNotFoundError, GalleryWriteError: nobody is deleted.
        """
        with self._lock:
            known = {person.folder: self.current(person) for person in people}
            draft = Draft()
            unnamed = []
            for person in known.values():
                for face in self.faces_of(person):
                    draft.face(face, replace(face, person=None, is_unnamed=True))
                    unnamed.append(face.id)
                draft.person(person, None)
            self._apply(draft, f"{DELETED_PREFIX}{_people_in_words([*known.values()])}")
            return self.faces(unnamed)

    def set_cover(self, face_id: str) -> Person:
        """Make a face the cover of its person; return the person.

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
        """Set a person's birth date and return the updated person.

        Args:
            born: a year, month or day in ISO 8601; "" if not known.
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

    # Conflicts

    def resolve_conflicts(self, conflict_ids: Sequence[str], decision: Decision) -> int:
        """Resolve conflicts by keeping the user's names or taking the file's; return how many were open.

        If several conflicts concern the same face, the last one's name is taken.

        Raises:
            GalleryWriteError, InvalidNameError.
        """
        with self._lock:
            rows = {row["id"]: row for row in self._store.rows(Table.CONFLICTS, "id", conflict_ids)}
            known = [conflict_from_row(rows[one]) for one in dict.fromkeys(conflict_ids) if one in rows]
            conflicts = [conflict for conflict in known if conflict.decision is Decision.OPEN]
            draft = Draft()
            faces = {face.id: face for face in self.faces_to_edit([conflict.face for conflict in conflicts])}
            for conflict in conflicts:
                draft.conflict(conflict, replace(conflict, decision=decision))
                if decision is Decision.THEIRS:
                    person, _ = self.person_for(draft, clean_name(conflict.name))
                    self.assign(draft, faces[conflict.face], person)
            self.update_people(draft)
            whose = "used the names from files" if decision is Decision.THEIRS else "kept the current names"
            self._apply(draft, f"{whose} in {plural(len(conflicts), 'conflict', 'conflicts')}")
            return len(conflicts)

    # Backups and imports

    def back_up(self, reason: str = backups.BY_HAND) -> Path | None:
        """Back up the records; return the backup's path, or None if the newest backup has the same content.

        A daily backup is also made automatically before the first change.

        Raises:
            GalleryWriteError.
        """
        with self._lock:
            self.require_writable()
            return None if self.is_dry_run else backups.back_up(self._store, reason)

    def missing_crops(
        self, contents: Contents, path: Path, is_cancelled: IsCancelled = never_cancelled
    ) -> list[MissingCrop]:
        """The faces of an archive whose crops `import_contents` needs; raises CancelledError.

        Args:
            path: of the archive.
        """
        with self._lock:
            return ImportEdits(self, contents, path, None, is_cancelled).missing_crops

    def import_contents(
        self,
        contents: Contents,
        path: Path,
        files: Mapping[str, str],
        is_cancelled: IsCancelled = never_cancelled,
    ) -> ImportEdits:
        """Add the contents of an archive as one step, after a backup.

        Args:
            path: of the archive.
            files: the copied crops of `missing_crops`, by face id in the archive.
        Raises:
            CancelledError, GalleryWriteError: nothing is changed.
        """
        with self._lock:
            self.require_writable()
            import_edits = ImportEdits(self, contents, path, files, is_cancelled)
            edits, notes = import_edits.edits(), import_edits.conflict_draft.edits()
            is_step = any(edit.table is not Table.PHOTOS for edit in edits)
            recorded = edits if is_step else []
            step = None
            count = import_edits.named + import_edits.unnamed
            others = "birth dates" if import_edits.birth_dates else "rejected names"
            what = faces_counted(count) if count else others
            description = f"imported {what} from another gallery"
            if recorded:
                step = self.begin_step(description, back_up_first=True)
            self._apply_edits([*edits, *notes], recorded, description, step)
            return import_edits

    def restore(self, backup: Contents, name: str, *, predates_faces: bool = False) -> None:
        """Restore people, faces and conflicts from a backup, as one step.

        Args:
            name: of the backup.
            predates_faces: the backup is from a version that did not back up unnamed faces.
        Raises:
            GalleryWriteError.
        """
        with self._lock, self.new_crops() as note:
            now = self._store.contents()
            edits = restoring_edits(now, backup, predates_faces=predates_faces)
            crops = CropRestorer(self.crops, now, self.files_in_history(of_undone=False))
            edits = crops.restore(edits, note)
            crops.restore_lost(backup, note)
            self._apply_edits(edits, edits, f"restored the backup {name}")
        crops.remove_copied()

    def _one_per_photo(self, person: Person, faces: Sequence[FaceRecord]) -> list[FaceRecord]:
        """At most one face of each photo, skipping photos that already have a face of the person."""
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
        """Whose faces they are, for a description: " of Ada"; "" for unnamed faces."""
        owners = {face.person: self._people[face.person] for face in faces if face.person is not None}
        return f" {word} {_people_in_words([*owners.values()])}" if owners else ""


def _people_in_words(people: Sequence[Person]) -> str:
    """Names for a description: "Ada", "Ada and Grace", "3 people"."""
    return f"{len(people)} people" if len(people) > 2 else " and ".join(person.name for person in people)
