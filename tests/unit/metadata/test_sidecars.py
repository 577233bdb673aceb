"""Reading names of faces from XMP sidecars, the program's own and others."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageDraw

from face_match.core.errors import SidecarUnreadableError
from face_match.core.orientation import reorient_box
from face_match.core.types import Box
from face_match.metadata import sidecar_files
from face_match.metadata.face_regions import NamedRegion
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.sidecar_files import SidecarFiles, new_sidecar
from face_match.vision.photo_loading import load_photo
from tests.sidecar_names import read_names
from tests.unit.metadata.sidecar_inputs import (
    ADA,
    CASES,
    DIGIKAM,
    FOREIGN,
    GRACE,
    SPACES,
    add,
    area,
    named,
    nearly,
    rectangle,
    with_item,
    with_microsoft,
    with_regions,
)
from tests.written_regions import write_regions


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "party.jpg.xmp"


@pytest.mark.parametrize("program", ["digiKam", "Lightroom", "exiftool"])
def test_named_faces_of_another_program_are_read_and_pets_and_unnamed_faces_are_not(
    sidecar: Path, program: str
) -> None:
    sidecar.write_text(FOREIGN[program], "utf-8")
    assert named(sidecar, 600, 400, 1) == [nearly(ADA)]


def test_regions_follow_a_photo_that_was_scaled(sidecar: Path) -> None:
    add(sidecar, [ADA], 600, 400, 1)
    half = NamedRegion(ADA.name, Box(*(value / 2 for value in ADA.box)))
    assert named(sidecar, 300, 200, 1) == [nearly(half)]
    assert read_names(sidecar, 300, 200, 1).are_trusted


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
    assert named(sidecar, photo.width, photo.height, orientation) == [nearly(NamedRegion(ADA.name, red))]
    sidecar.unlink()
    written = NamedRegion("Ada Lovelace", red)
    add(sidecar, [written], photo.width, photo.height, orientation)
    assert named(sidecar, photo.width, photo.height, orientation) == [nearly(written)]
    area = ElementTree.fromstring(sidecar.read_bytes()).iter("{http://ns.adobe.com/xmp/sType/Area#}x")
    assert [float(x.text or "") for x in area] == [pytest.approx(0.325)]


def test_an_orientation_that_there_is_not_counts_as_upright(sidecar: Path) -> None:
    sidecar.write_text(DIGIKAM, "utf-8")
    assert named(sidecar, 600, 400, 0) == named(sidecar, 600, 400, 1)


@pytest.mark.parametrize(
    "area",
    [
        'a:x="0.5" a:y="0.5" a:w="0.1"',
        'a:x="0.5" a:y="0.5" a:d="0"',
        'a:x="0.5" a:y="0.5" a:w="1_0" a:h="0.1"',
        'a:x="5000" a:y="200" a:w="50" a:h="50" a:unit="pixel"',
        'a:x="0.5" a:y="0.5" a:w="0.1" a:h="0.1" a:unit="furlong"',
        'a:x="0.5" a:y="0.5" a:w="0" a:h="0.1"',
        'a:x="0.5" a:y="0.5" a:w="-0.1" a:h="0.1"',
        'a:x="nan" a:y="0.5" a:w="0.1" a:h="0.1"',
        'a:x="0.5" a:y="0.5" a:w="inf" a:h="0.1"',
    ],
)
def test_the_name_of_what_is_no_place_in_the_photo_is_given_as_not_read(sidecar: Path, area: str) -> None:
    sidecar.write_text(with_item(f'<rdf:li m:Name="Ada" m:Type="Face"><m:Area {area}/></rdf:li>'), "utf-8")
    found = read_names(sidecar, 600, 400, 1)
    assert (found.named, found.not_read) == ([], ["Ada"])


def test_a_region_without_a_type_or_a_unit_is_a_face(sidecar: Path) -> None:
    area = '<m:Area a:x="0.325" a:y="0.25" a:w="0.15" a:h="0.1"/>'
    sidecar.write_text(with_item(f'<rdf:li m:Name="Ada Lovelace">{area}</rdf:li><rdf:li/>'), "utf-8")
    assert named(sidecar, 600, 400, 1) == [nearly(ADA)]


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
    "another encoding": (b'<?xml version="1.0" encoding="Shift_JIS"?><a/>', "Shift_JIS"),
    "no XMP": (b"<html><body/></html>", "not XMP"),
    "half of a UTF-16 character": (DIGIKAM.encode("utf-16")[:-1], "not in UTF-8"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_side_car_is_an_error_with_its_reason_and_stays_as_it_is(sidecar: Path, kind: str) -> None:
    content, reason = DAMAGED[kind]
    sidecar.write_bytes(content)
    for attempt in (
        lambda: named(sidecar, 600, 400, 1),
        lambda: add(sidecar, [ADA], 600, 400, 1),
    ):
        with pytest.raises(SidecarUnreadableError) as caught:
            attempt()
        assert caught.value.name == sidecar.name
        assert reason in caught.value.reason
    assert sidecar.read_bytes() == content
    assert [*sidecar.parent.iterdir()] == [sidecar]


def test_a_side_car_of_a_hundred_thousand_levels_is_read(sidecar: Path) -> None:
    sidecar.write_text(with_regions("<b>" * 100_000 + "</b>" * 100_000), "utf-8")
    assert named(sidecar, 600, 400, 1) == []


def test_a_side_car_that_is_too_large_is_not_read(sidecar: Path) -> None:
    with sidecar.open("wb") as file:
        file.truncate(sidecar_files.MAX_FILE_BYTES + 1)
    with pytest.raises(SidecarUnreadableError, match="over 16 MB"):
        named(sidecar, 600, 400, 1)


def test_a_folder_or_nothing_in_the_place_of_a_side_car_is_an_error(sidecar: Path) -> None:
    with pytest.raises(SidecarUnreadableError, match="No such file"):
        named(sidecar, 600, 400, 1)
    sidecar.mkdir()
    for attempt in (
        lambda: named(sidecar, 600, 400, 1),
        lambda: add(sidecar, [ADA], 600, 400, 1),
    ):
        with pytest.raises(SidecarUnreadableError, match=r"Is a directory|not a file"):
            attempt()


def applied_to(width: object, height: object) -> str:
    sides = f'd:w="{width}" d:h="{height}" xmlns:d="http://ns.adobe.com/xap/1.0/sType/Dimensions#"'
    item = f'<rdf:li m:Name="Ada"><m:Area {area(ADA.box)}/></rdf:li>'
    listed = f"<m:RegionList><rdf:Bag>{item}</rdf:Bag></m:RegionList>"
    return with_regions(
        f"<m:Regions><rdf:Description><m:AppliedToDimensions {sides}/>{listed}</rdf:Description></m:Regions>"
    )


@pytest.mark.parametrize(
    ("sides", "photo", "is_trusted"),
    [
        ((600, 400), (600, 400, 1), True),
        ((6000, 4000), (300, 200, 3), True),
        ((6000, 4000), (100, 67, 1), True),
        ((6000, 500), (100, 8, 1), True),
        ((6016, 4016), (6000, 4000, 1), True),
        ((600, 400), (400, 600, 6), True),
        ((400, 600), (400, 600, 8), True),
        ((600.0, "400.00"), (600, 400, 0), True),
        ((900, 400), (320, 400, 1), False),
        ((600, 400), (400, 600, 1), False),
        ((400, 600), (600, 400, 3), False),
        ((600, 400), (500, 400, 1), False),
        ((600, 400), (600, 420, 1), False),
        ((6024, 4024), (3000, 2000, 1), True),
        ((4640, 3472), (1024, 768, 1), True),
        ((6000, 4000), (5950, 3930, 1), True),
        ((6000, 4000), (3000, 2030, 1), False),
        ((6000, 4000), (2900, 1960, 1), False),
        ((6000, 4000), (1960, 2900, 6), False),
        ((600, 400), (400, 400, 6), False),
        ((100, 8), (6000, 500, 1), False),
        ((9e8, 1e-300), (600, 400, 1), False),
        ((1e300, 1e-300), (600, 400, 1), True),
        ((0, 0), (600, 400, 1), True),
        (("nan", "inf"), (600, 400, 1), True),
        (("", "x"), (600, 400, 1), True),
    ],
)
def test_places_are_trusted_where_the_picture_has_the_shape_that_they_are_of(
    sidecar: Path, sides: tuple[object, object], photo: tuple[int, int, int], is_trusted: bool
) -> None:
    sidecar.write_text(applied_to(*sides), "utf-8")
    result = read_names(sidecar, *photo)
    assert result.are_trusted == is_trusted
    assert [region.name for region in result.named] == ["Ada"]
    if not is_trusted:
        width, height = (f"{side:.10g}" for side in sides if isinstance(side, (int, float)))
        assert result.reason == f"its regions are of another image ({width} × {height})"


@pytest.mark.parametrize(
    ("photo", "stated", "before"),
    [
        ((600, 400, 6), None, 6),
        ((600, 400, 5), None, 5),
        ((600, 400, 8), None, 8),
        ((300, 200, 7), None, 7),
        ((600, 400, 6), 6, 6),
        ((400, 600, 1), 8, 8),
        ((400, 600, 1), 6, 6),
        ((400, 600, 6), None, 1),
        ((600, 400, 1), None, 1),
        ((600, 400, 1), 8, 1),
        ((600, 400, 3), None, 1),
    ],
)
def test_places_are_in_the_upright_picture_where_that_alone_has_the_stated_size(
    sidecar: Path, photo: tuple[int, int, int], stated: int | None, before: int
) -> None:
    text = applied_to(600, 400)
    if stated is not None:
        space = 'xmlns:t="http://ns.adobe.com/tiff/1.0/"'
        text = text.replace("<rdf:Description>", f'<rdf:Description {space} t:Orientation="{stated}">', 1)
    sidecar.write_text(text, "utf-8")
    result = read_names(sidecar, *photo)
    width, height, orientation = photo
    size = (600, 400) if (width > height) else (400, 600)
    place = reorient_box(ADA.box, *size, before, orientation)
    scaled = Box(*(value * width / size[0] for value in place))
    assert result.are_trusted
    assert [nearly(region, 0.1) for region in result.named] == [NamedRegion("Ada", scaled)]
    again = [FacePlace(region.box, "Ada") for region in result.named]
    before_bytes = sidecar.read_bytes()
    assert write_regions(sidecar, again, *photo).kept == 1
    assert sidecar.read_bytes() == before_bytes
    other = scaled._replace(x=scaled.x - 90 if scaled.x > 100 else scaled.x + 90)
    assert write_regions(sidecar, [FacePlace(other, "Grace")], *photo).added == 1
    assert [nearly(region, 0.1) for region in read_names(sidecar, *photo).named] == [
        NamedRegion("Ada", scaled),
        NamedRegion("Grace", other),
    ]


def test_the_places_of_a_square_picture_are_in_the_stored_image(sidecar: Path) -> None:
    sidecar.write_text(applied_to(400, 400), "utf-8")
    (region,) = read_names(sidecar, 400, 400, 6).named
    box = Box(ADA.box.x / 1.5, ADA.box.y, ADA.box.width / 1.5, ADA.box.height)
    assert nearly(region, 0.1).box == reorient_box(box, 400, 400, 1, 6)


IPTC_ITEM = (
    '<rdf:li rdf:parseType="Resource" xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{who}'
    '<I:RegionBoundary I:rbShape="{shape}" I:rbUnit="{unit}" I:rbX="0.25" I:rbY="0.2" I:rbW="0.15"'
    ' I:rbH="0.1"/></rdf:li>'
)
IN_IMAGE = "<I:PersonInImage><rdf:Bag>{}</rdf:Bag></I:PersonInImage>"
TWO = IN_IMAGE.format("<rdf:li>Ada</rdf:li><rdf:li>Grace</rdf:li>")
PERSON = IN_IMAGE.format("<rdf:li>Ada Lovelace</rdf:li>")
NAME = '<I:Name><rdf:Alt><rdf:li xml:lang="x-default">Ada Lovelace</rdf:li></rdf:Alt></I:Name>'
KIND = (
    '<I:rCtype><rdf:Bag><rdf:li rdf:parseType="Resource"><x:Identifier xmlns:x="http://ns.adobe.com/xap/1.0/">'
    "<rdf:Bag><rdf:li>http://cv.iptc.org/newscodes/imageregiontype/{}</rdf:li></rdf:Bag></x:Identifier>"
    "</rdf:li></rdf:Bag></I:rCtype>"
)


def with_iptc(who: str, shape: str = "rectangle", unit: str = "relative", before: str = "") -> str:
    listed = f"<rdf:Bag>{IPTC_ITEM.format(who=who, shape=shape, unit=unit)}</rdf:Bag>"
    space = 'xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    return with_regions(f"{before}<I:ImageRegion {space}>{listed}</I:ImageRegion>")


@pytest.mark.parametrize("who", [PERSON, NAME + KIND.format("human"), PERSON + NAME + KIND.format("product")])
def test_iptc_s_rectangles_of_one_person_are_read(sidecar: Path, who: str) -> None:
    sidecar.write_text(with_iptc(who), "utf-8")
    found = read_names(sidecar, 600, 400, 1)
    assert (found.named, found.not_read) == ([nearly(ADA)], [])
    sideways = Box(400 - ADA.box.y - ADA.box.height, ADA.box.x, ADA.box.height, ADA.box.width)
    assert named(sidecar, 400, 600, 6) == [nearly(ADA._replace(box=sideways))]


@pytest.mark.parametrize(
    ("who", "shape", "unit", "names"),
    [
        (PERSON, "circle", "relative", ["Ada Lovelace"]),
        (PERSON, "polygon", "relative", ["Ada Lovelace"]),
        (PERSON, "rectangle", "", ["Ada Lovelace"]),
        (
            IN_IMAGE.format("<rdf:li>Ada</rdf:li><rdf:li>Grace</rdf:li>"),
            "rectangle",
            "relative",
            ["Ada", "Grace"],
        ),
        (NAME + KIND.format("product"), "rectangle", "relative", []),
        (NAME, "circle", "relative", []),
        ("", "rectangle", "relative", []),
    ],
)
def test_names_of_iptc_that_are_placed_otherwise_are_told(
    sidecar: Path, who: str, shape: str, unit: str, names: list[str]
) -> None:
    sidecar.write_text(with_iptc(who, shape, unit), "utf-8")
    found = read_names(sidecar, 600, 400, 1)
    assert (found.named, found.not_read) == ([], names)
    known = with_item(f'<rdf:li m:Name="ada lovelace"><m:Area {area(ADA.box)}/></rdf:li>')
    before = known.split("Description>")[1].removesuffix("</rdf:")
    sidecar.write_text(with_iptc(who, shape, unit, before), "utf-8")
    assert "Ada Lovelace" not in read_names(sidecar, 600, 400, 1).not_read


def test_a_face_in_iptc_s_schema_and_another_one_is_read_once(sidecar: Path) -> None:
    known = with_item(f'<rdf:li m:Name="Ada L."><m:Area {area(ADA.box)}/></rdf:li>')
    before = known.split("Description>")[1].removesuffix("</rdf:")
    sidecar.write_text(with_iptc(PERSON, before=before), "utf-8")
    assert named(sidecar, 600, 400, 1) == [nearly(ADA._replace(name="Ada L."))]


@pytest.mark.parametrize(
    ("stated", "orientation"),
    [("6", 6), (" 3 ", 3), ("0", None), ("9", None), ("6.0", None), ("", None), ("six", None), ("²", None)],
)
@pytest.mark.parametrize("is_attribute", [True, False])
def test_the_side_car_s_own_orientation_is_told(
    sidecar: Path, stated: str, orientation: int | None, is_attribute: bool
) -> None:
    tiff = 'xmlns:t="http://ns.adobe.com/tiff/1.0/"'
    inside = f'<rdf:Description {tiff} t:Orientation="{stated}"/>'
    if not is_attribute:
        inside = f"<rdf:Description><t:Orientation {tiff}>{stated}</t:Orientation></rdf:Description>"
    sidecar.write_text(f"<rdf:RDF {SPACES}><rdf:Description/>{inside}</rdf:RDF>", "utf-8")
    assert read_names(sidecar, 600, 400, 1).orientation == orientation


@pytest.mark.parametrize(
    "item",
    [
        '<rdf:li MPReg:Rectangle="{}" MPReg:PersonDisplayName="Ada Lovelace"/>',
        "<rdf:li><rdf:Description MPReg:PersonDisplayName='Ada Lovelace' MPReg:Rectangle=' {} '/></rdf:li>",
        '<rdf:li rdf:parseType="Resource"><MPReg:Rectangle>{}</MPReg:Rectangle>'
        "<MPReg:PersonDisplayName>Ada Lovelace</MPReg:PersonDisplayName></rdf:li>",
    ],
)
def test_regions_of_microsoft_s_are_read(sidecar: Path, item: str) -> None:
    sidecar.write_text(with_microsoft(item.format(rectangle(ADA.box))), "utf-8")
    assert named(sidecar, 600, 400, 1) == [nearly(ADA)]
    sideways = Box(400 - ADA.box.y - ADA.box.height, ADA.box.x, ADA.box.height, ADA.box.width)
    assert named(sidecar, 400, 600, 6) == [nearly(ADA._replace(box=sideways))]


@pytest.mark.parametrize(
    "rectangle",
    ["", "0.1", "0.1, 0.1, 0.1", "0.1, 0.1, 0.1, 0.1, 0.1", "0.1, 0.1, 0, 0.1", "0.9,0.9,nan,1", "a,b,c,d"],
)
def test_what_is_no_rectangle_of_microsoft_s_is_passed_over(sidecar: Path, rectangle: str) -> None:
    item = f'<rdf:li MPReg:Rectangle="{rectangle}" MPReg:PersonDisplayName="Ada"/>'
    sidecar.write_text(with_microsoft(item), "utf-8")
    assert named(sidecar, 600, 400, 1) == []


def test_a_rectangle_that_reaches_over_the_edge_is_read(sidecar: Path) -> None:
    edge = ADA._replace(box=Box(-20.0, -10.0, 90.0, 40.0))
    item = f'<rdf:li MPReg:Rectangle="{rectangle(edge.box)}" MPReg:PersonDisplayName="Ada Lovelace"/>'
    sidecar.write_bytes(b"\xef\xbb\xbf" + with_microsoft(item).encode() + bytes(20))
    assert named(sidecar, 600, 400, 1) == [nearly(edge)], "with a mark of UTF-8 before and zeros behind"


def test_a_face_in_both_schemas_is_read_once_and_others_too(sidecar: Path) -> None:
    items = "".join(
        f'<rdf:li MPReg:Rectangle="{rectangle(region.box)}" MPReg:PersonDisplayName="{region.name}"/>'
        for region in (ADA, GRACE)
    )
    known = with_item(f'<rdf:li m:Name="Ada L."><m:Area {area(ADA.box)}/></rdf:li>').split("Description>")[1]
    sidecar.write_text(with_microsoft(items, known.removesuffix("</rdf:")), "utf-8")
    assert named(sidecar, 600, 400, 1) == [nearly(ADA._replace(name="Ada L.")), nearly(GRACE)]


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
@pytest.mark.parametrize(
    ("case", "photo", "names", "reason"),
    [
        ("01-mum", "a.jpg", ["Mum"], None),
        ("03-one-stem", "0001.jpg", None, None),
        ("03-one-stem", "0001.png", None, None),
        ("04-loose", "a.jpg", ["Child", "Parent, turned away"], None),
        ("06-raw-upside-down", "IMG_1.jpg", ["Eileen", "Grace"], "raw photo"),
        ("07-cropped", "a.jpg", ["Eileen", "Grace"], "another image (900 × 400)"),
        ("08-turned-in-sidecar", "a.jpg", ["Eileen"], None),
        ("09-two-sidecars", "a.jpg", ["Eileen"], None),
        ("11-microsoft", "microsoft.jpg", ["Eileen"], None),
    ],
)
def test_cases_that_failed_once(case: str, photo: str, names: list[str] | None, reason: str | None) -> None:
    path = CASES / case / photo
    sidecars, loaded = SidecarFiles().of(path), load_photo(path)
    assert SidecarFiles().ambiguous(path) is None
    if names is None:
        assert sidecars == []
        return
    results = [read_names(one, loaded.width, loaded.height, loaded.orientation) for one in sidecars]
    (result,) = (result for result in results if result.named)
    assert [region.name for region in result.named] == names
    assert result.are_trusted == (reason is None)
    if reason is None:
        assert result.reason == ""
    else:
        assert reason in result.reason
    assert result.orientation == {"06": 3, "08": 6}.get(case[:2])


ENCODINGS = [
    *(f"{start}{number}" for start in ("iso-8859-", "iso8859-", "ISO8859") for number in range(20)),
    *(f"{start}{number}" for start in ("windows-12", "cp12") for number in range(48, 62)),
    *("latin1", "latin-1", "latin2", "ascii", "us-ascii", "koi8-r", "koi8-t", "utf-7", "idna", "zip"),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_sidecar_in_any_stated_encoding_is_read_or_refused(encoding: str, sidecar: Path) -> None:
    """Some names look like encodings, and are none."""
    sidecar.write_text(f'<?xml version="1.0" encoding="{encoding}"?>{with_regions("")}', "ascii")
    try:
        assert named(sidecar, 600, 400, 1) == []
    except SidecarUnreadableError as exc:
        assert encoding in exc.reason.lower() or encoding in exc.reason
