"""Decoding of untrusted image files: the only module that lets Pillow open them.

A file's content decides how it is read. Only formats on a list are read, by decoders that run in this
process, and the memory that decoding takes is known, and limited, before it begins.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import math
import re
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError

from face_match.core.errors import FaceMatchError, ImageUnreadableError
from face_match.core.heap import return_large_blocks
from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.exif import date_taken, png_without_pixels
from face_match.core.images.heif import heif_orientation
from face_match.core.images.heif_shape import Shape, UnusualShapeError, shape_of
from face_match.core.images.jpeg_segments import START_OF_SCAN, jpeg_segments
from face_match.core.images.kinds import PLUGINS, kind_of, refused_kind
from face_match.core.images.pixels import DisplayRgb, plain_rgb, reduced, upright_pixels
from face_match.core.images.tiff_directory import first_directory
from face_match.core.memory_budget import MemoryBudget
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.translation import marked
from face_match.core.types import Pixels

MAX_PIXELS = 200_000_000
"""Largest photo. The largest cameras have 150 megapixels."""

MAX_SIDE = 65_535
"""Longest side of a photo or crop: the most that a JPEG can have. At 200 megapixels it is 21 times the other
side; a panorama of the whole horizon, 30° high, has 12 times. Longer rows are too long for Pillow, and some
steps take a microsecond a row."""

MAX_KEPT_PIXELS = 32_000_000
"""Largest image that is kept at full size where fewer pixels suffice."""

MAX_CROP_PIXELS = 100_000_000
"""Largest crop. A face needs one megapixel, but the original demo stored whole photos as crops."""

BUDGET = MemoryBudget(1_500_000_000)
"""Memory for all decoding at one time, in bytes: one photo of 200 megapixels, or many small ones."""

MAX_IMAGE_BYTES = 2_200_000_000
"""Memory for one image, in bytes. It may exceed the budget if nothing else is decoded; an image that needs
more is refused."""

LARGE_IMAGE_BYTES = 200_000_000
"""Images that need more memory than this have it returned to the system as soon as they are decoded."""

MAX_HELD_BYTES = 2_600_000_000
"""Memory for one image and its file, in bytes: enough for a TIFF of 150 megapixels in 16 bits."""

SLOW_SAMPLES = 6_000_000
"""Largest number of values for Pillow's decoders written in Python, which take a microsecond per value."""
_SLOW_DECODERS = ("ppm", "ppm_plain", "bmp_rle")

MAX_FILE_READS = 1_000_000
"""Reads of a file that Pillow may make. A PNG of 200 megapixels in chunks of 8 kB takes 300,000."""
MAX_EXIF_COPIES = 500_000_000
"""Bytes that Pillow may copy to join a JPEG's EXIF segments: for each, all those before it. 120 segments of
64 kB take that, or 8,000 without content; an honest file has one."""
_SCAN = b"\xff\xda"
MAX_SCANS = 200
"""Scans of a JPEG. A progressive one usually has 10, others have one."""
MAX_SCANNED_PIXELS = 5_000_000_000
"""Pixels of a JPEG times its scans: 200 megapixels 25 times."""
MAX_TILES = 250_000
"""Tiles of a TIFF: 200 megapixels in tiles of 32 × 32, or in strips of one row."""
_PIECES_TAGS = (273, 324)
_TILE_SIZE_TAGS, _BITS_TAG, _PLANES_TAG, _SEPARATE = (322, 323), 258, 284, 2
_COMMON_TILE = 4_000_000
"""Pixels of a tile that is common even in a TIFF smaller than the tile."""
MAX_COMMENTS = 10_000
"""Comments in a portable map in plain text. Pillow removes them one by one, and copies the rest each time."""

_END_OF_JPEG = b"\xff\xd9"
_HALF_A_MARK = b"\xff"
"""No scan ends with this byte, because 00 follows each FF in a scan."""
_MAX_BYTES_PER_PIXEL = 16
_NO_MEMORY = marked("too large for this machine's memory")
_UNIDENTIFIED = {
    "JPEG": marked("an unsupported kind of JPEG"),
    "TIFF": marked("an unsupported kind of TIFF"),
    "HEIF": marked("damaged, or an unsupported kind of HEIF"),
}
_ONE_BYTE_MODES = ("1", "L", "P")
_OF_ITEMS = ("HEIF", "AVIF")
_DECODER_BYTES = {"WEBP": 12, "AVIF": 10, "HEIF": 10, "TIFF": 4}
"""Bytes per pixel that decoders need besides the image, for canvases, planes and strips."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses twice as many, even where it allocates in open()
warnings.filterwarnings(
    "ignore", category=Image.DecompressionBombWarning
)  # it warns of sizes that are allowed here


class DecodedImage(NamedTuple):
    """A decoded image.

    Attributes:
        pixels: uint8 RGB, shape (height, width, 3), upright, possibly reduced.
        width, height: of the upright image at full size.
        orientation: EXIF orientation, 1..8.
        taken: as `date_taken` returns it.
    """

    pixels: Pixels
    width: int
    height: int
    orientation: int
    taken: str


class ImageHeader(NamedTuple):
    """Width and height of an upright image that is not decoded, its EXIF orientation, and its date."""

    width: int
    height: int
    orientation: int
    taken: str = ""


def decode_image(data: bytes, name: str, min_pixels: int | None = None) -> DecodedImage:
    """Decode a photo as other programs show it: sRGB, alpha over white, the first frame of an animation.

    Args:
        name: for error messages.
        min_pixels: a JPEG with at least four times as many pixels is decoded at a half, a quarter or an
            eighth of its size, whichever is the smallest that still has this many. Other images of more than
            `MAX_KEPT_PIXELS` are reduced to no fewer than this many, once they are decoded.
    Raises:
        ImageUnreadableError.
    """
    try:
        return _decode(data, name, min_pixels)
    except ImageUnreadableError as exc:
        whole = None if exc.reason != "truncated JPEG" else _decode_without_end_marker(data, name, min_pixels)
        if whole is None:
            raise
        return whole


def _decode_without_end_marker(data: bytes, name: str, min_pixels: int | None) -> DecodedImage | None:
    """Decode a JPEG that lacks only its end marker, or half of it; None if more is missing.

    If more is missing, the decoder takes the bytes before an added marker for image data. So two endings that
    differ give different images.
    """
    data = data.rstrip(_HALF_A_MARK)
    try:
        one, other = (
            _decode(data + more + _END_OF_JPEG, name, min_pixels=1).pixels for more in (b"", b"\x5a" * 64)
        )
        is_whole = np.array_equal(one, other)
        return _decode(data + _END_OF_JPEG, name, min_pixels) if is_whole else None
    except ImageUnreadableError:
        return None


def _decode(data: bytes, name: str, min_pixels: int | None) -> DecodedImage:
    with _open_image(data, name, MAX_PIXELS) as image:
        _require_memory(image, data, name)
        width, height = image.size
        if min_pixels is not None and image.format in ("JPEG", "MPO"):
            _reduce_jpeg(image, min_pixels)
        if image.format == "TIFF":
            width, height = _stored_size(image)
        pixels, orientation = _pixels(image, name, width * height, is_photo=True, min_pixels=min_pixels)
        if image.format == "HEIF":  # which libheif has turned
            orientation = heif_orientation(data)
        elif orientation in SIDEWAYS_ORIENTATIONS:
            width, height = height, width
        return DecodedImage(pixels, width, height, orientation, _date_taken(image, data))


def read_header(data: bytes, name: str) -> ImageHeader:
    """The header of an image, without decoding it; raises ImageUnreadableError."""
    if kind_of(data) == "PNG":  # Pillow decodes it to get at EXIF and XMP that follow the pixels
        data = png_without_pixels(data)
    with _open_image(data, name, MAX_PIXELS) as image:
        orientation = _orientation(Image.Image.getexif(image))
        width, height = _stored_size(image)
        if image.format == "HEIF":  # which libheif turns
            orientation = heif_orientation(data)
        elif orientation in SIDEWAYS_ORIENTATIONS:
            width, height = height, width
        return ImageHeader(width, height, orientation, _date_taken(image, data))


def _date_taken(image: Image.Image, data: bytes) -> str:
    return date_taken(data if image.format == "TIFF" else image.info.get("exif") or b"")


def _stored_size(image: Image.Image) -> tuple[int, int]:
    """Width and height as stored. Pillow reports those of the upright image for a TIFF, and only for a
    TIFF."""
    tags: Any = getattr(image, "tag_v2", {})
    return (tags[256], tags[257]) if image.format == "TIFF" else image.size


def _orientation(exif: Image.Exif) -> int:
    found: Any = exif.get(ExifTags.Base.Orientation)
    return int(found) if found in range(1, 9) else 1


def decode_crop(data: bytes, name: str) -> Pixels:
    """Decode a stored crop: uint8 RGB, shape (height, width, 3), upright; raises ImageUnreadableError."""
    with _open_image(data, name, MAX_CROP_PIXELS) as image:
        return _pixels(image, name, image.width * image.height, is_photo=False)[0]


def image_suffix(data: bytes, name: str) -> str:
    """The suffix of an image's format, with its dot; raises ImageUnreadableError."""
    with _open_image(data, name, MAX_CROP_PIXELS) as image:
        return f".{str(image.format).lower()}"


@contextlib.contextmanager
def memory_errors(name: str) -> Iterator[None]:
    """Raise a MemoryError of the block as an ImageUnreadableError for the image of that name."""
    try:
        yield
    except MemoryError as exc:
        raise ImageUnreadableError(name, _NO_MEMORY) from exc


@contextlib.contextmanager
def _open_image(data: bytes, name: str, max_pixels: int) -> Iterator[ImageFile.ImageFile]:
    """Open an image without decoding its pixels; an error in the block becomes an ImageUnreadableError."""
    if not data:
        raise ImageUnreadableError(name, marked("the file is empty"))
    kind = _load_plugin(data, name)
    decoding = ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata; what matters is raised
            _require_few_pieces(data, kind)
            shape = _shape(data, kind, name)
            if shape is not None:
                require_size(shape.width, shape.height, name, max_pixels)
            source = _Source(data)
            with _opened(source, data, name, kind) as image:
                decoding = image.format or ""
                require_size(image.width, image.height, name, max_pixels)
                _require_speed(image, source, name)
                image.info["passes"] = _has_passes(image, data)
                image.info["shape"] = shape
                _require_few_passes(image, data)
                yield image
    except FaceMatchError:  # CancelledError too
        raise
    except Image.DecompressionBombError as exc:
        raise ImageUnreadableError(name, _bomb_reason(exc, max_pixels)) from exc
    except (UnidentifiedImageError, UnparsableError) as exc:
        raise ImageUnreadableError(name, _UNIDENTIFIED.get(kind, marked("not an image"))) from exc
    except MemoryError as exc:
        raise ImageUnreadableError(name, _NO_MEMORY) from exc
    except Exception as exc:  # Pillow's decoders raise any kind on damaged files
        raise ImageUnreadableError(name, _damage_reason(exc, decoding, kind)) from exc


def _opened(source: io.BytesIO, data: bytes, name: str, kind: str) -> ImageFile.ImageFile:
    if kind != "HEIF":
        return Image.open(source, formats=[kind])
    from face_match.core.images.heif_image import HeifImage  # few start with one

    return HeifImage(data, name)


def _load_plugin(data: bytes, name: str) -> str:
    """The format of a file, with Pillow's plugin for it loaded; raises ImageUnreadableError.

    Pillow would load all plugins for a format that has none yet.
    """
    kind = kind_of(data)
    if kind is None:
        refused = refused_kind(data)
        raise ImageUnreadableError(
            name, f"{refused}, which is not supported" if refused else marked("not an image")
        )
    if kind == "HEIF":
        return kind
    importlib.import_module(f"PIL.{PLUGINS[kind]}")
    if kind == "PNG":
        importlib.import_module("face_match.core.images.png").limit_texts()
    if kind not in Image.OPEN:
        raise ImageUnreadableError(name, f"{kind} is not supported here")
    return kind


def _shape(data: bytes, kind: str, name: str) -> Shape | None:
    """The shape of a HEIF or AVIF that has one; raises ImageUnreadableError."""
    if kind not in _OF_ITEMS:
        return None
    try:
        return shape_of(data)
    except UnusualShapeError as exc:
        raise ImageUnreadableError(name, str(exc)) from exc
    except ValueError as exc:
        raise ImageUnreadableError(name, _UNIDENTIFIED.get(kind, f"damaged {kind}")) from exc


class _Source(io.BytesIO):
    """A file's bytes with a limit on the number of reads. Pillow's loops over them are slow, some in
    Python."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.reads_left = MAX_FILE_READS
        self._exif_bytes = self._exif_copies = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads_left -= 1
        if self.reads_left < 0:
            raise ValueError("too many reads")
        data = super().read(size)
        if data.startswith(b"Exif\0\0"):
            self._exif_bytes += len(data)
            self._exif_copies += self._exif_bytes
            if self._exif_copies > MAX_EXIF_COPIES:
                raise ValueError("too much EXIF")
        return data


def _require_few_pieces(data: bytes, kind: str) -> None:
    """Raise ValueError for a file with so many pieces that listing them would take minutes, or fill the
    memory."""
    if kind == "TIFF" and _tiles(data) > MAX_TILES:
        raise ValueError("too many tiles")
    if kind == "PPM" and data[1:2] in b"123" and data.count(b"#") > MAX_COMMENTS:
        raise ValueError("too many comments")


def _tiles(data: bytes) -> int:
    """Number of strips or tiles in the first directory of a TIFF; raises UnparsableError."""
    entries = first_directory(BytesInMemory(data)).entries
    return max((entry.values for entry in entries if entry.tag in _PIECES_TAGS), default=0)


def require_size(width: int, height: int, name: str, max_pixels: int = MAX_PIXELS) -> None:
    """Raise ImageUnreadableError for an image with too many pixels in all, or on one side."""
    if width * height > max_pixels:
        raise ImageUnreadableError(name, _too_many_pixels(width * height, max_pixels))
    if max(width, height) > MAX_SIDE:
        raise ImageUnreadableError(name, f"{width:,} × {height:,} pixels, over {MAX_SIDE:,} on one side")


def _bomb_reason(exc: Image.DecompressionBombError, max_pixels: int) -> str:
    found = re.search(r"\((\d+) pixels\)", str(exc))
    return _too_many_pixels(int(found[1]), max_pixels) if found else "damaged"


def _too_many_pixels(pixels: int, max_pixels: int) -> str:
    return f"{pixels / 1e6:,.0f} megapixels, over {max_pixels / 1e6:,.0f}"


def _require_speed(image: ImageFile.ImageFile, source: _Source, name: str) -> None:
    """Raise ImageUnreadableError for a large image in a format that Pillow decodes in Python."""
    if not {tile.codec_name for tile in image.tile} & {*_SLOW_DECODERS}:
        return
    pixels = image.width * image.height
    if pixels * len(image.getbands()) > SLOW_SAMPLES:
        reason = f"over {SLOW_SAMPLES / 1e6:.0f} million values in a slow form of {image.format}"
        raise ImageUnreadableError(name, reason)
    source.reads_left = MAX_FILE_READS + pixels


def _require_few_passes(image: ImageFile.ImageFile, data: bytes) -> None:
    """Raise ValueError for an image whose data is decoded over and over."""
    pixels = image.width * image.height
    if (
        sum(_area(tile.extents) for tile in image.tile) > pixels * 8
    ):  # planes are tiles of their own, of which there are at most five
        raise ValueError("its tiles overlap")
    tags: Any = getattr(image, "tag_v2", {})  # of a TIFF
    is_raw = any(tile.codec_name == "raw" for tile in image.tile)
    if is_raw and tags.get(_PLANES_TAG) == _SEPARATE and max(tags.get(_BITS_TAG, (8,))) > 8:
        raise ValueError("unsupported planes")  # which Pillow reads as if they were pixels
    if math.prod(tags.get(tag, 0) for tag in _TILE_SIZE_TAGS) > max(8 * pixels, _COMMON_TILE):
        raise ValueError("its tiles are larger than it is")
    if image.info["passes"]:
        scans = data.count(_SCAN)
        if scans > MAX_SCANS or scans * pixels > MAX_SCANNED_PIXELS:
            raise ValueError("too many scans")


def _has_passes(image: Image.Image, data: bytes) -> bool:
    """Whether each scan of a JPEG covers the whole image: it is progressive, or its first scan has only some
    of the components."""
    if image.format not in ("JPEG", "MPO"):
        return False
    return bool(image.info.get("progressive")) or _components_in_first_scan(data) < getattr(
        image, "layers", 1
    )


def _components_in_first_scan(data: bytes) -> int:
    """Number of components in a JPEG's first scan; 0 for an unexpected structure."""
    source = BytesInMemory(data)
    try:
        *_, last = jpeg_segments(source)
        return source.number_at(last.start + 4, 1) if last.marker == START_OF_SCAN else 0
    except UnparsableError:
        return 0


def _area(box: tuple[int, int, int, int] | None) -> int:
    return 0 if box is None else (box[2] - box[0]) * (box[3] - box[1])


def _reduce_jpeg(image: ImageFile.ImageFile, min_pixels: int) -> None:
    """Let the JPEG decoder scale the image down in the frequency domain, which skips unneeded detail."""
    for times in (8, 4, 2):
        if image.width * image.height >= min_pixels * times**2:
            image.draft(None, (image.width // times, image.height // times))
            return


def _pixels(
    image: ImageFile.ImageFile, name: str, whole: int, *, is_photo: bool, min_pixels: int | None = None
) -> tuple[Pixels, int]:
    """The upright pixels, and the EXIF orientation of the file.

    Args:
        whole: the number of pixels before any reduction.
        min_pixels: as for `decode_image`.
    """
    needed = _bytes_needed(image, whole)
    if needed > MAX_IMAGE_BYTES:
        most = whole * MAX_IMAGE_BYTES // needed
        raise ImageUnreadableError(name, f"{_too_many_pixels(whole, most)} in {_format_name(image)}")
    if needed > LARGE_IMAGE_BYTES:
        return_large_blocks()
    with BUDGET.use(needed):
        exif = image.getexif()
        orientation = 1 if image.format == "HEIF" else _orientation(exif)  # libheif has turned it
        # Pillow would turn a TIFF, and only a TIFF, while loading it, in a second copy
        exif.pop(ExifTags.Base.Orientation, None)
        # Pillow joins what it has read until there is a row: in 64 kB, a row of 800 MB would take minutes
        image.decodermaxblock = max(image.decodermaxblock, max(image.size) * _MAX_BYTES_PER_PIXEL)
        image.load()
        image.__dict__.pop("_decoder", None)  # with the canvases of a WebP
        pixels = upright_pixels(image, orientation, DisplayRgb(image) if is_photo else plain_rgb)
        if min_pixels is None or image.width * image.height <= MAX_KEPT_PIXELS:
            return pixels, orientation
        times = math.isqrt(image.width * image.height // max(1, min_pixels))
        return reduced(pixels, (times, times)) if times > 1 else pixels, orientation


def _require_memory(image: Image.Image, data: bytes, name: str) -> None:
    """Raise ImageUnreadableError for an image that needs too much memory together with its file."""
    needed = _bytes_needed(image, image.width * image.height)
    if needed <= MAX_IMAGE_BYTES and needed + len(data) > MAX_HELD_BYTES:  # else the image alone is too large
        raise ImageUnreadableError(name, f"{len(data) / 1e6:,.0f} MB, too much for an image of that size")


def _format_name(image: Image.Image) -> str:
    return f"progressive {image.format}" if image.info["passes"] else str(image.format)


def _bytes_needed(image: Image.Image, whole: int) -> int:
    """Approximate peak memory of decoding, in bytes: Pillow's image, the result and the decoder."""
    native = 1 if image.mode in _ONE_BYTE_MODES else 2 if image.mode.startswith("I;16") else 4
    decoder = 2 * len(image.getbands()) if image.info["passes"] else 0  # coefficients, in full size
    decoder = _DECODER_BYTES.get(image.format or "", decoder)
    shape: Shape | None = image.info.get("shape")
    whole = max(whole, shape.pixels) if shape else whole  # with what is cropped, tiles and alpha
    return image.width * image.height * (native + 3) + whole * decoder


def _damage_reason(exc: Exception, decoding: str, kind: str) -> str:
    if "nsupported" in str(exc):
        return f"an unsupported kind of {kind}"
    if "truncated" in str(exc) or isinstance(exc, EOFError):
        return f"truncated {decoding}".strip()
    return f"damaged {decoding}".strip()
