"""What the window shows while the gallery is locked, damaged, gone, or open for reading only."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from face_match.core.errors import (
    GalleryEncryptedError,
    GalleryLockLostError,
    GalleryMissingError,
    KeyringError,
    WrongPassphraseError,
)
from face_match.core.gallery_place import ServerAddress
from face_match.gui import phrases
from face_match.gui.shell.banner import Banner
from face_match.gui.shell.navigation import Pages
from face_match.gui.state.maintenance import DECRYPTING, ENCRYPTING, Maintenance
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import CLOSED_MAINTENANCE, Task, Tasks
from face_match.gui.translation import tr, tr_count, translated
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_unread

if TYPE_CHECKING:
    from face_match.gui.shell.damaged import DamagedPage
    from face_match.gui.shell.locked import LockedPage
    from face_match.gui.shell.missing_folder import MissingFolderPage
    from face_match.gui.shell.server_page import ServerPage
    from face_match.gui.shell.working import WorkingPage

MOST_LISTED = 40
"""Files listed in a message."""


class GalleryStates(QObject):
    """Shows a page in place of the others where the gallery cannot be opened, and a banner above them where
    it cannot be changed. `backups_wanted` asks for the list of backups, `another_wanted` for another gallery.
    """

    backups_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, gallery: OpenGallery, maintenance: Maintenance, tasks: Tasks, pages: Pages) -> None:
        super().__init__(pages)
        self.banner = Banner()
        self._gallery = gallery
        self._maintenance = maintenance
        self._tasks = tasks
        self._pages = pages
        self._is_in_place = False
        self.banner.closed.connect(self._focus_page)
        gallery.opened.connect(self._on_opened)
        gallery.refused.connect(self._on_refused)
        gallery.server_lost.connect(self._on_server_lost)
        gallery.server_back.connect(self._on_opened)
        gallery.server_back.connect(read_unread)
        tasks.started.connect(self._on_started)
        tasks.progressed.connect(self._on_progressed)

    @functools.cached_property
    def locked(self) -> LockedPage:
        from face_match.gui.shell.locked import LockedPage

        page = LockedPage()
        page.unlock_wanted.connect(self._gallery.open)
        page.retry_wanted.connect(self._open_again)
        return page

    @functools.cached_property
    def damaged(self) -> DamagedPage:
        from face_match.gui.shell.damaged import DamagedPage

        page = DamagedPage(self._gallery, self._tasks)
        page.restore_wanted.connect(self._maintenance.restore)
        page.backups_wanted.connect(self.backups_wanted)
        page.folder_wanted.connect(self._show_folder)
        page.retry_wanted.connect(self._open_again)
        return page

    @functools.cached_property
    def missing(self) -> MissingFolderPage:
        from face_match.gui.shell.missing_folder import MissingFolderPage

        page = MissingFolderPage()
        page.located.connect(self._gallery.open_at)
        page.retry_wanted.connect(self._open_again)
        page.new_wanted.connect(lambda: self._gallery.open(may_be_new=True))
        return page

    @functools.cached_property
    def server(self) -> ServerPage:
        from face_match.gui.shell.server_page import ServerPage

        page = ServerPage()
        page.password_wanted.connect(self._on_password)
        page.retry_wanted.connect(self._open_again)
        page.another_wanted.connect(self.another_wanted)
        return page

    @functools.cached_property
    def working(self) -> WorkingPage:
        from face_match.gui.shell.working import WorkingPage

        return WorkingPage()

    def _focus_page(self) -> None:
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus()

    def shows(self, error: Exception) -> bool:
        """Whether an error is shown here, and need not be in the message bar; shows that the gallery was
        lost while it was open."""
        if isinstance(error, GalleryLockLostError):
            self._show_lost(error)
            return True
        return error is self._gallery.problem

    def _on_opened(self) -> None:
        was_in_place = self._is_in_place
        if "server" in self.__dict__:
            self.server.clear()
        self._show_in_place(None)
        gallery = self._gallery.gallery
        if gallery is not None and gallery.is_writable:
            self._show_unencrypted(self._maintenance.take_unencrypted())
        else:
            self.banner.show_read_only(self._gallery.problem, self._open_again)
        page = self._pages.currentWidget()
        if was_in_place and page is not None and not page.isAncestorOf(page.window().focusWidget()):
            page.setFocus()

    def _on_started(self, task: Task[Any]) -> None:
        """Without its names the gallery would look lost while it is encrypted."""
        if task.key == CLOSED_MAINTENANCE and task.title in map(translated, (ENCRYPTING, DECRYPTING)):
            self.banner.clear()
            self.working.begin(task.title)
            self._show_in_place(self.working)

    def _on_progressed(self, task: Task[Any], done: float, total: float) -> None:
        if task.key == CLOSED_MAINTENANCE and "working" in self.__dict__:
            self.working.advance(done, total)

    def _show_unencrypted(self, files: Sequence[str]) -> None:
        """Say how many files beside the gallery's were not encrypted, with a button that lists them."""
        if not files:
            self.banner.clear()
            return
        self.banner.show_notice(
            tr_count(
                "{n} other file or folder among the gallery’s is not encrypted.",
                "{n} other files and folders among the gallery’s are not encrypted.",
                len(files),
            ),
            tr("&List them"),
            tr("List what is not encrypted (Alt+L)"),
            lambda: self._list_unencrypted(files),
        )

    def _list_unencrypted(self, files: Sequence[str]) -> None:
        box = QMessageBox(self.banner.window())
        box.setWindowTitle("Face Match")
        box.setText(tr("Face Match did not create these, so they are not encrypted:"))
        listed = [shown(file) for file in files[:MOST_LISTED]]
        box.setInformativeText("\n".join([*listed, "…"] if len(files) > MOST_LISTED else listed))
        box.exec()
        box.setParent(None)
        self.banner.clear()

    def _on_server_lost(self) -> None:
        self.banner.show_notice(
            tr("The server is away. You can look at what is loaded; changes are not made until it is back."),
            tr("Tr&y again"),
            tr("Open the gallery again (Alt+Y)"),
            self._open_again,
        )

    def _on_refused(self, error: Exception) -> None:
        self.banner.clear()
        if isinstance(self._gallery.place, ServerAddress):
            self.server.show_error(error)
            self._show_in_place(self.server)
        elif isinstance(error, GalleryEncryptedError):
            self.locked.show_locked(str(self._gallery.folder))
            self._show_in_place(self.locked)
        elif isinstance(error, WrongPassphraseError):
            self.locked.show_wrong()
            self._show_in_place(self.locked)
        elif isinstance(error, KeyringError):
            self.locked.show_keyring_problem(phrases.error_text(error))
            self._show_in_place(self.locked)
        elif isinstance(error, GalleryMissingError):
            self.missing.show_folder(self._gallery.folder)
            self._show_in_place(self.missing)
        else:
            self.damaged.show_error(error)
            self._show_in_place(self.damaged)

    def _show_in_place(self, page: QWidget | None) -> None:
        self._is_in_place = page is not None
        self._pages.show_in_place(page)

    def _show_lost(self, error: GalleryLockLostError) -> None:
        self.banner.show_notice(
            phrases.error_text(error),
            tr("Tr&y again"),
            tr("Open the gallery again (Alt+Y)"),
            self._open_again,
        )

    def _open_again(self) -> None:
        self._gallery.open()

    def _on_password(self, password: str, keeps: bool) -> None:
        self._gallery.open_with_password(password, keeps=keeps)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._gallery.folder)))
