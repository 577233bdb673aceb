"""Faces that look more like someone else are marked on the page of the person, and moved there by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.gui.people_driver import CONTROL, PeopleDriver


@pytest.fixture
def mistaken(
    pipeline: FacePipeline, astronaut_file: Path, astronaut_again: Path, hopper_file: Path, tmp_path: Path
) -> Path:
    """Grace has her own photo and one of Eileen's, who has another."""
    with Gallery.open(tmp_path / "mistaken", for_writing=True) as gallery:
        for name, path in (("Grace", hopper_file), ("Eileen", astronaut_file), ("Grace", astronaut_again)):
            photo = load_photo(path)
            (face,) = pipeline.embed(photo, pipeline.detect(photo))
            gallery.add(name, NewFace.of(face), photo, path)
    return tmp_path / "mistaken"


def marked(people: PeopleDriver) -> list[bool]:
    model = people.faces.model()
    tips = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]
    return ["Looks more like Eileen" in tip for tip in tips]


def test_a_face_under_the_wrong_name_is_marked_and_moved_by_one_key(mistaken: Path, open_window) -> None:
    people = PeopleDriver(open_window(mistaken))
    people.show_faces("Grace")
    people.until(lambda: any(marked(people)))
    assert marked(people) == [False, True]
    assert people.person.header.numbers._whole.endswith(" · most like Eileen (similarity 0.997)")
    assert people.faces.legend() == "★ cover photo    ? looks more like someone else: Ctrl+J moves it there"
    people.choose_faces(0)
    assert not people.person.face_actions.move_to_closer.isEnabled()
    people.press(Qt.Key.Key_J, CONTROL)
    assert people.message == "Select a face that is marked “?” first."
    people.choose_faces(1)
    assert people.person.face_actions.move_to_closer.isEnabled()
    people.press(Qt.Key.Key_J, CONTROL)
    people.until(lambda: len(people.faces.rows) == 1)
    gallery = people.window.gallery.gallery
    assert [(person.name, person.face_count) for person in gallery.people] == [("Grace", 1), ("Eileen", 2)]
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: len(people.faces.rows) == 2)


def test_a_face_that_is_moved_back_is_not_marked_as_like_the_person_it_has_now(
    mistaken: Path, open_window
) -> None:
    people = PeopleDriver(open_window(mistaken))
    people.show_faces("Grace")
    people.until(lambda: any(marked(people)))
    gallery = people.window.gallery.gallery
    grid = people.faces
    (wrong,) = [row for row in grid.rows if grid.likeness(row) and grid.likeness(row).is_nearer]
    moved = wrong._replace(person=gallery.person("Eileen"))
    assert grid.likeness(moved) is None, "until the comparison has been made again"


def test_the_gallery_check_lists_it(mistaken: Path, open_window) -> None:
    driver = open_window(mistaken)
    driver.window.menus.actions["check"].trigger()
    driver.settle()
    tree = driver.window.dialogs.check.tree
    tops = {tree.topLevelItem(i).text(0): tree.topLevelItem(i) for i in range(tree.topLevelItemCount())}
    wrong = tops["Faces that look more like someone else"]
    assert (wrong.child(0).text(0), wrong.child(0).text(1)[:6]) == ("Grace", "Eileen")
    mistaken_for = tops["People who are easily mixed up"]
    assert mistaken_for.child(0).text(0) == "Eileen and Grace"
