"""Writing names of faces to XMP sidecars. Photos are never changed.

In an existing sidecar only the regions of the given faces change; every other byte is preserved.
"""

from __future__ import annotations

import contextlib
import stat
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

import numpy as np

from face_match.core.atomic_files import write_file
from face_match.core.box_overlap import Numbers, assign_pairs, box_rows, overlaps, same_face_overlaps
from face_match.core.errors import SidecarUnreadableError, SidecarWriteError
from face_match.core.translation import marked
from face_match.core.types import SAME_FACE_OVERLAP, Box
from face_match.metadata.face_regions import (
    MICROSOFT_SCHEMA,
    MWG_SCHEMA,
    Area,
    Region,
    Schema,
    area_of,
    box_of,
    folded_name,
    region_orientation,
    regions_of,
    reoriented,
)
from face_match.metadata.sidecar_files import SidecarFiles, read_sidecar
from face_match.metadata.xmp import EMPTY, RESOURCE, Edit, XmpDocument
from face_match.metadata.xmp_names import BUDGET, BYTES_PER_BYTE, Image, mismatch_reason
from face_match.metadata.xmp_values import clean_text

_SAME_NAME_BONUS = 0.1
"""Added to the overlap of a region with the face's name, so that it is preferred among regions at the same
place."""

_Outcome = Literal["renamed", "removed", "kept"]


class FacePlace(NamedTuple):
    """A face whose name the user decided on; the box is in pixels of the upright photo.

    Attributes:
        name: None if the name is to be removed.
        not_names: for a face that was never named, remove only these names, which were rejected; another
            program may have written a correct one. None removes any name.
    """

    box: Box
    name: str | None
    not_names: Sequence[str] | None = None


class WrittenRegions(NamedTuple):
    """The number of faces that were added, renamed or removed, and of those that had their name already."""

    added: int = 0
    renamed: int = 0
    removed: int = 0
    kept: int = 0


class _Frame(NamedTuple):
    """An upright photo, and the orientation that the regions' places refer to."""

    image: Image
    orientation: int

    def box_of(self, area: Area) -> Box:
        """Where a region is in the photo, in pixels."""
        width, height, orientation = self.image
        return box_of(reoriented(area, self.orientation, orientation), width, height)


class _PlacedFace(NamedTuple):
    """A face with the box that will be read back; `area` is as written in the sidecar."""

    box: Box
    area: Area
    name: str | None
    not_names: frozenset[str] | None


def write_regions(
    sidecar: Path, faces: Sequence[FacePlace], width: int, height: int, orientation: int
) -> WrittenRegions:
    """Write the names of faces to a sidecar, creating it if necessary. Without changes nothing is written.

    Each face is matched with the region that overlaps it best, whatever the region's name. A region with the
    right name stays, one with another name is renamed, and one of an unnamed face is removed. A named face
    without a region is added. This applies to Microsoft's regions too, but new regions are always MWG's.

    Regions of other faces are preserved, and so are lists of people such as Iptc4xmpExt:PersonInImage,
    digiKam:TagsList and lr:hierarchicalSubject: they describe the photo and may name people without a region.

    Args:
        width, height, orientation: as in `sidecars.read_names`. Boxes are clipped to the photo.
    Raises:
        SidecarUnreadableError: the existing sidecar is unreadable or its regions belong to another image; it
            is unchanged.
        SidecarWriteError: the existing sidecar is unchanged.
    """
    try:
        content = read_sidecar(sidecar) if sidecar.exists() else EMPTY
    except OSError as exc:  # the name is too long
        raise SidecarWriteError(sidecar.name, exc.strerror or type(exc).__name__) from exc
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        document = XmpDocument(content, sidecar.name)
        image = Image(width, height, orientation)
        frame = _Frame(image, region_orientation(document.root, *image))
        placed = list(_placed_faces(faces, frame))
        is_beside_raw = SidecarFiles().is_beside_raw(sidecar)
        if placed and (reason := mismatch_reason(document.root, image, is_beside_raw=is_beside_raw)):
            raise SidecarUnreadableError(sidecar.name, reason)
        result, edits = _region_edits(document, placed, frame)
        if edits:
            _write(sidecar, document.edited(edits))
    return result


def _placed_faces(faces: Sequence[FacePlace], frame: _Frame) -> Iterator[_PlacedFace]:
    """The faces as they will be written, without those outside the photo or with an unwritable name."""
    width, height, orientation = frame.image
    for face in faces:
        name = None if face.name is None else clean_text(face.name)
        area = _rounded(reoriented(area_of(face.box, width, height), orientation, frame.orientation))
        if name != "" and area.width > 0 and area.height > 0:
            not_names = (
                None
                if face.not_names is None
                else frozenset(map(folded_name, map(clean_text, face.not_names)))
            )
            yield _PlacedFace(frame.box_of(area), area, name, not_names)


class _NamedPlaces:
    """Where each name has a region."""

    def __init__(self) -> None:
        self._boxes: dict[str, list[Box]] = defaultdict(list)

    def add(self, name: str, box: Box) -> None:
        self._boxes[folded_name(name)].append(box)

    def has(self, name: str, box: Box) -> bool:
        rows = box_rows(self._boxes.get(folded_name(name), ()))
        return bool(overlaps(box, rows).max(initial=0) >= SAME_FACE_OVERLAP)


def _region_edits(
    document: XmpDocument, faces: list[_PlacedFace], frame: _Frame
) -> tuple[WrittenRegions, list[Edit]]:
    edits: list[Edit] = []
    outcomes: dict[int, set[_Outcome]] = defaultdict(set)
    places = _NamedPlaces()
    for schema in (MWG_SCHEMA, MICROSOFT_SCHEMA):
        regions = regions_of(document.root, schema, frame.image.stored).found
        boxes = [frame.box_of(region.area) for region in regions]
        face_of = {region: face for face, region in _match_regions(faces, regions, boxes).items()}
        for number, region in enumerate(regions):
            face, new = face_of.get(number), list[Edit]()
            if face is not None:
                outcome, new = _edits_for_face(document, schema, region, faces[face])
                outcomes[face].add(outcome)
                edits += new
            if not new:
                places.add(region.name, boxes[number])
    items = []
    for number, placed in enumerate(faces):
        if number in outcomes or placed.name is None:
            continue
        if places.has(placed.name, placed.box):
            outcomes[number].add("kept")
        else:
            items.append(_region_item(document, placed.name, placed.area))
            places.add(placed.name, placed.box)
    if items:
        edits.append(document.adding_regions(items, *map(int, frame.image.stored)))
    kinds: tuple[_Outcome, ...] = ("renamed", "removed", "kept")
    done = [next(kind for kind in kinds if kind in of_face) for of_face in outcomes.values()]
    return WrittenRegions(len(items), *map(done.count, kinds)), edits


def _match_regions(faces: list[_PlacedFace], regions: list[Region], boxes: list[Box]) -> dict[int, int]:
    """The region of each face. An unnamed region is never matched with a face to remove."""
    rows = box_rows(boxes)
    of_name = defaultdict(list)
    for number, region in enumerate(regions):
        of_name[folded_name(region.name)].append(number)

    def scores(face: _PlacedFace) -> Numbers:
        found = same_face_overlaps(face.box, rows)
        if face.name is None:
            found[of_name.get("", [])] = 0
        else:
            same = np.array(of_name.get(folded_name(face.name), []), np.intp)
            found[same[found[same] > 0]] += _SAME_NAME_BONUS
        return found

    return assign_pairs(map(scores, faces), len(faces))


def _edits_for_face(
    document: XmpDocument, schema: Schema, region: Region, face: _PlacedFace
) -> tuple[_Outcome, list[Edit]]:
    if face.name is None and (face.not_names is None or folded_name(region.name) in face.not_names):
        return "removed", [document.removing(region.item)]
    if face.name is None:
        return "kept", []
    if folded_name(face.name) == folded_name(region.name):
        return "kept", []
    return "renamed", document.setting_field(region.fields, schema.name, face.name)


def _rounded(area: Area) -> Area:
    """The area rounded as it is written: to a hundredth of a pixel in the largest photos."""
    return Area(*(round(value, 6) for value in area))


def _region_item(document: XmpDocument, name: str, area: Area) -> str:
    sides = zip("xywh", area, strict=True)
    place = [document.element_text(f"stArea:{side}", f"{value:.6f}") for side, value in sides]
    return document.element_text(
        "rdf:li",
        document.element_text("mwg-rs:Name", escape(name)),
        document.element_text("mwg-rs:Type", "Face"),
        document.element_text(
            "mwg-rs:Area", *place, document.element_text("stArea:unit", "normalized"), attributes=RESOURCE
        ),
        attributes=RESOURCE,
    )


def _write(sidecar: Path, content: bytes) -> None:
    """Write the file with its existing permissions, or those of its folder, because other programs use it
    too."""
    try:
        if sidecar.is_symlink():  # it may lead to any of the user's files
            raise SidecarWriteError(sidecar.name, marked("it is a link"))
        mode = (sidecar if sidecar.exists() else sidecar.parent).stat().st_mode
        write_file(sidecar, content)
    except OSError as exc:
        raise SidecarWriteError(sidecar.name, exc.strerror or type(exc).__name__) from exc
    with contextlib.suppress(OSError):
        sidecar.chmod(stat.S_IMODE(mode) & 0o666)
