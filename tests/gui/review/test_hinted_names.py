"""Names in the photos' metadata are asked about in the review, offered first in the name field, and given by
nobody but the user."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.core.types import PhotoFileInfo
from face_match.gallery.gallery import Gallery
from tests.gui.review_driver import ReviewDriver

NAME = "Ann {Lee}"
BESIDE = "Joan Clarke", "Grace Hopper"


@pytest.fixture
def hinted(scanned: Path, tmp_path: Path) -> Path:
    """Four unnamed faces of one person, whose photos have one name; three of another, whose photos have
    two."""
    folder = Path(shutil.copytree(scanned, tmp_path / "gallery"))
    with Gallery.open(folder, for_writing=True) as gallery:
        step = gallery.begin_step("imported")
        for photo in gallery.photos():
            names = (NAME,) if Path(photo.path).stem.startswith("E") else BESIDE
            info = PhotoFileInfo(
                photo.digest,
                photo.file_digest,
                photo.size,
                photo.modified_ns,
                photo.orientation,
                photo.width,
                photo.height,
                photo.taken,
            )
            gallery.import_hints(info, Path(photo.path), names, step)
    return folder


@pytest.fixture
def review(open_window, hinted: Path) -> ReviewDriver:
    return ReviewDriver(open_window(hinted))


def rows(review: ReviewDriver) -> list[tuple[str, bool, bool]]:
    """What drops down: names, whether they are of the metadata, and whether they would be new."""
    return [(row.name, row.is_hinted, row.is_new) for row in review.page.name_edit.suggestions.rows]


def test_a_group_is_asked_about_with_the_name_of_its_photos_and_enter_twice_adds_the_person(
    review: ReviewDriver,
) -> None:
    assert review.questions == [f"{NAME}?", "Who is this?"]
    assert review.texts == [
        f"Is this {NAME}?",
        f"The metadata of all 4 photos name {NAME}. A new person.",
        "Confirm 4 faces",
    ]
    assert review.people == {}
    review.press(Qt.Key.Key_Return)
    assert review.people == {}, "only the metadata say so: the first Enter goes to the button"
    review.press(Qt.Key.Key_Return)
    assert review.people == {NAME: 4}
    assert review.questions == ["Who is this?"]


def test_enter_adds_nobody_at_once_where_a_click_led_from_a_sure_suggestion(
    open_window, hinted: Path
) -> None:
    with Gallery.open(hinted, for_writing=True) as gallery:
        photo = next(photo for photo in gallery.photos() if not Path(photo.path).stem.startswith("E"))
        gallery.name_faces([face.id for face in gallery.faces_in(photo)], BESIDE[0])
    review = ReviewDriver(open_window(hinted))
    assert review.questions == [f"{BESIDE[0]}?", f"{NAME}?"]
    assert review.focused is review.page.main_button
    groups = review.page.groups_list
    place = groups.visualRect(groups.model().index(1, 0)).center()
    review.main.qtbot.mouseClick(groups.viewport(), Qt.MouseButton.LeftButton, pos=place)
    review.press(Qt.Key.Key_Return)
    assert NAME not in review.people
    review.press(Qt.Key.Key_Return)
    assert review.people[NAME] == 4


def test_not_them_keeps_the_group_and_does_not_ask_with_the_name_again(review: ReviewDriver) -> None:
    review.press(Qt.Key.Key_X)
    assert review.questions == ["Who is this?", "Who is this?"]
    assert len(review.group.faces) == 4
    assert "that name will not be suggested for 4 faces." in review.message
    assert review.people == {}
    review.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert review.questions[0] == f"{NAME}?"


def test_another_name_is_typed_instead(review: ReviewDriver) -> None:
    review.name("Eileen Collins")
    assert review.people == {"Eileen Collins": 4}


def test_names_of_the_metadata_drop_down_first_and_are_marked_in_words(review: ReviewDriver) -> None:
    review.name("Joanna")
    assert review.group.proposed_name is None
    review.type("jo")
    assert rows(review) == [("Joan Clarke", True, False), ("Joanna", False, False), ("jo", False, True)]
    review.press(Qt.Key.Key_Down)
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Joanna": 4, "Joan Clarke": 3}


def test_a_click_into_the_empty_field_lists_them_and_typing_goes_on_as_ever(review: ReviewDriver) -> None:
    review.press(Qt.Key.Key_PageDown)
    field, qtbot = review.page.name_edit, review.main.qtbot
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert rows(review) == [(name, True, False) for name in BESIDE]
    assert field.text() == ""
    review.type("Zoe")
    assert field.text() == "Zoe"
    assert not field.suggestions.isVisible()
    review.press(Qt.Key.Key_Escape)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    review.press(Qt.Key.Key_Escape)
    assert not field.suggestions.isVisible()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.suggestions.list.clicked.emit(field.suggestions.list.model().index(1, 0))
    review.settle()
    assert review.people == {"Grace Hopper": 3}


def test_why_a_person_is_suggested_says_that_the_metadata_name_them(
    review: ReviewDriver, hinted: Path
) -> None:
    first, *others = [face.id for face in review.faces]
    gallery = review.main.window.gallery.gallery
    gallery.name_faces([first], NAME)
    review.main.window.gallery.changed.emit()
    review.settle()
    assert review.group.person is not None
    assert {face.id for face in review.group.faces} == {*others}
    assert f"The photo’s metadata name {NAME}." in review.page.explanation.whole_text
