"""Names of people in a photo whose place no file says: kept with the photo, undone with their import, purged
with the person, and never on anybody's face by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.records import FaceRecord, PhotoRecord
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.names import MOST_HINTS
from face_match.gallery.security import encryption, purge
from tests.unit.gallery.security.sealed_galleries import PASSPHRASE

ScanPhoto = Callable[..., list[FaceRecord]]


def only_photo(gallery: Gallery) -> PhotoRecord:
    (photo,) = gallery.photos()
    return photo


def import_hints(gallery: Gallery, photo: Any, *names: str, step: Any = None) -> bool:
    step = step or gallery.begin_step("imported")
    return gallery.import_hints(photo, Path(f"/photos/{photo.name}"), names, step)


def test_they_are_kept_as_written_once_each_and_read_again(gallery: Gallery, photo_of: Any) -> None:
    assert import_hints(gallery, photo_of(1), "Ann {Lee}", " ada  LOVELACE ", "Ada Lovelace", "", "\u200f")
    folder = gallery.folder
    gallery.close()
    with Gallery.open(folder, for_writing=False) as again:
        assert only_photo(again).hints == ("Ann {Lee}", "ada LOVELACE")
        assert again.people == ()


def test_there_are_at_most_so_many_and_none_is_too_long(gallery: Gallery, photo_of: Any) -> None:
    import_hints(gallery, photo_of(1), "N" * 1001, *(f"Person {n}" for n in range(10_000)))
    assert only_photo(gallery).hints == tuple(f"Person {n}" for n in range(MOST_HINTS))


def test_unnamed_faces_tell_the_hints_of_their_photo_at_once(
    gallery: Gallery, scan_photo: ScanPhoto, photo_of: Any
) -> None:
    scan_photo(gallery, 1, 1, 2)
    assert [face.hints for face in gallery.unnamed()] == [(), ()]
    import_hints(gallery, photo_of(1), "Ada")
    assert [face.hints for face in gallery.unnamed()] == [("Ada",), ("Ada",)]
    gallery.undo()
    assert [face.hints for face in gallery.unnamed()] == [(), ()]


def test_an_import_is_one_step_that_is_undone_and_redone(gallery: Gallery, photo_of: Any) -> None:
    import_hints(gallery, photo_of(1), "Ada")
    step = gallery.begin_step("imported")
    assert import_hints(gallery, photo_of(1), "Grace", step=step)
    assert import_hints(gallery, photo_of(2), "Joan", step=step)
    assert not import_hints(gallery, photo_of(2), "Joan", step=step)
    assert [one.description for one in gallery.history] == ["imported names of people in photos"] * 2
    gallery.undo()
    assert {photo.hints for photo in gallery.photos()} == {("Ada",), ()}
    gallery.redo()
    assert {photo.hints for photo in gallery.photos()} == {("Grace",), ("Joan",)}


def test_undo_leaves_what_was_done_meanwhile(gallery: Gallery, scan_photo: ScanPhoto, photo_of: Any) -> None:
    import_hints(gallery, photo_of(1), "Ada")
    (face,) = scan_photo(gallery, 1)
    gallery.undo()
    assert only_photo(gallery).hints == ()
    assert [one.id for one in gallery.unnamed()] == [face.id]


def test_a_scan_that_reads_no_metadata_leaves_them(
    gallery: Gallery, scan_photo: ScanPhoto, photo_of: Any
) -> None:
    gallery.record_photo(photo_of(1), hints=["Ada"])
    scan_photo(gallery, 1)
    assert only_photo(gallery).hints == ("Ada",)
    gallery.record_photo(photo_of(1), hints=[])
    assert only_photo(gallery).hints == ()


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_a_purge_deletes_the_name_from_hints_history_and_backups(
    gallery: Gallery, add: Any, photo_of: Any, quick_scrypt: None, is_encrypted: bool
) -> None:
    folder = gallery.folder
    import_hints(gallery, photo_of(3), "ada  lovelace", "Grace Hopper")
    add(gallery, "Ada Lovelace", 1)
    gallery.rename(gallery.person("Ada Lovelace"), "Ada King")
    import_hints(gallery, photo_of(4), "Ada King")
    gallery.back_up()
    gallery.close()
    passphrase = PASSPHRASE if is_encrypted else None
    if is_encrypted:
        encryption.encrypt(folder, PASSPHRASE)
    assert purge.purge(folder, "Ada King", passphrase).traces == []
    with Gallery.open(folder, for_writing=False, passphrase=passphrase) as left:
        hints = {photo.digest[-1]: photo.hints for photo in left.photos()}
        assert hints in ({"3": ("Grace Hopper",), "4": ()}, {"3": ("Grace Hopper",)})
        assert [step.description for step in left.history] == []
    if not is_encrypted:
        content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        assert b"lovelace" not in content.lower()
        assert b"Ada King" not in content
        assert b"Grace Hopper" in content


def test_the_hint_of_somebody_with_a_longer_name_stays_and_is_named(
    gallery: Gallery, add: Any, photo_of: Any
) -> None:
    folder = gallery.folder
    add(gallery, "Robert", 1)
    import_hints(gallery, photo_of(2), "Roberta Bondar")
    gallery.close()
    traces = purge.purge(folder, "Robert").traces
    assert [trace for trace in traces if not trace.endswith(" (“Roberta Bondar”)")] == []
    with Gallery.open(folder, for_writing=False) as left:
        assert f"{left.records.name} (“Roberta Bondar”)" in traces
        assert [photo.hints for photo in left.photos() if photo.hints] == [("Roberta Bondar",)]


@pytest.mark.parametrize(
    "spelling",
    [
        "ANN  XYLOPHON",
        "Xylophon, Ann",
        "xylophon,ann",
        "Ann-Xylophon",
        "Ann_Xylophon",
        "Änn Xylophón",
        "Ａｎｎ　Ｘｙｌｏｐｈｏｎ",
        "Ｘｙｌｏｐｈｏｎ，Ａｎｎ",
    ],
)
def test_a_purge_deletes_the_hint_in_any_spelling(
    spelling: str, gallery: Gallery, add: Any, photo_of: Any
) -> None:
    folder = gallery.folder
    add(gallery, "Ann Xylophon", 1)
    import_hints(gallery, photo_of(2), spelling, "Grace Hopper")
    gallery.back_up()
    gallery.close()
    assert purge.purge(folder, "Ann Xylophon").traces == []
    with Gallery.open(folder, for_writing=False) as left:
        assert [photo.hints for photo in left.photos() if photo.hints] == [("Grace Hopper",)]


def test_the_hint_of_somebody_else_in_the_gallery_stays(gallery: Gallery, add: Any, photo_of: Any) -> None:
    folder = gallery.folder
    add(gallery, "Zoë Lee", 1)
    add(gallery, "Zoe Lee", 2)
    import_hints(gallery, photo_of(3), "Zoe Lee")
    gallery.close()
    assert purge.purge(folder, "Zoë Lee").traces == []
    with Gallery.open(folder, for_writing=False) as left:
        assert [photo.hints for photo in left.photos() if photo.hints] == [("Zoe Lee",)]


@pytest.mark.parametrize("is_encrypted", [False, True])
@pytest.mark.parametrize("hint", ["Ann Xylophon (Berlin)", "Dr. Xylophon, Ann"])
@pytest.mark.usefixtures("quick_scrypt")
def test_a_hint_that_contains_the_name_is_told_and_hides_nothing(
    hint: str, gallery: Gallery, add: Any, photo_of: Any, *, is_encrypted: bool
) -> None:
    folder = gallery.folder
    add(gallery, "Ann Xylophon", 1)
    add(gallery, "Ann Xylophon Jr.", 2)
    import_hints(gallery, photo_of(3), hint, "Ann Xylophon Jr.")
    gallery.close()
    passphrase = PASSPHRASE if is_encrypted else None
    if is_encrypted:
        encryption.encrypt(folder, PASSPHRASE)
    (folder / "notes.txt").write_text("about Ann Xylophon", "utf-8")
    traces = purge.purge(folder, "Ann Xylophon", passphrase).traces
    with Gallery.open(folder, for_writing=False, passphrase=passphrase) as left:
        records = left.records.name
    assert {f"{records} (“{hint}”)", "notes.txt"} <= {*traces}
    assert all(trace == "notes.txt" or trace.endswith(f" (“{hint}”)") for trace in traces)
