"""The command that finds the photos of people in the gallery's records."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.cli.opening import open_to_read
from face_match.cli.output import Output, progress_bar, stoppable
from face_match.core.errors import PersonNotFoundError
from face_match.core.number_text import plural

if TYPE_CHECKING:  # imported where it is used: it takes a while
    from face_match.core.records import Person
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.photo_search import FoundPhoto


def photos(options: argparse.Namespace, output: Output) -> None:
    """List the photos of people, and copy them into a folder where that is asked for."""
    from face_match.workflows.photo_search import PhotoQuery, find_photos

    if options.only and not options.names:
        options.usage_error("--only needs the name of a person")
    gallery = open_to_read(options, output)
    people, without = (
        tuple(_person(gallery, name, output) for name in names) for names in (options.names, options.without)
    )
    found = find_photos(gallery, PhotoQuery(people, without, options.only))
    output.document = {
        "people": [person.name for person in people],
        "without": [person.name for person in without],
        "only": options.only,
        "photos": _rows(gallery, found),
    }
    for one in found:
        if one.photo.path:
            output.line(one.photo.path)
    output.note(f"{plural(len(found), 'photo', 'photos')}.")
    unknown = sum(not one.photo.path for one in found)
    if unknown:
        output.note(f"Photos whose file is not known: {unknown:,}.")
    if options.copy_to is not None:
        _copy(gallery, [Path(one.photo.path) for one in found if one.photo.path], options, output)


def _person(gallery: Gallery, name: str, output: Output) -> Person:
    """The person with a name: as it is typed, else in another case or spacing."""
    exact = next((person for person in gallery.people if person.name == name), None)
    if exact is not None:
        return exact
    try:
        return gallery.person(name)
    except PersonNotFoundError:
        from face_match.workflows.search_text import NameIndex

        names = NameIndex(gallery.people)
        near = [person for _, person in names.containing(name)] or names.similar(name)
        if near:
            output.note("Similar names: " + ", ".join(f"“{person.name}”" for person in near[:3]))
        raise


def _rows(gallery: Gallery, found: Sequence[FoundPhoto]) -> list[dict[str, object]]:
    """The photos as a document has them, with the names of everyone in them."""
    names = {person.folder: person.name for person in gallery.people}
    in_photo: dict[str, list[str]] = {}
    for photo_id, folder in gallery.people_in([one.photo.id for one in found]):
        in_photo.setdefault(photo_id, []).append(names.get(folder, folder))
    return [
        {
            "photo": one.photo.path or None,
            "taken": one.photo.taken or None,
            "people": sorted(in_photo.get(one.photo.id, ())),
        }
        for one in found
    ]


def _copy(gallery: Gallery, paths: Sequence[Path], options: argparse.Namespace, output: Output) -> None:
    from face_match.workflows.export_photos import copy_photos

    with progress_bar("copying", unit=" photos") as on_progress, stoppable() as is_cancelled:
        result = copy_photos(
            paths, options.copy_to, gallery, on_progress=on_progress, is_cancelled=is_cancelled
        )
    output.document["copied"], output.document["known"] = result.copied, result.known
    output.document["errors"] = output.failures(result.failed)
    output.note(
        f"{options.copy_to}: {plural(result.copied, 'photo', 'photos')} copied, {result.known:,} there "
        f"already, {len(result.failed):,} failed."
    )
    output.stopped(result.stopped_by)
