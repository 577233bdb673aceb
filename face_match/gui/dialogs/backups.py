"""The list of backups, with what restoring each of them would change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from face_match.core.errors import CancelledError
from face_match.core.messages import error_message
from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui import phrases
from face_match.gui.dialogs.restore_preview import RestorePreview
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.state.tasks import MAINTENANCE, Tasks
from face_match.gui.translation import marked, moment_text, tr, translated
from face_match.gui.widgets.plain_text import plain, shown

if TYPE_CHECKING:
    from face_match.gallery.restore_edits import Differences
    from face_match.gallery.storage.backups import BackupInfo
    from face_match.gui.state.open_gallery import OpenGallery

SIZE_PX = (620, 560)
COMPARE_AFTER_MS = 150
"""How long a backup is selected before it is compared, so that the arrow keys pass others quickly."""
READING = marked("Reading the backups …")
COMPARING = marked("Comparing with the gallery …")
NONE = marked("There are no backups yet. A backup is made each day before the first change.")


class BackupsDialog(Sheet):
    """The backups of a gallery, newest first, with what restoring the selected one changes."""

    def __init__(self, gallery: OpenGallery, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(
            parent, "backupList", tr("Restore a backup"), close_text=tr("Cancel"), by_enter=False
        )
        self._gallery = gallery
        self._tasks = tasks
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Backups, newest first"))
        self.list.setToolTip(tr("Backups, newest first (↑ ↓, Enter restores)"))
        self.preview = RestorePreview()
        self.restore_button = self.add_main(
            tr("&Restore"), "restoreButton", tr("Restore the selected backup (Enter)")
        )
        other = self.add_other(
            tr("Choose &file …"), "chooseBackupButton", tr("Restore a backup from a file (Alt+F)")
        )
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.preview)
        self.fit(*SIZE_PX)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COMPARE_AFTER_MS)
        self._timer.timeout.connect(self._compare)
        self.list.currentRowChanged.connect(self._on_selected)
        self.list.itemActivated.connect(lambda _: self.restore_button.click())
        self.restore_button.clicked.connect(self.accept)
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

        self.preview.show_text(translated(READING))
        self._tasks.start(MAINTENANCE, job, self._on_read, self._on_error, key="backups")

    def _on_read(self, backups: Sequence[BackupInfo]) -> None:
        self.preview.show_text("" if backups else translated(NONE))
        for backup in backups:
            self._list_backup(backup.path, backup_title(backup))
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _list_backup(self, path: Path, text: str) -> None:
        item = QListWidgetItem(shown(text))
        item.setData(Qt.ItemDataRole.UserRole, path)
        item.setToolTip(plain(path.name))
        self.list.addItem(item)

    def _on_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Restore a backup"), str(self._gallery.folder))
        if chosen:
            self._list_backup(Path(chosen), Path(chosen).name)
            self.list.setCurrentRow(self.list.count() - 1)

    def _on_selected(self) -> None:
        self.restore_button.setEnabled(False)
        self._tasks.drop("differences")
        if self.selected_backup is not None:
            self.preview.show_text(translated(COMPARING))
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
        self.preview.show_changes(found)
        self.restore_button.setEnabled(not found.is_nothing)
        self.restore_button.setDefault(True)

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self.preview.show_text(phrases.error_text(error))

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
    when = f"{moment_text(made, has_time=True)} — {translated(backup.reason)}"
    if backup.error is not None:
        return f"{when}: {error_message(backup.error)}"
    if backup.people is None or backup.faces is None:
        return when
    return f"{when}: {phrases.people_and_faces(backup.people, backup.faces)}"
