"""What the threshold costs in the open gallery, learned in the background when named faces have changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from face_match.core.progress import IsCancelled, OnProgress
from face_match.decision.error_rates import ErrorRates
from face_match.gui.state.tasks import COSTS

if TYPE_CHECKING:
    from face_match.decision.comparisons import Comparisons
    from face_match.decision.impostor_model import ImpostorModel
    from face_match.decision.probability import Probability
    from face_match.gui.state.session import Session

FMRS, PRECISIONS = (1e-2, 1e-3, 1e-4), (0.99, 0.999)
"""For which thresholds are offered."""


class Costs(NamedTuple):
    """What is known of a model's similarities.

    Attributes:
        rates: of comparisons of a face with a person.
        comparisons: the same, where they are the gallery's own; else they are the model's reference figures.
        people, faces: from which they come.
        strangers: how like the gallery's people strangers are; None where that is not known.
        probability: how likely matches are right; None where that is not known.
        at_fmr, at_precision: the threshold that keeps each; None where there are too few to tell.
    """

    rates: ErrorRates
    comparisons: Comparisons | None
    people: int
    faces: int
    strangers: ImpostorModel | None
    probability: Probability | None
    at_fmr: Mapping[float, float | None]
    at_precision: Mapping[float, float | None]


class CostsOfGallery(QObject):
    """Of a session. `known` gives Costs, or None where there is nothing to say."""

    known = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._of: tuple[str, str, int] | None = None
        self._learned = _NOTHING
        session.gallery_changed.connect(self.refresh)
        session.gallery_opened.connect(self.learn)
        session.model_changed.connect(self.learn)

    def refresh(self) -> None:
        """Learn again if the gallery is another one, or has other named faces than before."""
        session, gallery = self._session, self._session.gallery
        if gallery is None or session.is_opening or session.changes.is_saving:
            return
        if self._of != (str(gallery.folder), session.model_id, gallery.revision):
            self.learn()

    def learn(self) -> None:
        """What there is to know of the gallery and the model as they are now."""
        session, gallery = self._session, self._session.gallery
        if gallery is None or not session.model_id:
            return
        model_id = session.model_id
        of = (str(gallery.folder), model_id, gallery.revision)
        if of == self._of and session.tasks.is_busy("costs"):  # a gallery that opens comes with its model
            return
        if self._of is not None and of[:2] != self._of[:2]:
            self._learned = _NOTHING
        self._of = of

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Learned:
            from face_match.decision.calibration import FEWEST_PEOPLE, people_with_several_faces
            from face_match.decision.reference_figures import reference_figures
            from face_match.workflows.calibrate import (
                calibration_comparisons,
                children_to_warn_about,
                impostor_model_of,
                probability_model_for,
            )

            comparisons, strangers = (
                calibration_comparisons(gallery, model_id),
                impostor_model_of(gallery, model_id),
            )
            children = children_to_warn_about(gallery)
            probability = probability_model_for(gallery, model_id, strangers)
            people = people_with_several_faces(comparisons)
            if people >= FEWEST_PEOPLE:
                rates, own, faces = comparisons.rates, comparisons, len(comparisons.genuine)
            elif (figures := reference_figures(model_id)) is not None:
                rates, own, people, faces = figures.rates, None, figures.people, figures.photos
            else:
                return _Learned(model_id, strangers, children, None)
            at_fmr = {f: rates.threshold_for_fmr(f) if rates.can_estimate(f) else None for f in FMRS}
            at_precision = {p: rates.threshold_for_precision(p) for p in PRECISIONS}
            costs = Costs(rates, own, people, faces, strangers, probability, at_fmr, at_precision)
            return _Learned(model_id, strangers, children, costs)

        session.tasks.start(COSTS, job, self._on_learned, session.fail, key="costs", owner=gallery)

    def strangers(self, model_id: str) -> ImpostorModel | None:
        """Of the open gallery, as far as it is known yet."""
        return self._learned.strangers if self._learned.model_id == model_id else None

    @property
    def many_children(self) -> int:
        """How many people of the open gallery are children, if they are many."""
        return self._learned.children

    @property
    def current(self) -> Costs | None:
        """Of the open gallery and the model in use, as far as they are known yet."""
        return self._learned.costs

    def _on_learned(self, learned: _Learned) -> None:
        self._learned = learned
        self.known.emit(learned.costs)


class _Learned(NamedTuple):
    model_id: str
    strangers: ImpostorModel | None
    children: int
    costs: Costs | None


_NOTHING = _Learned("", None, 0, None)
