"""How many pairs of unnamed faces that share a group are right, as there are more people?

People are drawn, with one to three photos of each, and all faces are grouped: with the lowest cut alone, as
version 0.1 did, and with the one that follows how alike the groups are. Prints the share of pairs in groups
that are of one person, and of pairs of one person that are in a group. Then the same for look-alikes, people
who are nearest to each other by the model; and for all photos of each folder.

    python -m benchmarks.clusters FOLDER … [--without GLOB]

    FOLDER      folders of person/photo, nobody in two of them
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import Labelled, folders_and_model, halves, labelled, together
from face_match.decision.cluster_threshold import cluster_threshold_rule
from face_match.decision.clustering import cluster_faces
from face_match.decision.threshold import default_cluster_threshold

SIZES = {10: 40, 20: 40, 50: 20, 100: 12, 200: 6, 300: 4}
"""How often how many people are drawn."""
MOST_PHOTOS = 3

Rows = npt.NDArray[np.intp]


def main() -> None:
    """Print a table."""
    options = folders_and_model(__doc__.splitlines()[0])
    sets = labelled(options.folders, options.model, options.without)
    photos = together(sets)
    print(
        f"{'':48}{'lowest cut (0.1)':>18}{'following':>18}\n{'':48}{'right   found':>18}{'right   found':>18}"
    )
    for part in (*halves(photos), photos):
        for are_alike in (False, True):
            for people, draws in SIZES.items():
                if people <= part.count // (1 + are_alike):
                    what = f"{people} {'look-alikes' if are_alike else 'people'}"
                    random = np.random.default_rng((people, are_alike))
                    rows = [_drawn(part, people, random, are_alike) for _ in range(draws)]
                    _print(f"{part.name}: {what}", part, rows, options.model)
    for one in sets:
        _print(f"{one.name}: all {len(one.people)} photos", one, [np.arange(len(one.people))], options.model)


def _drawn(photos: Labelled, people: int, random: np.random.Generator, are_alike: bool) -> Rows:
    chosen = random.permutation(photos.count)[:people]
    if are_alike:
        means = np.stack(
            [photos.embeddings[photos.people == one].mean(axis=0) for one in range(photos.count)]
        )
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        chosen = np.argsort(-(means @ means[random.integers(photos.count)]))[:people]
    rows = []
    for person in chosen:
        own = random.permutation(np.flatnonzero(photos.people == person))
        rows.append(own[: random.integers(1, MOST_PHOTOS + 1)])
    return np.concatenate(rows)


def _print(title: str, photos: Labelled, drawn: list[Rows], model_id: str) -> None:
    cells = ""
    for threshold_rule in (None, cluster_threshold_rule(model_id, lambda: np.zeros(0, np.float32))):
        right = shared = same = 0
        for rows in drawn:
            groups = cluster_faces(
                photos.embeddings[rows],
                rows.tolist(),
                default_cluster_threshold(model_id),
                threshold_rule=threshold_rule,
            )
            above = np.triu_indices(len(rows), 1)
            share, are_one = (
                (numbers[:, None] == numbers)[above] for numbers in (groups, photos.people[rows])
            )
            right, shared, same = right + (share & are_one).sum(), shared + share.sum(), same + are_one.sum()
        cells += f"{right / max(1, shared):9.1%} {right / max(1, same):7.1%} "
    print(f"{title:48}{cells}", flush=True)


if __name__ == "__main__":
    main()
