"""Opening another gallery, the recent ones, and moving the open one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from face_match.core.settings import Settings
from face_match.gallery.relocation import records_digest
from face_match.gallery.storage.lock import WriterLock
from face_match.gui.dialogs.galleries import GalleriesDialog
from tests.gui.menu_driver import answering, names, pressing, trigger


@pytest.fixture
def eileen(driver, astronaut_file: Path):
    driver.add(astronaut_file, "Eileen")
    return driver


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch):
    """What the dialog for folders, which is the system's, will answer."""

    def choose(folder: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))

    return choose


def test_a_gallery_is_moved_and_used_in_its_new_place_also_at_the_next_start(
    eileen, open_window, choosing, tmp_path: Path, hopper_file: Path
) -> None:
    old, new = eileen.window.gallery.folder, tmp_path / "elsewhere"
    choosing(new)
    trigger(eileen, "move gallery")
    assert eileen.message == f"The gallery is in {new} now."
    assert eileen.window.gallery.folder == new
    assert not old.exists()
    eileen.add(hopper_file, "Grace")
    assert names(eileen) == ["Eileen", "Grace"]
    eileen.window.close()
    again = open_window(old)
    assert again.window.gallery.folder == new
    assert names(again) == ["Eileen", "Grace"]


def test_a_folder_with_other_things_gets_a_folder_for_the_gallery(eileen, choosing, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("dear", "utf-8")
    choosing(tmp_path / "papers")
    trigger(eileen, "move gallery")
    assert eileen.window.gallery.folder == tmp_path / "papers" / "Face Match gallery"
    assert names(eileen) == ["Eileen"]


def test_a_gallery_that_cannot_be_moved_stays_open_where_it_is(eileen, choosing) -> None:
    old = eileen.window.gallery.folder
    choosing(old / "inside")
    trigger(eileen, "move gallery")
    assert "It is where it was." in eileen.message
    assert eileen.window.gallery.folder == old
    assert eileen.window.gallery.gallery.is_writable
    assert names(eileen) == ["Eileen"]


def test_it_is_not_moved_while_another_window_has_it(driver, open_window) -> None:
    second = open_window(driver.window.gallery.folder)
    assert not second.window.gallery.gallery.is_writable
    assert not second.window.menus.actions["move gallery"].isEnabled()


@pytest.mark.parametrize("was_remembered", [True, False])
def test_a_move_that_was_killed_is_ended_at_the_next_start_and_said(
    eileen, open_window, tmp_path: Path, was_remembered: bool
) -> None:
    old, new = eileen.window.gallery.folder, tmp_path / "elsewhere"
    eileen.window.close()
    settings = Settings.load()
    settings.note_move(old, new, records_digest(old))
    shutil.copytree(old, new)
    if was_remembered:
        settings.note_moved(old, old, new)
    again = open_window(old)
    again.settle()
    assert again.window.gallery.folder == (new if was_remembered else old)
    assert names(again) == ["Eileen"]
    if was_remembered:
        said = f"The gallery was moved to {new}. What was left of it in {old} is removed now."
        assert not old.exists()
    else:
        said = f"The move of the gallery to {new} was interrupted. The gallery is still in {old}."
        assert [path.name for path in new.iterdir()] == [".moving"]
    assert said in again.message
    assert Settings.load().moving == {}


def test_another_gallery_is_begun_opened_again_and_remembered(
    eileen, open_window, choosing, tmp_path: Path, hopper_file: Path
) -> None:
    first, second = eileen.window.gallery.folder, tmp_path / "second"
    second.mkdir()
    choosing(second)
    answering(GalleriesDialog, lambda dialog: dialog.folder_button.click())
    asked = pressing("Begin a new gallery")
    eileen.window.menus.actions["open gallery"].trigger()
    eileen.settle()
    assert asked[0] == "Begin a new gallery here?"
    assert eileen.window.gallery.folder == second
    assert names(eileen) == []
    eileen.add(hopper_file, "Grace")
    assert Settings.load().gallery_to_open() == second

    def open_first(dialog: GalleriesDialog) -> None:
        assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [str(first)]
        dialog.open_button.click()

    answering(GalleriesDialog, open_first)
    eileen.window.menus.actions["open gallery"].trigger()
    eileen.settle()
    assert names(eileen) == ["Eileen"]
    assert Settings.load().recent[:2] == [str(first), str(second)]
    with WriterLock(second):  # it was closed
        pass


def test_no_gallery_is_begun_without_a_yes(eileen, choosing, tmp_path: Path) -> None:
    first, photos = eileen.window.gallery.folder, tmp_path / "photos"
    photos.mkdir()
    choosing(photos)
    answering(GalleriesDialog, lambda dialog: dialog.folder_button.click())
    pressing("Cancel")
    eileen.window.menus.actions["open gallery"].trigger()
    eileen.settle()
    assert eileen.window.gallery.folder == first
    assert [*photos.iterdir()] == []
