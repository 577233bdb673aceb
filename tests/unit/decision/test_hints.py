"""A hint lowers what is needed to be suggested, the less the more names there are, and makes nothing very
likely."""

from __future__ import annotations

import pytest

from face_match.decision.hints import hint_allowance, hinted_probability
from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.probability import MEASURED_LOGISTICS, VERY_LIKELY, Probability
from face_match.decision.scoring import undecided

PROBABILITY = Probability(MEASURED_LOGISTICS["dlib"], ImpostorModel(50, 0.906, 0.0135))


@pytest.mark.parametrize(
    ("names", "allowance"),
    [(0, 0.0), (1, 0.03), (3, 0.0205), (10, 0.01), (31, 0.0002), (32, 0.0), (1000, 0.0)],
)
def test_more_names_leave_less_to_each(names: int, allowance: float) -> None:
    assert hint_allowance("dlib", names) == pytest.approx(allowance, abs=1e-4)


def test_a_model_that_was_not_measured_gets_half_of_it_in_proportion() -> None:
    assert hint_allowance("facenet", 1) == pytest.approx(0.03 / (1 - 0.94) * (1 - 0.70) / 2)
    assert hint_allowance("facenet", 32) == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("score", [0.80, 0.90, 0.92, 0.94, 0.96, 0.99])
def test_a_hint_never_lowers_a_probability_and_never_makes_it_very_likely(score: float) -> None:
    without = PROBABILITY.of_best_match(score)
    hinted = hinted_probability(PROBABILITY, score, 0.03)
    assert hinted >= without
    assert (hinted >= VERY_LIKELY) is (without >= VERY_LIKELY)
    assert hinted_probability(PROBABILITY, score, 0.0) == without


def test_a_hint_raises_what_is_in_between() -> None:
    assert PROBABILITY.of_best_match(0.92) < 0.3
    assert hinted_probability(PROBABILITY, 0.92, 0.03) > 0.6


def test_between_two_look_alikes_the_one_who_is_named_may_match() -> None:
    import numpy as np

    combined = np.array([0.95, 0.949, 0.90, 0.97])
    pair = (0, 1)

    def left_out(*hinted: bool) -> list[bool]:
        return undecided(combined, pair, np.array(hinted)).tolist()

    assert left_out(False, False, False, False) == [True, True, True, False]
    assert left_out(False, True, False, False) == [True, False, True, False]
    assert left_out(True, False, False, False) == [False, True, True, False]
    assert left_out(True, True, False, False) == [True, True, True, False]
