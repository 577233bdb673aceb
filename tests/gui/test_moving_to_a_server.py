"""A gallery moves to a server and back from the window: the whole of it is exported, and imported there. An
export that is cancelled leaves no archive."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from face_match.core.gallery_place import ServerAddress
from face_match.core.records import Source
from face_match.core.types import Box
from face_match.gallery.gallery import Gallery
from face_match.gui.dialogs.galleries import GalleriesDialog
from face_match.gui.dialogs.server import ServerDialog
from tests.gui.menu_driver import answering, names, trigger
from tests.unit.gallery.synthetic_photos import new_face, photo_of

CONTENTS = "1.zip contains 1 person, 1 face."
MANY = 150
"""Faces: enough that Cancel comes before the last crop."""
TO_MOVE = (
    "It has the paths of your photos: keep it to yourself. "
    "To move, open the other gallery and choose Import → An archive of another gallery."
)


@pytest.fixture
def home_gallery(tmp_path: Path) -> Path:
    """A gallery of Ada and two more faces, with a conflict."""
    with Gallery.open(tmp_path / "home", for_writing=True) as gallery:
        photo, path = photo_of(0, 1), Path("/photos/0.jpg")
        gallery.record_photo(photo, path, scan="mtcnn", faces=[new_face((0, one), 1) for one in range(3)])
        gallery.name_faces([gallery.unnamed()[0].id], "Ada")
        step = gallery.begin_step("imported names")
        gallery.import_name("Joan", new_face((0, 0), 1), photo, path, source=Source.METADATA, step=step)
    return tmp_path / "home"


class Files:
    """What the system's dialogs for files answer: the archives of a test, one after the other."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.number = 0
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(self.next()), ""))
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(self.last), ""))

    @property
    def last(self) -> Path:
        return self.folder / f"{self.number}.zip"

    def next(self) -> Path:
        self.number += 1
        return self.last


def open_on_server(driver, address: ServerAddress) -> None:
    """Open another gallery … ▸ On a server …, with a pasted address and Enter."""

    def fill(dialog: ServerDialog) -> None:
        dialog.host.setText(str(address))
        dialog.host.textEdited.emit(str(address))
        driver.qtbot.keyClick(dialog.host, Qt.Key.Key_Return)

    def choose(dialog: GalleriesDialog) -> None:
        answering(ServerDialog, fill)
        dialog.server_button.click()

    answering(GalleriesDialog, choose)
    trigger(driver, "open gallery")
    driver.qtbot.waitUntil(lambda: driver.window.gallery.place == address)
    driver.settle()


def test_a_gallery_moves_to_a_server_and_back_in_one_window(
    home_gallery: Path,
    server_address: ServerAddress,
    open_window,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = Files(tmp_path, monkeypatch)
    driver = open_window(home_gallery)
    trigger(driver, "export whole")
    assert driver.message == f"{CONTENTS} Unnamed faces in it: 2. {TO_MOVE}"
    whole = files.last.read_bytes()
    assert b"/photos/0.jpg" in whole

    open_on_server(driver, server_address)
    assert driver.window.gallery.gallery.is_empty()
    trigger(driver, "import archive")
    assert driver.message == f"{CONTENTS} New: 1 person, 1 face. New unnamed faces: 2. Undo: Ctrl+Z."
    assert names(driver) == ["Ada"]
    trigger(driver, "export whole")
    assert files.last.name == "2.zip"
    assert files.last.read_bytes() == whole

    driver.window.close()
    back = open_window(tmp_path / "back")
    trigger(back, "import archive")
    trigger(back, "export whole")
    assert files.last.read_bytes() == whole, "nothing was lost on the way"
    assert len(back.window.gallery.gallery.conflicts()) == 1


def test_a_gallery_with_faces_says_what_it_does_not_take(
    home_gallery: Path,
    shared_gallery: ServerAddress,
    open_window,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Files(tmp_path, monkeypatch)
    driver = open_window(home_gallery)
    trigger(driver, "export whole")
    open_on_server(driver, shared_gallery)
    trigger(driver, "import archive")
    assert "only an empty gallery takes: 2." in driver.message


def test_a_cancelled_export_of_the_whole_gallery_leaves_the_archive_that_was_there(
    server_address: ServerAddress, open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [Box(40.0 * one, 10.0, 30.0, 30.0) for one in range(MANY)]
    with Gallery.open(server_address, for_writing=True) as gallery:
        faces = [new_face((0, 0), 1)._replace(place=place) for place in places]
        gallery.record_photo(photo_of(0, 1), Path("/photos/0.jpg"), scan="mtcnn", faces=faces)
    driver = open_window(server_address)
    cancel = driver.window.findChild(QPushButton, "cancelButton")
    driver.window.tasks.progressed.connect(lambda *_: cancel.click())
    files = Files(tmp_path, monkeypatch)
    (tmp_path / "1.zip").write_bytes(b"before")
    trigger(driver, "export whole")
    assert driver.message == "Stopped. No archive was written."
    assert [one.name for one in tmp_path.glob("*.zip*")] == ["1.zip"]
    assert files.last.read_bytes() == b"before"
    driver.window.tasks.progressed.disconnect()
    trigger(driver, "export whole")
    assert driver.message.startswith(f"2.zip contains 0 people, 0 faces. Unnamed faces in it: {MANY}.")
