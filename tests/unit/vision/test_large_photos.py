"""Large JPEGs are decoded at a reduced size, and at full size only to find small faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

from face_match.core.types import Photo
from face_match.vision.alignment import extract_crop
from face_match.vision.photo_loading import PREVIEW_PIXELS, load_photo
from face_match.vision.pipeline import FacePipeline


def saved(image: Image.Image, path: Path, orientation: int = 1) -> Photo:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    image.save(path, quality=95, exif=exif)
    return load_photo(path)


@pytest.fixture(scope="module")
def astronaut_image(astronaut_file: Path) -> Image.Image:
    with Image.open(astronaut_file) as image:
        return image.convert("RGB")


@pytest.fixture(scope="module")
def far_away(astronaut_image: Image.Image) -> Image.Image:
    """12 megapixels with a face of about 130 pixels in them."""
    wide = Image.new("RGB", (4000, 3000), "seagreen")
    wide.paste(astronaut_image, (2500, 1200))
    return wide


def test_a_large_jpeg_is_decoded_at_part_of_its_size(astronaut_image: Image.Image, tmp_path: Path) -> None:
    photo = saved(astronaut_image.resize((4000, 3000)), tmp_path / "large.jpg")
    assert (photo.width, photo.height) == (4000, 3000)
    assert photo.pixels.shape == (1500, 2000, 3)
    assert photo.pixels.shape[0] * photo.pixels.shape[1] >= PREVIEW_PIXELS
    assert photo.scale == 2.0
    assert photo.decode_full().shape == (3000, 4000, 3)


def test_a_jpeg_that_is_not_large_is_decoded_whole(astronaut_image: Image.Image, tmp_path: Path) -> None:
    photo = saved(astronaut_image.resize((2400, 2000)), tmp_path / "medium.jpg")
    assert photo.pixels.shape == (2000, 2400, 3)
    assert photo.scale == 1.0


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_large_photo_on_its_side_has_the_size_that_one_sees(
    astronaut_image: Image.Image, tmp_path: Path, orientation: int
) -> None:
    photo = saved(astronaut_image.resize((4000, 3000)), tmp_path / "turned.jpg", orientation)
    expected = (4000, 3000) if orientation == 3 else (3000, 4000)
    assert (photo.width, photo.height) == expected
    assert photo.pixels.shape[1::-1] == (expected[0] // 2, expected[1] // 2)


def test_boxes_are_in_the_pixels_of_the_whole_photo(
    far_away: Image.Image, tmp_path: Path, pipeline: FacePipeline
) -> None:
    (face,) = pipeline.detect(saved(far_away, tmp_path / "far.jpg"))
    (near,) = pipeline.detect(saved(far_away.crop((2500, 1200, 3012, 1712)), tmp_path / "near.jpg"))
    assert face.box.x == pytest.approx(near.box.x + 2500, abs=8)
    assert face.box.y == pytest.approx(near.box.y + 1200, abs=8)


def test_a_small_face_is_cut_from_the_whole_photo(
    far_away: Image.Image, tmp_path: Path, pipeline: FacePipeline
) -> None:
    photo = saved(far_away, tmp_path / "far.jpg")
    faces = pipeline.detect(photo)
    (embedded,) = pipeline.embed(photo, faces)
    assert np.array_equal(embedded.crop.pixels, extract_crop(photo.decode_full(), faces[0]).pixels)


def test_a_large_face_is_not_worth_decoding_the_photo_again(
    astronaut_image: Image.Image, tmp_path: Path, pipeline: FacePipeline
) -> None:
    path = tmp_path / "large.jpg"
    photo = saved(astronaut_image.resize((4000, 4000)), path)

    def decode_full() -> None:
        raise AssertionError("decoded again")

    frugal = Photo(photo.pixels, photo.width, photo.height, photo.name, photo.digest, decode_full)
    (face,) = pipeline.faces(frugal)
    (whole,) = pipeline.faces(load_photo(path))
    astronaut_image.resize((4000, 4000)).save(tmp_path / "large.png")
    (png,) = pipeline.faces(load_photo(tmp_path / "large.png"))
    assert np.array_equal(face.embedding, whole.embedding)
    assert face.embedding @ png.embedding > 0.99
