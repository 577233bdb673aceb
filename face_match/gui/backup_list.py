"""Which backup of the records is to be put in their place?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from face_match.gui.buttons import added, box_to
from face_match.gui.plain_text import plain, shown

WIDTH_PX = 460
SHOWN = 10
WHAT_HAPPENS = (
    "Changes made since then are not in a backup. The records that are there now are kept beside it under "
    "another name, so that they can be restored too."
)
NONE = "There are no backups yet. One is kept each day, before the first change."


class BackupList(QDialog):
    """The backups of a gallery, the newest first."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        from face_match.gallery import backups

        self.setObjectName("backupList")
        self.setWindowTitle("Restore a backup")
        self._folder = folder
        self._other: Path | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, the newest first")
        self.list.setToolTip("The backups, the newest first (↑ ↓, Enter restores)")
        for path in backups.kept(folder):
            item = QListWidgetItem(shown(described(path)))
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(plain(path.name))
            self.list.addItem(item)
        text = QLabel(WHAT_HAPPENS if self.list.count() else NONE)
        text.setWordWrap(True)
        buttons = box_to("Cancel")
        self.restore_button = added(buttons, "&Restore", QDialogButtonBox.ButtonRole.AcceptRole)
        self.restore_button.setEnabled(False)
        other = added(buttons, "&Another file …", QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(text)
        layout.addWidget(buttons)
        self.resize(WIDTH_PX, self.sizeHint().height())
        self.list.currentRowChanged.connect(lambda row: self.restore_button.setEnabled(row >= 0))
        self.list.itemActivated.connect(self.accept)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        other.clicked.connect(self._on_other)
        self.list.setCurrentRow(0)

    def ask(self) -> Path | None:
        """The one that is chosen; None where nothing is to be restored."""
        if not self.exec():
            return None
        item = self.list.currentItem()
        if self._other is not None or item is None:
            return self._other
        path: Path = item.data(Qt.ItemDataRole.UserRole)
        return path

    def _on_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Restore a backup", str(self._folder))
        if chosen:
            self._other = Path(chosen)
            self.accept()


def described(backup: Path) -> str:
    """ "25 November 2026, 09:18 — daily"."""
    day, time, *why = backup.stem.split(" ")
    try:
        made = datetime.strptime(f"{day} {time}", "%Y-%m-%d %H.%M.%S")
    except ValueError:
        return backup.name
    return f"{made.day} {made:%B %Y, %H:%M} — {' '.join(why)}"
