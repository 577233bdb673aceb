"""A real window over a real gallery, and photos to put before it."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageEnhance
from PySide6.QtCore import QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from face_match.core.gallery_place import ServerAddress
from face_match.core.photo_folders import photo_files
from face_match.core.settings import Settings
from face_match.core.translation import ENGLISH, use_language
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gui import theme
from face_match.gui.main_window import MainWindow
from face_match.gui.shell.window_size import FIRST_SIZE
from face_match.vision.onnx import sessions
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.scan import scan
from tests.portraits import make_photos, portraits
from tests.unit.gallery import synthetic_photos

if TYPE_CHECKING:
    from tests.gui.people_driver import PeopleDriver

PATIENCE_MS = 180_000


class PatientBot(QtBot):
    """Waits for up to three minutes, not five seconds: a busy machine may take them."""

    def waitUntil(self, callback: Callable[[], bool | None]) -> None:
        super().waitUntil(callback, timeout=PATIENCE_MS)

    def waitSignal(self, signal: Any) -> Any:
        return super().waitSignal(signal, timeout=PATIENCE_MS)

    def waitExposed(self, widget: QWidget) -> Any:
        return super().waitExposed(widget, timeout=PATIENCE_MS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """That of pytest-qt, with more patience."""
    return PatientBot(request)


class Driver:
    """Drives a window as a person does, and waits as one does."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    def settle(self) -> None:
        """Until nothing is under way any more, and a proposal that came by itself can be answered."""
        window = self.window

        def is_settled() -> bool:
            is_made = "photo_parts" in window.__dict__
            return not window.tasks.is_busy() and (not is_made or window.presenter.is_settled)

        self.qtbot.waitUntil(is_settled)

    def open(self, *photos: Path) -> None:
        self.window.queue.open(photos)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the focus is."""
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifier)

    @property
    def question(self) -> str:
        """The title of the panel about the picked face."""
        return str(self.window.photo_page.panel.title.text())

    def type_name(self, name: str) -> None:
        """A name of someone else, after a click on the field."""
        self.window.naming.is_someone_else = True
        self.window.photo_page.name_edit.setFocus()
        self.qtbot.keyClicks(self.window.photo_page.name_edit, name)

    def add(self, photo: Path, name: str) -> None:
        """Open a photo and add its face under a name."""
        self.open(photo)
        self.type_name(name)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def answer(self, button: QMessageBox.StandardButton) -> list[str]:
        """Press a button of the question that comes next; returns where its text will be put."""
        asked: list[str] = []

        def look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                asked.append(box.text())
                box.button(button).click()
            else:
                QTimer.singleShot(20, look)

        QTimer.singleShot(20, look)
        return asked

    def faces_of(self, name: str) -> int:
        gallery = self.window.gallery.gallery
        assert gallery is not None
        person = gallery.find(name)
        return person.face_count if person is not None else 0

    @property
    def rows(self) -> list[str]:
        """The rows of the list of matches as text."""
        return [
            self.window.photo_page.matches.item(i).text()
            for i in range(self.window.photo_page.matches.count())
        ]

    @property
    def message(self) -> str:
        return self.window.message_bar.text()


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[None]:
    """Lets a test load a language, which ends with the test."""
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    use_language(ENGLISH)
    QLocale.setDefault(QLocale.c())


OpenWindow = Callable[[Path], Driver]


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    """That of the program, as the size of texts and buttons depends on it."""
    theme.apply(qapp, is_dark=False)


@pytest.fixture(scope="module", autouse=True)
def shared_networks() -> Iterator[None]:
    """Each network is loaded once for the windows of a module, which takes a third of the time of a test."""
    load = functools.cache(sessions.Network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "Network", load)
        yield


@pytest.fixture
def open_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens a window on a gallery's folder, with settings of its own; closed at the end."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("face_match.core.settings.settings_file", lambda: tmp_path / "settings.json")
    windows: list[MainWindow] = []

    def open_on(folder: Path) -> Driver:
        window = MainWindow(folder, Settings.load())
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(*FIRST_SIZE)  # the screen of tests is smaller
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        with qtbot.waitSignal(window.tasks.started):
            window.start()
        driver = Driver(qtbot, window)
        driver.settle()
        return driver

    yield open_on
    for window in windows:
        window.close()


@pytest.fixture
def driver(open_window: OpenWindow, tmp_path: Path) -> Driver:
    """A window on an empty gallery."""
    return open_window(tmp_path / "gallery")


@pytest.fixture(scope="session")
def shared_photos(
    astronaut_file: Path, hopper_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Photos that are made once, and that no test changes."""
    folder = tmp_path_factory.mktemp("photos")
    with Image.open(astronaut_file) as image:
        astronaut = image.convert("RGB")
    with Image.open(hopper_file) as image:
        hopper = image.convert("RGB")
    other = astronaut.rotate(7, Image.Resampling.BICUBIC).resize((400, 400))
    ImageEnhance.Brightness(other).enhance(0.8).save(folder / "astronaut again.jpg", quality=85)
    hopper.rotate(5, Image.Resampling.BICUBIC).save(folder / "hopper again.png")
    pair = Image.new("RGB", (1000, 500), "grey")
    pair.paste(astronaut.resize((500, 500)), (0, 0))
    pair.paste(hopper.resize((round(hopper.width * 500 / hopper.height), 500)), (520, 0))
    pair.save(folder / "two.png")
    Image.linear_gradient("L").convert("RGB").save(folder / "sky.png")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    yield folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.fixture(scope="session")
def astronaut_again(shared_photos: Path) -> Path:
    """Another photo of the same face: smaller, turned a little, darker, as a JPEG."""
    return shared_photos / "astronaut again.jpg"


@pytest.fixture(scope="session")
def two_faces(shared_photos: Path) -> Path:
    """A photo of two people side by side."""
    return shared_photos / "two.png"


@pytest.fixture(scope="session")
def no_face(shared_photos: Path) -> Path:
    return shared_photos / "sky.png"


@pytest.fixture(scope="session")
def hopper_again(shared_photos: Path) -> Path:
    """Another photo of Grace Hopper: turned a little."""
    return shared_photos / "hopper again.png"


@pytest.fixture(scope="session")
def named_photos(
    astronaut_file: Path, astronaut_again: Path, hopper_file: Path, hopper_again: Path
) -> list[tuple[str, Path]]:
    return [
        ("Grace", hopper_file),
        ("Eileen", astronaut_file),
        ("Élise", hopper_again),
        ("Eileen", astronaut_again),
    ]


@pytest.fixture(scope="session")
def gallery_of_three(
    pipeline: FacePipeline, named_photos: list[tuple[str, Path]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A gallery of Eileen with two faces, Grace and Élise with one each; not to be changed."""
    folder = tmp_path_factory.mktemp("three") / "gallery"
    with Gallery.open(folder, for_writing=True) as gallery:
        for name, file in named_photos:
            photo = load_photo(file)
            (face,) = pipeline.embed(photo, pipeline.detect(photo))
            gallery.add(name, NewFace.of(face), photo, file)
    return folder


@pytest.fixture
def gallery_folder(gallery_of_three: Path, tmp_path: Path) -> Path:
    """The same, to do with as one likes."""
    return Path(shutil.copytree(gallery_of_three, tmp_path / "gallery"))


@pytest.fixture
def people(open_window: OpenWindow, gallery_folder: Path) -> PeopleDriver:
    """The page of the people on it."""
    from tests.gui.people_driver import PeopleDriver

    return PeopleDriver(open_window(gallery_folder))


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four photos of a person, three of another one; and a file that is no photo."""
    folder = tmp_path_factory.mktemp("album")
    eileen, grace = portraits()
    make_photos(eileen, 4, folder, "E")
    make_photos(grace, 3, folder, "G")
    (folder / "broken.jpg").write_bytes(b"no photo")
    return folder


@pytest.fixture(scope="session")
def scanned(album: Path, pipeline: FacePipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gallery with their faces, unnamed."""
    folder = tmp_path_factory.mktemp("scanned") / "gallery"
    with Gallery.open(folder, for_writing=True) as gallery:
        scan(photo_files([album]), gallery, pipeline)
    return folder


@pytest.fixture
def shared_gallery(server_address: ServerAddress) -> ServerAddress:
    """A gallery of Ada on a server, with two more faces."""
    with Gallery.open(server_address, for_writing=True) as gallery:
        faces = [synthetic_photos.new_face((0, number), 1) for number in range(3)]
        photo = synthetic_photos.photo_of(0, 1)
        gallery.record_photo(photo, Path("/photos/0.jpg"), scan="mtcnn", faces=faces)
        gallery.name_faces([gallery.unnamed()[0].id], "Ada")
    return server_address
