"""The places of faces that Picasa, digiKam and Lightroom give, in every orientation."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import SidecarNamesError
from face_match.core.types import Box
from face_match.metadata.digikam import DigikamSource
from face_match.metadata.lightroom import LightroomSource
from face_match.metadata.name_sources import NamesInPhoto, NameSource
from face_match.metadata.picasa import PicasaSource
from tests.unit.metadata.catalog_inputs import MarkedPhoto, make_digikam, make_lightroom, make_picasa

ANN, BEN = Box(60, 40, 120, 150), Box(300, 100, 90, 100)
LARGE = (600, 400)

Make = Callable[[Path, MarkedPhoto], NameSource]


def picasa(folder: Path, photo: MarkedPhoto) -> NameSource:
    make_picasa(folder, [photo])
    return PicasaSource([photo.path])


def digikam(folder: Path, photo: MarkedPhoto) -> NameSource:
    return DigikamSource(make_digikam(folder / "digikam4.db", folder, [photo]), [photo.path])


def lightroom(folder: Path, photo: MarkedPhoto) -> NameSource:
    return LightroomSource(make_lightroom(folder / "a.lrcat", folder, [photo]), [photo.path])


PROGRAMS = pytest.mark.parametrize("make", [picasa, digikam, lightroom])


def named(found: NamesInPhoto) -> dict[str, list[float]]:
    return {region.name: pytest.approx([*region.box], abs=0.6) for region in found.named}


@PROGRAMS
@pytest.mark.parametrize("orientation", range(1, 9))
def test_faces_are_where_they_were_marked(tmp_path: Path, make: Make, orientation: int) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN), ("Ben", BEN)], orientation=orientation)
    photo.path.touch()
    source = make(tmp_path, photo)
    assert source.may_name(photo.path)
    ((_, found),) = source.names_of(photo.path, *LARGE, orientation)
    assert named(found) == {"Ann": [*ANN], "Ben": [*BEN]}
    assert found.orientation == orientation
    assert found.are_trusted
    assert not source.unused().skipped


@PROGRAMS
def test_a_scaled_photo_has_its_faces_at_the_same_places(tmp_path: Path, make: Make) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN)], orientation=6)
    source = make(tmp_path, photo)
    ((_, found),) = source.names_of(photo.path, 300, 200, 6)
    assert named(found) == {"Ann": [side / 2 for side in ANN]}


@pytest.mark.parametrize("make", [digikam, lightroom])
@pytest.mark.parametrize("turned", [3, 6, 8, 2, 5])
def test_a_photo_that_only_the_program_turned_has_its_faces_at_the_same_pixels(
    tmp_path: Path, make: Make, turned: int
) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN)], orientation=turned)
    source = make(tmp_path, photo)
    ((_, found),) = source.names_of(photo.path, *photo.stored_size, 1)
    assert named(found) == {"Ann": [*photo.stored_box(ANN)]}
    assert found.orientation == turned


@pytest.mark.parametrize("make", [digikam, lightroom])
@pytest.mark.parametrize("before", [5, 6, 7, 8])
def test_a_photo_whose_pixels_were_turned_since_has_its_faces_where_they_are_seen(
    tmp_path: Path, make: Make, before: int
) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN)], orientation=before)
    ((_, found),) = make(tmp_path, photo).names_of(photo.path, *LARGE, 1)
    assert (named(found), found.orientation) == ({"Ann": [*ANN]}, None)


@pytest.mark.parametrize("orientation, turns, shown", [(1, 1, 6), (6, 1, 3), (1, 2, 3), (8, 3, 3), (2, 1, 7)])
def test_picasas_own_turn_is_told_and_moves_no_face(
    tmp_path: Path, orientation: int, turns: int, shown: int
) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN)], orientation=orientation)
    ini = make_picasa(tmp_path, [photo])
    ini.write_text(ini.read_text() + f"rotate=rotate({turns})\r\n")
    ((_, found),) = PicasaSource([photo.path]).names_of(photo.path, *LARGE, orientation)
    assert named(found) == {"Ann": [*ANN]}
    assert found.orientation == shown


@pytest.mark.parametrize("make", [digikam, lightroom])
@pytest.mark.parametrize("size", [(600, 900), (600, 300), (400, 600)])
def test_the_faces_of_a_photo_of_another_shape_are_hints_and_the_reason_is_told(
    tmp_path: Path, make: Make, size: tuple[int, int]
) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN)], ["Cem"])
    source = make(tmp_path, photo)
    ((file, found),) = source.names_of(photo.path, *size, 1)
    assert (found.named, found.hints) == ([], ["Ann", "Cem"])
    (problem,) = found.problems
    assert isinstance(problem, SidecarNamesError)
    assert (problem.name, "600 × 400" in problem.reason) == (file.name, True)


@pytest.mark.parametrize("make", [digikam, lightroom])
def test_people_without_a_place_are_hints_and_those_with_one_are_not(tmp_path: Path, make: Make) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN)], ["Cem", "Dora"])
    source = make(tmp_path, photo)
    ((_, found),) = source.names_of(photo.path, *LARGE, 1)
    assert found.hints == ["Cem", "Dora"]


@pytest.mark.parametrize("make", [digikam, lightroom])
def test_suggestions_of_the_program_are_no_names_and_are_counted(tmp_path: Path, make: Make) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN), ("", BEN)], proposed=True)
    source = make(tmp_path, photo)
    assert not source.may_name(photo.path)
    left = {one.kind.value: (one.count, one.examples) for one in source.unused().skipped}
    assert left == {"unconfirmed": (1, ["a.jpg"]), "unnamed": (1, ["a.jpg"])}


def test_a_face_that_lightroom_marked_before_the_photo_was_turned_stays_on_its_pixels(tmp_path: Path) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN)])
    path = make_lightroom(tmp_path / "a.lrcat", tmp_path, [photo])
    with sqlite3.connect(path) as catalog:
        catalog.execute("UPDATE Adobe_images SET orientation = 'BC'")
    catalog.close()
    ((_, found),) = LightroomSource(path, [photo.path]).names_of(photo.path, *LARGE, 1)
    assert (named(found), found.orientation) == ({"Ann": [*ANN]}, 6)


def test_the_faces_of_a_virtual_copy_are_those_of_its_photo_and_a_mirror_image_is_a_second_one(
    tmp_path: Path,
) -> None:
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, [("Ann", ANN), ("Ann", BEN)])
    path = make_lightroom(tmp_path / "a.lrcat", tmp_path, [photo])
    with sqlite3.connect(path) as catalog:
        columns = "rootFile, orientation, fileWidth, fileHeight, masterImage, id_global, id_local"
        copied = (
            "SELECT rootFile, orientation, fileWidth, fileHeight, id_local, 'copy', 9000 FROM Adobe_images"
        )
        catalog.execute(f"INSERT INTO Adobe_images ({columns}) {copied}")
        corners = "tl_x, tl_y, br_x, br_y, imageOrientation"
        for number, face in enumerate(catalog.execute("SELECT id_local FROM AgLibraryFace").fetchall()):
            catalog.execute(
                f"INSERT INTO AgLibraryFace (id_local, image, {corners}) "
                f"SELECT ?, 9000, {corners} FROM AgLibraryFace WHERE id_local = ?",
                (9100 + number, *face),
            )
            catalog.execute(
                "INSERT INTO AgLibraryKeywordFace (face, tag, userPick) "
                "SELECT ?, tag, 1 FROM AgLibraryKeywordFace WHERE face = ?",
                (9100 + number, *face),
            )
    catalog.close()
    ((_, found),) = LightroomSource(path, [photo.path]).names_of(photo.path, *LARGE, 1)
    assert [region.name for region in found.named] == ["Ann", "Ann"]


def test_very_many_faces_of_one_photo_are_bounded(tmp_path: Path) -> None:
    faces = [("Ann", Box(20 * number, 30 * row, 10, 10)) for number in range(30) for row in range(10)]
    faces += [(f"Person {number}", ANN) for number in range(1_500)]
    photo = MarkedPhoto(tmp_path / "a.jpg", LARGE, faces)
    ((_, found),) = digikam(tmp_path, photo).names_of(photo.path, *LARGE, 1)
    names = [region.name for region in found.named]
    assert (names.count("Ann"), len(names)) == (20, 1_019)
