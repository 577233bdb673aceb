"""How likely the best match is right, of the best of many, and of faces that are often a stranger's."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.core.matches import Match
from face_match.core.records import FaceRecord, Person
from face_match.decision.comparisons import search_comparisons
from face_match.decision.impostor_model import IMPOSTOR_PRIORS, ImpostorModel
from face_match.decision.probability import (
    HIGHEST,
    HIGHEST_BEYOND,
    HIGHEST_MAYBE,
    LOWEST,
    MEASURED_LOGISTICS,
    MOST_PEOPLE,
    Logistic,
    Probability,
    fit_logistic,
    probability_word,
)
from face_match.workflows.match import match_probabilities


def crowd(people: int, each: int, spread: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Unit embeddings of people, whose faces are so far from their middle, and whose each is."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(people, 16))
    embeddings = np.repeat(middles, each, axis=0) + spread * random.normal(size=(people * each, 16))
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    return embeddings.astype(np.float32), np.repeat(np.arange(people), each)


def probability(people: int = 20, share: float = 0.5) -> Probability:
    """Of the built-in model in a gallery drawn at random."""
    return Probability(
        MEASURED_LOGISTICS["dlib"],
        ImpostorModel(people, *IMPOSTOR_PRIORS["dlib"].mean_and_deviation(people)),
        share,
    )


@given(st.integers(1, 1000), st.floats(0.05, 0.95))
def test_it_rises_with_the_score_and_is_never_certain(people: int, share: float) -> None:
    of_best_match = probability(people, share).of_best_match
    told = [of_best_match(score) for score in np.linspace(-1, 1, 201).tolist()]
    assert told == sorted(told)
    assert told[0] == LOWEST
    assert told[-1] == (HIGHEST if people <= MOST_PEOPLE else HIGHEST_BEYOND)


def test_the_same_score_is_less_among_more_people_and_among_more_strangers() -> None:
    among = [probability(people).of_best_match(0.93) for people in (5, 25, 100, 200)]
    assert among == sorted(among, reverse=True)
    shares = [probability(share=share).of_best_match(0.93) for share in (0.1, 0.5, 0.9)]
    assert shares == sorted(shares, reverse=True)
    odds = [share / (1 - share) for share in shares]
    assert odds[0] / odds[2] == pytest.approx(81), "Bayes: 9 to 1 against 1 to 9"


def test_alike_people_make_the_same_score_say_less() -> None:
    ordinary = probability()
    impostors = ordinary.impostor_model
    related = replace(ordinary, impostor_model=replace(impostors, mean=impostors.mean + 0.03))
    assert related.of_best_match(0.93) < ordinary.of_best_match(0.93) - 0.1


def listed(*scores: float, **more: object) -> list[Match]:
    """Matches of a list, best first."""
    return [
        Match(Person(f"P{n}", f"P{n}", ""), FaceRecord(f"{n}"), s, s, **more) for n, s in enumerate(scores)
    ]


@given(st.lists(st.floats(0.8, 1.0), min_size=1, max_size=10))
def test_one_of_a_list_is_right_at_most(scores: list[float]) -> None:
    told = match_probabilities(listed(*sorted(scores, reverse=True)), probability())
    assert told[0] == probability().of_best_match(max(scores))
    assert sum(told) <= 1 + LOWEST * len(told)
    assert min(told) >= LOWEST
    assert match_probabilities(listed(*scores), None) == [None] * len(scores)


def test_of_two_who_are_too_close_either_may_be_meant() -> None:
    one, other, third = listed(0.97, 0.968, 0.96)
    pair = (one.person, other.person)
    told = match_probabilities(
        [replace(match, undecided=pair) for match in (one, other, third)], probability()
    )
    assert [probability_word(chance) for chance in told] == ["Maybe", "Maybe", "Unlikely"]
    assert told[0] == probability().of_best_match(0.97) / 2
    behind = [*listed(0.98), *(replace(match, undecided=pair) for match in (one, other))]
    assert [probability_word(chance) for chance in match_probabilities(behind, probability())][1:] == [
        "Unlikely",
        "Unlikely",
    ]


def test_across_childhood_it_is_a_maybe_at_most() -> None:
    assert match_probabilities(listed(0.99, across_childhood=True), probability()) == [HIGHEST_MAYBE]
    assert probability_word(HIGHEST_MAYBE) == "Maybe"


def test_words_come_from_it() -> None:
    assert [probability_word(p) for p in (0.999, 0.9, 0.89, 0.3, 0.29, 0.0)] == [
        "Very likely",
        "Very likely",
        "Maybe",
        "Maybe",
        "Unlikely",
        "Unlikely",
    ]


def test_what_a_gallery_has_taught_is_right_for_people_it_was_not_learned_from() -> None:
    learned = fit_logistic(search_comparisons(*crowd(60, 4, 0.9, seed=2)).searches)
    others = search_comparisons(*crowd(60, 4, 0.9, seed=3)).searches
    said = Probability(learned, ImpostorModel(60, 0.0, 1.0)).of_best_match
    own = [(said(score), is_right) for score, is_right in zip(others.best, others.rank == 1, strict=True)]
    strange = [(said(score), False) for score in others.other]
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.0)):
        inside = [is_right for chance, is_right in own + strange if low <= chance <= high]
        assert low - 0.1 <= np.mean(inside) <= high + 0.1, (low, high, np.mean(inside))


def test_it_comes_back_from_its_record_and_nothing_else_does() -> None:
    learned = MEASURED_LOGISTICS["dlib"]
    assert Logistic.of_record(asdict(learned)) == learned
    for broken in ({}, {**asdict(learned), "score": "a"}, {**asdict(learned), "offset": float("nan")}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            Logistic.of_record(broken)
