"""Enter confirms no faces that were not seen: their crops are read first, those of the next group ahead."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.gui.widgets.thumbnails import ThumbnailCache, read_face
from tests.gui.made_faces import made_clusters
from tests.gui.review_driver import SHIFT, ReviewDriver


@pytest.fixture
def slow_disk() -> Iterator[threading.Event]:
    """Set: crops are read at once; clear: not until it is set."""
    is_ready = threading.Event()
    is_ready.set()
    yield is_ready
    is_ready.set()


def wait_in(crops: ThumbnailCache, slow_disk: threading.Event) -> None:
    def read(gallery, face):
        slow_disk.wait()
        return read_face(gallery, face)

    crops._read_one = read


def test_a_suggestion_is_not_confirmed_before_its_faces_are_read(
    open_window, scanned: Path, tmp_path: Path, slow_disk: threading.Event
) -> None:
    review = ReviewDriver(open_window(Path(shutil.copytree(scanned, tmp_path / "gallery"))))
    review.press(Qt.Key.Key_Right, SHIFT)
    review.name("Colin Powell")
    page = review.page
    assert page.group.proposed_name == "Colin Powell"
    page.grid.crops.clear()
    wait_in(page.grid.crops, slow_disk)
    slow_disk.clear()
    page.grid.viewport().update()
    review.until(review.main.window.tasks.is_busy)
    for _ in range(2):
        review.main.qtbot.keyClick(review.focused, Qt.Key.Key_Return)
    page.main_button.click()
    assert review.people == {"Colin Powell": 2}
    slow_disk.set()
    review.settle()
    assert review.people == {"Colin Powell": 2}
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Colin Powell": 4}


def test_the_faces_of_the_next_group_are_read_before_it_is_shown(open_window, tmp_path: Path) -> None:
    review = ReviewDriver(open_window(made_clusters(tmp_path / "gallery", people=3, each=4)))
    grid, (first, second, third) = review.page.grid, review.groups
    assert review.group is first
    assert all(grid.crops.is_read(face.id) for face in (*first.faces, *second.faces))
    assert not any(grid.crops.is_read(face.id) for face in third.faces)
    review.press(Qt.Key.Key_PageDown)
    assert all(grid.crops.is_read(face.id) for face in third.faces)
