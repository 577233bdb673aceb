"""Errors as sentences: what happened, then what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from face_match.core import errors, server_errors
from face_match.core.installation import install_command
from face_match.core.reasons import reason_text
from face_match.core.translation import marked, moment_text, number, tr, tr_count, translated
from face_match.core.types import MIN_BOX_PX, Box

Kind = type[errors.FaceMatchError]

OF_PHOTOS: Mapping[Kind, str] = {
    errors.ImageUnreadableError: marked("{name} is not a readable image ({reason})."),
    errors.FolderUnreadableError: marked(
        "The folder {name} cannot be read ({reason}). Its photos were skipped."
    ),
    errors.SamePhotoError: marked("{name} is the same photo as {first}, and was counted once."),
    errors.PhotoWriteError: marked("{name} could not be rewritten ({reason}). The photo is as it was."),
    errors.PhotoNotRewrittenError: marked(
        "{name} was not rewritten ({reason}). Its names are in its XMP sidecar."
    ),
    errors.SidecarError: marked("{name} could not be written ({reason}). Data saved before is not affected."),
    errors.EmbeddedXmpUnreadableError: marked(
        "The XMP inside {name} cannot be read ({reason}). The photo was not changed."
    ),
    errors.SidecarUnreadableError: marked(
        "{name} is not a readable XMP sidecar ({reason}). It was not changed."
    ),
    errors.NamesUnreadableError: marked(
        "The names in {name} cannot be read ({reason}). The file was not changed."
    ),
    errors.SidecarNamesError: marked("{name} {reason}."),
}
OF_FACES: Mapping[Kind, str] = {
    errors.PersonNotFoundError: marked("There is no person called “{name}” in the gallery."),
    errors.FaceNotFoundError: marked(
        "There is no face {face_id} in the gallery. “show NAME” lists the faces of a person."
    ),
    errors.FaceUnnamedError: marked("The face {face_id} has no name."),
    errors.ConflictNotFoundError: marked("There is no open conflict {conflict_id}. “conflicts” lists them."),
    errors.InvalidNameError: marked("“{name}” cannot be a name: {reason}."),
    errors.InvalidBirthDateError: marked(
        "“{text}” is not a birth date. Enter a year, a month or a day in the past: 2014, "
        "2014-05 or 2014-05-17."
    ),
    errors.AlreadyAddedError: marked("This face is already {person}."),
    errors.FaceNamedError: marked("This face is {person}. Use “add --replace” to give it another name."),
    errors.NameTakenError: marked("Another person is called {name}. “merge” combines the two people."),
}
OF_JOBS: Mapping[Kind, str] = {
    errors.CancelledError: marked("Cancelled."),
    errors.ClusterError: marked(
        "The cluster at {address} cannot be used: {reason}. Photos that were scanned before are "
        "recorded; the same command resumes."
    ),
    errors.ReportWriteError: marked("The report could not be written to {name} ({reason})."),
    errors.GalleryDestinationError: marked(
        "Nothing was written to {name}: it belongs to the gallery. Choose another place."
    ),
    errors.FileWriteError: marked("{place} could not be written ({reason}). No incomplete file was left."),
    errors.LabelsUnreadableError: marked("The groups in {name} cannot be read: {reason}."),
}
OF_MODELS: Mapping[Kind, str] = {
    errors.ModelError: "{model}: {detail}",
    errors.ModelDamagedError: marked(
        "The weights of {model} are damaged ({detail}). Delete the file and download it again. "
        "“doctor” shows where it is."
    ),
    errors.ModelFailedError: marked(
        "The model {model} failed: {detail}. It was stopped, and other photos are not affected. "
        "If this happens often, use another model."
    ),
    errors.ModelRefusedError: marked("{model} was not added: {detail}."),
    errors.DownloadError: marked(
        "{model} could not be downloaded: {detail}. Try again: the download resumes where it stopped."
    ),
    errors.EngineLacksError: marked("The {model} engine cannot {detail}. Leave out --engine {model}."),
}
OF_GALLERIES: Mapping[Kind, str] = {
    errors.GalleryError: "{name}: {detail}",
    errors.GalleryUnsafeError: marked(
        "{name} {detail}. Nothing was read or written through it. Put the real file or folder in its place."
    ),
    errors.GalleryUnreadableError: marked(
        "The system does not let {name} be read ({detail}). Nothing was changed. Check that its drive is "
        "connected and that you may read it, close programs that you do not need, and try again."
    ),
    errors.VaultDamagedError: marked(
        "{name} cannot be used ({detail}). Nothing was changed. The gallery and its backups open "
        "only with the right {name}: put it back from a copy of the gallery’s folder, then try "
        "again."
    ),
    errors.PurgePlanUnusableError: marked(
        "A deletion for good was interrupted, and {name}, which says what is left to delete, cannot be "
        "used ({detail}). Nothing was changed. Delete {name}, then delete the person again."
    ),
    errors.ClearPendingError: marked(
        "The deletion of all people in {name} is not finished. If it was interrupted, it is "
        "completed when the gallery is next opened for writing, as by “clear”."
    ),
    errors.BackupUnusableError: marked("{name} cannot be restored ({detail}). The gallery was not changed."),
    errors.BackupClearedError: marked(
        "{name} cannot be restored: it was deleted with all people. That deletion had been "
        "interrupted and is complete now."
    ),
    errors.ArchiveUnusableError: marked("{name} cannot be imported: {detail}. The gallery was not changed."),
    errors.GalleryMissingError: marked(
        "The gallery’s folder {path} is not there, or is empty. Connect its drive, or begin a new "
        "gallery there in the window."
    ),
    errors.EncryptedGalleryMissingError: marked(
        "A passphrase was given, but there is no gallery in {path}. Connect its drive, or begin an "
        "encrypted gallery there with “encrypt”."
    ),
    errors.GalleryEncryptedError: marked("The gallery in {name} is locked. Its passphrase is needed."),
    errors.WrongPassphraseError: marked("Wrong passphrase for the gallery in {name}. Nothing was changed."),
    errors.KeyringError: marked(
        "The system’s keyring is not available, or does not hold the key of {name}. Unlock the "
        "keyring and try again, on the computer and in the user account that encrypted the "
        "gallery."
    ),
    errors.GalleryNewerError: marked(
        "{name} was written by a newer version of Face Match (format {detail}; this version reads "
        "formats up to {newest}). Update the program to open it."
    ),
    errors.GalleryLockedError: marked(
        "The gallery is in use by another Face Match ({detail}). You can view it, but not change it."
    ),
    errors.GalleryLockLostError: marked(
        "Nothing was changed in {name}: {detail} while the gallery was open, and another "
        "program may have written to it since. Open it again to continue."
    ),
}
OF_SERVERS: Mapping[Kind, str] = {
    server_errors.ChangedElsewhereError: marked(
        "Someone else has changed this meanwhile. Nothing was changed; what is shown is up to date."
    ),
    server_errors.NotOnServerError: "{reason}",
    server_errors.ServerAddressError: marked(
        "This is not the address of a gallery on a server: {reason}. An address looks like "
        "postgresql://user@host/database?schema=name."
    ),
    server_errors.ServerGalleryMissingError: marked(
        "There is no gallery at {name} yet. Add or import photos to begin one."
    ),
    server_errors.ServerAwayError: marked("The server of {name} cannot be reached ({detail})."),
    server_errors.ServerRightsError: marked(
        "Your user of the server has too few rights for {name} ({detail}). Its administrator can grant them."
    ),
    server_errors.ServerError: marked("The server of {name} cannot hold a gallery: {detail}."),
}
SENTENCES = {**OF_PHOTOS, **OF_FACES, **OF_JOBS, **OF_MODELS, **OF_GALLERIES, **OF_SERVERS}
"""The sentences for a kind of error, and for kinds below it that are not listed. What is in braces are the
error's attributes, `reason` and `detail` in the user's language."""


def error_message(error: errors.FaceMatchError) -> str:
    """The sentence, or sentences, to show or print for an error."""
    for kind in type(error).__mro__:
        if kind in WORDED:
            return WORDED[kind](error)
        if kind in SENTENCES:
            return _filled(SENTENCES[kind], error)
    return str(error) or type(error).__name__


def _filled(sentence: str, error: errors.FaceMatchError) -> str:
    facts = {name: reason_text(value) if name in _REASONS else value for name, value in vars(error).items()}
    path = facts.get("path")
    if isinstance(path, Path):
        facts = {"name": path.name, "place": "/".join(path.parts[-2:]), **facts}
    return translated(sentence).format(**facts)


_REASONS = ("reason", "detail", "worker")


def _no_face(error: errors.NoFaceError) -> str:
    if error.person:
        return tr(
            "No face was found in {name} where {person} is marked.", name=error.name, person=error.person
        )
    return tr("No face was found in {name}.", name=error.name)


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


def _unreadable_sidecar(error: errors.SidecarUnreadableError) -> str:
    if error.are_places_wrong:
        return tr(
            "The places of names in {name} do not fit the photo ({reason}). The names are kept without "
            "places.",
            name=error.name,
            reason=reason_text(error.reason),
        )
    return _filled(SENTENCES[type(error)], error)


def _too_little_data(error: errors.TooLittleDataError) -> str:
    return tr_count(
        "Not enough data: {n} person has 2 faces or more; {needed} are needed.",
        "Not enough data: {n} people have 2 faces or more; {needed} are needed.",
        error.people,
        needed=error.needed,
    )


def _refused_worker(error: errors.WorkerRefusedError) -> str:
    return tr(
        "{worker} of the cluster cannot work for this computer: {reason}.",
        worker=reason_text(error.worker),
        reason=reason_text(error.reason).rstrip("."),
    )


def _missing_model(error: errors.ModelMissingError) -> str:
    match error:
        case errors.ModelMissingError(detail="unknown"):
            return tr(
                "There is no model called {model}. “models list” shows the available models.",
                model=error.model,
            )
        case errors.ModelMissingError(model="facenet"):
            return tr(
                "FaceNet’s weights are not installed. Download them with “models download facenet” (92 "
                "MB), or use the built-in model."
            )
        case errors.ModelMissingError(detail="added"):
            return tr(
                "The file of {model} is missing. Add it again with “models add FILE”.", model=error.model
            )
        case _:
            return tr(
                "The weights of {model} are not installed. Install them with “{install_command}”.",
                model=error.model,
                install_command=install_command(),
            )


def _missing_engine(error: errors.EngineMissingError) -> str:
    return tr(
        "The {model} engine needs the package {detail}. Install it with “{install_command}”.",
        model=error.model,
        detail=reason_text(error.detail),
        install_command=install_command("reference"),
    )


def _impossible_undo(error: errors.UndoImpossibleError) -> str:
    return tr(
        "“{step}” cannot be undone or redone, because the gallery has changed since. Nothing was changed.",
        step=error.detail,
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
    name, detail, backup = error.path.name, reason_text(error.detail), error.backup
    if backup is None:
        return tr(
            "{name} cannot be read ({detail}). It was not changed. There is no readable backup.",
            name=name,
            detail=detail,
        )
    try:
        changed = datetime.fromtimestamp(backup.stat().st_mtime)
    except OSError:  # the file has gone meanwhile
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


def _password(error: server_errors.ServerPasswordError) -> str:
    if error.was_given:
        return tr("The server does not accept the password, or this user, for {name}.", name=error.name)
    return tr(
        "The server of {name} asks for a password. Commands take it from PGPASSWORD or ~/.pgpass.",
        name=error.name,
    )


def _not_moved(error: errors.GalleryNotMovedError) -> str:
    name, detail = error.path.name, reason_text(error.detail)
    text = tr(
        "The gallery cannot be moved to {name}: {detail}. It is where it was.", name=name, detail=detail
    )
    return text if error.copies is None else f"{text} {copies_left(error.copies)}"


def copies_left(folder: Path) -> str:
    """What an interrupted move has copied is still there, with names and faces."""
    return tr(
        "What was copied is in {folder}. Move the gallery there again to go on, or delete that folder.",
        folder=folder,
    )


WORDED: Mapping[Kind, Callable[[Any], str]] = {
    errors.NoFaceError: _no_face,
    errors.SeveralFacesError: _several_faces,
    errors.BoxUnusableError: _box,
    errors.SidecarUnreadableError: _unreadable_sidecar,
    errors.EmbeddedXmpUnreadableError: _unreadable_sidecar,
    errors.TooLittleDataError: _too_little_data,
    errors.WorkerRefusedError: _refused_worker,
    errors.ModelMissingError: _missing_model,
    errors.EngineMissingError: _missing_engine,
    errors.UndoImpossibleError: _impossible_undo,
    errors.GalleryWriteError: _unwritten,
    errors.GalleryDamagedError: _damaged,
    errors.GalleryNotMovedError: _not_moved,
    server_errors.ServerPasswordError: _password,
}
"""Kinds whose sentences depend on more than their attributes as they are."""
