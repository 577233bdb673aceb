"""Each page and state in German and Spanish, at larger text, in the smallest window: every text has room."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from face_match.core.settings import Settings
from face_match.gallery.gallery import Gallery
from face_match.gallery.security.encryption import encrypt
from face_match.gui import theme
from face_match.gui.dialogs import sheet as sheet_module
from face_match.gui.dialogs.backups import BackupsDialog
from face_match.gui.dialogs.birth_date import BirthDateDialog
from face_match.gui.dialogs.galleries import GalleriesDialog
from face_match.gui.dialogs.passphrase import WEAK, ChangePassphraseDialog, EncryptionDialog
from face_match.gui.dialogs.person_picker import PersonPicker, Preview
from face_match.gui.dialogs.server import ServerDialog
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.dialogs.write_names import WriteNamesDialog
from face_match.gui.main_window import MainWindow
from face_match.gui.shell.navigation import Page
from face_match.gui.translation import load_language, tr, translated
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.wrapping_row import WrappingRow
from tests.extent import is_all
from tests.gui import audit
from tests.gui.conftest import Driver, OpenWindow
from tests.gui.review_driver import CONTROL, SHIFT, ReviewDriver

SIZE = (900, 600)
LEAST_FIELD_EMS = 5
LOOKS = [("de", 2.0), ("es", 2.0), ("de", 1.5), ("es", 1.5), ("en", 2.0), ("de", 1.0), ("es", 1.0)]
"""Languages and sizes of text. The first is tried in every run."""


@pytest.fixture(params=LOOKS if is_all() else LOOKS[:1], ids=str)
def large_text(speak: None, request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    language, scale = request.param
    load_language(qapp, language)
    font = qapp.font()
    qapp.setFont(theme.resized(QFont(font), scale))
    yield
    qapp.setFont(font)


@pytest.fixture
def open_small(large_text: None, open_window: OpenWindow) -> OpenWindow:
    def open_on(folder: Path) -> Driver:
        driver = open_window(folder)
        driver.window.setMinimumSize(*SIZE)  # as on a screen of that size
        driver.window.resize(*SIZE)
        driver.settle()
        return driver

    return open_on


def crowded(window: QWidget) -> list[str]:
    """Texts without room, fields too narrow for a name, and pages that scroll sideways."""
    QApplication.processEvents()
    found = audit.cut_off(window)
    for field in window.findChildren(NameEdit):
        if field.isVisible() and field.width() < LEAST_FIELD_EMS * field.fontMetrics().height():
            found.append(f"{field.objectName()} is {field.width()} wide")
    for area in window.findChildren(QScrollArea):
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0:
            found.append(f"{area.widget().objectName()} scrolls sideways")
    if window.width() > SIZE[0]:
        found.append(f"{window.objectName()} is {window.width()} wide")
    return found


def test_the_review(open_small: OpenWindow, scanned: Path, tmp_path: Path) -> None:
    main = open_small(Path(shutil.copytree(scanned, tmp_path / "gallery")))
    review = ReviewDriver(main)
    assert crowded(main.window) == []
    review.press(Qt.Key.Key_Right, SHIFT)
    review.name("Ada")
    assert review.group.proposed_name == "Ada"
    assert crowded(main.window) == []
    review.press(Qt.Key.Key_N)
    review.type("Ad")
    assert crowded(main.window) == []
    review.press(Qt.Key.Key_Escape)
    review.press(Qt.Key.Key_Space)
    assert crowded(main.window) == []
    review.press(Qt.Key.Key_Space)
    review.press(Qt.Key.Key_I, CONTROL)
    main.window.show_page(Page.IGNORED)
    main.settle()
    assert crowded(main.window) == []


def test_photos(open_small: OpenWindow, gallery_folder: Path, two_faces: Path, no_face: Path) -> None:
    main = open_small(gallery_folder)
    for photo in (two_faces, no_face):
        main.open(photo)
        assert crowded(main.window) == []
    main.open(two_faces)
    main.press(Qt.Key.Key_E, CONTROL)
    main.settle()
    assert crowded(main.window) == []


def test_people_and_a_search(open_small: OpenWindow, gallery_folder: Path) -> None:
    main = open_small(gallery_folder)
    window = main.window
    assert crowded(window) == []
    person = window.gallery.gallery.find("Eileen")
    window.people_page.show_person(person)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        main.press(key, CONTROL)
        main.settle()
        assert crowded(window) == []
    for text in ("Eileen", "Nobody"):
        window.toolbar.search.setText(text)
        main.settle()
        assert crowded(window) == []


@pytest.mark.parametrize("state", ["empty", "gone", "locked", "damaged"])
def test_states_of_the_gallery(
    open_small: OpenWindow, gallery_folder: Path, tmp_path: Path, state: str
) -> None:
    folder = gallery_folder
    if state == "empty":
        folder = tmp_path / "none"
    elif state == "gone":
        folder = tmp_path / "drive" / "gallery"
    elif state == "locked":
        encrypt(folder, "four words are enough")
    else:
        with Gallery.open(folder, for_writing=True) as gallery:
            gallery.back_up()
        (folder / "embeddings.json").write_text("{", "utf-8")
    main = open_small(folder)
    assert crowded(main.window) == []


OF_WINDOW = (
    *("history", "conflicts", "check", "accuracy", "models", "skipped", "keys", "user_guide"),
    "about",
)
OTHERS: dict[str, Callable[[MainWindow], Sheet]] = {
    "encryption": EncryptionDialog,
    "passphrase": lambda window: ChangePassphraseDialog(window, has_passphrase=True),
    "server": lambda window: ServerDialog(window.tasks, window),
    "write names": lambda window: WriteNamesDialog(window, Settings()),
    "galleries": lambda window: GalleriesDialog(Path("gallery"), [Path("other")], window.tasks, window),
    "backups": lambda window: BackupsDialog(window.gallery, window.tasks, window),
    "birth date": lambda window: BirthDateDialog(window, window.gallery.gallery.people[0]),
    "person": lambda window: PersonPicker(
        window,
        title=tr("Move to another person"),
        prompt="",
        action=tr("&Move"),
        people=window.gallery.gallery.people,
        preview=lambda name: Preview(name, is_possible=True),
    ),
}
"""Dialogs that are not those of the whole window; that of a model file is like them."""


def dialog_of(window: MainWindow, name: str) -> Sheet:
    sheet: Sheet = OTHERS[name](window) if name in OTHERS else getattr(window.dialogs, name)
    if name == "models":
        sheet.read()
    return sheet


@pytest.mark.parametrize("name", [*OF_WINDOW, *OTHERS])
def test_every_dialog_fits_with_its_buttons_and_scrolls_the_rest(
    open_small: OpenWindow, gallery_folder: Path, name: str
) -> None:
    main = open_small(gallery_folder)
    window = main.window
    sheet = dialog_of(window, name)
    sheet.show()
    main.settle()
    assert sheet.height() <= sheet.screen().availableSize().height() - theme.TITLE_BAR_PX
    sheet.resize(SIZE[0], SIZE[1] - theme.TITLE_BAR_PX)
    QApplication.processEvents()
    assert sheet.size().toTuple() == (SIZE[0], SIZE[1] - theme.TITLE_BAR_PX)
    assert crowded(sheet) == []
    seen = [made for made in sheet.buttons.buttons() if made.isVisible()]
    assert seen
    for made in seen:
        assert sheet.rect().contains(QRect(made.mapTo(sheet, QPoint(0, 0)), made.size())), made.text()
    for control in audit.stops(sheet):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert not control.visibleRegion().isEmpty(), audit.label_of(control)
    sheet.close()


@pytest.mark.parametrize("name", sorted({*OF_WINDOW, *OTHERS} - {"keys", "user_guide"}))
def test_no_dialog_scrolls_with_the_usual_text(
    open_window: OpenWindow, gallery_folder: Path, name: str
) -> None:
    main = open_window(gallery_folder)
    sheet = dialog_of(main.window, name)
    sheet.show()
    main.settle()
    QApplication.processEvents()
    bars = sheet.area.verticalScrollBar(), sheet.area.horizontalScrollBar()
    assert [bar.maximum() for bar in bars] == [0, 0]
    sheet.close()


@pytest.mark.parametrize("name", ["encryption", "passphrase"])
def test_the_warning_of_a_weak_passphrase_is_seen_whole(large_text: None, qtbot, name: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = OTHERS[name](window)  # type: ignore[arg-type]  # only a parent is wanted
    sheet.show()
    QApplication.processEvents()
    sheet.first.setText("ada 1906")  # type: ignore[attr-defined]
    QApplication.processEvents()
    remark = sheet._remark  # type: ignore[attr-defined]
    assert remark.text() == translated(WEAK)
    assert remark.height() >= remark.heightForWidth(remark.width())
    has_room = sheet.height() < sheet.screen().availableSize().height() - theme.TITLE_BAR_PX
    assert not has_room or sheet.area.verticalScrollBar().maximum() == 0


def test_these_are_all_dialogs() -> None:
    folder = Path(sheet_module.__file__).parent
    count = sum(path.read_text("utf-8").count("(Sheet):") for path in folder.glob("*.py"))
    assert count == len(OF_WINDOW) + len(OTHERS) + len({"LicenceDialog"})


def test_a_row_takes_the_lines_that_it_needs(qtbot, qapp: QApplication) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, row = QVBoxLayout(page), WrappingRow()
    buttons = [QPushButton(text * 20) for text in "mmm"]
    for made in buttons:
        row.add(made)
    below = QLabel("below")
    column.addLayout(row)
    column.addWidget(below)
    column.addStretch(1)
    page.show()
    one = buttons[0].sizeHint().width()
    for width, lines in ((4 * one, 1), (round(2.6 * one), 2), (round(1.5 * one), 3), (4 * one, 1)):
        page.resize(width, 400)
        qtbot.wait(20)
        assert len({it.y() for it in buttons}) == lines
        assert all(it.width() >= it.sizeHint().width() for it in buttons)
        assert below.y() > max(it.geometry().bottom() for it in buttons)
    buttons[1].hide()
    page.resize(round(2.6 * one), 400)
    qtbot.wait(20)
    assert buttons[0].y() == buttons[2].y()
