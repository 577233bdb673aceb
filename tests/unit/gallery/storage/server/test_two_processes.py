"""Two processes edit one gallery, and now and then one is killed: a plain model says what must be there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.gallery.gallery import Gallery
from tests.extent import is_all
from tests.unit.gallery.editing_process import KILLED, Edit, Editor
from tests.unit.gallery.synthetic_photos import new_face, photo_of

FACES = 6
ROUNDS = 30 if is_all() else 12
NAMES = ("Ada", "Grace", "Eileen", "Mae")


@pytest.fixture
def address(server_address: ServerAddress) -> ServerAddress:
    with Gallery.open(server_address, for_writing=True) as gallery:
        faces = [new_face((0, number), 1) for number in range(3)]
        gallery.record_photo(photo_of(0, 1), Path("/photos/0.jpg"), scan="mtcnn", faces=faces)
        faces = [new_face((1, number), 1) for number in range(3)]
        gallery.record_photo(photo_of(1, 1), Path("/photos/1.jpg"), scan="mtcnn", faces=faces)
    return server_address


@pytest.fixture
def editors(address: ServerAddress) -> Iterator[tuple[Editor, Editor]]:
    pair = Editor(address), Editor(address)
    yield pair
    for editor in pair:
        editor.stop()


def state_of(address: ServerAddress) -> dict[str, str | None]:
    """Whose each face is, checked to be whole."""
    with Gallery.open(address, for_writing=False) as gallery:
        gallery._store.contents().require_consistent()
        names = {person.folder: person.name for person in gallery.people}
        ids = [row.id for row in gallery.face_files()]
        faces = gallery.existing_faces(ids)
        assert len({face.id for face in faces}) == len(faces) == FACES
        assert len({*names.values()}) == len(names), "no name is there twice"
        assert all(person.face_count for person in gallery.people)
        assert sum(person.face_count for person in gallery.people) == sum(bool(f.person) for f in faces)
        return {face.id: names[face.person] if face.person else None for face in faces}


@pytest.mark.parametrize("seed", range(8 if is_all() else 1))
def test_what_was_reported_is_there_once_and_nothing_else(
    seed: int, address: ServerAddress, editors: tuple[Editor, Editor]
) -> None:
    chance = random.Random(seed)
    model, refused, cut_off = state_of(address), 0, 0

    def steps() -> int:
        with Gallery.open(address, for_writing=False) as gallery:
            return len(gallery.history)

    for number in range(ROUNDS):
        before = steps()
        faces = chance.choices(sorted(model), k=2)
        names = chance.sample([*NAMES, None], 3)
        edits: list[Edit] = []
        for face in faces:
            name = next(name for name in names if name != model[face])
            names.remove(name)
            edits.append((face, name, chance.random() < 0.7))
        for editor, edit in zip(editors, edits, strict=True):
            editor.begin(edit)
        killed = chance.randrange(2) if number % 6 == 5 else None
        answers = ["", ""]
        for one in sorted((0, 1), key=lambda one: one != killed):
            is_killed = one == killed
            answers[one] = editors[one].kill(chance.random() * 0.05) if is_killed else editors[one].answer()
        now = state_of(address)
        made = [edit for edit, answer in zip(edits, answers, strict=True) if not answer]
        maybe = [edit for edit, answer in zip(edits, answers, strict=True) if answer == KILLED]
        for face, old in model.items():
            possible: set[str | None] = {name for one, name, _ in made if one == face} or {old}
            possible |= {name for one, name, _ in maybe if one == face}
            assert now[face] in possible, (number, edits, answers)
        assert len(made) <= steps() - before <= len(made) + len(maybe), (number, edits, answers)
        refused += sum(answer not in ("", KILLED) for answer in answers)
        cut_off += len(maybe)
        model = now
    assert refused, "some edits contradicted others"
    assert cut_off == ROUNDS // 6
