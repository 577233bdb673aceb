"""The edits of an XMP document that make its face regions name the faces of a photo.

Each face is matched with the region that overlaps it best, whatever the region's name. A region with the
right name stays, one with another name is renamed, and one of an unnamed face is removed. Regions of other
faces are preserved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

import numpy as np

from face_match.core.box_overlap import (
    Numbers,
    assign_pairs,
    box_rows,
    overlaps,
    same_face_overlaps,
    shared_centres,
)
from face_match.core.types import SAME_FACE_OVERLAP, Box
from face_match.metadata.face_regions import (
    ACDSEE_SCHEMA,
    MICROSOFT_SCHEMA,
    MWG_SCHEMA,
    Area,
    Region,
    area_of,
    box_of,
    folded_name,
    iptc_regions,
    orientation_before_turn,
    region_orientation,
    regions_of,
    reoriented,
)
from face_match.metadata.written_forms import Form
from face_match.metadata.xmp import IPTC, RESOURCE, Addition, Edit, XmpDocument
from face_match.metadata.xmp_names import Image
from face_match.metadata.xmp_values import clean_text, items_of

_SAME_NAME_BONUS = 0.1
"""Added to the overlap of a region with the face's name, so that it is preferred among regions at the same
place."""

Outcome = Literal["added", "renamed", "removed", "kept"]
Outcomes = Mapping[int, Outcome]
"""What became of each face, by its number; the first kind counts where there are several."""
_KINDS: tuple[Outcome, ...] = ("added", "renamed", "removed", "kept")

_SCHEMAS = {Form.MWG: MWG_SCHEMA, Form.MICROSOFT: MICROSOFT_SCHEMA}


class FacePlace(NamedTuple):
    """A face whose name the user decided on; the box is in pixels of the upright photo.

    Attributes:
        name: None if the name is to be removed.
        not_names: for a face that has no name, remove only these names; another program may have written a
            correct one. None removes any name.
        former_names: names that the face had and has no more; lists of people lose them.
    """

    box: Box
    name: str | None
    not_names: Sequence[str] | None = None
    former_names: Sequence[str] = ()


def combined(of_places: Iterable[Outcomes]) -> Outcomes:
    """What became of each face in several forms or files."""
    found: dict[int, set[Outcome]] = defaultdict(set)
    for outcomes in of_places:
        for number, outcome in outcomes.items():
            found[number].add(outcome)
    return {number: next(kind for kind in _KINDS if kind in outcomes) for number, outcomes in found.items()}


class _Frame(NamedTuple):
    """An upright photo, and the orientation that the regions' places refer to."""

    image: Image
    orientation: int

    def box_of(self, area: Area) -> Box:
        """Where a region is in the photo, in pixels."""
        width, height, orientation = self.image
        return box_of(reoriented(area, self.orientation, orientation), width, height)


class _PlacedFace(NamedTuple):
    """A face with the box that will be read back.

    Attributes:
        number: the face's.
        area: as written.
        own_names: the names that the face has or had, folded.
    """

    number: int
    box: Box
    area: Area
    name: str | None
    not_names: frozenset[str] | None
    own_names: frozenset[str]


def _placed_faces(faces: Sequence[FacePlace], frame: _Frame) -> Iterator[_PlacedFace]:
    """The faces as they will be written, without those outside the photo or with an unwritable name."""
    width, height, orientation = frame.image
    for number, face in enumerate(faces):
        name = None if face.name is None else clean_text(face.name)
        area = _rounded(reoriented(area_of(face.box, width, height), orientation, frame.orientation))
        if name != "" and area.width > 0 and area.height > 0:
            not_names = (
                None
                if face.not_names is None
                else frozenset(map(folded_name, map(clean_text, face.not_names)))
            )
            names = [*([] if name is None else [name]), *map(clean_text, face.former_names)]
            own_names = frozenset(map(folded_name, names)) | (not_names or frozenset())
            yield _PlacedFace(number, frame.box_of(area), area, name, not_names, own_names)


class _NamedPlaces:
    """Where each name has a region."""

    def __init__(self) -> None:
        self._boxes: dict[str, list[Box]] = defaultdict(list)

    def add(self, name: str, box: Box) -> None:
        self._boxes[folded_name(name)].append(box)

    def has(self, name: str, box: Box) -> bool:
        rows = box_rows(self._boxes.get(folded_name(name), ()))
        return bool(overlaps(box, rows).max(initial=0) >= SAME_FACE_OVERLAP)


class RegionEdits(NamedTuple):
    """The edits and additions of the document, and what becomes of each face."""

    edits: list[Edit]
    additions: list[Addition]
    outcomes: Outcomes


def region_edits(
    document: XmpDocument, faces: Sequence[FacePlace], image: Image, forms: Collection[Form]
) -> RegionEdits:
    """The edits of all regions. Existing regions are brought up to date in every schema; new ones are added
    in the chosen forms.

    Where MWG's regions alone are chosen, one of Microsoft's is enough, because every program that reads the
    former reads the latter too.
    """
    frame = _frame_of(document, faces, image)
    placed = list(_placed_faces(faces, frame))
    edits, places = list[Edit](), {form: _NamedPlaces() for form in _SCHEMAS}
    outcomes: dict[Form, dict[int, Outcome]] = {form: {} for form in _SCHEMAS}
    for form, schema in _SCHEMAS.items():
        regions = regions_of(document.root, schema, image.stored).found
        found = _edits_of_schema(document, regions, placed, frame, _field_setter(schema.name))
        outcomes[form], places[form] = found.outcomes, found.kept
        edits += found.edits
    others = list[Outcomes]()
    for regions, rename in (
        (regions_of(document.root, ACDSEE_SCHEMA, image.stored).found, _field_setter(ACDSEE_SCHEMA.name)),
        (iptc_regions(document.root, image.stored).found, _rename_of_iptc),
    ):
        found = _edits_of_schema(document, regions, placed, frame, rename)
        edits += found.edits
        others.append(found.outcomes)
    additions, wanted = list[Addition](), [form for form in _SCHEMAS if form in forms]
    for form in wanted:
        counting = [*_SCHEMAS] if wanted == [Form.MWG] else [form]
        items = []
        for face in placed:
            if face.name is None or any(face.number in outcomes[one] for one in counting):
                continue
            if any(places[one].has(face.name, face.box) for one in counting):
                outcomes[form][face.number] = "kept"
            else:
                outcomes[form][face.number] = "added"
                items.append(_ITEMS[form](document, face.name, face.area))
                places[form].add(face.name, face.box)
        if items:
            additions.append(_addition(document, form, items, image))
    return RegionEdits(edits, additions, combined([*outcomes.values(), *others]))


def _frame_of(document: XmpDocument, faces: Sequence[FacePlace], image: Image) -> _Frame:
    """The frame of the regions: where the pixels may have been turned since, the one in which names that the
    faces have or had are nearer to them."""
    frame = _Frame(image, region_orientation(document.root, *image))
    before_turn = orientation_before_turn(document.root, *image)
    if before_turn is None:
        return frame
    areas: dict[str, list[Area]] = defaultdict(list)
    for schema in _SCHEMAS.values():
        for region in regions_of(document.root, schema, image.stored).found:
            areas[folded_name(region.name)].append(region.area)

    def agreement(frame: _Frame) -> float:
        rows = {name: box_rows(map(frame.box_of, of_name)) for name, of_name in areas.items()}
        total = 0.0
        for face in faces:
            names = {folded_name(clean_text(name)) for name in (face.name, *face.former_names) if name}
            found = (overlaps(face.box, rows[name]).max(initial=0) for name in names if name in rows)
            total += float(max(found, default=0))
        return total

    return max(frame, _Frame(image, before_turn), key=agreement)


def _addition(document: XmpDocument, form: Form, items: list[str], image: Image) -> Addition:
    if form is Form.MICROSOFT:
        return Addition(("MP:RegionInfo", "MPRI:Regions"), items)
    applied = document.applied_to(*map(int, image.stored))
    return Addition(("mwg-rs:Regions", "mwg-rs:RegionList"), items, applied)


def _match_regions(faces: list[_PlacedFace], regions: list[Region], boxes: list[Box]) -> dict[int, int]:
    """The region of each face. An unnamed region is never matched with a face to remove. One with a name that
    the face has or had may be far wider or narrower.
    """
    rows = box_rows(boxes)
    of_name = defaultdict(list)
    for number, region in enumerate(regions):
        of_name[folded_name(region.name)].append(number)

    def scores(face: _PlacedFace) -> Numbers:
        found = same_face_overlaps(face.box, rows)
        own = np.array([at for name in face.own_names for at in of_name.get(name, [])], np.intp)
        own = own[shared_centres(face.box, rows[own])]
        found[own] = overlaps(face.box, rows[own])
        if face.name is None:
            found[of_name.get("", [])] = 0
        else:
            same = np.array(of_name.get(folded_name(face.name), []), np.intp)
            found[same[found[same] > 0]] += _SAME_NAME_BONUS
        return found

    return assign_pairs(map(scores, faces), len(faces))


_Rename = Callable[[XmpDocument, Region, str], "list[Edit]"]


class _SchemaEdits(NamedTuple):
    """The edits of one schema's regions, what becomes of faces with such a region, and the regions that
    stay."""

    edits: list[Edit]
    outcomes: dict[int, Outcome]
    kept: _NamedPlaces


def _edits_of_schema(
    document: XmpDocument, regions: list[Region], faces: list[_PlacedFace], frame: _Frame, rename: _Rename
) -> _SchemaEdits:
    result = _SchemaEdits([], {}, _NamedPlaces())
    boxes = [frame.box_of(region.area) for region in regions]
    face_of = {region: face for face, region in _match_regions(faces, regions, boxes).items()}
    for number, region in enumerate(regions):
        new = list[Edit]()
        if number in face_of:
            face = faces[face_of[number]]
            result.outcomes[face.number], new = _edits_for_face(document, region, face, rename)
            result.edits.extend(new)
        if not new:
            result.kept.add(region.name, boxes[number])
    return result


def _edits_for_face(
    document: XmpDocument, region: Region, face: _PlacedFace, rename: _Rename
) -> tuple[Outcome, list[Edit]]:
    if face.name is None and (face.not_names is None or folded_name(region.name) in face.not_names):
        return "removed", [document.removing(region.item)]
    if face.name is None:
        return "kept", []
    if folded_name(face.name) == folded_name(region.name):
        return "kept", []
    return "renamed", rename(document, region, face.name)


def _field_setter(tag: str) -> _Rename:
    """Renames regions whose name is a field."""
    return lambda document, region, name: document.setting_field(region.fields, tag, name)


def _rename_of_iptc(document: XmpDocument, region: Region, name: str) -> list[Edit]:
    """IPTC's regions have a list of people, of which one is read, or a name in several languages."""
    for tag in (f"{IPTC}PersonInImage", f"{IPTC}Name"):
        held = [item for element in region.fields.iterfind(tag) for item in [*items_of(element)] or [element]]
        plain = [item for item in held if len(item) == 0 and clean_text(item.text or "")]
        if plain:
            return [document.setting_text(item, name) for item in plain]
    return []


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


def _microsoft_item(document: XmpDocument, name: str, area: Area) -> str:
    """Microsoft gives the left, top, width and height."""
    sides = (area.x - area.width / 2, area.y - area.height / 2, area.width, area.height)
    return document.element_text(
        "rdf:li",
        document.element_text("MPReg:PersonDisplayName", escape(name)),
        document.element_text("MPReg:Rectangle", ", ".join(f"{max(side, 0):.6f}" for side in sides)),
        attributes=RESOURCE,
    )


_ITEMS = {Form.MWG: _region_item, Form.MICROSOFT: _microsoft_item}
