"""The window on an encrypted gallery: it asks for the passphrase, and works as ever with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QPushButton

from face_match.gallery import vault
from face_match.gallery.encryption import encrypt

PASSPHRASE = "correct horse"


@pytest.fixture
def encrypted(driver, astronaut_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    driver.add(astronaut_file, "Eileen")
    driver.window.close()
    folder: Path = driver.window.session.folder
    encrypt(folder, PASSPHRASE)
    return folder


def enter(driver, passphrase: str | None) -> list[QLineEdit.EchoMode]:
    """Press the message bar's button and answer the dialog; returns how it showed what was typed."""
    shown = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QInputDialog):
            QTimer.singleShot(10, answer)
            return
        shown.append(dialog.textEchoMode())
        if passphrase is None:
            dialog.reject()
        else:
            dialog.setTextValue(passphrase)
            dialog.accept()

    QTimer.singleShot(0, answer)
    driver.window.findChild(QPushButton, "messageButton").click()
    driver.settle()
    return shown


def test_the_passphrase_is_asked_for_until_it_is_right(
    encrypted: Path, open_window, astronaut_file: Path
) -> None:
    driver = open_window(encrypted)
    driver.settle()
    assert "passphrase is needed" in driver.message
    assert driver.window.session.gallery is None
    assert enter(driver, None) == [QLineEdit.EchoMode.Password]
    assert driver.window.session.gallery is None
    enter(driver, "wrong")
    assert "not the gallery’s passphrase" in driver.message
    enter(driver, PASSPHRASE)
    assert driver.window.session.gallery.is_writable
    assert not driver.window.findChild(QPushButton, "messageButton").isVisible()
    driver.open(astronaut_file)
    assert driver.rows == ["✅ Eileen  1.000"]
