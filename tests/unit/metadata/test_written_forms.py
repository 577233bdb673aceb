"""Names in the forms that are chosen: regions of two schemas, the list of people, keywords."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import SidecarWriteError
from face_match.core.types import Box
from face_match.metadata.name_writing import PhotoNames
from face_match.metadata.people_lists import listed_people
from face_match.metadata.region_edits import FacePlace, Outcomes
from face_match.metadata.sidecar_writer import write_sidecar
from face_match.metadata.written_forms import DEFAULT_FORMS, Form, forms_of
from face_match.metadata.xmp import XmpDocument
from face_match.metadata.xmp_names import Image
from tests.unit.metadata.embedded.photos_with_xmp import exiftool, exiv2, needs_exiftool, needs_exiv2
from tests.unit.metadata.sidecar_inputs import FOREIGN, named

ADA, GRACE = Box(150, 80, 90, 40), Box(300, 200, 120, 100)
ALL = tuple(Form)


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "party.jpg.xmp"


def write(
    sidecar: Path, *faces: FacePlace, forms: Sequence[Form] = ALL, without_place: Sequence[str] = ()
) -> Outcomes:
    return write_sidecar(sidecar, PhotoNames(faces, Image(600, 400, 1), forms, without_place))


def read(sidecar: Path) -> dict[str, Any]:
    """What exiftool reads, by the names of its tags."""
    (found,) = json.loads(exiftool("-j", "-struct", "-XMP:all", sidecar))
    return {key: value for key, value in found.items() if key not in ("SourceFile", "XMPToolkit")}


@needs_exiftool
@needs_exiv2
@pytest.mark.parametrize("before", [None, *FOREIGN])
def test_every_form_is_read_by_exiftool_and_exiv2(sidecar: Path, before: str | None) -> None:
    if before is not None:
        sidecar.write_text(FOREIGN[before], "utf-8", newline="")
    faces = [FacePlace(ADA, "Ada Lovelace"), FacePlace(GRACE, "Grace <Hopper> & 中")]
    write(sidecar, *faces)
    found = read(sidecar)
    names = ["Ada Lovelace", "Grace <Hopper> & 中"]
    regions = found["RegionInfo"]["RegionList"]
    assert [region["Name"] for region in regions if region.get("Name") in names] == names
    rectangles = {one["PersonDisplayName"]: one["Rectangle"] for one in found["RegionInfoMP"]["Regions"]}
    assert rectangles.keys() == {*names}
    assert [float(side) for side in rectangles[names[1]].split(", ")] == pytest.approx([0.5, 0.5, 0.2, 0.25])
    assert found["PersonInImage"] == names
    assert {f"People|{name}" for name in names} <= {*found["HierarchicalSubject"]}
    assert {f"People/{name}" for name in names} <= {*found["TagsList"]}
    assert {*names} <= {*found["Subject"]}
    for name in names:
        told = exiv2("-PXkt", sidecar).decode()
        assert all(line in told for line in (f"People/{name}", f"People|{name}"))
    content = sidecar.read_bytes()
    assert set(write(sidecar, *faces).values()) == {"kept"}
    assert sidecar.read_bytes() == content


@needs_exiftool
@pytest.mark.parametrize(
    ("form", "tags"),
    [
        (Form.MWG, {"RegionInfo"}),
        (Form.MICROSOFT, {"RegionInfoMP"}),
        (Form.PERSONS, {"PersonInImage"}),
        (Form.KEYWORDS, {"HierarchicalSubject", "TagsList", "Subject"}),
    ],
)
def test_only_the_chosen_form_is_written(sidecar: Path, form: Form, tags: set[str]) -> None:
    assert write(sidecar, FacePlace(ADA, "Ada"), forms=[form]) == {0: "added"}
    assert read(sidecar).keys() == tags
    assert write(sidecar, FacePlace(ADA, "Ada"), forms=[form]) == {0: "kept"}


@needs_exiftool
def test_a_new_name_takes_the_place_of_the_old_one_in_every_form(sidecar: Path) -> None:
    write(sidecar, FacePlace(ADA, "Mum"), FacePlace(GRACE, "Grace"))
    new = FacePlace(ADA, "Mary Smith", former_names=["Mum"])
    assert write(sidecar, new, FacePlace(GRACE, "Grace"), forms=DEFAULT_FORMS) == {0: "renamed", 1: "kept"}
    found = read(sidecar)
    assert "Mum" not in str(found)
    assert found["PersonInImage"] == found["Subject"] == ["Mary Smith", "Grace"]
    assert found["TagsList"] == ["People/Mary Smith", "People/Grace"]
    assert found["HierarchicalSubject"] == ["People|Mary Smith", "People|Grace"]
    gone = FacePlace(ADA, None, former_names=["Mary Smith", "Mum"])
    assert write(sidecar, gone, FacePlace(GRACE, "Grace"), forms=DEFAULT_FORMS) == {0: "removed", 1: "kept"}
    assert "Mary" not in str(read(sidecar))
    assert read(sidecar)["PersonInImage"] == ["Grace"]


LISTS = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:d="http://www.digikam.org/ns/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:m="http://ns.microsoft.com/photo/1.0/">
<d:TagsList><rdf:Seq><rdf:li>Personen/Familie/Rose</rdf:li><rdf:li>Plants/Rose</rdf:li></rdf:Seq></d:TagsList>
<m:LastKeywordXMP><rdf:Bag><rdf:li>People/Rose</rdf:li></rdf:Bag></m:LastKeywordXMP>
<dc:subject><rdf:Bag><rdf:li>Rose</rdf:li><rdf:li>Bob</rdf:li></rdf:Bag></dc:subject>
<i:PersonInImage><rdf:Bag><rdf:li>Rose</rdf:li><rdf:li>Bob</rdf:li></rdf:Bag></i:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@needs_exiftool
@pytest.mark.parametrize(
    "arguments",
    [
        "-HierarchicalKeywords={Keyword=People,Children=[{Keyword=Mum},{Keyword=Bob,Applied=1}]}",
        "-XMP-expressionmedia:CatalogSets=People|Mum -XMP-expressionmedia:CatalogSets=People|Bob",
        "-XMP-mediapro:CatalogSets=People|Mum -XMP-mediapro:CatalogSets=People|Bob",
        "-XMP-microsoft:LastKeywordXMP=People/Mum -XMP-microsoft:LastKeywordXMP=People/Bob",
    ],
    ids=["MWG", "Expression Media", "Media Pro", "Microsoft"],
)
def test_keywords_of_other_programs_follow(sidecar: Path, arguments: str) -> None:
    exiftool(*arguments.split(), "-XMP-dc:Subject=Mum", sidecar)
    before = sidecar.read_text("utf-8")
    assert before.count("Mum") == 2
    write(sidecar, FacePlace(ADA, "Mary & Co", former_names=["Mum"]), forms=[])
    assert sidecar.read_text("utf-8") == before.replace("Mum", "Mary &amp; Co")
    write(sidecar, FacePlace(ADA, "Bob", former_names=["Mary & Co"]), forms=[])
    assert "Mary" not in sidecar.read_text("utf-8")
    assert sidecar.read_text("utf-8").count("Bob") == 2
    write(sidecar, FacePlace(ADA, None, former_names=["Bob"]), forms=[])
    assert "Bob" not in sidecar.read_text("utf-8")
    assert listed_people(XmpDocument(sidecar.read_bytes(), sidecar.name).root) == []


@needs_exiftool
def test_exiftool_reads_nobody_where_the_only_name_was_removed(sidecar: Path) -> None:
    exiftool("-PersonInImage=Ada", "-HierarchicalSubject=People|Ada", "-XMP-dc:Title=Party", sidecar)
    write(sidecar, FacePlace(ADA, None, former_names=["Ada"]))
    found = read(sidecar)
    assert found.pop("Title") == "Party"
    assert not any(found.values())  # blanks in a list without items would be a text


def test_only_names_that_the_photo_had_are_replaced(sidecar: Path) -> None:
    sidecar.write_text(LISTS, "utf-8")
    write(sidecar, FacePlace(ADA, "Rosa", former_names=["Rose"]), forms=[Form.PERSONS])
    expected = LISTS.replace("Familie/Rose", "Familie/Rosa").replace("People/Rose", "People/Rosa")
    assert sidecar.read_text("utf-8") == expected.replace("<rdf:li>Rose", "<rdf:li>Rosa")
    assert sorted(listed_people(XmpDocument(sidecar.read_bytes(), "a").root)) == ["Bob", "Rosa"]


def test_a_keyword_that_is_no_person_stays(sidecar: Path) -> None:
    lists = LISTS.replace("Personen/Familie/Rose", "Places/Rome").replace("People/Rose", "Places/Rome")
    sidecar.write_text(lists, "utf-8")
    write(sidecar, FacePlace(ADA, None, former_names=["Rose"]), forms=[])
    removed = "<i:PersonInImage><rdf:Bag><rdf:li>Rose</rdf:li>"
    assert sidecar.read_text("utf-8") == lists.replace(removed, removed.removesuffix("<rdf:li>Rose</rdf:li>"))


def test_a_former_name_that_another_face_has_stays(sidecar: Path) -> None:
    sidecar.write_text(LISTS, "utf-8")
    faces = [FacePlace(ADA, None, former_names=["Rose"]), FacePlace(GRACE, "Rose")]
    write(sidecar, *faces, forms=[])
    assert sidecar.read_text("utf-8") == LISTS


def test_a_name_with_a_separator_is_left_out_of_paths(sidecar: Path) -> None:
    write(sidecar, FacePlace(ADA, "AC/DC"), FacePlace(GRACE, "a|b"), forms=[Form.KEYWORDS])
    text = sidecar.read_text("utf-8")
    assert "People|AC/DC" in text
    assert "People/a|b" in text
    assert "People/AC/DC" not in text
    assert "People|a|b" not in text
    assert text.count("<rdf:li>AC/DC</rdf:li>") == text.count("<rdf:li>a|b</rdf:li>") == 1


def test_people_without_a_place_are_in_lists(sidecar: Path) -> None:
    write(sidecar, without_place=["Ada"], forms=ALL)
    assert listed_people(XmpDocument(sidecar.read_bytes(), "a").root) == ["Ada"]
    assert "RegionList" not in sidecar.read_text("utf-8")


@pytest.mark.parametrize("form", ['dc:subject="Garden"', "<dc:subject>Garden</dc:subject>"])
def test_a_list_in_another_form_is_left_as_it_is(sidecar: Path, form: str) -> None:
    attribute, inside = (form, "") if form.startswith("dc") else ("", form)
    sidecar.write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" {attribute}>{inside}</rdf:Description></rdf:RDF>',
        "utf-8",
    )
    write(sidecar, FacePlace(ADA, "Ada"), forms=[Form.KEYWORDS])
    text = sidecar.read_text("utf-8")
    assert form in text
    assert text.count("dc:subject") == form.count("dc:subject")
    assert "People|Ada" in text


def test_an_empty_document_takes_all_forms_at_once(sidecar: Path) -> None:
    sidecar.write_text('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "utf-8")
    write(sidecar, FacePlace(ADA, "Ada"))
    assert [region.name for region in named(sidecar, 600, 400, 1)] == ["Ada"]
    assert sidecar.read_text("utf-8").count(">Ada<") == 4


class _Interrupted(list[FacePlace]):
    """Faces during whose look-up another program writes the sidecar."""

    def __init__(self, sidecar: Path, content: bytes) -> None:
        super().__init__([FacePlace(ADA, "Grace")])
        self._write = lambda: sidecar.write_bytes(content)

    def __iter__(self) -> Iterator[FacePlace]:
        self._write()
        return super().__iter__()


def test_a_change_of_another_program_meanwhile_is_told(sidecar: Path) -> None:
    write(sidecar, FacePlace(ADA, "Ada"))
    newer = sidecar.read_bytes().replace(b"Ada", b"Zoe")
    with pytest.raises(SidecarWriteError, match="another program"):
        write_sidecar(sidecar, PhotoNames(_Interrupted(sidecar, newer), Image(600, 400, 1)))
    assert sidecar.read_bytes() == newer


def test_words_of_forms() -> None:
    assert forms_of(["keywords", "mwg"]) == (Form.MWG, Form.KEYWORDS)
    assert (
        forms_of(["mwg", "other"]) == forms_of("persons") == forms_of([]) == forms_of(None) == DEFAULT_FORMS
    )


OTHER_REGIONS = {
    "IPTC's people": (
        '<i:ImageRegion xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Bag><rdf:li '
        'rdf:parseType="Resource"><i:RegionBoundary rdf:parseType="Resource"><i:rbShape>rectangle</i:rbShape>'
        "<i:rbUnit>relative</i:rbUnit><i:rbX>0.25</i:rbX><i:rbY>0.2</i:rbY><i:rbW>0.15</i:rbW><i:rbH>0.1</i:rbH>"
        "</i:RegionBoundary><i:PersonInImage><rdf:Bag><rdf:li>Mum</rdf:li></rdf:Bag></i:PersonInImage>"
        "</rdf:li></rdf:Bag></i:ImageRegion>"
    ),
    "IPTC's name": (
        '<i:ImageRegion xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Bag><rdf:li '
        'rdf:parseType="Resource"><i:RegionBoundary rdf:parseType="Resource"><i:rbShape>rectangle</i:rbShape>'
        "<i:rbUnit>pixel</i:rbUnit><i:rbX>150</i:rbX><i:rbY>80</i:rbY><i:rbW>90</i:rbW><i:rbH>40</i:rbH>"
        '</i:RegionBoundary><i:rCtype>human</i:rCtype><i:Name><rdf:Alt><rdf:li xml:lang="x-default">Mum'
        "</rdf:li></rdf:Alt></i:Name></rdf:li></rdf:Bag></i:ImageRegion>"
    ),
    "ACDSee's": (
        '<c:Regions xmlns:c="http://ns.acdsee.com/regions/" xmlns:a="http://ns.acdsee.com/sType/Area#" '
        'rdf:parseType="Resource"><c:RegionList><rdf:Bag><rdf:li rdf:parseType="Resource">'
        '<c:DLYArea a:x="0.325" a:y="0.25" a:w="0.15" a:h="0.1"/><c:Name>Mum</c:Name><c:Type>Face</c:Type>'
        "</rdf:li></rdf:Bag></c:RegionList></c:Regions>"
    ),
}


@pytest.mark.parametrize("form", OTHER_REGIONS)
def test_regions_of_other_schemas_follow(sidecar: Path, form: str) -> None:
    inside = OTHER_REGIONS[form]
    document = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="">'
        f"{inside}</rdf:Description></rdf:RDF>"
    )
    sidecar.write_text(document, "utf-8")
    assert [region.name for region in named(sidecar, 600, 400, 1)] == ["Mum"]
    assert write(sidecar, FacePlace(ADA, "Mary & Co"), forms=[]) == {0: "renamed"}
    assert sidecar.read_text("utf-8") == document.replace("Mum", "Mary &amp; Co")
    assert write(sidecar, FacePlace(ADA, "Mary & Co"), forms=[]) == {0: "kept"}
    assert write(sidecar, FacePlace(ADA, None), forms=[]) == {0: "removed"}
    assert named(sidecar, 600, 400, 1) == []
    sidecar.write_text(document, "utf-8")
    assert write(sidecar, FacePlace(ADA, "Mary"), forms=[Form.MWG]) == {0: "added"}
    assert [region.name for region in named(sidecar, 600, 400, 1)] == ["Mary"]
    assert "Mum" not in sidecar.read_text("utf-8")
