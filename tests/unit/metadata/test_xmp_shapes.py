"""XMP in the shapes that programs write: what is read is the same, and writing keeps every foreign byte."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from face_match.core.types import Box
from face_match.metadata.face_regions import NamedRegion, folded_name
from face_match.metadata.region_edits import FacePlace
from tests.sidecar_names import read_names
from tests.unit.metadata.sidecar_inputs import ADA, GRACE, nearly
from tests.unit.metadata.xmp_shapes import (
    DECLARED,
    FOREIGN,
    HEIGHT,
    LISTS,
    NAMES,
    NUMBERS,
    STRUCTURES,
    UNITS,
    WIDTH,
    Shape,
    document,
    name_text,
    quoted,
)
from tests.written_regions import write_regions

CHILD = NamedRegion("Enfant à l’école", Box(20.0, 300.0, 60.0, 60.0))
MWG_SHAPES = [Shape("MWG", *form) for form in itertools.product(STRUCTURES, LISTS, UNITS, NAMES, NUMBERS)]
MICROSOFT_SHAPES = [
    Shape("Microsoft", structure, listed, "normalized", name, decimal)
    for structure, listed, name, decimal in itertools.product(STRUCTURES, LISTS, NAMES, NUMBERS)
]


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "party.jpg.xmp"


def read(sidecar: Path) -> list[NamedRegion]:
    found = read_names(sidecar, WIDTH, HEIGHT, 1)
    assert (found.are_trusted, found.not_read, found.problems) == (True, [], ())
    return found.named


@pytest.mark.parametrize("schema", ["MWG", "Microsoft"])
def test_names_and_places_are_read_from_every_shape(sidecar: Path, schema: str) -> None:
    wrong = []
    for shape in MWG_SHAPES if schema == "MWG" else MICROSOFT_SHAPES:
        sidecar.write_text(document([ADA, GRACE], shape), "utf-8")
        if read(sidecar) != [nearly(ADA), nearly(GRACE)]:
            wrong.append(shape)
    assert wrong == []


names = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)
shapes = st.builds(
    Shape,
    schema=st.sampled_from(["MWG", "Microsoft"]),
    structure=st.sampled_from(STRUCTURES),
    listed=st.sampled_from(LISTS),
    unit=st.sampled_from(UNITS),
    name=st.sampled_from(NAMES),
    decimal=st.sampled_from(NUMBERS),
    foreign=st.lists(st.sampled_from(FOREIGN), unique=True).map(tuple),
    space=st.sampled_from(["", " ", "\n", "\r\n\t"]),
    quote=st.sampled_from(["'", '"']),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(shape=shapes, first=names, new=names)
def test_what_is_written_is_read_and_every_foreign_byte_is_kept(
    tmp_path_factory: pytest.TempPathFactory, shape: Shape, first: str, new: str
) -> None:
    assume(len({folded_name(name) for name in (first, new, GRACE.name)}) == 3)
    sidecar = tmp_path_factory.mktemp("shapes") / "party.jpg.xmp"
    before = document([ADA._replace(name=first), GRACE], shape)
    sidecar.write_bytes(before.encode())
    assert read(sidecar) == [nearly(ADA._replace(name=first)), nearly(GRACE)]
    unchanged = [FacePlace(ADA.box, first), FacePlace(GRACE.box, GRACE.name)]
    assert write_regions(sidecar, unchanged, WIDTH, HEIGHT, 1).kept == 2
    assert sidecar.read_bytes() == before.encode(), "nothing was to be done"
    faces = [FacePlace(ADA.box, new), FacePlace(CHILD.box, CHILD.name)]
    write_regions(sidecar, faces, WIDTH, HEIGHT, 1)
    expected = sorted([ADA._replace(name=new), GRACE, CHILD], key=lambda one: one.box)
    assert sorted(read(sidecar), key=lambda one: one.box) == [nearly(region) for region in expected]
    assert has_all_but_the_name(before, sidecar.read_bytes().decode(), first, new, shape)


def has_all_but_the_name(before: str, after: str, old: str, new: str, shape: Shape) -> bool:
    """Whether `after` is `before` with one name replaced, and one piece inserted behind it."""
    for old_text, new_text in names_as_written(old, new, shape):
        start, found, rest = before.partition(old_text)
        if found and after.startswith(start + new_text):
            written = after[len(start + new_text) :]
            kept = common_start(rest, written) + common_start(rest[::-1], written[::-1])
            return kept >= len(rest)
    return False


def names_as_written(old: str, new: str, shape: Shape) -> list[tuple[str, str]]:
    """The old and the new name as content of an element, and as attribute."""
    quote, as_text = shape.quote, shape._replace(name="text")
    attribute = quoted(old, quote), quoted(new, quote)
    return [(f">{name_text(old, shape)}</", f">{name_text(new, as_text)}</"), attribute]


def common_start(one: str, other: str) -> int:
    """The number of characters with which two texts begin alike."""
    pairs = zip(f"{one}\0", f"{other}\1", strict=False)
    return next(at for at, (first, second) in enumerate(pairs) if first != second)


NODES = f"""<rdf:RDF {DECLARED}>
<rdf:Description rdf:about=""><mwg-rs:Regions rdf:nodeID="regions"/></rdf:Description>
<rdf:Description rdf:nodeID="regions"><mwg-rs:RegionList><rdf:Bag>
<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Ada Lovelace</mwg-rs:Name>{{area}}</rdf:li>
</rdf:Bag></mwg-rs:RegionList></rdf:Description>
</rdf:RDF>"""
AREA = '<mwg-rs:Area stArea:x="0.325" stArea:y="0.25" stArea:w="0.15" stArea:h="0.1"/>'


def test_structures_that_are_referred_to_are_read_once_and_renamed_in_their_place(sidecar: Path) -> None:
    before = NODES.format(area=AREA)
    sidecar.write_text(before, "utf-8")
    assert read(sidecar) == [nearly(ADA)]
    assert write_regions(sidecar, [FacePlace(ADA.box, "Grace")], WIDTH, HEIGHT, 1).renamed == 1
    assert sidecar.read_text("utf-8") == before.replace("Ada Lovelace", "Grace")


@pytest.mark.parametrize(
    "node", ['<rdf:Description rdf:nodeID="a"{area}', '<rdf:Description {area} rdf:nodeID="a"']
)
def test_a_place_that_is_referred_to_is_read(sidecar: Path, node: str) -> None:
    place = AREA.removeprefix("<mwg-rs:Area")
    described = node.format(area=place.removesuffix("/>")).rstrip(">") + "/>"
    text = NODES.format(area='<mwg-rs:Area rdf:nodeID="a"/>').replace('rdf:nodeID="regions"', "", 1)
    text = text.replace("<mwg-rs:Regions />", "").replace(' rdf:nodeID="regions"', "")
    sidecar.write_text(text.replace("</rdf:RDF>", f"{described}</rdf:RDF>"), "utf-8")
    assert read(sidecar) == [nearly(ADA)]


@pytest.mark.parametrize("node", ["a", "b"])
def test_references_in_a_circle_end(sidecar: Path, node: str) -> None:
    circle = f'<rdf:Description rdf:nodeID="{node}"><mwg-rs:Regions rdf:nodeID="a"/></rdf:Description>'
    sidecar.write_text(f"<rdf:RDF {DECLARED}>{circle}{circle}</rdf:RDF>", "utf-8")
    assert read(sidecar) == []
