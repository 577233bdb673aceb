"""Work with the files of photos in the gallery: copying them, and finding those that were moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import PhotoRecord
from face_match.gui import phrases
from face_match.gui.result_phrases import NOT_COPIED, NOT_READ, failed_photos
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import tr, tr_count

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.export_photos import CopyResult
    from face_match.workflows.locate_photos import LocateResult


def copy_photos(gallery: OpenGallery, paths: Sequence[Path], into: Path) -> None:
    """Copy photos into a folder; photos on a server are read only where the user has allowed it."""

    def may_read(path: Path) -> bool:
        return not gallery.shares.needs_permission(path)

    def work(opened: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> CopyResult:
        from face_match.workflows.export_photos import copy_photos

        return copy_photos(
            paths, into, opened, may_read=may_read, on_progress=on_progress, is_cancelled=is_cancelled
        )

    def on_done(result: CopyResult) -> str:
        return copy_result(result, into.name)

    gallery.run(tr("Copying photos"), work, on_done, tr("Stopped. No photo was copied."), into=into)


def locate_photos(
    gallery: OpenGallery, photos: Sequence[PhotoRecord], place: Path, on_located: Callable[[], None]
) -> None:
    """Search for missing photos in a folder, or at a file and beside it, and record where they are."""
    is_file = place.is_file()

    def work(opened: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> LocateResult:
        from face_match.workflows.locate_photos import locate_photos

        return locate_photos(photos, place, opened, on_progress, is_cancelled)

    def on_done(result: LocateResult) -> str:
        if result.found:
            on_located()
        elif is_file and not result.failed:
            return tr("{file} is another photo.", file=place.name)
        return locate_result(result)

    gallery.run(
        tr("Searching for photos"), work, on_done, tr("Stopped. No photo was found."), has_changed=True
    )


def copy_result(result: CopyResult, folder: str) -> str:
    """Photos were copied into one folder."""
    parts = []
    if isinstance(result.stopped_by, CancelledError):
        parts.append(tr("Stopped."))
    elif result.stopped_by is not None:
        parts.append(phrases.error_text(result.stopped_by))
    if result.copied or not (result.known or result.failed or result.stopped_by):
        parts.append(
            tr_count(
                "Copied {n} photo into {folder}.",
                "Copied {n} photos into {folder}.",
                result.copied,
                folder=folder,
            )
        )
    if result.known:
        parts.append(tr_count("{n} photo was already there.", "{n} photos were already there.", result.known))
    return phrases.join(*parts, failed_photos(NOT_COPIED, result.failed))


def locate_result(result: LocateResult) -> str:
    """Missing photos were searched for."""
    parts = []
    if isinstance(result.stopped_by, CancelledError):
        parts.append(tr("Stopped."))
    elif result.stopped_by is not None:
        parts.append(phrases.error_text(result.stopped_by))
    found, left = len(result.found), result.missing - len(result.found)
    if not result.missing:
        parts.append(tr("No photo is missing."))
    elif found:
        parts.append(tr_count("Found {n} photo.", "Found {n} photos.", found))
    if left:
        parts.append(tr_count("{n} photo is still missing.", "{n} photos are still missing.", left))
    return phrases.join(*parts, failed_photos(NOT_READ, result.failed))
