"""Searching a gallery's folder for traces of a purged person.

Records are inspected as tables. The bytes of all files are searched for names of six bytes or more, ids and
embeddings; in encrypted databases all values are. Crops hold only pixels, so only their names are checked.
Hints that contain the name and are not the name, as “Ann Lee (Berlin)”, stay with their photos and are named.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from sqlalchemy import select

from face_match.gallery.records.names import name_key
from face_match.gallery.records.own_files import is_crop_name
from face_match.gallery.records.paths import (
    BACKUPS_FOLDER,
    CROPS_FOLDER,
    DATABASE,
    FOLDERS,
    PURGE_PLAN,
    RECORDS,
    UNNAMED_FOLDER,
    WORK_FILES,
)
from face_match.gallery.security.byte_search import SHORTEST_BYTES, WordSearch
from face_match.gallery.security.purge_files import Tables, contains_words, visit_readable
from face_match.gallery.security.purge_plan import VECTOR_BYTES, PurgePlan
from face_match.gallery.security.purge_rows import find_changes
from face_match.gallery.storage.gallery_files import leftover_journals, record_files
from face_match.gallery.storage.legacy.waiting_folder import waiting_files
from face_match.gallery.storage.sql.tables import embeddings, photos, tables
from face_match.gallery.storage.sqlite.files import journals_of
from face_match.gallery.storage.vault import Vault

_WORDS_OF_RECORDS = (
    *(CROPS_FOLDER, UNNAMED_FOLDER, BACKUPS_FOLDER, RECORDS, DATABASE),
    *(name for table in tables.tables.values() for name in (table.name, *table.columns.keys())),
)
"""What every gallery has in it: to find one tells nothing about a person of that name."""


def search_words(
    plan: PurgePlan, telling: Sequence[str] | None = None, shared: Collection[str] = ()
) -> WordSearch:
    """The words that reveal the person in a file's bytes.

    Args:
        telling: names that nobody else has; None for all names.
        shared: embeddings that faces of others have too, as `PurgePlan.vectors`.
    """
    names = plan.names if telling is None else telling
    vectors = [one for one in plan.vectors if one not in shared]
    written = [*names, *(json.dumps(name)[1:-1] for name in names), *plan.ids, *vectors]
    raw = [base64.b64decode(embedding) for embedding in vectors]
    return WordSearch([*map(_encoded, written), *raw])


def find_traces(
    folder: Path,
    plan: PurgePlan,
    vault: Vault | None,
    *,
    crops: Collection[str],
    known: Collection[Path],
    on_file: Callable[[Path], None],
) -> list[str]:
    """The files and folders with traces of the person, relative to the gallery, with the hints that contain
    the name.

    Args:
        crops: all crops, by the names that faces use.
        known: files of records that were inspected and can be trusted.
        on_file: called before a file of records is searched.
    """
    search = _TraceSearch(folder, plan, vault)
    search.take_records(known, on_file)
    search.take_crops(crops)
    search.take_files()
    return search.found()


class _TraceSearch:
    """Records contain the names of others, which may contain the person's. So they are searched without such
    a name; all files that are not the program's are searched for every name."""

    def __init__(self, folder: Path, plan: PurgePlan, vault: Vault | None) -> None:
        self._folder, self._plan, self._vault = folder, plan, vault
        self._found = set[str]()
        self._hints: dict[str, set[str]] = {}
        self._other_names, self._other_folders = set[str](), set[str]()
        self._shared = set[str]()

    def found(self) -> list[str]:
        """The names of what was found, each with the hints that are left in it."""
        hints = {file: ", ".join(f"“{hint}”" for hint in sorted(own)) for file, own in self._hints.items()}
        plain = self._found - hints.keys()
        return sorted([*plain, *(f"{file} ({own})" for file, own in hints.items())])

    def take_records(self, known: Collection[Path], on_file: Callable[[Path], None]) -> None:
        """Inspect all files of records as tables."""
        own_vectors = {base64.b64decode(vector): vector for vector in self._plan.vectors}
        of_photos: dict[str, set[str]] = {}

        def inspect(file: Path, opened: Tables) -> None:
            name = file.relative_to(self._folder).as_posix()
            for other, other_folder in opened.connection.exec_driver_sql("SELECT name, folder FROM people"):
                self._other_names.add(other)
                self._other_folders.add(other_folder)
            for hints in opened.connection.execute(select(photos.c.hints)).scalars():
                of_photos.setdefault(name, set()).update(hints or ())
            for vector in opened.connection.execute(select(embeddings.c.vector)).scalars():
                if own := own_vectors.get(
                    vector[:VECTOR_BYTES]
                ):  # a copy of the same pixels under another name
                    self._shared.add(own)
            if find_changes(opened.connection, self._plan):
                self._found.add(name)

        visit_readable(record_files(self._folder), self._vault, inspect, on_file, trusted=known)
        others = {*map(name_key, self._other_names)}
        for name, hints in of_photos.items():
            if left := {
                hint for hint in hints if self._plan.is_in_hint(hint) and name_key(hint) not in others
            }:
                self._hints[name] = left

    def take_crops(self, crops: Collection[str]) -> None:
        """Search the paths of crops, but for the folders of others."""
        called = self._called
        if called.found_in(_encoded(f"{file}\n") for file in crops):
            self._found |= {file for file in crops if called.found_in([_encoded(file)])}

    def take_files(self) -> None:
        """Search the names of folders and files, and what is in files but crops."""
        own = {*record_files(self._folder), *waiting_files(self._folder)}
        own |= {part for part, _ in leftover_journals(self._folder)}
        own |= {*journals_of(self._folder / DATABASE), *(self._folder / name for name in WORK_FILES)}
        words = search_words(self._plan, self._telling, self._shared)
        all_names = [name for name in self._plan.names if len(_encoded(name)) >= SHORTEST_BYTES]
        all_called, all_words = self._called, words
        if all_names != self._telling:
            all_called = WordSearch(map(_encoded, (*all_names, *self._plan.ids)))
            all_words = search_words(self._plan, all_names, self._shared)
        for path in self._files_but_crops():
            name = path.relative_to(self._folder).as_posix()
            is_own = path in own or self._is_own_folder(name)
            try:
                is_file = path.is_file() and not path.is_symlink()  # a link's target is not in the gallery
                is_called = self._called.found_in([_encoded(name)])
                if not is_own:
                    is_called = is_called or all_called.found_in([_encoded(path.name)])
                if is_called or (
                    is_file and contains_words(path, words if is_own else all_words, self._vault)
                ):
                    self._found.add(name)
            except OSError as exc:  # an unreadable file must not stop the verification
                self._found.add(f"{name} (not searched: {exc.strerror})")

    @cached_property
    def _telling(self) -> list[str]:
        """The names that neither the names and folders of others nor what every gallery has contain."""
        others = "\n".join((*self._other_names, *self._other_folders, *_WORDS_OF_RECORDS))
        names = self._plan.names
        return [name for name in names if len(_encoded(name)) >= SHORTEST_BYTES and name not in others]

    @cached_property
    def _called(self) -> WordSearch:
        return WordSearch(map(_encoded, (*self._telling, *self._plan.ids)))

    def _is_own_folder(self, name: str) -> bool:
        start, _, end = name.partition("/")
        return name in FOLDERS or (start == CROPS_FOLDER and end in self._other_folders)

    def _files_but_crops(self) -> Iterator[Path]:
        """All folders, and all files except crops."""
        for at, folders, files in os.walk(self._folder):
            place = Path(at)
            yield from (place / name for name in folders)
            is_among_crops = place.is_relative_to(self._folder / CROPS_FOLDER)
            start = f"{place.relative_to(self._folder).as_posix()}/"
            for name in files:
                is_crop = is_among_crops and is_crop_name(f"{start}{name}")
                if not is_crop and place / name != self._folder / PURGE_PLAN:
                    yield place / name


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
