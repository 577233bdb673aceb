"""RAW photos are read by their largest preview, upright, and named where that is impossible."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core import photo_folders
from face_match.core.errors import ImageUnreadableError, RawUnreadableError
from face_match.core.images.pixels import upright_view
from face_match.core.messages import error_message
from face_match.core.photo_folders import PhotoWalk
from face_match.vision.photo_loading import identify_photo, load_photo
from tests.made_raw import made_dng

SIZE = (640, 480)


@pytest.fixture(scope="module")
def shown() -> np.ndarray:
    """What the preview shows: a dark photo with a bright upper left corner."""
    pixels = np.full((*SIZE[::-1], 3), 40, np.uint8)
    pixels[:120, :200] = (220, 180, 90)
    return pixels


@pytest.fixture(scope="module")
def preview(shown: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(shown).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    exif, buffer = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    with Image.open(io.BytesIO(jpeg)) as image:
        image.save(buffer, "JPEG", quality=95, exif=exif)
    return buffer.getvalue()


rawpy = pytest.importorskip("rawpy", reason="rawpy is not installed")


@pytest.mark.parametrize("has_exif", [False, True])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_preview_is_upright_by_the_orientation_of_the_raw(
    orientation: int, has_exif: bool, shown: np.ndarray, preview: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(made_dng(with_exif(preview, 3) if has_exif else preview, orientation=orientation))
    photo, found = load_photo(path), identify_photo(path)
    expected = upright_view(shown, orientation)
    assert (photo.width, photo.height) == (found.width, found.height) == expected.shape[1::-1]
    assert photo.orientation == found.orientation == orientation
    assert np.abs(photo.pixels.astype(int) - expected).mean() < 3
    assert photo.taken == found.taken == "2021-07-04T12:30:05"
    assert (photo.digest, photo.file_digest) == (found.digest, found.file_digest)
    assert (photo.decode_full() == photo.pixels).all()


def test_a_preview_that_the_camera_has_turned_is_not_turned_again(preview: bytes, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(preview)) as image:
        image.transpose(Image.Transpose.ROTATE_270).save(buffer, "JPEG")
    path = tmp_path / "a.dng"
    path.write_bytes(made_dng(buffer.getvalue(), orientation=6, preview_size=SIZE[::-1]))
    photo = load_photo(path)
    assert (photo.width, photo.height, photo.orientation) == (*SIZE[::-1], 1)


def test_a_new_date_or_orientation_leaves_the_photo_the_same(preview: bytes, tmp_path: Path) -> None:
    digests = set()
    for number, (orientation, date) in enumerate(
        [(1, b"2021:07:04 12:30:05\0"), (6, b"2022:01:01 00:00:00\0")]
    ):
        path = tmp_path / f"{number}.dng"
        path.write_bytes(made_dng(preview, orientation=orientation, date=date))
        digests.add(identify_photo(path).digest)
    assert len(digests) == 1


@pytest.mark.parametrize("suffix", [".dng", ".tif", ".jpg", ""])
def test_a_raw_is_known_by_its_content(suffix: str, preview: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(made_dng(preview))
    assert (load_photo(path).width, load_photo(path).height) == SIZE


def jpeg(start_of_frame: bytes = b"\xff\xc0\0\x11\x08\0\x30\0\x40") -> bytes:
    """A JPEG with another start of its frame."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48)).save(buffer, "JPEG")
    own = buffer.getvalue()
    at = own.index(b"\xff\xc0")
    return own[:at] + start_of_frame + own[at + len(start_of_frame) :]


BROKEN = {
    "preview of 12 bits": made_dng(jpeg(b"\xff\xc1\0\x11\x0c")),
    "preview without size": made_dng(jpeg(b"\xff\xc0\0\x11\x08\0\0\0\0")),
    "preview of 4 gigapixels": made_dng(jpeg(b"\xff\xc0\0\x11\x08\xff\xff\xff\xff")),
    "preview of two components": made_dng(jpeg(b"\xff\xc0\0\x11\x08\0\x30\0\x40\2")),
    "preview of endless EXIF": made_dng(jpeg()[:2] + b"\xff\xe1\0\x0aExif\0\0II" * 100_000 + jpeg()[2:]),
    "preview of a PNG": made_dng(b"\x89PNG\r\n\x1a\n" + bytes(5000)),
    "without preview": made_dng(),
    "cut off": made_dng(b"\xff\xd8\xff" + b"\0" * 5000)[:300],
    "64 bytes": b"II*\0" + bytes(60),
    "damaged preview": made_dng(b"\xff\xd8\xff\xe0" + b"\1" * 3000),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_has_no_preview_says_so(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.NEF"
    path.write_bytes(BROKEN[name])
    for read in (load_photo, identify_photo):
        with pytest.raises(ImageUnreadableError) as caught:
            read(path)
        assert "a.NEF" in error_message(caught.value)


def test_without_the_package_it_is_named(
    preview: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rawpy", None)
    path = tmp_path / "a.dng"
    path.write_bytes(made_dng(preview))
    with pytest.raises(RawUnreadableError, match="rawpy"):
        load_photo(path)


@pytest.mark.parametrize("is_installed", [True, False])
def test_a_raw_beside_its_jpeg_is_left_out_and_counted(
    is_installed: bool, preview: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_folders, "reads_raw", lambda: is_installed)
    for name in ("IMG_1.CR2", "img_1.jpg", "IMG_2.NEF", "IMG_3.dng", "IMG_3.HEIC", "IMG_4.MOV"):
        (tmp_path / name).write_bytes(made_dng(preview))
    (tmp_path / "IMG_5.ARW").write_bytes(b"no photo")
    walk = PhotoWalk()
    found = {path.name for path in walk.photos([tmp_path])}
    assert found == {"img_1.jpg", "IMG_3.HEIC", *(["IMG_2.NEF"] if is_installed else [])}
    assert walk.unsupported == {
        "ARW": 1,
        "CR2": 1,
        "DNG": 1,
        "MOV": 1,
        **({} if is_installed else {"NEF": 1}),
    }
    assert walk.raw_beside_photo == 2
    assert walk.needs_rawpy is not is_installed
