"""Faces that wait for a name are kept photo by photo, whole or not at all, wherever that is cut off."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from face_match.errors import (
    GalleryDamagedError,
    GalleryWriteError,
    ImageUnreadableError,
)
from face_match.gallery.waiting import Waiting
from face_match.gallery.waiting_file import SeenPhoto, WaitingFace
from face_match.types import Box, EmbeddedFace

PLACE = Box(100.5, 80.25, 60.0, 75.0)
Found = Callable[[int, Box], EmbeddedFace]
Killed = Callable[[Callable[[], object], int], bool]


@pytest.fixture
def waiting(folder: Path) -> Waiting:
    """Of a folder without a gallery, in which nothing waits."""
    return Waiting.of(folder, None, is_writable=True)


def facts(waiting: Waiting) -> dict[str, Any]:
    """All that is kept, by the digests of photos; crops bit for bit."""

    def of(face: WaitingFace) -> tuple[Any, ...]:
        vectors = {model: vector.tobytes() for model, vector in face.vectors.items()}
        pixels = waiting.crop(face).pixels.tobytes() if face.is_kept else None
        said = (face.is_ignored, face.bundle, face.apart)
        where = (face.place, face.box, face.landmarks, face.confidence)
        return face.id, face.photo_digest, where, face.quality, vectors, pixels, said

    return {
        photo.digest: (photo.path, photo.size, photo.modified_ns, [of(face) for face in photo.faces])
        for photo in waiting.photos
    }


def again(folder: Path, vault: Any = None) -> Waiting:
    """As who opens it now finds it."""
    return Waiting.of(folder, vault, is_writable=False)


def three(found: Found) -> list[EmbeddedFace]:
    return [found(number, Box(100.0 * number, 50.0, 60.0, 70.0)) for number in (1, 2, 3)]


def add(waiting: Waiting, found: Found, name: str = "party.jpg", digest: str = "d1") -> SeenPhoto:
    return waiting.add(Path("photos", name).absolute(), digest, three(found))


def test_what_is_kept_is_read_again_bit_for_bit(waiting: Waiting, folder: Path, found: Found) -> None:
    photo = add(waiting, found)
    first, second, third = photo.faces
    waiting.change(
        [
            replace(first, is_ignored=True),
            replace(second, bundle="b", apart=frozenset({first.id, third.id})),
            replace(third, vectors={**third.vectors, "other": found(9, PLACE).vector}),
        ]
    )
    waiting.add(Path("empty.jpg"), "d2", [])
    before = facts(waiting)
    assert facts(again(folder)) == before
    assert len(before["d1"][3]) == 3
    assert [face.id for face in again(folder).faces] == [second.id, third.id]
    for number, face in zip((1, 2, 3), again(folder).photo("d1").faces, strict=True):
        source = found(number, PLACE)
        assert face.vectors["made-up"].tobytes() == source.vector.tobytes()
        crop = waiting.crop(face)
        assert (crop.pixels == source.crop.pixels).all()
        assert (crop.box, crop.landmarks) == (source.crop.box, source.crop.landmarks)
        assert (face.quality, face.confidence) == (source.quality, source.face.confidence)


def cut(data: bytes) -> bytes:
    return data[:-1]


def edited(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[bytes], bytes]:
    """Something else said of the faces of a file."""

    def edit(data: bytes) -> bytes:
        head, _, crops = data.partition(b"\n")
        record = json.loads(head)
        change(record["faces"])
        return json.dumps(record).encode() + b"\n" + crops

    return edit


def longer_and_less_than_nothing(faces: list[dict[str, Any]]) -> None:
    faces[0]["crop_bytes"] += faces[1]["crop_bytes"] + 1
    faces[1]["crop_bytes"] = -1


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut off in its head": lambda data: data[:100],
    "cut off in its last crop": cut,
    "without crops": lambda data: data[: data.index(b"\n") + 1],
    "with more than it has": lambda data: data + b"\0",
    "no JSON": lambda data: b"PNG" + data,
    "a list": lambda data: b"[]\n",
    "a newer version": lambda data: data.replace(b'"version": 1', b'"version": 2'),
    "a photo that is no text": lambda data: data.replace(b'"photo": "d1"', b'"photo": ["d"]'),
    "a vector that is none": lambda data: data.replace(b'"made-up": "', b'"made-up": "AAAA'),
    "a place that is none": lambda data: data.replace(b"100.0, 50.0, ", b"NaN, 50.0, "),
    "sealed with a key that is gone": lambda data: b"Face Match, sealed\n" + data,
    "a length below zero": edited(longer_and_less_than_nothing),
    "a length in words": edited(lambda faces: faces[0].update(crop_bytes=f"{faces[0]['crop_bytes']}")),
    "one id twice": edited(lambda faces: faces[0].update(id=faces[1]["id"])),
    "no confidence": edited(lambda faces: faces[0].update(confidence=float("nan"))),
    "an endless score": edited(lambda faces: faces[0]["quality"].update(score=10**400)),
    "another verdict": edited(lambda faces: faces[0]["quality"].update(verdict="fine")),
    "a bomb": lambda data: b"[" + b"[]," * 2_000_000 + b"\n",
    "no UTF-8": lambda data: data.replace(b"party", b"p\xffrty"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_cannot_be_read_is_passed_over_and_stays_as_it_is(
    damage: str, waiting: Waiting, folder: Path, found: Found, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    file = add(waiting, found).file
    other = add(waiting, found, "other.jpg", "d2")
    whole = facts(waiting)["d2"]
    damaged = DAMAGE[damage](file.read_bytes())
    assert damaged != file.read_bytes()
    file.write_bytes(damaged)
    reading = Waiting.of(folder, None, is_writable=True)
    assert [photo.digest for photo in reading.photos] == ["d2"]
    assert facts(reading) == {"d2": whole}
    add(reading, found)
    reading.change([replace(face, is_ignored=True) for face in reading.faces])
    assert file.read_bytes() == damaged
    assert other.file.exists()
    assert set(facts(again(folder))) == {"d1", "d2"}
    assert len(files_in(folder)) == 3


def test_crops_that_were_damaged_since_it_was_opened_are_not_written_again(
    waiting: Waiting, folder: Path, found: Found
) -> None:
    photo = add(waiting, found)
    data = photo.file.read_bytes()
    photo.file.write_bytes(data[: -photo.faces[2].crop_bytes] + bytes(photo.faces[2].crop_bytes))
    with pytest.raises(ImageUnreadableError):
        waiting.crop(photo.faces[2])
    assert (waiting.crop(photo.faces[0]).pixels == found(1, PLACE).crop.pixels).all()
    photo.file.write_bytes(data[:-5])
    with pytest.raises(GalleryDamagedError):
        waiting.change([photo.faces[0].stripped()])
    assert photo.file.read_bytes() == data[:-5]
    photo.file.unlink()
    for do in (
        lambda: waiting.change([photo.faces[0].stripped()]),
        lambda: waiting.found_at(photo, folder / "elsewhere.jpg"),
    ):
        with pytest.raises(GalleryWriteError):
            do()
    with pytest.raises(ImageUnreadableError):
        waiting.crop(photo.faces[0])


def test_who_only_reads_changes_nothing(
    waiting: Waiting, folder: Path, found: Found, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    photo = add(waiting, found)
    (folder / "waiting" / f".{'a' * 32}.tmp").write_bytes(b"of who writes")
    before, files = facts(waiting), files_in(folder)
    reading = again(folder)
    for do in (
        lambda: add(reading, found, "other.jpg", "d2"),
        lambda: add(reading, found),
        lambda: reading.found_at(photo, Path("elsewhere.jpg")),
        lambda: reading.change([replace(photo.faces[0], is_ignored=True)]),
        lambda: reading.strip(photo.faces),
    ):
        with pytest.raises(GalleryWriteError):
            do()
    assert facts(reading) == before
    assert files_in(folder) == files


def test_what_is_only_tried_is_in_memory_alone(
    waiting: Waiting, folder: Path, found: Found, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    add(waiting, found)
    files = files_in(folder)
    trying = Waiting.of(folder, None, is_writable=False, is_only_tried=True)
    add(trying, found, "other.jpg", "d2")
    trying.change([replace(face, is_ignored=True) for face in trying.faces])
    trying.found_at(trying.photo("d1"), Path("elsewhere.jpg"))
    assert {photo.digest for photo in trying.photos} == {"d1", "d2"}
    assert trying.faces == []
    assert files_in(folder) == files


def test_on_a_full_disk_all_is_as_it_was(
    waiting: Waiting,
    folder: Path,
    found: Found,
    full_disk: Callable[..., Any],
    files_in: Callable[[Path], dict[str, bytes]],
) -> None:
    photo = add(waiting, found)
    before, files = facts(waiting), files_in(folder)
    for do in (
        lambda: add(waiting, found, "other.jpg", "d2"),
        lambda: waiting.change([replace(photo.faces[0], is_ignored=True)]),
        lambda: waiting.found_at(photo, Path("elsewhere.jpg")),
    ):
        with full_disk(10), pytest.raises(GalleryWriteError):
            do()
        assert facts(waiting) == before
        assert files_in(folder) == files
    add(waiting, found, "other.jpg", "d2")
    assert facts(again(folder)) == facts(waiting)


def test_what_fails_anywhere_was_not_done_and_memory_is_as_the_disk(
    waiting: Waiting, folder: Path, found: Found, failing: Callable[..., Any]
) -> None:
    photo = add(waiting, found)
    at = 1
    while True:
        with failing(at, at % 2 == 0) as fault:
            try:
                waiting.change([replace(waiting.photo("d1").faces[0], bundle=f"b{at}")])
            except GalleryWriteError:
                assert waiting.photo("d1").faces[0].bundle != f"b{at}"
            else:
                assert waiting.photo("d1").faces[0].bundle == f"b{at}"
        assert facts(again(folder)) == facts(waiting), f"failing at {at}"
        if not fault.has_come:
            break
        at += 1
    assert at > 5
    Waiting.of(folder, None, is_writable=True)
    assert [*(folder / "waiting").iterdir()] == [photo.file]


ODD_PATHS = (
    "Zoë / Çelik",
    "with  two spaces ",
    "👩\u200d👩\u200d👧",
    "שרה",
    "line\nbreak",
    "half \udcff surrogate",
    "'quotes\"",
)


@pytest.mark.parametrize("name", ODD_PATHS)
def test_a_photo_is_known_again_wherever_it_lies(
    name: str, tmp_path: Path, waiting: Waiting, folder: Path, found: Found
) -> None:
    if sys.platform in ("win32", "darwin") and name in ODD_PATHS[4:]:
        pytest.skip("such a name cannot be here")
    path = tmp_path / "photos" / f"{name}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a photo")
    waiting.add(path, "d1", three(found))
    for one in (waiting, again(folder)):
        assert one.photo_at(path).digest == "d1"
        assert one.photo("d1").path == path


def test_a_photo_that_was_moved_or_touched_is_not_taken_for_the_one_it_was(
    tmp_path: Path, waiting: Waiting, folder: Path, found: Found
) -> None:
    old, new = tmp_path / "old.jpg", tmp_path / "new.jpg"
    old.write_bytes(b"a photo")
    before = waiting.add(old, "d1", three(found))
    old.rename(new)
    assert waiting.photo_at(old) is None
    assert waiting.photo_at(new) is None
    waiting.found_at(before, new)
    for one in (waiting, again(folder)):
        assert one.photo_at(new).digest == "d1"
        assert one.photo_at(old) is None
        assert [face.id for face in one.faces] == [face.id for face in before.faces]
    new.write_bytes(b"another photo")
    assert waiting.photo_at(new) is None
    os.utime(new, ns=(1, before.modified_ns))
    assert waiting.photo_at(new) is None, "its size is another one"


def test_a_photo_in_the_place_of_another_one_is_known_and_so_is_that_one(
    tmp_path: Path, waiting: Waiting, folder: Path, found: Found
) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(b"as it was")
    first = waiting.add(path, "d1", three(found))
    path.write_bytes(b"as it was edited")
    waiting.add(path, "d2", three(found))
    waiting.change([replace(first.faces[0], is_ignored=True)])
    for one in (waiting, again(folder)):
        assert one.photo_at(path).digest == "d2"
        assert one.photo("d1") is not None


def test_of_faces_that_are_done_the_place_is_kept_alone(waiting: Waiting, folder: Path, found: Found) -> None:
    photo = add(waiting, found)
    size = photo.file.stat().st_size
    waiting.strip([photo.faces[0], photo.faces[2]])
    assert photo.file.stat().st_size < 0.6 * size
    for one in (waiting, again(folder)):
        (left,) = one.faces
        assert left.id == photo.faces[1].id
        assert (one.crop(left).pixels == found(2, PLACE).crop.pixels).all()
        assert [face.place for face in one.photo("d1").faces] == [face.place for face in photo.faces]
        with pytest.raises(ImageUnreadableError):
            one.crop(one.photo("d1").faces[0])
    content = photo.file.read_bytes()
    assert base64.b64encode(found(1, PLACE).vector.tobytes()) not in content
    waiting.strip(photo.faces)
    assert photo.file.read_bytes().endswith(b"\n")


def test_found_again_a_photo_keeps_the_faces_that_stay_and_its_file(
    waiting: Waiting, folder: Path, found: Found
) -> None:
    photo = add(waiting, found)
    stays = photo.faces[1]
    new = [found(7, Box(700.0, 50.0, 60.0, 70.0)), found(8, Box(800.0, 50.0, 60.0, 70.0))]
    waiting.add(photo.path, "d1", new, [stays], lambda face: face.place.x == 800.0)
    for one in (waiting, again(folder)):
        assert [face.place.x for face in one.photo("d1").faces] == [200.0, 700.0, 800.0]
        assert [face.is_kept for face in one.photo("d1").faces] == [True, True, False]
        assert (one.crop(one.faces[0]).pixels == found(2, PLACE).crop.pixels).all()
        assert (one.crop(one.faces[1]).pixels == found(7, PLACE).crop.pixels).all()
    assert [*(folder / "waiting").iterdir()] == [photo.file]


def test_who_writes_clears_away_what_a_killed_write_has_left(
    waiting: Waiting, folder: Path, found: Found
) -> None:
    add(waiting, found)
    left = folder / "waiting" / f".{'a' * 32}.tmp"
    left.write_bytes(b"half")
    again(folder)
    assert left.exists()
    Waiting.of(folder, None, is_writable=True)
    assert not left.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_files_are_their_owners_alone(waiting: Waiting, folder: Path, found: Found) -> None:
    photo = add(waiting, found)
    for path in (photo.file, photo.file.parent):
        assert path.stat().st_mode & 0o077 == 0


def test_reading_says_how_far_it_is(waiting: Waiting, folder: Path, found: Found) -> None:
    for number in range(3):
        add(waiting, found, f"{number}.jpg", f"d{number}")
    steps: list[tuple[int, int]] = []
    Waiting.of(folder, None, is_writable=False, on_progress=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_head_of_a_file_can_be_read_by_people(waiting: Waiting, found: Found) -> None:
    photo = add(waiting, found, "Zoë.jpg")
    head = photo.file.read_bytes().split(b"\n")[0]
    assert "Zoë".encode() in head
    record = json.loads(head)
    assert (record["version"], record["photo"], len(record["faces"])) == (1, "d1", 3)
