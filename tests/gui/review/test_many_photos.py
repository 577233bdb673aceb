"""A hundred and forty photos are reviewed in the window, corrected, imported again, changed elsewhere, and
all of it is undone: after each step every face is whose it was said to be."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from face_match.core.records import Decision, FaceRecord
from face_match.core.types import SAME_FACE_OVERLAP
from tests.gui.menu_driver import trigger
from tests.gui.review_driver import CONTROL, SHIFT, ReviewDriver

IGNORED = "(ignored)"
UNNAMED = "(unnamed)"

Whose = dict[str, str]


@pytest.fixture
def photos(shared_faces: Path, tmp_path: Path) -> Path:
    """The photos of bbt and lfw10, in a folder for each person."""
    folder = tmp_path / "photos"
    for kind in ("bbt", "lfw10"):
        shutil.copytree(shared_faces / kind, folder, dirs_exist_ok=True)
    return folder


def rate(paths: Sequence[Path]) -> None:
    """Write a rating into photos, as another program does: their bytes are others, their pixels are not."""
    if shutil.which("exiftool"):
        command = ["exiftool", "-q", "-overwrite_original", "-XMP:Rating=4", "-Comment=rated"]
        subprocess.run([*command, *map(str, paths)], check=True, capture_output=True)
        return
    for path in paths:
        data = path.read_bytes()
        if path.suffix == ".png":
            text = b"tEXtRating\x004"
            chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
            path.write_bytes(data[:33] + chunk + data[33:])  # after the header
        else:
            path.write_bytes(data[:2] + b"\xff\xfe\x00\x07rated" + data[2:])


class Witness:
    """Knows whose each face is to be, as far as that was said, and looks after each step whether it is."""

    def __init__(self, review: ReviewDriver, photos: Path) -> None:
        self.review = review
        self.photos = photos
        self.whose: Whose = {face.id: UNNAMED for face in self.gallery.unnamed()}
        self.before: list[Whose] = []
        records = self.gallery.photos()
        self.path_of = {photo.id: Path(photo.path) for photo in records}
        self.main_faces = {
            max(faces, key=lambda face: face.place.area).id
            for faces in self.gallery.faces_in_each(records).values()
        }

    @property
    def main(self):
        return self.review.main

    @property
    def window(self):
        return self.main.window

    @property
    def gallery(self):
        return self.window.gallery.gallery

    def truth(self, face: FaceRecord) -> str | None:
        """The folder of the photo, for the largest face in it."""
        return self.path_of[face.photo].parent.name if face.id in self.main_faces else None

    def of(self, name: str) -> list[FaceRecord]:
        return list(self.gallery.faces_of(self.gallery.person(name)))

    def do(self, change: Callable[[], object], ids: Iterable[str], now: str) -> None:
        """Make a change, a step of the history, after which some faces are somebody's, or nobody's."""
        self.before.append(dict(self.whose))
        steps = len(self.gallery.history)
        change()
        self.review.settle()
        assert len(self.gallery.history) == steps + 1, self.main.message
        self.whose |= dict.fromkeys(ids, now)
        self.look()

    def look(self) -> None:
        """Raises AssertionError where the gallery, or the window, has it otherwise."""
        gallery, message = self.gallery, self.main.message
        named = [(person.name, face) for person in gallery.people for face in gallery.faces_of(person)]
        asked = [(UNNAMED, face) for face in gallery.unnamed()]
        found = [*named, *asked, *((IGNORED, face) for face in gallery.ignored())]
        assert len(found) == len(self.whose), message  # nobody has a face that is somebody else's too
        wrong = {
            face.id: (whose, self.whose.get(face.id))
            for whose, face in found
            if self.whose.get(face.id) != whose
        }
        assert wrong == {}, message
        assert len(gallery.people) == len({whose for whose, _ in named}), message
        counts = Counter(whose for whose, _ in named)
        assert {person.name: person.face_count for person in gallery.people} == counts, message
        assert all((gallery.folder / face.file).is_file() for _, face in found), message
        self._no_face_twice([face for _, face in found])
        shown = [face.id for group in self.window.unnamed.groups for face in group.faces]
        assert sorted(shown) == sorted(face.id for _, face in asked), message

    def _no_face_twice(self, faces: Sequence[FaceRecord]) -> None:
        in_photo: dict[str, list[FaceRecord]] = {}
        for face in faces:
            others = in_photo.setdefault(face.photo, [])
            assert all(face.place.overlap(other.place) < SAME_FACE_OVERLAP for other in others)
            others.append(face)
        assert len(in_photo) <= len(self.path_of) == len(self.gallery.photos())

    # What is done once and again, and must change nothing that was said

    def scan_again(self) -> None:
        self.review.scan(self.photos)
        expected = f": 0 new unnamed faces. Scanned before: {len(self.path_of)} photos."
        assert expected in self.review.message
        self.look()

    def import_names(self) -> int:
        """Of the folders; returns how many faces got a name by it: those of which nothing was said."""
        steps = len(self.gallery.history)
        trigger(self.main, "import people")
        self.review.settle()
        got = {
            face.id: person.name
            for person in self.gallery.people
            for face in self.gallery.faces_of(person)
            if self.whose[face.id] == UNNAMED
        }
        for face in self.gallery.faces([*got]):
            assert got[face.id] == self.path_of[face.photo].parent.name
            assert not face.is_unnamed
        assert len(self.gallery.history) - steps == bool(got), "an import is one step"
        if got:
            self.before.append(dict(self.whose))
        self.whose |= got
        self.look()
        return len(got)


def answer(witness: Witness) -> None:
    """The question that is asked: name the faces whose they are, take out who is not of them."""
    review, group = witness.review, witness.review.group
    found = Counter(map(witness.truth, review.faces))
    if group.person is not None:
        somebody: str | None = group.person.name
    else:
        somebody = found.most_common(1)[0][0]
    others = [row for row, face in enumerate(review.faces) if witness.truth(face) != somebody]
    if others and not group.is_singles:
        review.go_to(others[0])
        witness.do(lambda: review.press(Qt.Key.Key_Delete), [], UNNAMED)
    elif group.is_singles:
        review.go_to(0)
        witness.do(lambda: review.press(Qt.Key.Key_I, CONTROL), [review.faces[0].id], IGNORED)
    elif group.person is not None:
        witness.do(lambda: review.press(Qt.Key.Key_Return), group.ids, group.person.name)
    elif somebody is None:
        witness.do(lambda: review.press(Qt.Key.Key_I, CONTROL), group.ids, IGNORED)
    else:
        witness.do(lambda: review.name(somebody), group.ids, somebody)


def correct(witness: Witness) -> None:
    """What was said turns out to be otherwise, in all the ways there are."""
    edits, gallery, of = witness.window.people_edits, witness.gallery, witness.of
    person = gallery.person
    names = [one.name for one in sorted(gallery.people, key=lambda one: -one.face_count)]
    one, two, three, four, five = names[:5]
    do = witness.do
    do(lambda: edits.rename(person(one), "Renamed"), [face.id for face in of(one)], "Renamed")
    some = of(two)[:2]
    do(lambda: edits.move(some, "Moved"), [face.id for face in some], "Moved")
    lost = of(three)[:2]
    do(lambda: edits.remove(lost), [face.id for face in lost], UNNAMED)
    merged = [face.id for face in of(four)]
    do(lambda: edits.merge([person(four)], person(five)), merged, five)
    back = of(five)[-2:]
    do(lambda: edits.move(back, four), [face.id for face in back], four)
    do(lambda: edits.set_cover(of(five)[1]), [], five)
    thinned = of("Renamed")[:1]
    do(lambda: edits.remove_near_duplicates(thinned), [face.id for face in thinned], IGNORED)


def correct_in_photos(witness: Witness) -> None:
    """A name is replaced, and another one taken away, on the photos themselves."""
    review, gallery = witness.review, witness.gallery
    singles = [
        face
        for person in gallery.people
        for face in gallery.faces_of(person)
        if len(gallery.faces_in(gallery.photo(face.photo))) == 1
    ]
    renamed, unnamed = singles[0], singles[-1]
    review.main.open(witness.path_of[renamed.photo])
    witness.do(lambda: name_in_photo(review, "In the photo"), [renamed.id], "In the photo")
    review.main.open(witness.path_of[unnamed.photo])
    witness.do(lambda: review.press(Qt.Key.Key_Delete), [unnamed.id], UNNAMED)
    review.press(Qt.Key.Key_R, CONTROL)


def name_in_photo(review: ReviewDriver, name: str) -> None:
    """The face that is chosen on the photo page."""
    review.type(name)
    review.press(Qt.Key.Key_Return)


def decide(witness: Witness) -> set[str]:
    """One conflict for the file, the others for what was said; returns the faces that are settled so."""
    gallery, edit = witness.gallery, witness.window.gallery.edit
    conflicts = gallery.conflicts()
    theirs = next(one for one in conflicts if gallery.face(one.face).person is not None)
    mine = [one.id for one in conflicts if one.face != theirs.face]

    def take(ids: Sequence[str], decision: Decision) -> Callable[[], None]:
        return lambda: edit(lambda gallery: str(gallery.resolve_conflicts(ids, decision)))

    witness.do(take([theirs.id], Decision.THEIRS), [theirs.face], theirs.name)
    witness.do(take(mine, Decision.MINE), [], UNNAMED)
    assert gallery.conflicts() == []
    return {one.face for one in conflicts}


def step_through(witness: Witness, states: Sequence[Whose], modifiers: Qt.KeyboardModifier) -> None:
    for state in states:
        witness.review.press(Qt.Key.Key_Z, modifiers)
        witness.whose = dict(state)
        witness.look()


@pytest.mark.only_with_all("review of 140 photos")
def test_nothing_is_wrong_at_any_step_of_a_review_of_many_photos(
    open_window, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(photos))
    review = ReviewDriver(open_window(tmp_path / "gallery"))
    review.scan(photos)
    witness = Witness(review, photos)
    assert len(witness.whose) >= len(witness.path_of) - 5 >= 130
    witness.look()
    for _ in range(25):
        answer(witness)
    witness.scan_again()
    assert witness.import_names() > 0
    assert witness.import_names() == 0, "what is in the folders is in the gallery"
    correct(witness)
    assert witness.import_names() == 0, "what was said is the last word"
    assert len(witness.gallery.conflicts()) > 10
    rate(sorted(path for path in photos.rglob("*") if path.is_file())[::2])
    witness.scan_again()
    correct_in_photos(witness)
    assert witness.import_names() == 0
    settled = decide(witness)
    witness.scan_again()
    assert witness.import_names() == 0
    assert not settled & {conflict.face for conflict in witness.gallery.conflicts()}, "they are decided"

    states, folder = [*witness.before, dict(witness.whose)], witness.window.gallery.folder
    assert len(witness.gallery.history) == len(witness.before)
    half = len(witness.before) // 2
    step_through(witness, states[-2 : half - 1 : -1], CONTROL)
    witness.main.window.close()
    witness.review = ReviewDriver(open_window(folder))
    witness.look()
    step_through(witness, states[half - 1 :: -1] if half else [], CONTROL)
    assert witness.gallery.people == ()
    assert set(witness.whose.values()) == {UNNAMED}
    assert not witness.main.window.menus.actions["undo"].isEnabled()
    step_through(witness, states[1:], CONTROL | SHIFT)
    assert not witness.main.window.menus.actions["redo"].isEnabled()
