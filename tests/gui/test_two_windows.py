"""Two windows in two processes edit one gallery side by side, and the server is killed now and then: a plain
model says what must be there, and both windows show it."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.gallery.gallery import Gallery
from tests.gui.window_process import Edit, WindowProcess
from tests.postgres import Postgres
from tests.unit.gallery.synthetic_photos import new_face, photo_of

ROUNDS, KILL_EVERY = 120, 10
NAMES = ("Ada", "Grace", "Eileen", "Mae", "Joan")

State = dict[str, str | None]
"""Whose each face is."""


@pytest.fixture
def address(server_address: ServerAddress) -> ServerAddress:
    with Gallery.open(server_address, for_writing=True) as gallery:
        for photo in range(4):
            faces = [new_face((photo, number), 1) for number in range(3)]
            gallery.record_photo(photo_of(photo, 1), Path(f"/photos/{photo}"), scan="mtcnn", faces=faces)
        for face, name in zip(gallery.unnamed(), itertools.cycle(NAMES)):
            gallery.name_faces([face.id], name, allow_same_photo=True)
    return server_address


@pytest.fixture
def windows(address: ServerAddress) -> Iterator[Sequence[WindowProcess]]:
    pair = [WindowProcess(address) for _ in range(2)]
    yield pair
    for window in pair:
        window.stop()


def stored(address: ServerAddress) -> State:
    """What whoever opens the gallery now finds, checked to be whole."""
    with Gallery.open(address, for_writing=False) as gallery:
        gallery._store.contents().require_consistent()
        names = {person.folder: person.name for person in gallery.people}
        assert len({*names.values()}) == len(names), "no name is there twice"
        ids = [row.id for row in gallery.face_files()]
        return {face.id: names.get(face.person or "") for face in gallery.existing_faces(ids)}


def after(state: State, edit: Edit) -> State:
    """What an edit comes to."""
    kind, what, *into = edit
    name = into[0] if into else None
    if kind in ("rename", "merge"):
        return {face: name if person == what else person for face, person in state.items()}
    return {**state, what: name}


def possible(state: State, made: Sequence[Edit], maybe: Sequence[Edit]) -> list[State]:
    """What edits come to that were made, and others that may have been, in any order."""
    found = []
    for count in range(len(maybe) + 1):
        for some in itertools.combinations(maybe, count):
            for order in itertools.permutations((*made, *some)):
                now = state
                for edit in order:
                    now = after(now, edit)
                found.append(now)
    return found


def some_edit(chance: random.Random, state: State) -> Edit:
    named = [face for face, person in state.items() if person is not None]
    people = sorted({person for person in state.values() if person is not None})
    kind = chance.choice(["move", "move", "remove", "rename", "merge"])
    if kind == "rename":
        return kind, chance.choice(people), chance.choice(NAMES)
    if kind == "merge" and len(people) > 2:
        return kind, *chance.sample(people, 2)
    face = chance.choice(named)
    if kind == "remove" and len(named) > 6:
        return kind, face
    return "move", face, chance.choice([name for name in NAMES if name != state[face]])


def require_shown(windows: Sequence[WindowProcess], state: State) -> None:
    """Both windows come to show a state, by themselves."""
    wanted = Counter(person for person in state.values() if person is not None)
    end = time.monotonic() + 60
    while (shown := [window.people() for window in windows]) != [wanted, wanted]:
        assert time.monotonic() < end, (shown, wanted)
        time.sleep(0.02)


@pytest.mark.only_with_all("200 edits in two windows, with a server that is killed")
def test_two_windows_show_what_is_there_and_what_they_report_is_made(
    address: ServerAddress, windows: Sequence[WindowProcess], postgres: Postgres
) -> None:
    chance, state = random.Random(4711), stored(address)
    before: State | None = None
    said = Counter[str]()
    for number in range(ROUNDS):
        require_shown(windows, state)
        is_killed = number % KILL_EVERY == KILL_EVERY - 1
        if before is not None and chance.random() < 0.5:  # one edit was made in the round before
            edits: list[Edit] = [("undo",)]
        else:
            edits = [some_edit(chance, state) for _ in windows[: chance.choice([1, 2, 2])]]
        for window, edit in zip(windows, edits, strict=False):
            window.begin(edit)
        if is_killed:
            time.sleep(chance.random() * 0.05)
            postgres.kill()
            postgres.start()
        messages = [window.message() for window, _ in zip(windows, edits, strict=False)]
        is_made = ["Ctrl+Z" in one or "Undid" in one for one in messages]
        made = [edit for edit, one in zip(edits, is_made, strict=True) if one]
        maybe = [edit for edit, one in zip(edits, is_made, strict=True) if not one and is_killed]
        now = stored(address)
        if edits == [("undo",)]:
            assert before is not None
            assert now in ([before] if made else [state, before] if is_killed else []), (number, messages)
        else:
            assert now in possible(state, made, maybe), (number, edits, messages)
        before = state if edits != [("undo",)] and now != state and len(edits) == 1 else None
        state = now
        said.update("made" if one else "not made" for one in is_made)
    assert said["made"] > ROUNDS
    assert said["not made"] > ROUNDS // KILL_EVERY
