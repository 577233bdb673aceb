"""The icons of Lucide in the colours of the palette, sharp at any scale."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from face_match.gui import theme

FOLDER = Path(__file__).parents[1] / "icons"
SCALES = (1, 2, 3)
SIZE_PX = 18


def icon(name: str, colour: QColor | None = None, size_px: int = SIZE_PX) -> QIcon:
    """An icon of `gui/icons` by its file's name, in the colour of text unless another one is given."""
    drawn = colour if colour is not None else theme.colours().ink
    made = QIcon()
    for scale in SCALES:
        image = icon_image(name, drawn.name(), size_px, scale)
        made.addPixmap(QPixmap.fromImage(image))
    return made


def paint_icon(painter: QPainter, name: str, place: QRectF, colour: QColor) -> None:
    """Paint an icon into a square."""
    _renderer(name, colour.name()).render(painter, place)


@lru_cache(maxsize=256)
def icon_image(name: str, colour: str, size_px: int, scale: float) -> QImage:
    """An icon as an image of `size_px` logical pixels."""
    image = QImage(QSize(size_px, size_px) * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(name, colour).render(painter)
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


@lru_cache(maxsize=128)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))
