"""The active threshold and its error rates in the open gallery, estimated again when named faces change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.settings import Settings
from face_match.decision.active_threshold import ActiveThreshold, active_threshold
from face_match.decision.error_rates import ErrorRates
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import COMPARISONS, Tasks

if TYPE_CHECKING:
    from face_match.decision.impostor_model import ImpostorModel
    from face_match.decision.probability import Probability
    from face_match.gallery.gallery import Gallery

FMRS, PRECISIONS = (1e-2, 1e-3, 1e-4), (0.99, 0.999)
"""Targets that the window offers thresholds for."""


class ErrorEstimate(NamedTuple):
    """The estimated error rates of a model in a gallery.

    Attributes:
        rates: FMR and FNMR of comparisons of a face with a person.
        is_own: whether these are of this gallery; else `rates` are the model's reference figures.
        people, faces: the numbers that `rates` were estimated from.
        impostor_model: of the gallery; None where there are too few people.
        probability: that a match is right; None where it is unknown.
        at_fmr, at_precision: threshold for each target; None where there is too little data.
    """

    rates: ErrorRates
    is_own: bool
    people: int
    faces: int
    impostor_model: ImpostorModel | None
    probability: Probability | None
    at_fmr: Mapping[float, float | None]
    at_precision: Mapping[float, float | None]


class _Estimate(NamedTuple):
    model_id: str
    impostor_model: ImpostorModel | None
    children: int
    error_estimate: ErrorEstimate | None


_NOTHING = _Estimate("", None, 0, None)


class ThresholdState(QObject):
    """The active threshold of the model in use, and its error rates in the open gallery.

    Signals:
        estimated: gives an ErrorEstimate, or None where they are unknown.
        model_changed: `model_id` is another one.
    """

    estimated = Signal(object)
    model_changed = Signal()

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        settings: Settings,
        tasks: Tasks,
    ) -> None:
        super().__init__(tasks)
        self._gallery = gallery
        self._model = model
        self._settings = settings
        self._tasks = tasks
        self._estimated_for: tuple[str, int] | None = None
        self._estimate = _NOTHING
        gallery.changed.connect(self.refresh)
        gallery.opened.connect(self.estimate)
        gallery.closed.connect(self._on_gallery_closed)
        model.changed.connect(self._on_model_changed)

    # The threshold

    @property
    def model_id(self) -> str:
        """The id of the model that the threshold is for."""
        return self._model.id

    @property
    def value(self) -> float:
        """The score from which a face matches, under the model in use."""
        return self.active.threshold

    @property
    def active(self) -> ActiveThreshold:
        """The threshold, and where it comes from."""
        model_id = self._model.id
        impostor_model = self.impostor_model(model_id)
        return active_threshold(model_id, impostor_model, self._settings.thresholds, self._settings.rates)

    @property
    def recommended(self) -> float:
        """The threshold that nobody has changed."""
        return active_threshold(self._model.id, self.impostor_model(self._model.id), {}, {}).threshold

    def threshold_in(self, gallery: Gallery, model_id: str) -> Callable[[], float]:
        """A function that returns the threshold of a model in a gallery; call it in the background."""
        impostor_model = self.impostor_model(model_id)

        def read() -> float:
            from face_match.workflows.calibrate import threshold_for

            return threshold_for(gallery, model_id, self._settings, impostor_model)

        return read

    def set(self, threshold: float) -> None:
        """Use a threshold whatever the gallery; call `save` when it is final."""
        self._settings.set_threshold(self._model.id, threshold)

    def follow(self, rate: float | None = None) -> None:
        """Let the threshold follow the gallery, at a rate of wrong suggestions or by default."""
        self._settings.follow(self._model.id, rate)
        self.save()

    def save(self) -> None:
        """Write the threshold into the settings."""
        self._settings.save()

    # Its error rates

    @property
    def error_estimate(self) -> ErrorEstimate | None:
        """The error rates in the open gallery; None until they are estimated, or where they are unknown."""
        return self._estimate.error_estimate

    def impostor_model(self, model_id: str) -> ImpostorModel | None:
        """The impostor model of the open gallery; None until it is estimated, or where it is unknown."""
        return self._estimate.impostor_model if self._estimate.model_id == model_id else None

    @property
    def many_children(self) -> int:
        """How many people of the open gallery are children; 0 where they are few."""
        return self._estimate.children

    def refresh(self) -> None:
        """Estimate again if named faces have changed."""
        gallery = self._gallery.gallery
        if gallery is not None and self._estimated_for != (self._model.id, gallery.revision):
            self.estimate()

    def estimate(self) -> None:
        """Estimate the error rates of the gallery under the model, as they are now."""
        gallery, model_id = self._gallery.gallery, self._model.id
        if gallery is None or not model_id:
            return
        now = (model_id, gallery.revision)
        if now == self._estimated_for and self._tasks.is_busy("error rates"):
            return  # a gallery that opens emits two signals
        if self._estimate.model_id != model_id:
            self._estimate = _NOTHING
        self._estimated_for = now
        owners = (self, gallery)

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Estimate:
            from face_match.decision.calibration import FEWEST_PEOPLE, people_with_several_faces
            from face_match.decision.reference_figures import reference_figures
            from face_match.workflows.calibrate import (
                calibration_comparisons,
                children_to_warn_about,
                impostor_model_of,
                probability_model_for,
            )

            comparisons, impostor_model = (
                calibration_comparisons(gallery, model_id),
                impostor_model_of(gallery, model_id),
            )
            children = children_to_warn_about(gallery)
            probability = probability_model_for(gallery, model_id, impostor_model)
            people = people_with_several_faces(comparisons)
            if people >= FEWEST_PEOPLE:
                rates, is_own, faces = comparisons.rates.condensed(), True, len(comparisons.genuine)
            elif (figures := reference_figures(model_id)) is not None:
                rates, is_own, people, faces = figures.rates, False, figures.people, figures.photos
            else:
                return _Estimate(model_id, impostor_model, children, None)
            at_fmr = {f: rates.threshold_for_fmr(f) if rates.can_estimate(f) else None for f in FMRS}
            at_precision = {p: rates.threshold_for_precision(p) for p in PRECISIONS}
            estimate = ErrorEstimate(
                rates, is_own, people, faces, impostor_model, probability, at_fmr, at_precision
            )
            return _Estimate(model_id, impostor_model, children, estimate)

        self._tasks.start(COMPARISONS, job, self._on_estimated, key="error rates", owners=owners)

    def close(self) -> None:
        """Stop estimating."""
        self._tasks.end_tasks_of(self)

    def _on_estimated(self, estimate: _Estimate) -> None:
        self._estimate = estimate
        self.estimated.emit(estimate.error_estimate)

    def _on_model_changed(self) -> None:
        self.estimate()
        self.model_changed.emit()

    def _on_gallery_closed(self) -> None:
        """Another gallery may have the same number of changes."""
        self._estimated_for = None
