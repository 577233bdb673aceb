"""XMP inside photos: JPEG, PNG, TIFF, WebP, HEIC and AVIF, recognised by their content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from face_match.core.atomic_files import open_file
from face_match.core.errors import EmbeddedXmpUnreadableError
from face_match.core.images.byte_source import BytesOnDisk, ByteSource, UnparsableError
from face_match.core.images.kinds import HEAD_BYTES, kind_of
from face_match.metadata.embedded import heif, jpeg, png, tiff, webp

_READERS: dict[str, Callable[[ByteSource], bytes | None]] = {
    "JPEG": jpeg.read_xmp,
    "PNG": png.read_xmp,
    "TIFF": tiff.read_xmp,
    "WEBP": webp.read_xmp,
    "HEIF": heif.read_xmp,
    "AVIF": heif.read_xmp,
}


def read_xmp(photo: Path) -> bytes | None:
    """The XMP packet inside a photo, as written there; None without one, or in another format.

    Only the parts of the file that lead to the packet are read. In a JPEG, an extension is part of the
    packet.

    Raises:
        EmbeddedXmpUnreadableError: the file cannot be read, is damaged, or has too large a packet.
    """
    try:
        with open_file(photo) as file:
            reader = _READERS.get(kind_of(file.read(HEAD_BYTES)) or "")
            return None if reader is None else reader(BytesOnDisk(file))
    except UnparsableError as exc:
        raise EmbeddedXmpUnreadableError(photo.name, exc.reason) from exc
    except OSError as exc:
        raise EmbeddedXmpUnreadableError(photo.name, exc.strerror or type(exc).__name__) from exc
