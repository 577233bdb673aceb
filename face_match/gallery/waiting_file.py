"""The file of a photo whose faces wait for names: a line of JSON, then the crops of its faces as PNG files.

One file, so that a photo is there as a whole or not at all.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from face_match.durable import open_file, read_file, write_file
from face_match.gallery.json_files import load_json
from face_match.gallery.paths import WAITING_FOLDER
from face_match.gallery.records import (
    json_line,
    listed,
    read_box,
    read_landmarks,
    read_vector,
    text,
    vector_record,
)
from face_match.gallery.vault import MARK, OLD_MARK, Vault, from_disk, to_disk
from face_match.image_files import decode_crop
from face_match.types import Box, FaceQuality, Landmarks, Pixels, Rejection, Vector, Verdict

VERSION = 1

MAX_BYTES = 512_000_000
"""With the crops of thousands of faces; sealed, there are two of it in memory."""
MAX_HEAD_BYTES = 64_000_000
"""Of thousands of faces under several models."""


@dataclass(frozen=True, eq=False)
class WaitingFace:
    """A face that was found, or drawn, in a photo.

    Attributes:
        id: unique, and for good.
        place: the box in the photo.
        box, landmarks: where the face is in its crop.
        crop_bytes: length of the crop's PNG file; 0 where it is not kept any more.
        is_ignored: nobody is to be asked about it.
        bundle: the same for faces that a person has put together; None for the others.
        apart: faces that it was once grouped with, and that a person has said are somebody else.
    """

    id: str
    photo_digest: str
    place: Box
    box: Box
    landmarks: Landmarks
    confidence: float
    quality: FaceQuality
    vectors: Mapping[str, Vector]
    crop_bytes: int
    is_ignored: bool = False
    bundle: str | None = None
    apart: frozenset[str] = frozenset()

    @property
    def key(self) -> Rejection:
        """Which face of which photo it is."""
        return Rejection(self.photo_digest, self.place)

    @property
    def is_kept(self) -> bool:
        """Whether there is more of it than its place."""
        return self.crop_bytes > 0

    def stripped(self) -> WaitingFace:
        """Its place alone."""
        return replace(self, vectors={}, crop_bytes=0, bundle=None, apart=frozenset())


@dataclass(frozen=True, eq=False)
class SeenPhoto:
    """A photo that was looked through.

    Attributes:
        file: where it lies here.
        path: where it was when it was last seen, with its size and time of change, by which it is known
            again without being read.
    """

    file: Path
    digest: str
    path: Path
    size: int
    modified_ns: int
    faces: tuple[WaitingFace, ...]

    def somewhere(self) -> SeenPhoto:
        """The same, without where it lies."""
        return replace(self, path=Path(), size=0, modified_ns=0)

    def is_at(self, path: Path) -> bool:
        """Whether a file is, by all that can be told without reading it, this photo as it was."""
        try:
            about = path.stat()
        except (OSError, ValueError):  # ValueError: no name that a file can have here
            return False
        return (path, about.st_size, about.st_mtime_ns) == (self.path, self.size, self.modified_ns)


def read(file: Path, vault: Vault | None) -> SeenPhoto:
    """What a photo's file says; raises one of MISREAD, OSError, GalleryDamagedError."""
    head, crop_bytes = _head(file, vault)
    record = load_json(head)
    if record["version"] != VERSION:
        raise ValueError("of another version")
    digest = text(record["photo"])
    faces = tuple(_read_face(digest, face) for face in listed(record["faces"]))
    if len({face.id for face in faces}) < len(faces):
        raise ValueError("an id occurs twice")
    if sum(face.crop_bytes for face in faces) != crop_bytes:
        raise ValueError("crops are missing")
    path = read_path(record["path"])
    return SeenPhoto(file, digest, path, _whole(record["size"]), _whole(record["modified_ns"]), faces)


def read_path(value: object) -> Path:
    """Where a photo lies; names of files need not be text that can be written everywhere."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("is not a path")
    return Path(value)


def _head(file: Path, vault: Vault | None) -> tuple[bytes, int]:
    """The line of JSON, and the length of what follows it, which is not read unless it is sealed with it."""
    with open_file(file, follows_links=False) as opened:
        if os.fstat(opened.fileno()).st_size > MAX_BYTES:
            raise ValueError("is too large")
        head = opened.read(len(MARK))
        is_strict = vault is not None and vault.is_strict
        if not is_strict and not head.startswith((MARK, OLD_MARK)):
            head += opened.readline(MAX_HEAD_BYTES) if b"\n" not in head else b""
            line = head[: head.index(b"\n")]
            return line, os.fstat(opened.fileno()).st_size - len(line) - 1
        data = from_disk(head + opened.read(), vault, _place(file), file)
    at = data.index(b"\n")
    return data[:at], len(data) - at - 1


def _place(file: Path) -> str:
    """What a photo's file is sealed for."""
    return f"{WAITING_FOLDER}/{file.name}"


def read_crops(photo: SeenPhoto, vault: Vault | None) -> dict[str, bytes]:
    """PNG files, by the ids of faces; raises ValueError, OSError, GalleryDamagedError."""
    data = from_disk(
        read_file(photo.file, MAX_BYTES, follows_links=False), vault, _place(photo.file), photo.file
    )
    at = data.index(b"\n") + 1
    found = {}
    for face in photo.faces:
        found[face.id] = data[at : at + face.crop_bytes]
        at += face.crop_bytes
    if at != len(data):
        raise ValueError("crops are missing")
    return found


def write(photo: SeenPhoto, crops: Mapping[str, bytes], vault: Vault | None) -> None:
    """Put a photo's file in the place of the one before.

    Args:
        crops: PNG files, by the ids of the faces that keep theirs.
    Raises:
        OSError: the file is as it was.
    """
    head = json_line(_record(photo))
    kept = [crops[face.id] for face in photo.faces if face.is_kept]
    write_file(photo.file, to_disk(b"\n".join([head, b"".join(kept)]), vault, _place(photo.file)))


def pixels_of(data: bytes) -> Pixels:
    """The pixels of a crop's PNG file; raises ImageUnreadableError."""
    return decode_crop(data, "crop.png")


def _read_face(digest: str, record: Mapping[str, Any]) -> WaitingFace:
    quality = record["quality"]
    return WaitingFace(
        id=text(record["id"]),
        photo_digest=digest,
        place=read_box(record["place"]),
        box=read_box(record["box"]),
        landmarks=read_landmarks(record["landmarks"]),
        confidence=_finite(record["confidence"]),
        quality=FaceQuality(
            Verdict(quality["verdict"]), _finite(quality["score"]), tuple(map(text, quality["reasons"]))
        ),
        vectors={text(model): read_vector(encoded) for model, encoded in record["vectors"].items()},
        crop_bytes=_length(record["crop_bytes"]),
        is_ignored=bool(record["is_ignored"]),
        bundle=None if record["bundle"] is None else text(record["bundle"]),
        apart=frozenset(map(text, record["apart"])),
    )


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("not a whole number")
    return value


def _length(value: object) -> int:
    if _whole(value) < 0:
        raise ValueError("is no length")
    return _whole(value)


def _finite(value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("is no number")
    return float(value)


def _record(photo: SeenPhoto) -> dict[str, object]:
    return {
        "version": VERSION,
        "photo": photo.digest,
        "path": str(photo.path),
        "size": photo.size,
        "modified_ns": photo.modified_ns,
        "faces": [
            {
                "id": face.id,
                "place": list(face.place),
                "box": list(face.box),
                "landmarks": [list(point) for point in face.landmarks],
                "confidence": face.confidence,
                "quality": {
                    "verdict": face.quality.verdict.value,
                    "score": face.quality.score,
                    "reasons": list(face.quality.reasons),
                },
                "vectors": {model: vector_record(vector) for model, vector in face.vectors.items()},
                "crop_bytes": face.crop_bytes,
                "is_ignored": face.is_ignored,
                "bundle": face.bundle,
                "apart": sorted(face.apart),
            }
            for face in photo.faces
        ],
    }
