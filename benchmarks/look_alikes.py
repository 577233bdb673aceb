"""Galleries of people who are like each other, or under two names, beside those drawn at random; and how
their figures are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.labelled import Labelled
from face_match.decision.confidence_intervals import Figure
from face_match.decision.open_set import ComparedFaces, SampledGallery, random_galleries, sample_gallery

Draw = Callable[[Labelled, int, int, int], Iterator[SampledGallery]]

TWO_NAMES, FEWEST_PHOTOS = 0.2, 4
"""The share of a gallery's people who are in it under two names, and how many photos they have at least."""


def of_anybody(photos: Labelled, people: int, faces: int, draws: int) -> Iterator[SampledGallery]:
    """As `random_galleries` draws them."""
    return random_galleries(photos.embeddings, photos.people, people, faces=faces, draws=draws)


def look_alikes(photos: Labelled, people: int, faces: int, draws: int) -> Iterator[SampledGallery]:
    """The same among the twice as many who are most like somebody on average: half of them are strangers."""
    random = np.random.default_rng((people, faces, 1))
    means = np.stack(
        [photos.embeddings[photos.people == person].mean(axis=0) for person in range(photos.count)]
    )
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    for _ in range(draws):
        likest = np.argsort(-(means @ means[random.integers(photos.count)]))[: 2 * people]
        order = random.permutation(likest)
        yield sample_gallery(photos.embeddings, photos.people, order, size=people, faces=faces, random=random)


def under_two_names(photos: Labelled, people: int, faces: int, draws: int) -> Iterator[SampledGallery]:
    """Random people, some of them under two names with half of their photos each; faces of the others are
    searched."""
    random = np.random.default_rng((people, faces, 2))
    counts = np.bincount(photos.people)
    for _ in range(draws):
        order = random.permutation(photos.count)
        order = order[np.argsort(counts[order] < 2, kind="stable")]
        members, strangers = order[:people], order[people:]
        twice = members[counts[members] >= FEWEST_PHOTOS][: max(1, round(TWO_NAMES * people))]
        second = photos.count + np.arange(len(twice))
        names = photos.people.copy()
        for person, name in zip(twice, second, strict=True):
            names[random.permutation(np.flatnonzero(names == person))[::2]] = name
        drawn = sample_gallery(
            photos.embeddings,
            names,
            np.concatenate([members, second, strangers]),
            size=people + len(second),
            faces=faces,
            random=random,
        )
        others = ~np.isin(drawn.mated.people, [*twice, *second])
        mated = ComparedFaces(*(column[others] for column in drawn.mated))
        yield drawn._replace(mated=mated, mated_columns=drawn.mated_columns[others])


DRAWN = {of_anybody: "people", look_alikes: "look-alikes", under_two_names: "people, a fifth twice"}


def shown(rate: Figure) -> str:
    """ " 0.50 (0.3–0.8)", in percent."""
    return f"{100 * rate.value:5.2f} ({100 * rate.interval.low:.1f}–{100 * rate.interval.high:.1f})"
