"""Where the nearest people are looked up: in tables in memory, or on the server that has the gallery."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding, Embeddings
from face_match.gallery.search.nearest import (
    DatedEmbeddings,
    DatedRows,
    Nearest,
    NearRows,
    RowChooser,
    Sought,
)
from face_match.gallery.storage.store import Store


class EmbeddingSearch(Protocol):
    """Searches the embeddings of named faces under one model. Not thread-safe."""

    def __contains__(self, face_id: str) -> bool:
        """Whether a face has an embedding that the store does not have."""
        ...

    def nearest(
        self, embedding: Embedding, k: int, without: Collection[str] = (), face_id: str = ""
    ) -> list[Nearest]:
        """The k most similar people by their best face, best first.

        Args:
            embedding: shape (dimensions,), unit L2 norm.
            without: folders of people to exclude.
            face_id: the face that is searched for. Its person is compared by the other faces, if any.
        """
        ...

    def nearest_of_each(
        self, sought: Sequence[Sought], k: int, is_cancelled: IsCancelled = never_cancelled
    ) -> list[list[Nearest]]:
        """`nearest` of many faces, in their order; raises CancelledError."""
        ...

    def rows_near(
        self, sought: Sequence[Sought], is_cancelled: IsCancelled = never_cancelled
    ) -> Iterator[NearRows]:
        """All sought faces, some at a time, with the embeddings of everybody who may match one of them,
        and of their rivals; raises CancelledError."""
        ...

    def rows(self) -> DatedRows:
        """A copy of all embeddings; on a server, of a sample of people if there are too many."""
        ...

    def rows_of(self, folder: str, most: int) -> Embeddings:
        """A person's embeddings, shape (n, dimensions); an evenly spaced selection of `most` if there are
        more."""
        ...

    def dated_embeddings(
        self, folders: Collection[str], choose: RowChooser, face_id: str = ""
    ) -> dict[str, DatedEmbeddings]:
        """The dated embeddings of people, by folder; people without any dated face are left out.

        Args:
            face_id: the face that is searched for, as in `nearest`.
        """
        ...

    @property
    def wants_index(self) -> bool:
        """Whether building or updating the index would make searching faster."""
        ...

    def make_index(self, lock: AbstractContextManager[object], is_cancelled: IsCancelled) -> None:
        """Build or update the index while the gallery is in use.

        Args:
            lock: guards the search.
        Raises:
            CancelledError: the index is unchanged.
        """
        ...


class EmbeddingSearches(Protocol):
    """The searches of a gallery, one for each model that was searched. Not thread-safe."""

    def of(
        self, store: Store, model_id: str, dimensions: int, capacity: int, *, is_dated: bool = False
    ) -> EmbeddingSearch:
        """The search of a model.

        Args:
            capacity: the number of named faces.
            is_dated: the years of the photos will be asked for.
        """
        ...

    def of_model(self, model_id: str) -> Sequence[EmbeddingSearch]:
        """The searches of a model that were used."""
        ...

    def forget(self, model_id: str) -> None:
        """Forget what was read of a model: its embeddings have changed."""
        ...

    def forget_all(self) -> None:
        """Forget what was read of all models."""
        ...

    def hold(self, face_id: str, folder: str, model_id: str, embedding: Embedding) -> None:
        """Hold an embedding that is not stored, until the gallery is closed, where that is possible."""
        ...

    def put(self, face: FaceRecord) -> None:
        """Note that a face changed: its name may have been set, changed or taken off."""
        ...

    def remove(self, face_id: str) -> None:
        """Note that a face was removed or unnamed."""
        ...
