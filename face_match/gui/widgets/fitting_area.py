"""An area that is as large as what is in it, and scrolls only where the screen is too small for that."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class FittingArea(QScrollArea):
    """Where it scrolls, Tab leads to it, and the arrow keys scroll it too."""

    def __init__(self, content: QWidget, object_name: str, label: str, tip: str) -> None:
        super().__init__()
        self._content = content
        self.setObjectName(object_name)
        self.setAccessibleName(label)
        self.setToolTip(tip)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(content)
        self.setWidgetResizable(True)
        content.setAutoFillBackground(False)  # the dialog's own ground is seen
        self.viewport().setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(content.hasHeightForWidth())
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint().grownBy(self._frame())

    def heightForWidth(self, width: int) -> int:
        frame = self._frame()
        height = self._content.heightForWidth(width - frame.left() - frame.right())
        return height + frame.top() + frame.bottom()

    def _frame(self) -> QMargins:
        """What shows that it has the focus."""
        self.ensurePolished()
        return self.contentsMargins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        there = self.viewport().size()
        is_whole = (
            self._content.minimumSizeHint().width() <= there.width()
            and self._content.heightForWidth(there.width()) <= there.height()
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_whole else Qt.FocusPolicy.StrongFocus)
