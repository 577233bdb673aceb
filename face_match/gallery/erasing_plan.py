"""What is to be erased of a person, written down before anything goes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from face_match.gallery.names import name_key
from face_match.gallery.paths import CROPS_FOLDER, safe_crop, safe_folder
from face_match.gallery.records import Table
from face_match.gallery.values import each, text, whole

TELLING_LETTERS = 6
"""A shorter name occurs in other words by chance: it has to be a word of its own."""

VECTOR_BYTES = 24
"""By which a vector is known again; as base64 they are 32 letters, with which that of the vector begins."""

_ASCII_WORD = re.compile("[a-z0-9]+")
_NOT_IN_WORDS = bytes(code for code in range(128) if not chr(code).isalnum() and code != ord("\n"))
_LOWER = bytes(range(256)).lower()


@dataclass(frozen=True)
class Plan:
    """What is to go of a person.

    Attributes:
        folders: the person's, and what they were in earlier records.
        names: what the person is called, and was.
        ids: of the person's faces, also of those that only backups or the history have.
        files: of crops.
        moved: crops of others that lie in the person's folder, or once did, and where they go, or are.
        vectors: base64 of the first bytes of the faces' vectors.
        generation: of the records of an encrypted gallery when it was written; None in others.
    """

    folders: Sequence[str]
    names: Sequence[str]
    ids: Sequence[str] = ()
    files: Sequence[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    vectors: Sequence[str] = ()
    generation: int | None = None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Plan:
        """The plan in a file, which may come from others; raises one of MISREAD."""
        return cls(
            each(told["folders"], safe_folder),
            each(told["names"], text),
            each(told["ids"], text),
            each(told["files"], safe_crop),
            {safe_crop(old): safe_crop(new) for old, new in dict(told["moved"]).items()},
            each(told["vectors"], text),
            None if told["generation"] is None else whole(told["generation"]),
        )

    def is_in_folder(self, file: str) -> bool:
        """Whether a crop lies in a folder of the person, whosever it is."""
        return file.rpartition("/")[0] in self._places

    def is_of(self, face_id: object) -> bool:
        """Whether a face is the person's."""
        return face_id in self._ids

    def is_name(self, name: str) -> bool:
        """Whether a name is the person's, however it is written."""
        return name_key(name) in self._keys

    def says(self, told: str) -> bool:
        """Whether a path, or a description, says a name of the person, however that is written in it."""
        if not told:
            return False
        folded = name_key(told)
        words = _words(folded)
        joined = "".join(words)
        spaced = f" {' '.join(words)} "
        for key, own in self._sought:
            letters = "".join(own)
            if not letters:
                if key in folded:  # of signs alone
                    return True
            elif letters in joined if len(letters) >= TELLING_LETTERS else f" {' '.join(own)} " in spaced:
                return True
        return False

    def is_told_by(self, table: Table, key: str, row: Mapping[str, Any]) -> bool:
        """Whether a row, or some fields of one, says anything of the person."""
        if table is Table.PEOPLE:
            name = row.get("name")
            return key in self._folders or row.get("cover") in self._ids or bool(name and self.is_name(name))
        if table is Table.PHOTOS:
            return self.says(row.get("path") or "")
        if table is Table.CONFLICTS:
            name = row.get("name")
            is_of = row.get("face") in self._ids or bool(name and self.is_name(name))
            return is_of or self.says(row.get("path") or "")
        return (
            key in self._ids
            or row.get("person") in self._folders
            or self.is_in_folder(row.get("file") or "")
            or not self._ids.isdisjoint(row.get("apart") or ())
            or any(map(self.is_rejection, row.get("rejections") or ()))
        )

    def is_rejection(self, rejection: Mapping[str, Any]) -> bool:
        """Whether one that a face has names the person."""
        return rejection["folder"] in self._folders or self.is_name(rejection["name"])

    def saying(self, paths: Sequence[str]) -> list[int]:
        """Which of many paths `says` is true of, by their numbers; faster than one by one."""
        plain = [number for number, path in enumerate(paths) if path.isascii()]
        lines = "\n".join(paths[number].replace("\n", " ") for number in plain)
        joined = lines.encode().translate(_LOWER, _NOT_IN_WORDS).decode()
        candidates = {number for number, path in enumerate(paths) if not path.isascii()}
        for letters in {"".join(own) for _, own in self._sought}:
            if not letters or letters in joined:  # of signs alone, of which some are ASCII
                found = zip(plain, joined.split("\n"), strict=True) if plain else ()
                candidates |= {number for number, line in found if letters in line}
        return sorted(number for number in candidates if self.says(paths[number]))

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(f"{CROPS_FOLDER}/{folder}" for folder in self.folders)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.ids)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(self.folders)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(name_key, self.names))

    @cached_property
    def _sought(self) -> list[tuple[str, list[str]]]:
        return [(key, _words(key)) for key in sorted(self._keys)]


def _words(key: str) -> list[str]:
    """The letters and digits of a text that `name_key` has folded, without accents."""
    if key.isascii():  # as most are; what the rest does is slow where there are 200,000 photos
        return _ASCII_WORD.findall(key)
    kept = (c if c.isalnum() else " " for c in key if unicodedata.category(c)[0] != "M")
    return "".join(kept).split()
