"""An area that is as large as what is in it, and scrolls only where the screen is too small for that."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QMargins, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from face_match.gui.translation import tr

LEAST_PX = (480, 96)


class FittingArea(QScrollArea):
    """Where it scrolls, Tab leads to it, and the arrow keys scroll it too.

    Signals:
        outgrown: the content was whole, and has changed: it may need more room, as for a longer text.
    """

    outgrown = Signal()

    def __init__(self, content: QWidget, label: str) -> None:
        super().__init__()
        self._content = content
        self.setObjectName("fittingArea")
        self.setAccessibleName(label)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(content)
        self.setWidgetResizable(True)
        content.setMinimumHeight(1)  # its height for a width counts, not that for the smallest width
        content.setAutoFillBackground(False)  # the dialog's own ground is seen
        self.viewport().setAutoFillBackground(False)
        # not as high as the content for a width: a layout would take that for the smallest height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

        focus_changed = cast(QApplication, QApplication.instance()).focusChanged
        focus_changed.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what has the focus now; Qt does that only for Tab, and not from outside."""
        if now is not None and now is not self and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def event(self, event: QEvent) -> bool:
        was_whole = self._is_whole
        is_used_up = super().event(event)
        self._tell_outgrown(event, was_whole=was_whole)
        return is_used_up

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        was_whole = self._is_whole
        is_used_up = super().eventFilter(watched, event)
        self._tell_outgrown(event, was_whole=was_whole)
        return is_used_up

    @property
    def _is_whole(self) -> bool:
        return self.verticalScrollBar().maximum() == 0

    def _tell_outgrown(self, event: QEvent, *, was_whole: bool) -> None:
        if was_whole and event.type() == QEvent.Type.LayoutRequest:
            self.outgrown.emit()

    def minimumSizeHint(self) -> QSize:
        return self.whole_size.boundedTo(QSize(*LEAST_PX))

    @property
    def whole_size(self) -> QSize:
        """The smallest size at which nothing scrolls, but for text that wraps."""
        return self._content.minimumSizeHint().grownBy(self._frame())

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
        self.setToolTip("" if is_whole else tr("There is more below (↑ ↓ scroll)"))
