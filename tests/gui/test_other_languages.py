"""German and Spanish texts are longer: nothing is cut off in the smallest window."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QWidget

from face_match.core.translation import translated
from face_match.gui import theme
from face_match.gui.dialogs.keys import KeysDialog
from face_match.gui.menus import Menus
from face_match.gui.review.face_size import SMALLEST_PX
from face_match.gui.translation import LANGUAGE, load_language
from face_match.vision.quality import LIMITS
from tests.gui import audit
from tests.gui.conftest import Driver, OpenWindow
from tests.gui.keys_page import SMALL_SCREEN_PX, needed_height

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=["de", "es"])
def language(speak: None, request: pytest.FixtureRequest, qapp: QApplication) -> str:
    return load_language(qapp, request.param)


@pytest.fixture
def spoken(language: str, driver: Driver) -> Driver:
    """A small window, made after the language was set."""
    driver.window.resize(900, 600)
    return driver


def cut_off(window: QWidget) -> list[str]:
    """Buttons and labels that are smaller than their texts."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.objectName() or widget.objectName() == "messageBar":
            continue
        if isinstance(widget, (QAbstractButton, QLabel)) and widget.text():
            least = widget.minimumSizeHint()
            if widget.width() < least.width() or widget.height() < least.height():
                found.append(f"{widget.objectName()}: {widget.text()}")
        if not window.rect().contains(widget.mapTo(window, widget.rect().bottomRight())):
            found.append(f"{widget.objectName()} is outside")
    return found


def test_all_keys_fit_on_a_small_screen(language: str, qtbot) -> None:
    dialog = KeysDialog()
    qtbot.addWidget(dialog)
    assert needed_height(dialog) <= SMALL_SCREEN_PX


def test_the_welcome_page(spoken: Driver) -> None:
    assert cut_off(spoken.window) == []


def test_no_two_entries_of_a_menu_have_the_same_letter(language: str, qtbot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window, {})
    assert audit.clashes(window) == []
    assert all(audit.mnemonic(action.text()) for action in menus.actions.values())


def test_no_two_entries_of_the_menu_of_a_face_have_the_same_letter(
    language: str, open_window: OpenWindow, gallery_folder: Path, astronaut_again: Path, two_faces: Path
) -> None:
    """For a face without a name, and for one that has one."""
    driver = open_window(gallery_folder)
    for photo in (two_faces, astronaut_again):
        driver.open(photo)
        driver.window.photo_page.photo_view.pick(0)
        driver.settle()
        assert audit.clashes_in(driver.window.presenter._menu.menu()) == []
    driver.window.photo_page.name_edit.setText("Grace")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    driver.window.photo_page.photo_view.pick(0)
    driver.settle()
    assert driver.window.photo.owner is not None
    assert audit.clashes_in(driver.window.presenter._menu.menu()) == []


def test_a_photo_with_faces_and_one_without(spoken: Driver, two_faces: Path, no_face: Path) -> None:
    for photo in (two_faces, no_face):
        spoken.open(photo)
        assert (spoken.window.width(), spoken.window.height()) == (900, 600)
        assert cut_off(spoken.window) == []
        assert audit.clashes(spoken.window) == []


def test_people_and_unnamed_faces(
    language: str, open_window: OpenWindow, scanned: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(scanned, folder)
    driver = open_window(folder)
    window = driver.window
    window.resize(900, 600)
    for key in (Qt.Key.Key_P, Qt.Key.Key_R):
        driver.press(key, CONTROL)
        driver.settle()
        assert (window.width(), window.height()) == (900, 600)
        assert cut_off(window) == []
        assert audit.clashes(window) == []
    assert window.review_page.isVisible()


@pytest.mark.parametrize("action", ["history", "models", "calibrate", "check"])
def test_dialogs(spoken: Driver, action: str) -> None:
    before = {*QApplication.topLevelWidgets()}
    spoken.window.menus.actions[action].trigger()
    spoken.settle()
    dialogs = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one not in before]
    for dialog in dialogs:
        assert cut_off(dialog) == []
        assert audit.clashes(dialog) == []
        assert dialog.width() <= 900
    assert len(dialogs) == 1


def run(*arguments: str, folder: Path, language: str) -> subprocess.CompletedProcess[str]:
    """A process of this Python with settings of its own, in a language."""
    settings = {"XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **settings, LANGUAGE: language, "LANG": f"{language}_XX.UTF-8"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


TITLES_OF_MENUS = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
from face_match.gui.start import open_window

def titles(app):
    (window,) = (one for one in app.topLevelWidgets() if isinstance(one, QMainWindow))
    print([action.text() for action in window.menuBar().actions()])
    window.close()
    return 0

QApplication.exec = titles
sys.exit(open_window(["--gallery", sys.argv[1]]))
"""


@pytest.mark.parametrize(
    ("code", "people"), [("de", "&Personen"), ("es", "&Personas"), ("en", "&People"), ("xx", "&People")]
)
def test_the_program_starts_in_the_chosen_language(tmp_path: Path, code: str, people: str) -> None:
    result = run("-c", TITLES_OF_MENUS, str(tmp_path / "gallery"), folder=tmp_path, language=code)
    assert result.returncode == 0, result.stderr
    assert ast.literal_eval(result.stdout)[0] == people


def test_commands_speak_english(tmp_path: Path) -> None:
    gallery = ["--gallery", str(tmp_path / "gallery")]
    result = run("-m", "face_match", "show", "Nobody", *gallery, folder=tmp_path, language="de")
    assert result.returncode == 1
    assert "There is no person called “Nobody” in the gallery." in result.stderr


def test_a_reason_fits_below_its_crop(language: str, qapp: QApplication) -> None:
    metrics = QFontMetrics(theme.resized(qapp.font(), theme.CAPTION))
    for limit in LIMITS:
        reason = translated(limit.reason)
        assert metrics.horizontalAdvance(reason) <= SMALLEST_PX - 24, reason
