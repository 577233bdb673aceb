"""The people of one folder: kept in memory, every change on the disk before it is reported done."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from face_match.durable import remove_leftovers
from face_match.errors import AlreadyAddedError, GalleryDamagedError, GalleryWriteError, PersonNotFoundError
from face_match.gallery.changes import AddSample, Change, People, Reject, RemoveSample
from face_match.gallery.json_store import JsonStore
from face_match.gallery.lock import WriterLock
from face_match.gallery.names import folder_for, name_key, tidy_name
from face_match.gallery.records import now, unit_vector
from face_match.gallery.samples import crop_file, delete_crop, read_pixels, write_crop
from face_match.gallery.search import VectorTable
from face_match.types import Crop, Match, Person, Pixels, Rejection, Sample, Vector

SAME_FACE_OVERLAP = 0.5
"""From this intersection over union two boxes in one photo are one face."""


class Gallery:
    """Safe to use from several threads; who reads sees the gallery as it was before or after a change."""

    def __init__(self, folder: Path, store: JsonStore, lock: WriterLock | None) -> None:
        self.folder = folder
        self._store = store
        self._lock = lock
        self._changing = threading.Lock()
        self._reading = threading.Lock()
        self._people: People = {}
        self._folders: dict[str, str] = {}
        self._samples: dict[str, Sample] = {}
        self._tables: dict[str, VectorTable] = {}
        self._rejected: dict[str, list[tuple[str, Rejection]]] = {}
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._show({person.folder: person for person in store.load()})

    @classmethod
    def open(cls, folder: Path, *, for_writing: bool) -> Gallery:
        """The gallery of a folder; an empty one where there is none yet.

        Raises:
            GalleryDamagedError, GalleryNewerError: nothing is changed.
            GalleryLockedError, GalleryWriteError: it cannot be written to (but be opened for reading).
        """
        if not for_writing and folder.exists() and not folder.is_dir():
            raise GalleryDamagedError(folder, "it is not a folder")
        lock = None
        with contextlib.ExitStack() as on_failure:
            if for_writing:
                lock = WriterLock(folder)
                lock.acquire()
                on_failure.callback(lock.release)
                remove_leftovers(folder)
            gallery = cls(folder, JsonStore(folder), lock)
            on_failure.pop_all()
            return gallery

    @staticmethod
    def restore(folder: Path, backup: Path) -> Path | None:
        """Put a backup of the records in their place; returns where those before are kept."""
        lock = WriterLock(folder)
        lock.acquire()
        try:
            return JsonStore(folder).restore(backup)
        finally:
            lock.release()

    def close(self) -> None:
        """Let others write. Crops of undone additions go now: nothing refers to them any more."""
        if self._lock is None:
            return
        with self._changing:
            self._forget_undone()
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Gallery:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # What there is

    @property
    def is_writable(self) -> bool:
        return self._lock is not None

    @property
    def people(self) -> tuple[Person, ...]:
        """In the order in which they were added."""
        return tuple(self._people.values())

    @property
    def sample_count(self) -> int:
        return len(self._samples)

    def find(self, name: str) -> Person | None:
        """The person of that name, whatever its case and spacing."""
        folder = self._folders.get(name_key(name))
        return self._people.get(folder) if folder is not None else None

    def person(self, name: str) -> Person:
        """The same; raises PersonNotFoundError."""
        found = self.find(name)
        if found is None:
            raise PersonNotFoundError(name)
        return found

    def pixels_of(self, sample: Sample) -> Pixels:
        """What is kept of a sample; raises ImageUnreadableError."""
        return read_pixels(self.folder, sample)

    def samples_without(self, model_id: str) -> list[Sample]:
        """Samples that have no vector of a model yet."""
        people = self._people
        return [
            sample
            for person in people.values()
            for sample in person.samples
            if model_id not in sample.vectors
        ]

    def nearest(self, vector: Vector, model_id: str, k: int, face: Rejection | None = None) -> list[Match]:
        """The k people most alike, one row a person, best first.

        Args:
            vector: shape (dimensions,), unit L2 norm, made by `model_id`.
            face: which face of which photo it is of; people who were rejected for it are left out.
        """
        with self._reading:
            table = self._tables.get(model_id)
            if table is None or table.dimensions != len(vector):
                return []
            without = self._rejected_for(face) if face is not None else ()
            return [
                Match(self._people[near.folder], self._samples[near.sample_id], near.similarity)
                for near in table.nearest(vector, k, without)
            ]

    # What can be done

    def add(
        self, name: str, crop: Crop, vectors: Mapping[str, Vector], photo_digest: str
    ) -> tuple[Person, Sample, bool]:
        """Keep a crop as a sample of a person, new or known.

        Args:
            vectors: the crop's vector for each model id.
        Returns:
            The person, the sample, and whether the person is new.
        Raises:
            InvalidNameError, GalleryWriteError.
            AlreadyAddedError: a face of that photo is a sample of that person.
            ValueError: a vector is not one.
        """
        name = tidy_name(name)
        with self._changing:
            person = self.find(name)
            if person is not None and any(
                photo_digest and sample.photo_digest == photo_digest for sample in person.samples
            ):
                raise AlreadyAddedError(person.name)
            folder = person.folder if person is not None else folder_for(name, self._people.keys())
            sample_id = uuid.uuid4().hex
            sample = Sample(
                id=sample_id,
                file=crop_file(folder, sample_id),
                vectors={model: unit_vector(vector) for model, vector in vectors.items()},
                box=crop.box,
                landmarks=crop.landmarks,
                photo_digest=photo_digest,
                added=now(),
            )
            change = AddSample(folder, person.name if person else name, sample, person is None)
            self._require_writable()
            write_crop(self.folder, sample.file, crop.pixels)
            with contextlib.ExitStack() as on_failure:
                on_failure.callback(delete_crop, self.folder, sample.file)
                self._commit(change)
                on_failure.pop_all()
            self._remember(change)
            return self._people[folder], sample, person is None

    def reject(self, person: Person, face: Rejection) -> None:
        """Remember that a face is not that person; raises PersonNotFoundError for one who is gone."""
        with self._changing:
            if person.folder not in self._people:
                raise PersonNotFoundError(person.name)
            change = Reject(person.folder, person.name, face)
            self._commit(change)
            self._remember(change)

    def undo(self) -> Change | None:
        """Take the last change back; returns it, or None where there is none."""
        return self._step(self._done, self._undone, back=True)

    def redo(self) -> Change | None:
        """Do again what was taken back last; returns it, or None."""
        return self._step(self._undone, self._done, back=False)

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
        with self._changing:
            people = {}
            for folder, person in self._people.items():
                samples = tuple(
                    replace(sample, vectors={**sample.vectors, model_id: vectors[sample.id]})
                    if sample.id in vectors
                    else sample
                    for sample in person.samples
                )
                people[folder] = replace(person, samples=samples)
            if keep:
                self._require_writable()
                self._store.save(people.values())
            self._show(people)

    # How it is done

    def _step(self, source: list[Change], target: list[Change], *, back: bool) -> Change | None:
        with self._changing:
            if not source:
                return None
            change = source[-1]
            if back and isinstance(change, AddSample):  # it may have got vectors of other models
                change = replace(change, sample=self._samples[change.sample.id])
            self._commit(change.inverse() if back else change)
            source.pop()
            target.append(change)
            return change

    def _remember(self, change: Change) -> None:
        self._forget_undone()
        self._done.append(change)

    def _forget_undone(self) -> None:
        for change in self._undone:
            if isinstance(change, AddSample):
                delete_crop(self.folder, change.sample.file)
        self._undone.clear()

    def _require_writable(self) -> None:
        if self._lock is None:
            raise GalleryWriteError(self.folder, "it is open for reading only")

    def _commit(self, change: Change) -> None:
        self._require_writable()
        people = change.apply(self._people)
        self._store.save(people.values())
        with self._reading:
            self._people = people
            if isinstance(change, AddSample):
                self._folders[name_key(change.name)] = change.folder
                self._index(change.sample, change.folder)
            elif isinstance(change, RemoveSample):
                if change.folder not in people:
                    del self._folders[name_key(change.name)]
                self._unindex(change.sample)
            self._index_rejections()

    def _show(self, people: People) -> None:
        """Take these people as the gallery's, with all that is looked up by."""
        folders = {name_key(person.name): person.folder for person in people.values()}
        samples = {s.id: s for person in people.values() for s in person.samples}
        with self._reading:
            self._people, self._folders, self._samples, self._tables = people, folders, samples, {}
            for person in people.values():
                for sample in person.samples:
                    self._index(sample, person.folder)
            self._index_rejections()

    def _index(self, sample: Sample, folder: str) -> None:
        self._samples[sample.id] = sample
        for model_id, vector in sample.vectors.items():
            table = self._tables.setdefault(model_id, VectorTable(len(vector)))
            if table.dimensions == len(vector):
                table.put(sample.id, folder, vector)

    def _unindex(self, sample: Sample) -> None:
        del self._samples[sample.id]
        for table in self._tables.values():
            table.remove(sample.id)

    def _index_rejections(self) -> None:
        self._rejected = {}
        for person in self._people.values():
            for rejection in person.rejections:
                entry = (person.folder, rejection)
                self._rejected.setdefault(rejection.photo_digest, []).append(entry)

    def _rejected_for(self, face: Rejection) -> set[str]:
        return {
            folder
            for folder, rejection in self._rejected.get(face.photo_digest, ())
            if rejection.box.overlap(face.box) >= SAME_FACE_OVERLAP
        }
