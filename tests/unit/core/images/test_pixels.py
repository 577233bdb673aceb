"""Pixels converted in blocks equal those of the whole image, for every mode, orientation and profile."""

from __future__ import annotations

import io
import warnings
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms, ImageOps

from face_match.core.images import pixels
from face_match.core.images.decoding import decode_crop, decode_image
from face_match.core.types import Pixels
from tests.extent import is_all

HEIGHT, WIDTH = 13, 21
RANDOM = np.random.default_rng(5)
COLOURS = Image.fromarray(RANDOM.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8))
SEE_THROUGH = Image.fromarray(RANDOM.integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8))
WORDS = RANDOM.integers(0, 65536, (HEIGHT, WIDTH)).astype(np.uint16)
NUMBERS = RANDOM.integers(-(10**6), 10**6, (HEIGHT, WIDTH)).astype(np.int32)
MEASURES = RANDOM.normal(size=(HEIGHT, WIDTH)).astype(np.float32) * 100


SIZES = [(4_000, 3_001), (65_535, 31), (31, 65_535), (1, 9_000), (9_000, 1), (701, 713), (3, 3), (1, 1)]
"""Width and height; some take several blocks, with a last one that does not fill up."""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_pixels_are_reduced_and_resized_as_pillow_does(width: int, height: int) -> None:
    whole = RANDOM.integers(0, 256, (height, width, 3), np.uint8)
    image = Image.fromarray(whole)
    for times in ((2, 2), (3, 3), (10, 10), (1, 4), (7, 1)):
        assert np.array_equal(pixels.reduced(whole, times), np.asarray(image.reduce(times)))
    for method in (Image.Resampling.BICUBIC, Image.Resampling.BILINEAR):
        for wide, high in ((320, 240), (max(1, width // 9), max(1, height // 9)), (width, height)):
            expected = np.asarray(image.resize((wide, high), method, reducing_gap=2.0))
            assert np.array_equal(pixels.resized(whole, wide, high, method), expected)


def measures(*odd: float) -> Image.Image:
    values = MEASURES.copy()
    values.ravel()[: len(odd)] = odd
    return Image.fromarray(values)


def swapped_profile() -> bytes:
    """sRGB with its first and last primaries exchanged, under another name."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


IMAGES = {
    **{mode: COLOURS.convert(mode) for mode in ("1", "L", "P", "RGB", "CMYK", "YCbCr", "LAB", "RGBX")},
    **{mode: SEE_THROUGH.convert(mode) for mode in ("RGBA", "LA", "PA")},
    "I;16": Image.fromarray(WORDS),
    "I;16B": Image.fromarray(WORDS.astype(">u2")),
    "I below 0": Image.fromarray(NUMBERS),
    "I over 16 bits": Image.fromarray(np.abs(NUMBERS)),
    "I in 16 bits": Image.fromarray(np.abs(NUMBERS) % 65536),
    "F": measures(),
    "F with nan": measures(np.nan, 1, np.nan),
    "F with nan and inf": measures(np.nan, np.inf),
    "F with -inf": measures(1, -np.inf),
    "F all nan": measures(*[np.nan] * MEASURES.size),
    "F all equal": measures(*[3.0] * MEASURES.size),
}
SEE_THROUGH_BY = {
    ("P", "an index"): 5,
    ("P", "a table"): bytes(range(0, 256, 3)),
    ("L", "a level"): int(np.asarray(IMAGES["L"])[2, 2]),
    ("RGB", "a colour"): tuple(int(value) for value in np.asarray(COLOURS)[2, 2]),
    ("1", "a bit"): 0,
    ("I;16", "a level"): int(WORDS[2, 2]),
}
PROFILES = {"no profile": None, "a profile": swapped_profile(), "rubbish": b"rubbish" * 40}


def saved(image: Image.Image, file_format: str, orientation: int = 1, **options: Any) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    buffer = io.BytesIO()
    if file_format == "WEBP":
        options["lossless"] = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image.save(buffer, file_format, exif=exif, **{k: v for k, v in options.items() if v is not None})
    return buffer.getvalue()


def can_be_saved(image: Image.Image, file_format: str) -> bool:
    try:
        return bool(saved(image, file_format))
    except (OSError, KeyError):
        return False


ONE_IN = 3
"""Of the orientations, one in so many is tried without --all; each mode, profile and format has its own."""
STORED = [
    (kind, file_format)
    for file_format in ("PNG", "TIFF", "WEBP")
    for kind, image in IMAGES.items()
    if can_be_saved(image, file_format)
]


def reference(data: bytes) -> Pixels:
    """The whole image in one step after the other."""
    with Image.open(io.BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile")
        image: Image.Image = ImageOps.exif_transpose(opened)
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = reference_of_wide(image)
    if image.mode == "P" or (image.mode in ("L", "RGB", "1") and "transparency" in image.info):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    alpha = image.getchannel("A") if "A" in image.getbands() and image.mode != "LAB" else None
    if alpha is not None:
        image = image.convert("RGB" if image.mode != "LA" else "L")
    image = reference_in_srgb(image, profile).convert("RGB")
    if alpha is not None:
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=alpha)
        image = white
    return np.array(image)


def reference_of_wide(image: Image.Image) -> Image.Image:
    values = np.asarray(image).astype(np.float64)
    with np.errstate(all="ignore"):
        if image.mode == "F" or values.min() < 0 or values.max() > 65535:
            holes = np.isnan(values).all()
            low, high = (np.nan, np.nan) if holes else (float(np.nanmin(values)), float(np.nanmax(values)))
            values = np.nan_to_num((values - low) / max(high - low, 1e-9) * 255.0)
        else:
            values = values / 257.0
    return Image.fromarray(np.round(values).clip(0, 255).astype(np.uint8))


def reference_in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        source: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


@pytest.fixture(params=[8, 50])
def block_pixels(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Parts of a row, and some rows."""
    monkeypatch.setattr(pixels, "BLOCK_PIXELS", request.param)
    return int(request.param)


def require_same(data: bytes) -> None:
    photo, expected = decode_image(data, "photo"), reference(data)
    np.testing.assert_array_equal(photo.pixels, expected)
    assert photo.pixels.flags.c_contiguous
    assert (photo.height, photo.width) == expected.shape[:2]
    with Image.open(io.BytesIO(data)) as image:
        plain = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    np.testing.assert_array_equal(decode_crop(data, "crop"), plain)


@pytest.mark.usefixtures("block_pixels")
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("kind", "file_format"), STORED)
@pytest.mark.filterwarnings("ignore")
def test_every_mode_and_profile_is_as_the_whole_image_at_once(
    kind: str, profile: str, file_format: str
) -> None:
    first = zlib.crc32(f"{kind} {profile} {file_format}".encode()) % ONE_IN
    tried = range(1, 9) if is_all() else range(1 + first, 9, ONE_IN)
    assert tried
    for orientation in tried:
        require_same(saved(IMAGES[kind], file_format, orientation, icc_profile=PROFILES[profile]))


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw"])
@pytest.mark.parametrize("kind", [kind for kind, file_format in STORED if file_format == "TIFF"])
@pytest.mark.filterwarnings("ignore")
def test_a_tiff_is_turned_once_whoever_decodes_it(kind: str, compression: str) -> None:
    for orientation in range(1, 9):
        data = saved(IMAGES[kind], "TIFF", orientation, compression=compression)
        require_same(data)
        assert decode_image(data, "photo").orientation == orientation


@pytest.mark.usefixtures("block_pixels")
@pytest.mark.parametrize(("mode", "by"), SEE_THROUGH_BY)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.filterwarnings("ignore")
def test_declared_transparency_gives_the_same_pixels_in_blocks(mode: str, by: str, profile: str) -> None:
    options = {"transparency": SEE_THROUGH_BY[mode, by], "icc_profile": PROFILES[profile]}
    for orientation in (1, 6, 7):
        require_same(saved(IMAGES[mode], "PNG", orientation, **options))
