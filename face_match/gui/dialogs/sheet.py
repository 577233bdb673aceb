"""The frame of every dialog: a title, the content, and a row of buttons with the main one at the right.

On a screen that is too small for the content, as with large text, it scrolls; the buttons stay in view.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QWidget

from face_match.gui import theme
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button, Kind, add_button, button_box
from face_match.gui.widgets.fitting_area import FittingArea
from face_match.gui.widgets.layouts import column_of
from face_match.gui.widgets.wrapped_label import WrappedLabel


class Sheet(QDialog):
    """A dialog in the look of the pages. Subclasses add to `column` and `buttons`."""

    def __init__(
        self,
        parent: QWidget | None,
        object_name: str,
        title: str,
        *,
        close_text: str = "",
        by_enter: bool = True,
    ) -> None:
        """`close_text` and `by_enter` are those of `button_box`."""
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setWindowTitle(title)
        self.heading = theme.set_type(WrappedLabel(title), theme.TITLE, bold=True)
        self.column = column_of(spacing=theme.MARGIN_PX)
        self.buttons = button_box(close_text or tr("Close"), by_enter=by_enter)
        self._was_shown = False
        content = QWidget()
        column_of(self.heading, (self.column, 1), on=content, margins=0, spacing=theme.MARGIN_PX)
        self.area = FittingArea(content, title)
        self.area.outgrown.connect(self._on_outgrown)
        edge = theme.WIDE_MARGIN_PX
        self._whole = column_of((self.area, 1), self.buttons, on=self, spacing=theme.MARGIN_PX, margins=edge)
        self.buttons.rejected.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self._put_buttons_last()
            self._grow_to_fit()

    def _on_outgrown(self) -> None:
        if self._was_shown:
            self._grow_to_fit()

    def _grow_to_fit(self) -> None:
        """Make room for what has become higher since the dialog was made: by the style, or a longer text."""
        self._whole.activate()
        missing = self.area.heightForWidth(self.area.width()) - self.area.height()
        screen = self.screen().availableGeometry()
        room = screen.height() - theme.TITLE_BAR_PX - self.height()
        if min(missing, room) > 0:
            self.resize(self.width(), self.height() + min(missing, room))
            below = self.geometry().bottom() - screen.bottom()
            if below > 0:
                self.move(self.x(), self.y() - below)

    def _put_buttons_last(self) -> None:
        """Let Tab lead through the content first, which was made after the buttons; and begin there."""
        focused = self.focusWidget()
        self._whole.removeWidget(self.buttons)
        self.buttons.setParent(None)  # the last child of a window is the last one that Tab leads to
        self._whole.addWidget(self.buttons)
        self.buttons.show()
        without_focus_proxy(self.buttons)
        first = self._first_stop()
        if focused is not None and not self.buttons.isAncestorOf(focused):
            focused.setFocus()
        elif first is not None:
            first.setFocus()

    def _first_stop(self) -> QWidget | None:
        """The first part that Tab leads to now."""
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            can_have_it = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
            if can_have_it and widget.isVisibleTo(self):
                return widget
            widget = widget.nextInFocusChain()
        return None

    def add_main(self, text: str, object_name: str, tip: str) -> Button:
        """Add the main action, which Enter presses."""
        made = self._add(text, object_name, tip, QDialogButtonBox.ButtonRole.AcceptRole)
        made.show_kind(Kind.MAIN)
        made.setDefault(True)
        return made

    def add_other(self, text: str, object_name: str, tip: str) -> Button:
        """Add another action, which Enter does not press."""
        made = self._add(text, object_name, tip, QDialogButtonBox.ButtonRole.ActionRole)
        made.setAutoDefault(False)
        return made

    def _add(self, text: str, object_name: str, tip: str, role: QDialogButtonBox.ButtonRole) -> Button:
        made = add_button(self.buttons, text, role)
        made.setObjectName(object_name)
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
        return made

    def fit(self, width: int, height: int = 0) -> None:
        """Resize to a width and at least a height, given for text of the usual size.

        Larger text, and content that needs more, make the dialog larger; within the screen, with its title
        bar. Buttons that have no room side by side are put one below the other.
        """
        scale = theme.text_scale(self)
        width, height = round(scale * width), round(scale * height)
        screen = self.screen().availableSize() - QSize(0, theme.TITLE_BAR_PX)
        if self.minimumSizeHint().width() > screen.width():
            self.buttons.setOrientation(Qt.Orientation.Vertical)
        edges = 2 * theme.WIDE_MARGIN_PX
        whole = self.area.whole_size.width() + edges
        width = max(width, whole, self.minimumSizeHint().width())
        content = self.area.heightForWidth(min(width, screen.width()) - edges)
        needed = max(height, content + theme.MARGIN_PX + self.buttons.sizeHint().height() + edges)
        if needed > screen.height():
            width = max(width, whole + self.area.verticalScrollBar().sizeHint().width())
        self.resize(QSize(width, needed).boundedTo(screen))


def form() -> QFormLayout:
    """Fields with their labels at the left; above them where there is too little room, as with large text."""
    made = QFormLayout()
    made.setSpacing(theme.GRID_PX)
    made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return made


def text_lines(widget: QWidget, lines: int) -> int:
    """The height of lines of text in a widget's font, in pixels."""
    return lines * widget.fontMetrics().lineSpacing()


def without_focus_proxy(buttons: QDialogButtonBox) -> None:
    """Let Tab lead to every button: with the proxy that Qt sets, it skips the second one of this layout."""
    buttons.setFocusProxy(None)  # type: ignore[arg-type]  # the stub does not know that None removes it
