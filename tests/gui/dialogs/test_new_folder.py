"""A folder for what is written can be made in the file dialog of Qt, by typing its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget

from face_match.gui.dialogs import photo_sources
from face_match.gui.dialogs.photo_sources import ask_for_folder, ask_for_photos


@pytest.fixture
def parent(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setattr(photo_sources, "_last_folder", [str(tmp_path)])
    monkeypatch.setattr(photo_sources, "_last_target", [])
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def when_shown(kind: type[QWidget], do: Callable[[QWidget], None]) -> None:
    """Do something with the modal dialog of a kind once it is there."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind) and found.isVisible():
            do(found)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def answer(index: int) -> Callable[[QWidget], None]:
    return lambda box: sorted(box.buttons(), key=lambda one: "Make" in one.text())[index].click()


def type_name(name: str) -> Callable[[QWidget], None]:
    def do(dialog: QWidget) -> None:
        field = dialog.findChild(QLineEdit)
        field.setText(name)  # Qt completes a path that is typed faster than a person can
        QTest.keyClick(field, Qt.Key.Key_Return)

    return do


@pytest.mark.parametrize("is_absolute", [False, True])
def test_a_folder_that_is_typed_is_made_once_that_is_agreed(
    parent: QWidget, tmp_path: Path, is_absolute: bool
) -> None:
    folder = tmp_path / "copies"
    when_shown(QFileDialog, type_name(str(folder) if is_absolute else "copies"))
    when_shown(QMessageBox, answer(-1))
    assert ask_for_folder(parent, "Where?", is_new=True) == [folder]
    assert folder.is_dir()


def test_a_dialog_does_not_begin_in_a_folder_that_is_gone(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_sources, "_last_target", [str(tmp_path / "gone")])
    begun: list[Path] = []

    def leave(dialog: QWidget) -> None:
        begun.append(Path(dialog.directory().absolutePath()))
        dialog.reject()

    def asked() -> Path:
        when_shown(QFileDialog, leave)
        assert ask_for_folder(parent, "Where?", is_new=True) == []
        return begun.pop()

    assert asked() == tmp_path
    monkeypatch.setattr(photo_sources, "_last_folder", [str(tmp_path / "gone, too")])
    pictures = tmp_path / "pictures"
    monkeypatch.setattr(photo_sources, "_PICTURES", str(pictures))
    assert asked() == Path.home()
    pictures.mkdir()
    assert asked() == pictures


def test_without_a_yes_nothing_is_made(parent: QWidget, tmp_path: Path) -> None:
    def refuse(box: QWidget) -> None:
        answer(0)(box)
        when_shown(QFileDialog, lambda dialog: dialog.reject())

    when_shown(QFileDialog, type_name("copies"))
    when_shown(QMessageBox, refuse)
    assert ask_for_folder(parent, "Where?", is_new=True) == []
    assert list(tmp_path.iterdir()) == []


def test_photos_are_opened_where_they_were_opened_last_not_where_copies_went(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_sources, "_last_target", [])
    exports = tmp_path / "exports"
    exports.mkdir()
    begun: list[Path] = []

    def leave(dialog: QWidget) -> None:
        begun.append(Path(dialog.directory().absolutePath()))
        dialog.reject()

    when_shown(QFileDialog, type_name(str(exports)))
    assert ask_for_folder(parent, "Where?", is_new=True) == [exports]
    when_shown(QFileDialog, leave)
    ask_for_photos(parent)
    when_shown(QFileDialog, leave)
    ask_for_folder(parent, "Where?", is_new=True)
    assert begun == [tmp_path, exports]
