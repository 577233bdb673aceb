"""The page of an empty gallery: the two ways to begin, and an example."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from face_match.gui import theme
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.icons import icon
from face_match.gui.widgets.plain_text import PlainLabel

EXAMPLES = Path(__file__).parents[1] / "examples"
TEXT_PX, LOGO_PX = 460, 56


class WelcomePage(QWidget):
    """Signals: `open_wanted`, `import_wanted`, and `example_wanted` with two photos."""

    open_wanted = Signal()
    import_wanted = Signal()
    example_wanted = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcomePage")
        self.open_button = button(
            tr("Open a photo"), "welcomeOpenButton", tr("Open photos (Ctrl+O)"), Kind.MAIN
        )
        self.import_button = button(
            tr("Import a folder"),
            "welcomeImportButton",
            tr("Import a folder: scan its photos for faces (Ctrl+Shift+O)"),
        )
        self.example_button = button(
            tr("Try it with two example photos"),
            "exampleButton",
            tr("Open two portraits that come with the program"),
            Kind.QUIET,
        )
        drop = PlainLabel(tr("You can also drop photos and folders anywhere in this window."))
        theme.set_type(drop, faint=True)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for part, space in ((_logo(), 12), (_title(), 4), (_text(), 16), (self._beginnings(), 16)):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(space)
        column.addWidget(drop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.example_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.open_button.clicked.connect(self.open_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.example_button.clicked.connect(lambda: self.example_wanted.emit(example_photos()))

    def _beginnings(self) -> QWidget:
        """The two ways to begin."""
        row = QWidget()
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(12)
        for one in (self.open_button, self.import_button):
            one.setMinimumSize(150, 42)
            buttons.addWidget(one)
        return row


def example_photos() -> list[Path]:
    """The two portraits, which are in the public domain."""
    return sorted(EXAMPLES.glob("*.jpg"))


def _logo() -> QLabel:
    made = QLabel()
    made.setPixmap(icon("scan-face", theme.colours().link, LOGO_PX).pixmap(LOGO_PX, LOGO_PX))
    return made


def _title() -> PlainLabel:
    made = PlainLabel(tr("Who is in your photos?"))
    theme.set_type(made, 1.2 * theme.TITLE, bold=True)
    return made


def _text() -> PlainLabel:
    made = PlainLabel(
        tr(
            "Open a photo and name the faces in it, or import a folder and name everyone in it, a group "
            "at a time. Nothing leaves this computer."
        )
    )
    theme.set_type(made, faint=True)
    made.setWordWrap(True)
    width = round(TEXT_PX * theme.text_scale(made))
    made.setFixedSize(width, made.heightForWidth(width))
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
