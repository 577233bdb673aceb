"""The face list, and photos by person, are exported."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from face_match.gallery.security.encryption import encrypt
from face_match.gallery.storage import vault
from face_match.gui import phrases
from face_match.gui import result_phrases as results
from face_match.workflows.export_photos import ExportResult
from tests.gui.menu_driver import pressing, trigger


@pytest.fixture
def photos(astronaut_file: Path, hopper_file: Path, two_faces: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copy(astronaut_file, folder / "eileen.png")
    shutil.copy(hopper_file, folder / "grace.jpg")
    shutil.copy(two_faces, folder / "both.png")
    Image.new("RGB", (80, 60), "white").save(folder / "nobody.png")
    return folder


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Sets what the system's dialogs answer, one after the other; returns the titles that they had."""

    def answer(*answers: Path | None) -> list[str]:
        titles: list[str] = []
        rest = list(answers)

        def folder(parent: object, title: str, *_: object) -> str:
            titles.append(title)
            return str(rest.pop(0) or "")

        def file(parent: object, title: str, proposed: str, kinds: str) -> tuple[str, str]:
            return folder(parent, title), kinds

        monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", file)
        return titles

    return answer


def scan(driver, folder: Path) -> None:
    driver.window.folder_import.scan([folder])
    driver.settle()


def test_the_face_list_is_exported(
    driver, photos: Path, tmp_path: Path, choosing: Callable[..., list[str]]
) -> None:
    choosing(tmp_path / "faces")
    trigger(driver, "export results")
    assert driver.message == phrases.NO_PHOTOS
    driver.add(photos / "eileen.png", "Eileen")
    scan(driver, photos)
    choosing(tmp_path / "faces")
    trigger(driver, "export results")
    assert driver.message == "faces.csv contains 4 faces of 4 photos."
    rows = [*csv.DictReader((tmp_path / "faces.csv").read_text("utf-8-sig").splitlines())]
    told = {(Path(row["photo"]).name, row["person"], row["decision"]) for row in rows}
    assert ("eileen.png", "Eileen", "sample") in told
    assert ("both.png", "Eileen", "proposed") in told
    assert {decision for _, person, decision in told if not person} <= {"group", "unnamed"}
    choosing(None)
    trigger(driver, "export results")
    (tmp_path / "folder.csv").mkdir()
    choosing(tmp_path / "folder.csv")
    trigger(driver, "export results")
    assert "could not be written" in driver.message


def test_photos_are_exported_by_person(
    driver,
    photos: Path,
    tmp_path: Path,
    choosing: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not driver.window.menus.actions["sort photos"].isEnabled()
    driver.add(photos / "eileen.png", "Eileen")
    driver.add(photos / "grace.jpg", "Grace")
    into = tmp_path / "by person"
    into.mkdir()
    titles = choosing(photos, into)
    trigger(driver, "sort photos")
    assert [title.split(":")[0] for title in titles] == [
        "Folder of the photos to export",
        "Folder for the copies",
    ]
    assert driver.message == "Copied 2 photos into 2 folders in by person."
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    bar = driver.window.message_bar
    assert bar.folder_button.isVisible()
    bar.folder_button.click()
    assert [Path(url.toLocalFile()) for url in opened] == [into]
    bar.show_message("")
    assert not bar.folder_button.isVisible()
    assert sorted(path.relative_to(into).as_posix() for path in into.rglob("*.*")) == [
        "Eileen/eileen.png",
        "Grace/grace.jpg",
    ]
    choosing(photos, into)
    trigger(driver, "sort photos")
    assert driver.message == results.export_result(ExportResult(2, known=2), "by person")
    for answers in ((None,), (photos, None)):
        choosing(*answers)
        trigger(driver, "sort photos")
        assert driver.message == ""
    choosing(photos, tmp_path)
    trigger(driver, "sort photos")
    assert driver.message == phrases.EXPORT_INTO_PHOTOS
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "Grace").write_bytes(b"a file")
    choosing(photos, tmp_path / "file")
    trigger(driver, "sort photos")
    assert "file/Grace could not be written" in driver.message
    empty = tmp_path / "empty"
    empty.mkdir()
    choosing(empty, into)
    trigger(driver, "sort photos")
    assert driver.message.startswith(results.export_result(ExportResult(0), "by person"))


def test_a_list_of_an_encrypted_gallery_is_exported_after_confirmation(
    driver,
    open_window,
    photos: Path,
    choosing: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    driver.add(photos / "eileen.png", "Eileen")
    scan(driver, photos)
    folder = driver.window.gallery.folder
    driver.window.close()
    encrypt(folder, "secret")
    sealed = open_window(folder)
    sealed.window.gallery.open("secret")
    sealed.settle()
    table, into = photos.parent / "faces.csv", photos.parent / "into"
    choosing(table)
    asked = pressing("Cancel")
    trigger(sealed, "export results")
    assert "The gallery is encrypted, but the table will not be" in asked[1]
    assert not table.exists()
    pressing("Export unencrypted")
    trigger(sealed, "export results")
    assert "Eileen" in table.read_text("utf-8-sig")
    choosing(photos, into)
    pressing("Copy")
    trigger(sealed, "sort photos")
    assert (into / "Eileen" / "eileen.png").exists()


def test_exports_do_not_write_over_the_gallery_or_into_its_folders(
    driver, photos: Path, choosing: Callable[..., list[str]]
) -> None:
    driver.add(photos / "eileen.png", "Eileen")
    scan(driver, photos)
    folder = driver.window.gallery.folder
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    for action, *answers in (
        ("export results", folder / "embeddings.json"),
        ("export", folder / "faces_db" / "all.zip"),
        ("sort photos", photos, folder / "faces_db"),
    ):
        choosing(*answers)
        trigger(driver, action)
        assert driver.message.endswith("it belongs to the gallery. Choose another place.")
    assert {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()} == before
