"""A gallery's own faces as comparisons, and what is learned from them."""

from __future__ import annotations

import logging
from dataclasses import asdict, replace

import numpy as np

from face_match.decision.calibration import (
    FEWEST_PEOPLE,
    ProbabilityMap,
    people_to_learn_from,
    probability_map,
)
from face_match.decision.comparisons import Comparisons, with_people
from face_match.decision.scoring import rivalry_of
from face_match.errors import TooLittleDataError
from face_match.gallery.gallery import Gallery
from face_match.vision.models import model_info

log = logging.getLogger(__name__)


def comparisons_of(gallery: Gallery, model_id: str) -> Comparisons:
    """Each named face with everybody, and what was rejected with who was rejected for it.

    A rejection that knows how similar it was counts as an impostor comparison with a stranger, by that: its
    score was no higher. Scores have the three decimals by which a match is told (`threshold.is_match`).
    """
    rows = gallery.vectors(model_id, model_info(model_id).dimensions)
    folders, people = np.unique(rows.folders, return_inverse=True)
    found = with_people(rows.vectors, people, rivalry_of(model_id))
    found = replace(found, genuine=found.genuine.round(3), impostor=found.impostor.round(3))
    number_of = {folder: number for number, folder in enumerate(folders.tolist())}
    rejected = [
        (similarity, number_of[rejection.folder])
        for rejection in gallery.rejections()
        if rejection.folder in number_of
        if (similarity := rejection.similarity.get(model_id)) is not None
    ]
    return found.with_strangers(
        [similarity for similarity, _ in rejected], [number for _, number in rejected]
    )


def calibrate(gallery: Gallery, model_id: str, comparisons: Comparisons) -> ProbabilityMap:
    """Learn what a model's similarities mean in a gallery, and keep that.

    Raises:
        TooLittleDataError: nothing is kept.
        GalleryWriteError.
    """
    people = people_to_learn_from(comparisons)
    if people < FEWEST_PEOPLE:
        raise TooLittleDataError(people, FEWEST_PEOPLE)
    learned = probability_map(comparisons)
    gallery.keep_calibration(model_id, {"samples": gallery.face_count, "map": asdict(learned)})
    return learned


def kept_map(gallery: Gallery, model_id: str) -> ProbabilityMap | None:
    """What was learned before, if anything was."""
    record = gallery.calibration(model_id)
    if record is None:
        return None
    try:
        return ProbabilityMap.of_record(record["map"])
    except (KeyError, TypeError, ValueError):
        log.warning("what was learned about %s makes no sense; it is not used", model_id)
        return None
