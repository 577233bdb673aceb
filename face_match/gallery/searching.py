"""Searching a gallery: the nearest people of faces, and the embeddings to compare with."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from face_match.core.matches import Candidate
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding, Embeddings
from face_match.gallery.contents import GalleryContents
from face_match.gallery.records.rows import Table
from face_match.gallery.search.embedding_search import (
    DatedEmbeddings,
    DatedRows,
    EmbeddingSearch,
    EmbeddingSearches,
    NearRows,
    RowChooser,
    Sought,
)
from face_match.gallery.search.embedding_tables import EmbeddingTables
from face_match.gallery.storage.store import Store


class SearchableContents(GalleryContents):
    """Compares faces with people: in memory, or on the server that has the gallery."""

    def __init__(self, folder: Path, store: Store, searches: EmbeddingSearches | None = None) -> None:
        """Read a store.

        Args:
            searches: look up the nearest people; by default in tables in memory.
        """
        super().__init__(folder, store)
        self._searches: EmbeddingSearches = searches or EmbeddingTables()

    def named_count_by_model(self) -> dict[str, int]:
        """The number of named faces with an embedding, by model id."""
        with self._lock:
            return self._store.named_count_by_model()

    def without_embedding(self, model_id: str, *, named: bool) -> list[FaceRecord]:
        """The named (or unnamed) faces that have a crop but no embedding of a model."""
        with self._lock:
            held = self._searches.of_model(model_id)
            ids = [
                face_id
                for face_id in self._store.without_embedding(model_id, named=named)
                if not any(face_id in search for search in held)
            ]
            return [face for face in self._faces(self._store.rows(Table.FACES, "id", ids)) if face.file]

    def nearest(
        self, embedding: Embedding, model_id: str, k: int, face: FaceRecord | None = None
    ) -> list[Candidate]:
        """The k most similar people, best first, one row a person by their best face; without people who were
        rejected for `face`, and without that face itself."""
        candidates, own_id = [], face.id if face is not None else ""
        without = {rejection.folder for rejection in face.rejections} if face is not None else set()
        with self._lock:
            nearest = self._search(model_id, len(embedding)).nearest(embedding, k, without, own_id)
            rows = self._store.rows(Table.FACES, "id", [near.face_id for near in nearest])
            found = {one.id: one for one in self._faces(rows)}
            for folder, face_id, *similarities in nearest:
                with contextlib.suppress(KeyError):  # removed by another process
                    candidates.append(Candidate(self._people[folder], found[face_id], *similarities))
        return candidates

    def dated_embeddings(
        self, folders: Collection[str], model_id: str, dimensions: int, choose: RowChooser, face_id: str = ""
    ) -> dict[str, DatedEmbeddings]:
        """The dated embeddings of people, by folder; people without any dated face are left out.

        Args:
            choose: selects the rows of each person whose embeddings are returned.
            face_id: the face that is searched for, as in `nearest`.
        """
        with self._lock:
            search = self._search(model_id, dimensions, is_dated=True)
            return search.dated_embeddings(folders, choose, face_id)

    def wants_index(self, model_id: str) -> bool:
        """Whether `make_index` would make searching faster."""
        with self._lock:
            return any(search.wants_index for search in self._searches.of_model(model_id))

    def make_index(self, model_id: str, is_cancelled: IsCancelled = never_cancelled) -> None:
        """Build the search index of a large gallery. Takes seconds; the gallery can be used meanwhile.

        Raises:
            CancelledError: the index is unchanged.
        """
        with self._lock:
            searches = [one for one in self._searches.of_model(model_id) if one.wants_index]
        for search in searches:
            search.make_index(self._lock, is_cancelled)

    def dimensions_of(self, model_id: str, face_ids: Sequence[str]) -> int:
        """The most common number of dimensions of the faces' embeddings under a model; 0 if none has one."""
        with self._lock:
            found = self._store.embeddings_of(face_ids).values()
        sizes = Counter(len(own[model_id]) for own in found if model_id in own)
        return sizes.most_common(1)[0][0] if sizes else 0

    def embeddings(self, model_id: str, dimensions: int, *, is_dated: bool = False) -> DatedRows:
        """All embeddings of named faces under a model, with the people's folders. Of a very large gallery on
        a server those of a sample of people, with all of their faces.

        Args:
            is_dated: read the years of all photos; otherwise only the years already in memory are known.
        """
        with self._lock:
            return self._search(model_id, dimensions, is_dated=is_dated).rows()

    def embeddings_near(
        self,
        faces: Sequence[FaceRecord],
        model_id: str,
        *,
        also: Sequence[Collection[str]],
        is_dated: bool = False,
        is_cancelled: IsCancelled = never_cancelled,
    ) -> Iterator[NearRows]:
        """Unnamed faces with embeddings of one size, some at a time, with the embeddings of everybody who may
        match one of them, and of their rivals.

        Args:
            also: folders of people with whom each face is compared in any case.
            is_dated: as in `embeddings`.
        Raises:
            CancelledError.
        """
        sought = [
            Sought(face.embeddings[model_id], {one.folder for one in face.rejections}, also=folders)
            for face, folders in zip(faces, also, strict=True)
        ]
        if not sought:
            return
        with self._lock:
            search = self._search(model_id, len(sought[0].embedding), is_dated=is_dated)
            parts = search.rows_near(sought, is_cancelled)
        while True:
            with self._lock:
                part = next(parts, None)
            if part is None:
                return
            yield part

    def embeddings_of(self, folder: str, model_id: str, dimensions: int, most: int) -> Embeddings:
        """A person's embeddings under a model, shape (n, dimensions); an evenly spaced selection of `most`
        if there are more."""
        with self._lock:
            return self._search(model_id, dimensions).rows_of(folder, most)

    def _search(self, model_id: str, dimensions: int, *, is_dated: bool = False) -> EmbeddingSearch:
        return self._searches.of(self._store, model_id, dimensions, self.face_count, is_dated=is_dated)
