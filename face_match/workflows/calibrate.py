"""A gallery's own faces as comparisons, and what is learned from them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from face_match.core.dates import birth_year
from face_match.core.errors import TooLittleDataError
from face_match.core.settings import Settings
from face_match.decision.ages import CHILD_UNTIL
from face_match.decision.calibration import FEWEST_PEOPLE, people_with_several_faces
from face_match.decision.comparisons import Comparisons, search_comparisons
from face_match.decision.identification import leave_one_out
from face_match.decision.impostor_model import ImpostorModel, active_threshold
from face_match.decision.probability import MEASURED_LOGISTICS, Logistic, Probability, fit_logistic
from face_match.decision.scoring import rivalry_for
from face_match.gallery.gallery import Gallery
from face_match.vision.models.registry import model_info

log = logging.getLogger(__name__)

_FEWEST_PROBES, _MOST_COMPARED = 100, 2_000_000
"""Faces of a gallery that tell how like strangers are, and comparisons: 10,000 faces take 20 ms."""

FEWEST_CHILDREN, MANY_CHILDREN = 3, 0.2
"""From so many on, and such a share of the people, it is said that the model knows children less well."""

_AS_MANY_AS = 20
"""Decisions, for half and half: it counts as much as so many on either side."""


def impostor_model_of(gallery: Gallery, model_id: str) -> ImpostorModel | None:
    """The model of the impostor scores in a gallery; None where too little is known.

    A fixed number of probes is used everywhere, so that window and command line have the same threshold.
    """
    rows = gallery.embeddings(model_id, model_info(model_id).dimensions)
    probes = max(_FEWEST_PROBES, _MOST_COMPARED // max(1, len(rows.folders)))
    _, people = _numbered(rows.folders)
    return ImpostorModel.fit(leave_one_out(rows.embeddings, people, rivalry_for(model_id), probes), model_id)


def children_to_warn_about(gallery: Gallery) -> int:
    """How many people are children by their birth dates; 0 where they are few."""
    latest = date.today().year - CHILD_UNTIL
    births = (birth_year(person.born) for person in gallery.people)
    children = sum(born is not None and born > latest for born in births)
    return children if children >= max(FEWEST_CHILDREN, MANY_CHILDREN * len(gallery.people)) else 0


def threshold_for(
    gallery: Gallery, model_id: str, settings: Settings, strangers: ImpostorModel | None = None
) -> float:
    """The threshold of a model in a gallery; see `impostor_model.active_threshold`.

    Args:
        strangers: of the gallery, if they are known already.
    """
    if strangers is None and model_id not in settings.thresholds:
        strangers = impostor_model_of(gallery, model_id)
    return active_threshold(model_id, strangers, settings.thresholds, settings.rates).threshold


def _numbered(folders: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The people of rows, and the number of each row's."""
    numbers: dict[str, int] = {}
    people = np.array([numbers.setdefault(folder, len(numbers)) for folder in folders], np.int64)
    return [*numbers], people


def probability_model_for(
    gallery: Gallery, model_id: str, strangers: ImpostorModel | None
) -> Probability | None:
    """How likely matches are right there; None where neither the model was measured nor the gallery has
    taught."""
    logistic = MEASURED_LOGISTICS.get(model_id) or learned_logistic(gallery, model_id)
    if logistic is None or strangers is None:
        return None
    decisions = gallery.naming_outcomes()
    share = (_AS_MANY_AS + decisions.strangers) / (2 * _AS_MANY_AS + sum(decisions))
    return Probability(logistic, strangers, share)


def calibration_comparisons(gallery: Gallery, model_id: str) -> Comparisons:
    """Each named face with everybody, and what was rejected with who was rejected for it.

    A rejection that knows how similar it was counts as an impostor comparison with a stranger, by that: its
    score was no higher. Scores have the three decimals by which a match is told (`threshold.is_match`).
    """
    rows = gallery.embeddings(model_id, model_info(model_id).dimensions)
    folders, people = _numbered(rows.folders)
    found = search_comparisons(rows.embeddings, people, rivalry_for(model_id))
    found = replace(found, genuine=found.genuine.round(3), impostor=found.impostor.round(3))
    number_of = {folder: number for number, folder in enumerate(folders)}
    rejected = [
        (similarity, number_of[rejection.folder])
        for rejection in gallery.all_rejections()
        if rejection.folder in number_of
        if (similarity := rejection.similarity.get(model_id)) is not None
    ]
    return found.with_impostors(
        [similarity for similarity, _ in rejected], [number for _, number in rejected]
    )


def calibrate(gallery: Gallery, model_id: str, comparisons: Comparisons) -> Logistic:
    """What scores of a model mean in a gallery: as measured; else it is learned from the gallery, and kept.

    Raises:
        TooLittleDataError: nothing is kept.
        GalleryWriteError.
    """
    people = people_with_several_faces(comparisons)
    if people < FEWEST_PEOPLE:
        raise TooLittleDataError(people, FEWEST_PEOPLE)
    if model_id in MEASURED_LOGISTICS:
        return MEASURED_LOGISTICS[model_id]
    learned = fit_logistic(comparisons.searches)
    gallery.save_calibration(model_id, {"samples": gallery.face_count, "logistic": asdict(learned)})
    return learned


def learned_logistic(gallery: Gallery, model_id: str) -> Logistic | None:
    """What was learned before, if anything was; what version 0.1 learned was of pairs, and is not used."""
    record = gallery.calibration(model_id)
    if record is None:
        return None
    try:
        return Logistic.of_record(record["logistic"])
    except (KeyError, TypeError, ValueError):
        log.warning("what was learned about %s makes no sense; it is not used", model_id)
        return None
