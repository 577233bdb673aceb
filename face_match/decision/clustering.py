"""Which unnamed faces are probably of one person.

Average linkage: the two groups whose faces are most alike on average become one, again and again, down to a
lowest similarity, the cut. A chain of look-alikes, each like the next, does not become a group.

`python -m benchmarks.grouping lfw10 bbt orl20` compares it with others, with people on whom the cuts had not
been chosen. Where 99 % of the pairs in groups were right it found the most pairs of faces of one person:
95.8 % (99.4 % right). Single linkage found 88.6 % (99.4 %), Chinese whispers 94.6 % (98.8 %), complete
linkage 94.5 % (98.1 %). HDBSCAN found 77.9 % (100 %), but only 84 % were right where there were one to three
photos of each.

SciPy's `linkage` makes the same groups (a test compares them) if faces of one photo are put far apart, but
it needs 8 n² bytes, 3.2 GB for 20,000 faces. The mean similarity of two groups is the product of their mean
embeddings, so here nothing of n² is kept: all pairs that are each other's nearest become one at once, and
only those whose nearest has changed look again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
import numpy.typing as npt

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.types import Embeddings
from face_match.decision.threshold import lowest_match_score

Places = npt.NDArray[np.intp]

_AT_ONCE = 2**23
"""Similarities that are in memory together, at least those of one group with all others: 32 MB."""
_ROUNDING = 1e-5
"""More than a similarity moves with the place of its embeddings in a matrix product."""


def cluster_faces(
    embeddings: Embeddings,
    photos: Sequence[Hashable],
    threshold: float,
    *,
    threshold_rule: Callable[[npt.NDArray[np.float32]], float] | None = None,
    together: Sequence[Hashable | None] = (),
    is_cancelled: IsCancelled = never_cancelled,
) -> Places:
    """Put faces that are probably of one person into groups.

    The order of the faces does not matter, but among equal embeddings. A higher cut only ever splits groups.

    Args:
        embeddings: float32, shape (n, dimensions), each row of unit L2 norm.
        photos: the photo that each face is in. Two faces of one photo never share a group, for a person is in
            a photo once, unless they are `together`.
        cut: the lowest mean similarity of two groups that become one, −1..1; see
            `default_cluster_threshold`.
        stricter: from how alike groups are at that cut to the group most alike to them, shape (groups,), to
            the cut that holds, if it is higher; see `cluster_threshold.cluster_threshold_rule`.
        together: for each face a token that those share which a person has put into one group, or taken out
            of one; None for faces that nobody has decided on. The faces of a token are a group, with nobody
            else in it. Left out, nobody has decided on any.

    Returns:
        The number of each face's group, shape (n,): 0, 1, … in the order of the groups' first faces.

    Raises:
        CancelledError: `is_cancelled` has become true.
    """
    tokens = list(together) or [None] * len(photos)
    free = [face for face, token in enumerate(tokens) if token is None]
    free.sort(key=lambda face: embeddings[face].tobytes())
    chosen = np.array(free, np.intp)
    groups = np.arange(len(photos))
    linked = _linked(embeddings[chosen], [photos[face] for face in free], threshold, is_cancelled)
    if threshold_rule is not None:
        threshold = max(threshold, threshold_rule(linked.likest(is_cancelled)))
    groups[chosen] = chosen[linked.down_to(threshold)]
    firsts: dict[Hashable, int] = {}
    for face, token in enumerate(tokens):
        if token is not None:
            groups[face] = firsts.setdefault(token, face)
    return _in_order(groups)


def _in_order(groups: Places) -> Places:
    _, firsts, numbers = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(firsts))[numbers]


def _linked(
    embeddings: Embeddings, photos: Sequence[Hashable], threshold: float, is_cancelled: IsCancelled
) -> _Groups:
    """The groups down to a cut."""
    groups = _Groups(embeddings, photos, is_cancelled)
    wanted = lowest_match_score(threshold)
    nearest = np.full(len(embeddings), -1, np.intp)
    similarity = np.full(len(embeddings), -np.inf, np.float32)
    growing = asking = np.arange(len(embeddings))
    while len(growing):
        nearest[asking], similarity[asking] = groups.nearest(asking, growing)
        # nothing that a group is merged with makes others more alike to it than they were
        growing = growing[similarity[growing] >= wanted - _ROUNDING]
        first, second = _pairs(growing, nearest, similarity, wanted)
        if not len(first):
            break
        groups.merge(first, second, similarity[first])
        growing = np.setdiff1d(growing, second, assume_unique=True)
        changed = np.concatenate([first, second])
        asking = growing[np.isin(growing, first) | np.isin(nearest[growing], changed)]
    return groups


def _pairs(
    growing: Places, nearest: Places, similarity: npt.NDArray[np.float32], wanted: float
) -> tuple[Places, Places]:
    """Those which are each other's nearest; the most alike of all at least, if they are alike enough."""
    alike = growing[similarity[growing] >= wanted]
    first = alike[(nearest[nearest[alike]] == alike) & (alike < nearest[alike])]
    if len(alike) and not len(first):  # by rounding alone
        one = alike[np.argmax(similarity[alike])]
        first = np.minimum(one, nearest[one])[None]
        return first, np.maximum(one, nearest[one])[None]
    return first, nearest[first]


class _Groups:
    """Groups by the number of their first face, at first one for each.

    Attributes:
        of_face: the group of each face.
    """

    def __init__(self, embeddings: Embeddings, photos: Sequence[Hashable], is_cancelled: IsCancelled) -> None:
        self.of_face: Places = np.arange(len(embeddings))
        self._means = embeddings.copy()
        self._sizes = np.ones(len(embeddings), np.float32)
        numbers: dict[Hashable, int] = {}
        self._photo_of_face = np.array([numbers.setdefault(photo, len(numbers)) for photo in photos], np.intp)
        self._is_cancelled = is_cancelled
        self._merged: list[tuple[Places, Places, npt.NDArray[np.float32]]] = []

    def likest(self, is_cancelled: IsCancelled) -> npt.NDArray[np.float32]:
        """The highest mean similarity of each group to another one; of nothing where there is no other."""
        groups = np.unique(self.of_face)
        means, found = self._means[groups], np.zeros(len(groups), np.float32)
        if len(groups) < 2:
            return found[:0]
        rows = max(1, _AT_ONCE // len(groups))
        for start in range(0, len(groups), rows):
            if is_cancelled():
                raise CancelledError
            alike = means[start : start + rows] @ means.T
            alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = -np.inf
            found[start : start + rows] = alike.max(axis=1)
        return found

    def down_to(self, threshold: float) -> Places:
        """One face of its group for each face, the same for all of them, as they were at a higher cut: a
        group is never more alike than the two that it was made of."""
        groups: Places = np.arange(len(self.of_face))
        for first, second, similarity in self._merged:
            is_alike = similarity >= lowest_match_score(threshold)
            into = np.arange(len(groups))
            into[second[is_alike]] = first[is_alike]
            groups = into[groups]
        return groups

    def merge(self, first: Places, second: Places, similarity: npt.NDArray[np.float32]) -> None:
        """Each of the second becomes part of the first at its place, as they are so much alike."""
        self._merged.append((first, second, similarity))
        sizes = self._sizes[first], self._sizes[second]
        total = self._means[first] * sizes[0][:, None] + self._means[second] * sizes[1][:, None]
        self._sizes[first] = sizes[0] + sizes[1]
        self._means[first] = total / self._sizes[first][:, None]
        into = np.arange(len(self.of_face))
        into[second] = first
        self.of_face = into[self.of_face]

    def nearest(self, asking: Places, among: Places) -> tuple[Places, npt.NDArray[np.float32]]:
        """For each asking group the most alike that it may be merged with, and how alike it is.

        Args:
            asking: groups, all of which are in `among`.
            among: groups in ascending order.
        """
        from scipy.sparse import csr_array

        shape = len(self.of_face), int(self._photo_of_face.max()) + 1
        shown = csr_array((np.ones(len(self.of_face), np.int32), (self.of_face, self._photo_of_face)), shape)
        others, in_others = self._means[among].T, shown[among].T.tocsr()
        nearest, similarity = [], []
        rows = max(1, _AT_ONCE // len(among))
        for start in range(0, len(asking), rows):
            if self._is_cancelled():
                raise CancelledError
            block = asking[start : start + rows]
            alike = self._means[block] @ others
            in_one_photo = (shown[block] @ in_others).tocoo()
            alike[in_one_photo.row, in_one_photo.col] = -np.inf  # a group and itself too
            found = alike.argmax(axis=1)
            nearest.append(among[found])
            similarity.append(alike[np.arange(len(block)), found])
        return np.concatenate(nearest), np.concatenate(similarity)
