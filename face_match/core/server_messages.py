"""The errors of a gallery on a server as sentences; `core.messages` words all others."""

from __future__ import annotations

from face_match.core import server_errors as errors
from face_match.core.reasons import reason_text
from face_match.core.translation import tr


def server_message(error: errors.SharedGalleryError) -> str:
    """The sentence, or sentences, to show or print for an error."""
    if isinstance(error, errors.ChangedElsewhereError):
        return tr(
            "Someone else has changed this meanwhile. Nothing was changed; what is shown is up to date."
        )
    if isinstance(error, errors.NotOnServerError):
        return reason_text(error.reason)
    if isinstance(error, errors.ServerAddressError):
        return tr(
            "This is not the address of a gallery on a server: {reason}. An address looks like "
            "postgresql://user@host/database?schema=name.",
            reason=reason_text(error.reason),
        )
    if not isinstance(error, errors.ServerError):
        return str(error)
    name, detail = error.name, reason_text(error.detail)
    match error:
        case errors.ServerPasswordError(was_given=True):
            return tr("The server does not accept the password, or this user, for {name}.", name=name)
        case errors.ServerPasswordError():
            return tr("The server of {name} asks for a password.", name=name)
        case errors.ServerGalleryMissingError():
            return tr("There is no gallery at {name} yet. Add or import photos to begin one.", name=name)
        case errors.ServerAwayError():
            return tr("The server of {name} cannot be reached ({detail}).", name=name, detail=detail)
        case errors.ServerRightsError():
            return tr(
                "Your user of the server has too few rights for {name} ({detail}). Its administrator can "
                "grant them.",
                name=name,
                detail=detail,
            )
    return tr("The server of {name} cannot hold a gallery: {detail}.", name=name, detail=detail)
