"""Side-cars for the tests, as other programs write them and as they could be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from face_match.core.types import Box
from face_match.metadata.face_regions import NamedRegion
from face_match.metadata.region_edits import FacePlace
from tests.sidecar_names import read_names
from tests.written_regions import write_regions

FOREIGN = {path.stem: path.read_bytes().decode() for path in (Path(__file__).parent / "sidecars").iterdir()}
"""What the programs write, in their forms of RDF: one face is Ada’s, and there may be a pet or a stranger."""

DIGIKAM = FOREIGN["digiKam"]
SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:m="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:a="http://ns.adobe.com/xmp/sType/Area#"'
)
MICROSOFT_SPACES = (
    'xmlns:MP="http://ns.microsoft.com/photo/1.2/" '
    'xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
    'xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"'
)
ADA = NamedRegion("Ada Lovelace", Box(150.0, 80.0, 90.0, 40.0))
GRACE = NamedRegion("Grace Hopper", Box(300.0, 200.0, 120.0, 100.0))
CASES = Path(__file__).parents[3].parent / "shared" / "cases" / "folders"
"""Photos with side-cars on which an older version failed; not everybody has them."""


def nearly(region: NamedRegion, within: float = 0.01) -> NamedRegion:
    return region._replace(box=pytest.approx(region.box, abs=within))


def with_regions(inside: str) -> str:
    return f"<rdf:RDF {SPACES}><rdf:Description>{inside}</rdf:Description></rdf:RDF>"


def with_item(inside: str) -> str:
    listed = f"<m:RegionList><rdf:Bag>{inside}</rdf:Bag></m:RegionList>"
    return with_regions(f'<m:Regions rdf:parseType="Resource">{listed}</m:Regions>')


def with_microsoft(inside: str, before: str = "") -> str:
    listed = f"<MPRI:Regions><rdf:Bag>{inside}</rdf:Bag></MPRI:Regions>"
    info = f'<MP:RegionInfo {MICROSOFT_SPACES} rdf:parseType="Resource">{listed}</MP:RegionInfo>'
    return with_regions(before + info)


def area(box: Box) -> str:
    """A box of a photo of 600 × 400 as attributes."""
    x, y = (box.x + box.width / 2) / 600, (box.y + box.height / 2) / 400
    return f'a:x="{x:.6f}" a:y="{y:.6f}" a:w="{box.width / 600:.6f}" a:h="{box.height / 400:.6f}"'


def rectangle(box: Box) -> str:
    """The same as Microsoft writes it."""
    return f"{box.x / 600:.6f}, {box.y / 400:.6f}, {box.width / 600:.6f}, {box.height / 400:.6f}"


def named(sidecar: Path, width: int, height: int, orientation: int) -> list[NamedRegion]:
    return read_names(sidecar, width, height, orientation).named


def add(sidecar: Path, regions: Iterable[NamedRegion], width: int, height: int, orientation: int) -> int:
    """How many were added."""
    faces = [FacePlace(region.box, region.name) for region in regions]
    return write_regions(sidecar, faces, width, height, orientation).added
