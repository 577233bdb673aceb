"""Open-set identification in random galleries of labelled faces (ISO/IEC 19795-1): FPIR and FNIR as galleries
grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.active_threshold import active_threshold
from face_match.decision.confidence_intervals import FEWEST_PEOPLE, SEED, Figure, Interval, with_rule_of_three
from face_match.decision.error_rates import Floats
from face_match.decision.identification import leave_one_out
from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.scoring import rival_penalty_for
from face_match.decision.threshold import threshold_range

Integers = npt.NDArray[np.int64]
ScoreRule = Callable[[Floats, Floats], npt.NDArray[np.floating]]
"""Gives scores from cosines to people's most similar faces and to their means, all of shape (faces,
people)."""

SIZES = {5: 100, 10: 100, 25: 60, 50: 30, 100: 15, 200: 8, 400: 5}
"""The number of galleries drawn, by their number of people."""
FACES = 3
"""The most faces of a person in a gallery."""
MOST_IN_GALLERY = 0.75
"""The largest share of all people in a gallery; the others are strangers to it."""

_REPLICATES = 400
_MOST_NON_MATED = 1000
"""Non-mated searches in one gallery, in an evaluation: seconds for each size."""


class ComparedFaces(NamedTuple):
    """Faces compared with a gallery: cosines of shape (faces, people), and the person of each face,
    (faces,)."""

    best: Floats
    mean: Floats
    people: Integers


class SampledGallery(NamedTuple):
    """One random gallery and the faces searched in it.

    Attributes:
        members: the people in the gallery, in the order of the columns of cosines.
        enrolled, enrolled_columns: the faces in the gallery, and the column of each.
        mated, mated_columns: other faces of these people, and the column of each.
        non_mated: faces of everybody else.
    """

    members: Integers
    enrolled: Embeddings
    enrolled_columns: Integers
    mated: ComparedFaces
    mated_columns: Integers
    non_mated: ComparedFaces


class RatesAtGallerySize(NamedTuple):
    """Error rates in random galleries of one size.

    Attributes:
        people: the number of people in each gallery, with up to FACES faces of each.
        galleries: the number of galleries drawn.
        strangers: the number of people outside each gallery.
    """

    people: int
    galleries: int
    strangers: int
    fpir: Figure
    fnir: Figure


def rates_by_gallery_size(
    embeddings: Embeddings,
    people: npt.ArrayLike,
    threshold: float,
    rule: ScoreRule,
    threshold_raise: Callable[[SampledGallery], float] | None = None,
) -> tuple[RatesAtGallerySize, ...]:
    """FPIR and FNIR at one threshold in galleries of each of SIZES that leaves at least a quarter of the
    people out.

    Args:
        embeddings: shape (n, dimensions), each row of unit L2 norm.
        people: the person of each embedding, shape (n,), numbered from 0 without gaps.
        threshold: the lowest score of a match.
        threshold_raise: by how much the threshold is higher in a gallery.
    """
    people = np.asarray(people, np.int64)
    count, can_be_in = int(people.max(initial=-1)) + 1, int((np.bincount(people) > 1).sum())
    found = []
    for size, draws in SIZES.items():
        if size <= min(MOST_IN_GALLERY * count, can_be_in):
            drawn = random_galleries(
                embeddings, people, size, faces=FACES, draws=draws, most_non_mated=_MOST_NON_MATED
            )
            looked_for = run_searches(drawn, rule, threshold_raise)
            rates = fpir(looked_for, threshold), fnir(looked_for, threshold)
            found.append(RatesAtGallerySize(size, draws, count - size, *rates))
    return tuple(found)


def random_galleries(
    embeddings: Embeddings,
    people: npt.ArrayLike,
    size: int,
    *,
    faces: int,
    draws: int,
    most_non_mated: int | None = None,
) -> Iterator[SampledGallery]:
    """Draw galleries of `size` people at random, with up to `faces` faces of each; one face at least is
    searched.

    People with a single face are in no gallery.

    Args:
        embeddings, people: as `rates_by_gallery_size` takes them.
        draws: the number of galleries.
        most_non_mated: the most faces of strangers to search in each gallery; all by default.
    """
    people = np.asarray(people, np.int64)
    random = np.random.default_rng((size, faces))
    counts = np.bincount(people)
    for _ in range(draws):
        order = random.permutation(len(counts))
        order = order[np.argsort(counts[order] < 2, kind="stable")]
        yield sample_gallery(
            embeddings, people, order, size=size, faces=faces, random=random, most_non_mated=most_non_mated
        )


def sample_gallery(
    embeddings: Embeddings,
    people: Integers,
    order: Integers,
    *,
    size: int,
    faces: int,
    random: np.random.Generator,
    most_non_mated: int | None = None,
) -> SampledGallery:
    """A gallery of the first `size` people of an order; the other people of the order are strangers to it."""
    kept, own, column = [], [], []
    for number, person in enumerate(order[:size]):
        rows = random.permutation(np.flatnonzero(people == person))
        count = min(faces, len(rows) - 1)
        kept.append(embeddings[rows[:count]])
        own.append(rows[count:])
        column += [number] * len(own[-1])
    strangers = np.flatnonzero(np.isin(people, order[size:]))
    if most_non_mated is not None and len(strangers) > most_non_mated:
        strangers = np.sort(random.choice(strangers, most_non_mated, replace=False))
    return SampledGallery(
        order[:size],
        np.concatenate(kept),
        np.repeat(np.arange(size), [len(faces_of) for faces_of in kept]),
        _compared(embeddings, people, np.concatenate(own), kept),
        np.array(column),
        _compared(embeddings, people, strangers, kept),
    )


def _compared(
    embeddings: Embeddings, people: Integers, rows: Integers, kept: Sequence[Embeddings]
) -> ComparedFaces:
    faces = embeddings[rows].astype(np.float64)
    means = np.stack([own.mean(axis=0) for own in kept])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    starts = np.cumsum([0, *(len(own) for own in kept[:-1])])
    best = np.maximum.reduceat(faces @ np.concatenate(kept).T, starts, axis=1)
    return ComparedFaces(best, faces @ means.T, people[rows])


class SearchScores(NamedTuple):
    """Searches in several galleries, arrays of shape (searches,): the score, the person of the face, the
    person of the gallery with the highest score, and the number of the gallery."""

    scores: Floats
    people: Integers
    nearest: Integers
    gallery: Integers


class SearchOutcome(NamedTuple):
    """The highest score of each non-mated search, and the own person's score of each mated search: −inf where
    that person does not come first."""

    non_mated: SearchScores
    mated: SearchScores


def default_threshold_raise_in(drawn: SampledGallery, model_id: str) -> float:
    """How much the program raises a model's default threshold in a gallery."""
    return default_threshold_raise(drawn.enrolled, drawn.enrolled_columns, model_id)


def default_threshold_raise(embeddings: Embeddings, people: npt.ArrayLike, model_id: str) -> float:
    """The same for a gallery of embeddings, shape (n, dimensions), and the person of each, shape (n,)."""
    seen = leave_one_out(embeddings, people, rival_penalty_for(model_id))
    active = active_threshold(model_id, ImpostorModel.fit(seen, model_id), {}, {})
    return active.threshold - threshold_range(model_id).default


def run_searches(
    galleries: Iterable[SampledGallery],
    rule: ScoreRule,
    threshold_raise: Callable[[SampledGallery], float] | None = None,
) -> SearchOutcome:
    """Run all searches in some galleries, with scores by a rule.

    Args:
        threshold_raise: by how much the threshold is higher in a gallery; scores in it are lowered by that.
    """
    strangers, own = [], []
    for number, drawn in enumerate(galleries):
        lower = threshold_raise(drawn) if threshold_raise is not None else 0.0
        scores = np.asarray(rule(drawn.non_mated.best, drawn.non_mated.mean), np.float64) - lower
        nearest = drawn.members[scores.argmax(axis=1)]
        of_this = np.full(len(scores), number)
        strangers.append(SearchScores(scores.max(axis=1), drawn.non_mated.people, nearest, of_this))
        scores = np.asarray(rule(drawn.mated.best, drawn.mated.mean), np.float64) - lower
        first = scores.argmax(axis=1)
        of_own = np.where(
            first == drawn.mated_columns, scores[np.arange(len(scores)), drawn.mated_columns], -np.inf
        )
        own.append(
            SearchScores(of_own, drawn.mated.people, drawn.members[first], np.full(len(scores), number))
        )
    return SearchOutcome(concatenate_searches(strangers), concatenate_searches(own))


def concatenate_searches(searches: Sequence[SearchScores]) -> SearchScores:
    """The searches of several galleries as one."""
    scores, people, nearest, gallery = (np.concatenate(parts) for parts in zip(*searches, strict=True))
    return SearchScores(scores, people, nearest, gallery)


def threshold_for_fpir(found: SearchOutcome, fpir: float) -> float:
    """The lowest threshold with at most that FPIR."""
    return float(np.quantile(found.non_mated.scores, 1 - fpir))


def fpir(found: SearchOutcome, threshold: float) -> Figure:
    """The share of non-mated searches in which somebody reaches a threshold.

    In the bootstrap a search counts as often as the product of its person and the nearest person of the
    gallery. With its own person alone, the interval would ignore that other people could have been in the
    galleries, and would hold in three of four cases only.
    """
    searches = found.non_mated
    return rate(searches, searches.scores >= threshold, searches.nearest)


def fnir(found: SearchOutcome, threshold: float) -> Figure:
    """The share of mated searches in which the own person does not come first, or does not reach a
    threshold."""
    return rate(found.mated, found.mated.scores < threshold)


def rate(searches: SearchScores, is_error: npt.NDArray[np.bool_], beside: Integers | None = None) -> Figure:
    """A share of searches with its 95 % interval, by a bootstrap over people and galleries.

    A search counts as often as its person times the person in `beside`, shape (searches,), if given.
    """
    looked_for = len(np.unique(searches.people))
    if not looked_for:
        return Figure(float("nan"))
    value = float(is_error.mean())
    if looked_for < FEWEST_PEOPLE:
        return Figure(value)
    galleries = int(searches.gallery.max()) + 1
    count = int(max(searches.people.max(), searches.nearest.max())) + 1
    random = np.random.default_rng(SEED)
    shares = []
    for _ in range(_REPLICATES):
        draws = np.bincount(random.integers(galleries, size=galleries), minlength=galleries)
        times = np.bincount(random.integers(count, size=count), minlength=count)
        weights = draws[searches.gallery] * times[searches.people]
        if beside is not None:
            weights *= times[beside]
        if total := weights.sum():
            shares.append(weights[is_error].sum() / total)
    low, high = np.quantile(shares, [0.025, 0.975])
    return with_rule_of_three(
        Figure(value, Interval(min(value, float(low)), max(value, float(high)))), looked_for
    )
