"""Calibrate thresholds and probabilities from a gallery's own faces."""

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
from face_match.decision.active_threshold import active_threshold
from face_match.decision.ages import CHILD_UNTIL
from face_match.decision.calibration import FEWEST_PEOPLE, people_with_several_faces
from face_match.decision.comparisons import Comparisons, search_comparisons
from face_match.decision.identification import leave_one_out
from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.probability import MEASURED_LOGISTICS, Logistic, Probability, fit_logistic
from face_match.decision.scoring import rival_penalty_for
from face_match.gallery.gallery import Gallery
from face_match.vision.models.registry import model_info

log = logging.getLogger(__name__)

_FEWEST_PROBES, _MOST_COMPARED = 100, 2_000_000
"""Probes, and comparisons of them, for the impostor model: 10,000 faces take 20 ms."""

FEWEST_CHILDREN, MANY_CHILDREN = 3, 0.2
"""The number of children, and their share of the people, from which the user is warned that the model tells
children apart less well."""

_PRIOR_DECISIONS = 20
"""Weight of the prior share of impostors, one half, in decisions for each side."""


def impostor_model_of(gallery: Gallery, model_id: str) -> ImpostorModel | None:
    """The model of the impostor scores in a gallery; None where too little is known.

    A fixed number of probes is used everywhere, so that window and command line have the same threshold.
    """
    rows = gallery.embeddings(model_id, model_info(model_id).dimensions)
    probes = max(_FEWEST_PROBES, _MOST_COMPARED // max(1, len(rows.folders)))
    _, people = _numbered(rows.folders)
    searches = leave_one_out(rows.embeddings, people, rival_penalty_for(model_id), probes)
    return ImpostorModel.fit(searches, model_id, rows.people_left_out)


def children_to_warn_about(gallery: Gallery) -> int:
    """The number of children by birth dates; 0 if they are few."""
    latest = date.today().year - CHILD_UNTIL
    births = (birth_year(person.born) for person in gallery.people)
    children = sum(born is not None and born > latest for born in births)
    return children if children >= max(FEWEST_CHILDREN, MANY_CHILDREN * len(gallery.people)) else 0


def threshold_for(
    gallery: Gallery, model_id: str, settings: Settings, impostor_model: ImpostorModel | None = None
) -> float:
    """The threshold of a model in a gallery; see `active_threshold`.

    Args:
        impostor_model: the gallery's impostor model, if it has been computed already.
    """
    if impostor_model is None and model_id not in settings.thresholds:
        impostor_model = impostor_model_of(gallery, model_id)
    return active_threshold(model_id, impostor_model, settings.thresholds, settings.rates).threshold


def _numbered(folders: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The people of rows, and the number of the person of each row, shape (rows,)."""
    numbers: dict[str, int] = {}
    people = np.array([numbers.setdefault(folder, len(numbers)) for folder in folders], np.int64)
    return [*numbers], people


def probability_model_for(
    gallery: Gallery, model_id: str, impostor_model: ImpostorModel | None
) -> Probability | None:
    """The probabilities of matches in a gallery; None if the model was neither measured nor calibrated
    there."""
    logistic = MEASURED_LOGISTICS.get(model_id) or learned_logistic(gallery, model_id)
    if logistic is None or impostor_model is None:
        return None
    decisions = gallery.naming_outcomes()
    share = (_PRIOR_DECISIONS + decisions.strangers) / (2 * _PRIOR_DECISIONS + sum(decisions))
    return Probability(logistic, impostor_model, share)


def calibration_comparisons(gallery: Gallery, model_id: str) -> Comparisons:
    """Each named face compared with every person, and rejected faces with the person they were rejected for.

    A rejection with a known similarity is an impostor comparison with an unknown person. The similarity
    stands for the score, which was not higher. Scores are rounded to three decimals, as `is_match` compares
    them. Of a very large gallery on a server a sample of people is compared.
    """
    rows = gallery.embeddings(model_id, model_info(model_id).dimensions)
    folders, people = _numbered(rows.folders)
    found = search_comparisons(rows.embeddings, people, rival_penalty_for(model_id))
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
    """The logistic function of a model: the measured one, else one fitted to the gallery, which is then
    stored.

    Raises:
        TooLittleDataError: nothing is stored.
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
    """The logistic function stored by an earlier calibration; None if there is none, or one of version 0.1,
    over pairs."""
    record = gallery.calibration(model_id)
    if record is None:
        return None
    try:
        return Logistic.of_record(record["logistic"])
    except (KeyError, TypeError, ValueError):
        log.warning("the stored calibration of %s is invalid and is not used", model_id)
        return None
