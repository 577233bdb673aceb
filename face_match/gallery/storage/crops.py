"""The crops of faces: one lossless PNG file each, so that a stored crop always gives the same embedding.

Crops of named faces are in their people's folders, those of unnamed faces in a folder of their own. In an
encrypted gallery each crop is encrypted and has an alias as its name. While a gallery is being encrypted,
crops that are still plain are found too.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from PIL import Image

from face_match.core.atomic_files import make_folder, read_file, read_start, sync_folder, write_file
from face_match.core.errors import (
    GalleryDamagedError,
    GalleryWriteError,
    ImageUnreadableError,
    gallery_write_errors,
)
from face_match.core.images.decoding import MAX_CROP_PIXELS, MAX_SIDE, decode_crop
from face_match.core.translation import marked
from face_match.core.types import Pixels
from face_match.gallery.records.paths import (
    CROPS_FOLDER,
    SEALED_SUFFIX,
    UNNAMED_FOLDER,
    UnsafePathError,
    path_below,
    plain_files,
)
from face_match.gallery.storage.vault import MARK, OLD_MARK, Vault, from_disk, to_disk

DAMAGED = ".damaged"
MAX_CROP_BYTES = 200_000_000
"""More than any whole photo that the original demo stored."""
PNG_EFFORT = 1
"""zlib's level: 6 makes crops 6 % smaller and takes four times as long."""


_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNK = 12
"""The bytes of a chunk besides its data: length, type and checksum."""

_PLAIN_ID = re.compile("[0-9a-f]{32}")


def crop_file(person: str | None, face_id: str, suffix: str = ".png") -> str:
    """The path of a face's crop, relative to the gallery, with forward slashes.

    Args:
        person: the person's folder; None for an unnamed face.
    """
    name = face_id
    if not _PLAIN_ID.fullmatch(face_id):  # the id may be no valid file name
        name = hashlib.sha256(face_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    folder = f"{UNNAMED_FOLDER}/{name[:2]}" if person is None else person
    return str(PurePosixPath(CROPS_FOLDER, folder, f"{name}{suffix}"))


def encode_png(pixels: Pixels) -> bytes:
    """A crop as a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=PNG_EFFORT)
    return buffer.getvalue()


class Crops:
    """The crops of a gallery, addressed by the `file` of a face."""

    are_deleted_by_commits = False
    """Whether committing an edit deletes the crops that nothing refers to any more."""

    def __init__(self, gallery_folder: Path, vault: Vault | None = None) -> None:
        self._folder = gallery_folder
        self._vault = vault
        self.readers: dict[str, Callable[[], bytes]] = {}
        """Functions that read crops stored elsewhere, by `file`: of a dry run, or of a version 0.1
        gallery."""

    def write(self, file: str, pixels: Pixels) -> None:
        """Store a crop; raises GalleryWriteError."""
        self.write_bytes(file, encode_png(pixels))

    def write_bytes(self, file: str, data: bytes) -> None:
        """Store a crop that is an image file already; raises GalleryWriteError."""
        place = file
        if self._vault is not None:
            place = self._alias(file, self._vault)
            data = file.encode("utf-8", "surrogatepass") + b"\0" + data
        with _write_errors(self._folder / place):
            write_file(
                self._safe_path(place), to_disk(data, self._vault, place), temporary_folder=self._folder
            )

    def read(self, file: str) -> Pixels:
        """A face's crop, or the whole upright photo that the original demo stored.

        Raises:
            ImageUnreadableError.
        """
        return decode_crop(self.read_bytes(file), PurePosixPath(file).name)

    def copy(self, file: str, to: str) -> bool:
        """Copy a crop to another name; return False if it is missing or the name is taken. Raises
        GalleryWriteError."""
        if self._vault is None:
            with _write_errors(self._folder / to):
                source, target = self._safe_path(file), self._safe_path(to)
                if not source.exists() or target.exists():
                    return False
                make_folder(target.parent)
                try:
                    os.link(source, target)
                    sync_folder(target.parent)
                except OSError:  # a file system without links
                    write_file(target, read_file(source, MAX_CROP_BYTES), temporary_folder=self._folder)
            return True
        if self.has(to):
            return False
        try:
            self.write_bytes(to, self.read_bytes(file))
        except ImageUnreadableError:
            return False
        return True

    def read_bytes(self, file: str) -> bytes:
        """The content of a crop file; raises ImageUnreadableError."""
        name = PurePosixPath(file).name
        if not file:
            raise ImageUnreadableError(name, marked("there is no crop"))
        try:
            if file in self.readers:
                return self.readers[file]()
            for path in self._stored_paths(file):
                if path.suffix == SEALED_SUFFIX and path.exists():
                    return self._unsealed(path)[1]
            if self._vault is not None and self._vault.is_strict:
                raise FileNotFoundError(file)
            return read_file(path_below(self._folder, file), MAX_CROP_BYTES)
        except FileNotFoundError as exc:
            raise ImageUnreadableError(name, marked("there is no such file")) from exc
        except UnsafePathError as exc:
            raise ImageUnreadableError(name, f"it {exc}") from exc
        except (OSError, GalleryDamagedError) as exc:
            raise ImageUnreadableError(name, "damaged") from exc

    def has(self, file: str) -> bool:
        """Whether a crop exists; raises GalleryWriteError where its folder cannot be read."""
        with gallery_write_errors(self._folder / file):
            return any(path.exists() for path in self._stored_paths(file))

    def delete(self, file: str) -> None:
        """Delete a crop, and its folder if empty. Nothing outside the crops' folder is ever deleted."""
        with contextlib.suppress(OSError):
            for path in self._stored_paths(file):
                _delete(path)

    def stored_path(self, file: str) -> str:
        """The path at which a crop is stored, relative to the gallery: its alias, if encrypted."""
        return file if self._vault is None else self._alias(file, self._vault)

    def places(self, file: str) -> list[str]:
        """The paths at which a crop is stored or will be, relative to the gallery: in an encrypted gallery
        its alias, and its plain name where an encryption that was cut off has left it there."""
        place = self.stored_path(file)
        return [place] if place == file or not (self._folder / file).exists() else [place, file]

    def file_stored_at(self, place: str) -> str:
        """The crop that is stored at a path; "" if unknown."""
        if not place.endswith(SEALED_SUFFIX):
            return place
        with contextlib.suppress(GalleryDamagedError, UnsafePathError, OSError):
            return self._unsealed(self._safe_path(place))[0]
        return ""

    def stored_among(self, places: Iterable[str]) -> set[str]:
        """The paths at which a crop is stored. Each folder is listed once: there may be a million paths."""
        listed: dict[str, set[str]] = {}

        def names_in(folder: str) -> set[str]:
            if folder not in listed:
                parent, _, name = folder.rpartition("/")
                is_there = folder == CROPS_FOLDER or (parent != "" and name in names_in(parent))
                listed[folder] = _names_in(self._folder / folder) if is_there else set()
            return listed[folder]

        parts = ((place, *place.rpartition("/")) for place in places)
        return {place for place, folder, _, name in parts if name in names_in(folder)}

    def delete_stored(self, places: Iterable[str]) -> None:
        """Delete stored files if possible, only ever in the crops' folder, and folders that become empty."""
        folders = set()
        for place in places:
            with contextlib.suppress(UnsafePathError, OSError):
                path = self._safe_path(place)
                path.unlink()
                folders.add(path.parent)
        for folder in folders:
            with contextlib.suppress(OSError):
                sync_folder(folder)
                folder.rmdir()

    def delete_all(self, files: Collection[str]) -> None:
        """Delete crops, durably; raises GalleryWriteError if one cannot be deleted."""
        with gallery_write_errors(self._folder / CROPS_FOLDER):
            places = [path for file in files for path in self._stored_paths(file)]
        for path in places:
            with gallery_write_errors(path):
                path.unlink(missing_ok=True)
        for folder in {path.parent for path in places}:
            with gallery_write_errors(folder), contextlib.suppress(FileNotFoundError):
                sync_folder(folder)

    def files(self, known: Iterable[str] = ()) -> Iterator[str]:
        """All stored crops, by the names that faces use; unreadable ones are skipped.

        Args:
            known: crops whose encrypted files need not be opened.
        """
        aliases = {} if self._vault is None else {self._alias(file, self._vault): file for file in known}
        for path in plain_files(self._folder / CROPS_FOLDER):
            if path.suffix == SEALED_SUFFIX:
                place = path.relative_to(self._folder).as_posix()
                if place in aliases:
                    yield aliases[place]
                    continue
                with contextlib.suppress(GalleryDamagedError), gallery_write_errors(path):
                    yield self._unsealed(path)[0]
            else:
                yield path.relative_to(self._folder).as_posix()

    def unreferenced(self, known: Collection[str]) -> Iterator[str]:
        """All stored crops other than the known ones. In an encrypted gallery only the unknown ones are
        opened."""
        aliases = set() if self._vault is None else {self._alias(file, self._vault) for file in known}
        for path in plain_files(self._folder / CROPS_FOLDER):
            place = path.relative_to(self._folder).as_posix()
            if path.suffix == SEALED_SUFFIX and place not in aliases:
                with contextlib.suppress(GalleryDamagedError), gallery_write_errors(path):
                    yield self._unsealed(path)[0]
            elif path.suffix != SEALED_SUFFIX and place not in known:
                yield place

    def require_readable(self, file: str) -> None:
        """Check that a crop can be read; raises ImageUnreadableError.

        Verifying a PNG's checksums takes a tenth of the time of decoding it.
        """
        data, name = self.read_bytes(file), PurePosixPath(file).name
        if not data.startswith(_PNG_MARK):
            decode_crop(data, name)
        elif not _is_intact_png(data):
            raise ImageUnreadableError(name, "damaged")

    def remove_empty_folders(self) -> None:
        """Delete empty folders, which carry people's names; raises GalleryWriteError."""
        folders = [path for path in (self._folder / CROPS_FOLDER).rglob("*") if path.is_dir()]
        for path in sorted(folders, reverse=True):
            with gallery_write_errors(path):
                if not path.is_symlink() and not any(path.iterdir()):
                    path.rmdir()
                    sync_folder(path.parent)

    def seal(self, path: Path) -> None:
        """Encrypt a crop file and move it to its alias; raises GalleryWriteError."""
        with gallery_write_errors(path):
            file = path.relative_to(self._folder).as_posix()
            file += DAMAGED if path.suffix == SEALED_SUFFIX else ""  # its suffix says otherwise
            self.write_bytes(file, read_file(path, follows_links=False))
            _unlink(path)

    def reseal(self, path: Path) -> None:
        """Encrypt anew, bound to its place, a crop of vault version 1; raises as `unseal` does."""
        with gallery_write_errors(path):
            self.write_bytes(*self._unsealed(path))

    def is_sealed(self, path: Path) -> bool:
        """Whether a file's content is encrypted, whatever its name; raises OSError."""
        return read_start(path, len(MARK)).startswith((MARK, OLD_MARK))

    def is_sealed_by_version_1(self, path: Path) -> bool:
        """Whether vault version 1 encrypted a file; raises OSError."""
        return read_start(path, len(OLD_MARK)) == OLD_MARK

    def unseal(self, path: Path) -> None:
        """Decrypt a crop file and move it back to its name; raises GalleryDamagedError, GalleryWriteError."""
        with gallery_write_errors(path):
            Crops(self._folder).write_bytes(*self._unsealed(path))
            _unlink(path)

    def _unsealed(self, path: Path) -> tuple[str, bytes]:
        """The name and content of an encrypted file; raises GalleryDamagedError."""
        place = path.relative_to(self._folder).as_posix()
        content = read_file(path, MAX_CROP_BYTES)
        if self._vault is None or not content.startswith((MARK, OLD_MARK)):
            raise GalleryDamagedError(path, marked("it is not encrypted"))
        name_bytes, _, data = from_disk(content, self._vault, place, path).partition(b"\0")
        try:
            file = name_bytes.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as exc:
            raise GalleryDamagedError(path, marked("it was changed or sealed with another key")) from exc
        if self._alias(file, self._vault) != place:
            raise GalleryDamagedError(path, marked("it was changed, moved or sealed with another key"))
        return file, data

    def _safe_path(self, file: str) -> Path:
        """The path of a crop to write or delete; raises UnsafePathError."""
        if not file.startswith(f"{CROPS_FOLDER}/"):
            raise UnsafePathError(f"is not in {CROPS_FOLDER}")
        return path_below(self._folder, file)

    def _stored_paths(self, file: str) -> Iterator[Path]:
        """The paths where a crop may be stored: its alias and its plain name, unless outside the crops'
        folder."""
        if not file:
            return
        for place in ([] if self._vault is None else [self._alias(file, self._vault)]) + [file]:
            with contextlib.suppress(UnsafePathError):
                yield self._safe_path(place)

    def _alias(self, file: str, vault: Vault) -> str:
        alias = vault.alias(file)
        return f"{CROPS_FOLDER}/{alias[:2]}/{alias[2:]}{SEALED_SUFFIX}"


def _is_intact_png(data: bytes) -> bool:
    """Whether a PNG is complete, with valid checksums, and no larger than a crop may be."""
    view, at, kinds = memoryview(data), len(_PNG_MARK), []
    while at + _PNG_CHUNK <= len(data):
        end = at + _PNG_CHUNK + int.from_bytes(view[at : at + 4], "big")
        if zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(view[end - 4 : end], "big"):
            return False
        kinds.append(bytes(view[at + 4 : at + 8]))
        at = end
        if kinds[-1] == b"IEND":
            break
    width, height = (int.from_bytes(view[start : start + 4], "big") for start in (16, 20))
    is_whole = kinds[:1] == [b"IHDR"] and b"IDAT" in kinds and kinds[-1] == b"IEND"
    return is_whole and 0 < width * height <= MAX_CROP_PIXELS and max(width, height) <= MAX_SIDE


class DryRunCrops(Crops):
    """The crops of a dry run: written in memory only."""

    def __init__(self, stored: Crops) -> None:
        """Crops over those that are stored."""
        super().__init__(stored._folder, stored._vault)
        self._stored = stored

    def read_bytes(self, file: str) -> bytes:
        return self.readers[file]() if file in self.readers else self._stored.read_bytes(file)

    def write_bytes(self, file: str, data: bytes) -> None:
        self.readers[file] = lambda: data

    def copy(self, file: str, to: str) -> bool:
        self.readers[to] = lambda: self._stored.read_bytes(file)
        if file in self.readers:
            self.readers[to] = self.readers[file]
        return True

    def delete(self, file: str) -> None:
        self.readers.pop(file, None)


@contextlib.contextmanager
def _write_errors(path: Path) -> Iterator[None]:
    """Raise OSError and UnsafePathError as GalleryWriteError."""
    with gallery_write_errors(path):
        try:
            yield
        except UnsafePathError as exc:
            raise GalleryWriteError(path, f"it {exc}") from exc


def _delete(path: Path) -> None:
    """Delete a file if possible, and its folder if empty."""
    with contextlib.suppress(OSError):
        path.unlink()
        sync_folder(path.parent)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def _names_in(folder: Path) -> set[str]:
    """The names in a folder, without links; none if it cannot be listed."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return {entry.name for entry in entries if not entry.is_symlink()}
    return set()


def _unlink(path: Path) -> None:
    path.unlink()
    sync_folder(path.parent)
    with contextlib.suppress(OSError):  # the folder has other crops
        path.parent.rmdir()
