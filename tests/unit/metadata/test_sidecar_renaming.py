"""Renaming and removing regions in XMP sidecars, preserving every other byte."""

from __future__ import annotations

import codecs
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from face_match.core.errors import SidecarUnreadableError
from face_match.core.types import Box
from face_match.metadata.face_regions import NamedRegion
from face_match.metadata.region_edits import FacePlace
from tests.stopwatch import within
from tests.unit.metadata.sidecar_inputs import (
    ADA,
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
)
from tests.written_regions import WrittenRegions, write_regions

NEW = 'Augusta & "King" <中>'
RENAMED, REMOVED, KEPT = WrittenRegions(renamed=1), WrittenRegions(removed=1), WrittenRegions(kept=1)
FAR = '<rdf:li m:Name="Bob" m:Type="Face"><m:Area a:x=".9" a:y=".9" a:w=".05" a:h=".05"/></rdf:li>'
CHILD = f"<m:Area {area(ADA.box)}/>"
RESOURCE = 'rdf:parseType="Resource"'
NEW_TEXT, NEW_VALUE = escape(NEW), escape(NEW, {'"': "&quot;"})

FORMS = {
    "an element": (f"<rdf:li {RESOURCE}><m:Name>Ada</m:Name>{CHILD}</rdf:li>", ">Ada<", f">{NEW_TEXT}<"),
    "an attribute": (f'<rdf:li m:Name="Ada">{CHILD}</rdf:li>', '"Ada"', f'"{NEW_VALUE}"'),
    "single quotes": (
        f"<rdf:li  m:Type = 'Face'\n m:Name\t=\n'Ada \"A\"' >{CHILD}</rdf:li >",
        "'Ada \"A\"'",
        f"'{NEW_TEXT}'",
    ),
    "a description": (
        f'<rdf:li>\n <rdf:Description m:Type="Face" m:Name="Ada">{CHILD}</rdf:Description>\n</rdf:li>',
        '"Ada"',
        f'"{NEW_VALUE}"',
    ),
    "an element of a description": (
        f"<rdf:li><rdf:Description><m:Name\n>Ada</m:Name >{CHILD}</rdf:Description></rdf:li>",
        ">Ada<",
        f">{NEW_TEXT}<",
    ),
    "entities": (
        f"<rdf:li {RESOURCE}>{CHILD}<m:Name> A&amp;B &#x4e2d;&#20013; </m:Name></rdf:li>",
        " A&amp;B &#x4e2d;&#20013; ",
        NEW_TEXT,
    ),
    "CDATA": (
        f"<rdf:li {RESOURCE}>{CHILD}<m:Name>A<![CDATA[<&]]>b<!-- </m:Name> --></m:Name></rdf:li>",
        "A<![CDATA[<&]]>b<!-- </m:Name> -->",
        NEW_TEXT,
    ),
    "a namespace of its own": (
        f"<rdf:li {RESOURCE}>{CHILD}"
        '<Name xmlns="http://www.metadataworkinggroup.com/schemas/regions/">Ada</Name></rdf:li>',
        ">Ada<",
        f">{NEW_TEXT}<",
    ),
    "a prefix that is declared in the tag": (
        "<rdf:li xmlns:odd='http://www.metadataworkinggroup.com/schemas/regions/' xmlns:xmlnsa='urn:x' "
        f"xmlnsa:Name='no' odd:Name='Ada'>{CHILD}</rdf:li>",
        "'Ada'",
        f"'{NEW_TEXT}'",
    ),
    "a trap": (
        f"<rdf:li a:note='>m:Name=\"Ada\"/>' a:Name=\"Ada\" m:Name='A' a:end='/'>{CHILD}</rdf:li>",
        "'A'",
        f"'{NEW_TEXT}'",
    ),
    "no name, but a type": (
        f'<rdf:li><rdf:Description m:Type="Face">{CHILD}</rdf:Description></rdf:li>',
        'm:Type="Face">',
        f'm:Name="{NEW_VALUE}" m:Type="Face">',
    ),
    "no name": (
        f"<rdf:li {RESOURCE}>{CHILD}</rdf:li>",
        "<m:Area",
        f'<m:Name xmlns:m="http://www.metadataworkinggroup.com/schemas/regions/">{NEW_TEXT}</m:Name><m:Area',
    ),
    "an empty name": (
        f"<rdf:li {RESOURCE}>{CHILD}<m:Name /></rdf:li>",
        "<m:Name />",
        f"<m:Name >{NEW_TEXT}</m:Name>",
    ),
    "an empty value": (f"<rdf:li m:Name=''>{CHILD}</rdf:li>", "''", f"'{NEW_TEXT}'"),
}
CODINGS = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16 LE": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
}


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "party.jpg.xmp"


def put(sidecar: Path, *faces: FacePlace, orientation: int = 1) -> WrittenRegions:
    return write_regions(sidecar, faces, 600, 400, orientation)


def bag(*items: str) -> str:
    """With what nobody may change before, between and after them."""
    between = "\n<!-- 中 <rdf:li> é \U0001f642 -->\n<?app <rdf:li m:Name='Ada'/> ?>\n"
    document = with_item(between + between.join([FAR, *items, FAR]) + between)
    return f"{document}\n<!-- end -->\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("coding", CODINGS)
def test_a_name_is_replaced_and_every_other_byte_stays(sidecar: Path, form: str, coding: str) -> None:
    item, old, new = FORMS[form]
    assert item.count(old) == 1
    sidecar.write_bytes(CODINGS[coding](bag(item)))
    assert put(sidecar, FacePlace(ADA.box, NEW)) == RENAMED
    assert sidecar.read_bytes() == CODINGS[coding](bag(item.replace(old, new)))
    assert named(sidecar, 600, 400, 1)[1] == nearly(NamedRegion(NEW, ADA.box))
    assert put(sidecar, FacePlace(ADA.box, NEW)) == KEPT


@pytest.mark.parametrize("form", [form for form in FORMS if "no name" not in form and "empty" not in form])
@pytest.mark.parametrize("coding", CODINGS)
def test_the_region_of_a_face_that_lost_its_name_goes_and_nothing_else(
    sidecar: Path, form: str, coding: str
) -> None:
    sidecar.write_bytes(CODINGS[coding](bag(FORMS[form][0])))
    assert put(sidecar, FacePlace(ADA.box, None)) == REMOVED
    assert sidecar.read_bytes() == CODINGS[coding](bag(""))
    assert put(sidecar, FacePlace(ADA.box, None)) == WrittenRegions()


@pytest.mark.parametrize("program", FOREIGN)
def test_a_program_s_own_region_is_renamed_and_removed(sidecar: Path, program: str) -> None:
    before = FOREIGN[program]
    sidecar.write_text(before, "utf-8", newline="")
    assert put(sidecar, FacePlace(ADA.box, "Grace")) == RENAMED
    old, new = ('mwg-rs:Name="Ada Lovelace"', 'mwg-rs:Name="Grace"')
    if program == "exiftool":
        old, new = (text.replace('="', ">").replace('"', "</mwg-rs:Name>") for text in (old, new))
    assert sidecar.read_bytes().decode() == before.replace(old, new) != before
    assert put(sidecar, FacePlace(ADA.box, None)) == REMOVED
    start = before.index("<rdf:li", before.index("<mwg-rs:RegionList"))
    end = before.index("</rdf:li>", start) + len("</rdf:li>")
    without = before[:start] + before[end:]
    without = re.sub(r"(?<=<rdf:Bag>)\s+(?=</)", "", without)  # exiftool reads blanks alone as a text
    assert sidecar.read_bytes().decode() == without
    assert add(sidecar, [ADA], 600, 400, 1) == 1


def test_the_last_region_leaves_an_empty_list_to_which_one_can_be_added(sidecar: Path) -> None:
    sidecar.write_text(with_item(FORMS["an element"][0]), "utf-8")
    assert put(sidecar, FacePlace(ADA.box, None)) == REMOVED
    assert sidecar.read_text("utf-8") == with_item("")
    assert put(sidecar, FacePlace(ADA.box, "Ada")) == WrittenRegions(added=1)
    assert named(sidecar, 600, 400, 1) == [nearly(NamedRegion("Ada", ADA.box))]


@pytest.mark.parametrize(
    ("stored", "name"),
    [("Ada", "ada"), ("Jose&#x301;", "José"), (" A\n B ", "A B"), ("STRASSE", "straße"), ("A&amp;B", "a&b")],
)
def test_a_region_that_has_the_name_is_kept_and_nothing_is_written(
    sidecar: Path, stored: str, name: str
) -> None:
    sidecar.write_text(bag(f"<rdf:li {RESOURCE}><m:Name>{stored}</m:Name>{CHILD}</rdf:li>"), "utf-8")
    before, content = sidecar.stat(), sidecar.read_bytes()
    assert put(sidecar, FacePlace(ADA.box, name), FacePlace(Box(400, 20, 60, 60), None)) == KEPT
    assert sidecar.read_bytes() == content
    assert (sidecar.stat().st_mtime_ns, sidecar.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_all_kinds_of_change_at_once(sidecar: Path) -> None:
    boxes = [Box(100 * number, 50, 60, 60) for number in range(6)]
    items = [
        f'<rdf:li m:Name="{name}"><m:Area {area(box)}/></rdf:li>'
        for name, box in zip("ABCDE", boxes, strict=False)
    ]
    sidecar.write_text(bag(*items), "utf-8")
    faces = [FacePlace(box, name) for box, name in zip(boxes, ["A", "X", None, "Y", "E", "F"], strict=True)]
    assert put(sidecar, *faces) == WrittenRegions(added=1, renamed=2, removed=1, kept=2)
    after = sidecar.read_text("utf-8")
    items[1], items[2], items[3] = items[1].replace('"B"', '"X"'), "", items[3].replace('"D"', '"Y"')
    expected = bag(*items)
    at = expected.index("</rdf:Bag>")
    assert after.startswith(expected[:at])
    assert after.endswith(expected[at:])
    names = [region.name for region in named(sidecar, 600, 400, 1)]
    assert names == ["Bob", "A", "X", "Y", "E", "Bob", "F"]


def moved(box: Box, x: float = 0, y: float = 0, scale: float = 1) -> Box:
    """Around a middle that lies x and y beside the box's own, in parts of its sides."""
    left, top = box.x + box.width * (x + 0.5 - scale / 2), box.y + box.height * (y + 0.5 - scale / 2)
    return Box(left, top, box.width * scale, box.height * scale)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (moved(GRACE.box, x=0.3), RENAMED),  # 0.54
        (moved(GRACE.box, x=0.45), RENAMED),  # 0.38, each with the other's middle
        (moved(GRACE.box, x=0.45, y=0.2), WrittenRegions(added=1)),  # 0.28
        (moved(GRACE.box, scale=1.8), RENAMED),  # 0.31
        (moved(GRACE.box, scale=0.57), RENAMED),  # 0.32
        (moved(GRACE.box, scale=0.5), WrittenRegions(added=1)),  # 0.25
        (moved(GRACE.box, x=0.55), WrittenRegions(added=1)),  # 0.29
        (moved(GRACE.box, x=2), WrittenRegions(added=1)),
    ],
)
def test_a_face_is_known_by_its_place(sidecar: Path, place: Box, expected: WrittenRegions) -> None:
    sidecar.write_text(with_item(f'<rdf:li m:Name="Grace"><m:Area {area(GRACE.box)}/></rdf:li>'), "utf-8")
    assert put(sidecar, FacePlace(place, "Ada")) == expected


def test_the_best_overlap_comes_first_and_each_is_used_once(sidecar: Path) -> None:
    """Two faces that touch swapped their names; the wide region of one has the other's as well."""
    left, right = Box(100, 100, 100, 100), Box(160, 100, 100, 100)
    items = [
        f'<rdf:li m:Name="{name}"><m:Area {area(box)}/></rdf:li>' for name, box in (("L", left), ("R", right))
    ]
    sidecar.write_text(with_item("".join(items)), "utf-8")
    assert put(sidecar, FacePlace(right, "L"), FacePlace(left, "R")) == WrittenRegions(renamed=2)
    assert named(sidecar, 600, 400, 1) == [nearly(NamedRegion("R", left)), nearly(NamedRegion("L", right))]
    third = moved(left, scale=1.2)
    assert put(sidecar, FacePlace(third, None), FacePlace(left, "R"), FacePlace(right, "L")) == (
        WrittenRegions(kept=2)
    )
    assert put(sidecar, FacePlace(third, "T"), FacePlace(left, "R")) == WrittenRegions(added=1, kept=1)


def test_of_two_regions_at_one_place_the_one_with_the_name_is_kept(sidecar: Path) -> None:
    """Older versions wrote the new name beside the old one."""
    write_regions(sidecar, [FacePlace(ADA.box, "Mum")], 600, 400, 1)
    nearby = moved(ADA.box, x=0.02)
    with_both = with_item(
        "".join(
            f'<rdf:li m:Name="{name}"><m:Area {area(box)}/></rdf:li>'
            for name, box in (("Mum", ADA.box), ("Mary", nearby))
        )
    )
    sidecar.write_text(with_both, "utf-8")
    assert put(sidecar, FacePlace(ADA.box, "Mary")) == KEPT
    assert sidecar.read_text("utf-8") == with_both


def test_regions_of_no_face_stay_whatever_they_are(sidecar: Path) -> None:
    others = (
        f'<rdf:li m:Name="Rex" m:Type="Pet">{CHILD}</rdf:li>'
        f'<rdf:li m:Name="code" m:Type="BarCode">{CHILD}</rdf:li>'
        f'<rdf:li m:Name="round"><m:Area a:x=".3" a:y=".2" a:d=".1" a:unit="normalized"/></rdf:li>'
        "<rdf:li/>"
    )
    sidecar.write_text(with_item(others), "utf-8")
    assert put(sidecar, FacePlace(ADA.box, None)) == WrittenRegions()
    assert sidecar.read_text("utf-8") == with_item(others)
    assert put(sidecar, FacePlace(ADA.box, "Ada")) == WrittenRegions(added=1)
    assert others in sidecar.read_text("utf-8")


def test_lists_of_people_beside_the_regions_stay(sidecar: Path) -> None:
    sidecar.write_text(FOREIGN["digiKam"], "utf-8")
    put(sidecar, FacePlace(ADA.box, None))
    assert "<rdf:li>People/Ada Lovelace</rdf:li>" in sidecar.read_text("utf-8")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_region_is_found_in_a_photo_that_is_turned(sidecar: Path, orientation: int) -> None:
    size = (400, 600) if orientation > 4 else (600, 400)
    box = Box(50, 80, 90, 40)
    write_regions(sidecar, [FacePlace(box, "Ada"), FacePlace(Box(250, 20, 50, 50), "B")], *size, orientation)
    assert write_regions(sidecar, [FacePlace(box, "C")], *size, orientation) == RENAMED
    assert [region.name for region in named(sidecar, *size, orientation)] == ["C", "B"]


MICROSOFT_FORMS = {
    "attributes": (
        f'<rdf:li MPReg:Rectangle="{rectangle(ADA.box)}" MPReg:PersonDisplayName="Ada"/>',
        '"Ada"',
        f'"{NEW_VALUE}"',
    ),
    "elements": (
        f"<rdf:li {RESOURCE}><MPReg:PersonDisplayName>Ada</MPReg:PersonDisplayName>"
        f"<MPReg:Rectangle>{rectangle(ADA.box)}</MPReg:Rectangle></rdf:li>",
        ">Ada<",
        f">{NEW_TEXT}<",
    ),
    "a description": (
        f"<rdf:li><rdf:Description MPReg:Rectangle='{rectangle(ADA.box)}' "
        "MPReg:PersonDisplayName='Ada'/></rdf:li>",
        "'Ada'",
        f"'{NEW_TEXT}'",
    ),
    "no name": (
        f'<rdf:li MPReg:Rectangle="{rectangle(ADA.box)}"/>',
        "MPReg:R",
        f'MPReg:PersonDisplayName="{NEW_VALUE}" MPReg:R',
    ),
    "a prefix of its own": (
        f"<rdf:li xmlns:z='http://ns.microsoft.com/photo/1.2/t/Region#' z:Rectangle='{rectangle(ADA.box)}' "
        "z:PersonDisplayName='Ada'></rdf:li>",
        "'Ada'",
        f"'{NEW_TEXT}'",
    ),
}


@pytest.mark.parametrize("form", MICROSOFT_FORMS)
def test_a_region_of_microsoft_s_is_renamed_and_removed(sidecar: Path, form: str) -> None:
    item, old, new = MICROSOFT_FORMS[form]
    other = '<rdf:li MPReg:Rectangle="0.9, 0.9, 0.05, 0.05" MPReg:PersonDisplayName="Bob"/>'
    sidecar.write_text(with_microsoft(other + item), "utf-8")
    assert put(sidecar, FacePlace(ADA.box, NEW)) == RENAMED
    assert sidecar.read_text("utf-8") == with_microsoft(other + item.replace(old, new))
    assert put(sidecar, FacePlace(ADA.box, NEW)) == KEPT
    assert put(sidecar, FacePlace(ADA.box, None)) == REMOVED
    assert sidecar.read_text("utf-8") == with_microsoft(other)


def test_a_face_with_a_region_in_both_schemas_is_changed_in_both(sidecar: Path) -> None:
    regions = with_item(FORMS["an attribute"][0]).partition(f"<rdf:RDF {SPACES}><rdf:Description>")[2]
    before = regions.removesuffix("</rdf:Description></rdf:RDF>")
    document = with_microsoft(MICROSOFT_FORMS["attributes"][0], before)
    sidecar.write_text(document, "utf-8")
    assert named(sidecar, 600, 400, 1) == [nearly(NamedRegion("Ada", ADA.box))]
    assert put(sidecar, FacePlace(ADA.box, "Mary")) == RENAMED
    assert sidecar.read_text("utf-8") == document.replace('"Ada"', '"Mary"')
    assert put(sidecar, FacePlace(ADA.box, "Mary"), FacePlace(GRACE.box, "Grace")) == (
        WrittenRegions(added=1, kept=1)
    )
    assert sidecar.read_text("utf-8").count("PersonDisplayName=") == 1
    assert put(sidecar, FacePlace(ADA.box, None)) == REMOVED
    assert named(sidecar, 600, 400, 1) == [nearly(GRACE._replace(name="Grace"))]


def test_a_region_in_a_region_is_removed_with_it(sidecar: Path) -> None:
    inner = FORMS["an attribute"][0]
    nested = f"<m:RegionList><rdf:Bag>{inner}</rdf:Bag></m:RegionList>"
    outer = f'<rdf:li m:Name="Out"><m:Area {area(GRACE.box)}/>{nested}</rdf:li>'
    sidecar.write_text(bag(outer), "utf-8")
    put(sidecar, FacePlace(ADA.box, "X"), FacePlace(GRACE.box, None))
    assert sidecar.read_text("utf-8") == bag("")


@pytest.mark.parametrize("faces", [[FacePlace(ADA.box, "X")], [FacePlace(ADA.box, None)]])
def test_regions_of_another_picture_are_left_as_they_are(sidecar: Path, faces: list[FacePlace]) -> None:
    sidecar.write_text(FOREIGN["Lightroom"], "utf-8")
    with pytest.raises(SidecarUnreadableError, match=r"of another image \(600 × 400\)"):
        write_regions(sidecar, faces, 400, 400, 1)
    assert sidecar.read_text("utf-8") == FOREIGN["Lightroom"]
    assert write_regions(sidecar, [], 400, 400, 1) == WrittenRegions()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXT, st.none() | TEXT), max_size=6), st.sampled_from(["utf-8", "utf-16"]))
def test_any_names_become_any_others(names: list[tuple[str, str | None]], encoding: str) -> None:
    boxes = [Box(90 * number + 10, 100, 70, 80) for number in range(len(names))]
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "party.jpg.xmp"
        sidecar.write_text(FOREIGN["exiftool"], encoding)
        put(sidecar, FacePlace(ADA.box, None))
        put(sidecar, *(FacePlace(box, f"1{old}") for box, (old, _) in zip(boxes, names, strict=True)))
        faces = [FacePlace(box, new and f"2{new}") for box, (_, new) in zip(boxes, names, strict=True)]
        put(sidecar, *faces)
        expected = [face for face in faces if face.name is not None and face.name != ""]
        found = named(sidecar, 600, 400, 1)
        ElementTree.fromstring(sidecar.read_bytes())
        assert all(
            any(region.box.overlap(face.box) > 0.9 and region.name.startswith("2") for region in found)
            for face in expected
        )
        assert not any(
            region.box.overlap(face.box) > 0.9 for region in found for face in faces if face.name is None
        )


def exiftool(*arguments: str | Path) -> str:
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("exiftool is not here")
    return subprocess.run(
        [program, *arguments], capture_output=True, check=True, encoding="utf-8", timeout=60
    ).stdout


MADE = (
    "-RegionInfo={AppliedToDimensions={W=600,H=400,Unit=pixel},RegionList=["
    "{Area={X=0.325,Y=0.25,W=0.15,H=0.1,Unit=normalized},Name=Ada & 中,Type=Face,Description=x},"
    "{Area={X=0.6,Y=0.625,W=0.2,H=0.25,Unit=normalized},Name=Grace,Type=Face}]}",
    "-RegionInfoMP={Regions=[{Rectangle=0.25|, 0.2|, 0.15|, 0.1,PersonDisplayName=Ada & 中}]}",
    "-XMP-iptcExt:PersonInImage=Ada & 中",
    "-XMP-lr:HierarchicalSubject=People|Ada",
    "-XMP-dc:Title=It's <b>",
)


@pytest.mark.parametrize(
    "compact", [[], ["-api", "Compact=Shorthand"], ["-api", "Compact=OneDesc,NoNewline"]]
)
def test_exiftool_reads_what_has_become_of_its_own_side_car(sidecar: Path, compact: list[str]) -> None:
    exiftool(*compact, *MADE, "-o", sidecar)
    before = sidecar.read_bytes()
    assert [region.name for region in named(sidecar, 600, 400, 1)] == ["Ada & 中", "Grace"]

    def told() -> dict[str, object]:
        (document,) = json.loads(exiftool("-j", "-struct", "-XMP:all", "-x", "XMPToolkit", sidecar))
        return document

    expected = told()
    assert put(sidecar, FacePlace(ADA.box, NEW), FacePlace(GRACE.box, "Grace")) == (
        WrittenRegions(renamed=1, kept=1)
    )
    renamed = sidecar.read_bytes()
    expected = json.loads(json.dumps(expected))
    expected["RegionInfo"]["RegionList"][0]["Name"] = NEW
    expected["RegionInfoMP"]["Regions"][0]["PersonDisplayName"] = NEW
    assert told() == expected
    assert put(sidecar, FacePlace(ADA.box, "Ada & 中")) == RENAMED
    assert sidecar.read_bytes() == before
    sidecar.write_bytes(renamed)
    assert put(sidecar, FacePlace(ADA.box, None)) == REMOVED
    del expected["RegionInfo"]["RegionList"][0]
    assert told()["RegionInfo"] == expected["RegionInfo"]
    assert put(sidecar, FacePlace(GRACE.box, None), FacePlace(ADA.box, "Ada")) == (
        WrittenRegions(added=1, removed=1)
    )
    assert [region["Name"] for region in told()["RegionInfo"]["RegionList"]] == ["Ada"]


def test_thousands_of_regions_are_matched_in_a_second(sidecar: Path) -> None:
    item = '<rdf:li m:Name="{}"><m:Area a:x="{:.4f}" a:y="{:.4f}" a:w=".01" a:h=".01"/></rdf:li>'
    items = (item.format(n, n % 100 / 100 + 0.005, n // 100 / 50 + 0.01) for n in range(5_000))
    sidecar.write_text(with_item("".join(items)), "utf-8")
    faces = [FacePlace(Box(6.0 * n, 2, 6, 4), f"new {n}") for n in range(50)]
    with within(2):
        assert put(sidecar, *faces) == WrittenRegions(renamed=50)


HOSTILE = {
    "one place": lambda: with_item(FORMS["an attribute"][0] * 15_000),
    "a long prefix": lambda: with_item(
        f"<{'p' * 3_000_000}:li xmlns:{'p' * 3_000_000}='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        f"m:Name='Ada'>{CHILD}</{'p' * 3_000_000}:li>"
    ),
    "a long tag": lambda: with_item(
        f"<rdf:li {' ' * 5_000_000}m:Name='Ada'{' ' * 5_000_000} a:b='{'>' * 5_000_000}'>{CHILD}</rdf:li>"
    ),
    "many attributes": lambda: with_item(
        f"<rdf:li {' '.join(f'a:b{n}=' + repr('>') for n in range(200_000))} m:Name='Ada'>{CHILD}</rdf:li>"
    ),
    "both schemas": lambda: with_microsoft(
        MICROSOFT_FORMS["attributes"][0] * 20_000,
        f"<m:Regions><m:RegionList><rdf:Bag>{FAR * 15_000}</rdf:Bag></m:RegionList></m:Regions>",
    ),
}


@pytest.mark.one_in(2, "every second file that would take minutes")
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_side_car_takes_long_to_change(sidecar: Path, kind: str) -> None:
    sidecar.write_text(HOSTILE[kind](), "utf-8")
    faces = [FacePlace(moved(ADA.box, x=n / 1_000), f"new {n}") for n in range(50)]
    with within(20):
        written = put(sidecar, *faces)
        named(sidecar, 600, 400, 1)
    assert written.renamed >= 1
