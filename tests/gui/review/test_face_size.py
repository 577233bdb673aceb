"""The faces of the review are large at first, and as large as the slider says."""

from __future__ import annotations

from pathlib import Path

import pytest

from face_match.gui.shell.window_size import FIRST_SIZE
from tests.gui.conftest import OpenWindow
from tests.gui.review_driver import ReviewDriver

LEAST_PX, MOST_PX = 140, 200


@pytest.mark.parametrize("size", [(900, 600), FIRST_SIZE])
def test_faces_are_140_to_200_pixels_until_their_size_is_chosen(
    open_window: OpenWindow, scanned: Path, size: tuple[int, int]
) -> None:
    driver = open_window(scanned)
    driver.window.resize(*size)
    page = ReviewDriver(driver).page
    assert LEAST_PX <= page.grid.crop_px <= MOST_PX
    slider = page.face_size.slider
    slider.setValue(slider.maximum())
    driver.settle()
    assert page.grid.crop_px > MOST_PX
    slider.setValue(slider.minimum())
    driver.settle()
    assert page.grid.crop_px < LEAST_PX
