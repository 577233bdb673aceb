"""Faces that the user removed from the same person or group: whoever looked alike enough to be confused is
often one other person."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
    """The clusters, with single faces that were removed from the same person, or the same faces, as one of
    theirs and match them; and clusters of such single faces. All by the indices of faces.

    Args:
        embeddings: float32, shape (n, dimensions), each row of unit L2 norm.
        threshold: the lowest mean similarity of a face to its cluster.
    Raises:
        CancelledError.
    """
    joined = [[*cluster] for cluster in clusters]
    clusters_of: dict[str, set[int]] = {}
    for number, cluster in enumerate(joined):
        if faces[cluster[0]].cluster is not None:
            continue  # put together by the user, who did not put others there
        for source in {source for index in cluster for source in _removed_from(faces[index])}:
            clusters_of.setdefault(source, set()).add(number)
    singles_of: dict[str, list[int]] = {}
    for index in sorted(singles):
        sources = _removed_from(faces[index])
        near = [
            (float(embeddings[joined[number]].mean(axis=0) @ embeddings[index]), -number)
            for number in set().union(*(clusters_of.get(source, ()) for source in sources))
            if not any(_are_apart(faces[index], faces[one]) for one in joined[number])
        ]
        similarity, number = max(near, default=(-1.0, 0))
        if near and is_match(similarity, threshold):
            joined[-number].append(index)
            continue
        for source in sources:
            singles_of.setdefault(source, []).append(index)
    return [*joined, *_new_clusters(faces, embeddings, singles_of, threshold, is_cancelled)]


def _new_clusters(
    faces: Sequence[FaceRecord],
    embeddings: Embeddings,
    singles_of: dict[str, list[int]],
    threshold: float,
    is_cancelled: IsCancelled,
) -> list[list[int]]:
    """Clusters of the single faces that have a source in common."""
    found: list[list[int]] = []
    placed: set[int] = set()
    for some in sorted({(*own,) for own in singles_of.values()}, key=lambda own: (-len(own), own)):
        left = [index for index in some if index not in placed]
        if len(left) < 2:
            continue
        photos = [faces[index].photo or faces[index].id for index in left]
        clusters: dict[int, list[int]] = {}
        numbers = cluster_faces(embeddings[np.array(left)], photos, threshold, is_cancelled=is_cancelled)
        for index, number in zip(left, numbers.tolist(), strict=True):
            if not any(_are_apart(faces[index], faces[one]) for one in clusters.get(number, ())):
                clusters.setdefault(number, []).append(index)
        large = [cluster for cluster in clusters.values() if len(cluster) > 1]
        found += large
        placed.update(index for cluster in large for index in cluster)
    return found


def _removed_from(face: FaceRecord) -> frozenset[str]:
    """The folders of people, and the ids of faces, from which the user removed a face."""
    return face.different_from | {rejection.folder for rejection in face.rejections}


def _are_apart(one: FaceRecord, other: FaceRecord) -> bool:
    """Whether the user has said that they are different, or they are in one photo."""
    is_said = one.id in other.different_from or other.id in one.different_from
    return is_said or (one.photo is not None and one.photo == other.photo)
