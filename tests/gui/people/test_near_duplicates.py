"""Faces that add nothing: marked on the page of the person, and removed together on request."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageEnhance
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage.lock import WriterLock
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.gui.people_driver import CONTROL, PeopleDriver


@pytest.fixture
def doubled(gallery_folder: Path, pipeline: FacePipeline, hopper_file: Path, tmp_path: Path) -> Path:
    """The gallery, where Grace has the same photo once more: a little brighter, half as large."""
    path = tmp_path / "hopper brighter.png"
    with Image.open(hopper_file) as image:
        small = image.convert("RGB").resize((image.width * 3 // 4, image.height * 3 // 4))
        ImageEnhance.Brightness(small).enhance(1.02).save(path)
    photo = load_photo(path)
    (face,) = pipeline.embed(photo, pipeline.detect(photo))
    with Gallery.open(gallery_folder, for_writing=True) as gallery:
        gallery.add("Grace", NewFace.of(face), photo, path)
    return gallery_folder


@pytest.fixture
def people(open_window, doubled: Path) -> PeopleDriver:
    return PeopleDriver(open_window(doubled))


def tips(people: PeopleDriver) -> list[str]:
    model = people.faces.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]


def show_compared(people: PeopleDriver, name: str, *, count: int) -> None:
    """Show the faces of a person, until their pictures are compared."""
    people.show_faces(name)
    people.until(lambda: len(people.faces.near_duplicates()) == count)


def test_the_face_that_a_near_duplicate_is_like_is_outlined_while_it_is_chosen(people: PeopleDriver) -> None:
    show_compared(people, "Grace", count=1)
    first, second = people.faces.rows
    people.choose_faces(1)
    assert people.faces.is_partner(first)
    assert not people.faces.is_partner(second)
    people.choose_faces(0)
    assert not people.faces.is_partner(first)


def test_the_smaller_of_two_near_duplicates_is_marked(people: PeopleDriver) -> None:
    show_compared(people, "Grace", count=1)
    assert ["Almost the same picture as face 1 (" in tip for tip in tips(people)] == [False, True]
    assert people.button("thinButton").isEnabled()


def test_faces_that_differ_are_not_marked(people: PeopleDriver) -> None:
    people.show_faces("Élise")
    assert not people.button("thinButton").isEnabled()
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    people.pick("Eileen")
    people.until(lambda: len(people.faces.rows) == 3)
    people.main.settle()
    assert people.faces.near_duplicates() == [], "a photo that was turned and cut is another picture"


def test_near_duplicates_are_removed_after_one_question_and_undone(people: PeopleDriver) -> None:
    show_compared(people, "Grace", count=1)
    larger, smaller = (row.face.id for row in people.faces.rows)
    people.press(Qt.Key.Key_D, CONTROL)
    assert [row.face.id for row in people.faces.selected()] == [smaller]
    asked = people.answer("Remove")
    assert asked.startswith("Remove 1 near-duplicate of Grace? ")
    people.until(lambda: dict(people.rows)["Grace"] == 1)
    people.until(lambda: [row.face.id for row in people.faces.rows] == [larger])
    assert people.message == "Removed 1 near-duplicate of Grace. Undo: Ctrl+Z."
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: len(people.faces.near_duplicates()) == 1)


def test_cancel_removes_none_and_leaves_them_selected(people: PeopleDriver) -> None:
    show_compared(people, "Grace", count=1)
    people.button("thinButton").click()
    box = people.window.findChild(QMessageBox)
    assert box.defaultButton() is box.escapeButton()
    assert "go to Ignored" in box.informativeText() or "goes to Ignored" in box.informativeText()
    people.answer("Cancel")
    people.until(lambda: people.window.findChild(QMessageBox) is None)
    assert dict(people.rows)["Grace"] == 2
    assert len(people.faces.selected()) == 1


def test_near_duplicates_are_found_again_under_another_model(people: PeopleDriver) -> None:
    show_compared(people, "Grace", count=1)
    window = people.main.window
    window.model.id = "facenet"  # of which there are no vectors
    window.model.changed.emit()
    people.until(lambda: people.faces.near_duplicates() == [])
    assert people.faces.near_duplicates() == []


def test_in_a_read_only_gallery_near_duplicates_are_only_marked(open_window, doubled: Path) -> None:
    lock = WriterLock(doubled)
    lock.acquire()
    people = PeopleDriver(open_window(doubled))
    show_compared(people, "Grace", count=1)
    assert not people.button("thinButton").isEnabled()
    lock.release()
