"""Opening, dropping and pasting photos; several faces, none, broken files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from face_match.gui.shell.navigation import Page
from face_match.gui.widgets.photo_view import PhotoView
from tests.heif_decoders import CRASH, use_decoders
from tests.made_heif import TILE_PX, made_heif


def drop(view: PhotoView, *paths: Path) -> None:
    """Let files fall on the photo view."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, buttons = QPointF(50, 50), Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, keys))


def test_several_faces_are_numbered_from_left_to_right_and_the_best_unnamed_one_is_chosen(
    driver, astronaut_file: Path, two_faces: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(two_faces)
    view, faces = driver.window.photo_page.photo_view, driver.window.photo.faces
    assert len(view.boxes) == 2
    assert view.boxes[0].x < view.boxes[1].x
    assert view.picked == max((0, 1), key=lambda index: faces[index].quality.score)
    driver.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.face_centre(0).toPoint())
    driver.settle()
    assert view.picked == 0
    assert driver.rows[0].startswith("✅ Eileen")
    assert driver.question == "Is this Eileen?"
    assert view.accessibleDescription() == "2 faces, face 1 selected, 1 may be Eileen"
    assert driver.window.photo_page.panel.number.text() == "Face 1 of 2"


def test_several_faces_are_chosen_by_tab_and_arrows(driver, astronaut_file: Path, two_faces: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(two_faces)
    view = driver.window.photo_page.photo_view
    assert view.hasFocus()
    view.pick(0)
    driver.press(Qt.Key.Key_Right)
    assert view.picked == 1
    driver.press(Qt.Key.Key_Left)
    assert view.picked == 0
    driver.press(Qt.Key.Key_Tab)
    assert view.picked == 1
    driver.press(Qt.Key.Key_Tab)
    assert not view.hasFocus()
    driver.settle()
    assert len(driver.rows) == 1


def test_each_of_several_faces_can_be_added(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    for index, name in enumerate(("one", "other")):
        driver.window.photo_page.photo_view.pick(index)
        driver.settle()
        driver.type_name(name)
        driver.press(Qt.Key.Key_Return)
        driver.settle()
    assert (driver.faces_of("one"), driver.faces_of("other")) == (1, 1)


def test_faces_that_have_a_name_show_it_beside_them(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    view = driver.window.photo_page.photo_view
    view.pick(1)
    driver.settle()
    driver.type_name("Grace")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert view.accessibleDescription() == "2 faces, face 1 selected, 2 is Grace"
    shown = view.grab().toImage()
    driver.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert view.accessibleDescription() == "2 faces, face 2 selected", "the one that was changed"
    assert driver.window.photo.picked == 1
    assert view.grab().toImage() != shown


def test_a_name_half_typed_is_not_that_of_the_face_chosen_next(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    page = driver.window.photo_page
    first = page.photo_view.picked
    driver.type_name("Gra")
    page.photo_view.setFocus()
    driver.press(Qt.Key.Key_Backspace)
    driver.qtbot.keyClicks(page.name_edit, "nix")
    assert page.name_edit.text() == "Grnix", "letters that are commands elsewhere"
    page.photo_view.setFocus()
    driver.press(Qt.Key.Key_Escape)
    assert page.name_edit.text() == ""
    assert driver.window.pages.current is Page.PHOTO, "Escape left the name, and not the photo"
    driver.type_name("Gra")
    page.photo_view.pick(1 - first)
    assert page.name_edit.text() == ""
    driver.settle()
    assert driver.window.gallery.gallery.people == ()


def test_a_photo_without_a_face_says_so(driver, no_face: Path) -> None:
    driver.open(no_face)
    panel = driver.window.photo_page.panel
    assert driver.message == "No face was found in sky.png."
    assert panel.no_face.isVisible()
    assert panel.no_face.title.text() == "No face found"
    assert not panel.confirm_button.isVisible()
    assert driver.rows == []


def test_a_broken_file_says_why_and_the_next_photo_opens(
    driver, astronaut_file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(astronaut_file.read_bytes()[:5000])
    driver.open(broken, astronaut_file)
    assert driver.message == "broken.jpg is not a readable image (truncated PNG)."
    driver.press(Qt.Key.Key_Right)
    driver.settle()
    assert len(driver.window.photo_page.photo_view.boxes) == 1


def test_a_heic_on_which_its_decoder_crashes_says_so_and_the_next_photo_opens(
    driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = tmp_path / "bad.heic", tmp_path / "good.heic"
    bad.write_bytes(made_heif(columns=3))
    good.write_bytes(made_heif(columns=4))
    use_decoders(monkeypatch, CRASH.format(size=bad.stat().st_size))
    driver.open(bad, good)
    assert driver.message == "bad.heic is not a readable image (its decoder ended unexpectedly)."
    driver.press(Qt.Key.Key_Right)
    driver.settle()
    assert (driver.window.photo.photo.name, driver.window.photo.photo.width) == ("good.heic", 4 * TILE_PX)


def test_a_photo_opened_meanwhile_does_not_wait_for_a_heic_without_end(
    driver, astronaut_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow.heic"
    slow.write_bytes(made_heif(columns=3))
    use_decoders(monkeypatch, "time.sleep(600)")
    driver.window.queue.open([slow])
    driver.qtbot.waitUntil(lambda: driver.window.tasks.is_busy("photo"))
    driver.window.queue.open([astronaut_file])
    driver.settle()
    assert driver.window.windowTitle().startswith(astronaut_file.name)
    assert len(driver.window.photo_page.photo_view.boxes) == 1


def test_several_photos_are_dropped_and_shown_one_by_one(
    driver, astronaut_file: Path, hopper_file: Path, no_face: Path
) -> None:
    window = driver.window
    drop(window.photo_page.photo_view, astronaut_file, hopper_file, no_face)
    driver.settle()
    assert window.photo_page.queue_label.text() == f"{astronaut_file.name} · 1 of 3"
    assert not window.photo_page.previous_button.isEnabled()
    driver.press(Qt.Key.Key_PageDown)
    driver.settle()
    driver.press(Qt.Key.Key_Right)
    driver.settle()
    assert window.photo_page.queue_label.text() == "sky.png · 3 of 3"
    assert window.photo.photo.name == "sky.png"
    assert not window.photo_page.next_button.isEnabled()
    driver.press(Qt.Key.Key_Left)
    driver.settle()
    assert window.photo.photo.name == hopper_file.name


def test_a_folder_opens_its_photos_in_natural_order(driver, astronaut_file: Path, tmp_path: Path) -> None:
    album = tmp_path / "album" / "below"
    album.mkdir(parents=True)
    for name in ("photo 10.png", "photo 9.png"):
        shutil.copy(astronaut_file, album / name)
    (album / "notes.txt").write_text("not a photo")
    driver.open(tmp_path / "album")
    assert driver.window.photo_page.queue_label.text() == "photo 9.png · 1 of 2"
    assert driver.window.photo.photo.name == "photo 9.png"


def test_an_empty_folder_says_so(driver, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    driver.open(tmp_path / "nothing")
    assert driver.message == "There are no photos in that folder."


def test_a_photo_is_pasted(driver, astronaut_file: Path) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(astronaut_file)))
    driver.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert len(driver.window.photo_page.photo_view.boxes) == 1
    driver.type_name("Eileen")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Eileen") == 1


def test_pasting_nothing_says_so(driver) -> None:
    QGuiApplication.clipboard().clear()
    driver.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert driver.message == "There is no photo on the clipboard."


def test_a_photo_opened_later_replaces_one_that_is_still_loading(
    driver, astronaut_file: Path, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.png"
    with Image.open(astronaut_file) as image:
        image.convert("RGB").resize((4000, 4000)).save(slow, compress_level=0)
    seen: list[str] = []
    window = driver.window
    window.photo.faces_found.connect(lambda: seen.append(window.photo.photo.name))
    driver.window.queue.open([slow])
    driver.qtbot.waitUntil(lambda: window.tasks.is_busy("photo"))
    driver.window.queue.open([astronaut_file])
    driver.settle()
    assert seen == [astronaut_file.name]
    assert driver.window.windowTitle().startswith(astronaut_file.name)


def test_closing_during_work_is_clean(open_window, astronaut_file: Path, tmp_path: Path) -> None:
    driver = open_window(tmp_path / "gallery")
    window = driver.window
    heard: list[object] = []
    for signal in (
        window.photo.decoded,
        window.photo.faces_found,
        window.photo.ranked,
        window.messages.failed,
    ):
        signal.connect(lambda *given: heard.append(given))
    driver.window.queue.open([astronaut_file])
    driver.window.close()
    assert window.tasks.close()
    driver.qtbot.wait(50)
    assert heard == []
    assert open_window(tmp_path / "gallery").window.gallery.gallery.is_writable


def test_zoom_keeps_the_photo_in_sight(driver, astronaut_file: Path) -> None:
    driver.open(astronaut_file)
    view = driver.window.photo_page.photo_view
    fitted = view.face_centre(0)
    driver.press(Qt.Key.Key_Plus)
    driver.press(Qt.Key.Key_Plus)
    assert view.face_centre(0) != fitted
    driver.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    driver.qtbot.mouseMove(view, QPoint(5000, 5000))
    driver.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    driver.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.face_centre(0) == fitted
    bar = driver.window.photo_page.bar
    bar.zoom_in_button.click()
    magnified = view.face_centre(0)
    bar.zoom_in_button.click()
    bar.zoom_out_button.click()
    assert (view.face_centre(0) - magnified).manhattanLength() < 1
    assert magnified != fitted
    bar.fit_button.click()
    assert view.face_centre(0) == fitted


def test_a_large_photo_is_decoded_whole_when_it_is_magnified(
    driver, astronaut_file: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    with Image.open(astronaut_file) as image:
        image.convert("RGB").resize((4000, 3000)).save(large)
    driver.open(large)
    view = driver.window.photo_page.photo_view
    assert view.shown_pixels == (2000, 1500)
    before = view.face_centre(0)
    driver.press(Qt.Key.Key_Plus)
    driver.settle()
    assert view.shown_pixels == (4000, 3000)
    driver.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.face_centre(0) == before
