"""Names leave the gallery for side-cars that other programs read, and come back from them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def photos(tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    """One photo upright, one stored on its side, one of nobody in the gallery."""
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copy(astronaut_file, folder / f"upright{astronaut_file.suffix}")
    with Image.open(hopper_file) as image:
        turned = image.convert("RGB").transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[0x0112] = 6
        turned.save(folder / "turned.jpg", exif=exif, quality=95)
    Image.new("RGB", (80, 60), "white").save(folder / "empty.png")
    return folder


def test_names_are_written_beside_photos_and_read_into_another_gallery(
    program: Program, photos: Path, place: Path, tmp_path: Path
) -> None:
    upright = next(photos.glob("upright*"))
    program("add", upright, "--name", "Eileen Collins", "--gallery", place)
    program("add", photos / "turned.jpg", "--name", "Grace & Hopper", "--gallery", place)
    before = {path.name: path.read_bytes() for path in photos.iterdir()}
    written = program("write-names", photos, "--gallery", place, "--json")
    assert written.returncode == 0
    assert json.loads(written.stdout) == {
        "photos": 2,
        "names": 2,
        "known": 0,
        "removed": 0,
        "errors": [],
    }
    assert json.loads(program("write-names", photos, "--gallery", place, "--json").stdout)["names"] == 0
    sidecars = sorted(path.name for path in photos.iterdir() if path.name not in before)
    assert sidecars == ["turned.jpg.xmp", f"{upright.name}.xmp"]
    assert all((photos / name).read_bytes() == data for name, data in before.items())

    other = tmp_path / "another gallery"
    for flag, added, known in (("--names-from-metadata", 2, 0), ("--people-from-sidecars", 0, 2)):
        read = program("import", photos, flag, "--gallery", other, "--json")
        assert read.returncode == 0, read.stderr
        document = json.loads(read.stdout)
        assert (document["photos"], document["added"], document["known"]) == (2, added, known)
    matched = json.loads(program("match", photos / "turned.jpg", "--gallery", other, "--json").stdout)
    (face,) = matched["photos"][0]["faces"]
    assert face["matches"][0]["person"] == "Grace & Hopper"
    assert face["matches"][0]["similarity"] > 0.999


def test_what_is_wrong_with_a_sidecar_is_said_and_the_rest_is_done(
    program: Program, photos: Path, place: Path
) -> None:
    upright = next(photos.glob("upright*"))
    program("add", upright, "--name", "Eileen Collins", "--gallery", place)
    program("write-names", photos, "--gallery", place)
    (photos / "turned.jpg.xmp").write_text("<broken", "utf-8")
    result = program("import", photos, "--names-from-metadata", "--gallery", place, "--json")
    assert result.returncode == 1
    document = json.loads(result.stdout)
    assert [error["kind"] for error in document["errors"]] == ["SidecarUnreadableError"]
    assert document["known"] == 1
    both = ("--people-from-sidecars", "--people-from-folders")
    assert program("import", photos, *both, "--gallery", place).returncode == 2


def test_names_of_a_sidecar_that_two_photos_share_are_not_passed_over_silently(
    program: Program, photos: Path, place: Path, tmp_path: Path
) -> None:
    upright = next(photos.glob("upright*"))
    program("add", upright, "--name", "Eileen Collins", "--gallery", place)
    program("write-names", photos, "--gallery", place)
    (photos / f"{upright.name}.xmp").rename(photos / "upright.XMP")
    Image.new("RGB", (80, 60), "white").save(photos / "upright.bmp")
    other = tmp_path / "another gallery"
    result = program("import", photos, "--people-from-sidecars", "--gallery", other, "--json")
    assert result.returncode == 1
    (error,) = json.loads(result.stdout)["errors"]
    assert error["kind"] == "SidecarNamesError"
    assert error["photo"] == str(photos / "upright.XMP")
    (photos / "upright.bmp").unlink()
    result = program("import", photos, "--people-from-sidecars", "--gallery", other, "--json")
    assert (result.returncode, json.loads(result.stdout)["added"]) == (0, 1)
