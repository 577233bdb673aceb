"""An import says what it has found and leads to the next step; a folder that is gone is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from face_match.gallery.gallery import Gallery
from face_match.gui.shell.folder_import import next_step
from face_match.gui.shell.navigation import Page


def test_a_summary_leads_to_the_unnamed_faces_from_another_page(driver, album: Path) -> None:
    window = driver.window
    window.folder_import.scan([album])
    window.show_page(Page.PEOPLE)
    driver.settle()
    assert driver.message.startswith("Scanned 8 photos: 7 new unnamed faces.")
    assert driver.message.endswith("2 groups wait for a name.")
    button = window.message_bar.button
    assert (button.isVisible(), button.text()) == (True, "&Name them")
    button.click()
    driver.settle()
    assert window.pages.is_shown(Page.UNNAMED)
    assert not button.isVisible()


def test_no_button_is_needed_on_the_page_of_the_unnamed_faces(driver, album: Path) -> None:
    driver.window.folder_import.scan([album])
    driver.settle()
    assert driver.message.endswith("2 groups wait for a name.")
    assert not driver.window.message_bar.button.isVisible()


def test_the_next_step_counts_groups() -> None:
    assert next_step(1) == "1 group waits for a name."
    assert next_step(26) == "26 groups wait for a name."
    assert next_step(0) == "Every face has a name."


def test_a_folder_that_is_gone_when_its_import_is_resumed_is_asked_for(
    open_window, tmp_path: Path, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, moved = tmp_path / "Summer 1998", tmp_path / "moved"
    shutil.copytree(album, moved)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        gallery.set_unfinished_scans([gone])
    driver = open_window(tmp_path / "gallery")
    bar = driver.window.message_bar
    assert driver.message == "The import of “Summer 1998” was interrupted."
    bar.button.click()
    assert driver.message == f"The folder {gone} was not found. It may have been moved."
    assert bar.button.text() == "&Locate …"
    asked: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda _, title, *__: asked.append(title) or str(moved)
    )
    bar.button.click()
    driver.settle()
    assert asked == ["Where is “Summer 1998” now?"]
    assert driver.message.startswith("Scanned 8 photos: 7 new unnamed faces.")


def test_the_folder_of_a_photo_that_is_gone_is_asked_for_and_found_again(
    open_window, tmp_path: Path, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos, moved = tmp_path / "Summer 1998", tmp_path / "moved"
    shutil.copytree(album, photos)
    driver = open_window(tmp_path / "gallery")
    driver.window.folder_import.scan([photos])
    driver.settle()
    known = sorted(Path(photo.path) for photo in driver.window.gallery.gallery.photos())
    photos.rename(moved)
    driver.open(tmp_path / "elsewhere" / "never seen.jpg")
    bar = driver.window.message_bar
    assert not bar.button.isVisible(), "nothing of the gallery is missing"
    driver.open(known[0])
    assert driver.message == f"The folder {photos} was not found. It may have been moved."
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved))
    bar.button.click()
    driver.settle()
    found = sorted(Path(photo.path) for photo in driver.window.gallery.gallery.photos())
    assert found == [moved / path.name for path in known]
    assert "0 new unnamed faces" in driver.message
