"""Files of photos as other programs write them are read as what they are, or it is said what they are."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import ImageUnreadableError
from face_match.core.types import Photo
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline


def assert_same_faces(one: Photo, other: Photo, pipeline: FacePipeline) -> None:
    """As many, at the same places, that look the same."""
    faces, others = pipeline.faces(one), pipeline.faces(other)
    assert len(faces) == len(others) > 0
    for face, same in zip(faces, others, strict=True):
        assert face.face.box.overlap(same.face.box) > 0.95
        assert float(face.embedding @ same.embedding) > 0.99


def test_a_tiff_is_turned_as_its_tag_says(cases: Path, pipeline: FacePipeline) -> None:
    photo = load_photo(cases / "photos" / "01_portrait_orientation6.tif")
    assert (photo.width, photo.height) == (300, 450)
    assert_same_faces(photo, load_photo(cases / "photos" / "01_same_as.png"), pipeline)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_a_tiff_is_as_that_of_a_jpeg(
    orientation: int, cases: Path, tmp_path: Path
) -> None:
    with Image.open(cases / "photos" / "01_same_as.png") as image:
        pixels = image.convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels.save(tmp_path / "a.jpg", exif=exif, quality=95)
    pixels.save(tmp_path / "a.tif", exif=exif)
    jpeg, tiff = load_photo(tmp_path / "a.jpg"), load_photo(tmp_path / "a.tif")
    assert (tiff.width, tiff.height, tiff.orientation) == (jpeg.width, jpeg.height, orientation)
    assert float(np.abs(tiff.pixels.astype(int) - jpeg.pixels).mean()) < 3


def test_a_heic_of_another_name_is_read_whatever_was_read_before(cases: Path) -> None:
    name = "02_heic_named.jpg"
    heic, jpeg, again = (load_photo(cases / "photos" / one) for one in (name, "10_complete.jpg", name))
    assert (heic.width, heic.height) == (again.width, again.height)
    assert heic.digest == again.digest != jpeg.digest


def test_what_is_left_of_a_heic_is_named_as_one(cases: Path) -> None:
    with pytest.raises(ImageUnreadableError, match="HEIF"):
        load_photo(cases / "folders" / "17-heic-as-jpg" / "IMG_1.JPG")


def test_a_jpeg_without_its_last_mark_is_whole(cases: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.jpg"
    half.write_bytes((cases / "photos" / "10_complete.jpg").read_bytes()[:-1])
    whole = load_photo(cases / "photos" / "10_complete.jpg")
    for path in (cases / "photos" / "10_no_eoi.jpg", half):
        photo = load_photo(path)
        assert (photo.pixels == whole.pixels).all()
        assert photo.digest == whole.digest


@pytest.mark.parametrize("name", ["11_iccp_over_1MB.png", "11_ztxt_over_1MB.png"])
def test_a_png_with_much_beside_its_image_is_read(name: str, cases: Path, pipeline: FacePipeline) -> None:
    assert len(pipeline.detect(load_photo(cases / "photos" / name))) == 1


def test_an_odd_tiff_is_read_or_named(cases: Path) -> None:
    path = cases / "photos" / "12_cmyk_alpha.tif"
    try:
        assert load_photo(path).width > 0
    except ImageUnreadableError as exc:
        assert "TIFF" in exc.reason


@pytest.mark.parametrize("mode", ["CMYK", "LAB", "I;16", "F", "1", "P", "LA", "YCbCr"])
def test_other_kinds_of_tiff_are_read_or_named(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    data = io.BytesIO()
    Image.new(mode, (40, 30)).save(data, "TIFF")
    path.write_bytes(data.getvalue())
    try:
        photo = load_photo(path)
    except ImageUnreadableError as exc:
        assert "TIFF" in exc.reason
    else:
        assert (photo.width, photo.height) == (40, 30)


def test_a_photo_on_its_side_without_a_tag_is_found(cases: Path, pipeline: FacePipeline) -> None:
    photo = load_photo(cases / "photos" / "09_sideways_no_exif.png")
    (face,) = pipeline.faces(photo)
    upright = Image.fromarray(photo.pixels).transpose(Image.Transpose.ROTATE_270)
    (same,) = pipeline.faces(photo_of(upright))
    assert float(face.embedding @ same.embedding) > 0.97
    assert face.quality.verdict is same.quality.verdict


def photo_of(image: Image.Image) -> Photo:
    from face_match.vision.photo_loading import photo_from_pixels

    return photo_from_pixels(np.asarray(image), "photo")
