"""Names in the XMP inside photos."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from face_match.core.errors import EmbeddedXmpUnreadableError
from face_match.metadata.embedded_source import EmbeddedXmpSource
from face_match.metadata.name_writing import PhotoNames
from face_match.metadata.photo_writer import write_photo
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.xmp_names import Image as XmpImage
from tests.unit.metadata.embedded.photos_with_xmp import KINDS, exiftool, needs_exiftool
from tests.unit.metadata.sidecar_inputs import ADA, DIGIKAM, nearly, with_regions

SOURCE = EmbeddedXmpSource()


@needs_exiftool
@pytest.mark.parametrize("suffix", KINDS)
def test_names_inside_a_photo_are_those_of_the_same_sidecar(tmp_path: Path, suffix: str) -> None:
    sidecar, path = tmp_path / "digiKam.xmp", tmp_path / f"party.{suffix}"
    sidecar.write_text(DIGIKAM, "utf-8")
    Image.new("RGB", (600, 400)).save(path)
    exiftool("-overwrite_original", "-tagsfromfile", sidecar, "-xmp:all", path)
    assert SOURCE.may_name(path)
    ((file, found),) = SOURCE.names_of(path, 600, 400, 1)
    assert (file, found.named) == (path, [nearly(ADA)])


@pytest.mark.parametrize("padding", [b" " * 2_000, b"\0", b"\n\n\0\0"])
def test_padding_of_a_packet_is_no_damage(tmp_path: Path, padding: bytes) -> None:
    path = tmp_path / "party.jpg"
    Image.new("RGB", (600, 400)).save(path, xmp=padding + DIGIKAM.encode() + padding)
    ((_, found),) = SOURCE.names_of(path, 600, 400, 1)
    assert found.named == [nearly(ADA)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_packet_of_wide_characters_is_read_and_written(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "party.jpg"
    Image.new("RGB", (600, 400)).save(path, xmp=DIGIKAM.encode(encoding))
    assert SOURCE.may_name(path)
    names = PhotoNames([FacePlace(ADA.box, "Zoë")], XmpImage(600, 400, 1))
    assert write_photo(path, names, lambda _: None, []).is_rewritten
    ((_, found),) = SOURCE.names_of(path, 600, 400, 1)
    assert found.named == [nearly(ADA._replace(name="Zoë"))]


def test_a_photo_without_xmp_has_no_names(tmp_path: Path) -> None:
    path = tmp_path / "party.jpg"
    Image.new("RGB", (600, 400)).save(path)
    assert not SOURCE.may_name(path)
    assert SOURCE.names_of(path, 600, 400, 1) == []


@pytest.mark.parametrize(
    ("inside", "may_name"),
    [
        ("<x:Rating xmlns:x='http://ns.adobe.com/xap/1.0/'>4</x:Rating>", False),
        ("<d:subject xmlns:d='http://purl.org/dc/elements/1.1/'/>", True),
        ("<l:hierarchicalSubject xmlns:l='http://ns.adobe.com/lightroom/1.0/'/>", True),
        ("<k:Keywords xmlns:k='http://www.metadataworkinggroup.com/schemas/keywords/'/>", True),
    ],
)
def test_xmp_that_names_nobody_is_no_reason_to_decode_a_photo(
    tmp_path: Path, inside: str, may_name: bool
) -> None:
    path = tmp_path / "party.jpg"
    Image.new("RGB", (600, 400)).save(path, xmp=with_regions(inside).encode())
    assert SOURCE.may_name(path) == may_name
    ((_, found),) = SOURCE.names_of(path, 600, 400, 1)
    assert (found.named, found.hints, found.keywords) == ([], [], [])


def test_damaged_xmp_is_an_error_about_the_photo(tmp_path: Path) -> None:
    path = tmp_path / "party.jpg"
    Image.new("RGB", (600, 400)).save(path, xmp=b"<x:xmpmeta")
    assert SOURCE.may_name(path)
    with pytest.raises(EmbeddedXmpUnreadableError, match="damaged XML"):
        SOURCE.names_of(path, 600, 400, 1)
