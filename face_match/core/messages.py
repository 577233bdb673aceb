"""Errors, warnings and notes as sentences: what happened, then what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from face_match.core import errors
from face_match.core.installation import install_command
from face_match.core.number_text import one_in, plural
from face_match.core.types import MIN_BOX_PX, Box, FaceQuality


def _invalid_input(error: errors.InvalidNameError | errors.InvalidBirthDateError) -> str:
    if isinstance(error, errors.InvalidNameError):
        return f"“{error.name}” cannot be a name: {error.reason}."
    return (
        f"“{error.text}” is not a birth date. Enter a year, a month or a day in the past: "
        "2014, 2014-05 or 2014-05-17."
    )


def error_message(error: errors.FaceMatchError) -> str:
    """The sentence, or sentences, to show or print for an error."""
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
            return _invalid_input(error)
        case errors.AlreadyAddedError() | errors.FaceNamedError() | errors.SamePhotoError():
            return _already_done(error)
        case errors.NameTakenError():
            return f"Another person is called {error.name}. “merge” combines the two people."
        case errors.TooLittleDataError():
            people = plural(error.people, "person has", "people have")
            return f"Not enough data: {people} 2 faces or more; {error.needed} are needed."
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


def too_close_note(one: str, other: str) -> str:
    """Why a face matches neither of two people."""
    return f"{one} and {other} are easily mixed up: too close to decide."


def across_childhood(name: str, years_apart: float, age: float | None) -> str:
    """Why a suggestion is at most a "maybe".

    Args:
        age: the person's age in the earlier photo, in years; None if unknown.
    """
    apart = f"The photos are {years_apart:.0f} years apart"
    if age is None:
        return f"{apart}, and {name} may have been a child: the birth date is not known."
    if age < -1:
        return f"{apart}, and {name} was not born yet when the earlier one was taken."
    return f"{apart}, and {name} was a child."


def risky_threshold_warning(threshold: float, fpir: float, safer: float, rate: float) -> str:
    """Warning for a threshold set by the user.

    Args:
        threshold: the similarity score that the user set.
        fpir: false positive identification rate at that threshold, 0..1.
        safer: the threshold for the FPIR `rate`.
    """
    return (
        f"At threshold {threshold:.3f}, {one_in(fpir)} strangers would get a wrong suggestion in this "
        f"gallery. At {safer:.3f} it is {one_in(rate)}."
    )


def raised_threshold_note(threshold: float, default: float) -> str:
    """Why the threshold of a gallery is higher than the model's default."""
    return (
        "People in this gallery look alike to the model, so the threshold was raised from "
        f"{default:.3f} to {threshold:.3f}. “Check” lists who looks alike."
    )


def many_children_note(count: int) -> str:
    """Warning for a gallery with many people whose birth dates make them children."""
    return (
        f"{count:,} people in this gallery are children. The model distinguishes children less well, so "
        "suggestions are less reliable here."
    )


def gallery_threshold_note(threshold: float, people: int) -> str:
    """How the threshold of an added model was chosen; `people`: number of people that it was learned from."""
    return f"Threshold {threshold:.3f}, learned from {plural(people, 'person', 'people')} in this gallery."


def unusable_face_warning(quality: FaceQuality) -> str:
    """Warning before and after an unusable face is added."""
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
            return f"There is no person called “{error.name}” in the gallery."
        case errors.FaceNotFoundError():
            return (
                f"There is no face {error.face_id} in the gallery. “show NAME” lists the faces of a person."
            )
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
    if error.face_number is not None:
        return f"{error.name} has no face {error.face_number}. Its faces: {listed}."
    return (
        f"{len(error.boxes)} faces were found in {error.name}: {listed}. "
        "Choose one with --face and its number."
    )


def _box(error: errors.BoxUnusableError) -> str:
    if not error.visible_part.area:
        return f"The box at {_place(error.box)}, lies outside {error.name}. Draw it around a face."
    least = f"{MIN_BOX_PX} × {MIN_BOX_PX}"
    place = _place(error.visible_part)
    return f"The box at {place}, is too small: a face in {error.name} needs {least} or more."


def _place(box: Box) -> str:
    return f"({box.x:.0f}, {box.y:.0f}), {box.width:.0f} × {box.height:.0f} pixels"


def _already_done(error: errors.AlreadyAddedError | errors.FaceNamedError | errors.SamePhotoError) -> str:
    if isinstance(error, errors.AlreadyAddedError):
        return f"This face is already {error.person}."
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
        return f"The folder {error.path.name} cannot be read ({error.reason}). Its photos were skipped."
    if isinstance(error, errors.ReportWriteError):
        return f"The report could not be written to {error.path.name} ({error.reason})."
    if isinstance(error, errors.GalleryDestinationError):
        return f"Nothing was written to {error.path.name}: it belongs to the gallery. Choose another place."
    if isinstance(error, errors.FileWriteError):
        place = "/".join(error.path.parts[-2:])
        return f"{place} could not be written ({error.reason}). No incomplete file was left."
    if isinstance(error, errors.SidecarUnreadableError):
        return f"{error.name} is not a readable XMP sidecar ({error.reason}). It was not changed."
    if isinstance(error, errors.SidecarNamesError):
        return f"{error.name} {error.reason}."
    return f"{error.name} could not be written ({error.reason}). Data saved before is not affected."


def _model(error: errors.ModelError) -> str:
    match error:
        case errors.ModelMissingError(detail="unknown"):
            return f"There is no model called {error.model}. “models list” shows the available models."
        case errors.ModelMissingError(model="facenet"):
            return (
                "FaceNet’s weights are not installed. Download them with “models download facenet” "
                "(92 MB), or use the built-in model."
            )
        case errors.ModelMissingError(detail="added"):
            return f"The file of {error.model} is missing. Add it again with “models add FILE”."
        case errors.ModelMissingError():
            return f"The weights of {error.model} are not installed. Install them with “{install_command()}”."
        case errors.ModelDamagedError():
            return (
                f"The weights of {error.model} are damaged ({error.detail}). "
                "Delete the file and download it again. “doctor” shows where it is."
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
                "Try again: the download resumes where it stopped."
            )
        case errors.EngineMissingError():
            return (
                f"The {error.model} engine needs the package {error.detail}. "
                f"Install it with “{install_command('reference')}”."
            )
        case errors.EngineLacksError():
            return f"The {error.model} engine cannot {error.detail}. Leave out --engine {error.model}."
    return f"{error.model}: {error.detail}"


def _gallery(error: errors.GalleryError) -> str:
    name = error.path.name
    match error:
        case errors.GalleryUnsafeError():
            return (
                f"{name} {error.detail}. Nothing was read or written through it. "
                "Put the real file or folder in its place."
            )
        case errors.UndoImpossibleError():
            return (
                f"“{error.detail}” cannot be undone or redone, because the gallery has changed since. "
                "Nothing was changed."
            )
        case errors.GalleryDamagedError(backup=None):
            return f"{name} cannot be read ({error.detail}). It was not changed. There is no readable backup."
        case errors.GalleryDamagedError(backup=Path() as backup):
            return (
                f"{name} cannot be read ({error.detail}). It was not changed. The backup{_of(backup)} can "
                f"be read. Restore it with “restore {backup.name}”."
            )
        case errors.ClearPendingError() | errors.BackupUnusableError():
            return _not_restorable(error)
        case errors.ArchiveUnusableError():
            return f"{name} cannot be imported: {error.detail}. The gallery was not changed."
        case errors.GalleryEncryptedError():
            return f"The gallery in {name} is locked. Its passphrase is needed."
        case errors.WrongPassphraseError():
            return f"Wrong passphrase for the gallery in {name}. Nothing was changed."
        case errors.KeyringError():
            return (
                f"The system’s keyring is not available, or does not hold the key of {name}. Unlock the "
                "keyring and try again, on the computer and in the user account that encrypted the gallery."
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


def _not_restorable(error: errors.ClearPendingError | errors.BackupUnusableError) -> str:
    name = error.path.name
    if isinstance(error, errors.ClearPendingError):
        return (
            f"The deletion of all people in {name} is not finished. If it was interrupted, it is completed "
            "when the gallery is next opened for writing, as by “clear”."
        )
    if isinstance(error, errors.BackupClearedError):
        return (
            f"{name} cannot be restored: it was deleted with all people. That deletion had been interrupted "
            "and is complete now."
        )
    return f"{name} cannot be restored ({error.detail}). The gallery was not changed."


def _locked(error: errors.GalleryLockedError) -> str:
    if isinstance(error, errors.GalleryLockLostError):
        return (
            f"Nothing was changed in {error.path.name}: {error.detail} while the gallery was open, and "
            "another program may have written to it since. Open it again to continue."
        )
    return (
        f"The gallery is in use by another Face Match ({error.detail}). You can view it, but not change it."
    )


def _unwritten(error: errors.GalleryWriteError) -> str:
    failed = f"{error.path.name} could not be written ({error.detail})."
    if isinstance(error, errors.ErasingPendingError):
        return (
            f"{failed} The deletion of {error.name or 'all people'} is not finished. It resumes when "
            "the gallery is next opened for writing."
        )
    return f"{failed} Data saved before is not affected."


def _of(backup: Path) -> str:
    """The time of a backup, as in " of 3 May 2026, 10:15"; "" if the file is gone."""
    try:
        changed = backup.stat().st_mtime
    except OSError:
        return ""
    return f" of {datetime.fromtimestamp(changed):%d %B %Y, %H:%M}"


MAX_LISTED = 10


def unencrypted_files_warning(names: Sequence[str]) -> str:
    """Warning about files and folders in an encrypted gallery that are not encrypted."""
    named = ", ".join(names[:MAX_LISTED])
    more = f" and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else ""
    return (
        f"Not encrypted, because Face Match did not create them: {named}{more}. Anyone can still read them."
    )
