"""The cover face of a person: set, undone, preserved, and removed with the face."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import FaceNotFoundError
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import vault

Add = Callable[..., NamingResult]


@pytest.fixture
def ids(gallery: Gallery, add: Add) -> dict[int, str]:
    """Ada has faces 1, 2 and 3, Grace 4 and 5: their ids."""
    return {n: add(gallery, "Ada" if n < 4 else "Grace", n).faces[0].id for n in range(1, 6)}


def cover_of(gallery: Gallery, name: str) -> str:
    face = gallery.cover_of(gallery.person(name))
    assert face is not None
    return face.id


def test_the_first_face_is_the_cover_until_another_is_chosen(gallery: Gallery, ids: dict[int, str]) -> None:
    assert cover_of(gallery, "Ada") == ids[1]
    assert gallery.set_cover(ids[2]).name == "Ada"
    assert cover_of(gallery, "Ada") == ids[2]
    assert cover_of(gallery, "Grace") == ids[4]
    assert gallery.history[-1].description == "set the cover photo of Ada"


def test_setting_the_same_cover_again_is_no_step(gallery: Gallery, ids: dict[int, str]) -> None:
    gallery.set_cover(ids[2])
    count = len(gallery.history)
    gallery.set_cover(ids[2])
    assert len(gallery.history) == count


def test_a_cover_survives_a_restart_and_is_undone_after_it(
    gallery: Gallery, folder: Path, ids: dict[int, str]
) -> None:
    gallery.set_cover(ids[2])
    gallery.set_cover(ids[3])
    gallery.close()
    with Gallery.open(folder, for_writing=True) as again:
        assert cover_of(again, "Ada") == ids[3]
        again.undo()
        assert cover_of(again, "Ada") == ids[2]
        again.undo()
        assert cover_of(again, "Ada") == ids[1]
        assert again.person("Ada").extra == {}
        again.redo()
        assert cover_of(again, "Ada") == ids[2]
        assert again.person("Ada").face_count == 3


def test_a_cover_survives_a_rename_and_a_merge(gallery: Gallery, ids: dict[int, str]) -> None:
    gallery.set_cover(ids[2])
    gallery.set_cover(ids[5])
    gallery.rename(gallery.person("Ada"), "Ada Lovelace")
    gallery.merge([gallery.person("Grace")], gallery.person("Ada Lovelace"))
    assert cover_of(gallery, "Ada Lovelace") == ids[2]
    gallery.undo()
    assert cover_of(gallery, "Grace") == ids[5]


@pytest.mark.parametrize("how", ["moved", "removed"])
def test_a_cover_is_removed_and_restored_with_its_face(
    gallery: Gallery, folder: Path, ids: dict[int, str], how: str
) -> None:
    gallery.set_cover(ids[2])
    if how == "moved":
        gallery.move([ids[2], ids[1]], "Grace")
        assert gallery.person("Grace").cover is None
    else:
        gallery.remove([ids[2], ids[1]])
    assert cover_of(gallery, "Ada") == ids[3]
    assert gallery.person("Ada").cover is None
    gallery.close()
    with Gallery.open(folder, for_writing=True) as again:
        again.undo()
        assert cover_of(again, "Ada") == ids[2]


def test_removing_another_face_keeps_the_cover(gallery: Gallery, ids: dict[int, str]) -> None:
    gallery.set_cover(ids[2])
    gallery.remove([ids[1]])
    assert cover_of(gallery, "Ada") == ids[2]


def test_a_face_that_is_not_there_cannot_be_a_cover(gallery: Gallery, ids: dict[int, str]) -> None:
    with pytest.raises(FaceNotFoundError):
        gallery.set_cover("0123")
    assert len(gallery.history) == len(ids)


def test_purging_a_person_removes_the_cover_of_a_former_owner(
    gallery: Gallery, folder: Path, ids: dict[int, str]
) -> None:
    gallery.set_cover(ids[2])
    gallery.back_up()  # in which it is Ada's cover
    gallery.move([ids[2]], "Grace")
    gallery.close()
    assert purge.purge(folder, "Grace").traces == []
    told = [path for path in folder.rglob("*") if path.is_file() and ids[2].encode() in path.read_bytes()]
    assert told == []


def test_the_cover_is_encrypted_in_an_encrypted_gallery(
    gallery: Gallery, folder: Path, ids: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery.set_cover(ids[2])
    gallery.close()
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    encryption.encrypt(folder, "secret")
    told = [path for path in folder.rglob("*.[js]*") if ids[2].encode() in path.read_bytes()]
    assert told == []
    sealed = Gallery.open(folder, for_writing=False, passphrase="secret")
    assert cover_of(sealed, "Ada") == ids[2]


def test_an_invalid_cover_is_ignored_and_preserved(folder: Path, add: Add) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        first = add(gallery, "Ada", 1).faces[0].id
    path = folder / "embeddings.json"
    for nonsense in (None, "no such face"):
        records = json.loads(path.read_text("utf-8"))
        records["people"][0]["cover"] = nonsense
        path.write_text(json.dumps(records), "utf-8")
        with Gallery.open(folder, for_writing=True) as gallery:
            assert cover_of(gallery, "Ada") == first
            gallery.rename(gallery.person("Ada"), "Ada L.")
            gallery.undo()
        assert json.loads(path.read_text("utf-8"))["people"][0]["cover"] == nonsense
