"""Unnamed faces, as questions to a person: is this Ada? who is this? does anybody know these?

Whoever of the gallery a face matches is proposed. The others are grouped by likeness. Those that are like no
other, or too unclear to say, are left together at the end. Nobody is proposed twice in one photo, nor where a
face of theirs is in that photo already; whom a person has ruled out is not proposed again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.dates import photo_year
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord, Person
from face_match.core.types import Embeddings, Verdict
from face_match.decision.ages import Years
from face_match.decision.cluster_threshold import (
    between_person_similarities,
    cluster_threshold_rule,
    within_photo_similarities,
)
from face_match.decision.clustering import cluster_faces
from face_match.decision.threshold import lowest_match_score
from face_match.gallery.gallery import Gallery
from face_match.gallery.search.nearest import DatedRows
from face_match.workflows.look_alikes import LookAlikes
from face_match.workflows.match_by_age import PeopleByAge

AT_ONCE = 2**23
"""Similarities that are in memory together: 32 MB."""


class GroupKind(Enum):
    """What is asked: whether they are somebody, who they are, or whether anybody knows any of them."""

    SUGGESTION = "proposed"
    CLUSTER = "alike"
    SINGLES = "loose"


@dataclass(frozen=True, eq=False)
class FaceGroup:
    """Faces that are asked about together, the surest first.

    Attributes:
        similarities: of each face to the person's best face; in a group without a person, to the face of
            the group that it is most like; of loose faces, nothing is known.
        person: who they may be; None where nobody is proposed.
        across_childhood: of each of the faces it is a maybe at most; see `types.Match`.
    """

    kind: GroupKind
    faces: tuple[FaceRecord, ...]
    similarities: tuple[float, ...] = ()
    person: Person | None = None
    across_childhood: bool = False

    @property
    def ids(self) -> frozenset[str]:
        """Of its faces."""
        return frozenset(face.id for face in self.faces)

    @property
    def is_singles(self) -> bool:
        """Whether the faces have nothing to do with each other."""
        return self.kind is GroupKind.SINGLES

    @property
    def is_merged_by_user(self) -> bool:
        """Whether a person has put them together."""
        return len({face.cluster for face in self.faces}) == 1 and self.faces[0].cluster is not None

    @property
    def similarity_of(self) -> dict[str, float]:
        """By the faces' ids; empty for loose ones."""
        return {face.id: s for face, s in zip(self.faces, self.similarities, strict=False)}

    def without(self, ids: Collection[str]) -> FaceGroup | None:
        """The same without some faces; None if that is all."""
        kept = [number for number, face in enumerate(self.faces) if face.id not in ids]
        similarities = tuple(self.similarities[n] for n in kept) if self.similarities else ()
        faces = tuple(self.faces[n] for n in kept)
        return replace(self, faces=faces, similarities=similarities) if faces else None

    @property
    def mean_similarity(self) -> float:
        """Mean of the similarities; higher is surer."""
        return sum(self.similarities) / len(self.similarities) if self.similarities else 0.0


class _Unit(NamedTuple):
    """A face, or faces that a person has put together, by their places among all."""

    faces: tuple[int, ...]
    is_merged_by_user: bool


class _Likeness(NamedTuple):
    """Of a face to a person: the cosine to the most alike of their faces, what decides, and whether that face
    is from more than ten years away in childhood."""

    similarity: float
    score: float
    across_childhood: bool = False


class _Candidate(NamedTuple):
    likeness: _Likeness
    unit: int
    folder: str


class ClusterLabels:
    """Which faces were grouped together, so that only new ones make it necessary to group all again."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}

    def of(
        self,
        faces: Sequence[FaceRecord],
        embeddings: Embeddings,
        model_id: str,
        named: Callable[[], DatedRows],
        is_cancelled: IsCancelled,
    ) -> list[int]:
        """The number of each face's group.

        Args:
            named: makes the embeddings of the faces that have a name.
        """
        if any(face.id not in self._of for face in faces):
            photos = [face.photo or face.id for face in faces]

            def strangers() -> npt.NDArray[np.float32]:
                rows = named()
                pairs = [
                    within_photo_similarities(embeddings, photos),
                    between_person_similarities(rows.embeddings, rows.folders),
                ]
                return np.concatenate(pairs)

            threshold_rule = cluster_threshold_rule(model_id, strangers)
            lowest = threshold_rule(np.zeros(1, np.float32))
            numbers = cluster_faces(
                embeddings, photos, lowest, threshold_rule=threshold_rule, is_cancelled=is_cancelled
            )
            first = max(self._of.values(), default=-1) + 1
            self._of |= {face.id: first + int(n) for face, n in zip(faces, numbers, strict=True)}
        return [self._of[face.id] for face in faces]


def _units(faces: Sequence[FaceRecord]) -> list[_Unit]:
    clusters: dict[str, list[int]] = {}
    units = []
    for place, face in enumerate(faces):
        if face.cluster is None:
            units.append(_Unit((place,), False))
        else:
            clusters.setdefault(face.cluster, []).append(place)
    return [*units, *(_Unit(tuple(places), True) for places in clusters.values())]


def group_faces(
    faces: Sequence[FaceRecord],
    gallery: Gallery,
    model_id: str,
    threshold: float,
    labels: ClusterLabels,
    *,
    is_cancelled: IsCancelled = never_cancelled,
) -> list[FaceGroup]:
    """The questions, the largest groups first, of equally large ones the surest.

    Args:
        faces: unnamed ones that the model has seen.
        threshold: the score from which somebody is proposed.
    Raises:
        CancelledError.
    """
    if not faces:
        return []
    faces = sorted(faces, key=lambda face: (face.added, face.id))  # what is undone is asked as it was before
    arrangement = _Arrangement(faces, gallery, model_id, labels, is_cancelled)
    proposed, rest = arrangement.proposals(threshold)
    alike, loose = arrangement.likenesses(rest)
    groups = sorted([*proposed, *alike], key=lambda group: (-len(group.faces), -group.mean_similarity))
    return [*groups, *loose]


class _Arrangement:
    """Of faces in units, which are asked about as one."""

    def __init__(
        self,
        faces: Sequence[FaceRecord],
        gallery: Gallery,
        model_id: str,
        labels: ClusterLabels,
        is_cancelled: IsCancelled,
    ) -> None:
        self._faces = faces
        self._gallery = gallery
        self._model_id = model_id
        self._embeddings: Embeddings = np.stack([face.embeddings[model_id] for face in faces])
        self._units = _units(faces)
        # of the few that have any: thousands of empty sets bring on the collector, which stops all threads
        self._rejected = {
            place: frozenset(rejection.folder for rejection in face.rejections)
            for place, face in enumerate(faces)
            if face.rejections
        }
        self._labels = self._labelled(labels, is_cancelled)

    def _labelled(self, labels: ClusterLabels, is_cancelled: IsCancelled) -> dict[int, object]:
        """What those of the faces share that are clear, are alike, and were rejected for the same people.

        Also of those for whom somebody is proposed: when that is turned down, the others stay as they are.
        """
        faces = self._faces
        clear = [place for place, face in enumerate(faces) if face.cluster is None and _is_clear(face)]
        some = [faces[place] for place in clear]
        named = partial(self._gallery.embeddings, self._model_id, self._embeddings.shape[1])
        numbers = labels.of(some, self._embeddings[clear], self._model_id, named, is_cancelled)
        return {
            place: (number, self._rejected[place]) if place in self._rejected else number
            for place, number in zip(clear, numbers, strict=True)
        }

    def proposals(self, threshold: float) -> tuple[list[FaceGroup], list[_Unit]]:
        """A group for each person who is proposed, and another one of faces from far away in the person's
        childhood; and the units for which nobody is.

        The surest are given out first, so that of two faces in one photo that are like Ada the liker is hers.
        """
        faces, gallery = self._faces, self._gallery
        people = {person.folder: person for person in gallery.people}
        taken = gallery.people_in({face.photo for face in faces if face.photo is not None})
        given: dict[tuple[str, bool], list[_Candidate]] = {}
        placed: set[int] = set()
        for candidate in self._candidates(threshold):
            unit = self._units[candidate.unit]
            spots = {(faces[place].photo or faces[place].id, candidate.folder) for place in unit.faces}
            if candidate.unit in placed or candidate.folder not in people:
                continue
            if spots & taken and len(unit.faces) == 1:
                continue
            taken |= spots
            placed.add(candidate.unit)
            key = (candidate.folder, candidate.likeness.across_childhood)
            given.setdefault(key, []).append(candidate)
        groups = []
        for (folder, across_childhood), theirs in given.items():
            places = [place for candidate in theirs for place in self._units[candidate.unit].faces]
            likenesses = [c.likeness for c in theirs for _ in self._units[c.unit].faces]
            group = self._group(GroupKind.SUGGESTION, places, likenesses, people[folder])
            groups.append(replace(group, across_childhood=across_childhood))
        return groups, [unit for number, unit in enumerate(self._units) if number not in placed]

    def _candidates(self, threshold: float) -> list[_Candidate]:
        """Who may be whom, the surest first."""
        dimensions = self._embeddings.shape[1]
        years = np.array([_year(face) for face in self._faces])
        is_dated = not np.isnan(years).all()
        rows = self._gallery.embeddings(self._model_id, dimensions, is_dated=is_dated)
        people = {person.folder: person for person in self._gallery.people}
        mixed_up = LookAlikes(self._gallery, self._model_id, dimensions)
        best = _likest_people(
            *(self._embeddings, years, rows, mixed_up, threshold), people=people, rejected=self._rejected
        )
        found = []
        for number, unit in enumerate(self._units):
            likeness_to: dict[str, _Likeness] = {}
            for place in unit.faces:
                for folder, likeness in best.get(place, ()):
                    known = likeness_to.get(folder, likeness)
                    likeness_to[folder] = max(likeness, known, key=lambda one: one.score)
            if likeness_to:
                rejected = (self._rejected.get(place, ()) for place in unit.faces)
                for folder in set().union(*rejected) & likeness_to.keys():
                    del likeness_to[folder]
            found += [_Candidate(likeness, number, folder) for folder, likeness in likeness_to.items()]
        return sorted(found, key=lambda candidate: -candidate.likeness.score)

    def likenesses(self, units: Sequence[_Unit]) -> tuple[list[FaceGroup], list[FaceGroup]]:
        """Groups of faces that are alike; and one of all that are like no other."""
        faces, embeddings = self._faces, self._embeddings
        alike: dict[object, list[int]] = {}
        for unit in units:
            alike.setdefault(self._labels.get(unit.faces[0], unit), []).extend(unit.faces)
        groups = []
        left = {place for unit in units for place in unit.faces}
        for places in alike.values():
            if len(places) > 1:
                own = embeddings[places] @ embeddings[places].T
                np.fill_diagonal(own, -1.0)
                likenesses = [_Likeness(one, one) for one in own.max(axis=1).tolist()]
                groups.append(self._group(GroupKind.CLUSTER, places, likenesses))
                left -= set(places)
        loose = tuple(faces[place] for place in sorted(left, key=lambda n: -_score(faces[n])))
        return groups, [FaceGroup(GroupKind.SINGLES, loose)] if loose else []

    def _group(
        self,
        kind: GroupKind,
        places: Sequence[int],
        likenesses: Sequence[_Likeness],
        person: Person | None = None,
    ) -> FaceGroup:
        order = sorted(range(len(places)), key=lambda number: -likenesses[number].score)
        return FaceGroup(
            kind,
            tuple(self._faces[places[number]] for number in order),
            tuple(likenesses[number].similarity for number in order),
            person,
        )


def _is_clear(face: FaceRecord) -> bool:
    return face.quality is None or face.quality.verdict is not Verdict.UNUSABLE


def _year(face: FaceRecord) -> float:
    """When its photo was taken; NaN where not known."""
    year = photo_year(face.taken)
    return math.nan if year is None else year


def _score(face: FaceRecord) -> float:
    return face.quality.score if face.quality is not None else 0.0


def _likest_people(
    embeddings: Embeddings,
    years: Years,
    rows: DatedRows,
    mixed_up: LookAlikes,
    threshold: float,
    *,
    people: Mapping[str, Person],
    rejected: Mapping[int, Collection[str]],
) -> dict[int, list[tuple[str, _Likeness]]]:
    """By place of an embedding the people that it matches, by folder; those rejected for it are no rivals."""
    found: dict[int, list[tuple[str, _Likeness]]] = {}
    if not len(rows.folders):
        return found
    folders = np.asarray(rows.folders)
    order = np.argsort(folders, kind="stable")
    names, firsts = np.unique(folders[order], return_index=True)
    own = rows.embeddings[order]
    means = np.add.reduceat(own, firsts, axis=0)
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(1e-12))
    in_time = PeopleByAge(
        own,
        rows.years[order],
        firsts.tolist(),
        means,
        [people.get(folder) for folder in names.tolist()],
    )
    lowest = lowest_match_score(threshold)
    block = max(1, AT_ONCE // len(folders))
    for start in range(0, len(embeddings), block):
        some = embeddings[start : start + block]
        best = np.maximum.reduceat(some @ own.T, firsts, axis=1)
        for place in rejected.keys() & range(start, start + len(some)):
            best[place - start, np.isin(names, [*rejected[place]])] = -np.inf
        mean = some @ means.T
        in_time.weight_by_age(some, years[start : start + len(some)], best, mean)
        score = mixed_up.scores(best, mean, names.tolist(), lowest)
        for row, person in zip(*np.nonzero(score >= lowest), strict=True):
            across = in_time.time_gap(person, some[row], float(years[start + row])).across_childhood
            likeness = _Likeness(float(best[row, person]), float(score[row, person]), across)
            found.setdefault(start + int(row), []).append((str(names[person]), likeness))
    return found
