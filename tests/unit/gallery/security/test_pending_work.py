"""Interrupted purges and planted files: nothing is lost, and planted files are not trusted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import (
    BackupClearedError,
    BackupUnusableError,
    ClearPendingError,
    GalleryDamagedError,
    PurgePlanUnusableError,
)
from face_match.core.messages import error_message
from face_match.gallery import archive, restore
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import PURGE_PLAN, RECORDS, VAULT
from face_match.gallery.security import encryption, purge, purge_execution
from face_match.gallery.security.purge_plan import PurgePlan
from face_match.gallery.storage import vault
from face_match.gallery.storage_change import move_records

PASSPHRASE = "correct horse"
NAME = "Penny Pen"

pytestmark = pytest.mark.usefixtures("quick_scrypt")


class KilledHere(BaseException):
    """In the place of a kill."""


def dies(*_: object, **__: object) -> None:
    raise KilledHere


@pytest.fixture(params=["plain", "encrypted"])
def word(request: pytest.FixtureRequest) -> str | None:
    return PASSPHRASE if request.param == "encrypted" else None


@pytest.fixture
def people(gallery: Gallery, folder: Path, add: Any, word: str | None) -> Path:
    """A gallery of Penny and Leonard."""
    for number, name in enumerate((NAME, NAME, "Leonard")):
        add(gallery, name, number)
    gallery.close()
    if word is not None:
        encryption.encrypt(folder, word)
    return folder


def names(folder: Path, word: str | None) -> list[str]:
    with Gallery.open(folder, for_writing=False, passphrase=word) as opened:
        return [person.name for person in opened.people]


def interrupted(monkeypatch: pytest.MonkeyPatch, step: str, do: Callable[[], object]) -> None:
    """Do something that dies in the middle."""
    with monkeypatch.context() as patch:
        patch.setattr(purge_execution, step, dies)
        with pytest.raises(KilledHere):
            do()


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("step", ["_purge_person", "find_traces"])
def test_encrypting_or_decrypting_completes_an_interrupted_purge(
    people: Path, word: str | None, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(monkeypatch, step, lambda: purge.purge(people, NAME, word))
    assert (people / PURGE_PLAN).exists()
    if word is None:
        encryption.encrypt(people, PASSPHRASE)
        assert names(people, PASSPHRASE) == ["Leonard"]
    else:
        encryption.decrypt(people, word)
        assert names(people, None) == ["Leonard"]
    assert not (people / PURGE_PLAN).exists()
    assert NAME.encode() not in everything(people)


@pytest.mark.parametrize("do", ["restore", "store", "passphrase"])
def test_other_commands_complete_an_interrupted_purge_first(
    people: Path, word: str | None, do: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        backup = gallery.back_up()
    interrupted(monkeypatch, "_purge_person", lambda: purge.purge(people, NAME, word))
    if do == "restore":
        restore.restore(people, backup, word)
    elif do == "store":
        move_records(people, to_database=True, passphrase=word)
    elif word is not None:
        encryption.change_passphrase(people, word, PASSPHRASE)
    else:
        Gallery.open(people, for_writing=True).close()
    assert names(people, word) == ["Leonard"]
    assert not (people / PURGE_PLAN).exists()


def test_people_added_after_an_interrupted_clear_are_kept(
    people: Path, word: str | None, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(monkeypatch, "forget_vault", lambda: purge.clear(people))
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        add(gallery, "Raj", 7)
    assert not (people / VAULT).exists()
    assert names(people, None) == ["Raj"]
    with Gallery.open(people, for_writing=True) as gallery:
        assert gallery.pixels_of(gallery.faces_of(gallery.person("Raj"))[0]).shape == (24, 20, 3)


def test_a_backup_restored_after_an_interrupted_clear_is_kept(
    people: Path, word: str | None, add: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        backup = gallery.back_up()
    if word is not None:
        return  # it is sealed, and the key goes
    kept = shutil.copy(backup, tmp_path / backup.name)
    interrupted(monkeypatch, "forget_vault", lambda: purge.clear(people))
    restore.restore(people, Path(kept), None)
    with Gallery.open(people, for_writing=True) as gallery:
        add(gallery, "Raj", 7)
    assert names(people, None) == [NAME, "Leonard", "Raj"]


def test_reading_says_that_an_interrupted_clear_is_not_finished_and_changes_nothing(
    people: Path, word: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        backup = gallery.back_up()
    interrupted(monkeypatch, "_purge_everybody", lambda: purge.clear(people))
    before = everything(people)
    for read in (
        lambda: Gallery.open(people, for_writing=False, passphrase=word),
        lambda: restore.differences(people, backup, word),
        lambda: archive.export_archive(people, None, tmp_path / "a.zip"),
    ):
        with pytest.raises(ClearPendingError):
            read()
    assert everything(people) == before
    (people / RECORDS).unlink(missing_ok=True)  # as the deletion goes on
    with pytest.raises(ClearPendingError):
        Gallery.open(people, for_writing=False, passphrase=word)


def test_a_backup_that_goes_with_an_interrupted_clear_is_said_to_be_deleted(
    people: Path, word: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        backup = gallery.back_up()
    interrupted(monkeypatch, "_purge_everybody", lambda: purge.clear(people))
    with pytest.raises(BackupClearedError) as caught:
        restore.restore(people, backup, word)
    assert "not changed" not in error_message(caught.value)
    assert names(people, None) == []


def test_an_old_plan_put_back_purges_nobody(
    people: Path, word: str | None, add: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if word is None:
        return  # who can write to a gallery that is not encrypted can delete its files
    interrupted(monkeypatch, "_purge_person", lambda: purge.purge(people, NAME, word))
    shutil.copy(people / PURGE_PLAN, tmp_path / "kept")
    for number in (11, 12):
        with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
            add(gallery, NAME, number)
    shutil.copy(tmp_path / "kept", people / PURGE_PLAN)
    with pytest.raises(GalleryDamagedError, match="older"):
        Gallery.open(people, for_writing=True, passphrase=word)
    (people / PURGE_PLAN).unlink()
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        assert gallery.person(NAME).face_count == 2


def test_planted_files_are_not_encrypted_with_the_gallery(people: Path, word: str | None) -> None:
    if word is None:
        return
    planted = [
        people / "faces_db" / NAME / "planted.png",
        people / "backups" / "2099-01-01 00.00.00 by hand.json",
        people / f"{RECORDS}.bak",
    ]
    for path in planted:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b'{"format": "face-match gallery", "version": 3, "people": []}')
    before = {path: path.read_bytes() for path in planted}
    outcome = encryption.encrypt(people, word)
    assert outcome.files == 0
    places = [path.relative_to(people).as_posix() for path in planted]
    assert (outcome.readable, sorted(outcome.lost)) == (places[:1], sorted(places[1:]))
    assert {path: path.read_bytes() for path in planted} == before
    assert vault.state_of(people) == vault.ENCRYPTED
    with pytest.raises(BackupUnusableError):
        restore.restore(people, planted[1], word)
    assert names(people, word) == [NAME, "Leonard"]


def test_missing_records_are_noticed_in_an_encrypted_gallery(
    people: Path, word: str | None, add: Any
) -> None:
    if word is None:
        return
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        add(gallery, "Raj", 7)
    shutil.rmtree(people / "backups", ignore_errors=True)
    for path in [*people.glob(f"{RECORDS}*"), *people.glob("gallery.sqlite*")]:
        path.unlink()
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError, match="missing"):
            Gallery.open(people, for_writing=for_writing, passphrase=word)


def test_unsearchable_files_are_reported_and_do_not_stop_a_purge(
    people: Path, word: str | None, tmp_path: Path
) -> None:
    with (people / "large.bin").open("wb") as file:
        file.truncate(500 << 30)  # takes no room on the disk
    diary = tmp_path / "diary.txt"
    diary.write_text(f"{NAME} is mentioned here", "utf-8")
    (people / "notes").symlink_to(diary)
    erased = purge.purge(people, NAME, word)
    assert len(erased.traces) == 1
    assert erased.traces[0].startswith("large.bin (not searched: ")
    assert not (people / PURGE_PLAN).exists()
    assert names(people, word) == ["Leonard"]


@pytest.mark.parametrize(
    "written", ["penny pen", "PENNY  PEN", "Penny Pen", "Penny_Pen", "pennypen", "Penny/Pen"]
)
def test_a_name_is_found_in_paths_in_any_spelling(written: str) -> None:
    plan = PurgePlan(["Penny Pen"], [NAME, "Zo\u00eb", "Al"])
    telling = [
        f"/photos/{written}/1.jpg",
        "/photos/zoe\u0308/2.jpg",
        "/photos/ZOE\u0308.jpg",
        "/a\nb/al/3.jpg",
    ]
    others = ["/photos/Leonard/1.jpg", "", "/photos/alaska/1.jpg", "/photos/\u05e9\u05e8\u05d4.jpg"]
    assert [plan.mentions(path) for path in telling] == [True] * 4
    assert [plan.mentions(path) for path in others] == [False] * 4
    assert plan.matching([*telling, *others]) == [0, 1, 2, 3]
    assert plan.matching([]) == []


def test_a_name_of_signs_only_is_found_in_a_path() -> None:
    plan = PurgePlan(["_"], ["👩\u200d👧"])
    assert plan.matching(["/p/👩\u200d👧/1.jpg", "/p/1.jpg", "/p/👩.jpg"]) == [0]


@pytest.mark.parametrize("content", [b"", b'{"folders": 3', b"\0" * 40, b"FACE", None])
def test_a_damaged_plan_says_what_it_is_and_what_to_do(
    people: Path, word: str | None, content: bytes | None
) -> None:
    """It is no record: a backup, of which the gallery has one, would be no remedy."""
    with Gallery.open(people, for_writing=True, passphrase=word) as gallery:
        backup = gallery.back_up()
    plan = people / PURGE_PLAN
    plan.mkdir() if content is None else plan.write_bytes(content)
    for do in (
        lambda: Gallery.open(people, for_writing=True, passphrase=word),
        lambda: restore.restore(people, backup, word),
        lambda: purge.purge(people, NAME, word),
    ):
        with pytest.raises(PurgePlanUnusableError) as caught:
            do()
        assert "Delete erasing.json, then delete the person again" in error_message(caught.value)
        assert "backup" not in error_message(caught.value)
    assert names(people, word) == [NAME, "Leonard"]
    plan.rmdir() if content is None else plan.unlink()
    purge.purge(people, NAME, word)
    assert names(people, word) == ["Leonard"]
