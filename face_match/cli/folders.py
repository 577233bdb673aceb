"""The command that exports photos by person."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from face_match.cli.opening import open_to_read
from face_match.cli.output import Output, progress_bar, stoppable
from face_match.core.number_text import plural

if TYPE_CHECKING:
    from face_match.workflows.export_photos import ExportResult


def sort(options: argparse.Namespace, output: Output) -> None:
    """Copy or link photos into one folder for each person in them."""
    from face_match.core.photo_folders import PhotoWalk
    from face_match.workflows.export_photos import (
        export_photos,
        photos_to_export,
        would_mix_with_originals,
    )

    if not options.folder.is_dir():
        options.usage_error(f"{options.folder} is not a folder")
    if would_mix_with_originals(options.folder, options.into):
        options.usage_error(
            "INTO is FOLDER, or has it in it: the photos there would be mixed with the copies"
        )
    gallery = open_to_read(options, output)
    walk = PhotoWalk()
    photos = photos_to_export(options.folder, options.into, walk)
    with progress_bar("sorting", unit=" photos") as on_progress, stoppable() as is_cancelled:
        result = export_photos(
            photos,
            gallery,
            options.into,
            as_links=options.link,
            on_progress=on_progress,
            is_cancelled=is_cancelled,
        )
    result.failed[:0] = walk.unreadable
    errors = output.failures(result.failed)
    output.document = {
        "photos": result.photos,
        "with_people": result.with_people,
        **{way.value: count for way, count in result.made.items()},
        "known": result.known,
        "people": result.people,
        "errors": errors,
    }
    _print_result(result, options, output)
    output.stopped(result.stopped_by)


def _print_result(result: ExportResult, options: argparse.Namespace, output: Output) -> None:
    from face_match.workflows.export_photos import TransferMethod

    made = ", ".join(f"{count} {way.value}" for way, count in result.made.items() if count)
    output.line(
        f"{plural(result.photos, 'photo', 'photos')}, {result.with_people} with people of the gallery: "
        f"{made or '0 copied'}, {result.known} there already, {len(result.failed)} failed."
    )
    for name, place in sorted(result.people.items()):
        output.line(f"  {options.into / place}" + (f"  {name}" if name != place else ""))
    if options.link and result.made[TransferMethod.SYMLINK] + result.made[TransferMethod.COPY]:
        output.note(
            "Hard links cannot be made from there to here; symbolic links lead to where photos lie now."
        )
