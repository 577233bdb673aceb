"""The list of pages at the left of the window, and the pages themselves."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from face_match.gui import theme
from face_match.gui.translation import number, tr, tr_count
from face_match.gui.widgets.icons import paint_icon
from face_match.gui.widgets.item_painting import AnyIndex, paint_background, paint_focus

WIDTH_PX, COMPACT_PX = 232, 64
ROW_PX = 40
ICON_PX, DOT_PX, PADDING_PX = 18, 4, 12
MANY = 8888
"""Faces for whose number there is room."""
COUNT_ROLE = Qt.ItemDataRole.UserRole
ICON_ROLE = Qt.ItemDataRole.UserRole + 1


class Page(Enum):
    """The pages of the main window, in the order of the navigation."""

    PEOPLE = "people"
    UNNAMED = "unnamed"
    PHOTO = "photo"
    IGNORED = "ignored"


ICONS = {
    Page.PEOPLE: "users-round",
    Page.UNNAMED: "user-round-search",
    Page.PHOTO: "image",
    Page.IGNORED: "eye-off",
}


def _titles() -> dict[Page, str]:
    return {
        Page.PEOPLE: tr("People"),
        Page.UNNAMED: tr("Unnamed faces"),
        Page.PHOTO: tr("Photo"),
        Page.IGNORED: tr("Ignored"),
    }


_KEYS = {Page.PEOPLE: "Ctrl+P", Page.UNNAMED: "Ctrl+R"}


class Navigation(QListWidget):
    """The pages with their counts. `page_chosen` has the page that was clicked, or chosen with the keys."""

    page_chosen = Signal(Page)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAccessibleName(tr("Pages"))
        self.setToolTip(tr("The pages of the window: arrow keys choose one"))
        self.is_compact = False
        self.icon_px = theme.icon_px(self, ICON_PX)
        self.setFixedWidth(self._wide_px())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Row(self))
        for page, title in _titles().items():
            item = QListWidgetItem(title)
            item.setData(ICON_ROLE, ICONS[page])
            item.setData(COUNT_ROLE, 0)
            item.setToolTip(f"{title} ({_KEYS[page]})" if page in _KEYS else title)
            self.addItem(item)
        self.currentRowChanged.connect(lambda row: self.page_chosen.emit([*Page][row]))
        self._pressed_on: QListWidgetItem | None = None
        self.itemClicked.connect(self._on_clicked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_on = self.currentItem()
        super().mousePressEvent(event)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        """A click on the current page chooses it again; on another one, that has been chosen already."""
        if item is self._pressed_on:
            self.page_chosen.emit([*Page][self.row(item)])

    def show_compact(self, is_compact: bool) -> None:
        """Show icons without titles, where the window is narrow."""
        if is_compact != self.is_compact:
            self.is_compact = is_compact
            self.setFixedWidth(COMPACT_PX - ICON_PX + self.icon_px if is_compact else self._wide_px())
            self.scheduleDelayedItemsLayout()

    def _wide_px(self) -> int:
        """Wide enough for each title beside a number of four digits."""
        bold, caption = QFont(self.font()), theme.resized(QFont(self.font()), theme.CAPTION)
        bold.setBold(True)
        caption.setBold(True)
        title = max(map(QFontMetrics(bold).horizontalAdvance, _titles().values()))
        count = QFontMetrics(caption).horizontalAdvance(number(MANY)) + 2 * theme.GRID_PX
        around = 2 * theme.GRID_PX + 2 + 2 * PADDING_PX
        return max(WIDTH_PX, around + self.icon_px + theme.GRID_PX + title + theme.GRID_PX + count)

    def keyboardSearch(self, search: str) -> None:
        """No letter changes the page."""

    def show_page(self, page: Page) -> None:
        """Mark a page as the current one."""
        self.blockSignals(True)
        self.setCurrentRow([*Page].index(page))
        self.blockSignals(False)

    def show_count(self, page: Page, count: int) -> None:
        """Show a number beside a page."""
        item = self.item([*Page].index(page))
        if item.data(COUNT_ROLE) == count:
            return
        item.setData(COUNT_ROLE, count)
        number = tr_count("{n} face", "{n} faces", count)
        if page is Page.PEOPLE:
            number = tr_count("{n} person", "{n} people", count)
        title = f"{item.text()}, {number}" if count else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
        item.setToolTip(f"{title} ({_KEYS[page]})" if page in _KEYS else title)


class _Row(QStyledItemDelegate):
    """Icon, title and count; the number of unnamed faces stands out."""

    def __init__(self, view: Navigation) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        width = self._view.width() - 2 * theme.GRID_PX - 2
        return QSize(width, max(ROW_PX, option.fontMetrics.height() + theme.MARGIN_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        paint_background(painter, option)
        if self._view.is_compact:
            self._paint_compact(painter, option, index)
        else:
            self._paint_wide(painter, option, index)
        painter.restore()
        paint_focus(painter, option)

    def _paint_compact(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The icon, with a dot where unnamed faces wait; the tooltip has the title."""
        c, middle = theme.colours(), QRectF(option.rect).center()
        side = self._view.icon_px
        place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        paint_icon(painter, index.data(ICON_ROLE), place, c.ink)
        if index.row() == [*Page].index(Page.UNNAMED) and index.data(COUNT_ROLE):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.accent)
            painter.drawEllipse(place.topRight(), DOT_PX, DOT_PX)

    def _paint_wide(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        c = theme.colours()
        place = QRectF(option.rect).adjusted(PADDING_PX, 0, -PADDING_PX, 0)
        middle = place.center().y()
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        side = self._view.icon_px
        icon = QRectF(place.left(), middle - side / 2, side, side)
        paint_icon(painter, index.data(ICON_ROLE), icon, c.ink)
        room = place.adjusted(side + theme.GRID_PX, 0, 0, 0)
        count = index.data(COUNT_ROLE)
        if count:
            width = self._paint_count(painter, option, room, number(count), is_badge=index.row() == 1)
            room.setRight(room.right() - width - theme.GRID_PX)
        font = QFont(option.font)
        font.setBold(is_current)
        painter.setFont(font)
        painter.setPen(c.ink)
        title = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft), title)

    def _paint_count(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRectF, text: str, *, is_badge: bool
    ) -> float:
        """Paint the number at the right; returns its width."""
        c = theme.colours()
        font = theme.resized(QFont(option.font), theme.CAPTION)
        font.setBold(is_badge)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(text) + (2 * theme.GRID_PX if is_badge else 0)
        height = metrics.height() + 4
        place = QRectF(room.right() - width, room.center().y() - height / 2, width, height)
        if is_badge:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.accent)
            painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(c.on_accent if is_badge else c.faint)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        return width


class Pages(QStackedWidget):
    """The pages, each made when it is first shown; and, in place of them, what the gallery's state asks for.

    Signals: `page_shown` has the page that is shown now.
    """

    page_shown = Signal(Page)

    def __init__(self, make: dict[Page, Callable[[], QWidget]]) -> None:
        super().__init__()
        self.setObjectName("pages")
        self._make = make
        self._made: dict[Page, QWidget] = {}
        self._in_place: QWidget | None = None
        self.current = Page.PEOPLE

    def show_page(self, page: Page) -> None:
        """Show a page; while the gallery's state has a page of its own, it is shown after that."""
        self.current = page
        if self._in_place is None:
            self.setCurrentWidget(self.page(page))
        self.page_shown.emit(page)

    def page(self, page: Page) -> Any:
        """A page; makes it the first time."""
        if page not in self._made:
            widget = self._made[page] = self._make[page]()
            self.addWidget(widget)
        return self._made[page]

    def is_made(self, page: Page) -> bool:
        return page in self._made

    def is_shown(self, page: Page) -> bool:
        return page is self.current and self._in_place is None

    def show_in_place(self, widget: QWidget | None) -> None:
        """Show a widget in place of the pages, or the pages again."""
        if widget is self._in_place:
            return
        self._in_place = widget
        if widget is not None:
            if self.indexOf(widget) < 0:
                self.addWidget(widget)
            self.setCurrentWidget(widget)
        else:
            self.setCurrentWidget(self.page(self.current))
            self.page_shown.emit(self.current)
