"""How alike are a face and a person of several samples: as the best of them, the best two, or their mean?

Galleries are drawn at random, with 1, 3 or 5 samples of each person, or with any of these; the other photos
are matched. The last rows are of people who look like two: every two people are made one, as a child and the
adult are. Prints which share of own people is missed (FNMR) where 1 in 1,000 others matches (FMR), and which
is missed (FNIR) where 1 in 100 strangers finds anybody (FPIR).

    python -m benchmarks.person_score FOLDER …      folders of person/photo
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import Labelled, folders_and_model, labelled
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.types import Vectors

DRAWS = 40
MOST_STRANGERS = 0.01


def _best(probes: Vectors, samples: Vectors) -> Floats:
    return (probes @ samples.T).max(axis=1).astype(np.float64)


def _best_two(probes: Vectors, samples: Vectors) -> Floats:
    return np.sort(probes @ samples.T, axis=1)[:, -2:].mean(axis=1).astype(np.float64)


def _template(probes: Vectors, samples: Vectors) -> Floats:
    mean = samples.mean(axis=0)
    return np.asarray(probes @ (mean / np.linalg.norm(mean)), np.float64)


SCORES: dict[str, Callable[[Vectors, Vectors], Floats]] = {
    "best sample": _best,
    "mean of best two": _best_two,
    "template mean": _template,
}


def main() -> None:
    """Print a table."""
    options = folders_and_model(__doc__.splitlines()[0])
    titles = f"{'photos':10} {'samples':12} {'score':18}"
    print(f"{titles} {'FNMR at FMR 1e-3':>17} {'threshold':>10} {'FNIR at FPIR 1e-2':>18}")
    for photos in labelled(options.folders, options.model):
        for samples in ((1,), (3,), (5,), (1, 3, 5)):
            _print(photos, samples)
        merged = Labelled(photos.name, photos.vectors, photos.people // 2)
        _print(merged, (4, 6), "two in one")


def _print(photos: Labelled, samples: Sequence[int], label: str = "") -> None:
    label = label or " or ".join(map(str, samples))
    for name, score in SCORES.items():
        own, others, nearest_other = _drawn(photos, samples, score)
        verification, search = ErrorRates(own, others), ErrorRates(own, nearest_other)
        missed, missed_in_search = 1 - verification.tar_at_fmr(1e-3), 1 - search.tar_at_fmr(MOST_STRANGERS)
        threshold = verification.threshold_at_fmr(1e-3)
        row = f"{photos.name:10} {label:12} {name:18}"
        print(f"{row} {missed:17.2%} {threshold:10.3f} {missed_in_search:18.2%}")


def _drawn(
    photos: Labelled, samples: Sequence[int], score: Callable[[Vectors, Vectors], Floats]
) -> tuple[Floats, Floats, Floats]:
    """Similarities of probes with their own people, with each other one, and with the nearest of these."""
    random = np.random.default_rng(19795)
    own, others, nearest_other = [], [], []
    for _ in range(DRAWS):
        kept, probes = _split(photos, samples, random)
        table = np.stack([score(photos.vectors[probes], photos.vectors[rows]) for rows in kept], axis=1)
        is_own = photos.people[probes][:, None] == np.arange(len(kept))
        own.append(table[is_own])
        others.append(table[~is_own])
        nearest_other.append(np.where(is_own, -np.inf, table).max(axis=1))
    return np.concatenate(own), np.concatenate(others), np.concatenate(nearest_other)


def _split(
    photos: Labelled, samples: Sequence[int], random: np.random.Generator
) -> tuple[list[npt.NDArray[np.int64]], npt.NDArray[np.int64]]:
    """Rows that are kept of each person, and those that are matched; one at least is."""
    kept, probes = [], []
    for person in range(photos.count):
        rows = random.permutation(np.flatnonzero(photos.people == person))
        number = min(int(random.choice(samples)), len(rows) - 1)
        kept.append(rows[:number])
        probes.append(rows[number:])
    return kept, np.concatenate(probes)


if __name__ == "__main__":
    main()
