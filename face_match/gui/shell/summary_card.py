"""What an import has brought, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from face_match.gui import theme
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.card import Card
from face_match.gui.widgets.icon_label import IconLabel
from face_match.gui.widgets.wrapped_label import WrappedLabel

ICON_PX = 24


class SummaryCard(Card):
    """Stays until it is dismissed or its step is taken. `naming_wanted` asks for the unnamed faces."""

    naming_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(is_call=True)
        self.setObjectName("importSummary")
        self.title = WrappedLabel("", "importSummaryTitle", tr("What the import has found"))
        theme.set_type(self.title, bold=True)
        self.text = WrappedLabel("", "importSummaryText", tr("What to do next"))
        self.name_button = button(
            tr("Name them"), "nameThemButton", tr("Show the unnamed faces (Ctrl+R)"), Kind.MAIN, keys="Ctrl R"
        )
        self.dismiss_button = button("", "dismissSummaryButton", tr("Dismiss (Alt+D)"), Kind.QUIET, icon="x")
        self.dismiss_button.setShortcut("Alt+D")
        words = QVBoxLayout()
        words.setSpacing(theme.GRID_PX // 2)
        words.addWidget(self.title)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.MARGIN_PX] * 4)
        row.setSpacing(theme.MARGIN_PX)
        row.addWidget(IconLabel("circle-check", ICON_PX, "good"))
        row.addLayout(words, 1)
        row.addWidget(self.name_button)
        row.addWidget(self.dismiss_button)
        self.name_button.clicked.connect(self._on_name)
        self.dismiss_button.clicked.connect(self.hide)
        self.hide()

    def show_import(self, photos: int, faces: int, groups: int, skipped: int = 0) -> None:
        """Show what was found.

        Args:
            groups: groups of unnamed faces that wait for a name.
            skipped: photos that could not be read.
        """
        self.title.setText(found_text(photos, faces))
        self.text.setText(next_step_text(groups, skipped))
        self.name_button.setVisible(groups > 0)
        self.show()

    def _on_name(self) -> None:
        self.hide()
        self.naming_wanted.emit()


def found_text(photos: int, faces: int) -> str:
    """How many new faces were found in how many photos."""
    if not faces:
        return tr_count("No new faces in {n} photo.", "No new faces in {n} photos.", photos)
    if faces == 1:
        return tr_count("1 new face in {n} photo.", "1 new face in {n} photos.", photos)
    return tr_count(
        "{faces} new faces in {n} photo.", "{faces} new faces in {n} photos.", photos, faces=f"{faces:,}"
    )


def next_step_text(groups: int, skipped: int) -> str:
    """What waits for a person, and what was skipped."""
    parts = []
    if groups:
        parts.append(tr_count("{n} group waits for a name.", "{n} groups wait for a name.", groups))
    else:
        parts.append(tr("Every face has a name."))
    if skipped:
        parts.append(tr_count("{n} photo could not be read.", "{n} photos could not be read.", skipped))
    return " ".join(parts)
