"""Crops of what a view shows, read in the background as they come on the screen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from face_match.core.error_messages import sentence
from face_match.core.errors import CancelledError, FaceMatchError
from face_match.core.types import IsCancelled, OnProgress
from face_match.gui.images import preview_of
from face_match.gui.state.tasks import DECODE, Tasks

log = logging.getLogger(__name__)

READ_AT_ONCE = 16
"""Crops that come together: what was scrolled past is waited for no longer than these take."""
REMEMBERED = 500
"""Crops: more than a large screen shows."""


class _Known(NamedTuple):
    """Of what it was made; the image, or why there is none."""

    item: object
    image: QImage | None
    problem: str


class CropsOnScreen(QObject):
    """A view asks for an image while it paints, and paints again when `some_read` says so.

    Args:
        key: of the tasks.
        source: where crops are read from; None while there is nothing.
        read: makes the image of an item of the source; called in the background.
        longest_px: larger images are scaled down to this.
    """

    some_read = Signal()

    def __init__(
        self,
        tasks: Tasks,
        *,
        key: str,
        source: Callable[[], Any],
        read: Callable[[Any, Any], QImage | None],
        longest_px: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._key = key
        self._source = source
        self._read_one = read
        self._longest_px = longest_px
        self._known: dict[str, _Known] = {}
        self._wanted: dict[str, object] = {}
        self._timer = QTimer(self)  # a view paints all its rows before any is read
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)

    def image(self, name: str, item: object) -> QImage | None:
        """What is known by a name, which is read anew if it was made of another item."""
        known = self._known.get(name)
        if known is None or known.item is not item:
            self._wanted[name] = item
            if not self._tasks.is_busy(self._key):
                self._timer.start()
        return known.image if known is not None else None

    def problem(self, name: str) -> str:
        """Why there is no image, if it was tried."""
        known = self._known.get(name)
        return known.problem if known is not None else ""

    def stop(self) -> None:
        """Nothing is on the screen any more."""
        self._timer.stop()
        self._wanted.clear()
        self._tasks.drop(self._key)

    def forget(self) -> None:
        """Another source may have come, or this one been mended."""
        self.stop()
        self._known.clear()

    def _read(self) -> None:
        source = self._source()
        if source is None or self._tasks.is_busy(self._key):
            return
        wanted = list(self._wanted.items())[:READ_AT_ONCE]

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> dict[str, _Known]:
            known = {}
            for name, item in wanted:
                if is_cancelled():
                    raise CancelledError
                try:
                    image = self._read_one(source, item)
                except FaceMatchError as exc:
                    log.warning("a crop cannot be read")
                    known[name] = _Known(item, None, sentence(exc))
                else:
                    small = preview_of(image, self._longest_px) if image is not None else None
                    known[name] = _Known(item, small, "")
            return known

        def on_done(known: dict[str, _Known]) -> None:
            for name in known:
                self._known.pop(name, None)  # the latest go last
            self._known |= known
            while len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
            self._wanted.clear()  # what is on the screen by now asks again
            self.some_read.emit()

        def on_error(error: Exception) -> None:
            if not isinstance(error, CancelledError):
                log.error("crops could not be read", exc_info=error)

        self._tasks.start(DECODE, job, on_done, on_error, key=self._key)
