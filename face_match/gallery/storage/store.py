"""What a gallery asks of whatever keeps its records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from face_match.core.records import Person
from face_match.core.types import Embedding, Embeddings
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.records.rows import Contents, Row, Table
from face_match.gallery.storage.vault import Vault


class EmbeddingRows(NamedTuple):
    """Embeddings of n faces: whose they are, by folder, and float32 of shape (n, dimensions)."""

    face_ids: Sequence[str]
    folders: Sequence[str]
    embeddings: Embeddings


class Counts(NamedTuple):
    """How many rows there are of each kind; `named` of the faces have a name."""

    people: int
    named: int
    faces: int = 0
    photos: int = 0
    conflicts: int = 0
    embeddings: int = 0


class FaceFile(NamedTuple):
    """A face's crop, as its row names it, its person, and the folders of those who it is not."""

    id: str
    person: str | None
    file: str
    rejected: Collection[str]


class Store(Protocol):
    """People, photos, faces, conflicts and the history. Not thread-safe.

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
    def is_older_version(self) -> bool:
        """Whether an earlier version of the program wrote the records; `migrate` comes before any change."""
        ...

    @property
    def generation(self) -> int:
        """How often the records of an encrypted gallery had changed when this was opened; 0 in others."""
        ...

    def migrate(self) -> None:
        """Make them those of this version."""
        ...

    def contents(self) -> Contents:
        """All rows and embeddings, as at one moment."""
        ...

    def counts(self) -> Counts:
        """How many rows there are."""
        ...

    def digest(self) -> str:
        """Of all rows, embeddings and steps, in whatever order the rows are; equal in stores of one class
        only where these are."""
        ...

    def people(self) -> list[Person]:
        """Everybody, in the order in which they were added, with their numbers of faces."""
        ...

    def rows(self, table: Table, column: str | None = None, values: Collection[str | None] = ()) -> list[Row]:
        """The rows of a table, in the order in which they were added.

        Args:
            column: only those that have one of some values there; of keys, and of "photo", "person",
                "file", "digest", "file_digest", "path", "face" and "decision".
        """
        ...

    def face_files(self) -> list[FaceFile]:
        """Of all faces, as they are written down: quicker than to read their rows."""
        ...

    def rejected_rows(self) -> list[Row]:
        """The faces of which it was said who they are not, in the order in which they were added."""
        ...

    def people_in(self, photo_ids: Collection[str]) -> set[tuple[str, str]]:
        """The photos, among some, in which people have faces: the photo's id, and the person's folder."""
        ...

    def embeddings_of(self, face_ids: Collection[str]) -> dict[str, dict[str, Embedding]]:
        """The embeddings of some faces, by model."""
        ...

    def named_count_by_model(self) -> dict[str, int]:
        """How many named faces have an embedding, for each model that there are embeddings of."""
        ...

    def without_embedding(self, model_id: str, *, named: bool) -> list[str]:
        """The ids of the faces, named or unnamed, that have no embedding of a model."""
        ...

    def embeddings(self, model_id: str, dimensions: int) -> Iterator[EmbeddingRows]:
        """All embeddings of named faces under a model, in pieces; those of other dimensions are left out."""
        ...

    def photo_dates(self) -> dict[str, str]:
        """When the photos of named faces were taken, by the ids of the faces; of those where it is known."""
        ...

    def steps(self) -> list[Step]:
        """The history, the oldest step first; those that were undone come last."""
        ...

    def edits_of(self, step_id: int) -> list[Edit]:
        """What a step does."""
        ...

    def commit(
        self, edits: Sequence[Edit], entry: HistoryEntry | None = None, forget: Collection[int] = ()
    ) -> None:
        """Make all of the edits, or none.

        Args:
            entry: the step that they belong to.
            forget: ids of steps that are in the history no more.
        """
        ...

    def add_embeddings(self, model_id: str, embeddings: Mapping[str, Embedding]) -> None:
        """Write down embeddings of faces, by id, all or none; ids that no face has are left out."""
        ...

    def copy_to(self, path: Path) -> None:
        """Write the records as they are to another file, durably; raises OSError or GalleryWriteError."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
