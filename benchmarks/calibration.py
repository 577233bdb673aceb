"""Does a gallery say rightly what a threshold costs? Half of the people predict it for the other half.

Thresholds are chosen on one half for an FMR; is the FMR of the other half within the interval stated? Done
many times with other halves. About 83 of 100 should be: the interval is of one half, and the FMR found in the
other one is as uncertain (the difference of two such figures has √2 times the standard deviation of one).

    python -m benchmarks.calibration FOLDER …      folders of person/photo; all together
"""

from __future__ import annotations

import numpy as np

from benchmarks.labelled import Labelled, folders_and_model, labelled, together
from face_match.decision.calibration import calibrated_threshold
from face_match.decision.comparisons import Comparisons, search_comparisons
from face_match.decision.scoring import RivalPenalty, rival_penalty_for

DRAWS = 40
FMRS = (1e-1, 1e-2, 1e-3)


def main() -> None:
    """Print a table."""
    options = folders_and_model(__doc__.splitlines()[0])
    sets = labelled(options.folders, options.model)
    print(f"{'photos':30} {'FMR':>6} {'within':>8} {'FMR of the other half, mean':>28}")
    for photos in [*sets, together(sets)] if len(sets) > 1 else sets:
        for fmr in FMRS:
            within, held_out = _tried(photos, fmr, rival_penalty_for(options.model))
            if held_out:
                row = f"{photos.name[:30]:30} {fmr:6g} {within:8.0%}"
                print(f"{row} {np.mean(held_out):28.3%}")


def _tried(photos: Labelled, fmr: float, rival_penalty: RivalPenalty) -> tuple[float, list[float]]:
    random = np.random.default_rng(19795)
    within, held_out = [], []
    for _ in range(DRAWS):
        order = random.permutation(photos.count)
        one, other = (_of(photos, half, rival_penalty) for half in np.array_split(order, 2))
        if one.rates.can_estimate(fmr):
            stated = calibrated_threshold(one, one.rates.threshold_for_fmr(fmr))
            found = float(other.rates.fmr(stated.threshold))
            if np.isnan(stated.fmr_interval.low):  # of too few people
                continue
            within.append(stated.fmr_interval.low <= found <= stated.fmr_interval.high)
            held_out.append(found)
    return float(np.mean(within)) if within else float("nan"), held_out


def _of(photos: Labelled, people: np.ndarray, rival_penalty: RivalPenalty) -> Comparisons:
    rows = np.isin(photos.people, people)
    people = np.unique(photos.people[rows], return_inverse=True)[1]
    return search_comparisons(photos.embeddings[rows], people, rival_penalty)


if __name__ == "__main__":
    main()
