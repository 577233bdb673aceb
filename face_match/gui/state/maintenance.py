"""What is done with a gallery as a whole: kept, looked after, locked and erased.

In a lane of its own, one at a time, so that photos can be looked at and named meanwhile. What needs the
gallery closed closes it, and opens it again whatever came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from face_match.core.error_messages import unencrypted_files_warning
from face_match.core.errors import CancelledError
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, OnProgress
from face_match.decision.threshold import is_match
from face_match.gui import phrases
from face_match.gui.state.gallery_edits import IMPORTING
from face_match.gui.state.tasks import KEEPING

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session

T = TypeVar("T")
BUSY = "Another task is using the gallery. Wait until it is finished, or cancel it."


def _damaged(files: Sequence[str]) -> str:
    """What to say first of files that were left as they are."""
    return f"Damaged and not changed: {', '.join(files)}. " if files else ""


class Keeping(QObject):
    """Of a session's gallery. What was done is said by the session; `checked` gives a gallery's Health."""

    checked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    # With the gallery open

    def back_up(self) -> None:
        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            if gallery.back_up() is None:
                return "Nothing has changed since the last backup."
            people = plural(len(gallery.people), "person", "people")
            return f"Backup made: {people}, {phrases.faces(gallery.face_count)}."

        self.with_gallery("", work, str, "")

    def check(self) -> None:
        """Look for lost crops and near-duplicates."""
        model_id, threshold = self._session.model_id, self._session.threshold

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> object:
            from face_match.gallery.health import check_gallery

            matches = partial(is_match, threshold=threshold)
            return check_gallery(gallery, model_id, matches, on_progress, is_cancelled)

        def then(health: object) -> str:
            self.checked.emit(health)
            return ""

        self.with_gallery("Checking the gallery", work, then, "Stopped.")

    # With the gallery closed

    def restore(self, backup: Path) -> None:
        """Make the gallery what it was in a backup."""

        def work(passphrase: str | None, *_: object) -> str:
            from face_match.gallery.restore import restore

            aside = restore(self._session.folder, backup, passphrase)
            if aside is not None:
                return f"Backup restored. The records that could not be read are kept as {aside.name}."
            return "Backup restored. Undo: Ctrl+Z."

        self._without_gallery("Restoring the backup", work, can_stop=False)

    def move_records(self, *, to_database: bool) -> None:
        """Keep the records in the other kind of file."""

        def work(passphrase: str | None, *_: object) -> str:
            from face_match.gallery.storage_change import move_records

            path = move_records(self._session.folder, to_database=to_database, passphrase=passphrase)
            return f"The gallery now uses {path.name}. The previous records are kept as a backup."

        self._without_gallery("Changing the storage", work, can_stop=False)

    def purge(self, name: str) -> None:
        """Delete a person for good; it can be stopped until the first file is changed."""

        def work(passphrase: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.security.purge import purge

            erased = purge(self._session.folder, name, passphrase, on_progress, is_cancelled)
            if erased.traces:
                return f"Not everything of this person could be deleted. Left in: {', '.join(erased.traces)}"
            files = plural(len(erased.records), "file", "files")
            return (
                f"Deleted for good: {phrases.faces(erased.faces)}, "
                f"{plural(erased.crops, 'crop', 'crops')}, and entries in {files}. "
                "The gallery’s folder was searched: nothing of this person is left."
            )

        self._without_gallery("Deleting a person", work, "Stopped. Nothing was deleted.")

    def clear(self) -> None:
        """Delete all people for good."""

        def work(passphrase: str | None, *_: object) -> str:
            from face_match.gallery.security.purge import clear

            left = clear(self._session.folder)
            return (
                f"Not everything could be deleted. Left in: {', '.join(left)}"
                if left
                else "The gallery is empty."
            )

        self._session.use_passphrase(None)
        self._without_gallery("Deleting all people", work, can_stop=False)

    def encrypt(self, passphrase: str | None) -> None:
        """Seal all that is kept, or go on with that.

        Args:
            passphrase: None to leave the key to the system's keyring.
        """

        def work(_: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.security.encryption import encrypt

            done = encrypt(self._session.folder, passphrase, on_progress, is_cancelled)
            return _damaged(done.lost) + (
                f"The gallery is encrypted ({plural(done.files, 'file', 'files')}). "
                f"Nobody can read it without {'your keyring' if passphrase is None else 'the passphrase'}."
                + (f" {unencrypted_files_warning(done.readable)}" if done.readable else "")
            )

        self._session.use_passphrase(passphrase)
        stopped = "Stopped. The gallery is partly encrypted. Choose Gallery → Finish encrypting to resume."
        self._without_gallery("Encrypting", work, stopped)

    def decrypt(self) -> None:
        """Make all readable again, or go on with that."""

        def work(passphrase: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.security.encryption import decrypt

            done = decrypt(self._session.folder, passphrase, on_progress, is_cancelled)
            files = plural(done.files, "file", "files")
            return _damaged(done.lost) + f"The gallery is no longer encrypted ({files})."

        stopped = "Stopped. The gallery is partly encrypted. Choose Gallery → Decrypt to resume."
        self._without_gallery("Decrypting", work, stopped)

    def change_passphrase(self, old: str | None, new: str) -> None:
        """Let another passphrase open the gallery.

        Args:
            old: None where the system's keyring has opened it.
        """

        def work(_: str | None, *rest: object) -> str:
            from face_match.gallery.security.encryption import change_passphrase

            change_passphrase(self._session.folder, old, new)
            self._session.use_passphrase(new)  # with which it is opened again
            return (
                "The passphrase was changed. Earlier copies of the gallery still open with the "
                f"{'keyring' if old is None else 'old passphrase'}."
            )

        self._without_gallery("Changing the passphrase", work, can_stop=False)

    # How it is done

    def with_gallery(
        self,
        title: str,
        work: Callable[[Gallery, OnProgress, IsCancelled], T],
        then: Callable[[T], str],
        stopped: str,
        *,
        key: str = "keeping",
    ) -> None:
        """Work in the background with the gallery open, if nothing else is being done with it.

        Args:
            then: called on the GUI thread with what came of it; makes the sentence to say.
            stopped: what to say where it was stopped with nothing done.
        """
        session, gallery = self._session, self._session.gallery
        if gallery is None or not self._is_free():
            return
        records = gallery.records

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> T:
            return work(gallery, on_progress, is_cancelled)

        def on_done(result: T) -> None:
            session.gallery_changed.emit()
            message = then(result)
            if session.gallery is gallery and gallery.records != records:
                message = f"{message} {phrases.NOW_IN_SQLITE}"
            if message:
                session.said.emit(message)
            session.rank()

        def on_error(error: Exception) -> None:
            session.gallery_changed.emit()
            self._tell(error, stopped)

        session.tasks.start(KEEPING, job, on_done, on_error, title=title, key=key)
        session.gallery_changed.emit()

    def _without_gallery(
        self,
        title: str,
        work: Callable[[str | None, OnProgress, IsCancelled], str],
        stopped: str = "",
        *,
        can_stop: bool = True,
    ) -> None:
        session = self._session
        if session.reviewing.is_scanning:
            session.said.emit(BUSY)
            return
        if not self._is_free():
            return
        passphrase, close = session.passphrase, session.let_go()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            close()
            return work(passphrase, on_progress, is_cancelled)

        def on_done(message: str) -> None:
            session.open_gallery()
            session.said.emit(message)

        def on_error(error: Exception) -> None:
            close()  # it was stopped before it began
            session.open_gallery()
            self._tell(error, stopped)

        session.tasks.start(
            KEEPING, job, on_done, on_error, title=title, key="keeping closed", can_stop=can_stop
        )
        session.gallery_changed.emit()

    @property
    def is_busy(self) -> bool:
        """Whether something is being done with the gallery."""
        return any(map(self._session.tasks.is_busy, ("keeping", "keeping closed", IMPORTING)))

    def _is_free(self) -> bool:
        if self.is_busy:
            self._session.said.emit(BUSY)
        return not self.is_busy

    def _tell(self, error: Exception, stopped: str) -> None:
        if isinstance(error, CancelledError) and stopped:
            self._session.said.emit(stopped)
        else:
            self._session.fail(error)
