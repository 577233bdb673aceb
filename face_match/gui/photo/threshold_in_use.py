"""The threshold on the photo page: set by hand, or following the gallery."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from face_match.core.messages import (
    gallery_threshold_note,
    many_children_note,
    raised_threshold_note,
)
from face_match.core.model_families import ThresholdRange
from face_match.decision.active_threshold import ActiveThreshold, ThresholdSource
from face_match.decision.threshold import threshold_range
from face_match.gui.photo.page import PhotoPage
from face_match.gui.state.threshold_costs import ErrorEstimate, ThresholdCosts


class ThresholdInUse(QObject):
    """Shows the threshold, its error rates, and which matches reach it.

    Signals:
        message: gives a note on the threshold, once for each gallery and model.
    """

    message = Signal(str)

    def __init__(self, page: PhotoPage, costs: ThresholdCosts) -> None:
        super().__init__(page)
        self._page, self._costs = page, costs
        self._is_outdated = False  # an estimate came while a name was typed
        self._explained: set[tuple[str, ThresholdSource, bool]] = set()
        page.threshold.moved.connect(self._on_moved)
        page.threshold.slider.sliderReleased.connect(costs.save)
        page.costs.threshold_chosen.connect(page.threshold.choose)
        page.costs.rate_chosen.connect(self.follow)
        page.costs.default_chosen.connect(self.follow)
        costs.estimated.connect(self._on_costs_estimated)
        costs.model_changed.connect(self._on_model_changed)

    @property
    def range(self) -> ThresholdRange:
        """The slider's range and default for the model in use."""
        return threshold_range(self._costs.model_id)

    def follow(self, rate: float | None = None) -> None:
        """Let the threshold follow the gallery, at a rate of wrong suggestions or by default."""
        self._costs.follow(rate)
        self.show_threshold()

    def show_threshold(self) -> None:
        """Show the threshold that is in use now."""
        self._is_outdated = False
        in_use, page = self._costs.in_use, self._page
        if in_use.threshold != page.threshold.value:
            page.threshold.configure(self.range, in_use.threshold)
            page.matches.mark(in_use.threshold)
        page.costs.show_threshold(in_use)
        self._explain_once(in_use)

    def show_changes(self) -> None:
        """Show the threshold where it changed while a name was typed."""
        if self._is_outdated:
            self.show_threshold()

    def show_chances(self) -> None:
        """Show the probability of each match in the list."""
        costs = self._costs.current
        self._page.matches.show_chances(costs.probability if costs is not None else None)

    def _explain_once(self, in_use: ActiveThreshold) -> None:
        costs = self._costs
        case = (costs.model_id, in_use.source, bool(costs.many_children))
        impostor_model = costs.impostor_model(costs.model_id)
        if case in self._explained or impostor_model is None:
            return
        if in_use.source is ThresholdSource.RAISED:
            self.message.emit(raised_threshold_note(in_use.threshold, self.range.default))
        elif in_use.source is ThresholdSource.GALLERY:
            self.message.emit(gallery_threshold_note(in_use.threshold, impostor_model.people))
        elif costs.many_children:
            self.message.emit(many_children_note(costs.many_children))
        self._explained.add(case)

    def _on_moved(self, value: float) -> None:
        self._costs.set(value)
        self._page.costs.show_threshold(ActiveThreshold(value, ThresholdSource.SET))
        self._page.matches.mark(value)

    def _on_costs_estimated(self, costs: ErrorEstimate | None) -> None:
        self._page.costs.show_costs(costs, self.range)
        self._is_outdated = True
        if not self._page.name_edit.text():  # nothing changes while a name is typed
            self.show_threshold()
            self.show_chances()

    def _on_model_changed(self) -> None:
        self._page.threshold.configure(self.range, self._costs.threshold)
        self.show_threshold()
