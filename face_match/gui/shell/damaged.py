"""The page of a gallery whose records cannot be read: what is safe, and the newest good backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent

from face_match.core.errors import (
    GalleryDamagedError,
    GalleryNewerError,
    GalleryUnreadableError,
    GalleryUnsafeError,
    VaultDamagedError,
)
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.reasons import reason_text
from face_match.gui import phrases, theme
from face_match.gui.dialogs.backups import backup_title
from face_match.gui.shell.state_page import StatePage, centred_text
from face_match.gui.state.tasks import MAINTENANCE, Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.card import Card
from face_match.gui.widgets.layouts import column_of
from face_match.gui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from face_match.gallery.storage.backups import BackupInfo
    from face_match.gui.state.open_gallery import OpenGallery


class DamagedPage(StatePage):
    """Offers the newest backup that can be read.

    Signals: `restore_wanted` has the backup to restore, `backups_wanted` asks for the list of all backups,
    `folder_wanted` for the gallery's folder in the file manager, and `retry_wanted` to open it again.
    """

    restore_wanted = Signal(Path)
    backups_wanted = Signal()
    folder_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, gallery: OpenGallery, tasks: Tasks) -> None:
        super().__init__("damagedPage", "triangle-alert", "maybe")
        self._gallery = gallery
        self._tasks = tasks
        self._backup: Path | None = None
        self.card = Card()
        self.backup_title = centred_text(bold=True)
        self.backup_text = centred_text(faint=True)
        self.restore_button = button(
            tr("&Restore this backup"),
            "restoreNewestButton",
            tr("Put the gallery back to this backup (Alt+R)"),
            Kind.MAIN,
        )
        self.other_button = button(
            tr("&Other backups …"), "otherBackupsButton", tr("Choose another backup (Alt+O)")
        )
        self.retry_button = button(tr("Try &again"), "retryButton", tr("Open the gallery again (Alt+A)"))
        self.folder_button = button(
            tr("Show the &folder"),
            "showFolderButton",
            tr("Open the gallery’s folder in the file manager (Alt+F)"),
            Kind.QUIET,
        )
        self._lay_out()
        self.restore_button.clicked.connect(self._on_restore)
        self.other_button.clicked.connect(self.backups_wanted)
        self.retry_button.clicked.connect(self.retry_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)

    def _lay_out(self) -> None:
        column_of(
            self.backup_title,
            self.backup_text,
            (self.restore_button, Qt.AlignmentFlag.AlignHCenter),
            on=self.card,
            margins=theme.MARGIN_PX,
            spacing=theme.GRID_PX,
        )
        row = WrappingRow(is_centred=True)
        for made in (self.other_button, self.retry_button, self.folder_button):
            row.add(made)
        self.column.addSpacing(theme.GRID_PX)
        self.column.addWidget(self.card)
        self.column.addLayout(row)

    def show_error(self, error: Exception) -> None:
        """Show why the gallery cannot be opened, and look for a backup."""
        can_restore = _is_restorable(error)
        self._backup = error.backup if isinstance(error, GalleryDamagedError) and can_restore else None
        if isinstance(error, GalleryNewerError):
            self.title.setText(tr("This gallery needs a newer Face Match."))
        elif isinstance(error, GalleryUnreadableError):
            self.title.setText(tr("This gallery cannot be read now."))
        else:
            self.title.setText(tr("This gallery cannot be read."))
        self.text.setText(_what_is_safe(error))
        self.card.setVisible(can_restore)
        self.other_button.setVisible(can_restore)
        self.restore_button.setVisible(self._backup is not None)
        self.backup_title.setText(
            tr("Newest good backup")
            if self._backup is not None
            else tr("There is no backup that can be read.")
        )
        self.backup_text.setText(tr("Reading the backup …") if self._backup is not None else "")
        self.backup_text.setVisible(self._backup is not None)
        if self._backup is not None:
            self._read(self._backup)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.restore_button if self._backup is not None else self.retry_button).setFocus()

    def _read(self, backup: Path) -> None:
        folder, passphrase = self._gallery.folder, self._gallery.passphrase

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> BackupInfo:
            from face_match.gallery.storage.backups import describe
            from face_match.gallery.storage.vault import unlock

            return describe(backup, unlock(folder, passphrase))

        def on_done(info: BackupInfo) -> None:
            self.backup_text.setText(backup_title(info))

        def on_error(error: Exception) -> None:
            self.backup_text.setText(phrases.error_text(error))

        self._tasks.start(MAINTENANCE, job, on_done, on_error, key="newest backup")

    def _on_restore(self) -> None:
        if self._backup is not None:
            self.restore_wanted.emit(self._backup)


def _is_restorable(error: Exception) -> bool:
    """Whether a backup could take the place of what is damaged."""
    is_other = isinstance(error, (GalleryUnsafeError, VaultDamagedError))
    return isinstance(error, GalleryDamagedError) and not is_other


def _what_is_safe(error: Exception) -> str:
    """What is wrong with the records, and what is not affected."""
    if isinstance(error, GalleryDamagedError) and _is_restorable(error):
        return tr(
            "The file {file} is damaged: {reason}. It was not changed, and restoring keeps it beside the "
            "restored one. Your photos and the crops of the faces are not affected.",
            file=error.path.name,
            reason=reason_text(error.detail),
        )
    return phrases.error_text(error)
