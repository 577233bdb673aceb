"""Which face of a photo a named region of another program belongs to.

Programs draw regions in many ways: around the face, the head, or head and shoulders. Regions and faces are
therefore paired as a whole, so that the sum of their overlaps is greatest, and each is used once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from face_match.core.box_overlap import (
    best_total_pairs,
    box_rows,
    has_centres,
    overlaps,
    same_face_overlaps,
)
from face_match.core.orientation import MIRRORED_ORIENTATIONS, TURNED_ORIENTATIONS
from face_match.core.records import FaceRecord
from face_match.core.types import SAME_FACE_OVERLAP, Box
from face_match.gallery.gallery import NewFace
from face_match.metadata.face_regions import NamedRegion, area_of, box_of, folded_name, is_among, reoriented

MOST_OTHER_NAMES = 10
"""Further names of one face that become conflicts; photo programs write two or three at most."""

MIN_OVERLAP = 0.15
"""The least overlap (intersection over union) of a region and its face. Regions of head and shoulders reach
0.2; a region of a whole group around one face does not."""

SURE_OVERLAP = 0.3
"""Where a region overlaps its face less than this, the region may be of a face that was not detected."""

_CLEARLY_WORSE = 0.8
"""A turn whose sum of overlaps is below this share of the best one's does not fit."""

AnyFace = TypeVar("AnyFace", bound=FaceRecord | NewFace)


class _Fit(NamedTuple):
    """Regions in a turn in which each has a face; `pairs` has the face of each region."""

    turn: int
    total: float
    pairs: dict[int, int]
    regions: list[NamedRegion]


class RegionMatcher:
    """The faces of a photo that regions may belong to, each once; those of the gallery first.

    Attributes:
        dropped: the number of regions dropped by `match` because their face has too many other names.
    """

    def __init__(self, known: Sequence[FaceRecord]) -> None:
        self._all: list[FaceRecord | NewFace] = [*known]
        self.dropped = 0

    def add(self, faces: Iterable[NewFace]) -> None:
        """Add faces that are not among them yet."""
        for face in faces:
            places = box_rows(other.place for other in self._all if other.place is not None)
            if face.place is not None and overlaps(face.place, places).max(initial=0) < SAME_FACE_OVERLAP:
                self._all.append(face)

    def match(
        self, groups: Iterable[Sequence[NamedRegion]]
    ) -> list[tuple[NamedRegion, FaceRecord | NewFace | None]]:
        """The face of each region. The regions of a group compete for faces.

        A region over a face that another region has got is of that face too, and comes last: one of the names
        is wrong. With the same name it is left out.
        """
        first, without = list[tuple[NamedRegion, FaceRecord | NewFace]](), list[NamedRegion]()
        for group in groups:
            free = [face for face in self._all if not any(face is taken for _, taken in first)]
            for region, face in match_regions(group, free):
                if face is None:
                    without.append(region)
                else:
                    first.append((region, face))
        return [*first, *self._faces_of_others(_without_repeats(without, first), first)]

    def turned_regions(
        self,
        regions: Sequence[NamedRegion],
        size: tuple[int, int, int],
        turns: Collection[int],
        stated: int | None,
    ) -> list[NamedRegion] | None:
        """The regions in the turn in which each has a face: the stated one if it is among those that fit,
        else the only one. None if there is none, or several in which the faces differ.

        Args:
            size: width, height and orientation of the upright photo.
            turns: EXIF orientations. Mirrored ones are tried where no other fits.
            stated: the orientation that the file of the regions has.
        """
        for kind in (TURNED_ORIENTATIONS, MIRRORED_ORIENTATIONS):
            fits = [fit for turn in turns if turn in kind and (fit := self._fit(regions, size, turn))]
            if fits:
                best = max(fits, key=lambda fit: fit.total)
                close = [fit for fit in fits if fit.total >= _CLEARLY_WORSE * best.total]
                known = [fit for fit in close if fit.turn == stated]
                is_clear = bool(known) or all(fit.pairs == best.pairs for fit in close)
                return (known or [best])[0].regions if is_clear else None
        return None

    def _fit(self, regions: Sequence[NamedRegion], size: tuple[int, int, int], turn: int) -> _Fit | None:
        """The regions in a turn; None unless each has a face."""
        width, height, orientation = size
        placed = [
            NamedRegion(
                name, box_of(reoriented(area_of(box, width, height), orientation, turn), width, height)
            )
            for name, box in regions
        ]
        pairs = _pairs(placed, self._all, SURE_OVERLAP)
        if len(pairs) < len(regions):
            return None
        places = [(region.box, self._all[pairs[at]].place) for at, region in enumerate(placed)]
        return _Fit(turn, sum(box.overlap(place) for box, place in places if place), pairs, placed)

    def _faces_of_others(
        self, regions: Iterable[NamedRegion], pairs: Sequence[tuple[NamedRegion, FaceRecord | NewFace]]
    ) -> Iterator[tuple[NamedRegion, FaceRecord | NewFace | None]]:
        """Regions that got no face, with the face that another region got there."""
        self.dropped = 0
        names: dict[int, set[str]] = {}
        places = box_rows(face.place for _, face in pairs if face.place is not None)
        others_places = box_rows(other.box for other, _ in pairs)
        for region in regions:
            scores = same_face_overlaps(region.box, places) + same_face_overlaps(region.box, others_places)
            face = pairs[int(scores.argmax())][1] if scores.any() else None
            others = names.setdefault(id(face), set())
            if face is None:
                yield region, None
            elif folded_name(region.name) in others:
                continue
            elif len(others) < MOST_OTHER_NAMES:
                others.add(folded_name(region.name))
                yield region, face
            else:
                self.dropped += 1


def _without_repeats(
    regions: Iterable[NamedRegion], pairs: Iterable[tuple[NamedRegion, FaceRecord | NewFace]]
) -> list[NamedRegion]:
    """The regions that do not repeat the name of a face there: programs draw narrower and wider boxes."""
    places: dict[str, list[Box]] = {}
    for region, face in pairs:
        places.setdefault(folded_name(region.name), []).extend([region.box, face.place or region.box])
    rows = {name: box_rows(boxes) for name, boxes in places.items()}
    return [one for one in regions if not is_among(one.name, one.box, rows)]


def match_regions(
    regions: Sequence[NamedRegion], faces: Sequence[AnyFace]
) -> list[tuple[NamedRegion, AnyFace | None]]:
    """The face of each region, or None: the pairs with the greatest sum of overlaps.

    The centre of the face must be in the region: programs draw wider or narrower boxes, but all around the
    centre.
    """
    of_region = _pairs(regions, faces, MIN_OVERLAP)
    return [(region, faces[of_region[at]] if at in of_region else None) for at, region in enumerate(regions)]


def _pairs(regions: Sequence[NamedRegion], faces: Sequence[AnyFace], least: float) -> dict[int, int]:
    """The index of each region's face, by the region's."""
    placed = [(at, face.place) for at, face in enumerate(faces) if face.place is not None]
    rows = box_rows(place for _, place in placed)
    scores = []
    for region in regions:
        found = overlaps(region.box, rows)
        scores.append(np.where(has_centres(region.box, rows) & (found >= least), found, 0.0))
    return {at: placed[column][0] for at, column in best_total_pairs(scores).items()}


def has_centre_of(region: Box, box: Box) -> bool:
    """Whether the centre of a box is in a region."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return region.x <= x <= region.x + region.width and region.y <= y <= region.y + region.height
