"""The active threshold on the photo page: set by hand, or following the gallery."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from face_match.core.model_families import ThresholdRange
from face_match.core.notes import gallery_threshold_note, many_children_note, raised_threshold_note
from face_match.decision.active_threshold import ActiveThreshold, ThresholdSource
from face_match.decision.threshold import threshold_range
from face_match.gui.photo.page import PhotoPage
from face_match.gui.state.threshold import ErrorEstimate, ThresholdState


class ActiveThresholdPresenter(QObject):
    """Shows the threshold, its error rates, and which matches reach it.

    Signals:
        message: gives a note on the threshold, once for each gallery and model.
        changed: another threshold is active.
    """

    message = Signal(str)
    changed = Signal()

    def __init__(self, page: PhotoPage, state: ThresholdState) -> None:
        super().__init__(page)
        self._page, self._state = page, state
        self._has_pending_estimate = False  # an estimate came while a name was typed
        self._explained: set[tuple[str, str]] = set()
        page.threshold.moved.connect(self._on_moved)
        page.threshold.slider.sliderReleased.connect(state.save)
        page.error_rates.threshold_chosen.connect(page.threshold.choose)
        page.error_rates.rate_chosen.connect(self.follow)
        page.error_rates.default_chosen.connect(self.follow)
        state.estimated.connect(self._on_estimated)
        state.model_changed.connect(self._on_model_changed)

    @property
    def range(self) -> ThresholdRange:
        """The slider's range and default for the model in use."""
        return threshold_range(self._state.model_id)

    def follow(self, rate: float | None = None) -> None:
        """Let the threshold follow the gallery, at a rate of wrong suggestions or by default."""
        self._state.follow(rate)
        self.show_threshold()

    def show_threshold(self) -> None:
        """Show the threshold that is active now."""
        self._has_pending_estimate = False
        active, page = self._state.active, self._page
        page.matches.usual = self._state.recommended
        if active.threshold != page.threshold.value:
            page.threshold.configure(self.range, active.threshold)
            page.matches.mark(active.threshold)
            self.changed.emit()
        page.error_rates.show_threshold(active, self._state.recommended)
        self._explain_once(active)

    def show_changes(self) -> None:
        """Show the threshold where it changed while a name was typed."""
        if self._has_pending_estimate:
            self.show_threshold()

    def show_chances(self) -> None:
        """Show the probability of each match in the list."""
        estimate = self._state.error_estimate
        self._page.matches.show_chances(estimate.probability if estimate is not None else None)

    def _explain_once(self, active: ActiveThreshold) -> None:
        """Say why the threshold is not the default, and that many people are children, each once."""
        state, notes = self._state, {}
        impostor_model = state.impostor_model(state.model_id)
        if impostor_model is not None and active.source is ThresholdSource.RAISED:
            notes[state.model_id, "raised"] = raised_threshold_note(active.threshold, self.range.default)
        elif impostor_model is not None and active.source is ThresholdSource.GALLERY:
            notes[state.model_id, "gallery"] = gallery_threshold_note(active.threshold, impostor_model.people)
        if state.many_children:
            notes[state.model_id, "children"] = many_children_note(state.many_children)
        new = notes.keys() - self._explained
        if new:
            self.message.emit(" ".join(note for case, note in notes.items() if case in new))
            self._explained |= new

    def _on_moved(self, value: float) -> None:
        self._state.set(value)
        active = ActiveThreshold(value, ThresholdSource.SET)
        self._page.error_rates.show_threshold(active, self._state.recommended)
        self._page.matches.mark(value)
        self.changed.emit()

    def _on_estimated(self, estimate: ErrorEstimate | None) -> None:
        self._page.error_rates.show_estimate(estimate, self.range)
        self._has_pending_estimate = True
        if not self._page.name_edit.text():  # nothing changes while a name is typed
            self.show_threshold()
            self.show_chances()

    def _on_model_changed(self) -> None:
        self._page.threshold.configure(self.range, self._state.value)
        self.show_threshold()
