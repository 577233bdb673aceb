"""The embeddings in memory, one table for each model that was searched: exact search, or on a shortlist."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.dates import photo_year
from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding, Embeddings
from face_match.gallery.search.embedding_search import (
    DatedEmbeddings,
    DatedRows,
    Nearest,
    NearRows,
    RowChooser,
    Sought,
    unit_mean,
)
from face_match.gallery.storage.store import Store

if TYPE_CHECKING:  # FAISS is slow to import, and small galleries do not need it
    from face_match.gallery.search.row_index import RowIndex

FIRST_CAPACITY = 64
MOST_AT_FIRST = 2**28
"""The largest space reserved in advance: 2^28 floats, 1 GB. An untrusted model may claim any dimensions."""

EXACT_FLOATS = 4_000_000
"""Up to this many floats an exact search takes less than 1 ms: 8,000 embeddings of 512 dimensions."""

ROWS_PROPOSED = 400
ROWS_A_PROPOSAL = 150
"""An index proposes ROWS_PROPOSED rows, and one more for each 150 rows of the table."""

PART_BEHIND = 50
"""The index is updated when more than one row in 50 has changed or is missing."""

ROWS_AT_ONCE = 4_096


class _Own(NamedTuple):
    """The row of the face that is searched for, its person, and the person's other rows."""

    row: int
    person: int
    others: npt.NDArray[np.intp]


class EmbeddingTable:
    """The embeddings of faces and the people they belong to. Not thread-safe."""

    def __init__(self, dimensions: int, capacity: int = 0) -> None:
        """An empty table with space for `capacity` rows."""
        capacity = min(max(capacity, FIRST_CAPACITY), MOST_AT_FIRST // max(1, dimensions))
        self._embeddings: Embeddings = np.empty((capacity, dimensions), np.float32)
        self._face_ids: list[str] = []
        self._row_of_face: dict[str, int] = {}
        self._people = np.empty(len(self._embeddings), np.int32)
        """The person of each row, as an index into `_folders`."""
        self._years = np.full(len(self._embeddings), np.nan)
        self._folders: list[str] = []
        self._number_of: dict[str, int] = {}
        self._means: dict[int, Embedding] = {}
        """Unit mean embeddings of people, computed on demand."""
        self._index: RowIndex | None = None
        self._draft: RowIndex | None = None
        self._rows_drafted = 0

    def __len__(self) -> int:
        return len(self._face_ids)

    def __contains__(self, face_id: str) -> bool:
        return face_id in self._row_of_face

    @property
    def dimensions(self) -> int:
        return int(self._embeddings.shape[1])

    def rows(self) -> DatedRows:
        """A copy of all rows."""
        folders = [self._folders[number] for number in self._people[: len(self)].tolist()]
        embeddings, years = self._embeddings[: len(self)].copy(), self._years[: len(self)].copy()
        return DatedRows(self._face_ids.copy(), folders, embeddings, years)

    def rows_of(self, folder: str, most: int) -> Embeddings:
        """As `EmbeddingSearch.rows_of`."""
        rows = np.flatnonzero(self._people[: len(self)] == self._number_of.get(folder, -1))
        if len(rows) > most:
            rows = rows[np.linspace(0, len(rows) - 1, most).astype(np.intp)]
        return self._embeddings[rows]

    def put(self, face_id: str, folder: str, embedding: Embedding, year: float = math.nan) -> None:
        """Add or replace a face's embedding.

        Args:
            year: when the photo was taken, in decimal years.
        """
        row = self._row_of_face.get(face_id)
        if row is None:
            self.extend([face_id], [folder], embedding[None])
            self._years[len(self) - 1] = year
        else:
            self._years[row] = year
            self._means.pop(int(self._people[row]), None)
            self._people[row], self._embeddings[row] = self._person_numbers([folder])[0], embedding
            self._mark_changed(range(row, row + 1))

    def extend(self, face_ids: Sequence[str], folders: Sequence[str], embeddings: Embeddings) -> None:
        """Add the embeddings, shape (n, dimensions), of n new faces."""
        first, end = len(self), len(self) + len(face_ids)
        if end > len(self._embeddings):
            grown = np.empty((max(end, 2 * len(self._embeddings)), self.dimensions), np.float32)
            grown[:first] = self._embeddings[:first]
            self._embeddings = grown
            self._people = np.resize(self._people, len(grown))
            self._years = np.resize(self._years, len(grown))
        self._embeddings[first:end] = embeddings
        self._years[first:end] = np.nan
        self._people[first:end] = self._person_numbers(folders)
        self._face_ids += face_ids
        self._row_of_face.update(zip(face_ids, range(first, end), strict=True))
        self._mark_changed(range(first, end))

    def date(self, years: Mapping[str, float]) -> None:
        """Set the decimal years of faces' photos; unknown ids are skipped."""
        for face_id, year in years.items():
            row = self._row_of_face.get(face_id)
            if row is not None:
                self._years[row] = year

    def dated_embeddings(
        self, folders: Collection[str], choose: RowChooser, face_id: str = ""
    ) -> dict[str, DatedEmbeddings]:
        """As `EmbeddingSearch.dated_embeddings`."""
        people = [self._number_of[folder] for folder in folders if folder in self._number_of]
        own = self._own(face_id)
        found = {}
        for person, all_rows in self._rows_of(people):
            if own is not None and own.person == person:
                rows, mean = own.others, unit_mean(self._embeddings[own.others])
            else:
                self._compute_means({person} - self._means.keys())
                rows, mean = all_rows, self._means[person]
            years = self._years[rows]
            if not np.isnan(years).all():
                folder = self._folders[person]
                found[folder] = DatedEmbeddings(years, self._embeddings[rows[choose(folder, years)]], mean)
        return found

    def remove(self, face_id: str) -> None:
        """Remove a face, if present."""
        row = self._row_of_face.pop(face_id, None)
        if row is None:
            return
        self._means.pop(int(self._people[row]), None)
        last_id = self._face_ids.pop()
        if row < len(self):  # the last row moves into the gap
            for column in (self._embeddings, self._people, self._years):
                column[row] = column[len(self)]
            self._face_ids[row] = last_id
            self._row_of_face[last_id] = row
            self._mark_changed(range(row, row + 1))

    def nearest(
        self, embedding: Embedding, k: int, without: Collection[str] = (), face_id: str = ""
    ) -> list[Nearest]:
        """As `EmbeddingSearch.nearest`."""
        if k < 1:
            return []
        own = self._own(face_id)
        if self._index is not None:
            found = self._best(self._candidate_rows(self._index, embedding), embedding, k, without, own)
            if len(found) == k:
                return found
        return self._best(None, embedding, k, without, own)

    def nearest_of_each(
        self, sought: Sequence[Sought], k: int, is_cancelled: IsCancelled = never_cancelled
    ) -> list[list[Nearest]]:
        """`nearest` of many faces, in their order; raises CancelledError."""
        found = []
        for one in sought:
            if is_cancelled():
                raise CancelledError
            found.append(self.nearest(one.embedding, k, one.without, one.face_id))
        return found

    def rows_near(
        self, sought: Sequence[Sought], is_cancelled: IsCancelled = never_cancelled
    ) -> Iterator[NearRows]:
        """All sought faces at once, with all rows."""
        yield NearRows(range(len(sought)), self.rows())

    def _own(self, face_id: str) -> _Own | None:
        """The row of a face whose person has other faces too."""
        row = self._row_of_face.get(face_id)
        if row is None:
            return None
        person = int(self._people[row])
        others = np.flatnonzero(self._people[: len(self)] == person)
        others = others[others != row]
        return _Own(row, person, others) if len(others) else None

    @property
    def wants_index(self) -> bool:
        """Whether building or updating the index would make searching faster."""
        if len(self) * self.dimensions <= EXACT_FLOATS:
            return False
        if self._index is None:
            return True
        behind = len(self._index.changed) + max(0, len(self) - len(self._index))
        return behind > len(self) // PART_BEHIND

    def make_index(self, lock: AbstractContextManager[object], is_cancelled: IsCancelled) -> None:
        """As `EmbeddingSearch.make_index`; the lock is held for a few milliseconds at a time."""
        from face_match.gallery.search.row_index import RowIndex

        with lock:
            draft = self._draft_of_index()
            some = self._some_embeddings() if draft is None else None
        if some is not None:
            draft = RowIndex(some)
        while draft is not None:
            with lock:
                self._draft, first = draft, len(draft)
                self._rows_drafted = max(first, min(first + ROWS_AT_ONCE, len(self)))
                embeddings = self._embeddings[first : self._rows_drafted].copy()
                if is_cancelled():
                    self._draft = None
                    raise CancelledError
                if not len(embeddings):
                    self._index, self._draft = draft, None
                    return
            draft.extend(embeddings)

    def _draft_of_index(self) -> RowIndex | None:
        """A copy of the index to continue from, without its codes if too many are outdated; None if there
        is no index."""
        if self._index is None:
            return None
        is_old = len(self._index.changed) > len(self) // (2 * PART_BEHIND)
        self._draft = self._index.copy(empty=is_old)
        self._rows_drafted = len(self._draft)
        return self._draft

    def _some_embeddings(self) -> Embeddings:
        """A random but reproducible sample."""
        count = min(len(self), ROWS_AT_ONCE)
        return self._embeddings[np.random.default_rng(0).choice(len(self), count, replace=False)]

    def _person_numbers(self, folders: Sequence[str]) -> list[int]:
        """The numbers of people whose rows change."""
        known = self._number_of
        numbers = [known.setdefault(folder, len(known)) for folder in folders]
        self._folders += [*itertools.islice(known, len(self._folders), None)]
        if self._means:
            for number in set(numbers):
                self._means.pop(number, None)
        return numbers

    def _mark_changed(self, rows: range) -> None:
        if self._index is not None:
            self._index.changed.update(row for row in rows if row < len(self._index))
        if self._draft is not None:
            self._draft.changed.update(row for row in rows if row < self._rows_drafted)

    def _candidate_rows(self, index: RowIndex, embedding: Embedding) -> npt.NDArray[np.intp]:
        """Rows that the index proposes, that have changed since, or that are not in the index yet."""
        proposed = index.propose(embedding, ROWS_PROPOSED + len(self) // ROWS_A_PROPOSAL)
        return np.concatenate([proposed[proposed < len(self)], np.arange(len(index), len(self))])

    def _best(
        self,
        rows: npt.NDArray[np.intp] | None,
        embedding: Embedding,
        k: int,
        without: Collection[str],
        own: _Own | None,
    ) -> list[Nearest]:
        """The k most similar people among some rows, or among all."""
        embeddings = self._embeddings[: len(self)] if rows is None else self._embeddings[rows]
        # On one core: BLAS would wait up to 8 ms for a second core that is busy with a photo.
        similarities = np.einsum("ij,j->i", embeddings, embedding)
        looked_at = 0
        best: dict[int, tuple[int, float]] = {}
        left_out = {self._number_of[folder] for folder in without if folder in self._number_of}
        own_row = own.row if own is not None else None
        while looked_at < len(similarities) and len(best) < k:
            looked_at = min(len(similarities), 8 * looked_at or 4 * k + 32)
            places = np.argpartition(-similarities, looked_at - 1)[:looked_at]
            places = places[np.argsort(-similarities[places], kind="stable")]
            best = {}
            in_order = places if rows is None else rows[places]
            whose = self._people[in_order].tolist()
            for row, person, place in zip(in_order.tolist(), whose, places.tolist(), strict=True):
                if person not in best and person not in left_out and row != own_row:
                    best[person] = row, float(similarities[place])
                    if len(best) == k:
                        break
        self._compute_means(best.keys() - self._means.keys())
        means = self._means
        if own is not None and own.person in best:
            means = {**means, own.person: unit_mean(self._embeddings[own.others])}
        return [
            Nearest(
                self._folders[person],
                self._face_ids[row],
                _cosine(similarity),
                _cosine(float(np.dot(means[person], embedding))),
            )
            for person, (row, similarity) in best.items()
        ]

    def _compute_means(self, people: Collection[int]) -> None:
        for number, own in self._rows_of(people):
            self._means[number] = unit_mean(self._embeddings[own])

    def _rows_of(self, people: Collection[int]) -> Iterator[tuple[int, npt.NDArray[np.intp]]]:
        """The rows of each of the people."""
        if not people:
            return
        is_one = np.zeros(len(self._folders), np.bool_)
        is_one[[*people]] = True
        rows = np.flatnonzero(is_one[self._people[: len(self)]])
        rows = rows[np.argsort(self._people[rows], kind="stable")]
        numbers, firsts = np.unique(self._people[rows], return_index=True)
        yield from zip(numbers.tolist(), np.split(rows, firsts[1:]), strict=False)


class EmbeddingTables:
    """Tables that are read from the store on demand and updated with each change: those of the model that was
    searched last, and those that hold what the store has not."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, int], EmbeddingTable] = {}
        self._dated: set[tuple[str, int]] = set()
        self._holding: set[tuple[str, int]] = set()
        """The tables with embeddings that are not in the store."""

    def of(
        self, store: Store, model_id: str, dimensions: int, capacity: int, *, is_dated: bool = False
    ) -> EmbeddingTable:
        """The table of a model, with space for `capacity` embeddings. Years take 100 ms once for 100,000
        faces."""
        key = (model_id, dimensions)
        if key not in self._tables:
            self._forget({own for own in self._tables if own[0] != model_id} - self._holding)
            table = EmbeddingTable(dimensions, capacity)
            for rows in store.embeddings(model_id, dimensions):
                table.extend(*rows)
            self._tables[key] = table
        if is_dated and key not in self._dated:
            dates = store.photo_dates()
            self._tables[key].date({face_id: _year(taken) for face_id, taken in dates.items()})
            self._dated.add(key)
        return self._tables[key]

    def of_model(self, model_id: str) -> list[EmbeddingTable]:
        """The tables of a model that are in memory."""
        return [table for (model, _), table in self._tables.items() if model == model_id]

    def forget(self, model_id: str) -> None:
        """Drop a model's tables, so that they are read again on demand."""
        self._forget({key for key in self._tables if key[0] == model_id})

    def forget_all(self) -> None:
        """Drop all tables."""
        self._forget({*self._tables})

    def _forget(self, keys: set[tuple[str, int]]) -> None:
        for key in keys:
            del self._tables[key]
        self._dated -= keys
        self._holding -= keys

    def hold(self, face_id: str, folder: str, model_id: str, embedding: Embedding) -> None:
        """Add an embedding to a table in memory, if there is one."""
        key = (model_id, len(embedding))
        if key in self._tables:
            self._tables[key].put(face_id, folder, embedding)
            self._holding.add(key)

    def put(self, face: FaceRecord) -> None:
        """Update a face, whose name may have been set, changed or taken off."""
        if face.person is None:
            self.remove(face.id)
            return
        for model_id, embedding in face.embeddings.items():
            table = self._tables.get((model_id, len(embedding)))
            if table is not None:
                table.put(face.id, face.person, embedding, _year(face.taken))

    def remove(self, face_id: str) -> None:
        """Remove a face that was removed or unnamed."""
        for table in self._tables.values():
            table.remove(face_id)


def _cosine(value: float) -> float:
    return min(1.0, max(-1.0, value))


def _year(taken: str) -> float:
    """The year in which a photo was taken; NaN if not known."""
    year = photo_year(taken)
    return math.nan if year is None else year
