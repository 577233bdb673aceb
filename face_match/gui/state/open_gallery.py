"""The open gallery: opening and closing it, edits of it with undo and redo, and long work with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    GalleryLockedError,
    GalleryMissingError,
    GalleryUnreadableError,
    GalleryWriteError,
    PurgePlanUnusableError,
    without_frames,
)
from face_match.core.gallery_folder import is_gone
from face_match.core.gallery_place import GalleryPlace, ServerAddress, place_text
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.core.server_errors import ChangedElsewhereError, ServerError, ServerRightsError
from face_match.core.settings import Settings
from face_match.gui import phrases
from face_match.gui.state.messages import Messages
from face_match.gui.state.network_shares import NetworkShares
from face_match.gui.state.others_changes import OthersChanges
from face_match.gui.state.server_password import NOT_KEPT, keep_password
from face_match.gui.state.step_traces import StepTrace, step_trace
from face_match.gui.state.tasks import (
    CLOSED_MAINTENANCE,
    FIND_PHOTO,
    GALLERY,
    IMPORT,
    MAINTENANCE,
    OPEN_GALLERY,
    SCAN,
    Tasks,
)
from face_match.gui.step_phrases import redid, undid
from face_match.gui.translation import marked, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.records.history import Step
    from face_match.gallery.storage.store import Closable

T = TypeVar("T")
_UNCHANGEABLE = (GalleryLockedError, GalleryWriteError, GalleryUnreadableError, PurgePlanUnusableError)

UNCHANGED = marked("Nothing was changed.")
BUSY = marked("Another task is using the gallery. Wait until it is finished, or cancel it.")


class _Opened(NamedTuple):
    gallery: Gallery
    model_id: str
    problem: FaceMatchError | None
    is_half_encrypted: bool
    did_keep: bool


class OpenGallery(QObject):
    """The gallery of one folder, open or not.

    Signals:
        opened, closed: `gallery` is another gallery, or none.
        refused: it could not be opened; gives the error.
        changed: people, faces or their embeddings are different; emitted once an edit.
        stepped: a step was undone or redone; gives its StepTrace, after `changed`.
        availability_changed: an edit, opening or other work has begun, or ended without a change.
        server_lost, server_back: the server of a shared gallery has gone, and is there again.

    Attributes:
        gallery: the gallery; None while it is not open.
        problem: why it is not open, or read-only.
        asked_for: the folder that was to be opened; the gallery may be elsewhere now.
        preferred_model: id of the model to open it with: the one chosen, else the one that embedded most of
            its faces.
        is_saving: an edit is under way; no other should begin.
        shares: the network shares that its photos may be opened from.
    """

    opened = Signal()
    refused = Signal(object)
    closed = Signal()
    changed = Signal()
    stepped = Signal(object)
    availability_changed = Signal()
    server_lost = Signal()
    server_back = Signal()

    def __init__(
        self,
        place: GalleryPlace,
        settings: Settings,
        tasks: Tasks,
        messages: Messages,
    ) -> None:
        super().__init__(tasks)
        self.place = place if isinstance(place, ServerAddress) else settings.located_gallery(place)
        self.asked_for = place
        self.gallery: Gallery | None = None
        self.problem: Exception | None = None
        self.preferred_model = ""
        self.is_half_encrypted = False
        self.is_saving = False
        self._listening: Closable | None = None
        self._to_refresh: Gallery | None = None  # while a task that will do so waits
        self._others = others = OthersChanges(self)
        others.changed.connect(self._on_changed_elsewhere)
        others.lost.connect(self.server_lost)
        others.back.connect(self.server_back)
        self.shares = NetworkShares(self.folder)
        self._passphrase: str | None = None
        self._was_there = self.place != place or place_text(place) in settings.recent
        self._settings = self.settings = settings
        self._tasks = tasks
        self._messages = messages

    @property
    def folder(self) -> Path:
        """The gallery's folder; of a gallery on a server, the one for what this computer alone keeps."""
        if isinstance(self.place, Path):
            return self.place
        return self.gallery.folder if self.gallery is not None else Path(self.place.name)

    # Opening and closing

    def open(self, passphrase: str | None = None, *, may_be_new: bool = False, keeps: bool = False) -> None:
        """Open it for writing, or read-only where that is impossible.

        Args:
            passphrase: of an encrypted one; else the one that was given before.
            may_be_new: begin a new gallery where the folder is gone.
            keeps: the system's keyring is to keep the password of the server, once it was right.
        """
        if passphrase is not None:
            self._passphrase = passphrase
        passphrase, chosen_model, was_open = self._passphrase, self._settings.model, self.gallery is not None
        close, place, was_there = self._detach(), self.place, self._was_there

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Opened:
            from face_match.gallery.gallery import Gallery
            from face_match.gallery.storage.vault import ENCRYPTED, state_of
            from face_match.workflows.models import model_for_gallery

            close()
            if isinstance(place, Path) and not may_be_new and is_gone(place, was_there=was_there):
                raise GalleryMissingError(place, "it is gone")
            problem: FaceMatchError | None = None
            try:
                gallery = Gallery.open(place, for_writing=True, passphrase=passphrase)
            except (*_UNCHANGEABLE, ServerRightsError) as exc:
                problem = without_frames(exc)
                gallery = Gallery.open(place, for_writing=False, passphrase=passphrase)
            is_half_encrypted = isinstance(place, Path) and state_of(place) not in (None, ENCRYPTED)
            did_keep = not (keeps and isinstance(place, ServerAddress)) or keep_password(place)
            model_id = model_for_gallery(gallery, chosen_model)
            return _Opened(gallery, model_id, problem, is_half_encrypted, did_keep)

        self._tasks.start(GALLERY, job, self._on_opened, self._on_refused, key=OPEN_GALLERY, owners=(self,))
        (self.closed if was_open else self.availability_changed).emit()

    def open_with_password(self, password: str, *, keeps: bool) -> None:
        """Open the gallery of a server with a password, which the system's keyring is to keep if `keeps`."""
        if isinstance(self.place, ServerAddress):
            self.place = replace(self.place, password=password)
            self.open(keeps=keeps)

    def open_at(self, folder: Path) -> None:
        """Open the gallery of another folder, where this one has been moved to; also at the next start."""
        self.go_on_at(folder)
        self.open()

    def go_on_at(self, folder: Path) -> None:
        """The closed gallery is in another folder from now on."""
        self.place, self.shares, self._was_there = folder, NetworkShares(folder), True

    def open_another(self, place: GalleryPlace) -> bool:
        """Open the gallery of another place instead of this one, or begin a new one there; returns whether
        it may be closed now."""
        if self._tasks.is_busy(SCAN):
            self._messages.post(translated(BUSY))
            return False
        if not self._may_begin():
            return False
        self.place = self.asked_for = place
        self.shares, self._passphrase = NetworkShares(self.folder), None
        self._was_there = place_text(place) in self._settings.recent
        self.open(may_be_new=not self._was_there)
        return True

    @property
    def is_opening(self) -> bool:
        """Whether it is being opened, or will be when the work that needs it closed ends."""
        return self._tasks.is_busy(OPEN_GALLERY) or self._tasks.is_busy(CLOSED_MAINTENANCE)

    @property
    def passphrase(self) -> str | None:
        """The passphrase of an encrypted gallery; None until it is given."""
        return self._passphrase

    def use_passphrase(self, passphrase: str | None) -> None:
        """Open the gallery with another passphrase the next time."""
        self._passphrase = passphrase

    def close(self) -> None:
        """Close it; ends the tasks that read or change it."""
        self._tasks.end_tasks_of(self)
        self.is_saving = False
        self._detach()()

    def _detach(self) -> Callable[[], None]:
        """Do without the gallery and end the tasks that read it; returns what closes its files."""
        gallery, self.gallery = self.gallery, None
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        if gallery is None:
            return lambda: None
        self._tasks.end_tasks_of(gallery)
        return gallery.close

    def _on_opened(self, opened: _Opened) -> None:
        self.gallery, self.problem = opened.gallery, opened.problem
        self._was_there = True
        self.is_half_encrypted = opened.is_half_encrypted
        self.preferred_model = opened.model_id
        self._listening = opened.gallery.listen(self._others)
        asked_for = self.asked_for
        if isinstance(asked_for, Path) and self.folder != self._settings.located_gallery(asked_for):
            self._settings.set_located(asked_for, self.folder)
            self._settings.save(self._messages.report)
        self.opened.emit()
        if opened.problem is not None:
            self._messages.report(opened.problem)
        if not opened.did_keep:
            self._messages.post(translated(NOT_KEPT))

    def _on_changed_elsewhere(self) -> None:
        """Show what others have changed. A server that is away is named by `server_lost`."""
        gallery = self.gallery
        if gallery is None or gallery is self._to_refresh:
            return
        self._to_refresh = gallery

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> bool:
            self._to_refresh = None  # what is announced from now on may come too late for it
            try:
                return gallery.refresh()
            except ServerError:
                return False

        def on_done(has_changed: bool) -> None:
            if has_changed:
                self.changed.emit()

        self._tasks.start(GALLERY, job, on_done, owners=(gallery,))

    def _on_refused(self, error: Exception) -> None:
        self.problem = error
        self.refused.emit(error)

    # Edits

    @property
    def can_edit(self) -> bool:
        """Whether an edit can begin now."""
        return self.gallery is not None and self.gallery.is_writable and not self.is_saving

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo; not while an import is adding to one."""
        return self._can_step and self.gallery is not None and bool(self.gallery.history)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return self._can_step and self.gallery is not None and bool(self.gallery.undone)

    @property
    def _can_step(self) -> bool:
        return self.can_edit and not self._tasks.is_busy(IMPORT)

    def undo(self) -> None:
        """Undo the last step of the history."""
        self._step(lambda gallery: gallery.undo(), undid)

    def redo(self) -> None:
        """Redo the step that was undone last."""
        self._step(lambda gallery: gallery.redo(), redid)

    def _step(self, take: Callable[[Gallery], Step | None], text: Callable[[Step | None], str]) -> None:
        traces: list[StepTrace] = []

        def change(gallery: Gallery) -> str:
            step = take(gallery)
            if step is not None:
                traces.append(step_trace(gallery, step))
            return text(step)

        def on_done() -> None:
            for trace in traces:
                self.stepped.emit(trace)

        self.edit(change, on_done)

    def edit(
        self,
        change: Callable[[Gallery], str],
        on_done: Callable[[], None] = lambda: None,
        on_failed: Callable[[], None] = lambda: None,
        *,
        is_as_seen: Callable[[Gallery], bool] = lambda gallery: True,
    ) -> None:
        """Change the gallery in the background, then post what `change` returns.

        Args:
            on_done, on_failed: called before the message is posted.
            is_as_seen: whether what is changed still is what the user saw; asked on a server, as pages stay
                as they are while a name is typed. What this gallery has not heard of the commit refuses.
        """
        gallery = self.gallery
        if gallery is None:
            return
        records, is_shared = gallery.records, isinstance(self.place, ServerAddress)

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            if is_shared and not is_as_seen(gallery):
                raise ChangedElsewhereError
            last_step = gallery.history[-1:]
            message = change(gallery)
            has_no_step = message.endswith(translated(phrases.UNDO)) and gallery.history[-1:] == last_step
            return translated(UNCHANGED) if has_no_step else message  # undo would reverse another edit

        def on_saved(message: str) -> None:
            self.is_saving = False
            self.changed.emit()
            on_done()
            self._messages.post(self._with_storage_change(message, records))

        def on_error(error: Exception) -> None:
            self.is_saving = False
            (self.changed if is_shared else self.availability_changed).emit()
            on_failed()
            self._messages.report(error)

        self.is_saving = True
        self._tasks.start(GALLERY, job, on_saved, on_error, owners=(self,))
        self.availability_changed.emit()

    def announce_change(self) -> None:
        """Tell that a task has changed faces, such as by embedding them."""
        self.changed.emit()

    def _with_storage_change(self, message: str, records_before: Path) -> str:
        """A message; and that the records are in a database now, where they have just moved there."""
        if self.gallery is not None and self.gallery.records != records_before:
            return phrases.join(message, translated(phrases.NOW_IN_SQLITE))
        return message

    # Looking up

    def find_photo(self, face: FaceRecord, on_found: Callable[[Path], object]) -> None:
        """Look up where the photo of a face was last seen; posts a message where that is unknown."""
        gallery = self.gallery
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Path | None:
            photo = gallery.photo(face.photo)
            return Path(photo.path) if photo is not None and photo.path else None

        def on_done(path: Path | None) -> None:
            if path is None:
                self._messages.post(translated(phrases.PHOTO_NOT_FOUND))
            else:
                on_found(path)

        self._tasks.start(GALLERY, job, on_done, key=FIND_PHOTO, owners=(gallery,))

    # Long work, one at a time; photos can be opened and named meanwhile

    @property
    def is_in_maintenance(self) -> bool:
        """Whether long work is under way: an import, an export, a backup, encryption …"""
        return any(map(self._tasks.is_busy, (MAINTENANCE, CLOSED_MAINTENANCE, IMPORT)))

    def run(
        self,
        title: str,
        work: Callable[[Gallery, OnProgress, IsCancelled], T],
        on_done: Callable[[T], str],
        stopped: str,
        *,
        key: str = MAINTENANCE,
        has_changed: bool = False,
        into: Path | None = None,
    ) -> None:
        """Work with the gallery in the background, unless other long work is under way.

        Args:
            on_done: called on the GUI thread with the result; returns the message to post.
            stopped: the message when it is cancelled with nothing done.
            key: `IMPORT` where it adds to one step of the history while it runs.
            has_changed: the gallery is different afterwards, also where the work failed or was cancelled.
            into: the folder that is written to.
        """
        gallery = self.gallery
        if gallery is None or not self._may_begin():
            return
        records = gallery.records
        ended = self.changed if has_changed else self.availability_changed

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> T:
            return work(gallery, on_progress, is_cancelled)

        def on_worked(result: T) -> None:
            ended.emit()
            message = on_done(result)
            if self.gallery is gallery:
                message = self._with_storage_change(message, records)
            if message:
                self._messages.post(message, into)

        def on_error(error: Exception) -> None:
            ended.emit()
            self._post_failure(error, stopped)

        self._tasks.start(MAINTENANCE, job, on_worked, on_error, title=title, key=key, owners=(self,))
        self.availability_changed.emit()

    def run_closed(
        self,
        title: str,
        work: Callable[[str | None, OnProgress, IsCancelled], str],
        stopped: str = "",
        *,
        can_stop: bool = True,
        is_for_servers: bool = False,
    ) -> None:
        """Work with the closed gallery, then open it again, whether that succeeded or not.

        Args:
            is_for_servers: the work knows galleries on servers too.
            work: gets the passphrase that the gallery was open with; returns the message to post.
            stopped: the message when it is cancelled.
        """
        is_refused = isinstance(self.place, ServerAddress) and not is_for_servers
        if is_refused or self._tasks.is_busy(SCAN):
            self._messages.post(translated(phrases.NOT_ON_SERVER if is_refused else BUSY))
            return
        if not self._may_begin():
            return
        passphrase, close = self._passphrase, self._detach()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            close()
            return work(passphrase, on_progress, is_cancelled)

        def on_done(message: str) -> None:
            self.open()
            self._messages.post(message)

        def on_error(error: Exception) -> None:
            close()  # where it was cancelled before it began
            self.open()
            self._post_failure(error, stopped)

        self._tasks.start(
            MAINTENANCE,
            job,
            on_done,
            on_error,
            title=title,
            key=CLOSED_MAINTENANCE,
            can_stop=can_stop,
            owners=(self,),
        )
        self.closed.emit()

    def _may_begin(self) -> bool:
        if self.is_in_maintenance:
            self._messages.post(translated(BUSY))
            return False
        return True

    def _post_failure(self, error: Exception, stopped: str) -> None:
        if isinstance(error, CancelledError) and stopped:
            self._messages.post(stopped)
        else:
            self._messages.report(error)
