"""A thousand faces in one evening: how many keys it takes to name each, of photos whose names are hidden."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.core.records import FaceRecord
from face_match.vision.photo_loading import load_photo
from tests.gui.review_driver import CONTROL, ReviewDriver

MOST_PRESSES_A_FACE = 0.36
STRANGER = "stranger"


@pytest.fixture(scope="module")
def hidden(shared_faces: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The photos in one folder, under numbers; and whose photo each is, by its digest."""
    folder = tmp_path_factory.mktemp("photos")
    names = {}
    photos = [p for s in ("lfw10", "bbt") for p in (shared_faces / s).rglob("*") if p.is_file()]
    photos.sort(key=lambda path: path.stat().st_size)  # not person by person
    for number, path in enumerate(photos):
        shutil.copyfile(path, folder / f"{number:03}{path.suffix}")
        names[load_photo(path).digest] = path.parent.name.replace("_", " ")
    return folder, names


class Person:
    """At the keys; knows whose photos these are, and none of the people in the background."""

    def __init__(self, review: ReviewDriver, names: dict[str, str]) -> None:
        self.review = review
        gallery = review.main.window.gallery.gallery
        photos = gallery.photos()
        digest_of = {photo.id: photo.digest for photo in photos}
        in_photos = gallery.faces_in_each(photos).values()
        main = [max(faces, key=lambda face: face.place.area) for faces in in_photos]
        self.who = {face.id: names[digest_of[face.photo]] for face in main}
        self.wrong = 0

    def of(self, face: FaceRecord) -> str:
        return self.who.get(face.id, STRANGER)

    def answer(self) -> None:
        """The question that is asked."""
        review, group = self.review, self.review.group
        found = Counter(map(self.of, review.faces))
        if group.is_singles:
            self._answer_loose()
            return
        somebody = group.person.name if group.person is not None else found.most_common(1)[0][0]
        other = [row for row, face in enumerate(review.faces) if self.of(face) != somebody]
        if other:
            self.wrong += 1
            review.go_to(other[0])
            review.press(Qt.Key.Key_Delete)
        elif group.person is not None:
            review.press(Qt.Key.Key_Return)
        elif somebody == STRANGER:
            review.press(Qt.Key.Key_I, CONTROL)
        else:
            review.name(somebody)

    def _answer_loose(self) -> None:
        review = self.review
        known = [row for row, face in enumerate(review.faces) if self.of(face) != STRANGER]
        if known:
            review.go_to(known[0])
            review.name(self.of(review.faces[known[0]]))
        else:
            review.press(Qt.Key.Key_A, CONTROL)
            review.press(Qt.Key.Key_I, CONTROL)


def test_naming_everybody_takes_less_than_half_a_key_a_face(
    open_window, tmp_path: Path, hidden: tuple[Path, dict[str, str]]
) -> None:
    folder, names = hidden
    review = ReviewDriver(open_window(tmp_path / "gallery"))
    review.scan(folder)
    assert review.message.startswith(f"Scanned {len(names)} photos:")
    person = Person(review, names)
    review.presses = 0
    while review.groups and review.presses < len(person.who):
        person.answer()
    assert review.people == dict(Counter(person.who.values()))
    named = len(person.who)
    print(f"{review.presses} keys for {named} faces: {review.presses / named:.2f} a face")  # noqa: T201 - with -rP, for docs/performance.md
    assert review.presses / named <= MOST_PRESSES_A_FACE
