"""A window in a process of its own, which edits a gallery on a server as it is told."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from face_match.core.gallery_place import ServerAddress

if TYPE_CHECKING:
    from face_match.core.records import FaceRecord
    from face_match.gui.main_window import MainWindow

Edit = tuple[str, ...]
"""("move", face, name), ("remove", face), ("rename", name, new name), ("merge", name, into), ("undo",)."""

People = dict[str, int]
"""The number of each person's faces, by name."""

ENDS_S = 120.0


def serve(address: ServerAddress, orders: Connection) -> None:
    """What the process does: it answers each edit with the messages, else with the people shown."""
    from PySide6.QtWidgets import QApplication

    from face_match.core.settings import Settings
    from face_match.gui.main_window import MainWindow

    application = QApplication([])
    window = MainWindow(address, Settings())
    messages: list[str] = []
    window.messages.posted.connect(messages.append)
    window.show()
    window.start()

    def settle() -> None:
        end = time.monotonic() + ENDS_S
        while window.gallery.gallery is None or window.tasks.is_busy():
            application.processEvents()
            assert time.monotonic() < end
            time.sleep(0.005)

    settle()
    faces: dict[str, FaceRecord] = {}
    orders.send("ready")
    while True:
        while not orders.poll(0.005):
            application.processEvents()
        edit = orders.recv()
        messages.clear()
        if edit:
            begin(window, edit, faces)
        settle()
        if not edit:
            faces = faces_in(window)
        orders.send(" ".join(messages) if edit else people_in(window))


def people_in(window: MainWindow) -> People:
    gallery = window.gallery.gallery
    assert gallery is not None
    return {person.name: person.face_count for person in gallery.people}


def faces_in(window: MainWindow) -> dict[str, FaceRecord]:
    """The named faces by id, as pages have them before an edit."""
    gallery = window.gallery.gallery
    assert gallery is not None
    return {face.id: face for person in gallery.people for face in gallery.faces_of(person)}


def begin(window: MainWindow, edit: Edit, faces: dict[str, FaceRecord]) -> None:
    """Make an edit as its button does."""
    gallery, kind, edits = window.gallery.gallery, edit[0], window.people_edits
    assert gallery is not None
    people = {person.name: person for person in gallery.people}
    if kind == "undo":
        window.gallery.undo()
    elif kind == "rename":
        edits.rename(people[edit[1]], edit[2])
    elif kind == "merge":
        edits.merge([people[edit[1]]], people[edit[2]])
    elif kind == "move":
        edits.move([faces[edit[1]]], edit[2])
    else:
        edits.remove([faces[edit[1]]])


class WindowProcess:
    """The process, from the side of the test."""

    def __init__(self, address: ServerAddress) -> None:
        context = multiprocessing.get_context("spawn")
        self._orders, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(address, theirs), daemon=True)
        self._process.start()
        assert self._answer() == "ready"

    def begin(self, edit: Edit) -> None:
        self._orders.send(edit)

    def message(self) -> str:
        """What the window says after the edit, which may have other news too."""
        return str(self._answer())

    def people(self) -> People:
        self._orders.send(())
        found = self._answer()
        assert isinstance(found, dict)
        return found

    def stop(self) -> None:
        self._process.kill()
        self._process.join(30)
        self._orders.close()

    def _answer(self) -> object:
        assert self._orders.poll(ENDS_S + 30)
        return self._orders.recv()
