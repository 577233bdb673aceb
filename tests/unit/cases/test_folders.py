"""Folders as they are found: with what systems put beside photos, links, galleries and other files."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.photo_folders import PhotoWalk, photo_files
from face_match.workflows.import_people import photos_by_person

FolderOf = Callable[[str], Path]


def script(cases: Path, name: str, *arguments: Path) -> None:
    subprocess.run(["/bin/sh", str(cases / "scripts" / name), *map(str, arguments)], check=True, timeout=60)


@pytest.fixture
def hidden_tree(cases: Path, tmp_path: Path, hopper_file: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    try:
        script(cases, "hidden_tree.sh", hopper_file, folder)
    except subprocess.CalledProcessError:
        pytest.skip("the script needs ImageMagick, which is not here")
    return folder


def test_what_is_put_beside_photos_is_no_photo_in_any_import(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("05-hidden")
    result = world.scan(folder)
    assert (result.photos, result.faces, result.failed) == (1, 1, [])
    assert world.import_sidecars(folder).photos == 0
    assert photos_by_person(folder) == []
    named = world.import_folders(folder.parent)
    assert (named.photos, named.added, world.people()) == (1, 1, {"05-hidden": 1})


def test_a_network_drives_tree_is_one_photo_in_every_import(world: Any, hidden_tree: Path) -> None:
    assert photo_files([hidden_tree]) == [hidden_tree / "2019" / "IMG_1.JPG"]
    result = world.import_folders(hidden_tree)
    assert (result.photos, result.added, result.failed) == (1, 1, [])
    assert world.people() == {"2019": 1}
    scanned = world.scan(hidden_tree)
    assert (scanned.photos, scanned.failed) == (1, [])


def test_a_link_to_the_folder_itself_is_nobody(
    world: Any, cases: Path, astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    script(cases, "link_loop.sh", astronaut_file, hopper_file, folder)
    assert world.import_folders(folder).added == 2
    assert world.people() == {"Ann": 1, "Grace": 1}
    assert [path.parent.name for path in photo_files([folder])] == ["Ann", "Grace"]
    assert world.scan(folder).photos == 2
    assert world.write(folder).photos == 2
    assert world.import_sidecars(folder).known == 2


def test_a_link_to_a_persons_folder_elsewhere_is_that_person_once(
    world: Any, astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    """The same kind: links that lead out, and two that lead to one place."""
    folder, elsewhere = tmp_path / "photos", tmp_path / "elsewhere"
    for name, place, file in (("Ann", folder, astronaut_file), ("Grace", elsewhere, hopper_file)):
        (place / name).mkdir(parents=True)
        shutil.copy(file, place / name)
    (folder / "Grace").symlink_to(elsewhere / "Grace")
    (folder / "Ann again").symlink_to(folder / "Ann")
    (folder / "Ann" / "up").symlink_to(folder)
    assert world.import_folders(folder).added == 2
    assert world.people() == {"Ann": 1, "Grace": 1}
    assert world.scan(folder).photos == 2


def test_people_whose_folders_are_named_in_latin_1_are_two(
    world: Any, cases: Path, astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    script(cases, "latin1_folders.sh", astronaut_file, hopper_file, folder)
    assert world.import_folders(folder).added == 2
    assert sorted(world.people()) == ["Möller", "Müller"]
    assert world.import_folders(folder).known == 2


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Zo\xeb", "Zoë"),
        (b"Fran\xe7oise", "Françoise"),
        (b"\x80ric", "€ric"),
        (b"\x81a", "\x81a"),
        ("Zoë".encode(), "Zoë"),
    ],
)
def test_a_folder_that_is_not_named_in_utf_8_has_a_name(data: bytes, name: str, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(data)
    folder.mkdir()
    shutil.copy(__file__, folder / "1.jpg")
    assert [photo.name for photo in photos_by_person(tmp_path)] == [name]


def test_files_of_kinds_that_are_not_read_are_counted_by_kind(cases: Path) -> None:
    walk = PhotoWalk()
    assert walk.photos([cases / "folders" / "16-raw-only"]) == []
    assert walk.unsupported == {"CR2": 1, "NEF": 1, "DNG": 1, "MOV": 1}


def test_no_other_file_and_nothing_hidden_is_counted(tmp_path: Path) -> None:
    for name in ("a.ARW", "b.arw", "c.Mp4", "notes.txt", "a.jpg", "a.jpg.xmp", "._a.ARW", "@eaDir/a.cr2"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    walk = PhotoWalk()
    assert [path.name for path in walk.photos([tmp_path])] == ["a.jpg"]
    assert walk.unsupported == {"ARW": 2, "MP4": 1}
    walk = PhotoWalk()
    assert walk.photos_by_folder(tmp_path) == []
    assert walk.unsupported == {"ARW": 2, "MP4": 1}


def test_a_gallery_below_the_photos_is_left_out(
    cases: Path, astronaut_file: Path, hopper_file: Path, tmp_path: Path, pipeline: Any
) -> None:
    from tests.unit.cases.conftest import World

    photos = tmp_path / "photos"
    (photos / "Ann").mkdir(parents=True)
    shutil.copy(astronaut_file, photos / "Ann")
    world = World(photos / "My gallery", pipeline)
    world.add("Grace", hopper_file)
    world.scan(photos)
    assert (photos / "My gallery" / "faces_db" / "Grace").is_dir()
    result = world.import_folders(photos)
    assert (result.photos, result.added, sorted(world.people())) == (1, 1, ["Ann", "Grace"])
    assert world.scan(photos).photos == 1
    world.gallery.close()


def test_one_name_with_and_without_marks_that_are_not_seen_is_one_person(
    world: Any, folder_of: FolderOf
) -> None:
    folder = folder_of("14-invisible")
    result = world.import_sidecars(folder)
    assert (result.added + result.known, result.conflicts, len(world.people())) == (2, 0, 1)


@pytest.mark.parametrize(
    "mark", ["\u200e", "\u202a", "\u2069", "\ufeff", "\u00ad", "\u200b", "\ufe0f", "\u2060"]
)
def test_other_marks_that_are_not_seen_make_no_other_name(mark: str, world: Any, hopper_file: Path) -> None:
    world.add("Ada", hopper_file)
    assert world.gallery.find(f"{mark}Ada") is not None
    assert world.gallery.find(f"A{mark}da{mark}") is not None
    assert world.gallery.find("Ada B") is None


def test_a_name_with_braces_is_a_name(world: Any, hopper_file: Path) -> None:
    world.add("Ann {Lee}", hopper_file)
    world.gallery.rename(world.gallery.person("Ann {Lee}"), "Ann {0} Lee %s")
    assert world.gallery.history[-1].description == "renamed Ann {Lee} to Ann {0} Lee %s"
    world.gallery.undo()
    assert world.people() == {"Ann {Lee}": 1}
