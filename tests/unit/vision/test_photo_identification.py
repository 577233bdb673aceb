"""Identification of photos by one reading of their files."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from PIL import Image, ImageFile, PngImagePlugin, WebPImagePlugin, features
from PIL.ExifTags import Base

from face_match.core.atomic_files import open_file
from face_match.core.errors import ImageUnreadableError
from face_match.core.types import PhotoFileInfo
from face_match.vision import photo_loading
from face_match.vision.content_digest import content_digest
from face_match.vision.photo_loading import decode_photo, identify_photo, load_photo

PIXELS = np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8)
KINDS = ["jpg", "png", "webp", "tif", "bmp", "gif", "ppm", *(["avif"] if features.check("avif") else [])]
WITH_EXIF = [kind for kind in KINDS if kind not in ("bmp", "gif", "ppm")]


def photo(path: Path, orientation: int = 1, pixels: np.ndarray = PIXELS, **options: object) -> Path:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    if path.suffix[1:] in WITH_EXIF:
        options["exif"] = exif
    Image.fromarray(pixels).save(path, **options)
    return path


def watched(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are opened from here on; decoding fails."""
    opened: list[Path] = []

    def opening(path: Path) -> BinaryIO:
        opened.append(path)
        return open_file(path)

    def decoding(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(photo_loading, "open_file", opening)
    for kind in (
        Image.Image,
        ImageFile.ImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
    ):
        monkeypatch.setattr(kind, "load", decoding)
    return opened


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_is_identified_by_one_reading_without_decoding(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo(tmp_path / f"photo.{kind}")
    data = path.read_bytes()
    expected = (content_digest(data), hashlib.sha256(data).hexdigest(), len(data), path.stat().st_mtime_ns)
    readings = watched(monkeypatch)
    assert identify_photo(path) == (*expected, 1, 64, 48, "", None)
    assert readings == [path]
    with pytest.raises(ImageUnreadableError):  # as the pixels of a photo do need decoding
        load_photo(path)


@pytest.mark.parametrize("kind", WITH_EXIF)
@pytest.mark.parametrize("orientation", [1, 2, 6, 8])
def test_identifying_and_loading_give_the_same_facts(kind: str, orientation: int, tmp_path: Path) -> None:
    path = photo(tmp_path / f"photo.{kind}", orientation)
    seen, loaded = identify_photo(path), load_photo(path)
    assert seen == PhotoFileInfo.from_photo(loaded)
    assert loaded.orientation == orientation
    assert loaded.width == (48 if orientation > 4 else 64)


def test_exif_after_the_pixels_of_a_png_is_read(tmp_path: Path) -> None:
    path = photo(tmp_path / "photo.png", orientation=6)
    data = path.read_bytes()
    at = data.index(b"eXIf") - 4
    chunk = data[at : at + 12 + int.from_bytes(data[at : at + 4], "big")]
    path.write_bytes(data.replace(chunk, b"")[:-12] + chunk + data[-12:])
    assert identify_photo(path)[4:8] == (6, 48, 64, "")
    assert load_photo(path).orientation == 6


def plain_map(pixels: np.ndarray) -> bytes:
    """A portable map in plain text, which only its decoder understands."""
    height, width = pixels.shape[:2]
    return f"P3 {width} {height} 255\n".encode() + " ".join(map(str, pixels.ravel())).encode()


def test_a_file_that_cannot_be_parsed_is_identified_by_its_pixels(tmp_path: Path) -> None:
    path, other = tmp_path / "photo.ppm", tmp_path / "other.ppm"
    path.write_bytes(plain_map(PIXELS))
    other.write_bytes(plain_map(PIXELS).replace(b"\n", b"\n# a comment\n"))
    assert content_digest(path.read_bytes()) is None
    assert identify_photo(path).digest == load_photo(path).digest == identify_photo(other).digest
    assert identify_photo(path)[4:8] == (1, 64, 48, "")
    other.write_bytes(plain_map(PIXELS[::-1]))
    assert identify_photo(path).digest != identify_photo(other).digest


@pytest.fixture
def not_parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(photo_loading, "content_digest", lambda _: None)
    return


@pytest.mark.usefixtures("not_parsed")
@pytest.mark.parametrize("kind", ["png", "tif"])
def test_the_orientation_makes_no_other_pixels(kind: str, tmp_path: Path) -> None:
    digests = {
        identify_photo(photo(tmp_path / f"photo.{kind}", orientation)).digest for orientation in range(1, 9)
    }
    assert len(digests) == 1


@pytest.mark.usefixtures("not_parsed")
def test_a_jpeg_that_is_shown_smaller_is_known_by_all_its_pixels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_loading, "PREVIEW_PIXELS", 500)
    path = photo(tmp_path / "photo.jpg")
    loaded = load_photo(path)
    assert loaded.scale == 2
    assert loaded.digest == identify_photo(path).digest


def test_a_file_that_is_not_a_photo_cannot_be_identified(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"hello")
    with pytest.raises(ImageUnreadableError, match="not an image"):
        identify_photo(path)
    path.write_bytes(b"")
    with pytest.raises(ImageUnreadableError, match="empty"):
        identify_photo(path)
    with pytest.raises(ImageUnreadableError, match="no such file"):
        identify_photo(tmp_path / "nothing.jpg")
    photo(tmp_path / "whole.png")
    path.write_bytes((tmp_path / "whole.png").read_bytes()[:500])
    with pytest.raises(ImageUnreadableError, match="truncated"):
        identify_photo(path)


class Interrupted:
    """Lets something happen in the middle of each of the first readings of a file."""

    def __init__(self, times: int, happens: object) -> None:
        self.readings = 0
        self._times = times
        self._happens = happens

    def open(self, path: Path) -> BinaryIO:
        self.readings += 1
        data_of = self

        class Slow(io.FileIO):
            def read(self, size: int | None = -1, /) -> bytes:
                data = super().read(size)
                if data_of.readings <= data_of._times:
                    data_of._happens(path)  # type: ignore[operator]
                return data

        return Slow(path)  # type: ignore[return-value]


def becomes(pixels: np.ndarray) -> object:
    def happens(path: Path) -> None:
        photo(path, pixels=pixels)
        os.utime(path, ns=(1, 1_000_000_000))

    return happens


@pytest.mark.parametrize("read", [identify_photo, load_photo])
def test_a_file_that_is_written_while_it_is_read_is_read_once_more(
    read: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo(tmp_path / "photo.png")
    interrupted = Interrupted(1, becomes(PIXELS[::-1]))
    monkeypatch.setattr(photo_loading, "open_file", interrupted.open)
    found = read(path)  # type: ignore[operator]
    assert interrupted.readings == 2
    assert found.digest == content_digest(path.read_bytes())
    assert (found.size, found.modified_ns) == (path.stat().st_size, 1_000_000_000)


def test_a_file_that_keeps_changing_is_read_twice_and_shows_it_by_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo(tmp_path / "photo.png")

    def happens(path: Path) -> None:
        os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000_000))

    interrupted = Interrupted(9, happens)
    monkeypatch.setattr(photo_loading, "open_file", interrupted.open)
    seen = identify_photo(path)
    assert interrupted.readings == 2
    assert seen.modified_ns < path.stat().st_mtime_ns


def test_a_file_that_is_replaced_while_it_is_read_is_the_one_that_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = photo(tmp_path / "photo.png"), photo(tmp_path / "other.png", pixels=PIXELS[::-1])
    os.utime(path, ns=(1, 1_000_000_000))
    before = path.read_bytes()
    interrupted = Interrupted(1, other.replace)
    monkeypatch.setattr(photo_loading, "open_file", interrupted.open)
    seen = identify_photo(path)
    assert interrupted.readings == 1
    assert seen[:4] == (
        content_digest(before),
        hashlib.sha256(before).hexdigest(),
        len(before),
        1_000_000_000,
    )


def test_the_bytes_of_a_file_are_hashed_only_when_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    Image.fromarray(PIXELS).save(buffer, "PNG")
    data = buffer.getvalue()
    loaded = decode_photo(data, "photo.png")
    assert (loaded.size, loaded.modified_ns) == (len(data), 0)
    assert loaded.file_digest == loaded.file_digest == hashlib.sha256(data).hexdigest()
