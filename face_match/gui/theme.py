"""The look of the window: distances, type sizes and colours, for both colour schemes.

All colours come from the application’s palette, which `apply` sets unless high contrast is asked for.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

Typed = TypeVar("Typed", bound=QWidget)

GRID_PX = 8
MARGIN_PX = 16
WIDE_MARGIN_PX = 24
RADIUS_PX = 6
CARD_RADIUS_PX = 10
CONTROL_PX = 34
"""The smallest height of a button or a field."""
SLIDER_HANDLE_PX = 16
TITLE, CAPTION = 1.5, 0.85
"""Sizes of type, relative to the body."""
SMALLEST_BODY_PX = 14
MOST_ICON_GROWTH = 1.5
TITLE_BAR_PX = 40
"""Room for what the desktop draws above a window: nothing tells how high it is before the window is shown."""

CANVAS, ON_CANVAS, ON_CANVAS_FAINT = QColor("#2a2a2c"), QColor("#f2f2f3"), QColor("#a9a9ae")
"""Behind photos, in both schemes: neutral, so that it does not change how their colours look."""
ON_PHOTO, PLATE = QColor(255, 255, 255, 235), QColor(18, 18, 20, 215)
"""On photos: around boxes, so that they show on any ground; behind the names of faces."""

RING = QColor("#ffffff")
"""Around faces on photos, in both schemes."""

_LIGHT = {
    QPalette.ColorRole.Window: "#f7f7f7",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#ededee",
    QPalette.ColorRole.Button: "#ffffff",
    QPalette.ColorRole.Text: "#1c1c1e",
    QPalette.ColorRole.PlaceholderText: "#636368",
    QPalette.ColorRole.Mid: "#d2d2d5",
    QPalette.ColorRole.Accent: "#2563eb",
}
_DARK = {
    QPalette.ColorRole.Window: "#252527",
    QPalette.ColorRole.Base: "#1c1c1e",
    QPalette.ColorRole.AlternateBase: "#323235",
    QPalette.ColorRole.Button: "#303033",
    QPalette.ColorRole.Text: "#f2f2f3",
    QPalette.ColorRole.PlaceholderText: "#a9a9ae",
    QPalette.ColorRole.Mid: "#48484c",
    QPalette.ColorRole.Accent: "#376fe6",
}


class Colours(NamedTuple):
    """The colours of a palette by what they are for.

    Attributes:
        chrome: behind toolbar, navigation and footer.
        page: behind pages and in fields.
        raised: behind crops that are not read yet, and quiet marks.
        ink: text.
        faint: secondary text; 4.5 : 1 on chrome, page and selection.
        line: between parts, and around controls.
        accent: the main action and the focus.
        on_accent: text on it.
        link: the accent as text on a page.
        selection: behind the selected item.
        hover: behind the item under the mouse.
        good: text and bars of likely matches. good_soft: behind it.
        maybe: text of uncertain matches and of warnings. maybe_soft: behind it.
        danger: text of what deletes.
    """

    is_dark: bool
    chrome: QColor
    page: QColor
    raised: QColor
    ink: QColor
    faint: QColor
    line: QColor
    accent: QColor
    on_accent: QColor
    link: QColor
    selection: QColor
    hover: QColor
    good: QColor
    good_soft: QColor
    maybe: QColor
    maybe_soft: QColor
    danger: QColor


def colours() -> Colours:
    """The colours of the application's palette."""
    return _colours(QGuiApplication.palette().cacheKey())


@lru_cache(maxsize=4)
def _colours(_key: int) -> Colours:
    palette = QGuiApplication.palette()
    role = QPalette.ColorRole
    page, ink, accent = (palette.color(one) for one in (role.Base, role.Text, role.Accent))
    is_dark = page.lightness() < ink.lightness()
    good, maybe, danger = ("#57c785", "#e2b04a", "#ff8a80") if is_dark else ("#1a7340", "#855a00", "#c0271d")
    return Colours(
        is_dark=is_dark,
        chrome=palette.color(role.Window),
        page=page,
        raised=palette.color(role.AlternateBase),
        ink=ink,
        faint=palette.color(role.PlaceholderText),
        line=palette.color(role.Mid),
        accent=accent,
        on_accent=QColor("#ffffff" if accent.lightnessF() < 0.65 else "#000000"),
        link=mixed(accent, QColor("#ffffff"), 0.4) if is_dark else accent,
        selection=mixed(page, accent, 0.28 if is_dark else 0.13),
        hover=mixed(page, ink, 0.06),
        good=QColor(good),
        good_soft=mixed(page, QColor(good), 0.16),
        maybe=QColor(maybe),
        maybe_soft=mixed(page, QColor(maybe), 0.14),
        danger=QColor(danger),
    )


def mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    """A ground with a share, 0 to 1, of another colour."""

    def part(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        part(ground.red(), colour.red()),
        part(ground.green(), colour.green()),
        part(ground.blue(), colour.blue()),
    )


def apply(app: QApplication, *, is_dark: bool | None = None) -> None:
    """Give the application its look.

    Args:
        is_dark: whether to use the dark colours; None to follow the system.
    """
    app.setStyle("Fusion")
    app.setFont(_body_font(app.font()))
    if is_dark is None:
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda scheme: _colour(app, scheme == Qt.ColorScheme.Dark))
        is_dark = hints.colorScheme() == Qt.ColorScheme.Dark
    _colour(app, is_dark)


def _body_font(font: QFont) -> QFont:
    """The system's font, not smaller than the pictures of faces ask for."""
    made = QFont(font)
    if QFontInfo(font).pixelSize() < SMALLEST_BODY_PX:
        made.setPixelSize(SMALLEST_BODY_PX)
    return made


def _colour(app: QApplication, is_dark: bool) -> None:
    if not _wants_high_contrast():
        app.setPalette(_palette(_DARK if is_dark else _LIGHT))
    app.setStyleSheet(_style_sheet(colours()))


def _wants_high_contrast() -> bool:
    hints = QGuiApplication.styleHints()  # the wrapper of its parts lives as long as this one
    accessibility = hints.accessibility()
    return bool(accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast)


def _palette(roles: dict[QPalette.ColorRole, str]) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(roles[role.Button]), QColor(roles[role.Window]))
    for one, colour in roles.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.ButtonText, role.ToolTipText):
        palette.setColor(one, QColor(roles[role.Text]))
    palette.setColor(role.ToolTipBase, QColor(roles[role.AlternateBase]))
    palette.setColor(role.Highlight, QColor(roles[role.Accent]))
    palette.setColor(role.HighlightedText, QColor("#ffffff"))
    page, accent = QColor(roles[role.Base]), QColor(roles[role.Accent])
    is_dark = page.lightness() < 128
    palette.setColor(role.Link, mixed(accent, QColor("#ffffff"), 0.4) if is_dark else accent)
    disabled = mixed(page, QColor(roles[role.Text]), 0.45)
    for one in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, disabled)
    return palette


TICK = Path(__file__).parent / "icons" / "tick.svg"
DROP_DOWN = Path(__file__).parent / "icons" / "drop-down.svg"
"""White, on the accent colour; grey, on light and dark: a style sheet takes its pictures as they are."""


def _style_sheet(c: Colours) -> str:
    """Fields, lists, menus and dialogs; buttons paint themselves."""
    return "".join(part(c) for part in (_fields, _pages, _dialogs, _menus, _bars))


def _fields(c: Colours) -> str:
    line, accent, ink, page = (one.name() for one in (c.line, c.accent, c.ink, c.page))
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit {{
    background: {page}; color: {ink}; border: 1px solid {line}; border-radius: {RADIUS_PX}px;
    padding: 5px 10px; selection-background-color: {accent}; selection-color: {c.on_accent.name()};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus {{
    border: 2px solid {accent}; padding: 4px 9px;
}}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{DROP_DOWN.as_posix()}"); width: 14px; height: 14px; }}
QLineEdit:disabled, QLineEdit[isQuiet="true"] {{ background: {c.chrome.name()}; }}
QLineEdit[isQuiet="true"] {{ border-style: dashed; }}
QRadioButton, QCheckBox {{
    border: 2px solid transparent; border-radius: {RADIUS_PX}px; padding: 2px; spacing: 8px;
}}
QRadioButton:focus, QCheckBox:focus {{ border-color: {accent}; }}
QRadioButton::indicator {{
    width: 14px; height: 14px; border: 1px solid {c.faint.name()}; border-radius: 8px;
}}
QRadioButton::indicator:checked {{
    width: 6px; height: 6px; border: 5px solid {accent}; background: {c.on_accent.name()};
}}
QCheckBox::indicator {{
    width: 14px; height: 14px; border: 1px solid {c.faint.name()}; border-radius: 4px;
}}
QCheckBox::indicator:checked {{
    border-color: {accent}; background: {accent}; image: url("{TICK.as_posix()}");
}}
"""


def _pages(c: Colours) -> str:
    line, page = c.line.name(), c.page.name()
    return f"""
QAbstractItemView {{ border: none; background: {page}; outline: none; }}
#pages, #pages > QWidget {{ background: {page}; }}
#navigation {{ background: {c.chrome.name()}; border-right: 1px solid {line}; padding: {GRID_PX}px; }}
"""


def _dialogs(c: Colours) -> str:
    """Other actions are left, then *Cancel*, and the main one at the right: `button-layout: 1`."""
    line, accent, ink, page = (one.name() for one in (c.line, c.accent, c.ink, c.page))
    return f"""
QDialog {{ background: {page}; }}
QDialogButtonBox, QMessageBox {{ button-layout: 1; dialogbuttonbox-buttons-have-icons: 0; }}
QLabel#qt_msgbox_label {{ font-weight: bold; }}
QMessageBox QPushButton {{
    background: palette(button); border: 1px solid {line}; border-radius: {RADIUS_PX}px;
    padding: 6px 14px; min-width: 56px;
}}
QMessageBox QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QDialog QListView, QDialog QTreeView, QDialog QTableView {{
    border: 2px solid {c.raised.name()}; border-radius: {RADIUS_PX}px;
    alternate-background-color: {mixed(c.page, c.raised, 0.5).name()};
    selection-background-color: {c.selection.name()}; selection-color: {ink};
}}
#nameSuggestions {{ border: none; }}
QDialog QListView:focus, QDialog QTreeView:focus, QDialog QTableView:focus {{ border-color: {accent}; }}
#fittingArea {{ border: 2px solid transparent; border-radius: {RADIUS_PX}px; background: transparent; }}
#fittingArea:focus {{ border-color: {accent}; }}
QDialog QListView::item, QDialog QTreeView::item, QDialog QTableView::item {{ padding: 4px; }}
QHeaderView::section {{
    background: {page}; color: {c.faint.name()}; border: none; border-bottom: 1px solid {line}; padding: 4px;
}}
"""


def _menus(c: Colours) -> str:
    line, ink, page = c.line.name(), c.ink.name(), c.page.name()
    return f"""
QMenu {{ background: {page}; border: 1px solid {line}; padding: 6px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selection.name()}; color: {ink}; }}
QMenu::item:disabled {{ color: {c.faint.name()}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 4px; }}
QMenu::indicator {{ left: 4px; }}
QToolTip {{ background: {c.raised.name()}; color: {ink}; border: 1px solid {line}; padding: 4px; }}
"""


def _bars(c: Colours) -> str:
    line, accent, page = c.line.name(), c.accent.name(), c.page.name()
    return f"""
QProgressBar {{ background: {c.raised.name()}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QSlider::groove:horizontal {{ background: {line}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; height: 4px; border-radius: 2px; }}
QSlider::handle:horizontal {{
    background: {(c.ink if c.is_dark else c.page).name()}; border: 1px solid {c.faint.name()};
    border-radius: {SLIDER_HANDLE_PX // 2}px;
    width: {SLIDER_HANDLE_PX - 2}px; margin: -6px 0;
}}
QSlider::handle:horizontal:focus {{
    background: {accent}; border: 3px solid {page}; width: {SLIDER_HANDLE_PX - 6}px;
}}
QSplitter::handle {{ background: {line}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {mixed(c.page, c.ink, 0.3).name()}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {mixed(c.page, c.ink, 0.5).name()}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def set_type(widget: Typed, size: float = 1.0, *, bold: bool = False, faint: bool = False) -> Typed:
    """The widget, with its type set: `TITLE`, body or `CAPTION`, in the colour of text or secondary text."""
    font = widget.font()
    resized(font, size)
    font.setBold(bold)
    widget.setFont(font)
    if faint:
        widget.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return widget


def text_scale(widget: QWidget) -> float:
    """How much larger a widget's text is than usual, for the widths of what holds sentences; at least 1."""
    return max(1.0, QFontInfo(widget.font()).pixelSize() / SMALLEST_BODY_PX)


def icon_px(widget: QWidget, usual_px: int) -> int:
    """The side of an icon beside a widget's text: larger with larger text, up to `MOST_ICON_GROWTH` times."""
    return round(usual_px * min(text_scale(widget), MOST_ICON_GROWTH))


def resized(font: QFont, size: float) -> QFont:
    """Scale a font in place, and return it."""
    if font.pixelSize() > 0:
        font.setPixelSize(round(font.pixelSize() * size))
    else:
        font.setPointSizeF(font.pointSizeF() * size)
    return font
