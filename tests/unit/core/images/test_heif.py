"""HEIC is read as libheif shows it, within bounds, and its orientation is told."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import decode_image, read_header
from face_match.core.images.heif import heif_orientation, primary_alone
from face_match.core.images.pixels import upright_view
from face_match.vision.content_digest import content_digest
from tests.made_heif import (
    TILE_PX,
    clean_aperture,
    made_heif,
    mirroring,
    rotation,
    spatial,
)

SHARED = Path(__file__).parents[5] / "shared" / "cases" / "photos"


def exif(orientation: int) -> bytes:
    made = Image.Exif()
    made[0x0112] = orientation
    return b"Exif\0\0" + made.tobytes().removeprefix(b"Exif\0\0")


@pytest.fixture(scope="module")
def tile() -> np.ndarray:
    return decode_image(made_heif(), "a").pixels


def test_a_heic_has_its_colours_in_their_places(tile: np.ndarray) -> None:
    assert tile.shape == (TILE_PX, TILE_PX, 3)
    y, x = np.mgrid[0:TILE_PX, 0:TILE_PX]
    assert np.abs(tile[..., 0].astype(int) - 4 * x).mean() < 12
    assert np.abs(tile[..., 1].astype(int) - 4 * y).mean() < 12
    assert tile[4, 8, 2] > 150 > tile[40, 40, 2]


TRANSFORMS = {
    (): 1,
    (rotation(1),): 8,
    (rotation(2),): 3,
    (rotation(3),): 6,
    (mirroring(0),): 4,
    (mirroring(1),): 2,
    (rotation(3), mirroring(1)): 5,
    (rotation(3), mirroring(0)): 7,
}


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize(("transforms", "orientation"), TRANSFORMS.items())
def test_rotation_and_mirroring_are_applied_once(
    transforms: tuple[bytes, ...], orientation: int, columns: int
) -> None:
    plain = decode_image(made_heif(columns=columns), "a").pixels
    data = made_heif(transforms, columns=columns, exif=exif(6), has_long_boxes=columns == 2)
    found, header = decode_image(data, "a"), read_header(data, "a")
    expected = upright_view(plain, orientation)
    assert found.orientation == header.orientation == heif_orientation(data) == orientation
    assert (found.width, found.height) == (header.width, header.height) == expected.shape[1::-1]
    assert np.abs(found.pixels.astype(int) - expected).mean() < 3
    assert content_digest(data) == content_digest(made_heif(columns=columns))


def test_exif_does_not_turn_a_heic() -> None:
    found = decode_image(made_heif(columns=2, exif=exif(6)), "a")
    assert (found.width, found.height, found.orientation) == (2 * TILE_PX, TILE_PX, 1)


def test_a_clean_aperture_is_cut_out_before_the_turn() -> None:
    data = made_heif((clean_aperture(32, 48, 0, 0), rotation(3)))
    found, header = decode_image(data, "a"), read_header(data, "a")
    assert found.pixels.shape == (32, 48, 3)
    assert (header.width, header.height, header.orientation) == (48, 32, 6)


def test_the_brand_may_be_another_one(tile: np.ndarray) -> None:
    for brand in (b"mif1", b"heix", b"MiHE", b"msf1"):
        np.testing.assert_array_equal(decode_image(made_heif(brand=brand), "a").pixels, tile)


HOSTILE = {
    "smaller than it says": made_heif(width=4000, height=4000),
    "larger than it says": made_heif(width=8, height=8),
    "300 megapixels of one tile": made_heif(columns=255, rows=255, width=17_000, height=17_000),
    "no rows": made_heif(columns=2, width=0xFFFFFFFF, height=1),
    "cut off": made_heif()[:-100],
    "no picture": made_heif()[:200],
    "only a head": b"\0\0\0\x18ftypheic" + b"\0" * 64,
    "a box larger than the file": made_heif().replace(b"hdlr", b"hdlr", 1)[:32] + b"\xff" * 400,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_named(name: str) -> None:
    with pytest.raises(ImageUnreadableError) as caught:
        decode_image(HOSTILE[name], "a")
    assert any(word in caught.value.reason for word in ("HEIF", "megapixels", "sizes")), caught.value.reason


@pytest.mark.parametrize(("columns", "more"), [(1, 0), (1, 40), (6, 0), (6, 40)])
def test_of_many_pictures_the_primary_one_is_read_with_its_metadata(columns: int, more: int) -> None:
    dated = Image.Exif()
    dated[0x0132] = "2021:07:04 12:30:05"
    block = b"Exif\0\0" + dated.tobytes().removeprefix(b"Exif\0\0")
    data = made_heif((rotation(3),), columns=columns, rows=columns, exif=block, more_pictures=more)
    found, header = decode_image(data, "a"), read_header(data, "a")
    assert (found.width, found.height, found.orientation) == (columns * TILE_PX, columns * TILE_PX, 6)
    assert found.taken == header.taken == "2021-07-04T12:30:05"
    import pi_heif

    shown = pi_heif.HeifFile(io.BytesIO(primary_alone(data)))
    assert len(shown) == 1
    assert shown[0].size == (columns * TILE_PX, columns * TILE_PX)


def test_another_codec_is_named() -> None:
    data = made_heif().replace(b"hvc1", b"vvc1").replace(b"hvcC", b"vvcC")
    with pytest.raises(ImageUnreadableError, match="kind of HEIF"):
        decode_image(data, "a")


def test_orientation_of_any_bytes_is_an_orientation() -> None:
    data = made_heif((rotation(3),))
    rng = np.random.default_rng(5)
    for _ in range(300):
        changed = bytearray(data[:400])
        for at in rng.integers(0, len(changed), 3):
            changed[at] = rng.integers(0, 256)
        assert heif_orientation(bytes(changed)) in range(1, 9)
    endless = struct.pack(">I4s", 1 << 30, b"meta") + b"\0" * 4 + box_of_boxes()
    assert heif_orientation(endless) == 1


def box_of_boxes() -> bytes:
    return spatial(1, 1) * 100_000


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")
def test_a_heic_of_a_phone_named_jpg_is_read() -> None:
    found = decode_image((SHARED / "02_heic_named.jpg").read_bytes(), "02_heic_named.jpg")
    assert found.width * found.height > 10_000


CONVERT = shutil.which("convert")


@pytest.mark.skipif(CONVERT is None, reason="ImageMagick is not installed")
@pytest.mark.parametrize(
    ("options", "tolerance"),
    [((), 6), (("-colorspace", "gray"), 6), (("-depth", "10"), 6), (("-quality", "100"), 4)],
)
def test_kinds_of_heic_look_as_they_did(options: tuple[str, ...], tolerance: int, tmp_path: Path) -> None:
    y, x = np.mgrid[0:120, 0:200]
    Image.fromarray(np.stack([x, 2 * y, 255 - x], -1).astype(np.uint8)).save(tmp_path / "a.png")
    made = [str(CONVERT), str(tmp_path / "a.png"), *options, str(tmp_path / "a.heic")]
    if subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("this ImageMagick writes no HEIC")
    subprocess.run([str(CONVERT), str(tmp_path / "a.png"), *options, str(tmp_path / "b.png")], check=True)
    found = decode_image((tmp_path / "a.heic").read_bytes(), "a").pixels.astype(int)
    expected = decode_image((tmp_path / "b.png").read_bytes(), "b").pixels
    assert np.abs(found - expected).mean() < tolerance


def test_reading_a_jpeg_does_not_load_the_library() -> None:
    code = "import sys, face_match.vision.photo_loading; print('pi_heif' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
