"""The frame of the dialogs: where Tab leads, what Enter does, and how large they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from face_match.gui import theme
from face_match.gui.dialogs.questions import question_box
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.widgets.buttons import Kind
from face_match.gui.widgets.wrapped_label import WrappedLabel
from tests.gui import audit


@pytest.fixture
def sheet(qtbot) -> Sheet:
    """A dialog with two fields, a main action and another one."""
    made = Sheet(None, "aSheet", "A title", close_text="Cancel", by_enter=False)
    qtbot.addWidget(made)
    main = made.add_main("&Do it", "doButton", "Do it (Enter)")
    made.add_other("&Other …", "otherButton", "Do something else (Alt+O)")
    for name in ("first", "second"):
        field = QLineEdit()
        field.setObjectName(name)
        made.column.addWidget(field)
    made.buttons.accepted.connect(made.accept)
    made.fit(400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    assert main.kind is Kind.MAIN
    return made


def test_the_content_has_the_focus_and_tab_leads_from_left_to_right(sheet: Sheet) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "first"
    visited = [getattr(one, "text", str)() or one.objectName() for one in audit.tour(sheet, focused)]
    assert visited == ["first", "second", "&Other …", "Cancel", "&Do it"]


def test_enter_presses_the_main_action_and_escape_closes(sheet: Sheet, qtbot) -> None:
    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    sheet.show()
    with qtbot.waitSignal(sheet.rejected):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_the_main_action_is_at_the_right(sheet: Sheet) -> None:
    places = {button.text(): button.x() for button in sheet.buttons.buttons()}
    assert sorted(places, key=lambda text: places[text]) == ["&Other …", "Cancel", "&Do it"]


def test_larger_text_makes_a_dialog_larger_within_the_screen(qtbot, qapp: QApplication) -> None:
    sizes = []
    font = qapp.font()
    for scale in (1, 1.5, 20):
        qapp.setFont(theme.resized(QFont(font), scale))
        made = Sheet(None, "aSheet", "T")
        qtbot.addWidget(made)
        made.column.addWidget(WrappedLabel("some words " * 20))
        made.fit(300)
        sizes.append(made.size())
        room = made.screen().availableSize()
    qapp.setFont(font)
    assert sizes[0].width() < sizes[1].width()
    assert sizes[2].width() <= room.width()
    assert sizes[2].height() <= room.height()


def test_a_sheet_grows_for_a_longer_text_but_not_where_it_was_made_smaller(sheet: Sheet, qtbot) -> None:
    text = WrappedLabel("short")
    sheet.column.addWidget(text)
    bar = sheet.area.verticalScrollBar()
    for count in (50, 100):
        text.setText("some words " * count)
        QApplication.processEvents()
        assert bar.maximum() == 0
        assert text.height() >= text.heightForWidth(text.width())
    sheet.resize(sheet.width(), 300)
    QApplication.processEvents()
    assert bar.maximum() > 0
    text.setText("some words " * 110)
    QApplication.processEvents()
    assert sheet.height() == 300


def test_a_sheet_that_grows_stays_on_the_screen(sheet: Sheet, qtbot) -> None:
    text = WrappedLabel("short")
    sheet.column.addWidget(text)
    room = sheet.screen().availableGeometry()
    sheet.move(sheet.x(), room.bottom() - sheet.height())
    text.setText("some words " * 2_000)
    QApplication.processEvents()
    assert sheet.height() == room.height() - theme.TITLE_BAR_PX
    assert room.contains(sheet.geometry())


@pytest.mark.parametrize("does_wrap", [True, False])
def test_a_question_has_room_for_its_heading_whether_qt_wraps_it_or_not(qtbot, does_wrap: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    text = "Another person is called Sheldon. Merge the two people?"
    box = question_box(window, "The name is taken", text, "Sheldon will have 6 faces.")
    label = box.findChild(QLabel, "qt_msgbox_label")
    label.setWordWrap(does_wrap)  # which Qt decides by the width of the screen
    needed = 0 if does_wrap else label.fontMetrics().horizontalAdvance(text)
    assert box.layout().minimumSize().width() >= needed
    box.show()
    assert label.height() >= label.heightForWidth(label.width())
