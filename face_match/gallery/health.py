"""Checking a gallery for lost crops, near-duplicates and faces that look like another person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from face_match.core.errors import CancelledError, ImageUnreadableError, without_frames
from face_match.core.likeness import highest_to_others
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import FaceRecord, Person
from face_match.gallery.gallery import Gallery
from face_match.gallery.near_duplicates import NEAR_DUPLICATE, NearDuplicate, near_duplicates
from face_match.gallery.records.faces import comparable
from face_match.gallery.search.nearest_others import ROWS_AT_ONCE, NamedEmbeddings, nearest_other_people
from face_match.gallery.storage.store import FaceFile

CROPS_AT_ONCE, THREADS = 256, 4
"""Reading crops waits for the disk and verifies checksums, so threads run in parallel."""

_FACES_ASKED = 200


class LostCrop(NamedTuple):
    """A face whose crop is missing or damaged, so that another model could not embed it.

    Attributes:
        person: None for an unnamed face.
    """

    person: Person | None
    face_id: str
    file: str
    error: ImageUnreadableError


class NearestOtherPerson(NamedTuple):
    """The other person who is most similar to a face.

    Attributes:
        own: the highest similarity to another face of its own person; None if there is none.
    """

    face_id: str
    other: Person
    similarity: float
    own: float | None

    @property
    def is_nearer(self) -> bool:
        """Whether the face is more similar to the other person: its name may be wrong."""
        return self.own is not None and self.similarity > self.own


class Confusion(NamedTuple):
    """Two people with faces that match the other person.

    Attributes:
        faces: the number of such faces.
        highest: their highest similarity.
    """

    one: Person
    other: Person
    faces: int
    highest: float


@dataclass
class Health:
    """The result of checking a gallery.

    Attributes:
        model_id: of the comparisons.
        faces, unnamed: the number of faces with and without a name.
        without_crop: the number of unnamed faces that are only places in photos, stored for their rejections.
        not_compared: the number of named faces without an embedding of the model.
        left_out: the number of named faces of people who are not in the sample, of a very large gallery on a
            server. Their crops are checked.
        lost_crops: the faces whose crops are missing or damaged.
        duplicates: the near-duplicates of each person who has some.
        nearer_to_others: faces that are more similar to another person than to their own, with their person,
            largest difference first.
        nearest_others: for each person the most similar other one, highest similarity first.
        confused: pairs of people whose faces match each other, most faces first.
        unreferenced_files: crop files that no face and no step of the history refers to.
    """

    model_id: str
    faces: int = 0
    unnamed: int = 0
    without_crop: int = 0
    not_compared: int = 0
    left_out: int = 0
    lost_crops: list[LostCrop] = field(default_factory=list)
    duplicates: list[tuple[Person, list[NearDuplicate]]] = field(default_factory=list)
    nearer_to_others: list[tuple[Person, NearestOtherPerson]] = field(default_factory=list)
    nearest_others: list[tuple[Person, NearestOtherPerson]] = field(default_factory=list)
    confused: list[Confusion] = field(default_factory=list)
    unreferenced_files: list[str] = field(default_factory=list)


def check_gallery(
    gallery: Gallery,
    model_id: str,
    is_match: Callable[[float], bool],
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Health:
    """Check every face of a gallery; changes nothing.

    In a large gallery each face is compared only with the people who are most similar on average. The
    similarities themselves are exact.

    Args:
        is_match: whether a similarity of two faces is a match. No score: a rival is a person, not a face.
    Raises:
        CancelledError.
    """
    health = Health(model_id)
    faces = gallery.face_files()
    people = {person.folder: person for person in gallery.people}
    named = [face for face in faces if face.person is not None]
    kept = [face for face in faces if face.file or face.person is not None]
    health.faces, health.unnamed = len(named), len(faces) - len(named)
    health.without_crop = len(faces) - len(kept)
    health.lost_crops = [*_lost_crops(gallery, kept, people, on_progress, is_cancelled)]
    health.unreferenced_files = sorted(
        gallery.crops.unreferenced({face.file for face in faces} | gallery.files_in_history())
    )
    _compare(health, gallery, named, is_match, is_cancelled)
    on_progress(len(kept), len(kept))
    return health


def nearest_others(
    gallery: Gallery,
    person: Person,
    faces: Sequence[FaceRecord],
    model_id: str,
    is_cancelled: IsCancelled = never_cancelled,
) -> list[NearestOtherPerson]:
    """The most similar other person of each face; rejected people are excluded.

    Raises:
        CancelledError.
    """
    compared = comparable(faces, model_id)
    if not compared:
        return []
    embeddings = np.stack([face.embeddings[model_id] for face in compared])
    highest_own = highest_to_others(embeddings, is_cancelled)
    found = []
    for row, face in enumerate(compared):
        if is_cancelled():
            raise CancelledError
        nearest = gallery.nearest(embeddings[row], model_id, 2, face)
        others = [match for match in nearest if match.person.folder != person.folder]
        if others:
            own = float(highest_own[row]) if len(compared) > 1 else None
            found.append(NearestOtherPerson(face.id, others[0].person, others[0].similarity, own))
    return found


def most_similar_people(
    gallery: Gallery, faces: Sequence[FaceRecord], model_id: str, is_cancelled: IsCancelled = never_cancelled
) -> list[str]:
    """The folders of people, first the one with the face that is most similar to one of some faces: all
    people, or on a server those who are near one of them.

    Raises:
        CancelledError.
    """
    compared = comparable(faces, model_id)[:_FACES_ASKED]
    highest: dict[str, float] = {}
    also = [()] * len(compared)
    for places, rows in gallery.embeddings_near(compared, model_id, also=also, is_cancelled=is_cancelled):
        sought = np.stack([compared[place].embeddings[model_id] for place in places])
        for start in range(0, len(rows.folders), ROWS_AT_ONCE):
            if is_cancelled():
                raise CancelledError
            some = slice(start, start + ROWS_AT_ONCE)
            best = (rows.embeddings[some] @ sought.T).max(axis=1).tolist()
            for folder, similarity in zip(rows.folders[some], best, strict=True):
                if similarity > highest.get(folder, -2.0):
                    highest[folder] = similarity
    return sorted(highest, key=lambda folder: -highest[folder])


def _lost_crops(
    gallery: Gallery,
    faces: Sequence[FaceFile],
    people: Mapping[str, Person],
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
) -> Iterator[LostCrop]:
    """The faces whose crops cannot be read."""

    def error_of(face: FaceFile) -> ImageUnreadableError | None:
        try:
            gallery.crops.require_readable(face.file)
        except ImageUnreadableError as exc:
            return without_frames(exc)
        return None

    with ThreadPoolExecutor(THREADS) as pool:
        for start in range(0, len(faces), CROPS_AT_ONCE):
            if is_cancelled():
                raise CancelledError
            on_progress(start, len(faces))
            some = faces[start : start + CROPS_AT_ONCE]
            for face, error in zip(some, pool.map(error_of, some), strict=True):
                if error is not None:
                    yield LostCrop(people.get(face.person or ""), face.id, face.file, error)


def _compare(
    health: Health,
    gallery: Gallery,
    named: Sequence[FaceFile],
    is_match: Callable[[float], bool],
    is_cancelled: IsCancelled,
) -> None:
    """Fill in the results that compare embeddings."""
    ids = [face.id for face in named]
    parts = (ids[start : start + _FACES_ASKED] for start in range(0, len(ids), _FACES_ASKED))
    dimensions = next((found for part in parts if (found := gallery.dimensions_of(health.model_id, part))), 0)
    health.not_compared = len(named)
    if not dimensions:
        return
    rows = gallery.embeddings(health.model_id, dimensions)
    health.left_out = rows.faces_left_out
    health.not_compared -= len(rows.face_ids) + health.left_out
    people = {person.folder: person for person in gallery.people}
    rejected = {face.id: face.rejected for face in named if face.rejected}
    compared = NamedEmbeddings(rows, rejected, is_cancelled)
    for folder in compared.with_pairs_above(NEAR_DUPLICATE):
        if is_cancelled():
            raise CancelledError
        person = people.get(folder)
        if person is None:
            continue
        faces, model_id = gallery.faces_of(person), health.model_id
        duplicates = near_duplicates(faces, model_id, gallery.pixels_of, is_cancelled)
        if duplicates:
            health.duplicates.append((person, duplicates))
    order = {folder: number for number, folder in enumerate(people)}
    health.duplicates.sort(key=lambda one: order[one[0].folder])
    best: dict[str, NearestOtherPerson] = {}
    matching: dict[frozenset[str], list[float]] = {}
    for near in nearest_other_people(compared, is_cancelled):
        if near.folder not in people or near.other not in people:  # removed meanwhile
            continue
        likeness = NearestOtherPerson(near.face_id, people[near.other], near.similarity, near.own)
        if likeness.is_nearer:
            health.nearer_to_others.append((people[near.folder], likeness))
        if near.folder not in best or best[near.folder].similarity < near.similarity:
            best[near.folder] = likeness
        if is_match(near.similarity):
            matching.setdefault(frozenset((near.folder, near.other)), []).append(near.similarity)
    health.nearer_to_others.sort(key=lambda one: (one[1].own or 0.0) - one[1].similarity)
    health.nearest_others = [(people[folder], best[folder]) for folder in people if folder in best]
    health.nearest_others.sort(key=lambda one: -one[1].similarity)
    health.confused = sorted(
        (_confusion(people, pair, found) for pair, found in matching.items()),
        key=lambda confusion: (-confusion.faces, -confusion.highest),
    )


def _confusion(people: Mapping[str, Person], pair: frozenset[str], found: Sequence[float]) -> Confusion:
    one, other = sorted((people[folder] for folder in pair), key=lambda person: person.name.casefold())
    return Confusion(one, other, len(found), max(found))
