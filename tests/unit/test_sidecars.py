"""Faces' names in XMP side-cars, ours and those of other programs."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageDraw

from face_match import sidecars
from face_match.errors import SidecarUnreadableError, SidecarWriteError
from face_match.sidecars import NamedRegion, new_sidecar, read_regions, sidecar_of, write_regions
from face_match.types import Box
from face_match.vision.images import load_photo

FOREIGN = {path.stem: path.read_bytes().decode() for path in (Path(__file__).parent / "sidecars").iterdir()}
"""What the programs write, in their forms of RDF: one face is Ada’s, and there may be a pet or a stranger."""

DIGIKAM = FOREIGN["digiKam"]
SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:m="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:a="http://ns.adobe.com/xmp/sType/Area#"'
)
ADA = NamedRegion("Ada Lovelace", Box(150.0, 80.0, 90.0, 40.0))
GRACE = NamedRegion("Grace Hopper", Box(300.0, 200.0, 120.0, 100.0))


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "party.jpg.xmp"


def nearly(region: NamedRegion, within: float = 0.01) -> NamedRegion:
    return region._replace(box=pytest.approx(region.box, abs=within))


def with_regions(inside: str) -> str:
    return f"<rdf:RDF {SPACES}><rdf:Description>{inside}</rdf:Description></rdf:RDF>"


def with_item(inside: str) -> str:
    listed = f"<m:RegionList><rdf:Bag>{inside}</rdf:Bag></m:RegionList>"
    return with_regions(f'<m:Regions rdf:parseType="Resource">{listed}</m:Regions>')


@pytest.mark.parametrize("program", ["digiKam", "Lightroom", "exiftool"])
def test_named_faces_of_another_program_are_read_and_pets_and_unnamed_faces_are_not(
    sidecar: Path, program: str
) -> None:
    sidecar.write_text(FOREIGN[program], "utf-8")
    assert read_regions(sidecar, 600, 400, 1) == [nearly(ADA)]


@pytest.mark.parametrize("program", ["digiKam", "Lightroom", "exiftool"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_all_that_another_program_wrote_is_kept_to_the_byte(
    sidecar: Path, program: str, encoding: str
) -> None:
    before = FOREIGN[program].encode(encoding)
    sidecar.write_bytes(before)
    assert write_regions(sidecar, [ADA, GRACE], 600, 400, 1) == 1
    after = sidecar.read_bytes()
    same = next(at for at, byte in enumerate(before) if after[at] != byte)
    assert after.endswith(before[same:])
    assert read_regions(sidecar, 600, 400, 1) == [nearly(ADA), nearly(GRACE)]
    ElementTree.fromstring(after)


@pytest.mark.parametrize(
    "document",
    [
        f"<rdf:RDF {SPACES}/>",
        f"<rdf:RDF {SPACES}></rdf:RDF>",
        with_regions('<m:Regions rdf:parseType="Resource"/>'),
        with_regions("<m:Regions/>"),
        with_regions("<m:Regions ></m:Regions>"),
        with_regions("<m:Regions><rdf:Description x='1>' /></m:Regions>"),
        with_regions('<m:Regions rdf:parseType="Resource"><m:RegionList\n/></m:Regions>'),
        with_item("").replace("<rdf:Bag></rdf:Bag>", "<rdf:Bag />"),
        with_item("").replace("rdf:Bag", "rdf:Seq"),
        with_item("<rdf:li/>"),
        with_item("").replace("<rdf:Bag></rdf:Bag>", "<a:odd/>"),
    ],
)
def test_faces_are_added_to_whatever_there_is_of_a_list(sidecar: Path, document: str) -> None:
    sidecar.write_text(document, "utf-8")
    assert write_regions(sidecar, [ADA], 600, 400, 1) == 1
    assert read_regions(sidecar, 600, 400, 1) == [nearly(ADA)]
    assert write_regions(sidecar, [GRACE, ADA], 600, 400, 1) == 1
    assert read_regions(sidecar, 600, 400, 1) == [nearly(ADA), nearly(GRACE)]
    root = ElementTree.fromstring(sidecar.read_bytes())
    for name in ("Regions", "RegionList"):
        assert len([*root.iter(f"{{http://www.metadataworkinggroup.com/schemas/regions/}}{name}")]) == 1


def test_a_side_car_with_prefixes_of_its_own_gets_no_others(sidecar: Path) -> None:
    sidecar.write_text(with_item(""), "utf-8")
    write_regions(sidecar, [ADA], 600, 400, 1)
    assert "mwg-rs:" not in sidecar.read_text("utf-8")
    assert "stArea:" not in sidecar.read_text("utf-8")


def test_a_prefix_that_means_two_things_does_no_harm(sidecar: Path) -> None:
    again = 'xmlns:a="http://ns.adobe.com/xap/1.0/sType/Dimensions#"'
    sidecar.write_text(with_regions(f"<rdf:value {again}/><m:Regions/>"), "utf-8")
    assert write_regions(sidecar, [ADA], 600, 400, 1) == 1
    assert read_regions(sidecar, 600, 400, 1) == [nearly(ADA)]


def test_regions_for_a_side_car_about_something_are_about_the_same(sidecar: Path) -> None:
    about = with_regions("<a:b/>").replace("<rdf:Description>", '<rdf:Description rdf:about="uuid:1&amp;2">')
    sidecar.write_text(about, "utf-8")
    write_regions(sidecar, [ADA], 600, 400, 1)
    assert sidecar.read_text("utf-8").count('rdf:about="uuid:1&amp;2"') == 2


def test_a_new_side_car_is_made_with_the_size_of_the_stored_image(sidecar: Path) -> None:
    assert write_regions(sidecar, [ADA], 600, 400, 6) == 1
    root = ElementTree.fromstring(sidecar.read_bytes())
    size = [root.findtext(f".//{{http://ns.adobe.com/xap/1.0/sType/Dimensions#}}{side}") for side in "wh"]
    assert size == ["400", "600"]
    assert sidecar.read_bytes().startswith(b"<?xpacket begin=")


def test_the_same_faces_make_the_same_side_car(sidecar: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xmp"
    for path in (sidecar, other):
        write_regions(path, [ADA, GRACE], 600, 400, 3)
    assert sidecar.read_bytes() == other.read_bytes()


def test_a_face_that_is_there_under_its_name_is_not_added_again_and_nothing_is_written(sidecar: Path) -> None:
    assert write_regions(sidecar, [ADA, ADA, GRACE], 600, 400, 1) == 2
    before, written = sidecar.read_bytes(), sidecar.stat()
    moved = ADA._replace(name="ada LOVELACE", box=ADA.box._replace(x=ADA.box.x + 20))
    assert write_regions(sidecar, [moved, GRACE], 600, 400, 1) == 0
    assert sidecar.read_bytes() == before
    assert sidecar.stat().st_mtime_ns == written.st_mtime_ns
    assert sidecar.stat().st_ino == written.st_ino


def test_another_name_on_a_face_and_the_same_name_elsewhere_are_added(sidecar: Path) -> None:
    write_regions(sidecar, [ADA], 600, 400, 1)
    elsewhere = ADA._replace(box=ADA.box._replace(x=ADA.box.x + 60))
    assert write_regions(sidecar, [ADA._replace(name="Augusta King"), elsewhere], 600, 400, 1) == 2


def test_nothing_to_add_makes_no_side_car(sidecar: Path) -> None:
    nowhere = [Box(700, 0, 50, 50), Box(-60, 10, 50, 50), Box(10, 10, 0, 50), Box(float("nan"), 0, 9, 9)]
    regions = [NamedRegion(" \x00\n", ADA.box), *(NamedRegion("Ada", box) for box in nowhere)]
    assert write_regions(sidecar, regions, 600, 400, 1) == 0
    assert not sidecar.exists()


def test_a_box_that_reaches_past_the_edge_ends_there(sidecar: Path) -> None:
    past = NamedRegion("Ada", Box(-80.0, 350.0, 100.0, 100.0))
    for added in (1, 0):
        assert write_regions(sidecar, [past], 600, 400, 8) == added
    assert read_regions(sidecar, 600, 400, 8) == [nearly(NamedRegion("Ada", Box(0, 350, 20, 50)))]


def test_regions_follow_a_photo_that_was_scaled(sidecar: Path) -> None:
    write_regions(sidecar, [ADA], 600, 400, 1)
    half = NamedRegion(ADA.name, Box(*(value / 2 for value in ADA.box)))
    assert read_regions(sidecar, 300, 200, 1) == [nearly(half)]
    assert read_regions(sidecar, 300, 400, 1)[0].box.height == pytest.approx(ADA.box.height, abs=0.01)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_region_lies_on_the_right_pixels_of_the_upright_photo(tmp_path: Path, orientation: int) -> None:
    stored = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(stored).rectangle((150, 80, 239, 119), fill="red")
    exif = stored.getexif()
    exif[ExifTags.Base.Orientation] = orientation
    path = tmp_path / "party.png"
    stored.save(path, exif=exif)
    photo = load_photo(path)
    rows, columns = np.nonzero(photo.pixels[:, :, 1] == 0)
    red = Box(columns.min(), rows.min(), columns.max() - columns.min() + 1, rows.max() - rows.min() + 1)
    sidecar = new_sidecar(path)
    sidecar.write_text(DIGIKAM, "utf-8")
    assert read_regions(sidecar, photo.width, photo.height, orientation) == [
        nearly(NamedRegion(ADA.name, red))
    ]
    sidecar.unlink()
    written = NamedRegion("Ada Lovelace", red)
    write_regions(sidecar, [written], photo.width, photo.height, orientation)
    assert read_regions(sidecar, photo.width, photo.height, orientation) == [nearly(written)]
    area = ElementTree.fromstring(sidecar.read_bytes()).iter("{http://ns.adobe.com/xmp/sType/Area#}x")
    assert [float(x.text or "") for x in area] == [pytest.approx(0.325)]


def test_an_orientation_that_there_is_not_counts_as_upright(sidecar: Path) -> None:
    sidecar.write_text(DIGIKAM, "utf-8")
    assert read_regions(sidecar, 600, 400, 0) == read_regions(sidecar, 600, 400, 1)


NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
PARTS = st.floats(0, 0.7)


@given(
    name=NAMES,
    corner=st.tuples(PARTS, PARTS),
    size=st.tuples(st.integers(100, 9000), st.integers(100, 9000)),
    orientation=st.integers(1, 8),
)
def test_what_is_written_is_read_again(
    name: str, corner: tuple[float, float], size: tuple[int, int], orientation: int
) -> None:
    width, height = size
    box = Box(corner[0] * width, corner[1] * height, 0.3 * width, 0.3 * height)
    regions = [NamedRegion(" ".join(f"{number}{name}".split()), box) for number in (1, 2)]
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "party.jpg.xmp"
        assert write_regions(sidecar, regions, *size, orientation) == 2
        assert read_regions(sidecar, *size, orientation) == [
            nearly(region, within=0.02) for region in regions
        ]
        assert write_regions(sidecar, regions, *size, orientation) == 0


@given(st.text())
def test_no_name_makes_a_damaged_side_car_or_a_face_that_is_added_twice(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "party.jpg.xmp"
        for added in (1, 0):
            assert write_regions(sidecar, [NamedRegion(f"1{name}", ADA.box)], 600, 400, 1) == added
        assert read_regions(sidecar, 600, 400, 1)[0].name.startswith("1")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<b>Ada & \"Grace\"</b> 'x' ]]>", "<b>Ada & \"Grace\"</b> 'x' ]]>"),
        ("Ay\u015fe \U0001f642 \u05d0\u05d1", "Ay\u015fe \U0001f642 \u05d0\u05d1"),
        ("A\x00d\x1ba\ud800\ufffe", "Ada"),
        (" Ada\r\n\tLovelace ", "Ada Lovelace"),
        ("&amp;lt;&#65;", "&amp;lt;&#65;"),
    ],
)
def test_a_name_is_kept_but_for_what_xml_cannot_hold(sidecar: Path, name: str, kept: str) -> None:
    assert write_regions(sidecar, [NamedRegion(name, ADA.box)], 600, 400, 1) == 1
    assert [region.name for region in read_regions(sidecar, 600, 400, 1)] == [kept]
    assert write_regions(sidecar, [NamedRegion(name, ADA.box)], 600, 400, 1) == 0


@pytest.mark.parametrize(
    "area",
    [
        'a:x="0.5" a:y="0.5" a:w="0.1"',
        'a:x="0.5" a:y="0.5" a:d="0.1"',
        'a:x="0.5" a:y="0.5" a:w="0" a:h="0.1"',
        'a:x="0.5" a:y="0.5" a:w="-0.1" a:h="0.1"',
        'a:x="nan" a:y="0.5" a:w="0.1" a:h="0.1"',
        'a:x="0.5" a:y="0.5" a:w="inf" a:h="0.1"',
        'a:x="0,5" a:y="0.5" a:w="0.1" a:h="0.1"',
        'a:x="300" a:y="200" a:w="50" a:h="50" a:unit="pixel"',
        'a:x="300" a:y="200" a:w="50" a:h="50"',
    ],
)
def test_what_is_no_rectangle_in_the_photo_is_passed_over(sidecar: Path, area: str) -> None:
    sidecar.write_text(with_item(f'<rdf:li m:Name="Ada" m:Type="Face"><m:Area {area}/></rdf:li>'), "utf-8")
    assert read_regions(sidecar, 600, 400, 1) == []


def test_a_region_without_a_type_or_a_unit_is_a_face(sidecar: Path) -> None:
    area = '<m:Area a:x="0.325" a:y="0.25" a:w="0.15" a:h="0.1"/>'
    sidecar.write_text(with_item(f'<rdf:li m:Name="Ada Lovelace">{area}</rdf:li><rdf:li/>'), "utf-8")
    assert read_regions(sidecar, 600, 400, 1) == [nearly(ADA)]


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
FILE_OF_ANOTHER = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

DAMAGED = {
    "empty": (b"", "damaged XML"),
    "cut off": (DIGIKAM.encode()[:900], "damaged XML"),
    "no XML": (b"\xff\xd8\xff\xe0 a JPEG", "not in UTF-8"),
    "zeros": (bytes(400), "damaged XML"),
    "a bomb": (BOMB.encode() + f"<rdf:RDF {SPACES}>&b;</rdf:RDF>".encode(), "document type"),
    "another file": (FILE_OF_ANOTHER.encode() + f"<rdf:RDF {SPACES}>&a;</rdf:RDF>".encode(), "document type"),
    "an unknown entity": (f"<rdf:RDF {SPACES}>&b;</rdf:RDF>".encode(), "damaged XML"),
    "another encoding": (b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>', "ISO-8859-1"),
    "no XMP": (b"<html><body/></html>", "not XMP"),
    "half of a UTF-16 character": (DIGIKAM.encode("utf-16")[:-1], "not in UTF-8"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_side_car_is_an_error_with_its_reason_and_stays_as_it_is(sidecar: Path, kind: str) -> None:
    content, reason = DAMAGED[kind]
    sidecar.write_bytes(content)
    for attempt in (
        lambda: read_regions(sidecar, 600, 400, 1),
        lambda: write_regions(sidecar, [ADA], 600, 400, 1),
    ):
        with pytest.raises(SidecarUnreadableError) as caught:
            attempt()
        assert caught.value.name == sidecar.name
        assert reason in caught.value.reason
    assert sidecar.read_bytes() == content
    assert [*sidecar.parent.iterdir()] == [sidecar]


def test_a_side_car_of_a_hundred_thousand_levels_is_read(sidecar: Path) -> None:
    sidecar.write_text(with_regions("<b>" * 100_000 + "</b>" * 100_000), "utf-8")
    assert read_regions(sidecar, 600, 400, 1) == []


def test_a_side_car_that_is_too_large_is_not_read(sidecar: Path) -> None:
    with sidecar.open("wb") as file:
        file.truncate(sidecars.MAX_FILE_BYTES + 1)
    with pytest.raises(SidecarUnreadableError, match="over 16 MB"):
        read_regions(sidecar, 600, 400, 1)


def test_a_folder_or_nothing_in_the_place_of_a_side_car_is_an_error(sidecar: Path) -> None:
    with pytest.raises(SidecarUnreadableError, match="No such file"):
        read_regions(sidecar, 600, 400, 1)
    sidecar.mkdir()
    for attempt in (
        lambda: read_regions(sidecar, 600, 400, 1),
        lambda: write_regions(sidecar, [ADA], 600, 400, 1),
    ):
        with pytest.raises(SidecarUnreadableError, match=r"Is a directory|not a file"):
            attempt()


def test_a_full_disk_leaves_the_old_side_car(sidecar: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no limit on a file's size")
    sidecar.write_text(DIGIKAM, "utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(SidecarWriteError) as caught:
            write_regions(sidecar, [GRACE], 600, 400, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.reason == "File too large"
    assert sidecar.read_text("utf-8") == DIGIKAM
    assert [*sidecar.parent.iterdir()] == [sidecar]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_leaves_the_old_side_car(sidecar: Path) -> None:
    sidecar.write_text(DIGIKAM, "utf-8")
    sidecar.parent.chmod(0o500)
    try:
        with pytest.raises(SidecarWriteError, match="Permission denied"):
            write_regions(sidecar, [GRACE], 600, 400, 1)
    finally:
        sidecar.parent.chmod(0o700)
    assert sidecar.read_text("utf-8") == DIGIKAM


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_side_car_stays_as_open_to_others_as_it_was_and_a_new_one_is_as_its_folder(tmp_path: Path) -> None:
    old, new = tmp_path / "old.xmp", tmp_path / "new.xmp"
    old.write_text(DIGIKAM, "utf-8")
    old.chmod(0o640)
    tmp_path.chmod(0o755)
    for path in (old, new):
        write_regions(path, [GRACE], 600, 400, 1)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o644]


@pytest.mark.skipif(os.name == "nt", reason="Windows wants a privilege for links")
@pytest.mark.parametrize("content", [DIGIKAM, None], ids=["to a file", "to nothing"])
def test_nothing_is_written_through_a_side_car_that_is_a_link(
    sidecar: Path, tmp_path: Path, content: str | None
) -> None:
    real = tmp_path / "real.xmp"
    if content is not None:
        real.write_text(content, "utf-8")
    sidecar.symlink_to(real)
    with pytest.raises(SidecarWriteError, match="link"):
        write_regions(sidecar, [GRACE], 600, 400, 1)
    assert real.exists() == (content is not None)
    assert content is None or real.read_text("utf-8") == content
    assert sidecar.is_symlink()


def test_the_side_car_with_the_whole_name_comes_before_the_one_with_the_stem(tmp_path: Path) -> None:
    photo = tmp_path / "party.2024.jpg"
    assert sidecar_of(photo) is None
    stem = tmp_path / "party.2024.xmp"
    stem.touch()
    assert sidecar_of(photo) == stem
    new_sidecar(photo).touch()
    assert sidecar_of(photo) == new_sidecar(photo) == tmp_path / "party.2024.jpg.xmp"
