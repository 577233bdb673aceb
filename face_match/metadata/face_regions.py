"""Face regions in XMP: their places, their names, and the image that they belong to.

Three schemas are supported: the Metadata Working Group's (MWG; digiKam, Lightroom, Picasa), Microsoft's
(Windows Photo Gallery, also written by digiKam), and IPTC's, which is read only. All of them place regions in
the image as stored, before its orientation is applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from face_match.core.normal_form import normalized
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.orientation import reorient_box as turned_box
from face_match.core.types import Box
from face_match.metadata.xmp import (
    IPTC,
    MICROSOFT,
    MICROSOFT_LIST,
    MWG,
    RDF,
    ST_AREA,
    ST_DIM,
    TIFF,
    fields_of,
)

MAX_NAME_CHARS = 4_000
"""Longer names are cut off."""

MAX_OTHER_REGIONS = 10_000
"""More regions of Microsoft or IPTC are ignored, because each is compared with all before it."""

KIND_LEVELS = 8
"""The levels of a region's type in which its identifier is looked for. IPTC's form has seven: rCtype, Bag,
li, Description, Identifier, Bag, li. Without a limit, regions in each other's types take quadratic time."""

_SAME_SHAPE = 1.02
"""Aspect ratios within this factor count as equal, because the sides of scaled photos are rounded."""

_MOST_PIXELS = 1e9
"""A larger stated side is ignored as invalid."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NamedRegion(NamedTuple):
    """A named face; the box is in pixels of the upright photo."""

    name: str
    box: Box


class Area(NamedTuple):
    """A region as in XMP: its centre and size as fractions of the photo's width and height."""

    x: float
    y: float
    width: float
    height: float


class Region(NamedTuple):
    """A face region.

    Attributes:
        item: the list item of the region.
        fields: the element with the region's fields as attributes and children.
        name: "" for an unnamed region.
    """

    item: Element
    fields: Element
    name: str
    area: Area


class Schema(NamedTuple):
    """The tags of a schema's region list and name, and the function that reads a region's area."""

    listed: str
    name: str
    area_of: Callable[[Element], Area | None]


def regions_of(root: Element, schema: Schema) -> Iterator[Region]:
    """The face regions of a schema, in document order.

    A region is skipped if its area is not a rectangle in relative units, or its name is not plain text.
    """
    for listed in root.iter(schema.listed):
        for item in listed.iterfind(f"*/{RDF}li"):
            fields = fields_of(item)
            area = schema.area_of(fields)
            if area and not any(len(name) for name in fields.iterfind(schema.name)):
                yield Region(item, fields, clean_text(field(fields, schema.name)), area)


def _mwg_area(fields: Element) -> Area | None:
    place = fields.find(f"{MWG}Area")
    if place is None or field(fields, f"{MWG}Type") not in ("Face", ""):
        return None
    place = fields_of(place)
    if field(place, f"{ST_AREA}unit") not in ("normalized", ""):
        return None
    return _area([field(place, f"{ST_AREA}{side}") for side in "xywh"])


def _microsoft_area(fields: Element) -> Area | None:
    """Microsoft gives the left, top, width and height."""
    sides = field(fields, f"{MICROSOFT}Rectangle").split(",", 4)
    return _from_corner(sides) if len(sides) == 4 else None


def _from_corner(sides: list[str]) -> Area | None:
    """The area with this left, top, width and height."""
    area = _area(sides)
    return area and _area([area.x + area.width / 2, area.y + area.height / 2, area.width, area.height])


def _area(sides: list[str] | list[float]) -> Area | None:
    try:
        area = Area(*map(float, sides))
    except ValueError:
        return None
    is_in_photo = 0 <= area.x <= 1 and 0 <= area.y <= 1 and 0 < area.width < 2 and 0 < area.height < 2
    return area if is_in_photo else None


MWG_SCHEMA = Schema(f"{MWG}RegionList", f"{MWG}Name", _mwg_area)
MICROSOFT_SCHEMA = Schema(f"{MICROSOFT_LIST}Regions", f"{MICROSOFT}PersonDisplayName", _microsoft_area)


def mwg_regions(root: Element) -> list[Region]:
    """The face regions of the MWG schema."""
    return list(regions_of(root, MWG_SCHEMA))


def microsoft_regions(root: Element) -> list[Region]:
    """The face regions of Microsoft's schema."""
    return list(islice(regions_of(root, MICROSOFT_SCHEMA), MAX_OTHER_REGIONS))


def iptc_regions(root: Element) -> tuple[list[Region], list[str]]:
    """IPTC's rectangles with exactly one person's name, and the names in its other regions."""
    found, others = list[Region](), list[str]()
    items = (item for listed in root.iter(f"{IPTC}ImageRegion") for item in listed.iterfind(f"*/{RDF}li"))
    for item in islice(items, MAX_OTHER_REGIONS):
        fields = fields_of(item)
        names, area = _iptc_people(fields), _iptc_area(fields)
        if area is not None and len(names) == 1:
            found.append(Region(item, fields, names[0], area))
        else:
            others += names
    return found, others


def _iptc_people(fields: Element) -> list[str]:
    """The names in a region: its people, or the name of a region marked as human."""
    people = _list_of(fields, f"{IPTC}PersonInImage")
    if not people and _is_human_region(fields.find(f"{IPTC}rCtype")):
        people = _list_of(fields, f"{IPTC}Name")[:1]  # the other entries are translations
    return people


def _list_of(fields: Element, tag: str) -> list[str]:
    return [name for item in fields.iterfind(f"{tag}/*/{RDF}li") if (name := clean_text(item.text or ""))]


def _is_human_region(kind: Element | None) -> bool:
    """Whether a region's type is, or has the identifier,
    http://cv.iptc.org/newscodes/imageregiontype/human."""
    level = [] if kind is None else [kind]
    for _ in range(KIND_LEVELS):
        if any("human" in text for one in level for text in (one.text or "", *one.attrib.values())):
            return True
        level = [inner for one in level for inner in one]
    return False


def _iptc_area(fields: Element) -> Area | None:
    """The area of a rectangle in relative units; None for other shapes."""
    place = fields.find(f"{IPTC}RegionBoundary")
    if place is None:
        return None
    place = fields_of(place)
    if (field(place, f"{IPTC}rbShape"), field(place, f"{IPTC}rbUnit")) != ("rectangle", "relative"):
        return None
    return _from_corner([field(place, f"{IPTC}rb{side}") for side in "XYWH"])


def document_orientation(root: Element) -> int | None:
    """The document's tiff:Orientation, 1 to 8; None if missing."""
    for description in root.iter(f"{RDF}Description"):
        if (value := field(description, f"{TIFF}Orientation")) in {*"12345678"}:
            return int(value)
    return None


def other_image_size(root: Element, width: int, height: int, orientation: int) -> str | None:
    """The stated image size, as text, if the regions belong to another image; None if they may belong to this
    one.

    Scaling keeps the aspect ratio. Some programs state the size of the upright image; see
    `region_orientation`.

    Args:
        width, height, orientation: of the upright photo.
    """
    shapes = [(width, height)]
    if orientation in SIDEWAYS_ORIENTATIONS or document_orientation(root) in SIDEWAYS_ORIENTATIONS:
        shapes.append((height, width))
    for sides in _applied_to(root):
        if not any(_is_same_shape(*sides, *shape) for shape in shapes):
            return f"{sides[0]:.10g} × {sides[1]:.10g}"
    return None


def region_orientation(root: Element, width: int, height: int, orientation: int) -> int:
    """The orientation that the regions' places refer to: 1 for the image as stored.

    It is another one if the image is turned by 90° and the stated size fits only the upright image.

    Args:
        width, height, orientation: of the upright photo.
    """
    stated = document_orientation(root)
    turned_by = stated if stated in SIDEWAYS_ORIENTATIONS else orientation
    if turned_by not in SIDEWAYS_ORIENTATIONS:
        return 1
    wide, high = (height, width) if orientation in SIDEWAYS_ORIENTATIONS else (width, height)
    for sides in _applied_to(root):
        is_exact = wide != high and (sides[0], sides[1]) == (float(high), float(wide))
        if is_exact or (_is_same_shape(*sides, high, wide) and not _is_same_shape(*sides, wide, high)):
            return turned_by
    return 1


def _applied_to(root: Element) -> Iterator[tuple[float, float]]:
    """The image sizes that the regions are stated to apply to."""
    for element in root.iter(f"{MWG}AppliedToDimensions"):
        fields = fields_of(element)
        try:
            width, height = (float(field(fields, f"{ST_DIM}{side}")) for side in "wh")
        except ValueError:
            continue
        if 0 < width < _MOST_PIXELS and 0 < height < _MOST_PIXELS:
            yield width, height


def _is_same_shape(width: float, height: float, own_width: int, own_height: int) -> bool:
    """Whether aspect ratios are nearly equal; small photos may differ by a pixel."""
    one, other = sorted((width * own_height, height * own_width))
    return other <= one * _SAME_SHAPE or other - one <= max(width, height)


def field(element: Element, tag: str) -> str:
    """A field's text, from an attribute or a child element."""
    return (element.get(tag) or element.findtext(tag) or "").strip()


def clean_text(name: str) -> str:
    """The text without characters that XML cannot hold, and with single spaces."""
    return " ".join(_NOT_IN_XML.sub("", name[:MAX_NAME_CHARS]).split())


def folded_name(name: str) -> str:
    """A key that ignores case and the composition of letters."""
    return normalized("NFC", name).casefold()


def reoriented(area: Area, before: int, after: int) -> Area:
    """A region moved from one EXIF orientation to another."""
    centre = turned_box(Box(area.x, area.y, 0, 0), 1, 1, before, after)
    is_on_its_side = (before in SIDEWAYS_ORIENTATIONS) != (after in SIDEWAYS_ORIENTATIONS)
    sides = (area.height, area.width) if is_on_its_side else (area.width, area.height)
    return Area(centre.x, centre.y, *sides)


def area_of(box: Box, width: int, height: int) -> Area:
    """A pixel box as fractions of the photo's sides, clipped to the photo."""
    left, top = max(box.x, 0) / width, max(box.y, 0) / height
    right, bottom = min(box.x + box.width, width) / width, min(box.y + box.height, height) / height
    return Area((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def box_of(area: Area, width: int, height: int) -> Box:
    """A relative area as a box in pixels."""
    left, top = area.x - area.width / 2, area.y - area.height / 2
    return Box(left * width, top * height, area.width * width, area.height * height)
