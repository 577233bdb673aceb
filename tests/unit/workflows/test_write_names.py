"""Names are written into sidecars and photos, follow the gallery, and are taken back after an undo."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from face_match.core.errors import EmbeddedXmpUnreadableError, PhotoNotRewrittenError, PhotoWriteError
from face_match.core.records import FaceRecord
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.photo_copies import is_unchanged_at
from face_match.metadata.embedded import read_xmp
from face_match.metadata.written_forms import Form
from face_match.metadata.xmp_names import Image, names_in_xmp
from face_match.vision.photo_loading import identify_photo, load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_names import import_names_from_metadata
from face_match.workflows.scan import scan
from face_match.workflows.write_names import WriteResult, write_names
from tests.ordinary_rights import ordinary_rights
from tests.unit.metadata.embedded.photos_with_xmp import exiftool, needs_exiftool


class World:
    """A gallery, and a photo of Grace Hopper that it knows."""

    def __init__(self, folder: Path, photo: Path, pipeline: FacePipeline) -> None:
        self.photo = photo
        self.sidecar = photo.with_name(f"{photo.name}.xmp")
        self.gallery = Gallery.open(folder, for_writing=True)
        self.pipeline = pipeline

    def name(self, name: str) -> FaceRecord:
        photo = load_photo(self.photo)
        (face,) = self.pipeline.faces(photo)
        return self.gallery.add(name, NewFace.of(face), photo, self.photo, replaces=True).faces[0]

    def write(self, *, into_files: bool = False, forms: tuple[Form, ...] = (Form.MWG,)) -> WriteResult:
        return write_names([self.photo], self.gallery, forms=forms, into_files=into_files)

    def names_inside(self) -> list[str]:
        """The names in the photo's regions."""
        packet = read_xmp(self.photo)
        return [] if packet is None else self._names(packet)

    def names_beside(self) -> list[str]:
        """The names in the sidecar's regions."""
        return self._names(self.sidecar.read_bytes()) if self.sidecar.exists() else []

    def _names(self, packet: bytes) -> list[str]:
        photo = load_photo(self.photo)
        found = names_in_xmp(packet, "a", Image(photo.width, photo.height, photo.orientation))
        return [region.name for region in found.named]


@pytest.fixture
def world(tmp_path: Path, hopper_file: Path, pipeline: FacePipeline) -> Iterator[World]:
    photo = tmp_path / "photos" / "a.jpg"
    photo.parent.mkdir()
    shutil.copy(hopper_file, photo)
    made = World(tmp_path / "gallery", photo, pipeline)
    yield made
    made.gallery.close()


def test_names_go_into_the_photo_and_come_back_from_it(world: World, tmp_path: Path) -> None:
    world.name("Grace")
    before, digest = world.photo.stat(), identify_photo(world.photo).digest
    result = world.write(into_files=True)
    assert (result.names, result.rewritten, result.failed) == (1, [world.photo], [])
    assert not world.sidecar.exists()
    assert identify_photo(world.photo).digest == digest
    assert world.photo.stat().st_mtime_ns == before.st_mtime_ns
    assert world.names_inside() == ["Grace"]
    again = world.write(into_files=True)
    assert (again.names, again.known, again.rewritten) == (0, 1, [])
    with Gallery.open(tmp_path / "other", for_writing=True) as other:
        assert import_names_from_metadata([world.photo], other, world.pipeline).added == 1
        assert [person.name for person in other.people] == ["Grace"]


def test_the_next_scan_does_not_read_a_photo_that_was_rewritten(world: World) -> None:
    world.name("Grace")
    scan([world.photo], world.gallery, world.pipeline)
    world.write(into_files=True)
    (record,) = world.gallery.photos()
    assert is_unchanged_at(record, world.photo)
    assert record.file_digest == identify_photo(world.photo).file_digest


def test_an_existing_sidecar_is_kept_up_to_date_with_the_photo(world: World) -> None:
    world.name("Grace")
    world.write()
    assert world.names_beside() == ["Grace"]
    world.gallery.rename(world.gallery.find("Grace"), "Amazing Grace")
    result = world.write(into_files=True)
    assert (result.names, result.rewritten) == (1, [world.photo])
    assert world.names_beside() == world.names_inside() == ["Amazing Grace"]


def test_of_two_sidecars_both_are_brought_up_to_date(world: World) -> None:
    world.name("Mum")
    world.write()
    second = world.photo.with_suffix(".xmp")
    shutil.copy(world.sidecar, second)
    world.gallery.rename(world.gallery.find("Mum"), "Mary")
    result = world.write()
    assert (result.names, result.known, result.failed) == (1, 0, [])
    assert world.names_beside() == ["Mary"]
    assert second.read_bytes() == world.sidecar.read_bytes()


@pytest.mark.parametrize("into_files", [False, True])
def test_undo_takes_a_written_name_back(world: World, into_files: bool) -> None:
    world.name("Grace")
    world.write(into_files=into_files, forms=tuple(Form))
    assert "Grace" in [*world.names_beside(), *world.names_inside()]
    world.gallery.undo()
    result = world.write(into_files=into_files)
    assert (result.removed, result.failed) == (1, [])
    assert world.names_beside() == world.names_inside() == []
    content = read_xmp(world.photo) if into_files else world.sidecar.read_bytes()
    assert b"Grace" not in (content or b"")


def test_undoing_an_import_takes_no_name_from_the_file_it_came_from(world: World, tmp_path: Path) -> None:
    world.name("Grace")
    world.write()
    with Gallery.open(tmp_path / "other", for_writing=True) as other:
        import_names_from_metadata([world.photo], other, world.pipeline)
        other.undo()
        assert write_names([world.photo], other).removed == 0
    assert world.names_beside() == ["Grace"]


def test_lists_lose_the_names_that_the_history_knows(world: World) -> None:
    face = world.name("Mum")
    world.write(forms=tuple(Form))
    world.gallery.rename(world.gallery.find("Mum"), "Mary Smith")
    world.write()
    text = world.sidecar.read_text("utf-8")
    assert text.count("Mary Smith") == 6  # two regions, the list, three lists of keywords
    assert "Mum" not in text
    world.gallery.remove([face.id])
    assert world.write().removed == 1
    assert "Mary" not in world.sidecar.read_text("utf-8")


def test_a_deleted_person_is_taken_out_of_the_files(world: World) -> None:
    world.name("Grace")
    world.write(into_files=True, forms=tuple(Form))
    world.write(forms=tuple(Form))
    world.gallery.delete_people([world.gallery.find("Grace")])
    assert world.write(into_files=True).removed == 1
    assert b"Grace" not in (read_xmp(world.photo) or b"")
    assert "Grace" not in world.sidecar.read_text("utf-8")


def test_a_kind_that_is_not_rewritten_gets_a_sidecar(world: World) -> None:
    from PIL import Image as PillowImage

    photo = world.photo.with_suffix(".bmp")
    with PillowImage.open(world.photo) as image:
        image.save(photo)
    world.photo, world.sidecar = photo, photo.with_name("a.bmp.xmp")
    world.name("Grace")
    before = photo.read_bytes()
    result = world.write(into_files=True)
    assert [type(error) for _, error in result.not_rewritten] == [PhotoNotRewrittenError]
    assert (result.names, result.rewritten, result.failed) == (1, [], [])
    assert world.names_beside() == ["Grace"]
    assert photo.read_bytes() == before


@needs_exiftool
def test_newer_metadata_in_the_sidecar_is_told(world: World) -> None:
    world.name("Grace")
    world.write()
    exiftool("-overwrite_original", "-XMP-xmp:MetadataDate=2020:01:01 10:00:00Z", world.photo)
    exiftool("-overwrite_original", "-XMP-xmp:MetadataDate=2021:01:01 10:00:00+02:00", world.sidecar)
    result = world.write(into_files=True)
    assert result.newer == [(world.photo, world.sidecar)]
    assert world.names_inside() == world.names_beside() == ["Grace"]
    exiftool("-overwrite_original", "-XMP-xmp:MetadataDate=2020:01:01 11:00:00+01:00", world.sidecar)
    assert world.write(into_files=True).newer == []


def test_damaged_xmp_in_a_photo_is_reported_and_left(world: World) -> None:
    world.name("Grace")
    packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><broken"
    data = world.photo.read_bytes()
    segment = b"\xff\xe1" + (len(packet) + 2).to_bytes(2, "big") + packet
    world.photo.write_bytes(data[:2] + segment + data[2:])
    before = world.photo.read_bytes()
    result = world.write(into_files=True)
    assert [type(error) for _, error in result.failed] == [EmbeddedXmpUnreadableError]
    assert (world.photo.read_bytes(), result.names) == (before, 0)


def test_temporary_files_of_a_killed_run_are_removed(world: World) -> None:
    world.name("Grace")
    left = world.photo.with_name(f".{'a' * 32}.tmp")
    os.link(world.photo, left)
    result = world.write(into_files=True)
    assert (result.rewritten, result.failed) == ([world.photo], [])
    assert [path.name for path in world.photo.parent.iterdir()] == ["a.jpg"]


def test_a_folder_that_may_only_be_read_is_reported(world: World) -> None:
    world.name("Grace")
    world.photo.parent.chmod(0o555)
    try:
        with ordinary_rights():
            result = world.write(into_files=True)
    finally:
        world.photo.parent.chmod(0o755)
    assert [type(error) for _, error in result.failed] == [PhotoWriteError]


def test_a_gallery_that_may_only_be_read_writes_into_photos_too(world: World, tmp_path: Path) -> None:
    world.name("Grace")
    world.gallery.close()
    with Gallery.open(tmp_path / "gallery", for_writing=False) as gallery:
        assert write_names([world.photo], gallery, into_files=True).rewritten == [world.photo]
    assert world.names_inside() == ["Grace"]


def test_a_cancelled_job_rewrites_whole_photos_only(world: World) -> None:
    world.name("Grace")
    copies = [shutil.copy(world.photo, world.photo.with_name(f"{number}.jpg")) for number in range(3)]
    before = world.photo.read_bytes()
    done: list[Path] = []

    def is_cancelled() -> bool:
        done[:] = [path for path in copies if path.read_bytes() != before]
        return bool(done)

    result = write_names(copies, world.gallery, is_cancelled=is_cancelled, into_files=True)
    assert 0 < len(result.rewritten) < 3
    assert result.left == 3 - len(result.rewritten)
    again = write_names(copies, world.gallery, into_files=True)
    assert len(again.rewritten) == result.left
    assert len({path.read_bytes() for path in copies}) == 1
