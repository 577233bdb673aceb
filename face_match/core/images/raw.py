"""Photos in cameras' RAW formats, by the largest JPEG preview that is embedded in them. Nothing is developed:
that would take seconds, and look otherwise than what the camera showed.

LibRaw finds the preview, through the package rawpy, which need not be installed.
"""

from __future__ import annotations

import io
from pathlib import PurePath

from PIL import ExifTags, Image

from face_match.core.errors import RawUnreadableError
from face_match.core.images.decoding import read_header
from face_match.core.images.exif import date_taken, directory_tags
from face_match.core.images.kinds import kind_of
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.photo_folders import RAW_SUFFIXES
from face_match.core.translation import marked

_STARTS = (
    b"IIRO",
    b"IIRS",
    b"MMOR",
    b"IIU\0",
    b"FUJIFILMCCD-RAW",
    b"FOVb",
    b"\0MRM",
    b"II\x1a\0\0\0HEAPCCDR",
)
"""The first bytes of Olympus', Panasonic's, Fujifilm's, Sigma's, Minolta's and Canon's formats."""
_CANON_MARK, _CANON_VIDEO_MARK = b"CR", b"ftypcrx "
_DNG_VERSION = 50706
_ORIENTATION_OF_FLIP = (1, 2, 4, 3, 5, 8, 6, 7)
"""EXIF orientations by LibRaw's flips: 1 mirrors, 2 turns over, 4 exchanges rows and columns."""
_EXIF_HEADER = b"Exif\0\0"


def is_raw(data: bytes, name: str) -> bool:
    """Whether a file is a RAW photo. Most are TIFF files, of which only some say what they are."""
    if data.startswith(_STARTS) or data[4:12] == _CANON_VIDEO_MARK:
        return True
    if kind_of(data) != "TIFF":
        return False
    has_suffix = PurePath(name).suffix.lower() in RAW_SUFFIXES
    return has_suffix or data[8:10] == _CANON_MARK or _DNG_VERSION in directory_tags(data)


def preview_jpeg(data: bytes, name: str) -> bytes:
    """The largest JPEG preview of a RAW photo, with EXIF that has its orientation and its date.

    Raises:
        RawUnreadableError: it has none, is damaged or of an unknown kind, or rawpy is not installed.
        ImageUnreadableError: the preview is damaged.
    """
    try:
        import rawpy
    except ImportError as exc:
        reason = marked("a RAW photo: install the package rawpy to read its preview")
        raise RawUnreadableError(name, reason) from exc
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            thumb = raw.extract_thumb()
            flip, is_wide = raw.sizes.flip, raw.sizes.width >= raw.sizes.height
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError) as exc:
        raise RawUnreadableError(name, marked("a RAW photo without a preview")) from exc
    except (rawpy.LibRawError, rawpy.NotSupportedError, OSError, ValueError) as exc:
        raise RawUnreadableError(name, marked("a damaged or unknown kind of RAW photo")) from exc
    if not isinstance(thumb.data, bytes) or kind_of(thumb.data) != "JPEG":
        raise RawUnreadableError(name, marked("a RAW photo without a preview"))
    orientation = _ORIENTATION_OF_FLIP[flip] if flip in range(8) else 1
    return _with_exif(thumb.data, name, orientation, date_taken(data), is_wide=is_wide)


def _with_exif(jpeg: bytes, name: str, orientation: int, taken: str, *, is_wide: bool) -> bytes:
    """A preview with its orientation and its date, if the RAW photo states one, in place of its own EXIF.

    Args:
        orientation: of the RAW photo. Some cameras turn the preview, which then is not as wide as the RAW.
        is_wide: whether the RAW is wider than high.
    """
    own = read_header(jpeg, name)
    sides = own.width, own.height
    width, height = sides[::-1] if own.orientation in SIDEWAYS_ORIENTATIONS else sides
    if (width >= height) != is_wide:
        orientation = 1
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    if taken := taken or own.taken:
        exif[ExifTags.Base.DateTime] = taken.replace("-", ":").replace("T", " ")
    segment = _EXIF_HEADER + exif.tobytes().removeprefix(_EXIF_HEADER)
    return b"\xff\xd8\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + _without_exif(jpeg)


def _without_exif(jpeg: bytes) -> bytes:
    """The segments of a JPEG after its first marker, without EXIF."""
    at, kept = 2, []
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] not in (b"\xda", b"\xff", b""):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        is_exif = jpeg[at + 1] == 0xE1 and jpeg[at + 4 : at + 10] == _EXIF_HEADER
        kept += [] if is_exif else [jpeg[at:end]]
        at = end
    return b"".join([*kept, jpeg[at:]])
