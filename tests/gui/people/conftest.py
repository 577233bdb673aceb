"""A gallery whose photos have dates, and a grid that shows them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.gui.photo_grid_driver import GridDriver

DATE_TAKEN = 306
DATES = {"a.jpg": "2019:07:04 10:00:00", "b.jpg": "2019:07:20 10:00:00", "c.jpg": "2019:07:01 08:00:00"}


@pytest.fixture
def dated(
    tmp_path: Path, pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path, two_faces: Path
) -> Path:
    """A gallery in which Eileen is in three photos of July 2019, and with Grace in one without a date."""
    photos = tmp_path / "photos"
    photos.mkdir()
    with Image.open(astronaut_file) as image:
        for number, (name, date) in enumerate(DATES.items()):
            exif = Image.Exif()
            exif[DATE_TAKEN] = date
            turned = image.convert("RGB").rotate(number, Image.Resampling.BICUBIC)
            turned.save(photos / name, quality=90, exif=exif)
    shutil.copy(two_faces, photos)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        for path in sorted(photos.iterdir()):
            photo = load_photo(path)
            found = sorted(pipeline.embed(photo, pipeline.detect(photo)), key=lambda face: face.crop.box.x)
            left_to_right = sorted(found, key=lambda face: NewFace.of(face).place.x)
            for name, face in zip(("Eileen", "Grace"), left_to_right, strict=False):
                gallery.add(name, NewFace.of(face), photo, path)
    return tmp_path


@pytest.fixture
def grid(qtbot: QtBot, dated: Path) -> Iterator[GridDriver]:
    made = GridDriver(qtbot, dated / "gallery")
    yield made
    made.gallery.close()
    made.tasks.close()
