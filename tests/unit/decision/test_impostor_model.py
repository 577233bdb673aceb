"""How like a gallery's people strangers are: what is said of them is so of strangers that are drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from face_match.decision.active_threshold import (
    DEFAULT_FPIR,
    RISKY_FPIR,
    ActiveThreshold,
    ThresholdSource,
    active_threshold,
)
from face_match.decision.comparisons import search_comparisons
from face_match.decision.identification import Searches, leave_one_out
from face_match.decision.impostor_model import IMPOSTOR_PRIORS, ImpostorModel, size_term
from face_match.decision.scoring import NO_RIVAL_PENALTY, rival_penalty_for
from face_match.decision.threshold import threshold_range


def told(scores: list[float], people: list[int], gallery_people: int) -> Searches:
    """Non-mated searches alone."""
    numbers, nothing = np.array(people, np.int64), np.full(len(people), -np.inf)
    nobody = np.zeros(len(people), np.int64)
    return Searches(
        gallery_people, numbers, nothing, nothing, nobody, np.array(scores), nobody, np.array(scores), nobody
    )


def usual(people: int) -> ImpostorModel:
    """In a gallery that has told nothing yet."""
    found = ImpostorModel.fit(told([], [], people), "dlib")
    assert found is not None
    return found


@given(st.sampled_from((0.2, 0.05, 0.01, 0.002)), st.integers(1, 1000))
def test_the_threshold_of_a_rate_keeps_it_and_no_lower_one_does(rate: float, people: int) -> None:
    impostors = usual(people)
    threshold = impostors.threshold_for_fpir(rate)
    assert impostors.fpir(threshold) <= rate < impostors.fpir(threshold - 0.0021)


def test_strangers_are_liker_to_more_people_and_as_often_over_the_default() -> None:
    galleries = [usual(people) for people in (5, 10, 25, 50, 100, 200, 400)]
    means = [one.mean for one in galleries]
    assert means == sorted(means)
    assert all(0.001 < one.fpir(0.94) < RISKY_FPIR for one in galleries)
    assert usual(1) == ImpostorModel(1, usual(5).mean, usual(5).deviation), (
        "smaller galleries were not measured"
    )
    assert size_term(10) == 0.0


def test_a_sample_of_people_tells_of_all() -> None:
    """Strangers resemble somebody among all as much as the sample's do, and as the rest of them adds."""
    assert ImpostorModel.fit(told([], [], 100), "dlib", 300) == usual(400)
    mean, _ = IMPOSTOR_PRIORS["dlib"].mean_and_deviation(100)
    sample = told([mean + 0.02] * 100, [*range(100)], 100)
    (alone, of_all), (alone_as_usual, usual_of_all) = (
        (ImpostorModel.fit(sample, "dlib"), ImpostorModel.fit(sample, "dlib", 300)),
        (usual(100), usual(400)),
    )
    assert alone is not None and of_all is not None
    assert of_all.mean - usual_of_all.mean == pytest.approx(alone.mean - alone_as_usual.mean)
    assert (of_all.people, of_all.deviation) == (400, usual_of_all.deviation)
    unmeasured = ImpostorModel.fit(told([0.5] * 12, [*range(12)], 12), "facenet", 20)
    assert unmeasured is not None
    assert (unmeasured.people, unmeasured.mean) == (32, pytest.approx(0.5))


@pytest.mark.parametrize("alike", [0.03, 0.06])
def test_people_who_are_alike_raise_the_default(alike: float) -> None:
    mean, _ = IMPOSTOR_PRIORS["dlib"].mean_and_deviation(12)
    people = [*range(12)] * 2
    ordinary = ImpostorModel.fit(told([mean] * 24, people, 12), "dlib")
    assert active_threshold("dlib", ordinary, {}, {}) == ActiveThreshold(0.94, ThresholdSource.DEFAULT)
    related = ImpostorModel.fit(told([mean + alike] * 24, people, 12), "dlib")
    assert related is not None and ordinary is not None
    assert ordinary.mean < related.mean < mean + alike, "twelve people are not quite believed"
    assert related.fpir(0.94) > RISKY_FPIR
    threshold, source, _ = active_threshold("dlib", related, {}, {})
    assert source is ThresholdSource.RAISED
    assert related.fpir(threshold) <= DEFAULT_FPIR
    assert threshold > 0.945


@pytest.mark.parametrize(("people", "under_two_names"), [(5, 2), (10, 4), (50, 20)])
def test_people_under_two_names_do_not_raise_it(people: int, under_two_names: int) -> None:
    mean, _ = IMPOSTOR_PRIORS["dlib"].mean_and_deviation(people)
    scores = [mean] * (people - under_two_names) + [0.965] * under_two_names
    found = ImpostorModel.fit(told(scores, [*range(people)], people), "dlib")
    assert found is not None
    assert found.mean == pytest.approx(mean)
    assert active_threshold("dlib", found, {}, {}).source is ThresholdSource.DEFAULT


def test_people_who_nearly_all_match_each_other_are_look_alikes_and_raise_it() -> None:
    mean, _ = IMPOSTOR_PRIORS["dlib"].mean_and_deviation(10)
    found = ImpostorModel.fit(told([mean] * 4 + [0.95] * 6, [*range(10)], 10), "dlib")
    assert found is not None
    assert active_threshold("dlib", found, {}, {}).source is ThresholdSource.RAISED


@pytest.mark.parametrize("twice", [1, 2, 4])
def test_the_same_faces_under_a_second_name_leave_the_threshold_as_it_was(twice: int) -> None:
    random = np.random.default_rng(twice)
    centre = random.normal(size=128)
    centre /= np.linalg.norm(centre)
    own = centre + 0.035 * random.normal(size=(12, 1, 128))
    faces = (own + 0.015 * random.normal(size=(12, 4, 128))).reshape(-1, 128)
    embeddings = (faces / np.linalg.norm(faces, axis=1, keepdims=True)).astype(np.float32)
    whose = np.repeat(np.arange(12), 4)
    named_twice = whose.copy()
    for number in range(twice):
        named_twice[number * 4 : number * 4 + 2] = 12 + number

    def threshold(people: np.ndarray) -> ActiveThreshold:
        found = ImpostorModel.fit(leave_one_out(embeddings, people, rival_penalty_for("dlib")), "dlib")
        return active_threshold("dlib", found, {}, {})

    assert threshold(whose).source is ThresholdSource.DEFAULT
    assert threshold(named_twice) == threshold(whose)


def test_a_model_that_was_not_measured_is_told_of_by_ten_people_or_nobody() -> None:
    random = np.random.default_rng(3)
    scores = random.normal(0.5, 0.05, 30).tolist()
    assert ImpostorModel.fit(told(scores[:9], [*range(9)], 9), "facenet") is None
    few = ImpostorModel.fit(told(scores[:10], [*range(10)], 10), "facenet")
    many = ImpostorModel.fit(told(scores, [*range(30)], 30), "facenet")
    assert few is not None and many is not None
    assert many.mean == pytest.approx(0.5, abs=0.03)
    assert 0.03 < many.deviation < 0.09
    assert active_threshold("facenet", many, {}, {}) == ActiveThreshold(
        threshold_range("facenet").default, ThresholdSource.DEFAULT
    )
    assert active_threshold("facenet", many, {}, {"facenet": 0.01}).threshold == many.threshold_for_fpir(0.01)


def test_people_who_are_all_as_alike_have_a_spread_to_be_measured_by() -> None:
    found = ImpostorModel.fit(told([0.5] * 12, [*range(12)], 12), "facenet")
    assert found is not None
    assert found.z_score(0.5) == 0.0
    assert found.fpir(0.6) == 0.0


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 3))
def test_a_search_is_what_the_comparisons_with_everybody_say(seed: int, people: int, each: int) -> None:
    random = np.random.default_rng(seed)
    embeddings = random.normal(size=(people * each, 6)).astype(np.float32)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    whose = np.repeat(np.arange(people), each)
    for rival_penalty in (NO_RIVAL_PENALTY, rival_penalty_for("dlib")):
        found = leave_one_out(embeddings, whose, rival_penalty)
        compared = search_comparisons(embeddings, whose, rival_penalty)
        assert (found.other == compared.searches.other).all()
        assert len(found.people) == len(embeddings)
        if people == 1:
            assert (found.other == -math.inf).all()
        else:
            assert found.other.max() == compared.impostor.max()
        if each == 1:
            assert not (found.rank > 0).any()
            assert (found.best == -math.inf).all()
        else:
            assert (found.best >= compared.genuine.min()).all()
            is_own = found.rank == 1
            assert np.isin(found.best[is_own], compared.genuine).all()


def test_of_a_large_gallery_some_faces_tell() -> None:
    embeddings = np.eye(50, dtype=np.float32)
    found = leave_one_out(embeddings, np.arange(50), NO_RIVAL_PENALTY, 10)
    assert len(found.people) == 10
    assert found.gallery_people == 50
