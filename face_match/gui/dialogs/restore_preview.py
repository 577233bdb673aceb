"""What restoring a backup would change: the totals before and after, and what is brought back or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from face_match.gui import phrases, theme
from face_match.gui.translation import number, tr, tr_count
from face_match.gui.widgets.card import Card
from face_match.gui.widgets.layouts import column_of
from face_match.gui.widgets.plain_text import PlainLabel
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.gallery.restore_edits import Differences, Totals

TEXT_LINES = 4


class RestorePreview(Card):
    """A small table of totals, and sentences below it. It keeps its size."""

    def __init__(self) -> None:
        super().__init__()
        self.text = WrappedLabel("", "backupText", tr("What restoring changes"))
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setMinimumHeight(TEXT_LINES * self.fontMetrics().lineSpacing())
        self._cells: list[PlainLabel] = []
        table = QGridLayout()
        table.setHorizontalSpacing(theme.WIDE_MARGIN_PX)
        table.setVerticalSpacing(theme.GRID_PX // 2)
        titles = (tr("People"), tr("Faces with a name"), tr("Unnamed faces"))
        for row, title in enumerate(("", *titles)):
            table.addWidget(PlainLabel(title), row, 0)
            for column in (1, 2):
                cell = PlainLabel("–" if row else (tr("Now"), tr("After restoring"))[column - 1])
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                if row:
                    self._cells.append(cell)
                else:
                    theme.set_type(cell, theme.CAPTION, faint=True)
                table.addWidget(cell, row, column)
        table.setColumnStretch(3, 1)
        column_of(table, self.text, on=self, margins=theme.MARGIN_PX, spacing=theme.MARGIN_PX)

    def show_text(self, text: str) -> None:
        """Show a sentence while there is nothing to compare."""
        self.text.setText(text)
        for cell in self._cells:
            cell.setText("–")

    def show_changes(self, changes: Differences) -> None:
        """Show what restoring would change."""
        self.text.setText(preview_text(changes))
        for row, name in enumerate(("people", "named", "unnamed")):
            for column, totals in enumerate((changes.before, changes.after)):
                self._cells[2 * row + column].setText(_count(totals, name, changes, is_now=column == 0))


def _count(totals: Totals, name: str, changes: Differences, *, is_now: bool) -> str:
    """A total; "?" for records that cannot be read."""
    return "?" if is_now and changes.is_replacement else number(getattr(totals, name))


def preview_text(changes: Differences) -> str:
    """What restoring a backup would change."""
    if changes.is_nothing:
        return tr("Restoring this backup would change nothing.")
    parts = []
    if changes.people_added:
        parts.append(tr("Brings back {people}.", people=phrases.list_names(changes.people_added)))
    if changes.people_removed:
        parts.append(tr("Removes {people}.", people=phrases.list_names(changes.people_removed)))
    if changes.people_renamed:
        parts.append(_renamed(changes))
    if changes.faces_added:
        parts.append(tr_count("{n} face is added.", "{n} faces are added.", changes.faces_added))
    if changes.faces_removed:
        parts.append(tr_count("{n} face is removed.", "{n} faces are removed.", changes.faces_removed))
    if changes.faces_changed:
        parts.append(tr_count("{n} face changes.", "{n} faces change.", changes.faces_changed))
    if changes.names_lost:
        parts.append(tr_count("{n} face loses its name.", "{n} faces lose their names.", changes.names_lost))
    if changes.people_changed:
        parts.append(
            tr_count(
                "The cover photo or the birth date of {n} person changes.",
                "The cover photos or the birth dates of {n} people change.",
                changes.people_changed,
            )
        )
    if changes.missing_crops:
        parts.append(
            tr_count(
                "The crop of {n} face is missing.",
                "The crops of {n} faces are missing.",
                changes.missing_crops,
            )
        )
    if changes.is_replacement:
        parts.append(
            tr("The current records cannot be read. They are kept as a file beside the restored ones.")
        )
    else:
        parts.append(tr("You can undo this."))
    return " ".join(parts)


def _renamed(changes: Differences) -> str:
    """Who gets another name; the others are counted."""
    first = changes.people_renamed[: phrases.MOST_NAMED]
    parts = [
        tr("Renames {now} to {then}.", now=phrases.display_name(now), then=phrases.display_name(then))
        for now, then in first
    ]
    more = len(changes.people_renamed) - len(first)
    if more:
        parts.append(tr_count("{n} other person is renamed.", "{n} other people are renamed.", more))
    return " ".join(parts)
