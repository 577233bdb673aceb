"""Two models are compared by few false matches, with the same people drawn for both."""

from __future__ import annotations

import numpy as np
import pytest

from face_match.decision.comparisons import all_pairs
from face_match.decision.confidence_intervals import bootstrap_over_people
from face_match.decision.error_rates import Floats
from face_match.decision.identification import leave_one_out
from face_match.decision.paired_comparison import (
    FEWEST_TO_DECIDE,
    ComparisonVerdict,
    MeasuredModel,
    compare_models,
)
from tests.extent import is_all


def centres_of(people: int, seed: int, look_alikes: int = 0) -> Floats:
    """Of each person; so many pairs of them are much alike to the model."""
    centres = np.random.default_rng(seed).normal(size=(people, 48))
    ones, others = slice(0, 2 * look_alikes, 2), slice(1, 2 * look_alikes, 2)
    centres[others] = centres[ones] + 0.5 * centres[others]
    return centres


def measured(centres: Floats, seed: int, photos: int = 6, spread: Floats | float = 1.0) -> MeasuredModel:
    """A model's pairs and searches, of photos about the centres."""
    random = np.random.default_rng(seed)
    spreads = np.broadcast_to(spread, len(centres))[:, None, None]
    embeddings = centres[:, None] + spreads * random.normal(size=(len(centres), photos, 48))
    embeddings = embeddings.reshape(-1, 48) / np.linalg.norm(
        embeddings.reshape(-1, 48), axis=1, keepdims=True
    )
    people = np.repeat(np.arange(len(centres)), photos)
    similarities = embeddings @ embeddings.T
    searches = leave_one_out(embeddings, people, similarities=similarities)
    return MeasuredModel(all_pairs(similarities, people), searches, 0.5)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_model_with_fewer_look_alikes_is_better_where_the_equal_error_rate_cannot_tell(seed: int) -> None:
    """Twelve people who look alike to the first model raise its thresholds for few false matches; where as
    many are missed as are falsely matched, hardly anything changes."""
    first = measured(centres_of(100, seed, look_alikes=12), 100 + seed)
    second = measured(centres_of(100, seed), 200 + seed)
    found = compare_models(first, second, 200)
    low, high = found.eer.difference.interval
    assert low < 0 < high, "undecided by the equal error rate"
    assert found.verdict is ComparisonVerdict.BETTER
    assert min(found.tar_at_fmr) == 0.001
    assert found.tar_at_fmr[0.001].difference.interval.low > 0
    assert found.fnir_at_fpir[0.01].difference.interval.high < 0
    assert compare_models(second, first, 200).verdict is ComparisonVerdict.WORSE


def test_a_model_beside_itself_is_undecided_and_nothing_differs() -> None:
    model = measured(centres_of(20, 1), 2)
    found = compare_models(model, model, 50)
    assert found.verdict is ComparisonVerdict.UNDECIDED
    rates = [*found.tar_at_fmr.values(), *found.fnir_at_fpir.values(), found.fpir, found.fnir, found.eer]
    for rate in rates:
        assert rate.first == rate.second
        assert rate.difference == (0.0, (0.0, 0.0))


def test_equal_models_are_seldom_told_apart() -> None:
    """The same people, who are as hard for either; to each model others of them look alike. Were strangers
    drawn anew but not who they are taken for, one in five would be told apart."""
    decided, count = 0, 40 if is_all() else 20
    for seed in range(count):
        random = np.random.default_rng(seed)
        hard = np.exp(0.2 * random.normal(size=30))
        models = []
        for k in (1, 2):
            families, centres = random.normal(size=(6, 48)), random.normal(size=(30, 48))
            alike = np.flatnonzero(random.random(30) < 0.3)
            centres[alike] = 0.75 * families[random.integers(6, size=len(alike))] + 0.65 * centres[alike]
            models.append(measured(centres, 1000 * seed + k, photos=4, spread=0.9 * hard))
        decided += compare_models(*models, 200).verdict is not ComparisonVerdict.UNDECIDED
    assert decided <= count // 8, "5 % of 40 are 2"


def test_paired_intervals_are_narrower_than_those_of_two_samples() -> None:
    """Who is hard for one model is hard for the other: that cancels where both have the same people."""
    random = np.random.default_rng(4)
    centres, hard = random.normal(size=(40, 48)), np.exp(0.4 * random.normal(size=40))
    one, other = (measured(centres, seed, spread=1.2 * hard) for seed in (1, 2))
    low, high = compare_models(one, other, 300).tar_at_fmr[0.01].difference.interval

    def tar(model: MeasuredModel, seed: int) -> Floats:
        draws = np.random.default_rng(seed).multinomial(40, np.full(40, 1 / 40), 300)
        return np.array([model.comparisons.resampled(times).tar_at_fmr(0.01) for times in draws])

    unpaired = tar(other, 5) - tar(one, 6)
    width = float(np.quantile(unpaired, 0.975) - np.quantile(unpaired, 0.025))
    assert high - low < 0.7 * width


def test_how_a_threshold_was_set_does_not_decide() -> None:
    """Only the rates at each model's own threshold change with it."""
    model = measured(centres_of(20, 1), 2, spread=1.2)
    strict = MeasuredModel(model.comparisons, model.searches, 0.9)
    found = compare_models(model, strict, 50)
    assert found.verdict is ComparisonVerdict.UNDECIDED
    assert found.fnir.second > found.fnir.first
    assert found.fpir.second < found.fpir.first
    assert found.fpir.first == model.searches.fpir(0.5)
    assert found.fnir.first == pytest.approx(model.searches.fnir(0.5))


def test_fnir_is_at_the_threshold_with_that_fpir() -> None:
    model = measured(centres_of(20, 1), 2, spread=1.4)
    found = compare_models(model, model, 20)
    threshold = np.quantile(model.searches.other, 0.99, method="higher")
    above = np.nextafter(threshold, 1)
    assert model.searches.fpir(above) <= 0.01
    assert found.fnir_at_fpir[0.01].first == pytest.approx(model.searches.fnir(above), abs=1e-9)


def test_few_people_decide_nothing_and_few_photos_have_no_low_rate() -> None:
    few = FEWEST_TO_DECIDE - 1
    first, second = measured(centres_of(few, 1, 4), 2), measured(centres_of(few, 1), 3)
    assert compare_models(first, second, 50).verdict is ComparisonVerdict.UNDECIDED
    tiny = measured(centres_of(5, 1), 2, photos=1)
    found = compare_models(tiny, tiny, 20)
    assert (found.tar_at_fmr, found.fnir_at_fpir, found.gains) == ({}, {}, ())
    assert found.verdict is ComparisonVerdict.UNDECIDED


def test_each_better_in_one_way_is_mixed() -> None:
    def shifted(genuine: float, own: float) -> MeasuredModel:
        """Its pairs of one person, and its searches, are so much more alike; each by itself."""
        pairs, searches = base.comparisons, base.searches
        return MeasuredModel(
            type(pairs)(**{**vars_of(pairs), "genuine": pairs.genuine + genuine}),
            type(searches)(**{**vars_of(searches), "own": searches.own + own}),
            0.5,
        )

    def vars_of(found: object) -> dict[str, object]:
        return {name: getattr(found, name) for name in found.__dataclass_fields__}  # type: ignore[attr-defined]

    base = measured(centres_of(30, 1), 2, spread=1.5)
    found = compare_models(shifted(0.2, 0.0), shifted(0.0, 0.2), 100)
    assert found.verdict is ComparisonVerdict.MIXED


def test_the_tails_of_an_interval_are_those_asked_for() -> None:
    def mean(times: Floats) -> Floats:
        return np.repeat(times @ np.arange(30) / times.sum(), 2)

    ends = bootstrap_over_people(30, mean, 1000, tails=[0.025, 0.16])
    assert ends is not None
    wide, narrow = (float(high - low) for low, high in zip(*ends, strict=True))
    assert wide / narrow == pytest.approx(1.96 / 0.994, rel=0.1)
