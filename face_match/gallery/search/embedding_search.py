"""Where the nearest people are looked up: in tables in memory, or on the server that has the gallery."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding, Embeddings
from face_match.gallery.storage.store import Store


class Nearest(NamedTuple):
    """A person, by folder, with the most similar face, its cosine similarity, and that of the person's
    mean embedding."""

    folder: str
    face_id: str
    similarity: float
    mean_similarity: float


class DatedRows(NamedTuple):
    """`EmbeddingRows` with the years of the photos: decimal, NaN if not known, shape (n,).

    Attributes:
        people_left_out, faces_left_out: their numbers, where a gallery is too large to be read whole.
    """

    face_ids: Sequence[str]
    folders: Sequence[str]
    embeddings: Embeddings
    years: npt.NDArray[np.float64]
    people_left_out: int = 0
    faces_left_out: int = 0


class Sought(NamedTuple):
    """A face whose nearest people are sought.

    Attributes:
        embedding: shape (dimensions,), unit L2 norm.
        without: folders of people to exclude.
        face_id: the face itself. Its person is compared by the other faces, if any.
        also: folders of people to compare with in any case, by `rows_near`.
    """

    embedding: Embedding
    without: Collection[str] = ()
    face_id: str = ""
    also: Collection[str] = ()


class NearRows(NamedTuple):
    """Some faces, by their places among those that were sought, and the embeddings of all people who are
    near."""

    places: range
    rows: DatedRows


class DatedEmbeddings(NamedTuple):
    """The embeddings of a person's faces over time.

    Attributes:
        years: decimal years of the photos, NaN if not known; shape (n,).
        chosen: the selected embeddings.
        mean: the unit mean of all embeddings.
    """

    years: npt.NDArray[np.float64]
    chosen: Embeddings
    mean: Embedding


RowChooser = Callable[[str, npt.NDArray[np.float64]], npt.NDArray[np.intp]]
"""Selects rows of a person, given the folder and the years of the faces; returns row numbers."""


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


def unit_mean(embeddings: Embeddings) -> Embedding:
    """The unit L2-norm mean of embeddings, shape (n, dimensions); zeros if they cancel out."""
    mean: Embedding = embeddings.mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / np.float32(length) if length > 0 else mean
