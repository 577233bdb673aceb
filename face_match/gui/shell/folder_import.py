"""Importing folders: asks for one, scans it, and shows the unnamed faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from face_match.gui.dialogs.photo_sources import ask_for_folder, may_open
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr
from face_match.gui.widgets.message_bar import MessageBar


class FolderImport(QObject):
    """Scans folders for faces, and offers to resume a scan that was interrupted.

    Args:
        show_unnamed: shows the page of the unnamed faces.
    """

    def __init__(
        self,
        window: QWidget,
        gallery: OpenGallery,
        unnamed: UnnamedFaces,
        message_bar: MessageBar,
        *,
        show_unnamed: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._gallery = gallery
        self._unnamed = unnamed
        self._message_bar = message_bar
        self._show_unnamed = show_unnamed
        unnamed.scan_interrupted.connect(self._on_scan_interrupted)

    def ask(self) -> None:
        """Ask for a folder and scan it."""
        self.scan(ask_for_folder(self._window, tr("Import a folder of photos")))

    def scan(self, paths: Sequence[Path]) -> None:
        """Scan files and folders for faces, and show the unnamed faces."""
        if paths:
            self._show_unnamed()
            self._unnamed.scan(paths)

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
            if all(may_open(self._window, self._gallery, path) for path in paths):
                self.scan(paths)

        self._message_bar.show_action(text, tr("Resume"), resume)
