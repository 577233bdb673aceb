"""Frames of an AV1 stream count in the memory of an AVIF, whatever size its container states."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from face_match.core.errors import ImageUnreadableError
from face_match.core.images import decoding
from face_match.core.images.av1 import MAX_UNITS, largest_frame
from face_match.core.images.heif_shape import shape_of


def saved(width: int, height: int, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (9, 99, 199)).save(stream, "AVIF", speed=10, **options)
    return stream.getvalue()


def stated(data: bytes, before: tuple[int, int], after: tuple[int, int]) -> bytes:
    return data.replace(struct.pack(">II", *before), struct.pack(">II", *after))


@pytest.mark.parametrize("size", [(1, 1), (64, 48), (301, 200), (4000, 9), (65, 2000)])
def test_the_size_of_an_image_is_found_in_its_stream(size: tuple[int, int]) -> None:
    data = saved(*size)
    assert largest_frame(data[data.index(b"mdat") + 4 :]) == size


def test_a_frame_that_is_larger_than_stated_counts() -> None:
    data = saved(1600, 1200)
    assert shape_of(data) == (1600, 1200, 1600 * 1200)
    assert shape_of(stated(data, (1600, 1200), (64, 64))) == (64, 64, 1600 * 1200)


def test_a_frame_that_needs_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = stated(saved(1600, 1200), (1600, 1200), (64, 64))
    assert decoding.decode_image(data, "a").width == 64
    monkeypatch.setattr(decoding, "MAX_IMAGE_BYTES", 1600 * 1200 * 10)
    with pytest.raises(ImageUnreadableError, match="megapixels"):
        decoding.decode_image(data, "a")


def test_streams_of_other_forms_have_an_end() -> None:
    assert largest_frame(b"") == (0, 0)
    assert largest_frame(b"\x12\x00" * 100) == (0, 0)
    assert largest_frame(b"\x08") == (1, 1)
    assert max(largest_frame(b"\x0a\xff" * 50)) <= 65536
    with pytest.raises(ValueError, match="units"):
        largest_frame(b"\x12\x00" * (MAX_UNITS + 1))
