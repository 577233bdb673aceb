"""A threshold is tried within each group, in galleries of one size for all groups of a column."""

from __future__ import annotations

import math

import numpy as np
import pytest

from face_match.decision.comparisons import all_pairs
from face_match.decision.error_rates import Floats
from face_match.decision.identification import leave_one_out
from face_match.decision.scoring import NO_RIVAL_PENALTY
from face_match.decision.subgroups import FEWEST_IN_GROUP, GroupedRates, rates_by_group


def faces(alike: float, people: int, photos: int, seed: int) -> Floats:
    """Of a group whose people have so much in common."""
    random = np.random.default_rng(seed)
    common = np.random.default_rng(9).normal(size=32)
    centres = alike * common + random.normal(size=(people, 1, 32))
    embeddings = (centres + 0.5 * random.normal(size=(people, photos, 32))).reshape(-1, 32)
    return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)


EMBEDDINGS = np.concatenate([faces(0.0, 30, 3, 1), faces(1.5, 10, 3, 2), faces(0.0, 4, 3, 3)])
PEOPLE = np.repeat(np.arange(44), 3)
LABELS: list[str | None] = ["one"] * 30 + ["other"] * 10 + ["few"] * 3 + [None]


@pytest.fixture(scope="module")
def found() -> GroupedRates:
    return rates_by_group("kind", LABELS, EMBEDDINGS, PEOPLE, threshold=0.6, rival_penalty=NO_RIVAL_PENALTY)


def test_a_group_whose_people_are_alike_has_more_false_matches(found: GroupedRates) -> None:
    one, other = found.groups
    assert (one.name, one.people, one.photos) == ("one", 30, 90)
    assert (other.name, other.people, other.photos) == ("other", 10, 30)
    assert (other.genuine, other.impostor) == (30, 10 * 9 // 2 * 9)
    assert other.fmr.value > 0.2
    assert one.fmr.value < 0.01
    assert other.fpir.value > 10 * one.fpir.value
    for group in found.groups:
        for value, (low, high) in (group.fmr, group.fnmr, group.fpir, group.fpir_among_all):
            assert 0 <= low <= value <= high <= 1


def test_galleries_have_one_size_in_all_groups_of_a_column(found: GroupedRates) -> None:
    assert found.gallery_people == 5
    alone = rates_by_group(
        "kind", ["one"] * 30, EMBEDDINGS[:90], PEOPLE[:90], threshold=0.6, rival_penalty=NO_RIVAL_PENALTY
    )
    assert alone.gallery_people == 15
    (one,) = alone.groups
    assert one.fmr == found.groups[0].fmr, "whoever else is in the folder"


def test_the_rates_are_those_of_the_group_by_itself(found: GroupedRates) -> None:
    rows = slice(90, 120)
    similarities, people = EMBEDDINGS[rows] @ EMBEDDINGS[rows].T, PEOPLE[rows] - 30
    rates = all_pairs(similarities, people).rates
    other = found.groups[1]
    assert other.fmr.value == float(rates.fmr(0.6))
    assert other.fnmr.value == float(rates.fnmr(0.6))
    assert other.fpir_among_all.value == leave_one_out(EMBEDDINGS[rows], people).fpir(0.6)


def test_who_is_in_no_large_enough_group_is_counted(found: GroupedRates) -> None:
    assert found.too_small == {"few": 3}
    assert found.without_label == 1
    few = rates_by_group(
        "kind", [None] * 44, EMBEDDINGS, PEOPLE, threshold=0.6, rival_penalty=NO_RIVAL_PENALTY
    )
    assert few == ("kind", 0, (), {}, 44)


def test_people_with_one_photo_each_have_comparisons_but_no_gallery() -> None:
    people = np.arange(FEWEST_IN_GROUP)
    embeddings = EMBEDDINGS[: 3 * FEWEST_IN_GROUP : 3]
    found = rates_by_group(
        "kind", ["one"] * FEWEST_IN_GROUP, embeddings, people, threshold=0.6, rival_penalty=NO_RIVAL_PENALTY
    )
    (group,) = found.groups
    assert found.gallery_people == 0
    assert group.fmr.value == 0.0
    assert math.isnan(group.fnmr.value)
    assert math.isnan(group.fpir.value)
