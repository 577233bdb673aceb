"""Unusual kinds of TIFF, JPEG, BMP and others are shown as they are meant, or named: never scrambled."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import decode_image

tifffile = pytest.importorskip("tifffile", reason="tifffile is not installed")

Y, X = np.mgrid[0:60, 0:96]
RGB = np.stack([X * 2.6, Y * 4.2, 255 - X * 2.6], -1).clip(0, 255).astype(np.uint8)
RGB[5:15, 5:25] = (250, 20, 20)
RGBA = np.dstack([RGB, np.where((X > 40) & (Y > 30), 100, 255).astype(np.uint8)])
GREY = RGB[..., 0]
WIDE = GREY.astype(np.uint16) * 257
OVER_WHITE = np.round(RGB + (255.0 - RGB) * (255.0 - RGBA[..., 3:]) / 255)


def of_grey(values: np.ndarray) -> np.ndarray:
    return np.repeat(values[..., None], 3, -1)


def tiff(values: np.ndarray, **options: object) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, values, **options)
    return buffer.getvalue()


def twelve_bits(values: np.ndarray) -> bytes:
    """A grey TIFF of 12 bits, as scanners write it."""
    pairs = (values.astype(np.uint32) >> 4).reshape(-1, 2)
    packed = np.stack([pairs[:, 0] >> 4, (pairs[:, 0] & 15) << 4 | pairs[:, 1] >> 8, pairs[:, 1] & 255], -1)
    data = packed.astype(np.uint8).tobytes()
    entries = [
        (256, 96),
        (257, 60),
        (258, 12),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, 60),
        (279, len(data)),
    ]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + directory


def bmp(
    bits: int, rows: np.ndarray, *, masks: tuple[int, ...] = (), is_top_down: bool = False, head: int = 40
) -> bytes:
    """A BMP of 96 × 60 with a header of a Windows version."""
    data = (rows if is_top_down else rows[::-1]).tobytes()
    size = struct.pack("<iiHH", 96, -60 if is_top_down else 60, 1, bits)
    info = struct.pack("<I", head) + size + struct.pack("<II16x", 3 if masks else 0, len(data))
    info = (info + struct.pack(f"<{len(masks)}I", *masks)).ljust(max(head, 40 + 4 * len(masks)), b"\0")
    return b"BM" + struct.pack("<IHHI", 14 + len(info) + len(data), 0, 0, 14 + len(info)) + info + data


R, G, B = (RGB[..., band].astype("<u2") for band in range(3))
SHOWN = {
    "planar": (tiff(np.moveaxis(RGB, -1, 0), photometric="rgb", planarconfig="separate"), RGB),
    "tiled": (tiff(RGB, photometric="rgb", tile=(32, 32)), RGB),
    "16 bits": (tiff(RGB.astype(np.uint16) * 257, photometric="rgb"), RGB),
    "16 bits, tiled": (tiff(RGB.astype(np.uint16) * 257, photometric="rgb", tile=(32, 32)), RGB),
    "BigTIFF": (tiff(RGB, photometric="rgb", bigtiff=True), RGB),
    "big-endian, 16 bits": (tiff(WIDE, byteorder=">"), of_grey(GREY)),
    "pages": (tiff(np.stack([RGB, RGB[::-1]]), photometric="rgb"), RGB),
    "planar with alpha": (
        tiff(
            np.moveaxis(RGBA, -1, 0), photometric="rgb", planarconfig="separate", extrasamples=["unassalpha"]
        ),
        OVER_WHITE,
    ),
    "white is 0": (tiff(255 - GREY, photometric="miniswhite"), of_grey(GREY)),
    "white is 0, 16 bits": (tiff(65535 - WIDE, photometric="miniswhite"), of_grey(GREY)),
    "32 bits": (tiff(WIDE.astype(np.uint32) * 65537), of_grey(GREY)),
    "12 bits": (twelve_bits(GREY.astype(np.uint16) * 257), of_grey(GREY)),
    "floats": (tiff(GREY.astype(np.float32)), of_grey(np.round(GREY * (255 / GREY.max())))),
    "BMP, top-down": (bmp(24, RGB[..., ::-1], is_top_down=True), RGB),
    "BMP, 24 bits, version 5": (bmp(24, RGB[..., ::-1], head=124), RGB),
    "BMP, 5-6-5": (bmp(16, R >> 3 << 11 | G >> 2 << 5 | B >> 3, masks=(0xF800, 0x7E0, 0x1F)), RGB),
    "BMP, 5-5-5": (bmp(16, R >> 3 << 10 | G >> 3 << 5 | B >> 3), RGB),
}


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_shown_as_it_is_meant(name: str) -> None:
    data, expected = SHOWN[name]
    found = decode_image(data, name)
    assert (found.width, found.height) == (96, 60)
    assert np.abs(found.pixels - expected.astype(float)).max() <= (8 if "BMP, 5" in name else 1.5)


def changed_jpeg(marker: bytes, precision: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(RGB).save(buffer, "JPEG")
    data = buffer.getvalue()
    at = data.index(b"\xff\xc0")
    return data[:at] + marker + data[at + 2 : at + 4] + bytes([precision]) + data[at + 5 :]


NAMED = {
    "planes of 16 bits": tiff(
        np.moveaxis(RGB.astype(np.uint16) * 257, -1, 0), photometric="rgb", planarconfig="separate"
    ),
    "floats in colour": tiff(RGB.astype(np.float32) / 255, photometric="rgb"),
    "halves": tiff(RGB.astype(np.float16) / 255, photometric="rgb"),
    "doubles": tiff(GREY.astype(np.float64)),
    "complex numbers": tiff(GREY.astype(np.complex64)),
    "JPEG of 12 bits": changed_jpeg(b"\xff\xc1", 12),
    "JPEG without loss": changed_jpeg(b"\xff\xc3", 8),
    "BMP, 4-4-4": bmp(16, R >> 4 << 8 | G >> 4 << 4 | B >> 4, masks=(0xF00, 0xF0, 0xF)),
    "float map in colour": b"PF\n2 2\n-1.0\n" + bytes(48),
    "arbitrary map": b"P7\nWIDTH 2\nHEIGHT 2\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n" + bytes(12),
}


@pytest.mark.parametrize("name", NAMED)
def test_it_is_named(name: str) -> None:
    with pytest.raises(ImageUnreadableError) as caught:
        decode_image(NAMED[name], name)
    assert any(word in caught.value.reason for word in ("kind of", "damaged JPEG", "map")), (
        caught.value.reason
    )


CONVERT = shutil.which("convert")
MADE = {
    "t1.tif": ["-depth", "16", "-compress", "zip"],
    "t2.tif": ["-depth", "16", "-interlace", "plane", "-compress", "lzw"],
    "t3.tif": ["-colorspace", "cmyk", "-depth", "16"],
    "t4.tif": ["-colorspace", "ycbcr"],
    "t5.tif": ["-compress", "jpeg", "-quality", "95"],
    "t6.tif": ["-monochrome", "-compress", "group4"],
    "t7.tif": ["-monochrome", "-compress", "fax"],
    "t8.tif": ["-type", "palette", "-colors", "16"],
    "t9.tif": ["-compress", "zip", "-define", "tiff:predictor=2"],
    "t10.tif": ["-monochrome", "-define", "tiff:fill-order=lsb", "-compress", "group4"],
    "t11.tif": ["-colorspace", "gray", "-depth", "12", "-compress", "zip"],
    "p1.png": ["-depth", "16", "-interlace", "PNG"],
    "p2.png": [
        "-colorspace",
        "gray",
        "-depth",
        "16",
        "-alpha",
        "set",
        "-channel",
        "A",
        "-evaluate",
        "set",
        "50%",
    ],
    "p3.png": ["-depth", "16", "-transparent", "#FA1414", "-define", "png:color-type=2"],
    "p4.png": ["-colorspace", "gray", "-define", "png:bit-depth=2", "-define", "png:color-type=0"],
    "j1.jpg": ["-colorspace", "cmyk", "-quality", "95"],
    "j2.jpg": ["-interlace", "JPEG", "-quality", "95"],
    "w1.webp": ["-define", "webp:lossless=true"],
    "b1.bmp": ["-type", "palette", "-colors", "16", "-compress", "rle"],
    "n1.ppm": ["-depth", "16"],
    "n2.ppm": ["-compress", "none"],
}


@pytest.mark.skipif(CONVERT is None, reason="ImageMagick is not installed")
@pytest.mark.parametrize("name", MADE)
def test_it_looks_as_in_another_program(name: str, tmp_path: Path) -> None:
    Image.fromarray(RGB).save(tmp_path / "source.png")
    made = tmp_path / name
    subprocess.run([str(CONVERT), str(tmp_path / "source.png"), *MADE[name], str(made)], check=True)
    shown = [str(CONVERT), f"{made}[0]", "-background", "white", "-alpha", "remove", "-alpha", "off"]
    shown += ["-colorspace", "sRGB", "-depth", "8", "PPM:-"]
    theirs = subprocess.run(shown, capture_output=True, check=True).stdout
    with Image.open(io.BytesIO(theirs)) as image:
        expected = np.asarray(image.convert("RGB")).astype(int)
    assert np.abs(decode_image(made.read_bytes(), name).pixels - expected).mean() < 3
