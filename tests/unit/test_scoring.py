"""What is compared with the threshold, held to the rule written out for one face and one person at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from face_match.decision.scoring import RIVALRY, costs, likeness, rivals, scores

DLIB = RIVALRY["dlib"]


def score_of(best: list[float], mean: list[float], person: int) -> float:
    """The long way."""
    alike = [(one + other) / 2 for one, other in zip(best, mean, strict=True)]
    others = [alike[other] for other in range(len(alike)) if other != person]
    over = max(0.0, max(others, default=0.0) - DLIB.from_similarity)
    return alike[person] - DLIB.weight * over


tables = st.tuples(st.integers(1, 4), st.integers(1, 7)).flatmap(
    lambda shape: arrays.arrays(np.float64, (2, *shape), elements=st.floats(-1, 1))
)


@settings(max_examples=200)
@given(tables)
def test_the_score_of_each_face_and_person(table: np.ndarray) -> None:
    best, mean = table
    found = scores(best, mean, "dlib")
    for face in range(best.shape[0]):
        for person in range(best.shape[1]):
            expected = score_of(best[face].tolist(), mean[face].tolist(), person)
            assert found[face, person] == pytest.approx(expected)


def test_the_likest_of_the_others_is_the_rival() -> None:
    assert rivals(np.array([0.5, 0.9, 0.7])).tolist() == [1, 2, 1]
    assert rivals(np.array([0.5, 0.5])).tolist() == [1, 0]


def test_with_nobody_else_the_likeness_decides_alone() -> None:
    assert scores(np.array([0.96]), np.array([0.98]), "dlib").tolist() == [pytest.approx(0.97)]


def test_who_is_left_out_is_nobodys_rival() -> None:
    best, mean = np.array([0.95, -np.inf, 0.80]), np.array([0.95, 0.99, 0.80])
    assert scores(best, mean, "dlib").tolist() == [pytest.approx(0.95), -np.inf, pytest.approx(0.78)]
    assert scores(best[:2], mean[:2], "dlib").tolist() == [pytest.approx(0.95), -np.inf]


def test_a_stranger_like_two_people_is_neither() -> None:
    best = mean = np.array([0.945, 0.943])
    assert (likeness(best, mean) > 0.94).all()
    assert (scores(best, mean, "dlib") < 0.94).all()
    assert costs(best, DLIB) == pytest.approx([0.4 * 0.043, 0.4 * 0.045])


def test_nothing_is_taken_off_under_a_model_that_was_not_measured() -> None:
    best, mean = np.array([0.97, 0.96]), np.array([0.95, 0.96])
    assert scores(best, mean, "facenet").tolist() == pytest.approx([0.96, 0.96])


@pytest.mark.parametrize("above", [0.0, 0.02, 0.05])
def test_a_rival_never_makes_a_score_higher(above: float) -> None:
    one = scores(np.array([0.96, 0.80]), np.array([0.96, 0.80]), "dlib")
    other = scores(np.array([0.96, 0.90 + above]), np.array([0.96, 0.90 + above]), "dlib")
    assert other[0] <= one[0]
    assert other[0] == pytest.approx(0.96 - 0.4 * above)
