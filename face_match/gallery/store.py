"""What a gallery asks of whatever keeps its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple, Protocol

from face_match.gallery.changes import Change, Edit, FiledRejection, FiledSample
from face_match.gallery.records import PersonRecord
from face_match.gallery.vault import Vault
from face_match.types import Box, Person, Rejection, Sample, Vector, Vectors


class VectorRows(NamedTuple):
    """Vectors of n samples: whose they are, and float32 of shape (n, dimensions)."""

    sample_ids: Sequence[str]
    folders: Sequence[str]
    vectors: Vectors


class FiledFace(NamedTuple):
    """Whose sample a face of a photo is, by folder, and where it is in the photo, if that is known."""

    folder: str
    photo_digest: str
    place: Box | None


class Store(Protocol):
    """People, samples and rejections. Not thread-safe.

    Whatever is asked of damaged records can raise GalleryDamagedError; what changes them raises
    GalleryWriteError, and then nothing has changed. What has returned is on the disk.
    """

    @property
    def path(self) -> Path:
        """The file that holds the records."""
        ...

    @property
    def vault(self) -> Vault | None:
        """What seals the records, and is given on to those that take their place."""
        ...

    @property
    def is_earlier(self) -> bool:
        """Whether an earlier version of the program wrote the records; `migrate` comes before any change."""
        ...

    def migrate(self) -> None:
        """Make them those of this version."""
        ...

    def records(self) -> Iterable[PersonRecord]:
        """Everybody with all that is kept of them, in the same order."""
        ...

    def people(self) -> list[Person]:
        """Everybody, in the order in which they were added."""
        ...

    def sample(self, sample_id: str) -> FiledSample:
        """Raises KeyError."""
        ...

    def sample_ids(self) -> set[str]:
        """Of all samples."""
        ...

    def samples_of(self, folder: str) -> list[Sample]:
        """A person's, in the order in which they were added."""
        ...

    def samples_without(self, model_id: str) -> list[Sample]:
        """Those that have no vector of a model."""
        ...

    def has_photo(self, folder: str, photo_digest: str) -> bool:
        """Whether a sample of the person is of that photo."""
        ...

    def samples_in(self, photo_digest: str) -> list[FiledSample]:
        """All of faces of a photo."""
        ...

    def faces_in(self, photo_digests: Set[str]) -> list[FiledFace]:
        """Which faces of photos are samples; of many photos at once that is quicker than `samples_in`."""
        ...

    def rejections_of(self, folder: str) -> list[Rejection]:
        """Of a person, in the order in which they were made."""
        ...

    def rejections_in(self, photo_digests: Set[str]) -> list[FiledRejection]:
        """All for faces of photos."""
        ...

    def samples_by_model(self) -> dict[str, int]:
        """How many samples have a vector, for each model that there are vectors of."""
        ...

    def vectors(self, model_id: str, dimensions: int) -> Iterator[VectorRows]:
        """All vectors of a model, in pieces; any that have other dimensions are left out."""
        ...

    def history(self) -> list[Change]:
        """The changes that can be taken back, the oldest first."""
        ...

    def commit(self, edits: Sequence[Edit], done: Change | None) -> None:
        """Make all of the edits, or none.

        Args:
            done: the change that they make, for the history; None where they take back the last one there.
        """
        ...

    def add_vectors(self, model_id: str, vectors: Mapping[str, Vector]) -> None:
        """Write down vectors of samples, by sample id, all or none; ids that nobody has are passed over."""
        ...

    def copy_to(self, path: Path) -> None:
        """Write the records as they are to another file, durably; raises OSError or GalleryWriteError."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
