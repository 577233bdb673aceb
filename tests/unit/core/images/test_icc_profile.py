"""Profiles of ordinary photos convert as before; hostile ones take neither time nor memory."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from collections.abc import Callable
from struct import pack
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from face_match.core.images.decoding import decode_image
from face_match.core.images.icc_profile import MAX_PROFILE_BYTES, MAX_TAGS, checked_profile
from face_match.core.images.pixels import DisplayRgb
from tests.made_heif import made_heif
from tests.stopwatch import within

Tags = list[tuple[bytes, bytes]]

COLOURS = Image.fromarray(np.random.default_rng(3).integers(0, 256, (24, 32, 3), np.uint8))
WHITE = pack(">4s4xiii", b"XYZ ", 63190, 65536, 54061)
CURVE = pack(">4s4xIH2x", b"curv", 1, 0x0233)
IDENTITY = pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
HANG_S = 5.0
"""A hostile profile took half an hour; an ordinary one takes some milliseconds."""
MAX_MB = 300
"""Peak of a process that decodes a photo with a hostile profile; 5 GB before, 60 MB without a profile."""


def text(words: str) -> bytes:
    content = words.encode("utf-16-be")
    return pack(">4s4xII4sII", b"mluc", 1, 12, b"enUS", len(content), 28) + content


def profile(tags: Tags, space: bytes = b"RGB ", pcs: bytes = b"XYZ ") -> bytes:
    """A profile with a description, the white point and these tags."""
    tags = [(b"desc", text("test")), (b"cprt", text("none")), (b"wtpt", WHITE), *tags]
    start = 132 + 12 * len(tags)
    table, body = pack(">I", len(tags)), b""
    for signature, data in tags:
        table += pack(">4sII", signature, start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    header = pack(">I4sI4s4s4s", start + len(body), b"lcms", 0x04300000, b"mntr", space, pcs)
    header += pack(">6H4s4s", 2026, 1, 1, 0, 0, 0, b"acsp", b"APPL") + b"\0" * 24
    header += pack(">iii4s", 63190, 65536, 54061, b"lcms")
    return header.ljust(128, b"\0") + table + body


def steps(count: int) -> bytes:
    """An mpet tag of so many tables of 4 × 4 × 4 colours, all in the same bytes."""
    grid = bytes([4, 4, 4]).ljust(16, b"\0")
    values = [level / 3 for colour in itertools.product(range(4), repeat=3) for level in colour]
    element = pack(">4s4xHH", b"clut", 3, 3) + grid + pack(f">{len(values)}f", *values)
    position = pack(">II", 16 + 8 * count, len(element))
    return pack(">4s4xHHI", b"mpet", 3, 3, count) + position * count + element


def lut(kind: bytes, inputs: int, points: int, table: bytes) -> bytes:
    one = bytes(range(256)) if kind == b"mft1" else b"\0\0\xff\xff"
    sizes = b"" if kind == b"mft1" else pack(">HH", 2, 2)
    head = pack(">4s4x4B", kind, inputs, 3, points, 0) + IDENTITY + sizes
    return head + one * inputs + table + one * 3


def curved_lut(points: int, table: bytes) -> bytes:
    """An mAB tag with identical curves and a table of three inputs and outputs in 8 bits."""
    curves = pack(">4s8x", b"curv") * 3
    grid = bytes([points] * 3).ljust(16, b"\0") + bytes([1, 0, 0, 0])
    body = curves + b"\0" * 48 + curves + grid + table + b"\0" * (-len(table) % 4)
    positions = (32, 68, 116, 152, 32 + len(body))
    return pack(">4s4xBB2x5I", b"mAB ", 3, 3, *positions) + body + curves


MATRIX: Tags = [
    (b"rXYZ", pack(">4s4xiii", b"XYZ ", 9000, 19000, 46000)),
    (b"gXYZ", pack(">4s4xiii", b"XYZ ", 25000, 47000, 6000)),
    (b"bXYZ", pack(">4s4xiii", b"XYZ ", 29000, 0, 2000)),
    *[(channel, CURVE) for channel in (b"rTRC", b"gTRC", b"bTRC")],
]
CUBE = bytes(range(0, 250, 2)) * 3
ORDINARY: dict[str, tuple[str, bytes]] = {
    "matrix": ("RGB", profile(MATRIX)),
    "grey": ("L", profile([(b"kTRC", CURVE)], b"GRAY")),
    "table in 8 bits": ("RGB", profile([(b"A2B0", lut(b"mft1", 3, 5, CUBE))], pcs=b"Lab ")),
    "table in 16 bits": ("RGB", profile([(b"A2B0", lut(b"mft2", 3, 5, CUBE * 2))], pcs=b"Lab ")),
    "table with curves": ("RGB", profile([(b"A2B0", curved_lut(5, CUBE))], pcs=b"Lab ")),
    "CMYK": ("CMYK", profile([(b"A2B0", lut(b"mft2", 4, 9, b"\x31\x41\x59" * 13122))], b"CMYK", b"Lab ")),
}
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a million steps": lambda: profile([(b"D2B0", steps(1_000_000))]),
    "steps in each intent": lambda: profile(
        [(b"D2B%d" % intent, steps(200_000)) for intent in range(4)] + MATRIX
    ),
    "texts that are not there": lambda: profile(
        [(b"desc", pack(">4s4xII", b"mluc", 40_000_000, 12) + bytes(8_000_000))]
    ),
    "a table that is not there": lambda: profile([(b"A2B0", lut(b"mft1", 3, 255, b""))], pcs=b"Lab "),
    "a table that is not there, in 16 bits": lambda: profile(
        [(b"A2B0", lut(b"mft2", 3, 255, b""))], pcs=b"Lab "
    ),
    "a table with curves that is not there": lambda: profile([(b"A2B0", curved_lut(255, b""))], pcs=b"Lab "),
}
FORMATS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 95},
    "TIFF": {},
    "WEBP": {"lossless": True},
    "AVIF": {"quality": 95},
    "HEIF": {},
}


def saved(image: Image.Image, file_format: str, icc_profile: bytes | None) -> bytes:
    if file_format == "HEIF":  # which shows other colours
        return made_heif(icc=icc_profile or b"")
    buffer = io.BytesIO()
    image.save(buffer, file_format, icc_profile=icc_profile, **FORMATS[file_format])
    return buffer.getvalue()


def as_little_cms(image: Image.Image, data: bytes) -> np.ndarray:
    """Converted by Pillow alone."""
    source: Any = ImageCms.ImageCmsProfile(io.BytesIO(data))
    srgb = ImageCms.createProfile("sRGB")
    return np.asarray(ImageCms.profileToProfile(image, source, srgb, outputMode="RGB"))


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_profile_stays_as_it_is_and_converts_as_before(name: str) -> None:
    mode, data = ORDINARY[name]
    assert checked_profile(data) == data
    image = COLOURS.convert(mode)
    image.info["icc_profile"] = data
    expected = as_little_cms(image, data)
    assert (np.asarray(DisplayRgb(image)(image)) == expected).all()
    assert (expected != np.asarray(image.convert("RGB"))).any()


@pytest.mark.parametrize("file_format", FORMATS)
def test_unneeded_steps_are_skipped_and_the_matrix_is_used_in_every_format(file_format: str) -> None:
    plain = decode_image(saved(COLOURS, file_format, profile(MATRIX)), "plain").pixels
    with_steps = saved(COLOURS, file_format, profile([(b"D2B0", steps(20_000)), *MATRIX]))
    with within(HANG_S):
        assert (decode_image(with_steps, "hostile").pixels == plain).all()
    assert (plain != decode_image(saved(COLOURS, file_format, None), "as it is").pixels).any()


PEAK = r"""
import re, sys
from pathlib import Path
from face_match.core.images.decoding import decode_image
decode_image(sys.stdin.buffer.read(), "photo")
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures as Linux does")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_profile_takes_little_time_and_memory(name: str) -> None:
    data = saved(COLOURS, "PNG", HOSTILE[name]())
    run = subprocess.run(
        [sys.executable, "-c", PEAK], check=False, input=data, capture_output=True, timeout=60
    )
    assert run.returncode == 0, run.stderr.decode()
    assert int(run.stdout) < MAX_MB


@pytest.mark.parametrize("table", [b"mft1", b"mft2", b"mAB "])
def test_a_table_beyond_the_end_of_the_profile_is_ignored(table: bytes) -> None:
    data = profile([(b"A2B0", curved_lut(250, b"") if table == b"mAB " else lut(table, 3, 250, b""))])
    checked = checked_profile(data)
    assert checked is not None
    assert b"A2B0" in data
    assert b"A2B0" not in checked


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"rubbish" * 18,
        profile([(pack(">I", number), WHITE) for number in range(MAX_TAGS - 2)]),
        profile(MATRIX)[:140],
        profile([(b"data", bytes(MAX_PROFILE_BYTES))]),
    ],
    ids=["empty", "short", "over 100 tags", "cut in its table", "too large"],
)
def test_a_profile_that_is_damaged_or_too_large_is_not_used(data: bytes) -> None:
    assert checked_profile(data) is None


def test_changed_tags_get_signatures_of_their_own() -> None:
    """Little CMS refuses a profile that has one twice."""
    data = profile([(b"D2B%d" % intent, steps(2)) for intent in range(4)] + MATRIX)
    checked = checked_profile(data)
    assert checked is not None
    image = COLOURS.copy()
    assert (as_little_cms(image, checked) == as_little_cms(image, profile(MATRIX))).all()
