"""What a person without a mouse, or with a screen reader, finds in a window."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QLineEdit)
NO_CONTROLS = (QHeaderView, QScrollBar, QTabBar)
MOST_TABS = 60
KEY_IN_WORDS = re.compile(r"\([^()]*(?:Ctrl|Alt|Shift|Enter|Escape|Delete|Space|Page|F\d|\b[A-Z]\b|[←→↑↓])")


def controls(window: QWidget) -> Iterator[QWidget]:
    """All that can be used of what a window shows now."""
    for widget in window.findChildren(QWidget):
        is_control = isinstance(widget, CONTROLS) or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if isinstance(widget, NO_CONTROLS) or not is_control or widget.objectName().startswith("qt_"):
            continue
        if widget.window() is window and widget.isVisible() and widget.isEnabled():
            parents = widget.parentWidget()
            if isinstance(widget, QAbstractButton) and isinstance(parents, QAbstractItemView):
                continue  # to choose a whole table: a key does that already
            yield widget


def stops(window: QWidget) -> list[QWidget]:
    """Those that Tab is to lead to; of radio buttons the one that is chosen, as arrows go on from there."""
    return [
        widget
        for widget in controls(window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and (not isinstance(widget, QRadioButton) or widget.isChecked())
    ]


def label_of(widget: QWidget) -> str:
    """For the message of a test."""
    return f"{type(widget).__name__} {widget.objectName()!r} {getattr(widget, 'text', str)()!r}"


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def without_a_name(window: QWidget) -> list[str]:
    return [label_of(widget) for widget in controls(window) if not re.search(r"\w", spoken(widget))]


def without_a_hint(window: QWidget) -> list[str]:
    """Those that do not say what they are for, be it by their text."""
    return [
        label_of(widget)
        for widget in controls(window)
        if not widget.toolTip()
        and not (isinstance(widget, QAbstractButton) and re.search(r"\w{2}", widget.text()))
    ]


def without_a_key(window: QWidget) -> list[str]:
    """Buttons that no key presses but Tab and Space."""
    found = []
    for widget in controls(window):
        if not isinstance(widget, QAbstractButton):
            continue
        box = widget.parentWidget()
        role = box.buttonRole(widget) if isinstance(box, QDialogButtonBox) else None
        leaves = role == QDialogButtonBox.ButtonRole.RejectRole  # Escape
        told = f"{widget.toolTip()} {widget.text()}"
        if not (leaves or mnemonic(widget.text()) or KEY_IN_WORDS.search(told)):
            found.append(label_of(widget))
    return found


def mnemonic(text: str) -> str:
    found = re.search(r"&([^&\s])", text.replace("&&", ""))
    return found[1].upper() if found else ""


def clashes(window: QWidget) -> list[str]:
    """Letters that Alt goes to two places with, in the window or in one of its menus."""
    here: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        if isinstance(widget, QAbstractButton):  # Qt makes a shortcut of a letter in its text
            keys = widget.shortcut().toString()
            here.append(keys.removeprefix("Alt+") if keys.startswith("Alt+") else "")
        elif isinstance(widget, QLabel) and widget.buddy() is not None:
            here.append(mnemonic(widget.text()))
        elif isinstance(widget, QMenuBar):
            here += [mnemonic(action.text()) for action in widget.actions()]
    found = [f"Alt+{letter} in the window" for letter, n in Counter(here).items() if letter and n > 1]
    for bar in window.findChildren(QMenuBar):
        for top in bar.actions():
            found += clashes_in(top.menu())
    return found


def clashes_in(menu: QMenu) -> list[str]:
    """Letters of several entries of a menu, or of a menu within it; entries that are hidden now count."""
    letters = Counter(mnemonic(action.text()) for action in menu.actions())
    found = [f"{letter} in {menu.title()}" for letter, count in letters.items() if letter and count > 1]
    return found + [one for action in menu.actions() if action.menu() for one in clashes_in(action.menu())]


def press_tab(window: QWidget, *, back: bool = False) -> QWidget:
    """The key, where the focus is; gives where it is then."""
    focused = QApplication.focusWidget() or window
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    QTest.keyClick(
        focused, key, Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
    )
    return QApplication.focusWidget() or window


def tour(window: QWidget, first: QWidget, *, back: bool = False) -> list[QWidget]:
    """Where Tab leads from a control until it is there again; a photo's faces are one stop."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    visited = [first]
    for _ in range(MOST_TABS):
        focused = press_tab(window, back=back)
        if focused is first:
            return visited
        if focused is not visited[-1]:
            visited.append(focused)
    raise AssertionError(f"Tab goes on and on: {[label_of(widget) for widget in visited[:8]]}")


def picture(window: QWidget, widget: QWidget) -> QImage:
    """Of a control and what is just around it, where a style may draw that it has the focus."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    return window.grab(place & window.rect()).toImage()


def cut_off(window: QWidget) -> list[str]:
    """Texts that there is no room for, and what lies outside the window."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        if not isinstance(widget, (QAbstractButton, QLabel)) or not widget.text():
            continue
        hint, size = widget.minimumSizeHint(), widget.size()
        if isinstance(widget, QLabel) and widget.wordWrap():
            hint.setWidth(0)
            hint.setHeight(widget.heightForWidth(size.width()))
        if isinstance(widget, QLabel) and widget.sizePolicy().horizontalPolicy().name == "Ignored":
            hint.setWidth(0)  # it is cut short with an ellipsis, and whole in its tooltip
        if hint.width() > size.width() or hint.height() > size.height():
            found.append(f"{label_of(widget)} needs {hint.toTuple()}, has {size.toTuple()}")
        corner = widget.mapTo(window, widget.rect().bottomRight())
        if not window.rect().contains(corner) and not _is_scrolled(widget):
            found.append(f"{label_of(widget)} ends at {corner.toTuple()}")
    return found


def _is_scrolled(widget: QWidget | None) -> bool:
    """Whether it is in an area that shows one part after the other."""
    while widget is not None and not isinstance(widget, QScrollArea):
        widget = widget.parentWidget()
    return widget is not None
