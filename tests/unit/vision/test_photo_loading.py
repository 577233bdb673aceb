"""Photos of every kind are decoded as other programs show them. For unreadable files see
test_unreadable_images.py."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, features
from PIL.ExifTags import Base

from face_match.core.photo_folders import natural_key, photo_files
from face_match.core.types import Pixels
from face_match.vision.content_digest import content_digest
from face_match.vision.photo_loading import decode_photo, load_photo, photo_from_pixels

UPRIGHT: Pixels = np.zeros((24, 40, 3), np.uint8)
"""Unlike itself under any turn or mirroring."""
UPRIGHT[:, :, 0] = np.linspace(0, 255, 40).astype(np.uint8)
UPRIGHT[:, :, 1] = np.linspace(0, 255, 24).astype(np.uint8)[:, None]
UPRIGHT[:8, :8] = (255, 0, 0)

LOSSLESS = {"PNG": {}, "TIFF": {}, "WEBP": {"lossless": True}}

STORED_BY_ORIENTATION = {  # what the camera writes: the inverse of what a viewer does
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def saved(image: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def stored(orientation: int, file_format: str, **options: object) -> bytes:
    image, turn = Image.fromarray(UPRIGHT), STORED_BY_ORIENTATION[orientation]
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    return saved(image if turn is None else image.transpose(turn), file_format, exif=exif, **options)


def decoded(data: bytes) -> Pixels:
    return decode_photo(data, "photo").pixels


def red_blue_profile() -> bytes:
    """sRGB with its first and last primaries exchanged, under another name."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return exchanged.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize("file_format", LOSSLESS)
@pytest.mark.parametrize("orientation", STORED_BY_ORIENTATION)
def test_every_exif_orientation_comes_out_upright(orientation: int, file_format: str) -> None:
    assert np.array_equal(decoded(stored(orientation, file_format, **LOSSLESS[file_format])), UPRIGHT)


@pytest.mark.parametrize("orientation", STORED_BY_ORIENTATION)
def test_a_jpeg_of_every_exif_orientation_comes_out_upright(orientation: int) -> None:
    pixels = decoded(stored(orientation, "JPEG", quality=95, subsampling=0)).astype(int)
    assert np.abs(pixels - UPRIGHT).mean() < 4


def test_an_invalid_orientation_is_ignored() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 99
    assert np.array_equal(decoded(saved(Image.fromarray(UPRIGHT), exif=exif)), UPRIGHT)


@pytest.mark.parametrize("file_format", ["BMP", "PPM", "GIF"])
def test_other_formats_are_read(file_format: str) -> None:
    image = Image.fromarray(UPRIGHT // 64 * 64)  # few enough colours for a GIF
    assert np.array_equal(decoded(saved(image, file_format)), np.asarray(image))


def test_avif_is_read() -> None:
    if not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    data = saved(Image.fromarray(UPRIGHT), "AVIF", quality=95, subsampling="4:4:4")
    assert np.abs(decoded(data).astype(int) - UPRIGHT).mean() < 4


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_is_laid_over_white(mode: str) -> None:
    image = Image.new(mode, (3, 1), 0)
    for column, alpha in enumerate((0, 128, 255)):
        image.putpixel((column, 0), (*(0,) * (len(mode) - 1), alpha))
    shades = decoded(saved(image))[0].tolist()
    assert shades == [[255] * 3, [127] * 3, [0] * 3]


def test_a_palette_is_resolved() -> None:
    image = Image.fromarray(UPRIGHT).quantize(200)
    assert np.array_equal(decoded(saved(image)), np.asarray(image.convert("RGB")))


def test_the_transparent_colour_of_a_palette_is_white() -> None:
    image = Image.new("P", (2, 1), 0)
    image.putpalette([10, 20, 30, 40, 50, 60])
    image.putpixel((1, 0), 1)
    assert decoded(saved(image, transparency=0)).tolist() == [[[255, 255, 255], [40, 50, 60]]]


@pytest.mark.parametrize(("mode", "see_through"), [("RGB", (0, 0, 0)), ("L", 0), ("1", 0)])
def test_one_colour_that_is_declared_transparent_is_white(mode: str, see_through: object) -> None:
    image = Image.new(mode, (2, 1), 0)
    image.putpixel((1, 0), (9, 9, 9) if mode == "RGB" else 9)
    other = 255 if mode == "1" else 9
    assert decoded(saved(image, transparency=see_through)).tolist() == [[[255] * 3, [other] * 3]]


def test_one_bit_is_black_and_white() -> None:
    image = Image.new("1", (2, 1), 0)
    image.putpixel((1, 0), 1)
    assert decoded(saved(image)).tolist() == [[[0] * 3, [255] * 3]]


def test_grey_has_three_equal_channels() -> None:
    grey = UPRIGHT[:, :, 0]
    assert np.array_equal(decoded(saved(Image.fromarray(grey))), np.dstack([grey] * 3))


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "PPM"])
def test_sixteen_bit_grey_keeps_its_whole_range(file_format: str) -> None:
    levels = np.arange(256, dtype=np.uint8)[None]
    pixels = decoded(saved(Image.fromarray(levels.astype(np.uint16) * 257), file_format))
    assert np.array_equal(pixels, np.dstack([levels] * 3))


@pytest.mark.parametrize("scale", [1.0, 255.0, 1e6])
def test_a_float_tiff_is_shown_over_the_range_that_it_uses(scale: float) -> None:
    values = np.array([[0.0, 0.5, 1.0]], np.float32) * np.float32(scale)
    assert decoded(saved(Image.fromarray(values), "TIFF")).tolist() == [[[0] * 3, [128] * 3, [255] * 3]]


def test_a_float_tiff_with_holes_is_read() -> None:
    values = np.array([[np.nan, 0.0, 1.0]], np.float32)
    assert decoded(saved(Image.fromarray(values), "TIFF"))[0, 1:].tolist() == [[0] * 3, [255] * 3]


def test_a_cmyk_jpeg_is_in_its_own_colours() -> None:
    image = Image.new("RGB", (32, 16), (200, 30, 60))
    image.paste((20, 120, 220), (16, 0, 32, 16))
    pixels = decoded(saved(image.convert("CMYK"), "JPEG", quality=95)).astype(int)
    assert np.abs(pixels[8, 4] - (200, 30, 60)).max() <= 6
    assert np.abs(pixels[8, 28] - (20, 120, 220)).max() <= 6


def test_lab_colours_are_brought_to_srgb() -> None:
    image = Image.merge("LAB", [Image.new("L", (8, 8), value) for value in (255, 128, 128)])
    assert np.abs(decoded(saved(image, "TIFF")).astype(int) - 255).max() <= 2


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP"])
def test_an_animation_is_its_first_frame(file_format: str) -> None:
    first, second = Image.new("RGB", (9, 9), (255, 0, 0)), Image.new("RGB", (9, 9), (0, 0, 255))
    data = saved(first, file_format, save_all=True, append_images=[second], lossless=True)
    with Image.open(io.BytesIO(data)) as image:
        assert image.n_frames == 2
    assert (decoded(data) == (255, 0, 0)).all()


def test_colours_are_brought_to_srgb_through_an_embedded_profile() -> None:
    pixels = decoded(saved(Image.fromarray(UPRIGHT), icc_profile=red_blue_profile())).astype(int)
    assert np.abs(pixels - UPRIGHT[:, :, ::-1]).max() <= 2


def test_a_profile_counts_under_alpha_too() -> None:
    image = Image.new("RGBA", (2, 1), (255, 0, 0, 255))
    image.putpixel((1, 0), (255, 0, 0, 0))
    pixels = decoded(saved(image, icc_profile=red_blue_profile())).astype(int)
    assert np.abs(pixels - [[[0, 0, 255], [255, 255, 255]]]).max() <= 2


@pytest.mark.parametrize("kind", ["sRGB", "LAB", "rubbish", "cut"])
def test_a_profile_that_is_srgb_or_does_not_fit_or_is_broken_changes_nothing(kind: str) -> None:
    profile = {
        "sRGB": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        "LAB": ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
        "rubbish": b"rubbish" * 40,
        "cut": red_blue_profile()[:200],
    }[kind]
    assert np.array_equal(decoded(saved(Image.fromarray(UPRIGHT), icc_profile=profile)), UPRIGHT)


def test_a_file_is_read_by_its_content_whatever_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(saved(Image.fromarray(UPRIGHT), "PNG"))
    photo = load_photo(path)
    assert np.array_equal(photo.pixels, UPRIGHT)
    assert (photo.name, photo.width, photo.height) == ("photo.jpg", 40, 24)
    assert photo.file_digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert photo.digest == content_digest(path.read_bytes()) != photo.file_digest


def test_pixels_without_a_file_have_a_digest_of_pixels_and_shape() -> None:
    photo = photo_from_pixels(UPRIGHT[:, ::-1], "pasted")
    assert photo.pixels.flags.c_contiguous
    assert photo.digest == photo_from_pixels(UPRIGHT[:, ::-1].copy(), "pasted again").digest
    assert (photo.file_digest, photo.size, photo.modified_ns, photo.taken) == ("", 0, 0, "")
    assert photo.digest != photo_from_pixels(UPRIGHT, "pasted").digest
    assert photo.digest != photo_from_pixels(photo.pixels.reshape(40, 24, 3), "pasted").digest


def test_a_folder_is_the_photos_in_it_and_below_in_the_order_a_person_counts(tmp_path: Path) -> None:
    for name in ("b/photo 10.jpg", "b/Photo 9.JPG", "a.png", "notes.txt", "b/c/x.heic"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.jpg").mkdir()
    found = [str(path.relative_to(tmp_path)) for path in photo_files([tmp_path])]
    assert found == [str(Path(name)) for name in ("a.png", "b/c/x.heic", "b/Photo 9.JPG", "b/photo 10.jpg")]


def test_a_named_file_is_used_whatever_its_suffix(tmp_path: Path) -> None:
    assert photo_files([tmp_path / "notes.txt"]) == [tmp_path / "notes.txt"]


def test_digits_that_are_no_decimals_sort_as_text() -> None:
    assert sorted(["x²", "x10", "x9", "X1"], key=natural_key) == ["X1", "x9", "x10", "x²"]


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_very_large_png_is_kept_small_until_it_is_needed_whole(orientation: int) -> None:
    image = Image.new("RGB", (8_000, 5_000), "white")
    image.paste((200, 0, 0), (0, 0, 2_000, 1_000))
    photo = decode_photo(stored_image(image, orientation), "large.png")
    assert (photo.width, photo.height) == ((8_000, 5_000) if orientation == 1 else (5_000, 8_000))
    assert photo.pixels.shape[0] * photo.pixels.shape[1] < 4_000_000
    whole = photo.decode_full()
    assert whole.shape == (photo.height, photo.width, 3)
    assert photo.scale == pytest.approx(photo.height / photo.pixels.shape[0], rel=1e-3)
    at = (100, 100) if orientation == 1 else (100, photo.width - 100)
    small = photo.pixels[int(at[0] / photo.scale), int(at[1] / photo.scale)]
    assert tuple(whole[at]) == tuple(small) == (200, 0, 0)


def stored_image(image: Image.Image, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    return saved(image, exif=exif, compress_level=1)
