"""The colours of both schemes stand out from each other, and the type is large enough."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from face_match.gui import theme
from face_match.gui.widgets.icons import FOLDER, icon_image
from tests.gui.test_colours import contrast

TEXT, GRAPHICS = 4.5, 3.0
"""The least contrast, of WCAG 2 at level AA."""

TEXTS = (
    *[("ink", ground) for ground in ("chrome", "page", "raised", "selection", "hover", "good_soft")],
    *[("faint", ground) for ground in ("chrome", "page", "selection", "hover")],
    ("on_accent", "accent"),
    *[("link", ground) for ground in ("page", "chrome")],
    *[("good", ground) for ground in ("page", "chrome", "good_soft", "selection")],
    *[("maybe", ground) for ground in ("page", "chrome", "maybe_soft", "selection")],
    *[("danger", ground) for ground in ("page", "chrome")],
)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def colours(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[theme.Colours]:
    theme.apply(qapp, is_dark=request.param)
    yield theme.colours()
    theme.apply(qapp, is_dark=False)


def test_every_text_can_be_read_on_every_ground(colours: theme.Colours) -> None:
    low = {
        (ink, ground): round(ratio, 2)
        for ink, ground in TEXTS
        if (ratio := contrast(getattr(colours, ink), getattr(colours, ground), "all colours")) < TEXT
    }
    assert low == {}


def test_text_on_the_canvas_of_photos_can_be_read(qapp: QApplication) -> None:
    assert contrast(theme.ON_CANVAS, theme.CANVAS, "all colours") >= TEXT
    assert contrast(theme.ON_CANVAS_FAINT, theme.CANVAS, "all colours") >= TEXT
    assert theme.CANVAS.saturation() < 16, "the canvas has no colour of its own"


def test_the_focus_can_be_seen(colours: theme.Colours) -> None:
    for ground in (colours.page, colours.chrome, colours.selection):
        assert contrast(colours.link, ground, "all colours") >= GRAPHICS


def test_the_colours_follow_the_palette(qapp: QApplication) -> None:
    """As a user of high contrast has chosen it."""
    before = qapp.palette()
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#ffff00"))
    qapp.setPalette(palette)
    try:
        assert theme.colours().is_dark
        assert theme.colours().ink == QColor("#ffff00")
        assert theme.colours().page == QColor("#000000")
    finally:
        qapp.setPalette(before)


@pytest.mark.parametrize(("system_px", "wanted_px"), [(9, 14), (14, 14), (28, 28)])
def test_the_type_is_the_systems_but_not_smaller_than_14_pixels(
    qapp: QApplication, system_px: int, wanted_px: int
) -> None:
    font = QFont(qapp.font())
    font.setPixelSize(system_px)
    assert QFontInfo(theme._body_font(font)).pixelSize() == wanted_px


def test_titles_and_captions_are_relative_to_the_body(qtbot) -> None:
    title, caption = QLabel("Title"), QLabel("caption")
    for label in (title, caption):
        qtbot.addWidget(label)
    body = QFontInfo(title.font()).pixelSize()
    theme.set_type(title, theme.TITLE, bold=True)
    theme.set_type(caption, theme.CAPTION, faint=True)
    assert QFontInfo(title.font()).pixelSize() == round(1.5 * body)
    assert QFontInfo(caption.font()).pixelSize() == round(0.85 * body)


def test_every_icon_can_be_drawn_in_any_colour(qapp: QApplication) -> None:
    files = sorted({*FOLDER.glob("*.svg")} - {theme.TICK, theme.DROP_DOWN})
    code = "".join(path.read_text("utf-8") for path in FOLDER.parent.rglob("*.py"))
    assert [file.stem for file in files if f'"{file.stem}"' not in code] == [], "none is left over"
    for file in files:
        image = icon_image(file.stem, "#ff0000", 18, 2)
        reds = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert reds, file.name
        assert all(colour.red() > 200 and colour.green() < 60 for colour in reds), file.name
