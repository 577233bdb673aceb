"""Non-maximum suppression, compared with the definition."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from face_match.core.types import Box
from face_match.vision.detectors.nms import BLOCK, nms

Floats = npt.NDArray[np.float32]


def by_definition(
    boxes: Floats, scores: Floats, max_overlap: float, *, greedy: bool, relative_to_smaller: bool
) -> list[int]:
    """Indices of the boxes kept, one box after the other."""
    kept: list[int] = []
    higher: list[int] = []
    for index in np.argsort(-scores, kind="stable").tolist():
        if all(
            overlap_of(boxes[index], boxes[other], relative_to_smaller=relative_to_smaller) <= max_overlap
            for other in (kept if greedy else higher)
        ):
            kept.append(index)
        higher.append(index)
    return kept


def overlap_of(box: Floats, other: Floats, *, relative_to_smaller: bool) -> float:
    one, two = (
        Box(float(left), float(top), float(right - left), float(bottom - top))
        for left, top, right, bottom in (box, other)
    )
    iou = one.overlap(two)
    shared = iou * (one.area + two.area) / (1 + iou)
    return shared / min(one.area, two.area) if relative_to_smaller else iou


@pytest.mark.parametrize("greedy", [True, False])
@pytest.mark.parametrize("relative_to_smaller", [True, False])
@pytest.mark.parametrize("count", [0, 1, 40, 2 * BLOCK + 3])
def test_nms_keeps_the_boxes_of_the_definition(
    count: int, *, greedy: bool, relative_to_smaller: bool
) -> None:
    rng = np.random.default_rng(count)
    corners = rng.uniform(0, 200, (count, 2))
    boxes = np.hstack([corners, corners + rng.uniform(20, 80, (count, 2))]).astype(np.float32)
    scores = rng.uniform(0, 1, count).astype(np.float32)
    kept = nms(boxes, scores, 0.45, greedy=greedy, relative_to_smaller=relative_to_smaller)
    expected = by_definition(boxes, scores, 0.45, greedy=greedy, relative_to_smaller=relative_to_smaller)
    assert kept.tolist() == expected


def test_a_suppressed_box_suppresses_others_in_mtcnns_rule_only() -> None:
    chain = np.array([[0, 0, 10, 10], [4, 0, 14, 10], [8, 0, 18, 10]], np.float32)
    scores = np.array([0.9, 0.8, 0.7], np.float32)
    assert nms(chain, scores, 0.4).tolist() == [0, 2]
    assert nms(chain, scores, 0.4, greedy=False).tolist() == [0]


def test_the_first_of_boxes_with_equal_scores_is_kept() -> None:
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [20, 0, 30, 10]], np.float32)
    assert nms(boxes, np.full(3, 0.5, np.float32), 0.4).tolist() == [0, 2]


def test_a_box_without_an_area_neither_suppresses_nor_is_suppressed() -> None:
    boxes = np.array([[5, 5, 5, 5], [0, 0, 10, 10], [8, 8, 2, 2]], np.float32)
    scores = np.array([0.9, 0.8, 0.7], np.float32)
    for greedy in (True, False):
        assert nms(boxes, scores, 0.4, greedy=greedy).tolist() == [0, 1, 2]
