"""Where no face is found, one says where it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from face_match.core.records import Origin


@pytest.fixture(scope="module")
def lying(astronaut_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo in which MTCNN finds no face: dark, and turned askew about the face's middle."""
    path = tmp_path_factory.mktemp("photos") / "lying.png"
    with Image.open(astronaut_file) as image:
        turned = image.convert("RGB").rotate(120, Image.Resampling.BICUBIC, center=(225, 125))
        ImageEnhance.Brightness(turned).enhance(0.25).save(path)
    return path


BOX = "155,55,140,140"


def test_the_face_in_a_box_is_ranked_where_none_is_found(program, gallery_of_two: Path, lying: Path) -> None:
    options = ("--gallery", gallery_of_two, "--json")
    (none,) = json.loads(program("match", lying, *options).stdout)["photos"]
    assert none["faces"] == []
    result = program("match", lying, "--box", BOX, *options)
    assert result.returncode == 0
    (photo,) = json.loads(result.stdout)["photos"]
    (face,) = photo["faces"]
    assert (face["matches"][0]["person"], face["matches"][0]["is_match"]) == ("Eileen Collins", True)
    assert len(face["landmarks"]) == 5


def test_the_face_in_a_box_is_added_with_its_place(program, two: Path, lying: Path) -> None:
    nothing = program("add", lying, "--name", "Eileen Collins", "--gallery", two)
    assert nothing.returncode == 1
    assert "No face was found in lying.png" in nothing.stderr
    result = program("add", lying, "--name", "Eileen Collins", "--box", BOX, "--gallery", two, "--json")
    assert result.returncode == 0
    added = json.loads(result.stdout)
    (sample,) = added["samples"]
    assert (added["person"], added["created"]) == ("Eileen Collins", False)
    assert (two / sample["file"]).is_file()
    x, y, width, height = place_of(two, sample["id"])
    assert 140 < x < 225 < x + width < 310
    assert 40 < y < 125 < y + height < 210


def place_of(gallery: Path, face_id: str) -> list[float]:
    """Where in its photo a drawn face is, by the records."""
    from face_match.gallery.gallery import Gallery

    with Gallery.open(gallery, for_writing=False) as opened:
        face = opened.face(face_id)
    assert face.place is not None
    assert face.origin is Origin.DRAWN
    return list(face.place)


@pytest.mark.parametrize(
    ("box", "words"),
    [("0,0,5,50", "is too small"), ("900,900,50,50", "lies outside astronaut.png")],
)
def test_a_box_that_cannot_be_a_face_is_told_of(
    program, place: Path, astronaut_file: Path, box: str, words: str
) -> None:
    for command in (("match", astronaut_file), ("add", astronaut_file, "--name", "Eileen")):
        result = program(*command, "--box", box, "--gallery", place)
        assert result.returncode == 1
        assert words in result.stderr


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "1,2,0,4", "1,2,3,nan", "0,0,-5,9", "0,0,inf,9"])
def test_what_is_no_box_is_wrong_usage(program, place: Path, astronaut_file: Path, box: str) -> None:
    result = program("match", astronaut_file, "--box", box, "--gallery", place)
    assert result.returncode == 2
    assert f"{box} is not a box" in result.stderr


def test_a_box_for_several_photos_or_beside_a_number_is_wrong_usage(
    program, place: Path, astronaut_file: Path, hopper_file: Path
) -> None:
    name = ("--name", "Eileen", "--gallery", place)
    for result in (
        program("match", astronaut_file, hopper_file, "--box", BOX, "--gallery", place),
        program("add", astronaut_file, hopper_file, "--box", BOX, *name),
        program("add", astronaut_file, "--box", BOX, "--face", 1, *name),
    ):
        assert result.returncode == 2
        assert "--box" in result.stderr
    assert not place.exists()
