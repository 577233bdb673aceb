"""Deleting a person: the faces stay without a name, and undo brings everything back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from face_match.core.errors import PersonNotFoundError
from face_match.core.records import FaceRecord, Source
from face_match.gallery.gallery import Gallery, ImportOutcome, NamingResult
from face_match.gallery.security import encryption, purge
from tests.unit.gallery.conftest import FaceEmbedding, MakeFace, PhotoOf

Add = Callable[..., NamingResult]
AllIn = Callable[..., dict[str, object]]
Open = Callable[[], AbstractContextManager[Gallery]]


@pytest.fixture(params=[None, "secret"], ids=["plain", "encrypted"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    passphrase: str | None = request.param
    return passphrase


@pytest.fixture
def opened(folder: Path, store_kind: str, passphrase: str | None, quick_scrypt: None, add: Add) -> Open:
    """Opens a gallery of Ada with two faces, one of them her cover, and Grace with one."""
    with Gallery.open(folder, for_writing=True) as gallery:
        for number, name in ((1, "Ada"), (2, "Ada"), (3, "Grace")):
            add(gallery, name, number)
        gallery.set_cover(gallery.faces_of(gallery.person("Ada"))[1].id)
        gallery.set_birth_date(gallery.person("Ada"), "1815-12-10")
    if passphrase is not None:
        encryption.encrypt(folder, passphrase)

    @contextmanager
    def open_it() -> Iterator[Gallery]:
        with Gallery.open(folder, for_writing=True, passphrase=passphrase) as gallery:
            yield gallery

    return open_it


def kept(everything: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in everything.items() if name not in ("history", "undone")}


def test_the_faces_of_a_deleted_person_are_unnamed_also_after_a_restart(
    opened: Open, face_embedding: FaceEmbedding
) -> None:
    with opened() as gallery:
        ids = {face.id for face in gallery.faces_of(gallery.person("Ada"))}
        unnamed = gallery.delete_people([gallery.person("Ada")])
        assert {face.id for face in unnamed} == ids
        assert gallery.history[-1].description == "deleted Ada"
    with opened() as gallery:
        assert [person.name for person in gallery.people] == ["Grace"]
        assert gallery.face_count == 1
        assert {face.id for face in gallery.unnamed()} == ids
        assert all(gallery.pixels_of(face).shape == (24, 20, 3) for face in gallery.unnamed())
        assert all(face.rejections == () for face in gallery.unnamed()), "nobody said that it is not Ada"
        near = gallery.nearest(face_embedding(1), "made-up", 5)
        assert [match.person.name for match in near] == ["Grace"]


def test_undo_brings_back_name_cover_and_birth_date_and_redo_deletes_again(
    opened: Open, folder: Path, passphrase: str | None, all_in: AllIn
) -> None:
    before = all_in(folder, passphrase)
    with opened() as gallery:
        gallery.delete_people([gallery.person("Ada")])
    deleted = all_in(folder, passphrase)
    assert kept(deleted) != kept(before)
    with opened() as gallery:
        assert gallery.undo().description == "deleted Ada"
    assert kept(all_in(folder, passphrase)) == kept(before)
    with opened() as gallery:
        gallery.redo()
    assert kept(all_in(folder, passphrase)) == kept(deleted)


def test_the_names_of_the_deleted_are_known_while_they_can_be_brought_back(
    gallery: Gallery, add: Add
) -> None:
    for number, name in enumerate(("Ada", "Grace", "Joan")):
        add(gallery, name, number)
    assert not gallery.has_deleted_people
    gallery.delete_people([gallery.person("Ada")])
    gallery.delete_people([gallery.person("Grace"), gallery.person("Joan")])
    assert gallery.deleted_names() == ["Grace", "Joan", "Ada"]
    gallery.undo()
    assert gallery.deleted_names() == ["Ada"]
    add(gallery, "ada", 9)
    assert gallery.deleted_names() == [], "there is somebody of that name again"


def test_several_people_are_deleted_in_one_step(gallery: Gallery, add: Add) -> None:
    for number, name in enumerate(("Ada", "Grace", "Joan")):
        add(gallery, name, number)
    gallery.delete_people([gallery.person("Ada"), gallery.person("Joan"), gallery.person("Ada")])
    assert [person.name for person in gallery.people] == ["Grace"]
    assert len(gallery.unnamed()) == 2
    gallery.undo()
    assert sorted(person.name for person in gallery.people) == ["Ada", "Grace", "Joan"]
    assert gallery.unnamed() == []


def test_no_file_names_the_faces_again_but_the_user_does(
    gallery: Gallery, add: Add, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    gallery.delete_people([gallery.person("Ada")])
    step = gallery.begin_step("an import")
    outcome = gallery.import_name(
        "Ada", new_face(1), photo_of(1), Path("1.xmp"), source=Source.METADATA, step=step
    )
    assert outcome is ImportOutcome.CONFLICT
    assert gallery.people == ()
    named = gallery.name_faces([face.id], "Ada")
    assert named.is_new
    assert named.person.face_count == 1
    assert named.person.born == ""


def test_faces_that_were_named_since_stay_when_the_deletion_is_undone(gallery: Gallery, add: Add) -> None:
    for number in (1, 2):
        add(gallery, "Ada", number)
    gallery.delete_people([gallery.person("Ada")])
    add(gallery, "Grace", 3)
    gallery.undo()
    gallery.undo()
    assert {person.name: person.face_count for person in gallery.people} == {"Ada": 2}


def test_somebody_who_is_gone_cannot_be_deleted(gallery: Gallery, add: Add) -> None:
    add(gallery, "Ada", 1)
    add(gallery, "Grace", 2)
    ada = gallery.person("Ada")
    gallery.delete_people([ada])
    with pytest.raises(PersonNotFoundError):
        gallery.delete_people([gallery.person("Grace"), ada])
    assert [person.name for person in gallery.people] == ["Grace"]


@pytest.mark.parametrize("is_undone", [True, False], ids=["brought back", "still deleted"])
def test_somebody_deleted_can_still_be_deleted_for_good(
    folder: Path, gallery: Gallery, add: Add, face_embedding: FaceEmbedding, is_undone: bool
) -> None:
    faces: list[FaceRecord] = [add(gallery, "Ada Lovelace", number).faces[0] for number in (1, 2, 3)]
    add(gallery, "Grace", 4)
    gallery.back_up()
    gallery.move([faces[2].id], "Grace")
    gallery.delete_people([gallery.person("Ada Lovelace")])
    if is_undone:
        gallery.undo()
    gallery.close()
    result = purge.purge(folder, "ada lovelace")
    assert (result.faces, list(result.traces)) == (2, [])
    secrets = [b"Lovelace", *(face_embedding(number).astype("<f4").tobytes() for number in (1, 2))]
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert [secret for secret in secrets if any(secret in content for content in files)] == []
    with Gallery.open(folder, for_writing=False) as again:
        assert again.existing_ids([face.id for face in faces]) == {faces[2].id}
        assert again.person("Grace").face_count == 2
        assert again.unnamed() == []


def test_nobody_else_is_deleted_for_good_by_the_name_of_somebody_deleted(
    folder: Path, gallery: Gallery, add: Add
) -> None:
    for number, name in ((1, "Ada"), (2, "Bob"), (3, "Joan")):
        add(gallery, name, number)
    gallery.delete_people([gallery.person("Ada")])
    (face,) = gallery.unnamed()
    gallery.name_faces([face.id], "Ada")  # in the same folder
    gallery.rename(gallery.person("Ada"), "Grace")
    gallery.merge([gallery.person("Bob")], gallery.person("Joan"))
    gallery.close()
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    for name in ("Ada", "Bob", "Nobody"):
        with pytest.raises(PersonNotFoundError):
            purge.purge(folder, name)
    assert {path: path.read_bytes() for path in folder.rglob("*.json")} == before
    with Gallery.open(folder, for_writing=False) as again:
        assert {person.name: person.face_count for person in again.people} == {"Grace": 1, "Joan": 2}
