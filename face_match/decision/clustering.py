"""Clustering of unnamed faces: the faces of a cluster are probably of one person.

Average linkage: the two clusters with the highest mean similarity are merged, again and again, down to a
threshold. A chain of look-alikes, each similar to the next, does not become a cluster.

`python -m benchmarks.grouping lfw10 bbt orl20` compares methods, for people who were not used to choose
thresholds. At a pair precision of about 99 %, average linkage has the highest pair recall:

    average linkage   96.3 % (precision 98.9 %)      complete linkage   94.9 % (99.4 %)
    Chinese whispers  96.2 % (98.8 %)                single linkage     87.7 % (99.4 %)
    HDBSCAN           79.2 % (100 %; 80 % with one to three photos of each person)

SciPy's `linkage` gives the same clusters (a test compares them) if faces of one photo are put far apart, but
needs 8 n² bytes, 3.2 GB for 20,000 faces. The mean similarity of two clusters is the product of their mean
embeddings, so nothing of size n² is kept here: all pairs of mutual nearest neighbours are merged at once, and
only clusters whose nearest one has changed are compared again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

import numpy as np
import numpy.typing as npt

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.types import Embeddings
from face_match.decision.threshold import lowest_match_score

Indices = npt.NDArray[np.intp]

_AT_ONCE = 2**23
"""Similarities in memory at a time, 32 MB; at least those of one cluster with all others."""
MOST_IN_PHOTO = 2_000
"""Of a photo of more faces, which is none, it does not count that they are in one: comparing all with all for
that takes hours for 100,000."""
_ROUNDING = 1e-5
"""More than the rounding of a similarity varies with its place in a matrix product."""


def cluster_faces(
    embeddings: Embeddings,
    photos: Sequence[Hashable],
    threshold: float,
    *,
    threshold_rule: Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]] | None = None,
    fixed: Sequence[Hashable | None] = (),
    is_cancelled: IsCancelled = never_cancelled,
) -> Indices:
    """Cluster faces. A higher threshold only splits clusters; the order of different embeddings does not
    matter.

    Args:
        embeddings: float32, shape (n, dimensions), each row of unit L2 norm.
        photos: the photo of each face. Two faces of one photo are never in one cluster, unless `fixed` says
            so.
        threshold: the lowest mean similarity of two clusters that are merged, −1..1; see
            `default_cluster_threshold`.
        threshold_rule: gives a higher threshold within each cluster, from the similarity of each to its
            nearest one, both of shape (clusters,); see `cluster_threshold_rule`.
        fixed: a token for each face; faces with the same token are one cluster, and no other face is in it.
            None for faces to cluster; by default all.

    Returns:
        The number of each face's cluster, shape (n,): 0, 1, … in the order of the clusters' first faces.

    Raises:
        CancelledError: `is_cancelled` has become true.
    """
    tokens = list(fixed) or [None] * len(photos)
    free = [face for face, token in enumerate(tokens) if token is None]
    free.sort(key=lambda face: embeddings[face].tobytes())
    chosen = np.array(free, np.intp)
    groups = np.arange(len(photos))
    linked = _merge_down_to(embeddings[chosen], [photos[face] for face in free], threshold, is_cancelled)
    labels = linked.of_face
    if threshold_rule is not None:
        labels = linked.labels_at(threshold_rule(linked.nearest_similarities(is_cancelled)))
    groups[chosen] = chosen[labels]
    firsts: dict[Hashable, int] = {}
    for face, token in enumerate(tokens):
        if token is not None:
            groups[face] = firsts.setdefault(token, face)
    return _numbered(groups)


def nearest_pairs(
    embeddings: Embeddings,
    photos: Sequence[Hashable],
    threshold: float,
    *,
    is_cancelled: IsCancelled = never_cancelled,
) -> list[tuple[int, int]]:
    """Pairs of faces each of which is the most similar to the other, by index; each face is in one at most.

    Args:
        embeddings, photos: as in `cluster_faces`; two faces of one photo are no pair.
        threshold: the lowest similarity of a pair.
    Raises:
        CancelledError.
    """
    if len(photos) < 2:
        return []
    every: Indices = np.arange(len(photos))
    nearest, similarity = _Clusters(embeddings, photos, is_cancelled).nearest(every, every)
    is_alike = similarity >= lowest_match_score(threshold)
    first = every[is_alike & (nearest[nearest] == every) & (every < nearest)]
    return [*zip(first.tolist(), nearest[first].tolist(), strict=True)]


def _numbered(groups: Indices) -> Indices:
    _, firsts, numbers = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(firsts))[numbers]


def _merge_down_to(
    embeddings: Embeddings, photos: Sequence[Hashable], threshold: float, is_cancelled: IsCancelled
) -> _Clusters:
    """The clusters down to a threshold."""
    groups = _Clusters(embeddings, photos, is_cancelled)
    wanted = lowest_match_score(threshold)
    nearest = np.full(len(embeddings), -1, np.intp)
    similarity = np.full(len(embeddings), -np.inf, np.float32)
    active = queries = np.arange(len(embeddings))
    while len(active):
        nearest[queries], similarity[queries] = groups.nearest(queries, active)
        # average linkage: a merge never raises the similarity to a third cluster above the higher of the two
        active = active[similarity[active] >= wanted - _ROUNDING]
        first, second = _pairs(active, nearest, similarity, wanted)
        if not len(first):
            break
        groups.merge(first, second, similarity[first])
        active = np.setdiff1d(active, second, assume_unique=True)
        changed = np.concatenate([first, second])
        queries = active[np.isin(active, first) | np.isin(nearest[active], changed)]
    return groups


def _pairs(
    active: Indices, nearest: Indices, similarity: npt.NDArray[np.float32], wanted: float
) -> tuple[Indices, Indices]:
    """Pairs of mutual nearest neighbours at or above the threshold; at least the most similar pair."""
    alike = active[similarity[active] >= wanted]
    first = alike[(nearest[nearest[alike]] == alike) & (alike < nearest[alike])]
    if len(alike) and not len(first):  # because of rounding
        one = alike[np.argmax(similarity[alike])]
        first = np.minimum(one, nearest[one])[None]
        return first, np.maximum(one, nearest[one])[None]
    return first, nearest[first]


class _Clusters:
    """Clusters, each known by the number of its first face; at first one for each face.

    Attributes:
        of_face: the cluster of each face, shape (n,).
    """

    def __init__(self, embeddings: Embeddings, photos: Sequence[Hashable], is_cancelled: IsCancelled) -> None:
        self.of_face: Indices = np.arange(len(embeddings))
        self._means = embeddings.copy()
        self._sizes = np.ones(len(embeddings), np.float32)
        counts, numbers = Counter(photos), dict[Hashable, int]()
        known = (photo if counts[photo] <= MOST_IN_PHOTO else (photo, n) for n, photo in enumerate(photos))
        self._photo_of_face = np.array([numbers.setdefault(photo, len(numbers)) for photo in known], np.intp)
        self._is_cancelled = is_cancelled
        self._merged: list[tuple[Indices, Indices, npt.NDArray[np.float32]]] = []

    def nearest_similarities(self, is_cancelled: IsCancelled) -> npt.NDArray[np.float32]:
        """The similarity of each cluster to its nearest one, shape (clusters,); 0 for a single cluster."""
        groups = np.unique(self.of_face)
        means, found = self._means[groups], np.zeros(len(groups), np.float32)
        if len(groups) < 2:
            return found
        rows = max(1, _AT_ONCE // len(groups))
        for start in range(0, len(groups), rows):
            if is_cancelled():
                raise CancelledError
            alike = means[start : start + rows] @ means.T
            alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = -np.inf
            found[start : start + rows] = alike.max(axis=1)
        return found

    def labels_at(self, thresholds: npt.NDArray[np.float32]) -> Indices:
        """The clusters at a higher threshold within each: for each face, one face of its cluster, the same
        for all of them.

        The merges are replayed: similarities of merges never rise from a cluster to the one that it becomes
        part of.

        Args:
            thresholds: of the clusters in ascending order, shape (clusters,).
        """
        wanted = np.zeros(len(self.of_face))
        wanted[np.unique(self.of_face)] = [lowest_match_score(one) for one in thresholds.tolist()]
        groups: Indices = np.arange(len(self.of_face))
        for first, second, similarity in self._merged:
            is_alike = similarity >= wanted[self.of_face[first]]
            into = np.arange(len(groups))
            into[second[is_alike]] = first[is_alike]
            groups = into[groups]
        return groups

    def merge(self, first: Indices, second: Indices, similarity: npt.NDArray[np.float32]) -> None:
        """Merge each of the second clusters into the first one at its index."""
        self._merged.append((first, second, similarity))
        sizes = self._sizes[first], self._sizes[second]
        total = self._means[first] * sizes[0][:, None] + self._means[second] * sizes[1][:, None]
        self._sizes[first] = sizes[0] + sizes[1]
        self._means[first] = total / self._sizes[first][:, None]
        into = np.arange(len(self.of_face))
        into[second] = first
        self.of_face = into[self.of_face]

    def nearest(self, queries: Indices, among: Indices) -> tuple[Indices, npt.NDArray[np.float32]]:
        """The nearest cluster that each query may be merged with, and its similarity.

        Args:
            queries: clusters, all of which are in `among`.
            among: clusters in ascending order.
        """
        from scipy.sparse import csr_array

        shape = len(self.of_face), int(self._photo_of_face.max()) + 1
        shown = csr_array((np.ones(len(self.of_face), np.int32), (self.of_face, self._photo_of_face)), shape)
        others, in_others = self._means[among].T, shown[among].T.tocsr()
        nearest, similarity = [], []
        rows = max(1, _AT_ONCE // len(among))
        for start in range(0, len(queries), rows):
            if self._is_cancelled():
                raise CancelledError
            block = queries[start : start + rows]
            alike = self._means[block] @ others
            in_one_photo = (shown[block] @ in_others).tocoo()
            alike[in_one_photo.row, in_one_photo.col] = -np.inf  # a cluster and itself included
            found = alike.argmax(axis=1)
            nearest.append(among[found])
            similarity.append(alike[np.arange(len(block)), found])
        return np.concatenate(nearest), np.concatenate(similarity)
