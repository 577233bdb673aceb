"""A name that looks like HTML is a name: no label, tool tip or question shows it as anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from face_match.gui.plain_text import plain
from tests.gui.conftest import Driver
from tests.gui.people_driver import PeopleDriver

NAMES = ("<b>Bold</b>", "<img src='file:///etc/hostname'>", "A & B <i>", "<a href=x>link</a>")


def test_only_what_could_be_taken_for_html_is_escaped() -> None:
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
    found = [one for widget in QApplication.allWidgets() for one in shown_as_html(widget)]
    assert found == []
    assert any(name in label.text() for label in driver.window.findChildren(QLabel))
    people.window.close()
    driver.window.panel.matches.setCurrentRow(1)
    said = driver.answer(QMessageBox.StandardButton.No)
    driver.window.panel.confirm_button.click()
    assert plain(name)[4:-5] in said[0]
    assert name not in said[0]
