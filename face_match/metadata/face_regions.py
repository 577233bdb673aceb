"""Face regions in an XMP document: where they are, whom they name, and which picture they are of.

Three schemas: the Metadata Working Group's (digiKam, Lightroom, Picasa), Microsoft's (Windows Photo Gallery,
which digiKam writes too), and IPTC's, which is read and never written. All place regions in the image as it
is stored, before its orientation is applied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

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
"""The rest of a longer name is ignored."""

MAX_OTHER_REGIONS = 10_000
"""Further ones of Microsoft's or IPTC's are ignored: each is compared with all regions before it."""

_SAME_SHAPE = 1.02
"""Aspect ratios that differ by no more are equal: scaled photos have rounded sides."""

_MOST_PIXELS = 1e9
"""A side of a picture that is stated to be longer, is not stated at all."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NamedRegion(NamedTuple):
    """A face with a name; the box is in pixels of the upright photo."""

    name: str
    box: Box


class Area(NamedTuple):
    """A region as XMP has it: its centre and its size, as parts of the photo's width and height."""

    x: float
    y: float
    width: float
    height: float


class Region(NamedTuple):
    """A face region, named or not.

    Attributes:
        item: the list item of the region.
        fields: the element whose attributes and children are the region's fields.
        name: "" where it has none.
    """

    item: Element
    fields: Element
    name: str
    area: Area


class Schema(NamedTuple):
    """The tags of one schema's list of regions and of the name in a region."""

    listed: str
    name: str
    area_of: Callable[[Element], Area | None]


def regions_of(root: Element, schema: Schema) -> Iterator[Region]:
    """The face regions of one schema, in the order of the file.

    A region is left out where its area is no rectangle in the photo, such as a circle or one in pixels, and
    where its name is not plain text.
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
    """Microsoft states the left, top, width and height."""
    sides = field(fields, f"{MICROSOFT}Rectangle").split(",", 4)
    return _from_corner(sides) if len(sides) == 4 else None


def _from_corner(sides: list[str]) -> Area | None:
    """Of the left, top, width and height."""
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
    """The Metadata Working Group's face regions."""
    return list(regions_of(root, MWG_SCHEMA))


def microsoft_regions(root: Element) -> list[Region]:
    """Microsoft's face regions."""
    return list(islice(regions_of(root, MICROSOFT_SCHEMA), MAX_OTHER_REGIONS))


def iptc_regions(root: Element) -> tuple[list[Region], list[str]]:
    """IPTC's rectangles with the name of one person; and the names of people that are placed otherwise."""
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
    """Whom a region shows: as its people, or as the name of a region that is stated to be of a human."""
    people = _list_of(fields, f"{IPTC}PersonInImage")
    if not people and _is_human_region(fields.find(f"{IPTC}rCtype")):
        people = _list_of(fields, f"{IPTC}Name")[:1]  # the others are translations
    return people


def _list_of(fields: Element, tag: str) -> list[str]:
    return [name for item in fields.iterfind(f"{tag}/*/{RDF}li") if (name := clean_text(item.text or ""))]


def _is_human_region(kind: Element | None) -> bool:
    """Whether a region's kind is, or has the identifier, http://cv.iptc.org/newscodes/imageregiontype/human."""
    elements = [] if kind is None else kind.iter()
    return any("human" in text for one in elements for text in (one.text or "", *one.attrib.values()))


def _iptc_area(fields: Element) -> Area | None:
    """A rectangle by its left, top, width and height as parts of the image's sides."""
    place = fields.find(f"{IPTC}RegionBoundary")
    if place is None:
        return None
    place = fields_of(place)
    if (field(place, f"{IPTC}rbShape"), field(place, f"{IPTC}rbUnit")) != ("rectangle", "relative"):
        return None
    return _from_corner([field(place, f"{IPTC}rb{side}") for side in "XYWH"])


def document_orientation(root: Element) -> int | None:
    """The document's tiff:Orientation, 1 to 8; None if it states none."""
    for description in root.iter(f"{RDF}Description"):
        if (value := field(description, f"{TIFF}Orientation")) in {*"12345678"}:
            return int(value)
    return None


def other_image_size(root: Element, width: int, height: int, orientation: int) -> str | None:
    """The size of another picture that the regions are of, as text; None if they may be of this one.

    A photo that was scaled keeps its shape. Some programs state the size of the upright image instead of the
    stored one: see `region_orientation`.

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
    """The orientation under which the regions' places are: 1 for the image as it is stored.

    Another one where the stated size can only be that of the upright image: it lies on its side, and the
    size is not that of the stored one.

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
    """The sizes of pictures that regions are stated to be of."""
    for element in root.iter(f"{MWG}AppliedToDimensions"):
        fields = fields_of(element)
        try:
            width, height = (float(field(fields, f"{ST_DIM}{side}")) for side in "wh")
        except ValueError:
            continue
        if 0 < width < _MOST_PIXELS and 0 < height < _MOST_PIXELS:
            yield width, height


def _is_same_shape(width: float, height: float, own_width: int, own_height: int) -> bool:
    """Nearly, or but for a pixel of a small photo."""
    one, other = sorted((width * own_height, height * own_width))
    return other <= one * _SAME_SHAPE or other - one <= max(width, height)


def field(element: Element, tag: str) -> str:
    """A field's text, whether it is written as an attribute or as a child."""
    return (element.get(tag) or element.findtext(tag) or "").strip()


def clean_text(name: str) -> str:
    """Without what XML cannot hold, and with single spaces."""
    return " ".join(_NOT_IN_XML.sub("", name[:MAX_NAME_CHARS]).split())


def folded_name(name: str) -> str:
    """Equal for names that differ in case or in the composition of letters alone."""
    return unicodedata.normalize("NFC", name).casefold()


def reoriented(area: Area, before: int, after: int) -> Area:
    """A region of an image that is upright under one EXIF orientation, where it is under another one."""
    centre = turned_box(Box(area.x, area.y, 0, 0), 1, 1, before, after)
    is_on_its_side = (before in SIDEWAYS_ORIENTATIONS) != (after in SIDEWAYS_ORIENTATIONS)
    sides = (area.height, area.width) if is_on_its_side else (area.width, area.height)
    return Area(centre.x, centre.y, *sides)


def area_of(box: Box, width: int, height: int) -> Area:
    """A box in pixels as parts of the photo's sides, cut off at its edges."""
    left, top = max(box.x, 0) / width, max(box.y, 0) / height
    right, bottom = min(box.x + box.width, width) / width, min(box.y + box.height, height) / height
    return Area((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def box_of(area: Area, width: int, height: int) -> Box:
    """An area in pixels of the photo."""
    left, top = area.x - area.width / 2, area.y - area.height / 2
    return Box(left * width, top * height, area.width * width, area.height * height)
