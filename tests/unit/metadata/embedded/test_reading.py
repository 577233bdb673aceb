"""XMP inside photos is read as exiftool and exiv2 read it."""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from face_match.core.errors import EmbeddedXmpUnreadableError
from face_match.metadata.embedded import read_xmp
from face_match.metadata.embedded.packets import MAX_XMP_BYTES
from face_match.metadata.embedded.writing import rewrite_xmp
from tests.unit.metadata.embedded.photos_with_xmp import (
    KINDS,
    exiftool,
    exiv2,
    made_photo,
    needs_exiftool,
    needs_exiv2,
    needs_imagemagick,
    with_person,
)

PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>'


@pytest.mark.parametrize("kind", KINDS)
@needs_exiftool
def test_packet_is_the_one_that_exiftool_extracts(kind: str, tmp_path: Path) -> None:
    photo = made_photo(tmp_path / f"a.{kind}")
    assert read_xmp(photo) is None
    with_person(photo)
    packet = read_xmp(photo)
    assert packet == exiftool("-b", "-XMP", photo)
    assert "Ada Löwe".encode() in packet


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "avif"])
@needs_exiv2
def test_packet_of_exiv2(kind: str, tmp_path: Path) -> None:
    photo = made_photo(tmp_path / f"a.{kind}")
    exiv2("-M", "set Xmp.dc.subject Zoe", photo)
    assert b"Zoe" in (read_xmp(photo) or b"")


@needs_exiftool
def test_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    photo = with_person(made_photo(tmp_path / "a.png"))
    renamed = photo.rename(tmp_path / "a.jpg")
    assert b"Ada" in (read_xmp(renamed) or b"")


@needs_exiftool
def test_extension_of_a_jpeg_is_joined(tmp_path: Path) -> None:
    (tmp_path / "depth.bin").write_bytes(bytes(range(256)) * 800)
    photo = made_photo(tmp_path / "a.jpg")
    with_person(photo, f"-XMP-GImage:ImageData<={tmp_path / 'depth.bin'}", "-XMP-dc:Title=T")
    packet = read_xmp(photo)
    assert packet is not None
    sidecar = tmp_path / "joined.xmp"
    sidecar.write_bytes(packet)
    assert exiftool("-b", "-XMP-GImage:ImageData", sidecar) == bytes(range(256)) * 800
    assert exiftool("-s3", "-XMP:PersonInImage", "-XMP:Title", sidecar).decode().split("\n")[:2] == [
        "Ada Löwe",
        "T",
    ]
    assert b"HasExtendedXMP" not in packet


@needs_exiftool
def test_incomplete_extension_leaves_the_main_packet(tmp_path: Path) -> None:
    (tmp_path / "depth.bin").write_bytes(bytes(200_000))
    photo = with_person(made_photo(tmp_path / "a.jpg"), f"-XMP-GImage:ImageData<={tmp_path / 'depth.bin'}")
    data = photo.read_bytes()
    second = data.index(b"xmp/extension/", data.index(b"xmp/extension/") + 1)
    photo.write_bytes(data[:second] + b"XMP/extension/" + data[second + 14 :])
    packet = read_xmp(photo)
    assert b"Ada" in (packet or b"")
    assert b"GImage:Data" not in (packet or b"")


@needs_imagemagick
@needs_exiftool
def test_profile_of_imagemagick_in_a_png(tmp_path: Path) -> None:
    photo = with_person(made_photo(tmp_path / "a.jpg"))
    subprocess.run(["convert", photo, tmp_path / "a.png"], check=True)
    assert b"Raw profile type xmp" in (tmp_path / "a.png").read_bytes()
    assert read_xmp(tmp_path / "a.png") == read_xmp(photo)


@needs_imagemagick
@needs_exiftool
def test_tiff_in_the_other_byte_order(tmp_path: Path) -> None:
    made_photo(tmp_path / "a.png")
    photo = tmp_path / "a.tif"
    subprocess.run(["convert", tmp_path / "a.png", "-define", "tiff:endian=msb", photo], check=True)
    assert photo.read_bytes()[:2] == b"MM"
    assert b"Ada" in (read_xmp(with_person(photo)) or b"")


def test_bigtiff(tmp_path: Path) -> None:
    photo = made_photo(tmp_path / "a.tif", big_tiff=True, tiffinfo={700: PACKET})
    assert photo.read_bytes()[:4] == b"II+\0"
    assert read_xmp(photo) == PACKET


@pytest.mark.parametrize("form", ["plain", "packed", "zTXt"])
def test_texts_of_a_png(form: str, tmp_path: Path) -> None:
    keyword = b"XML:com.adobe.xmp\0"
    content = {
        "plain": keyword + b"\0\0de\0Titel\0" + PACKET,
        "packed": keyword + b"\1\0\0\0" + zlib.compress(PACKET),
        "zTXt": keyword + b"\0" + zlib.compress(PACKET),
    }[form]
    photo = _with_png_chunk(tmp_path, b"zTXt" if form == "zTXt" else b"iTXt", content)
    assert read_xmp(photo) == PACKET


def test_png_that_unpacks_to_too_much(tmp_path: Path) -> None:
    content = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(MAX_XMP_BYTES + 1))
    with pytest.raises(EmbeddedXmpUnreadableError, match="over 16 MB"):
        read_xmp(_with_png_chunk(tmp_path, b"iTXt", content))


@pytest.mark.parametrize(
    "content", [bytes(2_000_000), b"\nxmp\n 4\n3c3", b"\nxmp\n 4\n3c3x2f3e", b"\n9" * 50]
)
def test_another_profile_is_none_and_stays(content: bytes, tmp_path: Path) -> None:
    chunk = b"Raw profile type xmp\0\0" + zlib.compress(content)
    photo = _with_png_chunk(tmp_path, b"zTXt", chunk)
    assert read_xmp(photo) is None
    assert rewrite_xmp(photo, lambda _: PACKET, lambda new: None)
    assert chunk in photo.read_bytes()
    assert read_xmp(photo) == PACKET


def _with_png_chunk(folder: Path, kind: bytes, content: bytes) -> Path:
    photo = made_photo(folder / "a.png")
    data = photo.read_bytes()
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    photo.write_bytes(data[:33] + chunk + data[33:])
    return photo


@pytest.mark.parametrize("method", ["file", "idat", "item", "rest", "deflate"])
def test_places_of_an_item(method: str, tmp_path: Path) -> None:
    photo = tmp_path / "a.heic"
    photo.write_bytes(heic(method))
    assert read_xmp(photo) == PACKET


def heic(method: str) -> bytes:
    """The boxes of a HEIC file with XMP, without an image."""

    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + kind + content

    def full(kind: bytes, version: int, content: bytes) -> bytes:
        return box(kind, bytes([version, 0, 0, 0]) + content)

    data = zlib.compress(PACKET) if method == "deflate" else PACKET
    coding = b"deflate\0" if method == "deflate" else b"\0"
    entry = full(b"infe", 2, struct.pack(">HH4s", 2, 0, b"mime") + b"\0application/rdf+xml\0" + coding)
    first = full(b"infe", 2, struct.pack(">HH4s", 1, 0, b"hvc1") + b"\0")
    iinf = full(b"iinf", 0, struct.pack(">H", 2) + first + entry)
    iref = full(
        b"iref", 0, box(b"cdsc", struct.pack(">HHH", 2, 1, 1)) + box(b"iloc", struct.pack(">HHH", 2, 1, 3))
    )
    idat = box(b"idat", b"12" + data)
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def whole(offset: int) -> bytes:
        kind, place = {
            "idat": (1, (2, len(data))),
            "item": (2, (1, len(data))),
            "rest": (0, (offset, 0)),
        }.get(method, (0, (offset, len(data))))
        pieces = [(2, kind, place), (3, 1, (1, len(data) + 1))]
        iloc = bytes([0x44, 0]) + struct.pack(">H", 2)
        for item, how, (start, size) in pieces:
            iloc += struct.pack(">HHHHII", item, how, 0, 1, start, size)
        meta = full(b"meta", 0, full(b"pitm", 0, b"\0\1") + iinf + iref + idat + full(b"iloc", 1, iloc))
        return ftyp + meta

    return whole(len(whole(0)) + 8) + box(b"mdat", data)


@pytest.mark.parametrize("kind", KINDS)
@needs_exiftool
def test_damaged_photo_gives_a_typed_error_or_none(kind: str, tmp_path: Path) -> None:
    photo = with_person(made_photo(tmp_path / f"a.{kind}"))
    whole = photo.read_bytes()
    broken = tmp_path / f"b.{kind}"
    for end in range(12, len(whole), max(1, len(whole) // 60)):
        broken.write_bytes(whole[:end])
        _read_or_refuse(broken)
    for at in range(0, min(len(whole), 1_500), 7):
        broken.write_bytes(whole[:at] + b"\xff\xff\xff" + whole[at + 3 :])
        _read_or_refuse(broken)


def _read_or_refuse(photo: Path) -> None:
    try:
        read_xmp(photo)
    except EmbeddedXmpUnreadableError as exc:
        assert exc.reason


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedXmpUnreadableError, match="No such file"):
        read_xmp(tmp_path / "none.jpg")


@pytest.mark.parametrize("kind", ["one extension in bytes", "an extension each"])
def test_a_jpeg_of_more_segments_than_photos_have_is_refused(kind: str, tmp_path: Path) -> None:
    photo = made_photo(tmp_path / "a.jpg")
    data = photo.read_bytes()
    segments = [b"http://ns.adobe.com/xap/1.0/\0" + PACKET]
    for number in range(20_000):
        own = b"A" * 32 if kind == "one extension in bytes" else b"%032X" % number
        head = b"http://ns.adobe.com/xmp/extension/\0" + own + struct.pack(">II", 20_000, number)
        segments.append(head + b"x")
    parts = b"".join(b"\xff\xe1" + struct.pack(">H", len(one) + 2) + one for one in segments)
    photo.write_bytes(data[:2] + parts + data[2:])
    with pytest.raises(EmbeddedXmpUnreadableError, match="too many segments"):
        read_xmp(photo)


def test_a_webp_of_more_chunks_than_photos_have_is_refused(tmp_path: Path) -> None:
    photo = made_photo(tmp_path / "a.webp")
    data = photo.read_bytes() + b"abcd\0\0\0\0" * 200_000
    photo.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    with pytest.raises(EmbeddedXmpUnreadableError, match="too many chunks"):
        read_xmp(photo)
