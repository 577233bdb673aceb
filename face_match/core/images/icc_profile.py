"""An embedded ICC profile, checked before Little CMS reads it.

Little CMS trusts a profile's own counts. The elements of an `mpet` tag may all share the same bytes: 8 MB
describe a million steps for each pixel. The memory for a table is taken before the table is read.
"""

from __future__ import annotations

import math
import struct

MAX_PROFILE_BYTES = 16_000_000
"""Printers' profiles have up to some MB; a JPEG can hold 16.7 MB."""

MAX_TAGS = 100
"""As in Little CMS, which refuses more."""

_HEADER_BYTES, _ENTRY_BYTES = 128, 12
_TABLE_START = _HEADER_BYTES + 4
_LUT_VALUE_BYTES = {b"mft1": 1, b"mft2": 2}
_CURVED_LUTS = (b"mAB ", b"mBA ")
_STEPS = b"mpet"
_TEXTS = b"mluc"


def checked_profile(profile: bytes) -> bytes | None:
    """The profile without the tags whose cost the size of the file does not bound; None if it is too large or
    damaged.

    A tag that is left out gets another signature: Little CMS then uses the next best one, such as A2B0 or the
    matrix. The layout is that of ICC.1:2022, section 7.
    """
    if not _TABLE_START <= len(profile) <= MAX_PROFILE_BYTES:
        return None
    count = int.from_bytes(profile[_HEADER_BYTES:_TABLE_START], "big")
    if count > MAX_TAGS or len(profile) < _TABLE_START + count * _ENTRY_BYTES:
        return None
    checked = bytearray(profile)
    for number in range(count):
        entry = _TABLE_START + number * _ENTRY_BYTES
        (offset,) = struct.unpack_from(">I", profile, entry + 4)
        if not _is_bounded(profile, offset):
            checked[entry : entry + 4] = b"x%03d" % number
    return bytes(checked)


def _is_bounded(profile: bytes, offset: int) -> bool:
    """Whether the values that the tag at an offset announces fit the profile.

    Not the tag: Little CMS reads past its end.
    """
    most = len(profile) - offset
    head = profile[offset : offset + 32]
    kind = head[:4]
    if len(head) < 32 or kind == _STEPS:
        return kind != _STEPS
    if kind == _TEXTS:
        return int.from_bytes(head[8:12], "big") * 12 <= most
    inputs, outputs, points = head[8:11]
    if kind in _LUT_VALUE_BYTES:
        return bool(points**inputs * outputs * _LUT_VALUE_BYTES[kind] <= most)
    if kind in _CURVED_LUTS:
        table = offset + int.from_bytes(head[24:28], "big")
        return math.prod(profile[table : table + inputs]) * outputs <= most
    return True
