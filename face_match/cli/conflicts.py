"""The command that lists and decides conflicts between the user's names and those of files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.cli.opening import open_to_read, open_to_write
from face_match.cli.output import Document, Output
from face_match.core.errors import ConflictNotFoundError
from face_match.core.number_text import plural

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

SAYS = {"folder": "its folder says", "metadata": "its metadata says", "archive": "the archive says"}
"""The words for each source of a name."""


def conflicts(options: argparse.Namespace, output: Output) -> None:
    """List the open conflicts, or decide some or all of them."""
    from face_match.core.records import Decision

    is_theirs = options.all_theirs or options.theirs
    is_decision = is_theirs or options.all_mine or options.mine
    with open_to_write(options) if is_decision else open_to_read(options, output) as gallery:
        decided = 0
        if is_decision:
            known = [conflict.id for conflict in gallery.conflicts()]
            chosen = [*options.mine, *options.theirs] or known
            unknown = next((one for one in chosen if one not in known), None)
            if unknown is not None:
                raise ConflictNotFoundError(unknown)
            decided = gallery.resolve_conflicts(chosen, Decision.THEIRS if is_theirs else Decision.MINE)
        left = open_conflicts(gallery)
    output.document = {"decided": decided, "conflict_count": len(left), "conflicts": left}
    if is_decision:
        whose = "Took the names of files" if is_theirs else "Kept your names"
        undoable = " Undo: “undo”." if decided else ""
        output.line(f"{whose} in {plural(decided, 'conflict', 'conflicts')}.{undoable}")
    if not left:
        output.line("There are no open conflicts.")
    print_conflicts(left, output)


def open_conflicts(
    gallery: Gallery, *, below: Sequence[Path] | None = None, archive: Path | None = None
) -> list[Document]:
    """The open conflicts.

    Args:
        below: only those of photos in these folders and below.
        archive: only those with the names of this archive.
    """
    from face_match.gallery.contents import photo_path

    folders = None if below is None else {folder.absolute() for folder in below}
    documents = []
    for conflict in gallery.conflicts():
        face = gallery.face(conflict.face)
        person, photo = gallery.person_by_folder(face.person), gallery.photo(face.photo)
        path = photo_path(conflict, photo)
        is_below = folders is None or not folders.isdisjoint(Path(path).parents)
        if is_below and (archive is None or str(archive) == conflict.path):
            documents.append(
                {
                    "id": conflict.id,
                    "photo": path,
                    "box": list(face.place) if face.place is not None else None,
                    "person": person.name if person is not None else None,
                    "name": conflict.name,
                    "source": conflict.source.value,
                    "path": conflict.path,
                    "at": conflict.at,
                }
            )
    return documents


def print_conflicts(documents: Sequence[Document], output: Output) -> None:
    """Print a line for each conflict, and how to decide them."""
    for one in documents:
        mine = "a face without a name" if one["person"] is None else one["person"]
        says = SAYS[one["source"]]
        if one["path"] != one["photo"]:
            says = says.replace("the archive", Path(one["path"]).name)
        output.line(f"  {one['id']}  {one['photo']}: {mine}; {says} {one['name']}")
    if documents:
        output.line("“conflicts --mine ID …” keeps your names, “conflicts --theirs ID …” takes the others.")
