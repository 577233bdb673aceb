"""Names below faces in a photo never cover each other."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QImage

from face_match.core.types import Box
from face_match.gui.widgets.photo_view import PLATE_OVERLAP_PX, PhotoView

NAMES = ("Ariel Sharon", "Jacques Chirac", "Colin Powell", "Donald Rumsfeld", "George W Bush")


def plates_of(qtbot, width: int, picked: int | None) -> list[tuple[QRectF, str]]:
    """The plates of a row of five faces that fills a view of this width."""
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(width, 300)
    image = QImage(1000, 300, QImage.Format.Format_RGB32)
    view.show_photo(QSize(1000, 300), image, image)
    view.show_faces([Box(60 + 200 * number, 60, 80, 100) for number in range(len(NAMES))], picked)
    view.show_names(NAMES)
    found = view.plates(QFontMetricsF(view.font()))
    view.deleteLater()
    return found


def test_names_do_not_cover_each_other_in_a_narrow_window(qtbot) -> None:
    overlaps = []
    for width, picked in itertools.product((300, 430, 600, 900), (None, 0, 3, 4)):
        found = [plate for plate, _ in plates_of(qtbot, width, picked)]
        both = [one.intersected(other) for one, other in itertools.combinations(found, 2)]
        overlaps += [min(part.width(), part.height()) for part in both]
    assert len(overlaps) > 20
    assert max(overlaps) <= PLATE_OVERLAP_PX


def test_the_picked_face_has_its_name(qtbot) -> None:
    for picked, name in enumerate(NAMES):
        (first, *_) = plates_of(qtbot, 300, picked)
        assert first[1][:2] == name[:2]


def test_all_names_are_shown_where_there_is_room(qtbot) -> None:
    assert sorted(text for _, text in plates_of(qtbot, 1000, None)) == sorted(NAMES)
