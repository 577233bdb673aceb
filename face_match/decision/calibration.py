"""What a similarity means in one gallery: the chance that a match is true, and what a threshold costs there.

Learned from the gallery's own samples, each compared with every person as a photo would be
(`comparisons.with_people`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.decision.comparisons import Comparisons
from face_match.decision.error_rates import Floats
from face_match.decision.intervals import Interval, none_seen, over_people, replicates_for
from face_match.decision.threshold import PRECISION, at_least

FEWEST_PEOPLE = 10
"""With two samples or more, to be learned from. Ten people predicted the FMR of ten others within the
interval stated in 82 and 88 of 100 tries; 83 are to be expected (`python -m benchmarks.calibration`)."""

FOLDS = 5

LOWEST, HIGHEST = 0.001, 0.999
"""Of a probability: no number of samples that a gallery has can tell of less or more."""


FMRS = (1e-1, 1e-2, 1e-3, 1e-4)
"""For which thresholds are offered, as far as there are comparisons to tell."""


class Cost(NamedTuple):
    """What a threshold costs, with intervals of 95 % over people."""

    threshold: float
    fmr: float
    fmr_interval: Interval
    fnmr: float
    fnmr_interval: Interval


@dataclass(frozen=True)
class ProbabilityMap:
    """From a similarity to the chance that a match of it is true, where true and false ones are as frequent.

    Attributes:
        kind: "logistic", by a slope and an offset; or "isotonic", by corners between which it is straight.
    """

    kind: str
    slope: float = 0.0
    offset: float = 0.0
    similarities: tuple[float, ...] = ()
    probabilities: tuple[float, ...] = ()

    def __call__(self, similarity: npt.ArrayLike) -> Floats:
        """Higher for a higher similarity, from LOWEST to HIGHEST."""
        given = np.asarray(similarity, np.float64)
        if self.kind == "isotonic":
            found = np.interp(given, self.similarities, self.probabilities)
        else:
            found = 1.0 / (1.0 + np.exp(-np.clip(self.slope * given + self.offset, -500, 500)))
        return np.clip(found, LOWEST, HIGHEST)

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> ProbabilityMap:
        """What `asdict` has made of one; raises KeyError, TypeError or ValueError for anything else."""
        kind = str(record["kind"])
        corners = [tuple(float(x) for x in record[key]) for key in ("similarities", "probabilities")]
        if kind not in ("logistic", "isotonic") or len(corners[0]) != len(corners[1]):
            raise ValueError(kind)
        if kind == "isotonic" and not corners[0]:
            raise ValueError(kind)
        return cls(kind, float(record["slope"]), float(record["offset"]), *corners)


def people_to_learn_from(comparisons: Comparisons) -> int:
    """How many people have two samples or more."""
    return len(np.unique(comparisons.genuine_people))


def cost(comparisons: Comparisons, threshold: float) -> Cost:
    """What a threshold costs."""

    def figures_of(times: Floats) -> Floats:
        rates = comparisons.resampled(times)
        return np.array([rates.fmr(threshold), rates.fnmr(threshold)], np.float64)

    fmr, fnmr = figures_of(np.ones(comparisons.people))
    ends = over_people(comparisons.people, figures_of, replicates_for(len(comparisons.impostor)))
    if ends is None:
        nothing = Interval(float("nan"), float("nan"))
        return Cost(threshold, float(fmr), nothing, float(fnmr), nothing)
    intervals = [
        Interval(float(low), float(high) if share > 0 else none_seen(comparisons.people))
        for share, low, high in zip((fmr, fnmr), *ends, strict=True)
    ]
    return Cost(threshold, float(fmr), intervals[0], float(fnmr), intervals[1])


def offered(comparisons: Comparisons) -> list[Cost]:
    """What the thresholds cost that keep an FMR of `FMRS` each."""
    rates = comparisons.rates
    return [
        cost(comparisons, at_least(rates.threshold_at_fmr(fmr), PRECISION))
        for fmr in FMRS
        if rates.can_tell(fmr)
    ]


def probability_map(comparisons: Comparisons) -> ProbabilityMap:
    """Logistic (Platt, 1999) or isotonic (Zadrozny and Elkan, 2002, doi:10.1145/775047.775151): whichever
    tells true from false matches better, by log loss, among people that it was not fitted to.

    True and false comparisons weigh the same in all, however many there are of each.
    """
    similarities = np.concatenate([comparisons.genuine, comparisons.impostor])
    is_genuine = np.arange(len(similarities)) < len(comparisons.genuine)
    people = np.concatenate([comparisons.genuine_people, comparisons.impostor_people[0]])
    losses = {
        kind: _held_out_loss(kind, similarities, is_genuine, people) for kind in ("logistic", "isotonic")
    }
    return _fitted(min(losses, key=losses.__getitem__), similarities, is_genuine)


def _held_out_loss(
    kind: str, similarities: Floats, is_genuine: npt.NDArray[np.bool_], people: npt.NDArray[np.int64]
) -> float:
    from sklearn.metrics import log_loss
    from sklearn.model_selection import GroupKFold

    told = np.zeros(len(similarities))
    for fitted_to, held_out in GroupKFold(FOLDS).split(similarities, groups=people):
        told[held_out] = _fitted(kind, similarities[fitted_to], is_genuine[fitted_to])(similarities[held_out])
    return float(log_loss(is_genuine, told, sample_weight=_balanced(is_genuine)))


def _fitted(kind: str, similarities: Floats, is_genuine: npt.NDArray[np.bool_]) -> ProbabilityMap:
    weights = _balanced(is_genuine)
    if kind == "isotonic":
        from sklearn.isotonic import IsotonicRegression

        curve = IsotonicRegression(y_min=LOWEST, y_max=HIGHEST, out_of_bounds="clip")
        curve.fit(similarities, is_genuine, sample_weight=weights)
        return ProbabilityMap(
            kind, similarities=_floats(curve.X_thresholds_), probabilities=_floats(curve.y_thresholds_)
        )
    from sklearn.linear_model import LogisticRegression

    centre, spread = float(similarities.mean()), float(similarities.std()) or 1.0
    model = LogisticRegression(C=1.0).fit(
        ((similarities - centre) / spread)[:, None], is_genuine, sample_weight=weights
    )
    slope = float(model.coef_[0, 0]) / spread
    return ProbabilityMap(kind, slope, float(model.intercept_[0]) - slope * centre)


def _balanced(is_genuine: npt.NDArray[np.bool_]) -> Floats:
    """Weights with which both kinds count the same, and all together as often as they are."""
    genuine = max(1, int(is_genuine.sum()))
    impostor = max(1, len(is_genuine) - genuine)
    return np.where(is_genuine, len(is_genuine) / (2 * genuine), len(is_genuine) / (2 * impostor))


def _floats(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
