"""Photos of every kind, with XMP as exiftool, exiv2 and ImageMagick write it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
needs_exiv2 = pytest.mark.skipif(shutil.which("exiv2") is None, reason="exiv2 is not installed")
needs_imagemagick = pytest.mark.skipif(shutil.which("convert") is None, reason="ImageMagick is not installed")

KINDS = ("jpg", "png", "webp", "tif", "avif")


def made_photo(path: Path, **options: object) -> Path:
    """A photo of 64 × 48 pixels, in the format of its suffix."""
    pixels = np.random.default_rng(1).integers(0, 256, (48, 64, 3), np.uint8)
    Image.fromarray(pixels).save(path, **options)
    return path


def exiftool(*arguments: object) -> bytes:
    """What exiftool prints; raises CalledProcessError."""
    command = ["exiftool", "-q", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def exiv2(*arguments: object) -> bytes:
    """What exiv2 prints; raises CalledProcessError."""
    return subprocess.run(["exiv2", *map(str, arguments)], check=True, capture_output=True).stdout


def with_person(photo: Path, *more: str) -> Path:
    """The photo, once exiftool has written a person and more into it."""
    exiftool("-overwrite_original", "-XMP-iptcExt:PersonInImage=Ada Löwe", *more, photo)
    return photo
