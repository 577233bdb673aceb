"""The content digest, by which a photo is known: a hash of its image data, and of nothing else in its file.

Ratings, keywords, captions, dates, thumbnails and the EXIF orientation may change without making it another
photo. A colour profile (ICC, or PNG's gAMA and the like) does not count either: programs add and strip
profiles, the samples stay, and so does who is in the photo. What a decoder needs to turn the data into
samples counts: sizes, tables, predictors, palettes, transparency, the colour transform.

Images are parsed, not decoded: one pass over the data, near the speed of SHA-256. The number of pieces
is limited, so that a hostile file costs no more.
"""

from __future__ import annotations

from collections.abc import Callable

from face_match.core.images.kinds import kind_of
from face_match.vision.content_digest.boxes import add_boxes
from face_match.vision.content_digest.gif import add_gif
from face_match.vision.content_digest.jpeg import add_jpeg
from face_match.vision.content_digest.plain import add_bmp, add_portable_map
from face_match.vision.content_digest.png import add_png
from face_match.vision.content_digest.source import ImageData, NotUnderstoodError, Source
from face_match.vision.content_digest.tiff import add_tiff
from face_match.vision.content_digest.webp import add_webp

__all__ = ["content_digest"]

_ADD: dict[str, Callable[[Source, ImageData], None]] = {
    "JPEG": add_jpeg,
    "PNG": add_png,
    "WEBP": add_webp,
    "TIFF": add_tiff,
    "GIF": add_gif,
    "BMP": add_bmp,
    "PPM": add_portable_map,
    "AVIF": add_boxes,
    "HEIF": add_boxes,
}


def content_digest(data: bytes) -> str | None:
    """SHA-256 of a file's image data, in hex; None where the file cannot be parsed.

    Then the digest has to be made of the decoded pixels: `pixel_digest` in `vision/images.py`.
    """
    kind = kind_of(data)
    if kind is None:
        return None
    image_data = ImageData(kind)
    try:
        _ADD[kind](Source(data), image_data)
    except NotUnderstoodError:
        return None
    return image_data.digest()
