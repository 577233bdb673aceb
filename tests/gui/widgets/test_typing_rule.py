"""What is typed on a page becomes the name, but for commands where no name can be typed or on a proposal."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, QStringListModel, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from face_match.core.records import Person
from face_match.gui.widgets.name_edit import IN_ONE_GO_S, NameEdit
from face_match.gui.widgets.typing_rule import TypingRule

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NAMES = ["Sheldon Cooper", "Leonard", "José", "Amy Farrah Fowler", "Åsa", "Shelly"]


@pytest.fixture
def page(qtbot):
    """A page with a name field, a list and a button; it notes what is done."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    field, faces, button, other = NameEdit("nameEdit", "Name"), QListView(), QPushButton("Go"), QLineEdit()
    stand_in = QPushButton("Confirm")
    faces.setModel(QStringListModel(["isabel", "noor", "xavier"], faces))
    faces.setCurrentIndex(faces.model().index(0, 0))
    for part in (field, faces, button, other, stand_in):
        column.addWidget(part)
    made = SimpleNamespace(
        widget=widget,
        field=field,
        faces=faces,
        button=button,
        other=other,
        stand_in=stand_in,
        done=[],
        accepted=[],
    )
    made.can_name, made.is_proposal = True, False
    letters = {letter: lambda letter=letter: made.done.append(letter) for letter in "nxbfm"}
    keys = {
        Qt.Key.Key_Space: lambda: made.done.append("space"),
        Qt.Key.Key_Delete: lambda: made.done.append("delete"),
        Qt.Key.Key_1: lambda: made.done.append("1"),
        Qt.Key.Key_Menu: lambda: made.done.append("menu"),
    }
    made.rule = TypingRule(
        widget,
        field,
        can_name=lambda: made.can_name,
        is_proposal=lambda: made.is_proposal,
        letters=letters,
        keys=keys,
        moves_in=faces,
        stand_ins=[stand_in],
    )
    field.show_people([Person(name, name, "", face_count=3) for name in NAMES])
    field.accepted.connect(made.accepted.append)
    qtbot.addWidget(widget)
    widget.resize(600, 500)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    field.setFocus()
    made.press = lambda key, modifier=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(
        QApplication.focusWidget(), key, modifier
    )
    made.type = lambda text: [type_letter(qtbot, letter) for letter in text]
    return made


def type_letter(qtbot, letter: str) -> None:
    """A key of any keyboard, wherever the focus is."""
    focused = QApplication.focusWidget()
    if letter.isascii():
        qtbot.keyClicks(focused, letter)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(focused, event)


@pytest.mark.parametrize("start", ["field", "faces", "button"])
@pytest.mark.parametrize("name", ["Isabel", "Noor", "xavier", "Åsa", "José", "Øyvind", "Nguyễn", "王", "bob"])
def test_a_name_is_typed_in_full_wherever_the_focus_is(page, start: str, name: str) -> None:
    getattr(page, start).setFocus()
    page.type(name)
    assert (page.field.text(), page.done) == (name, [])
    assert page.faces.currentIndex().row() == 0


def test_on_a_proposal_only_n_and_x_are_commands(page) -> None:
    page.is_proposal = True
    page.type("nx")
    assert (page.field.text(), page.done) == ("", ["n", "x"])
    page.type("mnx")
    assert (page.field.text(), page.done) == ("mnx", ["n", "x"])


def test_a_capital_is_a_letter_of_a_name_on_a_proposal_too(page) -> None:
    page.is_proposal = True
    page.press("N", SHIFT)
    page.type("oor")
    assert (page.field.text(), page.done) == ("Noor", [])


def test_a_proposal_that_came_by_itself_does_not_eat_the_letter_on_its_way(page, qtbot) -> None:
    page.is_proposal = True
    page.rule.on_proposed_unasked()
    page.type("noor")
    assert (page.field.text(), page.done) == ("noor", [])
    page.field.clear()
    qtbot.wait(450)
    page.type("n")
    assert page.done == ["n"]


def test_where_no_name_can_be_typed_all_letters_are_commands(page) -> None:
    page.can_name = False
    page.field.setEnabled(False)
    page.faces.setFocus()
    page.type("bfz")
    assert (page.field.text(), page.done) == ("", ["b", "f"])


def test_keys_are_commands_until_a_name_is_begun(page) -> None:
    page.press(Qt.Key.Key_Space)
    page.press(Qt.Key.Key_Delete)
    page.press(Qt.Key.Key_1)
    assert page.done == ["space", "delete", "1"]
    page.type("a 1")
    page.press(Qt.Key.Key_Home)
    page.press(Qt.Key.Key_Delete)
    assert page.field.text() == " 1"
    assert len(page.done) == 3


def test_arrows_choose_faces_until_a_name_is_begun(page) -> None:
    page.press(Qt.Key.Key_Down)
    assert page.faces.currentIndex().row() == 1
    page.type("zz")
    page.press(Qt.Key.Key_Up)
    assert page.faces.currentIndex().row() == 1


def test_a_command_key_that_is_held_down_acts_once_and_types_nothing(page) -> None:
    page.is_proposal = True
    no = Qt.KeyboardModifier.NoModifier
    for is_repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, no, "n", is_repeated)
        QApplication.sendEvent(page.field, event)
    assert (page.field.text(), page.done) == ("", ["n"])


def test_a_button_keeps_its_space_and_another_field_its_letters(page) -> None:
    page.button.clicked.connect(lambda: page.done.append("clicked"))
    page.button.setFocus()
    page.press(Qt.Key.Key_Space)
    assert page.done == ["clicked"]
    page.other.setFocus()
    page.type("nx 1")
    assert page.other.text() == "nx 1"


def test_a_name_that_is_composed_counts_as_typed(page) -> None:
    changes = []
    page.field.typing_changed.connect(lambda: changes.append(page.field.is_empty))
    QApplication.sendEvent(page.field, QInputMethodEvent("wang", []))
    page.press(Qt.Key.Key_Space)
    assert page.done == []
    done = QInputMethodEvent("", [])
    done.setCommitString("王")
    QApplication.sendEvent(page.field, done)
    assert page.field.text().strip() == "王"
    assert changes == [False]


def press_soon_after_a_command(page, text: str) -> None:
    """As `TypingRule` runs the letters of a proposal: the first one of the text is a command."""
    page.is_proposal = True
    page.type(text[0])
    page.is_proposal = False  # someone else is wanted
    page.type(text[1:])


@pytest.mark.parametrize("name", ["noor", "xavier", "nils"])
def test_a_small_name_typed_in_one_go_on_a_proposal_loses_no_letter(page, name: str) -> None:
    press_soon_after_a_command(page, name)
    assert page.field.text() == name[1:]
    assert [row.name for row in page.field.suggestions.rows] == [name, name[1:]]
    page.press(Qt.Key.Key_Return)
    assert (page.accepted, page.field.is_asking) == ([], True), "asked which of the two is meant"
    page.press(Qt.Key.Key_Return)
    assert page.accepted == [name]


def test_the_name_after_the_command_is_the_other_answer(page) -> None:
    press_soon_after_a_command(page, "nada")
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Return)
    assert page.accepted == ["ada"]


@pytest.mark.parametrize("typed", ["Ora", "nils", "mia"])
def test_a_capital_the_same_letter_or_a_pause_after_the_command_is_clear(page, qtbot, typed: str) -> None:
    page.is_proposal = True
    page.type("n")
    page.is_proposal = False
    if typed == "mia":
        qtbot.wait(int(1000 * IN_ONE_GO_S) + 50)
    for letter in typed:
        page.press(letter, SHIFT if letter.isupper() else Qt.KeyboardModifier.NoModifier)
    page.press(Qt.Key.Key_Return)
    assert page.accepted == [typed]


def test_a_known_name_that_begins_with_the_command_is_offered_and_asked_about(page, qtbot) -> None:
    page.field.show_people([Person(name, name, "", face_count=3) for name in ("Nora", "Leonora")])
    page.is_proposal = True
    page.type("n")
    page.is_proposal = False
    qtbot.wait(int(1000 * IN_ONE_GO_S) + 50)
    page.type("ora")
    assert [row.name for row in page.field.suggestions.rows] == ["Nora", "Leonora", "ora"]
    page.press(Qt.Key.Key_Return)
    assert (page.accepted, page.field.suggestions.marked) == ([], "Nora")


def test_another_key_after_the_command_parts_it_from_the_name(page) -> None:
    page.is_proposal = True
    page.type("n")
    page.is_proposal = False
    page.press(Qt.Key.Key_Down)
    page.type("mia")
    page.press(Qt.Key.Key_Return)
    assert page.accepted == ["mia"]


def test_a_button_in_place_of_the_field_passes_on_what_the_empty_field_would(page) -> None:
    page.button.clicked.connect(lambda: page.done.append("clicked"))
    page.stand_in.setFocus()
    page.press(Qt.Key.Key_Space)
    page.press(Qt.Key.Key_Down)
    assert (page.done, page.faces.currentIndex().row()) == (["space"], 1)
    page.type("mia")
    assert page.field.text() == "mia"


# Suggestions


def test_the_beginning_of_a_known_name_is_asked_about_once(page) -> None:
    page.type("Leo")
    page.press(Qt.Key.Key_Return)
    assert (page.accepted, page.field.is_asking) == ([], True)
    assert page.field.suggestions.marked == "Leonard"
    page.press(Qt.Key.Key_Return)
    assert page.accepted == ["Leonard"]
    assert not page.field.suggestions.isVisible()


def test_the_beginning_of_a_known_name_can_be_a_new_name(page) -> None:
    page.type("Shel")
    assert [row.name for row in page.field.suggestions.rows] == ["Sheldon Cooper", "Shelly", "Shel"]
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Return)
    assert page.accepted == ["Shel"]


def test_tab_completes_the_one_name_that_is_left(page) -> None:
    page.type("jos")
    page.press(Qt.Key.Key_Tab)
    assert (page.field.text(), page.field.hasFocus()) == ("José", True)
    page.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.field.text() == "jos"
    page.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.field.text() == "José"
    page.press(Qt.Key.Key_Return)
    assert page.accepted == ["José"]


def test_a_new_name_and_a_whole_known_one_are_accepted_at_once(page) -> None:
    for name in ("Rajesh", "leonard"):
        page.type(name)
        page.press(Qt.Key.Key_Return)
        page.field.clear()
    assert page.accepted == ["Rajesh", "leonard"]


def test_escape_cancels_the_question_and_then_the_name(page) -> None:
    page.type("Leo")
    page.press(Qt.Key.Key_Return)
    assert page.field.cancel()
    assert (page.field.text(), page.field.is_asking) == ("Leo", False)
    assert page.field.cancel()
    assert page.field.is_empty
    assert not page.field.cancel()


def test_a_click_on_a_suggestion_accepts_it(page, qtbot) -> None:
    page.type("amy")
    view = page.field.suggestions.list
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0, 0)).center()
    )
    assert page.accepted == ["Amy Farrah Fowler"]


def test_the_menu_key_in_the_empty_field_is_a_command_where_the_system_asks_for_a_menu(page) -> None:
    """As on X11, where that comes before the key."""

    def ask() -> None:
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(page.field, QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))

    ask()
    assert page.done == ["menu"]
    assert QApplication.activePopupWidget() is None
    page.type("a")
    ask()
    popup = QApplication.activePopupWidget()
    assert popup is not None, "the field's own"
    popup.close()
    assert page.done == ["menu"]
