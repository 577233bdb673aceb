"""Export all faces of scanned photos as a table."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from face_match.core.atomic_files import replacement_file
from face_match.core.errors import FileWriteError
from face_match.core.records import FaceRecord, PhotoRecord
from face_match.core.types import Box
from face_match.core.visible_text import spreadsheet_cell
from face_match.gallery.destinations import require_outside_gallery
from face_match.gallery.gallery import Gallery
from face_match.workflows.face_groups import FaceGroup, GroupKind

BOM = "\ufeff"
"""Excel reads a file as UTF-8 only with it."""

PHOTOS_AT_ONCE = 100
"""The faces of so many photos are in memory."""

COLUMNS = ("photo", "x", "y", "width", "height", "person", "similarity", "decision", "group")


class FaceStatus(str, Enum):
    """What is known of a face. In order: named; suggested for a person; suggested across childhood, or by
    nothing but hints; in a cluster; a single face; ignored."""

    SAMPLE = "sample"
    PROPOSED = "proposed"
    MAYBE = "maybe"
    GROUP = "group"
    UNNAMED = "unnamed"
    IGNORED = "ignored"


@dataclass(frozen=True)
class FaceRow:
    """One face of a photo.

    Attributes:
        similarity: to the most similar face of the person suggested; None if nothing but hints names one.
        group: the number of the face's cluster, from 1.
    """

    photo: Path
    box: Box
    decision: FaceStatus
    person: str | None = None
    similarity: float | None = None
    group: int | None = None


def face_rows(
    photos: Iterable[tuple[Path, PhotoRecord]], gallery: Gallery, groups: Sequence[FaceGroup]
) -> Iterator[FaceRow]:
    """The faces of photos, in the order of the photos.

    Args:
        photos: the path and the record of each photo.
        groups: the current groups of unnamed faces.
    """
    status_of = _by_face(groups)
    some = iter(photos)
    while part := [*itertools.islice(some, PHOTOS_AT_ONCE)]:
        faces = gallery.faces_in_each((record for _, record in part), with_embeddings=False)
        for path, record in part:
            for face in faces.get(record.id, ()):
                if face.place is not None:
                    yield _result(path, face.place, face, gallery, status_of)


def write_csv(rows: Iterable[FaceRow], path: Path, gallery: Path) -> int:
    """Write a CSV table of faces with a header; returns how many there are. Text that a spreadsheet would
    take for a formula gets an apostrophe before it.

    Args:
        gallery: the gallery's folder, whose own files are refused.
    Raises:
        FileWriteError: an existing file is unchanged.
    """
    require_outside_gallery(path, gallery)
    count = 0
    try:
        with (
            replacement_file(path) as new,
            new.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
        ):
            file.write(BOM)
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for count, row in enumerate(rows, 1):  # noqa: B007
                box = [round(value, 1) for value in row.box]
                name = str(row.photo) if row.photo.parts else ""  # its path is unknown
                name, person = spreadsheet_cell(name), spreadsheet_cell(row.person or "")
                writer.writerow([name, *box, person, row.similarity, row.decision.value, row.group])
    except OSError as exc:
        raise FileWriteError(path, exc.strerror or type(exc).__name__) from exc
    return count


def _by_face(
    groups: Iterable[FaceGroup],
) -> dict[str, tuple[FaceStatus, str | None, float | None, int | None]]:
    """Status, person, similarity and cluster number, by face id."""
    found: dict[str, tuple[FaceStatus, str | None, float | None, int | None]] = {}
    number = 0
    for group in groups:
        number += group.kind is GroupKind.CLUSTER
        for place, face in enumerate(group.faces):
            if group.hinted_name is not None:
                found[face.id] = (FaceStatus.MAYBE, group.proposed_name, None, None)
            elif group.person is not None:
                similarity = round(group.similarities[place], 4)
                decision = FaceStatus.MAYBE if group.across_childhood else FaceStatus.PROPOSED
                found[face.id] = (decision, group.person.name, similarity, None)
            elif group.kind is GroupKind.CLUSTER:
                found[face.id] = (FaceStatus.GROUP, None, None, number)
    return found


def _result(
    path: Path,
    place: Box,
    face: FaceRecord,
    gallery: Gallery,
    status_of: Mapping[str, tuple[FaceStatus, str | None, float | None, int | None]],
) -> FaceRow:
    person = gallery.person_by_folder(face.person)
    if person is not None:
        return FaceRow(path, place, FaceStatus.SAMPLE, person.name)
    if face.is_ignored:
        return FaceRow(path, place, FaceStatus.IGNORED)
    return FaceRow(path, place, *status_of.get(face.id, (FaceStatus.UNNAMED, None, None, None)))
