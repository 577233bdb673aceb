"""Photos copied, or linked, into a folder for each person who is in them. They themselves stay as they are.

Each file is copied under a temporary name and gets its own when it is whole. Nothing that is there is ever
written over: what is the same is passed over, and beside what differs comes "photo (2).jpg".
"""

from __future__ import annotations

import contextlib
import filecmp
import itertools
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from face_match.core.atomic_files import make_folder, open_new_file, remove_leftovers
from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    FileWriteError,
    GalleryError,
    ImageUnreadableError,
)
from face_match.core.photo_folders import PhotoWalk, photo_files
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import PhotoRecord
from face_match.gallery.destinations import require_outside_gallery
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.names import FolderNames
from face_match.vision.photo_loading import identify_photo
from face_match.workflows.batch import in_parallel
from face_match.workflows.scan import is_unchanged_at

CHUNK_BYTES = 1 << 20


class TransferMethod(str, Enum):
    """How a photo got into a person's folder: as a second name of the file, as a pointer to it, or copied."""

    LINK = "linked"
    SYMLINK = "symlinked"
    COPY = "copied"


@dataclass
class ExportResult:
    """What came of it.

    Attributes:
        photos: how many there are; `with_people` of them have somebody of the gallery in them.
        made: how many files came into folders, by the way.
        known: how many were in their place already.
        people: the folder of each person who has any, by name.
        failed: photos that cannot be read.
        stopped_by: why it ended before the last photo, if it did.
    """

    photos: int
    with_people: int = 0
    made: dict[TransferMethod, int] = field(default_factory=lambda: dict.fromkeys(TransferMethod, 0))
    known: int = 0
    people: dict[str, str] = field(default_factory=dict)
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    stopped_by: FaceMatchError | None = None


def would_mix_with_originals(folder: Path, into: Path) -> bool:
    """Whether people's folders would come among the photos themselves."""
    folder, into = folder.resolve(), into.resolve()
    return into == folder or into in folder.parents


def photos_to_export(folder: Path, into: Path, walk: PhotoWalk | None = None) -> list[Path]:
    """The photos of a folder, without those that were sorted into a folder within it."""
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
    """Put each photo into the folders of all people who have a face in it.

    Args:
        as_links: as a hard link; where the file system has none, as a symbolic link, else copied.
    Raises:
        GalleryDestinationError: `into` belongs to the gallery.
    """
    require_outside_gallery(into, gallery.folder, is_folder=True)
    result = ExportResult(len(photos))
    folders = _folders(gallery)

    known = {record.path: record for record in gallery.photos() if record.path}

    def read(path: Path) -> PhotoRecord | FaceMatchError | None:
        record = known.get(str(path.absolute()))
        if record is not None and is_unchanged_at(record, path.absolute()):
            return record
        try:
            seen = identify_photo(path)
            return gallery.photo_by_digest(seen.digest, seen.file_digest)
        except FaceMatchError as exc:
            return exc

    try:
        with closing(in_parallel(read, photos, is_cancelled)) as pairs:
            for done, (path, record) in enumerate(pairs):
                on_progress(done, len(photos))
                if isinstance(record, FaceMatchError):
                    result.failed.append((path, record))
                    continue
                people = _people_in(gallery, record)
                result.with_people += bool(people)
                try:
                    for folder, name in people.items():
                        if name not in result.people:
                            require_outside_gallery(into / folders[folder], gallery.folder, is_folder=True)
                            remove_leftovers(into / folders[folder])
                        way = _put(path, into / folders[folder], as_links)
                        result.people[name] = folders[folder]
                        if way is None:
                            result.known += 1
                        else:
                            result.made[way] += 1
                except ImageUnreadableError as exc:
                    result.failed.append((path, exc))
    except (CancelledError, FileWriteError, GalleryError) as exc:
        result.stopped_by = exc
    on_progress(len(photos), len(photos))
    return result


def _people_in(gallery: Gallery, record: PhotoRecord | None) -> dict[str, str]:
    """The names of those who have a face in a photo, by their folders in the gallery."""
    found = gallery.people_in([record.id]) if record is not None else set()
    people = (gallery.person_by_folder(folder) for _, folder in sorted(found))
    return {person.folder: person.name for person in people if person is not None}


def _folders(gallery: Gallery) -> dict[str, str]:
    """What each person's folder of photos is called: after the person's name of now."""
    folders = FolderNames()
    return {person.folder: folders.assign(person.name) for person in gallery.people}


def _put(source: Path, folder: Path, as_links: bool) -> TransferMethod | None:
    """A photo in a folder; None where it is there already.

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
        for way, link in ((TransferMethod.LINK, os.link), (TransferMethod.SYMLINK, os.symlink)):
            try:
                link(source.resolve(), target)
                return way
            except FileExistsError:
                raise
            except OSError:  # there are none here, or not from there to here
                continue
    new = target.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        _copy(source, new)
        _name(new, target)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # its times and rights, which can be done without
        shutil.copystat(source, target)
    return TransferMethod.COPY


def _copy(source: Path, new: Path) -> None:
    with contextlib.ExitStack() as stack:
        try:
            reading = stack.enter_context(source.open("rb"))
        except OSError as exc:
            raise ImageUnreadableError(source.name, exc.strerror or type(exc).__name__) from exc
        writing = stack.enter_context(open_new_file(new))  # whose photo it is may not be for others
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
    """Give a file its name, but to no other one's harm; raises FileExistsError."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError as exc:  # a file system without links
        if os.path.lexists(target):
            raise FileExistsError(target) from exc
        new.rename(target)
