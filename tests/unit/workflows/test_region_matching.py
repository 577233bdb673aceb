"""Regions of other programs and the faces of a photo, paired as a whole."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import numpy as np
import pytest

from face_match.core.box_overlap import best_total_pairs
from face_match.core.records import FaceRecord
from face_match.core.types import Box
from face_match.metadata.face_regions import NamedRegion
from face_match.workflows.region_matching import RegionMatcher, match_regions

LEFT, RIGHT = Box(100, 100, 80, 100), Box(200, 100, 80, 100)


def face(place: Box) -> FaceRecord:
    return FaceRecord("id", "", "photo", place)


def names_at(regions: Sequence[NamedRegion], *places: Box) -> list[Box | None]:
    """The place of each region's face."""
    pairs = match_regions(regions, [face(place) for place in places])
    assert [region for region, _ in pairs] == list(regions)
    return [None if found is None else found.place for _, found in pairs]


def around(box: Box, factor: float) -> Box:
    """A box enlarged around its centre."""
    width, height = box.width * factor, box.height * factor
    return Box(box.x - (width - box.width) / 2, box.y - (height - box.height) / 2, width, height)


def test_two_loose_regions_share_two_faces_where_the_best_pair_would_leave_one_without() -> None:
    """The wide region overlaps the left face best, but then the narrow one would have none."""
    wide, narrow = Box(100, 100, 170, 100), Box(60, 100, 90, 100)
    assert wide.overlap(LEFT) > wide.overlap(RIGHT) and wide.overlap(LEFT) > narrow.overlap(LEFT)
    regions = [NamedRegion("Wide", wide), NamedRegion("Narrow", narrow)]
    assert names_at(regions, LEFT, RIGHT) == [RIGHT, LEFT]


@pytest.mark.parametrize(("factor", "is_its"), [(0.6, True), (1, True), (1.6, True), (2.4, True), (3, False)])
def test_a_region_has_its_face_down_to_a_floor(factor: float, is_its: bool) -> None:
    expected = LEFT if is_its else None
    assert names_at([NamedRegion("Ann", around(LEFT, factor))], LEFT) == [expected]


def test_each_face_is_used_once() -> None:
    regions = [NamedRegion("Ann", LEFT), NamedRegion("Bea", around(LEFT, 1.1))]
    assert names_at(regions, LEFT) == [LEFT, None]


@pytest.mark.parametrize("seed", range(30))
def test_the_sum_of_scores_is_the_greatest_there_is(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = chance.randint(1, 5), chance.randint(1, 5)
    table = np.array([[chance.choice([0, chance.random()]) for _ in range(columns)] for _ in range(rows)])
    found = best_total_pairs(list(table))
    wide = table if rows <= columns else table.T
    orders = itertools.permutations(range(wide.shape[1]), len(wide))
    best = max(sum(wide[row, column] for row, column in enumerate(order)) for order in orders)
    assert len({*found.values()}) == len(found)
    assert sum(table[pair] for pair in found.items()) == pytest.approx(best)
    assert min((table[pair] for pair in found.items()), default=1) > 0


def turned(
    *regions: NamedRegion, faces: Sequence[Box], turns: Sequence[int], stated: int | None = None
) -> list[NamedRegion] | None:
    return RegionMatcher([face(place) for place in faces]).turned_regions(
        regions, (600, 400, 1), turns, stated
    )


def test_regions_that_fit_in_one_turn_alone_are_turned() -> None:
    upside_down = NamedRegion("Ann", Box(600 - 180, 400 - 200, 80, 100))
    (found,) = turned(upside_down, faces=[LEFT], turns=(1, 2, 3, 4)) or []
    assert (found.name, found.box) == ("Ann", pytest.approx(LEFT))


def test_regions_that_fit_in_two_turns_with_different_faces_are_of_nobody() -> None:
    opposite = Box(600 - 180, 400 - 200, 80, 100)
    ann = NamedRegion("Ann", LEFT)
    assert turned(ann, faces=[LEFT, opposite], turns=(1, 3)) is None
    (found,) = turned(ann, faces=[LEFT, opposite], turns=(1, 3), stated=3) or []
    assert found.box == pytest.approx(opposite), "the turn that the file states is known"
    assert turned(ann, faces=[LEFT], turns=(1, 3)) is not None


def test_regions_of_which_one_has_no_face_in_any_turn_are_not_turned() -> None:
    ann, bea = NamedRegion("Ann", LEFT), NamedRegion("Bea", Box(20, 20, 40, 40))
    assert turned(ann, bea, faces=[LEFT], turns=(1, 2, 3, 4)) is None
