"""Figures are worded so that somebody who knows none of the terms can read them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from face_match.core.number_text import percent
from face_match.decision.confidence_intervals import Figure, Interval
from face_match.decision.cross_validation import Fold, HeldOutRates
from face_match.decision.evaluation import ErrorsAtThreshold, evaluate
from face_match.decision.subgroups import GroupedRates
from face_match.report.wording import (
    accuracy_rows,
    at_threshold,
    fold_sentences,
    interval,
    one_in,
    precision_sentence,
    search_at_threshold,
    too_small,
)
from face_match.workflows.evaluate import ModelSetup


def at(fmr: float, fnmr: float, fpir: float = 0.0, fnir: float = 0.0) -> ErrorsAtThreshold:
    return ErrorsAtThreshold(Figure(0.9), Figure(fmr), Figure(fnmr), Figure(fpir), Figure(fnir))


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.011, "1.1 %"),
        (0.355, "35.5 %"),
        (0.00044, "0.044 %"),
        (0.99953, "99.953 %"),
        (1 - 1e-7, "100.0000 %"),
        (math.nan, "not known"),
    ],
)
def test_a_share_has_the_digits_that_matter(share: float, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "none"),
        (0.001, "about 1 in 1,000"),
        (0.00568, "about 1 in 180"),
        (0.1, "about 1 in 10"),
        (0.355, "35.5 %"),
    ],
)
def test_a_rare_thing_is_one_in_so_many(share: float, said: str) -> None:
    assert one_in(share) == said


def test_a_threshold_is_told_by_what_it_does() -> None:
    assert at_threshold(at(0.001, 0.03)) == (
        "At this threshold about 1 in 1,000 comparisons of two different people would be called a match; "
        "3.0 % of the true ones would be missed."
    )
    assert "none of the comparisons of two different people" in at_threshold(at(0, 0))
    assert "none of the true ones would be missed" in at_threshold(at(0, 0))
    assert "35.0 % of the comparisons" in at_threshold(at(0.35, 0))
    assert "not enough photos" in at_threshold(at(math.nan, 0))


def test_a_search_is_told_by_what_comes_of_it() -> None:
    assert "Of strangers, nobody would be taken" in search_at_threshold(at(0, 0))
    assert "all would be recognised" in search_at_threshold(at(0, 0))
    told = search_at_threshold(at(0, 0, 0.02, 0.05))
    assert "Of strangers, about 1 in 50 would be taken" in told
    assert "5.0 % would not be recognised" in told
    assert "not enough photos" in search_at_threshold(at(0, 0, math.nan))


def test_an_interval_that_is_not_known_is_not_shown() -> None:
    assert interval(Figure(0.5)) == ""
    assert interval(Figure(0.01, Interval(0.002, 0.03))) == "0.20 % to 3.0 %"
    assert interval(Figure(0.92, Interval(0.9, 0.93)), 4) == "0.9000 to 0.9300"


def test_folds_are_told_by_their_mean_and_range() -> None:
    folds = tuple(Fold(2, 90, 100, (HeldOutRates(0.01, 0.9, fmr, 1.0),)) for fmr in (0.0, 0.03))
    first, second = fold_sentences(folds)
    assert first == (
        "Thresholds chosen for an FMR of 1 % gave 1.5 % (from 0 % to 3.0 %) on the people held out, and let "
        "100 % (in each group) of the true matches through."
    )
    assert "too few comparisons" in second


def test_without_any_error_the_equal_error_rate_is_a_threshold_that_makes_none() -> None:
    eer, *_ = accuracy_rows(evaluate(np.array([[1, 0, 0], [0.9, 0.19**0.5, 0], [0, 0, 1]]), [0, 0, 1], 0.5))
    assert eer.meaning.startswith("There is a threshold at which no comparison of two different people")


def test_groups_that_are_too_small_are_named_but_not_all_of_very_many() -> None:
    assert too_small(GroupedRates("age", 0, (), {}, 0)) == "There are not enough photos to tell."
    few = too_small(GroupedRates("age", 5, (), {"80–89": 2, "90–99": 1}, 1))
    assert few == "Fewer than 8 people, too few to tell: 80–89 (2), 90–99 (1). Without a label: 1 person."
    many = too_small(GroupedRates("e-mail", 0, (), {f"{k:03}@x": 1 for k in range(120)}, 0)) or ""
    assert "019@x (1) and 100 more" in many
    assert "020@x" not in many


def test_a_contender_is_called_by_its_model_engine_and_detector() -> None:
    assert (ModelSetup("dlib").label, ModelSetup("dlib").title) == ("dlib", "built-in (dlib)")
    other = ModelSetup("dlib", "reference", "yunet-0123")
    assert other.label == "dlib@reference+yunet-0123"
    assert other.title == "built-in (dlib) on the reference engine, faces by yunet-0123"


def test_a_precision_that_is_not_reached_is_said_to_be() -> None:
    assert precision_sentence(0.99, None).startswith("Not reached")
    assert precision_sentence(0.99, 0.93).startswith("0.9300: from there on at least 99 %")
