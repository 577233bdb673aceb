"""Killed at any moment, a photo's faces wait, are said something of or named all together, or none is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from face_match.gallery.gallery import Gallery, NewSample
from face_match.gallery.waiting import Waiting
from face_match.gallery.waiting_file import SeenPhoto, WaitingFace
from face_match.types import Box, EmbeddedFace, Rejection

PLACE = Box(100.5, 80.25, 60.0, 75.0)
Found = Callable[[int, Box], EmbeddedFace]
Killed = Callable[[Callable[[], object], int], bool]

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


@pytest.fixture
def waiting(folder: Path) -> Waiting:
    """Of a folder without a gallery, in which nothing waits."""
    return Waiting.of(folder, None, is_writable=True)


def three(found: Found) -> list[EmbeddedFace]:
    return [found(number, Box(100.0 * number, 50.0, 60.0, 70.0)) for number in (1, 2, 3)]


def add(waiting: Waiting, found: Found, name: str = "party.jpg", digest: str = "d1") -> SeenPhoto:
    return waiting.add(Path("photos", name).absolute(), digest, three(found))


@pytest.fixture
def kill_everywhere(tmp_path: Path, killed: Killed) -> Callable[..., list[Any]]:
    """What is there after a work on a copy of a folder was killed at each point, one after the other; at some
    of those that come late, where there are many."""

    def run(
        source: Path, work: Callable[[Path], object], read: Callable[[Path], Any], then_every: int = 1
    ) -> list[Any]:
        place, states, at = tmp_path / "killed", [], 1
        while True:
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(source, place)
            was_killed = killed(lambda at=at: work(place), at)
            states.append(read(place))
            if not was_killed:
                return states
            at += 1 if at < 20 else then_every

    return run


def before_then_after(states: list[Any]) -> bool:
    """Whether there are two states, and one follows the other."""
    changes = [number for number in range(1, len(states)) if states[number] != states[number - 1]]
    return len(changes) == 1


def read_by_writer(place: Path) -> dict[str, Any]:
    """What is kept of faces, but for ids, which differ each time; and nothing is lying about."""
    waiting = Waiting.of(place, None, is_writable=True)
    assert [path.suffix for path in (place / "waiting").glob("*")] == [".faces"] * len(waiting.photos)

    def facts(face: WaitingFace) -> tuple[Any, ...]:
        vectors = {model: vector.tobytes() for model, vector in face.vectors.items()}
        return face.place, vectors, waiting.crop(face).pixels.tobytes(), face.is_ignored, face.bundle

    return {photo.digest: list(map(facts, photo.faces)) for photo in waiting.photos}


def test_killed_anywhere_a_photo_was_added_whole_or_not_at_all(
    waiting: Waiting, folder: Path, found: Found, kill_everywhere: Callable[..., list[Any]]
) -> None:
    folder.mkdir()
    states = kill_everywhere(
        folder, lambda place: add(Waiting.of(place, None, is_writable=True), found), read_by_writer
    )
    assert before_then_after(states)
    assert (set(states[0]), set(states[-1])) == (set(), {"d1"})
    assert len(states) > 6


def test_killed_anywhere_what_is_said_of_a_photos_faces_was_said_of_all_or_of_none(
    waiting: Waiting, folder: Path, found: Found, kill_everywhere: Callable[..., list[Any]]
) -> None:
    add(waiting, found)

    def work(place: Path) -> None:
        opened = Waiting.of(place, None, is_writable=True)
        opened.change([replace(face, is_ignored=True, bundle="b") for face in opened.faces])

    states = kill_everywhere(folder, work, read_by_writer)
    assert before_then_after(states)
    assert len(states) > 4


def test_killed_anywhere_a_photo_that_is_looked_through_again_has_its_old_faces_or_its_new(
    waiting: Waiting, folder: Path, found: Found, kill_everywhere: Callable[..., list[Any]]
) -> None:
    add(waiting, found)

    def work(place: Path) -> None:
        opened = Waiting.of(place, None, is_writable=True)
        opened.add(Path("party.jpg"), "d1", [found(7, PLACE)], opened.faces[:1])

    assert before_then_after(kill_everywhere(folder, work, read_by_writer))


def test_killed_anywhere_all_faces_of_a_group_got_the_name_or_none(
    gallery: Gallery,
    folder: Path,
    found: Found,
    face_key: Callable[[int], Rejection],
    kill_everywhere: Callable[..., list[Any]],
) -> None:
    def new(numbers: range) -> list[NewSample]:
        return [
            NewSample(face.crop, {"made-up": face.vector}, f"photo {n}", face.face.box)
            for n in numbers
            for face in [found(n, Box(100.0, 50.0, 60.0, 70.0))]
        ]

    gallery.add_all("Grace", new(range(4, 6)))
    gallery.close()

    def work(place: Path) -> None:
        opened = Gallery.open(place, for_writing=True)
        opened.add_all("Ada", new(range(1, 4)), not_them=[face_key(9)])

    def read(place: Path) -> object:
        with Gallery.open(place, for_writing=True) as opened:
            for person in opened.people:
                assert all(opened.pixels_of(sample).size for sample in opened.samples_of(person))
            changes = [change.description for change in opened.history]
            rejected = [opened.rejections_of(person) for person in opened.people]
            return {p.name: p.sample_count for p in opened.people}, changes, rejected

    states = kill_everywhere(folder, work, read, then_every=5)  # SQLite writes in many pieces
    assert states[0][0] == {"Grace": 2}
    assert states[-1][0] == {"Grace": 2, "Ada": 3}
    assert states[-1][2] == [[], [face_key(9)]]
    assert before_then_after(states)
    assert len(states) > 20
