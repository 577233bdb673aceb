"""Changing the XMP inside photos: JPEG, PNG, TIFF and WebP.

A photo's file is replaced as a whole, by a copy in which only the XMP, and what states its size, differ.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from face_match.core.atomic_files import open_file, replacement_file
from face_match.core.errors import EmbeddedXmpUnreadableError, PhotoNotRewrittenError, PhotoWriteError
from face_match.core.images.byte_source import BytesOnDisk, ByteSource, UnparsableError
from face_match.core.images.kinds import HEAD_BYTES, kind_of
from face_match.core.translation import marked
from face_match.metadata.embedded import (
    jpeg,
    jpeg_writing,
    png,
    png_writing,
    read_xmp,
    tiff,
    tiff_writing,
    webp,
    webp_writing,
)
from face_match.metadata.embedded.changes import Change, NotRewritableError, changed

_Reader = Callable[[ByteSource], "bytes | None"]
_Writer = Callable[[ByteSource, bytes], "list[Change]"]
_FORMATS: dict[str, tuple[_Reader, _Writer]] = {
    "JPEG": (jpeg.read_xmp, jpeg_writing.xmp_changes),
    "PNG": (png.read_xmp, png_writing.xmp_changes),
    "TIFF": (tiff.read_xmp, tiff_writing.xmp_changes),
    "WEBP": (webp.read_xmp, webp_writing.xmp_changes),
}
_TIFF_SUFFIXES = (".tif", ".tiff")
"""Raw photos are TIFF too, by their content."""

EditXmp = Callable[["bytes | None"], "bytes | None"]
"""From the packet of a photo, None without one, to its new one, None to leave it as it is."""


def rewrite_xmp(photo: Path, edit: EditXmp, check: Callable[[Path], None]) -> bool:
    """Edit the XMP inside a photo; return whether its file was replaced.

    The new file has the old one's permissions, times and extended attributes, and its owner where the system
    allows that.

    Args:
        check: called with the new file before it takes the old one's place; whatever it raises leaves the
            old one there.
    Raises:
        PhotoNotRewrittenError: it is not of a kind, or not in a state, in which photos are rewritten.
        EmbeddedXmpUnreadableError: the file is damaged.
        PhotoWriteError: it cannot be written, or another program changed it meanwhile.
    """
    try:
        _require_own_file(photo)
        with open_file(photo) as file:
            return _rewrite(photo, file, edit, check)
    except NotRewritableError as exc:
        raise PhotoNotRewrittenError(photo.name, exc.reason) from exc
    except UnparsableError as exc:
        raise EmbeddedXmpUnreadableError(photo.name, exc.reason) from exc
    except OSError as exc:
        raise PhotoWriteError(photo.name, exc.strerror or type(exc).__name__) from exc


def _require_own_file(photo: Path) -> None:
    """Refuse files that a replacement would take something from."""
    if photo.is_symlink():
        raise NotRewritableError(marked("it is a link"))
    status = photo.stat()
    if status.st_nlink > 1:
        raise NotRewritableError(marked("it has a second name (hard link)"))
    if not status.st_mode & 0o222 or not os.access(photo, os.W_OK):
        raise NotRewritableError(marked("it may only be read"))


def _rewrite(photo: Path, file: BinaryIO, edit: EditXmp, check: Callable[[Path], None]) -> bool:
    before = _state(os.fstat(file.fileno()))
    kind = kind_of(file.read(HEAD_BYTES)) or ""
    if kind not in _FORMATS or (kind == "TIFF" and photo.suffix.lower() not in _TIFF_SUFFIXES):
        raise NotRewritableError(marked("photos of this kind are not rewritten"))
    read, xmp_changes = _FORMATS[kind]
    source = BytesOnDisk(file)
    packet = edit(read(source))
    if packet is None:
        return False
    changes = xmp_changes(source, packet)
    with replacement_file(photo) as new:
        with new.open("wb") as copy:
            for block in changed(source, changes):
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())  # which may take seconds, in which another program may change the photo
        if not _is_same_xmp(read_xmp(new), packet):
            raise UnparsableError
        check(new)
        _copy_attributes(photo, new)
        if _state(photo.stat()) != before:
            raise PhotoWriteError(photo.name, marked("another program has changed it meanwhile"))
    return True


def _is_same_xmp(written: bytes | None, packet: bytes) -> bool:
    """Whether a packet is there, apart from padding. One that was divided is put together in another form."""
    is_divided = len(packet) > jpeg.MAX_MAIN_BYTES
    return written is not None and (is_divided or b"".join(written.split()) == b"".join(packet.split()))


def _state(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _copy_attributes(photo: Path, new: Path) -> None:
    """Give the new file the attributes of the old one; the owner first, which takes permissions away."""
    status = photo.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(new, status.st_uid, status.st_gid)
    try:
        shutil.copystat(photo, new)
    except OSError:  # a file system without permissions, as of memory cards, may refuse to set them
        os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
