"""What is in a gallery, for who looks."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

from face_match.errors import PersonNotFoundError
from face_match.gallery import calibrations
from face_match.gallery.changes import FiledRejection
from face_match.gallery.people import People
from face_match.gallery.samples import Crops
from face_match.gallery.search import VectorTable
from face_match.gallery.store import Store, VectorRows
from face_match.gallery.vault import Vault
from face_match.gallery.vector_tables import VectorTables
from face_match.types import (
    Box,
    IsCancelled,
    Match,
    Person,
    Pixels,
    Rejection,
    Sample,
    Vector,
    never_cancelled,
)

SAME_FACE_OVERLAP = 0.5
"""From this intersection over union two boxes in one photo are one face."""


class GalleryContents:
    """People in memory, and the vectors of models that were searched with; the rest is asked of the store.

    Safe to use from several threads.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.crops = Crops(folder, store.vault)
        self._store = store
        self._lock = threading.RLock()
        self._people = People(store.people())
        self._tables = VectorTables()

    @property
    def vault(self) -> Vault | None:
        """What seals all that is kept, in an encrypted gallery."""
        return self._store.vault

    @property
    def records(self) -> Path:
        """The file that holds the records now; it becomes another one when they outgrow it."""
        return self._store.path

    @property
    def people(self) -> tuple[Person, ...]:
        """In the order in which they were added."""
        return self._people.all

    @property
    def sample_count(self) -> int:
        return self._people.sample_count

    def find(self, name: str) -> Person | None:
        """The person of that name, whatever its case and spacing."""
        return self._people.named(name)

    def person(self, name: str) -> Person:
        """The same; raises PersonNotFoundError."""
        found = self.find(name)
        if found is None:
            raise PersonNotFoundError(name)
        return found

    def pixels_of(self, sample: Sample) -> Pixels:
        """What is kept of a sample; raises ImageUnreadableError."""
        return self.crops.read(sample)

    def samples_of(self, person: Person) -> list[Sample]:
        """A person's samples, in the order in which they were added."""
        with self._lock:
            return self._store.samples_of(person.folder) if person.folder in self._people else []

    def cover_of(self, person: Person) -> Sample | None:
        """The sample that stands for a person: the one chosen, else the first; None for who has none."""
        samples = self.samples_of(person)
        chosen = next((sample for sample in samples if sample.id == person.cover), None)
        return chosen or min(samples, key=lambda sample: sample.added, default=None)

    def has_photo(self, name: str, photo_digest: str) -> bool:
        """Whether the person of that name, if there is one, has a sample of a photo."""
        with self._lock:
            person = self.find(name)
            return person is not None and self._store.has_photo(person.folder, photo_digest)

    def samples_in(self, photo_digest: str) -> list[tuple[Person, Sample]]:
        """Who has a sample of a face of a photo, with that."""
        with self._lock:
            found = self._store.samples_in(photo_digest)
            return [(self._people[folder], sample) for folder, sample in found if folder in self._people]

    def has_face(self, face: Rejection) -> bool:
        """Whether a face of a photo is a sample of somebody."""
        return self.have_faces([face])[0]

    def have_faces(self, faces: Sequence[Rejection]) -> list[bool]:
        """For each face of a photo, whether it is a sample of somebody."""
        with self._lock:
            found = self._store.faces_in({face.photo_digest for face in faces})
        places: dict[str, list[Box]] = {}
        for _, digest, place in found:
            if place is not None:
                places.setdefault(digest, []).append(place)
        return [
            any(place.overlap(face.box) >= SAME_FACE_OVERLAP for place in places.get(face.photo_digest, ()))
            for face in faces
        ]

    def faces_in(self, photo_digests: Set[str]) -> list[tuple[Person, str, Box | None]]:
        """Whose samples faces of photos are: the person, the digest, and where, as far as that is known."""
        with self._lock:
            known = (face for face in self._store.faces_in(photo_digests) if face.folder in self._people)
            return [(self._people[folder], digest, place) for folder, digest, place in known]

    def people_in(self, photo_digests: Set[str]) -> set[tuple[str, str]]:
        """For photos who has a sample in which: the digest, and the person's folder."""
        with self._lock:
            return {(digest, folder) for folder, digest, _ in self._store.faces_in(photo_digests)}

    def rejected_for(self, face: Rejection) -> set[str]:
        """Who was rejected for a face, by folder."""
        return self.rejected_for_each([face])[0]

    def rejected_for_each(self, faces: Sequence[Rejection]) -> list[set[str]]:
        """The same for many faces."""
        with self._lock:
            found = self._store.rejections_in({face.photo_digest for face in faces})
        by_photo: dict[str, list[FiledRejection]] = {}
        for filed in found:
            by_photo.setdefault(filed.rejection.photo_digest, []).append(filed)
        return [
            {
                folder
                for folder, rejection in by_photo.get(face.photo_digest, ())
                if rejection.box.overlap(face.box) >= SAME_FACE_OVERLAP
            }
            for face in faces
        ]

    def rejections_of(self, person: Person) -> list[Rejection]:
        """The faces that are not that person's, as they were rejected."""
        with self._lock:
            return self._store.rejections_of(person.folder) if person.folder in self._people else []

    def samples_by_model(self) -> dict[str, int]:
        """How many samples have a vector, for each model that has made any."""
        with self._lock:
            return self._store.samples_by_model()

    def samples_without(self, model_id: str) -> list[Sample]:
        """Samples that have no vector of a model yet."""
        with self._lock:
            shown = self._tables.of_model(model_id)
            return [
                sample
                for sample in self._store.samples_without(model_id)
                if not any(sample.id in table for table in shown)
            ]

    def nearest(self, vector: Vector, model_id: str, k: int, face: Rejection | None = None) -> list[Match]:
        """The k people most alike, one row a person, best first.

        Args:
            vector: shape (dimensions,), unit L2 norm, made by `model_id`.
            face: which face of which photo it is of; people who were rejected for it are left out.
        """
        matches = []
        with self._lock:
            without = self.rejected_for(face) if face is not None else ()
            for near in self._table(model_id, len(vector)).nearest(vector, k, without):
                with contextlib.suppress(KeyError):  # another program has changed the gallery since
                    sample = self._store.sample(near.sample_id).sample
                    matches.append(Match(self._people[near.folder], sample, near.similarity))
        return matches

    def wants_index(self, model_id: str) -> bool:
        """Whether `make_index` would make searching faster."""
        with self._lock:
            return any(table.wants_index for table in self._tables.of_model(model_id))

    def make_index(self, model_id: str, is_cancelled: IsCancelled = never_cancelled) -> None:
        """Make searching a large gallery faster; takes seconds, during which it can be used as ever.

        Raises:
            CancelledError: searching is as fast as it was.
        """
        with self._lock:
            tables = [table for table in self._tables.of_model(model_id) if table.wants_index]
        for table in tables:
            table.make_index(self._lock, is_cancelled)

    def calibration(self, model_id: str) -> Any:
        """What was learned about a model's similarities here; None where nothing was."""
        return calibrations.read(self.folder, self.vault).get(model_id)

    def vectors(self, model_id: str, dimensions: int) -> VectorRows:
        """All vectors of a model, with whose they are, by folder."""
        with self._lock:
            return self._table(model_id, dimensions).rows()

    def _table(self, model_id: str, dimensions: int) -> VectorTable:
        return self._tables.table(self._store, model_id, dimensions, self.sample_count)
