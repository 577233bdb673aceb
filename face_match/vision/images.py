"""Files to photos: whatever Pillow reads, as a person would see it."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from face_match.errors import ImageUnreadableError
from face_match.types import Photo, Pixels

MAX_PIXELS = 200_000_000
MAX_FILE_BYTES = 1 << 30
"""No photo of 200 megapixels is larger; what is larger is not worth reading into memory to find out."""

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".avif"}
    | {".heic", ".heif", ".jp2", ".pgm", ".ppm", ".pbm", ".pnm", ".tga", ".ico", ".mpo"}
)
"""What counts as a photo when a folder is opened."""

_NEEDS_PACKAGE = {".heic": "pillow-heif", ".heif": "pillow-heif"}
_SIXTEEN_BIT_MODES = ("I;16", "I;16B", "I;16L", "I;16N")

Image.MAX_IMAGE_PIXELS = None  # the guard below is ours: a size, where Pillow's is a warning


def load_photo(path: Path) -> Photo:
    """Read a photo upright, in sRGB, alpha over white, the first frame of an animation.

    Raises:
        ImageUnreadableError: not an image, damaged, too large or not to be read; the reason named.
    """
    try:
        if path.is_dir():
            raise ImageUnreadableError(path.name, "it is a folder")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ImageUnreadableError(path.name, "over 1 GB")
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise ImageUnreadableError(path.name, "there is no such file") from exc
    except PermissionError as exc:
        raise ImageUnreadableError(path.name, "no permission to read it") from exc
    except (OSError, ValueError) as exc:  # ValueError: a null byte in the path
        raise ImageUnreadableError(path.name, str(exc) or type(exc).__name__) from exc
    return decode_photo(data, path.name)


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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata; what matters is raised
        pixels = _decode(data, name)
    return Photo(pixels, name, hashlib.sha256(data).hexdigest())


def photo_of_pixels(pixels: Pixels, name: str) -> Photo:
    """A photo that has no file, such as one pasted; uint8 RGB, shape (height, width, 3)."""
    digest = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).hexdigest()
    return Photo(np.ascontiguousarray(pixels), name, digest)


def _decode(data: bytes, name: str) -> Pixels:
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
            image.load()
            return _as_seen(image)
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
    if image.mode == "F" or values.min(initial=0) < 0 or values.max(initial=0) > 65535:
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
