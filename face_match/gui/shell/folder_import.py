"""Importing folders: asks for one, scans it, and shows the unnamed faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from face_match.gui import phrases, result_phrases
from face_match.gui.dialogs.photo_sources import ask_for_folder, may_open
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from face_match.workflows.scan import ScanResult


class FolderImport(QObject):
    """Scans folders for faces, and offers to resume a scan that was interrupted.

    When a scan ends, the message bar says what was found, and leads to the unnamed faces from other pages.

    Args:
        show_unnamed: shows the page of the unnamed faces.
        is_unnamed_shown: whether that page is shown.
    """

    def __init__(
        self,
        window: QWidget,
        gallery: OpenGallery,
        unnamed: UnnamedFaces,
        message_bar: MessageBar,
        *,
        show_unnamed: Callable[[], None],
        is_unnamed_shown: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._gallery = gallery
        self._unnamed = unnamed
        self._message_bar = message_bar
        self._show_unnamed = show_unnamed
        self._is_unnamed_shown = is_unnamed_shown
        self._offers_naming = False
        unnamed.scanned.connect(self._on_scanned)
        unnamed.scan_interrupted.connect(self._on_scan_interrupted)

    def ask(self) -> None:
        """Ask for a folder and scan it."""
        self.scan(ask_for_folder(self._window, tr("Import a folder of photos")))

    def scan(self, paths: Sequence[Path]) -> None:
        """Scan files and folders for faces, and show the unnamed faces."""
        if paths:
            self._show_unnamed()
            self._unnamed.scan(paths)

    def end_offer(self) -> None:
        """End the offer to name faces, as their page is shown."""
        if self._offers_naming:
            self._offers_naming = False
            self._message_bar.hide_action()

    def _on_scanned(self, result: ScanResult) -> None:
        groups = len(self._unnamed.groups)
        text = phrases.join(result_phrases.scan_result(result), next_step(groups))
        if groups and not self._is_unnamed_shown():
            self._offers_naming = True
            self._message_bar.show_action(text, tr("&Name them"), self._show_unnamed)
        else:
            self._message_bar.show_message(text)

    def _on_scan_interrupted(self, paths: list[Path]) -> None:
        first = paths[0].name
        if len(paths) > 1:
            text = tr(
                "The import of “{first}” and “{second}” was interrupted.", first=first, second=paths[1].name
            )
        else:
            text = tr("The import of “{folder}” was interrupted.", folder=first)

        def resume() -> None:
            self._message_bar.hide_action()
            if not all(may_open(self._window, self._gallery, path) for path in paths):
                return
            missing = next((path for path in paths if not path.exists()), None)
            if missing is None:
                self.scan(paths)
            else:
                self.offer_to_locate(missing)

        self._message_bar.show_action(text, tr("Resume"), resume)

    def offer_to_locate(self, folder: Path) -> None:
        """Say that a folder is gone, and ask where it is; its photos are known by their image data."""

        def locate() -> None:
            self._message_bar.hide_action()
            self.scan(ask_for_folder(self._window, tr("Where is “{folder}” now?", folder=folder.name)))

        text = tr("The folder {path} was not found. It may have been moved.", path=str(folder))
        self._message_bar.show_action(text, tr("&Locate …"), locate)


def next_step(groups: int) -> str:
    """How many groups of unnamed faces wait for a name."""
    if not groups:
        return tr("Every face has a name.")
    return tr_count("{n} group waits for a name.", "{n} groups wait for a name.", groups)
