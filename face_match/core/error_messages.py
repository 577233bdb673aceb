"""The one place where an error or a doubt becomes a sentence for a person: what happened, what to do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from face_match.core import errors
from face_match.core.types import SMALLEST_BOX_PX, Box, FaceQuality

UNKNOWN = "not known"


def _typed(error: errors.InvalidNameError | errors.InvalidBirthDateError) -> str:
    if isinstance(error, errors.InvalidNameError):
        return f"“{error.name}” cannot be a name: {error.reason}."
    return (
        f"“{error.text}” cannot be a birth date. Give a year, a month or a day that has been: "
        "2014, 2014-05 or 2014-05-17."
    )


def sentence(error: errors.FaceMatchError) -> str:
    """What to show or print of an error."""
    match error:
        case errors.ImageUnreadableError() | errors.NoFaceError() | errors.SeveralFacesError():
            return _photo(error)
        case errors.BoxUnusableError():
            return _box(error)
        case (
            errors.PersonNotFoundError()
            | errors.FaceNotFoundError()
            | errors.FaceUnnamedError()
            | errors.ConflictNotFoundError()
        ):
            return _missing(error)
        case errors.InvalidNameError() | errors.InvalidBirthDateError():
            return _typed(error)
        case errors.AlreadyAddedError() | errors.FaceNamedError() | errors.SamePhotoError():
            return _there_already(error)
        case errors.NameTakenError():
            return f"Somebody else is called {error.name}. “merge” makes one person of the two."
        case errors.TooLittleDataError():
            people = counted(error.people, "person", "people")
            return f"Too little data: {people} with 2 faces or more; {error.needed} are needed."
        case errors.CancelledError():
            return "Cancelled."
        case (
            errors.SidecarError()
            | errors.ReportWriteError()
            | errors.FileWriteError()
            | errors.FolderUnreadableError()
        ):
            return _file(error)
        case errors.LabelsUnreadableError():
            return f"The groups in {error.path.name} cannot be read: {error.reason}."
        case errors.ModelError():
            return _model(error)
        case errors.GalleryError():
            return _gallery(error)
    return str(error) or type(error).__name__


MANY = 0.2
"""From here on a share is told as one, not as one in so many."""
RARE = 1e-5
"""Less is not told exactly."""


def too_close(one: str, other: str) -> str:
    """Why a face matches neither of two people."""
    return f"{one} and {other} are easily mixed up: too close to decide."


def across_childhood(name: str, years_apart: float, age: float | None) -> str:
    """Why a suggestion is a maybe at most.

    Args:
        age: of the person at the time of the earlier photo, in years; None where not known.
    """
    apart = f"The photos are {years_apart:.0f} years apart"
    if age is None:
        return f"{apart}, and {name} may have been a child: the birth date is not known."
    if age < -1:
        return f"{apart}, and {name} was not born yet when the earlier one was taken."
    return f"{apart}, and {name} was a child."


def chance_in_words(probability: float) -> str:
    """ "97 %"; never certainty."""
    if probability > 0.99:
        return "> 99 %"
    return "< 1 %" if probability < 0.01 else f"{probability:.0%}".replace("%", " %")


def one_in(share: float) -> str:
    """ "about 1 in 90", "fewer than 1 in 100,000", "25 % of"; what they are comes next."""
    if share > MANY:
        return f"{100 * share:.0f} % of"
    return f"about 1 in {rounded(1 / share):,}" if share > RARE else f"fewer than 1 in {round(1 / RARE):,}"


def rounded(count: float) -> int:
    """To two digits, and no further below ten."""
    digits = max(0, len(str(round(count))) - 2)
    return int(round(count, -digits))


def risky(threshold: float, fpir: float, safer: float, rate: float) -> str:
    """Of a threshold that a person has set."""
    return (
        f"At the threshold of {threshold:.3f}, {one_in(fpir)} strangers would get a wrong suggestion in this "
        f"gallery. At {safer:.3f} it is {one_in(rate)}."
    )


def less_sure(threshold: float, default: float) -> str:
    """Of a gallery in which the default threshold would let in too many strangers."""
    return (
        "The people of this gallery look alike to the model, and suggestions are less sure here. So the "
        f"threshold is {threshold:.3f}, not {default:.3f}. “Check” lists who is like whom."
    )


def many_children(count: int) -> str:
    """Of a gallery in which many have a birth date of a child."""
    return (
        f"{count:,} people of this gallery are children. The model tells children apart less well, so "
        "suggestions are less sure here."
    )


def from_gallery(threshold: float, people: int) -> str:
    """Of an added model, whose own default is a guess."""
    return f"Threshold {threshold:.3f}: from {counted(people, 'person', 'people')} of this gallery."


def counted(count: int, one: str, many: str) -> str:
    """ "1 person", "1,204 people"."""
    return f"{count:,} {one if count == 1 else many}"


def percent(share: float) -> str:
    """ "1.1 %", "0.044 %", "99.953 %": two digits of what there is, or of what lacks, down to 0.0001 %."""
    if math.isnan(share):
        return UNKNOWN
    rest = 100 * min(share, 1 - share)
    decimals = 0 if rest < 1e-9 else min(4, max(1, 1 - math.floor(math.log10(rest))))
    return f"{100 * share:.{decimals}f} %"


def round_percent(share: float) -> str:
    """ "0.1 %": of what was chosen, not measured."""
    return f"{100 * share:g} %"


def unreliable(quality: FaceQuality) -> str:
    """What to warn of before and after an unusable face is added."""
    *others, last = quality.reasons
    reasons = f"{', '.join(others)} and {last}" if others else last
    return f"This face is {reasons}; matches against it will be unreliable."


def _missing(
    error: errors.PersonNotFoundError
    | errors.FaceNotFoundError
    | errors.FaceUnnamedError
    | errors.ConflictNotFoundError,
) -> str:
    match error:
        case errors.PersonNotFoundError():
            return f"There is nobody called “{error.name}” in the gallery."
        case errors.FaceNotFoundError():
            return f"There is no face {error.face_id} in the gallery. “show” lists a person’s."
        case errors.FaceUnnamedError():
            return f"The face {error.face_id} has no name."
        case errors.ConflictNotFoundError():
            return f"There is no open conflict {error.conflict_id}. “conflicts” lists them."


def _photo(error: errors.ImageUnreadableError | errors.NoFaceError | errors.SeveralFacesError) -> str:
    match error:
        case errors.ImageUnreadableError():
            return f"{error.name} is not a readable image ({error.reason})."
        case errors.NoFaceError():
            where = f" where {error.person} is marked" if error.person else ""
            return f"No face was found in {error.name}{where}."
        case errors.SeveralFacesError():
            return _several_faces(error)


def _several_faces(error: errors.SeveralFacesError) -> str:
    if error.person:
        return (
            f"{len(error.boxes)} faces were found in {error.name}, and none of them matches "
            f"another photo of {error.person}."
        )
    listed = "; ".join(f"{i} at {_place(box)}" for i, box in enumerate(error.boxes, start=1))
    if error.wanted is not None:
        return f"{error.name} has no face {error.wanted}. Its faces: {listed}."
    return (
        f"{len(error.boxes)} faces were found in {error.name}: {listed}. "
        "Say which one with --face and its number."
    )


def _box(error: errors.BoxUnusableError) -> str:
    if not error.seen.area:
        return f"The box at {_place(error.box)}, lies outside {error.name}. Draw it around a face."
    least = f"{SMALLEST_BOX_PX} × {SMALLEST_BOX_PX}"
    return f"The box at {_place(error.seen)}, is too small: a face in {error.name} needs {least} or more."


def _place(box: Box) -> str:
    return f"({box.x:.0f}, {box.y:.0f}), {box.width:.0f} × {box.height:.0f} pixels"


def _there_already(error: errors.AlreadyAddedError | errors.FaceNamedError | errors.SamePhotoError) -> str:
    if isinstance(error, errors.AlreadyAddedError):
        return f"This face is {error.person} already."
    if isinstance(error, errors.FaceNamedError):
        return f"This face is {error.person}. Use “add --replace” to give it another name."
    return f"{error.name} is the same photo as {error.first}, and was counted once."


def _file(
    error: errors.SidecarError
    | errors.ReportWriteError
    | errors.FileWriteError
    | errors.FolderUnreadableError,
) -> str:
    if isinstance(error, errors.FolderUnreadableError):
        return f"The folder {error.path.name} cannot be read ({error.reason}). Photos in it were left out."
    if isinstance(error, errors.ReportWriteError):
        return f"The report could not be written to {error.path.name} ({error.reason})."
    if isinstance(error, errors.FileWriteError):
        place = "/".join(error.path.parts[-2:])
        return f"{place} could not be written ({error.reason}). Nothing half written was left."
    if isinstance(error, errors.SidecarUnreadableError):
        return f"{error.name} is not a readable XMP side-car ({error.reason}). It was left as it is."
    if isinstance(error, errors.SidecarNamesError):
        return f"{error.name} {error.reason}."
    return f"{error.name} could not be written ({error.reason}). What was saved before is unharmed."


def _model(error: errors.ModelError) -> str:
    match error:
        case errors.ModelMissingError(detail="unknown"):
            return f"There is no model called {error.model}. “models list” names those there are."
        case errors.ModelMissingError(model="facenet"):
            return (
                "FaceNet’s weights are not on this machine. Get them with “models download facenet” "
                "(92 MB), or use the built-in model."
            )
        case errors.ModelMissingError(detail="added"):
            return f"The file of {error.model} is gone. “models add FILE” brings it back."
        case errors.ModelMissingError():
            return (
                f"The weights of {error.model} are not installed. "
                "“pip install -r requirements.txt” brings them."
            )
        case errors.ModelDamagedError():
            return (
                f"The weights of {error.model} are damaged ({error.detail}). "
                "Delete the file and get it again; “doctor” says where it is."
            )
        case errors.ModelFailedError():
            return (
                f"The model {error.model} failed: {error.detail}. It was stopped, and other photos are not "
                "affected. If this happens often, use another model."
            )
        case errors.ModelRefusedError():
            return f"{error.model} was not added: {error.detail}."
        case errors.DownloadError():
            return (
                f"{error.model} could not be downloaded: {error.detail}. "
                "Try again; it goes on where it stopped."
            )
        case errors.EngineMissingError():
            return (
                f"The {error.model} engine needs the package {error.detail}. "
                "“pip install -r requirements-dev.txt” brings it."
            )
        case errors.EngineLacksError():
            return f"The {error.model} engine cannot {error.detail}. Leave out --engine {error.model}."
    return f"{error.model}: {error.detail}"


def _gallery(error: errors.GalleryError) -> str:
    name = error.path.name
    match error:
        case errors.GalleryUnsafeError():
            return (
                f"{name} {error.detail}, and nothing is read or written through it. "
                "Put the real file or folder in its place."
            )
        case errors.UndoImpossibleError():
            return (
                f"“{error.detail}” cannot be undone or redone: something else has changed the gallery since. "
                "Nothing was changed."
            )
        case errors.GalleryDamagedError(backup=None):
            return (
                f"{name} cannot be read ({error.detail}). It was left as it is, and there is no "
                "backup that can be read."
            )
        case errors.GalleryDamagedError(backup=Path() as backup):
            return (
                f"{name} cannot be read ({error.detail}). It was left as it is. The backup{_of(backup)} "
                f"can be read: “restore {backup.name}” puts it in its place."
            )
        case errors.BackupUnusableError():
            return f"{name} is not a backup that can be restored ({error.detail}). The gallery is as it was."
        case errors.ArchiveUnusableError():
            return f"{name} cannot be imported: {error.detail}. The gallery is as it was."
        case errors.GalleryEncryptedError():
            return f"The gallery in {name} is encrypted: its passphrase is needed."
        case errors.WrongPassphraseError():
            return f"That is not the gallery’s passphrase (in {name}). Nothing was changed."
        case errors.KeyringError():
            return (
                f"The system’s keyring cannot be used, or does not hold the key of {name}. Unlock it and try "
                "again, on the machine and as the user where the gallery was encrypted."
            )
        case errors.GalleryNewerError():
            return (
                f"{name} was written by a newer version of Face Match (format {error.detail}). "
                "Update the program to open it."
            )
        case errors.GalleryLockedError():
            return _locked(error)
        case errors.GalleryWriteError():
            return _unwritten(error)
    return f"{name}: {error.detail}"


def _locked(error: errors.GalleryLockedError) -> str:
    if isinstance(error, errors.GalleryLockLostError):
        return (
            f"Nothing was changed in {error.path.name}: {error.detail} while the gallery was open, and "
            "another program may have written to it since. Open it again to go on."
        )
    return f"The gallery is in use by another Face Match ({error.detail}). It can be looked at, not changed."


def _unwritten(error: errors.GalleryWriteError) -> str:
    failed = f"{error.path.name} could not be written ({error.detail})."
    if isinstance(error, errors.ErasingPendingError):
        return (
            f"{failed} Erasing {error.name or 'everybody'} was begun and is not finished: it goes on when "
            "the gallery is next opened for writing."
        )
    return f"{failed} What was saved before is unharmed."


def _of(backup: Path) -> str:
    """ " of 3 May 2026, 10:15", or nothing where the file has gone since."""
    try:
        changed = backup.stat().st_mtime
    except OSError:
        return ""
    return f" of {datetime.fromtimestamp(changed):%d %B %Y, %H:%M}"


MOST_NAMED = 10


def left_readable(names: Sequence[str]) -> str:
    """What to say of files and folders in a gallery that were not encrypted with it."""
    named = ", ".join(names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Not encrypted, because Face Match did not make them: {named}{more}. Anybody can still read them."
