"""Error rates of genuine and impostor comparisons at a threshold (ISO/IEC 19795-1).

A comparison of two photos of one person is genuine, of two people impostor. FMR, the false match rate, is the
share of impostor comparisons at or above a threshold. FNMR, the false non-match rate, is the share of genuine
comparisons below it. TAR, the true accept rate, is 1 − FNMR. Similarities are cosines, −1 to 1; higher is
more alike.

scikit-learn is not used: the window needs these rates while a slider moves, and scikit-learn takes a second
to import. The tests compare with its curves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class ErrorRates:
    """Error rates over weighted genuine and impostor comparisons. Rates are NaN without comparisons of the
    kind."""

    def __init__(
        self,
        genuine: npt.ArrayLike,
        impostor: npt.ArrayLike,
        genuine_weights: npt.ArrayLike | None = None,
        impostor_weights: npt.ArrayLike | None = None,
    ) -> None:
        """Take similarities, shapes (n,) and (m,), and their weights, of the same shapes; 1 by default."""
        self._genuine = _Scores(genuine, genuine_weights)
        self._impostor = _Scores(impostor, impostor_weights)

    def reweighted(self, genuine_weights: npt.ArrayLike, impostor_weights: npt.ArrayLike) -> ErrorRates:
        """The rates of the same comparisons with other weights, in the order in which the comparisons were
        given.

        Nothing is sorted again; it is fastest if both kinds were given in ascending order.
        """
        other = ErrorRates.__new__(ErrorRates)
        other._genuine = self._genuine.reweighted(genuine_weights)
        other._impostor = self._impostor.reweighted(impostor_weights)
        other.thresholds = self.thresholds
        return other

    def condensed(self) -> ErrorRates:
        """The same rates of each similarity once, with the weight of all comparisons that have it. Of scores
        that are rounded to three decimals these are at most 2,001, of a million comparisons."""
        (genuine, own), (impostor, others) = self._genuine.distinct(), self._impostor.distinct()
        return ErrorRates(genuine, impostor, own, others)

    @property
    def genuine_count(self) -> float:
        return self._genuine.total

    @property
    def impostor_count(self) -> float:
        return self._impostor.total

    def fmr(self, threshold: npt.ArrayLike) -> Floats:
        """The false match rate at a threshold, or at each of an array of them; NaN without impostor
        comparisons."""
        return self._impostor.share_at_or_above(threshold)

    def fnmr(self, threshold: npt.ArrayLike) -> Floats:
        """The false non-match rate, likewise."""
        return 1.0 - self._genuine.share_at_or_above(threshold)

    @cached_property
    def thresholds(self) -> Floats:
        """Every similarity that occurs and one above all of them, ascending, shape (t,): where the rates
        change."""
        occurring = np.sort(np.concatenate([self._genuine.similarities, self._impostor.similarities]))
        occurring = occurring[np.diff(occurring, prepend=-np.inf) > 0]  # np.unique takes ten times as long
        return np.append(occurring, np.nextafter(occurring[-1], np.inf) if len(occurring) else 1.0)

    def threshold_for_fmr(self, target: float) -> float:
        """The lowest threshold with an FMR of at most `target`, 0 to 1."""
        first = self._first_threshold(lambda threshold: not self.fmr(threshold) > target)
        return float(self.thresholds[first])

    def threshold_for_precision(self, target: float) -> float | None:
        """The lowest threshold at and above which the precision is at least `target` wherever there are
        matches; None if there is none."""
        precision = self.precision(self.thresholds)
        falls_short = np.flatnonzero(precision < target)
        first = int(falls_short[-1]) + 1 if len(falls_short) else 0
        if first >= len(precision) or np.isnan(precision[first]):
            return None
        return float(self.thresholds[first])

    def precision(self, threshold: npt.ArrayLike) -> Floats:
        """The share of genuine comparisons among those at or above a threshold; NaN if there are none."""
        true = self._genuine.share_at_or_above(threshold) * self._genuine.total
        false = self._impostor.share_at_or_above(threshold) * self._impostor.total
        with np.errstate(invalid="ignore"):
            return np.asarray(true / (true + false), np.float64)

    def can_estimate(self, fmr: float) -> bool:
        """Whether there are enough impostor comparisons for at least one false match at that FMR."""
        return self.impostor_count * fmr >= 1.0

    def tar_at_fmr(self, target: float) -> float:
        """The true accept rate at `threshold_for_fmr(target)`."""
        return float(1.0 - self.fnmr(self.threshold_for_fmr(target)))

    @cached_property
    def eer(self) -> float:
        """The equal error rate, where FMR and FNMR cross; interpolated linearly between two thresholds."""
        after = self._first_threshold(lambda threshold: not self.fnmr(threshold) < self.fmr(threshold))
        around = self.thresholds[[max(0, after - 1), after]]
        fmr, fnmr = self.fmr(around), self.fnmr(around)
        if after == 0:
            return float((fmr[0] + fnmr[0]) / 2)
        gap_before, gap_after = fmr[0] - fnmr[0], fnmr[1] - fmr[1]
        part = gap_before / (gap_before + gap_after) if gap_before + gap_after > 0 else 0.0
        return float(fmr[0] + part * (fmr[1] - fmr[0]))

    @cached_property
    def auc(self) -> float:
        """The area under the ROC curve: the probability that a genuine comparison has a higher similarity
        than an impostor one; ties count half."""
        above = self._impostor.share_at_or_above(self._genuine.similarities)
        over = self._impostor.share_at_or_above(np.nextafter(self._genuine.similarities, np.inf))
        wins = 1.0 - (above + over) / 2
        if self._genuine.total == 0:
            return float("nan")
        return float(np.average(wins, weights=self._genuine.weights))

    def _first_threshold(self, is_reached: Callable[[float], bool]) -> int:
        """The index of the lowest threshold that satisfies a condition which all higher ones satisfy."""
        return bisect_left(self.thresholds, True, key=is_reached)


class _Scores:
    """Weighted similarities in ascending order."""

    def __init__(self, similarities: npt.ArrayLike, weights: npt.ArrayLike | None) -> None:
        given = np.asarray(similarities, np.float64)
        is_ascending = bool((given[1:] >= given[:-1]).all())
        self._order = slice(None) if is_ascending else np.argsort(given, kind="stable")
        self.similarities: Floats = given[self._order]
        self._weigh(np.ones(len(given)) if weights is None else weights)

    def reweighted(self, weights: npt.ArrayLike) -> _Scores:
        other = _Scores.__new__(_Scores)
        other._order, other.similarities = self._order, self.similarities
        other._weigh(weights)
        return other

    def distinct(self) -> tuple[Floats, Floats]:
        """Each similarity that occurs, ascending, and its weight."""
        if not len(self.similarities):
            return self.similarities, self.weights
        firsts = np.flatnonzero(np.append(True, self.similarities[1:] != self.similarities[:-1]))
        return self.similarities[firsts], np.add.reduceat(self.weights, firsts)

    def _weigh(self, weights: npt.ArrayLike) -> None:
        self.weights: Floats = np.asarray(weights, np.float64)[self._order]
        self._weight_of_highest = np.zeros(len(self.weights) + 1)
        np.cumsum(self.weights[::-1], out=self._weight_of_highest[1:])
        self.total = float(self._weight_of_highest[-1])

    def share_at_or_above(self, threshold: npt.ArrayLike) -> Floats:
        """The share of the total weight at or above a threshold, or at each of an array of them."""
        places = self.similarities.searchsorted(threshold, side="left")
        if self.total == 0:
            return np.full(np.shape(places), np.nan)
        return np.asarray(self._weight_of_highest[len(self.similarities) - places] / self.total, np.float64)
