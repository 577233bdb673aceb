"""Parts of a page that scroll where the window is too small for them, as with large text."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class PageArea(QScrollArea):
    """A part of a page in the room there is; where that is less than its smallest size, it scrolls."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._part = part
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab leads to what is in it, and is seen there
        self.setWidgetResizable(True)
        self.setWidget(part)
        part.setAutoFillBackground(False)  # the page's own ground is seen
        self.viewport().setAutoFillBackground(False)
        focus_changed = cast(QApplication, QApplication.instance()).focusChanged
        focus_changed.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what has the focus now; Qt does that only for Tab, and not from outside."""
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def sizeHint(self) -> QSize:
        return self._part.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
