"""Metadata of image files, read without a decoder and with every step bounded."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.tiff_directory import directory_at, first_directory

_EXIF_HEADER = b"Exif\0\0"
_DATE_TIME, _EXIF_DIRECTORY, _ORIGINAL, _DIGITIZED = 0x0132, 0x8769, 0x9003, 0x9004
_TEXT, _LONG = 2, 4
_DATE_BYTES = 20
_PNG_SIGNATURE_BYTES, _PNG_CHUNK_BYTES = 8, 12
_MAX_CHUNKS = 1_000_000
_MAX_KEPT_BYTES = 32_000_000
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_ABOUT_IMAGE = (b"exif", b"Raw profile type exif", b"XML:com.adobe.xmp", b"xmp")
"""Keywords of PNG texts that may contain the orientation."""
KEYWORD_BYTES = 80
"""Largest size of a text's keyword with the zero after it."""
_DATE = re.compile(rb"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")


def date_taken(exif: bytes) -> str:
    """Date and local time in ISO 8601, as in 2021-07-04T12:30:05; "" for none.

    It is the first valid date of DateTimeOriginal, DateTimeDigitized and DateTime. Pillow would copy
    everything that hostile EXIF points to: each of 65,535 entries may have the whole block as its value.

    Args:
        exif: an EXIF block, with or without its header, or a TIFF file.
    """
    tiff = exif.removeprefix(_EXIF_HEADER)
    if tiff[:4] not in (b"II*\0", b"MM\0*"):
        return ""
    order: Literal["little", "big"] = "little" if tiff[:1] == b"I" else "big"
    first = _fields(tiff, tiff[4:8], order)
    pointer = first.get((_EXIF_DIRECTORY, _LONG))
    inner = {} if pointer is None else _fields(tiff, pointer, order)
    for values, tag in ((inner, _ORIGINAL), (inner, _DIGITIZED), (first, _DATE_TIME)):
        field = values.get((tag, _TEXT))
        if field is not None and (date := _date(tiff, int.from_bytes(field, order))):
            return date
    return ""


def directory_tags(tiff: bytes) -> set[int]:
    """The tags in the first directory of a TIFF; empty if it is damaged."""
    try:
        return {entry.tag for entry in first_directory(BytesInMemory(tiff)).entries}
    except UnparsableError:
        return set()


def _fields(tiff: bytes, pointer: bytes, order: Literal["little", "big"]) -> dict[tuple[int, int], bytes]:
    """The value or offset in each entry of a directory, by tag and type; none of a damaged one."""
    try:
        directory = directory_at(BytesInMemory(tiff), int.from_bytes(pointer, order), order)
    except UnparsableError:
        return {}
    return {(entry.tag, entry.kind): tiff[entry.start + 8 : entry.start + 12] for entry in directory.entries}


def png_without_pixels(data: bytes) -> bytes:
    """A PNG without its compressed pixels and the texts that are not about the image.

    It is cut off where it has more than an honest file.
    """
    at, room, kept = _PNG_SIGNATURE_BYTES, _MAX_KEPT_BYTES, [data[:_PNG_SIGNATURE_BYTES]]
    for _ in range(_MAX_CHUNKS):
        kind, end = data[at + 4 : at + 8], at + _PNG_CHUNK_BYTES + int.from_bytes(data[at : at + 4], "big")
        is_text = kind in _TEXTS and not is_about_image(data[at + 8 : min(end - 4, at + 8 + KEYWORD_BYTES)])
        if kind != b"IDAT" and not is_text:
            room -= min(end, len(data)) - at
            if room < 0:
                break
            kept.append(data[at:end])
        if kind == b"IEND" or end > len(data):
            break
        at = end
    return b"".join(kept)


def is_about_image(text: bytes) -> bool:
    """Whether a PNG text chunk, given its first bytes, may contain the image's orientation."""
    return text.partition(b"\0")[0] in _ABOUT_IMAGE


def _date(exif: bytes, at: int) -> str:
    found = _DATE.match(exif[at : at + _DATE_BYTES])
    if found is None:
        return ""
    try:
        return datetime(*map(int, found.groups())).isoformat()  # type: ignore[arg-type]
    except ValueError:  # as cameras without a clock have it
        return ""
