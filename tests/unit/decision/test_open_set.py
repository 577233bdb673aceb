"""Galleries drawn from labelled faces: strangers are those left out, and more people let more of them in."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from face_match.decision.confidence_intervals import Figure, rule_of_three
from face_match.decision.error_rates import Floats
from face_match.decision.open_set import (
    FACES,
    default_threshold_raise_in,
    fnir,
    fpir,
    random_galleries,
    rates_by_gallery_size,
    run_searches,
    threshold_for_fpir,
)
from face_match.decision.scoring import combined_similarity, scores
from tests.extent import is_all


def faces_of(people: int, photos: int, spread: float = 0.9, seed: int = 1) -> tuple[Floats, np.ndarray]:
    random = np.random.default_rng(seed)
    embeddings = random.normal(size=(people, 1, 32)) + spread * random.normal(size=(people, photos, 32))
    embeddings = embeddings.reshape(-1, 32)
    return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True), np.repeat(
        np.arange(people), photos
    )


def test_who_is_in_a_gallery_is_no_stranger_and_faces_in_it_are_not_looked_for() -> None:
    embeddings, people = faces_of(12, 5)
    (drawn,) = random_galleries(embeddings, people, 4, faces=FACES, draws=1)
    inside = set(drawn.mated.people.tolist())
    assert set(drawn.members.tolist()) == inside
    assert (drawn.members[drawn.mated_columns] == drawn.mated.people).all()
    assert len(inside) == 4
    assert set(drawn.non_mated.people.tolist()) == set(range(12)) - inside
    assert drawn.mated.best.shape == (4 * 2, 4)
    assert drawn.non_mated.best.shape == (8 * 5, 4)
    assert (drawn.mated.best < 1 - 1e-9).all(), "no face is compared with itself"
    own = drawn.mated.best[np.arange(8), drawn.mated_columns]
    assert own.mean() > np.delete(drawn.mated.best, drawn.mated_columns[0], axis=1).mean()


def test_who_has_one_photo_is_a_stranger_only() -> None:
    embeddings, people = faces_of(10, 2)
    once = np.concatenate([people[people < 6], [6, 7, 8, 9]])
    all_drawn = [*random_galleries(embeddings[: len(once)], once, 5, faces=3, draws=20)]
    assert len(all_drawn) == 20
    for drawn in all_drawn:
        assert drawn.mated.people.max() < 6
        assert set(drawn.non_mated.people.tolist()) >= {6, 7, 8, 9}
        assert np.isfinite(drawn.non_mated.mean).all()


def test_in_a_gallery_of_people_who_are_alike_the_default_is_raised() -> None:
    alike, people = faces_of(30, 4, spread=0.05)
    alike = alike + 4.5 * alike[0]
    alike /= np.linalg.norm(alike, axis=1, keepdims=True)
    (drawn,) = random_galleries(alike.astype(np.float32), people, 12, faces=3, draws=1)
    raised = default_threshold_raise_in(drawn, "dlib")
    assert 0.005 < raised < 0.06
    rule = partial(scores, model_id="dlib")
    fixed, lower = run_searches([drawn], rule), run_searches([drawn], rule, lambda _: raised)
    assert np.allclose(fixed.non_mated.scores - raised, lower.non_mated.scores)
    unlike, people = faces_of(30, 4)
    (drawn,) = random_galleries(unlike.astype(np.float32), people, 12, faces=3, draws=1)
    assert default_threshold_raise_in(drawn, "dlib") == 0.0


def test_of_very_many_strangers_some_are_looked_for() -> None:
    embeddings, people = faces_of(20, 10)
    (drawn,) = random_galleries(embeddings, people, 5, faces=3, draws=1, most_non_mated=40)
    assert len(drawn.non_mated.people) == 40
    assert len(drawn.mated.people) == 35


def test_rates_are_those_of_counting() -> None:
    embeddings, people = faces_of(12, 4, 1.2)
    rule = partial(scores, model_id="dlib")
    (drawn,) = random_galleries(embeddings, people, 6, faces=3, draws=1)
    found = run_searches([drawn], rule)
    by_stranger = rule(drawn.non_mated.best, drawn.non_mated.mean).max(axis=1)
    assert fpir(found, 0.5).value == (by_stranger >= 0.5).mean()
    own = rule(drawn.mated.best, drawn.mated.mean)
    is_hit = (own.argmax(axis=1) == drawn.mated_columns) & (own.max(axis=1) >= 0.5)
    assert fnir(found, 0.5).value == pytest.approx(1 - is_hit.mean())
    assert fpir(found, threshold_for_fpir(found, 0.1)).value <= 0.1 + 1 / len(by_stranger)


def test_more_people_in_the_gallery_let_more_strangers_in() -> None:
    embeddings, people = faces_of(80, 4, 0.9)
    found = rates_by_gallery_size(embeddings, people, 0.35, combined_similarity)
    assert [at.people for at in found] == [5, 10, 25, 50]
    assert [at.strangers for at in found] == [75, 70, 55, 30]
    rates = [at.fpir.value for at in found]
    assert rates == sorted(rates)
    assert rates[-1] > 3 * rates[0]
    for at in found:
        for value, (low, high) in (at.fpir, at.fnir):
            assert 0 <= low <= value <= high <= 1


def test_no_error_in_a_gallery_is_no_proof_that_there_are_none() -> None:
    found = rates_by_gallery_size(*faces_of(20, 3, 0.05), 0.99, combined_similarity)
    assert [at.people for at in found] == [5, 10]
    assert found[0].fpir == (0.0, (0.0, rule_of_three(20)))


def test_intervals_allow_for_who_else_might_be_in_the_galleries() -> None:
    """Of 60 of 2,000 people, of whom some look alike; about 45 of 60 intervals over strangers alone hold."""
    random = np.random.default_rng(1)
    families, centres = random.normal(size=(250, 16)), random.normal(size=(2000, 16))
    alike = np.flatnonzero(random.random(2000) < 0.3)
    centres[alike] = 0.8 * families[random.integers(250, size=len(alike))] + 0.6 * centres[alike]
    embeddings = (centres[:, None] + 0.5 * random.normal(size=(2000, 3, 16))).reshape(-1, 16)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    people = np.repeat(np.arange(2000), 3)

    def measured(chosen: np.ndarray, draws: int) -> Figure:
        rows = np.flatnonzero(np.isin(people, chosen))
        numbers = np.unique(people[rows], return_inverse=True)[1]
        drawn = random_galleries(embeddings[rows], numbers, 10, faces=3, draws=draws, most_non_mated=1000)
        return fpir(run_searches(drawn, combined_similarity), 0.72)

    truth = measured(np.arange(2000), 200).value
    count = 60 if is_all() else 20
    intervals = [measured(random.choice(2000, 60, replace=False), 40).interval for _ in range(count)]
    assert sum(low <= truth <= high for low, high in intervals) >= 0.9 * count


@pytest.mark.parametrize("photos", [(6, 3), (20, 1), (0, 1)])
def test_too_few_people_or_photos_have_no_gallery(photos: tuple[int, int]) -> None:
    assert rates_by_gallery_size(*faces_of(*photos), 0.5, combined_similarity) == ()


def test_the_same_photos_have_the_same_figures() -> None:
    first, second = (rates_by_gallery_size(*faces_of(20, 3), 0.4, combined_similarity) for _ in range(2))
    assert first == second
