"""Which JSON file of Google Takeout belongs to which photo, and what is read from it.

Most names are those of real exports, from the tests of immich-go (adapters/googlePhotos/matcher_test.go).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from face_match.core.errors import NamesUnreadableError
from face_match.metadata.google_takeout import TakeoutSource
from face_match.metadata.name_sources import NamesInPhoto
from tests.unit.metadata.catalog_inputs import make_takeout

LONG = "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2"
EMOJI = "😀😃😄😁😆😅😂🤣🥲☺️😊😇🙂🙃😉😌😍🥰😘😗😙😚😋"


def read(photo: Path) -> NamesInPhoto | None:
    source = TakeoutSource()
    found = source.names_of(photo, 100, 100, 1)
    assert source.may_date(photo) or not found
    assert source.may_name(photo) == bool(found and found[0][1].hints)
    return found[0][1] if found else None


@pytest.mark.parametrize(
    ("json_name", "photo_name"),
    [
        ("PXL_20211013_220651983.jpg.json", "PXL_20211013_220651983.jpg"),
        ("IMG_1.jpg.supplemental-metadata.json", "IMG_1.jpg"),
        ("IMG_1.jpg.supplemental-metada.json", "IMG_1.jpg"),
        ("IMG_1.jpg.suppl.json", "IMG_1.jpg"),
        ("IMG_1.jpg.s.json", "IMG_1.jpg"),
        ("IMG_1.jpg..json", "IMG_1.jpg"),
        ("IMG_1.JPG.json", "IMG_1.jpg"),
        ("DSC_0101.JPG(1).json", "DSC_0101(1).JPG"),
        ("IMG_2710.HEIC(12).json", "IMG_2710(12).HEIC"),
        ("IMG_1(1).jpg.json", "IMG_1(1).jpg"),
        ("IMG_1(1).jpg.supplemental-metadata.json", "IMG_1(1).jpg"),
        ("IMG_1.jpg.supplemental-metadata(1).json", "IMG_1(1).jpg"),
        ("IMG_1.jpg.supplemental-meta(2).json", "IMG_1(2).jpg"),
        ("PXL_20220405_090123740.PORTRAIT.jpg.json", "PXL_20220405_090123740.PORTRAIT-modifié.jpg"),
        ("IMG_1.jpg.supplemental-metadata.json", "IMG_1-edited.jpg"),
        ("IMG_1.HEIC.json", "IMG_1-bearbeitet.jpg"),
        ("IMG_1.jpg(1).json", "IMG_1-edited(1).jpg"),
        (
            "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGIN.json",
            "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINA.jpg",
        ),
        (f"{LONG}.jp.json", f"{LONG}.jpg"),
        (f"{EMOJI}.json", f"{EMOJI}😛.jpg"),
        (
            "Backyard_ceremony_wedding_photography_xxxxxxx_(494).json",
            "Backyard_ceremony_wedding_photography_xxxxxxx_m(494).jpg",
        ),
        (
            "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_.json",
            "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_P.jpg",
        ),
        ("PXL_20210102_221126856.MP~2.jpg.json", "PXL_20210102_221126856.MP~2.jpg"),
        (
            "13039_327707840323_537645323_9470255_27214_n.j(1).json",
            "13039_327707840323_537645323_9470255_27214_n(1).jpg",
        ),
        (f"{'a' * 45}.json", f"{'a' * 45}😀.jpg"),
        ("IMG_1.MOV.json", "IMG_1.HEIC"),
        ("IMG_1.mp4.supplemental-metadata.json", "IMG_1.JPG"),
        ("IMG_1.json", "IMG_1.jpg"),
        ("Mu\u0308ller.jpg.json", "Müller.jpg"),
    ],
)
def test_a_photo_has_its_file(tmp_path: Path, json_name: str, photo_name: str) -> None:
    make_takeout(tmp_path / json_name, photo_name, ["Дочь", "Ann Lee"])
    (tmp_path / photo_name).touch()
    found = read(tmp_path / photo_name)
    assert found is not None
    assert (found.named, found.hints) == ([], ["Дочь", "Ann Lee"])


@pytest.mark.parametrize(
    ("json_name", "photo_name"),
    [
        ("PXL_20211013_220651983.jpg.json", "PXL_20211013_220651958.jpg"),
        ("DSC_0102.JPG(2).json", "DSC_0102(1).JPG"),
        ("DSC_0103.JPG(1).json", "DSC_0103.JPG"),
        ("DSC_0104.JPG.json", "DSC_0104(1).JPG"),
        ("PXL_20220405_090123740.PORTRAIT.jpg.json", "PXL_20220405_090123741.PORTRAIT-modifié.jpg"),
        (
            "Backyard_ceremony_wedding_photography_xxxxxxx_(494).json",
            "Backyard_ceremony_wedding_photography_xxxxxxx_m(185).jpg",
        ),
        ("IMG_1.jpg.something-else.json", "IMG_1.jpg"),
        (f"{'a' * 45}.json", f"{'a' * 50}.jpg"),
        (f"{'a' * 47}.json", f"{'a' * 50}.jpg"),
        ("IMG_12.jpg.json", "IMG_1.jpg"),
        ("IMG.json", "IMG_1.jpg"),
        ("metadata.json", "IMG_1.jpg"),
    ],
)
def test_a_file_of_another_photo_is_not_its_own(tmp_path: Path, json_name: str, photo_name: str) -> None:
    make_takeout(tmp_path / json_name, "x", ["Ann"])
    (tmp_path / photo_name).touch()
    assert read(tmp_path / photo_name) is None


def test_a_name_cut_off_that_two_photos_have_is_of_neither(tmp_path: Path) -> None:
    start = "a" * 46
    make_takeout(tmp_path / f"{start}.json", "x", ["Ann"])
    photos = [tmp_path / f"{start}{end}.jpg" for end in "bc"]
    photos[0].touch()
    assert read(photos[0]) is not None
    (tmp_path / f"{start}b-edited.jpg").touch()
    assert read(photos[0]) is not None, "an edited one is the same photo"
    photos[1].touch()
    assert [read(photo) for photo in photos] == [None, None]
    source = TakeoutSource()
    assert not any(map(source.may_name, photos))
    (left,) = source.unused().skipped
    assert (left.file.name, left.kind.value, left.count) == (f"{start}.json", "ambiguous", 1)


def test_photos_of_one_stem_do_not_share_a_file_without_a_suffix(tmp_path: Path) -> None:
    make_takeout(tmp_path / "a.json", "a", ["Ann"])
    (tmp_path / "a.jpg").touch()
    (tmp_path / "a.png").touch()
    assert read(tmp_path / "a.jpg") is None


def test_the_date_taken_is_read(tmp_path: Path) -> None:
    make_takeout(tmp_path / "a.jpg.json", "a.jpg", [], timestamp=1600596727)
    found = read(tmp_path / "a.jpg")
    assert found is not None
    assert found.taken == "2020-09-20T10:12:07"


@pytest.mark.parametrize("stamp", ["", "soon", "9" * 40, None, {}, "-62135596801"])
def test_a_date_that_is_none_is_unknown(tmp_path: Path, stamp: object) -> None:
    path = make_takeout(tmp_path / "a.jpg.json", "a.jpg", ["Ann"])
    content = json.loads(path.read_text())
    content["photoTakenTime"]["timestamp"] = stamp
    path.write_text(json.dumps(content))
    found = read(tmp_path / "a.jpg")
    assert found is not None
    assert (found.taken, found.hints) == ("", ["Ann"])


@pytest.mark.parametrize(
    "people",
    [None, "Ann", 7, {"name": "Ann"}, [None, 1, [], {}, {"name": 3}, {"name": ""}, {"name": " \x00"}]],
)
def test_people_in_another_form_are_none(tmp_path: Path, people: object) -> None:
    (tmp_path / "a.jpg.json").write_text(json.dumps({"title": "a.jpg", "people": people}))
    found = read(tmp_path / "a.jpg")
    assert found is not None
    assert found.hints == []


def test_names_are_bounded_and_each_is_there_once(tmp_path: Path) -> None:
    make_takeout(tmp_path / "a.jpg.json", "a.jpg", ["Ann", "Ann", *(f"P{number}" for number in range(5_000))])
    found = read(tmp_path / "a.jpg")
    assert found is not None
    assert (len(found.hints), found.hints[:2]) == (999, ["Ann", "P0"])


@pytest.mark.parametrize("content", ["[]", "3", '{"people": [{"name": "Ann"}]}'])
def test_json_of_other_programs_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.jpg.json").write_text(content)
    assert read(tmp_path / "a.jpg") is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\xfd", b"[" * 200_000, b" " * (5 << 20)])
def test_a_damaged_or_huge_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jpg.json").write_bytes(content)
    assert TakeoutSource().may_name(tmp_path / "a.jpg")
    with pytest.raises(NamesUnreadableError):
        read(tmp_path / "a.jpg")
