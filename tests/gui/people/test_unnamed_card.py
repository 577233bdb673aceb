"""The card above the people: how many unnamed faces wait, where they are from, and the way to them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.core.photo_folders import photo_files
from face_match.gallery.gallery import Gallery
from face_match.gui.people.unnamed_card import _folders, _from_folders
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.scan import scan
from tests.gui.people_driver import CONTROL, PeopleDriver


@pytest.fixture
def waiting(gallery_folder: Path, album: Path, pipeline: FacePipeline, tmp_path: Path) -> Path:
    """The gallery, with seven more faces that have no name, of two folders."""
    for name, pattern in (("Summer 1998", "E*.jpg"), ("Winter", "G*.jpg")):
        (tmp_path / name).mkdir()
        for path in album.glob(pattern):
            shutil.copy(path, tmp_path / name)
    with Gallery.open(gallery_folder, for_writing=True) as gallery:
        scan(photo_files([tmp_path / "Summer 1998", tmp_path / "Winter"]), gallery, pipeline)
    return gallery_folder


def test_there_is_no_card_when_no_faces_wait(people: PeopleDriver) -> None:
    assert not people.page.overview.card.isVisible()


def test_the_card_says_how_many_wait_and_leads_to_them(open_window, waiting: Path) -> None:
    people = PeopleDriver(open_window(waiting))
    card = people.page.overview.card
    assert card.isVisible()
    groups = len(people.window.unnamed.groups)
    assert card.title.text() == f"7 unnamed faces in {groups} groups"
    assert card.folders.text() == "from “Summer 1998” and 1 other folder"
    assert card.folders.toolTip() == "Summer 1998 and Winter"
    faces = [group.faces[0] for group in people.window.unnamed.groups[:4]]
    people.until(lambda: all(card.crops.images.image(face.id, face) is not None for face in faces))
    card.name_button.click()
    people.main.settle()
    assert people.window.review_page.isVisible()
    people.open()
    assert people.grid.hasFocus()


def test_the_card_goes_when_all_are_ignored_and_comes_back(open_window, waiting: Path) -> None:
    people = PeopleDriver(open_window(waiting))
    card, unnamed = people.page.overview.card, people.window.unnamed
    unnamed.ignore([face for group in unnamed.groups for face in group.faces], on_ended=lambda: None)
    people.main.settle()
    assert not card.isVisible()
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(people.window.review_page.isVisible)  # where the faces are seen again
    people.open()
    people.until(card.isVisible)


def test_people_and_card_appear_at_once(open_window, waiting: Path) -> None:
    """The grid must not jump when the faces are grouped, which takes longer."""
    main = open_window(waiting)
    people = PeopleDriver(main)
    card = people.page.overview.card
    card.hide()
    main.window.unnamed.groups = ()
    people.page.overview.refresh()
    people.until(card.isVisible)
    assert card.title.text() == "7 unnamed faces"


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        ([], ""),
        (["", ""], ""),
        (["/photos/Summer/a.jpg"], "from “Summer”"),
        (["/photos/Summer/a.jpg", "/photos/b.jpg", "/photos/c.jpg"], "from “photos” and 1 other folder"),
        (["C:\\Photos\\Ski\\a.jpg", "/p/b.jpg", "/q/b.jpg"], "from “Ski” and 2 other folders"),
        (["/a.jpg"], ""),
    ],
)
def test_folders_are_named_by_how_many_faces_they_have(paths: list[str], said: str) -> None:
    assert _from_folders(_folders(paths)) == said
