"""Pictures with rounded corners, and the cover of a person: a face, or initials on a colour of the name."""

from __future__ import annotations

import unicodedata
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection
from functools import lru_cache
from time import monotonic

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QLinearGradient, QPainter

from face_match.core.normal_form import normalized
from face_match.core.visible_text import escape_invisible
from face_match.gui import theme

MOST_BYTES = 32 << 20
"""Of images in the size in which they are painted, of all views; those on a screen stay, however large."""
MOST_BYTES_AT_REST = 8 << 20
"""A screen of one or two megapixels shows so many of these; others are made again when they are painted."""
ON_SCREEN_S = 2.0
"""An image that was not painted for so long may go."""
INITIALS = 0.36
"""Height of the initials, relative to the cover."""
SATURATION, LIGHTNESS = 0.38, 0.56
LEAST_CONTRAST = 3.0
"""Of large text, in WCAG 2 at level AA."""
SHADE = 0.22
"""How much black the lower end of a cover has."""

Key = tuple[int, object, tuple[float, float], float, float]
"""The cache key of an image, a part of it, and how that is painted: size, radius, pixels per unit."""


class _PaintedImages:
    """Images in the size in which they are painted, with the times of that; those painted last are last."""

    def __init__(self) -> None:
        self._images: OrderedDict[Key, tuple[QImage, float]] = OrderedDict()
        self._bytes = 0

    def image(self, key: Key, make: Callable[[], QImage]) -> QImage:
        """The image of a key, made if it is not known."""
        known, now = self._images.get(key), monotonic()
        image = known[0] if known is not None else make()
        self._images[key] = image, now
        self._images.move_to_end(key)
        if known is None:
            self._bytes += image.sizeInBytes()
            while self._bytes > MOST_BYTES and next(iter(self._images.values()))[1] < now - ON_SCREEN_S:
                self._forget_oldest()
        return image

    def forget_most(self, sources: Collection[int]) -> None:
        """Keep only what was made of these images, which are given by their cache keys, and of that what was
        painted last, as much as a resting window may."""
        for key in [key for key in self._images if key[0] not in sources]:
            self._forget(key)
        while self._bytes > MOST_BYTES_AT_REST:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        """Forget what was painted longest ago."""
        self._forget(next(iter(self._images)))

    def _forget(self, key: Key) -> None:
        image, _ = self._images.pop(key)
        self._bytes -= image.sizeInBytes()


_painted = _PaintedImages()
forget_most_painted = _painted.forget_most


def paint_rounded(
    painter: QPainter,
    place: QRectF,
    image: QImage,
    radius: float = theme.RADIUS_PX,
    part: QRectF | None = None,
) -> None:
    """Paint the middle of an image, or another part, into a rounded place. What was painted before is not
    scaled again.

    Args:
        part: in pixels of the image, in the shape of the place. Where it is larger than the image, there is a
            dark ground.
    """
    ratio = painter.device().devicePixelRatio()
    part = _middle(image, place.size()) if part is None else part
    key = (image.cacheKey(), part.getRect(), place.size().toTuple(), radius, ratio)
    drawn = _painted.image(key, lambda: _round_off(image, part.toRect(), place.size(), radius, ratio))
    painter.drawImage(place.topLeft(), drawn)


def paint_initials(painter: QPainter, place: QRectF, name: str, radius: float = theme.RADIUS_PX) -> None:
    """Paint the cover of a person without a crop."""
    upper, lower = name_colours(name)
    gradient = QLinearGradient(place.topLeft(), place.bottomRight())
    gradient.setColorAt(0, upper)
    gradient.setColorAt(1, lower)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(gradient))
    painter.drawRoundedRect(place, radius, radius)
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(max(8, round(INITIALS * place.height())))
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


def paint_cover(
    painter: QPainter,
    place: QRectF,
    image: QImage | None,
    name: str,
    radius: float = theme.RADIUS_PX,
    *,
    is_read: bool = True,
) -> None:
    """Paint the cover of a person: the face, or initials where there is none.

    Args:
        is_read: False while it is not known whether there is a face; then a quiet ground is painted.
    """
    if image is not None:
        paint_rounded(painter, place, image, radius)
    elif is_read:
        paint_initials(painter, place, name, radius)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colours().raised)
        painter.drawRoundedRect(place, radius, radius)


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name; "?" where it has no letters."""
    words = [word for word in map(_first_letter, normalized("NFC", name).split()) if word]
    if not words:
        return "?"
    return words[0] + words[-1] if len(words) > 1 else words[0]


def _first_letter(word: str) -> str:
    """The first letter, digit or sign of a word, upper case; empty where it has none that can be seen."""
    for character in word:
        if unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "So":
            upper = character.upper()
            return upper if len(upper) == 1 and escape_invisible(upper) == upper else character
    return ""


@lru_cache(maxsize=4096)
def name_colours(name: str) -> tuple[QColor, QColor]:
    """The colours of a name, of the upper and the lower end of its cover; white text on them can be read."""
    hue = (zlib.crc32(name.encode("utf-8", "surrogatepass")) % 360) / 360
    lightness = LIGHTNESS
    upper = QColor.fromHslF(hue, SATURATION, lightness)
    while _contrast_with_white(upper) < LEAST_CONTRAST:
        lightness -= 0.02
        upper = QColor.fromHslF(hue, SATURATION, lightness)
    return upper, theme.mixed(upper, QColor(Qt.GlobalColor.black), SHADE)


def _contrast_with_white(colour: QColor) -> float:
    """The contrast ratio of WCAG 2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _middle(image: QImage, shape: QSizeF) -> QRectF:
    """The largest part of an image that has the shape of a place, in its middle."""
    size = shape.scaled(QSizeF(image.size()), Qt.AspectRatioMode.KeepAspectRatio)
    part = QRectF(QPointF(0, 0), size)
    part.moveCenter(QRectF(image.rect()).center())
    return part


def _round_off(image: QImage, part: QRect, size: QSizeF, radius: float, ratio: float) -> QImage:
    """A part of an image, scaled to a size and with its corners cut off."""
    pixels = (size * ratio).toSize()
    cut = QImage(part.size(), QImage.Format.Format_RGB32)
    cut.fill(theme.CANVAS)
    painter = QPainter(cut)
    painter.drawImage(-part.topLeft(), image)
    painter.end()
    mode = Qt.AspectRatioMode.IgnoreAspectRatio
    scaled = cut.scaled(pixels, mode, Qt.TransformationMode.SmoothTransformation)
    made = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(scaled))
    painter.drawRoundedRect(QRectF(made.rect()), radius * ratio, radius * ratio)
    painter.end()
    made = made.copy()  # without what Qt keeps with an image that was painted on: 4 kB
    made.setDevicePixelRatio(ratio)
    return made
