"""Letters begin a name, unless a person is proposed; while a name is typed, nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox

Key = Qt.Key


@pytest.fixture
def proposal(driver, astronaut_file: Path, hopper_file: Path, astronaut_again: Path):
    """Eileen is proposed."""
    driver.add(astronaut_file, "Eileen")
    driver.add(hopper_file, "Grace")
    driver.open(astronaut_again)
    assert driver.question == "Is this Eileen?"
    return driver


@pytest.fixture
def stranger(driver, astronaut_file: Path, hopper_file: Path):
    """Nobody is proposed."""
    driver.add(astronaut_file, "Eileen")
    driver.open(hopper_file)
    assert driver.question == "Probably someone new"
    return driver


def typed(driver) -> str:
    return str(driver.window.photo_page.name_edit.text())


def rejections(driver) -> list[str]:
    return [rejection.name for rejection in driver.window.gallery.gallery.all_rejections()]


@pytest.mark.parametrize("name", ["Nora", "Xavier", "Bob", "Fred", "Élise", "Sam"])
def test_where_nobody_is_proposed_every_letter_begins_a_name(stranger, name: str) -> None:
    for letter in name:
        stranger.qtbot.keyClicks(stranger.window.focusWidget(), letter)
    stranger.settle()
    assert typed(stranger) == name
    assert rejections(stranger) == []
    stranger.press(Key.Key_Return)
    stranger.settle()
    assert stranger.faces_of(name) == 1


def test_on_a_named_face_letters_begin_another_name(driver, astronaut_file: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    for letter in "Xenia":
        driver.qtbot.keyClicks(driver.window.focusWidget(), letter)
    driver.press(Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Xenia") == 1
    assert rejections(driver) == []


def test_on_a_proposal_n_asks_for_somebody_else_whose_name_may_begin_with_n(proposal) -> None:
    for letter in "nnora":
        proposal.qtbot.keyClicks(proposal.window.focusWidget(), letter)
    assert typed(proposal) == "nora"


def test_on_a_proposal_a_letter_that_is_no_command_begins_the_name(proposal) -> None:
    for letter in "Sam":
        proposal.qtbot.keyClicks(proposal.window.focusWidget(), letter)
    assert typed(proposal) == "Sam"


def test_enter_after_n_confirms_nobody(proposal) -> None:
    proposal.press(Key.Key_N)
    proposal.press(Key.Key_Return)
    proposal.settle()
    assert proposal.faces_of("Eileen") == 1
    assert proposal.message == "Type a name. Escape goes back to the matches."


def test_enter_without_a_face_says_what_can_be_done(driver, no_face: Path) -> None:
    driver.open(no_face)
    driver.press(Key.Key_Return)
    assert driver.message == "There is no face to name. Press Ctrl+B to draw a box around one."


@pytest.mark.parametrize("focus", ["photo_view", "matches", "confirm_button", "next_button"])
def test_a_name_begins_wherever_the_focus_is(stranger, focus: str) -> None:
    widget = getattr(stranger.window.photo_page, focus)
    widget.setEnabled(True)
    widget.setFocus()
    for letter in "Grace":
        stranger.qtbot.keyClicks(stranger.window.focusWidget(), letter)
    assert typed(stranger) == "Grace"


def test_digits_and_arrows_choose_a_person_whom_enter_confirms_after_a_question(stranger) -> None:
    stranger.press(Key.Key_1)
    assert stranger.question == "Is this Eileen?"
    assert stranger.window.photo_page.panel.note.text().startswith("Below the threshold · score 0.")
    asked = stranger.answer(QMessageBox.StandardButton.No)
    stranger.press(Key.Key_Return)
    stranger.settle()
    assert len(asked) == 1
    assert stranger.faces_of("Eileen") == 1


def test_nothing_changes_while_a_name_is_typed_and_what_came_is_shown_after_it(proposal) -> None:
    page, gallery = proposal.window.photo_page, proposal.window.gallery.gallery
    proposal.type_name("So")
    before = proposal.rows, proposal.question, page.panel.note.text(), page.threshold.value
    picture = page.photo_view.grab().toImage()
    gallery.rename(gallery.person("Grace"), "Rear Admiral Hopper")
    proposal.window.gallery.announce_change()
    proposal.settle()
    assert (proposal.rows, proposal.question, page.panel.note.text(), page.threshold.value) == before
    assert page.photo_view.grab().toImage() == picture
    proposal.press(Key.Key_Escape)
    proposal.press(Key.Key_Escape)
    assert typed(proposal) == ""
    assert [row.split("  ")[0] for row in proposal.rows] == ["✅ Eileen", "— Rear Admiral Hopper"]


def test_the_panel_keeps_the_place_of_everything_whatever_it_says(proposal, hopper_again: Path) -> None:
    page = proposal.window.photo_page
    parts = (page.confirm_button, page.reject_button, page.name_edit, page.add_button, page.matches)

    def places() -> list[tuple[QPoint, int, int]]:
        return [(one.mapTo(page, QPoint(0, 0)), one.width(), one.height()) for one in parts]

    seen = [places()]
    proposal.type_name("A name that nobody has")
    seen.append(places())
    proposal.press(Key.Key_Return)
    proposal.settle()
    seen.append(places())
    proposal.open(hopper_again)
    seen.append(places())
    proposal.press(Key.Key_X)
    proposal.settle()
    seen.append(places())
    assert seen == [seen[0]] * len(seen)


def test_a_name_typed_over_a_proposal_is_asked_about_once(proposal) -> None:
    for answer, count in ((QMessageBox.StandardButton.No, 0), (QMessageBox.StandardButton.Yes, 1)):
        asked = proposal.answer(answer)
        if not typed(proposal):
            proposal.qtbot.keyClicks(proposal.window.focusWidget(), "Sam")
        proposal.press(Key.Key_Return)
        proposal.settle()
        assert asked == ["Name this face Sam? It looks like Eileen (very likely)."]
        assert proposal.faces_of("Sam") == count


def test_enter_does_not_confirm_a_proposal_that_has_just_come(proposal) -> None:
    window, gallery = proposal.window, proposal.window.gallery.gallery
    gallery.move([face.id for face in gallery.faces_of(gallery.person("Eileen"))], "Zoe")
    window.gallery.announce_change()
    proposal.qtbot.waitUntil(lambda: proposal.question == "Is this Zoe?")
    proposal.press(Key.Key_Return)
    proposal.settle()
    assert proposal.faces_of("Zoe") == 1
    proposal.press(Key.Key_Return)
    proposal.settle()
    assert proposal.faces_of("Zoe") == 2
