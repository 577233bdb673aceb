"""The list of the files that moves of a gallery have begun to copy, in the folder that has the copies.

["<path>", …]

It tells the copies from files of others, which may have the same names.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from face_match.core.atomic_files import is_leftover, read_file, write_file
from face_match.gallery.records.fields import READ_ERRORS, parse_list
from face_match.gallery.records.paths import plain_files, safe_file

COPIED_FILES = "copied.json"
MAX_LIST_BYTES = 256_000_000


def copied_files(folder: Path) -> set[Path]:
    """The files that moves have begun to copy, relative to the folder; none if there is no list."""
    try:
        content = read_file(folder / COPIED_FILES, MAX_LIST_BYTES, follows_links=False)
        return {Path(one) for one in parse_list(json.loads(content), safe_file)}
    except (*READ_ERRORS, OSError):
        return set()


def note_copied_files(folder: Path, files: Collection[Path]) -> None:
    """Note which files are about to be copied; raises OSError."""
    noted = copied_files(folder) | {*files}
    write_file(folder / COPIED_FILES, json.dumps(sorted(file.as_posix() for file in noted)).encode())


def has_only_copies(folder: Path) -> bool:
    """Whether all files below a folder were put there by moves."""
    copied = copied_files(folder)
    found = (path.relative_to(folder) for path in plain_files(folder))
    return all(file in copied or file == Path(COPIED_FILES) or is_leftover(file) for file in found)
