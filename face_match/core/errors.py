"""The expected errors: one class for each thing that a user would do differently.

    FaceMatchError
    ├── ImageUnreadableError          file that is not a readable photo
    │   └── RawUnreadableError        RAW photo without a preview that can be read
    ├── FolderUnreadableError         folder that cannot be listed
    ├── NoFaceError                   photo without a face
    ├── SeveralFacesError             photo with several faces where one must be chosen
    ├── BoxUnusableError              drawn box outside the photo, or too small
    ├── PersonNotFoundError           name that no person in the gallery has
    ├── InvalidNameError              text that cannot be a name
    ├── InvalidBirthDateError         text that cannot be a birth date
    ├── SamePhotoError                second copy of a photo that counts once
    ├── AlreadyAddedError             face that already has this person's name
    ├── FaceNamedError                face that has another person's name
    ├── NameTakenError                name that another person has
    ├── FaceNotFoundError             id of no face in the gallery
    ├── FaceUnnamedError              face without a name
    ├── ConflictNotFoundError         id of no open conflict
    ├── TooLittleDataError            too few people with several faces
    ├── CancelledError                job that the user stopped
    ├── SharedGalleryError            in `core.server_errors`
    │   ├── ServerAddressError        text that is no address of a gallery on a server
    │   ├── ServerError
    │   │   ├── ServerGalleryMissingError schema without a gallery, opened for reading
    │   │   ├── ServerAwayError       server that cannot be reached, or has gone
    │   │   ├── ServerPasswordError   server that wants a password, or another one
    │   │   ├── ServerRightsError     user without the rights for the gallery
    │   │   └── ServerUnsuitableError server of an old version, or without pgvector
    │   ├── NotOnServerError          command that a gallery on a server does not have
    │   └── ChangedElsewhereError     edit of what someone else has changed meanwhile
    ├── ClusterError                  cluster that cannot be reached, or was lost
    │   └── WorkerRefusedError        worker without the program, or with another version or model
    ├── SidecarError
    │   ├── SidecarUnreadableError    damaged XMP sidecar; the file is not changed
    │   │   └── EmbeddedXmpUnreadableError  damaged XMP inside a photo; the photo is not changed
    │   ├── SidecarNamesError         names in a sidecar that were not imported
    │   ├── NamesUnreadableError      damaged catalogue, Picasa file …; the file is not changed
    │   └── SidecarWriteError         disk full, read-only folder …
    ├── PhotoWriteError               photo that could not be rewritten; it is as it was
    │   └── PhotoNotRewrittenError    photo of a kind that is not rewritten; a sidecar has its names
    ├── ReportWriteError              disk full, read-only folder …
    ├── LabelsUnreadableError         unusable table of group labels
    ├── FileWriteError                disk full, read-only folder …, for another file
    │   └── GalleryDestinationError   destination that is one of the gallery's own files or folders
    ├── ModelError
    │   ├── ModelMissingError         weights that are not installed
    │   ├── ModelDamagedError         weights that are damaged or changed
    │   ├── ModelFailedError          added model that crashed, or used too much memory or time
    │   ├── ModelRefusedError         file that is not a supported model, or not a safe one
    │   ├── DownloadError             failed download
    │   ├── EngineMissingError        optional package that is not installed
    │   └── EngineLacksError          operation that an optional engine does not support
    └── GalleryError
        ├── GalleryDamagedError       unreadable records; they are not changed
        │   ├── VaultDamagedError     damaged or changed `vault.json`, without which no backup can be read
        │   ├── PurgePlanUnusableError  damaged or outdated note of what a purge still has to delete
        │   └── GalleryUnsafeError    link, pipe or device in the place of a gallery's file or folder
        ├── GalleryUnreadableError    records that the system does not let be read; they may be whole
        ├── ClearPendingError         gallery whose people are all being deleted
        ├── UndoImpossibleError       change that later changes keep from being undone
        ├── GalleryNewerError         records of a later version of the program
        ├── GalleryLockedError        gallery that another program has open for writing
        │   └── GalleryLockLostError  lock or records that were replaced while the gallery was open
        ├── GalleryMissingError       folder of a gallery that is gone
        │   └── EncryptedGalleryMissingError  place without a gallery, though its passphrase is given
        ├── GalleryEncryptedError     encrypted gallery without its passphrase
        ├── WrongPassphraseError      passphrase that does not open the gallery
        ├── KeyringError              unavailable keyring, or a keyring without the key
        ├── BackupUnusableError       backup that cannot be restored
        │   └── BackupClearedError    backup that was deleted with all people
        ├── ArchiveUnusableError      archive that is damaged or unsafe
        ├── GalleryNotMovedError      folder to which a gallery cannot be moved
        └── GalleryWriteError         disk full, read-only folder …
            └── ErasingPendingError   purge that resumes when the gallery is next opened

Errors hold facts; `face_match.core.messages` makes sentences of them. Any other exception is a bug.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from face_match.core.types import Box


class FaceMatchError(Exception):
    """Base class of the errors that a user can act on."""


Error = TypeVar("Error", bound=FaceMatchError)


def without_frames(error: Error) -> Error:
    """The error itself, without traceback, cause and context. Call it for every error that is kept.

    The frames of a traceback keep what was in use when it was raised: the file and the decoded image.
    """
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


class _FileError(FaceMatchError):
    """`name`: file name. `reason`: short phrase, unless a subclass says otherwise."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class _PathError(FaceMatchError):
    """`path`: file or folder. `reason`: short phrase, unless a subclass says otherwise."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class ImageUnreadableError(_FileError):
    """`reason`: such as "truncated JPEG"."""


class RawUnreadableError(ImageUnreadableError):
    pass


class NoFaceError(FaceMatchError):
    """`name`: file name. `person`: the person marked in the photo, "" for none."""

    def __init__(self, name: str, person: str = "") -> None:
        super().__init__(name, person)
        self.name = name
        self.person = person


class FolderUnreadableError(_PathError):
    """`path`: the folder."""


class SeveralFacesError(FaceMatchError):
    """`boxes`: the photo's faces. `face_number`: the number that the user asked for. `person`: the person
    whose photo it is, "" if unknown."""

    def __init__(
        self, name: str, boxes: Sequence[Box], face_number: int | None = None, person: str = ""
    ) -> None:
        super().__init__(name, boxes, face_number, person)
        self.name = name
        self.boxes = tuple(boxes)
        self.face_number = face_number
        self.person = person


class BoxUnusableError(FaceMatchError):
    """`box`: the drawn box. `visible_part`: the part of it inside the photo."""

    def __init__(self, name: str, box: Box, visible_part: Box) -> None:
        super().__init__(name, box, visible_part)
        self.name = name
        self.box = box
        self.visible_part = visible_part


class PersonNotFoundError(FaceMatchError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


NOTHING_VISIBLE = "it needs at least one letter, digit or sign that can be seen"


class InvalidNameError(FaceMatchError):
    """`reason`: continues the sentence after a colon."""

    def __init__(self, name: str, reason: str = NOTHING_VISIBLE) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class InvalidBirthDateError(FaceMatchError):
    """`text`: what the user entered."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class SamePhotoError(FaceMatchError):
    """`name`: the copy, with its folder. `first`: the photo that counts."""

    def __init__(self, name: str, first: str) -> None:
        super().__init__(name, first)
        self.name = name
        self.first = first


class AlreadyAddedError(FaceMatchError):
    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person


class FaceNamedError(FaceMatchError):
    """`person`: the person who has the face."""

    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person


class NameTakenError(FaceMatchError):
    """`name`: the other person's name, as written in the gallery."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class FaceNotFoundError(FaceMatchError):
    def __init__(self, face_id: str) -> None:
        super().__init__(face_id)
        self.face_id = face_id


class FaceUnnamedError(FaceMatchError):
    def __init__(self, face_id: str) -> None:
        super().__init__(face_id)
        self.face_id = face_id


class ConflictNotFoundError(FaceMatchError):
    def __init__(self, conflict_id: str) -> None:
        super().__init__(conflict_id)
        self.conflict_id = conflict_id


class TooLittleDataError(FaceMatchError):
    """`people`: number of people with two faces or more. `needed`: the number required."""

    def __init__(self, people: int, needed: int) -> None:
        super().__init__(people, needed)
        self.people = people
        self.needed = needed


class CancelledError(FaceMatchError):
    pass


class ClusterError(FaceMatchError):
    """`address`: of the scheduler. `reason`: short phrase."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address, reason)
        self.address = address
        self.reason = reason


class WorkerRefusedError(ClusterError):
    """`worker`: its address, or the scheduler's. `reason`: continues the sentence after a colon."""

    def __init__(self, address: str, worker: str, reason: str) -> None:
        FaceMatchError.__init__(self, address, worker, reason)
        self.address, self.worker, self.reason = address, worker, reason


class SidecarError(_FileError):
    pass


class SidecarUnreadableError(SidecarError):
    """`are_places_wrong`: only the places cannot be used; the names are kept without them."""

    def __init__(self, name: str, reason: str, *, are_places_wrong: bool = False) -> None:
        super().__init__(name, reason)
        self.are_places_wrong = are_places_wrong


class EmbeddedXmpUnreadableError(SidecarUnreadableError):
    """`name`: the photo's."""


class SidecarNamesError(SidecarError):
    """`reason`: continues the sentence after the file's name, as in "may be of a.jpg or a.png: its names were
    not taken"."""


class NamesUnreadableError(SidecarError):
    """`name`: of a file that another program keeps names in, such as digikam4.db."""


class SidecarWriteError(SidecarError):
    pass


class PhotoWriteError(_FileError):
    pass


class PhotoNotRewrittenError(PhotoWriteError):
    pass


class ReportWriteError(_PathError):
    """`path`: folder of the report."""


class LabelsUnreadableError(_PathError):
    """`path`: the table. `reason`: continues the sentence after a colon."""


class FileWriteError(_PathError):
    """`path`: the file, or its folder."""


class GalleryDestinationError(FileWriteError):
    pass


class ModelError(FaceMatchError):
    """`model`: the model's id, unless a subclass says otherwise."""

    def __init__(self, model: str, detail: str = "") -> None:
        super().__init__(model, detail)
        self.model = model
        self.detail = detail


class ModelMissingError(ModelError):
    pass


class ModelDamagedError(ModelError):
    pass


class ModelFailedError(ModelError):
    """`model`: the model's title. `detail`: continues the sentence after a colon."""


class ModelRefusedError(ModelError):
    """`model`: file name. `detail`: continues the sentence after a colon."""


class DownloadError(ModelError):
    pass


class EngineMissingError(ModelError):
    pass


class EngineLacksError(ModelError):
    """`detail`: the operation, as in "cannot …"."""


class GalleryError(FaceMatchError):
    """`path`: the file or folder concerned."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail


class GalleryDamagedError(GalleryError):
    """`backup`: the newest readable backup, None for none."""

    def __init__(self, path: Path, detail: str, backup: Path | None = None) -> None:
        super().__init__(path, detail)
        self.backup = backup


class GalleryUnreadableError(GalleryError):
    """`path`: what the system refuses to read, as on a failing disk or without rights. It may be whole."""


class VaultDamagedError(GalleryDamagedError):
    """`path`: `vault.json`. `backup` is always None: backups cannot be read without it."""


class PurgePlanUnusableError(GalleryDamagedError):
    """`path`: `erasing.json`. `backup` is always None: restoring one would not help."""


class GalleryUnsafeError(GalleryDamagedError):
    """`path`: the part of the gallery. `detail`: what it is, as in "is a link"."""


class ClearPendingError(GalleryError):
    pass


class UndoImpossibleError(GalleryError):
    """`detail`: the change that cannot be undone or redone."""


class BackupUnusableError(GalleryError):
    pass


class BackupClearedError(BackupUnusableError):
    pass


class ArchiveUnusableError(GalleryError):
    pass


class GalleryMissingError(GalleryError):
    pass


class EncryptedGalleryMissingError(GalleryMissingError):
    pass


class GalleryEncryptedError(GalleryError):
    pass


class WrongPassphraseError(GalleryError):
    pass


class KeyringError(GalleryError):
    pass


class GalleryNewerError(GalleryError):
    """`detail`: the format version of the file. `newest`: the newest version that can be read."""

    def __init__(self, path: Path, detail: str, newest: str = "") -> None:
        super().__init__(path, detail)
        self.newest = newest


class GalleryLockedError(GalleryError):
    """`detail`: who holds the lock."""


class GalleryLockLostError(GalleryLockedError):
    """`detail`: what happened to the lock."""


class GalleryWriteError(GalleryError):
    pass


class GalleryNotMovedError(GalleryError):
    """`path`: the folder to which it was to be moved. `copies`: the folder with what was copied there, if
    any."""

    def __init__(self, path: Path, detail: str, copies: Path | None = None) -> None:
        super().__init__(path, detail)
        self.copies = copies


class ErasingPendingError(GalleryWriteError):
    """`name`: the person to purge, "" for all people."""

    def __init__(self, path: Path, detail: str, name: str) -> None:
        super().__init__(path, detail)
        self.name = name


@contextlib.contextmanager
def gallery_write_errors(path: Path) -> Iterator[None]:
    """Raise an OSError of the block as a GalleryWriteError for `path`."""
    try:
        yield
    except OSError as exc:
        raise GalleryWriteError(path, exc.strerror or type(exc).__name__) from exc


_NOT_PASSING = {errno.EISDIR, errno.ENOTDIR, errno.ELOOP, errno.ENXIO, errno.EINVAL, errno.EFBIG}
"""Of what is no file, or none of the program's."""


@contextlib.contextmanager
def gallery_read_errors(
    path: Path, damaged: type[GalleryDamagedError] = GalleryDamagedError
) -> Iterator[None]:
    """Raise an OSError of the block as a GalleryUnreadableError; as `damaged` for no file or too large."""
    try:
        yield
    except OSError as exc:
        detail = exc.strerror or type(exc).__name__
        if exc.errno is None or exc.errno in _NOT_PASSING:
            raise damaged(path, detail) from exc
        raise GalleryUnreadableError(path, detail) from exc
