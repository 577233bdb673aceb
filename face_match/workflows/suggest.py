"""Group unnamed faces for review: suggestions, names from hints, clusters, pairs and single faces.

A face that matches a person is suggested for that person; somebody whom the photo's metadata names needs a
lower score. The others are clustered, and a cluster gets a name proposed that the metadata of nearly all its
photos have. Faces in no cluster that the user removed from the same person or group, and that match each
other, are a cluster too. Of the others, two that are each other's most similar face may be one person. The
rest, and faces that are too unclear, come last as single faces. Nobody is suggested twice in one photo, or in
a photo with another of their faces, or for a face that was rejected for them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from face_match.core.dates import photo_year
from face_match.core.likeness import highest_to_others
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord, Person
from face_match.core.types import Embeddings, Verdict
from face_match.decision.ages import Years
from face_match.decision.cluster_threshold import (
    between_person_similarities,
    cluster_threshold_rule,
    within_photo_similarities,
)
from face_match.decision.clustering import cluster_faces, nearest_pairs
from face_match.decision.threshold import default_cluster_threshold, lowest_match_score
from face_match.gallery.gallery import Gallery
from face_match.gallery.search.embedding_search import DatedRows
from face_match.vision.quality import UNCLEAR
from face_match.workflows.face_groups import FaceGroup, GroupKind
from face_match.workflows.hinted_names import (
    FreeHints,
    HintedName,
    faces_named_alone,
    hint_allowances,
    hinted_clusters,
)
from face_match.workflows.look_alikes import LookAlikes
from face_match.workflows.match_by_age import PeopleByAge
from face_match.workflows.removed_together import are_apart, join_removed

T = TypeVar("T")

AT_ONCE = 2**23
"""Similarities in memory at a time: 32 MB."""


class _Unit(NamedTuple):
    """A face, or faces put together by the user, by their indices."""

    faces: tuple[int, ...]
    is_merged_by_user: bool


class _Likeness(NamedTuple):
    """The similarity of a face to a person's most similar face; the score, with the allowance of a hint;
    whether childhood lies between them; and that allowance."""

    similarity: float
    score: float
    across_childhood: bool = False
    allowance: float = 0.0


class _Candidate(NamedTuple):
    likeness: _Likeness
    unit: int
    folder: str


class ClusterLabels:
    """The cluster numbers of faces, kept so that all are clustered again only if there are new faces.

    Attributes:
        pairs: the ids of faces alone in their clusters each of which is the other's most similar one.
    """

    def __init__(self) -> None:
        self._of: dict[str, int] = {}
        self.pairs: list[tuple[str, str]] = []

    def of(
        self,
        faces: Sequence[FaceRecord],
        embeddings: Embeddings,
        model_id: str,
        named: Callable[[], DatedRows],
        is_cancelled: IsCancelled,
    ) -> list[int]:
        """The number of each face's cluster.

        Args:
            named: gives the embeddings of named faces.
        """
        if any(face.id not in self._of for face in faces):
            photos = [face.photo or face.id for face in faces]

            def impostors() -> npt.NDArray[np.float32]:
                rows = named()
                pairs = [
                    within_photo_similarities(embeddings, photos),
                    between_person_similarities(rows.embeddings, rows.folders),
                ]
                return np.concatenate(pairs)

            threshold_rule = cluster_threshold_rule(model_id, impostors)
            (lowest,) = threshold_rule(np.zeros(1, np.float32)).tolist()
            numbers = cluster_faces(
                embeddings, photos, lowest, threshold_rule=threshold_rule, is_cancelled=is_cancelled
            )
            single = np.flatnonzero(np.bincount(numbers)[numbers] == 1).tolist()
            alike = nearest_pairs(
                *(embeddings[single], [photos[index] for index in single]),
                default_cluster_threshold(model_id),
                is_cancelled=is_cancelled,
            )
            self.pairs = [(faces[single[one]].id, faces[single[other]].id) for one, other in alike]
            first = max(self._of.values(), default=-1) + 1
            self._of |= {face.id: first + int(n) for face, n in zip(faces, numbers, strict=True)}
        return [self._of[face.id] for face in faces]


def _units(faces: Sequence[FaceRecord]) -> list[_Unit]:
    clusters: dict[str, list[int]] = {}
    units = []
    for index, face in enumerate(faces):
        if face.cluster is None:
            units.append(_Unit((index,), False))
        else:
            clusters.setdefault(face.cluster, []).append(index)
    return [*units, *(_Unit(tuple(indices), True) for indices in clusters.values())]


def group_faces(
    faces: Sequence[FaceRecord],
    gallery: Gallery,
    model_id: str,
    threshold: float,
    labels: ClusterLabels,
    *,
    is_cancelled: IsCancelled = never_cancelled,
) -> list[FaceGroup]:
    """Group unnamed faces: what can be confirmed first, then what hints name, then clusters, single faces
    last; the largest first.

    Args:
        faces: unnamed faces with an embedding under the model.
        threshold: the lowest score of a suggestion.
    Raises:
        CancelledError.
    """
    if not faces:
        return []
    faces = sorted(faces, key=lambda face: (face.added, face.id))  # so that undo restores the same order
    grouping = _Grouping(faces, gallery, model_id, labels, is_cancelled)
    suggested, rest = grouping.suggestions(threshold)
    groups = [*suggested, *grouping.clusters(rest, threshold)]
    if grouping.free_hints:
        groups = [replace(group, hints=grouping.free_hints) for group in groups]
    return sorted(groups, key=lambda one: (_rank(one), -len(one.faces), -one.mean_similarity))


def _rank(group: FaceGroup) -> int:
    """The place of a group among others, 0 first."""
    if group.is_confirmable:
        return 0
    last = {GroupKind.HINTED: 1, GroupKind.PAIR: 3, GroupKind.SINGLES: 4}
    return last.get(group.kind, 2)


class _Grouping:
    """Groups units of faces."""

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
        self._is_cancelled = is_cancelled
        self._embeddings: Embeddings = np.stack([face.embeddings[model_id] for face in faces])
        self._units = _units(faces)
        # only faces that have any: thousands of empty sets would trigger the garbage collector
        self._rejected = {
            index: frozenset(rejection.folder for rejection in face.rejections)
            for index, face in enumerate(faces)
            if face.rejections
        }
        self._hints = FreeHints(gallery, faces)
        self.free_hints = {face.id: (*self._hints.of(face.photo),) for face in faces if face.hints}
        self._labels = self._label_faces(labels, is_cancelled)
        self._alike = labels.pairs

    def _label_faces(self, labels: ClusterLabels, is_cancelled: IsCancelled) -> dict[int, object]:
        """A label for each clear face: faces of one cluster that were rejected for the same people share it.

        Suggested faces have labels too: rejecting a suggestion then leaves the other clusters unchanged.
        """
        faces = self._faces
        clear = [index for index, face in enumerate(faces) if face.cluster is None and _is_clear(face)]
        some = [faces[index] for index in clear]
        named = partial(self._gallery.embeddings, self._model_id, self._embeddings.shape[1])
        numbers = labels.of(some, self._embeddings[clear], self._model_id, named, is_cancelled)
        return {
            index: (number, self._rejected[index]) if index in self._rejected else number
            for index, number in zip(clear, numbers, strict=True)
        }

    def suggestions(self, threshold: float) -> tuple[list[FaceGroup], list[_Unit]]:
        """A group for each person suggested, another for that person's faces across childhood, and the units
        without a suggestion.

        Suggestions are made by descending score: of two faces in one photo that match Ada, the more similar
        one is suggested.
        """
        faces, gallery = self._faces, self._gallery
        people = {person.folder: person for person in gallery.people}
        taken = gallery.people_in({face.photo for face in faces if face.photo is not None})
        given: dict[tuple[str, bool], list[_Candidate]] = {}
        placed: set[int] = set()
        for candidate in self._candidates(threshold):
            unit = self._units[candidate.unit]
            spots = {(faces[index].photo or faces[index].id, candidate.folder) for index in unit.faces}
            if candidate.unit in placed or candidate.folder not in people:
                continue
            if spots & taken and len(unit.faces) == 1:
                continue
            taken |= spots
            for photo, folder in spots:
                self._hints.use_up(photo, people[folder].name)
            placed.add(candidate.unit)
            key = (candidate.folder, candidate.likeness.across_childhood)
            given.setdefault(key, []).append(candidate)
        groups = []
        for (folder, across_childhood), theirs in given.items():
            indices = [index for candidate in theirs for index in self._units[candidate.unit].faces]
            likenesses = [c.likeness for c in theirs for _ in self._units[c.unit].faces]
            group = self._group(GroupKind.SUGGESTION, indices, likenesses, people[folder])
            allowance = sum(one.allowance for one in likenesses) / len(likenesses)
            groups.append(replace(group, across_childhood=across_childhood, allowance=allowance))
        return groups, [unit for number, unit in enumerate(self._units) if number not in placed]

    def _candidates(self, threshold: float) -> list[_Candidate]:
        """All possible suggestions, by descending score."""
        best = self._matching_people(threshold)
        found = []
        for number, unit in enumerate(self._units):
            likeness_to: dict[str, _Likeness] = {}
            for index in unit.faces:
                for folder, likeness in best.get(index, ()):
                    known = likeness_to.get(folder, likeness)
                    likeness_to[folder] = max(likeness, known, key=lambda one: one.score)
            if likeness_to:
                rejected = (self._rejected.get(index, ()) for index in unit.faces)
                for folder in set().union(*rejected) & likeness_to.keys():
                    del likeness_to[folder]
            found += [_Candidate(likeness, number, folder) for folder, likeness in likeness_to.items()]
        return sorted(found, key=lambda candidate: -candidate.likeness.score)

    def _matching_people(self, threshold: float) -> dict[int, list[tuple[str, _Likeness]]]:
        """The people, by folder, that each face matches, by index."""
        years = np.array([_year(face) for face in self._faces])
        look_alikes = LookAlikes(self._gallery, self._model_id, self._embeddings.shape[1])
        people = {person.folder: person for person in self._gallery.people}
        allowances = self._allowances()
        found: dict[int, list[tuple[str, _Likeness]]] = {}
        for places, rows in self._gallery.embeddings_near(
            self._faces,
            self._model_id,
            also=[{*allowances.get(index, ())} for index in range(len(self._faces))],
            is_dated=not np.isnan(years).all(),
            is_cancelled=self._is_cancelled,
        ):
            matching = _matching_people(
                *(self._embeddings[places.start : places.stop], years[places.start : places.stop], rows),
                *(look_alikes, threshold),
                people=people,
                rejected=_of_places(self._rejected, places),
                allowances=_of_places(allowances, places),
            )
            found |= {places[place]: theirs for place, theirs in matching.items()}
        return found

    def _allowances(self) -> dict[int, dict[str, float]]:
        """What hints add to the scores of people, by folder, of each face, by index."""
        if not self._hints:
            return {}
        gallery, model_id = self._gallery, self._model_id
        found = {
            index: hint_allowances(gallery, self._hints.of(face.photo), model_id)
            for index, face in enumerate(self._faces)
            if face.hints
        }
        return {index: people for index, people in found.items() if people}

    def clusters(self, units: Sequence[_Unit], threshold: float) -> list[FaceGroup]:
        """The clusters, of which hints name some, faces that hints name alone, pairs, and single faces.

        Args:
            threshold: the lowest similarity of a match.
        """
        faces, embeddings = self._faces, self._embeddings
        clusters: dict[object, list[int]] = {}
        for unit in units:
            clusters.setdefault(self._labels.get(unit.faces[0], unit), []).extend(unit.faces)
        large = [indices for indices in clusters.values() if len(indices) > 1]
        alone = {own[0] for own in clusters.values() if len(own) == 1 and _is_clear(faces[own[0]])}
        large = join_removed(
            *(faces, embeddings, large, alone),
            threshold=max(threshold, default_cluster_threshold(self._model_id)),
            is_cancelled=self._is_cancelled,
        )
        names = hinted_clusters([[faces[index] for index in indices] for indices in large], self._hints)
        groups = []
        left = {index for unit in units for index in unit.faces}
        for number, indices in enumerate(large):
            own = highest_to_others(embeddings[indices], self._is_cancelled)
            likenesses = [_Likeness(one, one) for one in own.tolist()]
            group = self._group(GroupKind.CLUSTER, indices, likenesses)
            groups.append(self._named(group, names[number]) if number in names else group)
            left -= set(indices)
        named_alone = faces_named_alone([faces[index] for index in sorted(left)], self._hints, self._gallery)
        groups += [
            FaceGroup(GroupKind.HINTED, (*own,), hinted_name=HintedName(name, len(own), len(own)))
            for name, own in named_alone.items()
        ]
        named = {face.id for own in named_alone.values() for face in own}
        pairs = self._pairs([index for index in sorted(left & alone) if faces[index].id not in named])
        groups += pairs
        named |= {face.id for pair in pairs for face in pair.faces}
        rest = [faces[index] for index in sorted(left, key=lambda n: -_score(faces[n]))]
        singles = tuple(face for face in rest if face.id not in named)
        return [*groups, FaceGroup(GroupKind.SINGLES, singles)] if singles else groups

    def _pairs(self, singles: Sequence[int]) -> list[FaceGroup]:
        """Single faces that may be of one person: `python -m benchmarks.clusters` tells how many are."""
        index_of, faces = {self._faces[index].id: index for index in singles}, self._faces
        pairs = []
        for one, other in ((index_of.get(first), index_of.get(second)) for first, second in self._alike):
            if one is None or other is None or are_apart(faces[one], faces[other]):
                continue
            if not (_is_unclear(faces[one]) and _is_unclear(faces[other])):  # two that may be no faces
                similarity = float(self._embeddings[one] @ self._embeddings[other])
                likenesses = [_Likeness(similarity, similarity)] * 2
                pairs.append(self._group(GroupKind.PAIR, (one, other), likenesses))
        return pairs

    def _named(self, group: FaceGroup, name: HintedName) -> FaceGroup:
        """A cluster as one that hints name."""
        return replace(group, kind=GroupKind.HINTED, person=self._gallery.find(name.name), hinted_name=name)

    def _group(
        self,
        kind: GroupKind,
        indices: Sequence[int],
        likenesses: Sequence[_Likeness],
        person: Person | None = None,
    ) -> FaceGroup:
        order = sorted(range(len(indices)), key=lambda number: -likenesses[number].score)
        return FaceGroup(
            kind,
            tuple(self._faces[indices[number]] for number in order),
            tuple(likenesses[number].similarity for number in order),
            person,
        )


def _is_clear(face: FaceRecord) -> bool:
    return face.quality is None or face.quality.verdict is not Verdict.UNUSABLE


def _is_unclear(face: FaceRecord) -> bool:
    return face.quality is not None and UNCLEAR in face.quality.reasons


def _year(face: FaceRecord) -> float:
    """When its photo was taken, in decimal years; NaN if unknown."""
    year = photo_year(face.taken)
    return math.nan if year is None else year


def _score(face: FaceRecord) -> float:
    return face.quality.score if face.quality is not None else 0.0


def _of_places(of_index: Mapping[int, T], places: range) -> dict[int, T]:
    """Values of some faces, by their places among these."""
    return {index - places.start: value for index, value in of_index.items() if index in places}


def _matching_people(
    embeddings: Embeddings,
    years: Years,
    rows: DatedRows,
    look_alikes: LookAlikes,
    threshold: float,
    *,
    people: Mapping[str, Person],
    rejected: Mapping[int, Collection[str]],
    allowances: Mapping[int, Mapping[str, float]],
) -> dict[int, list[tuple[str, _Likeness]]]:
    """The people, by folder, that each face matches, by index; people rejected for it are no rivals."""
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
        for index in rejected.keys() & range(start, start + len(some)):
            best[index - start, np.isin(names, [*rejected[index]])] = -np.inf
        mean = some @ means.T
        in_time.weight_by_age(some, years[start : start + len(some)], best, mean)
        hinted = np.zeros_like(best)
        for index in allowances.keys() & range(start, start + len(some)):
            for folder, allowance in allowances[index].items():
                hinted[index - start, names == folder] = allowance
        score = look_alikes.scores(best, mean, names.tolist(), lowest, hinted)
        for row, person in zip(*np.nonzero(score >= lowest), strict=True):
            across = in_time.time_gap(person, some[row], float(years[start + row])).across_childhood
            similarity, raised = float(best[row, person]), float(score[row, person])
            likeness = _Likeness(similarity, raised, across, float(hinted[row, person]))
            found.setdefault(start + int(row), []).append((str(names[person]), likeness))
    return found
