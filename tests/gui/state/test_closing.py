"""Each part of the window's state owns its tasks: closing it ends them, and their outcome is dropped."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.gui.main_window import MainWindow

Work = Callable[[MainWindow, Path], object]

WORK: dict[str, tuple[str, str, Work]] = {
    "decoding": ("photo", "photo", lambda window, photo: window.photo.open(photo)),
    "loading": ("model", "load", lambda window, photo: window.model.detect_small_faces(True)),
    "listing models": ("models", "list models", lambda window, photo: window.models.list(lambda rows: None)),
    "estimating": ("threshold", "error rates", lambda window, photo: window.threshold.estimate()),
    "scanning": ("unnamed", "scan", lambda window, photo: window.unnamed.scan([photo])),
    "reading conflicts": ("conflicts", "conflicts", lambda window, photo: window.conflicts.read()),
    "opening": ("gallery", "open gallery", lambda window, photo: window.gallery.open()),
    "exporting": (
        "gallery",
        "maintenance",
        lambda window, photo: window.transfers.export(photo.with_name("people.zip")),
    ),
}


@pytest.mark.parametrize("what", WORK)
def test_closing_ends_the_tasks_of_a_part(driver, no_face: Path, tmp_path: Path, what: str) -> None:
    part, key, begin = WORK[what]
    window = driver.window
    begin(window, Path(shutil.copy(no_face, tmp_path)))  # an export that is quicker writes beside it
    assert window.tasks.is_busy(key)
    getattr(window, part).close()
    assert not window.tasks.is_busy(key)
    driver.settle()


def test_a_photo_that_is_closed_while_it_is_decoded_is_never_shown(driver, astronaut_file: Path) -> None:
    shown: list[object] = []
    driver.window.photo.decoded.connect(shown.append)
    driver.window.photo.open(astronaut_file)
    driver.window.photo.close()
    driver.settle()
    assert shown == []
    assert driver.window.photo.photo is None
    assert not driver.window.photo.faces


def test_closing_the_gallery_ends_the_tasks_that_read_it(
    open_window, gallery_folder: Path, astronaut_again: Path
) -> None:
    driver = open_window(gallery_folder)
    driver.open(astronaut_again)
    window = driver.window
    ranked: list[object] = []
    window.photo.ranked.connect(ranked.append)
    window.photo.rank()
    assert window.tasks.is_busy("rank")
    window.gallery.close()
    assert not window.tasks.is_busy("rank")
    driver.settle()
    assert ranked == []
