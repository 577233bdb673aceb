"""Where galleries are: opening another one, the recent ones, and moving the open one to another folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from face_match.core.gallery_place import GalleryPlace, gallery_place, place_text
from face_match.core.installation import checkout
from face_match.core.messages import copies_left
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.settings import Settings
from face_match.gui.state.messages import Messages
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import marked, tr, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.relocation import MoveEnd

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
    def recent(self) -> list[GalleryPlace]:
        """The galleries that were open before, the last one first, without the one that is open."""
        now = place_text(self._gallery.place)
        return [gallery_place(text) for text in self._settings.recent if text != now]

    def open(self, place: GalleryPlace) -> None:
        """Open another gallery, also at the next start; a new one where there is none."""
        if self._gallery.open_another(place):
            self._settings.opened = place_text(place)
            self._settings.save(self._messages.report)

    def move(self, chosen: Path) -> None:
        """Move the open gallery into a folder, or into a new one in it where there are other things."""
        gallery, settings, old = self._gallery, self._settings, self._gallery.folder
        asked_for = gallery.asked_for if isinstance(gallery.asked_for, Path) else old
        new_folder = translated(NEW_FOLDER)

        def work(passphrase: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.relocation import is_free, move_gallery

            target = chosen if is_free(chosen) else chosen / new_folder

            def note(records: str) -> None:
                settings.note_move(old, target, records)

            def remember() -> None:
                settings.note_moved(asked_for, old, target)
                gallery.go_on_at(target)

            try:
                moved = move_gallery(
                    old, target, passphrase, on_progress, is_cancelled, note=note, remember=remember
                )
            finally:
                settings.moving = {}
                settings.save()
            told = tr("The gallery is in {folder} now.", folder=target)
            if not moved.left or old == checkout():  # the program itself is left there
                return told
            left = tr("Left in the old folder: {files}.", files=", ".join(moved.left[:10]))
            return f"{told} {left}"

        gallery.run_closed(tr("Moving the gallery"), work, tr("Stopped. The gallery is where it was."))

    def _on_opened(self) -> None:
        self._end_cut_off_move()
        if self._settings.recent[:1] != [place_text(self._gallery.place)]:
            self._settings.note_opened(self._gallery.place)
            self._settings.save(self._messages.report)

    def _end_cut_off_move(self) -> None:
        """After a start: make one gallery of the two that a move may have left when it was killed."""
        moving = self._settings.moving
        if not moving:
            return
        old, new = Path(moving["old"]), Path(moving["new"])
        was_remembered = bool(moving.get("done"))

        def work(_: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> MoveEnd | None:
            from face_match.gallery.relocation import end_cut_off_move

            return end_cut_off_move(old, new, moving.get("records", ""), was_remembered=was_remembered)

        def on_done(end: MoveEnd | None) -> str:
            from face_match.gallery.relocation import MoveEnd, copies_in

            if end is None:  # the next start may tell
                return ""
            self._settings.moving = {}
            if was_remembered:  # also where the old folder is never asked for again
                self._settings.set_located(old, new)
            self._settings.save(self._messages.report)
            if end is MoveEnd.MOVED:
                return tr(
                    "The gallery was moved to {new}. What was left of it in {old} is removed now.",
                    new=new,
                    old=old,
                )
            if end is MoveEnd.STAYED:
                stayed = tr(
                    "The move of the gallery to {new} was interrupted. The gallery is still in {old}.",
                    new=new,
                    old=old,
                )
                copies = copies_in(new)
                return stayed if copies is None else f"{stayed} {copies_left(copies)}"
            meant, other = (new, old) if was_remembered else (old, new)
            return tr(
                "The move of the gallery was interrupted, and there are two now: the one in {meant} is used. "
                "The one in {other} was changed since, and stays.",
                meant=meant,
                other=other,
            )

        self._gallery.run(tr("Ending a move of the gallery"), work, on_done, "")
