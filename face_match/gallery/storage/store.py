"""The interface between a gallery and the files that hold its records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from face_match.core.records import Person
from face_match.core.translation import marked
from face_match.core.types import Embedding, Embeddings
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.records.rows import Contents, Row, Table
from face_match.gallery.storage.vault import Vault


class EmbeddingRows(NamedTuple):
    """Embeddings of n faces: face ids, people's folders, and float32 of shape (n, dimensions)."""

    face_ids: Sequence[str]
    folders: Sequence[str]
    embeddings: Embeddings


class Counts(NamedTuple):
    """The number of rows of each kind; `named` counts the faces with a name."""

    people: int
    named: int
    faces: int = 0
    photos: int = 0
    conflicts: int = 0
    embeddings: int = 0


class FaceFile(NamedTuple):
    """A face's crop file and person, and the folders of the people rejected for it."""

    id: str
    person: str | None
    file: str
    rejected: Collection[str]


class Changes(NamedTuple):
    """What was committed since a commit.

    Attributes:
        number: of the last commit.
        keys: of the rows that were touched.
        has_embeddings: embeddings were added.
        is_complete: these are all changes; otherwise everything may have changed.
    """

    number: int
    keys: Mapping[Table, Collection[str]]
    has_embeddings: bool
    is_complete: bool


class Listener(Protocol):
    """Is told what happens to a gallery that others change too, in a thread of the store's."""

    def on_changed(self) -> None:
        """Someone has changed the gallery, or may have while the server was away."""

    def on_lost(self) -> None:
        """The server has gone away."""

    def on_back(self) -> None:
        """The server is there again."""


class Closable(Protocol):
    """What can be ended."""

    def close(self) -> None: ...


class Store(Protocol):
    """Stores people, photos, faces, conflicts and the history. Not thread-safe.

    Reading damaged records can raise GalleryDamagedError. A failed change raises GalleryWriteError and
    changes nothing. A change is on disk when the method returns.
    """

    @property
    def path(self) -> Path:
        """The file that holds the records."""
        ...

    @property
    def vault(self) -> Vault | None:
        """Encrypts the records; None for a plain gallery."""
        ...

    @property
    def is_older_version(self) -> bool:
        """Whether an older version of the program wrote the records. They are migrated before the first
        change."""
        ...

    @property
    def predates_faces(self) -> bool:
        """Whether the records are of versions 1 to 3, which did not back up unnamed faces."""
        ...

    @property
    def generation(self) -> int:
        """The number of changes of an encrypted gallery's records when it was opened; 0 for a plain
        gallery."""
        ...

    def migrate(self) -> None:
        """Convert the records to this version's format."""
        ...

    def contents(self) -> Contents:
        """A consistent copy of all rows and embeddings."""
        ...

    def counts(self) -> Counts:
        """The number of rows of each kind."""
        ...

    def digest(self) -> str:
        """A digest of all rows, embeddings and steps, independent of the order of rows. Comparable between
        stores of the same class only."""
        ...

    def people(self) -> list[Person]:
        """All people, in the order in which they were added, with their numbers of faces."""
        ...

    def rows(self, table: Table, column: str, values: Collection[str | None]) -> list[Row]:
        """The rows of a table with one of some values, in the order in which they were added.

        Args:
            column: a key, "photo", "person", "file", "digest", "file_digest", "path", "face" or "decision".
        """
        ...

    def all_rows(self, table: Table) -> Iterator[Row]:
        """All rows of a table, in the order in which they were added, few of them in memory at a time."""
        ...

    def photos_without_faces(self, *, but_ignored: bool) -> Iterator[Row]:
        """Like `all_rows`, of the photos without a face, or without one that is not ignored."""
        ...

    def face_files(self) -> list[FaceFile]:
        """The crop files of all faces; faster than reading their rows."""
        ...

    def rejected_rows(self) -> list[Row]:
        """The faces with rejections, in the order in which they were added."""
        ...

    def people_in(self, photo_ids: Collection[str]) -> set[tuple[str, str]]:
        """Who is in which of the photos: pairs of a photo's id and a person's folder."""
        ...

    def embeddings_of(self, face_ids: Collection[str]) -> dict[str, dict[str, Embedding]]:
        """The embeddings of faces, by face id and model id."""
        ...

    def named_count_by_model(self) -> dict[str, int]:
        """The number of named faces with an embedding, by model id."""
        ...

    def without_embedding(self, model_id: str, *, named: bool) -> list[str]:
        """The ids of the named (or unnamed) faces without an embedding of a model."""
        ...

    def embeddings(self, model_id: str, dimensions: int) -> Iterator[EmbeddingRows]:
        """All embeddings of named faces under a model, in batches; embeddings of other dimensions are
        skipped."""
        ...

    def photo_dates(self) -> dict[str, str]:
        """The dates of the photos of named faces, by face id, where known."""
        ...

    def next_step_id(self, last: int) -> int:
        """A number for a new step, which is larger than all that were used.

        Args:
            last: the largest that the program has used or read.
        """
        ...

    def unread_changes(self) -> Changes | None:
        """What others have committed since it was opened, or since `have_read`; None for nothing."""
        ...

    def have_read(self, changes: Changes) -> None:
        """Note that the program knows of changes."""
        ...

    def listen(self, listener: Listener) -> Closable | None:
        """Begin to tell of others' changes; None where nobody else makes any."""
        ...

    def steps(self) -> list[Step]:
        """The user's own history, oldest step first; undone steps come last."""
        ...

    def edits_of(self, step_id: int) -> list[Edit]:
        """The edits of a step."""
        ...

    def history_edits(self) -> Iterator[tuple[int, Edit]]:
        """The edits of all of `steps`, each with the id of its step, few of them in memory at a time."""
        ...

    def commit(
        self, edits: Sequence[Edit], entry: HistoryEntry | None = None, forget: Collection[int] = ()
    ) -> None:
        """Make all edits or none.

        Args:
            entry: the step to store in the history.
            forget: ids of steps to delete from the history.
        """
        ...

    def add_embeddings(self, model_id: str, embeddings: Mapping[str, Embedding]) -> None:
        """Store embeddings by face id, all or none; unknown ids are skipped."""
        ...

    def copy_to(self, path: Path) -> None:
        """Copy the records to another file, durably; raises OSError or GalleryWriteError."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


REPLACED = marked("its records were deleted or replaced")


class OneWriter:
    """The part of a store which nobody else changes while it is open."""

    def unread_changes(self) -> Changes | None:
        return None

    def have_read(self, changes: Changes) -> None:
        """There are none."""

    def listen(self, listener: Listener) -> Closable | None:
        return None
