"""The pictures in docs/: `QT_QPA_PLATFORM=offscreen python -m benchmarks.screenshots`.

Of a gallery of two people whose photos are in the public domain: Eileen Collins (NASA, in scikit-image) and
Grace Hopper (US Navy, in Matplotlib), each turned and lit in some ways.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageEnhance
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from skimage import data

from face_match.core.settings import Settings
from face_match.gui.main_window import MainWindow

DOCS = Path(__file__).parents[1] / "docs"
COPIES = {"Eileen Collins": 9, "Grace Hopper": 6}
PATIENCE_MS = 60_000
DARK = {
    QPalette.ColorRole.Window: "#2b2b2b",
    QPalette.ColorRole.WindowText: "#eeeeee",
    QPalette.ColorRole.Base: "#1e1e1e",
    QPalette.ColorRole.AlternateBase: "#333333",
    QPalette.ColorRole.Text: "#eeeeee",
    QPalette.ColorRole.Button: "#3a3a3a",
    QPalette.ColorRole.ButtonText: "#eeeeee",
    QPalette.ColorRole.Highlight: "#2d6cdf",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.PlaceholderText: "#999999",
}


def main() -> None:
    """Take all of them, light and dark."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    light = app.palette()
    with tempfile.TemporaryDirectory() as folder:
        album = Path(folder) / "album"
        album.mkdir()
        fill(album)
        for theme in ("light", "dark"):
            app.setPalette(light if theme == "light" else dark(light))
            take(Path(folder) / theme, album, theme)


def take(folder: Path, album: Path, theme: str) -> None:
    """Every pane of a window over a gallery that grows as it goes."""
    window = MainWindow(folder / "gallery", Settings())

    def keep(widget: QWidget, name: str) -> None:
        settle(window)
        widget.grab().save(str(DOCS / f"{name}-{theme}.png"))

    def press(key: Qt.Key) -> None:
        QTest.keyClick(window.focusWidget() or window, key)
        settle(window)

    def name() -> None:
        """As the photo's file says."""
        review = window.unnamed.review
        assert review is not None
        photos = (review.gallery.photo(face.photo) for face in page.grid.faces)
        stems = (Path(photo.path).stem for photo in photos if photo is not None)
        seen = next(stem for stem in stems if not stem.startswith("both"))
        press(Qt.Key.Key_N)
        QTest.keyClicks(window.focusWidget(), seen[:-2])
        press(Qt.Key.Key_Return)

    window.show()
    window.activateWindow()
    window.start()
    settle(window)
    window.folder_import.scan([album])
    page = window.review_page
    assert page is not None
    keep(window, "review")
    QTest.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    name()
    page.groups_list.select_group(
        next(row for row, group in enumerate(page.groups_list.groups) if group.person)
    )
    keep(window, "proposed")
    press(Qt.Key.Key_Return)
    name()
    window.queue.open([next(path for path in sorted(album.iterdir()) if path.stem.startswith("both"))])
    settle(window)
    window.photo_page.photo_view.setFocus()
    press(Qt.Key.Key_Right)
    keep(window, "photo")
    for action, pane in PANES.items():
        window.menus.actions[action].trigger()
        settle(window)
        shown = pane(window)
        shown.resize(shown.sizeHint().expandedTo(shown.size()))
        keep(shown, action)
    window.close()


def top_window(name: str) -> Callable[[MainWindow], QWidget]:
    """The pane of a title, once it is open."""
    return lambda window: next(
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and widget is not window and name in widget.windowTitle()
    )


PANES = {
    "people": top_window("People"),
    "history": top_window("History"),
    "calibrate": top_window("accuracy"),
    "check": top_window("heck"),
    "models": top_window("Models"),
    "keys": top_window("Keys"),
}


def fill(folder: Path) -> None:
    """Photos of each, and two of both."""
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
            copy.resize((size, size * copy.height // copy.width)).save(folder / f"{name} {number}.jpg")
    for number in range(2):
        both = Image.new("RGB", (1000, 600), "#777777")
        for left, photo in zip((0, 510), photos.values(), strict=True):
            both.paste(photo.resize((490, 490 * photo.height // photo.width)), (left, 20 * number))
        both.save(folder / f"both {number}.jpg")


def dark(light: QPalette) -> QPalette:
    """A dark palette."""
    palette = QPalette(light)
    for role, colour in DARK.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#777777"))
    return palette


def settle(window: MainWindow) -> None:
    """Wait until nothing is under way, and all is drawn."""
    QTest.qWait(60)
    for _ in range(PATIENCE_MS // 20):
        if not window.tasks.is_busy():
            break
        QTest.qWait(20)
    QTest.qWait(60)


if __name__ == "__main__":
    main()
