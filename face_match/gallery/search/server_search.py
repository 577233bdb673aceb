"""The nearest people, found by the server that has the gallery: one row a person, no table in memory.

The index proposes faces by half-precision embeddings. Their people are then compared by all of their faces
in float32, so that scores equal those of a gallery in a folder. If the proposed faces are of too few people,
more are proposed; at last every face is compared.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from pgvector.psycopg import register_vector
from psycopg import OperationalError, sql
from psycopg.errors import QueryCanceled

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
)
from face_match.gallery.search.embedding_tables import EXACT_FLOATS, EmbeddingTable
from face_match.gallery.storage.server.vectors import (
    MOST_INDEXED_DIMENSIONS,
    compared,
    create_index,
    index_name,
    of_model,
)
from face_match.gallery.storage.store import Store

if TYPE_CHECKING:
    from typing import Any

    from psycopg import Connection

EF_SEARCH = 800
"""The faces that a search of the index keeps in view; chosen by `python -m benchmarks.server_search`."""

NEAR = 18
"""The people with whom a face is compared in full: as many as for a list of ten (`workflows.match`)."""

VECTOR_HEAD = 4
"""The bytes before the numbers in the binary form of pgvector's `vector`: big-endian float32 follow."""

QUERIES_AT_ONCE = 256
"""Faces that are sought in one statement: between two of them a search can be cancelled."""

FACES_A_PERSON, FACES_MORE = 4, 32
"""For k people 4 k + 32 faces are proposed at first, as in memory, and then eight times as many."""

MOST_READ = 50_000_000
"""Numbers of float32 in the embeddings that are read at once, 200 MB: 97,656 faces of 512 dimensions."""

ROWS_AT_ONCE = 1_000

WIDER = 8
MOST_PROPOSED = 10_000
"""More are not proposed: pgvector stops after 20,000 (`hnsw.max_scan_tuples`)."""


Connecting: TypeAlias = "Callable[[], AbstractContextManager[Connection[Any]]]"

CANCEL_WITHIN = 0.2
"""Seconds after which building an index ends when it is cancelled."""


class ServerSearches:
    """The searches of a gallery on a server, which has the current embeddings itself. Not thread-safe."""

    def __init__(self, searching: Connecting, working: Connecting) -> None:
        """The arguments of `ServerSearch`."""
        self._searching, self._working = searching, working
        self._of: dict[tuple[str, int], ServerSearch] = {}

    def of(
        self, store: Store, model_id: str, dimensions: int, capacity: int, *, is_dated: bool = False
    ) -> ServerSearch:
        """The search of a model."""
        key = (model_id, dimensions)
        if key not in self._of:
            self._of[key] = ServerSearch(self._searching, self._working, model_id, dimensions)
        return self._of[key]

    def of_model(self, model_id: str) -> list[ServerSearch]:
        """The searches of a model that were used."""
        return [search for (model, _), search in self._of.items() if model == model_id]

    def forget(self, model_id: str) -> None:
        """Nothing was read in advance."""

    def forget_all(self) -> None:
        """Nothing was read in advance."""

    def hold(self, face_id: str, folder: str, model_id: str, embedding: Embedding) -> None:
        """Nothing can be held: who may not store embeddings searches those that others have stored."""

    def put(self, face: FaceRecord) -> None:
        """The server knows."""

    def remove(self, face_id: str) -> None:
        """The server knows."""


class ServerSearch:
    """Searches the embeddings of named faces of one model on a server. Not thread-safe."""

    def __init__(
        self,
        searching: Connecting,
        working: Connecting,
        model_id: str,
        dimensions: int,
    ) -> None:
        """A search.

        Args:
            searching: lends a connection with the gallery's schema and the extension's in the search path.
            working: opens one with autocommit, for work that takes minutes.
        """
        self._searching, self._working = searching, working
        self._model_id, self._dimensions = model_id, dimensions
        self._of_model = of_model(model_id, dimensions)

    def nearest(
        self, embedding: Embedding, k: int, without: Collection[str] = (), face_id: str = ""
    ) -> list[Nearest]:
        """As `EmbeddingSearch.nearest`."""
        return self.nearest_of_each([Sought(embedding, without, face_id)], k)[0]

    def nearest_of_each(
        self, sought: Sequence[Sought], k: int, is_cancelled: IsCancelled = never_cancelled
    ) -> list[list[Nearest]]:
        """As `EmbeddingSearch.nearest_of_each`."""
        if k < 1:
            return [[] for _ in sought]
        found: list[list[Nearest]] = []
        with self._ready() as connection, connection.transaction():
            _prepare(connection)
            for start in range(0, len(sought), QUERIES_AT_ONCE):
                if is_cancelled():
                    raise CancelledError
                found += self._nearest(connection, sought[start : start + QUERIES_AT_ONCE], k)
        return found

    def rows_near(
        self, sought: Sequence[Sought], is_cancelled: IsCancelled = never_cancelled
    ) -> Iterator[NearRows]:
        """As `EmbeddingSearch.rows_near`: of each face the NEAR nearest people."""
        for start in range(0, len(sought), QUERIES_AT_ONCE):
            some = sought[start : start + QUERIES_AT_ONCE]
            found = self.nearest_of_each(some, NEAR, is_cancelled)
            people = [
                {*one.also, *(near.folder for near in of_face)}
                for one, of_face in zip(some, found, strict=True)
            ]
            counts = self._counts({*itertools.chain.from_iterable(people)})
            for places, folders in parts_of(people, counts, MOST_READ // self._dimensions):
                found_at = range(start + places.start, start + places.stop)
                yield NearRows(found_at, self._table_of(folders).rows())

    def rows(self) -> DatedRows:
        """As `EmbeddingSearch.rows`: all if they are MOST_READ numbers or fewer."""
        counts = self._counts()
        chosen = sampled(counts, MOST_READ // self._dimensions)
        table = self._table_of(chosen)
        faces_left_out = sum(counts.values()) - sum(counts[folder] for folder in chosen)
        return table.rows()._replace(people_left_out=len(counts) - len(chosen), faces_left_out=faces_left_out)

    def rows_of(self, folder: str, most: int) -> Embeddings:
        """As `EmbeddingSearch.rows_of`."""
        return self._table_of([folder]).rows_of(folder, most)

    def dated_embeddings(
        self, folders: Collection[str], choose: RowChooser, face_id: str = ""
    ) -> dict[str, DatedEmbeddings]:
        """As `EmbeddingSearch.dated_embeddings`."""
        return self._table_of(folders).dated_embeddings(folders, choose, face_id)

    def __contains__(self, face_id: str) -> bool:
        return False  # the server has all embeddings

    @property
    def wants_index(self) -> bool:
        """Whether the gallery has outgrown searching without an index, and this user may build it."""
        if self._dimensions > MOST_INDEXED_DIMENSIONS:
            return False
        values = [index_name(self._model_id, self._dimensions), EXACT_FLOATS / self._dimensions]
        with self._ready() as connection:
            row = connection.execute(_WANTS_INDEX, values).fetchone()
        return row is not None and bool(row[0])

    def make_index(self, lock: AbstractContextManager[object], is_cancelled: IsCancelled) -> None:
        """Build the index, while others go on changing the gallery; raises CancelledError."""
        statement = create_index(self._model_id, self._dimensions, concurrently=True)
        name = index_name(self._model_id, self._dimensions)
        with self._working() as connection:
            row = connection.execute(_BUILD_ALONE, [name, name]).fetchone()
            if row is None or not row[0]:
                return  # somebody else is building it
            try:
                if row[1]:
                    connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
                _run(connection, statement, is_cancelled)
            finally:  # the server ends a closed connection a little later, and may be asked again before
                with suppress(OperationalError):
                    connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])

    @contextmanager
    def _ready(self) -> Iterator[Connection[Any]]:
        """A connection that knows pgvector's types."""
        with self._searching() as connection:
            if connection.adapters.types.get("vector") is None:
                register_vector(connection)
            yield connection

    def _counts(self, folders: Collection[str] | None = None) -> dict[str, int]:
        """The numbers of the faces of some people, or of all."""
        query = sql.SQL(_COUNTS).format(of_model=self._of_model)
        with self._ready() as connection:
            values = {"folders": None if folders is None else [*folders]}
            return dict(connection.execute(query, values).fetchall())

    def _table_of(self, folders: Collection[str]) -> EmbeddingTable:
        """The embeddings of some people, with the years of their photos."""
        query = sql.SQL(_ROWS).format(of_model=self._of_model)
        table = EmbeddingTable(self._dimensions)
        with self._ready() as connection, connection.transaction(), connection.cursor("rows") as cursor:
            cursor.execute(query, {"folders": [*folders]}, binary=True)
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                vectors = np.frombuffer(b"".join(row[2][VECTOR_HEAD:] for row in rows), ">f4")
                embeddings = vectors.astype(np.float32).reshape(len(rows), self._dimensions)
                table.extend([row[0] for row in rows], [row[1] for row in rows], embeddings)
                years = {row[0]: photo_year(row[3] or "") for row in rows}
                table.date({face_id: year for face_id, year in years.items() if year is not None})
        return table

    def _nearest(self, connection: Connection[Any], sought: Sequence[Sought], k: int) -> list[list[Nearest]]:
        """The k most similar people of some faces."""
        pairs: list[tuple[int, str]] = []
        for number, folders in enumerate(self._candidates(connection, sought, k)):
            pairs += [(number, folder) for folder in folders]
        query = sql.SQL(_COMPARE).format(of_model=self._of_model)
        values = {
            "numbers": [number for number, _ in pairs],
            "folders": [folder for _, folder in pairs],
            "vectors": [one.embedding for one in sought],
            "own": [one.face_id for one in sought],
        }
        found: list[list[Nearest]] = [[] for _ in sought]
        for number, *nearest in connection.execute(query, values, binary=True):
            found[number].append(_nearest(*nearest))
        for some in found:
            some.sort(key=lambda one: -one.similarity)
            del some[k:]
        return found

    def _candidates(self, connection: Connection[Any], sought: Sequence[Sought], k: int) -> list[list[str]]:
        """The people who may be most similar, by folder: one more than k, since the face's own person may
        be less similar without it."""
        wanted = k + 1
        found: list[list[str]] = [[] for _ in sought]
        left, count = list(range(len(sought))), FACES_A_PERSON * wanted + FACES_MORE
        while left:
            for number in left:
                found[number] = []
            vectors = [sought[number].embedding for number in left]
            query = self._proposing(count if count <= MOST_PROPOSED else None)
            faces = [0] * len(left)
            for place, folder in connection.execute(query, {"vectors": vectors, "count": count}, binary=True):
                number = left[place]
                faces[place] += 1
                people = found[number]
                if folder not in people and folder not in sought[number].without and len(people) < wanted:
                    people.append(folder)
            if count > MOST_PROPOSED:
                break
            # fewer faces than were asked for: the index has no more, or does not reach them
            left = [number for number in left if len(found[number]) < wanted]
            count *= WIDER
        return found

    def _proposing(self, count: int | None) -> sql.Composed:
        """The query for the people of the nearest faces, best first; None compares all faces, and gives each
        person once."""
        text = _PROPOSE_ALL if count is None else _PROPOSE
        return sql.SQL(text).format(
            of_model=self._of_model,
            compared=compared(self._dimensions),
            dimensions=sql.Literal(self._dimensions),
        )


def sampled(counts: Mapping[str, int], most: int) -> Collection[str]:
    """The folders of the people whose faces are read, which have `most` faces at most: everybody, or a
    sample of people that is the same each time, and does not depend on names or on who was added first.

    Args:
        counts: the number of each person's faces.
    """
    if sum(counts.values()) <= most:
        return counts.keys()
    chosen, left = [], most
    for folder in sorted(counts, key=lambda one: sha256(one.encode()).digest()):
        if counts[folder] <= left:
            chosen.append(folder)
            left -= counts[folder]
    return chosen


def parts_of(
    people: Sequence[set[str]], counts: Mapping[str, int], most: int
) -> Iterator[tuple[range, set[str]]]:
    """Faces that are sought, in parts whose people have `most` faces at most, or one face a part.

    Args:
        people: the folders of those to compare with each face.
        counts: the number of each person's faces.
    """
    first, together = 0, set[str]()
    for place, folders in enumerate(people):
        if place > first and sum(counts.get(folder, 0) for folder in together | folders) > most:
            yield range(first, place), together
            first, together = place, set()
        together |= folders
    if people:
        yield range(first, len(people)), together


def _run(connection: Connection[Any], statement: sql.Composed, is_cancelled: IsCancelled) -> None:
    """Run a statement that takes long; raises CancelledError."""
    with ThreadPoolExecutor(1) as running:
        done = running.submit(connection.execute, statement)
        while not done.done():
            wait([done], CANCEL_WITHIN)
            if is_cancelled():
                connection.cancel_safe()
        if isinstance(done.exception(), QueryCanceled):
            raise CancelledError
        done.result()


def _prepare(connection: Connection[Any]) -> None:
    """Let the index search as widely as was measured, in this transaction."""
    connection.execute(f"SET LOCAL hnsw.ef_search = {EF_SEARCH}")
    connection.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")


_PROPOSE = """
SELECT q.number::int - 1, c.person FROM unnest(%(vectors)b::vector[]) WITH ORDINALITY q (vector, number)
CROSS JOIN LATERAL (
    SELECT v.face, {compared} <=> q.vector::halfvec({dimensions}) AS distance FROM vectors v WHERE {of_model}
    ORDER BY {compared} <=> q.vector::halfvec({dimensions}) LIMIT %(count)s
) v JOIN LATERAL (SELECT person FROM faces WHERE id = v.face AND person IS NOT NULL) c ON true
ORDER BY q.number, v.distance
"""

_PROPOSE_ALL = """
SELECT q.number::int - 1, c.person FROM unnest(%(vectors)b::vector[]) WITH ORDINALITY q (vector, number)
CROSS JOIN LATERAL (
    SELECT f.person, min(v.vector <#> q.vector) AS distance
    FROM vectors v JOIN faces f ON f.id = v.face WHERE {of_model} GROUP BY f.person
) c ORDER BY q.number, c.distance
"""

_WANTS_INDEX = """
SELECT NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid)
    AND c.reltuples > %s AND pg_has_role(c.relowner, 'USAGE') AND NOT pg_is_in_recovery()
FROM pg_class c WHERE c.oid = 'vectors'::regclass
"""

_BUILD_ALONE = """
SELECT pg_try_advisory_lock(hashtext(%s)),
    EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid)
"""
"""Whether nobody else builds an index, and whether there is one that was not completed."""

_ROWS = """
SELECT v.face, f.person, vector_send(v.vector), p.taken
FROM vectors v JOIN faces f ON f.id = v.face LEFT JOIN photos p ON p.id = f.photo
WHERE {of_model} AND f.person = ANY (%(folders)b) ORDER BY v.number
"""

_COUNTS = """
SELECT f.person, count(*) FROM vectors v JOIN faces f ON f.id = v.face
WHERE {of_model} AND (%(folders)s::text[] IS NULL OR f.person = ANY (%(folders)s)) GROUP BY f.person
"""

_COMPARE = """
WITH pairs AS MATERIALIZED (
    SELECT p.number, p.folder, q.vector, own.id AS own
    FROM unnest(%(numbers)b::int[], %(folders)b::text[]) p (number, folder)
    JOIN unnest(%(vectors)b::vector[], %(own)b::text[]) WITH ORDINALITY q (vector, own, number)
        ON q.number = p.number + 1
    LEFT JOIN faces own ON own.id = q.own AND own.person = p.folder
), means AS MATERIALIZED (
    SELECT p.folder, l2_normalize(avg(v.vector)) AS mean FROM (SELECT DISTINCT folder FROM pairs) p
    JOIN faces f ON f.person = p.folder JOIN vectors v ON v.face = f.id WHERE {of_model} GROUP BY p.folder
), best AS MATERIALIZED (
    SELECT p.number, p.folder,
        (array_agg(
            v.face ORDER BY v.face IS NOT DISTINCT FROM p.own, v.vector <#> p.vector, v.number
        ))[1] AS face,
        coalesce(
            min(v.vector <#> p.vector) FILTER (WHERE v.face IS DISTINCT FROM p.own),
            min(v.vector <#> p.vector)
        ) AS distance,
        l2_normalize(avg(v.vector) FILTER (WHERE p.own IS NOT NULL AND v.face <> p.own)) AS mean_of_others
    FROM pairs p JOIN faces f ON f.person = p.folder JOIN vectors v ON v.face = f.id
    WHERE {of_model} GROUP BY p.number, p.folder
)
SELECT best.number, best.folder, best.face, -best.distance,
    -(coalesce(best.mean_of_others, means.mean) <#> q.vector)
FROM best JOIN means USING (folder)
JOIN unnest(%(vectors)b::vector[]) WITH ORDINALITY q (vector, number) ON q.number = best.number + 1
"""


def _nearest(folder: str, face_id: str, similarity: float, mean_similarity: float) -> Nearest:
    return Nearest(folder, face_id, _cosine(similarity), _cosine(mean_similarity))


def _cosine(value: float) -> float:
    return min(1.0, max(-1.0, value))
