"""A server that is lost in the middle of an edit: each edit is whole or not at all, and none that was
reported is lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.core.records import Decision, Source
from face_match.core.server_errors import ServerAwayError
from face_match.gallery.archive import export_archive, import_archive
from face_match.gallery.gallery import Gallery
from face_match.gallery.security.server_purge import clear_on_server, purge_on_server
from tests.extent import is_all
from tests.postgres import Postgres
from tests.unit.gallery.storage.server.accidents import Calls, answer_lost, before_statement
from tests.unit.gallery.synthetic_photos import MODEL, GalleryFacts, embedding_of, new_face, photo_of

SCHEMA = "family"
EVERY_SECOND_EDIT = pytest.mark.one_in(2, "every second kind of edit whose connection or server ends")
ALL_STATEMENTS = pytest.mark.only_with_all("connections lost at any statement of each edit")


def face(gallery: Gallery, photo: int, place: int) -> str:
    """The id of a face."""
    return GalleryFacts(gallery).faces[photo, place].id


def purge(gallery: Gallery) -> None:
    purge_on_server(address_of(gallery), "Ada")
    gallery.refresh()


def clear(gallery: Gallery) -> None:
    clear_on_server(address_of(gallery))
    gallery.refresh()


def address_of(gallery: Gallery) -> ServerAddress:
    address = gallery._store.address  # type: ignore[attr-defined]
    assert isinstance(address, ServerAddress)
    return address


def turn(gallery: Gallery) -> None:
    gallery.turn_photo(photo_of(0, 1), Path("/photos/0"), 6)


def add(gallery: Gallery) -> None:
    gallery.add("Joan", new_face((3, 0), 1), photo_of(3, 1), Path("/photos/3"))


def scan(gallery: Gallery) -> None:
    faces = [new_face((3, place), 1) for place in range(3)]
    gallery.record_photo(photo_of(3, 1), Path("/photos/3"), scan="mtcnn", faces=faces)


EDITS: dict[str, Callable[[Gallery], object]] = {
    "name": lambda gallery: gallery.name_faces([face(gallery, 1, 2)], "Joan"),
    "rename": lambda gallery: gallery.rename(gallery.person("Ada"), "Ada Lovelace"),
    "merge": lambda gallery: gallery.merge([gallery.person("Ada")], gallery.person("Grace")),
    "move": lambda gallery: gallery.move([face(gallery, 0, 0)], "Grace"),
    "remove": lambda gallery: gallery.remove([face(gallery, 0, 0)]),
    "delete": lambda gallery: gallery.delete_people([gallery.person("Ada")]),
    "ignore": lambda gallery: gallery.ignore([face(gallery, 1, 2)]),
    "reject": lambda gallery: gallery.reject(gallery.person("Ada"), [face(gallery, 1, 2)]),
    "cover": lambda gallery: gallery.set_cover(face(gallery, 1, 0)),
    "birth date": lambda gallery: gallery.set_birth_date(gallery.person("Ada"), "1815"),
    "turn": turn,
    "conflict": lambda gallery: gallery.resolve_conflicts(
        [one.id for one in gallery.conflicts()], Decision.THEIRS
    ),
    "undo": lambda gallery: gallery.undo(),
    "redo": lambda gallery: gallery.redo(),
    "add": add,
    "scan": scan,
    "import": lambda gallery: import_archive(ARCHIVE[0], gallery),
    "purge": purge,
    "clear": clear,
}
AFTER_COMMIT = [
    kind if number % 3 == 0 else pytest.param(kind, marks=ALL_STATEMENTS) for number, kind in enumerate(EDITS)
]
ARCHIVE: list[Path] = []
"""The archive to import."""


KEEP = """
CREATE SCHEMA kept;
DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'family' LOOP
        EXECUTE format('CREATE TABLE kept.%I AS TABLE family.%I', t, t);
    END LOOP;
END $$"""
BEGIN_ANEW = """
DO $$ DECLARE t text; BEGIN
    SET LOCAL session_replication_role = replica; -- no triggers, and references in any order
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'family' LOOP
        EXECUTE format('DELETE FROM family.%I', t);
        EXECUTE format('INSERT INTO family.%I OVERRIDING SYSTEM VALUE SELECT * FROM kept.%I', t, t);
    END LOOP;
END $$"""


@pytest.fixture(scope="module")
def family(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerAddress]:
    """A gallery of all that an edit may concern, and a copy of its rows."""
    address = postgres.address(SCHEMA)
    folder = tmp_path_factory.mktemp("other")
    with Gallery.open(folder, for_writing=True) as other:
        other.add("Mae", new_face((2, 0), 1), photo_of(2, 1), Path("/photos/2"))
        other.add("Ada", new_face((2, 1), 1), photo_of(2, 1), Path("/photos/2"))
    ARCHIVE[:] = [folder / "archive.zip"]
    export_archive(folder, None, ARCHIVE[0])
    with Gallery.open(address, for_writing=True) as gallery:
        for photo in range(2):
            faces = [new_face((photo, place), 1) for place in range(3)]
            gallery.record_photo(photo_of(photo, 1), Path(f"/photos/{photo}"), scan="mtcnn", faces=faces)
        gallery.name_faces([face(gallery, 0, 0)], "Ada")
        gallery.name_faces([face(gallery, 1, 0)], "Ada")
        gallery.name_faces([face(gallery, 0, 1), face(gallery, 1, 1)], "Grace")
        step = gallery.begin_step("imported names")
        gallery.import_name(
            "Eileen", new_face((1, 1), 1), photo_of(1, 1), Path("/x"), source=Source.METADATA, step=step
        )
        gallery.ignore([face(gallery, 0, 2)])
        gallery.rename(gallery.person("Grace"), "Grace Hopper")
        gallery.undo()
    postgres.sql(KEEP)
    yield address
    postgres.sql(f"DROP SCHEMA kept CASCADE; DROP SCHEMA {SCHEMA} CASCADE")


@pytest.fixture
def begin_anew(postgres: Postgres, family: ServerAddress) -> Callable[[], ServerAddress]:
    def begin() -> ServerAddress:
        postgres.sql(BEGIN_ANEW)
        return family

    return begin


def facts(gallery: Gallery) -> object:
    found = GalleryFacts(gallery)
    for one in found.faces.values():
        assert not one.file or gallery.pixels_of(one).size, "a crop is lost"
    steps = [(step.description, step.is_undone) for step in (*gallery.history, *gallery.undone)]
    unnamed = {found.keys[one.id] for one in gallery.unnamed()}
    nearest = gallery.nearest(embedding_of((0, 0)), MODEL, 10)
    return found.all(), steps, unnamed, [(one.person.name, round(one.similarity, 5)) for one in nearest]


def stored(address: ServerAddress) -> object:
    """What whoever opens the gallery now finds."""
    with Gallery.open(address, for_writing=False) as gallery:
        return facts(gallery)


class Course(NamedTuple):
    """An edit that meets no accident."""

    before: object
    after: object
    statements: int
    commits: int


@pytest.fixture
def course(kind: str, begin_anew: Callable[[], ServerAddress], courses: dict[str, Course]) -> Course:
    if kind not in courses:
        address = begin_anew()
        with Gallery.open(address, for_writing=True) as gallery:
            before = facts(gallery)
            with answer_lost(0) as commits, before_statement(0, lambda _: None) as statements:
                EDITS[kind](gallery)
            after = facts(gallery)
        assert before != after
        assert stored(address) == after
        courses[kind] = Course(before, after, statements.count, commits.count)
    return courses[kind]


@pytest.fixture(scope="module")
def courses() -> dict[str, Course]:
    return {}


def meet(
    accident: AbstractContextManager[Calls],
    edit: Callable[[Gallery], object],
    gallery: Gallery,
    repair: Callable[[], None] = lambda: None,
) -> bool:
    """Make an edit that meets an accident; return whether it is reported as done."""
    facts(gallery)  # so that it is in memory
    is_done = True
    try:
        with accident:
            edit(gallery)
    except ServerAwayError:
        is_done = False
    finally:
        repair()
    gallery.refresh()
    return is_done


def points(statements: int) -> Iterator[int]:
    """The statements at which there is an accident, last first: half of them."""
    yield from range(statements, 0, -2)


@pytest.fixture
def end_session(postgres: Postgres) -> Callable[[psycopg.Connection[object]], None]:
    """Ends a connection at the server."""

    def end(connection: psycopg.Connection[object]) -> None:
        postgres.sql(f"SELECT pg_terminate_backend({connection.info.backend_pid}, 5000)")

    return end


@pytest.mark.parametrize("is_new", [False, pytest.param(True, marks=ALL_STATEMENTS)])
def test_a_connection_that_is_lost_while_a_gallery_is_opened(
    is_new: bool, end_session: Callable[..., None], postgres: Postgres, server_address: ServerAddress
) -> None:
    """It is named, whatever is asked at that moment, and the gallery opens at the next attempt."""
    if not is_new:
        Gallery.open(server_address, for_writing=True).close()
    refused = 0
    for number in itertools.count(1):
        address = postgres.address() if is_new else server_address
        try:
            with before_statement(number, end_session) as statements:
                Gallery.open(address, for_writing=True).close()
        except ServerAwayError:
            refused += 1
            Gallery.open(address, for_writing=True).close()
        if statements.count < number:
            break
    assert refused > 5


@ALL_STATEMENTS
@pytest.mark.parametrize("kind", EDITS)
def test_a_connection_that_is_lost_at_any_statement(
    kind: str,
    course: Course,
    begin_anew: Callable[[], ServerAddress],
    end_session: Callable[[psycopg.Connection[object]], None],
) -> None:
    address, met = begin_anew(), 0
    for number in points(course.statements):
        with Gallery.open(address, for_writing=True) as gallery:
            is_done = meet(before_statement(number, end_session), EDITS[kind], gallery)
            now = whole(gallery, course, is_done=is_done)
        met += not is_done
        if now != course.before:
            address = begin_anew()
    assert met, "no accident did any harm"


@EVERY_SECOND_EDIT
@pytest.mark.parametrize("kind", AFTER_COMMIT)
def test_a_connection_that_is_lost_after_a_commit(
    kind: str, course: Course, begin_anew: Callable[[], ServerAddress]
) -> None:
    """The server has made the edit, and its answer does not arrive: it is asked."""
    reported = 0
    for number in range(1, course.commits + 1):
        with Gallery.open(begin_anew(), for_writing=True) as gallery:
            is_done = meet(answer_lost(number), EDITS[kind], gallery)
            whole(gallery, course, is_done=is_done)
        reported += is_done
    assert reported, "a commit that was made is reported"


@EVERY_SECOND_EDIT
@pytest.mark.parametrize("kind", EDITS)
def test_a_server_that_is_killed_in_an_edit(
    kind: str, course: Course, begin_anew: Callable[[], ServerAddress], postgres: Postgres
) -> None:
    places = {course.statements, course.statements // 2} if is_all() else set()
    places.add(course.statements - len(kind) % min(4, course.statements))  # the last, or just before it
    outcomes = []
    for number in places:
        with Gallery.open(begin_anew(), for_writing=True) as gallery:
            accident = before_statement(number, lambda _: postgres.kill())
            is_done = meet(accident, EDITS[kind], gallery, postgres.start)
            outcomes.append(whole(gallery, course, is_done=is_done))
    assert len(outcomes) == len(places)


def whole(gallery: Gallery, course: Course, *, is_done: bool) -> object:
    """Check that an edit is whole or not at all, and made if it was reported; return the facts now."""
    now = stored(address_of(gallery))
    assert facts(gallery) == now
    assert now == course.after if is_done else now in (course.before, course.after)
    return now
