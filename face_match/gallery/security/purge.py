"""Purging: deleting a person, or everybody, from all files in a gallery's folder, with verification.

The plan is written first. An interrupted purge is completed when the gallery is next opened for writing.
Records are written anew, databases too, so that no free page keeps deleted data.

A purge deletes the person's faces from records, backups and history, the rejections of the person, photos
known only for the person, the name among the hints of photos, and paths that contain it. In a photo with
other faces, the place of the person's face is kept as an ignored face with a new id, so that a later scan
does not ask about it. A face that the user took from the person is kept: the user decided that it does not
show them.

Somebody who was deleted in a way that can be undone can be purged too, with the faces that nobody has named
since.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from face_match.core.atomic_files import write_file
from face_match.core.errors import (
    CancelledError,
    GalleryDamagedError,
    gallery_write_errors,
)
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.translation import marked
from face_match.gallery.records.own_files import is_crop_name
from face_match.gallery.records.paths import PURGE_PLAN, VAULT, require_accessible
from face_match.gallery.security.purge_execution import (
    PurgeProgress,
    PurgeResult,
    finish_purge,
    unlink_durably,
)
from face_match.gallery.security.purge_plan import PurgePlan
from face_match.gallery.security.purge_planning import make_plan
from face_match.gallery.security.unlocking import unlock_for_writing
from face_match.gallery.storage import backups
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.gallery_files import (
    crop_files,
    foreign_among_own,
    generation_of,
    record_files,
)
from face_match.gallery.storage.legacy.waiting_folder import waiting_files
from face_match.gallery.storage.lock import WriterLock
from face_match.gallery.storage.pending_clear import EVERYBODY_PLAN
from face_match.gallery.storage.vault import Vault, remember_generation, to_disk


def purge(
    folder: Path,
    name: str,
    passphrase: str | None = None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> PurgeResult:
    """Delete a person from a gallery and its backups for good.

    Neither this nor any step up to the last one that concerned the person can be undone; later steps can.

    Raises:
        PersonNotFoundError, GalleryDamagedError, GalleryLockedError, CancelledError: nothing is changed.
        GalleryWriteError: nothing is changed. ErasingPendingError: the purge is completed when the gallery is
            next opened for writing.
    """
    with WriterLock(folder):
        require_accessible(folder)
        vault = unlock_for_writing(folder, passphrase)
        backups.open_store(folder, for_writing=True, vault=vault).close()
        work = PurgeProgress(folder, on_progress)

        def looks_at(file: Path) -> None:
            if is_cancelled():
                raise CancelledError
            work.begin_file(file)

        plan, work.known = make_plan(folder, name, vault, looks_at)
        if vault is not None:
            plan = replace(plan, generation=generation_of(folder, vault))
        if is_cancelled():
            raise CancelledError
        result = _carry_out(folder, plan, vault, work)
        if vault is not None:  # so that older records are not accepted
            remember_generation(folder, vault, generation_of(folder, vault))
        work.finish()
        return result


def _carry_out(folder: Path, plan: PurgePlan, vault: Vault | None, work: PurgeProgress) -> PurgeResult:
    """Write the plan and carry it out. If damaged records are found before any file was changed, the purge
    is abandoned, so that they can be restored first."""
    with gallery_write_errors(folder / PURGE_PLAN):
        write_file(folder / PURGE_PLAN, to_disk(json.dumps(asdict(plan)).encode(), vault, PURGE_PLAN))
    try:
        with backups.backup_in_errors(folder, vault):
            result = finish_purge(folder, vault, work)
    except GalleryDamagedError:
        if not work.has_changed:
            unlink_durably(folder / PURGE_PLAN)
            Crops(folder, vault).delete_all([*plan.moved.values()])
        raise
    if result is None:
        raise GalleryDamagedError(folder / PURGE_PLAN, marked("it is missing"))
    return result


def clear(folder: Path) -> list[str]:
    """Delete everybody, the backups and the vault for good.

    Returns:
        The files in the program's folders, or with names of records, that are not the program's and are left.

    Raises:
        GalleryLockedError.
        GalleryWriteError: nothing is changed. ErasingPendingError: the purge is completed when the gallery is
            next opened for writing.
    """
    require_accessible(folder)
    is_begun = any((folder / name).exists() for name in (VAULT, PURGE_PLAN))
    if not (is_begun or record_files(folder) or waiting_files(folder) or crop_files(folder)):
        return [*filter(is_crop_name, foreign_among_own(folder))]  # as its crops were called
    with WriterLock(folder):
        with gallery_write_errors(folder / PURGE_PLAN):
            write_file(folder / PURGE_PLAN, EVERYBODY_PLAN)
        finish_purge(folder, None)
        return foreign_among_own(folder)
