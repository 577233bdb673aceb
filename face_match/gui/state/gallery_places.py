"""Where galleries are: opening another one, the recent ones, and moving the open one to another folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from face_match.core.installation import checkout
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.settings import Settings
from face_match.gui.state.messages import Messages
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import marked, tr, translated

NEW_FOLDER = marked("Face Match gallery")
"""The folder that is made where a gallery is moved into a folder with other things."""


class GalleryPlaces(QObject):
    """Remembers in the settings, and nowhere else, which galleries were open, and where."""

    def __init__(self, gallery: OpenGallery, settings: Settings, messages: Messages) -> None:
        super().__init__(gallery)
        self._gallery = gallery
        self._settings = settings
        self._messages = messages
        gallery.opened.connect(self._on_opened)

    @property
    def recent(self) -> list[Path]:
        """The galleries that were open before, the last one first, without the one that is open."""
        return [path for path in map(Path, self._settings.recent) if path != self._gallery.folder.absolute()]

    def open(self, folder: Path) -> None:
        """Open another gallery, also at the next start; a new one where there is none."""
        if self._gallery.open_another(folder):
            self._settings.opened = str(folder.absolute())
            self._settings.save(self._messages.report)

    def move(self, chosen: Path) -> None:
        """Move the open gallery into a folder, or into a new one in it where there are other things."""
        gallery, settings, old = self._gallery, self._settings, self._gallery.folder
        new_folder = translated(NEW_FOLDER)

        def work(passphrase: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.relocation import is_free, move_gallery

            target = chosen if is_free(chosen) else chosen / new_folder

            def remember() -> None:
                settings.note_moved(gallery.asked_for, old, target)
                gallery.go_on_at(target)

            moved = move_gallery(old, target, passphrase, on_progress, is_cancelled, remember=remember)
            told = tr("The gallery is in {folder} now.", folder=target)
            if not moved.left or old == checkout():  # the program itself is left there
                return told
            left = tr("Left in the old folder: {files}.", files=", ".join(moved.left[:10]))
            return f"{told} {left}"

        gallery.run_closed(tr("Moving the gallery"), work, tr("Stopped. The gallery is where it was."))

    def _on_opened(self) -> None:
        folder = str(self._gallery.folder.absolute())
        if self._settings.recent[:1] != [folder]:
            self._settings.note_opened(self._gallery.folder)
            self._settings.save(self._messages.report)
