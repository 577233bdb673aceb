"""Image files are data: only listed formats are read, in this process, and within limits."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import threading
import time
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, features

from face_match.core.errors import ImageUnreadableError
from face_match.core.images import decoding
from face_match.core.images.decoding import MAX_SIDE, decode_crop, decode_image, image_suffix, read_header
from face_match.core.memory_budget import MemoryBudget
from tests.extent import examples
from tests.stopwatch import within

ROOT = Path(__file__).parents[4]
READ = {"JPEG", "MPO", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "PPM", "HEIF"}
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n{} loop\nshowpage\n%%EOF\n"


def saved(file_format: str, image: Image.Image | None = None, **options: Any) -> bytes:
    if image is None:
        image = Image.fromarray(np.random.default_rng(3).integers(0, 256, (24, 32, 3), np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def reason(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(ImageUnreadableError) as raised:
        decode_image(data, name)
    assert raised.value.name == name
    return raised.value.reason


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks)


def tiff(entries: dict[int, tuple[int, int, int]], rest: bytes = b"") -> bytes:
    """A little-endian TIFF; `entries` are types, counts and values by tag."""
    directory = b"".join(struct.pack("<HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + directory + bytes(4) + rest


def grey_tiff(width: int, height: int, compression: int = 1) -> dict[int, tuple[int, int, int]]:
    size = {256: (4, 1, width), 257: (4, 1, height)}
    return size | {258: (3, 1, 8), 259: (3, 1, compression), 262: (3, 1, 1), 277: (3, 1, 1)}


def bmp_rle(width: int, height: int, runs: bytes) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(runs), 0, 0, 256, 0) + bytes(1024)
    return b"BM" + struct.pack("<IHHI", 14 + len(head) + len(runs), 0, 0, 14 + len(head)) + head + runs


def in_a_process_of_its_own(code: str, *arguments: str, **env: str) -> list[str]:
    """Words that a piece of Python prints."""
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def saved_by_every_plugin() -> dict[str, bytes]:
    Image.init()
    files = {}
    for file_format in sorted(Image.SAVE):
        for mode in ("RGB", "L", "1", "P", "RGBA"):
            buffer = io.BytesIO()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # some formats are to go from Pillow
                    Image.new(mode, (32, 32), 1).save(buffer, file_format)
            except (OSError, ValueError, KeyError, AttributeError):
                continue
            files[file_format] = buffer.getvalue()
            break
    return files


BY_EVERY_PLUGIN = saved_by_every_plugin()


SCAN = b"\xff\xda"


def jpeg_of_scans(scans: int, width: int = 4000, height: int = 4000) -> bytes:
    """A grey JPEG that is not progressive, each of whose scans has one of its three components."""
    tables = b"".join(b"\xff\xc4\0\x14" + bytes([kind, 1, *[0] * 15, 0]) for kind in (0, 0x10))
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    frame = b"\xff\xc0\0\x11\x08" + size + b"\3" + b"".join(bytes([n, 0x11, 0]) for n in (1, 2, 3))
    each = b"".join(SCAN + bytes([0, 8, 1, n % 3 + 1, 0, 0, 63, 0]) + b"\0" for n in range(scans))
    return b"\xff\xd8\xff\xdb\0\x43\0" + b"\1" * 64 + frame + tables + each + b"\xff\xd9"


@pytest.mark.parametrize("file_format", BY_EVERY_PLUGIN)
def test_a_file_is_read_if_and_only_if_its_kind_is_on_the_list(file_format: str) -> None:
    data = BY_EVERY_PLUGIN[file_format]
    for name in ("photo.jpg", "photo.png", f"photo.{file_format.lower()}", "photo"):
        if file_format in READ:
            assert decode_image(data, name).pixels.shape == (32, 32, 3)
            assert decode_crop(data, name).shape == (32, 32, 3)
        else:
            assert reason(data, name) == "not an image" or reason(data, name).endswith(
                ", which is not supported"
            )
            for read in (decode_crop, image_suffix):
                with pytest.raises(ImageUnreadableError):
                    read(data, name)


def test_the_list_is_tried_in_full() -> None:
    assert {*BY_EVERY_PLUGIN} >= READ - {"HEIF"} - (set() if features.check("avif") else {"AVIF"})
    assert {"EPS", "PDF", "TGA", "ICO", "JPEG2000"} <= {*BY_EVERY_PLUGIN}


def test_a_suffix_is_that_of_the_content() -> None:
    assert image_suffix(saved("JPEG"), "face.png") == ".jpeg"
    assert image_suffix(saved("PNG"), "face.jpg") == ".png"


def test_heic_is_recognised_by_its_content() -> None:
    assert "HEIF" in reason(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99))
    assert reason(b"rubbish" * 99, "photo.heic") == "not an image"


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.eps"])
def test_postscript_is_refused_at_once_and_starts_no_program(name: str, tmp_path: Path) -> None:
    file, trace = tmp_path / name, tmp_path / "started"
    file.write_bytes(POSTSCRIPT)
    ghostscript = tmp_path / "gs"
    ghostscript.write_text(f"#!/bin/sh\ntouch '{trace}'\nsleep 100\n")
    ghostscript.chmod(0o755)
    code = """
import sys, pathlib
from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import decode_crop
from face_match.vision.photo_loading import load_photo
for path in sys.argv[2:]:
    load_photo(pathlib.Path(path))
path = pathlib.Path(sys.argv[1])
for read in (load_photo, lambda path: decode_crop(path.read_bytes(), path.name)):
    try:
        read(path)
    except ImageUnreadableError as exc:
        print(exc.reason.replace(" ", "_"))
print("EpsImagePlugin" in {name.rpartition(".")[2] for name in sys.modules})
"""
    good = [tmp_path / f"good.{kind}" for kind in ("png", "jpeg", "tiff", "webp", "gif", "bmp", "ppm")]
    for path in good:
        Image.new("RGB", (9, 9)).save(path)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    words = in_a_process_of_its_own(code, str(file), *map(str, good), PATH=path)
    assert words == ["a_PostScript_file,_which_is_not_supported"] * 2 + ["False"]
    assert not trace.exists()


PEAK = """
import resource, sys
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import decode_crop, decode_image
data = open(sys.argv[1], "rb").read()
before = peak()
try:
    (decode_crop if sys.argv[2] == "crop" else decode_image)(data, "x")
    print("decoded")
except ImageUnreadableError as exc:
    print(exc.reason.replace(" ", "_"))
print(peak() - before)
"""


def lossless_webp(width: int, height: int) -> bytes:
    """A WebP of that size, of nothing but zeros."""
    body = b"\x2f" + (width - 1 | (height - 1) << 14).to_bytes(4, "little") + bytes(41)
    content = b"WEBPVP8L" + len(body).to_bytes(4, "little") + body
    return b"RIFF" + len(content).to_bytes(4, "little") + content


LARGE_TILE = {322: (4, 1, 20_000), 323: (4, 1, 20_000), 324: (4, 1, 8)}


@pytest.mark.skipif(sys.platform == "win32", reason="the memory that a process took is not told there")
@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("photo", png(20_000, 10_001, chunk(b"IDAT", zlib.compress(bytes(99)))), "200_megapixels,_over_200"),
        ("crop", png(24_000, 24_000, chunk(b"IDAT", zlib.compress(bytes(99)))), "576_megapixels,_over_100"),
        ("crop", png(11_000, 10_000, chunk(b"IDAT", zlib.compress(bytes(99)))), "110_megapixels,_over_100"),
        # Pillow fills such a frame when it opens the file
        (
            "photo",
            b"GIF89a\1\0\1\0\0\0\0!\xf9\4\x08\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2",
            "4,295_megapixels,_over_200",
        ),
        ("photo", lossless_webp(14_000, 14_000), "196_megapixels,_over_116_in_WEBP"),
        ("photo", tiff(grey_tiff(100, 100, 8) | LARGE_TILE), "damaged_TIFF"),
        ("photo", tiff(grey_tiff(9, 9) | {273: (4, 5_000_000, 122)}, bytes(20_000_000)), "damaged"),
    ],
    ids=["photo", "crop", "smaller crop", "GIF frame", "WebP", "TIFF tile", "TIFF strips"],
)  # fmt: skip
def test_a_bomb_is_refused_before_it_takes_memory(
    kind: str, data: bytes, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "bomb").write_bytes(data)
    said, peak = in_a_process_of_its_own(PEAK, str(tmp_path / "bomb"), kind)
    assert said == expected
    assert int(peak) < 100e6


@pytest.mark.parametrize(
    ("data", "bytes_per_pixel", "form"),
    [
        (saved("JPEG"), 7, "JPEG"),
        (saved("JPEG", progressive=True), 13, "progressive JPEG"),
        (jpeg_of_scans(3, 32, 24), 13, "progressive JPEG"),
        (saved("PNG"), 7, "PNG"),
        (saved("WEBP"), 19, "WEBP"),
        (saved("TIFF"), 11, "TIFF"),
        (saved("GIF"), 4, "GIF"),
    ],
    ids=["JPEG", "progressive JPEG", "JPEG of a scan a component", "PNG", "WebP", "TIFF", "GIF"],
)
def test_an_image_that_its_format_takes_too_much_memory_for_is_refused(
    data: bytes, bytes_per_pixel: int, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = 32 * 24 * bytes_per_pixel
    monkeypatch.setattr(decoding, "MAX_IMAGE_BYTES", needed)
    assert decode_image(data, "x").width == 32
    monkeypatch.setattr(decoding, "MAX_IMAGE_BYTES", needed - 1)
    assert reason(data).endswith(f"in {form}")
    monkeypatch.setattr(decoding, "MAX_IMAGE_BYTES", needed)
    monkeypatch.setattr(decoding, "BUDGET", MemoryBudget(1))  # larger than all: it waits, and is alone
    assert decode_image(data, "x").width == 32


SIDE = 5000


@pytest.mark.skipif(sys.platform == "win32", reason="the memory that a process took is not told there")
@pytest.mark.parametrize(
    ("mode", "file_format", "native"),
    [("I;16", "PNG", 2), ("F", "TIFF", 4), ("RGBA", "PNG", 4), ("CMYK", "TIFF", 4), ("P", "PNG", 1)],
)
def test_a_large_image_takes_its_own_size_and_that_of_the_result(
    mode: str, file_format: str, native: int, tmp_path: Path
) -> None:
    options: dict[str, Any] = {"compression": "tiff_adobe_deflate"} if file_format == "TIFF" else {}
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    (tmp_path / "large").write_bytes(saved(file_format, Image.new(mode, (SIDE, SIDE)), exif=exif, **options))
    said, peak = in_a_process_of_its_own(PEAK, str(tmp_path / "large"), "photo")
    assert said == "decoded"
    assert int(peak) < SIDE**2 * (native + 3) * 1.15 + 40e6


def test_large_images_are_decoded_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved("PNG", Image.new("RGB", (300, 300)))
    monkeypatch.setattr(decoding, "BUDGET", MemoryBudget(300 * 300 * 10))
    at_once, most, lock = [0], [0], threading.Lock()
    upright_pixels = decoding.upright_pixels

    def noted(*arguments: Any) -> Any:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.02)
        try:
            return upright_pixels(*arguments)
        finally:
            with lock:
                at_once[0] -= 1

    monkeypatch.setattr(decoding, "upright_pixels", noted)
    shapes = []
    threads = [threading.Thread(target=lambda: shapes.append(decode_crop(data, "x").shape)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert shapes == [(300, 300, 3)] * 5
    assert most == [1]


def test_a_damaged_image_gives_its_memory_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "BUDGET", MemoryBudget(1))
    data = saved("PNG")
    for _ in range(3):
        assert reason(data[: len(data) // 2]) == "truncated PNG"
    assert decode_image(data, "x").width == 32


PROGRESSIVE = saved("JPEG", progressive=True)
ENDLESS: dict[str, Callable[[], bytes]] = {
    "JPEG junk": lambda: b"\xff\xd8\xff" + bytes(30_000_000),
    "JPEG segments": lambda: b"\xff\xd8" + b"\xff\xfe\0\2" * 5_000_000,
    "JPEG EXIF": lambda: b"\xff\xd8" + (b"\xff\xe1\xff\xffExif\0\0" + bytes(65527)) * 600,
    "JPEG EXIF of few bytes": lambda: b"\xff\xd8" + b"\xff\xe1\0\x0aExif\0\0II" * 300_000,
    "JPEG scans": lambda: PROGRESSIVE[:-2] + PROGRESSIVE[PROGRESSIVE.rindex(SCAN) : -2] * 300 + b"\xff\xd9",
    "JPEG scans of a component": lambda: jpeg_of_scans(5000),
    "JPEG scans after junk": lambda: b"\xff\xd8\xff\xff\xff\xfe\0\2" + jpeg_of_scans(5000)[2:],
    "PNG chunks": lambda: png(9, 9, chunk(b"abCd", b"") * 2_000_000),
    "PNG pixels in no bytes": lambda: png(9, 9, chunk(b"IDAT", b"") * 2_000_000),
    "PNG text": lambda: png(
        9, 9, chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(bytes(15_000_000))) * 99
    ),
    "GIF blocks": lambda: b"GIF89a\1\0\1\0\0\0\0!\xfe" + b"\1a" * 10_000_000 + b"\0",
    "TIFF strips on each other": lambda: tiff(
        grey_tiff(9000, 9000) | {273: (4, 100_000, 110), 278: (4, 1, 4500)}, bytes(41_000_000)
    ),
    "PPM header": lambda: b"P6\n#" + b"x" * 30_000_000,
    "PPM comments": lambda: b"P3\n900 900\n255\n" + b"#\n" * 10_000_000,
    "PPM text": lambda: b"P3\n3000 3000\n255\n" + b"1 " * 9_000_000,
    "PPM of few levels": lambda: b"P6\n3000 3000\n31\n" + bytes(27_000_000),
    "BMP runs": lambda: bmp_rle(3000, 3000, b"\1\1" * 9_000_000),
    "BMP ends of line": lambda: bmp_rle(2000, 2000, b"\0\0" * 20_000_000),
}  # fmt: skip


@pytest.mark.one_in(2, "every second file that would take minutes")
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_file_that_would_take_minutes_is_refused_within_seconds(kind: str) -> None:
    data = ENDLESS[kind]()
    with within(20):  # a few on a machine that does nothing else
        assert "damaged" in (said := reason(data)) or "in a slow form of" in said


@pytest.mark.parametrize("piece", [b"zTXt", b"iCCP"])
def test_a_text_or_profile_of_three_megabytes_is_no_reason_to_refuse_a_png(piece: bytes) -> None:
    long = chunk(piece, b"name\0\0" + zlib.compress(os.urandom(1000) * 3000))
    data = saved("PNG")
    assert np.array_equal(
        decode_image(data[:33] + long + data[33:], "x").pixels, decode_image(data, "x").pixels
    )


@pytest.mark.parametrize(
    "text",
    [
        b"tEXt" + b"k\0" + b"z" * 900_000,
        b"zTXt" + b"k\0\0" + zlib.compress(b"z" * 900_000),
        b"iTXt" + b"k\0\1\0\0\0" + zlib.compress(b"z" * 900_000),
        b"zTXt" + b"k\0\0" + zlib.compress(bytes(40_000_000)),
        b"zTXt" + b"k\0\7 packed in another way",
        b"tEXt",
    ],
)
@pytest.mark.parametrize("is_before", [True, False])
def test_no_number_of_texts_is_a_reason_to_refuse_a_png(text: bytes, is_before: bool) -> None:
    plain, exif = saved("PNG"), Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    data, texts = saved("PNG", exif=exif), chunk(text[:4], text[4:]) * 80
    at = 33 if is_before else -12
    found = decode_image(data[:at] + texts + data[at:], "x")
    assert (found.orientation, read_header(data[:at] + texts + data[at:], "x").orientation) == (6, 6)
    assert np.array_equal(np.rot90(decode_image(plain, "x").pixels, -1), found.pixels)


@pytest.mark.parametrize("keyword", [b"XML:com.adobe.xmp", b"Raw profile type exif"])
def test_a_text_with_the_orientation_of_a_png_is_read_among_others(keyword: bytes) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 8
    block = exif.tobytes()
    block = block if block.startswith(b"Exif") else b"Exif\0\0" + block
    profile = f"\nexif\n{len(block):8d}\n{block.hex()}\n".encode()
    xmp = b'<x xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="8"/>'
    text = chunk(b"tEXt", b"Raw profile type exif\0" + profile)
    if keyword.startswith(b"XML"):
        text = chunk(b"iTXt", keyword + b"\0\0\0\0\0" + xmp)
    data, long = saved("PNG"), chunk(b"tEXt", b"Comment\0" + b"z" * 900_000) * 80
    data = data[:33] + long + text + long + data[33:]
    assert decode_image(data, "x").orientation == read_header(data, "x").orientation == 8


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"quality": 95, "subsampling": 0}])
@pytest.mark.parametrize("end", [b"", b"\xff", b"\xff\xff\xff"])
def test_a_jpeg_cut_in_or_before_the_mark_of_its_end_is_whole(options: dict[str, Any], end: bytes) -> None:
    data = saved("JPEG", **options)
    found = decode_image(data[:-2] + end, "x")
    assert np.array_equal(found.pixels, decode_image(data, "x").pixels)
    if "progressive" not in options:
        assert reason(data[: len(data) * 2 // 3] + end) == "truncated JPEG"


@pytest.mark.parametrize(
    "head", [b"P2\n# by hand\n3 1\n255\n0 9 # white:\n255\n", b"P3 1 3 255 0 0 0 9 9 9 255 255 255"]
)
def test_a_small_portable_map_in_plain_text_is_read(head: bytes) -> None:
    assert decode_image(head, "x").pixels[..., 0].ravel().tolist() == [0, 9, 255]


@pytest.mark.parametrize("file_format", ["BMP", "TIFF", "PPM", "PNG"])
@pytest.mark.parametrize("size", [(MAX_SIDE, 1), (1, MAX_SIDE)])
def test_an_image_of_one_row_or_column_is_read_within_seconds(
    file_format: str, size: tuple[int, int]
) -> None:
    data = saved(file_format, Image.new("RGB", size))
    with within(20):
        assert decode_image(data, "x").pixels.shape == (size[1], size[0], 3)


@pytest.mark.parametrize("read", [decode_image, decode_crop, image_suffix, read_header])
@pytest.mark.parametrize("size", [(MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (100_000_000, 1), (1, 100_000_000)])
def test_an_image_that_is_too_long_on_one_side_is_refused_without_being_decoded(
    read: Callable[[bytes, str], object], size: tuple[int, int]
) -> None:
    data = png(*size, chunk(b"IDAT", zlib.compress(b"broken")), chunk(b"IEND", b""))
    with pytest.raises(ImageUnreadableError) as raised:
        read(data, "photo.png")
    assert raised.value.reason == f"{size[0]:,} × {size[1]:,} pixels, over 65,535 on one side"


SEEDS = [
    *(saved(kind) for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "PPM", "MPO")),
    saved("TIFF", compression="tiff_lzw"),
    saved("PNG", Image.new("P", (9, 9)), transparency=0),
    saved("GIF", save_all=True, append_images=[Image.new("RGB", (9, 9))], disposal=2),
    saved("WEBP", save_all=True, append_images=[Image.new("RGB", (32, 24))]),
    PROGRESSIVE,
    b"P2\n2 2\n255\n1 2 3 4\n",
    bmp_rle(9, 9, b"\x09\1\0\0" * 9 + b"\0\1"),
    *([saved("AVIF")] if features.check("avif") else []),
]
HEADS = [seed[:length] for seed in SEEDS for length in (4, 12, 30)]


def read_or_refused(data: bytes) -> None:
    with within(20):
        for read in (decode_image, decode_crop, image_suffix):
            try:
                read(data, "photo.jpg")
            except ImageUnreadableError as exc:
                assert exc.reason


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([b"", *HEADS]), st.binary(max_size=600))
def test_random_bytes_are_read_or_refused(head: bytes, rest: bytes) -> None:
    read_or_refused(head + rest)


@settings(max_examples=examples(400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.data())
def test_changed_images_are_read_or_refused(seed: bytes, data: st.DataObject) -> None:
    changed = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, min(len(changed), 200)) | st.integers(0, len(changed)))
        new = data.draw(st.binary(max_size=6) | st.sampled_from([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"]))
        changed[at : at + data.draw(st.sampled_from([0, len(new), 2 * len(new)]))] = new
    read_or_refused(bytes(changed))
