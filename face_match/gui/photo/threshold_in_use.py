"""The threshold on the photo's page: set by hand, or following the gallery."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from face_match.core.error_messages import gallery_threshold_note, many_children_note, raised_threshold_note
from face_match.decision.impostor_model import ActiveThreshold, ThresholdSource
from face_match.decision.threshold import threshold_range
from face_match.gui.photo.page import Panel
from face_match.gui.state.session import Session
from face_match.gui.state.threshold_costs import Costs


class ThresholdInUse(QObject):
    """Keeps the slider, what it costs, the marks and the chances of matches as they are for the gallery.

    `said` gives what a person should know of the threshold, once for a gallery.
    """

    said = Signal(str)

    def __init__(self, session: Session, panel: Panel) -> None:
        super().__init__(panel)
        self._session, self._panel = session, panel
        self._told: set[tuple[str, str, ThresholdSource, bool]] = set()
        panel.threshold.moved.connect(self._on_moved)
        panel.threshold.slider.sliderReleased.connect(session.settings.save)
        panel.costs.threshold_chosen.connect(panel.threshold.choose)
        panel.costs.rate_chosen.connect(self.follow)
        panel.costs.default_chosen.connect(self.follow)
        session.costs.known.connect(self._on_costs_known)
        session.model_changed.connect(self._on_model_changed)

    def follow(self, rate: float | None = None) -> None:
        """Let the threshold follow the gallery, at a rate or by default."""
        self._session.settings.follow(self._session.model_id, rate)
        self._session.settings.save()
        self.apply()

    def apply(self) -> None:
        """Show the threshold as it is by now."""
        session, panel = self._session, self._panel
        in_use = session.active_threshold(session.model_id)
        if in_use.threshold != panel.threshold.value:
            panel.threshold.configure(threshold_range(session.model_id), in_use.threshold)
            panel.matches.mark(in_use.threshold)
        panel.costs.show_threshold(in_use)
        self._say_once(in_use)

    def _say_once(self, in_use: ActiveThreshold) -> None:
        session = self._session
        of = (str(session.folder), session.model_id, in_use.source, bool(session.costs.many_children))
        strangers = session.costs.strangers(session.model_id)
        if of in self._told or strangers is None:
            return
        if in_use.source is ThresholdSource.RAISED:
            self.said.emit(raised_threshold_note(in_use.threshold, threshold_range(session.model_id).default))
        elif in_use.source is ThresholdSource.GALLERY:
            self.said.emit(gallery_threshold_note(in_use.threshold, strangers.people))
        elif session.costs.many_children:
            self.said.emit(many_children_note(session.costs.many_children))
        self._told.add(of)

    def show_chances(self) -> None:
        """How likely the matches in the list are right."""
        costs = self._session.costs.current
        self._panel.matches.show_chances(costs.probability if costs is not None else None)

    def _on_moved(self, value: float) -> None:
        self._session.settings.set_threshold(self._session.model_id, value)
        self._panel.costs.show_threshold(ActiveThreshold(value, ThresholdSource.SET))
        self._panel.matches.mark(value)

    def _on_costs_known(self, costs: Costs | None) -> None:
        self._panel.costs.show_costs(costs, threshold_range(self._session.model_id))
        if not self._panel.name_edit.text():  # while somebody types, nothing changes
            self.apply()
            self.show_chances()

    def _on_model_changed(self) -> None:
        limits = threshold_range(self._session.model_id)
        self._panel.threshold.configure(limits, self._session.threshold)
        self.apply()
