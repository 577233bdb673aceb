"""What is compared with the threshold, held to the rule written out for one face and one person at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from face_match.decision.scoring import (
    RIVAL_PENALTIES,
    LookAlikeMargin,
    any_faces_match,
    combined_similarity,
    look_alike_margin,
    nearest_rivals,
    rival_penalties,
    scores,
    undecided_pair,
)
from tests.extent import examples

DLIB = RIVAL_PENALTIES["dlib"]


def score_of(best: list[float], mean: list[float], person: int) -> float:
    """The long way."""
    combined = [(one + other) / 2 for one, other in zip(best, mean, strict=True)]
    others = [combined[other] for other in range(len(combined)) if other != person]
    over = max(0.0, max(others, default=0.0) - DLIB.from_similarity)
    return combined[person] - DLIB.weight * over


tables = st.tuples(st.integers(1, 4), st.integers(1, 7)).flatmap(
    lambda shape: arrays.arrays(np.float64, (2, *shape), elements=st.floats(-1, 1))
)


@settings(max_examples=examples(200))
@given(tables)
def test_the_score_of_each_face_and_person(table: np.ndarray) -> None:
    best, mean = table
    found = scores(best, mean, "dlib")
    for face in range(best.shape[0]):
        for person in range(best.shape[1]):
            expected = score_of(best[face].tolist(), mean[face].tolist(), person)
            assert found[face, person] == pytest.approx(expected)


def test_the_likest_of_the_others_is_the_rival() -> None:
    assert nearest_rivals(np.array([0.5, 0.9, 0.7])).tolist() == [1, 2, 1]
    assert nearest_rivals(np.array([0.5, 0.5])).tolist() == [1, 0]


def test_with_nobody_else_the_likeness_decides_alone() -> None:
    assert scores(np.array([0.96]), np.array([0.98]), "dlib").tolist() == [pytest.approx(0.97)]


def test_who_is_left_out_is_nobodys_rival() -> None:
    best, mean = np.array([0.95, -np.inf, 0.80]), np.array([0.95, 0.99, 0.80])
    assert scores(best, mean, "dlib").tolist() == [pytest.approx(0.95), -np.inf, pytest.approx(0.78)]
    assert scores(best[:2], mean[:2], "dlib").tolist() == [pytest.approx(0.95), -np.inf]


def test_a_stranger_like_two_people_is_neither() -> None:
    best = mean = np.array([0.945, 0.943])
    assert (combined_similarity(best, mean) > 0.94).all()
    assert (scores(best, mean, "dlib") < 0.94).all()
    assert rival_penalties(best, DLIB) == pytest.approx([0.4 * 0.043, 0.4 * 0.045])


def test_nothing_is_taken_off_under_a_model_that_was_not_measured() -> None:
    best, mean = np.array([0.97, 0.96]), np.array([0.95, 0.96])
    assert scores(best, mean, "facenet").tolist() == pytest.approx([0.96, 0.96])


@pytest.mark.parametrize("above", [0.0, 0.02, 0.05])
def test_a_rival_never_makes_a_score_higher(above: float) -> None:
    one = scores(np.array([0.96, 0.80]), np.array([0.96, 0.80]), "dlib")
    other = scores(np.array([0.96, 0.90 + above]), np.array([0.96, 0.90 + above]), "dlib")
    assert other[0] <= one[0]
    assert other[0] == pytest.approx(0.96 - 0.4 * above)


LIMIT = LookAlikeMargin(0.5, 0.1, 0.1)
people_and_pairs = st.integers(1, 8).flatmap(
    lambda count: st.tuples(
        arrays.arrays(np.float64, count, elements=st.sampled_from([-np.inf, *np.arange(0.3, 1.0, 0.04)])),
        st.sets(st.frozensets(st.integers(0, count - 1), min_size=2, max_size=2))
        if count > 1
        else st.just(set()),
    )
)


@settings(max_examples=examples(500))
@given(people_and_pairs)
def test_who_is_undecided_by_the_rule_written_out(case: tuple[np.ndarray, set[frozenset[int]]]) -> None:
    """And so: people who are not in such a pair, and who are clearly ahead in it, change nothing."""
    combined, pairs = case
    found = undecided_pair(combined, lambda one, other: 0.1 * (frozenset((one, other)) in pairs), LIMIT)
    close = [
        max(combined[[*pair]])
        for pair in pairs
        if max(combined[[*pair]]) >= LIMIT.from_likeness
        and abs(np.subtract(*combined[[*pair]])) < LIMIT.margin
    ]
    assert (found is None) == (not close)
    if found is not None:
        first, second = found
        assert frozenset(found) in pairs
        assert combined[first] == max(close)
        assert combined[first] >= combined[second] > combined[first] - LIMIT.margin


def test_it_is_the_same_whoever_of_the_two_is_named_first() -> None:
    combined = np.array([0.70, 0.65, 0.20])
    for pair in ((0, 1), (1, 0)):
        found = undecided_pair(combined, lambda *asked, pair=pair: 0.1 * ({*asked} == {*pair}), LIMIT)
        assert found == (0, 1)
        assert undecided_pair(combined[::-1], lambda *asked: 0.1 * ({*asked} == {1, 2}), LIMIT) == (2, 1)


def test_nobody_is_asked_about_who_is_far_enough_ahead_or_unlike() -> None:
    asked: list[tuple[int, int]] = []
    undecided_pair(
        np.array([0.90, 0.79, 0.45, 0.44, -np.inf]), lambda *pair: asked.append(pair) or 0.0, LIMIT
    )
    assert asked == []


def test_who_was_said_not_to_be_the_other_has_to_be_further_ahead() -> None:
    limit, combined = LookAlikeMargin(0.5, 0.05, 0.1), np.array([0.9, 0.83])
    assert undecided_pair(combined, lambda *_: limit.margin, limit) is None
    assert undecided_pair(combined, lambda *_: limit.rejected_margin, limit) == (0, 1)


def test_the_limit_is_part_of_a_models_range() -> None:
    assert look_alike_margin("dlib") == LookAlikeMargin(0.90, 0.005, 0.01)
    assert look_alike_margin("facenet") == LookAlikeMargin(0.50, 0.025, 0.05)


def test_two_people_would_match_where_any_of_their_faces_does() -> None:
    one, other = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0], [0.94, np.sqrt(1 - 0.94**2)]])
    assert any_faces_match(one, other, "dlib")
    assert any_faces_match(other, one, "dlib")
    assert not any_faces_match(one, other[:1], "dlib")
