"""Files to photos: whatever Pillow reads, as a person would see it."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from face_match.errors import ImageUnreadableError
from face_match.types import Photo, Pixels

MAX_PIXELS = 200_000_000
MAX_FILE_BYTES = 1 << 30
"""No photo of 200 megapixels is larger; what is larger is not worth reading into memory to find out."""

ENOUGH_PIXELS = 2_000_000
"""To look at a photo, and to find faces in: only the search for small faces uses more."""

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".avif"}
    | {".heic", ".heif", ".jp2", ".pgm", ".ppm", ".pbm", ".pnm", ".tga", ".ico", ".mpo"}
)
"""What counts as a photo when a folder is opened."""

_ON_ITS_SIDE = (5, 6, 7, 8)
"""EXIF orientations whose rows are columns."""

_NEEDS_PACKAGE = {".heic": "pillow-heif", ".heif": "pillow-heif"}
_SIXTEEN_BIT_MODES = ("I;16", "I;16B", "I;16L", "I;16N")

Image.MAX_IMAGE_PIXELS = None  # the guard below is ours: a size, where Pillow's is a warning


def load_photo(path: Path) -> Photo:
    """Read a photo upright, in sRGB, alpha over white, the first frame of an animation.

    Raises:
        ImageUnreadableError: not an image, damaged, too large or not to be read; the reason named.
    """
    return decode_photo(_content(path), path.name)


def digest_of(path: Path) -> str:
    """`Photo.digest` of a file, without decoding it; raises ImageUnreadableError."""
    return hashlib.sha256(_content(path)).hexdigest()


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ImageUnreadableError(path.name, "it is a folder")
        if path.exists() and not path.is_file():  # a pipe would block, a device never end
            raise ImageUnreadableError(path.name, "it is not a file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ImageUnreadableError(path.name, "over 1 GB")
        return path.read_bytes()
    except FileNotFoundError as exc:
        raise ImageUnreadableError(path.name, "there is no such file") from exc
    except PermissionError as exc:
        raise ImageUnreadableError(path.name, "no permission to read it") from exc
    except (OSError, ValueError) as exc:  # ValueError: a null byte in the path
        raise ImageUnreadableError(path.name, str(exc) or type(exc).__name__) from exc


def photo_files(paths: Iterable[Path]) -> list[Path]:
    """Files as they are given; folders as the photos in them and below, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in PHOTO_SUFFIXES)
            found += sorted((p for p in inside if p.is_file()), key=lambda p: natural_key(str(p)))
        else:
            found.append(path)
    return found


def natural_key(text: str) -> list[tuple[int, str]]:
    """Sorts "photo 9" before "photo 10", whatever their case."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def decode_photo(data: bytes, name: str) -> Photo:
    """The same for a file's bytes; `name` is used in messages and tells HEIC from rubbish."""
    if not data:
        raise ImageUnreadableError(name, "the file is empty")
    found = _decode(data, name, enough_pixels=ENOUGH_PIXELS)

    def decode_whole() -> Pixels:
        return _decode(data, name).pixels

    digest = hashlib.sha256(data).hexdigest()
    return Photo(found.pixels, found.width, found.height, name, digest, decode_whole, found.orientation)


def photo_of_pixels(pixels: Pixels, name: str) -> Photo:
    """A photo that has no file, such as one pasted; uint8 RGB, shape (height, width, 3)."""
    digest = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).hexdigest()
    pixels = np.ascontiguousarray(pixels)
    return Photo(pixels, pixels.shape[1], pixels.shape[0], name, digest, lambda: pixels)


class _Decoded(NamedTuple):
    """Pixels as of `Photo`; width, height and EXIF orientation of the whole photo."""

    pixels: Pixels
    width: int
    height: int
    orientation: int


def _decode(data: bytes, name: str, enough_pixels: int | None = None) -> _Decoded:
    """Decode a file.

    Args:
        enough_pixels: a JPEG with at least four times as many is decoded at a half, quarter or eighth
            of its size, whichever still has that many.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata; what matters is raised
        return _decoded(data, name, enough_pixels)


def _decoded(data: bytes, name: str, enough_pixels: int | None) -> _Decoded:
    suffix = Path(name).suffix.lower()
    if suffix in _NEEDS_PACKAGE:
        _register_heif()
    kind = ""
    try:
        with Image.open(io.BytesIO(data)) as image:
            kind = image.format or ""
            if image.width * image.height > MAX_PIXELS:
                megapixels = image.width * image.height / 1e6
                raise ImageUnreadableError(name, f"{megapixels:,.0f} megapixels, over 200")
            width, height = image.size
            orientation = image.getexif().get(ExifTags.Base.Orientation)
            if orientation in _ON_ITS_SIDE:
                width, height = height, width
            if enough_pixels is not None and kind in ("JPEG", "MPO"):
                _draft(image, enough_pixels)
            image.load()
            turned = int(orientation or 1) if orientation in range(1, 9) else 1
            return _Decoded(_as_seen(image), width, height, turned)
    except ImageUnreadableError:
        raise
    except UnidentifiedImageError as exc:
        package = _NEEDS_PACKAGE.get(suffix)
        reason = f"install the package {package} to read it" if package else "not an image"
        raise ImageUnreadableError(name, reason) from exc
    except MemoryError as exc:
        raise ImageUnreadableError(name, "too large for this machine's memory") from exc
    except Exception as exc:  # Pillow's decoders raise any kind on damaged files
        raise ImageUnreadableError(name, _damage(exc, kind)) from exc


def _draft(image: Image.Image, enough_pixels: int) -> None:
    """Let the JPEG decoder skip the detail that is not needed: it scales in the frequency domain."""
    for times in (8, 4, 2):
        if image.width * image.height >= enough_pixels * times**2:
            image.draft(None, (image.width // times, image.height // times))
            return


def _damage(exc: Exception, kind: str) -> str:
    if "truncated" in str(exc) or isinstance(exc, EOFError):
        return f"truncated {kind}".strip()
    return f"damaged {kind}".strip()


def _register_heif() -> None:
    try:
        import pillow_heif
    except ImportError:
        return
    pillow_heif.register_heif_opener()


def _as_seen(image: Image.Image) -> Pixels:
    profile: bytes | None = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in _SIXTEEN_BIT_MODES or image.mode in ("I", "F"):
        image = _eight_bit(image)
    if image.mode == "P" or (image.mode in ("L", "RGB", "1") and "transparency" in image.info):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") else None
    if alpha is not None:
        image = image.convert("RGB" if image.mode != "LA" else "L")
    image = _in_srgb(image, profile).convert("RGB")
    if alpha is not None:
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=alpha)
        image = white
    return np.array(image)


def _eight_bit(image: Image.Image) -> Image.Image:
    """16-bit integers over their whole range; other wide modes over the range that they use.

    Pillow's own convert("L") clips at 255 instead.
    """
    values = np.asarray(image).astype(np.float64)
    if image.mode == "F" or (values.size and (values.min() < 0 or values.max() > 65535)):
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        values = np.nan_to_num((values - low) / max(high - low, 1e-9) * 255.0)
    else:
        values = values / 257.0
    return Image.fromarray(np.round(values).clip(0, 255).astype(np.uint8))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Through the embedded ICC profile; one that is damaged or does not fit is passed over."""
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        source: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image
