"""The review as a person meets it: folders scanned, groups named, taken apart, merged, undone."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from face_match.core.records import FaceRecord
from face_match.gallery.gallery import Gallery
from face_match.gui import phrases
from face_match.gui import result_phrases as results
from face_match.gui.dialogs.history import HistoryDialog
from face_match.gui.dialogs.skipped_photos import SkippedPhotosDialog
from face_match.gui.shell.frame import Frame
from face_match.gui.shell.navigation import Page
from face_match.gui.state.tasks import Task
from face_match.gui.widgets.photo_view import PhotoView
from face_match.vision.models import registry
from face_match.workflows.face_groups import GroupKind
from face_match.workflows.scan import ScanResult
from tests.gui.people_driver import PeopleDriver
from tests.gui.review_driver import CONTROL, SHIFT, ReviewDriver


@pytest.fixture
def gallery_folder(scanned: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "gallery"
    shutil.copytree(scanned, folder)
    return folder


@pytest.fixture
def review(open_window, gallery_folder: Path) -> ReviewDriver:
    return ReviewDriver(open_window(gallery_folder))


def path_of(review: ReviewDriver, face: FaceRecord) -> Path:
    """Where its photo is."""
    return Path(review.main.window.gallery.gallery.photo(face.photo).path)


def sizes(review: ReviewDriver) -> list[int]:
    return [len(group.faces) for group in review.groups]


# Scanning


def test_a_scanned_folder_gives_groups_of_unnamed_faces(
    open_window, tmp_path: Path, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = open_window(tmp_path / "gallery")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(album))
    main.press(Qt.Key.Key_O, CONTROL | SHIFT)
    main.settle()
    assert main.window.pages.current is Page.UNNAMED
    assert main.message.startswith(results.scan_result(ScanResult(8, done=8, faces=7)))
    assert "Not read: 1. broken.jpg is not a readable image" in main.message
    assert main.window.unnamed.count == 7
    page = main.window.review_page
    assert [len(group.faces) for group in page.groups_list.groups] == [4, 3]
    assert page.question.text() == "Who is this?"
    assert page.name_edit.hasFocus()


def test_photos_that_cannot_be_read_are_listed(open_window, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.jpg").write_bytes(b"no photo")
    review = ReviewDriver(open_window(tmp_path / "gallery"))
    review.scan(folder)
    assert "Not read: 5." in review.message
    assert "And 2 more." in review.message
    dialog = review.main.window.findChild(SkippedPhotosDialog)
    assert dialog.isVisible()
    assert dialog.tree.topLevelItemCount() == 5
    dialog.close()


def test_a_folder_that_is_dropped_is_scanned_and_a_photo_is_opened(
    open_window, tmp_path: Path, album: Path, astronaut_file: Path
) -> None:
    main = open_window(tmp_path / "gallery")

    def drop(view: PhotoView | Frame, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        view.dropEvent(event)
        main.settle()

    drop(main.window.photo_page.photo_view, album)
    assert main.window.pages.current is Page.UNNAMED
    drop(main.window.centralWidget(), album)
    assert main.message.startswith(results.scan_result(ScanResult(8, done=8, seen=7)))
    drop(main.window.review_page.photo_view, astronaut_file)
    assert main.window.pages.current is not Page.UNNAMED
    assert main.window.windowTitle() == "astronaut.png — Face Match"


def test_photos_scanned_before_are_skipped(review: ReviewDriver, album: Path) -> None:
    review.scan(album)
    assert review.message.startswith(results.scan_result(ScanResult(8, done=8, seen=7)))
    assert sizes(review) == [4, 3]


def test_a_cancelled_scan_keeps_its_faces_and_resumes_after_a_restart(
    open_window, tmp_path: Path, album: Path
) -> None:
    many = tmp_path / "many"
    shutil.copytree(album, many)
    for number in range(60):
        Image.new("RGB", (600 + number, 400), (number, 99, 0)).save(many / f"empty {number}.png")
    review = ReviewDriver(open_window(tmp_path / "gallery"))
    tasks = review.main.window.tasks
    tasks.progressed.connect(lambda task, done, total: task.cancel() if done >= 3 else None)
    review.scan(many)
    assert review.message.startswith("Stopped. The faces found so far are kept.")
    found = review.main.window.gallery.gallery.photos()
    assert 3 <= len(found) < 60
    review.main.window.close()
    again = open_window(tmp_path / "gallery")
    assert again.message == "The import of “many” was interrupted."
    again.window.message_bar.button.click()
    again.settle()
    assert again.message.startswith("Scanned 68 photos: ")
    assert len(again.window.gallery.gallery.photos()) == 67
    assert again.window.unnamed.count == 7
    again.window.close()
    assert open_window(tmp_path / "gallery").message == ""


def test_tasks_that_close_the_gallery_wait_for_a_scan(review: ReviewDriver, album: Path) -> None:
    window = review.main.window
    window.folder_import.scan([album])
    window.maintenance.clear()
    assert review.message.startswith("Another task is using the gallery.")
    review.settle()
    assert sizes(review) == [4, 3]
    window.maintenance.clear()
    review.settle()
    assert review.groups == []
    assert not (window.gallery.folder / "faces_db").exists()


def test_closing_the_window_while_photos_are_scanned_is_clean(
    open_window, tmp_path: Path, album: Path
) -> None:
    main = open_window(tmp_path / "gallery")
    main.window.folder_import.scan([album])
    main.window.close()
    again = open_window(tmp_path / "gallery")
    assert again.window.gallery.gallery.is_writable
    assert again.message == f"The import of “{album.name}” was interrupted."


def test_a_read_only_gallery_is_not_scanned_into(open_window, gallery_folder: Path, album: Path) -> None:
    with Gallery.open(gallery_folder, for_writing=True):
        review = ReviewDriver(open_window(gallery_folder))
        assert sizes(review) == [4, 3]
        assert not review.page.main_button.isEnabled()
        assert not review.page.name_edit.isEnabled()
        review.scan(album)
        assert review.message == phrases.NO_WRITABLE_GALLERY


# Naming


def test_naming_a_group_shows_the_next_one(review: ReviewDriver) -> None:
    review.name("Colin Powell")
    assert review.message == "Added Colin Powell as a new person with 4 faces. Undo: Ctrl+Z."
    assert review.people == {"Colin Powell": 4}
    assert sizes(review) == [3]
    assert review.page.groups_panel.count.text() == "1 group"
    review.name("Hugo Chavez")
    assert review.people == {"Colin Powell": 4, "Hugo Chavez": 3}
    assert review.page.group is None
    done = review.page.done_view
    assert (done.isVisible(), done.text.text()) == (True, "7 faces named, 2 people.")


def test_the_name_suggestions_close_with_the_name(review: ReviewDriver) -> None:
    field = review.page.name_edit
    review.name("Colin Powell")
    review.type("Colin Pow")
    assert field.suggestions.isVisible()
    review.type("ell")
    assert not field.suggestions.isVisible(), "it is the whole name of the only one"
    review.press(Qt.Key.Key_Return)
    assert field.text() == ""
    assert review.people == {"Colin Powell": 7}


def test_buttons_show_how_many_faces_they_affect(review: ReviewDriver) -> None:
    page = review.page
    assert page.ignore_button.text() == "Ignore 4 faces"
    assert page.main_button.text() == "Name 4 faces"
    assert not page.reject_button.isVisible()
    review.press(Qt.Key.Key_Right, SHIFT)
    assert page.ignore_button.text() == "Ignore 2 faces"
    review.type("Colin")
    assert page.main_button.text() == "Name 2 faces"


def test_a_cancelled_name_names_nobody(review: ReviewDriver) -> None:
    review.type("Nobo")
    review.press(Qt.Key.Key_Escape)
    assert review.page.name_edit.text() == ""
    review.press(Qt.Key.Key_Return)
    assert review.people == {}


def test_a_known_person_is_suggested_and_enter_confirms(
    review: ReviewDriver, open_window, gallery_folder: Path
) -> None:
    review.press(Qt.Key.Key_Right, SHIFT)  # two of the four
    review.name("Colin Powell")
    assert review.people == {"Colin Powell": 2}
    proposed = next(group for group in review.groups if group.person is not None)
    assert review.groups[0] is proposed, "what can be confirmed is first"
    assert review.group is proposed
    assert review.texts == [
        "Is this Colin Powell?",
        "New suggestion. 2 faces that look like Colin Powell. Click × to leave one out.",
        "Confirm 2 faces",
    ]
    groups, metrics = review.page.groups_list, review.page.fontMetrics()
    room = metrics.horizontalAdvance("2 faces · very likely") + 2
    assert groups.fitting_details(proposed, metrics, room) == "2 faces · very likely"
    assert groups.fitting_details(proposed, metrics, room - 10) == "2 · very likely"
    told = review.page.explanation.whole_text
    assert re.match(r"Colin Powell: very likely, score 0\.9\d\d\.", told)
    assert len(review.page.explanation.faces.images) == 2
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Colin Powell": 4}
    assert review.message.startswith("Added 2 faces to Colin Powell, who now has 4 faces.")


def test_undoing_a_name_shows_its_faces_again(review: ReviewDriver) -> None:
    named = review.group.ids
    review.name("Colin Powell")
    review.press(Qt.Key.Key_Z, CONTROL)
    assert review.people == {}
    assert review.group.ids == named
    review.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert review.people == {"Colin Powell": 4}


def test_naming_is_resumed_after_a_restart(review: ReviewDriver, open_window, gallery_folder: Path) -> None:
    review.name("Colin Powell")
    review.main.window.close()
    again = ReviewDriver(open_window(gallery_folder))
    assert sizes(again) == [3]
    again.press(Qt.Key.Key_Z, CONTROL)
    again.settle()
    assert again.people == {}
    assert sorted(sizes(again)) == [3, 4]


# Taking out, merging, ignoring


def test_a_face_removed_from_a_group_stays_out_of_it(review: ReviewDriver) -> None:
    out = review.faces[1]
    review.press(Qt.Key.Key_Right)
    review.press(Qt.Key.Key_Delete)
    assert review.message.startswith("Removed 1 face from the group.")
    assert sizes(review) == [3, 3, 1]
    assert review.groups[-1].kind is GroupKind.SINGLES
    review.name("Colin Powell")
    gallery = review.main.window.gallery.gallery
    assert [r.folder for r in gallery.face(out.id).rejections] == [gallery.person("Colin Powell").folder]
    assert not any(group.person for group in review.groups)


def test_a_rejected_name_is_not_suggested_again(review: ReviewDriver) -> None:
    review.press(Qt.Key.Key_Right, SHIFT)
    review.name("Colin Powell")
    assert review.group.person is not None
    review.press(Qt.Key.Key_Delete)
    assert review.message.startswith(
        "Removed 1 face from the group: Colin Powell will not be suggested for it again."
    )
    assert sum(len(group.faces) for group in review.groups if group.person is not None) == 1
    review.press(Qt.Key.Key_Z, CONTROL)
    assert sum(len(group.faces) for group in review.groups if group.person is not None) == 2


def test_two_groups_are_merged_and_the_merge_undone(review: ReviewDriver) -> None:
    review.press(Qt.Key.Key_M, CONTROL)
    assert review.texts[0] == "Same as which?"
    review.press(Qt.Key.Key_PageDown)
    assert review.texts[2] == "Same person"
    review.press(Qt.Key.Key_Return)
    assert sizes(review) == [7]
    review.press(Qt.Key.Key_Z, CONTROL)
    assert sizes(review) == [4, 3]


def test_a_cancelled_merge_changes_nothing(review: ReviewDriver) -> None:
    review.press(Qt.Key.Key_M, CONTROL)
    review.press(Qt.Key.Key_Escape)
    assert review.texts[0] == "Who is this?"
    assert sizes(review) == [4, 3]


def test_ignored_faces_are_not_shown_again(
    review: ReviewDriver, album: Path, open_window, gallery_folder: Path
) -> None:
    review.press(Qt.Key.Key_I, CONTROL)
    assert review.message == "Ignored 4 faces. Undo: Ctrl+Z."
    assert sizes(review) == [3]
    review.press(Qt.Key.Key_Z, CONTROL)
    assert sizes(review) == [4, 3]
    review.press(Qt.Key.Key_I, CONTROL)
    review.main.window.close()
    again = ReviewDriver(open_window(gallery_folder))
    again.scan(album)
    assert sizes(again) == [3]


def test_ignored_faces_can_be_shown_again_even_after_a_restart(
    review: ReviewDriver, open_window, gallery_folder: Path
) -> None:
    review.press(Qt.Key.Key_I, CONTROL)
    review.main.window.menus.actions["history"].trigger()
    review.settle()
    assert review.main.window.findChild(HistoryDialog).list.item(0).text().endswith("   ignored 4 faces")
    review.main.window.close()
    again = ReviewDriver(open_window(gallery_folder))
    assert sizes(again) == [3]
    window = again.main.window
    window.unnamed.show_again(window.gallery.gallery.ignored())
    again.settle()
    assert sorted(sizes(again)) == [3, 4]


def test_a_group_that_is_skipped_is_asked_about_again(review: ReviewDriver) -> None:
    first = review.group.ids
    review.page.skip_button.click()
    assert review.group.ids != first
    review.name("Hugo Chavez")
    assert review.group.ids == first


# Looking closer


def test_the_whole_photo_is_shown_and_closed(review: ReviewDriver) -> None:
    page, place = review.page, review.page.middle.geometry()
    review.press(Qt.Key.Key_Space)
    assert page.middle.currentWidget() is page.photo_view
    assert page.photo_view.shown_pixels == (250, 250)
    assert page.photo_view.boxes == (page.grid.current_face.place,)
    assert page.middle.geometry() == place, "nothing jumps, however long the path is"
    assert str(path_of(review, page.grid.current_face)) in page.photo_view.toolTip()
    review.press(Qt.Key.Key_Space)
    assert page.middle.currentWidget() is page.grid
    review.press(Qt.Key.Key_Space)
    review.press(Qt.Key.Key_Escape)
    assert page.middle.currentWidget() is page.grid


def test_the_photo_is_opened_to_draw_a_missed_face(review: ReviewDriver) -> None:
    path = path_of(review, review.page.grid.current_face)
    review.press(Qt.Key.Key_Menu)
    menu = review.page.findChild(QMenu, "faceMenu")
    next(action for action in menu.actions() if action.text() == "Open the photo").trigger()
    menu.close()
    review.settle()
    assert review.main.window.pages.current is not Page.UNNAMED
    assert review.main.window.windowTitle() == f"{path.name} — Face Match"
    review.press(Qt.Key.Key_R, CONTROL)
    assert review.main.window.pages.current is Page.UNNAMED


def test_the_menu_of_a_group_acts_on_that_group(review: ReviewDriver) -> None:
    view = review.page.groups_list
    place = view.visualRect(view.model().index(1, 0)).center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    menu = review.page.findChild(QMenu, "faceMenu")
    entries = {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}
    assert {"Remove from group", "Open the photo", "Show in file manager"} <= entries.keys()
    assert not entries["Not this person"].isEnabled()
    entries["Ignore 3 faces"].trigger()
    menu.close()
    review.settle()
    assert review.message == "Ignored 3 faces. Undo: Ctrl+Z."
    assert sizes(review) == [4]


def test_a_missing_photo_is_reported(review: ReviewDriver, album: Path, tmp_path: Path) -> None:
    review.know_elsewhere(path_of(review, review.page.grid.current_face), tmp_path / "gone.jpg")
    review.press(Qt.Key.Key_Space)
    assert "gone.jpg" in review.message
    assert review.page.middle.currentWidget() is review.page.grid


def test_keys_work_on_their_own_page_only(review: ReviewDriver, astronaut_file: Path) -> None:
    review.press(Qt.Key.Key_1)
    review.press(Qt.Key.Key_F)
    assert sizes(review) == [4, 3]
    review.main.open(astronaut_file)
    assert review.main.window.pages.current is not Page.UNNAMED
    review.main.press(Qt.Key.Key_I, CONTROL)
    review.main.press(Qt.Key.Key_Delete)
    review.settle()
    assert review.main.window.unnamed.count == 7


def test_photos_are_matched_after_the_first_naming(review: ReviewDriver, album: Path) -> None:
    panel = review.main.window.photo_page
    review.name("Colin Powell")
    review.main.open(next(path for path in album.iterdir() if path.stem == "E3"))
    (row,) = review.main.rows
    assert row.startswith("✅ Colin Powell  0.98"), "the person's other faces count"
    assert not panel.confirm_button.isEnabled(), "that face is his already"


def test_photos_are_opened_from_the_faces_of_a_person(review: ReviewDriver, tmp_path: Path) -> None:
    review.name("Colin Powell")
    people = PeopleDriver(review.main)
    people.show_faces("Colin Powell")
    people.choose_faces(1)
    path = path_of(review, people.faces.selected()[0].face)
    people.press(Qt.Key.Key_O)
    review.settle()
    assert review.main.window.windowTitle() == f"{path.name} — Face Match"
    review.know_elsewhere(path, tmp_path / "moved" / "gone.jpg")
    review.main.window.show_page(Page.PEOPLE)
    people.faces.setFocus()
    people.press(Qt.Key.Key_O)
    review.settle()
    assert people.message.startswith(f"The folder {tmp_path / 'moved'} was not found.")


def test_another_model_groups_by_its_own_embeddings(
    review: ReviewDriver, random_facenet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        registry.MODELS,
        "facenet",
        replace(registry.FACENET, weights_file=lambda: random_facenet.weights_file),
    )
    review.main.window.model.use("facenet")
    review.settle()
    reviewing = review.main.window.unnamed
    assert reviewing.review.model_id == "facenet"
    assert all(face.embeddings.keys() == {"facenet"} for face in reviewing.review.gallery.unnamed())
    assert reviewing.count == 7


def test_cancelled_embedding_keeps_the_groups_and_resumes_later(
    review: ReviewDriver, random_facenet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        registry.MODELS,
        "facenet",
        replace(registry.FACENET, weights_file=lambda: random_facenet.weights_file),
    )
    window = review.main.window
    stopped = []

    def stop(task: Task) -> None:
        if task.title == "Embedding faces" and not stopped:
            stopped.append(task)
            task.cancel()

    window.tasks.started.connect(stop)
    window.model.use("facenet")
    review.settle()
    assert stopped
    assert window.model.id == "facenet"
    assert window.unnamed.review.model_id == "dlib"
    assert sizes(review) == [4, 3], "by the threshold of the model that they were embedded by"
    window.model.use("dlib")
    review.settle()
    window.model.use("facenet")
    review.settle()
    assert window.unnamed.review.model_id == "facenet"
