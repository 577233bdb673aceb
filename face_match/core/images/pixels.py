"""Conversion of a decoded image of any Pillow mode to upright RGB, in blocks.

Steps over the whole image would each hold a copy: a 16-bit photo of 200 megapixels took 5 GB. Here only the
image in its own mode and the result have full size.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.core.images.icc_profile import checked_profile
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.types import Pixels

if TYPE_CHECKING:
    from PIL import ImageCms

BLOCK_PIXELS = 1 << 19
"""Pixels of a block: few enough for a processor's cache."""

ToRgb = Callable[[Image.Image], Image.Image]
"""Converts a block of an image to mode RGB."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIXTEEN_BIT_MODES = ("I;16", "I;16B", "I;16L", "I;16N")
_BITS_PER_SAMPLE, _PHOTOMETRIC, _SAMPLE_FORMAT, _WHITE_IS_ZERO = 258, 262, 339, 0
"""Tags of a TIFF, and a value of the second."""
_WIDE_MODES = (*_SIXTEEN_BIT_MODES, "I", "F")


def upright_pixels(image: Image.Image, orientation: int, to_rgb: ToRgb) -> Pixels:
    """The upright pixels of a loaded image: uint8 RGB, shape (height, width, 3)."""
    width, height = image.im.size
    turn = _TURNS.get(orientation)
    pixels = np.empty(
        (width, height, 3) if orientation in SIDEWAYS_ORIENTATIONS else (height, width, 3), np.uint8
    )
    stored = stored_view(pixels, orientation)
    for left, top, right, bottom in _blocks(width, height):
        block = image.crop((left, top, right, bottom))
        if turn is not None:  # Pillow does it faster than numpy writes across rows
            block = block.transpose(turn)
        upright_view(stored[top:bottom, left:right], orientation)[:] = np.asarray(to_rgb(block))
    return pixels


def reduced(pixels: Pixels, times: tuple[int, int]) -> Pixels:
    """Pixels averaged as by Pillow's `reduce`, in blocks of whole rows.

    Args:
        times: columns and rows that become one.
    """
    rows = times[1] * max(1, BLOCK_PIXELS // (pixels.shape[1] * times[1]))
    blocks = (Image.fromarray(pixels[top : top + rows]) for top in range(0, len(pixels), rows))
    return np.concatenate([np.asarray(block.reduce(times)) for block in blocks])


def resized(
    pixels: Pixels, width: int, height: int, method: Image.Resampling = Image.Resampling.BICUBIC
) -> Pixels:
    """Pixels in another size, as by Pillow's `resize` with a reducing gap of 2."""
    wide, high = pixels.shape[1] / width, pixels.shape[0] / height
    times = max(1, int(wide / 2)), max(1, int(high / 2))
    box = (0.0, 0.0, pixels.shape[1] / times[0], pixels.shape[0] / times[1])
    return np.asarray(Image.fromarray(reduced(pixels, times)).resize((width, height), method, box))


def _blocks(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    columns = max(1, min(width, BLOCK_PIXELS))
    rows = max(1, BLOCK_PIXELS // columns)
    for top in range(0, height, rows):
        for left in range(0, width, columns):
            yield left, top, min(left + columns, width), min(top + rows, height)


def stored_view(pixels: Pixels, orientation: int) -> Pixels:
    """A view of upright pixels with the rows and columns of the file."""
    if orientation in SIDEWAYS_ORIENTATIONS:
        pixels = pixels.transpose(1, 0, 2)
    return _flipped(pixels, orientation)


def upright_view(pixels: Pixels, orientation: int) -> Pixels:
    """A view of stored pixels that is upright: the inverse of `stored_view`."""
    pixels = _flipped(pixels, orientation)
    return pixels.transpose(1, 0, 2) if orientation in SIDEWAYS_ORIENTATIONS else pixels


def _flipped(pixels: Pixels, orientation: int) -> Pixels:
    if orientation in (3, 4, 6, 7):
        pixels = pixels[::-1]
    if orientation in (2, 3, 7, 8):
        pixels = pixels[:, ::-1]
    return pixels


def plain_rgb(block: Image.Image) -> Image.Image:
    """RGB by Pillow's conversion: no profile, alpha dropped."""
    return block.convert("RGB")


class DisplayRgb:
    """RGB as other programs show it: sRGB, alpha over white, modes of more than 8 bits scaled.

    Call it with a block. What depends on the whole image is computed once.
    """

    def __init__(self, image: Image.Image) -> None:
        self._values = _WideValues(image) if image.mode in _WIDE_MODES else None
        self._in_srgb = _InSrgb(checked_profile(image.info.get("icc_profile") or b""))

    def __call__(self, block: Image.Image) -> Image.Image:
        if self._values is not None:
            block = self._values.eight_bit(block)
        if block.mode == "P" or (block.mode in ("L", "RGB", "1") and "transparency" in block.info):
            block = block.convert("RGBA" if "transparency" in block.info else "RGB")
        alpha = block.getchannel("A") if block.mode in ("RGBA", "LA", "PA", "La", "RGBa") else None
        if alpha is not None:
            block = block.convert("RGB" if block.mode != "LA" else "L")
        block = self._in_srgb(block)
        if block.mode != "RGB":
            block = block.convert("RGB")
        if alpha is not None:
            white = Image.new("RGB", block.size, "white")
            white.paste(block, mask=alpha)
            block = white
        return block


class _WideValues:
    """What the values of a grey image with more than 8 bits mean.

    Pillow leaves three kinds of TIFF as they are stored: 12 bits as small numbers, unsigned 32 bits as signed
    ones, and white as 0.
    """

    def __init__(self, image: Image.Image) -> None:
        tags: Any = getattr(image, "tag_v2", {})
        bits = tags.get(_BITS_PER_SAMPLE, (0,))[0]
        self._is_unsigned = image.mode == "I" and bits == 32 and tags.get(_SAMPLE_FORMAT, (1,))[0] == 1
        self._is_inverted = tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO
        self._most = 4095.0 if bits == 12 else 65535.0
        self._range = self._range_of(image) if image.mode in ("I", "F") else None

    def _of(self, block: Image.Image) -> npt.NDArray[Any]:
        values = np.asarray(block)
        return values.view(np.uint32) if self._is_unsigned else values

    def _range_of(self, image: Image.Image) -> tuple[float, float] | None:
        """The lowest and the highest value, without nan; None for integers that fit into 16 bits."""
        low = high = np.float64(np.nan)
        for box in _blocks(*image.im.size):
            values = self._of(image.crop(box))
            low = np.fmin(low, np.fmin.reduce(values, axis=None))
            high = np.fmax(high, np.fmax.reduce(values, axis=None))
        if image.mode == "I" and not (low < 0 or high > 65535):
            return None
        return (0.0, 2.0**32 - 1) if self._is_unsigned else (float(low), float(high))

    def eight_bit(self, block: Image.Image) -> Image.Image:
        """Unsigned integers scaled from their whole range, others from the range that the image uses.

        Pillow's own convert("L") clips at 255 instead.
        """
        values = self._of(block).astype(np.float64)
        if self._range is None:
            values *= 255.0 / self._most
        else:
            low, high = self._range
            with np.errstate(all="ignore"):
                values = np.nan_to_num((values - low) / max(high - low, 1e-9) * 255.0)
        grey = np.round(values).clip(0, 255).astype(np.uint8)
        return Image.fromarray(255 - grey if self._is_inverted else grey)


class _InSrgb:
    """Converts from an embedded ICC profile, or from Lab, to sRGB. A damaged or unsuitable profile is
    ignored."""

    def __init__(self, profile: bytes | None) -> None:
        self._profile = profile
        self._transforms: dict[str, ImageCms.ImageCmsTransform | None] = {}

    def __call__(self, block: Image.Image) -> Image.Image:
        if block.mode != "LAB" and not (self._profile and block.mode in ("RGB", "CMYK", "L")):
            return block
        if block.mode not in self._transforms:
            self._transforms[block.mode] = _transform(self._profile or b"", block.mode)
        transform = self._transforms[block.mode]
        if transform is None:
            return block
        try:
            return transform.apply(block)
        except (OSError, TypeError, ValueError):
            return block


def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    from PIL import ImageCms  # few photos need it

    try:
        if mode == "LAB":  # as Pillow's convert("RGB") does, but once for all blocks
            return ImageCms.buildTransform(
                ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), mode, "RGB"
            )
        source: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
