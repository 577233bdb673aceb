"""Changing the XMP of a JPEG. All other segments, the image and what follows it stay as they are."""

from __future__ import annotations

import struct

from face_match.core.images.byte_source import ByteSource
from face_match.core.images.jpeg_segments import APP1, START_OF_SCAN, Segment, jpeg_segments
from face_match.core.translation import marked
from face_match.metadata.embedded.changes import Change, NotRewritableError
from face_match.metadata.embedded.extended_xmp import divided, extension_id, of_size
from face_match.metadata.embedded.jpeg import (
    EXTENSION,
    EXTENSION_HEAD_BYTES,
    MAIN,
    MAX_MAIN_BYTES,
    id_of_extension,
    packets,
)
from face_match.metadata.embedded.jpeg_positions import moved_positions

_MAX_CONTENT_BYTES = 65_533
_MAX_PART_BYTES = _MAX_CONTENT_BYTES - EXTENSION_HEAD_BYTES
_APP0, _APP11 = 0xE0, 0xEB
_EXIF = b"Exif\0"
_CREDENTIALS = b"c2pa"
_HEAD_BYTES = 80


def xmp_changes(source: ByteSource, packet: bytes) -> list[Change]:
    """The changes that put a packet into the file; raises NotRewritableError."""
    found = [*jpeg_segments(source)]
    if any(one.marker == _APP11 and _CREDENTIALS in one.content(source, 1_000) for one in found):
        raise NotRewritableError(marked("a change would make its content credentials invalid"))
    app1 = [(one, one.content(source, _HEAD_BYTES)) for one in found if one.marker == APP1]
    main = next((one for one, head in app1 if head.startswith(MAIN)), None)
    parts: list[Segment] = []
    if main is not None:
        own = extension_id(main.content(source)[len(MAIN) :])
        parts = [one for one, head in app1 if own is not None and id_of_extension(head) == own]
        if parts and packets(source).extensions[own or b""] is None:
            raise NotRewritableError(marked("parts of its XMP are missing"))
        if not parts and (same := of_size(packet, main.end - main.start - 4 - len(MAIN))):
            packet = same
    start = _place(source, found) if main is None else main.start
    changes = [Change(start, start if main is None else main.end, _segments_of(packet))]
    changes += [Change(one.start, one.end, b"") for one in parts]
    return changes + moved_positions(source, found, changes)


def _place(source: ByteSource, found: list[Segment]) -> int:
    """Where new XMP is put: after JFIF's and EXIF's segments, which come first."""
    place = 2
    for one in found:
        is_first = one.marker == _APP0 or (one.marker == APP1 and one.content(source, 5) == _EXIF)
        if one.start != place or not is_first or one.marker == START_OF_SCAN:
            break
        place = one.end
    return place


def _segments_of(packet: bytes) -> bytes:
    """The packet in as many segments as it needs."""
    main, extension = divided(packet, MAX_MAIN_BYTES)
    pieces = [_segment(MAIN + main)]
    if extension is not None:
        own = extension_id(main) or b""
        for at in range(0, len(extension), _MAX_PART_BYTES):
            head = EXTENSION + own + struct.pack(">II", len(extension), at)
            pieces.append(_segment(head + extension[at : at + _MAX_PART_BYTES]))
    return b"".join(pieces)


def _segment(content: bytes) -> bytes:
    return bytes((0xFF, APP1)) + struct.pack(">H", len(content) + 2) + content
