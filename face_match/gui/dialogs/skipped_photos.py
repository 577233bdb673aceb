"""The photos that were skipped, with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from face_match.core.messages import error_message
from face_match.gui import phrases
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.translation import number, tr, translated
from face_match.gui.widgets.plain_text import PlainLabel, plain, shown

if TYPE_CHECKING:
    from face_match.gui.state.skipped_photos import SkippedPhotos

SIZE_PX = (640, 420)
PHOTO_PX = 220
MOST_LISTED = 1_000


class SkippedPhotosDialog(Sheet):
    """A list of skipped photos. It opens beside the main window without taking the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "leftOutPage", tr("Skipped photos"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Photos and reasons"))
        self.tree.setToolTip(tr("Skipped photos (↑ ↓)"))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setHeaderLabels([tr("Photo"), tr("Reason")])
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(True)
        self.column.addWidget(self.text)
        self.column.addWidget(self.tree, 1)
        self.fit(*SIZE_PX)
        self.tree.setColumnWidth(0, PHOTO_PX)

    def show_photos(self, skipped: SkippedPhotos) -> None:
        """Replace the list."""
        failed = skipped.failed
        text = tr(
            "{what}: {count}, in {folder}.",
            what=translated(skipped.what),
            count=number(len(failed)),
            folder=skipped.folder,
        )
        if len(failed) > MOST_LISTED:
            text = phrases.join(text, tr("The first {count} are listed.", count=number(MOST_LISTED)))
        self.text.setText(text)
        self.tree.clear()
        self.tree.addTopLevelItems(
            [_row(_below(path, skipped.folder), error_message(error)) for path, error in failed[:MOST_LISTED]]
        )


def _row(photo: str, why: str) -> QTreeWidgetItem:
    row = QTreeWidgetItem([shown(photo), shown(why)])
    row.setToolTip(0, plain(photo))
    row.setToolTip(1, plain(why))
    return row


def _below(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
