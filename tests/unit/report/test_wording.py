"""Figures are worded so that somebody who knows none of the terms can read them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from face_match.decision.evaluation import AtThreshold, Figure, evaluate
from face_match.decision.folds import AtFmr, Fold
from face_match.decision.intervals import Interval
from face_match.errors import NoFaceError
from face_match.evaluating import Contender, EmbeddedPhotos, Run
from face_match.messages import percent
from face_match.report.wording import (
    at_threshold,
    difference,
    fold_sentences,
    interval,
    one_in,
    precision_sentence,
    search_at_threshold,
    suggestion,
)


def at(fmr: float, fnmr: float, fpir: float = 0.0, fnir: float = 0.0) -> AtThreshold:
    return AtThreshold(Figure(0.9), Figure(fmr), Figure(fnmr), Figure(fpir), Figure(fnir))


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
    folds = tuple(Fold(2, 90, 100, (AtFmr(0.01, 0.9, fmr, 1.0),)) for fmr in (0.0, 0.03))
    first, second = fold_sentences(folds)
    assert first == (
        "Thresholds chosen for an FMR of 1 % gave 1.5 % (from 0 % to 3.0 %) on the people held out, and let "
        "100 % (in each group) of the true matches through."
    )
    assert "too few comparisons" in second


def test_a_difference_of_two_models_is_chance_or_more() -> None:
    evaluation = evaluate(np.eye(2), [0, 1], 0.5)
    first, second = (
        Run(Contender(model), EmbeddedPhotos(2, 2), ["Ann", "Bob"], 0.5, evaluation)
        for model in ("dlib", "facenet")
    )
    assert difference(first, first) is None
    chance = second._replace(eer_lower_by=Figure(0.01, Interval(-0.01, 0.02)))
    assert difference(chance, first) == (
        "FaceNet and built-in (dlib): the difference of their equal error rates may be chance "
        "(95 %: from -1.00 to +2.00 percentage points)."
    )
    better = second._replace(eer_lower_by=Figure(0.01, Interval(0.005, 0.02)))
    assert "1.00 percentage points lower (95 %: 0.50 to 2.00)" in (difference(better, first) or "")
    worse = second._replace(eer_lower_by=Figure(-0.01, Interval(-0.02, -0.005)))
    assert "1.00 percentage points higher (95 %: 0.50 to 2.00)" in (difference(worse, first) or "")
    same = second._replace(eer_lower_by=Figure(0.0, Interval(0.0, 0.0)))
    assert "are the same" in (difference(same, first) or "")


def run(
    model: str, lower_by: tuple[float, float, float] | None, *, failed: int = 0, seconds: float = 1.0
) -> Run:
    """Of two photos: how much lower its errors are than those of the first, with the interval."""
    errors = [(Path("a.jpg"), NoFaceError("a.jpg"))] * failed
    embedded = EmbeddedPhotos(2, 2, failed=errors, seconds=seconds)
    figure = Figure(lower_by[0], Interval(*lower_by[1:])) if lower_by is not None else None
    return Run(Contender(model), embedded, ["Ann", "Bob"], 0.5, evaluate(np.eye(2), [0, 1], 0.5), figure)


def test_the_model_with_fewer_errors_beyond_chance_is_suggested() -> None:
    first, better = run("dlib", None), run("facenet", (0.01, 0.005, 0.02), failed=1, seconds=9)
    assert suggestion([first, better]) == (
        "Suggested for people like these: FaceNet, which makes fewer errors."
    )
    worse = run("facenet", (-0.01, -0.02, -0.005), seconds=0.1)
    assert (suggestion([first, worse]) or "").startswith("Suggested for people like these: built-in (dlib)")


def test_where_errors_do_not_decide_photos_do_and_then_time() -> None:
    chance = (0.0, -0.01, 0.01)
    first = run("dlib", None, failed=1)
    assert "FaceNet, which could use the most photos (all but 0)" in (
        suggestion([first, run("facenet", chance, seconds=9)]) or ""
    )
    assert "FaceNet, which is the fastest" in (
        suggestion([first, run("facenet", chance, failed=1, seconds=0.1)]) or ""
    )


def test_nothing_is_suggested_where_nothing_can_be_compared() -> None:
    first = run("dlib", None)
    assert suggestion([first]) is None
    assert suggestion([first, run("facenet", None)]) is None
    assert suggestion([first, run("facenet", (0.0, math.nan, math.nan))]) is None
    partial = run("facenet", (0.01, 0.005, 0.02))
    partial.embedded.is_partial = True
    assert suggestion([first, partial]) is None


def test_a_contender_is_called_by_its_model_engine_and_detector() -> None:
    assert (Contender("dlib").label, Contender("dlib").title) == ("dlib", "built-in (dlib)")
    other = Contender("dlib", "reference", "yunet-0123")
    assert other.label == "dlib@reference+yunet-0123"
    assert other.title == "built-in (dlib) on the reference engine, faces by yunet-0123"


def test_a_precision_that_is_not_reached_is_said_to_be() -> None:
    assert precision_sentence(0.99, None).startswith("Not reached")
    assert precision_sentence(0.99, 0.93).startswith("0.9300: from there on at least 99 %")
