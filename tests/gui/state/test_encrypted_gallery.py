"""An encrypted gallery asks for its passphrase, and works as any other with it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox

from face_match.core import installation
from face_match.core.errors import WrongPassphraseError
from face_match.gallery.gallery import Gallery
from face_match.gallery.security.encryption import encrypt
from face_match.gallery.storage import vault
from face_match.gallery.storage_change import move_records
from face_match.gui.dialogs.passphrase import NO_RECOVERY, WEAK, EncryptionDialog
from tests.gui.menu_driver import answering, names, trigger

PASSPHRASE = "correct horse"


@pytest.fixture
def encrypted(driver, astronaut_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    driver.add(astronaut_file, "Eileen")
    driver.window.close()
    folder: Path = driver.window.gallery.folder
    encrypt(folder, PASSPHRASE)
    return folder


def enter(driver, passphrase: str) -> None:
    """Type the passphrase where the focus is, and press Enter."""
    page = driver.window.states.locked
    assert page.isVisible()
    driver.qtbot.waitUntil(page.edit.hasFocus)
    page.edit.selectAll()
    driver.qtbot.keyClicks(page.edit, passphrase)
    driver.press(Qt.Key.Key_Return)
    driver.settle()


def test_the_passphrase_is_asked_for_until_it_is_right(
    encrypted: Path, open_window, astronaut_file: Path
) -> None:
    driver = open_window(encrypted)
    page = driver.window.states.locked
    assert page.title.text() == "This gallery is locked."
    assert page.edit.echoMode() == QLineEdit.EchoMode.Password
    assert not page.open_button.isEnabled()
    assert driver.window.gallery.gallery is None
    size = page.minimumSizeHint()
    enter(driver, "wrong")
    assert page.remark.text() == "This passphrase is wrong. Try again."
    assert page.minimumSizeHint() == size, "nothing jumps"
    assert page.edit.selectedText() == "wrong" or page.edit.hasSelectedText()
    enter(driver, PASSPHRASE)
    assert driver.window.gallery.gallery.is_writable
    assert not page.isVisible()
    driver.open(astronaut_file)
    assert driver.rows == ["✅ Eileen  1.000"]


def test_the_page_shows_progress_while_the_key_is_derived_and_takes_no_second_enter(
    encrypted: Path, open_window
) -> None:
    driver = open_window(encrypted)
    page = driver.window.states.locked
    given: list[str] = []
    page.unlock_wanted.disconnect()
    page.unlock_wanted.connect(given.append)
    driver.qtbot.keyClicks(page.edit, "abc")
    driver.press(Qt.Key.Key_Return)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.keyClicks(page.edit, "d")
    assert given == ["abc"]
    assert page.remark.text() == "Unlocking …"
    assert page._progress.isVisible()
    assert page.edit.text() == "abc"


def test_the_passphrase_can_be_shown(encrypted: Path, open_window) -> None:
    page = open_window(encrypted).window.states.locked
    page.show_button.click()
    assert page.edit.echoMode() == QLineEdit.EchoMode.Normal
    page.show_button.click()
    assert page.edit.echoMode() == QLineEdit.EchoMode.Password


def test_a_gallery_without_its_key_in_the_keyring_can_be_tried_again(
    driver, astronaut_file: Path, open_window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    keys: dict[str, str] = {}
    monkeypatch.setattr("keyring.set_password", lambda service, name, key: keys.update({name: key}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: keys.get(name))
    driver.add(astronaut_file, "Eileen")
    driver.window.close()
    folder = driver.window.gallery.folder
    encrypt(folder, None)
    kept = dict(keys)
    keys.clear()
    again = open_window(folder)
    page = again.window.states.locked
    assert "keyring" in page.remark.text()
    assert not page.edit.isVisible()
    assert page.open_button.text() == "Try again"
    keys.update(kept)
    page.open_button.click()
    again.settle()
    assert names(again) == ["Eileen"]


def test_a_weak_passphrase_is_warned_about_and_can_be_used(qtbot, qapp) -> None:
    dialog = EncryptionDialog(None)
    qtbot.addWidget(dialog)
    for passphrase, remark in (
        ("grace 1906", WEAK),
        ("correct horse battery staple", NO_RECOVERY),
        ("", NO_RECOVERY),
    ):
        dialog.first.setText(passphrase)
        assert dialog._remark.text() == remark
    dialog.first.setText("grace 1906")
    dialog.second.setText("grace 1906")
    assert dialog.accept_button.isEnabled()


ANOTHER = "battery staple"


def typing(old: str | None, new: str, again: str) -> list[bool]:
    """Fill in the next dialog for another passphrase; returns where it will say whether it could be done."""
    could: list[bool] = []

    def fill(dialog: QDialog) -> None:
        assert not dialog.accept_button.isEnabled()
        for field, text in ((dialog.current, old), (dialog.first, new), (dialog.second, again)):
            assert field.echoMode() == QLineEdit.EchoMode.Password
            if text is not None:
                field.setText(text)
        could.append(dialog.accept_button.isEnabled())
        if could[0]:
            dialog.accept_button.click()
        else:
            dialog.reject()

    answering(QDialog, fill)
    return could


def opened_by(folder: Path, passphrase: str | None) -> bool:
    try:
        Gallery.open(folder, for_writing=False, passphrase=passphrase).close()
    except WrongPassphraseError:
        return False
    return True


@pytest.mark.parametrize("kind", ["file", "database"])
def test_the_passphrase_is_changed_from_the_menu(
    encrypted: Path, open_window, astronaut_file: Path, kind: str
) -> None:
    if kind == "database":
        move_records(encrypted, to_database=True, passphrase=PASSPHRASE)
    driver = open_window(encrypted)
    driver.settle()
    enter(driver, PASSPHRASE)
    could = typing(PASSPHRASE, ANOTHER, ANOTHER)
    trigger(driver, "change passphrase")
    assert could == [True]
    assert driver.message.startswith("The passphrase was changed.")
    assert driver.window.gallery.gallery.is_writable
    driver.open(astronaut_file)
    assert driver.rows == ["✅ Eileen  1.000"]
    driver.window.close()
    assert not opened_by(encrypted, PASSPHRASE)
    assert opened_by(encrypted, ANOTHER)


def test_the_passphrase_is_not_changed_without_the_current_one(encrypted: Path, open_window) -> None:
    driver = open_window(encrypted)
    driver.settle()
    enter(driver, PASSPHRASE)
    could = typing("wrong", ANOTHER, ANOTHER)
    trigger(driver, "change passphrase")
    assert could == [True]
    assert "Wrong passphrase" in driver.message
    assert driver.window.gallery.gallery.is_writable, "it was opened again with the passphrase that it has"
    assert names(driver) == ["Eileen"]
    for old, new, again in (("", ANOTHER, ANOTHER), (PASSPHRASE, ANOTHER, "batter"), (PASSPHRASE, "", "")):
        could = typing(old, new, again)
        trigger(driver, "change passphrase")
        assert could == [False]
    driver.window.close()
    assert opened_by(encrypted, PASSPHRASE)


def test_while_the_keyring_asks_the_window_says_that_it_opens_the_gallery(
    driver, astronaut_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: dict[str, str] = {}
    answered = threading.Event()
    answered.set()

    def get_password(service: str, name: str) -> str | None:
        assert answered.wait(20)
        return keys.get(name)

    monkeypatch.setattr("keyring.set_password", lambda service, name, key: keys.update({name: key}))
    monkeypatch.setattr("keyring.get_password", get_password)
    window, status = driver.window, driver.window.message_bar.status
    driver.add(astronaut_file, "Eileen")
    window.gallery.close()
    encrypt(window.gallery.folder, None)
    answered.clear()
    window.gallery.open()
    try:
        assert status.text() == "Opening the gallery …"
    finally:
        answered.set()
    driver.settle()
    assert status.text().startswith("1 person")
    keys.clear()
    window.gallery.close()
    window.gallery.open()
    driver.settle()
    assert status.text() == "No gallery is open"


def test_a_passphrase_replaces_the_keyring(
    driver, astronaut_file: Path, open_window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    keys: dict[str, str] = {}
    monkeypatch.setattr("keyring.set_password", lambda service, name, key: keys.update({name: key}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: keys.get(name))
    driver.add(astronaut_file, "Eileen")
    driver.window.close()
    folder = driver.window.gallery.folder
    encrypt(folder, None)
    again = open_window(folder)
    again.settle()
    typing(None, ANOTHER, ANOTHER)
    trigger(again, "change passphrase")
    assert "still open with the keyring" in again.message
    assert names(again) == ["Eileen"]
    again.window.close()
    keys.clear()
    assert opened_by(folder, ANOTHER)


def test_changing_the_passphrase_needs_a_writable_encrypted_gallery(
    driver, astronaut_file: Path, encrypted: Path, open_window, tmp_path: Path
) -> None:
    plain = open_window(tmp_path / "plain")
    plain.settle()
    assert not plain.window.menus.actions["change passphrase"].isEnabled()
    with Gallery.open(encrypted, for_writing=True, passphrase=PASSPHRASE):
        reading = open_window(encrypted)
        reading.settle()
        assert not reading.window.menus.actions["change passphrase"].isEnabled()
        reading.window.gallery.open(PASSPHRASE)
        reading.settle()
        assert names(reading) == ["Eileen"]
        assert not reading.window.menus.actions["change passphrase"].isEnabled()


def test_encrypting_says_what_stays_readable_and_lists_it(
    driver, astronaut_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    driver.add(astronaut_file, "Eileen")
    window = driver.window
    (window.gallery.folder / "letter.txt").write_text("mine")
    window.maintenance.encrypt(PASSPHRASE)
    page = window.states.working
    assert page.isVisible()
    assert page.title.text() == "Encrypting …"
    driver.settle()
    assert not page.isVisible()
    told = window.message_bar.text()
    assert told.startswith("The gallery is encrypted. Nobody can read it without")
    banner = window.states.banner
    assert banner.isVisible()
    assert banner.label.text() == "1 other file or folder among the gallery’s is not encrypted."
    listed: list[str] = []

    def read(box: QMessageBox) -> None:
        listed.append(box.informativeText())
        box.close()

    answering(QMessageBox, read)
    banner.button.click()
    assert listed == ["letter.txt"]
    assert not banner.isVisible()


def test_encrypting_says_nothing_of_the_programs_own_files(
    driver, astronaut_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    driver.add(astronaut_file, "Eileen")
    folder = driver.window.gallery.folder
    (folder / "app_faces.py").touch()
    monkeypatch.setattr(installation, "PACKAGE_PARENT", folder.resolve())
    driver.window.maintenance.encrypt(PASSPHRASE)
    driver.settle()
    assert not driver.window.states.banner.isVisible()


def test_the_dialog_says_that_photos_stay_readable(driver) -> None:
    dialog = EncryptionDialog(driver.window)
    assert any("photos themselves stay readable" in one.text() for one in dialog.findChildren(QLabel))
    dialog.close()


def test_the_picture_of_the_face_stays_when_the_gallery_is_opened_again(driver, astronaut_file: Path) -> None:
    driver.open(astronaut_file)
    crop = driver.window.photo_page.face_crop
    assert not crop._image.isNull()
    driver.window.gallery.close()
    driver.window.gallery.open()
    driver.settle()
    driver.window.presenter.clear_matches()
    assert not crop._image.isNull()
