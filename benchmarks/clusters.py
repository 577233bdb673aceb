"""How many pairs of unnamed faces that share a group are right, as there are more people?

People are drawn, with one to three photos of each, and all faces are grouped: with the lowest cut alone, as
version 0.1 did, and with those that follow how alike the groups are. Prints the share of pairs in groups that
are of one person, with an interval of 95 % over people and draws, and of pairs of one person that are in a
group; then how many pairs of single faces are asked about as maybe the same person, and how many of them are.
Then the same for look-alikes, people who are nearest to each other by the model; and for all photos of
each folder.

    python -m benchmarks.clusters FOLDER … [--without GLOB] [--quote]

    FOLDER      folders of person/photo, nobody in two of them
    --quote     write the tables into benchmarks/accuracy.json, too
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks import accuracy_tables
from benchmarks.accuracy_tables import percent, percent_with_interval
from benchmarks.labelled import Labelled, folders_and_model, halves, labelled, together
from face_match.decision.cluster_threshold import cluster_threshold_rule
from face_match.decision.clustering import cluster_faces, nearest_pairs
from face_match.decision.threshold import default_cluster_threshold

SIZES = {5: 200, 10: 150, 20: 80, 50: 30, 100: 12, 200: 6, 300: 4}
"""How often how many people are drawn."""
MOST_PHOTOS = 3
REPLICATES = 400

Rows = npt.NDArray[np.intp]
HEAD = ("people", "right, 0.1", "found, 0.1", "right now", "found now", "*maybe the same*, right")


def main() -> None:
    """Print a table."""
    options = folders_and_model(__doc__.splitlines()[0], quote=accuracy_tables.HELP)
    sets = labelled(options.folders, options.model, options.without)
    photos = together(sets)
    print(
        f"{'':48}{'lowest cut (0.1)':^32}{'following':^32}\n"
        + f"{'':48}"
        + f"{'right':>22}{'found':>9} " * 2
        + f"{'maybe the same':>18}{'right':>8}"
    )
    chosen, half = halves(photos)
    for part in (chosen, half, photos):
        quoted = []
        for are_alike in (False, True):
            for people, draws in SIZES.items():
                if people <= part.count // (1 + are_alike):
                    what = f"{people} {'look-alikes' if are_alike else 'people'}"
                    random = np.random.default_rng((people, are_alike))
                    rows = [_drawn(part, people, random, are_alike) for _ in range(draws)]
                    cells = _print(f"{part.name}: {what}", part, rows, options.model)
                    quoted.append([what.removesuffix(" people"), *cells])
        if options.quote and part is not chosen:
            accuracy_tables.save("clusters_half" if part is half else "clusters", HEAD, quoted)
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


def _print(title: str, photos: Labelled, drawn: list[Rows], model_id: str) -> list[str]:
    """Print a row; returns its cells as the page shows them."""
    cells, quoted = "", []
    for threshold_rule in (None, cluster_threshold_rule(model_id, lambda: np.zeros(0, np.float32))):
        shared, same = [], 0
        for number, rows in enumerate(drawn):
            groups = cluster_faces(
                photos.embeddings[rows],
                rows.tolist(),
                default_cluster_threshold(model_id),
                threshold_rule=threshold_rule,
            )
            first, second = np.triu_indices(len(rows), 1)
            people = photos.people[rows]
            is_shared = groups[first] == groups[second]
            shared.append(
                np.stack([people[first], people[second], np.full(len(first), number)])[:, is_shared]
            )
            same += int((people[first] == people[second]).sum())
        pairs = np.concatenate(shared, axis=1)
        right = pairs[0] == pairs[1]
        low, high = _interval(pairs, right)
        found = right.sum() / max(1, same)
        cells += f"{right.mean():8.1%} ({low:5.1%}–{high:6.1%}){found:9.1%} "
        quoted += [percent_with_interval(right.mean(), low, high, 1), percent(found, 0)]
    asked, are_right = _maybe_the_same(photos, drawn, model_id)
    share = percent(are_right / asked, 0) if asked else "–"
    cells += f"{asked / len(drawn):18.1f}{share:>8}"
    quoted.append(f"{asked / len(drawn):.1f}, {share}")
    print(f"{title:48}{cells}", flush=True)
    return quoted


def _maybe_the_same(photos: Labelled, drawn: list[Rows], model_id: str) -> tuple[int, int]:
    """How many pairs of single faces are asked about, and how many of them are of one person."""
    threshold_rule = cluster_threshold_rule(model_id, lambda: np.zeros(0, np.float32))
    lowest = default_cluster_threshold(model_id)
    asked = right = 0
    for rows in drawn:
        groups = cluster_faces(photos.embeddings[rows], rows.tolist(), lowest, threshold_rule=threshold_rule)
        single = rows[np.bincount(groups)[groups] == 1]
        pairs = nearest_pairs(photos.embeddings[single], single.tolist(), lowest)
        asked += len(pairs)
        right += sum(photos.people[single[one]] == photos.people[single[other]] for one, other in pairs)
    return asked, right


def _interval(pairs: npt.NDArray[np.int64], right: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """95 % of the share of right pairs, by a bootstrap over people and draws.

    Args:
        pairs: both people of each pair and the number of its draw, shape (3, pairs).
    """
    random = np.random.default_rng(0)
    people, draws = int(pairs[:2].max()) + 1, int(pairs[2].max()) + 1
    shares = []
    for _ in range(REPLICATES):
        times = np.bincount(random.integers(people, size=people), minlength=people)
        weights = np.bincount(random.integers(draws, size=draws), minlength=draws)[pairs[2]] * times[pairs[0]]
        weights = np.where(right, weights, weights * times[pairs[1]])
        shares.append(weights[right].sum() / max(1, weights.sum()))
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


if __name__ == "__main__":
    main()
