"""A suggestion that comes by itself is not answered by a key that was meant for what was there before."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from face_match.gui.review import explanation
from face_match.workflows.face_groups import GroupKind
from tests.gui.made_faces import made_clusters
from tests.gui.review_driver import CONTROL, SHIFT, ReviewDriver

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


@pytest.fixture
def review(open_window, scanned: Path, tmp_path: Path) -> ReviewDriver:
    """Two of four faces of one person are about to be named."""
    shutil.copytree(scanned, tmp_path / "gallery")
    review = ReviewDriver(open_window(tmp_path / "gallery"))
    review.press(Qt.Key.Key_Right, SHIFT)
    return review


def test_enter_does_not_confirm_what_has_just_come(review: ReviewDriver) -> None:
    review.type("Colin Powell")
    review.main.qtbot.keyClick(review.focused, Qt.Key.Key_Return)
    page, tasks = review.page, review.main.window.tasks
    review.until(lambda: not tasks.is_busy() and page.group.person is not None)
    assert not page.is_settled
    review.main.qtbot.keyClick(review.focused, Qt.Key.Key_Return)
    page.main_button.click()
    review.settle()
    assert review.people == {"Colin Powell": 2}
    assert review.texts[1].startswith("New suggestion. "), "it is announced"
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Colin Powell": 4}


def test_a_name_typed_over_a_suggestion_is_asked_about_once(review: ReviewDriver) -> None:
    review.name("Colin Powell")
    asked = review.main.answer(NO)
    review.type("Grace")
    review.press(Qt.Key.Key_Return)
    assert asked == ["Name these 2 faces Grace? They look like Colin Powell (very likely)."]
    assert review.people == {"Colin Powell": 2}
    assert (review.page.name_edit.text(), review.focused) == ("Grace", review.page.name_edit)
    review.main.answer(YES)
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Colin Powell": 2, "Grace": 2}


def test_the_name_that_is_suggested_and_that_of_someone_else_are_not_asked_about(
    review: ReviewDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda *_: pytest.fail("asked"))
    review.name("Colin Powell")
    review.type("colin powell")
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Colin Powell": 4}
    review.press(Qt.Key.Key_Z, CONTROL)
    review.name("Grace")  # after N
    assert review.people == {"Colin Powell": 2, "Grace": 2}


def test_ctrl_r_leads_from_single_faces_to_the_groups(open_window, tmp_path: Path) -> None:
    review = ReviewDriver(open_window(made_clusters(tmp_path / "gallery", people=2, each=3)))
    faces = [face.id for face in review.group.faces]
    review.main.window.unnamed.remove_from_group(review.group.faces, review.group, on_ended=lambda: None)
    review.settle()
    assert [group.kind for group in review.groups] == [GroupKind.CLUSTER, GroupKind.SINGLES]
    assert review.group.kind is GroupKind.CLUSTER, "single faces do not come by themselves"
    review.press(Qt.Key.Key_PageDown)
    assert set(faces) == review.group.ids
    review.main.window.unnamed.group()
    review.settle()
    assert review.group.is_singles, "where one has gone, one stays"
    review.press(Qt.Key.Key_R, CONTROL)
    assert review.group.kind is GroupKind.CLUSTER


def test_the_group_to_be_merged_is_marked_until_it_is(open_window, tmp_path: Path) -> None:
    review = ReviewDriver(open_window(made_clusters(tmp_path / "gallery", people=2, each=3)))
    start, groups = review.group, review.page.groups_list
    review.press(Qt.Key.Key_M, CONTROL)
    review.press(Qt.Key.Key_PageDown)
    assert review.texts[0] == "Same as which?"
    assert [groups.details(group) for group in review.groups] == ["Merging 3 faces …", "3 faces"]
    picture, place = groups.grab().toImage(), groups.visualRect(groups.model().index(0, 0))
    review.press(Qt.Key.Key_Escape)
    assert not groups.is_merge_start(start)
    assert picture.copy(place) != groups.grab().toImage().copy(place)


def test_reasons_for_the_suggestion_before_are_not_shown_with_the_next_one(
    review: ReviewDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    review.name("Colin Powell")
    view, usual, may_go = review.page.explanation, explanation.explain, threading.Event()
    assert view.text.text().startswith("Colin Powell: very likely")

    def slow(*arguments: object) -> explanation.Explanation:
        may_go.wait(60)
        return usual(*arguments)

    monkeypatch.setattr(explanation, "explain", slow)
    review.main.qtbot.keyClick(review.focused, Qt.Key.Key_Return)
    review.until(lambda: view.text.text() == "")
    assert view.faces.images == []
    may_go.set()
    review.until(lambda: view.text.text() != "")
