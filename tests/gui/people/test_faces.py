"""The people window: who stands for a person, faces dragged onto people, faces kept twice, erasing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from face_match.core.types import Box
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage.lock import WriterLock
from face_match.gui.people.person_faces import FACES_MIME_TYPE
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.gui.people_driver import CONTROL, PeopleDriver

ALL = [("Eileen", 2), ("Élise", 1), ("Grace", 1)]


def tip(people: PeopleDriver, row: int) -> str:
    return people.window.faces.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole)


# The cover


def covers(people: PeopleDriver) -> list[bool]:
    return [row.is_cover for row in people.window.faces.rows]


def test_the_cover_photo_is_set_and_undone(people: PeopleDriver) -> None:
    people.choose("Eileen")
    faces = people.window.people.crops

    def face() -> QImage | None:
        return faces.image(people.window.people.people.shown[0].folder, people.window.people.people.shown[0])

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
    people.choose("Eileen")
    people.choose_faces(0)
    assert not button.isEnabled(), "it is the cover"
    people.choose_faces(0, 1)
    assert not button.isEnabled()
    people.choose_faces(1)
    assert button.isEnabled()
    people.choose("Grace")
    people.choose_faces(0)
    assert not button.isEnabled(), "there is no other"


def test_c_in_the_filter_is_a_letter(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(1)
    people.window.filter.setFocus()
    people.press(Qt.Key.Key_C)
    people.main.settle()
    assert people.window.filter.text() == "c"
    assert len(people.main.window.gallery.gallery.history) == 4


# Dragging


class Drag:
    """Faces that are held over the list of people."""

    def __init__(self, people: PeopleDriver, kind: str = FACES_MIME_TYPE) -> None:
        self.list = people.window.people
        self.data = QMimeData()
        self.data.setData(kind, b"")

    def over(self, name: str | None) -> QPoint:
        """In the middle of a row, or below the last."""
        names = [person.name for person in self.list.people.shown]
        row = names.index(name) if name is not None else len(names) - 1
        place = self.list.visualRect(self.list.people.index(row))
        return place.center() if name is not None else place.bottomLeft() + QPoint(20, 20)

    def _send(self, kind: type, point: QPoint) -> bool:
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        actions = Qt.DropAction.MoveAction
        event = kind(point, actions, self.data, buttons, keys)
        QApplication.sendEvent(self.list.viewport(), event)
        return event.isAccepted()

    def move(self, name: str | None) -> bool:
        """Whether they could be dropped there."""
        self._send(QDragEnterEvent, self.over(name))
        return self._send(QDragMoveEvent, self.over(name))

    def drop(self, name: str | None) -> bool:
        self.move(name)
        return self._send(QDropEvent, self.over(name))

    def leave(self) -> None:
        QApplication.sendEvent(self.list.viewport(), QDragLeaveEvent())


def test_dragging_a_face_drags_all_selected_faces(
    people: PeopleDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[tuple[list[str], int]] = []

    def hold(drag: QDrag, action: Qt.DropAction) -> None:
        dragged.append((drag.mimeData().formats(), len(people.window.faces.selected())))

    monkeypatch.setattr(QDrag, "exec", hold)  # which would wait for the mouse
    people.choose("Eileen")
    people.choose_faces(0, 1)
    grid, mouse = people.window.faces, people.main.qtbot
    place = grid.visualRect(grid.model().index(1, 0)).center()
    mouse.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for step in (4, 20, 40):
        mouse.mouseMove(grid.viewport(), place + QPoint(-step, step))
    mouse.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dragged[0] == ([FACES_MIME_TYPE], 2)


def test_faces_dropped_on_a_person_are_moved_to_that_person(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    assert Drag(people).drop("Grace")
    people.until(lambda: people.rows == [("Eileen", 1), ("Élise", 1), ("Grace", 2)])
    assert people.message == "Moved 1 face to Grace, who now has 2 faces. Undo: Ctrl+Z."
    assert people.window.people.drop_row is None
    people.main.settle()
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)


def test_the_drop_target_is_framed(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    people_list = people.window.people
    people.main.settle()
    before = people_list.grab().toImage()
    drag = Drag(people)
    assert drag.move("Grace")
    assert people_list.drop_row == 2
    framed = people_list.grab().toImage()
    assert framed != before
    drag.leave()
    assert people_list.drop_row is None
    assert people_list.grab().toImage() == before


def test_a_drop_beside_people_or_on_the_owner_does_nothing(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    for name in (None, "Eileen"):
        assert not Drag(people).drop(name)
    assert not Drag(people, "text/uri-list").drop("Grace")
    people.main.settle()
    assert people.rows == ALL
    assert len(people.main.window.gallery.gallery.history) == 4


def test_in_a_read_only_gallery_nothing_can_be_dragged_or_deleted(open_window, gallery_folder: Path) -> None:
    lock = WriterLock(gallery_folder)
    lock.acquire()
    people = PeopleDriver(open_window(gallery_folder))
    people.choose("Eileen")
    people.choose_faces(1)
    assert not people.window.faces.dragEnabled()
    assert not Drag(people).drop("Grace")
    for name in ("eraseButton", "coverButton"):
        assert not people.button(name).isEnabled()
    lock.release()


# Erasing


def test_a_person_is_deleted_for_good_after_one_question(people: PeopleDriver, gallery_folder: Path) -> None:
    people.choose("Grace")
    people.window.people.setFocus()
    people.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    asked = people.answer("Cancel")
    assert asked.startswith(
        "Delete Grace for good? Grace will be deleted from the gallery and from all of its backups"
    )
    assert people.rows == ALL
    people.button("eraseButton").click()
    people.answer("Delete for good")
    people.until(lambda: people.rows == [("Eileen", 2), ("Élise", 1)])
    people.main.settle()
    assert people.message.startswith("Deleted for good: 1 face, 1 crop,")
    assert not [path for path in gallery_folder.rglob("*.json") if b"Grace" in path.read_bytes()]


def test_one_person_at_a_time_is_deleted(people: PeopleDriver) -> None:
    people.choose("Eileen", "Grace")
    assert not people.button("eraseButton").isEnabled()


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
    people.choose("Grace")
    assert [row.same for row in people.window.faces.rows] == [False, False]
    assert all("has another face in this photo" in tip(people, row) for row in (0, 1))


def test_faces_of_different_photos_are_not_marked(people: PeopleDriver) -> None:
    people.choose("Eileen", "Élise", "Grace")
    assert [row.same for row in people.window.faces.rows] == [None] * 4
