"""A purge killed at any call that changes the disk is absent, or completed at the next opening."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from face_match.core.errors import ClearPendingError
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records import paths
from face_match.gallery.security import encryption, purge
from tests.unit.gallery.interruptions import calls

NAME, SECRETS = "Penny Pen", (b"Penny Pen", b"Penelope")
PASSPHRASE = "correct horse"

Add = Callable[..., NamingResult]
Killed = Callable[[Callable[[], object], int], bool]
Points = Callable[[Iterable[int]], Iterator[int]]

pytestmark = [
    pytest.mark.usefixtures("quick_scrypt"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


@pytest.fixture(params=["plain", "encrypted"])
def word(request: pytest.FixtureRequest) -> str | None:
    return PASSPHRASE if request.param == "encrypted" else None


@pytest.fixture
def lived_in(
    folder: Path, gallery: Gallery, add: Add, scan_photo: Callable[..., object], word: str | None
) -> Path:
    """Penny, once Penelope, has three faces, one beside an unnamed one, and lost one to Leonard."""
    scan_photo(gallery, 1, 1, 11)
    for number in (1, 2, 3):
        add(gallery, "Penelope", number, path=Path(f"/photos/{NAME}/{number}.jpg"))
    lost = add(gallery, "Penelope", 4).faces[0]
    gallery.back_up()
    gallery.rename(gallery.person("Penelope"), NAME)
    gallery.move([lost.id], "Leonard")
    gallery.set_unfinished_scans([Path(f"/photos/{NAME}")])
    gallery.save_calibration("made-up", {"learned": 1})
    gallery.close()
    if word is not None:
        encryption.encrypt(folder, word)
    return folder


def others(folder: Path, word: str | None) -> list[tuple[str, bytes]]:
    """The faces that are not hers, with their crops."""
    with Gallery.open(folder, for_writing=False, passphrase=word) as gallery:
        faces = [*gallery.faces_of(gallery.person("Leonard")), *gallery.unnamed()]
        return [(face.id, gallery.pixels_of(face).tobytes()) for face in faces]


def said_in(folder: Path) -> list[str]:
    """The files that say her name, or are called like her."""
    files = (path for path in folder.rglob("*") if path.is_file())
    told = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return [name for name, data in told.items() if any(one in data + name.encode() for one in SECRETS)]


def test_a_purge_killed_at_any_point_is_absent_or_completed_at_the_next_opening(
    lived_in: Path, word: str | None, killed: Killed, points: Points
) -> None:
    before, place = others(lived_in, word), lived_in.parent / "killed"
    there, gone = list[int](), list[int]()
    for at in points(calls(20, 7)):
        shutil.copytree(lived_in, place)
        was_killed = killed(lambda: purge.purge(place, NAME, word), at)
        assert others(place, word) == before
        with Gallery.open(place, for_writing=True, passphrase=word) as gallery:
            is_there = gallery.find(NAME) is not None
            if is_there:
                faces = gallery.faces_of(gallery.person(NAME))
                assert len(faces) == 3
                assert all(gallery.pixels_of(face).size for face in faces)
        assert not (place / paths.PURGE_PLAN).exists()
        (there if is_there else gone).append(at)
        if not is_there:
            assert said_in(place) == []
        assert others(place, word) == before
        shutil.rmtree(place)
        if not was_killed:
            break
    assert max(there, default=0) < min(gone), "from one point on she goes"
    assert min(gone) > 4
    assert max(gone) - min(gone) > 10


def test_a_clear_killed_at_any_point_is_absent_or_completed_at_the_next_opening(
    lived_in: Path, word: str | None, killed: Killed, points: Points
) -> None:
    place, there, gone = lived_in.parent / "killed", list[int](), list[int]()
    for at in points(calls(20, 1)):
        shutil.copytree(lived_in, place)
        was_killed = killed(lambda: purge.clear(place), at)
        is_begun = not (place / paths.VAULT).exists() or (place / paths.PURGE_PLAN).exists()
        if (place / paths.PURGE_PLAN).exists():
            with pytest.raises(ClearPendingError):
                Gallery.open(place, for_writing=False, passphrase=word)
        with Gallery.open(place, for_writing=True, passphrase=word) as gallery:
            assert len(gallery.people) in (0, 2)
            (there if gallery.people else gone).append(at)
            assert gallery.people or is_begun
        if at in gone:
            left = [path.name for path in place.rglob("*") if path.is_file() and "lock" not in path.name]
            assert left == []
        shutil.rmtree(place)
        if not was_killed:
            break
    assert max(there, default=0) < min(gone), "from one point on they go"
    assert max(gone) - min(gone) > 10
