"""The page of an empty gallery: the two ways to begin, and an example."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal

from face_match.gui import theme
from face_match.gui.shell.state_page import StatePage, centred_text
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.wrapping_row import WrappingRow

EXAMPLES = Path(__file__).parents[1] / "examples"
BEGINNING_PX = (150, 42)
"""The smallest size of the buttons with which one begins."""


class WelcomePage(StatePage):
    """Signals: `open_wanted`, `import_wanted`, and `example_wanted` with two photos."""

    open_wanted = Signal()
    import_wanted = Signal()
    example_wanted = Signal(list)

    def __init__(self) -> None:
        super().__init__("welcomePage", "scan-face")
        theme.set_type(self.title, 1.2)
        self.title.setText(tr("Who is in your photos?"))
        self.text.setText(
            tr(
                "Open a photo and name the faces in it, or import a folder and name everyone in it, a group "
                "at a time. Nothing leaves this computer."
            )
        )
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
        font = self.example_button.font()
        font.setUnderline(True)
        self.example_button.setFont(font)
        beginnings = WrappingRow(12, is_centred=True)
        for one in (self.open_button, self.import_button):
            one.setMinimumSize(one.sizeHint().expandedTo(QSize(*BEGINNING_PX)))
            beginnings.add(one)
        drop = centred_text(faint=True)
        drop.setText(tr("You can also drop photos and folders anywhere in this window."))
        self.column.addLayout(beginnings)
        self.column.addWidget(drop)
        self.column.addWidget(self.example_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.open_button.clicked.connect(self.open_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.example_button.clicked.connect(lambda: self.example_wanted.emit(example_photos()))


def example_photos() -> list[Path]:
    """The two portraits, which are in the public domain."""
    return sorted(EXAMPLES.glob("*.jpg"))
