"""Names and people are imported from folders and sidecars, and written to sidecars."""

from __future__ import annotations

import itertools
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QPushButton

from face_match.core.errors import GalleryWriteError
from face_match.core.settings import Settings
from face_match.core.types import Box
from face_match.gallery.gallery import Gallery
from face_match.gallery.security.encryption import encrypt
from face_match.gallery.storage import vault
from face_match.gallery.storage.json_store import JsonStore
from face_match.gui import result_phrases as results
from face_match.gui.dialogs.skipped_photos import SkippedPhotosDialog
from face_match.gui.dialogs.write_names import WriteNamesDialog
from face_match.gui.state.tasks import MAINTENANCE, Task
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.written_forms import DEFAULT_FORMS, Form
from face_match.workflows.import_people import ImportResult
from face_match.workflows.write_names import WriteResult
from tests.gui.menu_driver import names, pressing, trigger
from tests.written_regions import write_regions

ChooseFolder = Callable[[Path | None], list[str]]
CARRYING = ("import people", "import named", "write names")


@pytest.fixture
def photos(astronaut_file: Path, hopper_file: Path, tmp_path: Path) -> Path:
    """One photo of each of two people, and one of nobody."""
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copy(astronaut_file, folder / "eileen.png")
    shutil.copy(hopper_file, folder / "grace.jpg")
    Image.new("RGB", (80, 60), "white").save(folder / "nobody.png")
    return folder


@pytest.fixture
def people(astronaut_file: Path, hopper_file: Path, tmp_path: Path) -> Path:
    """A folder per person, with twelve photos of each."""
    folder = tmp_path / "people"
    for name, file in (("Eileen", astronaut_file), ("Grace", hopper_file)):
        (folder / name).mkdir(parents=True)
        with Image.open(file) as image:
            face = image.convert("RGB").resize((300, 300 * image.height // image.width))
        for number in range(12):
            face.save(folder / name / f"{number}.jpg", quality=80 + number)
    return folder


@pytest.fixture
def choose_folder(monkeypatch: pytest.MonkeyPatch) -> ChooseFolder:
    """Sets what the system's dialog for a folder will answer; returns the titles that it had."""

    def choose(folder: Path | None) -> list[str]:
        titles: list[str] = []

        def ask(parent: object, title: str, *_: object) -> str:
            titles.append(title)
            return str(folder) if folder is not None else ""

        monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
        return titles

    return choose


@pytest.fixture
def two_people(driver, photos: Path):
    driver.add(photos / "eileen.png", "Eileen")
    driver.add(photos / "grace.jpg", "Grace")
    return driver


def write_names(driver, *forms: Form, into_files: bool = False) -> None:
    """Choose the entry, and answer its sheet."""
    trigger(driver, "write names")
    sheet = driver.window.findChild(WriteNamesDialog)
    for form, box in sheet.forms.items():
        box.setChecked(form in (forms or DEFAULT_FORMS))
    (sheet.inside if into_files else sheet.beside).setChecked(True)
    sheet.accept_button.click()
    driver.settle()


def carry_out(driver, name: str) -> None:
    """Choose an entry that asks for a folder."""
    if name == "write names":
        write_names(driver)
    else:
        trigger(driver, name)


def stop_when_asked(driver, times: int) -> None:
    """The next task is cancelled when it has looked so many times whether it is."""
    asked = itertools.count(1)
    stop_when(driver, lambda: next(asked) > times)


def stop_when(driver, is_time: Callable[[], bool]) -> None:
    """The next task is cancelled when it looks and it is time."""

    def on_started(task: Task) -> None:
        task.is_cancelled = is_time
        driver.window.tasks.started.disconnect(on_started)

    driver.window.tasks.started.connect(on_started)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def backups_before_import(driver) -> list[Path]:
    return [*(driver.window.gallery.folder / "backups").glob("*before import*")]


def test_names_are_written_to_sidecars_and_imported_into_another_gallery(
    two_people, open_window, photos: Path, choose_folder: ChooseFolder, tmp_path: Path
) -> None:
    before = contents(photos)
    titles = choose_folder(photos)
    write_names(two_people)
    assert titles == ["Write names to photos and sidecars"]
    assert two_people.message == results.names_result(WriteResult(names=2), "")
    after = contents(photos)
    assert sorted(after.keys() - before.keys()) == ["eileen.png.xmp", "grace.jpg.xmp"]
    assert {name: after[name] for name in before} == before
    write_names(two_people)
    assert two_people.message == results.names_result(WriteResult(known=2), "")
    assert contents(photos) == after
    two_people.window.close()

    other = open_window(tmp_path / "other")
    trigger(other, "import named")
    assert other.message == results.import_result(ImportResult(2, added=2, people={"Eileen", "Grace"}))
    assert names(other) == ["Eileen", "Grace"]
    assert backups_before_import(other) == [], "there was nothing to keep"
    other.open(photos / "grace.jpg")
    assert other.rows[0] == "✅ Grace  1.000"
    trigger(other, "import named")
    assert other.message == results.import_result(ImportResult(2, known=2))
    trigger(other, "undo")
    assert other.message == "Undid: imported 2 faces."
    assert names(other) == []
    trigger(other, "redo")
    assert names(other) == ["Eileen", "Grace"]
    assert contents(photos) == after


def test_people_are_imported_from_folders_and_undone_in_one_step(
    two_people, people: Path, choose_folder: ChooseFolder
) -> None:
    choose_folder(people)
    trigger(two_people, "import people")
    assert two_people.message == results.import_result(ImportResult(24, added=24, people={"Eileen", "Grace"}))
    assert [two_people.faces_of(name) for name in ("Eileen", "Grace")] == [13, 13]
    assert len(backups_before_import(two_people)) == 1
    trigger(two_people, "undo")
    assert [two_people.faces_of(name) for name in ("Eileen", "Grace")] == [1, 1]
    trigger(two_people, "undo")
    assert names(two_people) == ["Eileen"], "what was there before is undone one by one"


def test_a_cancelled_import_reports_what_is_left_and_resumes(
    driver, people: Path, choose_folder: ChooseFolder
) -> None:
    choose_folder(people)
    cancel = driver.window.findChild(QPushButton, "cancelButton")
    driver.window.tasks.progressed.connect(lambda _, done, total: done and cancel.click())
    trigger(driver, "import people")
    added = driver.window.gallery.gallery.face_count
    assert 0 < added < 24
    assert driver.message.startswith(f"Added {added} face")
    left = f"{24 - added} photos are" if added < 23 else "1 photo is"
    assert f"Stopped. {left} left. Start again to resume." in driver.message
    driver.window.tasks.progressed.disconnect()
    trigger(driver, "import people")
    assert driver.window.gallery.gallery.face_count == 24
    assert f"Added {24 - added} faces of" in driver.message


def test_a_cancelled_export_of_names_resumes(two_people, photos: Path, choose_folder: ChooseFolder) -> None:
    choose_folder(photos)
    stop_when(two_people, lambda: any(photos.glob("*.xmp")))
    write_names(two_people)
    assert two_people.message == (
        "Wrote 1 name to XMP sidecars. The photos were not changed. "
        "Stopped. 2 photos are left. Start again to resume."
    )
    assert len([*photos.glob("*.xmp")]) == 1
    write_names(two_people)
    assert two_people.message.endswith("were not changed. 1 name was already there.")
    assert len([*photos.glob("*.xmp")]) == 2


def test_a_cancelled_import_of_names_resumes(
    two_people, open_window, photos: Path, choose_folder: ChooseFolder, tmp_path: Path
) -> None:
    choose_folder(photos)
    write_names(two_people)
    other = open_window(tmp_path / "other")
    stop_when(other, lambda: other.window.gallery.gallery.face_count > 0)
    trigger(other, "import named")
    assert other.message == (
        "Added 1 face of 1 person. Stopped. 2 photos are left. Start again to resume. Undo: Ctrl+Z."
    )
    assert names(other) == ["Eileen"]
    trigger(other, "import named")
    assert other.message.startswith("Added 1 face of 1 person. 1 face was already in the gallery.")
    assert names(other) == ["Eileen", "Grace"]


def test_work_cancelled_before_it_begins_reports_that_nothing_was_done(
    two_people, photos: Path, people: Path, choose_folder: ChooseFolder
) -> None:
    for name, folder, said in (
        ("write names", photos, "Stopped. No name was written."),
        ("import people", people, "Stopped. Nothing was added."),
    ):
        choose_folder(folder)
        stop_when_asked(two_people, 0)
        carry_out(two_people, name)
        assert two_people.message == said
    assert [*photos.glob("*.xmp")] == []
    assert two_people.window.gallery.gallery.face_count == 2
    assert backups_before_import(two_people) == []


def test_the_first_failed_photos_are_named_and_a_dialog_lists_all(
    driver, people: Path, choose_folder: ChooseFolder, no_face: Path, two_faces: Path
) -> None:
    for number in range(3):
        (people / "Eileen" / f"broken {number}.jpg").write_bytes(b"no photo")
    shutil.copy(no_face, people / "Grace" / "sky.png")
    (people / "Somebody").mkdir()
    shutil.copy(two_faces, people / "Somebody" / "two.png")
    choose_folder(people)
    driver.window.photo_page.photo_view.setFocus()
    trigger(driver, "import people")
    assert driver.message.startswith(
        "Added 24 faces of 2 people. Not added: 5. broken 0.jpg is not a readable"
    )
    assert "broken 2.jpg is not a readable image" in driver.message
    assert " And 2 more. Undo: Ctrl+Z." in driver.message
    assert "sky.png" not in driver.message
    dialog = driver.window.dialogs.skipped
    assert dialog.isVisible()
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating), "keys go on where they went"
    rows = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    assert [row.text(0) for row in rows] == [
        *(str(Path("Eileen") / f"broken {number}.jpg") for number in range(3)),
        str(Path("Grace") / "sky.png"),
        str(Path("Somebody") / "two.png"),
    ]
    assert rows[3].text(1) == "No face was found in sky.png."
    assert rows[4].text(1) == (
        "2 faces were found in two.png, and none of them matches another photo of Somebody."
    )
    assert dialog.text.text() == f"Not added: 5, in {people}."


def test_a_broken_sidecar_is_not_changed_and_reported(
    two_people, photos: Path, choose_folder: ChooseFolder
) -> None:
    broken = photos / "grace.jpg.xmp"
    broken.write_text("<broken", "utf-8")
    choose_folder(photos)
    write_names(two_people)
    assert two_people.message.startswith("Wrote 1 name to XMP sidecars.")
    assert "Not written: 1. grace.jpg.xmp is not a readable XMP sidecar" in two_people.message
    assert broken.read_text("utf-8") == "<broken"
    trigger(two_people, "import named")
    assert two_people.message.startswith("1 face was already in the gallery. Not added: 1. grace.jpg.xmp is")
    assert two_people.window.findChild(SkippedPhotosDialog) is None, "all are named in the message"


def test_a_name_without_a_face_is_reported(driver, photos: Path, choose_folder: ChooseFolder) -> None:
    regions = [FacePlace(Box(0, 0, 20, 20), "Ghost"), FacePlace(Box(150, 50, 140, 180), "Eileen")]
    write_regions(photos / "eileen.png.xmp", regions, 512, 512, 1)
    choose_folder(photos)
    trigger(driver, "import named")
    assert driver.message == (
        "Added 1 face of 1 person. Not added: 1. No face was found in eileen.png where Ghost is marked. "
        "Undo: Ctrl+Z."
    )
    assert names(driver) == ["Eileen"]


def test_a_full_disk_ends_an_import_and_keeps_what_was_added(
    driver, people: Path, choose_folder: ChooseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, count = JsonStore.commit, itertools.count(1)

    def commit(store: JsonStore, *arguments: object) -> object:
        if next(count) > 5:
            raise GalleryWriteError(store.path, "No space left on device")
        return real(store, *arguments)

    monkeypatch.setattr(JsonStore, "commit", commit)
    choose_folder(people)
    trigger(driver, "import people")
    assert driver.message.startswith(
        "Added 5 faces of 1 person. embeddings.json could not be written (No space left on device)."
    )
    assert "19 photos are left. Start again to resume." in driver.message
    assert driver.faces_of("Eileen") == 5


def test_a_folder_without_anything_to_import_says_what_is_needed(
    two_people, tmp_path: Path, choose_folder: ChooseFolder
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    choose_folder(empty)
    for name, said in (
        (
            "import people",
            "empty has no subfolders with photos.",
        ),
        ("import named", "No names for photos were found in empty."),
        ("write names", "Nothing was written: no photo in empty has a named face."),
    ):
        carry_out(two_people, name)
        assert two_people.message.startswith(said)
    assert backups_before_import(two_people) == []


def test_cancelling_the_folder_dialog_does_nothing(
    two_people, choose_folder: ChooseFolder, photos: Path
) -> None:
    choose_folder(None)
    for name in CARRYING:
        carry_out(two_people, name)
        assert two_people.message == ""
    assert [*photos.glob("*.xmp")] == []


def test_undo_is_disabled_and_adding_works_during_an_import(
    two_people, people: Path, choose_folder: ChooseFolder, astronaut_again: Path
) -> None:
    window, release = two_people.window, threading.Event()
    actions = window.menus.actions
    choose_folder(people)
    window.tasks.start(
        MAINTENANCE, lambda on_progress, is_cancelled: release.wait(20), lambda _: None, lambda _: None
    )
    QTimer.singleShot(0, actions["import people"].trigger)
    two_people.qtbot.waitUntil(lambda: window.tasks.is_busy("import"))
    off = ("undo", "redo", "import named", "write names", "restore", "export", "check")
    assert [name for name in off if actions[name].isEnabled()] == []
    window.queue.open([astronaut_again])
    two_people.qtbot.waitUntil(lambda: window.photo.face is not None and bool(two_people.rows))
    window.face_edits.name("Eileen")
    two_people.qtbot.waitUntil(lambda: two_people.faces_of("Eileen") == 2)
    release.set()
    two_people.settle()
    assert two_people.faces_of("Eileen") == 14
    assert [name for name in off if not actions[name].isEnabled()] == ["redo"], "nothing was undone"


def test_a_read_only_gallery_exports_names_and_imports_none(
    two_people, open_window, photos: Path, choose_folder: ChooseFolder, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(two_people.window.gallery.folder, copy, ignore=shutil.ignore_patterns("gallery.lock*"))
    choose_folder(photos)
    with Gallery.open(copy, for_writing=True):
        reader = open_window(copy)
        actions = reader.window.menus.actions
        assert [name for name in CARRYING if actions[name].isEnabled()] == ["write names"]
        write_names(reader)
        assert reader.message.startswith("Wrote 2 names to")
    assert len([*photos.glob("*.xmp")]) == 2


def test_an_empty_gallery_has_no_names_to_write(driver) -> None:
    actions = driver.window.menus.actions
    assert [name for name in CARRYING if actions[name].isEnabled()] == ["import people", "import named"]


def test_names_of_an_encrypted_gallery_are_written_after_confirmation(
    two_people, open_window, photos: Path, choose_folder: ChooseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    folder = two_people.window.gallery.folder
    two_people.window.close()
    encrypt(folder, "secret")
    driver = open_window(folder)
    driver.window.gallery.open("secret")
    driver.settle()
    choose_folder(photos)
    asked = pressing("Cancel")
    trigger(driver, "write names")
    assert "the sidecars will not be" in asked[1]
    assert [*photos.glob("*.xmp")] == []
    pressing("Write unencrypted")
    write_names(driver)
    assert len([*photos.glob("*.xmp")]) == 2


def test_names_are_written_into_the_photos_and_the_choice_is_remembered(
    two_people, photos: Path, choose_folder: ChooseFolder
) -> None:
    before = contents(photos)
    titles = choose_folder(photos)
    write_names(two_people, Form.MWG, Form.PERSONS, into_files=True)
    assert titles == ["Write names to photos and sidecars"]
    assert two_people.message == "Wrote 2 names to photos and sidecars. Rewrote 2 photos."
    after = contents(photos)
    assert after.keys() == before.keys()
    assert sorted(name for name in after if after[name] != before[name]) == ["eileen.png", "grace.jpg"]
    assert b"PersonInImage" in after["grace.jpg"]
    trigger(two_people, "write names")
    sheet = two_people.window.findChild(WriteNamesDialog)
    assert [form for form, box in sheet.forms.items() if box.isChecked()] == [Form.MWG, Form.PERSONS]
    assert sheet.inside.isChecked()
    for box in sheet.forms.values():
        box.setChecked(False)
    assert not sheet.accept_button.isEnabled()
    sheet.reject()
    settings = Settings.load()
    assert (settings.written_forms, settings.names_into_files) == (["mwg", "persons"], True)
