"""Faces' names in XMP side-car files, as digiKam, Lightroom, Picasa and exiftool keep them.

A name goes with a region of the Metadata Working Group's schema (mwg-rs:Regions). Photos are never
changed, and of a side-car that is there every byte is kept: new regions are put between the old ones.

No XMP library: python-xmp-toolkit needs Exempi, which pip does not bring and Windows does not have, and
pyexiv2 is under the GPL; XMP is XML, and the standard library reads that.
"""

from __future__ import annotations

import contextlib
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from face_match.durable import read_file, write_file
from face_match.errors import SidecarUnreadableError, SidecarWriteError
from face_match.memory_budget import MemoryBudget
from face_match.types import Box
from face_match.xmp import EMPTY, MWG, RDF, RESOURCE, ST_AREA, XmpDocument, fields_of

MAX_FILE_BYTES = 16 << 20
"""The largest side-cars, with a raw developer's masks in them, have a few megabytes."""

SAME_FACE_OVERLAP = 0.5
"""From here on two regions with one name are one face."""

MAX_NAME_CHARS = 4_000
"""What is longer in a side-car than any name may be is not looked at to its end."""

_BUDGET = MemoryBudget(300_000_000)
"""For all side-cars at once, which are read on all cores."""
_BYTES_PER_BYTE = 48
"""Memory that XMP takes for each byte of the file, at most."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ON_ITS_SIDE = (5, 6, 7, 8)
"""EXIF orientations whose rows are columns."""


class NamedRegion(NamedTuple):
    """A face with a name; the box is in pixels of the upright photo."""

    name: str
    box: Box


class _Area(NamedTuple):
    """A region as XMP has it: its centre and its size, as parts of the photo's width and height."""

    x: float
    y: float
    width: float
    height: float


def sidecar_of(photo: Path) -> Path | None:
    """The photo's side-car: photo.jpg.xmp as of digiKam and darktable, else photo.xmp as of Lightroom."""
    candidates = (new_sidecar(photo), photo.with_suffix(".xmp"))
    return next((path for path in candidates if _is_there(path)), None)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for one
        return False


def new_sidecar(photo: Path) -> Path:
    """The side-car to make for a photo that has none; with the whole name, photo.png has another one."""
    return photo.with_name(f"{photo.name}.xmp")


def read_regions(sidecar: Path, width: int, height: int, orientation: int) -> list[NamedRegion]:
    """The faces that have a name, in the order of the file.

    Areas are of the image as it is stored, before its EXIF orientation turns it upright. So says the
    MWG ("Region metadata is applied to the stored image", Guidelines 2.0, 5.9); digiKam turns what it
    reads by the orientation (TagRegion::adjustToOrientation), and so does Immich since 2025.

    They are parts of the width and height, and stay so where mwg-rs:AppliedToDimensions tells of another
    size or shape: right for a photo that was scaled since, off for one that was cropped, as in digiKam.

    Args:
        width, height: of the upright photo.
        orientation: the photo's own EXIF orientation, 1 to 8; anything else is taken for 1.
    Raises:
        SidecarUnreadableError: no file, too large, no XML, or XML that is not XMP.
    """
    content = _content(sidecar)
    with _BUDGET.use(len(content) * _BYTES_PER_BYTE):
        return _regions(XmpDocument(content, sidecar.name).root, width, height, orientation)


def write_regions(
    sidecar: Path, regions: Iterable[NamedRegion], width: int, height: int, orientation: int
) -> int:
    """Add faces to a side-car, or make one; a face that it has under that name is not added again.

    Args:
        width, height, orientation: as for `read_regions`. Boxes are cut off at the photo's edges.
    Returns:
        How many were added; where it is none, nothing is written.
    Raises:
        SidecarUnreadableError: there is one that cannot be read. It is left as it is.
        SidecarWriteError: what was there is there.
    """
    try:
        content = _content(sidecar) if sidecar.exists() else EMPTY
    except OSError as exc:  # the name is too long for one
        raise SidecarWriteError(sidecar.name, exc.strerror or type(exc).__name__) from exc
    with _BUDGET.use(len(content) * _BYTES_PER_BYTE):
        return _with_added(sidecar, content, regions, (width, height, orientation))


def _with_added(
    sidecar: Path, content: bytes, regions: Iterable[NamedRegion], image: tuple[int, int, int]
) -> int:
    """Writes what `write_regions` has to add to the content that there is, and returns how many."""
    width, height, orientation = image
    document = XmpDocument(content, sidecar.name)
    known = _regions(document.root, width, height, orientation)
    items = []
    for region in regions:
        name = _tidy(region.name)
        turned_back = {6: 8, 8: 6}.get(orientation, orientation)
        area = _rounded(_turned(_area(region.box, width, height), turned_back))
        new = NamedRegion(name, _box(_turned(area, orientation), width, height))
        if name and area.width > 0 and area.height > 0 and not any(_is_one_face(new, old) for old in known):
            known.append(new)
            items.append(_item(document, name, area))
    if items:
        stored = (height, width) if orientation in _ON_ITS_SIDE else (width, height)
        _write(sidecar, document.with_regions(items, *stored))
    return len(items)


def _regions(root: Element, width: int, height: int, orientation: int) -> list[NamedRegion]:
    return [
        NamedRegion(name, _box(_turned(area, orientation), width, height))
        for name, area in _named_areas(root)
    ]


def _named_areas(root: Element) -> Iterator[tuple[str, _Area]]:
    for listed in root.iter(f"{MWG}RegionList"):
        for item in listed.iterfind(f"*/{RDF}li"):
            region = fields_of(item)
            name, place = _tidy(_field(region, f"{MWG}Name")), region.find(f"{MWG}Area")
            is_face = _field(region, f"{MWG}Type") in ("Face", "")
            if is_face and name and place is not None and (area := _stored_area(fields_of(place))):
                yield name, area


def _stored_area(place: Element) -> _Area | None:
    """None for what is no rectangle in a photo, such as a circle, or one in pixels."""
    if _field(place, f"{ST_AREA}unit") not in ("normalized", ""):
        return None
    try:
        area = _Area(*(float(_field(place, f"{ST_AREA}{side}")) for side in "xywh"))
    except ValueError:
        return None
    is_in_photo = 0 <= area.x <= 1 and 0 <= area.y <= 1 and 0 < area.width < 2 and 0 < area.height < 2
    return area if is_in_photo else None


def _field(element: Element, tag: str) -> str:
    return (element.get(tag) or element.findtext(tag) or "").strip()


def _tidy(name: str) -> str:
    """Without what XML cannot hold, and with single spaces."""
    return " ".join(_NOT_IN_XML.sub("", name[:MAX_NAME_CHARS]).split())


def _is_one_face(one: NamedRegion, other: NamedRegion) -> bool:
    names = {unicodedata.normalize("NFC", region.name).casefold() for region in (one, other)}
    return len(names) == 1 and one.box.overlap(other.box) >= SAME_FACE_OVERLAP


def _turned(area: _Area, orientation: int) -> _Area:
    """As a photo of an EXIF orientation is turned to be upright."""
    x, y, width, height = area
    match orientation:
        case 2:
            return _Area(1 - x, y, width, height)
        case 3:
            return _Area(1 - x, 1 - y, width, height)
        case 4:
            return _Area(x, 1 - y, width, height)
        case 5:
            return _Area(y, x, height, width)
        case 6:
            return _Area(1 - y, x, height, width)
        case 7:
            return _Area(1 - y, 1 - x, height, width)
        case 8:
            return _Area(y, 1 - x, height, width)
    return area


def _area(box: Box, width: int, height: int) -> _Area:
    left, top = max(box.x, 0) / width, max(box.y, 0) / height
    right, bottom = min(box.x + box.width, width) / width, min(box.y + box.height, height) / height
    return _Area((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def _box(area: _Area, width: int, height: int) -> Box:
    left, top = area.x - area.width / 2, area.y - area.height / 2
    return Box(left * width, top * height, area.width * width, area.height * height)


def _rounded(area: _Area) -> _Area:
    """To what is written of it: a hundredth of a pixel in the largest photos."""
    return _Area(*(round(value, 6) for value in area))


def _item(document: XmpDocument, name: str, area: _Area) -> str:
    sides = zip("xywh", area, strict=True)
    place = [document.markup(f"stArea:{side}", f"{value:.6f}") for side, value in sides]
    return document.markup(
        "rdf:li",
        document.markup("mwg-rs:Name", escape(name)),
        document.markup("mwg-rs:Type", "Face"),
        document.markup(
            "mwg-rs:Area", *place, document.markup("stArea:unit", "normalized"), attributes=RESOURCE
        ),
        attributes=RESOURCE,
    )


def _content(sidecar: Path) -> bytes:
    try:
        if sidecar.stat().st_size > MAX_FILE_BYTES:
            raise SidecarUnreadableError(sidecar.name, f"over {MAX_FILE_BYTES >> 20} MB")
        return read_file(sidecar, MAX_FILE_BYTES)
    except OSError as exc:
        raise SidecarUnreadableError(sidecar.name, exc.strerror or type(exc).__name__) from exc


def _write(sidecar: Path, content: bytes) -> None:
    """With the permissions that the file has, or those of its folder: it is for other programs too."""
    try:
        if sidecar.is_symlink():  # it may lead to any file of this user's
            raise SidecarWriteError(sidecar.name, "it is a link")
        mode = (sidecar if sidecar.exists() else sidecar.parent).stat().st_mode
        write_file(sidecar, content)
    except OSError as exc:
        raise SidecarWriteError(sidecar.name, exc.strerror or type(exc).__name__) from exc
    with contextlib.suppress(OSError):
        sidecar.chmod(stat.S_IMODE(mode) & 0o666)
