"""Parts of photos that programs put into them, or behind them, are where they were."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from face_match.core.errors import PhotoNotRewrittenError
from face_match.metadata.embedded import read_xmp
from face_match.metadata.embedded.writing import rewrite_xmp
from face_match.vision.content_digest import content_digest
from tests.unit.metadata.embedded.photos_with_xmp import made_photo

PACKETS = tuple(
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{"n" * size}</x:xmpmeta>'.encode() for size in (9, 900, 3)
)


def write_all(photo: Path) -> None:
    """Write a packet, a longer one and a shorter one; the image data stays."""
    digest = content_digest(photo.read_bytes())
    for packet in PACKETS:
        assert rewrite_xmp(photo, lambda _, packet=packet: packet, lambda new: None)
        assert (read_xmp(photo) or b"").split() == packet.split()
        assert content_digest(photo.read_bytes()) == digest


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif"])
def test_data_behind_the_photo_stays(kind: str, tmp_path: Path) -> None:
    photo = made_photo(tmp_path / f"a.{kind}")
    trailer = b"SEFH" + bytes(range(256)) * 3 + b"SEFT"
    photo.write_bytes(photo.read_bytes() + trailer)
    write_all(photo)
    data = photo.read_bytes()
    assert trailer in data if kind == "tif" else data.endswith(trailer)


@pytest.mark.parametrize("kind", ["png", "webp", "gif"])
def test_frames_of_an_animation_stay(kind: str, tmp_path: Path) -> None:
    photo = tmp_path / f"a.{kind}"
    frames = [Image.effect_noise((40, 30), 30 + 20 * number).convert("RGB") for number in range(3)]
    options = {"lossless": True} if kind == "webp" else {}
    frames[0].save(photo, save_all=True, append_images=frames[1:], duration=70, **options)
    before = pixels(photo)
    if kind == "gif":
        with pytest.raises(PhotoNotRewrittenError):
            write_all(photo)
    else:
        write_all(photo)
    assert pixels(photo) == before
    assert len(before) == 3


def pixels(photo: Path) -> list[bytes]:
    """The pixels of each frame."""
    found = []
    with Image.open(photo) as image:
        for number in range(image.n_frames):
            image.seek(number)
            found.append(image.convert("RGBA").tobytes())
    return found


def test_segments_of_a_jpeg_keep_their_order_and_bytes(tmp_path: Path) -> None:
    photo = made_photo(tmp_path / "a.jpg", comment=b"a comment", icc_profile=bytes(70_000))
    data = photo.read_bytes()
    unknown = b"".join(
        bytes((0xFF, 0xE0 + n)) + struct.pack(">H", 8) + b"other%d" % (n % 10) for n in (4, 5, 9, 15)
    )
    photo.write_bytes(data[:20] + unknown + data[20:])
    before = photo.read_bytes()
    write_all(photo)
    after = photo.read_bytes()
    start = after.index(b"http://ns.adobe.com/xap/1.0/") - 4
    end = start + 2 + struct.unpack(">H", after[start + 2 : start + 4])[0]
    assert after[:start] + after[end:] == before
    assert after[:20] == before[:20], "JFIF's segment is the first one"


def test_chunks_of_a_png_keep_their_order_and_bytes(tmp_path: Path) -> None:
    photo = made_photo(tmp_path / "a.png", icc_profile=bytes(300), dpi=(72, 72))
    data = photo.read_bytes()
    unknown = b"prVt" + b"private"
    chunk = struct.pack(">I", 7) + unknown + struct.pack(">I", zlib.crc32(unknown))
    photo.write_bytes(data[:-12] + chunk + data[-12:])
    before = photo.read_bytes()
    write_all(photo)
    after = photo.read_bytes()
    start = after.index(b"iTXtXML:com.adobe.xmp") - 4
    end = start + 12 + struct.unpack(">I", after[start : start + 4])[0]
    assert after[:start] + after[end:] == before
    assert struct.unpack(">I", after[end - 4 : end])[0] == zlib.crc32(after[start + 4 : end - 4])


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif"])
def test_content_credentials_are_not_broken(kind: str, tmp_path: Path) -> None:
    options = {"tiffinfo": {52_545: b"jumb c2pa"}} if kind == "tif" else {}
    photo = made_photo(tmp_path / f"a.{kind}", **options)
    data = photo.read_bytes()
    box = b"\0\0\0\x20jumb\0\0\0\x18jumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\3c2pa\0"
    if kind == "jpg":
        photo.write_bytes(
            data[:2] + b"\xff\xeb" + struct.pack(">H", len(box) + 10) + b"JP\0\1\0\0\0\1" + box + data[2:]
        )
    elif kind == "png":
        chunk = struct.pack(">I", len(box)) + b"caBX" + box + struct.pack(">I", zlib.crc32(b"caBX" + box))
        photo.write_bytes(data[:33] + chunk + data[33:])
    elif kind == "webp":
        box += b"\0" * (len(box) % 2)
        size = struct.pack("<I", len(data) + len(box))
        photo.write_bytes(data[:4] + size + data[8:] + b"C2PA" + struct.pack("<I", len(box)) + box)
    before = photo.read_bytes()
    with pytest.raises(PhotoNotRewrittenError, match="content credentials"):
        write_all(photo)
    assert photo.read_bytes() == before
