"""Pictures of the window: `QT_QPA_PLATFORM=offscreen python -m benchmarks.screenshots`.

The pictures in docs/ are taken by default; `--into FOLDER` takes every page and state in both colour schemes,
at three sizes; `--language de` takes them in German. The people are two whose photos are in the public
domain: Eileen Collins (NASA, in scikit-image) and Grace Hopper (US Navy, in Matplotlib), each turned and lit
in some ways; `--people FOLDER` has a folder for each person instead. `--only calibrate --people FOLDER` takes
the error rates of docs/, which show no face and need ten people.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import matplotlib
import numpy as np
from PIL import Image, ImageEnhance
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from skimage import data

from face_match.core.settings import Settings
from face_match.gallery.security.encryption import encrypt
from face_match.gui import theme
from face_match.gui.main_window import MainWindow
from face_match.gui.shell.navigation import Page
from face_match.gui.translation import available_languages, load_language

DOCS = Path(__file__).parents[1] / "docs"
COPIES = {"Eileen Collins": 12, "Grace Hopper": 8}
NAMED = {"Eileen Collins": 5, "Grace Hopper": 0}
"""How many photos have a name; the others are unnamed faces."""
PATIENCE_MS = 60_000
SIZES = ((900, 600), (1280, 800), (1920, 1200))
DOCS_SIZE = (1280, 800)


class Material(NamedTuple):
    """Galleries and photos to take pictures of."""

    empty: Path
    gallery: Path
    photo: Path
    group_photo: Path
    no_face: Path
    locked: Path
    damaged: Path
    gone: Path


class Stage:
    """A window over a copy of a gallery."""

    def __init__(self, gallery: Path, size: tuple[int, int]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name) / "gallery"
        if gallery.exists():
            shutil.copytree(gallery, folder)
        elif not gallery.parent.exists():
            folder = gallery
        self.window = MainWindow(folder, Settings())
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.window.start()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way, and all is drawn."""
        QTest.qWait(60)
        for _ in range(PATIENCE_MS // 20):
            if not self.window.tasks.is_busy():
                break
            QTest.qWait(20)
        QTest.qWait(80)

    def open(self, *photos: Path) -> None:
        self.window.queue.open(photos)
        self.settle()

    def show(self, page: Page) -> None:
        self.window.show_page(page)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.settle()

    def dialog(self, action: str) -> QWidget:
        """The dialog that an entry of the menu opens."""
        before = set(QApplication.topLevelWidgets())
        self.window.menus.actions[action].trigger()
        self.settle()
        opened = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one not in before]
        dialog = next(iter(opened), None) or QApplication.activeWindow()
        assert dialog is not None
        dialog.resize(dialog.sizeHint().expandedTo(dialog.size()))
        return dialog

    def close(self) -> None:
        self.window.close()
        self._folder.cleanup()


Scene = Callable[[Stage, Material], QWidget]


def people(stage: Stage, material: Material) -> QWidget:
    """The start page."""
    stage.show(Page.PEOPLE)
    return stage.window


def review(stage: Stage, material: Material) -> QWidget:
    """A group without a suggestion."""
    return _group(stage, is_suggestion=False)


def suggestion(stage: Stage, material: Material) -> QWidget:
    """A group with a suggestion."""
    return _group(stage, is_suggestion=True)


def _group(stage: Stage, *, is_suggestion: bool) -> QWidget:
    stage.show(Page.UNNAMED)
    groups = stage.window.review_page.groups_list
    rows = (row for row, group in enumerate(groups.groups) if bool(group.person) == is_suggestion)
    groups.select_group(next(rows, 0))
    return stage.window


def photo(stage: Stage, material: Material) -> QWidget:
    """A photo with one face."""
    stage.open(material.photo)
    return stage.window


def group_photo(stage: Stage, material: Material) -> QWidget:
    """A photo with two faces."""
    stage.open(material.group_photo)
    return stage.window


def photos(stage: Stage, material: Material) -> QWidget:
    """All photos."""
    stage.show(Page.PHOTO)
    for _ in range(4):  # the photos, then their thumbnails, a few at a time
        stage.settle()
    return stage.window


def no_face(stage: Stage, material: Material) -> QWidget:
    """A photo without a face."""
    stage.open(material.no_face)
    return stage.window


def search(stage: Stage, material: Material) -> QWidget:
    """All photos of a person, by the search field."""
    gallery = stage.window.gallery.gallery
    assert gallery is not None
    stage.window.toolbar.search.setText(gallery.people[0].name)
    for _ in range(4):  # the people, their covers, the photos, and these in sizes that fit
        stage.settle()
    return stage.window


def dialog(action: str) -> Scene:
    """A dialog that an entry of the menu opens."""
    return lambda stage, material: stage.dialog(action)


SCENES: dict[str, Scene] = {
    "people": people,
    "review": review,
    "proposed": suggestion,
    "photo": group_photo,
    "photo-one-face": photo,
    "photo-no-face": no_face,
    "photos": photos,
    "search": search,
    "history": dialog("history"),
    "calibrate": dialog("calibrate"),
    "check": dialog("check"),
    "models": dialog("models"),
    "keys": dialog("keys"),
    "purge": dialog("purge"),
    "download": dialog("facenet"),
}
OF_EMPTY: dict[str, Scene] = {"welcome": people}
OF_LOCKED: dict[str, Scene] = {"locked": people}
OF_DAMAGED: dict[str, Scene] = {"damaged": people}
OF_GONE: dict[str, Scene] = {"gone": people}
IN_DOCS = ("people", "review", "proposed", "photo", "photos", "history", "check", "models", "keys", "welcome")


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="take all pictures into this folder, not those of docs/")
    parser.add_argument("--language", default="en", choices=available_languages())
    parser.add_argument("--people", type=Path, help="a folder with a folder of photos for each person")
    parser.add_argument("--only", nargs="+", help="names of pictures")
    chosen = parser.parse_args()
    app = QApplication(sys.argv[:1])
    load_language(app, chosen.language)
    with tempfile.TemporaryDirectory() as folder:
        material = make_material(Path(folder), chosen.people)
        for is_dark in (False, True):
            theme.apply(app, is_dark=is_dark)
            look = "dark" if is_dark else "light"
            if chosen.into is None:
                take(material, DOCS_SIZE, DOCS, f"-{look}", only=chosen.only or IN_DOCS)
                continue
            for width, height in SIZES:
                take(material, (width, height), chosen.into, f"-{width}-{look}", only=chosen.only or ())


def take(
    material: Material, size: tuple[int, int], into: Path, ending: str, only: Sequence[str] = ()
) -> None:
    """Take the scenes of the full gallery, of an empty one, and of those that cannot be opened."""
    into.mkdir(parents=True, exist_ok=True)
    for gallery, scenes in (
        (material.gallery, SCENES),
        (material.empty, OF_EMPTY),
        (material.locked, OF_LOCKED),
        (material.damaged, OF_DAMAGED),
        (material.gone, OF_GONE),
    ):
        for name, scene in scenes.items():
            if only and name not in only:
                continue
            stage = Stage(gallery, size)
            picture = scene(stage, material)
            stage.settle()
            picture.grab().save(str(into / f"{name}{ending}.png"))
            stage.close()


def make_material(folder: Path, people_folder: Path | None) -> Material:
    """Import people and unnamed faces as a user does, by the program's own commands."""
    named, album = folder / "named", folder / "album"
    album.mkdir()
    if people_folder is None:
        fill(named, album)
    else:
        share(people_folder, named, album)
    gallery = folder / "gallery"
    for arguments in ((str(named), "--people-from-folders"), (str(album),)):
        command = [sys.executable, "-m", "face_match", "import", *arguments, "--gallery", str(gallery)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    group = next((path for path in sorted(album.iterdir()) if path.stem.startswith("both")), None)
    singles = [path for path in sorted(album.iterdir()) if not path.stem.startswith("both")]
    blank = folder / "sky.png"
    Image.linear_gradient("L").convert("RGB").resize((900, 600)).save(blank)
    locked, damaged = (Path(shutil.copytree(gallery, folder / name)) for name in ("locked", "damaged"))
    encrypt(locked, "four words are enough")
    (damaged / "embeddings.json").write_text("{", "utf-8")
    gone = Path("/media/photos/Face Match/gallery")
    return Material(folder / "none", gallery, singles[0], group or singles[-1], blank, locked, damaged, gone)


def share(people_folder: Path, named: Path, album: Path) -> None:
    """Half of the photos of most people are named, the others unnamed."""
    for number, person in enumerate(sorted(path for path in people_folder.iterdir() if path.is_dir())):
        photos = sorted(person.iterdir())
        for place, path in enumerate(photos):
            is_named = number % 4 != 3 and place < len(photos) // 2
            target = named / person.name.replace("_", " ") if is_named else album
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / f"{person.name} {path.name}")


def fill(named: Path, album: Path) -> None:
    """Photos of each of the two people, and two of both."""
    rng = np.random.default_rng(2)
    hopper = Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    with Image.open(hopper) as image:
        photos = {"Eileen Collins": Image.fromarray(data.astronaut()), "Grace Hopper": image.convert("RGB")}
    for name, count in COPIES.items():
        for number in range(count):
            copy = photos[name].rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC)
            copy = ImageEnhance.Brightness(copy).enhance(rng.uniform(0.6, 1.3))
            copy = ImageEnhance.Color(copy).enhance(rng.uniform(0.2, 1.4))
            size = round(rng.uniform(300, 500))
            target = named / name if number < NAMED[name] else album
            target.mkdir(parents=True, exist_ok=True)
            copy.resize((size, size * copy.height // copy.width)).save(target / f"{name} {number}.jpg")
    for number in range(2):
        both = Image.new("RGB", (1000, 600), "#777777")
        for left, photo in zip((0, 510), photos.values(), strict=True):
            both.paste(photo.resize((490, 490 * photo.height // photo.width)), (left, 20 * number))
        both.save(album / f"both {number}.jpg")


if __name__ == "__main__":
    main()
