"""Moving a gallery to another folder: copied, compared, put in its place, and only then removed where it was.

While it is copied everything is in a folder of its own in the new place; what was copied before it broke off
is not copied again. The records come into their place last: until then there is no gallery in the new place,
and the old one is not touched before there is. Where a move was killed, the settings know which one is meant;
`end_cut_off_move` makes of the two folders one gallery again.

The folder on the way has a list of the files that are copied into it. Only those are replaced or deleted when
a move is tried again or given up; where there is anything else, the move is refused.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import (
    make_folder,
    open_file,
    open_new_file,
    remove_leftovers,
    sync_folder,
)
from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    GalleryNotMovedError,
    GalleryUnsafeError,
)
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.translation import marked
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.own_files import is_backup_name, is_crop_name
from face_match.gallery.records.paths import (
    BACKUPS_FOLDER,
    CROPS_FOLDER,
    DATABASE,
    FOLDERS,
    LOCK,
    LOCK_HOLDER,
    RECORDS,
    VAULT,
    plain_files,
    require_accessible,
    require_no_link,
    require_no_links,
)
from face_match.gallery.security.unlocking import unlock_for_writing
from face_match.gallery.storage.copied_files import (
    COPIED_FILES,
    copied_files,
    has_only_copies,
    note_copied_files,
)
from face_match.gallery.storage.gallery_files import (
    crop_files,
    current_records,
    foreign_files,
    leftover_journals,
    record_files,
)
from face_match.gallery.storage.legacy.waiting_folder import waiting_files
from face_match.gallery.storage.lock import WriterLock
from face_match.gallery.storage.sqlite.files import journals_of
from face_match.gallery.storage.vault import Vault

ON_THE_WAY = ".moving"
"""The folder in the new place that has everything until it is complete."""
CHUNK_BYTES = 1 << 20
_OF_FULL_DISK = (errno.ENOSPC, errno.EDQUOT)
_ORDER = {VAULT: -1, RECORDS: 1, DATABASE: 2}


class Moved(NamedTuple):
    """A gallery that was moved.

    Attributes:
        files: how many files it has.
        left: what is still in the old folder: files that are not the program's, or cannot be deleted.
    """

    files: int
    left: Sequence[str]


class MoveEnd(Enum):
    """How a move that was cut off has ended.

    The gallery is where it was, or in the new place; or both folders have one, since somebody has changed the
    one that is not meant.
    """

    STAYED = 0
    MOVED = 1
    TWO = 2


def move_gallery(
    folder: Path,
    target: Path,
    passphrase: str | None = None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
    *,
    note: Callable[[str], None] = lambda _: None,
    remember: Callable[[], None] = lambda: None,
) -> Moved:
    """Move a gallery into a folder that is empty or not there yet, or that an interrupted move has left.

    Args:
        on_progress: given bytes.
        note: called with `records_digest` before anything is copied.
        remember: called when the new gallery is complete and before the old one is removed; if it raises, the
            old one stays and the new one is removed.
    Raises:
        GalleryNotMovedError, CancelledError: the gallery is where it was.
        GalleryLockedError: another window or command has it open for changes.
    """
    with WriterLock(folder):
        require_accessible(folder)
        vault = unlock_for_writing(folder, passphrase)  # completes interrupted work
        files = _own_files(folder, vault)
        _require_place(folder, target, files)
        left_alone = foreign_files(folder, vault)
        note(records_digest(folder))
        is_in_place = False
        try:
            _copy(folder, target, files, on_progress, is_cancelled)
            is_in_place = True
            _put_in_place(target / ON_THE_WAY, target)
            _require_same(folder, target, passphrase)
            remember()
        except BaseException as exc:
            is_full = isinstance(exc, OSError) and exc.errno in _OF_FULL_DISK
            if is_full or not isinstance(exc, (OSError, KeyboardInterrupt)):  # after others it can go on
                _discard(target, files if is_in_place else [])
            if isinstance(exc, OSError):
                raise GalleryNotMovedError(
                    target, exc.strerror or type(exc).__name__, copies_in(target)
                ) from exc
            raise
        journals = [path.relative_to(folder) for path in journals_of(folder / DATABASE)]  # of the comparison
        left = _removed(folder, [*journals, *files])
    _remove_lock(folder)
    return Moved(len(files), [*left_alone, *left])


def end_cut_off_move(old: Path, new: Path, records: str, *, was_remembered: bool) -> MoveEnd | None:
    """Make one gallery of the two that a move may have left when it was killed.

    The one that is not meant is removed from the old folder, or set aside in the new one, where the next move
    finds what was copied. Only files that the other folder has too, byte by byte, are touched, since the
    settings may be wrong about the folders. A gallery that was changed since stays, and so does one folder
    under two names.

    Args:
        records: the digest that the move has noted.
        was_remembered: the one in the new folder is meant.
    Returns:
        None where that cannot be told now: a drive is missing.
    Raises:
        GalleryError: another program has it open, or it cannot be written.
    """
    meant, other = (new, old) if was_remembered else (old, new)
    if current_records(meant) is None:
        return None
    if not other.exists():
        return None if not other.parent.exists() else MoveEnd(was_remembered)
    if other.samefile(meant):
        return MoveEnd(was_remembered)
    require_no_links(meant)  # its parts must not be those that are removed
    with WriterLock(other):
        if records_digest(other) not in ("", records):
            return MoveEnd.TWO
        copies, others = _copies(other, meant)
        of_gallery = current_records(other)
        if of_gallery is not None and of_gallery.relative_to(other) in others:
            return MoveEnd.TWO
        if not was_remembered and not _has_only_copies_on_the_way(new):
            return MoveEnd.TWO
        if was_remembered:
            _removed(old, copies)
        else:
            if copies:
                note_copied_files(new / ON_THE_WAY, copies)
            _take_back(new, copies)
    _remove_lock(other)
    return MoveEnd(was_remembered)


def copies_in(target: Path) -> Path | None:
    """The folder with what an interrupted move has copied; None where there is none, or it cannot be told."""
    with contextlib.suppress(OSError):
        return target / ON_THE_WAY if (target / ON_THE_WAY).is_dir() else None
    return None


def records_digest(folder: Path) -> str:
    """The SHA-256 of a gallery's records, in hex; "" where there are none."""
    records = current_records(folder)
    return "" if records is None else _digest(records).hex()


def is_free(folder: Path) -> bool:
    """Whether a gallery can be moved into a folder: it is empty, not there yet, or has part of one; raises
    GalleryNotMovedError."""
    try:
        found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    except OSError as exc:
        raise GalleryNotMovedError(folder, exc.strerror or type(exc).__name__) from exc
    return not found or ON_THE_WAY in found


def _require_place(folder: Path, target: Path, files: Sequence[Path]) -> None:
    """Refuse a folder with other things than an interrupted move of this gallery has left; raises
    GalleryNotMovedError."""
    here, there = folder.resolve(), target.resolve()
    if here == there or here in there.parents:
        raise GalleryNotMovedError(target, marked("it is in the gallery’s own folder"))
    if there.exists() and not there.is_dir():
        raise GalleryNotMovedError(target, marked("it is a file"))
    try:
        is_possible = not there.exists() or not any(there.iterdir()) or _is_left_over(here, there, files)
    except OSError as exc:
        raise GalleryNotMovedError(target, exc.strerror or type(exc).__name__) from exc
    if not is_possible:
        raise GalleryNotMovedError(target, marked("there is something in it already"))


def _is_left_over(folder: Path, target: Path, files: Sequence[Path]) -> bool:
    """Whether everything in a folder was copied there by an interrupted move of this gallery.

    What was on the way is in its list. What was in its place already is like the file of the gallery, or is
    listed with a name that nobody else gives: the gallery may have changed since.
    """
    on_the_way = target / ON_THE_WAY
    if (
        not on_the_way.is_dir()
        or not _has_only_plain_parts(target)
        or not _has_only_copies_on_the_way(target)
    ):
        return False
    copied, own = copied_files(on_the_way), {*files}
    in_place = (path.relative_to(target) for path in plain_files(target))
    return all(
        (file in copied and _has_own_name(file)) or (file in own and _is_same(folder / file, target / file))
        for file in in_place
        if file.parts[0] != ON_THE_WAY
    )


def _has_only_copies_on_the_way(target: Path) -> bool:
    """Whether a folder on the way is not there, or has only what moves have put into it; raises
    GalleryUnsafeError if it is a link."""
    on_the_way = target / ON_THE_WAY
    require_no_link(on_the_way)
    return _has_only_plain_parts(on_the_way) and has_only_copies(on_the_way)


def _has_own_name(file: Path) -> bool:
    """Whether a file has a name that only this program gives."""
    if file.parts[0] == BACKUPS_FOLDER:
        return len(file.parts) == 2 and is_backup_name(file.name)
    return is_crop_name(file.as_posix())


def _has_only_plain_parts(folder: Path) -> bool:
    """Whether there are only files and folders below a folder: what is copied into it stays in it."""
    for at, folders, files in os.walk(folder):
        for name in (*folders, *files):
            try:
                require_no_link(Path(at, name))
            except GalleryUnsafeError:
                return False
    return True


def _own_files(folder: Path, vault: Vault | None = None) -> list[Path]:
    """The files of a gallery below its folder, but for the lock's; what makes it a gallery comes last.

    Args:
        vault: as for `crop_files`.
    """
    found = {*record_files(folder), *crop_files(folder, vault), *waiting_files(folder)}
    found |= {part for part, _ in leftover_journals(folder)} | {
        *journals_of(folder / DATABASE),
        folder / VAULT,
    }
    own = (path.relative_to(folder) for path in found if path.is_file() and not path.is_symlink())
    return sorted(own, key=lambda path: (_order(path), path.as_posix()))


def _copies(folder: Path, other: Path) -> tuple[list[Path], list[Path]]:
    """The files of a gallery that another folder has too, byte by byte, and those that it does not have.

    Journals go with their database: without it they are nothing.
    """
    journals = {path.relative_to(folder) for path in journals_of(folder / DATABASE)}
    copies, others = list[Path](), list[Path]()
    for file in _own_files(folder):
        if file.parts[0] != ON_THE_WAY and file not in journals:
            (copies if _is_same(folder / file, other / file) else others).append(file)
    (others if Path(DATABASE) in others else copies).extend(
        file for file in journals if (folder / file).exists()
    )
    return copies, others


def _is_same(one: Path, other: Path) -> bool:
    """Whether two files have the same content; False if one is missing or cannot be read, or they are one."""
    try:
        return (
            not one.samefile(other)
            and one.stat().st_size == other.stat().st_size
            and _digest(one) == _digest(other)
        )
    except OSError:
        return False


def _order(path: Path) -> int:
    """The order in which files come into their place: first the key, without which encrypted crops are
    refused, and last the records, which make a folder a gallery. They are removed in the reverse order."""
    return _ORDER.get(path.name, 0)


def _copy(
    folder: Path, target: Path, files: Sequence[Path], on_progress: OnProgress, is_cancelled: IsCancelled
) -> None:
    """Copy all files into the folder on the way, and compare what is on the disk; raises OSError,
    GalleryNotMovedError, CancelledError."""
    on_the_way = target / ON_THE_WAY
    make_folder(on_the_way)
    note_copied_files(on_the_way, files)
    copied = copied_files(on_the_way)
    in_place = (path.relative_to(target) for path in plain_files(target))
    _take_back(target, [file for file in in_place if file in copied])  # an interrupted move had begun that
    for path in plain_files(on_the_way):
        if path.relative_to(on_the_way) in copied.difference(files):
            path.unlink()
    sizes = {file: (folder / file).stat().st_size for file in files}
    total, done = 2 * sum(sizes.values()), 0
    missing = [file for file in files if not _is_copied(folder / file, on_the_way / file)]
    if sum(sizes[file] for file in missing) > shutil.disk_usage(on_the_way).free:
        raise GalleryNotMovedError(target, marked("there is not enough room on its disk"))
    for file in files:
        if is_cancelled():
            raise CancelledError
        if file in missing:
            _copy_file(folder / file, on_the_way / file)
        done += sizes[file]
        on_progress(done, total)
    for parent in {(on_the_way / file).parent for file in files}:
        sync_folder(parent)
    for file in files:
        if is_cancelled():
            raise CancelledError
        if _digest(folder / file) != _digest(on_the_way / file):
            (on_the_way / file).unlink()
            raise GalleryNotMovedError(target, marked("a copy is not like its file; the disk may be damaged"))
        done += sizes[file]
        on_progress(done, total)


def _is_copied(source: Path, copy: Path) -> bool:
    """Whether a file was copied to its end, when it got the time of the source."""
    try:
        had, has = source.stat(), copy.stat()
    except OSError:
        return False
    is_alone = has.st_nlink == 1  # the gallery writes some files in place
    return is_alone and (had.st_size, had.st_mtime_ns) == (has.st_size, has.st_mtime_ns)


def _copy_file(source: Path, copy: Path) -> None:
    make_folder(copy.parent)
    copy.unlink(missing_ok=True)
    with open_file(source, follows_links=False) as old, open_new_file(copy) as new:
        shutil.copyfileobj(old, new, CHUNK_BYTES)
        new.flush()
        os.fsync(new.fileno())
    status = source.stat()
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))


def _digest(path: Path) -> bytes:
    digest = hashlib.sha256()
    with open_file(path, follows_links=False) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.digest()


def _put_in_place(on_the_way: Path, target: Path) -> None:
    """Move what is in the folder on the way to its place, the records last; raises OSError, also where
    something has come into that place meanwhile."""
    remove_leftovers(on_the_way)
    for path in sorted(on_the_way.iterdir(), key=_order):
        if path.name == COPIED_FILES:
            continue
        if os.path.lexists(target / path.name):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        path.replace(target / path.name)
    sync_folder(target)
    (on_the_way / COPIED_FILES).unlink()
    on_the_way.rmdir()
    sync_folder(target)


def _take_back(target: Path, files: Sequence[Path]) -> None:
    """Move files from their place back into the folder on the way; raises OSError."""
    for file in sorted(files, key=_order, reverse=True):
        make_folder((target / ON_THE_WAY / file).parent)
        (target / file).replace(target / ON_THE_WAY / file)
    _removed(target, files)  # their folders, where they are empty


def _remove_lock(folder: Path) -> None:
    """Remove the lock's files, and the folder where nothing else is in it."""
    for name in (LOCK, LOCK_HOLDER):
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # other things are in it, or it is the program's folder
        folder.rmdir()


def _require_same(folder: Path, target: Path, passphrase: str | None) -> None:
    """Open both galleries and compare what is in them; raises GalleryNotMovedError."""
    try:
        with (
            Gallery.open(folder, for_writing=False, passphrase=passphrase) as old,
            Gallery.open(target, for_writing=False, passphrase=passphrase) as new,
        ):
            is_same = (len(old.people), old.face_count) == (len(new.people), new.face_count)
    except FaceMatchError as exc:
        raise GalleryNotMovedError(target, marked("the copy cannot be opened")) from exc
    if not is_same:
        raise GalleryNotMovedError(target, marked("the copy has other people or faces"))


def _discard(target: Path, files: Sequence[Path]) -> None:
    """Remove what was copied, and nothing else.

    Args:
        files: those that are in their place.
    """
    on_the_way = target / ON_THE_WAY
    remove_leftovers(on_the_way)
    _removed(on_the_way, [Path(COPIED_FILES), *copied_files(on_the_way)])
    with contextlib.suppress(OSError):
        on_the_way.rmdir()
    _removed(target, files)
    with contextlib.suppress(OSError):
        target.rmdir()


def _removed(folder: Path, files: Sequence[Path]) -> list[str]:
    """Remove files of a gallery and the folders that are empty then; returns those that remain."""
    left = []
    for file in reversed(files):  # first what makes it a gallery: half of one must not look like one
        try:
            (folder / file).unlink(missing_ok=True)
        except OSError:
            left.append(file.as_posix())
    parents = {folder / parent for file in files for parent in file.parents if parent != Path()}
    parents |= {folder / name for name in FOLDERS}
    parents |= {
        path for path in (folder / CROPS_FOLDER).rglob("*") if path.is_dir() and not path.is_symlink()
    }
    for parent in sorted(parents, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError):
            sync_folder(parent)
            parent.rmdir()
    with contextlib.suppress(OSError):
        sync_folder(folder)
    return left
