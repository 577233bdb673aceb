"""Names from a catalogue of another program, by the menu of the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog

from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.gui.menu_driver import names, trigger
from tests.unit.metadata.catalog_inputs import MarkedPhoto, make_lightroom, make_picasa


@pytest.fixture
def marked(
    astronaut_file: Path, hopper_file: Path, tmp_path: Path, pipeline: FacePipeline
) -> list[MarkedPhoto]:
    folder, made = tmp_path / "photos", []
    folder.mkdir()
    for name, file in (("Eileen Collins", astronaut_file), ("Grace Hopper", hopper_file)):
        path = Path(shutil.copy(file, folder))
        photo = load_photo(path)
        box = pipeline.faces(photo)[0].face.box
        made.append(MarkedPhoto(path, (photo.width, photo.height), [(name, box)]))
    return made


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch, marked: list[MarkedPhoto]):
    """Answer the system's dialogs with a catalogue and the folder of the photos; returns their titles."""

    def answer(catalogue: Path | str) -> list[str]:
        titles = list[str]()
        monkeypatch.setattr(
            QFileDialog,
            "getOpenFileName",
            lambda _, title, *__: (titles.append(title), (str(catalogue), ""))[1],
        )
        monkeypatch.setattr(
            "face_match.gui.gallery_menu.ask_for_folder",
            lambda _, title, **__: (titles.append(title), [marked[0].path.parent])[1],
        )
        return titles

    return answer


def test_names_of_a_lightroom_catalogue_elsewhere_are_imported_and_undone(
    driver, marked: list[MarkedPhoto], choose, tmp_path: Path
) -> None:
    lost = MarkedPhoto(marked[0].path.with_name("lost.jpg"), (600, 400), marked[0].faces)
    catalogue = make_lightroom(tmp_path / "Catalog.lrcat", tmp_path / "photos", [*marked, lost])
    titles = choose(catalogue)
    trigger(driver, "import catalogue")
    assert len(titles) == 2
    assert names(driver) == ["Eileen Collins", "Grace Hopper"]
    assert driver.message == (
        "Added 2 faces of 2 people. Catalog.lrcat names people in 1 photo that was not found here. "
        "These are: lost.jpg. Undo: Ctrl+Z."
    )
    trigger(driver, "undo")
    assert names(driver) == []


def test_a_catalogue_that_is_none_is_told(driver, choose, tmp_path: Path) -> None:
    (tmp_path / "digikam4.db").write_text("nothing")
    choose(tmp_path / "digikam4.db")
    trigger(driver, "import catalogue")
    assert "The names in digikam4.db cannot be read (it is not an SQLite database)." in driver.message
    assert names(driver) == []


def test_no_catalogue_chosen_is_no_import(driver, choose) -> None:
    titles = choose("")
    trigger(driver, "import catalogue")
    assert len(titles) == 1
    assert (driver.message, names(driver)) == ("", [])


def test_what_picasa_has_and_was_not_used_is_told(driver, marked: list[MarkedPhoto], choose) -> None:
    folder = marked[0].path.parent
    Image.new("RGB", (80, 60), "white").save(folder / "nobody.png")
    marked[1].faces = [("", marked[1].faces[0][1])]
    make_picasa(folder, marked)
    choose(folder / "contacts.xml")
    trigger(driver, "import named")
    assert names(driver) == ["Eileen Collins"]
    assert ".picasa.ini marks 1 face without a name. These are: grace_hopper.jpg." in driver.message
