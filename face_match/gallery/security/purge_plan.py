"""The plan of a purge, which is written to disk before anything is deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from face_match.core.normal_form import normalized
from face_match.gallery.records.fields import as_list, parse_int, parse_list, parse_text
from face_match.gallery.records.names import name_key, search_key
from face_match.gallery.records.paths import CROPS_FOLDER, safe_crop, safe_folder
from face_match.gallery.records.rows import Table
from face_match.gallery.security.purge_names import NameSearch

_WORD = re.compile(r"\w+")

MAX_NAMES, MAX_FOLDERS = 10_000, 500
"""Limits for one person; more are forged. One query names all folders and can take a thousand."""

VECTOR_BYTES = 24
"""The first bytes of an embedding, by which it is recognized; in base64 its first 32 letters."""


@dataclass(frozen=True)
class PurgePlan:
    """What to delete of a person.

    Attributes:
        folders: the person's folders, now and in older records.
        names: the person's names, now and earlier.
        ids: the person's faces, including those only in backups or the history.
        files: the crops to delete.
        moved: crops of others in the person's folders, with their new paths.
        vectors: the first bytes of the faces' embeddings in base64.
        generation: of an encrypted gallery's records when the plan was made; None for a plain gallery.
    """

    folders: Sequence[str]
    names: Sequence[str]
    ids: Sequence[str] = ()
    files: Sequence[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    vectors: Sequence[str] = ()
    generation: int | None = None

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> PurgePlan:
        """Read a plan from an untrusted file; raises one of READ_ERRORS."""
        return cls(
            _limited_list(record["folders"], MAX_FOLDERS, safe_folder),
            _limited_list(record["names"], MAX_NAMES, parse_text),
            parse_list(record["ids"], parse_text),
            parse_list(record["files"], safe_crop),
            {safe_crop(old): safe_crop(new) for old, new in dict(record["moved"]).items()},
            parse_list(record["vectors"], parse_text),
            None if record["generation"] is None else parse_int(record["generation"]),
        )

    @property
    def is_too_large(self) -> bool:
        """Whether the plan exceeds the limits, so that it could not be read again."""
        return len(self.names) > MAX_NAMES or len(self.folders) > MAX_FOLDERS

    def is_in_folder(self, file: str) -> bool:
        """Whether a crop is in a folder of the person, whoever it shows."""
        return file.rpartition("/")[0] in self._places

    def is_face(self, face_id: object) -> bool:
        """Whether a face is the person's."""
        return face_id in self._ids

    def is_name(self, name: str) -> bool:
        """Whether a name is the person's, in any spelling."""
        return name_key(name) in self._keys

    def is_spelling(self, name: str) -> bool:
        """Whether a name in the metadata of a photo is the person's, in any spelling: also with other accents
        or hyphens, in full-width letters, or with the last name first."""
        return self.is_name(name) or not self._spellings.isdisjoint(_spellings_of(name))

    def is_in_hint(self, hint: str) -> bool:
        """Whether a name in the metadata of a photo contains the person's, in any spelling and order."""
        plain = normalized("NFKC", hint)
        words = {*_WORD.findall(search_key(plain))}
        wholes = (set(_WORD.findall(spelling)) for spelling in self._spellings)
        return self.mentions(plain) or any(len(whole) > 1 and whole <= words for whole in wholes)

    def mentions(self, text: str) -> bool:
        """Whether a path or description contains a name of the person, in any spelling."""
        return bool(text) and self._sought.found_in(text)

    def concerns_row(self, table: Table, key: str, row: Mapping[str, Any]) -> bool:
        """Whether a row, or a part of one, refers to the person."""
        if table is Table.PEOPLE:
            name = row.get("name")
            return key in self._folders or row.get("cover") in self._ids or bool(name and self.is_name(name))
        if table is Table.PHOTOS:
            return self.mentions(row.get("path") or "") or any(map(self.is_spelling, row.get("hints") or ()))
        if table is Table.CONFLICTS:
            name = row.get("name")
            is_of = row.get("face") in self._ids or bool(name and self.is_name(name))
            return is_of or self.mentions(row.get("path") or "")
        return (
            key in self._ids
            or row.get("person") in self._folders
            or self.is_in_folder(row.get("file") or "")
            or not self._ids.isdisjoint(row.get("apart") or ())
            or any(map(self.is_rejection, row.get("rejections") or ()))
        )

    def is_rejection(self, rejection: Mapping[str, Any]) -> bool:
        """Whether a rejection is of the person."""
        return rejection["folder"] in self._folders or self.is_name(rejection["name"])

    def matching(self, paths: Sequence[str]) -> list[int]:
        """The indices of the paths that `mentions` is true of; faster than one by one."""
        return self._sought.matching(paths)

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
    def _spellings(self) -> frozenset[str]:
        return frozenset(search_key(name) for name in self.names)

    @cached_property
    def _sought(self) -> NameSearch:
        return NameSearch(self._keys)


def _spellings_of(name: str) -> set[str]:
    """The `search_key` of a name, and with what follows its comma before it."""
    last, comma, first = name_key(normalized("NFKC", name)).partition(",")
    return {search_key(name)} | ({search_key(f"{first} {last}")} if comma else set())


def _limited_list(values: object, most: int, read: Callable[[Any], str]) -> list[str]:
    """A list within a limit; raises one of READ_ERRORS."""
    if len(as_list(values)) > most:
        raise ValueError("exceed the limit")
    return parse_list(values, read)
