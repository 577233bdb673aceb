"""The toolbar in windows of any width, and with large text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from face_match.gui import theme
from face_match.gui.shell.toolbar import Toolbar
from face_match.gui.shell.window_size import SMALLEST_SIZE, smallest_size
from tests.gui import audit


@pytest.fixture(params=[1, 2])
def font_scale(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    font = qapp.font()
    qapp.setFont(theme.resized(QFont(font), request.param))
    yield request.param
    qapp.setFont(font)


@pytest.mark.parametrize("width", [700, 900, 1280, 1920])
def test_buttons_that_have_no_room_lose_their_texts_and_keep_their_names(qtbot, font_scale, width) -> None:
    toolbar = Toolbar()
    qtbot.addWidget(toolbar)
    toolbar.resize(width, 60 * font_scale)
    toolbar.show()
    assert audit.cut_off(toolbar) == []
    assert audit.without_a_name(toolbar) == []
    assert audit.spoken(toolbar.open_button) == "Open photo"
    assert toolbar.search.width() >= toolbar.search.minimumWidth()
    toolbar.resize(2400, 60 * font_scale)
    QApplication.processEvents()
    assert (toolbar.open_button.text(), toolbar.open_button.keys) == ("Open photo", "Ctrl O")


def test_a_window_with_larger_text_cannot_be_made_as_small_as_others() -> None:
    usual = QSize(*SMALLEST_SIZE)
    assert smallest_size(1.25, QSize(1920, 1080)) == usual
    assert smallest_size(2, QSize(1920, 1080)) == QSize(1440, 960)
    assert smallest_size(2, QSize(1366, 768)) == QSize(1366, 768)
    assert smallest_size(2, QSize(800, 500)) == usual
