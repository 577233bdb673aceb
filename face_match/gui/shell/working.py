"""The page in place of the others while the gallery is encrypted or decrypted."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from face_match.gui.shell.state_page import StatePage
from face_match.gui.translation import tr

STEPS = 1000


class WorkingPage(StatePage):
    """What is being done, and how far it is; it can be cancelled at the foot of the window."""

    def __init__(self) -> None:
        super().__init__("workingPage", "lock")
        self.text.setText(tr("Everyone is back as soon as this is done."))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setTextVisible(False)
        self.column.addWidget(self.bar)

    def begin(self, title: str) -> None:
        """Show what has begun."""
        self.title.setText(tr("{work} …", work=title))
        self.bar.setRange(0, 0)

    def advance(self, done: float, total: float) -> None:
        """Show how far it is."""
        if total > 0:
            self.bar.setRange(0, STEPS)
            self.bar.setValue(round(STEPS * done / total))
