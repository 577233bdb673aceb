"""What a person has said of a face is not overruled by the next import, whichever it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.errors import SeveralFacesError
from face_match.core.photo_folders import photo_files
from face_match.core.records import Decision, FaceRecord, Source
from face_match.gallery.gallery import Gallery


def rename(gallery: Gallery, face: FaceRecord) -> None:
    gallery.rename(gallery.person("Mum"), "Mary Smith")


def merge(gallery: Gallery, face: FaceRecord) -> None:
    gallery.merge([gallery.person("Mum")], gallery.person("Mary Smith"))


def move(gallery: Gallery, face: FaceRecord) -> None:
    gallery.move([face.id], "Mary Smith")


def remove(gallery: Gallery, face: FaceRecord) -> None:
    gallery.remove([face.id])


def ignore(gallery: Gallery, face: FaceRecord) -> None:
    gallery.remove([face.id], is_ignored=True)


CORRECTIONS = [rename, merge, move, remove, ignore]
NEW_NAME = {rename: "Mary Smith", merge: "Mary Smith", move: "Mary Smith", remove: None, ignore: None}


@pytest.fixture
def photos(mum: Path, tmp_path: Path) -> Path:
    """A folder of a person's folder, with a sidecar that says the same."""
    shutil.copytree(mum, tmp_path / "photos" / "Mum")
    return tmp_path / "photos"


IMPORTS: dict[str, Source] = {"sidecars": Source.METADATA, "folders": Source.FOLDER}


def import_again(world: Any, way: str, photos: Path) -> Any:
    return world.import_sidecars(photos) if way == "sidecars" else world.import_folders(photos)


@pytest.mark.parametrize("way", IMPORTS)
@pytest.mark.parametrize("correct", CORRECTIONS)
def test_the_same_import_again_adds_nothing_and_lists_a_conflict(
    correct: Callable[[Gallery, FaceRecord], None], way: str, world: Any, photos: Path, hopper_file: Path
) -> None:
    assert import_again(world, way, photos).added == 1
    if correct is merge:
        world.add("Mary Smith", hopper_file)
    (face,) = world.gallery.faces_of(world.gallery.person("Mum"))
    correct(world.gallery, face)
    people, steps = world.people(), world.gallery.history
    for _ in range(2):
        result = import_again(world, way, photos)
        assert (result.added, result.known, result.conflicts, result.failed) == (0, 0, 1, [])
        assert (world.people(), world.gallery.history) == (people, steps)
        (conflict,) = world.gallery.conflicts()
        assert (conflict.face, conflict.name, conflict.source) == (face.id, "Mum", IMPORTS[way])
    scanned = world.scan(photos)
    assert (scanned.faces, world.people()) == (0, people)
    assert [one.id for one in world.gallery.faces_in(world.gallery.photo(face.photo))] == [face.id]


@pytest.mark.parametrize("way", IMPORTS)
def test_who_is_not_mum_is_not_made_mum_by_a_file(
    way: str, world: Any, photos: Path, hopper_file: Path
) -> None:
    world.add("Mum", hopper_file)
    world.scan(photos)
    (face,) = world.gallery.unnamed()
    world.gallery.reject(world.gallery.person("Mum"), [face.id])
    result = import_again(world, way, photos)
    assert (result.added, result.conflicts) == (0, 1)
    assert world.people() == {"Mum": 1}


@pytest.mark.parametrize("correct", CORRECTIONS)
def test_then_the_sidecar_is_brought_up_to_date(
    correct: Callable[[Gallery, FaceRecord], None], world: Any, photos: Path, hopper_file: Path
) -> None:
    world.import_sidecars(photos)
    if correct is merge:
        world.add("Mary Smith", hopper_file)
    (face,) = world.gallery.faces_of(world.gallery.person("Mum"))
    correct(world.gallery, face)
    sidecar = photos / "Mum" / "a.jpg.xmp"
    before = sidecar.read_bytes()
    world.write(photos)
    name = NEW_NAME[correct]
    if name is not None:
        assert sidecar.read_bytes() == before.replace(b"Mum", name.encode())
        assert world.import_sidecars(photos).known == 1
    elif correct is remove:
        assert b"Mum" not in sidecar.read_bytes()
    again = sidecar.read_bytes()
    world.write(photos)
    assert sidecar.read_bytes() == again


def test_a_decision_is_kept_and_can_be_undone(world: Any, photos: Path) -> None:
    world.import_sidecars(photos)
    (face,) = world.gallery.faces_of(world.gallery.person("Mum"))
    rename(world.gallery, face)
    world.import_sidecars(photos)
    (conflict,) = world.gallery.conflicts()
    world.gallery.resolve_conflicts([conflict.id], Decision.MINE)
    result = world.import_sidecars(photos)
    assert (result.conflicts, result.known, world.gallery.conflicts()) == (0, 1, [])
    world.gallery.undo()
    assert [one.id for one in world.gallery.conflicts()] == [conflict.id]
    world.gallery.resolve_conflicts([conflict.id], Decision.THEIRS)
    assert world.people() == {"Mum": 1}
    world.gallery.undo()
    assert world.people() == {"Mary Smith": 1}


@pytest.mark.parametrize("correct", [rename, move, remove])
def test_once_the_sidecar_is_brought_up_to_date_there_is_no_conflict(
    correct: Callable[[Gallery, FaceRecord], None], world: Any, photos: Path
) -> None:
    world.import_sidecars(photos)
    (face,) = world.gallery.faces_of(world.gallery.person("Mum"))
    correct(world.gallery, face)
    assert world.import_sidecars(photos).conflicts == 1
    world.write(photos)
    assert world.import_sidecars(photos).conflicts == 0
    assert world.gallery.conflicts() == []


def test_a_sidecar_that_another_program_has_changed_is_in_conflict_with_what_it_says_now(
    world: Any, photos: Path
) -> None:
    world.import_sidecars(photos)
    (face,) = world.gallery.faces_of(world.gallery.person("Mum"))
    rename(world.gallery, face)
    world.import_sidecars(photos)
    sidecar = photos / "Mum" / "a.jpg.xmp"
    before = sidecar.read_bytes()
    for name in ("Granny", "Nan"):
        sidecar.write_bytes(before.replace(b"Mum", name.encode()))
        assert world.import_sidecars(photos).conflicts == 1
        assert [conflict.name for conflict in world.gallery.conflicts()] == [name]
    sidecar.write_bytes(before.replace(b"Mum", b"Mary Smith"))
    world.import_sidecars(photos)
    assert world.gallery.conflicts() == []
    sidecar.write_bytes(b"no XMP")
    world.import_sidecars(photos)
    sidecar.write_bytes(before)
    world.import_sidecars(photos)
    assert [conflict.name for conflict in world.gallery.conflicts()] == ["Mum"]


def test_a_photo_that_was_moved_to_another_folder_is_in_conflict_with_that_alone(
    world: Any, photos: Path
) -> None:
    world.import_folders(photos)
    (face,) = world.gallery.faces_of(world.gallery.person("Mum"))
    rename(world.gallery, face)
    world.import_folders(photos)
    (photos / "Mum").rename(photos / "Nan")
    assert world.import_folders(photos).conflicts == 1
    names = [(conflict.name, Path(conflict.path).parent.name) for conflict in world.gallery.conflicts()]
    assert names == [("Mum", "Mum"), ("Nan", "Nan")], "the other folder may be there still, elsewhere"


def test_an_import_is_one_step_and_undoing_it_leaves_nothing(
    world: Any, photos: Path, hopper_file: Path
) -> None:
    (photos / "Grace").mkdir()
    shutil.copy(hopper_file, photos / "Grace")
    assert world.import_folders(photos).added == 2
    assert [step.description for step in world.gallery.history] == ["imported 2 faces"]
    world.gallery.undo()
    assert (world.people(), world.gallery.unnamed(), world.gallery.history) == ({}, [], ())
    world.gallery.redo()
    assert world.people() == {"Grace": 1, "Mum": 1}


def group_of(path: Path, *portraits: Path) -> None:
    group = Image.new("RGB", (450 * len(portraits), 500), "grey")
    for number, portrait in enumerate(portraits):
        with Image.open(portrait) as image:
            group.paste(
                image.convert("RGB").resize((420, 420 * image.height // image.width)), (450 * number, 0)
            )
    group.save(path, compress_level=1)


@pytest.fixture
def with_group(tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    """Mum alone, and in a photo of two."""
    folder = tmp_path / "more photos"
    (folder / "Mum").mkdir(parents=True)
    shutil.copy(astronaut_file, folder / "Mum")
    group_of(folder / "Mum" / "group.png", hopper_file, astronaut_file)
    return folder


def test_a_group_photo_of_a_person_who_was_merged_is_a_conflict_as_well(
    world: Any, with_group: Path, hopper_file: Path
) -> None:
    assert world.import_folders(with_group).added == 2
    world.add("Mary Smith", hopper_file)
    merge(world.gallery, world.gallery.faces_of(world.gallery.person("Mum"))[0])
    result = world.import_folders(with_group)
    assert (result.added, result.conflicts, result.failed) == (0, 2, [])
    assert world.people() == {"Mary Smith": 3}


def test_what_a_person_has_said_is_not_mum_names_no_other_face_of_a_group(
    world: Any, with_group: Path, astronaut_file: Path
) -> None:
    """The folder is somebody else's than it says: nothing more is made of that."""
    group = with_group / "Mum" / "group.png"
    kept = group.rename(with_group.parent / "group.png")
    assert world.import_folders(with_group).added == 1
    (face,) = world.gallery.faces_of(world.gallery.person("Mum"))
    move(world.gallery, face)
    kept.rename(group)
    result = world.import_folders(with_group)
    assert (result.added, result.conflicts) == (0, 1)
    assert [type(error) for _, error in result.failed] == [SeveralFacesError]
    assert world.people() == {"Mary Smith": 1}
    assert len(photo_files([with_group])) == 2
