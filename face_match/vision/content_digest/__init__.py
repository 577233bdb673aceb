"""The content digest: SHA-256 of a photo's image data, without anything else in its file. Galleries identify
photos by it.

Ratings, keywords, captions, dates, thumbnails and the EXIF orientation may change without changing the
digest. A colour profile (ICC, or PNG's gAMA and the like) does not count either: programs add and remove
profiles, and the samples stay the same. All that a decoder needs to turn the data into samples counts: sizes,
tables, predictors, palettes, transparency, the colour transform.

Files are parsed, not decoded, in one pass at nearly the speed of SHA-256. The number of pieces is limited, so
a hostile file takes no longer.
"""

from __future__ import annotations

from collections.abc import Callable

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.kinds import kind_of
from face_match.vision.content_digest.content_hash import ContentHash
from face_match.vision.content_digest.gif import add_gif
from face_match.vision.content_digest.heif import add_heif
from face_match.vision.content_digest.jpeg import add_jpeg
from face_match.vision.content_digest.png import add_png
from face_match.vision.content_digest.tiff import add_tiff
from face_match.vision.content_digest.uncompressed import add_bmp, add_portable_map
from face_match.vision.content_digest.webp import add_webp

__all__ = ["content_digest"]

_PARSERS: dict[str, Callable[[BytesInMemory, ContentHash], None]] = {
    "JPEG": add_jpeg,
    "PNG": add_png,
    "WEBP": add_webp,
    "TIFF": add_tiff,
    "GIF": add_gif,
    "BMP": add_bmp,
    "PPM": add_portable_map,
    "AVIF": add_heif,
    "HEIF": add_heif,
}


def content_digest(data: bytes) -> str | None:
    """SHA-256 of a file's image data, in hex; None if the file cannot be parsed.

    In that case use `pixel_digest` of `vision/photo_loading.py`.
    """
    kind = kind_of(data)
    if kind is None:
        return None
    content_hash = ContentHash(kind)
    try:
        _PARSERS[kind](BytesInMemory(data), content_hash)
    except UnparsableError:
        return None
    return content_hash.digest()
