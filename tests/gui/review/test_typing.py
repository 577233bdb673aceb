"""What is typed on the review becomes the name, in full; meanwhile nothing moves and nothing is commanded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from face_match.gui.state import unnamed_faces
from tests.extent import is_all
from tests.gui.review_driver import CONTROL, NONE, ReviewDriver
from tests.portraits import make_photos, portraits

NAMES = (
    *(
        "Isabel",
        "Tony",
        "Noor",
        "Xavier",
        "Åsa",
        "José",
        "Øyvind",
        "Nguyễn",
        "王",
        "Mia",
        "Sam",
        "Ida",
        "Olga",
    ),
    *(
        "Xenia",
        "Nils",
        "Maria",
        "Sven",
        "Ingrid",
        "Oscar",
        "Nadia",
        "Łukasz",
        "Čeněk",
        "Žofie",
        "Émile",
        "Zoë",
    ),
    *("Ñandú", "Björn", "Ömer", "Üla", "İrem", "Þóra", "Ðorđe", "Ægir", "Ivan", "Αθηνά", "Дмитрий", "Ольга"),
    *(
        "Նարե",
        "მარიამ",
        "נועה",
        "محمد",
        "अनन्या",
        "สมชาย",
        "이수진",
        "さくら",
        "李娜",
        "O'Brien",
        "Anne-Marie",
    ),
    *("xiu", "max"),
)
assert len(NAMES) == 50
SMALL = tuple(name.lower() for name in NAMES)
"""As people type them who are in a hurry."""


@pytest.fixture
def gallery_folder(scanned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scanned, tmp_path / "gallery"))


@pytest.fixture
def review(open_window, gallery_folder: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewDriver:
    """New faces are grouped many times a second while a folder is scanned."""
    monkeypatch.setattr(unnamed_faces, "GROUPED_EVERY_MS", 40)
    return ReviewDriver(open_window(gallery_folder))


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of the same two people that are not in the gallery yet."""
    folder = tmp_path_factory.mktemp("more")
    for person, name in zip(portraits(), "EG", strict=True):
        for path in make_photos(person, 32, folder, name)[:7]:
            path.unlink()
    return folder


def screen(review: ReviewDriver) -> dict[str, object]:
    """All that is to stay as it is while a name is typed."""
    page = review.page
    places = {
        part.objectName() or type(part).__name__: part.geometry()
        for part in page.findChildren(QWidget)
        if part.isVisible() and part.parentWidget() is not page.name_edit.suggestions
    }
    for name in [*places]:
        if name.startswith(("qt_", "NameSuggestions", "newFacesButton", "ThumbnailCache")):
            del places[name]
    return {
        "question": review.texts[:2],
        "why": page.explanation.text.text(),
        "groups": review.questions,
        "group": page.groups_list.currentIndex().row(),
        "count": page.groups_panel.count.text(),
        "faces": [face.id for face in review.faces],
        "selected": page.grid.selected_rows(),
        "badge": review.main.window.unnamed.count,
        "places": places,
        "steps": len(review.main.window.gallery.gallery.history),
    }


def test_fifty_names_are_typed_in_full_while_an_import_adds_groups(review: ReviewDriver, more: Path) -> None:
    page, unnamed, qtbot = review.page, review.main.window.unnamed, review.main.qtbot
    waited: list[int] = []
    unnamed.waiting_changed.connect(lambda: waited.append(unnamed.waiting_count))
    review.main.window.folder_import.scan([more])
    names = [one for pair in zip(NAMES, SMALL, strict=True) for one in {*pair}]
    for number, name in enumerate(names if is_all() else names[::2]):
        before = None
        for length, letter in enumerate(name, start=1):
            review.type(letter)
            qtbot.wait(25 if number % 2 else 1)
            assert page.name_edit.text() == name[:length]
            before = before or screen(review)
            assert screen(review) == before, name
            assert page.groups_panel.new_button.isVisible() == (unnamed.waiting_count > 0)
        qtbot.keyClick(review.focused, Qt.Key.Key_Escape)
        while not page.name_edit.is_empty:
            qtbot.keyClick(review.focused, Qt.Key.Key_Escape)
        qtbot.wait(60)
    assert max(waited) > 0, "nothing came while a name was typed"
    review.settle()
    assert unnamed.count > 7
    assert review.people == {}


def test_what_waits_is_shown_on_request_and_the_name_stays(review: ReviewDriver, more: Path) -> None:
    page, unnamed = review.page, review.main.window.unnamed
    review.type("Isab")
    group = review.group.ids
    review.scan(more)
    assert unnamed.count == 7
    assert page.groups_panel.new_button.isVisible()
    page.groups_panel.new_button.click()
    assert unnamed.count > 7
    assert group <= review.group.ids
    assert (page.name_edit.text(), page.groups_panel.new_button.isVisible()) == ("Isab", False)


def test_a_half_typed_name_never_lands_on_another_group(review: ReviewDriver) -> None:
    page = review.page
    review.type("Isab")
    review.press(Qt.Key.Key_PageDown)
    assert page.name_edit.text() == ""
    review.press(Qt.Key.Key_Return)
    assert review.people == {}
    review.type("Tony")
    review.press(Qt.Key.Key_PageUp)
    assert page.name_edit.text() == "", "and does not come back: the page would hold still for it"
    review.type("Isabel")
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Isabel": 4}
    assert page.name_edit.text() == ""


@pytest.mark.parametrize("letters", ["m", "s", "i", "o", "x", "n"])
def test_without_a_suggestion_every_letter_is_one_of_a_name(review: ReviewDriver, letters: str) -> None:
    before = screen(review)
    for start in (review.page.name_edit, review.page.grid, review.page.groups_list, review.page.skip_button):
        start.setFocus()
        review.type(letters)
        assert review.page.name_edit.text() == letters
        review.press(Qt.Key.Key_Escape)
        assert screen(review) == before


@pytest.fixture
def proposal(review: ReviewDriver) -> ReviewDriver:
    """Two of four faces are named; the other two are suggested."""
    review.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    review.name("Colin Powell")
    assert review.group.person is not None
    return review


def test_someone_else_is_named_by_n_and_any_name(proposal: ReviewDriver) -> None:
    proposal.type("n")
    assert proposal.page.name_edit.text() == ""
    assert proposal.texts[0::2] == ["Who is this?", "Name 2 faces"]
    proposal.press(Qt.Key.Key_Return)
    assert proposal.people == {"Colin Powell": 2}
    proposal.type("nadia x")
    proposal.press(Qt.Key.Key_Return)
    assert proposal.people == {"Colin Powell": 2, "nadia x": 2}


def test_on_a_proposal_the_main_button_has_the_focus_and_the_field_looks_it(proposal: ReviewDriver) -> None:
    page = proposal.page
    assert proposal.focused is page.main_button
    assert (page.name_edit.placeholderText(), page.name_edit.property("isQuiet")) == (
        "Someone else? Type the name",
        True,
    )
    assert (page.main_button.keys, page.reject_button.keys) == ("Enter", "X")
    proposal.press(Qt.Key.Key_N)
    assert proposal.focused is page.name_edit
    assert (page.name_edit.placeholderText(), page.name_edit.property("isQuiet")) == ("Type the name", False)
    proposal.press(Qt.Key.Key_Escape)
    assert proposal.focused is page.main_button
    proposal.main.qtbot.mouseClick(page.name_edit, Qt.MouseButton.LeftButton)
    assert proposal.texts[0] == "Who is this?", "a click on the field means someone else"
    assert proposal.focused is page.name_edit


def test_space_and_arrows_on_the_main_button_are_for_the_faces(proposal: ReviewDriver) -> None:
    page = proposal.page
    proposal.press(Qt.Key.Key_Right)
    assert page.grid.currentIndex().row() == 1
    proposal.press(Qt.Key.Key_Space)
    assert page.middle.has_photo
    proposal.press(Qt.Key.Key_Space)
    assert not page.middle.has_photo
    assert proposal.people == {"Colin Powell": 2}, "Space confirms nothing"


@pytest.mark.one_in(3, "two of three very short names that are typed on a proposal")
@pytest.mark.parametrize("name", sorted(name for name in SMALL if name.isascii() and name.isalpha()))
def test_no_letter_of_a_small_name_typed_on_a_proposal_is_lost(proposal: ReviewDriver, name: str) -> None:
    proposal.type(name)
    proposal.settle()
    if name[0] not in "nx":
        proposal.main.answer(QMessageBox.StandardButton.Yes)
    proposal.press(Qt.Key.Key_Return)
    if name[0] in "nx":
        assert proposal.page.name_edit.is_asking
        proposal.press(Qt.Key.Key_Return)
    assert proposal.people == {"Colin Powell": 2, name: 2}


def test_another_letter_starts_the_name_of_someone_else(proposal: ReviewDriver) -> None:
    proposal.type("mia")
    assert proposal.texts[2] == "Name 2 faces"
    proposal.press(Qt.Key.Key_Escape)
    assert proposal.texts[2] == "Confirm 2 faces"


def test_x_rejects_the_suggestion_and_asks_who_it_is(proposal: ReviewDriver) -> None:
    faces = proposal.group.ids
    proposal.type("x")
    proposal.settle()
    assert (proposal.group.ids, proposal.group.person) == (faces, None)
    proposal.type("xaver")
    assert proposal.page.name_edit.text() == "xaver"
    proposal.press(Qt.Key.Key_Return)
    assert proposal.people == {"Colin Powell": 2, "xaver": 2}


def test_enter_that_is_held_down_confirms_one_group(proposal: ReviewDriver) -> None:
    for is_repeated in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", is_repeated)
        QApplication.sendEvent(proposal.focused, event)
        proposal.settle()
    assert proposal.people in ({"Colin Powell": 2}, {"Colin Powell": 4})


def test_enter_in_the_search_field_or_the_navigation_confirms_nothing(proposal: ReviewDriver) -> None:
    window = proposal.main.window
    for elsewhere in (window.toolbar.search, window.navigation):
        elsewhere.setFocus()
        proposal.main.qtbot.keyClick(elsewhere, Qt.Key.Key_Return)
        proposal.settle()
        assert proposal.people == {"Colin Powell": 2}


def test_faces_that_are_left_out_are_not_named_and_not_suggested(review: ReviewDriver) -> None:
    grid = review.page.grid
    out = review.faces[1]
    review.leave_out(1)
    assert review.focused is grid, "a click gives the faces the keys; a letter still begins the name"
    assert review.texts[1:] == ["1 face is left out. Click × again to take it in.", "Name 3 faces"]
    review.name("Colin Powell")
    gallery = review.main.window.gallery.gallery
    assert review.people == {"Colin Powell": 3}
    assert [one.folder for one in gallery.face(out.id).rejections] == [gallery.person("Colin Powell").folder]
    assert len(review.group.faces) == 3, "the next group, not what was left out"
    review.press(Qt.Key.Key_Z, CONTROL)
    assert review.people == {}
    assert gallery.face(out.id).rejections == ()


def test_a_double_click_shows_the_photo_and_leaves_no_face_out(review: ReviewDriver) -> None:
    grid = review.page.grid
    place = grid.visualRect(grid.model().index(2, 0)).center()
    for click in (review.main.qtbot.mouseClick, review.main.qtbot.mouseDClick):
        click(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    review.settle()
    assert review.page.middle.has_photo
    assert grid.left_out == []
    review.press(Qt.Key.Key_Space)
    assert review.texts[2] == "Name 4 faces", "to look at a photo selects nothing"


def test_a_click_selects_a_face_as_everywhere_and_only_that_is_named(review: ReviewDriver) -> None:
    review.click_face(2)
    assert review.texts[1:] == ["1 of 4 faces selected. Press Escape for all.", "Name 1 face"]
    review.press(Qt.Key.Key_Escape)
    assert review.texts[2] == "Name 4 faces"
    review.click_face(2)
    review.press(Qt.Key.Key_Left)
    assert review.texts[2] == "Name 4 faces", "an arrow leads to a face, and selects nothing"
    review.click_face(2)
    chosen = review.faces[2]
    review.name("Colin Powell")
    assert review.people == {"Colin Powell": 1}
    assert chosen.id not in {face.id for face in review.faces}


def test_a_selected_face_is_removed_before_one_that_is_left_out(review: ReviewDriver) -> None:
    out, chosen = review.faces[0], review.faces[2]
    review.leave_out(0)
    review.click_face(2)
    review.press(Qt.Key.Key_Delete)
    left = {face.id for face in review.faces}
    assert out.id in left
    assert chosen.id not in left


def test_on_another_page_nothing_waits_for_a_half_typed_name(review: ReviewDriver, more: Path) -> None:
    review.type("Isab")
    review.press(Qt.Key.Key_P, CONTROL)
    review.scan(more)  # which shows the unnamed faces again
    review.press(Qt.Key.Key_P, CONTROL)
    assert review.main.window.unnamed.count > 7
    review.press(Qt.Key.Key_R, CONTROL)
    assert review.page.name_edit.text() == "Isab"


def test_a_click_again_takes_a_face_in(review: ReviewDriver) -> None:
    for expected in ("Name 3 faces", "Name 4 faces"):
        review.leave_out(2)
        assert review.texts[2] == expected


def test_the_beginning_of_a_known_name_is_asked_about_in_the_list(proposal: ReviewDriver) -> None:
    page = proposal.page
    proposal.press(Qt.Key.Key_PageDown)
    proposal.type("Col")
    proposal.press(Qt.Key.Key_Return)
    assert page.name_edit.is_asking
    assert proposal.people == {"Colin Powell": 2}
    proposal.press(Qt.Key.Key_Return)
    assert proposal.people == {"Colin Powell": 5}


# Undo


def test_undo_after_x_leads_back_to_the_group(proposal: ReviewDriver) -> None:
    faces = proposal.group.ids
    proposal.type("x")
    proposal.settle()
    proposal.press(Qt.Key.Key_PageDown)
    assert not proposal.group.ids & faces
    proposal.press(Qt.Key.Key_Z, CONTROL)
    assert (proposal.group.ids, proposal.group.person is not None) == (faces, True)
    assert proposal.focused is proposal.page.main_button
    proposal.press(Qt.Key.Key_PageDown)
    proposal.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert proposal.group.ids == faces, "redo shows the same faces"


def test_undo_leads_back_to_the_faces_from_another_page(review: ReviewDriver) -> None:
    faces = review.group.ids
    review.press(Qt.Key.Key_I, CONTROL)
    assert not review.group.ids & faces
    review.press(Qt.Key.Key_P, CONTROL)
    review.press(Qt.Key.Key_Z, CONTROL)
    assert review.main.window.pages.current.value == "unnamed"
    assert review.group.ids == faces


def test_a_rejected_single_face_stays_until_one_goes_on(review: ReviewDriver) -> None:
    for _ in range(2):
        review.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    review.name("Colin Powell")
    faces = review.group.ids
    assert (len(faces), review.group.person is not None) == (1, True)
    review.type("x")
    review.settle()
    assert (review.group.ids, review.group.is_singles) == (faces, False)
    assert "stays unnamed" in review.texts[1]
    assert review.focused is review.page.name_edit
    review.press(Qt.Key.Key_PageDown)
    review.press(Qt.Key.Key_I, CONTROL)
    (singles,) = review.groups
    assert (singles.ids, singles.is_singles) == (faces, True), "where the advice said"
