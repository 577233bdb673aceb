"""Faces that the user removed from the same person or group: whoever looked alike enough to be confused is
often one other person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from face_match.core.progress import IsCancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Embeddings
from face_match.decision.clustering import cluster_faces
from face_match.decision.threshold import is_match


def join_removed(
    faces: Sequence[FaceRecord],
    embeddings: Embeddings,
    clusters: Sequence[Sequence[int]],
    singles: Collection[int],
    *,
    threshold: float,
    is_cancelled: IsCancelled,
) -> list[list[int]]:
    """The clusters, new ones of single faces that were removed from the same person or the same faces, and
    in both the single faces that match one of them and were removed from the same. All by indices of faces.

    Args:
        embeddings: float32, shape (n, dimensions), each row of unit L2 norm.
        threshold: the lowest similarity of a match, and the lowest mean similarity of a new cluster.
    Raises:
        CancelledError.
    """
    singles_of: dict[str, list[int]] = {}
    for index in sorted(singles):
        for source in _removed_from(faces[index]):
            singles_of.setdefault(source, []).append(index)
    joined = [[*cluster] for cluster in clusters]
    joined += _new_clusters(faces, embeddings, singles_of, threshold, is_cancelled)
    clusters_of: dict[str, set[int]] = {}
    for number, cluster in enumerate(joined):
        is_merged_by_user = number < len(clusters) and faces[cluster[0]].cluster is not None
        if not is_merged_by_user:
            for source in {source for index in cluster for source in _removed_from(faces[index])}:
                clusters_of.setdefault(source, set()).add(number)
    sizes = [len(cluster) for cluster in joined]
    placed = {index for cluster in joined for index in cluster}
    for index in sorted({index for own in singles_of.values() for index in own} - placed):
        near = [
            (float((embeddings[joined[number][: sizes[number]]] @ embeddings[index]).max()), -number)
            for number in set().union(*(clusters_of.get(one, ()) for one in _removed_from(faces[index])))
            if not any(are_apart(faces[index], faces[one]) for one in joined[number])
        ]
        similarity, number = max(near, default=(-1.0, 0))
        if is_match(similarity, threshold):
            joined[-number].append(index)
    return joined


def _new_clusters(
    faces: Sequence[FaceRecord],
    embeddings: Embeddings,
    singles_of: Mapping[str, Sequence[int]],
    threshold: float,
    is_cancelled: IsCancelled,
) -> list[list[int]]:
    """Clusters of the single faces that were removed from the same."""
    found: list[list[int]] = []
    placed: set[int] = set()
    for some in sorted({(*own,) for own in singles_of.values()}, key=lambda own: (-len(own), own)):
        left = [index for index in some if index not in placed]
        if len(left) < 2:
            continue
        photos = [faces[index].photo or faces[index].id for index in left]
        numbers = cluster_faces(embeddings[np.array(left)], photos, threshold, is_cancelled=is_cancelled)
        clusters: dict[int, list[int]] = {}
        for index, number in zip(left, numbers.tolist(), strict=True):
            clusters.setdefault(number, []).append(index)
        consistent = (_without_different(faces, cluster) for cluster in clusters.values())
        large = [cluster for cluster in consistent if len(cluster) > 1]
        found += large
        placed.update(index for cluster in large for index in cluster)
    return found


def _without_different(faces: Sequence[FaceRecord], cluster: Sequence[int]) -> list[int]:
    """The faces of a cluster, of which the user has called none different: those that differ from most are
    left out."""
    ids = {faces[index].id for index in cluster}
    differing = Counter[str]()
    for index in cluster:
        others = faces[index].different_from & ids
        differing.update({faces[index].id: len(others), **dict.fromkeys(others, 1)})
    kept: list[int] = []
    for index in sorted(cluster, key=lambda index: differing[faces[index].id]):
        if not differing[faces[index].id] or not any(are_apart(faces[index], faces[one]) for one in kept):
            kept.append(index)
    return kept


def _removed_from(face: FaceRecord) -> frozenset[str]:
    """The folders of people, and the ids of faces, from which the user removed a face."""
    return face.different_from | {rejection.folder for rejection in face.rejections}


def are_apart(one: FaceRecord, other: FaceRecord) -> bool:
    """Whether the user has said that they are different, or they are in one photo."""
    is_said = one.id in other.different_from or other.id in one.different_from
    return is_said or (one.photo is not None and one.photo == other.photo)
