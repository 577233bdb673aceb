"""Names that others rely on, Tab order, accessible names, and nothing cut off at the smallest size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSlider,
    QWidget,
)

from face_match.gui import theme
from face_match.gui.dialogs.keys import KeysDialog
from face_match.gui.dialogs.models import EXPLANATION, ModelsDialog
from face_match.gui.review.face_size import SMALLEST_PX
from face_match.gui.shell.navigation import Page
from face_match.vision.quality import LIMITS

OBJECT_NAMES = (
    *("navigation", "peopleGrid", "searchEdit", "photoView", "openButton", "thresholdSlider"),
    *("thresholdLabel", "matchesList", "nameEdit", "addButton", "confirmButton", "rejectButton"),
    *("faceCropLabel", "sampleCropLabel", "queueLabel", "messageBar"),
    *("reviewGroups", "reviewFaces", "reviewNameEdit"),
)


@pytest.fixture
def all_pages(open_window, gallery_folder: Path):
    """A window whose pages have all been shown."""
    driver = open_window(gallery_folder)
    for page in Page:
        driver.window.show_page(page)
        driver.settle()
    return driver


def test_the_agreed_object_names_are_there(all_pages) -> None:
    assert all_pages.window.objectName() == "mainWindow"
    missing = [name for name in OBJECT_NAMES if all_pages.window.findChild(QWidget, name) is None]
    assert missing == []


def test_every_control_has_an_accessible_name_and_a_tooltip(all_pages) -> None:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QSlider)
    controls = [
        control
        for kind in kinds
        for control in all_pages.window.findChildren(kind)
        if control.objectName() in OBJECT_NAMES
    ]
    assert len(controls) >= 12
    for control in controls:
        name = control.accessibleName() or getattr(control, "text", str)()
        assert name, control.objectName()
        if control.objectName() != "navigation":  # whose entries have their own
            assert control.toolTip(), control.objectName()


def test_tab_goes_through_the_window_in_reading_order(
    driver, astronaut_file: Path, astronaut_again: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(astronaut_again)
    window = driver.window
    window.photo_page.photo_view.setFocus()
    visited = []
    for _ in range(20):
        visited.append(window.focusWidget().objectName())
        driver.press(Qt.Key.Key_Tab)
        if window.focusWidget() is window.photo_page.photo_view:
            break
    expected = [
        "photoView",
        "drawBoxButton",
        "confirmButton",
        "rejectButton",
        "nameEdit",
        "compareButton",
        "matchesList",
        "setThresholdButton",
        "thresholdSlider",
    ]
    assert [name for name in visited if name in expected] == expected


@pytest.mark.parametrize("size", [(900, 600), (1180, 760), (1920, 1080)])
def test_nothing_is_cut_off(driver, two_faces: Path, size: tuple[int, int]) -> None:
    window = driver.window
    window.resize(*size)
    driver.open(two_faces)
    assert (window.width(), window.height()) == size
    inside = window.rect()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName() == "":
            continue
        corner = widget.mapTo(window, widget.rect().bottomRight())
        assert inside.contains(corner), widget.objectName()
        if isinstance(widget, (QAbstractButton, QLabel)) and widget.objectName() != "messageBar":
            hint = widget.minimumSizeHint()
            assert widget.width() >= hint.width(), widget.objectName()
            assert widget.height() >= hint.height(), widget.objectName()


def test_a_long_name_and_a_long_message_do_not_widen_the_window(driver, astronaut_file: Path) -> None:
    driver.window.resize(900, 600)
    driver.add(astronaut_file, "Wolfeschlegelsteinhausenbergerdorff " * 8)
    assert driver.window.width() == 900
    assert driver.rows[0].startswith("✅ Wolfeschlegelsteinhausenbergerdorff")


def test_captions_of_crops_are_elided_at_the_end(driver, astronaut_file: Path) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " * 4
    driver.add(astronaut_file, name)
    driver.open(astronaut_file)
    driver.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    caption = driver.window.photo_page.compare._person_caption
    assert caption.text().startswith("Wolfe")
    assert caption.text().endswith("…")
    assert caption.fontMetrics().horizontalAdvance(caption.text()) <= caption.width()
    assert name.strip()[:40] in caption.toolTip()


def test_the_keys_need_no_scrolling_sideways_in_a_small_window(driver) -> None:
    driver.window.menus.actions["keys"].trigger()
    dialog = driver.window.findChild(KeysDialog)
    area = dialog.findChild(QScrollArea)
    for width in (900, 1400):
        dialog.resize(width, 600)
        driver.qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())
        assert dialog.width() == width
        assert not area.horizontalScrollBar().isVisible()
    line = dialog.fontMetrics().lineSpacing()
    tall = [label.text() for label in area.findChildren(QLabel) if label.height() >= 2 * line]
    assert tall == [], "there is room for one line each"


def test_a_reason_fits_below_its_crop(qapp) -> None:
    metrics = QFontMetrics(theme.resized(qapp.font(), theme.CAPTION))
    for limit in LIMITS:
        assert metrics.horizontalAdvance(limit.reason) <= SMALLEST_PX - 24, limit.reason


def test_the_models_dialog_names_no_command_and_tells_of_the_model_in_use(driver) -> None:
    assert "evaluate" not in EXPLANATION
    driver.window.menus.actions["models"].trigger()
    driver.settle()
    dialog = driver.window.findChild(ModelsDialog)
    assert dialog._selected_row().is_in_use
    assert dialog.details.text()


def test_titles_have_one_size_and_the_handle_of_the_threshold_is_whole(all_pages) -> None:
    window = all_pages.window
    size = round(theme.TITLE * window.message_bar.label.font().pixelSize())
    assert window.photo_page.panel.title.font().pixelSize() == size
    assert window.review_page.question.font().pixelSize() == size
    assert window.photo_page.threshold.slider.height() > theme.SLIDER_HANDLE_PX
