"""What a gallery's owner should know of it: crops that are lost, samples that add nothing, and those that are
more like somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from face_match.errors import CancelledError, ImageUnreadableError
from face_match.gallery.gallery import Gallery
from face_match.gallery.vector_tables import comparable
from face_match.types import (
    IsCancelled,
    OnProgress,
    Person,
    Rejection,
    Sample,
    never_cancelled,
    no_progress,
)

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


class Likeness(NamedTuple):
    """Who, of the others, is most like a sample.

    Attributes:
        own: how alike the sample is to its own person's other samples; None where there is none.
    """

    sample: Sample
    other: Person
    similarity: float
    own: float | None

    @property
    def is_nearer(self) -> bool:
        """To the other: it may have been given the wrong name."""
        return self.own is not None and self.similarity > self.own


class Confusion(NamedTuple):
    """Two people who would be mistaken for each other: so many samples of either match the other."""

    one: Person
    other: Person
    samples: int
    highest: float


@dataclass
class Health:
    """How a gallery is.

    Attributes:
        model_id: under which near-duplicates were looked for, and `not_compared` samples have no vector.
        duplicates: of each person who has any.
        nearer: samples that are nearer to somebody else than to their own person, and whose they are; by how
            much, the most first: one that has the wrong name draws right ones of the other person after it.
        alike: for each person who is most like them, the most alike first.
        confused: pairs of people of whom samples match the other, the worst first.
        strays: files among the crops that no sample, and no change that can be taken back, refers to.
    """

    model_id: str
    samples: int = 0
    not_compared: int = 0
    lost: list[LostCrop] = field(default_factory=list)
    duplicates: list[tuple[Person, list[NearDuplicate]]] = field(default_factory=list)
    nearer: list[tuple[Person, Likeness]] = field(default_factory=list)
    alike: list[tuple[Person, Likeness]] = field(default_factory=list)
    confused: list[Confusion] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def check(
    gallery: Gallery,
    model_id: str,
    is_match: Callable[[float], bool],
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Health:
    """Look at every sample of a gallery; nothing is changed.

    Args:
        is_match: whether a similarity is called a match.
    Raises:
        CancelledError.
    """
    health = Health(model_id)
    strays = {*gallery.crops.files()}
    matching = dict[frozenset[str], list[Likeness]]()
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
        found = likenesses(gallery, person, samples, model_id)
        health.nearer += [(person, likeness) for likeness in found if likeness.is_nearer]
        if found:
            health.alike.append((person, max(found, key=lambda likeness: likeness.similarity)))
        for likeness in found:
            if is_match(likeness.similarity):
                pair = frozenset((person.folder, likeness.other.folder))
                matching.setdefault(pair, []).append(likeness)
    for change in gallery.history:
        strays -= {sample.file for sample in change.samples}
    health.strays = sorted(strays)
    health.nearer.sort(key=lambda one: (one[1].own or 0.0) - one[1].similarity)
    health.alike.sort(key=lambda one: -one[1].similarity)
    people = {person.folder: person for person in gallery.people}
    health.confused = sorted(
        (_confusion(people, pair, found) for pair, found in matching.items() if pair <= people.keys()),
        key=lambda confusion: (-confusion.samples, -confusion.highest),
    )
    on_progress(health.samples, health.samples)
    return health


def near_duplicates(samples: Sequence[Sample], model_id: str) -> list[NearDuplicate]:
    """Those of a person's samples that the others can do without, in the order of the samples.

    Of samples that are alike, the one with the largest face stays, of equally large ones the first.
    """
    compared = comparable(samples, model_id)
    compared.sort(key=_face_area, reverse=True)
    found = {near.sample.id: near for near in _superfluous(compared, model_id)}
    return [found[sample.id] for sample in samples if sample.id in found]


def likenesses(gallery: Gallery, person: Person, samples: Sequence[Sample], model_id: str) -> list[Likeness]:
    """Who is most like each of a person's samples; where nobody else is there, nothing.

    Who was rejected for the face of a sample is passed over.
    """
    compared = comparable(samples, model_id)
    if not compared:
        return []
    vectors = np.stack([sample.vectors[model_id] for sample in compared])
    with_own = vectors @ vectors.T
    np.fill_diagonal(with_own, -np.inf)
    found = []
    for row, sample in enumerate(compared):
        face = None if sample.place is None else Rejection(sample.photo_digest, sample.place)
        nearest = gallery.nearest(vectors[row], model_id, 2, face)
        others = [match for match in nearest if match.person.folder != person.folder]
        if others:
            own = float(with_own[row].max()) if len(compared) > 1 else None
            found.append(Likeness(sample, others[0].person, others[0].similarity, own))
    return found


def _confusion(people: Mapping[str, Person], pair: frozenset[str], found: Sequence[Likeness]) -> Confusion:
    one, other = sorted((people[folder] for folder in pair), key=lambda person: person.name.casefold())
    return Confusion(one, other, len(found), max(likeness.similarity for likeness in found))


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
