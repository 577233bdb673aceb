"""Waiting faces of an encrypted gallery tell nothing, and nothing of a person who is erased waits."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.errors import CancelledError
from face_match.gallery import encryption, erasing, vault
from face_match.gallery.gallery import Gallery, NewSample
from face_match.gallery.samples import png
from face_match.gallery.waiting import Waiting
from face_match.types import Box, EmbeddedFace

PASSPHRASE = "corrêct horse"
ADA = "Zoë Çelik"
OTHER_PLACE = Box(400.0, 80.0, 60.0, 75.0)
ADA_PLACE = Box(100.0, 80.0, 60.0, 75.0)

Found = Callable[[int, Box], EmbeddedFace]
Killed = Callable[[Callable[[], object], int], bool]

pytestmark = [
    pytest.mark.usefixtures("quick_scrypt"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


@pytest.fixture
def with_waiting(folder: Path, gallery: Gallery, found: Found) -> Path:
    """Photos 1 to 3, in a folder that is called like the first face of each, who has a sample of two of them;
    and photo 4, of somebody else, elsewhere."""
    waiting = Waiting.of(folder, None, is_writable=True)
    for number in (1, 2, 3):
        faces = [found(number, ADA_PLACE), found(10 + number, OTHER_PLACE)]
        waiting.add(folder / "photos" / ADA / f"{number}.jpg", f"{number:064x}", faces)
    waiting.add(folder / "photos" / "others" / "4.jpg", f"{4:064x}", [found(14, ADA_PLACE)])
    for number in (1, 2):
        one = found(number, ADA_PLACE)
        gallery.add_all(ADA, [NewSample(one.crop, {"made-up": one.vector}, f"{number:064x}", ADA_PLACE)])
    gallery.add_all(
        "Grace", [NewSample(found(14, ADA_PLACE).crop, {"made-up": found(14, ADA_PLACE).vector}, "")]
    )
    gallery.close()
    return folder


def opened(folder: Path) -> Waiting:
    return Waiting.of(folder, vault.unlock(folder, PASSPHRASE), is_writable=True)


def facts(waiting: Waiting) -> dict[str, Any]:
    """All that is kept, by the digests of photos."""
    return {
        photo.digest: (
            photo.path,
            [
                (
                    face.id,
                    face.place,
                    face.is_ignored,
                    {model: vector.tobytes() for model, vector in face.vectors.items()},
                    waiting.crop(face).pixels.tobytes() if face.is_kept else None,
                )
                for face in photo.faces
            ],
        )
        for photo in waiting.photos
    }


def readable_in(folder: Path, found: Found) -> list[str]:
    """What can be found below the folder of waiting faces by who has no key."""
    vectors = [found(number, ADA_PLACE).vector.astype("<f4").tobytes() for number in (1, 11, 14)]
    secrets = [ADA.encode(), b"photos", b"\x89PNG", f"{1:064x}".encode(), *vectors]
    secrets += [base64.b64encode(vector)[:20] for vector in vectors]
    files = [*(folder / "waiting").iterdir()]
    assert len(files) == 4
    return [
        f"{secret!r} in {file.name}"
        for file in files
        for secret in secrets
        if secret in file.read_bytes() or secret in file.name.encode()
    ]


def test_encrypted_nothing_is_readable_and_nothing_is_lost(with_waiting: Path, found: Found) -> None:
    folder = with_waiting
    before = facts(opened(folder))
    assert readable_in(folder, found)
    encryption.encrypt(folder, PASSPHRASE)
    assert readable_in(folder, found) == []
    assert facts(opened(folder)) == before
    waiting = opened(folder)
    waiting.add(folder / "4.jpg", f"{4:064x}", [found(15, ADA_PLACE)])
    waiting.begin([folder / "photos"])
    assert opened(folder).unfinished == [folder / "photos"]
    waiting.begin([])
    assert readable_in(folder, found) == []
    assert facts(opened(folder)) == facts(waiting)
    assert facts(Waiting.of(folder, None, is_writable=False)) == {}, "without the key there is nothing"


def test_decrypted_the_bytes_are_as_they_were(
    with_waiting: Path, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    before = files_in(with_waiting / "waiting")
    encryption.encrypt(with_waiting, PASSPHRASE)
    assert files_in(with_waiting / "waiting") != before
    encryption.decrypt(with_waiting, PASSPHRASE)
    assert files_in(with_waiting / "waiting") == before


def test_half_encrypted_all_can_be_read_and_changed(with_waiting: Path, found: Found) -> None:
    folder = with_waiting
    before = facts(opened(folder))
    files = len([path for path in folder.rglob("*") if path.is_file()])
    for stop in range(1, files):
        calls = iter(range(1000))
        try:
            encryption.encrypt(
                folder, PASSPHRASE, is_cancelled=lambda calls=calls, stop=stop: next(calls) >= stop
            )
        except CancelledError:
            assert facts(opened(folder)) == before
        sealed = [file.read_bytes().startswith(vault.MARK) for file in (folder / "waiting").iterdir()]
        if any(sealed) and not all(sealed):
            break
    else:
        raise AssertionError("it was never half encrypted")
    waiting = opened(folder)
    waiting.strip(waiting.faces[:1])
    assert len(opened(folder).faces) == len(waiting.faces) == 6
    encryption.encrypt(folder, PASSPHRASE)
    assert readable_in(folder, found) == []
    assert facts(opened(folder)) == facts(waiting)


@pytest.mark.parametrize("store_kind", ["file"], indirect=True)
@pytest.mark.parametrize("way", ["encrypt", "decrypt"])
def test_killed_anywhere_while_sealed_all_is_there_and_it_can_be_gone_on_with(
    way: str, with_waiting: Path, found: Found, killed: Killed, tmp_path: Path
) -> None:
    before = facts(opened(with_waiting))
    if way == "decrypt":
        encryption.encrypt(with_waiting, PASSPHRASE)
    work = {"encrypt": encryption.encrypt, "decrypt": encryption.decrypt}[way]
    place, at = tmp_path / "killed", 1
    while True:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(with_waiting, place)
        was_killed = killed(lambda: work(place, PASSPHRASE), at)
        assert facts(opened(place)) == before, f"{way}, killed at {at}"
        if at % 7 == 0:
            work(place, PASSPHRASE)
            assert facts(opened(place)) == before
            assert (readable_in(place, found) == []) == (way == "encrypt")
        if not was_killed:
            break
        at += 1
    assert at > 40


def traces(folder: Path, found: Found, *numbers: int) -> list[str]:
    """Of a person's name, and of their faces, in the files of what waits."""
    secrets = {"the name": ADA.encode()}
    for number in numbers:
        vector = found(number, ADA_PLACE).vector.astype("<f4").tobytes()
        secrets[f"vector {number}"] = base64.b64encode(vector)
        secrets[f"crop {number}"] = png(found(number, ADA_PLACE).crop.pixels)
    files = [*(folder / "waiting").iterdir()]
    return sorted({what for what, s in secrets.items() for file in files if s in file.read_bytes()})


def test_of_a_person_who_is_erased_nothing_waits(with_waiting: Path, found: Found) -> None:
    folder = with_waiting
    assert traces(folder, found, 1, 2) == ["crop 1", "crop 2", "the name", "vector 1", "vector 2"]
    opened(folder).begin([folder / "photos" / ADA])
    erased = erasing.purge(folder, ADA)
    assert erased.left == []
    assert traces(folder, found, 1, 2) == []
    waiting = opened(folder)
    assert waiting.unfinished == []
    assert len(waiting.photos) == 4
    for digest, (path, faces) in facts(waiting).items():
        is_hers = digest in (f"{1:064x}", f"{2:064x}")
        assert [face[2] for face in faces[:1]] == [is_hers], "it is not asked about again"
        assert ADA not in str(path)
    assert {face.photo_digest for face in waiting.faces if face.place == OTHER_PLACE} == {
        f"{number:064x}" for number in (1, 2, 3)
    }
    assert waiting.photo(f"{4:064x}").path == folder / "photos" / "others" / "4.jpg"


def test_of_a_person_who_is_erased_from_an_encrypted_gallery_nothing_waits(
    with_waiting: Path, found: Found
) -> None:
    encryption.encrypt(with_waiting, PASSPHRASE)
    assert erasing.purge(with_waiting, ADA, PASSPHRASE).left == []
    encryption.decrypt(with_waiting, PASSPHRASE)
    assert traces(with_waiting, found, 1, 2) == []


def test_what_would_be_left_waiting_is_seen(with_waiting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "_strip_waiting", lambda folder, plan, key: None)
    left = erasing.purge(with_waiting, ADA).left
    waiting = opened(with_waiting)
    hers = {f"waiting/{waiting.photo(f'{number:064x}').file.name}" for number in (1, 2, 3)}
    assert set(left) == hers


def test_a_sample_whose_place_is_not_known_is_told_by_its_vector(
    folder: Path, gallery: Gallery, found: Found
) -> None:
    one = found(1, ADA_PLACE)
    gallery.add(ADA, one.crop, {"made-up": one.vector}, f"{1:064x}")
    gallery.close()
    Waiting.of(folder, None, is_writable=True).add(folder / "1.jpg", f"{1:064x}", [one])
    assert erasing.purge(folder, ADA).left == []
    assert opened(folder).faces == []


@pytest.mark.parametrize("what", ["damaged", "newer"])
def test_what_cannot_be_read_goes_if_it_could_tell_of_the_person(
    what: str, with_waiting: Path, found: Found
) -> None:
    waiting = opened(with_waiting)
    for number in (1, 3, 4):
        file = waiting.photo(f"{number:064x}").file
        data = file.read_bytes()
        file.write_bytes(data[:-3] if what == "damaged" else data.replace(b'"version": 1', b'"version": 9'))
    assert erasing.purge(with_waiting, ADA).left == []
    assert not waiting.photo(f"{1:064x}").file.exists()
    assert not waiting.photo(f"{3:064x}").file.exists(), "it says the name"
    assert waiting.photo(f"{4:064x}").file.exists()
    assert traces(with_waiting, found, 1, 2) == []


def test_killed_anywhere_a_person_who_is_being_erased_goes_when_it_is_opened_again(
    with_waiting: Path, found: Found, killed: Killed, tmp_path: Path
) -> None:
    place, at, ends = tmp_path / "killed", 1, set()
    while True:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(with_waiting, place)
        was_killed = killed(lambda: erasing.purge(place, ADA), at)
        with Gallery.open(place, for_writing=True) as gallery:
            is_there = gallery.find(ADA) is not None
        ends.add(is_there)
        assert len(traces(place, found, 1, 2)) == (5 if is_there else 0), f"killed at {at}"
        assert len(opened(place).photos) == 4
        if not was_killed:
            break
        at += 1 if at < 20 else 9
    assert ends == {True, False}


def test_when_everybody_is_erased_nobody_waits(with_waiting: Path) -> None:
    assert erasing.clear(with_waiting) == []
    assert not (with_waiting / "waiting").exists()
    assert opened(with_waiting).photos == []
