"""Files that are not photos raise ImageUnreadableError with the reason, and nothing else."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import ImageUnreadableError
from face_match.core.messages import error_message
from face_match.core.types import Pixels
from face_match.vision.photo_loading import (
    MAX_COMPRESSED_FILE_BYTES,
    MAX_FILE_BYTES,
    decode_photo,
    load_photo,
)
from tests.ordinary_rights import ordinary_rights

FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP", "PPM")


def saved(file_format: str, pixels: Pixels | None = None) -> bytes:
    if pixels is None:
        pixels = np.random.default_rng(3).integers(0, 256, (48, 64, 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, file_format)
    return buffer.getvalue()


def forged_png(width: int, height: int) -> bytes:
    """A PNG whose header promises more than its few bytes of pixels hold."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")


def reason(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(ImageUnreadableError) as raised:
        decode_photo(data, name)
    assert raised.value.name == name
    return raised.value.reason


def reason_of_file(path: Path) -> str:
    with pytest.raises(ImageUnreadableError) as raised:
        load_photo(path)
    assert raised.value.name == path.name
    return raised.value.reason


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert reason_of_file(tmp_path / "empty.jpg") == "the file is empty"


def test_a_text_is_not_an_image(tmp_path: Path) -> None:
    path = tmp_path / "letter.jpg"
    path.write_text("Dear Ada,\n" * 100)
    assert reason_of_file(path) == "not an image"


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "BMP", "PPM"])
def test_a_truncated_image_names_its_reason(file_format: str) -> None:
    data = saved(file_format)
    assert reason(data[: len(data) // 2]).startswith(f"truncated {file_format}")


@pytest.mark.parametrize("header", [b"P6\nwide 4\n255\n", b"P6\n4 4\n99999\n", b"P6\n0 4\n255\n", b"P6\n4"])
def test_a_header_that_makes_no_sense_is_refused(header: bytes) -> None:
    assert reason(header + bytes(48)) in ("damaged", "not an image")


def test_the_sentence_for_a_person_is_the_one_that_was_agreed(tmp_path: Path) -> None:
    path = tmp_path / "broken.jpg"
    data = saved("JPEG")
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ImageUnreadableError) as raised:
        load_photo(path)
    assert error_message(raised.value) == "broken.jpg is not a readable image (truncated JPEG)."


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_image_cut_anywhere_is_read_or_refused_but_never_a_bug(file_format: str) -> None:
    data = saved(file_format)
    outcomes = []
    for length in range(1, len(data), max(1, len(data) // 60)):
        try:
            outcomes.append(decode_photo(data[:length], "cut").pixels.shape == (48, 64, 3))
        except ImageUnreadableError as exc:
            outcomes.append(bool(exc.reason))
    assert all(outcomes)


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_image_with_bytes_changed_is_read_or_refused_but_never_a_bug(file_format: str) -> None:
    data = np.frombuffer(saved(file_format), np.uint8)
    random = np.random.default_rng(11)
    outcomes = []
    for _ in range(60):
        changed = data.copy()
        places = random.integers(len(data) // 4, len(data), 8)
        changed[places] = random.integers(0, 256, 8)
        try:
            outcomes.append(decode_photo(changed.tobytes(), "changed").pixels.ndim == 3)
        except ImageUnreadableError as exc:
            outcomes.append(bool(exc.reason))
    assert all(outcomes)


@pytest.mark.parametrize(("width", "height"), [(20_000, 10_001), (65_000, 65_000), (2**31 - 1, 2**31 - 1)])
def test_over_200_megapixels_is_refused_by_the_header_alone(width: int, height: int) -> None:
    """Had the pixels been looked at first, it would have been called truncated or damaged."""
    assert reason(forged_png(width, height)) == f"{width * height / 1e6:,.0f} megapixels, over 200"


def test_a_header_that_promises_less_than_that_is_not_refused_for_its_size() -> None:
    assert "megapixels" not in reason(forged_png(200, 100))


@pytest.mark.parametrize(
    ("file_format", "most", "reason"),
    [
        ("JPEG", MAX_COMPRESSED_FILE_BYTES, "over 512 MB"),
        ("PNG", MAX_COMPRESSED_FILE_BYTES, "over 512 MB"),
        ("TIFF", MAX_FILE_BYTES, "over 1,000 MB"),
        ("PPM", MAX_FILE_BYTES, "over 1,000 MB"),
    ],
)
def test_a_file_larger_than_its_format_allows_is_not_read(
    file_format: str, most: int, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "disk.jpg"
    Image.new("RGB", (8, 8)).save(path, file_format)
    with path.open("rb+") as file:
        file.truncate(most + 1)  # takes no room on the disk
    assert reason_of_file(path) == reason


def test_a_folder_is_called_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "holiday.jpg"
    folder.mkdir()
    assert reason_of_file(folder) == "it is a folder"


def test_a_file_that_is_not_there_is_called_missing(tmp_path: Path) -> None:
    assert reason_of_file(tmp_path / "gone.jpg") == "there is no such file"


def test_a_link_to_nowhere_is_called_missing(tmp_path: Path) -> None:
    (tmp_path / "link.jpg").symlink_to(tmp_path / "gone.jpg")
    assert reason_of_file(tmp_path / "link.jpg") == "there is no such file"


def test_a_file_below_a_file_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert reason_of_file(tmp_path / "file" / "photo.jpg")


def test_a_name_of_300_characters_is_unreadable(tmp_path: Path) -> None:
    assert reason_of_file(tmp_path / ("x" * 300 + ".jpg"))


def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "private.png"
    path.write_bytes(saved("PNG"))
    path.chmod(0)
    with ordinary_rights():
        assert reason_of_file(path) == "no permission to read it"


def test_a_null_byte_in_a_path_is_unreadable() -> None:
    assert "null" in reason_of_file(Path("a\0b.jpg"))


def test_a_damaged_heic_is_named_as_one() -> None:
    data = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)
    assert "HEIF" in reason(data, "photo.HEIC")
