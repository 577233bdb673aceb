"""Compare clustering methods for unnamed faces, and their thresholds.

Half of the people of every set are drawn; among their photos each way's cut is chosen: 0.015 above the lowest
from which on 99.5 % of the pairs of faces that share a group are of one person, for more people are to come
than were drawn. The other half's photos are grouped with it, set by set and together. Prints the share of
pairs that are right (P), with the lowest of all draws, and of those that are found (R); the same by faces
(B-cubed, B³); groups per person; the share of faces that are alone in their group; and the keys pressed per
face until all have a name (`_presses`). Every photo gives one face here, so none are kept apart for being in
one photo.

Then the same for cuts that are given, among all people of the mixtures, and with one to three photos of each;
the lowest cuts for ever more people; and seconds for 5,000 made-up faces. It takes some minutes.

    python -m benchmarks.grouping FOLDER …      folders of person/photo; the first two are also taken together
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import Labelled, folders_and_model, labelled, together
from face_match.core.types import Embeddings
from face_match.decision.clustering import cluster_faces
from face_match.decision.threshold import default_cluster_threshold, lowest_match_score, threshold_range

DRAWS = 20
WANTED_PRECISION = 0.995
MARGIN = 0.015
"""With 0.01, 98.3 % of the pairs that ours made of the other people were right, with none 93.9 %."""
CUTS = np.round(np.arange(0.88, 0.98, 0.0025), 4)
"""Similarities that are tried, of the built-in model."""

Numbers = npt.NDArray[np.intp]


class Figures(NamedTuple):
    """What is printed of groups; see the head of this file."""

    precision: float
    recall: float
    b3_precision: float
    b3_recall: float
    b3_f: float
    groups_per_person: float
    alone: float
    presses: float


def ours(embeddings: Embeddings, cut: float) -> Numbers:
    """The program's own."""
    return cluster_faces(embeddings, range(len(embeddings)), cut)


def linkage(method: str) -> Callable[[Embeddings, float], Numbers]:
    """Agglomerative, of scikit-learn."""

    def groups(embeddings: Embeddings, cut: float) -> Numbers:
        from sklearn.cluster import AgglomerativeClustering

        distances = np.maximum(1 - embeddings @ embeddings.T, 0)
        model = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage=method, distance_threshold=1 - cut
        )
        return model.fit_predict(distances)

    return groups


def by_means(embeddings: Embeddings, cut: float) -> Numbers:
    """Average linkage, then again of the groups' means at unit length: more alike the larger the groups."""
    first = ours(embeddings, cut)
    means = np.stack([embeddings[first == group].mean(axis=0) for group in range(first.max() + 1)])
    return ours(means / np.linalg.norm(means, axis=1, keepdims=True), cut + 0.015)[first]


def whispers(embeddings: Embeddings, cut: float) -> Numbers:
    """Chinese whispers, of dlib."""
    import dlib

    return np.array(dlib.chinese_whispers_clustering([*map(dlib.vector, embeddings)], (2 - 2 * cut) ** 0.5))


def hdbscan(embeddings: Embeddings, cut: float) -> Numbers:
    """Of scikit-learn, whatever the cut: with one (`cluster_selection_epsilon`) 1.9 fails on NumPy 2.4."""
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=2, min_samples=1, copy=True)
    found = model.fit_predict(embeddings.astype(np.float64)).astype(np.intp)
    is_noise = found < 0
    found[is_noise] = len(found) + np.arange(is_noise.sum())
    return found


WAYS: dict[str, Callable[[Embeddings, float], Numbers]] = {
    "ours (average linkage)": ours,
    "complete linkage": linkage("complete"),
    "single linkage": linkage("single"),
    "average, then of means": by_means,
    "Chinese whispers": whispers,
    "HDBSCAN": hdbscan,
}


def main() -> None:
    """Print the tables."""
    options = folders_and_model(__doc__.splitlines()[0])
    sets = labelled(options.folders, options.model)
    threshold, cut = threshold_range(options.model).default, default_cluster_threshold(options.model)
    _print_ways(sets, threshold)
    _print_cuts(sets, threshold, cut)
    _print_more_people(together(sets))
    _print_seconds(cut)


COLUMNS = f"{'cut':>6} {'P':>7} {'lowest':>6} {'R':>6} {'B³ P':>6} {'R':>6} {'F':>6}"
COLUMNS += f" {'groups':>6} {'alone':>6} {'keys':>6}"


def _print_row(name: str, way: str, cut: float, figures: Sequence[Figures]) -> None:
    mean = Figures(*np.mean(figures, axis=0))
    pairs = f"{mean.precision:7.4f} {min(one.precision for one in figures):6.3f} {mean.recall:6.3f}"
    faces = f"{mean.b3_precision:6.3f} {mean.b3_recall:6.3f} {mean.b3_f:6.3f}"
    rest = f"{mean.groups_per_person:6.2f} {mean.alone:6.1%} {mean.presses:6.3f}"
    print(f"{name:24} {way:24} {cut:6.3f} {pairs} {faces} {rest}")


def _mixtures(sets: Sequence[Labelled]) -> dict[str, npt.NDArray[np.bool_]]:
    """Which of all people are in each set, in the first two, and in any."""
    set_of_person = np.repeat(np.arange(len(sets)), [one.count for one in sets])
    found = {one.name: set_of_person == number for number, one in enumerate(sets)}
    if len(sets) > 2:
        found[f"{sets[0].name} and {sets[1].name}"] = set_of_person < 2
    return {**found, "all": set_of_person >= 0}


def _print_ways(sets: Sequence[Labelled], threshold: float) -> None:
    print(f"{'people not chosen on':24} {'way':24} {COLUMNS}")
    everybody, mixtures = together(sets), _mixtures(sets)
    figures: dict[tuple[str, str], list[Figures]] = {(name, way): [] for name in mixtures for way in WAYS}
    cuts: dict[str, list[float]] = {way: [] for way in WAYS}
    for seed in range(DRAWS):
        random = np.random.default_rng(seed)
        is_drawn = np.concatenate([random.permutation(one.count) < one.count // 2 for one in sets])
        drawn = _of_people(everybody, is_drawn)
        for way, groups in WAYS.items():
            cut = _lowest_cut(groups, drawn) + MARGIN
            cuts[way].append(cut)
            for name, is_wanted in mixtures.items():
                rest = _of_people(everybody, is_wanted & ~is_drawn)
                figures[name, way].append(measured(groups(rest.embeddings, cut), rest, threshold))
    for (name, way), figures_of_draws in figures.items():
        _print_row(name, way, float(np.mean(cuts[way])), figures_of_draws)


def _print_cuts(sets: Sequence[Labelled], threshold: float, default: float) -> None:
    print(f"\n{'all people':24} {'way':24} {COLUMNS}")
    everybody = together(sets)
    cases = {name: [_of_people(everybody, is_wanted)] for name, is_wanted in [*_mixtures(sets).items()][-2:]}
    cases |= {
        f"{name}, 1–3 each": [_few(one[0], seed) for seed in range(DRAWS)] for name, one in cases.items()
    }
    for name, draws in cases.items():
        ways = [("ours (average linkage)", float(cut)) for cut in default + 0.005 * np.arange(-3, 3)]
        for way, cut in [*ways, ("HDBSCAN", np.nan)]:
            figures = [measured(WAYS[way](photos.embeddings, cut), photos, threshold) for photos in draws]
            _print_row(name, way, cut, figures)


def _print_more_people(everybody: Labelled) -> None:
    print("\nlowest cut that is precise enough, ours: in half of the draws of so many people, in 95 %")
    for number in (5, 10, 20, everybody.count):
        cuts = []
        for seed in range(DRAWS):
            is_drawn = np.random.default_rng(seed).permutation(everybody.count) < number
            cuts.append(_lowest_cut(ours, _of_people(everybody, is_drawn)))
        print(f"{number:4} {np.quantile(cuts, 0.5):.4f} {np.quantile(cuts, 0.95):.4f}")


def _of_people(photos: Labelled, is_wanted: npt.NDArray[np.bool_]) -> Labelled:
    """Those of some of the people, numbered anew."""
    return _part(photos, is_wanted[photos.people])


def _few(photos: Labelled, seed: int) -> Labelled:
    """One to three photos of each."""
    random = np.random.default_rng(seed)
    order = random.permutation(len(photos.people))
    nth = np.empty(len(order), int)  # of its person, in that order
    for person in range(photos.count):
        own = order[photos.people[order] == person]
        nth[own] = np.arange(len(own))
    return _part(photos, nth < random.integers(1, 4, photos.count)[photos.people])


def _part(photos: Labelled, is_wanted: npt.NDArray[np.bool_]) -> Labelled:
    people = np.unique(photos.people[is_wanted], return_inverse=True)[1]
    return Labelled(photos.name, photos.embeddings[is_wanted], people.astype(np.int64))


def _lowest_cut(groups: Callable[[Embeddings, float], Numbers], photos: Labelled) -> float:
    """The lowest from which on the groups are precise enough."""
    lowest = float(CUTS[-1])
    for cut in map(float, CUTS[::-1]):
        if _pairs(groups(photos.embeddings, cut), photos.people)[0] < WANTED_PRECISION:
            break
        lowest = cut
    return lowest


def _pairs(groups: Numbers, people: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Precision and recall of the pairs of faces that share a group; 1 where there are none."""
    pairs = np.triu(np.ones((len(people), len(people)), bool), 1)
    grouped_pairs = np.equal.outer(groups, groups)[pairs]
    true_pairs = np.equal.outer(people, people)[pairs]
    right = int((grouped_pairs & true_pairs).sum())
    shares = [right / total if (total := int(one.sum())) else 1.0 for one in (grouped_pairs, true_pairs)]
    return shares[0], shares[1]


def measured(groups: Numbers, photos: Labelled, threshold: float) -> Figures:
    """All figures of groups.

    Args:
        groups: of each photo, shape (n,), any numbers.
        threshold: from which a face is proposed as a person who has a name.
    """
    shared = np.equal.outer(groups, groups)
    same = np.equal.outer(photos.people, photos.people)
    right = (shared & same).sum(axis=1)
    b3_precision, b3_recall = (float((right / one.sum(axis=1)).mean()) for one in (shared, same))
    return Figures(
        *_pairs(groups, photos.people),
        b3_precision,
        b3_recall,
        2 * b3_precision * b3_recall / (b3_precision + b3_recall),
        len(np.unique(groups)) / photos.count,
        float((shared.sum(axis=1) == 1).mean()),
        _presses(groups, photos, threshold) / len(groups),
    )


def _presses(groups: Numbers, photos: Labelled, threshold: float) -> int:
    """Keys until all faces have a name; typing one counts as one key.

    The largest group first: one key names it, two choose a person who has a name already, two take out each
    face of another person. Then every face that is as alike as the threshold to one that has a name is
    proposed; one key takes all those of a person, and two correct a wrong one. And so on.
    """
    left, named, presses = np.ones(len(groups), bool), np.zeros(len(groups), bool), 0
    groups = groups.copy()
    similarity = photos.embeddings @ photos.embeddings.T
    while left.any():
        numbers, sizes = np.unique(groups[left], return_counts=True)
        faces = np.flatnonzero(left & (groups == numbers[np.argmax(sizes)]))
        person = np.bincount(photos.people[faces]).argmax()
        is_right = photos.people[faces] == person
        is_known = bool((photos.people[named] == person).any())
        presses += 1 + is_known + 2 * int((~is_right).sum())
        groups[faces[~is_right]] = groups.max() + 1 + np.arange((~is_right).sum())
        named[faces[is_right]] = True
        left[faces[is_right]] = False
        while True:
            best = np.where(left, similarity[:, named].max(axis=1), -np.inf)
            proposed = np.flatnonzero(best >= lowest_match_score(threshold))
            if not len(proposed):
                break
            nearest = similarity[np.ix_(proposed, np.flatnonzero(named))].argmax(axis=1)
            as_whom = photos.people[named][nearest]
            presses += len(np.unique(as_whom)) + 2 * int((as_whom != photos.people[proposed]).sum())
            named[proposed] = True
            left[proposed] = False
    return presses


def _print_seconds(cut: float) -> None:
    print("\nseconds for 5,000 faces of 250 people, of 128 and of 512 dimensions")
    for way, groups in WAYS.items():
        seconds = []
        for dimensions in (128, 512):
            embeddings = made_up(5000, dimensions)
            started = time.perf_counter()
            groups(embeddings, cut)
            seconds.append(time.perf_counter() - started)
        print(f"{way:24} {seconds[0]:8.2f} {seconds[1]:8.2f}")


def made_up(faces: int, dimensions: int) -> Embeddings:
    """Embeddings of twenty faces of each person, as alike as the built-in model's: 0.85 and 0.966."""
    random = np.random.default_rng(5)

    def directions(number: int) -> Embeddings:
        drawn = random.normal(size=(number, dimensions)).astype(np.float32)
        return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)

    everybody, people = directions(1), directions(faces // 20)[np.arange(faces) % (faces // 20)]
    embeddings = (
        0.85**0.5 * everybody + (0.966 - 0.85) ** 0.5 * people + (1 - 0.966) ** 0.5 * directions(faces)
    )
    return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
