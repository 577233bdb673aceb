"""Galleries of people who are like each other, beside those drawn at random; and how figures of either are
shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.labelled import Labelled
from face_match.decision.confidence_intervals import Figure
from face_match.decision.open_set import SampledGallery, random_galleries, sample_gallery

Draw = Callable[[Labelled, int, int, int], Iterator[SampledGallery]]


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


def shown(rate: Figure) -> str:
    """ " 0.50 (0.3–0.8)", in percent."""
    return f"{100 * rate.value:5.2f} ({100 * rate.interval.low:.1f}–{100 * rate.interval.high:.1f})"
