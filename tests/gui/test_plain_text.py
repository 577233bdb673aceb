"""A name that looks like HTML, or turns text around, is a name: nothing shows it as anything else."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from face_match.core.visible_text import isolate
from face_match.gui.dialogs.person_picker import PersonPicker
from face_match.gui.phrases import display_name
from face_match.gui.shell.navigation import Page
from face_match.gui.widgets.plain_text import PlainLabel, plain, shown
from tests.gui.conftest import Driver
from tests.gui.menu_driver import trigger
from tests.gui.people_driver import PeopleDriver

NAMES = ("<b>Bold</b>", "<img src='file:///etc/hostname'>", "A & B <i>", "<a href=x>link</a>")


def test_only_text_that_looks_like_html_is_escaped() -> None:
    assert plain("Ada (0.95)") == "Ada (0.95)"
    assert plain("<b>A & B</b>") == "<qt>&lt;b&gt;A &amp; B&lt;/b&gt;</qt>"


def indexes_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(model.rowCount(parent)):
        for column in range(2):
            index = model.index(row, column, parent)
            if index.isValid():
                yield index
                yield from indexes_of(model, index)


def shown_as_html(widget: QWidget) -> Iterator[str]:
    """What of a widget would be shown as HTML, though a name is in it."""
    tips = [widget.toolTip()]
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        tips.append(widget.text())
    model = getattr(widget, "model", None)
    if callable(model) and isinstance(model(), QAbstractItemModel):
        tips += [str(i.data(Qt.ItemDataRole.ToolTipRole) or "") for i in indexes_of(model(), QModelIndex())]
    for tip in tips:
        if any(name in tip for name in NAMES):
            yield f"{type(widget).__name__} {widget.objectName()}: {tip}"


@pytest.mark.parametrize("name", NAMES)
def test_no_widget_shows_a_name_as_html(
    name: str, driver: Driver, astronaut_file: Path, astronaut_again: Path, hopper_file: Path
) -> None:
    driver.add(astronaut_file, name)
    driver.add(hopper_file, f"Grace {name}")
    driver.open(astronaut_again)
    people = PeopleDriver(driver)
    people.choose(name)
    people.show_faces(name)
    found = [one for widget in QApplication.allWidgets() for one in shown_as_html(widget)]
    assert found == []
    assert any(name in label.text() for label in driver.window.findChildren(QLabel))
    driver.window.show_page(Page.PHOTO)
    driver.window.photo_page.matches.setCurrentRow(1)
    said = driver.answer(QMessageBox.StandardButton.No)
    driver.window.photo_page.confirm_button.click()
    assert plain(name)[4:-5] in said[0]
    assert name not in said[0]


def marking_keys(window: QWidget) -> Iterator[str]:
    """The texts in which “&” marks a key: of buttons, of entries of menus, and of labels of fields."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy()):
            yield widget.text()
        if isinstance(widget, QGroupBox):
            yield widget.title()
        yield from (action.text() for action in widget.actions())


COMPANY = "<b>Bold</b> & Co"


def test_no_ampersand_in_a_name_marks_a_key(driver: Driver, astronaut_file: Path, hopper_file: Path) -> None:
    driver.add(astronaut_file, COMPANY)
    driver.add(hopper_file, "Grace & Co")
    own = driver.window.models
    driver.window.menus.offer_models({**own.titles, "dlib": "R & D"})
    people = PeopleDriver(driver)
    people.show_faces(COMPANY)
    seen = []

    def look() -> None:
        shown_now = [text for widget in QApplication.topLevelWidgets() for text in marking_keys(widget)]
        assert [text for text in shown_now if re.search("(?<!&)&(&&)*[ &]", text.replace("&&", ""))] == []
        seen.extend(shown_now)

    look()
    assert "R && D" in seen
    people.choose_faces(0)
    for action in (people.person.people_actions.merge, people.person.face_actions.move):
        action.trigger()
        picker = people.picker()
        look()
        picker.reject()
        people.until(lambda: people.window.findChild(PersonPicker) is None)
        people.activate()
    people.person.people_actions.delete_for_good.trigger()
    people.question()
    look()
    people.answer("Cancel")
    for page in ("history", "check", "models"):
        trigger(driver, page)
    look()
    assert any("Merge <b>Bold</b> && Co into:" in text for text in seen)


TURNING = ("\u202eanaD", "\u2067Dana", "Dana\u2069\u202e", "\u200fDana\x1b[2J", "Da\u200bna\u2066")


def turned(text: str) -> list[str]:
    """What of a text is not seen, but for an isolate that is closed again."""
    rest = re.sub("\u2068([^\u2068\u2069]*)\u2069", r"\1", text)
    return [
        character
        for character in rest
        if unicodedata.category(character) in ("Cc", "Cf") and character > "\n"
    ]


def texts_of(widget: QWidget) -> Iterator[str]:
    """All that a widget shows, or says to screen readers; fields hold names as they are."""
    yield from (widget.toolTip(), widget.windowTitle(), widget.accessibleDescription())
    for property_ in ("text", "informativeText", "placeholderText"):
        if not isinstance(widget, QLineEdit) and callable(getter := getattr(widget, property_, None)):
            yield str(getter())
    model = getattr(widget, "model", None)
    if callable(model) and isinstance(model(), QAbstractItemModel):
        roles = Qt.ItemDataRole
        for index in indexes_of(model(), QModelIndex()):
            for role in (roles.DisplayRole, roles.ToolTipRole, roles.AccessibleTextRole):
                yield str(index.data(role) or "")
    for action in widget.actions():
        yield from (action.text(), action.toolTip())


@pytest.mark.parametrize("name", TURNING)
def test_no_widget_lets_a_name_reverse_the_text_around_it(
    name: str, driver: Driver, tmp_path: Path, astronaut_file: Path, hopper_file: Path
) -> None:
    photo = shutil.copy(astronaut_file, tmp_path / f"{name}.jpg")
    for file, typed, wanted in ((photo, "Ada", name), (hopper_file, "Grace", f"Grace {name}")):
        driver.add(file, typed)
        gallery = driver.window.gallery.gallery
        driver.window.people_edits.rename(gallery.find(typed), wanted)
        driver.settle()
    driver.open(photo)
    trigger(driver, "history")
    trigger(driver, "check")
    people = PeopleDriver(driver)
    people.choose(name)
    people.show_faces(name)
    driver.settle()
    found = [text for widget in QApplication.allWidgets() for text in texts_of(widget)]
    assert [ascii(text) for text in found if turned(text)] == []
    assert sum("Dana" in text or "anaD" in text or "\\u200b" in text for text in found) > 10
    assert driver.window.gallery.gallery.find(name).name == name


def test_a_sentence_keeps_its_direction_around_a_name() -> None:
    assert display_name("Ada") == "Ada"
    assert display_name("שרה") == isolate("שרה") == "\u2068שרה\u2069"
    assert shown(f"Ask {display_name('שרה')}!") == "Ask \u2068שרה\u2069!"
    assert not turned(display_name("שרה\u2069\u202eאבא"))
    assert shown("\u2068Ada") == "\\u2068Ada"
    assert shown("\u2068A\u202eda\u2069") == "\u2068A\\u202eda\u2069"
    assert shown("two\nlines") == "two\nlines"


def test_labels_show_markup_in_names_as_text() -> None:
    label = PlainLabel("<b>A</b>\u202e")
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>A</b>\\u202e"
    label.setText("\u202e<i>")
    assert label.text() == "\\u202e<i>"
