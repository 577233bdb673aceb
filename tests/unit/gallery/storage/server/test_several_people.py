"""Several people edit one gallery: all see what each of them did, and nobody overwrites anybody unawares."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from face_match.core.errors import FaceMatchError, NameTakenError, UndoImpossibleError
from face_match.core.gallery_place import ServerAddress
from face_match.core.records import Source
from face_match.core.server_errors import ChangedElsewhereError, ServerAwayError
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.rows import Contents, Table
from tests.postgres import Postgres
from tests.unit.gallery.synthetic_photos import PHOTOS, new_face, photo_of
from tests.unit.gallery.test_changes_of_others import act, known

ANOTHER_SEED = pytest.mark.only_with_all("other random schedules of two people")

Pair = tuple[Gallery, Gallery]


@pytest.fixture
def pair(postgres: Postgres, server_address: ServerAddress, request: pytest.FixtureRequest) -> Iterator[Pair]:
    """One gallery, open by two users; or, as a parameter, twice by one."""
    user = getattr(request, "param", "ada")
    if user == "ada":
        postgres.sql("DROP ROLE IF EXISTS ada; CREATE ROLE ada LOGIN SUPERUSER")
    with (
        Gallery.open(server_address, for_writing=True) as one,
        Gallery.open(replace(server_address, user=user), for_writing=True) as other,
    ):
        faces = [new_face((0, number), 1) for number in range(3)]
        one.record_photo(photo_of(0, 1), Path("/photos/0.jpg"), scan="mtcnn", faces=faces)
        other.refresh()
        yield one, other


def shared(gallery: Gallery) -> dict[str, object]:
    """What all users know alike: the history is everyone's own."""
    return {name: value for name, value in known(gallery).items() if name not in ("history", "steps")}


def first_face(gallery: Gallery) -> str:
    return gallery.unnamed()[0].id


def test_a_change_is_seen_after_a_refresh(pair: Pair) -> None:
    one, other = pair
    one.name_faces([first_face(one)], "Ada")
    assert other.find("Ada") is None
    assert other.refresh()
    assert [(person.name, person.face_count) for person in other.people] == [("Ada", 1)]
    assert len(other.unnamed()) == 2
    assert not other.refresh()


def test_the_same_face_named_by_two_gets_one_name(pair: Pair) -> None:
    one, other = pair
    face = first_face(one)
    one.name_faces([face], "Ada")
    with contextlib.suppress(ChangedElsewhereError):
        other.name_faces([face], "Grace")
        pytest.fail("the second name was taken")
    assert other.person_of(face).name == "Ada"
    assert [person.name for person in other.people] == ["Ada"]
    assert shared(one) == shared(other)


def test_the_same_new_name_makes_one_person(pair: Pair) -> None:
    one, other = pair
    first, second, _ = (face.id for face in one.unnamed())
    one.name_faces([first], "Ada")
    with pytest.raises(ChangedElsewhereError):
        other.name_faces([second], "Ada")
    other.name_faces([second], "Ada", allow_same_photo=True)  # the new state is known by now
    one.refresh()
    assert [(person.name, person.face_count) for person in one.people] == [("Ada", 2)]


def test_two_people_cannot_get_the_same_name(pair: Pair) -> None:
    one, other = pair
    first, second, _ = (face.id for face in one.unnamed())
    one.name_faces([first], "Ada")
    one.name_faces([second], "Grace")
    other.refresh()
    one.rename(one.person("Ada"), "Eileen")
    with pytest.raises((ChangedElsewhereError, NameTakenError)):
        other.rename(other.person("Grace"), "Eileen")
    assert sorted(person.name for person in other.people) == ["Eileen", "Grace"]


def test_someone_merged_elsewhere_gets_no_more_faces(pair: Pair) -> None:
    one, other = pair
    first, second, third = (face.id for face in one.unnamed())
    one.name_faces([first], "Ada")
    one.name_faces([second], "Grace")
    other.refresh()
    one.merge([one.person("Ada")], one.person("Grace"))
    with pytest.raises(ChangedElsewhereError):
        other.move([third], "Ada")
    other.move([third], "Ada")  # a new person by now
    one.refresh()
    assert sorted((person.name, person.face_count) for person in one.people) == [("Ada", 1), ("Grace", 2)]


def test_undo_says_why_it_cannot_where_someone_built_on_the_step(pair: Pair) -> None:
    one, other = pair
    face = first_face(one)
    one.name_faces([face], "Ada")
    other.refresh()
    other.move([face], "Grace")
    with pytest.raises(UndoImpossibleError):
        one.undo()
    assert one.person_of(face).name == "Grace"
    assert shared(one) == shared(other)


@pytest.mark.parametrize("pair", ["ada", "postgres"], indirect=True)
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=ANOTHER_SEED)])
def test_whatever_two_people_do_both_know_the_same_in_the_end(
    seed: int, pair: Pair, server_address: ServerAddress
) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        gallery = chance.choice(pair)
        if chance.random() < 0.3:
            gallery.refresh()
            known(gallery)  # so that it is in memory
        act(gallery, chance)
    for gallery in pair:
        gallery.refresh()
    assert shared(pair[0]) == shared(pair[1])
    with Gallery.open(server_address, for_writing=False) as fresh:
        assert known(fresh) == known(pair[0])
        fresh._store.contents().require_consistent()
        assert all(person.face_count for person in fresh.people)


OTHERS_EDITS: dict[str, Callable[[Gallery, list[str]], object]] = {
    "named somebody new": lambda gallery, faces: gallery.name_faces(faces[:1], "Eileen"),
    "moved to somebody new": lambda gallery, faces: gallery.move(faces[1:2], "Eileen"),
    "renamed": lambda gallery, faces: gallery.rename(gallery.person("Ada"), "Eileen"),
    "merged": lambda gallery, faces: gallery.merge([gallery.person("Ada")], gallery.person("Grace")),
    "deleted": lambda gallery, faces: gallery.delete_people([gallery.person("Ada")]),
    "removed": lambda gallery, faces: gallery.remove(faces[1:2]),
    "ignored": lambda gallery, faces: gallery.ignore(faces[:1]),
    "rejected": lambda gallery, faces: gallery.reject(gallery.person("Ada"), faces[:1], {}),
}
OWN_EDITS: dict[str, Callable[[Gallery, list[str]], object]] = {
    **OTHERS_EDITS,
    "named both": lambda gallery, faces: gallery.name_faces(faces[:2], "Ada", allow_same_photo=True),
    "moved both": lambda gallery, faces: gallery.move(faces[:2], "Marie"),
    "removed both": lambda gallery, faces: gallery.remove(faces[:2]),
    "made the cover": lambda gallery, faces: gallery.set_cover(faces[1]),
    "made the cover of whoever it shows": lambda gallery, faces: gallery.set_cover(faces[0]),
    "said not to be": lambda gallery, faces: gallery.name_faces(
        faces[2:3], "Grace", not_this_person=[faces[1], faces[0]]
    ),
    "dated": lambda gallery, faces: gallery.set_birth_date(gallery.person("Ada"), "1815"),
}


@pytest.mark.one_in(3, "two of three pairs of edits that do not know of each other")
@pytest.mark.parametrize("own", OWN_EDITS)
@pytest.mark.parametrize("of_other", OTHERS_EDITS)
def test_an_edit_of_what_was_changed_unseen_is_refused_whole_or_made_whole(
    of_other: str, own: str, pair: Pair
) -> None:
    one, other = pair
    faces = [face.id for face in one.unnamed()]
    one.move(faces[1:2], "Ada")
    one.move(faces[2:3], "Grace")
    other.refresh()
    OTHERS_EDITS[of_other](one, faces)
    before = one._store.digest()
    try:
        OWN_EDITS[own](other, faces)
    except FaceMatchError:
        assert one._store.digest() == before
    for gallery in pair:
        gallery.refresh()
    assert shared(one) == shared(other)
    one._store.contents().require_consistent()


@pytest.mark.parametrize(
    "own",
    [
        lambda gallery, faces: gallery.name_faces(faces[:1], "Marie"),
        lambda gallery, faces: gallery.ignore(faces[:1]),
        lambda gallery, faces: gallery.reject(gallery.person("Grace"), faces[:1], {}),
        lambda gallery, faces: gallery.merge([gallery.person("Ada")], gallery.person("Grace")),
        lambda gallery, faces: gallery.move(faces[2:3], "Ada"),
    ],
    ids=["name", "ignore", "reject", "merge", "move"],
)
def test_nothing_is_overruled_that_was_not_seen(
    own: Callable[[Gallery, list[str]], object], pair: Pair
) -> None:
    one, other = pair
    faces = [face.id for face in one.unnamed()]
    one.move(faces[1:2], "Ada")
    one.move(faces[2:3], "Grace")
    other.refresh()
    one.name_faces(faces[:1], "Eileen")
    one.rename(one.person("Ada"), "Augusta")
    before = one._store.digest()
    with pytest.raises(ChangedElsewhereError):
        own(other, faces)
    assert one._store.digest() == before
    assert {person.name for person in other.people} == {"Augusta", "Grace", "Eileen"}  # it knows by now


def test_two_imports_of_the_same_photos_do_not_stop_each_other(pair: Pair) -> None:
    def scan(gallery: Gallery) -> None:
        step = gallery.begin_step("imported faces")
        for number in range(1, PHOTOS):
            photo, path = photo_of(number, 1), Path(f"/photos/{number}.jpg")
            faces = [new_face((number, one), 1) for one in range(3)]
            gallery.record_photo(photo, path, scan="mtcnn", faces=faces)
            gallery.import_name("Ada", faces[0], photo, path, source=Source.FOLDER, step=step)

    contents = after_both_at_once(pair, scan)
    assert [(person.name, person.face_count) for person in pair[0].people] == [("Ada", PHOTOS - 1)]
    assert len(contents.rows[Table.FACES]) == PHOTOS * 3


def test_at_the_same_time_too(pair: Pair) -> None:
    def work(gallery: Gallery) -> None:
        chance = random.Random(pair.index(gallery))
        for _ in range(40):
            act(gallery, chance)

    after_both_at_once(pair, work)
    assert all(person.face_count for person in pair[0].people)


def after_both_at_once(pair: Pair, work: Callable[[Gallery], None]) -> Contents:
    """Let both work in threads, where no error may come; returns what both know then."""
    with ThreadPoolExecutor(len(pair)) as threads:
        for done in [threads.submit(work, gallery) for gallery in pair]:
            done.result(120)
    for gallery in pair:
        gallery.refresh()
    assert shared(pair[0]) == shared(pair[1])
    contents = pair[0]._store.contents()
    contents.require_consistent()
    return contents


def test_a_server_that_goes_away_is_named_and_what_was_reported_is_there_after_it_is_back(
    pair: Pair, postgres: Postgres, server_address: ServerAddress
) -> None:
    one, other = pair
    first, second, third = (face.id for face in one.unnamed())
    one.name_faces([first], "Ada")
    postgres.kill()
    try:
        with pytest.raises(ServerAwayError):
            one.name_faces([second], "Grace")
        assert [person.name for person in one.people] == ["Ada"]
        assert len(one.unnamed()) == 2, "looking works"
    finally:
        postgres.start()
    one.refresh()
    one.name_faces([third], "Eileen")
    other.refresh()
    assert [person.name for person in other.people] == ["Ada", "Eileen"]
    with Gallery.open(server_address, for_writing=False) as fresh:
        assert shared(fresh) == shared(other) == shared(one)


def test_a_change_is_heard_of_within_a_second(pair: Pair) -> None:
    one, other = pair
    heard = threading.Event()

    class Listener:
        def on_changed(self) -> None:
            if other.refresh() and other.find("Ada"):
                heard.set()

        def on_lost(self) -> None:
            pytest.fail("the server is there")

        on_back = on_lost

    listening = other.listen(Listener())
    assert listening is not None
    try:
        one.name_faces([first_face(one)], "Ada")
        assert heard.wait(1)
    finally:
        listening.close()
