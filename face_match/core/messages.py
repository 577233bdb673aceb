"""Errors as sentences: what happened, then what can be done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from face_match.core import errors, server_errors
from face_match.core.model_messages import model_message
from face_match.core.reasons import reason_text
from face_match.core.server_messages import server_message
from face_match.core.translation import moment_text, number, tr, tr_count
from face_match.core.types import MIN_BOX_PX, Box


def _invalid_input(error: errors.InvalidNameError | errors.InvalidBirthDateError) -> str:
    if isinstance(error, errors.InvalidNameError):
        return tr("“{name}” cannot be a name: {reason}.", name=error.name, reason=reason_text(error.reason))
    return tr(
        "“{text}” is not a birth date. Enter a year, a month or a day in the past: 2014, "
        "2014-05 or 2014-05-17.",
        text=error.text,
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
            return tr("Another person is called {name}. “merge” combines the two people.", name=error.name)
        case errors.TooLittleDataError() | errors.CancelledError() | errors.ClusterError():
            return _job(error)
        case (
            errors.SidecarError()
            | errors.PhotoWriteError()
            | errors.ReportWriteError()
            | errors.FileWriteError()
            | errors.FolderUnreadableError()
            | errors.LabelsUnreadableError()
        ):
            return _file(error)
        case errors.ModelError():
            return model_message(error)
        case errors.GalleryError():
            return _gallery(error)
        case server_errors.SharedGalleryError():
            return server_message(error)
    return str(error) or type(error).__name__


def _job(error: errors.TooLittleDataError | errors.CancelledError | errors.ClusterError) -> str:
    match error:
        case errors.TooLittleDataError():
            return tr_count(
                "Not enough data: {n} person has 2 faces or more; {needed} are needed.",
                "Not enough data: {n} people have 2 faces or more; {needed} are needed.",
                error.people,
                needed=error.needed,
            )
        case errors.CancelledError():
            return tr("Cancelled.")
        case errors.WorkerRefusedError():
            return tr(
                "{worker} of the cluster cannot work for this computer: {reason}.",
                worker=reason_text(error.worker),
                reason=reason_text(error.reason).rstrip("."),
            )
        case errors.ClusterError():
            return tr(
                "The cluster at {address} cannot be used: {reason}. Photos that were scanned before are "
                "recorded; the same command resumes.",
                address=error.address,
                reason=reason_text(error.reason),
            )


def _missing(
    error: errors.PersonNotFoundError
    | errors.FaceNotFoundError
    | errors.FaceUnnamedError
    | errors.ConflictNotFoundError,
) -> str:
    match error:
        case errors.PersonNotFoundError():
            return tr("There is no person called “{name}” in the gallery.", name=error.name)
        case errors.FaceNotFoundError():
            return tr(
                "There is no face {face_id} in the gallery. “show NAME” lists the faces of a person.",
                face_id=error.face_id,
            )
        case errors.FaceUnnamedError():
            return tr("The face {face_id} has no name.", face_id=error.face_id)
        case errors.ConflictNotFoundError():
            return tr(
                "There is no open conflict {conflict_id}. “conflicts” lists them.",
                conflict_id=error.conflict_id,
            )


def _photo(error: errors.ImageUnreadableError | errors.NoFaceError | errors.SeveralFacesError) -> str:
    match error:
        case errors.ImageUnreadableError():
            return tr(
                "{name} is not a readable image ({reason}).",
                name=error.name,
                reason=reason_text(error.reason),
            )
        case errors.NoFaceError():
            if error.person:
                return tr(
                    "No face was found in {name} where {person} is marked.",
                    name=error.name,
                    person=error.person,
                )
            return tr("No face was found in {name}.", name=error.name)
        case errors.SeveralFacesError():
            return _several_faces(error)


def _several_faces(error: errors.SeveralFacesError) -> str:
    if error.person:
        return tr_count(
            "{n} face was found in {name}, and it does not match another photo of {person}.",
            "{n} faces were found in {name}, and none of them matches another photo of {person}.",
            len(error.boxes),
            name=error.name,
            person=error.person,
        )
    listed = "; ".join(
        tr("{number} at {place}", number=i, place=_place(box)) for i, box in enumerate(error.boxes, start=1)
    )
    if error.face_number is not None:
        return tr(
            "{name} has no face {face_number}. Its faces: {listed}.",
            name=error.name,
            face_number=error.face_number,
            listed=listed,
        )
    return tr_count(
        "{n} face was found in {name}: {listed}. Choose one with --face and its number.",
        "{n} faces were found in {name}: {listed}. Choose one with --face and its number.",
        len(error.boxes),
        name=error.name,
        listed=listed,
    )


def _box(error: errors.BoxUnusableError) -> str:
    if not error.visible_part.area:
        return tr(
            "The box at {place}, lies outside {name}. Draw it around a face.",
            place=_place(error.box),
            name=error.name,
        )
    least = f"{MIN_BOX_PX} × {MIN_BOX_PX}"
    place = _place(error.visible_part)
    return tr(
        "The box at {place}, is too small: a face in {name} needs {least} or more.",
        place=place,
        name=error.name,
        least=least,
    )


def _place(box: Box) -> str:
    return tr(
        "({x}, {y}), {width} × {height} pixels",
        x=number(box.x),
        y=number(box.y),
        width=number(box.width),
        height=number(box.height),
    )


def _already_done(error: errors.AlreadyAddedError | errors.FaceNamedError | errors.SamePhotoError) -> str:
    if isinstance(error, errors.AlreadyAddedError):
        return tr("This face is already {person}.", person=error.person)
    if isinstance(error, errors.FaceNamedError):
        return tr("This face is {person}. Use “add --replace” to give it another name.", person=error.person)
    return tr(
        "{name} is the same photo as {first}, and was counted once.", name=error.name, first=error.first
    )


def _file(
    error: errors.SidecarError
    | errors.PhotoWriteError
    | errors.ReportWriteError
    | errors.FileWriteError
    | errors.FolderUnreadableError
    | errors.LabelsUnreadableError,
) -> str:
    if isinstance(error, errors.LabelsUnreadableError):
        return tr(
            "The groups in {name} cannot be read: {reason}.",
            name=error.path.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.FolderUnreadableError):
        return tr(
            "The folder {name} cannot be read ({reason}). Its photos were skipped.",
            name=error.path.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.ReportWriteError):
        return tr(
            "The report could not be written to {name} ({reason}).",
            name=error.path.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.GalleryDestinationError):
        return tr(
            "Nothing was written to {name}: it belongs to the gallery. Choose another place.",
            name=error.path.name,
        )
    if isinstance(error, errors.FileWriteError):
        place = "/".join(error.path.parts[-2:])
        return tr(
            "{place} could not be written ({reason}). No incomplete file was left.",
            place=place,
            reason=reason_text(error.reason),
        )
    return _names_in_file(error)


def _names_in_file(error: errors.SidecarError | errors.PhotoWriteError) -> str:
    """What went wrong with the names in a photo, a sidecar, or another program's file."""
    if isinstance(error, errors.PhotoNotRewrittenError):
        return tr(
            "{name} was not rewritten ({reason}). Its names are in its XMP sidecar.",
            name=error.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.PhotoWriteError):
        return tr(
            "{name} could not be rewritten ({reason}). The photo is as it was.",
            name=error.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.SidecarUnreadableError) and error.are_places_wrong:
        return tr(
            "The places of names in {name} do not fit the photo ({reason}). The names are kept without "
            "places.",
            name=error.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.EmbeddedXmpUnreadableError):
        return tr(
            "The XMP inside {name} cannot be read ({reason}). The photo was not changed.",
            name=error.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.SidecarUnreadableError):
        return tr(
            "{name} is not a readable XMP sidecar ({reason}). It was not changed.",
            name=error.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.NamesUnreadableError):
        return tr(
            "The names in {name} cannot be read ({reason}). The file was not changed.",
            name=error.name,
            reason=reason_text(error.reason),
        )
    if isinstance(error, errors.SidecarNamesError):
        return tr("{name} {what}.", name=error.name, what=reason_text(error.reason))
    return tr(
        "{name} could not be written ({reason}). Data saved before is not affected.",
        name=error.name,
        reason=reason_text(error.reason),
    )


def _not_open(
    error: errors.GalleryMissingError | errors.GalleryEncryptedError | errors.WrongPassphraseError,
) -> str:
    name = error.path.name
    if isinstance(error, errors.EncryptedGalleryMissingError):
        return tr(
            "A passphrase was given, but there is no gallery in {path}. Connect its drive, or begin an "
            "encrypted gallery there with “encrypt”.",
            path=str(error.path),
        )
    if isinstance(error, errors.GalleryMissingError):
        return tr(
            "The gallery’s folder {path} is not there, or is empty. Connect its drive, or begin a new "
            "gallery there in the window.",
            path=str(error.path),
        )
    if isinstance(error, errors.GalleryEncryptedError):
        return tr("The gallery in {name} is locked. Its passphrase is needed.", name=name)
    return tr("Wrong passphrase for the gallery in {name}. Nothing was changed.", name=name)


def _gallery(error: errors.GalleryError) -> str:
    name = error.path.name
    match error:
        case errors.GalleryDamagedError():
            return _damaged(error)
        case errors.UndoImpossibleError():
            return tr(
                "“{step}” cannot be undone or redone, because the gallery has changed since. Nothing "
                "was changed.",
                step=error.detail,
            )
        case errors.ClearPendingError() | errors.BackupUnusableError():
            return _not_restorable(error)
        case errors.ArchiveUnusableError() | errors.GalleryNotMovedError():
            return _without_a_change(error)
        case errors.GalleryMissingError() | errors.GalleryEncryptedError() | errors.WrongPassphraseError():
            return _not_open(error)
        case errors.KeyringError():
            return tr(
                "The system’s keyring is not available, or does not hold the key of {name}. Unlock the "
                "keyring and try again, on the computer and in the user account that encrypted the "
                "gallery.",
                name=name,
            )
        case errors.GalleryNewerError():
            return tr(
                "{name} was written by a newer version of Face Match (format {detail}; this version reads "
                "formats up to {newest}). Update the program to open it.",
                name=name,
                detail=reason_text(error.detail),
                newest=error.newest,
            )
        case errors.GalleryLockedError():
            return _locked(error)
        case errors.GalleryWriteError():
            return _unwritten(error)
    return f"{name}: {error.detail}"


def _without_a_change(error: errors.ArchiveUnusableError | errors.GalleryNotMovedError) -> str:
    name, detail = error.path.name, reason_text(error.detail)
    if isinstance(error, errors.ArchiveUnusableError):
        return tr(
            "{name} cannot be imported: {detail}. The gallery was not changed.", name=name, detail=detail
        )
    return tr(
        "The gallery cannot be moved to {name}: {detail}. It is where it was.", name=name, detail=detail
    )


def _not_restorable(error: errors.ClearPendingError | errors.BackupUnusableError) -> str:
    name = error.path.name
    if isinstance(error, errors.ClearPendingError):
        return tr(
            "The deletion of all people in {name} is not finished. If it was interrupted, it is "
            "completed when the gallery is next opened for writing, as by “clear”.",
            name=name,
        )
    if isinstance(error, errors.BackupClearedError):
        return tr(
            "{name} cannot be restored: it was deleted with all people. That deletion had been "
            "interrupted and is complete now.",
            name=name,
        )
    return tr(
        "{name} cannot be restored ({detail}). The gallery was not changed.",
        name=name,
        detail=reason_text(error.detail),
    )


def _locked(error: errors.GalleryLockedError) -> str:
    if isinstance(error, errors.GalleryLockLostError):
        return tr(
            "Nothing was changed in {name}: {detail} while the gallery was open, and another "
            "program may have written to it since. Open it again to continue.",
            name=error.path.name,
            detail=reason_text(error.detail),
        )
    return tr(
        "The gallery is in use by another Face Match ({detail}). You can view it, but not change it.",
        detail=reason_text(error.detail),
    )


def _unwritten(error: errors.GalleryWriteError) -> str:
    failed = tr(
        "{name} could not be written ({detail}).", name=error.path.name, detail=reason_text(error.detail)
    )
    if not isinstance(error, errors.ErasingPendingError):
        rest = tr("Data saved before is not affected.")
    elif error.name:
        rest = tr(
            "The deletion of {name} is not finished. It resumes when the gallery is next opened for writing.",
            name=error.name,
        )
    else:
        rest = tr(
            "The deletion of all people is not finished. It resumes when the gallery is next opened for "
            "writing."
        )
    return f"{failed} {rest}"


def _damaged(error: errors.GalleryDamagedError) -> str:
    name = error.path.name
    match error:
        case errors.GalleryUnsafeError():
            return tr(
                "{name} {detail}. Nothing was read or written through it. Put the real file or folder "
                "in its place.",
                name=name,
                detail=reason_text(error.detail),
            )
        case errors.VaultDamagedError():
            return tr(
                "{name} cannot be used ({detail}). Nothing was changed. The gallery and its backups open "
                "only with the right {name}: put it back from a copy of the gallery’s folder, then try "
                "again.",
                name=name,
                detail=reason_text(error.detail),
            )
        case errors.GalleryDamagedError(backup=Path() as backup):
            return _restorable(error, backup)
        case _:
            return tr(
                "{name} cannot be read ({detail}). It was not changed. There is no readable backup.",
                name=name,
                detail=reason_text(error.detail),
            )


def _restorable(error: errors.GalleryDamagedError, backup: Path) -> str:
    """The records are damaged, and there is a readable backup, of a time unless its file is gone."""
    name, detail = error.path.name, reason_text(error.detail)
    try:
        changed = datetime.fromtimestamp(backup.stat().st_mtime)
    except OSError:
        return tr(
            "{name} cannot be read ({detail}). It was not changed. The backup can be read. "
            "Restore it with “restore {backup}”.",
            name=name,
            detail=detail,
            backup=backup.name,
        )
    return tr(
        "{name} cannot be read ({detail}). It was not changed. The backup of {date} can be read. "
        "Restore it with “restore {backup}”.",
        name=name,
        detail=detail,
        date=moment_text(changed, has_time=True),
        backup=backup.name,
    )
