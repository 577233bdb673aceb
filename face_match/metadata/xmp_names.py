"""The names of people in an XMP document, whether it is a sidecar or in a photo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from face_match.core.box_overlap import box_rows, overlaps
from face_match.core.memory_budget import MemoryBudget
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.photo_folders import RAW_SUFFIXES
from face_match.core.types import SAME_FACE_OVERLAP, Box
from face_match.metadata.face_regions import (
    ACDSEE_SCHEMA,
    MICROSOFT_SCHEMA,
    MWG_SCHEMA,
    NamedRegion,
    Region,
    Regions,
    Size,
    box_of,
    document_orientation,
    folded_name,
    iptc_regions,
    is_among,
    orientation_before_turn,
    other_image_size,
    possible_turns,
    region_orientation,
    regions_of,
    reoriented,
)
from face_match.metadata.name_sources import NamesInPhoto
from face_match.metadata.people_lists import distinct, flat_keywords, listed_people
from face_match.metadata.xmp import RDF, XmpDocument
from face_match.metadata.xmp_values import field

SIDECAR_FOR_EXTENSION = "{http://ns.adobe.com/photoshop/1.0/}SidecarForExtension"

BUDGET = MemoryBudget(300_000_000)
"""Shared by all documents, which are read on all cores."""
BYTES_PER_BYTE = 48
"""The most memory that a byte of XMP takes when parsed."""


class Image(NamedTuple):
    """An upright photo, in pixels, and its EXIF orientation, 1 to 8; other values count as 1."""

    width: int
    height: int
    orientation: int

    @property
    def stored(self) -> Size:
        """The size of the image as stored."""
        is_turned = self.orientation in SIDEWAYS_ORIENTATIONS
        return Size(self.height, self.width) if is_turned else Size(self.width, self.height)


def names_in_xmp(content: bytes, name: str, image: Image, *, is_beside_raw: bool = False) -> NamesInPhoto:
    """Read the names, and whether their places can be trusted.

    Areas refer to the image as stored, before its EXIF orientation turns it upright (MWG Guidelines 2.0, 5.9:
    "Region metadata is applied to the stored image"). digiKam turns them by the orientation when reading
    (TagRegion::adjustToOrientation), and so does Immich since 2025.

    Places are not trusted if mwg-rs:AppliedToDimensions has another aspect ratio than the photo, which was
    cropped or turned since, or if the document belongs to a raw photo that is turned differently. A region of
    another schema than MWG's is skipped if an earlier region has the same face, or the same name there.

    Args:
        name: of the file, for errors.
        is_beside_raw: whether the document may belong to a raw photo.
    Raises:
        SidecarUnreadableError: not XML, or not XMP.
    """
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        root = XmpDocument(content, name).root
        reason = mismatch_reason(root, image, is_beside_raw=is_beside_raw)
        frame = 1 if reason else region_orientation(root, *image)
        named, others = _regions(root, image, frame)
        before_turn = None if reason else orientation_before_turn(root, *image)
        reason = reason if named else ""
        places = {folded_name(region.name) for region in named}
        unread = distinct(name for name in others.not_read if folded_name(name) not in places)
        hints = distinct([*others.without_place, *listed_people(root)])
        hints = [name for name in hints if folded_name(name) not in places]
        known = places | {folded_name(name) for name in hints}
        return NamesInPhoto(
            named,
            not reason,
            reason,
            document_orientation(root),
            unread,
            hints,
            [name for name in flat_keywords(root) if folded_name(name) not in known],
            not_faces=others.not_faces,
            turns=possible_turns(root, *image) if reason else (),
            named_before_turn=() if before_turn is None else _regions(root, image, before_turn)[0],
        )


def region_names(content: bytes, name: str) -> set[str]:
    """The names in the regions of a document, folded; raises SidecarUnreadableError."""
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        root = XmpDocument(content, name).root
        named, others = _regions(root, Image(1, 1, 1), 1)
        names = (*(region.name for region in named), *others.not_read, *others.without_place)
        return set(map(folded_name, names))


def stated_extension(content: bytes, name: str) -> str:
    """The suffix of the photo that a document states to be a sidecar of, folded and without a dot; "" without
    one. Raises SidecarUnreadableError."""
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        return _extension(XmpDocument(content, name).root)


def _extension(root: Element) -> str:
    descriptions = root.iterfind(f".//{RDF}RDF/{RDF}Description")
    stated = (field(one, SIDECAR_FOR_EXTENSION) for one in descriptions)
    return next((text.lstrip(".").casefold() for text in stated if text), "")


def _regions(root: Element, image: Image, frame: int) -> tuple[list[NamedRegion], Regions]:
    """The named regions of all schemas, and the names in the others.

    Args:
        frame: the orientation that the places refer to.
    """

    def placed(regions: Iterable[Region]) -> list[NamedRegion]:
        return [
            NamedRegion(
                region.name,
                box_of(reoriented(region.area, frame, image.orientation), image.width, image.height),
            )
            for region in regions
            if region.name
        ]

    found, others = list[NamedRegion](), Regions([], [], [], [])
    for regions in (
        regions_of(root, MWG_SCHEMA, image.stored),
        regions_of(root, MICROSOFT_SCHEMA, image.stored),
        iptc_regions(root, image.stored),
        regions_of(root, ACDSEE_SCHEMA, image.stored),
    ):
        known, new = box_rows(region.box for region in found), placed(regions.found)
        boxes: dict[str, list[Box]] = {}
        for one in found:
            boxes.setdefault(folded_name(one.name), []).append(one.box)
        of_name = {name: box_rows(of_one) for name, of_one in boxes.items()}
        found += [
            one
            for one in new
            if overlaps(one.box, known).max(initial=0) < SAME_FACE_OVERLAP
            and not is_among(one.name, one.box, of_name)
        ]
        others.not_read.extend(regions.not_read)
        others.without_place.extend(regions.without_place)
        others.not_faces.extend(regions.not_faces)
    return found, others


def mismatch_reason(root: Element, image: Image, *, is_beside_raw: bool) -> str:
    """Why the places in a document do not belong to this image; "" if they do."""
    size = other_image_size(root, *image)
    if size:
        return f"its regions are of another image ({size})"
    stated = document_orientation(root)
    own = image.orientation if image.orientation in range(1, 9) else 1
    is_of_raw = is_beside_raw or f".{_extension(root)}" in RAW_SUFFIXES
    if is_of_raw and stated not in (None, own):
        return "its regions are of the raw photo, which is turned differently"
    return ""
