"""`write-names --into-files`: names leave the gallery inside the photos, in every form."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from face_match.gallery.gallery import Gallery
from tests.unit.metadata.embedded.photos_with_xmp import exiftool, needs_exiftool

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def photos(tmp_path: Path, hopper_file: Path) -> Path:
    """The same face in a JPEG, as it is and turned, and in a kind that is not rewritten."""
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copy(hopper_file, folder / "a.jpg")
    with Image.open(hopper_file) as image:
        image.convert("RGB").save(folder / "b.bmp")
    return folder


@needs_exiftool
def test_names_are_inside_photos_and_a_sidecar_has_those_of_other_kinds(
    program: Program, photos: Path, place: Path
) -> None:
    program("add", photos / "a.jpg", photos / "b.bmp", "--name", "Grace", "--gallery", place)
    options = ("--gallery", place, "--json", "--into-files", "--forms", "persons, mwg")
    written = program("write-names", photos, *options)
    assert written.returncode == 0, written.stderr
    document = json.loads(written.stdout)
    assert (document["photos"], document["names"], document["errors"]) == (2, 2, [])
    assert document["rewritten"] == [str(photos / "a.jpg")]
    (beside,) = document["not_rewritten"]
    assert beside["photo"] == str(photos / "b.bmp")
    assert "its XMP sidecar" in beside["reason"]
    assert sorted(path.name for path in photos.iterdir()) == ["a.jpg", "b.bmp", "b.bmp.xmp"]
    for file in (photos / "a.jpg", photos / "b.bmp.xmp"):
        assert exiftool("-s3", "-XMP:RegionName", "-XMP:PersonInImage", file).decode() == "Grace\nGrace\n"
    again = json.loads(program("write-names", photos, *options).stdout)
    assert (again["names"], again["known"], again["rewritten"]) == (0, 2, [])


def test_photos_stay_as_they_are_without_being_asked_for(program: Program, photos: Path, place: Path) -> None:
    program("add", photos / "a.jpg", "--name", "Grace", "--gallery", place)
    before = (photos / "a.jpg").read_bytes()
    document = json.loads(program("write-names", photos, "--gallery", place, "--json").stdout)
    assert document.keys() == {"photos", "names", "known", "removed", "errors"}
    assert (photos / "a.jpg").read_bytes() == before


def test_an_unknown_form_is_wrong_usage(program: Program, photos: Path, place: Path) -> None:
    result = program("write-names", photos, "--gallery", place, "--forms", "mwg,other")
    assert result.returncode == 2
    assert "mwg, microsoft, persons, keywords" in result.stderr


def test_photos_are_rewritten_while_a_window_has_the_gallery_open(
    program: Program, photos: Path, place: Path
) -> None:
    program("add", photos / "a.jpg", "--name", "Grace", "--gallery", place)
    with Gallery.open(place, for_writing=True):
        written = program("write-names", photos / "a.jpg", "--gallery", place, "--json", "--into-files")
    assert written.returncode == 0, written.stderr
    assert json.loads(written.stdout)["rewritten"] == [str(photos / "a.jpg")]
