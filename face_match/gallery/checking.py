"""What a gallery's owner should know of it: crops that are lost, and samples that add nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from face_match.errors import CancelledError, ImageUnreadableError
from face_match.gallery.gallery import Gallery
from face_match.types import IsCancelled, OnProgress, Person, Sample, never_cancelled, no_progress

NEAR_DUPLICATE = 0.98
"""Above this cosine similarity two samples of a person show nearly the same. Under the built-in model that is
2.2 % of the pairs of news photos of a person (lfw10), and 49 % of pairs from one sitting (orl20):
`python -m benchmarks.near_duplicates FOLDER`."""


class LostCrop(NamedTuple):
    """A sample whose crop is missing or damaged: another model could not embed it."""

    person: Person
    sample: Sample
    error: ImageUnreadableError


class NearDuplicate(NamedTuple):
    """A sample that is nearly the same as one that shows the face larger, or was there before."""

    sample: Sample
    of: Sample
    similarity: float


@dataclass
class Health:
    """How a gallery is.

    Attributes:
        model_id: under which near-duplicates were looked for, and `not_compared` samples have no vector.
        duplicates: of each person who has any.
        strays: files among the crops that no sample, and no change that can be taken back, refers to.
    """

    model_id: str
    samples: int = 0
    not_compared: int = 0
    lost: list[LostCrop] = field(default_factory=list)
    duplicates: list[tuple[Person, list[NearDuplicate]]] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def check(
    gallery: Gallery,
    model_id: str,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Health:
    """Look at every sample of a gallery; nothing is changed.

    Raises:
        CancelledError.
    """
    health = Health(model_id)
    strays = {*gallery.crops.files()}
    total = gallery.sample_count
    for person in gallery.people:
        samples = gallery.samples_of(person)
        for sample in samples:
            if is_cancelled():
                raise CancelledError
            on_progress(health.samples, total)
            health.samples += 1
            strays.discard(sample.file)
            try:
                gallery.pixels_of(sample)
            except ImageUnreadableError as exc:
                health.lost.append(LostCrop(person, sample, exc))
        health.not_compared += sum(model_id not in sample.vectors for sample in samples)
        if duplicates := near_duplicates(samples, model_id):
            health.duplicates.append((person, duplicates))
    for change in gallery.history:
        strays -= {sample.file for sample in change.samples}
    health.strays = sorted(strays)
    on_progress(health.samples, health.samples)
    return health


def near_duplicates(samples: Sequence[Sample], model_id: str) -> list[NearDuplicate]:
    """Those of a person's samples that the others can do without, in the order of the samples.

    Of samples that are alike, the one with the largest face stays, of equally large ones the first.
    """
    compared = [sample for sample in samples if model_id in sample.vectors]
    compared.sort(key=_face_area, reverse=True)
    found = {near.sample.id: near for near in _superfluous(compared, model_id)}
    return [found[sample.id] for sample in samples if sample.id in found]


def _superfluous(samples: Sequence[Sample], model_id: str) -> Iterator[NearDuplicate]:
    """Those that are near one that stays before them."""
    if not samples:
        return
    vectors = np.stack([sample.vectors[model_id] for sample in samples])
    staying: list[int] = []
    for row, sample in enumerate(samples):
        similarities = vectors[staying] @ vectors[row]
        if staying and similarities.max() > NEAR_DUPLICATE:
            nearest = int(similarities.argmax())
            similarity = min(1.0, float(similarities[nearest]))
            yield NearDuplicate(sample, samples[staying[nearest]], similarity)
        else:
            staying.append(row)


def _face_area(sample: Sample) -> float:
    """In pixels of the crop; the original demo's samples do not say."""
    return sample.box.width * sample.box.height if sample.box is not None else 0.0
