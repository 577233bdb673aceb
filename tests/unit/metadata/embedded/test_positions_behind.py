"""What a maker's notes point to behind the image of a JPEG is not moved; what is understood there is."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from PIL import Image

from face_match.core.errors import PhotoNotRewrittenError
from face_match.metadata.embedded.writing import rewrite_xmp
from tests.unit.metadata.embedded.photos_with_xmp import made_photo
from tests.unit.metadata.embedded.test_kept_parts import PACKETS

EXIF_AT, TIFF_AT, NOTES_AT = 6, 12, 12 + 101
"""Where a block of EXIF begins in the photos that are made here, its TIFF, and the notes in it."""


def write(photo: Path) -> bool:
    return rewrite_xmp(photo, lambda _: PACKETS[1], lambda new: None)


def photo_with(folder: Path, notes: bytes, behind: bytes) -> tuple[Path, int]:
    """A photo with a maker's notes in its EXIF, and something behind its image; and where that begins."""
    data = made_photo(folder / "a.jpg").read_bytes()
    exif = (b"Exif\0\0II*\0" + struct.pack("<I", 8)).ljust(NOTES_AT - EXIF_AT, b"\0") + notes
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    image = data[:2] + segment + data[2:]
    (folder / "a.jpg").write_bytes(image + behind)
    return folder / "a.jpg", len(image)


def preview(folder: Path) -> bytes:
    Image.effect_noise((90, 60), 60).convert("RGB").save(folder / "preview.jpg", quality=95)
    return (folder / "preview.jpg").read_bytes()


@pytest.mark.parametrize("form", [">I", ">xI", ">xxxI", "<I", "<xI", "<xxxI"])
@pytest.mark.parametrize("base", [0, TIFF_AT, NOTES_AT], ids=["file", "TIFF", "notes"])
@pytest.mark.parametrize("padding", [0, 16, 70_000])
@pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x02\xd8\xff", b"\0\0\0"])
def test_a_preview_behind_the_image_is_not_moved(
    tmp_path: Path, form: str, base: int, padding: int, start: bytes
) -> None:
    behind = bytes(padding) + start + preview(tmp_path)[3:]
    _, end = photo_with(tmp_path, b"OLYMPUS\0".ljust(40, b"\0"), behind)
    position = struct.pack(form, end + padding - base)
    photo, _ = photo_with(tmp_path, (b"OLYMPUS\0" + position).ljust(40, b"\0"), behind)
    before = photo.read_bytes()
    with pytest.raises(PhotoNotRewrittenError, match="points behind the image"):
        write(photo)
    assert photo.read_bytes() == before


def video(random_bytes: int) -> bytes:
    content = random.Random(1).randbytes(random_bytes)
    boxes = ((b"ftyp", b"mp42" + bytes(12)), (b"mdat", content), (b"moov", content[:500]))
    return b"".join(struct.pack(">I", len(one) + 8) + kind + one for kind, one in boxes)


@pytest.mark.parametrize("head", [b"", b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data"], ids=["Google", "Samsung"])
def test_long_notes_of_a_motion_photo_are_no_positions_by_chance(tmp_path: Path, head: bytes) -> None:
    """Of 50,000 bytes, some hundred numbers are as large as a position in a long video."""
    behind = head + video(3_000_000) + (b"SEFH" + bytes(36) + b"SEFT" if head else b"")
    photo, _ = photo_with(tmp_path, random.Random(2).randbytes(50_000), behind)
    assert write(photo)
    assert photo.read_bytes().endswith(behind)


def test_many_blocks_of_exif_and_many_videos_take_no_time(tmp_path: Path) -> None:
    data = made_photo(tmp_path / "a.jpg").read_bytes()
    exif = b"Exif\0\0" + random.Random(3).randbytes(65_000)
    segments = (b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif) * 200
    photo = tmp_path / "b.jpg"
    photo.write_bytes(data[:2] + segments + data[2:] + b"\0\0\0\x08ftyp" * 100_000)
    with pytest.raises(PhotoNotRewrittenError, match="points behind the image"):
        write(photo)
