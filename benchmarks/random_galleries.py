"""Galleries drawn at random from labelled faces, with the faces that are looked for in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import Labelled
from face_match.decision.error_rates import Floats
from face_match.decision.intervals import Interval
from face_match.types import Vectors

Integers = npt.NDArray[np.int64]
Rule = Callable[[Floats, Floats], Floats]
"""From similarities to people's best faces and to their means, each of shape (faces, people), to scores."""

REPLICATES = 400


class Compared(NamedTuple):
    """Faces with everybody of a gallery: similarities of shape (faces, people), and whose each face is."""

    best: Floats
    mean: Floats
    people: Integers


class Drawn(NamedTuple):
    """What is looked for in one gallery.

    Attributes:
        gallery: the faces in it.
        own: faces of the gallery's people that are not in it; `column` says which of these each is of.
        strangers: faces of everybody else.
    """

    gallery: Labelled
    own: Compared
    column: Integers
    strangers: Compared


def random_galleries(photos: Labelled, people: int, samples: int, draws: int) -> list[Drawn]:
    """With so many people, and so many faces of each, where there are as many and one more.

    Their other faces are looked for, and those of everybody else.
    """
    random = np.random.default_rng((people, samples))
    return [_drawn(photos, random.permutation(photos.count), people, samples, random) for _ in range(draws)]


def look_alikes(photos: Labelled, people: int, samples: int, draws: int) -> list[Drawn]:
    """The same among the twice as many who are most like somebody on average: half of them are strangers."""
    random = np.random.default_rng((people, samples, 1))
    means = np.stack([photos.vectors[photos.people == person].mean(axis=0) for person in range(photos.count)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    drawn = []
    for _ in range(draws):
        likest = np.argsort(-(means @ means[random.integers(photos.count)]))[: 2 * people]
        drawn.append(_drawn(photos, random.permutation(likest), people, samples, random))
    return drawn


def _drawn(
    photos: Labelled, order: Integers, people: int, samples: int, random: np.random.Generator
) -> Drawn:
    kept, own, column = [], [], []
    for number, person in enumerate(order[:people]):
        rows = random.permutation(np.flatnonzero(photos.people == person))
        count = min(samples, len(rows) - 1)
        kept.append(photos.vectors[rows[:count]])
        own.append(rows[count:])
        column += [number] * len(own[-1])
    strangers = np.flatnonzero(np.isin(photos.people, order[people:]))
    return Drawn(
        Labelled(
            photos.name,
            np.concatenate(kept),
            np.repeat(np.arange(people), [len(vectors) for vectors in kept]),
        ),
        _compared(photos, np.concatenate(own), kept),
        np.array(column),
        _compared(photos, strangers, kept),
    )


def _compared(photos: Labelled, rows: Integers, kept: Sequence[Vectors]) -> Compared:
    faces = photos.vectors[rows].astype(np.float64)
    means = np.stack([vectors.mean(axis=0) for vectors in kept])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    best = np.stack([(faces @ vectors.T).max(axis=1) for vectors in kept], axis=1)
    return Compared(best, faces @ means.T, photos.people[rows])


class Outcome(NamedTuple):
    """Of every gallery, with whose face each is: the highest score of each stranger, and of each other face
    the score of its own person, −inf where that does not come first."""

    strangers: list[tuple[Floats, Integers]]
    own: list[tuple[Floats, Integers]]


def outcome(galleries: Iterable[Drawn], rule: Rule) -> Outcome:
    """What a rule makes of them."""
    strangers, own = [], []
    for drawn in galleries:
        strangers.append((rule(*drawn.strangers[:2]).max(axis=1), drawn.strangers.people))
        scores = rule(*drawn.own[:2])
        of_own = scores[np.arange(len(scores)), drawn.column]
        is_first = scores.argmax(axis=1) == drawn.column
        own.append((np.where(is_first, of_own, -np.inf), drawn.own.people))
    return Outcome(strangers, own)


def threshold_at_fpir(found: Outcome, fpir: float) -> float:
    """The lowest at which no more strangers than that find anybody."""
    return float(np.quantile(np.concatenate([scores for scores, _ in found.strangers]), 1 - fpir))


class Rate(NamedTuple):
    """A share, with the interval of 95 % over people and over galleries drawn."""

    value: float
    interval: Interval

    def __str__(self) -> str:
        return f"{100 * self.value:5.2f} ({100 * self.interval.low:.1f}–{100 * self.interval.high:.1f})"


def fpir(found: Outcome, threshold: float) -> Rate:
    """The share of strangers for whom anybody reaches a threshold."""
    return _rate([(scores >= threshold, people) for scores, people in found.strangers])


def fnir(found: Outcome, threshold: float) -> Rate:
    """The share of faces of the gallery's people whose own person does not come first and reach it."""
    return _rate([(scores < threshold, people) for scores, people in found.own])


def _rate(cases: Sequence[tuple[npt.NDArray[np.bool_], Integers]]) -> Rate:
    """Both the galleries and the people looked for are drawn anew, with replacement."""
    count = 1 + max(int(people.max(initial=-1)) for _, people in cases)
    hits = np.stack([np.bincount(people, is_hit, minlength=count) for is_hit, people in cases])
    faces = np.stack([np.bincount(people, minlength=count) for _, people in cases])
    random = np.random.default_rng(19795)
    shares = []
    for _ in range(REPLICATES):
        galleries = np.bincount(random.integers(len(cases), size=len(cases)), minlength=len(cases))
        weights = np.bincount(random.integers(count, size=count), minlength=count)
        shares.append((galleries @ hits @ weights) / max(1.0, galleries @ faces @ weights))
    low, high = np.quantile(shares, [0.025, 0.975])
    return Rate(float(hits.sum() / faces.sum()), Interval(float(low), float(high)))
