"""The row of buttons and the search field at the top of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from face_match.gui import theme
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button, Kind, button
from face_match.gui.widgets.icons import icon
from face_match.gui.widgets.layouts import Stretch, row_of

SEARCH_PX = 340


class Toolbar(QWidget):
    """Open, import, undo, redo and search. Where the buttons have no room they lose their keys, then their
    texts; tooltips have both."""

    def __init__(self) -> None:
        super().__init__()
        self.open_button = button(
            tr("Open photo"), "openButton", tr("Open photos (Ctrl+O)"), keys="Ctrl O", icon="image-plus"
        )
        self.import_button = button(
            tr("Import folder"),
            "importButton",
            tr("Import a folder: scan its photos for faces (Ctrl+Shift+O)"),
            icon="folder-plus",
        )
        self.undo_button = button(
            tr("Undo"), "undoButton", tr("Undo the last change (Ctrl+Z)"), Kind.QUIET, icon="undo-2"
        )
        self.redo_button = button(
            "", "redoButton", tr("Redo what was undone (Ctrl+Shift+Z)"), Kind.QUIET, icon="redo-2"
        )
        self.search = SearchEdit()
        buttons = (self.open_button, self.import_button, self.undo_button, self.redo_button)
        for one in buttons:
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where a name is typed
        margins = (theme.MARGIN_PX, theme.GRID_PX, theme.MARGIN_PX, theme.GRID_PX + 1)
        row_of(*buttons, Stretch(), self.search, on=self, margins=margins, spacing=theme.GRID_PX)
        self._buttons = {
            one: (one.text(), one.keys) for one in (self.open_button, self.import_button, self.undo_button)
        }
        for one, (text, _) in self._buttons.items():
            one.setAccessibleName(text)

    def trigger(self, made: Button, action: QAction) -> None:
        """Let a button trigger an action, and be enabled with it."""
        made.setEnabled(action.isEnabled())
        made.clicked.connect(action.trigger)
        action.enabledChanged.connect(made.setEnabled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the longest form of the buttons for which there is room."""
        super().resizeEvent(event)
        for has_texts, has_keys in ((True, True), (True, False), (False, False)):
            for one, (text, keys) in self._buttons.items():
                one.setText(text if has_texts else "")
                one.show_keys(keys if has_keys else "")
            parts = [one.sizeHint().width() for one in (*self._buttons, self.redo_button)]
            gaps = theme.GRID_PX * (len(parts) + 1) + 2 * theme.MARGIN_PX
            if sum(parts) + gaps + self.search.minimumWidth() <= self.width():
                return

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class SearchEdit(QLineEdit):
    """The field to search people and their photos in."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("searchEdit")
        self.setAccessibleName(tr("Search"))
        self.setPlaceholderText(tr("Search people, or “Ada and Grace”"))
        self.setToolTip(
            tr("Search by name. “Ada and Grace”, “Ada without Grace” and “only Ada” find photos. (Ctrl+F)")
        )
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QAbstractButton):
            clear.setAccessibleName(tr("Clear the search"))
            clear.setToolTip(tr("Clear the search (Escape)"))
        self.addAction(
            icon("search", theme.colours().faint), QLineEdit.ActionPosition.LeadingPosition
        ).setEnabled(False)
        self.setMinimumWidth(200)

    def sizeHint(self) -> QSize:
        return QSize(SEARCH_PX, max(theme.CONTROL_PX, super().sizeHint().height()))

    def event(self, event: QEvent) -> bool:
        """In an empty field, Undo and Redo are those of the gallery."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not self.text()
            and any(map(event.matches, (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)))
        ):
            event.ignore()
            return True
        return super().event(event)

    def focus(self) -> None:
        """Move the focus here, with the text selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
