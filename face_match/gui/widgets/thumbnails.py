"""Thumbnails of the items that a view shows, read in the background as they scroll into view."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QWidget
from shiboken6 import isValid

from face_match.core.errors import CancelledError, FaceMatchError, ImageUnreadableError
from face_match.core.messages import error_message
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Person
from face_match.gui.images import face_image, preview_of
from face_match.gui.state.tasks import DECODE, Tasks
from face_match.gui.widgets.covers import forget_most_painted

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

log = logging.getLogger(__name__)

BATCH_SIZE = 16
"""Thumbnails read by one task. New requests wait for at most one batch that has scrolled away."""
MOST_BYTES, UNPAINTED_S = 32 << 20, 2.0
"""Thumbnails in memory, of all views together: if they take more than so many bytes, as a screen of 8
megapixels does, those go that were not painted for so many seconds. Each time some are read, all in view are
painted, so these stay."""
LEAST_BYTES = 1 << 10
"""What a thumbnail counts at least, as one without an image."""

_caches: WeakSet[ThumbnailCache] = WeakSet()


@dataclass(slots=True)
class _Thumbnail:
    """The item that was read, its image or the reason why there is none, and when it was painted."""

    item: object
    image: QImage | None
    problem: str
    painted: float = field(default_factory=monotonic)
    """In seconds of the monotonic clock."""

    @property
    def bytes(self) -> int:
        return LEAST_BYTES + (self.image.sizeInBytes() if self.image is not None else 0)


class ThumbnailCache(QObject):
    """The thumbnails of a view. The view asks for them while it paints, and repaints on `images_read`.

    Args:
        key: of the tasks that read.
        source: the gallery to read from; None while none is open.
        read: makes the image of an item; called in the background.
        longest_px: larger images are scaled down to this.

    Attributes:
        batch_size: thumbnails read by one task; few, where each takes long.
    """

    images_read = Signal()

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
        self.batch_size = BATCH_SIZE
        self._thumbnails: OrderedDict[str, _Thumbnail] = OrderedDict()
        """Those painted last are last."""
        _caches.add(self)
        self._requested: dict[str, object] = {}
        self._timer = QTimer(self)  # a view paints all its rows before any is read
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)

    def image(self, name: str, item: object) -> QImage | None:
        """The thumbnail of a name; requests it if it is missing or was made of another item."""
        self.prepare(name, item)
        thumbnail = self._thumbnails.get(name)
        if thumbnail is None:
            return None
        thumbnail.painted = monotonic()
        self._thumbnails.move_to_end(name)
        return thumbnail.image

    def prepare(self, name: str, item: object) -> None:
        """Request the thumbnail of a name, if it is missing or was made of another item."""
        thumbnail = self._thumbnails.get(name)
        if thumbnail is None or thumbnail.item is not item:
            self._requested[name] = item
            if not self._tasks.is_busy(self._key):
                self._timer.start()

    def is_read(self, name: str) -> bool:
        """Whether the thumbnail of a name was read; it may have no image."""
        return name in self._thumbnails

    def problem(self, name: str) -> str:
        """Why the thumbnail of a name could not be read; empty if it could, or was not tried."""
        thumbnail = self._thumbnails.get(name)
        return thumbnail.problem if thumbnail is not None else ""

    def stop(self) -> None:
        """Cancel all requests."""
        self._timer.stop()
        self._requested.clear()
        self._tasks.drop(self._key)

    def fit(self, longest_px: int) -> None:
        """Read thumbnails of another size; those in memory are shown until they are read again."""
        if longest_px != self._longest_px:
            self._longest_px = longest_px
            for thumbnail in self._thumbnails.values():
                thumbnail.item = None

    def clear(self) -> None:
        """Cancel all requests and drop all thumbnails: another gallery was opened, or files were repaired."""
        self.stop()
        self._thumbnails.clear()

    def forget_unread(self) -> None:
        """Request those that could not be read anew, where they are in view."""
        unread = [name for name, thumbnail in self._thumbnails.items() if thumbnail.problem]
        for name in unread:
            del self._thumbnails[name]
        if unread:
            self.images_read.emit()

    def forget_what_is_not_listed(self) -> None:
        """Forget all if the view is hidden or deleted; of a list, what was painted before it had its rows."""
        view = self.parent() if isValid(self) else None
        if not isinstance(view, QWidget) or not view.isVisible():
            self._thumbnails.clear()
        elif isinstance(view, QAbstractItemView):
            while len(self._thumbnails) > view.model().rowCount():
                self._thumbnails.popitem(last=False)

    def _read(self) -> None:
        source = self._source()
        if source is None or self._tasks.is_busy(self._key):
            return
        requested = list(self._requested.items())[: self.batch_size]

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> dict[str, _Thumbnail]:
            return self._read_batch(source, requested, is_cancelled)

        def on_done(thumbnails: dict[str, _Thumbnail]) -> None:
            for name in thumbnails:
                self._thumbnails.pop(name, None)  # so that the latest are last
            self._thumbnails |= thumbnails
            _forget_those_out_of_view()
            self._requested.clear()  # items still in view are requested again by the repaint
            self.images_read.emit()

        def on_error(error: Exception) -> None:
            if not isinstance(error, CancelledError):
                log.error("thumbnails could not be read", exc_info=error)

        self._tasks.start(DECODE, job, on_done, on_error, key=self._key)

    def _read_batch(
        self, source: object, requested: list[tuple[str, object]], is_cancelled: IsCancelled
    ) -> dict[str, _Thumbnail]:
        thumbnails = {}
        for name, item in requested:
            if is_cancelled():
                raise CancelledError
            try:
                image = self._read_one(source, item)
            except FaceMatchError as exc:
                log.warning("a thumbnail cannot be read")
                thumbnails[name] = _Thumbnail(item, None, error_message(exc))
            else:
                small = preview_of(image, self._longest_px) if image is not None else None
                thumbnails[name] = _Thumbnail(item, small, "")
        return thumbnails


def read_unread() -> None:
    """Read what could not be read anew, in all views: the server was away, and is back."""
    for cache in [*_caches]:
        cache.forget_unread()


def forget_hidden_images() -> None:
    """Forget the thumbnails of views that are hidden or gone, those that a list no longer has, and what was
    scaled of them to be painted. They are read again when they are shown."""
    for cache in [*_caches]:
        cache.forget_what_is_not_listed()
    known = (one.image for cache in _caches for one in cache._thumbnails.values() if one.image is not None)
    forget_most_painted({image.cacheKey() for image in known})


def read_face(gallery: Gallery, face: FaceRecord) -> QImage | None:
    """A square image of a face, read from its crop; None if it has no crop."""
    try:
        return face_image(gallery.pixels_of(face), face.box) if face.file else None
    except ImageUnreadableError:
        now = gallery.existing_faces([face.id])
        if not now or now[0].file == face.file:
            raise
        return read_face(gallery, now[0])  # an edit has moved the crop since the view was filled


def read_cover(gallery: Gallery, person: Person) -> QImage | None:
    """The cover of a person; None where there is no crop."""
    cover = gallery.cover_of(person)
    return read_face(gallery, cover) if cover is not None else None


def _forget_those_out_of_view() -> None:
    """Forget what was painted longest ago, in whichever view, until the rest takes no more than it may."""
    taken, now = sum(one.bytes for cache in _caches for one in cache._thumbnails.values()), monotonic()
    while oldest := min(
        (cache._thumbnails for cache in _caches if cache._thumbnails),
        key=lambda thumbnails: next(iter(thumbnails.values())).painted,
        default=None,
    ):
        name, thumbnail = next(iter(oldest.items()))
        if taken <= MOST_BYTES or now - thumbnail.painted < UNPAINTED_S:
            return
        taken -= thumbnail.bytes
        del oldest[name]
