"""Each edit of the gallery is announced once, whoever made it; so is an import of many photos."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from face_match.core.records import Person
from face_match.gallery.gallery import Gallery
from face_match.gui.main_window import MainWindow


@contextmanager
def counted(signal: QObject) -> Iterator[list[None]]:
    """One entry for each time that a signal is emitted."""
    emitted: list[None] = []

    def on_emitted() -> None:
        emitted.append(None)

    signal.connect(on_emitted)
    yield emitted
    signal.disconnect(on_emitted)


def gallery_of(window: MainWindow) -> Gallery:
    assert window.gallery.gallery is not None
    return window.gallery.gallery


def edits_of_people(window: MainWindow) -> dict[str, Callable[[], None]]:
    """In an order in which each changes something."""
    edits, gallery = window.people_edits, gallery_of(window)

    def person(name: str) -> Person:
        found = gallery.find(name)
        assert found is not None
        return found

    return {
        "rename": lambda: edits.rename(person("Grace"), "Admiral"),
        "move": lambda: edits.move(gallery.faces_of(person("Admiral")), "Eileen"),
        "set cover": lambda: edits.set_cover(gallery.faces_of(person("Eileen"))[1]),
        "set birth date": lambda: edits.set_birth_date(person("Eileen"), "1956"),
        "merge": lambda: edits.merge([person("Élise")], person("Eileen")),
        "remove": lambda: edits.remove(gallery.faces_of(person("Eileen"))[:1]),
        "remove near-duplicates": lambda: edits.remove_near_duplicates(
            gallery.faces_of(person("Eileen"))[:1]
        ),
        "undo": window.gallery.undo,
        "redo": window.gallery.redo,
    }


def edits_of_unnamed_faces(window: MainWindow) -> dict[str, Callable[[], None]]:
    unnamed = window.unnamed

    def first_group():
        return next(group for group in unnamed.groups if not group.is_singles)

    def nothing() -> None:
        pass

    return {
        "ignore": lambda: unnamed.ignore(first_group().faces[:1], on_ended=nothing),
        "show again": lambda: unnamed.show_again(gallery_of(window).ignored()),
        "remove from group": lambda: unnamed.remove_from_group(
            first_group().faces[:1], first_group(), on_ended=nothing
        ),
        "merge": lambda: unnamed.merge([face for group in unnamed.groups for face in group.faces][:3]),
        "name": lambda: unnamed.name(
            first_group().faces[:2], "Somebody", twice_in_photo=True, on_ended=nothing
        ),
    }


def announcements(driver, edits: dict[str, Callable[[], None]]) -> dict[str, int]:
    """How often each edit is announced; all of them change the history."""
    found = {}
    for name, edit in edits.items():
        before = (gallery_of(driver.window).history, gallery_of(driver.window).undone)
        with counted(driver.window.gallery.changed) as emitted:
            edit()
            driver.settle()
        found[name] = len(emitted)
        assert (gallery_of(driver.window).history, gallery_of(driver.window).undone) != before, name
    return found


def test_each_edit_of_people_is_announced_once(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    found = announcements(driver, edits_of_people(driver.window))
    assert found == dict.fromkeys(found, 1)


def test_each_edit_of_unnamed_faces_is_announced_once(open_window, scanned: Path, tmp_path: Path) -> None:
    shutil.copytree(scanned, tmp_path / "gallery", ignore=shutil.ignore_patterns("gallery.lock*"))
    driver = open_window(tmp_path / "gallery")
    found = announcements(driver, edits_of_unnamed_faces(driver.window))
    assert found == dict.fromkeys(found, 1)


def test_naming_and_rejecting_the_face_of_a_photo_are_announced_once(
    open_window, gallery_folder: Path, astronaut_again: Path
) -> None:
    driver = open_window(gallery_folder)
    driver.open(astronaut_again)
    edits = driver.window.face_edits
    found = announcements(
        driver, {"name": lambda: edits.name("Eileen Collins"), "reject": lambda: edits.reject(None)}
    )
    assert found == {"name": 1, "reject": 1}


def test_an_import_of_many_photos_is_announced_once(driver, album: Path, tmp_path: Path) -> None:
    people = tmp_path / "people"
    for letter, name in (("E", "Eileen"), ("G", "Grace")):
        (people / name).mkdir(parents=True)
        for file in album.glob(f"{letter}*"):
            shutil.copy(file, people / name)
    with counted(driver.window.gallery.changed) as emitted:
        driver.window.transfers.import_people(people)
        driver.settle()
    assert gallery_of(driver.window).face_count == 7
    assert len(emitted) == 1


@pytest.mark.parametrize("what", ["edit", "export"])
def test_what_changes_nothing_is_not_announced(driver, tmp_path: Path, what: str) -> None:
    def fail(gallery: Gallery) -> str:
        raise OSError("the disk is full")

    with counted(driver.window.gallery.changed) as emitted, driver.qtbot.captureExceptions():
        if what == "edit":
            driver.window.gallery.edit(fail)
        else:
            driver.window.transfers.export(tmp_path / "people.zip")
        driver.settle()
    assert emitted == []
    assert driver.window.gallery.can_edit


def test_the_window_hears_that_an_edit_begins(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    window = driver.window
    heard: list[bool] = []
    window.gallery.availability_changed.connect(lambda: heard.append(window.gallery.can_edit))
    window.people_edits.rename(gallery_of(window).people[0], "Somebody")
    assert heard == [False]
    assert not window.menus.actions["undo"].isEnabled()
    driver.settle()
    assert window.menus.actions["undo"].isEnabled()
    assert isinstance(window, QWidget)
