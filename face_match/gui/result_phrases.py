"""Sentences about the results of long work: what was done, what was not, and how to resume."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.core.errors import CancelledError, FaceMatchError
from face_match.core.messages import error_message
from face_match.core.notes import skipped_names_note
from face_match.gui.phrases import (
    MOST_NAMED,
    display_name,
    error_text,
    faces,
    join,
    people,
    people_and_faces,
    photos,
    undoable,
)
from face_match.gui.translation import marked, number, tr, tr_count, translated

if TYPE_CHECKING:
    from face_match.core.skipped_names import SkippedNames
    from face_match.gallery.archive import ExportSummary, ImportSummary
    from face_match.workflows.embed import EmbedResult
    from face_match.workflows.export_photos import ExportResult
    from face_match.workflows.import_people import ImportResult
    from face_match.workflows.scan import ScanResult
    from face_match.workflows.write_names import WriteResult

NOT_ADDED, NOT_WRITTEN = marked("Not added"), marked("Not written")
NOT_COPIED, NOT_READ = marked("Not copied"), marked("Not read")
NOT_REWRITTEN = marked("Only in sidecars")


def embedding_result(result: EmbedResult) -> str:
    """Faces were embedded for another model."""
    done = tr_count(
        "{n} face was embedded for this model.", "{n} faces were embedded for this model.", result.done
    )
    if not result.failed:
        return done
    failed = tr_count(
        "{n} face could not be embedded: it stays in the gallery, but is not matched under this model.",
        "{n} faces could not be embedded: they stay in the gallery, but are not matched under this model.",
        len(result.failed),
    )
    return join(done, failed)


def import_result(result: ImportResult) -> str:
    """Names were imported."""
    parts = []
    if result.added:
        parts.append(
            tr("Added {faces} of {people}.", faces=faces(result.added), people=people(len(result.people)))
        )
    elif not result.known:
        parts.append(tr("No faces were added."))
    if result.known:
        parts.append(
            tr_count(
                "{n} face was already in the gallery.",
                "{n} faces were already in the gallery.",
                result.known,
            )
        )
    if result.conflicts:
        parts.append(_conflicts(result.conflicts))
    if result.without_place:
        parts.append(_without_place(result.without_place))
    parts += [_interruption(result), failed_photos(NOT_ADDED, result.failed), _skipped(result.skipped)]
    return undoable(*parts) if result.added else join(*parts)


def _without_place(names: Counter[str]) -> str:
    """How many people are in photos without a place, with the most frequent ones."""
    frequent = [name for name, _ in names.most_common(MOST_NAMED)]
    listed = ", ".join([*map(display_name, frequent), *(["…"] if len(names) > MOST_NAMED else [])])
    return tr_count(
        "{n} name has no place in its photo and is kept as a suggestion: {names}.",
        "{n} names have no place in their photos and are kept as suggestions: {names}.",
        len(names),
        names=listed,
    )


def _skipped(left: Sequence[SkippedNames]) -> str:
    """What the files of other programs have and was not used; the first notes."""
    parts = [skipped_names_note(one) for one in left[:MOST_NAMED]]
    if len(left) > MOST_NAMED:
        parts.append(tr("And {count} more.", count=number(len(left) - MOST_NAMED)))
    return join(*parts)


def export_summary(name: str, result: ExportSummary, *, is_whole: bool) -> str:
    """An archive was written."""
    parts = [_archive_contains(name, result)]
    if result.unnamed:
        parts.append(tr("Unnamed faces in it: {count}.", count=number(result.unnamed)))
    if result.missing:
        parts.append(tr("Missing or damaged crops: {count}.", count=number(result.missing)))
    if is_whole:
        parts.append(
            tr(
                "It has the paths of your photos: keep it to yourself. To move, open the other gallery and "
                "choose Import → An archive of another gallery."
            )
        )
    return join(*parts)


def _archive_contains(name: str, result: ExportSummary | ImportSummary) -> str:
    contents = people_and_faces(result.people, result.faces)
    return tr("{archive} contains {contents}.", archive=name, contents=contents)


def archive_result(name: str, result: ImportSummary) -> str:
    """An archive was imported."""
    parts = [_archive_contains(name, result)]
    if result.added:
        parts.append(tr("New: {contents}.", contents=people_and_faces(result.new_people, result.added)))
    if result.unnamed:
        parts.append(tr("New unnamed faces: {count}.", count=number(result.unnamed)))
    if result.births:
        parts.append(tr("Birth dates added: {count}.", count=number(result.births)))
    if result.rejections:
        parts.append(
            tr_count(
                "Names that will not be suggested any more were added for {n} face.",
                "Names that will not be suggested any more were added for {n} faces.",
                result.rejections,
            )
        )
    if result.left_out:
        parts.append(
            tr(
                "Paths of photos and conflicts in it that only an empty gallery takes: {count}.",
                count=number(result.left_out),
            )
        )
    if result.conflicts:
        parts.append(_conflicts(result.conflicts))
    if result.added or result.unnamed or result.births or result.rejections:
        return undoable(*parts)
    if not result.conflicts:
        parts.append(tr("All of them were already in the gallery."))
    return join(*parts)


def _conflicts(count: int) -> str:
    return tr_count(
        "{n} name conflicts with the gallery. Choose People → Conflicts to decide.",
        "{n} names conflict with the gallery. Choose People → Conflicts to decide.",
        count,
    )


def _names_written(result: WriteResult, *, into_files: bool) -> list[str]:
    """What was written and removed, and where."""
    parts = []
    if result.names and into_files:
        parts.append(
            tr_count(
                "Wrote {n} name to photos and sidecars.",
                "Wrote {n} names to photos and sidecars.",
                result.names,
            )
        )
    elif result.names:
        parts.append(
            tr_count(
                "Wrote {n} name to XMP sidecars. The photos were not changed.",
                "Wrote {n} names to XMP sidecars. The photos were not changed.",
                result.names,
            )
        )
    if result.removed:
        parts.append(
            tr_count(
                "Removed {n} name, as in the gallery.",
                "Removed {n} names, as in the gallery.",
                result.removed,
            )
        )
    if result.known:
        parts.append(tr_count("{n} name was already there.", "{n} names were already there.", result.known))
    if result.rewritten:
        count = len(result.rewritten)
        parts.append(tr_count("Rewrote {n} photo.", "Rewrote {n} photos.", count))
    if result.newer:
        parts.append(
            tr_count(
                "In {n} photo the metadata inside and beside it have different dates.",
                "In {n} photos the metadata inside and beside them have different dates.",
                len(result.newer),
            )
        )
    return parts


def names_result(result: WriteResult, folder: str, *, into_files: bool = False) -> str:
    """Names were written to XMP sidecars, or into photos."""
    parts = _names_written(result, into_files=into_files)
    nothing = not (result.names or result.removed or result.known or result.unplaced)
    if nothing and not (result.failed or result.stopped_by):
        parts.append(tr("Nothing was written: no photo in {folder} has a named face.", folder=folder))
    if result.unplaced:
        parts.append(
            tr_count(
                "Skipped {n} face from an earlier version, whose place in the photo is unknown.",
                "Skipped {n} faces from an earlier version, whose place in the photo is unknown.",
                result.unplaced,
            )
        )
    return join(
        *parts,
        _interruption(result),
        failed_photos(NOT_REWRITTEN, result.not_rewritten),
        failed_photos(NOT_WRITTEN, result.failed),
    )


def export_result(result: ExportResult, into: str) -> str:
    """Photos were copied into a folder for each person."""
    count = sum(result.made.values())
    parts = []
    if count:
        folders = tr_count("{n} folder", "{n} folders", len(result.people))
        parts.append(
            tr("Copied {photos} into {folders} in {into}.", photos=photos(count), folders=folders, into=into)
        )
    if result.known:
        parts.append(tr_count("{n} photo was already there.", "{n} photos were already there.", result.known))
    if not (count or result.known or result.failed or result.stopped_by):
        parts.append(tr("Nothing was copied: no photo has a named face."))
    if isinstance(result.stopped_by, CancelledError):
        parts.append(tr("Stopped. Export again to resume."))
    elif result.stopped_by is not None:
        parts.append(error_message(result.stopped_by))
    return join(*parts, failed_photos(NOT_COPIED, result.failed))


def scan_result(result: ScanResult) -> str:
    """Photos were scanned for faces."""
    found = tr_count("{n} new unnamed face", "{n} new unnamed faces", result.faces)
    all_photos = photos(result.photos)
    if result.done < result.photos:
        done = number(result.done)
        parts = [tr("Scanned {done} of {photos}: {found}.", done=done, photos=all_photos, found=found)]
    else:
        parts = [tr("Scanned {photos}: {found}.", photos=all_photos, found=found)]
    if result.seen:
        parts.append(tr("Scanned before: {photos}.", photos=photos(result.seen)))
    if result.empty:
        names = ", ".join(path.name for path in result.empty[:MOST_NAMED])
        listed = f"{names}, …" if len(result.empty) > MOST_NAMED else names
        parts.append(
            tr("No face found in {photos}: {names}.", photos=photos(len(result.empty)), names=listed)
        )
    parts.append(failed_photos(NOT_READ, result.failed))
    if isinstance(result.stopped_by, CancelledError):
        parts.insert(0, tr("Stopped. The faces found so far are kept."))
    elif result.stopped_by is not None:
        parts.insert(0, error_text(result.stopped_by))
    return join(*parts)


def failed_photos(heading: str, failed: Sequence[tuple[Path, FaceMatchError]]) -> str:
    """ "Not added: 15. No face was found in a.jpg. … And 12 more."; empty where none failed.

    Args:
        heading: one of `NOT_ADDED` and the others.
    """
    if not failed:
        return ""
    head = f"{translated(heading)}: {number(len(failed))}."
    parts = [head, *(_failed_photo(*each) for each in failed[:MOST_NAMED])]
    if len(failed) > MOST_NAMED:
        parts.append(tr("And {count} more.", count=number(len(failed) - MOST_NAMED)))
    return join(*parts)


def _failed_photo(path: Path, error: FaceMatchError) -> str:
    text = error_message(error)
    return text if path.name in text else f"{path.name}: {text}"


def _interruption(result: ImportResult | WriteResult) -> str:
    """Why the work ended early, and how to resume it; empty where it is complete."""
    if result.stopped_by is None:
        return ""
    is_cancelled = isinstance(result.stopped_by, CancelledError)
    return join(
        tr("Stopped.") if is_cancelled else error_message(result.stopped_by),
        tr_count(
            "{n} photo is left. Start again to resume.",
            "{n} photos are left. Start again to resume.",
            result.left,
        ),
    )
