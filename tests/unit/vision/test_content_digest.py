"""A photo keeps its content digest whatever else changes in its file."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin, features
from PIL.ExifTags import Base

from face_match.core.images.kinds import kind_of
from face_match.vision.content_digest import content_digest
from tests.extent import examples
from tests.stopwatch import within

CASES = Path(__file__).parents[3].parent / "shared" / "cases" / "photos"
PIXELS = np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8)
PIXELS[8:40, 8:56] = (200, 150, 120)

KINDS: dict[str, dict[str, object]] = {
    "jpg": {},
    "png": {},
    "webp": {},
    "tif": {},
    "gif": {},
    "bmp": {},
    "ppm": {},
    **({"avif": {"speed": 9}} if features.check("avif") else {}),
}
FORMATS = {"jpg": "JPEG", "tif": "TIFF"}
OTHER_FORMS: dict[str, tuple[str, dict[str, object]]] = {
    "progressive jpg": ("jpg", {"progressive": True}),
    "restarting jpg": ("jpg", {"restart_marker_blocks": 2}),
    "lossless webp": ("webp", {"lossless": True}),
    "deflated tif": ("tif", {"compression": "tiff_adobe_deflate"}),
    "big tif": ("tif", {"big_tiff": True}),
}
EDITS = {
    "comment": ["-Comment=On the beach", "-XMP:UserComment=On the beach"],
    "rating": ["-XMP:Rating=5"],
    "keywords": ["-XMP:Subject=Ada", "-XMP:Description=Ada and Grace", "-IPTC:Keywords=Ada"],
    "date": ["-EXIF:DateTimeOriginal=2021:07:04 12:30:05", "-EXIF:Artist=Ada"],
    "orientation": ["-Orientation#=6"],
}
ANYTHING = settings(max_examples=examples(300), deadline=10_000, suppress_health_check=list(HealthCheck))

needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")


def saved(kind: str, pixels: np.ndarray = PIXELS, mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    image = Image.fromarray(pixels).convert(mode)
    image.save(buffer, FORMATS.get(kind, kind.upper()), **{**KINDS[kind], **options})
    return buffer.getvalue()


def digest(data: bytes) -> str:
    found = content_digest(data)
    assert found is not None
    return found


def one_pixel_changed() -> np.ndarray:
    pixels = PIXELS.copy()
    pixels[20, 20] ^= 255
    return pixels


def in_every_form() -> dict[str, bytes]:
    return {
        **{kind: saved(kind) for kind in KINDS},
        **{name: saved(kind, **options) for name, (kind, options) in OTHER_FORMS.items()},
    }


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@needs_exiftool
@pytest.mark.parametrize("edit", EDITS)
def test_metadata_changes_by_exiftool_keep_the_digest(edit: str, tmp_path: Path) -> None:
    files, unwritten = {}, ("ppm", "big tif")
    for form, data in in_every_form().items():
        if not form.endswith("bmp"):  # which exiftool does not write
            kind = form.split()[-1]
            files[form] = tmp_path / f"{form}.{kind}"
            files[form].write_bytes(data)
    before = {form: path.read_bytes() for form, path in files.items()}
    for arguments in (EDITS[edit], ["-all="]):
        command = ["exiftool", "-q", "-m", "-overwrite_original", *arguments, *map(str, files.values())]
        subprocess.run(command, capture_output=True, check=False, timeout=120)
        for form, path in files.items():
            assert digest(path.read_bytes()) == digest(before[form]), form
        if arguments is EDITS["keywords"]:
            assert all(
                path.read_bytes() != before[form] for form, path in files.items() if form not in unwritten
            )


@needs_exiftool
def test_metadata_changes_of_a_heic_by_exiftool_keep_the_digest(tmp_path: Path) -> None:
    if not CASES.is_dir():
        pytest.skip("the cases are not here")
    path = tmp_path / "photo.heic"
    shutil.copyfile(CASES / "02_heic_named.jpg", path)
    before = path.read_bytes()
    for edit in EDITS.values():
        subprocess.run(
            ["exiftool", "-q", "-m", "-overwrite_original", *edit, str(path)], check=False, timeout=60
        )
    after = path.read_bytes()
    assert after != before
    assert digest(after) == digest(before)


@needs_exiftool
def test_another_thumbnail_makes_no_other_photo(tmp_path: Path) -> None:
    path, thumbnail = tmp_path / "photo.jpg", tmp_path / "thumbnail.jpg"
    path.write_bytes(saved("jpg"))
    for pixels in (PIXELS[:16, :16], PIXELS[20:36, 20:36]):
        thumbnail.write_bytes(saved("jpg", pixels))
        subprocess.run(
            ["exiftool", "-q", "-overwrite_original", f"-ThumbnailImage<={thumbnail}", str(path)],
            check=True,
            timeout=60,
        )
        assert thumbnail.read_bytes()[-50:] in path.read_bytes()
        assert digest(path.read_bytes()) == digest(saved("jpg"))


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif", "avif"])
def test_profile_exif_and_resolution_that_pillow_writes_make_no_other_photo(kind: str) -> None:
    if kind not in KINDS:
        pytest.skip("this Pillow has no AVIF")
    exif = Image.Exif()
    exif[Base.Orientation], exif[Base.DateTime] = 8, "2021:07:04 12:30:05"
    plain = digest(saved(kind))
    assert digest(saved(kind, exif=exif)) == plain
    if kind != "avif":  # Pillow then writes the colours in code otherwise, which a decoder needs
        assert digest(saved(kind, icc_profile=profile(), exif=exif)) == plain
    if kind in ("jpg", "png", "tif"):
        assert digest(saved(kind, dpi=(300, 300))) == plain


@pytest.mark.parametrize("kind", ["jpg", "gif"])
def test_a_comment_that_pillow_writes_makes_no_other_photo(kind: str) -> None:
    assert digest(saved(kind, comment=b"hello")) == digest(saved(kind))


def test_texts_in_a_png_make_no_other_photo() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "<x/>", zip=True)
    texts.add(b"tEXt", b"Comment\0hello", after_idat=True)
    assert digest(saved("png", pnginfo=texts)) == digest(saved("png"))


def test_the_cases_of_a_comment_and_of_a_missing_end_mark() -> None:
    if not CASES.is_dir():
        pytest.skip("the cases are not here")
    for one, other in (("04_before", "04_after_comment"), ("10_complete", "10_no_eoi")):
        files = [(CASES / f"{name}.jpg").read_bytes() for name in (one, other)]
        assert files[0] != files[1]
        assert digest(files[0]) == digest(files[1])


@pytest.mark.parametrize("form", in_every_form())
def test_one_other_pixel_makes_another_photo(form: str) -> None:
    kind, options = OTHER_FORMS.get(form, (form, {}))
    found = {digest(saved(kind, pixels, **options)) for pixels in (PIXELS, one_pixel_changed(), PIXELS[:47])}
    assert len(found) == 3


def test_all_forms_are_photos_of_their_own() -> None:
    digests = {form: digest(data) for form, data in in_every_form().items()}
    assert digests.pop("big tif") == digests["tif"]  # the same strips, in another list
    assert len({*digests.values()}) == len(digests)
    assert all(len(bytes.fromhex(one)) == 32 for one in digests.values())


@pytest.mark.parametrize("kind", ["jpg", "webp", "avif"])
def test_a_photo_that_is_compressed_again_is_another(kind: str) -> None:
    if kind not in KINDS:
        pytest.skip("this Pillow has no AVIF")
    with Image.open(io.BytesIO(saved(kind, quality=90))) as image:
        again = saved(kind, np.asarray(image.convert("RGB")), quality=70)
    assert digest(again) != digest(saved(kind, quality=90))


def test_transparency_and_palettes_count() -> None:
    palette = {digest(saved("png", PIXELS // 128 * 128, "P", transparency=n)) for n in (0, 1)}
    alpha = np.dstack([PIXELS, np.full(PIXELS.shape[:2], 200, np.uint8)])
    for kind in ("png", "webp", "tif"):
        assert digest(saved(kind, alpha, "RGBA")) != digest(saved(kind))
    first, second = (saved("gif", PIXELS // 128 * 128, "P"), saved("gif", 255 - PIXELS // 128 * 128, "P"))
    assert len(palette) == 2
    assert digest(first) != digest(second)


def segments(data: bytes, *inserted: bytes) -> bytes:
    """A JPEG with segments put at its start."""
    return data[:2] + b"".join(inserted) + data[2:]


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def without_jfif(data: bytes) -> bytes:
    assert data[2:4] == b"\xff\xe0"
    return data[:2] + data[4 + int.from_bytes(data[4:6], "big") :]


def test_of_adobes_segment_only_a_colour_transform_that_is_used_counts() -> None:
    plain = without_jfif(saved("jpg"))
    rgb, ycc, same = (
        segments(plain, segment(0xEE, b"Adobe" + bytes([0, 100, n, 0, n, 0, transform])))
        for n, transform in ((0, 0), (0, 1), (7, 1))
    )
    pixels = [np.asarray(Image.open(io.BytesIO(data))) for data in (plain, rgb, ycc)]
    assert not np.array_equal(pixels[0], pixels[1])
    assert np.array_equal(pixels[0], pixels[2])
    assert digest(rgb) != digest(plain)
    assert digest(ycc) == digest(same) == digest(plain) == digest(saved("jpg"))


def test_data_between_segments_and_after_a_jpeg_does_not_count() -> None:
    data = saved("jpg")
    for other in (
        data + b"a video of three seconds",
        data + saved("jpg", PIXELS[::-1]),
        data[:-2],
        data[:-1],
        segments(data, segment(0xFE, b"\xff\xd9"), segment(0xE1, b"Exif\0\0\xff\xda\0\x02"), b"\xff\xff\xff"),
        segments(data, segment(0xFE, b""), b"\0\0\0"),
    ):
        assert digest(other) == digest(data)


def test_of_a_multi_picture_file_the_first_image_counts() -> None:
    def multi_picture(second: np.ndarray) -> bytes:
        buffer = io.BytesIO()
        Image.fromarray(PIXELS).save(buffer, "MPO", save_all=True, append_images=[Image.fromarray(second)])
        return buffer.getvalue()

    assert digest(multi_picture(PIXELS[::-1])) == digest(multi_picture(PIXELS)) == digest(saved("jpg"))


@pytest.mark.parametrize("size", [65_534, 65_535, 65_536, 65_537, 327_679, 327_680, 327_681, 700_000])
def test_the_end_of_a_scan_is_found_at_any_offset(size: int) -> None:
    head = saved("jpg")
    head = head[: head.index(b"\xff\xda")] + segment(0xDA, bytes(10))
    scan = b"\xff\0\xff\xd0\x12\x34" * (size // 6) + b"\x55" * (size % 6 + 1)
    assert (
        digest(head + scan + b"\xff\xd9") == digest(head + scan) == digest(head + scan + b"\xff\xd9\xff\xda")
    )
    assert digest(head + scan + b"\xff\xd9") != digest(head + scan[:-1] + b"\xff\xd9")


def test_it_does_not_matter_into_how_many_chunks_a_png_is_cut() -> None:
    data = saved("png")
    at = data.index(b"IDAT") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    content = data[at + 8 : at + 8 + length]

    def chunk(part: bytes) -> bytes:
        return struct.pack(">I", len(part)) + b"IDAT" + part + struct.pack(">I", zlib.crc32(b"IDAT" + part))

    cut = data[:at] + chunk(content[:100]) + chunk(content[100:]) + data[at + 12 + length :]
    assert digest(cut) == digest(data)


def test_the_extended_header_of_a_webp_does_not_count() -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "Ada"
    extended = saved("webp", exif=exif)
    assert b"VP8X" in extended
    assert b"VP8X" not in saved("webp")
    assert digest(extended) == digest(saved("webp"))


@pytest.mark.parametrize("kind", ["gif", "png", "webp"])
def test_every_frame_of_an_animation_counts(kind: str) -> None:
    def animated(second: np.ndarray, **options: object) -> bytes:
        return saved(kind, save_all=True, append_images=[Image.fromarray(second)], **options)

    assert digest(animated(PIXELS[::-1])) != digest(animated(PIXELS[:, ::-1]))
    assert kind != "gif" or digest(animated(PIXELS[::-1], loop=3)) == digest(animated(PIXELS[::-1]))


def test_comments_in_a_portable_map_do_not_count_and_its_form_does() -> None:
    pixels = bytes(range(12))
    forms = [
        digest(header + pixels)
        for header in (
            b"P6 2 2 255\n",
            b"P6\n# a # comment\n2\n# b\n2 255\n",
            b"P5 2 6 255\n",
            b"P6 2 2 15\n",
        )
    ]
    assert forms[0] == forms[1]
    assert len({*forms}) == 3
    assert digest(b"P4 16 6\n" + pixels) != digest(b"P4\n16 3\n" + pixels)
    assert content_digest(b"P2 2 1 255\n12 13") is None  # left to the decoder


def test_a_tiff_with_overlapping_strips_is_left_to_the_decoder() -> None:
    def tiff(strips: int) -> bytes:
        values = {256: 64, 257: strips, 258: 8, 259: 1, 262: 1, 277: 1, 278: 1}
        entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in values.items()]
        at = 8 + 2 + 12 * (len(entries) + 2) + 4
        ends = at + 8 * strips
        entries += [
            struct.pack("<HHII", 273, 4, strips, at),
            struct.pack("<HHII", 279, 4, strips, at + 4 * strips),
        ]
        lists = struct.pack(f"<{strips}I", *[ends] * strips) + struct.pack(f"<{strips}I", *[64] * strips)
        return (
            b"II*\0\x08\0\0\0"
            + struct.pack("<H", len(entries))
            + b"".join(entries)
            + bytes(4)
            + lists
            + bytes(64)
        )

    assert content_digest(tiff(2)) is not None
    assert content_digest(tiff(100)) is None


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def crowded_heic() -> bytes:
    """A million times, an item has a property of a megabyte."""
    item = struct.pack(">HHHH", 1, 0, 0, 0)
    meta = bytes(4) + box(b"pitm", bytes(4) + b"\0\1")
    meta += box(b"iinf", bytes(4) + b"\0\1" + box(b"infe", b"\2\0\0\0\0\1\0\0hvc1\0"))
    meta += box(b"iloc", bytes(4) + b"\x44\x40\0\1" + item)
    entries = (b"\0\1\xff" + b"\1" * 255) * 3900
    ipma = box(b"ipma", bytes(4) + struct.pack(">I", 3900) + entries)
    meta += box(b"iprp", box(b"ipco", box(b"hvcC", bytes(1_000_000))) + ipma)
    return box(b"ftyp", b"heic\0\0\0\0heic") + box(b"meta", meta)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "segments": lambda: b"\xff\xd8" + segment(0xE1, b"") * 2_000_000,
    "scans": lambda: b"\xff\xd8" + (segment(0xDA, b"") + bytes(70_000)) * 500,
    "short scans": lambda: b"\xff\xd8" + segment(0xDA, b"") * 2_000_000,
    "fill": lambda: b"\xff\xd8" + b"\xff" * 20_000_000,
    "filled scan": lambda: b"\xff\xd8" + segment(0xDA, b"") + b"\xff" * 20_000_000,
    "chunks": lambda: b"\x89PNG\r\n\x1a\n" + (b"\0\0\0\0IDAT" + bytes(4)) * 2_000_000,
    "pieces of webp": lambda: b"RIFF\xff\xff\xff\x7fWEBP" + (b"ALPH" + bytes(4)) * 3_000_000,
    "blocks": lambda: b"GIF89a" + bytes(7) + b"\x21\xfe" + b"\1\1" * 10_000_000,
    "tags": lambda: (
        b"MM\0+\0\x08\0\0" + struct.pack(">QQ", 16, 1 << 62) + struct.pack(">HHQQ", 256, 2, 1 << 60, 0)
    ),
    "comments": lambda: b"P6" + b"#\n" * 5_000_000,
    "boxes": lambda: box(b"ftyp", b"heic\0\0\0\0heic") + box(b"free", b"") * 2_000_000,
    "properties": crowded_heic,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_takes_no_longer_than_its_size_asks_for(what: str) -> None:
    data = HOSTILE[what]()
    assert kind_of(data) is not None
    with within(8):
        content_digest(data)


@pytest.mark.parametrize("form", in_every_form())
@ANYTHING
@given(where=st.integers(0, 400), change=st.binary(max_size=12), kept=st.integers(0, 12_000))
def test_a_damaged_file_gives_a_digest_or_none(form: str, where: int, change: bytes, kept: int) -> None:
    data = bytearray(FORMS[form])
    data[where : where + len(change)] = change
    for damaged in (bytes(data), bytes(data[:kept]), FORMS[form][:kept]):
        found = content_digest(damaged)
        assert found is None or len(found) == 64


@ANYTHING
@given(
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0", b"MM\0+", b"BM", b"P6 "]),
    st.binary(),
)
def test_anything_after_a_signature_gives_a_digest_or_none(signature: bytes, rest: bytes) -> None:
    assert len(content_digest(signature + rest) or "") in (0, 64)


def test_a_file_that_is_not_an_image_has_no_digest() -> None:
    assert [content_digest(data) for data in (b"", b"\xff", b"%PDF-1.7", b"hello" * 100)] == [None] * 4


FORMS = in_every_form()
