"""Work on a gallery as a whole: backups, checks, storage, encryption, and deleting for good."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.core.gallery_place import ServerAddress
from face_match.core.progress import IsCancelled, OnProgress
from face_match.decision.threshold import is_match
from face_match.gui import phrases
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.translation import marked, tr, tr_count, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

ENCRYPTING, DECRYPTING = marked("Encrypting"), marked("Decrypting")
WITHOUT_PASSPHRASE = marked("Nobody can read it without the passphrase.")
WITHOUT_KEYRING = marked("Nobody can read it without your keyring.")


def _damaged(files: Sequence[str]) -> str:
    """The sentence about damaged files; "" where there are none."""
    return tr("Damaged and not changed: {files}.", files=", ".join(files)) if files else ""


def _purge_on_server(address: ServerAddress, name: str) -> str:
    from face_match.gallery.security.server_purge import purge_on_server

    result = purge_on_server(address, name)
    told = tr(
        "Deleted for good: {faces}, {crops}.",
        faces=phrases.faces(result.faces),
        crops=tr_count("{n} crop", "{n} crops", result.crops),
    )
    return phrases.join(told, translated(phrases.KEPT_BY_SERVER))


class Maintenance(QObject):
    """One piece of work at a time; the gallery posts what was done. `checked` gives its Health."""

    checked = Signal(object)

    def __init__(self, gallery: OpenGallery, threshold: ThresholdState) -> None:
        super().__init__(gallery)
        self._gallery = gallery
        self._threshold = threshold
        self._unencrypted: Sequence[str] = ()

    # With the gallery open

    def back_up(self) -> None:
        """Make a backup, where something has changed since the last one."""

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            if gallery.back_up() is None:
                return tr("Nothing has changed since the last backup.")
            contents = phrases.people_and_faces(len(gallery.people), gallery.face_count)
            return tr("Backup made: {contents}.", contents=contents)

        self._gallery.run("", work, str, "")

    def check(self) -> None:
        """Find lost crops and near-duplicates."""
        model_id, threshold = self._threshold.model_id, self._threshold.value

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> object:
            from face_match.gallery.health import check_gallery

            matches = partial(is_match, threshold=threshold)
            return check_gallery(gallery, model_id, matches, on_progress, is_cancelled)

        def on_done(health: object) -> str:
            self.checked.emit(health)
            return ""

        self._gallery.run(tr("Checking the gallery"), work, on_done, tr("Stopped."))

    # With the gallery closed

    def restore(self, backup: Path) -> None:
        """Restore a backup."""

        def work(passphrase: str | None, *_: object) -> str:
            from face_match.gallery.restore import restore

            aside = restore(self._gallery.folder, backup, passphrase)
            if aside is not None:
                return tr(
                    "Backup restored. The records that could not be read are kept as {name}.", name=aside.name
                )
            return phrases.undoable(tr("Backup restored."))

        self._gallery.run_closed(tr("Restoring the backup"), work, can_stop=False)

    def move_records(self, *, to_database: bool) -> None:
        """Switch between JSON and SQLite storage."""

        def work(passphrase: str | None, *_: object) -> str:
            from face_match.gallery.storage_change import move_records

            path = move_records(self._gallery.folder, to_database=to_database, passphrase=passphrase)
            return tr(
                "The gallery now uses {name}. The previous records are kept as a backup.", name=path.name
            )

        self._gallery.run_closed(tr("Changing the storage"), work, can_stop=False)

    def purge(self, name: str) -> None:
        """Delete a person for good; it can be cancelled until the first file is changed."""

        def work(passphrase: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.security.purge import purge

            place = self._gallery.place
            if isinstance(place, ServerAddress):
                return _purge_on_server(place, name)
            result = purge(self._gallery.folder, name, passphrase, on_progress, is_cancelled)
            if result.traces:
                return tr(
                    "Not everything of this person could be deleted. Left in: {files}",
                    files=", ".join(result.traces),
                )
            return tr(
                "Deleted for good: {faces}, {crops}, and entries in {files}. The gallery’s folder was "
                "searched: nothing of this person is left.",
                faces=phrases.faces(result.faces),
                crops=tr_count("{n} crop", "{n} crops", result.crops),
                files=tr_count("{n} file", "{n} files", len(result.records)),
            )

        self._gallery.run_closed(
            tr("Deleting a person"), work, tr("Stopped. Nothing was deleted."), is_for_servers=True
        )

    def clear(self) -> None:
        """Delete all people for good."""

        def work(passphrase: str | None, *_: object) -> str:
            from face_match.gallery.security.purge import clear

            place = self._gallery.place
            if isinstance(place, ServerAddress):
                from face_match.gallery.security.server_purge import clear_on_server

                clear_on_server(place)
                return phrases.join(tr("The gallery is empty."), translated(phrases.KEPT_BY_SERVER))
            left = clear(self._gallery.folder)
            if left:
                return tr(
                    "The gallery is empty. Files that are not the gallery’s were left: {files}",
                    files=", ".join(left),
                )
            return tr("The gallery is empty.")

        self._gallery.use_passphrase(None)
        self._gallery.run_closed(tr("Deleting all people"), work, can_stop=False, is_for_servers=True)

    def encrypt(self, passphrase: str | None) -> None:
        """Encrypt the gallery, or resume that.

        Args:
            passphrase: None to leave the key to the system's keyring.
        """

        def work(_: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.security.encryption import encrypt

            done = encrypt(self._gallery.folder, passphrase, on_progress, is_cancelled)
            self._unencrypted = done.readable
            return phrases.join(
                _damaged(done.lost),
                tr("The gallery is encrypted."),
                translated(WITHOUT_KEYRING if passphrase is None else WITHOUT_PASSPHRASE),
                tr("Your photos themselves stay as they are."),
            )

        self._gallery.use_passphrase(passphrase)
        stopped = tr(
            "Stopped. The gallery is partly encrypted. Choose Backup & privacy → Finish encrypting to resume."
        )
        self._gallery.run_closed(translated(ENCRYPTING), work, stopped)

    def take_unencrypted(self) -> Sequence[str]:
        """The files that the last encryption left as they were, once."""
        files, self._unencrypted = self._unencrypted, ()
        return files

    def decrypt(self) -> None:
        """Decrypt the gallery, or resume that."""

        def work(passphrase: str | None, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.security.encryption import decrypt

            done = decrypt(self._gallery.folder, passphrase, on_progress, is_cancelled)
            return phrases.join(
                _damaged(done.lost),
                tr_count(
                    "The gallery is no longer encrypted ({n} file).",
                    "The gallery is no longer encrypted ({n} files).",
                    done.files,
                ),
            )

        stopped = tr("Stopped. The gallery is partly encrypted. Choose Backup & privacy → Decrypt to resume.")
        self._gallery.run_closed(translated(DECRYPTING), work, stopped)

    def change_passphrase(self, old: str | None, new: str) -> None:
        """Change the passphrase.

        Args:
            old: None where the system's keyring has opened it.
        """

        def work(_: str | None, *rest: object) -> str:
            from face_match.gallery.security.encryption import change_passphrase

            change_passphrase(self._gallery.folder, old, new)
            self._gallery.use_passphrase(new)  # it is opened again with it
            return (
                tr("The passphrase was changed. Earlier copies of the gallery still open with the keyring.")
                if old is None
                else tr(
                    "The passphrase was changed. Earlier copies of the gallery still open with the old one."
                )
            )

        self._gallery.run_closed(tr("Changing the passphrase"), work, can_stop=False)
