"""Unnamed faces of one person are put together, and two people are kept apart."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from benchmarks.grouping import WAYS
from benchmarks.labelled import Labelled, labelled, together
from face_match.core.errors import CancelledError
from face_match.core.types import Embeddings
from face_match.decision.clustering import cluster_faces, nearest_pairs
from face_match.decision.threshold import (
    CLUSTER_THRESHOLDS,
    RANGES,
    UNKNOWN_MODEL,
    default_cluster_threshold,
    lowest_match_score,
)


def at(*degrees: float) -> Embeddings:
    """Embeddings of two dimensions at these angles."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def around(
    centres: npt.NDArray[np.int64], seed: int, spread: float = 0.3, dimensions: int = 16
) -> Embeddings:
    """One embedding near the centre of each number."""
    random = np.random.default_rng(seed)
    embeddings = random.normal(size=(int(centres.max()) + 1, dimensions))[centres]
    embeddings = embeddings + spread * random.normal(size=embeddings.shape)
    return (embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)).astype(np.float32)


class Case(NamedTuple):
    """Faces as `cluster_faces` takes them."""

    embeddings: Embeddings
    photos: list[int]
    together: list[str | None]
    cut: float

    def cluster_faces(
        self, order: Sequence[int] | None = None, cut: float | None = None
    ) -> npt.NDArray[np.intp]:
        order = range(len(self.photos)) if order is None else order
        return cluster_faces(
            self.embeddings[list(order)],
            [self.photos[face] for face in order],
            self.cut if cut is None else cut,
            fixed=[self.together[face] for face in order],
        )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    number = draw(st.integers(1, 40))
    of_people = draw(st.lists(st.integers(0, 6), min_size=number, max_size=number))
    photos = draw(st.lists(st.integers(0, number), min_size=number, max_size=number))
    tokens = st.sampled_from([None, None, None, "a", "b"])
    together = draw(st.lists(tokens, min_size=number, max_size=number))
    embeddings = around(np.array(of_people), draw(st.integers(0, 2**32 - 1)), draw(st.floats(0.05, 1)))
    return Case(embeddings, photos, together, draw(st.floats(-1, 1)))


def pairs(groups: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Whether two faces share a group, for all of them."""
    return np.equal.outer(groups, groups)


def alone(embeddings: Embeddings, cut: float) -> list[int]:
    """Groups of faces that are all of different photos."""
    return cluster_faces(embeddings, range(len(embeddings)), cut).tolist()


def test_no_faces_make_no_groups() -> None:
    assert alone(np.zeros((0, 128), np.float32), 0.9) == []


def test_one_face_is_a_group() -> None:
    assert alone(at(10), 0.9) == [0]


def test_two_faces_that_are_alike_are_one_group_and_others_are_two() -> None:
    assert alone(at(0, 10), 0.98) == [0, 0]
    assert alone(at(0, 10), 0.99) == [0, 1]


def test_a_similarity_that_is_shown_as_equal_to_the_cut_reaches_it() -> None:
    similarity = round(float(np.cos(np.radians(10))), 3)
    assert alone(at(0, 10), similarity) == [0, 0]
    assert alone(at(3, 3, 3), 1.0) == [0, 0, 0]


def test_groups_are_numbered_in_the_order_of_their_first_faces() -> None:
    assert alone(at(90, 0, 91, 180, 1), 0.9) == [0, 1, 0, 2, 1]


def test_a_chain_of_look_alikes_is_not_one_person() -> None:
    assert alone(at(0, 20, 40, 60, 80, 100), 0.9) == [0, 0, 1, 1, 2, 2]


def test_two_faces_of_one_photo_are_two_people_however_alike() -> None:
    embeddings = at(0, 0, 1)
    assert cluster_faces(embeddings, ["party", "party", "walk"], 0.5).tolist() in ([0, 1, 0], [0, 1, 1])
    assert cluster_faces(at(0, 4, 1), ["party", "party", "walk"], 0.5).tolist() == [0, 1, 0]


def test_a_group_takes_no_face_of_a_photo_that_it_has_a_face_of() -> None:
    groups = cluster_faces(at(0, 1, 2), ["party", "walk", "party"], 0.5)
    assert groups.tolist() == [0, 0, 1] or groups.tolist() == [0, 1, 1]
    both_are_twice = cluster_faces(at(0, 1, 30, 31), ["party", "walk", "party", "walk"], 0.5)
    assert both_are_twice.tolist() == [0, 0, 1, 1]


def test_faces_of_one_token_are_a_group_even_in_one_photo_and_others_are_not_in_it() -> None:
    groups = cluster_faces(
        at(0, 90, 0, 0), ["party", "party", "walk", "swim"], 0.5, fixed=["x", "x", None, None]
    )
    assert groups.tolist() == [0, 0, 1, 1]


def test_a_face_that_was_taken_out_of_a_group_stays_alone() -> None:
    assert cluster_faces(at(0, 0, 0), [1, 2, 3], 0.5, fixed=[None, "out", None]).tolist() == [0, 1, 0]


@settings(deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_faces_does_not_matter(case: Case, random: object) -> None:
    order = list(range(len(case.photos)))
    random.shuffle(order)  # type: ignore[attr-defined]
    there_and_back = np.empty(len(order), np.intp)
    there_and_back[order] = case.cluster_faces(order)
    assert (pairs(there_and_back) == pairs(case.cluster_faces())).all()


@settings(deadline=None)
@given(cases())
def test_faces_of_one_photo_share_a_group_only_if_they_are_put_together(case: Case) -> None:
    decided: Sequence[Hashable] = [token or face for face, token in enumerate(case.together)]
    token = np.unique(np.array([str(one) for one in decided]), return_inverse=True)[1]
    photos = np.array(case.photos)
    of_one_photo = np.equal.outer(photos, photos) & ~np.equal.outer(token, token)
    assert not (pairs(case.cluster_faces()) & of_one_photo).any()


@settings(deadline=None)
@given(cases())
def test_faces_of_one_token_are_together_and_apart_from_all_others(case: Case) -> None:
    shared, tokens = pairs(case.cluster_faces()), np.array(case.together, object)
    has_token = tokens != None  # noqa: E711 - of each element
    assert np.array_equal(shared[has_token], np.equal.outer(tokens[has_token], tokens))


@settings(deadline=None)
@given(cases(), st.floats(0, 1))
def test_a_higher_cut_puts_nothing_together_that_a_lower_one_keeps_apart(case: Case, more: float) -> None:
    higher = pairs(case.cluster_faces(cut=case.cut + more * (1 - case.cut)))
    assert not (higher & ~pairs(case.cluster_faces())).any()


@settings(deadline=None)
@given(cases(), st.floats(0, 1))
def test_a_cut_that_follows_the_groups_is_as_if_it_had_been_given(case: Case, more: float) -> None:
    higher, seen = case.cut + more * (1 - case.cut), []
    photos, together = case.photos, case.together

    def threshold_rule(nearest: np.ndarray) -> np.ndarray:
        seen.append(nearest)
        return np.full(len(nearest), higher, np.float32)

    found = cluster_faces(case.embeddings, photos, case.cut, fixed=together, threshold_rule=threshold_rule)
    assert (pairs(found) == pairs(case.cluster_faces(cut=higher))).all()
    free = [face for face, token in enumerate(together) if token is None]
    if not free:
        assert not len(seen[0])
        return
    groups = case.cluster_faces()[free]
    means = np.stack([case.embeddings[free][groups == one].mean(axis=0) for one in np.unique(groups)])
    alike = means @ means.T - 3 * np.eye(len(means))
    expected = alike.max(axis=1) if len(means) > 1 else [0.0]
    assert [*np.sort(seen[0])] == pytest.approx([*np.sort(expected)], abs=1e-4)
    higher = case.cut - 0.1
    lower = cluster_faces(case.embeddings, photos, case.cut, fixed=together, threshold_rule=threshold_rule)
    assert (lower == case.cluster_faces()).all(), "it is never lower than the lowest"


@settings(deadline=None, max_examples=50)
@given(cases(), st.floats(0, 1), st.floats(0, 1))
def test_a_cut_of_each_group_is_as_if_its_faces_were_the_only_ones(
    case: Case, more: float, most: float
) -> None:
    cuts = [float(np.float32(case.cut + share * (1 - case.cut))) for share in (more, most)]

    def threshold_rule(nearest: np.ndarray) -> np.ndarray:
        return np.resize(np.array(cuts, np.float32), len(nearest))

    found = pairs(cluster_faces(case.embeddings, case.photos, case.cut, threshold_rule=threshold_rule))
    lowest = cluster_faces(case.embeddings, case.photos, case.cut)
    assert not (found & ~pairs(lowest)).any()
    for group in np.unique(lowest):
        faces = np.flatnonzero(lowest == group)
        photos = [case.photos[face] for face in faces]
        alone_at = [pairs(cluster_faces(case.embeddings[faces], photos, cut)) for cut in cuts]
        assert any((found[np.ix_(faces, faces)] == one).all() for one in alone_at)


def test_a_group_near_another_is_split_where_one_that_stands_apart_is_not() -> None:
    apart, near = at(180, 188), at(0, 8, 24)
    embeddings = np.concatenate([apart, near])

    def stricter_if_near(nearest: np.ndarray) -> np.ndarray:
        return np.where(nearest > 0.9, 0.995, 0.98).astype(np.float32)

    groups = cluster_faces(embeddings, range(5), 0.98, threshold_rule=stricter_if_near)
    assert groups.tolist() == [0, 0, 1, 2, 3]
    assert cluster_faces(embeddings, range(5), 0.98).tolist() == [0, 0, 1, 1, 2]


@settings(deadline=None)
@given(cases())
def test_groups_are_numbered_without_gaps_as_they_come(case: Case) -> None:
    as_they_come = [*dict.fromkeys(case.cluster_faces().tolist())]
    assert as_they_come == [*range(len(as_they_come))]


@settings(deadline=None)
@given(cases())
def test_the_groups_are_those_of_scipys_average_linkage(case: Case) -> None:
    if len(case.photos) < 2:
        return
    similarity = (case.embeddings @ case.embeddings.T).astype(np.float64)
    photos = np.array(case.photos)
    similarity[np.equal.outer(photos, photos)] = -1e6
    np.fill_diagonal(similarity, 1)
    tree = linkage(squareform(1 - similarity, checks=False), "average")
    level = 1 - case.cut
    heights = tree[:, 2]
    if np.abs(heights - level).min() < 0.001:  # where rounding decides
        return
    theirs = fcluster(tree, level, "distance")
    ours = Case(case.embeddings, case.photos, [None] * len(photos), case.cut).cluster_faces()
    assert (pairs(ours) == pairs(theirs)).all()


def test_thousands_of_faces_are_grouped_in_blocks_as_they_would_be_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = np.random.default_rng(1).integers(0, 300, 3000)
    embeddings = around(people, seed=2)
    photos = np.random.default_rng(3).integers(0, 2000, 3000).tolist()
    at_once = cluster_faces(embeddings, photos, 0.8)
    assert 300 <= at_once.max() + 1 <= 900
    monkeypatch.setattr("face_match.decision.clustering._AT_ONCE", 1_000_000)
    assert (cluster_faces(embeddings, photos, 0.8) == at_once).all()


def test_grouping_ends_when_it_is_cancelled() -> None:
    with pytest.raises(CancelledError):
        cluster_faces(at(0, 1, 2), [1, 2, 3], 0.5, is_cancelled=lambda: True)


def test_every_model_has_a_cut_within_its_range() -> None:
    assert CLUSTER_THRESHOLDS.keys() == RANGES.keys()
    for model_id, allowed in RANGES.items():
        assert allowed.lowest < default_cluster_threshold(model_id) < allowed.highest
    assert default_cluster_threshold("of tomorrow") == UNKNOWN_MODEL.default


@pytest.mark.parametrize("way", WAYS)
def test_each_way_that_clustering_is_compared_with_keeps_two_people_apart(way: str) -> None:
    pytest.importorskip("dlib", reason="dlib is not installed")
    groups = WAYS[way](around(np.repeat([0, 1], 5), seed=2), 0.9)
    assert (np.equal.outer(groups, groups) == np.equal.outer(*2 * [np.repeat([0, 1], 5)])).all()


@pytest.fixture(scope="session")
def stills_and_portraits(shared_faces: Path) -> Labelled:
    """The 138 photos of 18 people of two sets."""
    return together(labelled([shared_faces / "lfw10", shared_faces / "bbt"], "dlib"))


def test_people_in_real_photos_are_kept_apart_and_most_of_their_photos_found(
    stills_and_portraits: Labelled,
) -> None:
    groups = cluster_faces(stills_and_portraits.embeddings, range(138), default_cluster_threshold("dlib"))
    others = ~np.eye(138, dtype=bool)
    shared = pairs(groups) & others
    same = np.equal.outer(stills_and_portraits.people, stills_and_portraits.people) & others
    assert (shared & same).sum() / shared.sum() >= 0.99
    assert (shared & same).sum() / same.sum() >= 0.9
    assert groups.max() + 1 <= 25


@given(st.integers(0, 2**32 - 1), st.integers(0, 12), st.floats(0.3, 0.99))
@settings(deadline=None)
def test_pairs_are_nearest_to_each_other_and_in_two_photos(seed: int, count: int, threshold: float) -> None:
    random = np.random.default_rng(seed)
    embeddings = around(random.integers(0, 4, count), seed) if count else np.zeros((0, 16), np.float32)
    photos = random.integers(0, max(1, count // 2), count).tolist()
    alike = embeddings @ embeddings.T
    for one in range(count):
        alike[one, [other for other in range(count) if photos[other] == photos[one]]] = -np.inf
    nearest = alike.argmax(axis=1) if count else alike
    mutual = {
        (one, int(nearest[one]))
        for one in range(count)
        if nearest[nearest[one]] == one and one < nearest[one] and np.isfinite(alike[one, nearest[one]])
    }
    lowest = lowest_match_score(threshold)
    clear = {pair for pair in mutual if abs(alike[pair] - lowest) > 1e-5}
    assert {*nearest_pairs(embeddings, photos, threshold)} & clear == {
        pair for pair in clear if alike[pair] >= lowest
    }
    assert {*nearest_pairs(embeddings, photos, threshold)} <= mutual
