"""XMP as programs write it, in all the shapes that RDF allows, for tests that read and write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from face_match.core.types import Box
from face_match.metadata.face_regions import NamedRegion

WIDTH, HEIGHT = 600, 400

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "stDim": "http://ns.adobe.com/xap/1.0/sType/Dimensions#",
    "MP": "http://ns.microsoft.com/photo/1.2/",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "other": "http://example.org/other/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())

STRUCTURES = ("description", "resource", "attributes", "mixed")
LISTS = ("Bag", "Seq", "Alt")
UNITS = ("normalized", "pixel", "", "pixels without a unit")
NAMES = ("text", "translations", "value", "list")
NUMBERS = (".", ",")
NAME_FIELDS = ("mwg-rs:Name", "MPReg:PersonDisplayName")
FOREIGN = (
    "<!-- a comment -->",
    '<other:Thing other:depth="3"><rdf:Bag><rdf:li>kept &amp; whole</rdf:li></rdf:Bag></other:Thing>',
    "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>A day</rdf:li></rdf:Alt></dc:title>",
    "<xmp:Rating>4</xmp:Rating>",
    "<?other instruction?>",
)


class Shape(NamedTuple):
    """How a document is written."""

    schema: str = "MWG"
    structure: str = "description"
    listed: str = "Bag"
    unit: str = "normalized"
    name: str = "text"
    decimal: str = "."
    foreign: tuple[str, ...] = ()
    space: str = "\n  "
    quote: str = '"'


def document(regions: Sequence[NamedRegion], shape: Shape) -> str:
    """A document with regions of a photo of `WIDTH` × `HEIGHT` pixels."""
    items = [_item(region, shape) for region in regions]
    array = f"<rdf:{shape.listed}>{shape.space.join(['', *items, ''])}</rdf:{shape.listed}>"
    if shape.schema == "MWG":
        size = _structure(
            "mwg-rs:AppliedToDimensions",
            {"stDim:w": str(WIDTH), "stDim:h": str(HEIGHT), "stDim:unit": "pixel"},
            shape,
        )
        body = f"{size}{shape.space}<mwg-rs:RegionList>{array}</mwg-rs:RegionList>"
        whole = _wrapped("mwg-rs:Regions", body, shape)
    else:
        whole = _wrapped("MP:RegionInfo", f"<MPRI:Regions>{array}</MPRI:Regions>", shape)
    inside = shape.space.join(["", *shape.foreign, whole, *reversed(shape.foreign), ""])
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {DECLARED}>{shape.space}'
        f'<rdf:Description rdf:about="">{inside}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _item(region: NamedRegion, shape: Shape) -> str:
    if shape.schema == "Microsoft":
        box = region.box
        sides = [box.x / WIDTH, box.y / HEIGHT, box.width / WIDTH, box.height / HEIGHT]
        rectangle = ", ".join(_number(side, shape) for side in sides)
        fields = {"MPReg:Rectangle": rectangle, "MPReg:PersonDisplayName": region.name}
    else:
        fields = {"mwg-rs:Name": region.name, "mwg-rs:Type": "Face"}
    children = [_area(region.box, shape)] if shape.schema == "MWG" else []
    return _structure("rdf:li", fields, shape, children)


def _area(box: Box, shape: Shape) -> str:
    is_in_pixels = shape.unit.startswith("pixel")
    width, height = (1, 1) if is_in_pixels else (WIDTH, HEIGHT)
    x, y = (box.x + box.width / 2) / width, (box.y + box.height / 2) / height
    sides = zip("xywh", (x, y, box.width / width, box.height / height), strict=True)
    fields = {f"stArea:{side}": _number(value, shape) for side, value in sides}
    if shape.unit in ("normalized", "pixel"):
        fields["stArea:unit"] = shape.unit
    return _structure("mwg-rs:Area", fields, shape)


def _number(value: float, shape: Shape) -> str:
    return f"{value:.9f}".replace(".", shape.decimal)


def _structure(tag: str, fields: dict[str, str], shape: Shape, children: Sequence[str] = ()) -> str:
    """A structure with fields, as attributes or elements of itself or of a description in it."""
    as_attributes = {
        "attributes": [*fields],
        "mixed": [*fields][1:],
        "description": [*fields] if tag != "rdf:li" else [],
        "resource": [],
    }[shape.structure]
    if shape.name != "text":  # such a name is no attribute
        as_attributes = [name for name in as_attributes if name not in NAME_FIELDS]
    attributes = "".join(
        f" {name}={quoted(fields[name], shape.quote)}" for name in fields if name in as_attributes
    )
    elements = [_element(name, value, shape) for name, value in fields.items() if name not in as_attributes]
    inside = shape.space.join([*elements, *children])
    if shape.structure == "attributes" and not inside:
        return f"<{tag}{attributes}/>"
    if shape.structure in ("description", "mixed"):
        return f"<{tag}><rdf:Description{attributes}>{inside}</rdf:Description></{tag}>"
    kind = "" if attributes else ' rdf:parseType="Resource"'
    return f"<{tag}{kind}{attributes}>{inside}</{tag}>"


def quoted(value: str, quote: str) -> str:
    """A value as an attribute has it."""
    entity = {'"': "&quot;", "'": "&apos;"}[quote]
    return f"{quote}{escape(value, {quote: entity})}{quote}"


def _element(tag: str, value: str, shape: Shape) -> str:
    text = name_text(value, shape) if tag in NAME_FIELDS else escape(value)
    return f"<{tag}>{text}</{tag}>"


def name_text(name: str, shape: Shape) -> str:
    """A name as the content of an element."""
    text = escape(name)
    return {
        "text": text,
        "translations": f'<rdf:Alt><rdf:li xml:lang="fr">Non</rdf:li>'
        f'<rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>',
        "value": f"<rdf:Description><rdf:value>{text}</rdf:value><other:by>I</other:by></rdf:Description>",
        "list": f"<rdf:Seq><rdf:li>{text}</rdf:li></rdf:Seq>",
    }[shape.name]


def _wrapped(tag: str, body: str, shape: Shape) -> str:
    if shape.structure in ("description", "mixed"):
        return f"<{tag}><rdf:Description>{body}</rdf:Description></{tag}>"
    return f'<{tag} rdf:parseType="Resource">{body}</{tag}>'
