"""Galleries drawn at random from labelled faces, and what becomes of searches in them (ISO/IEC 19795-1, open
set): how often a stranger is taken for somebody, and how often somebody is missed, as galleries grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision import comparisons
from face_match.decision.confidence_intervals import FEWEST_PEOPLE, SEED, Figure, Interval, with_rule_of_three
from face_match.decision.error_rates import Floats
from face_match.decision.impostor_model import ImpostorModel, active_threshold
from face_match.decision.scoring import rivalry_for
from face_match.decision.threshold import threshold_range

Integers = npt.NDArray[np.int64]
ScoreRule = Callable[[Floats, Floats], npt.NDArray[np.floating]]
"""From similarities to people's best faces and to their means, each of shape (faces, people), to scores."""

SIZES = {5: 100, 10: 100, 25: 60, 50: 30, 100: 15, 200: 8, 400: 5}
"""How many galleries of how many people are drawn."""
FACES = 3
"""Of each person in a gallery, at most."""
MOST_IN_GALLERY = 0.75
"""Of all people: the others are the strangers."""

_REPLICATES = 400
_MOST_STRANGERS = 1000
"""Faces of strangers that are looked for in one gallery, in an evaluation: seconds for each size."""


class ComparedFaces(NamedTuple):
    """Faces with everybody of a gallery: similarities of shape (faces, people), and whose each face is."""

    best: Floats
    mean: Floats
    people: Integers


class SampledGallery(NamedTuple):
    """What is looked for in one gallery.

    Attributes:
        members: the gallery's people, in the order of the columns of similarities.
        kept, columns: the faces in it, and which column each is of.
        own: faces of these people that are not in it; `column` says which of them each is of.
        strangers: faces of everybody else.
    """

    members: Integers
    kept: Embeddings
    columns: Integers
    own: ComparedFaces
    column: Integers
    strangers: ComparedFaces


class RatesAtGallerySize(NamedTuple):
    """Searches in galleries of one size.

    Attributes:
        people: in each gallery, with up to FACES faces of each; so many `galleries` were drawn.
        strangers: how many people were left out of each.
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
    raised: Callable[[SampledGallery], float] | None = None,
) -> tuple[RatesAtGallerySize, ...]:
    """FPIR and FNIR at one threshold in galleries of each of SIZES that leaves a quarter of the people out.

    Args:
        embeddings: shape (n, dimensions), each row of unit L2 norm.
        people: whose each is, shape (n,): numbers from 0 on without a gap.
        threshold: the score from which somebody is called a match.
        raised: by how much it is higher in a gallery.
    """
    people = np.asarray(people, np.int64)
    count, can_be_in = int(people.max(initial=-1)) + 1, int((np.bincount(people) > 1).sum())
    found = []
    for size, draws in SIZES.items():
        if size <= min(MOST_IN_GALLERY * count, can_be_in):
            drawn = random_galleries(
                embeddings, people, size, faces=FACES, draws=draws, most_strangers=_MOST_STRANGERS
            )
            looked_for = run_searches(drawn, rule, raised)
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
    most_strangers: int | None = None,
) -> Iterator[SampledGallery]:
    """Galleries of so many people, with so many faces of each, where there are as many and one more.

    Their other faces are looked for, and those of everybody else. Who has one face only is in no gallery.

    Args:
        embeddings, people: as `rates_by_gallery_size` takes them.
        most_strangers: of more faces of strangers, so many are looked for in each gallery.
    """
    people = np.asarray(people, np.int64)
    random = np.random.default_rng((size, faces))
    counts = np.bincount(people)
    for _ in range(draws):
        order = random.permutation(len(counts))
        order = order[np.argsort(counts[order] < 2, kind="stable")]
        yield sample_gallery(
            embeddings, people, order, size=size, faces=faces, random=random, most_strangers=most_strangers
        )


def sample_gallery(
    embeddings: Embeddings,
    people: Integers,
    order: Integers,
    *,
    size: int,
    faces: int,
    random: np.random.Generator,
    most_strangers: int | None = None,
) -> SampledGallery:
    """The first people of an order in a gallery; the others of it are strangers."""
    kept, own, column = [], [], []
    for number, person in enumerate(order[:size]):
        rows = random.permutation(np.flatnonzero(people == person))
        count = min(faces, len(rows) - 1)
        kept.append(embeddings[rows[:count]])
        own.append(rows[count:])
        column += [number] * len(own[-1])
    strangers = np.flatnonzero(np.isin(people, order[size:]))
    if most_strangers is not None and len(strangers) > most_strangers:
        strangers = np.sort(random.choice(strangers, most_strangers, replace=False))
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
    """In all galleries, each of shape (searches,): a score of a face, whose face it is, who in the gallery is
    most like it, and the number of the gallery."""

    scores: Floats
    people: Integers
    nearest: Integers
    gallery: Integers


class SearchOutcome(NamedTuple):
    """The highest score of each stranger, and of each other face the score of its own person, −inf where that
    does not come first."""

    strangers: SearchScores
    own: SearchScores


def default_threshold_raise_in(drawn: SampledGallery, model_id: str) -> float:
    """How much higher than the model's default the program's threshold is in a gallery."""
    return default_threshold_raise(drawn.kept, drawn.columns, model_id)


def default_threshold_raise(embeddings: Embeddings, people: npt.ArrayLike, model_id: str) -> float:
    """The same in a gallery of embeddings, shape (n, dimensions), and whose each is."""
    seen = comparisons.searches(embeddings, people, rivalry_for(model_id))
    in_use = active_threshold(model_id, ImpostorModel.of(seen, model_id), {}, {})
    return in_use.threshold - threshold_range(model_id).default


def run_searches(
    galleries: Iterable[SampledGallery],
    rule: ScoreRule,
    raised: Callable[[SampledGallery], float] | None = None,
) -> SearchOutcome:
    """What a rule makes of them.

    Args:
        raised: by how much the threshold is higher in a gallery: all scores in it are lower by that.
    """
    strangers, own = [], []
    for number, drawn in enumerate(galleries):
        lower = raised(drawn) if raised is not None else 0.0
        scores = np.asarray(rule(drawn.strangers.best, drawn.strangers.mean), np.float64) - lower
        nearest = drawn.members[scores.argmax(axis=1)]
        of_this = np.full(len(scores), number)
        strangers.append(SearchScores(scores.max(axis=1), drawn.strangers.people, nearest, of_this))
        scores = np.asarray(rule(drawn.own.best, drawn.own.mean), np.float64) - lower
        first = scores.argmax(axis=1)
        of_own = np.where(first == drawn.column, scores[np.arange(len(scores)), drawn.column], -np.inf)
        own.append(SearchScores(of_own, drawn.own.people, drawn.members[first], np.full(len(scores), number)))
    return SearchOutcome(concatenate_searches(strangers), concatenate_searches(own))


def concatenate_searches(searches: Sequence[SearchScores]) -> SearchScores:
    """Those of several galleries."""
    scores, people, nearest, gallery = (np.concatenate(parts) for parts in zip(*searches, strict=True))
    return SearchScores(scores, people, nearest, gallery)


def threshold_for_fpir(found: SearchOutcome, fpir: float) -> float:
    """The lowest at which no more strangers than that find anybody."""
    return float(np.quantile(found.strangers.scores, 1 - fpir))


def fpir(found: SearchOutcome, threshold: float) -> Figure:
    """The share of strangers for whom anybody reaches a threshold.

    For the interval a stranger counts as often as both people, that one and who is most like them, as pairs
    do in `intervals`. With strangers alone it would be as if nobody else could have been in the galleries,
    and hold in three of four cases only.
    """
    searches = found.strangers
    return rate(searches, searches.scores >= threshold, searches.nearest)


def fnir(found: SearchOutcome, threshold: float) -> Figure:
    """The share of faces of the gallery's people whose own person does not come first and reach it."""
    return rate(found.own, found.own.scores < threshold)


def rate(searches: SearchScores, is_error: npt.NDArray[np.bool_], beside: Integers | None = None) -> Figure:
    """A share of searches, with its interval of 95 %: people and galleries are drawn anew, with replacement.

    A search counts as often as whose face it is, and as often as whoever is `beside`.
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
