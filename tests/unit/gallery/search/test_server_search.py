"""The nearest people on a real PostgreSQL, compared with the same search in memory."""

from __future__ import annotations

import contextlib
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from face_match.core.dates import photo_year
from face_match.core.errors import CancelledError
from face_match.core.types import Embeddings
from face_match.decision.scoring import scores
from face_match.decision.threshold import lowest_match_score, threshold_range
from face_match.gallery.search.embedding_search import Nearest, Sought
from face_match.gallery.search.embedding_tables import EmbeddingTable
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.postgres import Postgres

psycopg = pytest.importorskip("psycopg", reason="psycopg (face-match[shared]) is not installed")
pytest.importorskip("pgvector", reason="pgvector (face-match[shared]) is not installed")

if TYPE_CHECKING:
    from face_match.gallery.search.server_search import ServerSearch

DIMENSIONS, MODEL = 64, "dlib"
PEOPLE = 60
TABLES = """
CREATE TABLE photos (id text PRIMARY KEY, taken text NOT NULL);
CREATE TABLE faces (id text PRIMARY KEY, person text, photo text);
CREATE INDEX faces_of_people ON faces (person, id);
CREATE TABLE vectors (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    face text NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
    model text NOT NULL,
    vector vector NOT NULL,
    UNIQUE (face, model)
);
"""
"""What searching needs of a gallery's tables."""


class World:
    """The same faces in a database and in memory."""

    def __init__(self, server: Postgres, dimensions: int = DIMENSIONS) -> None:
        from face_match.gallery.storage.server import vectors

        self.address, self.dimensions = server.address(), dimensions
        self.connection = self.connect()
        self.connection.execute(f"CREATE SCHEMA {self.address.schema}")
        self.connection.execute(";".join([TABLES, *vectors.MARK_NAMED]))
        self.table = EmbeddingTable(dimensions)

    def connect(self) -> Any:
        return psycopg.connect(
            host=self.address.host,
            dbname=self.address.database,
            user=self.address.user,
            options=f"-c search_path={self.address.schema},public",
            autocommit=True,
        )

    def search(self) -> ServerSearch:
        from face_match.gallery.search.server_search import ServerSearch

        return ServerSearch(
            lambda: contextlib.nullcontext(self.connection), self.connect, MODEL, self.dimensions
        )

    def put(self, folders: Sequence[str | None], embeddings: Embeddings, years: Sequence[int] = ()) -> None:
        """Add faces; those without a folder are unnamed."""
        first = len(self.ids())
        rows = [(f"face {first + row:05}", folder) for row, folder in enumerate(folders)]
        with self.connection.cursor() as cursor:
            taken = {face_id: str(year) for (face_id, _), year in zip(rows, years, strict=False)}
            cursor.executemany("INSERT INTO photos VALUES (%s, %s)", [*taken.items()])
            cursor.executemany("INSERT INTO faces VALUES (%s, %s, %s)", [(*row, row[0]) for row in rows])
            cursor.executemany(
                "INSERT INTO vectors (face, model, vector) VALUES (%s, %s, %s::float8[]::vector)",
                [(row[0], MODEL, one.tolist()) for row, one in zip(rows, embeddings, strict=True)],
            )
        for (face_id, folder), embedding in zip(rows, embeddings, strict=True):
            if folder is not None:
                year = photo_year(taken.get(face_id, "")) or math.nan
                self.table.put(face_id, folder, embedding, year)

    def ids(self) -> list[str]:
        return [face_id for (face_id,) in self.connection.execute("SELECT id FROM faces ORDER BY id")]

    def build_index(self) -> None:
        """Build the index, and let nothing be found without it."""
        from face_match.gallery.storage.server import vectors

        self.connection.execute(vectors.create_index(MODEL, self.dimensions, concurrently=False))
        self.connection.execute("ANALYZE vectors")
        self.connection.execute("SET enable_seqscan = off")


def assert_same(found: Sequence[Nearest], expected: Sequence[Nearest]) -> None:
    """The same people by the same faces in the same order, as similar, and matched the same."""
    assert [(near.folder, near.face_id) for near in found] == [
        (near.folder, near.face_id) for near in expected
    ]
    values = [(near.similarity, near.mean_similarity) for near in expected]
    assert [(near.similarity, near.mean_similarity) for near in found] == [
        pytest.approx(pair, abs=1e-6) for pair in values
    ]
    for threshold in {threshold_range(MODEL).default, 0.3, 0.6, 0.9}:
        assert _accepted(found, threshold) == _accepted(expected, threshold)


def _accepted(nearest: Sequence[Nearest], threshold: float) -> list[bool]:
    """Whether each is a match, by the scores of the program."""
    if not nearest:
        return []
    best = np.array([near.similarity for near in nearest])
    mean = np.array([near.mean_similarity for near in nearest])
    accepted: list[bool] = (scores(best, mean, MODEL) >= lowest_match_score(threshold)).tolist()
    return accepted


def unit(embeddings: Embeddings) -> Embeddings:
    return (embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)).astype(np.float32)


def crowd(random: np.random.Generator, counts: Sequence[int]) -> tuple[list[str], Embeddings]:
    """People with so many faces, in a mixed order."""
    people = random.permutation(np.repeat(np.arange(len(counts)), counts))
    centres = random.standard_normal((len(counts), DIMENSIONS))
    noise = random.standard_normal((len(people), DIMENSIONS))
    return [f"Person {one}" for one in people], unit(centres[people] + 0.6 * noise)


@pytest.fixture(scope="module")
def made(postgres: Postgres) -> Iterator[World]:
    """Sixty people, one of them with most of the faces, and as many unnamed faces; with an index."""
    random = np.random.default_rng(3)
    world = World(postgres)
    folders, embeddings = crowd(random, [400, *random.integers(1, 12, PEOPLE - 1)])
    world.put(folders, embeddings, [1950 + row % 70 for row in range(len(folders))])
    world.put([None] * 200, unit(random.standard_normal((200, DIMENSIONS))))
    world.build_index()
    yield world
    world.connection.close()


@pytest.fixture
def new_world(postgres: Postgres) -> Iterator[Callable[[int], World]]:
    """Makes a world without faces, for embeddings of so many dimensions."""
    with contextlib.ExitStack() as stack:

        def make(dimensions: int) -> World:
            world = World(postgres, dimensions)
            stack.callback(world.connection.close)
            return world

        yield make


def test_finds_the_same_people_in_the_same_order_as_a_table_in_memory(made: World) -> None:
    random = np.random.default_rng(4)
    search, rows = made.search(), made.table.rows()
    queries = unit(
        rows.embeddings[random.choice(len(rows.embeddings), 60)] + 0.1 * random.normal(size=(60, 64))
    )
    for query in queries:
        assert_same(search.nearest(query, 10), made.table.nearest(query, 10))
    found = search.nearest_of_each([Sought(query) for query in queries], 10)
    for query, nearest in zip(queries, found, strict=True):
        assert_same(nearest, made.table.nearest(query, 10))


def test_the_index_is_what_finds_them(made: World) -> None:
    search = made.search()
    from pgvector.psycopg import register_vector

    register_vector(made.connection)
    plan = made.connection.execute(
        b"EXPLAIN " + search._proposing(40).as_bytes(made.connection),
        {"vectors": [made.table.rows().embeddings[0]], "count": 40},
    ).fetchall()
    assert any("nearest_" in line for (line,) in plan), plan


def test_a_crowd_of_one_person_hides_nobody(made: World) -> None:
    """The four hundred nearest faces are of one person: more are proposed until there are enough people."""
    rows = made.table.rows()
    own = next(row for row, folder in enumerate(rows.folders) if folder == "Person 0")
    for k in (1, 10, PEOPLE, 2 * PEOPLE):
        assert_same(
            made.search().nearest(rows.embeddings[own], k), made.table.nearest(rows.embeddings[own], k)
        )


def test_leaves_out_rejected_people_and_the_face_itself(made: World) -> None:
    rows, search = made.table.rows(), made.search()
    sought, expected = [], []
    for row in range(0, len(rows.face_ids), 15):
        without = {"Person 0", rows.folders[(row * 7) % len(rows.folders)]} if row % 2 else set()
        one = Sought(rows.embeddings[row], without, rows.face_ids[row])
        sought.append(one)
        expected.append(made.table.nearest(one.embedding, 5, without, one.face_id))
    for nearest, wanted in zip(search.nearest_of_each(sought, 5), expected, strict=True):
        assert_same(nearest, wanted)


def test_a_face_without_others_of_its_person_is_compared_by_itself(new_world: Callable[[int], World]) -> None:
    world = new_world(DIMENSIONS)
    world.put(["Ada", "Grace", "Grace"], unit(np.eye(3, DIMENSIONS) + 0.1))
    rows, search = world.table.rows(), world.search()
    for row in range(3):
        one = (rows.embeddings[row], 5, (), rows.face_ids[row])
        assert_same(search.nearest(*one), world.table.nearest(*one))
    assert search.nearest(rows.embeddings[0], 0) == []


def test_names_that_are_set_and_removed_are_seen_at_once(new_world: Callable[[int], World]) -> None:
    world = new_world(DIMENSIONS)
    world.put(["Ada", None], unit(np.eye(2, DIMENSIONS) + 0.1))
    search, query = world.search(), unit(np.eye(2, DIMENSIONS) + 0.1)[1]

    def people() -> list[str]:
        return [near.folder for near in search.nearest(query, 5)]

    assert people() == ["Ada"]
    world.connection.execute("UPDATE faces SET person = 'Grace' WHERE id = 'face 00001'")
    assert people() == ["Grace", "Ada"]
    world.connection.execute("UPDATE faces SET person = 'Joan' WHERE id = 'face 00001'")
    assert people() == ["Joan", "Ada"]
    world.connection.execute("UPDATE faces SET person = NULL WHERE id = 'face 00001'")
    assert people() == ["Ada"]
    world.connection.execute("DELETE FROM faces")
    assert people() == []


def test_embeddings_are_those_of_memory_bit_for_bit(made: World) -> None:
    search, rows = made.search(), made.table.rows()
    found = search.rows()
    assert (found.face_ids, found.folders) == (rows.face_ids, rows.folders)
    assert np.array_equal(found.embeddings, rows.embeddings)
    assert np.array_equal(found.years, rows.years)
    assert np.array_equal(search.rows_of("Person 0", 64), made.table.rows_of("Person 0", 64))


def test_of_too_many_embeddings_a_sample_of_people_is_read(
    made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from face_match.gallery.search import server_search

    whole, most = made.table.rows(), 250
    monkeypatch.setattr(server_search, "MOST_READ", most * DIMENSIONS)
    found = made.search().rows()
    read, counts = Counter(found.folders), Counter(whole.folders)
    assert read == Counter({folder: counts[folder] for folder in read}), "with all of their faces"
    assert "Person 0" not in read, "who has 400"
    assert len(read) + found.people_left_out == PEOPLE
    assert len(found.face_ids) + found.faces_left_out == len(whole.face_ids)
    assert most - 12 < len(found.face_ids) <= most
    assert made.search().rows().face_ids == found.face_ids
    known = dict(zip(whole.face_ids, whole.embeddings, strict=True))
    assert all(
        np.array_equal(known[one], row) for one, row in zip(found.face_ids, found.embeddings, strict=True)
    )


def test_dated_candidates_are_those_of_memory(made: World) -> None:
    def recent(folder: str, years: Any) -> Any:
        return np.flatnonzero(years > 2000)

    folders = ["Person 0", "Person 3", "Person 5", "Nobody"]
    own = made.table.rows().face_ids[0]
    found = made.search().dated_embeddings(folders, recent, own)
    expected = made.table.dated_embeddings(folders, recent, own)
    assert found.keys() == expected.keys()
    for folder, dated in expected.items():
        assert np.array_equal(found[folder].years, dated.years)
        assert np.array_equal(found[folder].chosen, dated.chosen)
        assert found[folder].mean == pytest.approx(dated.mean, abs=1e-6)


def test_faces_come_in_parts_with_everybody_who_is_near(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from face_match.gallery.search import server_search

    monkeypatch.setattr(server_search, "QUERIES_AT_ONCE", 7)
    rows = made.table.rows()
    sought = [Sought(embedding, also=["Person 9"]) for embedding in rows.embeddings[:20]]
    parts = [*made.search().rows_near(sought)]
    assert [place for part in parts for place in part.places] == [*range(20)]
    for part in parts:
        wanted = {near.folder for place in part.places for near in made.table.nearest(sought[place][0], 10)}
        assert wanted | {"Person 9"} <= {*part.rows.folders}


def test_parts_have_no_more_than_fits_into_memory(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from face_match.gallery.search import server_search

    rows, most = made.table.rows(), 300
    faces = [at for at, folder in enumerate(rows.folders) if folder != "Person 0"][:12]
    sought = [Sought(rows.embeddings[at], without=["Person 0"]) for at in faces]
    whole = [*made.search().rows_near(sought)]
    monkeypatch.setattr(server_search, "MOST_READ", most * DIMENSIONS)
    parts = [*made.search().rows_near(sought)]
    assert [len(part.places) for part in whole] == [12]
    assert len(parts) > 1
    assert [place for part in parts for place in part.places] == [*range(12)]
    assert all(len(part.rows.face_ids) <= most for part in parts)
    assert {folder for part in parts for folder in part.rows.folders} == {*whole[0].rows.folders}


def test_a_search_of_many_faces_can_be_cancelled(made: World) -> None:
    with pytest.raises(CancelledError):
        made.search().nearest_of_each([Sought(made.table.rows().embeddings[0])], 5, lambda: True)
    assert made.search().nearest(made.table.rows().embeddings[0], 1), "the connection is usable"


def test_the_index_is_built_while_the_gallery_is_used_and_can_be_cancelled(
    new_world: Callable[[int], World],
) -> None:
    from threading import Lock

    world = new_world(DIMENSIONS)
    folders, embeddings = crowd(np.random.default_rng(5), [40] * 40)
    world.put(folders, embeddings)
    world.connection.execute("ANALYZE vectors")
    search = world.search()
    assert not search.wants_index, "a small gallery is searched without one"
    with world.connect() as blocking:  # CREATE INDEX CONCURRENTLY waits for it
        blocking.autocommit = False
        blocking.execute("UPDATE faces SET photo = photo")
        blocking.execute("UPDATE vectors SET model = model WHERE number = 1")
        with pytest.raises(CancelledError):
            search.make_index(Lock(), lambda: True)
    search.make_index(Lock(), lambda: False)
    found = world.connection.execute(
        "SELECT indisvalid FROM pg_index WHERE indexrelid::regclass::text LIKE 'nearest%'"
    )
    assert found.fetchall() == [(True,)]


def test_models_and_sizes_are_not_mixed(new_world: Callable[[int], World]) -> None:
    world = new_world(DIMENSIONS)
    world.put(["Ada"], unit(np.eye(1, DIMENSIONS)))
    insert = "INSERT INTO vectors (face, model, vector) VALUES ('face 00000', %s, %s::float8[]::vector)"
    world.connection.execute(insert, ["other", np.eye(1, DIMENSIONS)[0].tolist()])
    world.connection.execute("INSERT INTO faces VALUES ('odd', 'Eve', NULL)")
    world.connection.execute(insert.replace("face 00000", "odd"), [MODEL, [0.6, 0.8]])
    world.build_index()
    (near,) = world.search().nearest(unit(np.eye(1, DIMENSIONS))[0], 5)
    assert (near.folder, near.similarity) == ("Ada", pytest.approx(1.0))
    assert not math.isnan(near.mean_similarity)


def test_real_faces_are_found_as_in_memory(
    new_world: Callable[[int], World], shared_faces: Path, pipeline: FacePipeline
) -> None:
    paths = sorted(shared_faces.glob("lfw10/*/*.jpg"))[::2]
    found = [(path.parent.name, pipeline.faces(load_photo(path))) for path in paths]
    folders = [folder for folder, faces in found if faces]
    embeddings = np.stack([faces[0].embedding for _, faces in found if faces])
    world = new_world(embeddings.shape[1])
    world.put(folders, embeddings)
    world.build_index()
    rows, search = world.table.rows(), world.search()
    for row in range(len(folders)):
        one = (rows.embeddings[row], 10, (), rows.face_ids[row])
        assert_same(search.nearest(*one), world.table.nearest(*one))
