"""Photos with dates, and a birth year, on the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

Program = Callable[..., subprocess.CompletedProcess[str]]
CHILD = "The photos are 12 years apart, and Eileen was a child."
UNKNOWN = "The photos are 12 years apart, and Eileen may have been a child: the birth date is not known."


@pytest.fixture
def dated(astronaut_file: Path, tmp_path: Path) -> Callable[[str], Path]:
    """The photo of one face, as if taken on some day."""

    def make(day: str) -> Path:
        exif = Image.Exif()
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = f"{day.replace('-', ':')} 12:00:00"
        path = tmp_path / f"{day}.jpg"
        with Image.open(astronaut_file) as image:
            picture = image.convert("RGB")
        picture.putpixel((0, 0), (int(day[2:4]), 0, 0))  # another photo, not a copy of one
        picture.save(path, exif=exif, quality=95)
        return path

    return make


def test_a_match_says_how_many_years_lie_between_and_what_that_means(
    program: Program, place: Path, dated: Callable[[str], Path]
) -> None:
    def match(day: str) -> tuple[dict[str, Any], str]:
        photo, plain = dated(day), ("--gallery", place)
        told = json.loads(program("match", photo, *plain, "--json").stdout)
        return told["photos"][0]["faces"][0]["matches"][0], program("match", photo, *plain).stdout

    program("add", dated("2010-06-15"), "--name", "Eileen", "--gallery", place)
    found, text = match("2013-06-15")
    assert (found["years_apart"], found["across_childhood"]) == (3.0, False)
    assert "Maybe" not in text
    found, text = match("2022-06-15")
    assert (found["years_apart"], found["across_childhood"], found["is_match"]) == (12.0, True, True)
    assert f"Maybe at most. {UNKNOWN}" in text
    program("born", "Eileen", "2005", "--gallery", place)
    assert f"Maybe at most. {CHILD}" in match("2022-06-15")[1]
    folder = dated("2022-06-15").parent / "new"
    folder.mkdir()
    dated("2022-06-15").rename(folder / "a.jpg")
    scanned = program("import", folder, "--gallery", place, "--json", "--dry-run")
    assert [row["decision"] for row in json.loads(scanned.stdout)["results"]] == ["maybe"]
    said = program("import", folder, "--gallery", place, "--dry-run").stdout
    assert "     1  maybe Eileen" in said
    assert "probably" not in said
    program("born", "Eileen", "1956-11-19", "--gallery", place)
    assert "probably Eileen" in program("import", folder, "--gallery", place, "--dry-run").stdout
    found, text = match("2022-06-15")
    assert (found["years_apart"], found["across_childhood"]) == (12.0, False)
    assert "Maybe" not in text
    found, text = match("1980-01-01")  # of a clock that was never set
    assert (found["years_apart"], found["across_childhood"], found["is_match"]) == (None, False, True)
