"""Writing names into photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import EmbeddedXmpUnreadableError, SidecarUnreadableError
from face_match.metadata.embedded.writing import rewrite_xmp
from face_match.metadata.name_writing import EditedXmp, PhotoNames, edited_xmp
from face_match.metadata.region_edits import Outcomes
from face_match.metadata.sidecar_files import read_sidecar
from face_match.metadata.xmp import RDF, XmpDocument, packet_in_utf_8
from face_match.metadata.xmp_names import BUDGET, BYTES_PER_BYTE
from face_match.metadata.xmp_values import field

_METADATA_DATE = "{http://ns.adobe.com/xap/1.0/}MetadataDate"


class WrittenPhoto(NamedTuple):
    """What became of each face, and whether the file was replaced.

    Attributes:
        newer: of the photo and its sidecars, the file with the newest metadata, where they differ.
    """

    outcomes: Outcomes
    is_rewritten: bool
    newer: Path | None


def write_photo(
    photo: Path, names: PhotoNames, check: Callable[[Path], None], sidecars: Sequence[Path]
) -> WrittenPhoto:
    """Write the names of a photo's people into it; as `rewrite_xmp`.

    Raises:
        PhotoNotRewrittenError, EmbeddedXmpUnreadableError, PhotoWriteError: the photo is as it was.
    """
    edited: list[EditedXmp] = []
    dates: list[tuple[Path, datetime | None]] = []

    def edit(packet: bytes | None) -> bytes | None:
        content = None if packet is None else packet_in_utf_8(packet)
        edited.append(edited_xmp(content, photo.name, names))
        dates.append((photo, _metadata_date(content, photo.name)))
        return edited[-1].content

    try:
        is_rewritten = rewrite_xmp(photo, edit, check)
    except EmbeddedXmpUnreadableError:
        raise
    except SidecarUnreadableError as exc:
        raise EmbeddedXmpUnreadableError(photo.name, exc.reason) from exc
    dates += [(sidecar, _date_in(sidecar)) for sidecar in sidecars]
    return WrittenPhoto(edited[-1].outcomes, is_rewritten, _newest(dates))


def _date_in(sidecar: Path) -> datetime | None:
    try:
        return _metadata_date(read_sidecar(sidecar), sidecar.name)
    except SidecarUnreadableError:  # which is reported when it is written
        return None


def _metadata_date(content: bytes | None, name: str) -> datetime | None:
    """When a program last wrote the metadata, as it says; None if it does not say, or in another form."""
    if content is None:
        return None
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        root = XmpDocument(content, name).root
        stated = (field(one, _METADATA_DATE) for one in root.iterfind(f".//{RDF}RDF/{RDF}Description"))
        text = next((text for text in stated if text), "")
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone()
    except (ValueError, OverflowError, OSError):  # the last two for a year that no computer has
        return None


def _newest(dates: Sequence[tuple[Path, datetime | None]]) -> Path | None:
    """The file with the newest metadata, where two state different dates."""
    known = [(date, path) for path, date in dates if date is not None]
    if len({date for date, _ in known}) < 2:
        return None
    return max(known)[1]
