"""How often does a stranger find somebody? Galleries of ten people, at one threshold after the other.

Ten people are drawn, with three samples each; their other photos are matched, and those of everybody else,
who are strangers. FPIR is the share of strangers for whom anybody reaches the threshold, FNIR that of people
of the gallery who do not come first at or above it.

    python -m benchmarks.open_set FOLDER …      folders of person/photo; the last line is of all together
"""

from __future__ import annotations

import numpy as np

from benchmarks.labelled import Labelled, folders_and_model, labelled, together
from face_match.decision.threshold import STEP, marked_from, threshold_range

DRAWS, PEOPLE, SAMPLES = 100, 10, 3


def main() -> None:
    """Print a table."""
    options = folders_and_model(__doc__.splitlines()[0])
    default = threshold_range(options.model).default
    thresholds = [round(default + step * STEP, 3) for step in range(-3, 4)]
    print(f"{'':26}" + "".join(f"{f'{threshold:.3f}':>16}" for threshold in thresholds))
    print(f"{'':26}" + f"{'FPIR    FNIR':>16}" * len(thresholds))
    sets = labelled(options.folders, options.model)
    for photos in [*sets, together(sets)] if len(sets) > 1 else sets:
        people = min(PEOPLE, photos.count // 2)
        strangers, own, is_first = _drawn(photos, people)
        cells = []
        for threshold in thresholds:
            fpir = float((strangers >= marked_from(threshold)).mean())
            fnir = float(1 - ((own >= marked_from(threshold)) & is_first).mean())
            cells.append(f"{f'{fpir:.2%}  {fnir:6.2%}':>16}")
        print(f"{f'{photos.name[:15]}, {people} people':26}" + "".join(cells))


def _drawn(photos: Labelled, people: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Best similarity of each stranger; of each other probe that with its own person, and if it is first."""
    random = np.random.default_rng(19795)
    strangers, own, is_first = [], [], []
    for _ in range(DRAWS):
        chosen = random.permutation(photos.count)[:people]
        kept, probes, whose = [], [], []
        for number, person in enumerate(chosen):
            rows = random.permutation(np.flatnonzero(photos.people == person))
            kept.append(rows[:SAMPLES])
            probes.append(rows[SAMPLES:])
            whose += [number] * len(rows[SAMPLES:])

        def best(rows: np.ndarray, kept: list[np.ndarray] = kept) -> np.ndarray:
            probes = photos.vectors[rows]
            return np.stack([(probes @ photos.vectors[samples].T).max(axis=1) for samples in kept], axis=1)

        strangers.append(best(np.flatnonzero(~np.isin(photos.people, chosen))).max(axis=1))
        table = best(np.concatenate(probes))
        own.append(table[np.arange(len(table)), whose])
        is_first.append(table.argmax(axis=1) == whose)
    return np.concatenate(strangers), np.concatenate(own), np.concatenate(is_first)


if __name__ == "__main__":
    main()
