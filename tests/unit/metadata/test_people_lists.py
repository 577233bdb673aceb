"""Names of people without a place, in lists and keywords as programs write them."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from face_match.metadata.name_sources import NamesInPhoto
from tests.sidecar_names import read_names
from tests.unit.metadata.embedded.photos_with_xmp import exiftool, exiv2, needs_exiftool, needs_exiv2
from tests.unit.metadata.sidecar_inputs import ADA, area

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "MP1": "http://ns.microsoft.com/photo/1.0",
    "mediapro": "http://ns.iview-multimedia.com/mediapro/1.0/",
    "expressionmedia": "http://ns.microsoft.com/expressionmedia/1.0/",
    "acdsee": "http://ns.acdsee.com/iptc/1.0/",
    "mwg-kw": "http://www.metadataworkinggroup.com/schemas/keywords/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": "http://www.metadataworkinggroup.com/schemas/regions/",
    "a": "http://ns.adobe.com/xmp/sType/Area#",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())


def read(folder: Path, inside: str, attributes: str = "") -> NamesInPhoto:
    sidecar = folder / "party.jpg.xmp"
    sidecar.write_text(
        f"<rdf:RDF {DECLARED}><rdf:Description {attributes}>{inside}</rdf:Description></rdf:RDF>", "utf-8"
    )
    return read_names(sidecar, 600, 400, 1)


def listed(tag: str, *texts: str, array: str = "Bag") -> str:
    items = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts)
    return f"<{tag}><rdf:{array}>{items}</rdf:{array}></{tag}>"


@pytest.mark.parametrize(
    "inside",
    [
        *(
            listed("Iptc4xmpExt:PersonInImage", "Ada", "Grace", array=array)
            for array in ("Bag", "Seq", "Alt")
        ),
        listed("Iptc4xmpExt:PersonInImage", "Ada", "ADA", "Grace", " "),
        *(
            f"<Iptc4xmpExt:PersonInImageWDetails><rdf:Bag>{''.join(item.format(n) for n in ('Ada', 'Grace'))}"
            "</rdf:Bag></Iptc4xmpExt:PersonInImageWDetails>"
            for item in (
                "<rdf:li rdf:parseType='Resource'><Iptc4xmpExt:PersonName><rdf:Alt>"
                "<rdf:li xml:lang='x-default'>{}</rdf:li></rdf:Alt></Iptc4xmpExt:PersonName></rdf:li>",
                "<rdf:li><rdf:Description Iptc4xmpExt:PersonName='{}'/></rdf:li>",
            )
        ),
        listed("digiKam:TagsList", "Places/Rome", "People/Ada", "People/Family/Grace", "People/Family"),
        listed("digiKam:TagsList", "Personen/Ada", "Personen/Unbekannt", "Personen/Grace"),
        listed("digiKam:TagsList", "People", "People/Unknown", "People/Ada", "people/Grace", array="Seq"),
        listed("lr:hierarchicalSubject", "Gente|Ada", "Gente|Amigos|Grace", "Places|People"),
        listed("MicrosoftPhoto:LastKeywordXMP", "People/Ada", "Leute/Grace"),
        listed("MP1:LastKeywordXMP", "People/Ada", "People/Grace"),
        listed("mediapro:CatalogSets", "Personnes|Ada", "Persons|Grace"),
        listed("expressionmedia:CatalogSets", "People|Ada", "People|Grace"),
        "<acdsee:categories>"
        + escape(
            '<Categories><Category Assigned="0">People<Category Assigned="1">Ada</Category>'
            '<Category Assigned="0">Work<Category Assigned="1">Grace</Category></Category></Category>'
            '<Category Assigned="1">Places</Category></Categories>'
        )
        + "</acdsee:categories>",
        "<mwg-kw:Keywords rdf:parseType='Resource'><mwg-kw:Hierarchy><rdf:Bag>"
        "<rdf:li rdf:parseType='Resource'><mwg-kw:Keyword>People</mwg-kw:Keyword><mwg-kw:Children><rdf:Bag>"
        "<rdf:li rdf:parseType='Resource'><mwg-kw:Keyword>Ada</mwg-kw:Keyword></rdf:li>"
        "<rdf:li><rdf:Description mwg-kw:Keyword='Grace'/></rdf:li>"
        "</rdf:Bag></mwg-kw:Children></rdf:li></rdf:Bag></mwg-kw:Hierarchy></mwg-kw:Keywords>",
    ],
)
def test_people_are_found_in_the_list_of_each_program(tmp_path: Path, inside: str) -> None:
    found = read(tmp_path, inside)
    assert (found.named, found.not_read, found.keywords) == ([], [], [])
    assert sorted(found.hints) == ["Ada", "Grace"]


@pytest.mark.parametrize(
    "inside",
    [
        listed("digiKam:TagsList", "Places/Rome", "Peoples Friendship Arch/Kyiv", "Ada"),
        listed("lr:hierarchicalSubject", "Events|People", "Ada"),
        listed("digiKam:TagsList", "People/Unknown", "People/Unconfirmed", "People"),
        listed("Iptc4xmpExt:PersonInImage"),
        "<acdsee:categories>&lt;Category</acdsee:categories>",
        "<mwg-kw:Keywords/>",
    ],
)
def test_other_keywords_are_no_people(tmp_path: Path, inside: str) -> None:
    assert read(tmp_path, inside).hints == []


def test_flat_keywords_are_apart_because_only_the_gallery_knows_who_is_a_person(tmp_path: Path) -> None:
    inside = listed("dc:subject", "Ada", "beach", "Ada", "Grace") + listed(
        "Iptc4xmpExt:PersonInImage", "Grace"
    )
    found = read(tmp_path, inside)
    assert (found.hints, found.keywords) == (["Grace"], ["Ada", "beach"])


def test_a_person_with_a_place_is_no_hint(tmp_path: Path) -> None:
    region = f'<rdf:li m:Name="Ada"><m:Area {area(ADA.box)}/></rdf:li>'
    inside = f"<m:RegionList><rdf:Bag>{region}</rdf:Bag></m:RegionList>"
    found = read(
        tmp_path, inside + listed("Iptc4xmpExt:PersonInImage", "ada", "Grace") + listed("dc:subject", "Ada")
    )
    assert ([one.name for one in found.named], found.hints, found.keywords) == (["Ada"], ["Grace"], [])


def test_people_that_microsoft_tags_without_a_place_are_hints(tmp_path: Path) -> None:
    items = (
        "<rdf:li MPReg:PersonDisplayName='Ada'/><rdf:li MPReg:PersonDisplayName='Grace' MPReg:Rectangle='x'/>"
    )
    found = read(tmp_path, f"<MPRI:Regions><rdf:Bag>{items}</rdf:Bag></MPRI:Regions>")
    assert (found.named, found.hints, found.not_read) == ([], ["Ada"], ["Grace"])


def test_names_of_pets_and_codes_are_no_people(tmp_path: Path) -> None:
    items = "".join(
        f'<rdf:li m:Name="{name}" m:Type="{kind}"><m:Area {area(ADA.box)}/></rdf:li>'
        for name, kind in (("Rex", "Pet"), ("4006381", "BarCode"), ("", "Focus"), ("Ada", "face"))
    )
    found = read(tmp_path, f"<m:RegionList><rdf:Bag>{items}</rdf:Bag></m:RegionList>")
    assert [one.name for one in found.named] == ["Ada"]
    assert (found.hints, found.not_faces) == ([], ["Rex", "4006381"])


@needs_exiftool
def test_what_exiftool_writes_is_read(tmp_path: Path) -> None:
    sidecar = tmp_path / "party.xmp"
    exiftool(
        "-XMP-iptcExt:PersonInImage=Ada Löwe",
        "-XMP-iptcExt:PersonInImageWDetails={PersonName=Betty}",
        "-XMP-digiKam:TagsList=People/Grace",
        "-XMP-lr:HierarchicalSubject=People|Kay",
        "-XMP-microsoft:LastKeywordXMP=People/Jean",
        "-XMP-mediapro:CatalogSets=People|Marlyn",
        "-XMP-mwg-kw:HierarchicalKeywords1=People",
        "-XMP-mwg-kw:HierarchicalKeywords2=Ruth",
        "-XMP-dc:Subject=beach",
        sidecar,
    )
    found = read_names(sidecar, 600, 400, 1)
    assert sorted(found.hints) == ["Ada Löwe", "Betty", "Grace", "Jean", "Kay", "Marlyn", "Ruth"]
    assert found.keywords == ["beach"]


@needs_exiv2
def test_what_exiv2_writes_is_read(tmp_path: Path) -> None:
    sidecar = tmp_path / "party.xmp"
    sidecar.write_text(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF {DECLARED}/></x:xmpmeta>", "utf-8")
    commands = [
        "set Xmp.iptcExt.PersonInImage XmpBag Ada",
        "set Xmp.digiKam.TagsList XmpSeq People/Grace",
        "set Xmp.lr.hierarchicalSubject XmpBag People|Kay",
        "set Xmp.MicrosoftPhoto.LastKeywordXMP XmpBag People/Jean",
        'set Xmp.acdsee.categories <Categories><Category Assigned="1">People<Category Assigned="1">Ruth'
        "</Category></Category></Categories>",
    ]
    for command in commands:
        exiv2("-M", command, sidecar)
    assert sorted(read_names(sidecar, 600, 400, 1).hints) == ["Ada", "Grace", "Jean", "Kay", "Ruth"]
