"""The Models pane: a file is tried, its licence is asked for, and it is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTableWidget,
    QWidget,
)

from face_match.core.settings import Settings
from face_match.gui.dialogs.models import LicenceDialog, ModelsDialog
from face_match.vision.models import downloadable
from face_match.vision.models.added import added_models
from face_match.vision.models.downloadable import DownloadableModel
from face_match.vision.models.registry import Download
from face_match.workflows import models
from tests.made_models import arcface_like


class Pane:
    """Drives the pane of a window."""

    def __init__(self, driver) -> None:
        self.driver = driver
        driver.window.menus.actions["models"].trigger()
        driver.settle()
        (self.dialog,) = driver.window.findChildren(ModelsDialog)

    def titles(self) -> list[str]:
        return [row.title for row in self.dialog._rows]

    def state_of(self, title: str) -> str:
        return next(row.state for row in self.dialog._rows if row.title == title)

    def choose(self, title: str) -> None:
        self.dialog.table.selectRow(self.titles().index(title))

    def press(self, name: str) -> None:
        self.dialog.findChild(QAbstractButton, name).click()
        self.driver.settle()

    def add(self, file: Path) -> LicenceDialog:
        """Try a file; returns the dialog that asks for its licence."""
        self.dialog.add(file)
        self.driver.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LicenceDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LicenceDialog)
        return dialog

    def accept(self, dialog: LicenceDialog, licence: str = "CC0", source: str = "made for a test") -> None:
        for name, text in (("modelLicenceEdit", licence), ("modelSourceEdit", source)):
            edit = dialog.findChild(QLineEdit, name)
            edit.clear()
            self.driver.qtbot.keyClicks(edit, text)
        dialog.accept_button.click()
        self.driver.settle()


@pytest.fixture
def pane(models_folder: Path, driver, astronaut_file: Path) -> Pane:
    driver.add(astronaut_file, "Eileen")
    return Pane(driver)


def test_a_model_is_also_tested_on_faces_of_the_gallery(
    pane: Pane, tmp_path: Path, hopper_file: Path
) -> None:
    def said() -> str:
        dialog = pane.add(arcface_like(tmp_path / "mine.onnx"))
        text = " ".join(label.text() for label in dialog.findChildren(QLabel))
        dialog.reject()
        pane.driver.settle()
        return text

    assert "Also tested on" not in said()
    pane.driver.add(hopper_file, "Grace")
    assert "Also tested on 2 faces of this gallery." in said()


def test_the_pane_lists_what_is_installed_and_what_is_available(pane: Pane) -> None:
    assert pane.titles()[:3] == ["FaceNet", "built-in (dlib)", "MTCNN"]
    assert {"yunet-2023mar", "w600k_r50"} <= {*pane.titles()}
    assert pane.state_of("built-in (dlib)") == pane.state_of("MTCNN") == "In use"
    assert pane.state_of("FaceNet") == pane.state_of("w600k_r50") == "Available to download"
    (row,) = [row for row in pane.dialog._rows if row.title == "w600k_r50"]
    assert "not for commercial use" in row.licence
    assert "that we have not tested" in row.details


def test_only_possible_actions_are_enabled_for_a_model(pane: Pane) -> None:
    dialog = pane.dialog
    buttons = (dialog.use_button, dialog.download_button, dialog.remove_button)
    assert [one.isEnabled() for one in buttons] == [False, False, False]
    pane.choose("built-in (dlib)")
    assert [one.isEnabled() for one in buttons] == [False, False, False]
    pane.choose("w600k_r50")
    assert [one.isEnabled() for one in buttons] == [False, True, False]


def test_an_embedder_is_added_used_for_the_gallery_and_removed(
    pane: Pane, tmp_path: Path, astronaut_again: Path
) -> None:
    window = pane.driver.window
    dialog = pane.add(arcface_like(tmp_path / "mine.onnx"))
    assert not dialog.accept_button.isEnabled(), "licence and source are wanted first"
    pane.accept(dialog)
    (model,) = added_models()
    assert (model.title, model.licence, model.source) == ("mine", "CC0", "made for a test")
    assert "mine was added" in pane.dialog.message.text()
    pane.choose("mine")
    assert "made for a test" in pane.dialog.details.text()
    pane.press("useModelButton")
    assert window.model.id == model.id
    assert pane.state_of("mine") == "In use"
    assert window.photo_page.threshold.value == pytest.approx(0.40)
    (person,) = window.gallery.gallery.people
    assert set(window.gallery.gallery.faces_of(person)[0].embeddings) == {"dlib", model.id}
    pane.driver.open(astronaut_again)
    assert pane.driver.rows[0].startswith("✅ Eileen")
    assert Settings.load().model == model.id
    assert not pane.dialog.remove_button.isEnabled(), "it is in use"

    window.menus.choose_model("dlib")
    pane.driver.settle()
    pane.choose("mine")
    pane.press("removeModelButton")
    assert added_models() == []
    assert "mine" not in pane.titles()
    assert "mine" not in [action.text() for action in window.menus._models.actions()]


def test_an_added_embedder_is_in_the_menu_of_models(pane: Pane, tmp_path: Path) -> None:
    pane.accept(pane.add(arcface_like(tmp_path / "mine.onnx")))
    window = pane.driver.window
    actions = window.menus._models.actions()
    assert [action.text() for action in actions] == ["FaceNet", "built-in (dlib)", "mine"]
    assert [action.isChecked() for action in actions] == [False, True, False]
    (model,) = added_models()
    window.menus.choose_model(model.id)
    pane.driver.settle()
    assert window.model.id == model.id
    assert [action.isChecked() for action in window.menus._models.actions()] == [False, False, True]


def test_yunet_finds_the_faces_of_the_open_photo_once_it_is_used(
    pane: Pane, yunet_file: Path, two_faces: Path
) -> None:
    pane.driver.open(two_faces)
    window = pane.driver.window
    before = [face.face.box for face in window.photo.faces]
    pane.accept(pane.add(yunet_file), licence="MIT")
    pane.choose("yunet_n_dynamic")
    pane.press("useModelButton")
    after = [face.face.box for face in window.photo.faces]
    assert len(before) == len(after) == 2
    assert before != after
    assert pane.state_of("yunet_n_dynamic") == "In use"
    assert pane.state_of("MTCNN") == "Installed"
    assert pane.dialog.message.text() == "yunet_n_dynamic is in use."
    assert window.model.id == "dlib"
    pane.choose("MTCNN")
    pane.press("useModelButton")
    assert [face.face.box for face in window.photo.faces] == before


def test_the_detector_that_was_chosen_is_used_when_the_window_opens_again(
    pane: Pane, yunet_file: Path, open_window, two_faces: Path, tmp_path: Path
) -> None:
    pane.accept(pane.add(yunet_file))
    pane.choose("yunet_n_dynamic")
    pane.press("useModelButton")
    pane.driver.open(two_faces)
    boxes = [face.face.box for face in pane.driver.window.photo.faces]
    again = open_window(tmp_path / "another gallery")
    again.open(two_faces)
    assert [face.face.box for face in again.window.photo.faces] == boxes


def test_a_file_that_is_no_model_is_refused_in_a_sentence(pane: Pane, tmp_path: Path) -> None:
    (tmp_path / "Cat.onnx").write_bytes(b"meow")
    pane.dialog.add(tmp_path / "Cat.onnx")
    pane.driver.settle()
    assert pane.dialog.message.text() == "Cat.onnx was not added: it is not an ONNX file."
    assert pane.driver.message == pane.dialog.message.text()
    assert QApplication.activeModalWidget() is None


def test_a_model_whose_licence_is_not_given_is_not_added(
    pane: Pane, tmp_path: Path, models_folder: Path
) -> None:
    dialog = pane.add(arcface_like(tmp_path / "mine.onnx"))
    dialog.reject()
    pane.driver.settle()
    assert added_models() == []
    assert list(models_folder.iterdir()) == []
    assert pane.dialog.message.text().startswith("Stopped.")


def test_testing_a_model_can_be_cancelled(pane: Pane, tmp_path: Path, models_folder: Path) -> None:
    pane.dialog.add(arcface_like(tmp_path / "mine.onnx"))
    cancel = pane.driver.window.findChild(QAbstractButton, "cancelButton")
    assert cancel.isVisible()
    cancel.click()
    pane.driver.settle()
    assert added_models() == []
    assert not models_folder.exists() or list(models_folder.iterdir()) == []


def test_a_model_is_downloaded_only_on_request(
    pane: Pane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models_folder: Path
) -> None:
    file = arcface_like(tmp_path / "far.onnx")
    source = Download(file.as_uri(), "", file.stat().st_size)
    offered = (DownloadableModel("far", "arcface", "MIT", True, "us", source),)
    for module in (downloadable, models):
        monkeypatch.setattr(module, "DOWNLOADABLE_MODELS", offered)
    pane.dialog.read()
    pane.driver.settle()
    assert added_models() == []
    pane.choose("far")
    for button in ("Cancel", "&Download"):
        pane.press("downloadModelButton")
        assert added_models() == [], "it asks first"
        questions = pane.dialog.findChildren(QMessageBox, "downloadQuestion")
        (question,) = [one for one in questions if one.isVisible()]
        assert f"{source.size_bytes / 1e6:.1f} MB" in question.text()
        assert source.url in question.informativeText()
        next(one for one in question.buttons() if one.text().strip("&") == button.strip("&")).click()
        pane.driver.settle()
    (model,) = added_models()
    assert (model.title, model.licence) == ("far", "MIT")


def test_every_control_has_a_name_and_says_what_it_does(pane: Pane, tmp_path: Path) -> None:
    dialog = pane.add(arcface_like(tmp_path / "mine.onnx"))
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTableWidget)
    for window in (pane.dialog, dialog):
        named = [one for one in window.findChildren(QWidget) if one.objectName() and isinstance(one, kinds)]
        controls = [one for one in named if not one.objectName().startswith("qt_")]
        assert len(controls) > 3
        for control in controls:
            name = control.accessibleName() or getattr(control, "text", str)()
            assert name, control.objectName()
            assert control.toolTip(), control.objectName()
    dialog.reject()
    pane.driver.settle()


def test_the_pixel_range_can_be_chosen_if_the_file_does_not_state_it(
    pane: Pane, tmp_path: Path, yunet_file: Path
) -> None:
    dialog = pane.add(arcface_like(tmp_path / "mine.onnx"))
    for name, text in (("modelRangeCombo", "unit"), ("modelColourCombo", "bgr")):
        dialog.findChild(QComboBox, name).setCurrentText(text)
    pane.accept(dialog)
    (model,) = added_models()
    assert (model.verdict.range, model.verdict.colour) == ("unit", "bgr")
    assert model.id.endswith("-unit-bgr")
    other = pane.add(yunet_file)
    assert other.findChild(QComboBox, "modelRangeCombo") is None, "what is known is not asked"
    other.reject()
    pane.driver.settle()


def test_enter_in_a_field_adds_and_escape_does_not(pane: Pane, tmp_path: Path) -> None:
    dialog = pane.add(arcface_like(tmp_path / "mine.onnx"))
    for name in ("modelLicenceEdit", "modelSourceEdit"):
        pane.driver.qtbot.keyClicks(dialog.findChild(QLineEdit, name), "CC0")
    pane.driver.qtbot.keyClick(dialog.findChild(QLineEdit, "modelSourceEdit"), Qt.Key.Key_Return)
    pane.driver.settle()
    assert [model.title for model in added_models()] == ["mine"]
    assert dialog is not None
    again = pane.add(arcface_like(tmp_path / "other.onnx", seed=1))
    pane.driver.qtbot.keyClick(again, Qt.Key.Key_Escape)
    pane.driver.settle()
    assert [model.title for model in added_models()] == ["mine"]


def test_the_models_dialog_does_not_block_the_window(pane: Pane) -> None:
    assert isinstance(pane.dialog, QDialog)
    assert not pane.dialog.isModal()
