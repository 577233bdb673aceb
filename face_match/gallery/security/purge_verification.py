"""Searching a gallery's folder for traces of a purged person.

Records are inspected as tables. The bytes of all files are searched for names of six bytes or more, ids and
embeddings; in encrypted databases all values are. Crops hold only pixels, so only their names are checked.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select

from face_match.gallery.records.paths import (
    BACKUPS_FOLDER,
    CROPS_FOLDER,
    DATABASE,
    PURGE_PLAN,
    RECORDS,
    UNNAMED_FOLDER,
)
from face_match.gallery.security.byte_search import SHORTEST_BYTES, WordSearch
from face_match.gallery.security.purge_files import Tables, contains_words, visit_readable
from face_match.gallery.security.purge_plan import VECTOR_BYTES, PurgePlan
from face_match.gallery.security.purge_rows import find_changes
from face_match.gallery.storage.gallery_files import record_files
from face_match.gallery.storage.sql.tables import embeddings, photos, tables
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
    """The files and folders with traces of the person, relative to the gallery.

    Args:
        crops: all crops, by the names that faces use.
        known: files of records that were inspected and can be trusted.
        on_file: called before a file of records is searched.
    """
    found, names_and_folders, shared = set[str](), set[str](), set[str]()
    own_vectors = {base64.b64decode(vector): vector for vector in plan.vectors}

    def inspect(file: Path, opened: Tables) -> None:
        people = opened.connection.exec_driver_sql("SELECT name, folder FROM people")
        names_and_folders.update(one for row in people for one in row)
        hints = opened.connection.execute(select(photos.c.hints)).scalars()
        names_and_folders.update(name for names in hints for name in names or ())
        for vector in opened.connection.execute(select(embeddings.c.vector)).scalars():
            if own := own_vectors.get(vector[:VECTOR_BYTES]):  # a copy of the same pixels under another name
                shared.add(own)
        if find_changes(opened.connection, plan):
            found.add(file.relative_to(folder).as_posix())

    visit_readable(record_files(folder), vault, inspect, on_file, trusted=known)
    others = "\n".join((*names_and_folders, *_WORDS_OF_RECORDS))
    telling = [name for name in plan.names if len(_encoded(name)) >= SHORTEST_BYTES and name not in others]
    called, words = WordSearch(map(_encoded, (*telling, *plan.ids))), search_words(plan, telling, shared)
    if called.found_in(_encoded(f"{file}\n") for file in crops):
        found |= {file for file in crops if called.found_in([_encoded(file)])}
    for path in _files_but_crops(folder):
        name = path.relative_to(folder).as_posix()
        try:
            is_file = path.is_file() and not path.is_symlink()  # a link's target is not part of the gallery
            if called.found_in([_encoded(name)]) or (is_file and contains_words(path, words, vault)):
                found.add(name)
        except OSError as exc:  # an unreadable file must not stop the verification
            found.add(f"{name} (not searched: {exc.strerror})")
    return sorted(found)


def _files_but_crops(folder: Path) -> Iterator[Path]:
    """All folders, and all files except crops."""
    for at, folders, files in os.walk(folder):
        place = Path(at)
        yield from (place / name for name in folders)
        if not place.is_relative_to(folder / CROPS_FOLDER):
            yield from (place / name for name in files if place / name != folder / PURGE_PLAN)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
