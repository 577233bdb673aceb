"""A threshold belongs to a model; what is shown as equal to it is a match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.decision.threshold import (
    RANGES,
    SLIDER_STEP,
    UNKNOWN_MODEL,
    is_match,
    lowest_match_score,
    threshold_range,
)
from face_match.vision.models.registry import MODELS

similarities = st.floats(-1, 1)


def test_every_model_has_a_range_of_its_own() -> None:
    assert RANGES.keys() == MODELS.keys()
    assert threshold_range("facenet")[:2] == pytest.approx((0.30, 0.95))
    assert threshold_range("dlib")[:2] == pytest.approx((0.80, 1.00))
    assert threshold_range("facenet").default == pytest.approx(0.70)
    assert pytest.approx(0.005) == SLIDER_STEP


def test_a_model_that_is_not_known_has_a_range_too() -> None:
    assert threshold_range("of tomorrow") == UNKNOWN_MODEL


@pytest.mark.parametrize("allowed", [*RANGES.values(), UNKNOWN_MODEL], ids=[*RANGES, "unknown"])
def test_a_default_lies_in_its_range_and_the_slider_reaches_all_three(
    allowed: tuple[float, float, float],
) -> None:
    lowest, highest, default = allowed
    assert lowest < default < highest
    for value in allowed:
        steps = (value - lowest) / SLIDER_STEP
        assert steps == pytest.approx(round(steps), abs=1e-6)


@pytest.mark.parametrize(
    ("similarity", "threshold", "expected"),
    [
        (0.92, 0.92, True),
        (0.9196, 0.92, True),
        (0.9194, 0.92, False),
        (0.9999995, 1.0, True),
        (0.919, 0.92, False),
        (-1.0, -1.0, True),
        (0.7000000001, 0.7, True),
        (0.6999999999, 0.7, True),
    ],
)
def test_what_is_shown_as_equal_counts_as_equal(similarity: float, threshold: float, expected: bool) -> None:
    assert is_match(similarity, threshold) is expected


@given(similarities, similarities)
def test_clearly_above_is_a_match_and_clearly_below_is_none(similarity: float, threshold: float) -> None:
    if similarity >= threshold + 0.001:
        assert is_match(similarity, threshold)
    if similarity <= threshold - 0.001:
        assert not is_match(similarity, threshold)


@given(similarities, similarities, similarities)
def test_a_match_stays_one_when_more_alike_or_when_less_is_asked(
    a: float, b: float, threshold: float
) -> None:
    lower, higher = sorted((a, b))
    assert is_match(higher, threshold) >= is_match(lower, threshold)
    assert is_match(threshold, lower) >= is_match(threshold, higher)


@given(similarity=similarities, threshold=similarities)
def test_many_are_compared_with_a_threshold_as_each_alone(similarity: float, threshold: float) -> None:
    lowest = lowest_match_score(threshold)
    if abs(similarity - lowest) > 1e-9:  # half a step is rounded to the even one
        assert (similarity >= lowest) == is_match(similarity, threshold)
