"""The active threshold: the one set by the user, else one that follows the gallery, else a default."""

from __future__ import annotations

from face_match.decision.active_threshold import (
    DEFAULT_FPIR,
    ActiveThreshold,
    ThresholdSource,
    active_threshold,
)
from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.threshold import threshold_range


def test_what_a_person_has_set_holds_whatever_the_gallery() -> None:
    risky = ImpostorModel(10, 0.95, 0.02)
    assert active_threshold("dlib", risky, {"dlib": 0.9}, {"dlib": 0.01}) == ActiveThreshold(
        0.9, ThresholdSource.SET
    )
    followed = active_threshold("dlib", risky, {"facenet": 0.9}, {"dlib": 0.05})
    assert followed == (risky.threshold_for_fpir(0.05), ThresholdSource.RATE, 0.05)
    assert active_threshold("dlib", None, {}, {"dlib": 0.05}) == ActiveThreshold(
        0.94, ThresholdSource.DEFAULT
    ), "nothing is known yet"


def test_the_default_of_an_added_model_gives_way_to_what_ten_people_tell() -> None:
    added = "arcface-3f2a91c0d4e5"
    told_lower, told_higher = ImpostorModel(26, 0.10, 0.05), ImpostorModel(26, 0.35, 0.06)
    for impostor_model in (told_lower, told_higher):
        assert active_threshold(added, impostor_model, {}, {}) == ActiveThreshold(
            impostor_model.threshold_for_fpir(DEFAULT_FPIR), ThresholdSource.GALLERY
        )
    assert active_threshold(added, None, {}, {}) == ActiveThreshold(
        threshold_range(added).default, ThresholdSource.DEFAULT
    )
    assert active_threshold(added, told_higher, {added: 0.3}, {}).source is ThresholdSource.SET
