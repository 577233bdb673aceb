"""Dates of photos, and the part of a PNG that is not pixels."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD, Base

from face_match.core.images.decoding import decode_image, read_header
from face_match.core.images.exif import date_taken, png_without_pixels
from tests.stopwatch import within

TAGS = {"original": Base.DateTimeOriginal, "digitized": Base.DateTimeDigitized}


def exif(**dates: str) -> Image.Exif:
    """With the dates `original`, `digitized` and `changed`."""
    found = Image.Exif()
    if "changed" in dates:
        found[Base.DateTime] = dates.pop("changed")
    if dates:
        found.get_ifd(IFD.Exif).update({TAGS[name]: date for name, date in dates.items()})
    return found


def taken(**dates: str) -> str:
    return date_taken(exif(**dates).tobytes())


def test_the_date_of_the_original_is_preferred() -> None:
    dates = {
        "original": "2021:07:04 12:30:05",
        "digitized": "2022:01:01 00:00:00",
        "changed": "2023:02:03 04:05:06",
    }
    assert taken(**dates) == "2021-07-04T12:30:05"
    del dates["original"]
    assert taken(**dates) == "2022-01-01T00:00:00"
    assert taken(changed=dates["changed"]) == "2023-02-03T04:05:06"
    assert taken() == ""


@pytest.mark.parametrize(
    "date",
    [
        "",
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2021:02:30 12:00:00",
        "2021:07:04",
        "2021:07:04 24:00:00",
        "x" * 30,
    ],
)
def test_an_invalid_date_is_ignored(date: str) -> None:
    assert taken(original=date) == ""
    assert taken(original=date, changed="2023:02:03 04:05:06") == "2023-02-03T04:05:06"


@pytest.mark.parametrize("date", ["2021-07-04 12:30:05", "2021/07/04 12:30:05", "2021:07:04T12:30:05.123"])
def test_other_date_formats_are_read(date: str) -> None:
    assert taken(original=date) == "2021-07-04T12:30:05"


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_date_of_a_photo_is_read(file_format: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, file_format, exif=exif(changed="2021:07:04 12:30:05"))
    assert decode_image(buffer.getvalue(), "photo").taken == "2021-07-04T12:30:05"
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, file_format)
    assert decode_image(buffer.getvalue(), "photo").taken == ""


def test_dates_of_both_byte_orders_are_read() -> None:
    entry = struct.pack(">HHII", Base.DateTime, 2, 20, 26)
    block = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4) + b"2021:07:04 12:30:05\0"
    assert date_taken(block) == date_taken(b"Exif\0\0" + block) == "2021-07-04T12:30:05"
    assert taken(changed="2021:07:04 12:30:05") == "2021-07-04T12:30:05"


@given(st.sampled_from([b"", b"Exif\0\0"]), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*"]), st.binary())
def test_anything_else_has_no_date(header: bytes, order: bytes, rest: bytes) -> None:
    assert date_taken(header + order + rest) == ""


def test_many_entries_with_large_values_take_no_time() -> None:
    entries = b"".join(struct.pack("<HHII", tag, 7, 8_000_000, 0) for tag in range(65_535))
    block = b"II*\0\x08\0\0\0\xff\xff" + entries + bytes(8_000_000)
    with within(2):
        assert date_taken(block) == ""


@given(st.binary(), st.integers(0, 400))
def test_damaged_pngs_lose_their_pixels_all_the_same(change: bytes, at: int) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((40, 30), 50).save(buffer, "PNG")
    data = buffer.getvalue()
    assert len(png_without_pixels(data)) < 100
    assert read_header(data, "photo")[:2] == (40, 30)
    png_without_pixels(data[:at] + change + data[at:])


def test_of_a_png_with_no_end_of_text_only_so_much_is_copied() -> None:
    large = struct.pack(">I", 20_000_000) + b"tEXt" + bytes(20_000_004)
    assert len(png_without_pixels(b"\x89PNG\r\n\x1a\n" + large * 3)) < 21_000_000
