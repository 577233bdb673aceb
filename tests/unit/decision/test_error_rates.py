"""Error rates are what ISO/IEC 19795-1 says, as counted by hand and by scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score, roc_curve

from face_match.decision.error_rates import ErrorRates
from tests.extent import examples

GENUINE = [0.9, 0.8, 0.8, 0.6, 0.4]
IMPOSTOR = [0.7, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1, 0.0, -0.1, -0.2]
few = st.lists(st.sampled_from([-0.5, 0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]), min_size=1, max_size=12)


def test_rates_are_shares_at_or_above_and_below_the_threshold() -> None:
    rates = ErrorRates(GENUINE, IMPOSTOR)
    assert rates.fmr([0.4, 0.41, 0.71]).tolist() == [0.3, 0.2, 0.0]
    assert rates.fnmr([0.4, 0.41, 0.91]) == pytest.approx([0.0, 0.2, 1.0])
    assert (rates.genuine_count, rates.impostor_count) == (5, 10)


def test_the_threshold_at_an_fmr_is_the_lowest_that_keeps_it() -> None:
    rates = ErrorRates(GENUINE, IMPOSTOR)
    assert rates.threshold_for_fmr(0.1) == 0.6
    assert rates.tar_at_fmr(0.1) == pytest.approx(0.8)
    assert rates.threshold_for_fmr(0.0) == 0.8
    assert rates.threshold_for_fmr(1.0) == -0.2
    assert rates.can_estimate(0.1)
    assert not rates.can_estimate(0.09)


def test_a_target_that_no_similarity_reaches_is_above_all_of_them() -> None:
    rates = ErrorRates([0.2], [0.9])
    assert rates.threshold_for_fmr(0.0) > 0.9
    assert rates.tar_at_fmr(0.0) == 0.0


def test_precision_counts_comparisons_as_they_are() -> None:
    rates = ErrorRates(GENUINE, IMPOSTOR)
    assert rates.precision([0.5, 0.8]) == pytest.approx([4 / 6, 1.0])
    assert rates.threshold_for_precision(0.75) == 0.6
    assert rates.threshold_for_precision(1.0) == 0.8
    assert np.isnan(rates.precision(0.95))
    assert ErrorRates([0.2], [0.9]).threshold_for_precision(0.9) is None


def test_the_equal_error_rate_is_where_the_rates_cross() -> None:
    assert ErrorRates(GENUINE, IMPOSTOR).eer == pytest.approx(0.2, abs=0.01)
    assert ErrorRates([0.9, 0.8], [0.1, 0.2]).eer == 0.0
    assert ErrorRates([0.1, 0.2], [0.8, 0.9]).eer == 1.0
    assert ErrorRates([0.5], [0.5]).eer == pytest.approx(0.5)


def test_weights_count_a_comparison_so_many_times() -> None:
    weighted = ErrorRates([0.9, 0.4], [0.7, 0.1], [3, 1], [1, 4])
    repeated = ErrorRates([0.9] * 3 + [0.4], [0.7] + [0.1] * 4)
    grid = np.linspace(-1, 1, 41)
    assert weighted.fmr(grid) == pytest.approx(repeated.fmr(grid))
    assert weighted.fnmr(grid) == pytest.approx(repeated.fnmr(grid))
    assert weighted.auc == pytest.approx(repeated.auc)
    assert weighted.eer == pytest.approx(repeated.eer)


@given(few | st.just([]), few | st.just([]))
def test_each_similarity_once_with_the_weight_of_all_gives_the_same_rates(
    genuine: list[float], impostor: list[float]
) -> None:
    given = ErrorRates(genuine, impostor)
    condensed = given.condensed()
    at = np.linspace(-1, 1.1, 43)
    for of in (ErrorRates.fmr, ErrorRates.fnmr, ErrorRates.precision):
        np.testing.assert_array_equal(of(condensed, at), of(given, at))
    np.testing.assert_array_equal(condensed.thresholds, given.thresholds)
    assert condensed.genuine_count == given.genuine_count
    assert condensed.impostor_count == given.impostor_count
    assert condensed.threshold_for_fmr(0.2) == given.threshold_for_fmr(0.2)
    assert len(condensed._impostor.similarities) == len({*impostor})


def test_nothing_is_known_without_comparisons() -> None:
    rates = ErrorRates([], [])
    assert np.isnan(rates.fmr(0.5))
    assert np.isnan(rates.fnmr(0.5))


@settings(max_examples=examples(200), deadline=None)
@given(genuine=few, impostor=few)
def test_scikit_learn_agrees(genuine: list[float], impostor: list[float]) -> None:
    rates = ErrorRates(genuine, impostor)
    truth = [1] * len(genuine) + [0] * len(impostor)
    similarities = genuine + impostor
    assert rates.auc == pytest.approx(roc_auc_score(truth, similarities))
    fmr, tar, thresholds = roc_curve(truth, similarities, drop_intermediate=False)
    finite = np.isfinite(thresholds)
    assert rates.fmr(thresholds[finite]) == pytest.approx(fmr[finite])
    assert 1 - rates.fnmr(thresholds[finite]) == pytest.approx(tar[finite])
    eer = rates.eer
    below, above = (
        rates.thresholds[rates.fnmr(rates.thresholds) < rates.fmr(rates.thresholds)],
        rates.thresholds,
    )
    assert 0.0 <= eer <= 1.0
    if len(below):
        assert eer <= rates.fmr(below[-1]) + 1e-9
    assert len(above)
