"""The faces of a person: the cover, moving and removing, dragging onto people, two in one photo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from face_match.core.types import Box
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage.lock import WriterLock
from face_match.gui.people.person_faces import FACES_MIME_TYPE
from face_match.gui.widgets.item_painting import dragged_pixmap
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.gui.people_driver import CONTROL, SHIFT, PeopleDriver

ALL = [("Eileen", 2), ("Élise", 1), ("Grace", 1)]


def tip(people: PeopleDriver, row: int) -> str:
    return people.faces.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole)


# The cover


def covers(people: PeopleDriver) -> list[bool]:
    return [row.is_cover for row in people.faces.rows]


def test_the_cover_photo_is_set_and_undone(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    cover = people.person.header.cover

    def face() -> QImage | None:
        return cover.images.image(people.page.person.folder, people.page.person)

    people.until(lambda: face() is not None)
    first = face()
    assert covers(people) == [True, False]
    people.choose_faces(1)
    people.press(Qt.Key.Key_C)
    people.until(lambda: covers(people) == [False, True])
    assert people.message == "Cover photo set for Eileen. Undo: Ctrl+Z."
    assert "Cover photo." in tip(people, 1)
    people.until(lambda: face() is not None and face() != first)
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: covers(people) == [True, False])
    people.until(lambda: face() == first)


def test_only_one_of_several_faces_can_be_set_as_the_cover(people: PeopleDriver) -> None:
    button = people.button("coverButton")
    people.show_faces("Eileen")
    people.choose_faces(0)
    assert not button.isEnabled(), "it is the cover"
    people.choose_faces(0, 1)
    assert not button.isEnabled()
    people.choose_faces(1)
    assert button.isEnabled()
    people.show_faces("Grace")
    people.choose_faces(0)
    assert not button.isEnabled(), "there is no other"


@pytest.mark.parametrize("key", [Qt.Key.Key_F6, Qt.Key.Key_C, Qt.Key.Key_O, Qt.Key.Key_Delete])
def test_a_key_that_needs_a_face_says_so_where_none_is_selected(people: PeopleDriver, key: Qt.Key) -> None:
    people.show_faces("Eileen")
    people.press(key)
    assert people.message == "Select a face first: click one, or press an arrow key."
    assert people.faces.selected() == []
    assert len(people.faces.rows) == 2


def test_c_says_that_a_face_is_the_cover_already_or_that_it_needs_a_single_one(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_C)
    assert people.message == "This face is the cover photo already."
    people.choose_faces(0, 1)
    people.press(Qt.Key.Key_C)
    assert people.message == "Select a single face for that."


def test_a_key_that_needs_a_face_acts_on_the_only_one(people: PeopleDriver) -> None:
    people.show_faces("Grace")
    people.press(Qt.Key.Key_F6)
    picker = people.picker()
    assert picker.isVisible()
    picker.reject()
    people.press(Qt.Key.Key_C)
    assert people.message == "This face is the cover photo already."


def test_c_in_a_name_is_a_letter(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(1)
    people.press(Qt.Key.Key_F2)
    people.type("c")
    people.main.settle()
    assert people.person.header.name_edit.text() == "c"
    assert len(people.window.gallery.gallery.history) == 4


# Choosing, moving and removing


def test_the_faces_of_a_person_are_shown_as_crops(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    grid = people.faces
    assert grid.hasFocus()
    assert [row.person.name for row in grid.rows] == ["Eileen", "Eileen"]
    people.until(lambda: all(grid.crops.image(row.face.id, row.face) for row in grid.rows))


def test_faces_are_selected_with_shift_and_ctrl_and_all_at_once(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0, 1, modifier=SHIFT)
    assert people.person.selected.text() == "2 selected"
    people.choose_faces(1)
    assert people.person.selected.text() == "1 selected"
    people.press(Qt.Key.Key_A, CONTROL)
    assert len(people.faces.selected()) == 2


def test_a_crop_that_cannot_be_read_says_why(open_window, gallery_folder: Path) -> None:
    for crop in (gallery_folder / "faces_db" / "Grace").iterdir():
        crop.unlink()
    people = PeopleDriver(open_window(gallery_folder))
    people.show_faces("Grace")
    (row,) = people.faces.rows
    people.until(lambda: bool(people.faces.crops.problem(row.face.id)))
    assert tip(people, 0).startswith("Face 1 of 1. Grace, added ")
    assert people.faces.crops.problem(row.face.id) in tip(people, 0)


def test_faces_are_moved_to_an_existing_person(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    picker = people.picker()
    people.main.qtbot.keyClicks(picker.name_edit, "gra")
    suggestions = picker.name_edit.suggestions
    assert suggestions.isVisible(), "with covers"
    assert suggestions.geometry().bottom() < picker.buttons.y(), "the buttons stay in sight"
    assert suggestions.list.verticalScrollBar().maximum() == 0, "all names fit"
    assert people.pick("grace") == "Grace will have 2 faces."
    people.until(lambda: len(people.faces.rows) == 1)
    assert people.message == "Moved 1 face to Grace, who now has 2 faces. Undo: Ctrl+Z."
    assert people.shown == "Eileen"
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: len(people.faces.rows) == 2)


def test_faces_are_moved_to_a_new_person(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(1)
    people.button("moveButton").click()
    assert people.pick("Mary") == "A new person will be added, with this face."
    people.until(lambda: people.main.faces_of("Mary") == 1)
    people.back()
    assert people.rows == [("Eileen", 1), ("Élise", 1), ("Grace", 1), ("Mary", 1)]


def test_the_new_owner_is_shown_when_the_last_face_was_moved(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.press(Qt.Key.Key_A, CONTROL)
    people.press(Qt.Key.Key_F6)
    people.pick("Grace")
    people.until(lambda: people.shown == "Grace")
    people.until(lambda: len(people.faces.rows) == 3)
    assert "Eileen had no other faces and was removed from the gallery." in people.message


def test_faces_cannot_be_moved_to_their_own_person(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    picker = people.picker()
    picker.name_edit.setText("eileen")
    assert picker.preview_label.text() == "Eileen already has this face."
    assert not picker.accept_button.isEnabled()


def test_delete_removes_faces_and_undo_brings_them_back(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    removed, kept = (row.face.id for row in people.faces.rows)
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: [row.face.id for row in people.faces.rows] == [kept])
    assert people.message == "Removed 1 face from Eileen. It is unnamed now. Undo: Ctrl+Z."
    assert people.faces.hasFocus()
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: len(people.faces.rows) == 2)
    people.until(lambda: [row.face.id for row in people.faces.selected()] == [removed])


def test_all_people_are_shown_when_the_last_face_was_removed(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.press(Qt.Key.Key_A, CONTROL)
    people.button("removeButton").click()
    people.until(lambda: people.shown == "")
    people.until(lambda: people.rows == [("Élise", 1), ("Grace", 1)])
    assert "removed from the gallery" in people.message
    assert people.grid.hasFocus()


def test_an_edit_that_changes_nothing_offers_no_undo(people: PeopleDriver) -> None:
    """It would reverse the change before."""
    window = people.window
    face = window.gallery.gallery.faces_of(window.gallery.gallery.person("Eileen"))[1]
    for expected in ("Cover photo set for Eileen. Undo: Ctrl+Z.", "Nothing was changed."):
        window.people_edits.set_cover(face)
        people.main.settle()
        assert people.message == expected


# Dragging


class Drag:
    """Faces that are held over the strip of people."""

    def __init__(self, people: PeopleDriver, kind: str = FACES_MIME_TYPE) -> None:
        self.strip = people.person.strip
        self.data = QMimeData()
        self.data.setData(kind, b"")

    def over(self, name: str | None) -> QPoint:
        """In the middle of a person, or beside the last."""
        names = [person.name for person in self.strip.people.people]
        row = names.index(name) if name is not None else len(names) - 1
        place = self.strip.visualRect(self.strip.people.index(row))
        return place.center() if name is not None else place.topRight() + QPoint(20, 20)

    def _send(self, kind: type, point: QPoint) -> bool:
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        actions = Qt.DropAction.MoveAction
        event = kind(point, actions, self.data, buttons, keys)
        QApplication.sendEvent(self.strip.viewport(), event)
        return event.isAccepted()

    def move(self, name: str | None) -> bool:
        """Whether they could be dropped there."""
        self._send(QDragEnterEvent, self.over(name))
        return self._send(QDragMoveEvent, self.over(name))

    def drop(self, name: str | None) -> bool:
        self.move(name)
        return self._send(QDropEvent, self.over(name))

    def leave(self) -> None:
        QApplication.sendEvent(self.strip.viewport(), QDragLeaveEvent())


def test_dragging_a_face_drags_all_selected_faces(
    people: PeopleDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[tuple[list[str], int]] = []

    def hold(drag: QDrag, action: Qt.DropAction) -> None:
        dragged.append((drag.mimeData().formats(), len(people.faces.selected())))

    monkeypatch.setattr(QDrag, "exec", hold)  # which would wait for the mouse
    people.show_faces("Eileen")
    people.choose_faces(0, 1)
    grid, mouse = people.faces, people.main.qtbot
    place = grid.visualRect(grid.model().index(1, 0)).center()
    mouse.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for step in (4, 20, 40):
        mouse.mouseMove(grid.viewport(), place + QPoint(-step, step))
    mouse.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dragged[0] == ([FACES_MIME_TYPE], 2)


def test_faces_dropped_on_a_person_are_moved_to_that_person(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    assert Drag(people).drop("Grace")
    people.until(lambda: len(people.faces.rows) == 1)
    assert people.message == "Moved 1 face to Grace, who now has 2 faces. Undo: Ctrl+Z."
    assert people.person.strip.drop_row is None
    people.main.settle()
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: len(people.faces.rows) == 2)


def test_enter_on_a_person_of_the_strip_moves_the_selected_faces(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    strip = people.person.strip
    assert [person.name for person in strip.people.people] == ["Élise", "Grace"]
    strip.setFocus()
    people.press(Qt.Key.Key_Right)
    people.press(Qt.Key.Key_Return)
    people.main.settle()
    assert people.main.faces_of("Grace") == 1, "no face is selected"
    people.choose_faces(0)
    strip.setFocus()
    people.press(Qt.Key.Key_Return)
    people.until(lambda: people.main.faces_of("Grace") == 2)
    assert people.shown == "Eileen"


def test_the_drop_target_is_framed(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    strip = people.person.strip
    people.main.settle()
    before = strip.grab().toImage()
    drag = Drag(people)
    assert drag.move("Grace")
    assert strip.drop_row == 1
    framed = strip.grab().toImage()
    assert framed != before
    drag.leave()
    assert strip.drop_row is None
    assert strip.grab().toImage() == before


def test_a_drop_beside_people_or_of_something_else_does_nothing(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    assert not Drag(people).drop(None)
    assert not Drag(people, "text/uri-list").drop("Grace")
    people.main.settle()
    assert people.rows == ALL
    assert len(people.main.window.gallery.gallery.history) == 4


def test_in_a_read_only_gallery_nothing_can_be_dragged_or_changed(open_window, gallery_folder: Path) -> None:
    lock = WriterLock(gallery_folder)
    lock.acquire()
    people = PeopleDriver(open_window(gallery_folder))
    people.show_faces("Eileen")
    people.choose_faces(1)
    assert not people.faces.dragEnabled()
    assert not Drag(people).drop("Grace")
    for name in ("coverButton", "moveButton", "removeButton", "renamePersonButton"):
        assert not people.button(name).isEnabled()
    lock.release()


# Two faces in one photo


@pytest.fixture
def twice(gallery_folder: Path, pipeline: FacePipeline, hopper_file: Path) -> Path:
    """The gallery, where Grace has another face in her photo."""
    photo = load_photo(hopper_file)
    (face,) = pipeline.embed(photo, pipeline.detect(photo))
    box = face.face.box
    elsewhere = Box(box.x + 2 * box.width, box.y, box.width, box.height)
    with Gallery.open(gallery_folder, for_writing=True) as gallery:
        gallery.add("Grace", NewFace.of(face)._replace(place=elsewhere), photo, hopper_file)
    return gallery_folder


def test_two_faces_of_a_person_in_one_photo_are_marked(open_window, twice: Path) -> None:
    people = PeopleDriver(open_window(twice))
    people.show_faces("Grace")
    assert [row.same for row in people.faces.rows] == [False, False]
    assert all("has another face in this photo" in tip(people, row) for row in (0, 1))


def test_faces_of_different_photos_are_not_marked(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    assert [row.same for row in people.faces.rows] == [None] * 2


def test_faces_that_are_dragged_say_how_many_they_are(qapp: QApplication) -> None:
    face = QImage(100, 100, QImage.Format.Format_RGB32)
    face.fill(QColor("white"))
    made = [dragged_pixmap(face, count, 70, 1.0).toImage() for count in (1, 2, 12)]
    assert {one.size().toTuple() for one in made} == {(70, 70)}
    assert made[0].pixelColor(60, 6) == QColor("white")
    assert made[1] != made[2]
