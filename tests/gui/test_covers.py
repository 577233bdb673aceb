"""Covers: initials of any name, on colours that white text can be read on, and rounded faces."""

from __future__ import annotations

import ctypes
import sys

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from face_match.gui import theme
from face_match.gui.widgets import covers
from face_match.gui.widgets.covers import initials, name_colours, paint_initials, paint_rounded
from face_match.gui.widgets.item_painting import two_lines


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "AL"),
        ("Madonna", "M"),
        ("mary fairfax somerville", "MS"),
        ("  Élise  ", "É"),
        ("E\u0301lise", "É"),
        ("(Ada) <b>Grace</b>", "AB"),
        ("גרייס הופר", "גה"),
        ("李 小龙", "李小"),
        ("ßen Öl", "ßÖ"),
        ("😀 Smith", "😀S"),
        ("\u202eAda", "A"),
        ("...", "?"),
        ("", "?"),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_the_colours_of_a_name_stay_and_differ_between_names() -> None:
    assert name_colours("Ada") == name_colours("Ada")
    assert len({name_colours(f"Person {number}")[0].hue() for number in range(60)}) > 30


def test_white_initials_stand_out_from_every_colour() -> None:
    colours = [colour for number in range(500) for colour in name_colours(f"Person {number}")]
    assert min(map(covers._contrast_with_white, colours)) >= covers.LEAST_CONTRAST


def painted(size: int, paint) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def test_a_face_is_scaled_to_its_place_and_its_corners_are_cut_off(qapp) -> None:
    face = QImage(400, 200, QImage.Format.Format_RGB888)
    face.fill(QColor("blue"))
    for x in range(100):
        for y in range(200):
            face.setPixelColor(x, y, QColor("red"))  # what a square leaves out
    drawn = painted(60, lambda painter: paint_rounded(painter, QRectF(5, 5, 50, 50), face, 10))
    assert drawn.pixelColor(30, 30) == QColor("blue")
    assert drawn.pixelColor(7, 30).blue() > 200
    for x, y in ((5, 5), (54, 5), (5, 54), (54, 54), (2, 30)):
        assert drawn.pixelColor(x, y).alpha() < 40


def test_a_part_of_an_image_is_painted_and_what_it_lacks_is_dark(qapp) -> None:
    photo = QImage(200, 100, QImage.Format.Format_RGB888)
    photo.fill(QColor("red"))
    for x in range(150, 200):
        for y in range(100):
            photo.setPixelColor(x, y, QColor("blue"))
    right = painted(
        60, lambda painter: paint_rounded(painter, QRectF(0, 0, 60, 60), photo, 6, QRectF(100, 0, 100, 100))
    )
    assert right.pixelColor(10, 30) == QColor("red")
    assert right.pixelColor(50, 30) == QColor("blue")
    whole = painted(
        60, lambda painter: paint_rounded(painter, QRectF(0, 0, 60, 60), photo, 6, QRectF(0, -50, 200, 200))
    )
    assert whole.pixelColor(30, 5) == whole.pixelColor(30, 55) == theme.CANVAS
    assert whole.pixelColor(20, 30) == QColor("red")
    assert whole.pixelColor(55, 30) == QColor("blue")


def test_what_was_painted_before_is_not_scaled_again(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    face = QImage(80, 80, QImage.Format.Format_RGB888)
    face.fill(QColor("green"))
    first = painted(60, lambda painter: paint_rounded(painter, QRectF(0, 0, 60, 60), face))
    monkeypatch.setattr(covers, "_round_off", None)
    assert painted(60, lambda painter: paint_rounded(painter, QRectF(0, 0, 60, 60), face)) == first


def test_initials_are_painted_in_white_on_the_colour(qapp) -> None:
    drawn = painted(100, lambda painter: paint_initials(painter, QRectF(0, 0, 100, 100), "Ada Lovelace"))
    seen = {drawn.pixelColor(x, 50).name() for x in range(100)}
    assert "#ffffff" in seen
    assert drawn.pixelColor(50, 3).hue() == pytest.approx(name_colours("Ada Lovelace")[0].hue(), abs=6)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ada", ["Ada"]),
        ("Arnold Schwarzenegger", ["Arnold", "Schwarzenegger"]),
        ("Anna Maria Schwarzenegger", ["Anna Maria", "Schwarzenegger"]),
        ("Arnold_Schwarzenegger", ["Arnold_", "Schwarzenegger"]),
        ("Ada-Schwarzenegger", ["Ada-", "Schwarzenegger"]),
        ("Schwarzeneggerleutheusser Ada", ["Schwarzenegge…", "Ada"]),
        ("Ada Schwarzeneggerleutheusser", ["Ada", "Schwarzenegge…"]),
    ],
)
def test_a_name_has_two_lines_before_it_is_cut(qapp: QApplication, name: str, lines: list[str]) -> None:
    metrics = QFontMetrics(QFont(qapp.font()))
    width = metrics.horizontalAdvance("Schwarzenegger") + 1
    found = two_lines(name, metrics, width)
    assert len(found) == len(lines)
    for one, expected in zip(found, lines, strict=True):
        assert one == expected or (expected.endswith("…") and one.endswith("…"))


def test_images_out_of_view_go_first_and_those_in_view_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def made() -> QImage:
        return QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)

    monkeypatch.setattr(covers, "MOST_BYTES", 10 * made().sizeInBytes())
    images, made_again = covers._PaintedImages(), []
    keys = [(number, (0.0,) * 4, (16.0, 16.0), 8.0, 1.0) for number in range(30)]
    for key in keys:
        images.image(key, made)
    assert len(images._images) == 30, "all were painted within two seconds"
    monkeypatch.setattr(covers, "ON_SCREEN_S", 0.0)
    images.image((99, (0.0,) * 4, (16.0, 16.0), 8.0, 1.0), made)
    assert len(images._images) == 10
    for key in keys[-9:]:
        images.image(key, lambda: made_again.append(1) or made())
    assert not made_again


class _Memory(ctypes.Structure):
    """glibc's `struct mallinfo2`."""

    _fields_ = [
        *((name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd")),
        *((name, ctypes.c_size_t) for name in ("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")),
    ]


def allocated_bytes() -> int:
    try:
        mallinfo2 = ctypes.CDLL(None).mallinfo2
    except AttributeError:
        pytest.skip("needs glibc 2.33")
    mallinfo2.restype = _Memory
    now = mallinfo2()
    return int(now.uordblks + now.hblkhd)


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_an_image_that_is_kept_takes_little_more_than_its_pixels(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was painted on keeps the engine that painted, half as much as a small cover."""
    monkeypatch.setattr(covers, "_painted", kept := covers._PaintedImages())
    source, canvas = QImage(64, 64, QImage.Format.Format_RGB32), QImage(64, 64, QImage.Format.Format_RGB32)
    source.fill(Qt.GlobalColor.red)
    painter = QPainter(canvas)
    for number in range(-20, 300):
        if number == 0:
            before, bytes_before = allocated_bytes(), kept._bytes
        paint_rounded(painter, QRectF(0, 0, 48, 48), source, part=QRectF(0, 0, 1 + (number + 20) / 10, 9))
    painter.end()
    pixels = kept._bytes - bytes_before
    assert pixels == 300 * 48 * 48 * 4
    assert allocated_bytes() - before < 1.2 * pixels
