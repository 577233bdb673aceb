"""A gallery that is damaged, gone or held by somebody else: what the window shows, and what can be done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from face_match.core.errors import ErasingPendingError, GalleryWriteError
from face_match.core.gallery_folder import is_gone as is_folder_gone
from face_match.gallery.gallery import Gallery
from face_match.gui.shell.banner import read_only_text
from face_match.gui.shell.navigation import Page
from tests.gui import audit
from tests.gui.menu_driver import answering, names
from tests.ordinary_rights import ordinary_rights


@pytest.fixture
def damaged(gallery_folder: Path) -> Path:
    """A gallery of three whose records are damaged; a backup has all of them but Élise."""
    with Gallery.open(gallery_folder, for_writing=True) as gallery:
        gallery.delete_people([gallery.person("Élise")])
        gallery.back_up()
    (gallery_folder / "embeddings.json").write_text("{", "utf-8")
    (gallery_folder / "embeddings.json.bak").unlink(missing_ok=True)
    return gallery_folder


def test_a_damaged_gallery_offers_its_newest_good_backup_and_restores_it(damaged: Path, open_window) -> None:
    driver = open_window(damaged)
    page = driver.window.states.damaged
    assert page.isVisible()
    assert page.title.text() == "This gallery cannot be read."
    assert page.text.text().startswith("The file embeddings.json is damaged")
    assert page.backup_text.text().endswith("— by hand: 2 people, 3 faces")
    page.restore_button.click()
    driver.settle()
    assert not page.isVisible()
    assert driver.window.pages.is_shown(Page.PEOPLE)
    assert sorted(names(driver)) == ["Eileen", "Grace"]
    kept = [path for path in damaged.iterdir() if path.name.startswith("embeddings.json.before")]
    assert [path.read_text("utf-8") for path in kept] == ["{"], "nothing is thrown away"


def test_the_records_before_the_last_change_are_offered_as_that(gallery_folder: Path, open_window) -> None:
    records = gallery_folder / "embeddings.json"
    (gallery_folder / "embeddings.json.bak").write_bytes(records.read_bytes())
    records.write_text("{", "utf-8")
    page = open_window(gallery_folder).window.states.damaged
    assert page.backup_text.text().endswith("— before the last change: 3 people, 4 faces")


def test_a_gallery_that_the_system_refuses_to_read_offers_no_backup_and_is_tried_again(
    gallery_folder: Path, open_window
) -> None:
    with Gallery.open(gallery_folder, for_writing=True) as gallery:
        gallery.back_up()
    records = gallery_folder / "embeddings.json"
    records.chmod(0)
    with ordinary_rights():
        driver = open_window(gallery_folder)
        page = driver.window.states.damaged
        assert page.title.text() == "This gallery cannot be read now."
        assert not page.card.isVisibleTo(page)
        assert not page.other_button.isVisibleTo(page)
        page.retry_button.click()
        driver.settle()
        assert page.isVisible(), "it still may not be read"
        records.chmod(0o600)
        page.retry_button.click()
        driver.settle()
    assert not page.isVisible()
    assert sorted(names(driver)) == ["Eileen", "Grace", "Élise"]


def test_other_backups_of_a_damaged_gallery_can_be_chosen(damaged: Path, open_window) -> None:
    driver = open_window(damaged)
    page = driver.window.states.damaged
    seen: list[list[str]] = []

    def choose(dialog: QDialog) -> None:
        driver.qtbot.waitUntil(dialog.restore_button.isEnabled)
        seen.append([cell.text() for cell in dialog.preview._cells])
        dialog.restore_button.click()

    answering(QDialog, choose)
    page.other_button.click()
    driver.settle()
    assert seen == [["?", "2", "?", "3", "?", "1"]], "what cannot be read is not counted"
    assert sorted(names(driver)) == ["Eileen", "Grace"]


def test_a_damaged_gallery_without_a_backup_says_so(tmp_path: Path, open_window) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "embeddings.json").write_text("{", "utf-8")
    page = open_window(folder).window.states.damaged
    assert page.isVisible()
    assert page.backup_title.text() == "There is no backup that can be read."
    assert not page.restore_button.isVisible()
    assert (folder / "embeddings.json").read_text("utf-8") == "{"


def test_a_gallery_with_a_damaged_vault_asks_for_the_right_one_instead_of_a_backup(
    damaged: Path, open_window
) -> None:
    (damaged / "vault.json").write_text("{}", "utf-8")
    page = open_window(damaged).window.states.damaged
    assert page.isVisible()
    assert page.text.text().startswith("vault.json cannot be used")
    assert "its backups open only with the right vault.json" in page.text.text()
    assert not page.card.isVisible()
    assert not page.other_button.isVisible()
    assert page.retry_button.isVisible()


def test_a_damaged_plan_of_a_purge_leaves_the_gallery_to_be_read(gallery_folder: Path, open_window) -> None:
    plan = gallery_folder / "erasing.json"
    plan.write_text("{", "utf-8")
    driver = open_window(gallery_folder)
    banner = driver.window.states.banner
    assert "Delete erasing.json, then delete the person again" in banner.label.text()
    assert len(names(driver)) == 3
    plan.unlink()
    banner.button.click()
    driver.settle()
    assert not banner.isVisible()
    assert driver.window.gallery.can_edit


def test_a_gallery_whose_drive_is_missing_is_not_begun_anew(
    gallery_folder: Path, open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "drive" / "photos" / "gallery"
    driver = open_window(gone)
    page = driver.window.states.missing
    assert page.isVisible()
    assert page.path.text() == str(gone)
    assert not gone.parent.exists()
    page.retry_button.click()
    driver.settle()
    assert page.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(gallery_folder))
    page.locate_button.click()
    driver.settle()
    assert not page.isVisible()
    assert len(names(driver)) == 3
    assert driver.window.gallery.folder == gallery_folder
    driver.window.close()
    again = open_window(gone)
    assert again.window.gallery.folder == gallery_folder, "remembered at the next start"
    assert len(names(again)) == 3
    again.window.close()
    gallery_folder.rename(gallery_folder.with_name("moved again"))
    last = open_window(gone)
    assert last.window.states.missing.path.text() == str(gallery_folder)
    assert not gallery_folder.exists(), "no empty gallery in its place"


@pytest.mark.parametrize(
    ("path", "is_gone"),
    [
        ("{tmp}/gallery", False),
        ("{tmp}/new/gallery", False),
        ("{tmp}/drive/photos/gallery", True),
        ("/media/DRIVE-OF-A-TEST/gallery", True),
        ("/mnt/DRIVE-OF-A-TEST/gallery", True),
    ],
)
def test_a_folder_is_gone_where_its_drive_may_be_missing(tmp_path: Path, path: str, is_gone: bool) -> None:
    folder = Path(path.format(tmp=tmp_path))
    assert is_folder_gone(folder, was_there=False) is is_gone
    assert is_folder_gone(folder, was_there=True)


@pytest.mark.parametrize("is_mount_point", [False, True])
def test_a_gallery_that_was_open_before_is_not_begun_anew_where_its_folder_is_gone(
    gallery_folder: Path, open_window, is_mount_point: bool
) -> None:
    open_window(gallery_folder).window.close()
    gallery_folder.rename(gallery_folder.with_name("renamed"))
    if is_mount_point:
        gallery_folder.mkdir()
    driver = open_window(gallery_folder)
    missing = driver.window.states.missing
    assert missing.isVisible()
    assert missing.path.text() == str(gallery_folder)
    assert not list(gallery_folder.glob("*"))
    driver.window.places.open(gallery_folder)  # as from the recent ones
    driver.settle()
    assert missing.isVisible()
    assert not list(gallery_folder.glob("*"))
    missing.new_button.click()
    driver.settle()
    driver.window.close()
    assert open_window(gallery_folder).window.start_page.welcome.isVisible(), (
        "an empty gallery is not a missing one"
    )


def test_a_new_gallery_is_begun_where_the_folder_is_gone_when_that_is_wanted(
    open_window, tmp_path: Path
) -> None:
    driver = open_window(tmp_path / "drive" / "photos" / "gallery")
    driver.window.states.missing.new_button.click()
    driver.settle()
    assert names(driver) == []
    assert driver.window.start_page.welcome.isVisible()


def test_a_folder_that_was_moved_while_it_was_open_is_asked_for(
    gallery_folder: Path, open_window, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_window(gallery_folder)
    moved = gallery_folder.with_name("moved")
    gallery_folder.rename(moved)
    window = driver.window
    window.people_edits.rename(window.gallery.gallery.person("Grace"), "Somebody")
    driver.settle()
    banner = window.states.banner
    assert banner.isVisible()
    assert "moved or replaced" in banner.label.text()
    banner.button.click()
    driver.settle()
    assert window.states.missing.isVisible()
    assert not gallery_folder.exists(), "no empty gallery in its place"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved))
    window.states.missing.locate_button.click()
    driver.settle()
    assert sorted(names(driver)) == ["Eileen", "Grace", "Élise"]
    assert not banner.isVisible()


def test_the_banner_names_who_holds_the_gallery_until_it_is_free(gallery_folder: Path, open_window) -> None:
    with Gallery.open(gallery_folder, for_writing=True):
        driver = open_window(gallery_folder)
        banner = driver.window.states.banner
        assert banner.isVisible()
        assert "another Face Match has this gallery open (process" in banner.label.text()
        assert len(names(driver)) == 3, "reading works"
        assert "in use" not in driver.message, "it is said once"
        assert driver.window.pages.is_shown(Page.PEOPLE)
        banner.button.click()
        driver.settle()
        assert banner.isVisible()
    banner.button.click()
    driver.settle()
    assert not banner.isVisible()
    assert driver.window.gallery.gallery.is_writable


@pytest.mark.parametrize("way", ["mouse", "keys", "Escape"])
def test_the_banner_can_be_closed(gallery_folder: Path, open_window, way: str) -> None:
    with Gallery.open(gallery_folder, for_writing=True):
        driver = open_window(gallery_folder)
        banner = driver.window.states.banner
        assert banner.isVisible()
        if way == "mouse":
            driver.qtbot.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)
        else:
            banner.button.setFocus(Qt.FocusReason.TabFocusReason)
            driver.press(Qt.Key.Key_Escape if way == "Escape" else Qt.Key.Key_Tab)
            if way == "keys":
                assert banner.close_button.hasFocus()
                driver.press(Qt.Key.Key_Space)
        assert not banner.isVisible()
        page = driver.window.pages.currentWidget()
        assert page.isAncestorOf(driver.window.focusWidget())


def test_the_banner_says_why_a_gallery_cannot_be_written() -> None:
    folder = Path("/photos/gallery")
    assert read_only_text(GalleryWriteError(folder, "Permission denied")) == (
        "Read-only: the folder gallery cannot be written (Permission denied). You can look at everything."
    )
    pending = read_only_text(ErasingPendingError(folder, "Permission denied", "Ada"))
    assert "The deletion of Ada is not finished." in pending
    assert read_only_text(None) == "This gallery is read-only. You can look at everything."


@pytest.mark.parametrize("state", ["damaged", "missing", "read-only"])
def test_each_state_can_be_used_by_keyboard_and_screen_reader(
    state: str, damaged: Path, gallery_of_three: Path, open_window, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(gallery_of_three, tmp_path / "copy"))
    with Gallery.open(copy, for_writing=True):
        places = {"damaged": damaged, "missing": tmp_path / "a" / "b" / "c", "read-only": copy}
        states = open_window(places[state]).window.states
        part = {"damaged": lambda: states.damaged, "missing": lambda: states.missing}.get(
            state, lambda: states.banner
        )()
    assert part.isVisible()
    own = [one for one in audit.controls(part.window()) if part.isAncestorOf(one)]
    assert own
    for control in own:
        assert audit.spoken(control)
        assert control.toolTip()
    assert [one for one in audit.cut_off(part.window()) if "Label" in one and state in one] == []
