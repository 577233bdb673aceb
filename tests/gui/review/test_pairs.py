"""Two single faces that may be of one person are a question of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.core.types import FaceQuality, Verdict
from face_match.vision.quality import UNCLEAR
from face_match.workflows.face_groups import GroupKind
from tests.gui.made_faces import GOOD, made_pair
from tests.gui.review_driver import CONTROL, ReviewDriver

OTHERS = 12


@pytest.fixture
def review(open_window, tmp_path: Path) -> ReviewDriver:
    return ReviewDriver(open_window(made_pair(tmp_path / "gallery", others=OTHERS)))


def kinds(review: ReviewDriver) -> list[tuple[GroupKind, int]]:
    return [(group.kind, len(group.faces)) for group in review.groups]


def test_enter_says_that_they_are_the_same_person_and_a_name_names_both(review: ReviewDriver) -> None:
    assert kinds(review) == [(GroupKind.PAIR, 2), (GroupKind.SINGLES, OTHERS)]
    assert review.texts == [
        "Are these the same person?",
        "They may be. Type the name of both, or click × on the wrong face.",
        "Same person",
    ]
    assert review.questions == ["Maybe the same", "Single faces"]
    pair = review.group.ids
    review.press(Qt.Key.Key_Return)
    assert kinds(review)[0] == (GroupKind.CLUSTER, 2)
    assert (review.group.ids, review.texts[0]) == (pair, "Who is this?")
    review.press(Qt.Key.Key_Z, CONTROL)
    assert kinds(review)[0] == (GroupKind.PAIR, 2)
    review.name("Noor")
    assert review.people == {"Noor": 2}


@pytest.mark.parametrize(("unclear", "is_asked"), [(0, True), (1, True), (2, False)])
def test_two_faces_that_may_be_none_are_not_asked_about(
    open_window, tmp_path: Path, unclear: int, is_asked: bool
) -> None:
    qualities = [FaceQuality(Verdict.POOR, 0.3, (UNCLEAR,))] * unclear + [GOOD] * (2 - unclear)
    folder = made_pair(tmp_path / "gallery", others=OTHERS, qualities=qualities)
    review = ReviewDriver(open_window(folder))
    pair = [(GroupKind.PAIR, 2), (GroupKind.SINGLES, OTHERS)]
    assert kinds(review) == (pair if is_asked else [(GroupKind.SINGLES, OTHERS + 2)])


@pytest.mark.parametrize("is_by_key", [True, False])
def test_a_pair_that_is_taken_apart_does_not_come_back(review: ReviewDriver, is_by_key: bool) -> None:
    remove = review.page.remove_button
    assert review.page.actions_bar.whole_text(remove) == "Different people"
    assert "not the same person" in remove.toolTip()
    if is_by_key:
        review.go_to(1)
        review.press(Qt.Key.Key_Delete)
    else:
        remove.click()
        review.settle()
    assert review.page.actions_bar.whole_text(remove) == "Remove from group"
    assert kinds(review) == [(GroupKind.SINGLES, OTHERS + 2)]
    review.press(Qt.Key.Key_Z, CONTROL)
    assert kinds(review) == [(GroupKind.PAIR, 2), (GroupKind.SINGLES, OTHERS)]


def test_a_face_that_is_left_out_leaves_one_to_name(review: ReviewDriver) -> None:
    review.leave_out(0)
    assert review.texts[2] == "Name 1 face"
    review.name("Noor")
    assert review.people == {"Noor": 1}


def test_two_faces_to_compare_are_larger_than_those_of_a_group(review: ReviewDriver) -> None:
    grid = review.page.grid
    assert review.group.is_pair
    pair_px, columns = grid.crop_px, grid.columns
    assert grid.viewport().rect().contains(grid.visualRect(grid.model().index(1, 0)))
    review.press(Qt.Key.Key_PageDown)
    assert not review.group.is_pair
    assert columns == 2 < grid.columns
    assert pair_px > 1.4 * grid.crop_px
    review.press(Qt.Key.Key_PageUp)
    assert grid.crop_px == pair_px
