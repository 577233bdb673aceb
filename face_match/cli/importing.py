"""The command that scans a folder of photos, or imports the names that folders or metadata give."""

from __future__ import annotations

import argparse
import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from face_match.cli.conflicts import open_conflicts, print_conflicts
from face_match.cli.opening import (
    embed_missing,
    open_to_read,
    open_to_write,
    pipeline_for,
    pipeline_parts,
    threshold_of,
)
from face_match.cli.output import Document, Output, progress_bar, stoppable
from face_match.core.errors import ClusterError, FileWriteError
from face_match.core.installation import install_command
from face_match.core.notes import skipped_names_note
from face_match.core.number_text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from face_match.core.photo_folders import PhotoWalk
    from face_match.core.skipped_names import SkippedNames
    from face_match.gallery.gallery import Gallery
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.export_faces import FaceRow
    from face_match.workflows.import_people import ImportResult
    from face_match.workflows.photo_reading import PhotoReader
    from face_match.workflows.scan import ScanResult

MOST_NAMES = 20
"""Names listed in one result."""


def import_folder(options: argparse.Namespace, output: Output) -> None:
    """Scan a folder's photos for faces, or import the names of its sub-folders or metadata."""
    has_names = options.people_from_folders or options.names_from_metadata
    if options.people_from_folders and options.names_from_metadata:
        options.usage_error("names come either from the folders or from the metadata of the photos")
    if has_names and options.csv is not None:
        options.usage_error("--csv goes with a scan: an import without --people-… and --names-…")
    if options.names_from_metadata and options.scheduler:
        options.usage_error(
            "--scheduler goes with a scan or --people-from-folders: scan first, then import the names in "
            "metadata without it; the faces are not detected again"
        )
    if options.worker_path and not options.scheduler:
        options.usage_error("--worker-path goes with --scheduler")
    for path in options.paths:
        _require_folder(path, options)
    if options.csv is not None:
        from face_match.gallery.destinations import require_outside_gallery

        require_outside_gallery(options.csv, options.gallery)
    opened = open_to_read(options, output, is_dry_run=True) if options.dry_run else open_to_write(options)
    with opened as gallery:
        pipeline = pipeline_for(options, gallery, for_many_photos=True)
        embed_missing(gallery, pipeline, output)
        if not has_names:
            embed_missing(gallery, pipeline, output, named=False)
        with _reader(options, pipeline) as reader:
            (_import_names if has_names else _scan)(options, gallery, pipeline, reader, output)


@contextlib.contextmanager
def _reader(options: argparse.Namespace, pipeline: FacePipeline) -> Iterator[PhotoReader | None]:
    """Reads the photos on a cluster, if one is given; raises ClusterError."""
    if not options.scheduler:
        yield None
        return
    try:
        from face_match.workflows.cluster.reader import ClusterReader
    except ModuleNotFoundError as exc:
        if exc.name not in ("dask", "distributed"):
            raise
        reason = f"install the packages dask and distributed: {install_command('shared')}"
        raise ClusterError(options.scheduler, reason) from exc
    from face_match.workflows.cluster.worker import PipelineSpec

    parts = pipeline_parts(options)
    spec = PipelineSpec.of(pipeline.model_id, options.engine, parts.detector, small_faces=parts.small_faces)
    with contextlib.closing(ClusterReader(options.scheduler, spec, options.worker_path)) as reader:
        yield reader


def _require_folder(path: Path, options: argparse.Namespace) -> None:
    """A path is a folder, or with --names-from-metadata a catalogue; anything else is wrong usage."""
    from face_match.metadata.other_programs import is_names_file

    if path.is_dir():
        return
    if not options.names_from_metadata or not is_names_file(path):
        options.usage_error(f"{path} is not a folder")
    if not path.is_file():
        options.usage_error(f"{path} is not a file")
    if not any(other.is_dir() for other in options.paths):
        options.usage_error(f"{path} is a catalogue: a folder with its photos is needed, too")


def _import_names(
    options: argparse.Namespace,
    gallery: Gallery,
    pipeline: FacePipeline,
    reader: PhotoReader | None,
    output: Output,
) -> None:
    from face_match.core.photo_folders import PhotoWalk
    from face_match.workflows.import_names import import_names_from_metadata
    from face_match.workflows.import_people import import_people, photos_by_person
    from face_match.workflows.read_names import name_sources

    folders = [path for path in options.paths if path.is_dir()]
    with progress_bar("importing", unit=" photos") as on_progress, stoppable() as is_cancelled:
        walk = PhotoWalk(is_cancelled)
        if options.people_from_folders:
            of_people = [photo for folder in folders for photo in photos_by_person(folder, walk)]
            result = import_people(
                sorted(of_people, key=lambda photo: photo.name) if len(folders) > 1 else of_people,
                gallery,
                pipeline,
                threshold_of(pipeline.model_id, gallery) if options.threshold is None else options.threshold,
                reader=reader,
                on_progress=on_progress,
                is_cancelled=is_cancelled,
            )
        else:
            photos = walk.photos(folders)
            result = import_names_from_metadata(
                photos,
                gallery,
                pipeline,
                sources=name_sources(options.paths, photos),
                on_progress=on_progress,
                is_cancelled=is_cancelled,
            )
    errors = _errors(result, walk, output)
    conflicts = open_conflicts(gallery, below=folders)
    output.document = {
        **_import_document(result, conflicts, with_metadata=options.names_from_metadata),
        "dry_run": options.dry_run,
        "not_read": dict(walk.unsupported),
        "errors": errors,
    }
    _print_import(result, len(conflicts), output, is_dry_run=options.dry_run)
    _print_not_read(walk, output)
    _print_not_placed(result, output)
    print_conflicts(conflicts, output)
    output.stopped(result.stopped_by, result.left)


def _errors(result: ImportResult | ScanResult, walk: PhotoWalk, output: Output) -> list[Document]:
    """The photos and folders that could not be read. RAW photos without a preview do not count as photos."""
    read = walk.without_unread(result.failed)
    result.photos -= len(result.failed) - len(read)
    result.failed = [*walk.unreadable, *read]
    return output.failures(result.failed)


def _print_import(result: ImportResult, conflicts: int, output: Output, *, is_dry_run: bool) -> None:
    added = plural(result.added, "face", "faces")
    people = plural(len(result.people), "person", "people")
    output.line(
        f"{plural(result.photos, 'photo', 'photos')}: {added} of {people} "
        f"{'would be added' if is_dry_run else 'added'}, {result.known} known already, "
        f"{plural(conflicts, 'conflict', 'conflicts')}, {len(result.failed)} failed."
    )


def _scan(
    options: argparse.Namespace,
    gallery: Gallery,
    pipeline: FacePipeline,
    reader: PhotoReader | None,
    output: Output,
) -> None:
    from face_match.core.photo_folders import PhotoWalk
    from face_match.workflows.export_faces import face_rows, write_csv
    from face_match.workflows.review import Review
    from face_match.workflows.scan import scan

    walk, folders = PhotoWalk(), [path.resolve() for path in options.paths]
    photos = walk.photos(folders)
    others = [path for path in gallery.unfinished_scans if path not in folders]
    if not options.dry_run:
        gallery.set_unfinished_scans([*others, *folders])  # interrupted, it can be resumed, in the window too
    with progress_bar("scanning", unit=" photos") as on_progress, stoppable() as is_cancelled:
        result = scan(
            photos, gallery, pipeline, reader=reader, on_progress=on_progress, is_cancelled=is_cancelled
        )
    if result.stopped_by is None and not options.dry_run:
        gallery.set_unfinished_scans(others)
    errors = _errors(result, walk, output)
    threshold = threshold_of(pipeline.model_id, gallery) if options.threshold is None else options.threshold
    groups = Review(gallery, pipeline.model_id).groups(threshold)
    rows = [*face_rows(result.records.items(), gallery, groups)]
    output.document = {
        "photos": result.photos,
        "faces": result.faces,
        "seen": result.seen,
        "moved": result.moved,
        "empty": len(result.empty),
        "hinted": result.hinted,
        "dry_run": options.dry_run,
        "not_read": dict(walk.unsupported),
        "errors": errors,
        "results": [_document(row) for row in rows],
    }
    _print_result(result, rows, output, is_dry_run=options.dry_run)
    _print_not_read(walk, output)
    output.stopped(result.stopped_by)
    if options.csv is not None:
        try:
            write_csv(rows, options.csv, gallery.folder)
        except FileWriteError as exc:
            output.document["error"] = output.failure(exc)


def _print_not_read(walk: PhotoWalk, output: Output) -> None:
    """Count the files of kinds that are not read."""
    if walk.unsupported:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(walk.unsupported.items()))
        output.line(f"Files of kinds that are not read: {kinds}.")
    if walk.raw_beside_photo:
        raws = plural(walk.raw_beside_photo, "RAW file is", "RAW files are")
        output.line(f"{raws} left out beside a photo of the same name.")
    if walk.needs_rawpy:
        output.line("The package rawpy reads the previews of RAW files: pip install rawpy")


def _print_not_placed(result: ImportResult, output: Output) -> None:
    """Name what was skipped, and the people whose place in their photos no file says."""
    for one in result.skipped:
        output.line(skipped_names_note(one))
    if result.without_place:
        names = sorted(result.without_place.items(), key=lambda pair: (-pair[1], pair[0]))
        output.line(
            f"{plural(len(names), 'name', 'names')} without a place in the photo, kept as suggestions:"
        )
        for name, count in names[:MOST_NAMES]:
            output.line(f"{count:6}  {name}")
        if len(names) > MOST_NAMES:
            output.line(f"        and {len(names) - MOST_NAMES:,} more")


def _print_result(result: ScanResult, rows: Sequence[FaceRow], output: Output, *, is_dry_run: bool) -> None:
    from face_match.workflows.export_faces import FaceStatus

    if is_dry_run:
        output.line("Dry run: nothing was saved.")
    faces = plural(result.faces, "new face", "new faces")
    output.line(
        f"{plural(result.photos, 'photo', 'photos')}: {faces}, {result.seen} seen before, "
        f"{result.moved} of these moved, {len(result.empty)} without a face, {len(result.failed)} failed."
    )
    for decision, how_sure in ((FaceStatus.PROPOSED, "probably"), (FaceStatus.MAYBE, "maybe")):
        people = Counter(row.person for row in rows if row.decision is decision and row.person is not None)
        for name, count in sorted(people.items(), key=lambda pair: (-pair[1], pair[0])):
            output.line(f"{count:6}  {how_sure} {name}")
    groups = [row.group for row in rows if row.decision is FaceStatus.GROUP]
    rest = sum(row.decision is FaceStatus.UNNAMED for row in rows)
    if groups:
        output.line(f"{len(groups):6}  in {plural(len({*groups}), 'cluster', 'clusters')} of similar faces")
    if rest:
        output.line(f"{rest:6}  {'single face' if rest == 1 else 'single faces'}")


def _import_document(result: ImportResult, conflicts: list[Document], *, with_metadata: bool) -> Document:
    document: Document = {
        "photos": result.photos,
        "added": result.added,
        "known": result.known,
        "people": sorted(result.people),
        "conflict_count": len(conflicts),
        "conflicts": conflicts,
    }
    if with_metadata:
        document["without_place"] = dict(sorted(result.without_place.items()))
        document["left_out"] = [_skipped_document(left) for left in result.skipped]
    return document


def _skipped_document(left: SkippedNames) -> Document:
    return {
        "file": str(left.file),
        "kind": left.kind.value,
        "count": left.count,
        "examples": [*left.examples],
        "message": skipped_names_note(left),
    }


def _document(row: FaceRow) -> Document:
    document: Document = {
        "photo": str(row.photo),
        "box": list(row.box),
        "person": row.person,
        "similarity": row.similarity,
        "decision": row.decision.value,
    }
    return document if row.group is None else {**document, "group": row.group}
