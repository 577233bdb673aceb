"""Face regions in XMP: their places, their names, and the image that they belong to.

Four schemas are read: the Metadata Working Group's (MWG; digiKam, Lightroom, Picasa), Microsoft's (Windows
Photo Gallery, also written by digiKam), IPTC's and ACDSee's. The first two are also written. All of them
place regions in the image as stored, before its orientation is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from face_match.core.box_overlap import Numbers, shares_centre
from face_match.core.normal_form import normalized
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS, UPRIGHT_ORIENTATIONS, inverse
from face_match.core.orientation import reorient_box as turned_box
from face_match.core.types import Box
from face_match.metadata.xmp import (
    ACDSEE,
    ACDSEE_AREA,
    IPTC,
    MICROSOFT,
    MICROSOFT_LIST,
    MWG,
    RDF,
    ST_AREA,
    ST_DIM,
    TIFF,
)
from face_match.metadata.xmp_values import (
    clean_text,
    field,
    fields_of,
    four_numbers,
    items_of,
    number,
    texts_of,
)

MAX_OTHER_REGIONS = 10_000
"""More regions of Microsoft, IPTC or ACDSee are ignored, because each is compared with all before it."""

KIND_LEVELS = 8
"""The levels of a region's type in which its identifier is looked for. IPTC's form has seven: rCtype, Bag,
li, Description, Identifier, Bag, li. Without a limit, regions in each other's types take quadratic time."""

_SAME_SHAPE = 1.005
"""Aspect ratios within this factor count as equal: a raw photo and its JPEG differ by a few rows."""

_SAME_SIDES = 1.02
"""An image whose sides are both within this factor of the stated ones lost a narrow border at most."""

_MOST_PIXELS = 1e9
"""A larger stated side is ignored as invalid."""

_DIMENSIONS = (
    ST_DIM,
    "{http://ns.adobe.com/xmp/sType/Dimensions#}",
    "{http://ns.acdsee.com/sType/Dimensions#}",
)
"""The namespaces of an image's sides: the documented one, one that some programs write, and ACDSee's."""

_RELATIVE, _PIXELS = ("normalized", "relative", ""), ("pixel", "pixels")


class NamedRegion(NamedTuple):
    """A named face; the box is in pixels of the upright photo."""

    name: str
    box: Box


class Size(NamedTuple):
    """The sides of an image as stored, in pixels."""

    width: float
    height: float


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


class Regions(NamedTuple):
    """The face regions of a schema.

    Attributes:
        found: in document order.
        not_read: names in regions whose place is none that can be read.
        without_place: names in regions without any place: people who are in the photo.
        not_faces: names in regions of pets and other things.
    """

    found: list[Region]
    not_read: list[str]
    without_place: list[str]
    not_faces: list[str]


class Schema(NamedTuple):
    """The tags of a schema's region list, and of a region's name, place and type.

    Attributes:
        area_of: the area that a place says in an image of a size; None if it cannot be read.
    """

    listed: str
    name: str
    place: str
    kind: str
    area_of: Callable[[Element, Size], Area | None]


def regions_of(root: Element, schema: Schema, stored: Size) -> Regions:
    """The face regions of a schema.

    Args:
        stored: the image's size. Regions in pixels refer to it, unless the document states another.
    """
    size = next(_applied_to(root), stored)
    regions = Regions([], [], [], [])
    for item in islice(_items(root, schema.listed), None if schema is MWG_SCHEMA else MAX_OTHER_REGIONS):
        fields = fields_of(item)
        name = clean_text(field(fields, schema.name))
        if field(fields, f"{ACDSEE}NameAssignType").casefold() == "denied":
            continue
        if field(fields, schema.kind).casefold() not in ("face", ""):
            if name:
                regions.not_faces.append(name)
            continue
        has_place = schema.place in fields.attrib or fields.find(schema.place) is not None
        area = schema.area_of(fields, size) if has_place else None
        if area is not None:
            regions.found.append(Region(item, fields, name, area))
        elif name:
            (regions.not_read if has_place else regions.without_place).append(name)
    return regions


def _items(root: Element, tag: str) -> Iterator[Element]:
    """The items of the lists with a tag, each once: a list that is referred to may be in two places."""
    lists = {id(listed): listed for listed in root.iter(tag)}
    return (item for listed in lists.values() for item in items_of(listed))


def _structure_area(place: Element, prefix: str, size: Size) -> Area | None:
    """An area with a centre and sides, or with the diameter of a circle."""
    place = fields_of(place)
    sides = [number(field(place, f"{prefix}{side}")) for side in "xywh"]
    diameter = number(field(place, f"{prefix}d"))
    unit = field(place, f"{prefix}unit").casefold()
    if diameter is not None and sides[2] is sides[3] is None:
        is_relative = unit in _RELATIVE
        shorter = min(size) if is_relative else 1.0
        across = (size.width, size.height) if is_relative else (1.0, 1.0)
        sides[2:] = [diameter * shorter / across[0], diameter * shorter / across[1]]
    return _area(sides, unit, size)


def _mwg_area(fields: Element, size: Size) -> Area | None:
    place = fields.find(f"{MWG}Area")
    return None if place is None else _structure_area(place, ST_AREA, size)


def _acdsee_area(fields: Element, size: Size) -> Area | None:
    place = fields.find(f"{ACDSEE}DLYArea")
    return None if place is None else _structure_area(place, ACDSEE_AREA, size)


def _microsoft_area(fields: Element, size: Size) -> Area | None:
    """Microsoft gives the left, top, width and height."""
    return _from_corner(four_numbers(field(fields, f"{MICROSOFT}Rectangle")) or [], "", size)


def _from_corner(sides: Sequence[float | None], unit: str, size: Size) -> Area | None:
    """The area with this left, top, width and height."""
    values = _fractions(sides, unit, size)
    if values is None:
        return None
    left, top, width, height = values
    return _checked(Area(left + width / 2, top + height / 2, width, height))


def _area(sides: Sequence[float | None], unit: str, size: Size) -> Area | None:
    """The area with this centre, width and height."""
    values = _fractions(sides, unit, size)
    return None if values is None else _checked(Area(*values))


def _fractions(sides: Sequence[float | None], unit: str, size: Size) -> list[float] | None:
    """Four sides in one of the units as fractions of the image's. Without a unit, large ones are pixels."""
    values = [side for side in sides if side is not None]
    if len(values) != 4 or unit not in (*_RELATIVE, *_PIXELS):
        return None
    if unit in _PIXELS or (unit == "" and max(values) > 2):
        return [value / size[place % 2] for place, value in enumerate(values)]
    return values


def _checked(area: Area) -> Area | None:
    """The area if its centre is in the image."""
    is_in_photo = 0 <= area.x <= 1 and 0 <= area.y <= 1 and 0 < area.width < 2 and 0 < area.height < 2
    return area if is_in_photo else None


MWG_SCHEMA = Schema(f"{MWG}RegionList", f"{MWG}Name", f"{MWG}Area", f"{MWG}Type", _mwg_area)
MICROSOFT_SCHEMA = Schema(
    f"{MICROSOFT_LIST}Regions",
    f"{MICROSOFT}PersonDisplayName",
    f"{MICROSOFT}Rectangle",
    f"{MICROSOFT}Type",
    _microsoft_area,
)
ACDSEE_SCHEMA = Schema(
    f"{ACDSEE}RegionList", f"{ACDSEE}Name", f"{ACDSEE}DLYArea", f"{ACDSEE}Type", _acdsee_area
)


def iptc_regions(root: Element, stored: Size) -> Regions:
    """IPTC's rectangles with exactly one person's name, and the names in its other regions."""
    regions = Regions([], [], [], [])
    for item in islice(_items(root, f"{IPTC}ImageRegion"), MAX_OTHER_REGIONS):
        fields = fields_of(item)
        names, area = _iptc_people(fields), _iptc_area(fields, stored)
        if area is not None and len(names) == 1:
            regions.found.append(Region(item, fields, names[0], area))
        else:
            regions.not_read.extend(names)
    return regions


def _iptc_people(fields: Element) -> list[str]:
    """The names in a region: its people, or the name of a region marked as human."""
    people = list(texts_of(fields, f"{IPTC}PersonInImage"))
    if not people and _is_human_region(fields.find(f"{IPTC}rCtype")):
        people = [name for name in [clean_text(field(fields, f"{IPTC}Name"))] if name]
    return people


def _is_human_region(kind: Element | None) -> bool:
    """Whether a region's type is, or has the identifier,
    http://cv.iptc.org/newscodes/imageregiontype/human."""
    level = [] if kind is None else [kind]
    for _ in range(KIND_LEVELS):
        if any("human" in text for one in level for text in (one.text or "", *one.attrib.values())):
            return True
        level = [inner for one in level for inner in one]
    return False


def _iptc_area(fields: Element, stored: Size) -> Area | None:
    """The area of a rectangle; None for other shapes."""
    place = fields.find(f"{IPTC}RegionBoundary")
    if place is None:
        return None
    place = fields_of(place)
    unit = field(place, f"{IPTC}rbUnit").casefold()
    if field(place, f"{IPTC}rbShape").casefold() != "rectangle" or not unit:
        return None
    return _from_corner([number(field(place, f"{IPTC}rb{side}")) for side in "XYWH"], unit, stored)


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


def possible_turns(root: Element, width: int, height: int, orientation: int) -> tuple[int, ...]:
    """The EXIF orientations by which regions of another image may fit this one: the image was turned, and the
    file does not say how. Empty if their stated size fits in no turn: the image was cropped.

    Args:
        width, height, orientation: of the upright photo.
    """
    sizes = list(_applied_to(root))
    turns = list[int]()
    if all(_is_same_shape(*size, width, height) for size in sizes):
        turns += [orientation, *UPRIGHT_ORIENTATIONS]
    if all(_is_same_shape(*size, height, width) for size in sizes):
        turns += SIDEWAYS_ORIENTATIONS
    stated = document_orientation(root)
    return tuple(dict.fromkeys([*([stated] if stated in turns else []), *turns]))


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


def orientation_before_turn(root: Element, width: int, height: int, orientation: int) -> int | None:
    """The orientation that the regions' places refer to if the image's pixels were turned since as the
    document states, and the image needs no orientation any more; None if that cannot be.

    A mirrored image (2) shows its faces as well as before, so nothing tells that it was turned.

    Args:
        width, height, orientation: of the upright photo.
    """
    stated = document_orientation(root)
    if stated in (None, 1, 2) or orientation != 1:
        return None
    before = (height, width) if stated in SIDEWAYS_ORIENTATIONS else (width, height)
    is_possible = all(_is_same_shape(*size, *before) for size in _applied_to(root))
    return inverse(stated) if is_possible else None


def _applied_to(root: Element) -> Iterator[Size]:
    """The image sizes that the regions are stated to apply to."""
    for tag in (f"{MWG}AppliedToDimensions", f"{ACDSEE}AppliedToDimensions"):
        for element in root.iter(tag):
            fields = fields_of(element)
            for prefix in _DIMENSIONS:
                width, height = (number(field(fields, f"{prefix}{side}")) or 0 for side in "wh")
                is_in_pixels = field(fields, f"{prefix}unit").casefold() in (*_PIXELS, "")
                if is_in_pixels and 0 < width < _MOST_PIXELS and 0 < height < _MOST_PIXELS:
                    yield Size(width, height)


def _is_same_shape(width: float, height: float, own_width: int, own_height: int) -> bool:
    """Whether an image may be another one scaled, not cropped; small photos may differ by a pixel."""
    one, other = sorted((width * own_height, height * own_width))
    if other <= one * _SAME_SHAPE or other - one <= max(width, height):
        return True
    return all(
        max(side, own) <= min(side, own) * _SAME_SIDES
        for side, own in ((width, own_width), (height, own_height))
    )


def folded_name(name: str) -> str:
    """A key that ignores case and the composition of letters."""
    return normalized("NFC", name).casefold()


def is_among(name: str, box: Box, before: Mapping[str, Numbers]) -> bool:
    """Whether a name is at this place already, drawn narrower or wider by whatever program.

    Args:
        before: the boxes of each name, by its folded form.
    """
    rows = before.get(folded_name(name))
    return rows is not None and shares_centre(box, rows)


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
