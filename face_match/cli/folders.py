"""The commands for a folder of many photos: looked through for faces, and sorted by who is in them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from face_match.cli.opening import embed_missing, open_to_read, open_to_write, pipeline_for, threshold_of
from face_match.cli.output import Output, progress_bar, stoppable
from face_match.errors import FileWriteError
from face_match.messages import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from face_match.collecting import Collected
    from face_match.results import Result


def look_through(options: argparse.Namespace, output: Output) -> None:
    """Find every face of a folder's photos; those that are not named wait for that."""
    from face_match.collecting import collect
    from face_match.gallery.waiting import Waiting
    from face_match.photo_folders import Walk
    from face_match.results import results, write_csv
    from face_match.reviewing import Review, embed_waiting

    opened = open_to_read(options, output) if options.dry_run else open_to_write(options)
    with opened as gallery:
        pipeline = pipeline_for(options, gallery, for_many_photos=True)
        embed_missing(gallery, pipeline, output)
        waiting = Waiting.of(
            gallery.folder,
            gallery.vault,
            is_writable=gallery.is_writable,
            is_only_tried=options.dry_run,
            require_writable=gallery.require_writable,
        )
        with progress_bar(f"embedding faces for {pipeline.model_id}") as on_progress:
            embed_waiting(waiting, pipeline, on_progress)
        folder = options.folder.resolve()
        walk = Walk()
        photos = walk.photos([folder])
        others = [path for path in waiting.unfinished if path != folder]
        if not options.dry_run:
            waiting.begin([*others, folder])  # cut off, it is offered in the window to go on with
        with progress_bar("looking for faces", unit=" photos") as on_progress, stoppable() as is_cancelled:
            result = collect(
                photos, gallery, waiting, pipeline, on_progress=on_progress, is_cancelled=is_cancelled
            )
        result.failed[:0] = walk.left_out
        if result.stopped_by is None and not options.dry_run:
            waiting.begin(others)
        threshold = threshold_of(pipeline.model_id) if options.threshold is None else options.threshold
        groups = Review(gallery, waiting, pipeline.model_id).groups(threshold)
        rows = results(result.digests.items(), gallery, waiting, groups)
    errors = [{"photo": str(path), **output.failure(error, path.name)} for path, error in result.failed]
    output.document = {
        "photos": result.photos,
        "faces": result.faces,
        "seen": result.seen,
        "moved": result.moved,
        "empty": len(result.empty),
        "dry_run": options.dry_run,
        "errors": errors,
        "results": [_document(row) for row in rows],
    }
    _tell(result, rows, output, is_only_tried=options.dry_run)
    if result.stopped_by is not None:
        output.document["error"] = output.failure(result.stopped_by)
    if options.csv is not None:
        try:
            write_csv(rows, options.csv)
        except FileWriteError as exc:
            output.document["error"] = output.failure(exc)


def sort(options: argparse.Namespace, output: Output) -> None:
    """Copy, or link, the photos of people of the gallery into a folder for each."""
    from face_match.gallery.waiting import Waiting
    from face_match.photo_folders import Walk
    from face_match.sorting import Way, photos_to_sort, sort_photos, would_mix

    if not options.folder.is_dir():
        options.usage_error(f"{options.folder} is not a folder")
    if would_mix(options.folder, options.into):
        options.usage_error(
            "INTO is FOLDER, or has it in it: the photos there would be mixed with the copies"
        )
    gallery = open_to_read(options, output)
    waiting = Waiting.of(gallery.folder, gallery.vault, is_writable=False)
    walk = Walk()
    photos = photos_to_sort(options.folder, options.into, walk)
    with progress_bar("sorting", unit=" photos") as on_progress, stoppable() as is_cancelled:
        result = sort_photos(
            photos,
            gallery,
            waiting,
            options.into,
            as_links=options.link,
            on_progress=on_progress,
            is_cancelled=is_cancelled,
        )
    result.failed[:0] = walk.left_out
    errors = [{"photo": str(path), **output.failure(error, path.name)} for path, error in result.failed]
    output.document = {
        "photos": result.photos,
        "with_people": result.with_people,
        **{way.value: count for way, count in result.made.items()},
        "known": result.known,
        "people": result.people,
        "errors": errors,
    }
    made = ", ".join(f"{count} {way.value}" for way, count in result.made.items() if count)
    output.line(
        f"{counted(result.photos, 'photo', 'photos')}, {result.with_people} with people of the gallery: "
        f"{made or '0 copied'}, {result.known} there already, {len(errors)} failed."
    )
    for name, place in sorted(result.people.items()):
        output.line(f"  {options.into / place}" + (f"  {name}" if name != place else ""))
    if options.link and result.made[Way.SYMLINK] + result.made[Way.COPY]:
        output.note(
            "Hard links cannot be made from there to here; symbolic links lead to where photos lie now."
        )
    if result.stopped_by is not None:
        output.document["error"] = output.failure(result.stopped_by)


def _tell(result: Collected, rows: Sequence[Result], output: Output, *, is_only_tried: bool) -> None:
    from face_match.results import Decision

    wait = "would wait" if is_only_tried else "wait" if result.faces != 1 else "waits"
    faces = counted(result.faces, "new face", "new faces")
    output.line(
        f"{counted(result.photos, 'photo', 'photos')}: {faces} {wait} for a name; {result.seen} seen before, "
        f"{result.moved} of these moved; {len(result.empty)} without a face, {len(result.failed)} failed."
    )
    people: dict[str, int] = {}
    for row in rows:
        if row.decision is Decision.PROPOSED and row.person is not None:
            people[row.person] = people.get(row.person, 0) + 1
    for name, count in sorted(people.items(), key=lambda pair: (-pair[1], pair[0])):
        output.line(f"{count:6}  probably {name}")
    groups = [row.group for row in rows if row.decision is Decision.GROUP]
    rest = sum(row.decision is Decision.UNNAMED for row in rows)
    if groups:
        output.line(
            f"{len(groups):6}  in {counted(len({*groups}), 'group', 'groups')} of faces that are alike"
        )
    if rest:
        output.line(f"{rest:6}  like no other")


def _document(row: Result) -> dict[str, object]:
    told: dict[str, object] = {
        "photo": str(row.photo),
        "box": list(row.box),
        "person": row.person,
        "similarity": row.similarity,
        "decision": row.decision.value,
    }
    return told if row.group is None else {**told, "group": row.group}
