"""What a threshold costs and how likely a match is true, learned from comparisons whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from face_match.decision.calibration import (
    calibrated_threshold,
    people_with_several_faces,
)
from face_match.decision.comparisons import Comparisons, search_comparisons
from face_match.decision.error_rates import ErrorRates
from face_match.decision.reference_figures import record, reference_figures
from face_match.decision.scoring import RivalPenalty


def crowd(people: int, each: int, spread: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Unit embeddings of people, whose samples are so far from their middle, and whose each is."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(people, 16))
    embeddings = np.repeat(middles, each, axis=0) + spread * random.normal(size=(people * each, 16))
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    return embeddings.astype(np.float32), np.repeat(np.arange(people), each)


@pytest.fixture(scope="module")
def comparisons() -> Comparisons:
    return search_comparisons(*crowd(20, 5, 0.8))


def test_every_photo_is_compared_with_everybody_by_their_most_similar_photo_and_their_mean() -> None:
    embeddings = np.array([[1, 0], [0.8, 0.6], [0, 1], [0.6, 0.8], [-1, 0]], np.float32)
    of_zero, of_one = np.array([1.8, 0.6]) / np.sqrt(3.6), np.array([0.6, 1.8]) / np.sqrt(3.6)
    found = search_comparisons(embeddings, [0, 0, 1, 1, 2])
    assert found.people == 3
    assert found.genuine == pytest.approx([0.8, 0.8, 0.8, 0.8], abs=1e-6)
    assert sorted(found.genuine_people.tolist()) == [0, 0, 1, 1], "not who has one photo"
    told = sorted(zip(*found.impostor_people.tolist(), found.impostor.tolist(), strict=True))
    expected = [
        *((0, 1, (0.6 + embeddings[0] @ of_one) / 2), (0, 2, -1.0)),
        *((0, 1, (0.96 + embeddings[1] @ of_one) / 2), (0, 2, -0.8)),
        *((1, 0, (0.6 + embeddings[2] @ of_zero) / 2), (1, 2, 0.0)),
        *((1, 0, (0.96 + embeddings[3] @ of_zero) / 2), (1, 2, -0.6)),
        *((2, 0, (-0.8 + embeddings[4] @ of_zero) / 2), (2, 1, (0.0 + embeddings[4] @ of_one) / 2)),
    ]
    assert [row[:2] for row in told] == [row[:2] for row in sorted(expected)]
    assert [row[2] for row in told] == pytest.approx([row[2] for row in sorted(expected)], abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), people=st.integers(1, 6), each=st.integers(1, 4))
def test_comparing_with_everybody_is_as_one_by_one(seed: int, people: int, each: int) -> None:
    embeddings, whose = crowd(people, each, 1.0, seed)
    rival_penalty = RivalPenalty(0.2, 0.5)
    found = search_comparisons(embeddings, whose, rival_penalty)
    genuine, impostor = [], []
    for row, person in enumerate(whose):
        alike = {}
        for other in range(people):
            rows = [i for i in np.flatnonzero(whose == other) if i != row]
            if rows:
                mean = embeddings[rows].mean(axis=0) / np.linalg.norm(embeddings[rows].mean(axis=0))
                alike[other] = (
                    max(float(embeddings[row] @ embeddings[i]) for i in rows) + float(embeddings[row] @ mean)
                ) / 2
        for other, person_similarity in alike.items():
            strangers = {k for k in alike if k != other and (other == person or k != person)}
            rival = max((alike[k] for k in strangers), default=-1.0)
            score = person_similarity - 0.5 * max(0.0, rival - 0.2)
            (genuine if other == person else impostor).append(score)
    assert sorted(found.genuine) == pytest.approx(sorted(genuine), abs=1e-5)
    assert sorted(found.impostor) == pytest.approx(sorted(impostor), abs=1e-5)


def test_of_many_photos_only_some_are_compared_with_all() -> None:
    embeddings, whose = crowd(10, 20, 0.5)
    found = search_comparisons(embeddings, whose, most_probes=50)
    assert len(found.genuine) == 50
    assert len(found.impostor) == 50 * 9
    assert set(found.genuine_people.tolist()) == set(range(10))


def test_of_very_many_impostor_comparisons_a_sample_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    embeddings, whose = crowd(40, 5, 0.9)
    every = search_comparisons(embeddings, whose)
    monkeypatch.setattr("face_match.decision.comparisons._MOST_IMPOSTOR_SCORES", 2000)
    some = search_comparisons(embeddings, whose)
    assert len(every.impostor) == every.impostor_total == some.impostor_total == 200 * 39
    assert 1800 < len(some.impostor) < 2200
    assert some.genuine.tolist() == every.genuine.tolist()
    threshold = every.rates.threshold_for_fmr(0.1)
    assert float(some.rates.fmr(threshold)) == pytest.approx(0.1, abs=0.03)


def test_a_cost_is_the_rates_with_intervals_that_hold_them(comparisons: Comparisons) -> None:
    threshold = comparisons.rates.threshold_for_fmr(0.05)
    told = calibrated_threshold(comparisons, threshold)
    assert told.fmr == pytest.approx(float(comparisons.rates.fmr(threshold)))
    assert told.fnmr == pytest.approx(float(comparisons.rates.fnmr(threshold)))
    assert told.fmr_interval.low <= told.fmr <= told.fmr_interval.high
    assert told.fnmr_interval.low <= told.fnmr <= told.fnmr_interval.high
    assert told.fmr_interval.high - told.fmr_interval.low > 0.01, "twenty people do not tell exactly"


def test_what_was_not_seen_once_is_not_said_to_be_impossible(comparisons: Comparisons) -> None:
    at_highest = calibrated_threshold(comparisons, float(comparisons.impostor.max()))
    assert 0 < at_highest.fmr < 0.001, "one comparison"
    never = calibrated_threshold(comparisons, 2.0)
    assert (never.fmr, never.fmr_interval.low) == (0.0, 0.0)
    assert 0 < never.fmr_interval.high == min(at_highest.fmr_interval.high, 1 - 0.05 ** (1 / 20))
    apart = calibrated_threshold(search_comparisons(*crowd(12, 3, 0.01)), -2.0)
    assert apart.fnmr == 0.0 < apart.fnmr_interval.high


@pytest.mark.parametrize(("people", "each", "spread"), [(20, 5, 0.8), (10, 2, 0.3), (12, 2, 0.6)])
def test_no_limit_of_an_fmr_is_higher_at_a_higher_threshold(people: int, each: int, spread: float) -> None:
    comparisons = search_comparisons(*crowd(people, each, spread))
    told = [calibrated_threshold(comparisons, threshold) for threshold in np.linspace(0.2, 1.01, 30)]
    for end in (0, 1):
        fmr = [one.fmr_interval[end] for one in told]
        fnmr = [one.fnmr_interval[end] for one in told]
        assert fmr == sorted(fmr, reverse=True)
        assert fnmr == sorted(fnmr)


def test_strangers_are_impostors_of_their_own(comparisons: Comparisons) -> None:
    more = comparisons.with_impostors([0.99, 0.98], [3, 3])
    assert more.people == comparisons.people + 2
    assert float(more.rates.fmr(0.97)) > float(comparisons.rates.fmr(0.97))
    assert people_with_several_faces(more) == 20
    assert comparisons.with_impostors([], []).people == comparisons.people


def test_reference_figures_are_what_was_counted(comparisons: Comparisons) -> None:
    figures = reference_figures("dlib")
    assert figures is not None
    assert figures.people == 38
    assert float(figures.rates.fmr(0.94)) < 0.01 < float(figures.rates.fmr(0.92))
    assert float(figures.rates.fnmr(0.94)) < 0.02
    assert reference_figures("a model that nobody has measured") is None
    told = record(comparisons, 100)
    again = ErrorRates(
        *(np.repeat([s for s, _ in told[k]], [n for _, n in told[k]]) / 1000 for k in ("genuine", "impostor"))
    )
    assert float(again.fmr(0.5)) == pytest.approx(float(comparisons.rates.fmr(0.5)), abs=0.01)
