"""Photos with large files: how many are read at once, and what is held in memory."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.ExifTags import Base

from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import decode_image
from face_match.vision.photo_loading import (
    LARGE_FILE_BYTES,
    MAX_COMPRESSED_FILE_BYTES,
    identify_photo,
    load_photo,
)

PROGRAM = """
import re, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from face_match.vision.photo_loading import identify_photo, load_photo

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

before = most()
paths = [Path(path) for path in sys.argv[2:]]
with ThreadPoolExecutor(len(paths)) as pool:
    found = list(pool.map({"load_photo": load_photo, "identify_photo": identify_photo}[sys.argv[1]], paths))
    if sys.argv[1] == "load_photo":
        list(pool.map(lambda photo: photo.decode_full().shape, found))
print(most() - before)
"""


def large_photo(path: Path, size: int = LARGE_FILE_BYTES, shade: int = 0, **options: object) -> Path:
    """With a tail that takes no room on the disk."""
    pixels = np.arange(48 * 64 * 3, dtype=np.uint8).reshape(48, 64, 3) + np.uint8(shade)
    Image.fromarray(pixels).save(path, **options)
    with path.open("rb+") as file:
        file.truncate(size)
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the most memory is measured as Linux tells it")
@pytest.mark.parametrize("reading", ["load_photo", "identify_photo"])
def test_large_files_are_read_one_after_the_other(reading: str, tmp_path: Path) -> None:
    paths = [large_photo(tmp_path / f"{n}.jpg", MAX_COMPRESSED_FILE_BYTES - n) for n in range(4)]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, reading, *paths],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert int(done.stdout) < 1.2 * MAX_COMPRESSED_FILE_BYTES


@pytest.mark.parametrize("size", [LARGE_FILE_BYTES - 1, LARGE_FILE_BYTES])
def test_a_photo_of_a_large_file_is_that_of_its_content(size: int, tmp_path: Path) -> None:
    path = large_photo(tmp_path / "large.png", size)
    photo = load_photo(path)
    seen = identify_photo(path)
    assert (photo.digest, photo.file_digest, photo.size, photo.modified_ns) == seen[:4]
    assert photo.file_digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert np.array_equal(photo.decode_full(), decode_image(path.read_bytes(), path.name).pixels)


def test_a_large_file_that_has_changed_is_not_decoded_again(tmp_path: Path) -> None:
    path = large_photo(tmp_path / "large.png")
    photo = load_photo(path)
    whole = photo.decode_full()
    large_photo(path, LARGE_FILE_BYTES + 1)  # what stands behind the image makes it no other photo
    assert np.array_equal(photo.decode_full(), whole)
    large_photo(path, shade=1)
    with pytest.raises(ImageUnreadableError, match="the file has changed"):
        photo.decode_full()
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    large_photo(path, exif=exif)
    with pytest.raises(ImageUnreadableError, match="the file has changed"):
        photo.decode_full()
    path.unlink()
    with pytest.raises(ImageUnreadableError, match="no such file"):
        photo.decode_full()


def test_an_image_that_takes_too_much_with_its_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = large_photo(tmp_path / "large.tiff")
    monkeypatch.setattr("face_match.core.images.decoding.MAX_HELD_BYTES", LARGE_FILE_BYTES + 48 * 64 * 10)
    with pytest.raises(ImageUnreadableError, match=re.escape("32 MB, too much for an image of that size")):
        load_photo(path)
    monkeypatch.undo()
    assert load_photo(path).width == 64
