"""All keys, on one page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

KEYS = (
    ("Ctrl+O", "open photos"),
    ("Ctrl+Shift+O", "open a folder of photos"),
    ("Ctrl+V", "paste a photo"),
    ("← →", "previous, next photo"),
    ("S", "skip to the next photo"),
    ("Tab, ← →", "choose among several faces (in the photo)"),
    ("↑ ↓", "choose a person"),
    ("1 – 9", "choose the k-th person"),
    ("Enter", "confirm the match, or add the name typed"),
    ("N", "add as a new person, on or off"),
    ("X", "not this person"),
    ("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    ("F", "fit the photo into the window"),
    ("+ −", "zoom"),
    ("Alt+T", "go to the threshold"),
    ("Escape", "back to the list of people"),
    ("F1", "this page"),
)


class KeysPage(QDialog):
    """Stays open beside the window while one learns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for row, (key, what) in enumerate(KEYS):
            label = QLabel(f"<b>{key}</b>")
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, row, 0)
            grid.addWidget(QLabel(what), row, 1)
        note = QLabel("Single letters and digits do nothing while a name is being typed.")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addWidget(note)
        layout.addWidget(buttons)
