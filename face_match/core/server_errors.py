"""The expected errors of a gallery on a server: see `core.errors`.

None of them holds an address as it was typed, a password, or the words of the server, which may quote names.
"""

from __future__ import annotations

from face_match.core.errors import FaceMatchError


class SharedGalleryError(FaceMatchError):
    """Base class of the errors of galleries on servers."""


class ServerAddressError(SharedGalleryError):
    """`reason`: continues the sentence after a colon."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ServerError(SharedGalleryError):
    """`name`: of the gallery, `ServerAddress.name`. `detail`: short phrase."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(name, detail)
        self.name = name
        self.detail = detail


class ServerAwayError(ServerError):
    """The server cannot be reached, or has gone."""


class ServerGalleryMissingError(ServerError):
    """The schema has no gallery yet, and was opened for reading."""


class ServerPasswordError(ServerError):
    """The server wants a password, or another one."""

    def __init__(self, name: str, *, was_given: bool) -> None:
        super().__init__(name)
        self.was_given = was_given


class ServerRightsError(ServerError):
    """`detail`: what the user may not do, as in "it may only read"."""


class ServerUnsuitableError(ServerError):
    """`detail`: what it lacks, as in "it is PostgreSQL 14"."""


class NotOnServerError(SharedGalleryError):
    """`reason`: a sentence that says what is done instead to a gallery on a server."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChangedElsewhereError(SharedGalleryError):
    """An edit of what someone else has changed meanwhile; nothing was changed."""
