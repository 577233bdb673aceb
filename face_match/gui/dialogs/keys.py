"""The dialog that shows all keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.keys import ALL_PHOTOS_KEYS, KEYS, PEOPLE_KEYS, REVIEW_KEYS, SEARCH_KEYS, Key
from face_match.gui.translation import key_text, tr, translated

NARROWEST_EMS = 12
"""Minimum width of the text that says what a key does."""


class KeysDialog(Sheet):
    """All keys. The dialog stays open beside the main window."""

    def __init__(self, parent: QWidget | None = None, actions: Sequence[QAction] = ()) -> None:
        """`actions` of the main window have keys that work here too."""
        super().__init__(parent, "keysPage", tr("Keys"))
        self.addActions(actions)
        table = QWidget()
        columns = QHBoxLayout(table)
        columns.setContentsMargins(*[theme.GRID_PX] * 4)
        columns.setSpacing(32)
        second = QVBoxLayout()
        second.setSpacing(theme.MARGIN_PX)
        second.addLayout(_column(tr("Unnamed faces"), REVIEW_KEYS))
        second.addLayout(_column(tr("People and their faces"), PEOPLE_KEYS))
        second.addLayout(_column(tr("All photos"), ALL_PHOTOS_KEYS))
        second.addLayout(_column(tr("Search"), SEARCH_KEYS))
        columns.addLayout(_column(tr("Main window"), KEYS))
        columns.addLayout(second)
        area = _Area(table)
        note = QLabel(tr("Single letters and digits do nothing while a name is being typed."))
        theme.set_type(note, theme.CAPTION, faint=True)
        self.column.addWidget(area, 1)
        self.column.addWidget(note)
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))


class _Area(QScrollArea):
    """As large as the table of keys where there is room; else it scrolls, also by keys."""

    def __init__(self, table: QWidget) -> None:
        super().__init__()
        self._table = table
        self.setWidget(table)
        self.setWidgetResizable(True)
        table.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setObjectName("keysArea")
        self.setAccessibleName(tr("Keys"))
        self.setToolTip(tr("All keys (↑ ↓ ← → scroll)"))

    def sizeHint(self) -> QSize:
        return self._table.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        there = self.viewport().size()
        is_whole = (
            self._table.minimumSizeHint().width() <= there.width()
            and self._table.heightForWidth(there.width()) <= there.height()
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_whole else Qt.FocusPolicy.StrongFocus)


class _What(QLabel):
    """A text on one line where there is room, else on several."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        least = NARROWEST_EMS * self.fontMetrics().horizontalAdvance("m")
        return self.sizeHint().boundedTo(QSize(least, self.sizeHint().height()))


class _KeyCap(QLabel):
    """A key in a small frame, as on buttons."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_type(self, theme.CAPTION)
        self.setContentsMargins(6, 1, 6, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.end()
        super().paintEvent(event)


def _column(title: str, keys: Sequence[Key]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(theme.GRID_PX // 2)  # else that of the row of columns, which is wide
    heading = QLabel(title)
    theme.set_type(heading, bold=True)
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, key in enumerate(keys, start=1):
        grid.addWidget(
            _KeyCap(key_text(key.shown)), row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        )
        grid.addWidget(_What(translated(key.what)), row, 1)
    grid.setRowStretch(len(keys) + 1, 1)
    return grid
