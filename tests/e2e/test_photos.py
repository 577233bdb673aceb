"""The photos of people are listed, and copied, by one command."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from face_match.core.types import Box, Crop, Landmarks
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import identify_photo

Program = Callable[..., subprocess.CompletedProcess[str]]

CROP = Crop(
    np.zeros((40, 40, 3), np.uint8),
    Box(8.0, 8.0, 24.0, 24.0),
    Landmarks.of([[14.0, 16.0], [26.0, 16.0], [20.0, 21.0], [15.0, 27.0], [25.0, 27.0]]),
)
EMBEDDING = np.eye(1, 16, dtype=np.float32)[0]
ODD_NAMES = (
    "{0} {name} %s",
    "مريم ميرزاخاني",
    "A" * 300,
    "Anna 👩‍🚀",
    "<b>&amp;\u202e",
    "-",
    "and",
    "Ünal, José",
)


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """A photo with faces of people, in a gallery beside it."""

    def photo(name: str, *people: str, content: str = "") -> Path:
        path = tmp_path / "photos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"P6 8 8 255\n" + (content or name).encode().ljust(8 * 8 * 3, b".")[: 8 * 8 * 3])
        with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
            for number, person in enumerate(people):
                face = NewFace(
                    CROP, {"made-up": np.eye(1, 16, dtype=np.float32)[0]}, Box(9.0 * number, 0, 8, 8)
                )
                gallery.add(person, face, identify_photo(path), path)
        return path

    return photo


@pytest.fixture(params=["json", "database"])
def gallery(
    request: pytest.FixtureRequest, tmp_path: Path, make: Callable[..., Path], program: Program
) -> Path:
    """Of photos of Ada, of her and Grace, of Grace, and of her and Emmy."""
    make("1.ppm", "Ada")
    make("2.ppm", "Ada", "Grace")
    make("3.ppm", "Grace")
    make("deeper/4.ppm", "Grace", "Emmy")
    folder = tmp_path / "gallery"
    if request.param == "database":
        assert program("store", "database", "--gallery", folder).returncode == 0
    return folder


def listed(program: Program, gallery: Path, *arguments: object) -> list[str]:
    """The names of the files that are listed."""
    done = program("photos", *arguments, "--gallery", gallery)
    assert done.returncode == 0, done.stderr
    assert f"{len(done.stdout.splitlines())} photo" in done.stderr
    return [Path(line).name for line in done.stdout.splitlines()]


def test_photos_are_listed_by_who_is_in_them(program: Program, gallery: Path) -> None:
    assert listed(program, gallery, "Ada") == ["1.ppm", "2.ppm"]
    assert listed(program, gallery, "grace", "ADA") == ["2.ppm"]
    assert listed(program, gallery, "Grace", "--without", "Ada", "--without", "Emmy") == ["3.ppm"]
    assert listed(program, gallery, "Grace", "--only") == ["3.ppm"]
    assert listed(program, gallery) == ["1.ppm", "2.ppm", "3.ppm", "4.ppm"]
    assert listed(program, gallery, "--without", "Grace") == ["1.ppm"]
    assert listed(program, gallery, "Ada", "Emmy") == []


def test_the_document_says_who_was_searched_for_and_who_is_in_each_photo(
    program: Program, gallery: Path, tmp_path: Path
) -> None:
    done = program("photos", "ada", "--without", "Emmy", "--json", "--gallery", gallery)
    assert json.loads(done.stdout) == {
        "people": ["Ada"],
        "without": ["Emmy"],
        "only": False,
        "photos": [
            {"photo": str(tmp_path / "photos" / "1.ppm"), "taken": None, "people": ["Ada"]},
            {"photo": str(tmp_path / "photos" / "2.ppm"), "taken": None, "people": ["Ada", "Grace"]},
        ],
    }


def test_an_unknown_name_is_an_error_that_lists_similar_names(program: Program, gallery: Path) -> None:
    done = program("photos", "Graec", "--gallery", gallery, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["kind"] == "PersonNotFoundError"
    assert "Similar names: “Grace”" in done.stderr
    assert program("photos", "--only", "--gallery", gallery).returncode == 2
    assert program("photos", "Ada", "--without", "--gallery", gallery).returncode == 2


def test_copies_never_overwrite_and_a_second_run_copies_nothing(
    program: Program, make: Callable[..., Path], tmp_path: Path
) -> None:
    make("a/1.ppm", "Ada", content="first")
    make("b/1.ppm", "Ada", content="second")
    lost = make("c.ppm", "Ada")
    into, gallery = tmp_path / "copies", tmp_path / "gallery"
    into.mkdir()
    (into / "1.ppm").write_bytes(b"mine")
    lost.unlink()
    for copied, known in ((2, 0), (0, 2)):
        done = program("photos", "Ada", "--copy-to", into, "--gallery", gallery, "--json")
        document = json.loads(done.stdout)
        assert done.returncode == 1
        assert (document["copied"], document["known"]) == (copied, known)
        assert [error["kind"] for error in document["errors"]] == ["ImageUnreadableError"]
        assert document["errors"][0]["photo"] == str(lost)
    assert sorted(path.name for path in into.iterdir()) == ["1 (2).ppm", "1 (3).ppm", "1.ppm"]
    assert (into / "1.ppm").read_bytes() == b"mine"
    copies = {(into / f"1 ({number}).ppm").read_bytes() for number in (2, 3)}
    assert copies == {(tmp_path / "photos" / name / "1.ppm").read_bytes() for name in "ab"}


def test_copies_are_not_put_into_the_gallery(program: Program, gallery: Path) -> None:
    done = program("photos", "Ada", "--copy-to", gallery / "faces_db", "--gallery", gallery, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["kind"] == "GalleryDestinationError"


def test_photos_of_people_with_odd_names(program: Program, make: Callable[..., Path], tmp_path: Path) -> None:
    for number, name in enumerate(ODD_NAMES):
        make(f"{number}.ppm", name)
    for number, name in enumerate(ODD_NAMES):
        done = program("photos", "--json", "--gallery", tmp_path / "gallery", "--", name)
        document = json.loads(done.stdout)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False)
        assert [Path(photo["photo"]).name for photo in document["photos"]] == [f"{number}.ppm"]
        assert document["photos"][0]["people"] == document["people"]


def test_names_that_differ_only_in_case_are_two_people_where_the_records_say_so(
    program: Program, make: Callable[..., Path], tmp_path: Path
) -> None:
    make("1.ppm", "ada")
    make("2.ppm", "Grace")
    records = tmp_path / "gallery" / "embeddings.json"
    text = records.read_text("utf-8")
    changed = re.sub('"name": ?"Grace"', '"name": "Ada"', text)
    assert changed != text
    records.write_text(changed, "utf-8")
    assert listed(program, tmp_path / "gallery", "ada") == ["1.ppm"]
    assert listed(program, tmp_path / "gallery", "Ada") == ["2.ppm"]


def test_the_list_is_there_when_the_photos_are_not(program: Program, gallery: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "photos")
    assert listed(program, gallery, "Ada") == ["1.ppm", "2.ppm"]


def test_an_encrypted_gallery_lists_its_photos_to_those_who_have_the_passphrase(
    program: Program, gallery: Path
) -> None:
    env = {"FACE_MATCH_PASSPHRASE": "open sesame"}
    assert program("encrypt", "--gallery", gallery, env=env).returncode == 0
    refused = program("photos", "Ada", "--gallery", gallery, "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["kind"] == "GalleryEncryptedError"
    done = program("photos", "Ada", "--gallery", gallery, env=env)
    assert [Path(line).name for line in done.stdout.splitlines()] == ["1.ppm", "2.ppm"]
