"""Which file is which photo of a catalogue."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from face_match.core.types import Box
from face_match.metadata.catalog_photos import CatalogPhoto, match_photos
from face_match.metadata.digikam import DigikamSource
from face_match.metadata.lightroom import LightroomSource
from tests.unit.metadata.catalog_inputs import MarkedPhoto, make_digikam, make_lightroom

ANN = Box(60, 40, 120, 150)


def matched(files: list[str], paths: list[str]) -> dict[str, str]:
    """For each file the path in the catalogue; with "?" where only the name agrees."""
    found, _, _ = match_photos([Path(file) for file in files], [CatalogPhoto(path) for path in paths])
    return {
        str(PurePosixPath(file)): match.photo.path + ("" if match.is_certain else "?")
        for file, match in found.items()
    }


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("/home/me/Pictures/2019/trip/a.jpg", "/home/me/Pictures/2019/trip/a.jpg"),
        ("/home/me/Pictures/2019/trip/a.jpg", "D:/Photos/2019/trip/a.jpg"),
        ("/home/me/Pictures/2019/trip/a.jpg", "D:\\Photos\\2019\\Trip\\A.JPG"),
        ("/home/me/Pictures/2019/trip/a.jpg", "/Volumes/Disk/trip/a.jpg"),
        ("/x/Mu\u0308ller/a.jpg", "/y/Müller/a.jpg"),
    ],
)
def test_a_file_is_the_photo_whose_path_ends_alike(file: str, path: str) -> None:
    assert matched([file], [path, "/elsewhere/other/b.jpg", "/elsewhere/2018/a.jpg"]) == {file: path}


def test_the_longest_common_end_counts() -> None:
    paths = ["/disk/2018/trip/a.jpg", "/disk/2019/trip/a.jpg", "/disk/trip/a.jpg"]
    assert matched(["/me/2019/trip/a.jpg"], paths) == {"/me/2019/trip/a.jpg": "/disk/2019/trip/a.jpg"}


def test_a_file_that_may_be_several_photos_is_none() -> None:
    paths = ["/disk/1/trip/a.jpg", "/disk/2/trip/a.jpg"]
    found, missing, unclear = match_photos([Path("/me/trip/a.jpg")], [CatalogPhoto(path) for path in paths])
    assert (found, missing, unclear) == ({}, [], ["a.jpg", "a.jpg"])


def test_a_photo_that_several_files_may_be_is_none_of_them() -> None:
    files = [Path("/me/1/trip/a.jpg"), Path("/me/2/trip/a.jpg")]
    found, missing, unclear = match_photos(files, [CatalogPhoto("/disk/trip/a.jpg")])
    assert (found, missing, unclear) == ({}, [], ["a.jpg"])


def test_of_two_files_the_one_that_ends_more_alike_gets_the_photo() -> None:
    files = ["/me/trip/a.jpg", "/me/copies/a.jpg"]
    assert matched(files, ["/disk/trip/a.jpg"]) == {"/me/trip/a.jpg": "/disk/trip/a.jpg"}


def test_a_photo_found_at_its_own_path_is_no_other_file(tmp_path: Path) -> None:
    own, other = tmp_path / "1" / "trip" / "a.jpg", tmp_path / "2" / "trip" / "a.jpg"
    assert matched([str(other), str(own)], [str(own)]) == {str(own): str(own)}


def test_a_name_alone_is_not_enough_where_the_photo_is_elsewhere_on_this_computer(tmp_path: Path) -> None:
    there = tmp_path / "there" / "a.jpg"
    there.parent.mkdir()
    assert matched([str(tmp_path / "here" / "a.jpg")], [str(there)]) == {
        str(tmp_path / "here" / "a.jpg"): f"{there}?"
    }
    there.touch()
    assert matched([str(tmp_path / "here" / "a.jpg")], [str(there)]) == {}


def test_what_is_not_found_is_named() -> None:
    found, missing, unclear = match_photos([], [CatalogPhoto("/disk/a.jpg"), CatalogPhoto("/disk/b.jpg")])
    assert (found, missing, unclear) == ({}, ["a.jpg", "b.jpg"], [])


def test_very_many_photos_of_one_name_take_no_long_time() -> None:
    files = [Path(f"/me/{number}/DCIM/IMG_0001.JPG") for number in range(5_000)]
    photos = [CatalogPhoto(f"/disk/{number}/dcim/img_0001.jpg") for number in range(20_000)]
    found, missing, _ = match_photos(files, photos)
    assert (len(found), len(missing)) == (5_000, 15_000)
    assert found[files[77]].photo is photos[77]


@pytest.mark.parametrize("size", [(600, 400), (400, 600)])
def test_a_photo_of_the_same_name_alone_must_have_its_size(tmp_path: Path, size: tuple[int, int]) -> None:
    marked = MarkedPhoto(Path("/gone/away/a.jpg"), (600, 400), [("Ann", ANN)])
    photo = tmp_path / "a.jpg"
    source = LightroomSource(make_lightroom(tmp_path / "c.lrcat", Path("/gone"), [marked]), [photo])
    assert source.may_name(photo)
    assert [found.named[0].name for _, found in source.names_of(photo, *size, 1) if found.named] == (
        ["Ann"] if size == (600, 400) else []
    )
    assert source.names_of(photo, 601, 400, 1) == []
    assert [(left.kind.value, left.examples) for left in source.unused().skipped] == [
        ("photo not found", ["a.jpg"])
    ]


def test_a_digikam_collection_that_moved_with_its_database_is_found(tmp_path: Path) -> None:
    root = Path("/media/old disk/Bilder")
    marked = [
        MarkedPhoto(root / "a.jpg", (600, 400), [("Ann", ANN)]),
        MarkedPhoto(root / "2019" / "a.jpg", (600, 400), [("Ben", ANN)]),
    ]
    photos = [tmp_path / "a.jpg", tmp_path / "2019" / "a.jpg"]
    source = DigikamSource(make_digikam(tmp_path / "digikam4.db", root, marked), photos)
    named = [source.names_of(photo, 300, 200, 1)[0][1].named[0].name for photo in photos]
    assert named == ["Ann", "Ben"]


@pytest.mark.parametrize(
    "identifier", ["volumeid:?path=%2Fdisk%2Fmy%20photos", "networkshareid:?mountpath=/disk/my%20photos"]
)
def test_the_root_of_a_digikam_collection_is_read_from_its_address(tmp_path: Path, identifier: str) -> None:
    root, photo = Path("/disk/my photos"), Path("/disk/my photos/trip/a.jpg")
    marked = MarkedPhoto(photo, (600, 400), [("Ann", ANN)])
    path = make_digikam(tmp_path / "digikam4.db", root, [marked], identifier=identifier)
    (read,) = DigikamSource(path, []).read().photos
    assert read.path == str(photo)


def test_a_lightroom_catalogue_that_moved_with_its_photos_is_found(tmp_path: Path) -> None:
    root, photo = Path("C:/Users/me/Pictures"), tmp_path / "a.jpg"
    marked = [
        MarkedPhoto(root / "a.jpg", (600, 400), [("Ann", ANN)]),
        MarkedPhoto(root / "b" / "a.jpg", (600, 400), [("Ben", ANN)]),
    ]
    catalog = tmp_path / "Lightroom" / "c.lrcat"
    catalog.parent.mkdir()
    source = LightroomSource(make_lightroom(catalog, root, marked, relative="../"), [photo])
    ((_, found),) = source.names_of(photo, 300, 200, 1)
    assert [region.name for region in found.named] == ["Ann"]


@pytest.mark.parametrize(
    "path",
    [
        *("//evil/share/a.jpg", "//?/UNC/evil/share/a.jpg", "/proc/self/root/evil/a.jpg"),
        *("/tmp/../proc/self/root/evil/a.jpg", "/x/..//..//proc/1/root/evil/a.jpg"),
    ],
)
def test_a_catalogue_does_not_make_the_program_contact_other_computers(
    path: str, tmp_path: Path, stat_calls: list[str]
) -> None:
    assert matched([str(tmp_path / "a.jpg")], [path]) == {str(tmp_path / "a.jpg"): f"{path}?"}
    matched([str(tmp_path / "a.jpg")], ["/nowhere/seen/a.jpg"])
    assert [seen for seen in stat_calls if "seen" in seen], "the calls are recorded"
    assert not [seen for seen in stat_calls if "evil" in seen]


def test_a_file_of_the_same_name_is_not_the_photo_that_is_elsewhere_on_the_users_own_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Path, "exists", lambda path: True)
    assert matched(["//nas/photos/new/a.jpg"], ["//nas/photos/old/a.jpg"]) == {}
    assert matched(["//nas/photos/new/a.jpg"], ["//evil/photos/old/a.jpg"]) != {}
