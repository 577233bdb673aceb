"""Sidecars that are small files but would take much memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from face_match.core.errors import SidecarUnreadableError
from face_match.core.types import Box
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.sidecar_files import MAX_FILE_BYTES
from face_match.metadata.xmp import MAX_MARKS
from tests.sidecar_names import read_names
from tests.stopwatch import within
from tests.unit.gallery.call_counting import MOST_GROWTH, calls_made
from tests.written_regions import write_regions

MOST_MB = 300
FREE = MAX_FILE_BYTES - 500
"""For what is in the description."""

SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:r="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:s="http://ns.adobe.com/xmp/sType/Area#"'
)

LETTER, WORD, EMOJI, SHORT = "a", "ab ", "\U0001f600", "<a/>"


def attributes(name: str, count: int) -> str:
    return " ".join(f'{name.format(i)}="{i % 10}"' for i in range(count))


REFUSED: dict[str, Callable[[], str]] = {
    "one long namespace": lambda: f'<b xmlns="{LETTER * 1_000_000}">{SHORT * 4_000}</b>',
    "a longer one": lambda: f'<b xmlns="{LETTER * 8_000_000}">{SHORT * 1_900_000}</b>',
    "a long one for attributes": lambda: f"<b xmlns:p='{LETTER * 1_000_000}' {attributes('p:a{}', 4_000)}/>",
    "a long one that is not ASCII": lambda: f'<b xmlns="{EMOJI * 300_000}">{SHORT * 4_000}</b>',
    "long ones, one after the other": lambda: f'<b xmlns="{LETTER * 10_000}"><a/></b>' * 1_500,
    "a long one behind a comment": lambda: (
        f'<!-- xmlns=\' --><b\n xmlns:p\n =\n"{LETTER * 1_000_000}" {attributes("p:a{}", 4_000)}/>'
    ),
    "elements": lambda: "<a/>" * (FREE // 4),
    "levels": lambda: "<a>" * (FREE // 7) + "</a>" * (FREE // 7),
    "attributes": lambda: '<a b=""/>' * (FREE // 9),
    "attributes of one": lambda: f"<a {attributes('a{}', 1_200_000)}/>",
    "namespaces": lambda: f"<a {attributes('xmlns:p{}', 700_000)}/>",
    "text in pieces": lambda: "a<!---->" * (FREE // 8),
}
READ: dict[str, Callable[[], str]] = {
    "distinct elements": lambda: "".join(f"<r:a{i}/>" for i in range(MAX_MARKS - 500)),
    "list items": lambda: "<rdf:li/>" * (MAX_MARKS - 500),
    "distinct attributes": lambda: f"<b {attributes('s:é{}', MAX_MARKS - 500)}/>",
    "distinct namespaces": lambda: f"<a {attributes('xmlns:p{}', MAX_MARKS - 500)}/>",
    "elements with an attribute": lambda: f'<a b="{EMOJI}{LETTER * 60}"/>' * (MAX_MARKS // 2 - 500),
    "a long text": lambda: EMOJI + LETTER * (FREE - 4),
    "a long value": lambda: f'<a b="{EMOJI}{LETTER * (FREE - 30)}"/>',
    "characters by number": lambda: "&#x1F600;" * (FREE // 9),
    "a name in many words": lambda: (
        f"<r:RegionList><rdf:Bag><rdf:li><rdf:Description><r:Name>{WORD * ((FREE - 400) // 3)}</r:Name>"
        '<r:Area s:x=".5" s:y=".5" s:w=".1" s:h=".1"/></rdf:Description></rdf:li></rdf:Bag></r:RegionList>'
    ),
}

PROGRAM = """
import re, sys
from pathlib import Path
from face_match.core.errors import SidecarUnreadableError
from tests.sidecar_names import read_names

def most_mb():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

before = most_mb()
try:
    read_names(Path(sys.argv[1]), 600, 400, 1)
    print("read", end=" ")
except SidecarUnreadableError:
    print("refused", end=" ")
print(most_mb() - before)
"""


def sidecar_with(inside: str, folder: Path) -> Path:
    path = folder / "photo.jpg.xmp"
    path.write_text(f"<rdf:RDF {SPACES}><rdf:Description>{inside}</rdf:Description></rdf:RDF>", "utf-8")
    assert path.stat().st_size <= MAX_FILE_BYTES
    return path


@pytest.mark.one_in(3, "two of three long files that would take much memory")
@pytest.mark.skipif(sys.platform != "linux", reason="the most memory is measured as Linux tells it")
@pytest.mark.parametrize("kind", [*REFUSED, *READ])
def test_no_side_car_takes_much_memory(kind: str, tmp_path: Path) -> None:
    path = sidecar_with({**REFUSED, **READ}[kind](), tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True, timeout=60
    )
    outcome, megabytes = done.stdout.split()
    assert outcome == ("refused" if kind in REFUSED else "read")
    assert int(megabytes) < MOST_MB


@pytest.mark.parametrize("kind", ["one long namespace", "elements"])
def test_what_is_refused_is_named(kind: str, tmp_path: Path) -> None:
    reason = {"one long namespace": "one of its namespaces is too long", "elements": "too many elements"}
    with pytest.raises(SidecarUnreadableError, match=reason[kind]):
        read_names(sidecar_with(REFUSED[kind](), tmp_path), 600, 400, 1)


def test_a_side_car_of_many_faces_is_read(tmp_path: Path) -> None:
    face = '<rdf:li r:Name="Ada"><r:Area s:x=".5" s:y=".5" s:w=".1" s:h=".1"/></rdf:li>'
    inside = f"<r:Regions><r:RegionList><rdf:Bag>{face * 10_000}</rdf:Bag></r:RegionList></r:Regions>"
    assert len(read_names(sidecar_with(inside, tmp_path), 600, 400, 1).named) == 10_000


IPTC = 'xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
KEYWORDS = 'xmlns:k="http://www.metadataworkinggroup.com/schemas/keywords/"'
MICROSOFT = (
    'xmlns:L="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
    'xmlns:M="http://ns.microsoft.com/photo/1.2/t/Region#"'
)
NESTED = {
    "types of regions": (
        "<I:ImageRegion><rdf:Bag><rdf:li><I:rCtype>",
        "</I:rCtype></rdf:li></rdf:Bag></I:ImageRegion>",
    ),
    "regions of IPTC": ("<I:ImageRegion><rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag></I:ImageRegion>"),
    "people in regions": (
        "<I:ImageRegion><rdf:Bag><rdf:li><I:PersonInImage><rdf:Bag><rdf:li>Ada",
        "</rdf:li></rdf:Bag></I:PersonInImage></rdf:li></rdf:Bag></I:ImageRegion>",
    ),
    "lists of regions": (
        '<r:RegionList><rdf:Bag><rdf:li r:Name="Ada"><r:Area s:x=".5" s:y=".5" s:w=".1" s:h=".1"/>',
        "</rdf:li></rdf:Bag></r:RegionList>",
    ),
    "names of regions": (
        "<r:RegionList><rdf:Bag><rdf:li><r:Name>",
        "</r:Name></rdf:li></rdf:Bag></r:RegionList>",
    ),
    "lists of Microsoft": (
        '<L:Regions><rdf:Bag><rdf:li M:PersonDisplayName="Ada" M:Rectangle=".5,.5,.1,.1">',
        "</rdf:li></rdf:Bag></L:Regions>",
    ),
    "people": (
        "<I:PersonInImageWDetails><rdf:Bag><rdf:li><I:PersonName><rdf:Alt><rdf:li>Ada",
        "</rdf:li></rdf:Alt></I:PersonName></rdf:li></rdf:Bag></I:PersonInImageWDetails>",
    ),
    "keywords": (
        "<k:Keywords><k:Hierarchy><rdf:Bag><rdf:li k:Keyword='People'><k:Children><rdf:Bag><rdf:li>",
        "</rdf:li></rdf:Bag></k:Children></rdf:li></rdf:Bag></k:Hierarchy></k:Keywords>",
    ),
    "nodes": (
        '<rdf:RDF><rdf:Description rdf:nodeID="a"><r:RegionList rdf:nodeID="a"/>',
        "</rdf:Description></rdf:RDF>",
    ),
    "descriptions": ("<rdf:Description>", "</rdf:Description>"),
    "sizes": ("<r:AppliedToDimensions><rdf:Description>", "</rdf:Description></r:AppliedToDimensions>"),
}
"""Elements that may be inside each other, as an opening and a closing."""


@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("way", ["read", "written"])
def test_nested_elements_take_work_that_grows_with_their_number(kind: str, way: str, tmp_path: Path) -> None:
    opening, closing = NESTED[kind]
    work = []
    for count in (200, 400):
        path = sidecar_with("<q/>", tmp_path)
        filled = opening * count + "<q/>" * count + closing * count
        path.write_text(path.read_text().replace("<q/>", f"<q {IPTC} {MICROSOFT} {KEYWORDS}>{filled}</q>"))
        if way == "read":
            work.append(calls_made(partial(read_names, path, 600, 400, 1)))
        else:
            faces = [FacePlace(Box(270.0, 180.0, 60.0, 40.0), "Grace")]
            work.append(calls_made(partial(write_regions, path, faces, 600, 400, 1)))
    assert work[1] <= MOST_GROWTH * work[0]


def test_ten_thousand_nested_types_are_read_in_seconds(tmp_path: Path) -> None:
    opening, closing = NESTED["types of regions"]
    inside = f"<q {IPTC}>{opening * 10_000}{SHORT * 160_000}{closing * 10_000}</q>"
    with within(30):
        assert read_names(sidecar_with(inside, tmp_path), 600, 400, 1).named == []


@pytest.mark.parametrize(
    "text", ["&lt;" + LETTER * 2_000_000, "&lt;a " * 400_000, "&lt;Category>" * 200_000, "&lt;" * 1_000_000]
)
def test_categories_that_never_end_are_read_in_seconds(tmp_path: Path, text: str) -> None:
    inside = f'<c:categories xmlns:c="http://ns.acdsee.com/iptc/1.0/">{text}</c:categories>'
    with within(30):
        assert read_names(sidecar_with(inside, tmp_path), 600, 400, 1).hints == []
