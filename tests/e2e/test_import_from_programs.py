"""Names that other programs keep, imported by the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.unit.metadata.catalog_inputs import (
    MarkedPhoto,
    make_contacts,
    make_digikam,
    make_lightroom,
    make_picasa,
)

Program = Callable[..., subprocess.CompletedProcess[str]]
EILEEN, GRACE = "Eileen Collins", "Grace {Hopper}"


@pytest.fixture
def marked(
    astronaut_file: Path, hopper_file: Path, tmp_path: Path, pipeline: FacePipeline
) -> list[MarkedPhoto]:
    made = []
    for name, folder, file in ((EILEEN, "one", astronaut_file), (GRACE, "two", hopper_file)):
        (tmp_path / "photos" / folder).mkdir(parents=True)
        path = Path(shutil.copy(file, tmp_path / "photos" / folder))
        photo = load_photo(path)
        faces = [(name, pipeline.faces(photo)[0].face.box)]
        made.append(MarkedPhoto(path, (photo.width, photo.height), faces))
    return made


@pytest.fixture
def imported(program: Program, place: Path) -> Callable[..., dict[str, Any]]:
    """The document of an import of names."""

    def run(*paths: Path | str, status: int = 0) -> dict[str, Any]:
        result = program("import", *paths, "--names-from-metadata", "--gallery", place, "--json")
        assert result.returncode == status, result.stderr
        document: dict[str, Any] = json.loads(result.stdout)
        return document

    return run


@pytest.mark.parametrize("kind", ["digikam4.db", "Catalog.lrcat", "contacts.xml"])
def test_a_catalogue_elsewhere_names_the_photos_of_several_folders(
    imported: Callable[..., dict[str, Any]], marked: list[MarkedPhoto], tmp_path: Path, kind: str
) -> None:
    root = tmp_path / "photos"
    if kind == "digikam4.db":
        catalogue = make_digikam(tmp_path / kind, root, marked)
    elif kind == "Catalog.lrcat":
        catalogue = make_lightroom(tmp_path / kind, root, marked)
    else:
        catalogue = make_contacts(tmp_path / kind, [EILEEN, GRACE])
        for photo in marked:
            make_picasa(photo.path.parent, [photo], with_names=False)
    tried = imported(root / "one", root / "two", catalogue, "--dry-run")
    assert (tried["added"], (tmp_path / "gallery").exists()) == (2, False)
    document = imported(root / "one", root / "two", catalogue)
    assert (document["photos"], document["added"], document["people"]) == (2, 2, [EILEEN, GRACE])
    assert (document["errors"], document["left_out"]) == ([], [])
    again = imported(root / "one", root / "two", catalogue)
    assert (again["added"], again["known"], again["conflict_count"]) == (0, 2, 0)


def test_what_was_not_used_is_counted_in_the_text_and_in_the_document(
    program: Program,
    imported: Callable[..., dict[str, Any]],
    marked: list[MarkedPhoto],
    tmp_path: Path,
    place: Path,
) -> None:
    root = tmp_path / "photos"
    make_digikam(root / "digikam4.db", root, marked)
    document = imported(root / "one", root / "digikam4.db")
    (left,) = document["left_out"]
    message = "digikam4.db names people in 1 photo that was not found here. These are: grace_hopper.jpg."
    assert left == {
        "file": str(root / "digikam4.db"),
        "kind": "photo not found",
        "count": 1,
        "examples": ["grace_hopper.jpg"],
        "message": message,
    }
    paths = (root / "one", root / "digikam4.db")
    told = program("import", *paths, "--names-from-metadata", "--gallery", tmp_path / "other").stdout
    assert message in told


def test_an_open_catalogue_is_an_error_and_the_sidecars_are_read(
    imported: Callable[..., dict[str, Any]], marked: list[MarkedPhoto], tmp_path: Path
) -> None:
    root = tmp_path / "photos"
    path = make_digikam(root / "digikam4.db", root, marked)
    make_picasa(marked[0].path.parent, marked[:1])
    digikam = sqlite3.connect(path)
    digikam.execute("PRAGMA journal_mode = WAL")
    digikam.execute("CREATE TABLE more (a)")
    document = imported(root, status=1)
    digikam.close()
    (error,) = document["errors"]
    assert (error["kind"], "close that program" in error["message"]) == ("NamesUnreadableError", True)
    assert document["added"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["digikam4.db", "--names-from-metadata"], "a folder with its photos is needed"),
        (["photos", "digikam4.db"], "is not a folder"),
        (["photos", "digikam4.db", "--people-from-folders"], "is not a folder"),
        (["photos", "photos/one/astronaut.png", "--names-from-metadata"], "is not a folder"),
        (["photos", "missing.lrcat", "--names-from-metadata"], "is not a file"),
    ],
)
def test_other_paths_are_wrong_usage(
    program: Program, marked: list[MarkedPhoto], tmp_path: Path, arguments: list[str], said: str
) -> None:
    place = tmp_path / "gallery"
    (tmp_path / "digikam4.db").touch()
    paths = [word if word.startswith("-") else str(tmp_path / word) for word in arguments]
    result = program("import", *paths, "--gallery", place)
    assert (result.returncode, said in result.stderr) == (2, True)
    assert not place.exists()


def test_several_folders_are_scanned_and_imported_by_person(
    program: Program, marked: list[MarkedPhoto], tmp_path: Path, place: Path
) -> None:
    root = tmp_path / "photos"
    scanned = program("import", root / "one", root / "two", "--gallery", place, "--json")
    assert (scanned.returncode, json.loads(scanned.stdout)["faces"]) == (0, 2)
    for number, photo in enumerate(marked):
        person = tmp_path / str(number) / "Someone"
        person.mkdir(parents=True)
        shutil.copy(photo.path, person)
    folders = program(
        "import", tmp_path / "0", tmp_path / "1", "--people-from-folders", "--gallery", place, "--json"
    )
    document = json.loads(folders.stdout)
    assert (document["photos"], document["added"], document["people"]) == (2, 2, ["Someone"])
