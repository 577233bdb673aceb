"""Erasing: of one person, or everybody, nothing is left in a gallery's folder; and that is looked at.

What is to go is first written down. From then on it goes, also after a kill: when the gallery is next opened
for writing. The records are written anew without it, databases too, so that no page keeps what was there.

With a person go their faces, in the records, the backups and the history; what was said of other faces about
them; the photos that are known for them alone; and where photos lie, if that says their name. A photo with
other faces keeps the place of the person's face, as one that nobody is asked about, under an id that it never
had. That a face is not somebody's was said for good: a face that was taken from the person stays.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from face_match.durable import MAX_COPY_BYTES, read_file, remove_leftovers, sync_folder, write_file
from face_match.errors import (
    CancelledError,
    ErasingPendingError,
    GalleryDamagedError,
    GalleryNewerError,
    GalleryWriteError,
    ImageUnreadableError,
    gallery_writes,
)
from face_match.gallery import backups, unfinished
from face_match.gallery.byte_search import Words
from face_match.gallery.crops import Crops
from face_match.gallery.erasing_files import erase_from, is_records, says, tables_of
from face_match.gallery.erasing_plan import Plan
from face_match.gallery.erasing_planning import make_plan
from face_match.gallery.erasing_traces import traces, words_of
from face_match.gallery.json_files import MAX_PLAN_BYTES, load_json
from face_match.gallery.kept_files import crop_files, generation_of, record_files
from face_match.gallery.legacy_waiting import waiting_files
from face_match.gallery.lock import WriterLock
from face_match.gallery.opening import unlock_for_writing
from face_match.gallery.paths import (
    BACKUPS_FOLDER,
    CALIBRATIONS,
    CROPS_FOLDER,
    DATABASE,
    ERASING,
    PENDING_CROPS,
    RECORDS,
    UNFINISHED,
    VAULT,
    WAITING_FOLDER,
)
from face_match.gallery.stores import journal_of
from face_match.gallery.values import MISREAD
from face_match.gallery.vault import Vault, from_disk, remember_generation, to_disk
from face_match.gallery.vault import remove as forget_vault
from face_match.types import IsCancelled, OnProgress, never_cancelled, no_progress

EVERYBODY_MARK = b'"everybody"'
"""In the place of a plan."""


@dataclass(frozen=True)
class Erased:
    """What is gone: how many faces and crops, from which files of records; and where anything is left."""

    faces: int
    crops: int
    records: list[str]
    left: list[str]


def purge(
    folder: Path,
    name: str,
    passphrase: str | None = None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Erased:
    """Erase a person from a gallery and its backups. It cannot be undone, nor can any change up to the last
    one that concerned the person; later ones can.

    Raises:
        PersonNotFoundError, GalleryDamagedError, GalleryLockedError, CancelledError: nothing is changed.
        GalleryWriteError: nothing is changed; but ErasingPendingError: the rest goes when the gallery is next
            opened for writing.
    """
    with WriterLock(folder):
        vault = unlock_for_writing(folder, passphrase)
        backups.open_store(folder, for_writing=True, vault=vault).close()
        work = _Work(folder, on_progress)

        def looks_at(file: Path) -> None:
            if is_cancelled():
                raise CancelledError
            work.begins(file)

        plan, work.known = make_plan(folder, name, vault, looks_at)
        if vault is not None:
            plan = replace(plan, generation=generation_of(folder, vault))
        if is_cancelled():
            raise CancelledError
        erased = _carry_out(folder, plan, vault, work)
        if vault is not None:  # so that the records from before are not taken for the newest
            remember_generation(folder, vault, generation_of(folder, vault))
        work.ends()
        return erased


def _carry_out(folder: Path, plan: Plan, vault: Vault | None, work: _Work) -> Erased:
    """Write down what is to go, and erase it. Where the records turn out to be damaged before any were made
    anew, it is not begun: they are to be made whole first."""
    with gallery_writes(folder / ERASING):
        write_file(folder / ERASING, to_disk(json.dumps(asdict(plan)).encode(), vault, ERASING))
    try:
        with backups.offered(folder, vault):
            erased = finish(folder, vault, work)
    except GalleryDamagedError:
        if not work.has_changed:
            _unlink(folder / ERASING)
            Crops(folder, vault).delete_all([*plan.moved.values()])
        raise
    if erased is None:
        raise GalleryDamagedError(folder / ERASING, "it is missing")
    return erased


def clear(folder: Path) -> list[str]:
    """Erase everybody, with the backups and the vault; returns what is left. It cannot be undone.

    Raises:
        GalleryLockedError.
        GalleryWriteError: nothing is changed; but ErasingPendingError: the rest goes when the gallery is next
            opened for writing.
    """
    own = (RECORDS, f"{RECORDS}.bak", f"{RECORDS}.outgrown", DATABASE, UNFINISHED, VAULT, ERASING)
    if not any((folder / name).exists() for name in (*own, CROPS_FOLDER)) and not waiting_files(folder):
        return []  # a folder that is no gallery may have a “backups” of its own
    with WriterLock(folder):
        with gallery_writes(folder / ERASING):
            write_file(folder / ERASING, EVERYBODY_MARK)
        finish(folder, None)
        left = [*record_files(folder), *crop_files(folder), *waiting_files(folder)]
        left += folder.glob(f"{DATABASE}*")
        return [path.relative_to(folder).as_posix() for path in left]


def finish(folder: Path, vault: Vault | None, work: _Work | None = None) -> Erased | None:
    """Do what was begun, if something was. The caller holds the writer's lock.

    Raises:
        ErasingPendingError, GalleryDamagedError.
    """
    path = folder / ERASING
    try:
        content = read_file(path, MAX_PLAN_BYTES)
        if content == EVERYBODY_MARK:  # which is written without the passphrase
            plan = None
        else:
            plan = Plan.read(load_json(from_disk(content, vault, ERASING, path)))
    except FileNotFoundError:
        return None
    except (*MISREAD, OSError) as exc:
        raise GalleryDamagedError(path, "it does not say what was to be erased") from exc
    erased = None
    with _pending(plan):
        if plan is None:
            _erase_all(folder)
        else:
            _require_of_now(plan, folder, vault)
            erased = _erase(folder, plan, vault, work or _Work(folder, no_progress))
        _unlink(path)
    return erased


class _Work:
    """Tells how far an erasing has come, in bytes of records: each is looked at, made anew and searched."""

    def __init__(self, folder: Path, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._sizes = {path: path.stat().st_size for path in record_files(folder)}
        self._total = 3 * sum(self._sizes.values())
        self._done = self._begun = 0
        self.known = set[Path]()  # files that were looked at and found good
        self.has_changed = False  # any records

    def begins(self, file: Path) -> None:
        """What was begun before is done."""
        self._done += self._begun
        self._begun = self._sizes.get(file, 0)
        self._on_progress(min(self._done, self._total), self._total)

    def ends(self) -> None:
        self._on_progress(self._total, self._total)


@contextlib.contextmanager
def _pending(plan: Plan | None) -> Iterator[None]:
    """What cannot be written inside is done later, and that is to be said."""
    try:
        yield
    except GalleryWriteError as exc:
        name = plan.names[0] if plan is not None and plan.names else ""
        raise ErasingPendingError(exc.path, exc.detail, name) from exc


def _require_of_now(plan: Plan, folder: Path, vault: Vault | None) -> None:
    """Refuse a plan that was carried out before, and was put back: who was erased may be there again since.

    Carrying it out makes one generation of the records more. Version 0.1 wrote none down.

    Raises:
        GalleryDamagedError.
    """
    if vault is None or (plan.generation is None and not vault.is_strict):
        return
    if plan.generation is None or generation_of(folder, vault) > plan.generation + 1:
        raise GalleryDamagedError(folder / ERASING, "it is older than the records: delete that file")


def _unlink(path: Path) -> None:
    """Durably; raises GalleryWriteError."""
    with gallery_writes(path):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def _erase_all(folder: Path) -> None:
    for path in [*record_files(folder), *journal_of(folder / DATABASE), folder / PENDING_CROPS]:
        with gallery_writes(path):
            path.unlink(missing_ok=True)
    for path in (folder / BACKUPS_FOLDER, folder / CROPS_FOLDER, folder / WAITING_FOLDER):
        with gallery_writes(path), contextlib.suppress(FileNotFoundError):
            shutil.rmtree(path)
    _remove_leftovers(folder)
    with gallery_writes(folder):
        sync_folder(folder)
    with contextlib.suppress(GalleryDamagedError, GalleryNewerError):  # no matter: it goes
        forget_vault(folder)
    _unlink(folder / VAULT)


def _erase(folder: Path, plan: Plan, vault: Vault | None, work: _Work) -> Erased:
    crops = Crops(folder, vault)
    for old, new in plan.moved.items():
        with contextlib.suppress(ImageUnreadableError):  # nothing is there, or nothing that can be read
            if crops.has(new):
                continue
            crops.write_bytes(new, crops.read_bytes(old))
    words = words_of(plan)
    live = [folder / DATABASE, folder / RECORDS]
    changed = []
    for file in [*filter(Path.exists, live), *(file for file in record_files(folder) if file not in live)]:
        work.begins(file)
        erase = erase_from if file in live else _erase_from_earlier
        if is_records(file) and erase(file, plan, vault, words, is_known=file in work.known):
            changed.append(file)
        work.has_changed = True
    work.known |= {*changed}
    kept = {*crops.files(known=_crops_of_all(folder, vault))}
    gone = [crop for crop in {*plan.files, *filter(plan.is_in_folder, kept)} if crops.has(crop)]
    crops.delete_all(gone)
    crops.remove_empty_folders()
    _forget_rest(folder, plan, vault, words)
    return Erased(
        faces=len(plan.ids),
        crops=len({*gone} - plan.moved.keys()),
        records=[file.relative_to(folder).as_posix() for file in changed],
        left=traces(folder, plan, vault, crops=kept.difference(gone), known=work.known, on_file=work.begins),
    )


def _crops_of_all(folder: Path, vault: Vault | None) -> list[str]:
    """The crops that the records speak of."""
    for file in (folder / DATABASE, folder / RECORDS):
        if file.exists():
            with tables_of(file, vault, is_known=True) as tables:
                return [*tables.connection.exec_driver_sql("SELECT file FROM faces").scalars()]
    return []


def _forget_rest(folder: Path, plan: Plan, vault: Vault | None, words: Words) -> None:
    """What was learned of faces; which scans were interrupted, where that says the name; what cannot be read
    and could tell of the person; and what writes that were killed have left."""
    for path in folder.glob(f"{CALIBRATIONS}*"):
        _unlink(path)
    known = unfinished.read(folder, vault)
    left = [path for path in known if not plan.says(str(path))]
    if left != known:
        unfinished.write(folder, vault, left)
    others = [path for path in folder.glob(f"{UNFINISHED}*") if path.name != UNFINISHED or not known]
    for path in [*others, *waiting_files(folder)]:
        with gallery_writes(path):
            if path.is_file() and not path.is_symlink() and says(path, words, vault):
                _unlink(path)
    _remove_leftovers(folder)


def _remove_leftovers(folder: Path) -> None:
    """Also of an archive that was being written into the gallery's folder."""
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())):
        remove_leftovers(place)


def _erase_from_earlier(file: Path, plan: Plan, vault: Vault | None, words: Words, *, is_known: bool) -> bool:
    """The same for records before the present ones: those that cannot be read go, if they could tell of the
    person."""
    try:
        return erase_from(file, plan, vault, words, is_known=is_known)
    except (GalleryDamagedError, GalleryNewerError):
        with gallery_writes(file):
            told = _opened(file, vault)
            names = (*plan.names, *(json.dumps(name)[1:-1] for name in plan.names))
            is_telling = any(name.encode() in told for name in names) or words.are_in([told])
            if is_telling:
                _unlink(file)
            return is_telling


def _opened(file: Path, vault: Vault | None) -> bytes:
    content = read_file(file, MAX_COPY_BYTES, follows_links=False)
    with contextlib.suppress(GalleryDamagedError):
        content = from_disk(content, vault, RECORDS, file)
    return content
