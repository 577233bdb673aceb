"""A window whose gallery is on a server: its password, a server that is away, and what is not done there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from face_match.core.gallery_place import ServerAddress
from face_match.gallery.archive import import_archive
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage.server import connecting
from face_match.gui.gallery_menu import NOT_ON_SERVER
from face_match.gui.shell.server_page import ServerPage
from tests.memory_keyring import MemoryKeyring
from tests.postgres import SECRET, Postgres


@pytest.fixture
def ada(
    shared_gallery: ServerAddress, postgres: Postgres, user_with_password: ServerAddress
) -> ServerAddress:
    """Her address of that gallery, without her password, which the server asks for."""
    postgres.sql(f"ALTER ROLE {user_with_password.user} SUPERUSER")
    return replace(shared_gallery, user=user_with_password.user)


def page_of(driver) -> ServerPage:
    page: ServerPage = driver.window.states.server
    assert page.isVisible()
    assert "damaged" not in driver.window.states.__dict__
    return page


def test_the_password_is_asked_for_at_the_start_and_kept_where_that_is_wanted(
    ada: ServerAddress, open_window, own_keyring: MemoryKeyring, tmp_path: Path
) -> None:
    driver = open_window(ada)
    page = page_of(driver)
    assert page.title.text() == "The server asks for your password."
    assert page.edit.hasFocus()
    assert not page.open_button.isEnabled()
    assert not page.keep.isChecked()
    driver.settle()  # the page is laid out
    before = page.open_button.geometry()
    driver.qtbot.keyClicks(page.edit, "wrong")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert page.remark.text().startswith("The server does not accept the password")
    assert page.open_button.geometry() == before, "nothing jumps"
    assert page.edit.hasFocus()
    assert page.edit.selectedText() == page.edit.text()
    driver.qtbot.keyClicks(page.edit, SECRET)  # instead of the wrong one, which is selected
    page.keep.click()
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert not page.isVisible()
    assert [person.name for person in driver.window.gallery.gallery.people] == ["Ada"]
    assert page.edit.text() == ""
    assert [*own_keyring.entries.values()] == [SECRET]
    driver.window.close()
    assert SECRET not in (tmp_path / "settings.json").read_text("utf-8")
    again = open_window(ada)
    assert again.window.gallery.gallery is not None, "opens with the password in the keyring"


def test_a_password_is_kept_nowhere_unless_that_is_wanted(
    ada: ServerAddress, open_window, own_keyring: MemoryKeyring
) -> None:
    driver = open_window(ada)
    page = page_of(driver)
    driver.qtbot.keyClicks(page.edit, SECRET)
    page.open_button.click()
    driver.settle()
    assert driver.window.gallery.gallery is not None
    assert own_keyring.entries == {}


def test_a_server_that_is_away_at_the_start_is_named_and_tried_again(
    shared_gallery: ServerAddress, postgres: Postgres, open_window
) -> None:
    postgres.stop()
    try:
        driver = open_window(shared_gallery)
        page = page_of(driver)
        assert page.title.text() == "The server is away."
        assert "cannot be reached" in page.text.text()
        assert page.open_button.text() == "Try again"
        assert page.open_button.hasFocus()
        assert not page.edit.isVisible()
        page.open_button.click()
        driver.settle()
        assert page.isVisible()
    finally:
        postgres.start()
    page.open_button.click()
    driver.settle()
    assert not page.isVisible()
    assert [person.name for person in driver.window.gallery.gallery.people] == ["Ada"]


def test_what_needs_a_folder_is_not_offered_and_says_why(shared_gallery: ServerAddress, open_window) -> None:
    window = open_window(shared_gallery).window
    assert (
        window.message_bar.status.text() == f"1 person · 1 of 3 faces named · shared on {shared_gallery.name}"
    )
    for name, reason in NOT_ON_SERVER.items():
        action = window.menus.actions[name]
        assert not action.isEnabled(), name
        assert action.toolTip() == action.statusTip() == reason
    for name in ("check", "export", "import archive", "purge", "clear", "history", "open gallery"):
        assert window.menus.actions[name].isEnabled(), name


def test_about_export_and_check_know_servers(
    shared_gallery: ServerAddress, open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_window(replace(shared_gallery, password="sesame"))
    window, actions = driver.window, driver.window.menus.actions
    actions["about"].trigger()
    about = window.dialogs.about
    assert str(shared_gallery).partition("?")[0] in about.folder.toolTip()
    assert "sesame" not in about.folder.toolTip()
    assert about.records.text() == "In the database of a server"
    assert not about.folder_button.isEnabled()
    about.close()
    target = tmp_path / "family.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    actions["export"].trigger()
    driver.settle()
    with Gallery.open(tmp_path / "moved", for_writing=True) as moved:
        assert (import_archive(target, moved).added, len(moved.unnamed())) == (1, 2)
    actions["check"].trigger()
    driver.settle()
    assert window.dialogs.check.isVisible()


def test_somebody_is_deleted_for_good_on_a_server_too(shared_gallery: ServerAddress, open_window) -> None:
    driver = open_window(shared_gallery)
    driver.window.maintenance.purge("Ada")
    driver.settle()
    assert driver.message.startswith("Deleted for good: 1 face, 1 crop. The server’s backups")
    assert not driver.window.gallery.gallery.people
    driver.window.maintenance.clear()
    driver.settle()
    assert driver.message.startswith("The gallery is empty.")
    assert not driver.window.gallery.gallery.unnamed()


def test_a_reader_looks_at_everything_and_is_offered_no_edit(
    shared_gallery: ServerAddress, postgres: Postgres, open_window
) -> None:
    postgres.run_script(Path(connecting.__file__).with_name("roles.sql"), schema=shared_gallery.schema)
    postgres.sql(f"CREATE ROLE grace LOGIN; GRANT {shared_gallery.schema}_reader TO grace")
    try:
        driver = open_window(replace(shared_gallery, user="grace"))
        window = driver.window
        gallery = window.gallery.gallery
        assert [person.name for person in gallery.people] == ["Ada"]
        assert len(gallery.unnamed()) == 2
        assert window.states.banner.isVisible()
        assert window.states.banner.label.text().startswith(
            "This gallery is read-only. Your user of the server"
        )
        assert not window.gallery.can_edit
        for name in ("undo", "redo", "import archive", "purge", "clear", "import named"):
            assert not window.menus.actions[name].isEnabled(), name
        with Gallery.open(shared_gallery, for_writing=True) as other:
            other.rename(other.person("Ada"), "Ada Lovelace")
        driver.qtbot.waitUntil(lambda: gallery.find("Ada Lovelace") is not None)
        driver.settle()
        window.close()
    finally:
        postgres.sql(f"DROP OWNED BY {shared_gallery.schema}_reader, {shared_gallery.schema}_editor")
        postgres.sql(f"DROP ROLE grace, {shared_gallery.schema}_reader, {shared_gallery.schema}_editor")
