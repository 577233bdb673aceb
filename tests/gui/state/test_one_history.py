"""Ctrl+Z undoes exactly one step, whatever was done, in whichever part of the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from face_match.core.records import Decision
from face_match.gallery.storage import active_store
from tests.gui.menu_driver import trigger
from tests.gui.review_driver import CONTROL, SHIFT, ReviewDriver

Said = tuple[object, ...]


def said(main) -> Said:
    """All that a person has said: of people, of faces, and of conflicts."""
    gallery = main.window.gallery.gallery
    named = [face for person in gallery.people for face in gallery.faces_of(person)]
    people = {person.folder: (person.name, person.cover) for person in gallery.people}
    faces = {
        face.id: (
            face.person,
            face.is_ignored,
            face.is_unnamed,
            face.rejections,
            face.cluster,
            face.different_from,
        )
        for face in [*named, *gallery.unnamed(), *gallery.ignored()]
    }
    return people, faces, {conflict.id for conflict in gallery.conflicts()}


class Doing:
    """Does one thing after the other, and remembers what was said before each."""

    def __init__(self, review: ReviewDriver) -> None:
        self.review = review
        self.seen = [said(self.main)]
        self.steps = [self._step_count()]

    @property
    def main(self):
        return self.review.main

    @property
    def window(self):
        return self.main.window

    def do(self, change: Callable[[], object], *, steps: int = 1) -> None:
        change()
        self.review.settle()
        assert self._step_count() == self.steps[-1] + steps, self.main.message
        if steps:
            assert said(self.main) != self.seen[-1]
            self.seen.append(said(self.main))
            self.steps.append(self._step_count())
        else:
            self.seen[-1] = said(self.main)  # conflicts are noted without a step

    def _step_count(self) -> int:
        return len(self.window.gallery.gallery.history)

    def ask(self, is_wanted: Callable[[object], bool]) -> None:
        """The question of a kind."""
        row = next(row for row, group in enumerate(self.review.groups) if is_wanted(group))
        self.review.page.groups_list.select_group(row)
        self.review.page.grid.setFocus()
        self.review.settle()

    def person(self, name: str):
        return self.window.gallery.gallery.person(name)

    def faces(self, name: str):
        return self.window.gallery.gallery.faces_of(self.person(name))


def answer_questions(doing: Doing) -> None:
    """By keys: name, not this person, confirm, put together, take out, ignore, show again."""
    review = doing.review
    review.press(Qt.Key.Key_Right, SHIFT)
    doing.do(lambda: review.name("Colin Powell"))
    doing.ask(lambda group: group.person is not None)
    doing.do(lambda: review.press(Qt.Key.Key_Delete))
    doing.ask(lambda group: group.person is not None)
    doing.do(lambda: review.press(Qt.Key.Key_Return))
    doing.ask(lambda group: len(group.faces) == 3)
    review.press(Qt.Key.Key_M, CONTROL)
    doing.ask(lambda group: len(group.faces) == 1)
    (odd,) = [face.id for face in review.faces]
    doing.do(lambda: review.press(Qt.Key.Key_M, CONTROL))
    assert [len(group.faces) for group in review.groups] == [4]
    review.go_to([face.id for face in review.faces].index(odd))
    doing.do(lambda: review.press(Qt.Key.Key_Delete))
    doing.ask(lambda group: odd in group.ids)
    doing.do(lambda: review.press(Qt.Key.Key_I, CONTROL))
    window = review.main.window
    doing.do(lambda: window.unnamed.show_again(window.gallery.gallery.ignored()))


def name_in_photo(doing: Doing, name: str) -> None:
    main = doing.main
    main.type_name(name)
    main.press(Qt.Key.Key_Return)


def correct_photos(doing: Doing, album: Path, astronaut_file: Path) -> None:
    """Name a scanned face, name it otherwise, take the name away; name one of a photo that nobody scanned."""
    main = doing.main
    main.open(next(album.glob("G0*")))
    doing.do(lambda: name_in_photo(doing, "Hugo"))
    doing.do(lambda: name_in_photo(doing, "Hugo Chavez"))
    doing.do(lambda: main.press(Qt.Key.Key_Delete))
    main.open(astronaut_file)
    doing.do(lambda: name_in_photo(doing, "Eileen"))


def edit_people(doing: Doing) -> None:
    """Rename, move, merge, remove, cover."""
    edits = doing.window.people_edits
    doing.do(lambda: edits.rename(doing.person("Colin Powell"), "General Powell"))
    doing.do(lambda: edits.move(doing.faces("General Powell")[:1], "Somebody"))
    doing.do(lambda: edits.merge([doing.person("Eileen")], doing.person("Somebody")))
    doing.do(lambda: edits.set_cover(doing.faces("Somebody")[1]))
    doing.do(lambda: edits.remove(doing.faces("General Powell")[:1]))


def import_names(doing: Doing) -> None:
    """Twice; a conflict of the first one is decided between, for the file."""
    doing.do(lambda: trigger(doing.main, "import people"))
    assert {"Grace", "Hugo C."} < {person.name for person in doing.window.gallery.gallery.people}
    gallery = doing.window.gallery.gallery
    named = [one for one in gallery.conflicts() if gallery.face(one.face).person is not None]
    theirs = next(one for one in named if one.name == "Colin")  # another one has had its name removed
    doing.do(
        lambda: doing.window.gallery.edit(lambda g: str(g.resolve_conflicts([theirs.id], Decision.THEIRS)))
    )
    doing.do(lambda: trigger(doing.main, "import people"), steps=0)


@pytest.fixture
def people_folder(album: Path, hopper_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Photos in folders of people: a new one, some who were scanned, some who have another name by then;
    what is chosen where a folder is asked for."""
    folder = tmp_path / "people"
    for name, files in (
        ("Colin", sorted(album.glob("E*"))),
        ("Grace", [hopper_file]),
        ("Hugo C.", sorted(album.glob("G*"))),
    ):
        (folder / name).mkdir(parents=True)
        for file in files:
            shutil.copy(file, folder / name)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


@pytest.fixture(params=["json", "database"])
def folder(
    request: pytest.FixtureRequest, scanned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A gallery with unnamed faces, which its first change moves to a database, or not."""
    if request.param == "database":
        monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    copy = tmp_path / "gallery"
    shutil.copytree(scanned, copy)
    return copy


@pytest.mark.usefixtures("people_folder")
def test_any_mixture_of_edits_is_undone_and_redone_one_step_at_a_time_across_restarts(
    open_window, folder: Path, album: Path, astronaut_file: Path
) -> None:
    doing = Doing(ReviewDriver(open_window(folder)))
    answer_questions(doing)
    correct_photos(doing, album, astronaut_file)
    edit_people(doing)
    import_names(doing)
    assert (folder / "gallery.sqlite").exists() == (active_store.MAX_JSON_FACES == 0)

    seen, main = doing.seen, doing.main
    for what, states in (("undo", seen[-2::-1]), ("redo", seen[1:]), ("undo", seen[-2::-1])):
        for number, state in enumerate(states):
            if number == len(states) // 2:
                main.window.close()
                main = open_window(folder)
            main.press(Qt.Key.Key_Z, CONTROL if what == "undo" else CONTROL | SHIFT)
            main.settle()
            people, faces, _ = said(main)
            assert people == state[0], (what, number, main.message)
            assert faces == state[1], (what, number, main.message)
            asked = [face.id for group in main.window.unnamed.groups for face in group.faces]
            assert sorted(asked) == sorted(f.id for f in main.window.gallery.gallery.unnamed())
    assert main.window.gallery.gallery.people == ()
    assert not main.window.menus.actions["undo"].isEnabled()
