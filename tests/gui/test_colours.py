"""No colour alone carries a meaning, and what is drawn in one can be seen with any colour vision.

Dichromacy is simulated by Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of
color vision deficiency", IEEE TVCG 15(6), 2009, at severity 1.0; contrast is that of WCAG 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from face_match.core.model_families import ThresholdRange
from face_match.core.types import Box
from face_match.decision.error_rates import ErrorRates
from face_match.gui import theme as gui_theme
from face_match.gui.people import person_faces
from face_match.gui.photo import error_rates_view, match_list
from face_match.gui.widgets import photo_view
from face_match.report import plots
from tests.gui.people_driver import PeopleDriver

VISION = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TEXT, GRAPHICS = 4.5, 3.0
"""The least contrast, of WCAG 2 at level AA."""

BLACK, WHITE = "#000000", "#ffffff"


def over_white(colour: QColor) -> QColor:
    """A translucent colour as it looks over white, where it is lightest."""
    return gui_theme.mixed(QColor(WHITE), colour, colour.alphaF())


SEEN = [
    *[
        ("a mark of a face", BLACK, colour, TEXT)
        for colour in ("NEAR_DUPLICATE", "CLOSER", "SAME_PHOTO", "COVER")
    ],
    *[
        (f"a curve on {theme.paper}", colour, theme.paper, GRAPHICS)
        for theme in (plots.LIGHT, plots.DARK)
        for colour in theme.series
    ],
    ("the name of a face on its plate, over white", gui_theme.ON_CANVAS, over_white(gui_theme.PLATE), TEXT),
]


def linear(colour: str | QColor) -> np.ndarray:
    if isinstance(colour, str) and not colour.startswith("#"):
        colour = getattr(person_faces, f"{colour}_COLOUR")
    told = QColor(colour)
    encoded = np.array([told.redF(), told.greenF(), told.blueF()])
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def luminance(colour: str | QColor, vision: str) -> float:
    seen = np.clip(VISION[vision] @ linear(colour), 0, 1)
    return float(seen @ [0.2126, 0.7152, 0.0722])


def contrast(one: str | QColor, other: str | QColor, vision: str) -> float:
    lower, higher = sorted((luminance(one, vision), luminance(other, vision)))
    return (higher + 0.05) / (lower + 0.05)


def test_the_contrast_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE, "all colours") == pytest.approx(21)
    assert contrast("#777777", WHITE, "all colours") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ff0000", "#00aa00", "deuteranopia") < GRAPHICS


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("what", "ink", "ground", "least"), SEEN, ids=[seen[0] for seen in SEEN])
def test_what_is_drawn_in_a_colour_stands_out_from_its_ground(
    what: str, ink: str | QColor, ground: str | QColor, least: float, vision: str
) -> None:
    assert contrast(ink, ground, vision) >= least, what


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[gui_theme.Colours]:
    """The colours of the window in both schemes."""
    gui_theme.apply(qapp, is_dark=request.param)
    yield gui_theme.colours()
    gui_theme.apply(qapp, is_dark=False)


@pytest.mark.parametrize("vision", VISION)
def test_ticks_bars_and_curves_stand_out_in_both_schemes(scheme: gui_theme.Colours, vision: str) -> None:
    for ground in (scheme.page, scheme.chrome, scheme.selection):
        assert contrast(scheme.good, ground, vision) >= GRAPHICS
        assert contrast(scheme.faint, ground, vision) >= GRAPHICS
    assert contrast(scheme.maybe, scheme.page, vision) >= GRAPHICS
    assert contrast(scheme.accent, WHITE, vision) >= GRAPHICS, "a box, within its white line"


# With all of a kind in one colour, what they mean can still be seen


def test_picked_named_and_unnamed_boxes_are_recognised_without_colours(
    qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_view.theme, "ON_PHOTO", gui_theme.colours().accent)
    monkeypatch.setattr(photo_view.PhotoView, "plates", lambda *_: [])
    view = photo_view.PhotoView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("grey"))
    view.show_photo(QSize(400, 300), image, image)
    pictures = []
    for picked, name in ((0, ""), (None, ""), (None, "Ada")):
        view.show_faces([Box(100, 60, 100, 120)], picked)
        view.show_names([name])
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_each_mark_of_a_face_has_a_sign_and_a_corner_of_its_own(
    people: PeopleDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from face_match.gallery.health import NearestOtherPerson
    from face_match.gallery.near_duplicates import NearDuplicate
    from face_match.gui.people.person_faces import Likenesses

    for name in ("NEAR_DUPLICATE_COLOUR", "CLOSER_COLOUR", "SAME_PHOTO_COLOUR", "COVER_COLOUR"):
        monkeypatch.setattr(person_faces, name, QColor(WHITE))
    people.show_faces("Grace")
    grid = people.faces
    (plain,) = grid.rows
    people.until(lambda: grid.crops.image(plain.face.id, plain.face) is not None)
    pictures: list[QImage] = []
    for row in (
        plain,
        plain._replace(same=True),
        plain._replace(same=False),
        plain._replace(is_cover=True),
    ):
        grid.show_faces([row])
        pictures.append(grid.grab().toImage())
    grid.show_faces([plain])
    face, other = plain.face, replace(plain.person, folder="Ada")
    for likenesses in (
        Likenesses(near={face.id: NearDuplicate(face, face, 0.99)}),
        Likenesses(others={face.id: NearestOtherPerson(face.id, other, 0.9, 0.8)}),
    ):
        grid.show_likenesses(likenesses)
        pictures.append(grid.grab().toImage())
    assert len(pictures) == 6
    for number, one in enumerate(pictures):
        assert all(one != another for another in pictures[number + 1 :])


def test_a_match_is_recognised_by_its_tick(
    open_window, gallery_folder: Path, astronaut_again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_window(gallery_folder)
    driver.open(astronaut_again)
    matches = driver.window.photo_page.matches
    driver.qtbot.waitUntil(lambda: matches.crops.image(*key_of(matches)) is not None)
    one = gui_theme.colours()._replace(good=QColor(BLACK), faint=QColor(BLACK))
    monkeypatch.setattr(gui_theme, "colours", lambda: one)
    pictures = []
    for threshold in (0.8, 1.0):
        matches.mark(threshold)
        row = matches.visualItemRect(matches.item(0))
        name = QRect(row.left() + 60, row.top() + 10, 150, 24)  # above the bar
        pictures.append(matches.viewport().grab(name).toImage())
    assert pictures[0] != pictures[1]


def key_of(matches: match_list.MatchList) -> tuple[str, object]:
    face = matches.item(0).data(match_list.MATCH_ROLE).face
    return face.id, face


def test_the_two_histograms_differ_by_their_lines(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    ink = QColor(BLACK)
    monkeypatch.setattr(error_rates_view, "curve_colours", lambda: (ink, ink))
    view = error_rates_view._Histograms()
    qtbot.addWidget(view)
    view.resize(300, error_rates_view.HEIGHT_PX)
    limits = ThresholdRange(0.0, 1.0, 0.5)
    random = np.random.default_rng(0)
    lower, higher = (np.sort(random.normal(middle, 0.05, 500)) for middle in (0.3, 0.7))
    pictures = []
    for genuine, impostor in ((higher, lower), (lower, higher)):
        view.show_rates(ErrorRates(genuine, impostor), limits)
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]
