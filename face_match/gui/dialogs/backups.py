"""The list of backups, with what restoring each of them would change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from face_match.core.errors import CancelledError
from face_match.core.messages import error_message
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui import phrases
from face_match.gui.state.tasks import MAINTENANCE, Tasks
from face_match.gui.widgets.buttons import add_button, button_box
from face_match.gui.widgets.plain_text import plain, shown
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.gallery.restore_edits import Differences
    from face_match.gallery.storage.backups import BackupInfo
    from face_match.gui.state.open_gallery import OpenGallery

SIZE_PX = (560, 420)
COMPARE_AFTER_MS = 150
"""How long a backup is selected before it is compared, so that the arrow keys pass others quickly."""
READING = "Reading the backups …"
COMPARING = "Comparing with the gallery …"
NONE = "There are no backups yet. A backup is made each day before the first change."


class BackupsDialog(QDialog):
    """The backups of a gallery, newest first, with what restoring the selected one changes."""

    def __init__(self, gallery: OpenGallery, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("backupList")
        self.setWindowTitle("Restore a backup")
        self._gallery = gallery
        self._tasks = tasks
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, newest first")
        self.list.setToolTip("Backups, newest first (↑ ↓, Enter restores)")
        self.text = WrappedLabel(READING, "backupText", "What restoring changes")
        buttons = button_box("Cancel", by_enter=False)
        self.restore_button = add_button(buttons, "&Restore", QDialogButtonBox.ButtonRole.AcceptRole)
        other = add_button(buttons, "Choose &file …", QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COMPARE_AFTER_MS)
        self._timer.timeout.connect(self._compare)
        self.list.currentRowChanged.connect(self._on_selected)
        self.list.itemActivated.connect(lambda _: self.restore_button.click())
        self.restore_button.clicked.connect(self.accept)
        buttons.rejected.connect(self.reject)
        other.clicked.connect(self._on_other)
        self.finished.connect(self._stop)
        self._on_selected()
        self._read()

    def ask(self) -> Path | None:
        """Show the dialog; returns the backup to restore, or None."""
        return self.selected_backup if self.exec() else None

    @property
    def selected_backup(self) -> Path | None:
        item = self.list.currentItem()
        path: Path | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return path

    def _read(self) -> None:
        folder, gallery = self._gallery.folder, self._gallery.gallery
        vault = gallery.vault if gallery is not None else None

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[BackupInfo]:
            from face_match.gallery.storage.backups import list_backups

            return list_backups(folder, vault)

        self.text.setText(READING)
        self._tasks.start(MAINTENANCE, job, self._on_read, self._on_error, key="backups")

    def _on_read(self, backups: Sequence[BackupInfo]) -> None:
        self.text.setText("" if backups else NONE)
        for backup in backups:
            self._add(backup.path, backup_title(backup))
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _add(self, path: Path, text: str) -> None:
        item = QListWidgetItem(shown(text))
        item.setData(Qt.ItemDataRole.UserRole, path)
        item.setToolTip(plain(path.name))
        self.list.addItem(item)

    def _on_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Restore a backup", str(self._gallery.folder))
        if chosen:
            self._add(Path(chosen), Path(chosen).name)
            self.list.setCurrentRow(self.list.count() - 1)

    def _on_selected(self) -> None:
        self.restore_button.setEnabled(False)
        self._tasks.drop("differences")
        if self.selected_backup is not None:
            self.text.setText(COMPARING)
            self._timer.start()

    def _compare(self) -> None:
        backup = self.selected_backup
        if backup is None:
            return
        folder, passphrase = self._gallery.folder, self._gallery.passphrase

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Differences:
            from face_match.gallery.restore import differences

            return differences(folder, backup, passphrase)

        self._tasks.start(MAINTENANCE, job, self._on_compared, self._on_error, key="differences")

    def _on_compared(self, found: Differences) -> None:
        self.text.setText(restore_preview(found))
        self.restore_button.setEnabled(not found.is_nothing)
        self.restore_button.setDefault(True)

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self.text.setText(phrases.error_text(error))

    def _stop(self) -> None:
        self._timer.stop()
        for key in ("backups", "differences"):
            self._tasks.drop(key)


def backup_title(backup: BackupInfo) -> str:
    """ "25 November 2026, 09:18 — daily: 26 people, 113 faces"."""
    try:
        made = datetime.strptime(backup.made, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return backup.path.name
    when = f"{made.day} {made:%B %Y, %H:%M} — {backup.reason}"
    if backup.error is not None:
        return f"{when}: {error_message(backup.error)}"
    if backup.people is None or backup.faces is None:
        return when
    return f"{when}: {phrases.people(backup.people)}, {phrases.faces(backup.faces)}"


def restore_preview(changes: Differences) -> str:
    """What restoring a backup would change."""
    if changes.is_nothing:
        return "Restoring this backup would change nothing."
    parts = []
    if changes.people_added:
        parts.append(f"Brings back {phrases.list_names(changes.people_added)}.")
    if changes.people_removed:
        parts.append(f"Removes {phrases.list_names(changes.people_removed)}.")
    if changes.people_renamed:
        first = changes.people_renamed[: phrases.MOST_NAMED]
        renamed = [f"{phrases.display_name(now)} to {phrases.display_name(then)}" for now, then in first]
        more = len(changes.people_renamed) - len(renamed)
        parts.append(f"Renames {', '.join(renamed)}{f' and {more:,} more' if more else ''}.")
    counts = (
        (changes.faces_added, "added"),
        (changes.faces_removed, "removed"),
        (changes.faces_changed, "changed"),
    )
    if any(count for count, _ in counts):
        parts.append(f"Faces: {', '.join(f'{count:,} {what}' for count, what in counts if count)}.")
    if changes.people_changed:
        whose = plural(changes.people_changed, "person", "people")
        parts.append(f"Changes the cover photo or the birth date of {whose}.")
    if changes.missing_crops:
        parts.append(f"The crops of {phrases.faces(changes.missing_crops)} are missing.")
    if changes.is_replacement:
        parts.append("The current records cannot be read. They are kept as a file beside the restored ones.")
    else:
        parts.append("You can undo this.")
    return " ".join(parts)
