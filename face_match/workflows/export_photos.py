"""Copy photos into a folder, or copy or link them into one for each person in them. The photos stay in place.

A file is copied under a temporary name and renamed when it is complete. No file is ever overwritten: an
identical file is skipped, and beside a different one with the same name comes "photo (2).jpg".
"""

from __future__ import annotations

import contextlib
import filecmp
import itertools
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from face_match.core.atomic_files import make_folder, open_file, open_new_file, remove_leftovers
from face_match.core.errors import FaceMatchError, FileWriteError, ImageUnreadableError, without_frames
from face_match.core.network_drives import is_on_foreign_share, network_share
from face_match.core.photo_folders import PhotoWalk, photo_files
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import PhotoRecord
from face_match.core.translation import marked
from face_match.gallery.destinations import require_outside_gallery
from face_match.gallery.gallery import Gallery
from face_match.gallery.photo_copies import is_unchanged_at
from face_match.gallery.records.names import FolderNames
from face_match.vision.photo_loading import identify_photo
from face_match.workflows.batch import BatchResult, run_batch

CHUNK_BYTES = 1 << 20


class TransferMethod(str, Enum):
    """How a photo got into a person's folder: as a hard link, a symbolic link or a copy."""

    LINK = "linked"
    SYMLINK = "symlinked"
    COPY = "copied"


@dataclass
class ExportResult(BatchResult):
    """The result of an export.

    Attributes:
        photos: the number of photos; `with_people` of them show people of the gallery.
        made: the number of files made, by method.
        known: the number of files that were there already.
        people: the folder of each person with photos, by name.
    """

    photos: int
    with_people: int = 0
    made: dict[TransferMethod, int] = field(default_factory=lambda: dict.fromkeys(TransferMethod, 0))
    known: int = 0
    people: dict[str, str] = field(default_factory=dict)

    def count(self, name: str, folder: str, method: TransferMethod | None) -> None:
        """Count a file in a person's folder; `method` is None where it was there already."""
        self.people[name] = folder
        if method is None:
            self.known += 1
        else:
            self.made[method] += 1


@dataclass
class CopyResult(BatchResult):
    """The result of copying photos into one folder.

    Attributes:
        copied: the number of files made.
        known: the number of files that were there already.
    """

    copied: int = 0
    known: int = 0


def copy_photos(
    photos: Sequence[Path],
    into: Path,
    gallery: Gallery,
    *,
    may_read: Callable[[Path], bool] | None = None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> CopyResult:
    """Copy the files of photos into a folder, which is made if it does not exist.

    Args:
        photos: their paths in the gallery's records. Those may be from elsewhere, and name any file of this
            computer: only what has the content of one of the gallery's photos is copied.
        may_read: whether a path may be accessed; by default, it is not on another computer than the gallery.
    Raises:
        GalleryDestinationError: the folder belongs to the gallery.
    """
    require_outside_gallery(into, gallery.folder, is_folder=True)
    remove_leftovers(into)
    result = CopyResult()

    own = (into, gallery.folder)

    def check(path: Path) -> None:
        is_allowed = may_read(path) if may_read is not None else not is_on_foreign_share(path, own)
        if not is_allowed:
            raise ImageUnreadableError(path.name, f"it is on another computer: {network_share(path)}")
        seen = identify_photo(path)
        if gallery.photo_by_digest(seen.digest, seen.file_digest) is None:
            raise ImageUnreadableError(path.name, marked("it is not the photo that the gallery knows"))

    def copy(path: Path, refusal: FaceMatchError | None) -> None:
        try:
            if refusal is not None:
                raise refusal
            is_new = _put(path, into, as_links=False) is not None
        except ImageUnreadableError as exc:
            result.failed.append((path, without_frames(exc)))
        else:
            result.copied += is_new
            result.known += not is_new

    result.stopped_by = run_batch(
        photos, check, copy, on_progress=on_progress, is_cancelled=is_cancelled, in_order=True
    )
    return result


def would_mix_with_originals(folder: Path, into: Path) -> bool:
    """Whether the people's folders would be made among the photos themselves."""
    folder, into = folder.resolve(), into.resolve()
    return into == folder or into in folder.parents


def photos_to_export(folder: Path, into: Path, walk: PhotoWalk | None = None) -> list[Path]:
    """The photos of a folder, without those exported earlier into a folder within it."""
    target = into.resolve()
    photos = photo_files([folder]) if walk is None else walk.photos([folder])
    return [path for path in photos if target not in path.resolve().parents]


def export_photos(
    photos: Sequence[Path],
    gallery: Gallery,
    into: Path,
    *,
    as_links: bool = False,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ExportResult:
    """Put each photo into the folder of every person who has a face in it.

    Args:
        as_links: make hard links; symbolic links where that is not possible, else copies.
    Raises:
        GalleryDestinationError: `into` belongs to the gallery.
    """
    require_outside_gallery(into, gallery.folder, is_folder=True)
    result = ExportResult(len(photos))
    folders = _folders(gallery)
    recorded = gallery.photos_at([str(path.absolute()) for path in photos])
    known = {record.path: record for record in recorded}

    def find(path: Path) -> PhotoRecord | None:
        record = known.get(str(path.absolute()))
        if record is not None and is_unchanged_at(record, path.absolute()):
            return record
        seen = identify_photo(path)
        return gallery.photo_by_digest(seen.digest, seen.file_digest)

    def handle(path: Path, record: PhotoRecord | FaceMatchError | None) -> None:
        if isinstance(record, FaceMatchError):
            result.failed.append((path, record))
            return
        people = _people_in(gallery, record)
        result.with_people += bool(people)
        try:
            for folder, name in people.items():
                target = into / folders[folder]
                if name not in result.people:
                    require_outside_gallery(target, gallery.folder, is_folder=True)
                    remove_leftovers(target)
                result.count(name, folders[folder], _put(path, target, as_links))
        except ImageUnreadableError as exc:
            result.failed.append((path, without_frames(exc)))

    result.stopped_by = run_batch(
        photos, find, handle, on_progress=on_progress, is_cancelled=is_cancelled, in_order=True
    )
    return result


def _people_in(gallery: Gallery, record: PhotoRecord | None) -> dict[str, str]:
    """The names of the people who have a face in a photo, by their folders in the gallery."""
    found = gallery.people_in([record.id]) if record is not None else set()
    people = (gallery.person_by_folder(folder) for _, folder in sorted(found))
    return {person.folder: person.name for person in people if person is not None}


def _folders(gallery: Gallery) -> dict[str, str]:
    """The name of each person's export folder, from the person's current name."""
    folders = FolderNames()
    return {person.folder: folders.assign(person.name) for person in gallery.people}


def _put(source: Path, folder: Path, as_links: bool) -> TransferMethod | None:
    """Put a photo into a folder; returns None if it is there already.

    Raises:
        FileWriteError, ImageUnreadableError: nothing has changed.
    """
    for target in _names(folder / source.name):
        with contextlib.suppress(FileExistsError):
            if os.path.lexists(target):
                if _is_same(source, target):
                    return None
                continue
            try:
                make_folder(folder)
            except OSError as exc:
                raise FileWriteError(folder, exc.strerror or type(exc).__name__) from exc
            try:
                return _make(source, target, as_links)
            except FileExistsError:
                raise
            except OSError as exc:
                raise FileWriteError(target, exc.strerror or type(exc).__name__) from exc
    raise AssertionError


def _names(path: Path) -> Iterator[Path]:
    """ "photo.jpg", "photo (2).jpg", "photo (3).jpg" …"""
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def _is_same(source: Path, target: Path) -> bool:
    try:
        return target.samefile(source) or filecmp.cmp(source, target, shallow=False)
    except OSError:
        return False


def _make(source: Path, target: Path, as_links: bool) -> TransferMethod:
    """Raises FileExistsError, OSError, ImageUnreadableError."""
    if as_links:
        for method, link in ((TransferMethod.LINK, os.link), (TransferMethod.SYMLINK, os.symlink)):
            try:
                link(source.resolve(), target)
                return method
            except FileExistsError:
                raise
            except OSError:  # not supported here, or not between these file systems
                continue
    new = target.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        _copy(source, new)
        _name(new, target)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # times and permissions are not essential
        shutil.copystat(source, target)
    return TransferMethod.COPY


def _copy(source: Path, new: Path) -> None:
    with contextlib.ExitStack() as stack:
        try:
            reading = stack.enter_context(open_file(source))
        except OSError as exc:
            raise ImageUnreadableError(source.name, exc.strerror or type(exc).__name__) from exc
        writing = stack.enter_context(
            open_new_file(new)
        )  # readable by the user alone until the permissions are copied
        while True:
            try:
                data = reading.read(CHUNK_BYTES)
            except OSError as exc:
                raise ImageUnreadableError(source.name, exc.strerror or type(exc).__name__) from exc
            if not data:
                break
            writing.write(data)
        writing.flush()
        os.fsync(writing.fileno())


def _name(new: Path, target: Path) -> None:
    """Rename a file without overwriting another; raises FileExistsError."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError as exc:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(target) from exc
        new.rename(target)
