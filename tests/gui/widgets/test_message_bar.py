"""How long messages stay at the foot of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from face_match.gui.state.messages import Messages
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets import message_bar
from face_match.gui.widgets.message_bar import MessageBar

LONG_ENOUGH_MS = 300


@pytest.fixture
def bar(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MessageBar:
    monkeypatch.setattr(message_bar, "READ_S", 0.1)
    monkeypatch.setattr(message_bar, "READ_S_A_LETTER", 0.0)
    bar = MessageBar(Tasks(), Messages())
    qtbot.addWidget(bar)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    return bar


def test_what_was_done_goes_after_a_while(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message("Copied 2 photos into out1.")
    assert bar.text() == "Copied 2 photos into out1."
    qtbot.waitUntil(lambda: bar.text() == "")


def test_what_was_done_goes_with_the_page(bar: MessageBar) -> None:
    bar.show_message("Copied 2 photos into out1.")
    bar.end_message()
    assert bar.text() == ""


def test_an_error_stays_until_another_message_comes(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message("Copied 2 photos into out1.")
    bar.show_message("The disk is full.", stays=True)
    bar.end_message()
    qtbot.wait(LONG_ENOUGH_MS)
    assert bar.text() == "The disk is full."
    bar.show_message("Saved.")
    qtbot.waitUntil(lambda: bar.text() == "")


def test_an_offer_comes_back_after_a_message_and_stays(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_action("The import was interrupted.", "Resume", lambda: None)
    bar.show_message("Saved.")
    qtbot.waitUntil(lambda: bar.text() == "The import was interrupted.")
    bar.end_message()
    qtbot.wait(LONG_ENOUGH_MS)
    assert bar.text() == "The import was interrupted."


def test_what_can_be_undone_has_a_button_for_it(bar: MessageBar) -> None:
    bar.show_message("Added Ada as a new person. Undo: Ctrl+Z.")
    assert bar.undo_button.isVisible()
    assert bar.label.text() == "Added Ada as a new person."
    assert bar.text() == "Added Ada as a new person. Undo: Ctrl+Z."
    bar.show_message("Undid: added Ada as a new person.")
    assert not bar.undo_button.isVisible()


def test_help_stays_while_it_is_needed_and_takes_no_other_message_with_it(
    bar: MessageBar, qtbot: QtBot
) -> None:
    bar.show_help("Drag a box around the face.")
    qtbot.wait(LONG_ENOUGH_MS)
    assert bar.text() == "Drag a box around the face."
    bar.show_help("")
    assert bar.text() == ""
    bar.show_help("Drag a box around the face.")
    bar.show_message("Added.")
    bar.show_help("")
    assert bar.text() == "Added."


@pytest.mark.parametrize("way", ["mouse", "keys", "Escape"])
def test_what_stays_can_be_closed(bar: MessageBar, qtbot: QtBot, way: str) -> None:
    bar.show_message("Saved.")
    assert not bar.close_button.isVisible()
    for show in (
        lambda: bar.show_message("The disk is full.", stays=True),
        lambda: bar.show_action("The import was interrupted.", "Resume", lambda: None),
    ):
        show()
        assert bar.close_button.isVisible()
        if way == "mouse":
            qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
        else:
            bar.close_button.setFocus(Qt.FocusReason.TabFocusReason)
            qtbot.keyClick(bar.close_button, Qt.Key.Key_Space if way == "keys" else Qt.Key.Key_Escape)
        assert bar.text() == ""
        assert not bar.button.isVisible()
        assert not bar.close_button.isVisible()


def test_help_for_what_has_begun_is_not_closed(bar: MessageBar) -> None:
    bar.show_help("Draw a box around the face.")
    assert not bar.close_button.isVisible()
