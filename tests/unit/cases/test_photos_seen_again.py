"""A photo into whose file another program has written is the same photo, wherever it is met."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from face_match.core.photo_folders import photo_files
from face_match.vision.content_digest import content_digest
from face_match.vision.photo_loading import load_photo
from face_match.workflows.export_photos import TransferMethod, export_photos

FolderOf = Callable[[str], Path]


def with_comment(path: Path) -> None:
    """A comment of JPEG, as a caption."""
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xfe\x00\x0arating=5" + data[2:])


def with_rating(path: Path) -> None:
    """XMP with five stars."""
    packet = (
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rating>5</rating></x:xmpmeta>"
    )
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1" + (len(packet) + 2).to_bytes(2, "big") + packet + data[2:])


def with_date(path: Path) -> None:
    """EXIF with another date."""
    exif = Image.Exif()
    exif[0x0132] = "2001:02:03 04:05:06"
    block = exif.tobytes()
    block = block if block.startswith(b"Exif\0\0") else b"Exif\0\0" + block
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:])


TOUCHES = [with_comment, with_rating, with_date]


@pytest.fixture
def photo(mum: Path, tmp_path: Path) -> Path:
    path = tmp_path / "photos" / "Eileen" / "a.jpg"
    path.parent.mkdir(parents=True)
    shutil.copy(mum / "a.jpg", path)
    return path


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_photo_that_was_touched_is_named_as_before_in_everything(
    touch: Callable[[Path], None], world: Any, photo: Path, tmp_path: Path
) -> None:
    before = world.add("Eileen", photo)
    assert world.scan(photo).seen == 0
    touch(photo)
    assert world.names_in(photo) == ["Eileen"]
    result = world.scan(photo)
    assert (result.seen, result.faces, world.gallery.unnamed()) == (1, 0, [])
    assert world.import_folders(photo.parents[1]).known == 1
    sorted_ = export_photos([photo], world.gallery, tmp_path / "by person")
    assert sorted_.made[TransferMethod.COPY] == 1
    written = world.write(photo.parent)
    assert (written.photos, written.names) == (1, 1)
    assert world.import_sidecars(photo.parent).known == 1
    (match,) = world.gallery.nearest(world.pipeline.faces(load_photo(photo))[0].embedding, "dlib", 5)
    assert (match.face.id, match.similarity) == (before.id, pytest.approx(1.0, abs=1e-5))
    assert world.people() == {"Eileen": 1}
    assert len(world.gallery.photos()) == 1


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_photo_that_was_touched_is_ignored_as_before(
    touch: Callable[[Path], None], world: Any, photo: Path
) -> None:
    world.scan(photo)
    (face,) = world.gallery.unnamed()
    world.gallery.ignore([face.id])
    touch(photo)
    assert world.scan(photo).seen == 1
    assert world.gallery.unnamed() == []
    assert [ignored.id for ignored in world.gallery.ignored()] == [face.id]


def test_a_photo_that_its_tag_turns_upside_down_is_the_same_and_stays_as_its_face_is_upright(
    world: Any, photo: Path
) -> None:
    before = world.add("Eileen", photo)
    exif = Image.Exif()
    exif[0x0112] = 3
    block = b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")
    data = photo.read_bytes()
    photo.write_bytes(data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:])
    world.scan(photo)
    (face,) = (one for one in world.gallery.faces_of(world.gallery.person("Eileen")))
    assert face.place == pytest.approx(before.place)
    assert len(world.gallery.photos()) == 1


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_file_that_cannot_be_read_is_said_also_of_a_photo_that_is_known(
    kind: str, world: Any, astronaut_file: Path, tmp_path: Path
) -> None:
    """Its image data is that of a photo, but something beside it is so that no decoder takes it."""
    whole, broken = tmp_path / f"a.{kind}", tmp_path / f"b.{kind}"
    with Image.open(astronaut_file) as image:
        image.convert("RGB").save(whole)
    data = whole.read_bytes()
    if kind == "png":
        broken.write_bytes(data[:33] + b"\0\0\0\4gAMA\0\1\2\3 no checksum"[:16] + data[33:])
    else:
        broken.write_bytes(data[:2] + (b"\xff\xe1\xff\xffExif\0\0" + bytes(65527)) * 200 + data[2:])
    assert content_digest(broken.read_bytes()) == load_photo(whole).digest
    alone = [str(error) for _, error in world.scan(broken).failed]
    assert len(alone) == 1
    world.scan(whole)
    result = world.scan(whole, broken)
    assert (result.seen, [str(error) for _, error in result.failed]) == (1, alone)


def test_a_png_with_other_text_is_the_same(world: Any, astronaut_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "photos" / "Eileen" / "a.png"
    path.parent.mkdir(parents=True)
    shutil.copy(astronaut_file, path)
    world.add("Eileen", path)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "holiday")
    with Image.open(path) as image:
        image.save(path.with_name("b.png"), pnginfo=text)
    assert world.names_in(path.with_name("b.png")) == ["Eileen"]
    result = world.scan(*photo_files([path.parent]))
    assert (result.photos, result.faces, world.gallery.unnamed()) == (2, 0, [])


def test_another_photo_at_the_same_path_is_another_one(world: Any, photo: Path, hopper_file: Path) -> None:
    before = world.add("Eileen", photo)
    world.scan(photo)
    shutil.copy(hopper_file, photo)
    result = world.scan(photo)
    assert (result.seen, result.faces) == (0, 1)
    assert world.names_in(photo) == [None]
    assert world.gallery.photo(before.photo).path == "", "the old record claims that path no more"
    assert world.people() == {"Eileen": 1}


def test_a_photo_that_is_replaced_while_it_is_scanned_is_looked_at_again(
    world: Any, photo: Path, hopper_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = type(world.pipeline)
    real = kind.faces_upright

    def replaced_meanwhile(self: Any, decoded: Any) -> Any:
        shutil.copy(hopper_file, photo)
        return real(self, decoded)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "faces_upright", replaced_meanwhile)
        assert world.scan(photo).faces == 1
        world.gallery.name_faces([world.gallery.unnamed()[0].id], "Eileen")
    sorted_ = export_photos([photo], world.gallery, tmp_path / "by person")
    assert (sorted_.with_people, sorted_.people) == (0, {})
    result = world.scan(photo)
    assert (result.seen, result.faces, world.names_in(photo)) == (0, 1, [None])


@pytest.fixture
def photo_and_sidecar(mum: Path, photo: Path) -> Path:
    shutil.copy(mum / "a.jpg.xmp", photo.parent)
    return photo


@pytest.mark.parametrize("way", ["folders", "sidecars"])
def test_a_photo_that_is_replaced_while_it_is_imported_is_looked_at_again(
    way: str, world: Any, photo_and_sidecar: Path, hopper_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photo_and_sidecar
    kind = type(world.pipeline)
    real = kind.faces_upright

    def replaced_meanwhile(self: Any, decoded: Any) -> Any:
        shutil.copy(hopper_file, photo)
        return real(self, decoded)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "faces_upright", replaced_meanwhile)
        folder = photo.parents[1]
        result = world.import_folders(folder) if way == "folders" else world.import_sidecars(folder)
        assert result.added == 1
    result = world.scan(photo)
    assert (result.seen, result.faces, world.names_in(photo)) == (0, 1, [None])
