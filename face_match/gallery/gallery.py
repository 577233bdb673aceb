"""The people of one folder: kept in memory, every change on the disk before it is reported done."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from face_match.durable import remove_leftovers
from face_match.errors import (
    AlreadyAddedError,
    GalleryDamagedError,
    GalleryError,
    GalleryWriteError,
    NameTakenError,
    PersonNotFoundError,
    SampleNotFoundError,
    UndoImpossibleError,
)
from face_match.gallery import backups, calibrations, stores
from face_match.gallery.changes import (
    Change,
    Edit,
    FiledSample,
    Kept,
    Loss,
    SampleEdit,
    adding,
    covering,
    merging,
    moving,
    rejecting,
    removing,
    renaming,
    taking_in,
)
from face_match.gallery.contents import GalleryContents
from face_match.gallery.intake import added_by, edits_to_take_in
from face_match.gallery.lock import WriterLock
from face_match.gallery.names import folder_for, tidy_name
from face_match.gallery.opening import unlock_for_writing
from face_match.gallery.past import Past, can_be_made
from face_match.gallery.paths import require_no_links
from face_match.gallery.records import PersonRecord, now, unit_vector
from face_match.gallery.samples import crop_file
from face_match.gallery.store import Store
from face_match.gallery.vault import remember_generation, unlock
from face_match.types import (
    Box,
    Crop,
    Person,
    Rejection,
    Sample,
    Vector,
)


class NewSample(NamedTuple):
    """A crop to be kept, with its vector for each model id; of which photo it is, and where in it."""

    crop: Crop
    vectors: Mapping[str, Vector]
    photo_digest: str
    place: Box | None = None


class Added(NamedTuple):
    """Whose samples were added, and whether the person is new."""

    person: Person
    samples: Sequence[Sample]
    is_new: bool


class Gallery(GalleryContents):
    """Safe to use from several threads; who reads sees the gallery as it was before or after a change.

    In memory are the people, and the vectors of the models that were searched with.
    """

    def __init__(self, folder: Path, store: Store, lock: WriterLock | None) -> None:
        super().__init__(folder, store)
        self._writer_lock = lock
        self._past = Past(store.history(), self.crops)

    @classmethod
    def open(cls, folder: Path, *, for_writing: bool, passphrase: str | None = None) -> Gallery:
        """The gallery of a folder; an empty one where there is none yet.

        Args:
            passphrase: of an encrypted one.
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
            with backups.offered(folder, vault):
                gallery = cls(folder, store, lock)
            on_failure.pop_all()
            return gallery

    def close(self) -> None:
        """Let others write; what was taken back cannot be done again."""
        with self._lock:
            if self._writer_lock is not None:
                with contextlib.suppress(GalleryError):  # the records themselves are there
                    self.require_writable()
                    self._past.forget_undone()
                    self._remember_generation()
            self._store.close()
            if self._writer_lock is not None:
                self._writer_lock.release()
                self._writer_lock = None

    def __enter__(self) -> Gallery:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_writable(self) -> bool:
        return self._writer_lock is not None

    # What can be done

    def add(
        self,
        name: str,
        crop: Crop,
        vectors: Mapping[str, Vector],
        photo_digest: str,
        place: Box | None = None,
    ) -> tuple[Person, Sample, bool]:
        """Keep a crop as a sample of a person, new or known.

        Args:
            vectors: the crop's vector for each model id.
            place: the face's box in the photo.
        Returns:
            The person, the sample, and whether the person is new.
        Raises:
            InvalidNameError, GalleryWriteError.
            AlreadyAddedError: a face of that photo is a sample of that person.
            ValueError: a vector is not one.
        """
        added = self.add_all(name, [NewSample(crop, vectors, photo_digest, place)])
        return added.person, added.samples[0], added.is_new

    def add_all(
        self,
        name: str,
        new: Sequence[NewSample],
        *,
        twice_in_photo: bool = False,
        not_them: Sequence[Rejection] = (),
    ) -> Added:
        """Keep crops as samples of a person, new or known, in one change.

        Args:
            twice_in_photo: several may be of one photo: of a mirror, or a collage.
            not_them: faces that are not that person, to be remembered with it.
        Raises:
            InvalidNameError, GalleryWriteError, ValueError: none is kept.
            AlreadyAddedError: of all that is left; of some it passes over them.
        """
        name = tidy_name(name)
        with self._lock:
            person = self.find(name)
            is_new = person is None
            if person is None:
                person = Person(name, folder_for(name, self._people.folders), now())
            wanted = list(new) if twice_in_photo else self._of_new_photos(person, new)
            if not wanted:
                raise AlreadyAddedError(person.name)
            self.require_writable()
            with contextlib.ExitStack() as on_failure:
                samples = []
                for one in wanted:
                    sample = _sample(one, person)
                    on_failure.callback(self.crops.delete, sample.file)
                    self.crops.write(sample.file, one.crop.pixels)
                    samples.append(sample)
                self._do(adding(person, samples, is_new=is_new, not_them=not_them))
                on_failure.pop_all()
            return Added(self._people[person.folder], samples, is_new)

    def reject(self, person: Person, *faces: Rejection) -> None:
        """Remember that faces are not that person; raises PersonNotFoundError for one who is gone."""
        with self._lock:
            self._do(rejecting(self._now(person), faces))

    def lacking(self, records: Sequence[PersonRecord]) -> list[FiledSample]:
        """The samples of another gallery's people that `take_in` would make this one's."""
        with self._lock:
            return list(added_by(edits_to_take_in(records, self._people, self._store)))

    def take_in(self, records: Sequence[PersonRecord]) -> Change | None:
        """Make another gallery's people this one's, with their rejections, and samples whose crops are here
        already. What this one has is passed over; returns None if that is all.

        Raises:
            GalleryWriteError: none is taken in.
        """
        with self._lock:
            edits = edits_to_take_in(records, self._people, self._store)
            if not edits:
                return None
            change = taking_in(edits)
            self._do(change)
            return change

    def back_up(self, why: str = backups.BY_HAND) -> Path:
        """Keep a copy of the records; returns where. (One is kept each day without being asked for.)

        Raises:
            GalleryWriteError.
        """
        with self._lock:
            self.require_writable()
            return backups.back_up(self._store, why)

    def rename(self, person: Person, name: str) -> Person:
        """Call a person otherwise.

        Raises:
            InvalidNameError, GalleryWriteError, PersonNotFoundError.
            NameTakenError: somebody else is called that; `merge` makes one person of the two.
        """
        name = tidy_name(name)
        with self._lock:
            person = self._now(person)
            other = self.find(name)
            if other is not None and other.folder != person.folder:
                raise NameTakenError(other.name)
            if name != person.name:
                self._do(renaming(person, name))
            return self._people[person.folder]

    def set_cover(self, sample_id: str) -> Person:
        """Let a sample stand for its person; returns that one.

        Raises:
            SampleNotFoundError, GalleryWriteError.
        """
        with self._lock:
            (loss,) = self._losses([sample_id])
            if sample_id != loss.person.cover:
                self._do(covering(loss.person, loss.samples[0]))
            return self._people[loss.person.folder]

    def merge(self, people: Sequence[Person], into: Person) -> Person:
        """Make all samples and rejections of some people another's; returns that one.

        Raises:
            PersonNotFoundError, GalleryWriteError.
        """
        with self._lock:
            into = self._now(into)
            others = {person.folder: self._now(person) for person in people if person.folder != into.folder}
            if others:
                self._do(merging([(person, self._kept(f)) for f, person in others.items()], into))
            return self._people[into.folder]

    def move(self, sample_ids: Sequence[str], name: str) -> Person:
        """Make samples, one at least, those of the person of a name, new or known; returns that one.

        Whoever has no other sample is gone with them.

        Raises:
            SampleNotFoundError, InvalidNameError, GalleryWriteError: none is moved.
        """
        name = tidy_name(name)
        with self._lock:
            losses = self._losses(sample_ids)
            to = self.find(name)
            is_new = to is None
            if to is None:
                to = Person(name, folder_for(name, self._people.folders), now())
            losses = [loss for loss in losses if loss.person.folder != to.folder]
            if losses:
                self._do(moving(losses, to, is_new=is_new))
            return self._people[to.folder]

    def remove(self, sample_ids: Sequence[str]) -> list[Person]:
        """Take samples, one at least, out; returns whose they were, who are gone if they have no other.

        Their crops stay as long as that can be taken back.

        Raises:
            SampleNotFoundError, GalleryWriteError: none is removed.
        """
        with self._lock:
            losses = self._losses(sample_ids)
            self._do(removing(losses))
            return [loss.person for loss in losses]

    @property
    def history(self) -> tuple[Change, ...]:
        """The changes that can be taken back, the oldest first."""
        with self._lock:
            return tuple(self._past.done)

    def undo(self) -> Change | None:
        """Take the last change back; returns it, or None where there is none.

        Raises:
            UndoImpossibleError: something else has changed the records since; nothing is changed.
            GalleryWriteError.
        """
        return self._step(self._past.done, self._past.undone, back=True)

    def redo(self) -> Change | None:
        """Do again what was taken back last; returns it, or None. Raises as `undo` does."""
        return self._step(self._past.undone, self._past.done, back=False)

    def forget_undone(self) -> None:
        """What was taken back cannot be done again: something else was done instead."""
        with self._lock:
            self._past.forget_undone()

    def add_vectors(self, model_id: str, vectors: Mapping[str, Vector], *, keep: bool) -> None:
        """Vectors of a model for samples that have none, by sample id.

        Args:
            keep: write them down; else they are there as long as the gallery is open.
        Raises:
            ValueError: a vector is not one; nothing is changed.
            GalleryWriteError.
        """
        if not vectors:
            return
        vectors = {sample_id: unit_vector(vector) for sample_id, vector in vectors.items()}
        with self._lock:
            if keep:
                self.require_writable()
                self._store.add_vectors(model_id, vectors)
                self._tables.forget(model_id)
                return
            for sample_id, vector in vectors.items():
                with contextlib.suppress(KeyError):  # it is gone by now
                    filed = self._store.sample(sample_id)
                    self._table(model_id, len(vector)).put(sample_id, filed.folder, vector)

    def keep_calibration(self, model_id: str, record: Mapping[str, Any]) -> None:
        """Write down what was learned about a model's similarities here; raises GalleryWriteError."""
        with self._lock:
            self.require_writable()
            calibrations.write(self.folder, self.vault, model_id, record)

    # How it is done

    def _of_new_photos(self, person: Person, new: Sequence[NewSample]) -> list[NewSample]:
        """Those of photos that no sample of the person is of, one of each."""
        met: set[str] = set()
        found = []
        for one in new:
            photo = one.photo_digest
            is_known = person.folder in self._people and self._store.has_photo(person.folder, photo)
            if not photo or not (is_known or photo in met):
                found.append(one)
            met.add(photo)
        return found

    def _now(self, person: Person) -> Person:
        """The person as they are now."""
        try:
            return self._people[person.folder]
        except KeyError:
            raise PersonNotFoundError(person.name) from None

    def _kept(self, folder: str) -> Kept:
        return Kept(self._store.samples_of(folder), self._store.rejections_of(folder))

    def _losses(self, sample_ids: Sequence[str]) -> list[Loss]:
        lost: dict[str, list[Sample]] = {}
        for sample_id in dict.fromkeys(sample_ids):
            try:
                folder, sample = self._store.sample(sample_id)
            except KeyError:
                raise SampleNotFoundError(sample_id) from None
            lost.setdefault(folder, []).append(sample)
        return [Loss(self._people[f], samples, self._kept(f)) for f, samples in lost.items()]

    def _do(self, change: Change) -> None:
        self._commit(change.edits, change)
        self._past.add(change)

    def _step(self, source: list[Change], target: list[Change], *, back: bool) -> Change | None:
        with self._lock:
            if not source:
                return None
            try:
                change = self._as_now(source[-1], back=back)
            except KeyError:
                raise UndoImpossibleError(self.folder, source[-1].description) from None
            edits = change.inverse().edits if back else change.edits
            if not can_be_made(edits, self._people):
                raise UndoImpossibleError(self.folder, change.description)
            self._commit(edits, None if back else change)
            source.pop()
            target.append(change)
            return change

    def _as_now(self, change: Change, *, back: bool) -> Change:
        """The same with its samples as they are, who may have got vectors of other models since.

        Raises:
            KeyError: a sample is not where the change has left it.
        """

        def current(edit: Edit) -> Edit:
            if not isinstance(edit, SampleEdit):
                return edit
            there, elsewhere = (edit.after, edit.before) if back else (edit.before, edit.after)
            if there is None:
                if elsewhere is not None and self._has_sample(elsewhere.sample.id):
                    raise KeyError(elsewhere.sample.id)
                return edit
            filed = self._store.sample(there.sample.id)
            if filed.folder != there.folder:
                raise KeyError(filed.sample.id)
            return (
                SampleEdit(edit.before and edit.before._replace(sample=filed.sample), filed) if back else edit
            )

        return replace(change, edits=tuple(map(current, change.edits)))

    def _has_sample(self, sample_id: str) -> bool:
        with contextlib.suppress(KeyError):
            self._store.sample(sample_id)
            return True
        return False

    def _remember_generation(self) -> None:
        if self.vault is not None:
            remember_generation(self.folder, self.vault, self.vault.generation)

    def require_writable(self) -> None:
        """Look whether anything may be changed; raises GalleryWriteError, GalleryLockLostError."""
        if self._writer_lock is None:
            raise GalleryWriteError(self.folder, "it is open for reading only")
        self._writer_lock.require_held()

    def _commit(self, edits: Sequence[Edit], done: Change | None) -> None:
        """On the disk first, then in memory; `done` as `Store.commit` takes it."""
        self.require_writable()
        backups.back_up_daily(self._store)
        self._store.commit(edits, done)
        self._people = self._people.after(edits)
        for edit in edits:
            if isinstance(edit, SampleEdit):
                if edit.before is not None:
                    self._tables.remove(edit.before.sample)
                if edit.after is not None:
                    self._tables.put(edit.after)
        self._store = stores.grown(self._store)


def _sample(new: NewSample, person: Person) -> Sample:
    sample_id = uuid.uuid4().hex
    return Sample(
        id=sample_id,
        file=crop_file(person.folder, sample_id),
        vectors={model: unit_vector(vector) for model, vector in new.vectors.items()},
        box=new.crop.box,
        landmarks=new.crop.landmarks,
        photo_digest=new.photo_digest,
        added=now(),
        place=new.place,
    )
