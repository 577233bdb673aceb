"""The dialog that shows all keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.keys import (
    ALL_PHOTOS_KEYS,
    PEOPLE_KEYS,
    PHOTO_KEYS,
    REVIEW_KEYS,
    SEARCH_KEYS,
    WINDOW_KEYS,
    Key,
)
from face_match.gui.translation import key_text, tr, translated
from face_match.gui.widgets.layouts import column_of

KEYS_PX, ROW_GAP_PX = 150, 1
"""Width of the keys in all groups of usual text, so that these are in line; between two rows."""
HERE = "▸ "
"""Before the keys of the page that is shown now."""
NARROWEST_EMS = 12
"""Minimum width of the text that says what a key does."""


class KeysDialog(Sheet):
    """All keys. The dialog stays open beside the main window."""

    def __init__(self, parent: QWidget | None = None, actions: Sequence[QAction] = ()) -> None:
        """`actions` of the main window have keys that work here too."""
        super().__init__(parent, "keysPage", tr("Keyboard"))
        self.addActions(actions)
        self.heading.hide()  # the title of the window is enough, and each row counts
        table = QWidget()
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, table)
        columns.setContentsMargins(theme.GRID_PX, theme.GRID_PX, theme.GRID_PX, 0)
        columns.setSpacing(theme.WIDE_MARGIN_PX)
        self._headings: list[tuple[QLabel, Sequence[Key]]] = []
        for groups in (
            (
                (tr("Everywhere"), WINDOW_KEYS),
                (tr("Photo"), PHOTO_KEYS),
                (tr("Search, photos of a person"), SEARCH_KEYS),
            ),
            (
                (tr("Unnamed faces"), REVIEW_KEYS),
                (tr("People and their faces"), PEOPLE_KEYS),
                (tr("All photos"), ALL_PHOTOS_KEYS),
            ),
        ):
            column = column_of(spacing=theme.GRID_PX // 2)
            for title, keys in groups:
                heading = theme.set_type(QLabel(title), bold=True)
                self._headings.append((heading, keys))
                column.addLayout(_group(heading, keys))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.column.addWidget(table, 1)
        self._columns = columns
        self._side_by_side_px = table.minimumSizeHint().width()
        self.fit(0)

    def mark(self, current: Sequence[Key]) -> None:
        """Mark the keys of the page that is shown now, and scroll to them."""
        colours, role = theme.colours(), QPalette.ColorRole.WindowText
        for heading, keys in self._headings:
            title = heading.text().removeprefix(HERE)
            heading.setText(HERE + title if keys is current else title)
            palette = self.palette()
            palette.setColor(role, colours.link if keys is current else colours.ink)
            heading.setPalette(palette)
            if keys is current:
                self.area.ensureWidgetVisible(heading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns one below the other where they have no room, as with large text."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = self.contentsRect().width() < self._side_by_side_px + 2 * theme.WIDE_MARGIN_PX
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)


class _What(QLabel):
    """A text on one line where there is room, else on several."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        theme.set_type(self, theme.CAPTION)
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
        self.setContentsMargins(6, 0, 6, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.end()
        super().paintEvent(event)


def _group(heading: QLabel, keys: Sequence[Key]) -> QGridLayout:
    """A heading, and a row for each key."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(ROW_GAP_PX)
    grid.setColumnMinimumWidth(0, KEYS_PX)
    grid.setColumnStretch(1, 1)
    grid.addWidget(heading, 0, 0, 1, 2)
    top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
    for row, key in enumerate(keys, start=1):
        grid.addWidget(_KeyCap(key_text(key.shown)), row, 0, right | top)
        grid.addWidget(_What(translated(key.what)), row, 1)
    return grid
