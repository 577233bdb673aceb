"""Finding a photo's sidecars by its whole name or stem, in any case of the suffix."""

from __future__ import annotations

from pathlib import Path

import pytest

from face_match.metadata.sidecar_files import SidecarFiles, new_sidecar
from tests.sidecar_names import read_names
from tests.unit.metadata.sidecar_inputs import (
    ADA,
    DIGIKAM,
    area,
    rectangle,
    with_item,
    with_microsoft,
    with_regions,
)


def test_the_side_car_with_the_whole_name_comes_before_the_one_with_the_stem(tmp_path: Path) -> None:
    photo = tmp_path / "party.2024.jpg"
    assert (SidecarFiles().of(photo), SidecarFiles().may_have(photo)) == ([], False)
    stem = tmp_path / "party.2024.xmp"
    stem.touch()
    assert (SidecarFiles().of(photo), SidecarFiles().may_have(photo)) == ([stem], True)
    new_sidecar(photo).touch()
    assert SidecarFiles().of(photo) == [new_sidecar(photo), stem]
    assert new_sidecar(photo) == tmp_path / "party.2024.jpg.xmp"


@pytest.mark.parametrize("other", ["0001.png", "0001.JPEG", "0001.Tiff", "0001.heic"])
def test_the_side_car_of_a_stem_that_two_photos_have_is_of_the_one_that_has_no_other(
    tmp_path: Path, other: str
) -> None:
    photo, twin, of_stem = (tmp_path / name for name in ("0001.jpg", other, "0001.xmp"))
    photo.touch()
    of_stem.write_text(DIGIKAM, "utf-8")
    assert SidecarFiles().of(photo) == [of_stem]
    assert SidecarFiles().to_write(photo) == [of_stem]
    assert SidecarFiles().ambiguous(photo) is None
    twin.touch()
    both = sorted([photo, twin])
    for path in both:
        assert (SidecarFiles().of(path), SidecarFiles().may_have(path)) == ([], True)
        assert SidecarFiles().ambiguous(path) == (of_stem, both)
        assert SidecarFiles().to_write(path) == [new_sidecar(path)]
    new_sidecar(twin).touch()
    assert SidecarFiles().of(photo) == [of_stem]
    assert SidecarFiles().of(twin) == [tmp_path / f"{other}.xmp"]
    assert SidecarFiles().ambiguous(photo) is SidecarFiles().ambiguous(twin) is None
    assert (SidecarFiles().to_write(photo), SidecarFiles().to_write(twin)) == (
        [new_sidecar(photo)],
        [new_sidecar(twin)],
    )


def test_a_side_car_of_three_photos_is_unclear_until_one_is_left(tmp_path: Path) -> None:
    photos = [tmp_path / name for name in ("1.jpg", "1.png", "1.tif")]
    for path in photos:
        path.touch()
    (tmp_path / "1.xmp").write_text(DIGIKAM, "utf-8")
    assert [SidecarFiles().ambiguous(path) for path in photos] == [(tmp_path / "1.xmp", photos)] * 3
    new_sidecar(photos[1]).touch()
    clear = [SidecarFiles().ambiguous(path) for path in photos]
    assert clear == [(tmp_path / "1.xmp", photos[::2]), None, (tmp_path / "1.xmp", photos[::2])]
    new_sidecar(photos[0]).touch()
    assert [SidecarFiles().ambiguous(path) for path in photos] == [None] * 3
    assert SidecarFiles().of(photos[2]) == [tmp_path / "1.xmp"]
    new_sidecar(photos[2]).write_text(with_regions(""), "utf-8")
    assert [SidecarFiles().ambiguous(path) for path in photos] == [(tmp_path / "1.xmp", photos)] * 3
    new_sidecar(photos[2]).write_text(DIGIKAM, "utf-8")
    assert [SidecarFiles().ambiguous(path) for path in photos] == [None] * 3, "its names are in another one"


@pytest.mark.parametrize(("content", "is_unclear"), [("", True), (with_regions(""), False)])
def test_a_shared_side_car_without_names_is_nothing_to_speak_of(
    tmp_path: Path, content: str, is_unclear: bool
) -> None:
    for name in ("1.jpg", "1.png"):
        (tmp_path / name).touch()
    (tmp_path / "1.xmp").write_text(content, "utf-8")
    assert (SidecarFiles().ambiguous(tmp_path / "1.jpg") is not None) == is_unclear


@pytest.mark.parametrize(
    ("photo", "sidecar"),
    [
        *(("1.jpg", "1.jpg.XMP"), ("1.jpg", "1.XMP"), ("1.JPG", "1.jpg.xmp"), ("1.JPG", "1.jpg.XMP")),
        *(("1.jpg", "1.JPG.xmp"), ("1.Jpg", "1.jpg.xmp"), ("1.jpg", "1.Xmp")),
    ],
)
def test_the_case_of_suffixes_does_not_count(tmp_path: Path, photo: str, sidecar: str) -> None:
    (tmp_path / photo).touch()
    (tmp_path / sidecar).write_text(DIGIKAM, "utf-8")
    (found,) = SidecarFiles().of(tmp_path / photo)
    assert found.samefile(tmp_path / sidecar)
    assert SidecarFiles().to_write(tmp_path / photo)[0].samefile(tmp_path / sidecar)


def test_where_the_case_counts_each_photo_has_the_side_car_of_its_own_spelling(tmp_path: Path) -> None:
    small, large = tmp_path / "1.jpg", tmp_path / "1.JPG"
    for path in (small, large):
        path.touch()
    if small.samefile(large):
        pytest.skip("case does not count here")
    new_sidecar(small).touch()
    assert (SidecarFiles().of(small), SidecarFiles().of(large)) == ([new_sidecar(small)], [])
    (tmp_path / "1.xmp").touch()
    assert SidecarFiles().of(large) == [tmp_path / "1.xmp"]


@pytest.mark.parametrize("other", ["0001.txt", "0001.mov", "0001-1.png", "00010.png", "folder"])
def test_other_files_leave_a_photo_the_side_car_of_its_stem(tmp_path: Path, other: str) -> None:
    of_stem = tmp_path / "0001.xmp"
    of_stem.touch()
    (tmp_path / "0001.gif").mkdir()
    (tmp_path / other).touch()
    assert (
        SidecarFiles().of(tmp_path / "0001.jpg")
        == SidecarFiles().to_write(tmp_path / "0001.jpg")
        == [of_stem]
    )


@pytest.mark.parametrize("raw", ["IMG_1.CR2", "IMG_1.nef", "IMG_1.Dng"])
def test_the_side_car_of_a_raw_photo_is_read_for_its_jpeg_and_not_written(tmp_path: Path, raw: str) -> None:
    photo, of_stem = tmp_path / "IMG_1.jpg", tmp_path / "IMG_1.xmp"
    (tmp_path / raw).touch()
    of_stem.write_text(DIGIKAM, "utf-8")
    assert SidecarFiles().of(photo) == [of_stem]
    assert SidecarFiles().to_write(photo) == [new_sidecar(photo)]
    assert read_names(of_stem, 600, 400, 1).are_trusted
    turned = read_names(of_stem, 600, 400, 3)
    assert not turned.are_trusted
    assert turned.reason == "its regions are of the raw photo, which is turned differently"
    new_sidecar(photo).write_text(DIGIKAM, "utf-8")
    assert read_names(new_sidecar(photo), 600, 400, 3).are_trusted
    (tmp_path / "IMG_1.png").touch()
    new_sidecar(photo).unlink()
    assert SidecarFiles().of(photo) == []


NAMELESS = with_item(f'<rdf:li m:Type="Face"><m:Area {area(ADA.box)}/></rdf:li>')


@pytest.mark.parametrize(
    ("whole", "stem", "written"),
    [
        (with_regions(""), DIGIKAM, "stem"),
        (NAMELESS, DIGIKAM, "stem"),
        (
            NAMELESS,
            with_microsoft(f"<rdf:li MPReg:Rectangle='{rectangle(ADA.box)}' MPReg:PersonDisplayName='A'/>"),
            "stem",
        ),
        (DIGIKAM, DIGIKAM, "both"),
        (DIGIKAM, NAMELESS, "whole"),
        (NAMELESS, with_regions(""), "whole"),
        ("damaged", DIGIKAM, "both"),
        (NAMELESS, "damaged", "stem"),
    ],
)
def test_of_two_side_cars_those_that_name_a_face_are_written_and_both_are_read(
    tmp_path: Path, whole: str, stem: str, written: str
) -> None:
    photo, of_stem = tmp_path / "a.jpg", tmp_path / "a.xmp"
    of_stem.write_text(stem, "utf-8")
    new_sidecar(photo).write_text(whole, "utf-8")
    both = [new_sidecar(photo), of_stem]
    expected = {"stem": [of_stem], "whole": [new_sidecar(photo)], "both": both}[written]
    assert SidecarFiles().to_write(photo) == expected
    assert SidecarFiles().of(photo) == [new_sidecar(photo), of_stem]


def for_extension(extension: str, *, is_attribute: bool = True) -> str:
    space = 'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    if is_attribute:
        stated = f'<rdf:Description {space} photoshop:SidecarForExtension="{extension}"/>'
    else:
        inside = f"<photoshop:SidecarForExtension>{extension}</photoshop:SidecarForExtension>"
        stated = f"<rdf:Description {space}>{inside}</rdf:Description>"
    return DIGIKAM.replace("</rdf:RDF>", f"{stated}</rdf:RDF>")


@pytest.mark.parametrize("is_attribute", [True, False])
@pytest.mark.parametrize(
    ("extension", "owner"), [("JPG", "1.jpg"), ("png", "1.png"), (".PNG", "1.png"), ("", None), ("CR2", None)]
)
def test_a_shared_sidecar_belongs_to_the_photo_whose_suffix_it_states(
    tmp_path: Path, extension: str, owner: str | None, is_attribute: bool
) -> None:
    photos = [tmp_path / "1.jpg", tmp_path / "1.png"]
    for path in photos:
        path.touch()
    of_stem = tmp_path / "1.xmp"
    of_stem.write_text(for_extension(extension, is_attribute=is_attribute), "utf-8")
    files = SidecarFiles()
    assert {path.name for path in photos if files.of(path) == [of_stem]} == ({owner} if owner else set())
    assert [files.ambiguous(path) is None for path in photos] == [owner is not None] * 2


def test_a_sidecar_that_states_a_raw_photo_is_not_trusted_in_another_turn(tmp_path: Path) -> None:
    of_stem = tmp_path / "1.xmp"
    of_stem.write_text(for_extension("NEF"), "utf-8")
    assert SidecarFiles().of(tmp_path / "1.jpg") == [of_stem]
    assert read_names(of_stem, 600, 400, 1).are_trusted
    turned = read_names(of_stem, 600, 400, 3)
    assert (turned.are_trusted, turned.reason) == (
        False,
        "its regions are of the raw photo, which is turned differently",
    )
    of_stem.write_text(for_extension("JPG"), "utf-8")
    assert read_names(of_stem, 600, 400, 3).are_trusted


@pytest.mark.parametrize("sidecar", ["IMG_1.XMP", "img_1.xmp", "Img_1.Xmp", "IMG_1.jpg.xMP", "img_1.JPG.XMP"])
def test_a_sidecar_is_found_in_any_case_of_the_whole_name(tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "IMG_1.jpg").touch()
    (tmp_path / sidecar).write_text(DIGIKAM, "utf-8")
    assert SidecarFiles().of(tmp_path / "IMG_1.jpg") == [tmp_path / sidecar]


def test_a_sidecar_is_found_in_another_composition_of_letters(tmp_path: Path) -> None:
    photo, sidecar = tmp_path / "M\u00fcller.jpg", tmp_path / "Mu\u0308ller.jpg.xmp"
    for path in (photo, sidecar):
        path.touch()
    assert SidecarFiles().of(photo) == [sidecar]


def test_photos_whose_stems_differ_in_case_have_each_their_own_sidecar(tmp_path: Path) -> None:
    for name in ("a.jpg", "A.jpg", "a.xmp", "A.xmp"):
        (tmp_path / name).touch()
    if (tmp_path / "a.jpg").samefile(tmp_path / "A.jpg"):
        pytest.skip("case does not count here")
    files = SidecarFiles()
    assert files.of(tmp_path / "a.jpg") == [tmp_path / "a.xmp"]
    assert files.of(tmp_path / "A.jpg") == [tmp_path / "A.xmp"]
