"""The Gallery menu: everything that concerns the gallery as a whole."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from face_match.core.errors import CancelledError
from face_match.gallery.gallery import Gallery
from face_match.gallery.security.encryption import encrypt
from face_match.gallery.storage import vault
from face_match.gui.dialogs.person_picker import PersonPicker
from face_match.gui.state.tasks import MAINTENANCE
from tests.gui.menu_driver import answering, names, pressing, trigger

PASSPHRASE = "correct horse"


@pytest.fixture
def two_people(driver, astronaut_file: Path, hopper_file: Path):
    driver.add(astronaut_file, "Eileen")
    driver.add(hopper_file, "Grace")
    return driver


@pytest.fixture
def archive_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What the dialogs for files, which are the system's, will answer."""
    path = tmp_path / "people.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def test_a_gallery_is_exported_and_imported_into_another(
    two_people, open_window, archive_file: Path, astronaut_file: Path, tmp_path: Path
) -> None:
    trigger(two_people, "export")
    assert two_people.message == "people.zip contains 2 people, 2 faces."
    assert archive_file.exists(), "with .zip, which was not typed"
    two_people.window.close()
    other = open_window(tmp_path / "other")
    trigger(other, "import archive")
    assert other.message == "people.zip contains 2 people, 2 faces. New: 2 people, 2 faces. Undo: Ctrl+Z."
    assert names(other) == ["Eileen", "Grace"]
    other.open(astronaut_file)
    assert other.rows[0] == "✅ Eileen  1.000"
    trigger(other, "import archive")
    assert other.message.endswith("All of them were already in the gallery.")
    trigger(other, "undo")
    assert names(other) == []


def test_a_file_that_is_no_archive_is_refused(two_people, archive_file: Path) -> None:
    archive_file.write_bytes(b"no archive")
    trigger(two_people, "import archive")
    assert (
        "cannot be imported: it is damaged or not a ZIP file. The gallery was not changed."
        in two_people.message
    )
    assert names(two_people) == ["Eileen", "Grace"]


def test_faces_can_be_added_during_an_export_and_closing_leaves_no_partial_archive(
    two_people, archive_file: Path, astronaut_again: Path
) -> None:
    two_people.window.menus.actions["export"].trigger()
    two_people.add(astronaut_again, "Eileen")
    assert two_people.faces_of("Eileen") == 2
    two_people.settle()
    before = archive_file.read_bytes()
    two_people.window.menus.actions["export"].trigger()
    two_people.window.close()
    assert sorted(path.name for path in archive_file.parent.glob(".*")) == []
    assert archive_file.read_bytes()[:2] == before[:2] == b"PK"
    with Gallery.open(archive_file.parent / "new", for_writing=True) as gallery:
        from face_match.gallery.archive import import_archive

        assert import_archive(archive_file, gallery).added in (2, 3)


def test_a_cancelled_export_reports_that_nothing_was_written(two_people, archive_file: Path) -> None:
    two_people.window.menus.actions["export"].trigger()
    for task in two_people.window.tasks._running:
        task.cancel()
    two_people.settle()
    assert two_people.message in (
        "Stopped. No archive was written.",
        "people.zip contains 2 people, 2 faces.",
    )
    assert archive_file.exists() == two_people.message.startswith("people.zip")


def test_work_cancelled_before_it_begins_changes_nothing(two_people) -> None:
    window, release = two_people.window, threading.Event()
    window.tasks.start(
        MAINTENANCE, lambda on_progress, is_cancelled: release.wait(20), lambda _: None, lambda _: None
    )
    window.maintenance.encrypt("secret")
    assert window.gallery.gallery is None
    (task,) = (task for task in window.tasks._running if task.key == "closed maintenance")
    task.cancel()
    release.set()
    two_people.settle()
    assert two_people.message.startswith("Stopped.")
    assert window.gallery.gallery.is_writable
    assert names(two_people) == ["Eileen", "Grace"]


def test_a_backup_is_made_and_restored(two_people, hopper_file: Path) -> None:
    trigger(two_people, "back up")
    assert two_people.message == "Backup made: 2 people, 2 faces."
    trigger(two_people, "back up")
    assert two_people.message == "Nothing has changed since the last backup."
    two_people.window.people_edits.rename(two_people.window.gallery.gallery.person("Grace"), "Somebody")
    two_people.settle()
    assert names(two_people) == ["Eileen", "Somebody"]

    said: list[str] = []

    def restore(dialog: QDialog) -> None:
        assert not dialog.restore_button.isEnabled(), "it is not known yet what that would change"
        two_people.qtbot.waitUntil(dialog.restore_button.isEnabled)
        assert dialog.list.currentItem().text().endswith("— by hand: 2 people, 2 faces")
        said.append(dialog.preview.text.text())
        cells = [cell.text() for cell in dialog.preview._cells]
        assert cells == ["2", "2", "2", "2", "0", "0"], "people, named and unnamed faces, now and after"
        dialog.restore_button.click()

    answering(QDialog, restore)
    trigger(two_people, "restore")
    assert said == ["Renames Somebody to Grace. You can undo this."]
    assert two_people.message == "Backup restored. Undo: Ctrl+Z."
    assert names(two_people) == ["Eileen", "Grace"]
    trigger(two_people, "undo")
    assert names(two_people) == ["Eileen", "Somebody"]
    trigger(two_people, "redo")
    two_people.open(hopper_file)
    assert two_people.rows[0] == "✅ Grace  1.000"


def test_records_move_to_a_database_and_back(two_people) -> None:
    action = two_people.window.menus.actions["move records"]
    folder = two_people.window.gallery.folder
    for title, file in (
        ("Use S&QLite storage", "gallery.sqlite"),
        ("Use &JSON storage", "embeddings.json"),
    ):
        assert action.text() == title
        trigger(two_people, "move records")
        assert file in two_people.message
        assert (folder / file).exists()
        assert names(two_people) == ["Eileen", "Grace"]


def test_a_gallery_is_encrypted_used_and_decrypted(
    two_people, open_window, monkeypatch: pytest.MonkeyPatch, archive_file: Path, astronaut_file: Path
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    actions, folder = two_people.window.menus.actions, two_people.window.gallery.folder

    def type_it(dialog: QDialog) -> None:
        assert not dialog.accept_button.isEnabled()
        dialog.first.setText(PASSPHRASE)
        dialog.second.setText("incorrect")
        assert not dialog.accept_button.isEnabled()
        dialog.second.setText(PASSPHRASE)
        dialog.accept_button.click()

    assert not actions["decrypt"].isVisible()
    answering(QDialog, type_it)
    trigger(two_people, "encrypt")
    assert "The gallery is encrypted" in two_people.message
    assert not list(folder.rglob("*.png"))
    assert not actions["encrypt"].isVisible()
    two_people.open(astronaut_file)
    assert two_people.rows[0] == "✅ Eileen  1.000"

    asked = pressing("Cancel")
    trigger(two_people, "export")
    assert "the archive will not be" in asked[1]
    assert not archive_file.exists()
    pressing("Export unencrypted")
    trigger(two_people, "export")
    assert archive_file.exists()

    pressing("Decrypt")
    trigger(two_people, "decrypt")
    assert "no longer encrypted" in two_people.message
    assert len(list(folder.rglob("*.png"))) == 2
    assert actions["encrypt"].isVisible()


def test_an_interrupted_encryption_is_finished(
    two_people, open_window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    folder = two_people.window.gallery.folder
    two_people.window.close()
    asked = iter((False, True))
    with pytest.raises(CancelledError):
        encrypt(folder, PASSPHRASE, is_cancelled=lambda: next(asked))
    again = open_window(folder)
    again.window.gallery.open(PASSPHRASE)
    again.settle()
    assert names(again) == ["Eileen", "Grace"]
    assert again.window.menus.actions["encrypt"].text() == "Finish e&ncrypting"
    trigger(again, "encrypt")
    assert not again.window.menus.actions["encrypt"].isVisible()
    assert not list(folder.rglob("*.png"))
    assert names(again) == ["Eileen", "Grace"]


def test_a_person_is_deleted_for_good_after_confirmation(two_people, hopper_file: Path) -> None:
    def pick(dialog: QDialog) -> None:
        dialog.name_edit.setText("Nobody")
        assert not dialog.accept_button.isEnabled()
        dialog.name_edit.setText("grace")
        assert "1 face" in dialog.preview_label.text()
        dialog.accept_button.click()

    for button, left in (("Cancel", ["Eileen", "Grace"]), ("Delete for good", ["Eileen"])):
        answering(QDialog, pick)
        two_people.window.menus.actions["purge"].trigger()
        two_people.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        asked = pressing(button)
        two_people.qtbot.waitUntil(lambda asked=asked: bool(asked))
        two_people.settle()
        assert asked[0] == "Delete Grace for good?"
        assert "1 face and its crop" in asked[1]
        assert "cannot be undone" in asked[1]
        assert names(two_people) == left
    assert "nothing of this person is left" in two_people.message
    folder = two_people.window.gallery.folder
    assert not [p for p in folder.rglob("*") if p.is_file() and b"Grace" in p.read_bytes()]


def test_somebody_deleted_can_be_deleted_for_good_until_they_are_brought_back(two_people) -> None:
    window = two_people.window
    window.people_edits.delete(window.gallery.gallery.people)
    two_people.settle()
    assert two_people.message == "Deleted Eileen and Grace. 2 faces are unnamed now. Undo: Ctrl+Z."
    assert names(two_people) == []

    def pick(dialog: QDialog) -> None:
        dialog.name_edit.setText("Nobody")
        assert not dialog.accept_button.isEnabled()
        dialog.name_edit.setText("grace")
        assert dialog.preview_label.text() == "Grace was deleted and can be brought back. This ends that."
        dialog.accept_button.click()

    answering(PersonPicker, pick)
    window.menus.actions["purge"].trigger()
    asked = pressing("Delete for good")
    two_people.qtbot.waitUntil(lambda: bool(asked))
    two_people.settle()
    assert asked[0] == "Delete Grace for good?"
    assert "nothing of this person is left" in two_people.message
    folder = window.gallery.folder
    assert not [p for p in folder.rglob("*") if p.is_file() and b"Grace" in p.read_bytes()]
    assert len(window.gallery.gallery.unnamed()) == 1, "Eileen’s"


def test_all_people_are_deleted_after_confirmation(two_people) -> None:
    asked = pressing("Cancel")
    trigger(two_people, "clear")
    assert asked[0] == "Delete all people for good?"
    assert asked[1].startswith("2 people with 2 faces, and all backups will be deleted.")
    assert names(two_people) == ["Eileen", "Grace"]
    pressing("Delete all people")
    trigger(two_people, "clear")
    assert names(two_people) == []
    assert two_people.message == "The gallery is empty."
    assert not two_people.window.menus.actions["clear"].isEnabled()


def test_a_check_lists_problems_and_removes_near_duplicates(
    two_people, astronaut_file: Path, tmp_path: Path
) -> None:
    smaller = tmp_path / "smaller.jpg"
    with Image.open(astronaut_file) as image:
        image.resize((400, 400)).save(smaller, quality=90)
    two_people.add(smaller, "Eileen")
    gallery = two_people.window.gallery.gallery
    grace = gallery.faces_of(gallery.person("Grace"))[0]
    (gallery.folder / grace.file).unlink()
    trigger(two_people, "check")
    dialog = two_people.window.dialogs.check
    tops = [dialog.tree.topLevelItem(i) for i in range(dialog.tree.topLevelItemCount())]
    assert [(top.text(0), top.child(0).text(0)) for top in tops] == [
        ("Crops that are missing or damaged", "Grace"),
        ("Near-duplicates", "Eileen"),
        ("Most similar people", "Eileen"),
    ]
    assert [top.text(1) for top in tops] == ["1 face", "1 face", "2 people"]
    asked = [answered(two_people, dialog, "Cancel"), two_people.faces_of("Eileen")]
    assert asked == ["Remove 1 near-duplicate of Eileen?", 2]
    assert answered(two_people, dialog, "&Remove") == asked[0]
    assert two_people.faces_of("Eileen") == 1
    assert two_people.message == "Removed 1 near-duplicate of Eileen. Undo: Ctrl+Z."
    trigger(two_people, "undo")
    assert two_people.faces_of("Eileen") == 2


def answered(driver, dialog: QDialog, button: str) -> str:
    """Ask the dialog to remove near-duplicates, and answer its question; returns that."""
    dialog.findChild(QPushButton, "thinButton").click()
    asked = pressing(button)
    driver.qtbot.waitUntil(lambda: bool(asked))
    driver.settle()
    return asked[0]


def test_the_check_counts_near_duplicates_by_faces_as_its_button_removes_them(
    two_people, astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    for number, (name, file) in enumerate(
        [("Eileen", astronaut_file), ("Eileen", astronaut_file), ("Grace", hopper_file)]
    ):
        smaller = tmp_path / f"{number}.png"
        with Image.open(file) as image:
            image.resize((image.width - 10 * (number + 1), image.height - 10 * (number + 1))).save(smaller)
        two_people.add(smaller, name)
    trigger(two_people, "check")
    dialog = two_people.window.dialogs.check
    near = dialog.tree.topLevelItem(0)
    assert (near.text(0), near.text(1), near.childCount()) == ("Near-duplicates", "3 faces", 2)
    assert answered(two_people, dialog, "&Remove") == "Remove 3 near-duplicates of Eileen and Grace?"
    assert two_people.message.startswith("Removed 3 near-duplicates of Eileen and Grace.")


def test_the_history_dialog_follows_edits_and_undoes_them(two_people) -> None:
    trigger(two_people, "history")
    dialog = two_people.window.dialogs.history

    def lines() -> list[str]:
        return [dialog.list.item(i).text().split("   ", 1)[1] for i in range(dialog.list.count())]

    assert lines() == ["added a face to Grace", "added a face to Eileen"]
    assert not dialog.redo_button.isEnabled()
    dialog.undo_button.click()
    two_people.settle()
    assert lines() == ["added a face to Grace (undone)", "added a face to Eileen"]
    assert names(two_people) == ["Eileen"]
    dialog.undo_button.click()
    two_people.settle()
    assert lines() == ["added a face to Grace (undone)", "added a face to Eileen (undone)"]
    assert not dialog.undo_button.isEnabled()
    dialog.redo_button.click()
    two_people.settle()
    assert lines() == ["added a face to Grace (undone)", "added a face to Eileen"]
    assert names(two_people) == ["Eileen"]


@pytest.mark.parametrize("dialog", ["history", "check", "calibrate", "models", "keys"])
def test_undo_and_redo_keys_work_in_every_window(dialog: str, two_people) -> None:
    trigger(two_people, dialog)
    window = next(one for one in two_people.window.findChildren(QDialog) if one.isVisible())
    window.activateWindow()
    two_people.qtbot.waitUntil(window.isActiveWindow)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for keys, left in ((control, ["Eileen"]), (control | shift, ["Eileen", "Grace"])):
        two_people.qtbot.keyClick(window, Qt.Key.Key_Z, keys)
        two_people.settle()
        assert names(two_people) == left


def test_actions_that_change_a_read_only_gallery_are_disabled(
    two_people, open_window, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(two_people.window.gallery.folder, copy, ignore=shutil.ignore_patterns("gallery.lock*"))
    with Gallery.open(copy, for_writing=True):
        reader = open_window(copy)
        actions = reader.window.menus.actions
        assert {name for name in ("check", "export", "history") if actions[name].isEnabled()} == {
            "check",
            "export",
            "history",
        }
        for name in ("back up", "restore", "import archive", "encrypt", "move records", "purge", "clear"):
            assert not actions[name].isEnabled(), name
        trigger(reader, "check")
        assert "No problems found." in reader.window.dialogs.check.text.text()


def test_the_titles_of_folder_dialogs_are_short(driver, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda parent, title, *_: titles.append(title) or ""
    )
    trigger(driver, "import people")
    assert titles == ["Import people from folders"]
