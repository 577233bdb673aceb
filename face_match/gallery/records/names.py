"""Names of people, and the folders of their crops.

A name is stored as typed, without surplus spaces. Its folder is a form of the name that every file system
accepts. No two people share a folder, not even on file systems that ignore case or accents.
"""

from __future__ import annotations

import contextlib
import functools
import re
import unicodedata
from collections.abc import Iterable

from face_match.core.errors import InvalidNameError
from face_match.core.normal_form import normalized
from face_match.core.translation import marked
from face_match.core.visible_text import decoded
from face_match.gallery.records.paths import is_device_name

MAX_FOLDER_BYTES = 100
"""File systems allow 255 bytes for a part of a path; Windows allows 260 characters for the whole path."""

_IGNORABLE = (
    *(("\u034f", "\u034f"), ("\u115f", "\u1160"), ("\u17b4", "\u17b5"), ("\u180b", "\u180f")),
    *(("\u2060", "\u206f"), ("\u3164", "\u3164"), ("\ufe00", "\ufe0f"), ("\uffa0", "\uffa0")),
    *(("\ufff0", "\ufff8"), ("\U000e0000", "\U000e0fff")),
)
"""Ranges of invisible characters outside the category Cf."""

_FORBIDDEN = frozenset('<>:"/\\|?*')

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
"""Accents, and the vowel points of Hebrew and Arabic; those of Indic scripts are more than that."""
_WITHOUT_STROKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart."""
_BETWEEN_WORDS = re.compile(r"_+|(?<=\w)[-\u2010\u2011](?=\w)")

MAX_NAME_LENGTH = 1000
"""Longer names are refused: they would fill every list and message."""


MOST_HINTS = 50
"""Of a photo: more people are not in it."""


def clean_name(name: str) -> str:
    """The name with single spaces and none at its ends, and without NUL, which a line of Qt keeps when it is
    pasted and no record can hold.

    Raises:
        InvalidNameError: no visible character is left, or the name is too long.
    """
    name = " ".join(decoded(name).replace("\0", "").split())
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidNameError(f"{name[:20]}…", marked("it is longer than 1,000 characters"))
    if not any(unicodedata.category(character)[0] not in "ZC" for character in name):
        raise InvalidNameError(name)
    return name


def clean_hints(names: Iterable[str]) -> tuple[str, ...]:
    """The names in a photo's metadata, as `clean_name` has them: each once, without invalid ones, and at most
    MOST_HINTS."""
    found: dict[str, str] = {}
    for name in names:
        with contextlib.suppress(InvalidNameError):
            found.setdefault(name_key(name), clean_name(name))
        if len(found) == MOST_HINTS:
            break
    return (*found.values(),)


def name_key(name: str) -> str:
    """A key that is equal for names of the same person: it ignores case, spacing, the form of accents and
    invisible characters such as direction marks."""
    if (
        name.isascii() and name.isprintable()
    ):  # a fast path for most names: the rest is slow with 20,000 people
        return " ".join(name.lower().split())
    name = decoded(name)
    seen = "".join(character for character in name if not _is_invisible(character)) or name
    folded = normalized("NFD", seen).casefold()
    return " ".join(normalized("NFD", folded).split())


def search_key(name: str) -> str:
    """A key for searching and sorting: as `name_key`, and it ignores accents, too, and takes an underscore, a
    hyphen within a word and a space for the same."""
    key = name_key(name)
    if not key.isascii():
        plain = _MARKS.sub("", normalized("NFKD", key)).translate(_WITHOUT_STROKE)
        key = plain.casefold() if plain.strip() else key
    return " ".join(_BETWEEN_WORDS.sub(" ", key).split()) or key


@functools.lru_cache(4096)
def _is_invisible(character: str) -> bool:
    """Whether a character is in Unicode's Default_Ignorable_Code_Point, or another format or control
    character that is no space."""
    return (unicodedata.category(character) in ("Cf", "Cc") and not character.isspace()) or any(
        first <= character <= last for first, last in _IGNORABLE
    )


class FolderNames:
    """Assigns folder names to people so that no two are equal on any file system."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._folders = {*taken}
        self._keys = {*map(_folder_key, self._folders)}
        self._numbers: dict[str, int] = {}
        """The next number to try for each folder name that is taken."""

    def assign(self, name: str) -> str:
        """A new folder name for a person."""
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
        """Reserve an existing folder; return whether it was free."""
        is_free = folder not in self._folders
        self._folders.add(folder)
        self._keys.add(_folder_key(folder))
        return is_free


def _safe_form(name: str) -> str:
    characters = [
        "_" if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c for c in normalized("NFC", name)
    ]
    folder = " ".join("".join(characters).split())
    folder = folder.encode()[:MAX_FOLDER_BYTES].decode(errors="ignore").strip(" .")
    if not folder or is_device_name(folder):
        folder = f"_{folder}"
    return folder


def _folder_key(folder: str) -> str:
    """A key that is equal for folder names that some file system treats as the same."""
    if folder.isascii():  # a fast path for most names: the rest is slow with 20,000 people
        return folder.lower()
    return normalized("NFKD", normalized("NFKD", folder).casefold())
