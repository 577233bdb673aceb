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
        logo = QLabel()
        logo.setPixmap(icon("scan-face", theme.colours().link, LOGO_PX).pixmap(LOGO_PX, LOGO_PX))
        title = PlainLabel(tr("Who is in your photos?"))
        theme.set_type(title, 1.2 * theme.TITLE, bold=True)
        text = PlainLabel(
            tr(
                "Open a photo and name the faces in it, or import a folder and name everyone in it, a group "
                "at a time. Nothing leaves this computer."
            )
        )
        theme.set_type(text, faint=True)
        text.setWordWrap(True)
        text.setFixedSize(TEXT_PX, text.heightForWidth(TEXT_PX))
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
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
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for one in (self.open_button, self.import_button):
            one.setMinimumSize(150, 42)
            buttons.addWidget(one)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for part, space in ((logo, 12), (title, 4), (text, 16)):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(space)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(buttons)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(16)
        column.addWidget(drop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.example_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.open_button.clicked.connect(self.open_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.example_button.clicked.connect(lambda: self.example_wanted.emit(example_photos()))

    def offer(self, can_import: bool) -> None:
        """Whether folders can be imported now."""
        self.import_button.setEnabled(can_import)


def example_photos() -> list[Path]:
    """The two portraits, which are in the public domain."""
    return sorted(EXAMPLES.glob("*.jpg"))
