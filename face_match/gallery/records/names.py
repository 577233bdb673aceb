"""Names of people, and the folders that hold their crops.

A name is kept as it was typed, but for surplus spaces. Its folder is a form of it that every file
system takes, and no two people share one, not even where case or accents are not told apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from face_match.core.errors import InvalidNameError
from face_match.gallery.records.paths import is_device_name

MAX_FOLDER_BYTES = 100
"""File systems allow 255 for one part of a path, Windows 260 characters for all of it."""

_IGNORABLE = (
    *(("\u034f", "\u034f"), ("\u115f", "\u1160"), ("\u17b4", "\u17b5"), ("\u180b", "\u180f")),
    *(("\u2060", "\u206f"), ("\u3164", "\u3164"), ("\ufe00", "\ufe0f"), ("\uffa0", "\uffa0")),
    *(("\ufff0", "\ufff8"), ("\U000e0000", "\U000e0fff")),
)
"""Ranges of characters that are not drawn, besides those of the category Cf."""

_FORBIDDEN = frozenset('<>:"/\\|?*')

MAX_NAME_LENGTH = 1000
"""More is no name: records with a megabyte of it would fill every list and message."""


def clean_name(name: str) -> str:
    """The name with single spaces, and none around it.

    Raises:
        InvalidNameError: nothing that can be seen is left, or it is too long.
    """
    name = " ".join(name.encode("utf-8", "replace").decode().split())
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidNameError(f"{name[:20]}…", "it is longer than 1,000 characters")
    if not any(unicodedata.category(character)[0] not in "ZC" for character in name):
        raise InvalidNameError(name)
    return name


def name_key(name: str) -> str:
    """Equal for names that are one person's: case, spacing, the form of accents and what is not seen, such as
    marks of the direction of writing, do not count."""
    if name.isascii():  # as most are: what the rest does is slow where there are 20,000 people
        return " ".join(name.lower().split())
    seen = "".join(character for character in name if not _is_invisible(character)) or name
    folded = unicodedata.normalize("NFD", seen).casefold()
    return " ".join(unicodedata.normalize("NFD", folded).split())


def _is_invisible(character: str) -> bool:
    """Unicode's Default_Ignorable_Code_Point, and the other format characters."""
    if character < "\u00ad":
        return False
    return unicodedata.category(character) == "Cf" or any(
        first <= character <= last for first, last in _IGNORABLE
    )


class FolderNames:
    """Folder names of people, no two of which are the same anywhere."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._folders = {*taken}
        self._keys = {*map(_folder_key, self._folders)}
        self._numbers: dict[str, int] = {}
        """For each form that was taken before, the number up to which there is no need to look."""

    def assign(self, name: str) -> str:
        """A folder name for one more person."""
        folder = _safe_form(name)
        form = _folder_key(folder)
        number = self._numbers.get(form, 1)
        candidate = folder if number == 1 else f"{folder} ({number})"
        while _folder_key(candidate) in self._keys:
            number += 1
            candidate = f"{folder} ({number})"
        self._numbers[form] = number
        self.reserve(candidate)
        return candidate

    def reserve(self, folder: str) -> bool:
        """Take the folder of somebody who has one; whether it was nobody else's."""
        is_free = folder not in self._folders
        self._folders.add(folder)
        self._keys.add(_folder_key(folder))
        return is_free


def _safe_form(name: str) -> str:
    characters = [
        "_" if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c
        for c in unicodedata.normalize("NFC", name)
    ]
    folder = " ".join("".join(characters).split())
    folder = folder.encode()[:MAX_FOLDER_BYTES].decode(errors="ignore").strip(" .")
    if not folder or is_device_name(folder):
        folder = f"_{folder}"
    return folder


def _folder_key(folder: str) -> str:
    """Equal for what some file system takes for the same name."""
    if folder.isascii():  # as most are: what the rest does is slow where there are 20,000 people
        return folder.lower()
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folder).casefold())
