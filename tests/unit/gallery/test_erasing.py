"""Erasing a person leaves nothing of them in the folder, and all of the others."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from face_match.errors import GalleryLockedError, PersonNotFoundError
from face_match.gallery import encryption, erasing, stores, vault
from face_match.gallery.gallery import Gallery
from face_match.types import Person, Rejection, Sample, Vector

Add = Callable[[Gallery, str, int], tuple[Person, Sample, bool]]
FaceVector = Callable[[int], Vector]


@pytest.fixture
def lived_in(
    folder: Path, gallery: Gallery, add: Add, face_key: Callable[[int], Rejection]
) -> tuple[Path, dict[int, Sample]]:
    """Ada Lovelace, once Ada Byron, has faces 1 and 2, had 3, lost 4 to Grace, and got 5 of Bob Bobson."""
    samples = {}
    for number, name in enumerate(
        ("Ada Byron", "Ada Byron", "Ada Byron", "Ada Byron", "Bob Bobson", "Grace", "Joan"), start=1
    ):
        samples[number] = add(gallery, name, number)[1]
    gallery.back_up()
    gallery.rename(gallery.person("Ada Byron"), "Ada Lovelace")
    gallery.reject(gallery.person("Ada Lovelace"), face_key(9))
    gallery.remove([samples[3].id])
    gallery.move([samples[4].id], "Grace")
    gallery.merge([gallery.person("Bob Bobson")], gallery.person("Ada Lovelace"))
    gallery.rename(gallery.person("Joan"), "Joan Clarke")
    gallery.close()
    (folder / "backups" / "2020-01-01 10.00.00 daily.json").write_text('{"Ada Lovelace": cut off', "utf-8")
    return folder, samples


def found_in(folder: Path, samples: dict[int, Sample], face_vector: FaceVector) -> list[str]:
    """Traces of faces 1, 2, 3 and 5 and the names that went with them."""
    secrets = [name.encode() for name in ("Ada Lovelace", "Ada Byron", "Bob Bobson")]
    for number in (1, 2, 3, 5):
        secrets += [samples[number].id.encode(), face_vector(number).astype("<f4").tobytes()]
    return [
        f"{secret!r} in {path}"
        for path in folder.rglob("*")
        for secret in secrets
        if secret in (path.read_bytes() if path.is_file() else b"") or secret in str(path.name).encode()
    ]


def others(folder: Path, passphrase: str | None = None) -> dict[str, dict[str, bytes]]:
    gallery = Gallery.open(folder, for_writing=False, passphrase=passphrase)
    found = {
        person.name: {s.id: gallery.pixels_of(s).tobytes() for s in gallery.samples_of(person)}
        for person in gallery.people
        if person.name != "Ada Lovelace"
    }
    gallery.close()
    return found


def test_nothing_is_left_of_a_person_and_all_of_the_others(
    lived_in: tuple[Path, dict[int, Sample]], face_vector: FaceVector
) -> None:
    folder, samples = lived_in
    before = others(folder)
    assert found_in(folder, samples, face_vector)
    erased = erasing.purge(folder, "ada lovelace")
    assert found_in(folder, samples, face_vector) == []
    assert erased.left == []
    assert (erased.samples, erased.crops) == (4, 4)
    assert others(folder) == before
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.find("Ada Lovelace") is None
        assert [change.description for change in gallery.history] == ["renamed Joan to Joan Clarke"]
        assert all(m.person.name != "Ada Lovelace" for m in gallery.nearest(face_vector(1), "made-up", 9))
        gallery.undo()
        assert gallery.find("Joan") is not None
    good = [path for path in (folder / "backups").iterdir() if "by hand" in path.name]
    Gallery.restore(folder, good[0])
    assert {p.name for p in Gallery.open(folder, for_writing=False).people} == {"Grace", "Joan"}


def test_an_encrypted_gallery_is_erased_from_too(
    lived_in: tuple[Path, dict[int, Sample]], monkeypatch: pytest.MonkeyPatch, face_vector: FaceVector
) -> None:
    folder, samples = lived_in
    before = others(folder)
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    encryption.encrypt(folder, "secret")
    erased = erasing.purge(folder, "Ada Lovelace", "secret")
    assert (erased.samples, erased.crops) == (4, 4)
    assert others(folder, "secret") == before
    encryption.decrypt(folder, "secret")
    assert found_in(folder, samples, face_vector) == []


def test_who_is_not_there_cannot_be_erased(
    lived_in: tuple[Path, dict[int, Sample]], files_in: Callable[..., object], tmp_path: Path
) -> None:
    folder, _ = lived_in
    before = others(folder)
    for place in (folder, tmp_path / "no gallery"):
        with pytest.raises(PersonNotFoundError):
            erasing.purge(place, "Ada Byron")
    with Gallery.open(folder, for_writing=True), pytest.raises(GalleryLockedError):
        erasing.purge(folder, "Ada Lovelace")
    assert others(folder) == before


def test_a_short_name_that_is_in_others_names_is_erased_alone(
    gallery: Gallery, folder: Path, add: Add
) -> None:
    add(gallery, "Al", 1)
    add(gallery, "Alice", 2)
    gallery.close()
    assert erasing.purge(folder, "Al").left == []
    assert [p.name for p in Gallery.open(folder, for_writing=False).people] == ["Alice"]


def test_everybody_can_be_erased(lived_in: tuple[Path, dict[int, Sample]], add: Add) -> None:
    folder, _ = lived_in
    (folder / "my own notes.txt").write_text("stay", "utf-8")
    assert erasing.clear(folder) == []
    left = sorted(path.name for path in folder.rglob("*") if path.is_file())
    assert [name for name in left if "gallery.lock" not in name] == ["my own notes.txt"]
    with Gallery.open(folder, for_writing=True) as gallery:
        assert (gallery.people, gallery.history) == ((), ())
        add(gallery, "Ada", 1)


STEPS = ("replace", "unlink", "fsync", "link", "rmdir", "mkdir", "rename")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_at_any_point_the_person_is_there_or_goes_when_it_is_opened_again(
    lived_in: tuple[Path, dict[int, Sample]], monkeypatch: pytest.MonkeyPatch, face_vector: FaceVector
) -> None:
    source, samples = lived_in
    before, place = others(source), source.parent / "killed"
    at, outcomes = 1, []
    while True:
        shutil.copytree(source, place)
        child = os.fork()
        if child == 0:
            calls = iter(range(1, 10**6))

            def deadly(
                function: Callable[..., object], last: int = at, calls: Iterator[int] = calls
            ) -> Callable[..., object]:
                def called(*args: object, **options: object) -> object:
                    if next(calls) == last:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return function(*args, **options)

                return called

            for step in STEPS:
                monkeypatch.setattr(os, step, deadly(getattr(os, step)))
            erasing.purge(place, "Ada Lovelace")
            os._exit(0)
        was_killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        assert others(place) == before
        with Gallery.open(place, for_writing=True) as gallery:
            is_there = gallery.find("Ada Lovelace") is not None
            if is_there:
                assert gallery.person("Ada Lovelace").sample_count == 3
                assert all(
                    gallery.pixels_of(s).size for s in gallery.samples_of(gallery.person("Ada Lovelace"))
                )
        assert not (place / stores.ERASING).exists()
        outcomes.append(is_there)
        if not is_there:
            assert found_in(place, samples, face_vector) == []
        assert others(place) == before
        shutil.rmtree(place)
        if not was_killed:
            break
        at += 1
    assert outcomes == sorted(outcomes, reverse=True), "from one point on it goes"
    assert outcomes.count(True) > 3
    assert outcomes.count(False) > 20
