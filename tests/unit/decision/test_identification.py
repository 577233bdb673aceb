"""The figures that docs/accuracy.md gives for ten people, measured again by the command that it names."""

from __future__ import annotations

from pathlib import Path

from benchmarks.identification import measure
from face_match.decision.threshold import threshold_range
from face_match.vision.pipeline import FacePipeline


def test_three_photos_of_each_of_ten_people_are_enough_to_know_the_others(
    shared_faces: Path, pipeline: FacePipeline
) -> None:
    figures = measure(shared_faces / "lfw10", pipeline, threshold_range("dlib").default)
    assert figures.probes == 70
    assert figures.rank1 / figures.probes >= 0.98
    assert figures.marked / figures.probes >= 0.95
    assert figures.others_marked / figures.others <= 0.005
    assert figures.other_faces_marked / figures.other_faces <= 0.005
