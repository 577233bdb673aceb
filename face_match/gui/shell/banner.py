"""A line at the top of the pages about the state of the gallery, with one action, which can be closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from face_match.core.errors import (
    ErasingPendingError,
    GalleryLockedError,
    GalleryLockLostError,
    GalleryWriteError,
)
from face_match.core.reasons import reason_text
from face_match.gui import phrases, theme
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.icon_label import IconLabel
from face_match.gui.widgets.layouts import row_of
from face_match.gui.widgets.wrapped_label import WrappedLabel

ICON_PX = 20


class Banner(QWidget):
    """Hidden until it has something to say. `closed` says that the user closed it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._icon = IconLabel("lock", ICON_PX, "maybe")
        self.label = WrappedLabel("", "bannerText", tr("State of the gallery"))
        self.button = button(tr("Tr&y again"), "bannerButton", "")
        self.close_button = button("", "bannerCloseButton", tr("Close (Escape)"), Kind.QUIET, icon="x")
        self._action: Callable[[], object] | None = None
        row_of(
            self._icon,
            (self.label, 1),
            self.button,
            self.close_button,
            on=self,
            margins=(theme.WIDE_MARGIN_PX, theme.GRID_PX, theme.WIDE_MARGIN_PX, theme.GRID_PX),
            spacing=theme.MARGIN_PX,
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.button.clicked.connect(self._on_clicked)
        self.close_button.clicked.connect(self._on_closed)
        self.hide()

    def show_notice(
        self,
        text: str,
        action: str,
        tip: str,
        on_action: Callable[[], object],
        *,
        icon: str = "triangle-alert",
    ) -> None:
        """Show a text and a button.

        Args:
            action, tip: the text and the tooltip of the button.
        """
        self._icon.show_icon(icon, "maybe")
        self.label.setText(text)
        self.button.setText(action)
        self.button.setToolTip(tip)
        self.button.setAccessibleDescription(tip)
        self._action = on_action
        self.show()

    def show_read_only(self, problem: Exception | None, try_again: Callable[[], object]) -> None:
        """Show why the gallery cannot be changed: who holds it, or what prevents writing."""
        self.show_notice(
            read_only_text(problem),
            tr("Tr&y again"),
            tr("Open the gallery again (Alt+Y)"),
            try_again,
            icon="lock",
        )

    def clear(self) -> None:
        self._action = None
        self.hide()

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action()

    def _on_closed(self) -> None:
        self.clear()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_closed()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.maybe_soft)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.line)
        painter.drawRect(QRectF(0, self.height() - 1, self.width(), 1))
        painter.end()


def read_only_text(problem: Exception | None) -> str:
    """Why a gallery is open for reading only."""
    if isinstance(problem, GalleryLockedError) and not isinstance(problem, GalleryLockLostError):
        return tr(
            "Read-only: another Face Match has this gallery open ({holder}). You can look at everything.",
            holder=reason_text(problem.detail),
        )
    if isinstance(problem, GalleryWriteError) and not isinstance(problem, ErasingPendingError):
        return tr(
            "Read-only: the folder {folder} cannot be written ({reason}). You can look at everything.",
            folder=problem.path.name,
            reason=reason_text(problem.detail),
        )
    if problem is None:
        return tr("This gallery is read-only. You can look at everything.")
    return tr("This gallery is read-only. {reason}", reason=phrases.error_text(problem))
