"""Carrying out a purge plan on every file, also after an interruption."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from face_match.core.atomic_files import read_file, remove_leftovers, sync_folder
from face_match.core.errors import (
    ErasingPendingError,
    GalleryDamagedError,
    GalleryNewerError,
    GalleryUnreadableError,
    GalleryWriteError,
    ImageUnreadableError,
    PurgePlanUnusableError,
    gallery_read_errors,
    gallery_write_errors,
)
from face_match.core.progress import OnProgress, no_progress
from face_match.core.translation import marked
from face_match.gallery.records.fields import READ_ERRORS
from face_match.gallery.records.own_files import is_crop_name
from face_match.gallery.records.paths import (
    CALIBRATIONS,
    DATABASE,
    FOLDERS,
    PENDING_CROPS,
    PURGE_PLAN,
    RECORDS,
    UNFINISHED_SCANS,
    VAULT,
)
from face_match.gallery.security.byte_search import WordSearch
from face_match.gallery.security.purge_files import contains_words, is_records, purge_file, tables_of
from face_match.gallery.security.purge_plan import PurgePlan
from face_match.gallery.security.purge_verification import find_traces, search_words
from face_match.gallery.storage import calibrations, interrupted_scans
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.gallery_files import (
    crop_files,
    current_records,
    generation_of,
    is_json_of_others,
    leftover_journals,
    record_files,
)
from face_match.gallery.storage.json_reading import MAX_PLAN_BYTES, load_json
from face_match.gallery.storage.legacy.waiting_folder import waiting_files
from face_match.gallery.storage.pending_clear import EVERYBODY_PLAN
from face_match.gallery.storage.sqlite.files import journals_of
from face_match.gallery.storage.sqlite.temporary_copy import delete_left_copies
from face_match.gallery.storage.vault import FORMAT as VAULT_FORMAT
from face_match.gallery.storage.vault import Vault, from_disk
from face_match.gallery.storage.vault import remove as forget_vault


@dataclass(frozen=True)
class PurgeResult:
    """The number of deleted faces and crops, the files of records that were changed, and files with
    remaining traces."""

    faces: int
    crops: int
    records: list[str]
    traces: list[str]


def finish_purge(folder: Path, vault: Vault | None, work: PurgeProgress | None = None) -> PurgeResult | None:
    """Complete a pending purge, if there is one. The caller holds the writer lock.

    Raises:
        PurgePlanUnusableError, ErasingPendingError, GalleryDamagedError.
    """
    path = folder / PURGE_PLAN
    with gallery_read_errors(path, PurgePlanUnusableError):
        try:
            content = read_file(path, MAX_PLAN_BYTES)
        except FileNotFoundError:
            return None
    try:
        if content == EVERYBODY_PLAN:  # written without a passphrase
            plan = None
        else:
            plan = PurgePlan.read(load_json(from_disk(content, vault, PURGE_PLAN, path)))
    except GalleryDamagedError as exc:
        raise PurgePlanUnusableError(path, exc.detail) from exc
    except READ_ERRORS as exc:
        raise PurgePlanUnusableError(path, marked("it is incomplete or was changed")) from exc
    result = None
    with _pending_errors(plan):
        if plan is None:
            _purge_everybody(folder)
        else:
            _require_current_plan(plan, folder, vault)
            result = _purge_person(folder, plan, vault, work or PurgeProgress(folder, no_progress))
        unlink_durably(path)
    return result


class PurgeProgress:
    """Reports progress in bytes of records: each file is inspected, rewritten and searched."""

    def __init__(self, folder: Path, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._sizes = {path: path.stat().st_size for path in record_files(folder)}
        self._total = 3 * sum(self._sizes.values())
        self._done = self._begun = 0
        self.known = set[Path]()  # files that were inspected and can be trusted
        self.has_changed = False  # whether any records were changed

    def begin_file(self, file: Path) -> None:
        """Start a file; the previous one is done."""
        self._done += self._begun
        self._begun = self._sizes.get(file, 0)
        self._on_progress(min(self._done, self._total), self._total)

    def finish(self) -> None:
        self._on_progress(self._total, self._total)


@contextlib.contextmanager
def _pending_errors(plan: PurgePlan | None) -> Iterator[None]:
    """Raise what the system refuses as ErasingPendingError: the purge is completed later."""
    try:
        yield
    except (GalleryWriteError, GalleryUnreadableError) as exc:
        name = plan.names[0] if plan is not None and plan.names else ""
        raise ErasingPendingError(exc.path, exc.detail, name) from exc


def _require_current_plan(plan: PurgePlan, folder: Path, vault: Vault | None) -> None:
    """Refuse a plan that was carried out before and put back: the person may have been added again since.

    Carrying out a plan increases the generation by one. Plans of version 0.1 have no generation.

    Raises:
        PurgePlanUnusableError.
    """
    if vault is None or (plan.generation is None and not vault.is_strict):
        return
    if plan.generation is None or generation_of(folder, vault) > plan.generation + 1:
        raise PurgePlanUnusableError(folder / PURGE_PLAN, marked("it is older than the records"))


def unlink_durably(path: Path) -> None:
    """Delete a file, durably; raises GalleryWriteError."""
    with gallery_write_errors(path):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def _purge_everybody(folder: Path) -> None:
    """Delete what is the program's. Its folders go if they are empty then: others may have files in them."""
    database, records = folder / DATABASE, record_files(folder)
    journals = [part for part, _ in leftover_journals(folder)]
    if database in records or not database.exists():
        journals += journals_of(database)
    own = [*crop_files(folder), *waiting_files(folder), *journals, *records, folder / PENDING_CROPS]
    for path in own:
        with gallery_write_errors(path):
            path.unlink(missing_ok=True)
    _remove_leftovers(folder)
    Crops(folder).remove_empty_folders()
    for path in (folder / name for name in FOLDERS):
        with contextlib.suppress(OSError):
            path.rmdir()
    with gallery_write_errors(folder):
        sync_folder(folder)
    with contextlib.suppress(GalleryDamagedError, GalleryNewerError):  # it is deleted anyway
        forget_vault(folder)
    if not is_json_of_others(folder / VAULT, VAULT_FORMAT):
        unlink_durably(folder / VAULT)


def _purge_person(folder: Path, plan: PurgePlan, vault: Vault | None, work: PurgeProgress) -> PurgeResult:
    crops = Crops(folder, vault)
    for old, new in plan.moved.items():
        with contextlib.suppress(ImageUnreadableError):  # the crop is missing or unreadable
            if crops.has(new):
                continue
            crops.write_bytes(new, crops.read_bytes(old))
    words = search_words(plan)
    live = [folder / DATABASE, folder / RECORDS]
    changed = []
    for file in [*filter(Path.exists, live), *(file for file in record_files(folder) if file not in live)]:
        work.begin_file(file)
        purge = purge_file if file in live else _purge_old_file
        if is_records(file) and purge(file, plan, vault, words, is_trusted=file in work.known):
            changed.append(file)
        work.has_changed = True
    work.known |= {*changed}
    known = _all_crops(folder, vault)
    kept = {*crops.files(known=known)}
    in_folder = (crop for crop in kept if plan.is_in_folder(crop) and (is_crop_name(crop) or crop in known))
    gone = [crop for crop in {*plan.files, *in_folder} if crops.has(crop)]
    crops.delete_all(gone)
    crops.remove_empty_folders()
    _purge_other_files(folder, plan, vault, words)
    return PurgeResult(
        faces=len(plan.ids),
        crops=len({*gone} - plan.moved.keys()),
        records=[file.relative_to(folder).as_posix() for file in changed],
        traces=find_traces(
            folder, plan, vault, crops=kept.difference(gone), known=work.known, on_file=work.begin_file
        ),
    )


def _all_crops(folder: Path, vault: Vault | None) -> set[str]:
    """The crops of all faces in the records."""
    file = current_records(folder)
    if file is None:
        return set()
    with tables_of(file, vault, is_trusted=True) as tables:
        return {*tables.connection.exec_driver_sql("SELECT file FROM faces").scalars()}


def _purge_other_files(folder: Path, plan: PurgePlan, vault: Vault | None, words: WordSearch) -> None:
    """Delete calibrations, interrupted scans that contain the name, unreadable files that may concern the
    person, and leftovers."""
    if calibrations.is_own(folder / CALIBRATIONS):
        unlink_durably(folder / CALIBRATIONS)
    known = interrupted_scans.read(folder, vault)
    left = [path for path in known if not plan.mentions(str(path))]
    if left != known:
        interrupted_scans.write(folder, vault, left)
    unread = (
        [folder / UNFINISHED_SCANS]
        if not known and interrupted_scans.is_own(folder / UNFINISHED_SCANS)
        else []
    )
    for path in [*unread, *waiting_files(folder)]:
        with gallery_write_errors(path):
            if path.is_file() and not path.is_symlink() and contains_words(path, words, vault):
                unlink_durably(path)
    _remove_leftovers(folder)


def _remove_leftovers(folder: Path) -> None:
    """Delete leftovers of interrupted writes, in every folder of the gallery, and copies in the temporary
    folder."""
    delete_left_copies()
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())):
        remove_leftovers(place)


def _purge_old_file(
    file: Path, plan: PurgePlan, vault: Vault | None, words: WordSearch, *, is_trusted: bool
) -> bool:
    """Like `purge_file`, for old copies of the records: an unreadable one is deleted if it may concern the
    person."""
    try:
        return purge_file(file, plan, vault, words, is_trusted=is_trusted)
    except (GalleryDamagedError, GalleryNewerError):
        with gallery_write_errors(file):
            is_telling = contains_words(file, words, vault, plan.names)
            if is_telling:
                unlink_durably(file)
            return is_telling
