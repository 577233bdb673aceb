"""The photos that were opened together, and which of them is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import Person
from face_match.gui.state.messages import Messages
from face_match.gui.state.tasks import LISTING, Tasks
from face_match.gui.translation import marked, translated

NO_PHOTOS = marked("There are no photos in that folder.")


class PhotoQueue(QObject):
    """The opened photos, one of which is the current one, or none.

    Attributes:
        sought: the person whose face is looked at in the photos; None for the best unnamed one.
        is_from_page: whether they were opened where the gallery shows them, and not as files.

    Signals:
        moved: another photo is the current one.
        folder_dropped: folders are among the paths that were dropped; gives all of them.
    """

    moved = Signal()
    folder_dropped = Signal(list)

    def __init__(self, tasks: Tasks, messages: Messages) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._messages = messages
        self._photos: tuple[Path, ...] = ()
        self._index = 0
        self.sought: Person | None = None
        self.is_from_page = False

    def open(self, paths: Sequence[Path]) -> None:
        """Replace the queue by photos, and those in folders, listed in the background."""
        self._list(paths, are_dropped=False)

    def open_among(
        self,
        photo: Path,
        files: Sequence[str],
        may_access: Callable[[Path], bool] = lambda path: True,
        sought: Person | None = None,
    ) -> None:
        """Replace the queue by photos that the gallery lists, and show one of them first.

        Args:
            files: the paths of all of them; thousands of paths are made in the background.
            may_access: whether a folder may be accessed, which could be on a server; photos in others are
                left out.
            sought: the person whose face is looked at in them.
        """

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[Path]:
            photos = [Path(file) for file in files]
            allowed = {folder for folder in {path.parent for path in photos} if may_access(folder)}
            return [path for path in photos if path == photo or path.parent in allowed]

        def on_done(found: list[Path]) -> None:
            self._photos = tuple(found) if photo in found else (photo,)
            self._index = self._photos.index(photo)
            self.sought, self.is_from_page = sought, True
            self.moved.emit()

        self._tasks.end_tasks_of(self)
        self._tasks.start(LISTING, job, on_done, owners=(self,))

    def drop(self, paths: Sequence[Path]) -> None:
        """Replace the queue by photos; where a folder is among them, emit `folder_dropped` instead."""
        self._list(paths, are_dropped=True)

    def clear(self) -> None:
        """Stop listing; no photos."""
        self._tasks.end_tasks_of(self)
        self._photos, self._index, self.sought, self.is_from_page = (), 0, None, False

    def _list(self, paths: Sequence[Path], *, are_dropped: bool) -> None:
        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[Path] | None:
            from face_match.core.photo_folders import PhotoWalk

            if are_dropped and any(path.is_dir() for path in paths):
                return None
            return PhotoWalk(is_cancelled).photos(paths)

        def on_done(photos: list[Path] | None) -> None:
            if photos is None:
                self.folder_dropped.emit(list(paths))
            elif not photos:
                self._messages.post(translated(NO_PHOTOS))
            else:
                self._photos, self._index = tuple(photos), 0
                self.sought, self.is_from_page = None, False
                self.moved.emit()

        if paths:
            self._tasks.end_tasks_of(self)
            self._tasks.start(LISTING, job, on_done, owners=(self,))

    @property
    def current(self) -> Path | None:
        return self._photos[self._index] if self._photos else None

    def can_go(self, step: int) -> bool:
        """Whether there is a photo so many steps on, or back."""
        return 0 <= self._index + step < len(self._photos)

    def go(self, step: int) -> None:
        """Go on, or back, where there is a photo."""
        if self.can_go(step):
            self._tasks.end_tasks_of(self)
            self._index += step
            self.moved.emit()

    @property
    def count(self) -> int:
        return len(self._photos)

    @property
    def number(self) -> int:
        """The position of the current photo, from 1; 0 where there is none."""
        return self._index + 1 if self._photos else 0
