"""A model whose strangers are more alike than its family's gets a higher threshold for groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from face_match.core.progress import never_cancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Embeddings
from face_match.decision.cluster_threshold import (
    FEWEST_PAIRS,
    HIGHEST,
    NEAREST_CLUSTER_RULES,
    WRONG,
    between_person_similarities,
    cluster_threshold_rule,
    within_photo_similarities,
)
from face_match.decision.threshold import default_cluster_threshold
from face_match.gallery.search.embedding_search import DatedRows
from face_match.workflows.suggest import ClusterLabels


def threshold(model_id: str, pairs: np.ndarray, groups: int) -> float:
    """Of so many groups; how alike they are does not matter to a model that was not measured."""
    found = cluster_threshold_rule(model_id, lambda: pairs)(np.zeros(groups, np.float32))
    assert found.shape == (groups,)
    assert (found == found[0]).all()
    return round(float(found[0]), 6)


MODEL = "arcface-0123456789ab"
DIMENSIONS = 512


def strangers(mean: float, spread: float, count: int = 2000) -> np.ndarray:
    return np.random.default_rng(0).normal(mean, spread, count).astype(np.float32)


@pytest.mark.parametrize("groups", [20, 100, 300])
def test_one_in_a_hundred_faces_like_no_other_reaches_it_by_a_stranger(groups: int) -> None:
    reached = threshold(MODEL, strangers(0.3, 0.1), groups)
    tries = np.random.default_rng(1).normal(0.3, 0.1, (4000, groups))
    share = (tries.max(axis=1) >= reached).mean()
    assert WRONG / 2.5 < share < WRONG * 2.5


def test_it_grows_with_the_groups_and_with_how_alike_strangers_are() -> None:
    near = partial(threshold, MODEL, strangers(0.5, 0.05))
    far = partial(threshold, MODEL, strangers(0.3, 0.05))
    assert [near(groups) for groups in (1, 10, 100, 1000)] == sorted(near(n) for n in (1, 10, 100, 1000))
    assert near(10) < near(1000)
    assert near(100) == pytest.approx(far(100) + 0.2, abs=0.001)


def test_it_is_never_lower_than_the_models_own_nor_so_high_that_nothing_reaches_it() -> None:
    assert threshold(MODEL, strangers(0.0, 0.05), 1000) == default_cluster_threshold(MODEL)
    assert threshold(MODEL, strangers(0.9, 0.1), 1000) == HIGHEST


def test_what_was_measured_stays_and_few_pairs_say_nothing() -> None:
    alike = strangers(0.9, 0.05)
    assert threshold("dlib", alike, 100) == threshold("dlib", alike[:0], 100)
    assert threshold(MODEL, alike[: FEWEST_PAIRS - 1], 100) == default_cluster_threshold(MODEL)
    assert threshold(MODEL, alike[:FEWEST_PAIRS], 100) > default_cluster_threshold(MODEL)


def built_in(*nearest: float) -> list[float]:
    rule = cluster_threshold_rule("dlib", lambda: pytest.fail("nothing else is asked for"))
    return [float(one) for one in rule(np.array(nearest, np.float32))]


def test_under_the_built_in_model_it_follows_how_alike_the_groups_are() -> None:
    def of(similarity: float, groups: int) -> float:
        found = built_in(*[similarity] * groups)
        assert len({*found}) == 1
        return found[0]

    assert [of(0.90, groups) for groups in (20, 100, 1000)] == [pytest.approx(0.9435, abs=0.002)] * 3
    measured = NEAREST_CLUSTER_RULES["dlib"]
    assert of(0.92, 10**6) == pytest.approx(measured.threshold + 0.015 * measured.slope, abs=0.001)
    assert of(0.92, 4) < of(0.92, 40) < of(0.92, 400), "few groups may be one person's"
    assert of(0.5, 100) == of(0.0, 1) == pytest.approx(0.935)
    assert built_in() == []
    assert of(0.96, 10**6) == pytest.approx(HIGHEST)


def test_it_is_higher_within_a_group_that_is_near_another_than_within_one_that_stands_apart() -> None:
    others = [0.90] * 50
    apart, near, *_ = built_in(0.89, 0.93, *others)
    assert near - apart == pytest.approx(0.04 * NEAREST_CLUSTER_RULES["dlib"].slope / 2, abs=0.001)
    alike, *_ = built_in(0.93, *[0.93] * 50)
    assert alike > near, "where all groups are alike, each is doubted more"


def test_a_collage_with_a_person_several_times_hardly_counts() -> None:
    some = strangers(0.4, 0.06, 200)
    with_collage = np.concatenate([some, np.full(10, 0.99, np.float32)])
    plain, mixed = (threshold(MODEL, one, 100) for one in (some, with_collage))
    assert mixed == pytest.approx(plain, abs=0.03)


def test_pairs_are_of_different_people_alone() -> None:
    embeddings = np.eye(5, dtype=np.float32)
    embeddings[1] = embeddings[0]
    assert between_person_similarities(embeddings, ["Ada", "Ada", "Grace", "Joan", "Joan"]).tolist() == [
        0,
        0,
        0,
    ]
    assert within_photo_similarities(embeddings, ["party", "party", "walk", "walk", "swim"]).tolist() == [
        1,
        0,
    ]
    assert (
        within_photo_similarities(embeddings[:0], []).shape
        == between_person_similarities(embeddings[:0], []).shape
        == (0,)
    )


# In a review


def alike_people(people: int, seed: int = 0) -> Embeddings:
    """Embeddings under a model whose strangers are alike: 0.6 ± 0.05."""
    own = np.random.default_rng(seed).normal(size=(people, DIMENSIONS))
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    common = np.zeros(DIMENSIONS)
    common[0] = np.sqrt(0.6 / 0.4)
    embeddings = own + common
    return np.asarray(embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True), np.float32)


def labels_of(
    embeddings: Embeddings, photos: list[str], rows: DatedRows, unnamed: Callable[..., FaceRecord]
) -> list[int]:
    faces = [unnamed(f"{place}", photo) for place, photo in enumerate(photos)]
    return ClusterLabels().of(faces, embeddings, MODEL, lambda: rows, never_cancelled)


@pytest.fixture
def unnamed() -> Callable[..., FaceRecord]:
    return lambda face_id, photo: FaceRecord(id=face_id, photo=photo, added="")


NOBODY = DatedRows((), (), np.zeros((0, DIMENSIONS), np.float32), np.zeros(0))


def test_strangers_who_are_alike_to_a_model_are_kept_apart_by_those_who_share_photos(
    unnamed: Callable[..., FaceRecord],
) -> None:
    people = alike_people(50)
    embeddings = np.concatenate([people, people[:2]])
    photos = [f"group {place // 5}" for place in range(50)] + ["alone 0", "alone 1"]
    numbers = labels_of(embeddings, photos, NOBODY, unnamed)
    assert len({*numbers}) >= 49, "one in a hundred may be wrong; by the family's threshold there are 5"
    assert numbers[50:] == numbers[:2]


def test_and_by_those_who_have_names(unnamed: Callable[..., FaceRecord]) -> None:
    people = alike_people(40)
    embeddings = np.concatenate([people[:20], people[:2]])
    photos = [f"photo {place}" for place in range(22)]
    group = partial(labels_of, embeddings, photos, unnamed=unnamed)
    named = DatedRows([*"abcdefghijklmnopqrst"], [*"ABCDEFGHIJKLMNOPQRST"], people[20:], np.full(20, np.nan))
    assert len({*group(rows=NOBODY)}) == 1, "the family's own threshold is too low for this model"
    numbers = group(rows=named)
    assert len({*numbers}) == 20
    assert numbers[20:] == numbers[:2]
