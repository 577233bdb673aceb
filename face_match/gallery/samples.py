"""The crops of samples, one PNG file each: lossless, so that a kept crop gives the same vector again.

In an encrypted gallery a crop lies, sealed, under an alias; a crop that is not sealed yet is found as well.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image, ImageOps

from face_match.durable import write_file
from face_match.errors import GalleryDamagedError, ImageUnreadableError, gallery_writes
from face_match.gallery.vault import Vault, from_disk, to_disk
from face_match.types import Pixels, Sample

CROPS_FOLDER = "faces_db"
SEALED = ".sealed"
PNG_EFFORT = 1
"""zlib's level: 6 makes crops 6 % smaller and takes four times as long."""


def crop_file(folder: str, crop_id: str, suffix: str = ".png") -> str:
    """Where a crop is kept, relative to the gallery, with forward slashes."""
    return str(PurePosixPath(CROPS_FOLDER, folder, f"{crop_id}{suffix}"))


def image_suffix(data: bytes, name: str) -> str:
    """What the name of an image's file ends in; raises ImageUnreadableError where it is not one."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return f".{str(image.format).lower()}"
    except Exception as exc:  # Pillow's decoders raise any kind on damaged files
        raise ImageUnreadableError(name, "damaged") from exc


def png(pixels: Pixels) -> bytes:
    """A crop as a file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=PNG_EFFORT)
    return buffer.getvalue()


class Crops:
    """What a gallery's folder keeps of samples, by their `file`."""

    def __init__(self, gallery_folder: Path, vault: Vault | None = None) -> None:
        self._folder = gallery_folder
        self._vault = vault

    def write(self, file: str, pixels: Pixels) -> None:
        """Keep a crop; raises GalleryWriteError."""
        self.write_bytes(file, png(pixels))

    def write_bytes(self, file: str, data: bytes) -> None:
        """Keep what is a file already; raises GalleryWriteError."""
        path = self._folder / file
        if self._vault is not None:
            path = self._sealed(file, self._vault)
            data = file.encode("utf-8", "surrogatepass") + b"\0" + data
        with gallery_writes(path):
            write_file(path, to_disk(data, self._vault), by_way_of=self._folder)

    def read(self, sample: Sample) -> Pixels:
        """A sample's crop, or the whole photo, upright, that the original demo kept.

        Raises:
            ImageUnreadableError.
        """
        name = PurePosixPath(sample.file).name
        data = self.read_bytes(sample.file)
        try:
            with Image.open(io.BytesIO(data)) as image:
                return np.array(ImageOps.exif_transpose(image).convert("RGB"))
        except Exception as exc:  # Pillow's decoders raise any kind on damaged files
            raise ImageUnreadableError(name, "damaged") from exc

    def read_bytes(self, file: str) -> bytes:
        """What is kept under a name; raises ImageUnreadableError."""
        path = self._path_of(file)
        name = PurePosixPath(file).name
        try:
            if path.suffix != SEALED:
                return path.read_bytes()
            own, rest = self._opened(path)
        except FileNotFoundError as exc:
            raise ImageUnreadableError(name, "there is no such file") from exc
        except (OSError, GalleryDamagedError) as exc:
            raise ImageUnreadableError(name, "damaged") from exc
        if own != file:
            raise ImageUnreadableError(name, "damaged")
        return rest

    def has(self, file: str) -> bool:
        """Whether anything is kept under a name."""
        return self._path_of(file).exists()

    def delete(self, file: str) -> None:
        """Remove a crop, and its person's folder when that is empty; only ever within the gallery."""
        crops = (self._folder / CROPS_FOLDER).resolve()
        path = self._path_of(file).resolve()
        if crops not in path.parents:
            return
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()

    def files(self) -> Iterator[str]:
        """All that is kept, by the names that samples have for it; what cannot be opened is passed over."""
        for path in sorted((self._folder / CROPS_FOLDER).rglob("*")):
            if path.suffix == SEALED:
                with contextlib.suppress(GalleryDamagedError), gallery_writes(path):
                    yield self._opened(path)[0]
            elif path.is_file():
                yield path.relative_to(self._folder).as_posix()

    def remove_empty_folders(self) -> None:
        """Which are named after people; raises GalleryWriteError."""
        folders = [path for path in (self._folder / CROPS_FOLDER).rglob("*") if path.is_dir()]
        for path in sorted(folders, reverse=True):
            with gallery_writes(path):
                if not any(path.iterdir()):
                    path.rmdir()

    def seal(self, path: Path) -> None:
        """Put a file below the crops' folder under its alias; raises GalleryWriteError."""
        with gallery_writes(path):
            self.write_bytes(path.relative_to(self._folder).as_posix(), path.read_bytes())
            _remove(path)

    def unseal(self, path: Path) -> None:
        """Put a sealed file back where it was; raises GalleryDamagedError, GalleryWriteError."""
        with gallery_writes(path):
            Crops(self._folder).write_bytes(*self._opened(path))
            _remove(path)

    def _opened(self, path: Path) -> tuple[str, bytes]:
        """What a sealed file was called, and holds."""
        file, _, data = from_disk(path.read_bytes(), self._vault, path).partition(b"\0")
        return file.decode("utf-8", "surrogatepass"), data

    def _path_of(self, file: str) -> Path:
        if self._vault is not None:
            sealed = self._sealed(file, self._vault)
            if sealed.exists():
                return sealed
        return self._folder / file

    def _sealed(self, file: str, vault: Vault) -> Path:
        alias = vault.alias(file)
        return self._folder / CROPS_FOLDER / alias[:2] / f"{alias[2:]}{SEALED}"


def _remove(path: Path) -> None:
    path.unlink()
    with contextlib.suppress(OSError):  # of the person's other crops, or of others in that folder
        path.parent.rmdir()
