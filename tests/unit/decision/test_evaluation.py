"""What is told of a model is what counting by hand gives; intervals are over people."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from face_match.decision.comparisons import all_pairs, hardest_impostors
from face_match.decision.confidence_intervals import bootstrap_over_people, replicates_for, rule_of_three
from face_match.decision.cross_validation import cross_validate, max_folds
from face_match.decision.curves import curve
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.decision.evaluation import Evaluation, evaluate
from face_match.decision.identification import NOBODY, leave_one_out
from face_match.decision.scoring import NO_RIVAL_PENALTY, RivalPenalty

# Ann 0, 1 · Bob 2, 3 · Cyd 4: Bob's second photo is more like Ann than like Bob.
PEOPLE = [0, 0, 1, 1, 2]
SIMILARITIES = np.array(
    [
        [1.0, 0.9, 0.3, 0.7, 0.1],
        [0.9, 1.0, 0.2, 0.4, 0.0],
        [0.3, 0.2, 1.0, 0.6, 0.5],
        [0.7, 0.4, 0.6, 1.0, 0.2],
        [0.1, 0.0, 0.5, 0.2, 1.0],
    ]
)
EMBEDDINGS = np.linalg.cholesky(SIMILARITIES)
"""Vectors that have these similarities."""


def embeddings_apart(
    people: int, photos: int, spread: float = 0.9, seed: int = 1
) -> tuple[Floats, np.typing.NDArray[np.int64]]:
    """Unit vectors about a centre for each person, and whose they are."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(people, 1, 48))
    embeddings = (centres + spread * random.normal(size=(people, photos, 48))).reshape(-1, 48)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    return embeddings, np.repeat(np.arange(people), photos)


def people_apart(
    people: int, photos: int, spread: float = 0.9, seed: int = 1
) -> tuple[Floats, np.typing.NDArray[np.int64]]:
    """The similarities of such vectors, and whose they are."""
    embeddings, whose = embeddings_apart(people, photos, spread, seed)
    return embeddings @ embeddings.T, whose


def told(evaluation: Evaluation) -> list[float]:
    """The figures themselves."""
    at = [evaluation.default, *evaluation.at_fmr.values()]
    figures = [evaluation.eer, evaluation.auc, *evaluation.rank.values(), *evaluation.tar_at_fmr.values()]
    return [figure.value for figure in [*figures, *(figure for rates in at for figure in rates)]]


def test_every_pair_of_photos_is_compared_once() -> None:
    pairs = all_pairs(SIMILARITIES, PEOPLE)
    assert pairs.people == 3
    assert pairs.genuine.tolist() == [0.6, 0.9]
    assert pairs.genuine_people.tolist() == [1, 0]
    assert pairs.impostor.tolist() == [0.0, 0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.7]
    assert {*map(tuple, pairs.impostor_people.T[-2:].tolist())} == {(1, 2), (0, 1)}


def test_of_very_many_pairs_of_two_people_some_are_drawn() -> None:
    similarities, people = people_apart(30, 6, 1.3)
    every, some = all_pairs(similarities, people), all_pairs(similarities, people, most_impostors=4000)
    assert len(every.impostor) == every.impostor_total == some.impostor_total == 15_660
    assert len(some.impostor) == 4000
    assert (some.impostor_people[0] != some.impostor_people[1]).all()
    assert some.genuine.tolist() == every.genuine.tolist()
    assert some.rates.eer == pytest.approx(every.rates.eer, abs=0.01)
    assert {*some.impostor} <= {*every.impostor}
    keys = some.impostor_people.min(axis=0) * 30 + some.impostor_people.max(axis=0)
    shares = np.bincount(keys, minlength=900)
    assert np.count_nonzero(shares) == 435, "every pair of people is among them"
    again = all_pairs(similarities, people, most_impostors=4000)
    assert again.impostor.tolist() == some.impostor.tolist()


def test_photos_are_looked_for_in_blocks_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    embeddings, people = embeddings_apart(9, 5, 1.5)
    at_once = leave_one_out(embeddings, people)
    monkeypatch.setattr("face_match.decision.identification._BLOCK", 7 * len(people))
    in_blocks = leave_one_out(embeddings, people)
    for name in ("best", "own", "rank", "other", "nearest_other", "hardest", "hardest_person"):
        assert getattr(in_blocks, name).tolist() == pytest.approx(getattr(at_once, name).tolist(), abs=1e-12)


def test_similarities_that_were_computed_before_give_the_same_searches() -> None:
    embeddings, people = embeddings_apart(9, 5, 1.5)
    found = leave_one_out(embeddings, people)
    given = leave_one_out(embeddings, people, similarities=embeddings @ embeddings.T)
    for name in ("best", "own", "rank", "other", "nearest_other", "hardest", "hardest_person"):
        assert getattr(given, name).tolist() == pytest.approx(getattr(found, name).tolist(), abs=1e-12)


def test_scores_of_people_with_one_photo_are_the_similarities_of_pairs_exactly() -> None:
    embeddings, people = embeddings_apart(40, 1)
    embeddings = embeddings.astype(np.float32)
    similarities = embeddings @ embeddings.T
    found = leave_one_out(embeddings, people, similarities=similarities)
    assert np.isin(found.other, all_pairs(similarities, people).impostor).all()


def test_each_photo_is_looked_for_among_all_the_others() -> None:
    found = leave_one_out(EMBEDDINGS, PEOPLE)
    assert found.own.tolist() == pytest.approx([0.9, 0.9, 0.6, 0.6, -np.inf])
    ann, bob = np.sqrt(2 + 2 * 0.9), np.sqrt(2 + 2 * 0.6)  # lengths of the sums of their embeddings
    assert found.other.tolist() == pytest.approx(
        [
            (0.7 + (0.3 + 0.7) / bob) / 2,
            (0.4 + (0.2 + 0.4) / bob) / 2,
            0.5,
            (0.7 + (0.7 + 0.4) / ann) / 2,
            (0.5 + (0.5 + 0.2) / bob) / 2,
        ]
    )
    assert found.hardest.tolist() == pytest.approx([0.7, 0.4, 0.5, 0.7, 0.5])
    assert found.nearest_other.tolist() == [1, 1, 2, 0, 1]
    assert found.rank.tolist() == [1, 1, 1, 2, 0]
    assert found.identification_rate(1) == 0.75
    assert found.identification_rate(2) == 1.0


def test_a_search_with_strangers_has_two_kinds_of_error() -> None:
    found = leave_one_out(EMBEDDINGS, PEOPLE)
    assert found.fpir(0.62) == 2 / 5  # the first of Ann and the second of Bob, of five
    assert found.fpir(0.64) == 0.0
    assert found.fnir(0.5) == 1 / 4  # Bob's second is there, but second; Cyd has no second photo
    assert found.fnir(0.61) == 2 / 4
    # with Ann twice, Bob three times, Cyd once: Ann's are taken for Bob, Bob's for Ann and Cyd, Cyd's for Bob
    assert found.nearest_other.tolist() == [1, 1, 2, 0, 1]
    assert found.fpir(0.62, [2, 3, 1]) == (6 + 6) / (6 + 6 + 3 + 6 + 3)
    assert found.fnir(0.61, [2, 3, 1]) == (3 + 3) / (2 + 2 + 3 + 3)
    assert found.resampled([2, 3, 1]).fmr(0.62) == found.fpir(0.62, [2, 3, 1])
    assert found.resampled([2, 3, 1]).fnmr(0.61) == found.fnir(0.61, [2, 3, 1])


def test_a_rival_lowers_the_scores_of_all_others() -> None:
    without, found = (
        leave_one_out(EMBEDDINGS, PEOPLE, rival_penalty)
        for rival_penalty in (NO_RIVAL_PENALTY, RivalPenalty(0.1, 0.5))
    )
    assert found.rank.tolist() == without.rank.tolist()
    assert (found.own <= without.own).all()
    ann = (0.3 + (0.3 + 0.2) / np.sqrt(3.8)) / 2  # Bob's first photo: Cyd is the liker, Ann the rival
    assert found.other[2] == pytest.approx(0.5 - 0.5 * (ann - 0.1))
    assert found.own[2] == pytest.approx(0.6 - 0.5 * (0.5 - 0.1))


def test_a_tie_with_somebody_else_is_no_hit() -> None:
    assert leave_one_out(np.eye(3)[[0, 0, 0]], [0, 0, 1]).rank.tolist() == [2, 2, 0]


def test_only_photos_of_one_person_have_nothing_to_be_mistaken_for() -> None:
    found = leave_one_out(EMBEDDINGS[:2], [0, 0])
    assert found.nearest_other.tolist() == [NOBODY, NOBODY]
    assert math.isnan(found.fpir(0.5))
    evaluation = evaluate(EMBEDDINGS[:2], [0, 0], 0.5, hard_negatives=True)
    assert math.isnan(evaluation.eer.value)
    assert math.isnan(evaluation.auc.value)
    assert evaluation.rank[1].value == 1.0
    assert evaluation.at_fmr == {}


def test_no_photo_at_all_tells_nothing() -> None:
    evaluation = evaluate(np.zeros((0, 1), np.float32), [], 0.5, folds=2, hard_negatives=True)
    assert (evaluation.photos, evaluation.people) == (0, 0)
    assert all(math.isnan(value) for value in told(evaluation)[:2])


def test_the_hardest_impostors_are_each_photos_nearest_other_person() -> None:
    hard = hardest_impostors(all_pairs(SIMILARITIES, PEOPLE), leave_one_out(EMBEDDINGS, PEOPLE))
    assert sorted(hard.impostor.tolist()) == pytest.approx([0.4, 0.5, 0.5, 0.7, 0.7])
    assert hard.impostor_people.T.tolist() == [[0, 1], [0, 1], [1, 2], [1, 0], [2, 1]]
    assert hard.genuine.tolist() == [0.6, 0.9]


def test_the_people_most_often_confused_are_named() -> None:
    hard = evaluate(EMBEDDINGS, PEOPLE, 0.45, hard_negatives=True).hard_negatives
    assert hard is not None
    assert [pair[:4] for pair in hard.confused] == [(1, 2, 2, 1), (0, 1, 4, 1), (0, 2, 2, 0)]
    assert [pair.highest for pair in hard.confused] == pytest.approx([0.5, 0.7, 0.1])


def test_figures_are_those_of_the_rates_and_of_scikit_learn() -> None:
    embeddings, people = embeddings_apart(8, 6)
    similarities = embeddings @ embeddings.T
    evaluation = evaluate(embeddings, people, 0.4)
    one, other = np.triu_indices(len(people), 1)
    truth, values = people[one] == people[other], similarities[one, other]
    rates = ErrorRates(values[truth], values[~truth])
    assert evaluation.auc.value == pytest.approx(roc_auc_score(truth, values))
    assert evaluation.eer.value == pytest.approx(rates.eer)
    assert evaluation.default.fmr.value == pytest.approx((values[~truth] >= 0.4).mean())
    assert evaluation.default.fnmr.value == pytest.approx((values[truth] < 0.4).mean())
    assert {*evaluation.tar_at_fmr} == {0.1, 0.01, 0.001}, "1,008 impostor pairs are too few for 1e-4"
    assert evaluation.at_fmr[0.01].fmr.value <= 0.01
    assert evaluation.tar_at_fmr[0.01].value == pytest.approx(1 - evaluation.at_fmr[0.01].fnmr.value)


def test_a_precision_that_so_few_matches_cannot_show_is_not_told() -> None:
    evaluation = evaluate(*embeddings_apart(10, 5), 0.4)
    assert evaluation.threshold_for_precision[0.9] is not None
    assert evaluation.threshold_for_precision[0.999] is None, "100 genuine pairs are not 1,000"


@settings(max_examples=25, deadline=None)
@given(
    people=st.integers(5, 9), photos=st.integers(1, 4), seed=st.integers(0, 99), threshold=st.floats(-1, 1)
)
def test_an_interval_contains_its_figure(people: int, photos: int, seed: int, threshold: float) -> None:
    evaluation = evaluate(
        *embeddings_apart(people, photos, 1.5, seed), threshold, replicates=50, hard_negatives=True
    )
    hard = evaluation.hard_negatives
    assert hard is not None
    at = [evaluation.default, *evaluation.at_fmr.values()]
    shares = [evaluation.eer, evaluation.auc, *evaluation.rank.values(), *evaluation.tar_at_fmr.values()]
    shares += [figure for rates in at for figure in rates[1:]]
    shares += [hard.eer, hard.auc, *hard.tar_at_fmr.values()]
    for value, (low, high) in shares:
        if not math.isnan(value):
            assert 0 <= low <= value <= high <= 1
    for _, (low, _) in evaluation.rank.values():
        assert math.isnan(low) or low >= evaluation.rank[1].interval.low, "rank 2 is no less than rank 1"


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(24)), names=st.permutations(range(6)))
def test_neither_the_order_of_the_photos_nor_who_comes_first_changes_a_figure(
    order: list[int], names: list[int]
) -> None:
    embeddings, people = embeddings_apart(6, 4, 1.3)
    first = evaluate(embeddings, people, 0.4, replicates=20)
    shuffled = embeddings[order]
    again = evaluate(shuffled, people[order], 0.4, replicates=20)
    renamed = evaluate(shuffled, np.array(names)[people[order]], 0.4, replicates=20)
    assert told(again) == pytest.approx(told(first), nan_ok=True)
    assert told(renamed) == pytest.approx(told(first), nan_ok=True)
    assert again.eer.interval == pytest.approx(first.eer.interval), "the same people are drawn"


@settings(max_examples=50, deadline=None)
@given(
    times=st.lists(st.integers(0, 3), min_size=4, max_size=4).filter(lambda times: sum(map(bool, times)) > 1)
)
def test_people_drawn_several_times_count_as_copies_of_their_photos(times: list[int]) -> None:
    similarities, people = people_apart(4, 3, 1.5)
    pairs = all_pairs(similarities, people)
    genuine, impostor = [], []
    copies = [(photo, copy) for photo in range(12) for copy in range(times[people[photo]])]
    for place, (one, one_copy) in enumerate(copies):
        for other, other_copy in copies[place + 1 :]:
            if people[one] != people[other]:
                impostor.append(similarities[one, other])
            elif one_copy == other_copy:  # within one copy of a person: across them, a photo meets itself
                genuine.append(similarities[one, other])
    copied, resampled = ErrorRates(genuine, impostor), pairs.resampled(times)
    grid = np.linspace(-1, 1, 81)
    assert resampled.fmr(grid) == pytest.approx(copied.fmr(grid))
    assert resampled.fnmr(grid) == pytest.approx(copied.fnmr(grid))
    assert resampled.eer == pytest.approx(copied.eer)
    assert resampled.auc == pytest.approx(copied.auc)
    assert resampled.tar_at_fmr(0.1) == pytest.approx(copied.tar_at_fmr(0.1))


def test_intervals_over_people_are_wider_than_over_pairs_where_a_persons_photos_are_alike() -> None:
    """Each person's pairs all fail or all succeed: there are 20 facts here, not 300."""
    people, photos = 20, 6
    fails = np.arange(people) % 5 == 0
    own = np.where(fails, 0.1, 0.9).repeat(photos * (photos - 1) // 2)
    whose = np.arange(people).repeat(photos * (photos - 1) // 2)

    def share_missed(times: Floats) -> Floats:
        return np.array([np.average(own < 0.5, weights=times[whose])])

    def share_missed_of_pairs(times: Floats) -> Floats:
        return np.array([np.average(own < 0.5, weights=times)])

    of_people = bootstrap_over_people(people, share_missed, 400)
    of_pairs = bootstrap_over_people(len(own), share_missed_of_pairs, 400)
    assert of_people is not None
    assert of_pairs is not None
    width, width_of_pairs = (float(high[0] - low[0]) for low, high in (of_people, of_pairs))
    assert width > 3 * width_of_pairs
    assert width == pytest.approx(2 * 1.96 * math.sqrt(0.2 * 0.8 / people), rel=0.2)


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Of the EER, over 60 draws of 25 people, against that of two thousand photos of 400 others."""
    truth = all_pairs(*people_apart(400, 4, 1.2, seed=10**6)).rates.eer
    hits = 0
    for seed in range(60):
        pairs = all_pairs(*people_apart(25, 4, 1.2, seed))
        ends = bootstrap_over_people(25, lambda times, p=pairs: np.array([p.resampled(times).eer]), 200)  # type: ignore[misc]
        assert ends is not None
        hits += ends[0][0] <= truth <= ends[1][0]
    assert hits >= 50


def test_so_few_people_that_nothing_can_be_said_have_no_interval() -> None:
    evaluation = evaluate(EMBEDDINGS, PEOPLE, 0.5)
    assert all(math.isnan(end) for end in evaluation.eer.interval)
    assert not evaluation.has_intervals


def test_no_error_among_ten_people_is_no_proof_that_there_are_none() -> None:
    evaluation = evaluate(*embeddings_apart(10, 5, 0.05), 0.5)
    assert evaluation.rank[1].value == 1.0
    assert evaluation.rank[1].interval == pytest.approx((1 - rule_of_three(10), 1.0))
    assert rule_of_three(10) == pytest.approx(0.259, abs=0.001)
    assert rule_of_three(1000) == pytest.approx(3 / 1000, rel=0.01)


def test_the_same_photos_have_the_same_intervals() -> None:
    first, second = (evaluate(*embeddings_apart(6, 4), 0.4) for _ in range(2))
    assert first.eer == second.eer
    assert first.tar_at_fmr == second.tar_at_fmr


def test_fewer_samples_are_drawn_where_there_is_more_to_weigh() -> None:
    assert replicates_for(4_500) == 1000
    assert replicates_for(500_000) == 200
    assert replicates_for(0) == 1000


def test_folds_try_thresholds_on_people_they_were_not_chosen_on() -> None:
    pairs = all_pairs(*people_apart(11, 5))
    folds = cross_validate(pairs, 3)
    assert sorted(fold.people for fold in folds) == [3, 4, 4]
    for fold in folds:
        assert fold.genuine_pairs == 10 * fold.people
        assert fold.impostor_pairs == 25 * fold.people * (fold.people - 1) // 2
        by_target = {result.target: result for result in fold.results}
        assert {*by_target} <= {0.01, 0.001}
        assert 0 <= by_target[0.01].fmr <= 1
    assert max_folds(11) == 5


def test_a_fold_knows_nothing_of_the_people_held_out() -> None:
    similarities, people = people_apart(9, 6)
    before = cross_validate(all_pairs(similarities, people), 3)
    members = np.array_split(np.random.default_rng(19795).permutation(9), 3)[0]
    others = similarities.copy()
    inside = np.isin(people, members)
    others[np.ix_(inside, inside)] = 0.123
    after = cross_validate(all_pairs(others, people), 3)
    assert [r.threshold for r in before[0].results] == [r.threshold for r in after[0].results]
    assert after[1].results != before[1].results


def test_a_curve_is_thinned_without_losing_its_shape() -> None:
    rates = all_pairs(*people_apart(40, 10)).rates
    thin = curve(rates, 400)
    assert len(thin.thresholds) <= 800
    assert thin.fmr[-1] == 0.0
    assert thin.fnmr[0] == 0.0
    assert np.interp(0.01, thin.fmr[::-1], thin.fnmr[::-1]) == pytest.approx(
        1 - rates.tar_at_fmr(0.01), abs=0.01
    )
    assert np.count_nonzero((thin.fmr > 0) & (thin.fmr < 0.001)) > 10
    assert len(curve(ErrorRates([0.9], [0.1])).thresholds) == 3
