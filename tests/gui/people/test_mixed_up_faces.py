"""Two people who are easily mixed up: the list marks neither, says why, and asks before it names one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.gui.review_driver import ReviewDriver


@pytest.fixture
def copies(astronaut_file: Path, tmp_path: Path) -> Sequence[Path]:
    """Three copies of a photo, each a little smaller than the one before."""
    paths = []
    with Image.open(astronaut_file) as image:
        for size in (512, 500, 488):
            paths.append(tmp_path / f"{size}.png")
            image.resize((size, size)).save(paths[-1])
    return paths


@pytest.fixture
def twins(pipeline: FacePipeline, copies: Sequence[Path], tmp_path: Path) -> Path:
    """A gallery in which Eileen and Twin look the same; the third photo is in it, unnamed."""
    with Gallery.open(tmp_path / "twins", for_writing=True) as gallery:
        for name, path in zip(("Eileen", "Twin", None), copies, strict=True):
            photo = load_photo(path)
            (face,) = pipeline.embed(photo, pipeline.detect(photo))
            if name is not None:
                gallery.add(name, NewFace.of(face), photo, path)
            else:
                gallery.record_photo(photo, path, scan="m", faces=[NewFace.of(face)])
    return tmp_path / "twins"


def test_neither_is_marked_and_the_row_says_why(open_window, twins: Path, copies: Sequence[Path]) -> None:
    driver = open_window(twins)
    driver.open(copies[2])
    assert sorted(row[:8] for row in driver.rows) == ["— Eileen", "— Twin  "]
    first, second = driver.window.photo_page.matches.item(0), driver.window.photo_page.matches.item(1)
    names = [first.text().split()[1], second.text().split()[1]]
    why = f"{names[0]} and {names[1]} are easily mixed up: too close to decide."
    for item in (first, second):
        assert item.toolTip().endswith(why)
        assert item.data(Qt.ItemDataRole.AccessibleTextRole).endswith(f"below the threshold, Maybe. {why}")
    assert driver.question == f"{names[0]} or {names[1]}?"
    driver.window.photo_page.threshold.slider.setValue(driver.window.photo_page.threshold.slider.minimum())
    assert all(row.startswith("—") for row in driver.rows)
    asked = driver.answer(QMessageBox.StandardButton.No)
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert why in asked[0]
    assert driver.faces_of(names[0]) == 1


def test_a_rejection_of_one_leaves_the_other(open_window, twins: Path, copies: Sequence[Path]) -> None:
    driver = open_window(twins)
    driver.open(copies[2])
    (other,) = {"Eileen", "Twin"} - {driver.rows[0].split()[1]}
    driver.press(Qt.Key.Key_Delete)
    driver.settle()
    assert [row[: 2 + len(other)] for row in driver.rows] == [f"✅ {other}"]


def test_the_review_suggests_neither_and_says_why(open_window, twins: Path) -> None:
    review = ReviewDriver(open_window(twins))
    text = review.page.explanation.whole_text
    assert "are easily mixed up: too close to decide." in text
    assert "Probably someone new" not in text
