"""The folder for crops that a gallery on a server may have chosen, and the file in it that shows whose it is.

The server only says where the folder is. Whoever can change that could name any folder of those who open the
gallery, such as another gallery, whose crops the program would then delete. So it has an empty file with a
number that only the gallery's records know.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from face_match.core.atomic_files import make_folder, write_file
from face_match.core.errors import gallery_write_errors
from face_match.core.server_errors import ServerUnsuitableError
from face_match.core.translation import marked
from face_match.gallery.records.paths import CROPS_FOLDER, DATABASE, RECORDS, VAULT

_START = ".face-match-"
_MARK = re.compile("[0-9a-f]{32}")


def take(folder: str, name: str) -> str:
    """Make a folder that of a new gallery; returns the mark by which it is known.

    Args:
        name: of the gallery, for messages.
    Raises:
        ServerUnsuitableError: it has crops or a gallery already.
        GalleryWriteError.
    """
    place = Path(folder)
    with gallery_write_errors(place):
        make_folder(place)
        names = {path.name for path in place.iterdir()}
        if names & {CROPS_FOLDER, RECORDS, DATABASE, VAULT} or any(one.startswith(_START) for one in names):
            raise ServerUnsuitableError(name, marked("its folder of crops is in use by another gallery"))
        mark = secrets.token_hex(16)
        write_file(place / f"{_START}{mark}", b"")
    return mark


def give_back(folder: str, mark: str) -> None:
    """Undo `take`, if the gallery could not be made."""
    with gallery_write_errors(Path(folder)):
        Path(folder, f"{_START}{mark}").unlink(missing_ok=True)


def require_own(folder: str, mark: str, name: str) -> None:
    """Check that a folder which the server names is the gallery's; raises ServerUnsuitableError."""
    place = Path(folder, f"{_START}{mark}")
    if not (_MARK.fullmatch(mark) and place.is_absolute() and place.is_file()):
        raise ServerUnsuitableError(
            name, marked("its folder of crops cannot be reached from here, or is not its own")
        )
