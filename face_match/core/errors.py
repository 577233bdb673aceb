"""What can go wrong outside the program, one kind for each thing a person would do differently.

    FaceMatchError
    ├── ImageUnreadableError          a file that is not a photo we can read
    ├── FolderUnreadableError         a folder whose photos are not known
    ├── NoFaceError                   a photo without a face
    ├── SeveralFacesError             a photo with several faces where one has to be named
    ├── BoxUnusableError              a box that was drawn has too little of the photo in it
    ├── PersonNotFoundError
    ├── InvalidNameError
    ├── InvalidBirthDateError         a text that is no date on which somebody can have been born
    ├── SamePhotoError                a file that is there twice where it should count once
    ├── AlreadyAddedError             this face is that person's already
    ├── FaceNamedError                this face is another person's
    ├── NameTakenError                somebody else is called that
    ├── FaceNotFoundError
    ├── FaceUnnamedError              the face is nobody's
    ├── ConflictNotFoundError         there is none of that id that is open
    ├── TooLittleDataError            there are too few samples to learn from
    ├── CancelledError                the person stopped the job
    ├── SidecarError
    │   ├── SidecarUnreadableError    an XMP side-car that cannot be read; it is left as it is
    │   ├── SidecarNamesError         names in it were not taken, and why
    │   └── SidecarWriteError         disk full, folder read-only …
    ├── ReportWriteError              disk full, folder read-only …
    ├── LabelsUnreadableError         a table of people's groups that is none, or not of these people
    ├── FileWriteError                the same, of another file that a person has asked for
    ├── ModelError
    │   ├── ModelMissingError         its weights are not on this machine
    │   ├── ModelDamagedError         its weights are here, but not as they should be
    │   ├── ModelFailedError          one that was added took too much memory or time, or died
    │   ├── ModelRefusedError         a file that is no model we can use, or not a safe one
    │   ├── DownloadError
    │   ├── EngineMissingError        a package that an optional engine needs is not installed
    │   └── EngineLacksError          an optional engine cannot do this
    └── GalleryError
        ├── GalleryDamagedError       the records cannot be read; they are left as they are
        │   └── GalleryUnsafeError    a part of it is a link, or a pipe or device: nothing is read through it
        ├── UndoImpossibleError       the records were changed by something else since
        ├── GalleryNewerError         written by a later version of the program
        ├── GalleryLockedError        another program writes to it
        │   └── GalleryLockLostError  it may have, as the lock was deleted
        ├── GalleryEncryptedError     its passphrase is needed
        ├── WrongPassphraseError
        ├── KeyringError              the system's keyring cannot be used, or has no key
        ├── BackupUnusableError       it cannot be put in the place of the records
        ├── ArchiveUnusableError      it is damaged or not safe to take in
        └── GalleryWriteError         disk full, folder read-only …
            └── ErasingPendingError   an erasing that was begun goes on when the gallery is opened again

Errors hold facts; `face_match.core.error_messages` words them. Anything else that is raised is a bug.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from face_match.core.types import Box


class FaceMatchError(Exception):
    """The base of all errors that a person can do something about."""


class ImageUnreadableError(FaceMatchError):
    """`name` is the file's name; `reason` says why in a few words: "truncated JPEG"."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class NoFaceError(FaceMatchError):
    """`person` is whose face is marked there, if somebody's is."""

    def __init__(self, name: str, person: str = "") -> None:
        super().__init__(name, person)
        self.name = name
        self.person = person


class FolderUnreadableError(FaceMatchError):
    """`path` is the folder; `reason` says why in a few words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class SeveralFacesError(FaceMatchError):
    """`wanted` is the number of the face that was asked for; `person` is whose photo it is, where that is
    known."""

    def __init__(self, name: str, boxes: Sequence[Box], wanted: int | None = None, person: str = "") -> None:
        super().__init__(name, boxes, wanted, person)
        self.name = name
        self.boxes = tuple(boxes)
        self.wanted = wanted
        self.person = person


class BoxUnusableError(FaceMatchError):
    """`name` is the photo's; `box` was drawn in it, `seen` is the part of that which lies in the photo."""

    def __init__(self, name: str, box: Box, seen: Box) -> None:
        super().__init__(name, box, seen)
        self.name = name
        self.box = box
        self.seen = seen


class PersonNotFoundError(FaceMatchError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


NOTHING_VISIBLE = "it needs at least one letter, digit or sign that can be seen"


class InvalidNameError(FaceMatchError):
    """`reason` says why it is no name, in words that go on after a colon."""

    def __init__(self, name: str, reason: str = NOTHING_VISIBLE) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class InvalidBirthDateError(FaceMatchError):
    """`text` is what was given as one."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class SamePhotoError(FaceMatchError):
    """`name` is the file's, with its folder; `first` is that of the photo that it is a copy of."""

    def __init__(self, name: str, first: str) -> None:
        super().__init__(name, first)
        self.name = name
        self.first = first


class AlreadyAddedError(FaceMatchError):
    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person


class FaceNamedError(FaceMatchError):
    """`person` is whose face it is."""

    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person


class NameTakenError(FaceMatchError):
    """`name` is that person's, as it is written in the gallery."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class FaceNotFoundError(FaceMatchError):
    def __init__(self, face_id: str) -> None:
        super().__init__(face_id)
        self.face_id = face_id


class FaceUnnamedError(FaceMatchError):
    """The face is nobody's."""

    def __init__(self, face_id: str) -> None:
        super().__init__(face_id)
        self.face_id = face_id


class ConflictNotFoundError(FaceMatchError):
    """There is none of that id that is open."""

    def __init__(self, conflict_id: str) -> None:
        super().__init__(conflict_id)
        self.conflict_id = conflict_id


class TooLittleDataError(FaceMatchError):
    """`people` have two samples or more; `needed` would be enough."""

    def __init__(self, people: int, needed: int) -> None:
        super().__init__(people, needed)
        self.people = people
        self.needed = needed


class CancelledError(FaceMatchError):
    pass


class SidecarError(FaceMatchError):
    """`name` is the file's name; `reason` says why in a few words."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class SidecarUnreadableError(SidecarError):
    pass


class SidecarNamesError(SidecarError):
    """`reason` goes on after the file's name: "may be of a.jpg or a.png: its names were not taken"."""


class SidecarWriteError(SidecarError):
    pass


class ReportWriteError(FaceMatchError):
    """`path` is the folder for the report; `reason` says why in a few words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class LabelsUnreadableError(FaceMatchError):
    """`path` is the table; `reason` says why, in words that go on after a colon."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class FileWriteError(FaceMatchError):
    """`path` is the file, or its folder; `reason` says why in a few words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class ModelError(FaceMatchError):
    """`model` is the model's id."""

    def __init__(self, model: str, detail: str = "") -> None:
        super().__init__(model, detail)
        self.model = model
        self.detail = detail


class ModelMissingError(ModelError):
    pass


class ModelDamagedError(ModelError):
    pass


class ModelFailedError(ModelError):
    """`model` is its title; `detail` says what happened, in words that go on after a colon."""


class ModelRefusedError(ModelError):
    """`model` is the file's name; `detail` says why, in words that go on after "because"."""


class DownloadError(ModelError):
    pass


class EngineMissingError(ModelError):
    pass


class EngineLacksError(ModelError):
    """`detail` says what it cannot do."""


class GalleryError(FaceMatchError):
    """`path` is the file or folder that is the matter."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail


class GalleryDamagedError(GalleryError):
    """`backup` is the newest backup that can be read, if any."""

    def __init__(self, path: Path, detail: str, backup: Path | None = None) -> None:
        super().__init__(path, detail)
        self.backup = backup


class GalleryUnsafeError(GalleryDamagedError):
    """`path` is the part that is not what it should be; `detail` says what it is."""


class UndoImpossibleError(GalleryError):
    """`detail` is the change that cannot be taken back, or not be done again."""


class BackupUnusableError(GalleryError):
    pass


class ArchiveUnusableError(GalleryError):
    pass


class GalleryEncryptedError(GalleryError):
    pass


class WrongPassphraseError(GalleryError):
    pass


class KeyringError(GalleryError):
    pass


class GalleryNewerError(GalleryError):
    """`detail` is the version that the file has."""


class GalleryLockedError(GalleryError):
    """`detail` says who holds the lock."""


class GalleryLockLostError(GalleryLockedError):
    """`detail` says what happened to a lock that was held."""


class GalleryWriteError(GalleryError):
    pass


class ErasingPendingError(GalleryWriteError):
    """`name` is who is to be erased; "" for everybody."""

    def __init__(self, path: Path, detail: str, name: str) -> None:
        super().__init__(path, detail)
        self.name = name


@contextlib.contextmanager
def gallery_write_errors(path: Path) -> Iterator[None]:
    """What the system refuses inside is raised as a GalleryWriteError."""
    try:
        yield
    except OSError as exc:
        raise GalleryWriteError(path, exc.strerror or type(exc).__name__) from exc
