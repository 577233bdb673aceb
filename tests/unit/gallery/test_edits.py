"""Renaming, merging, moving and removing, and undoing each of them exactly."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import (
    AlreadyAddedError,
    FaceNamedError,
    FaceNotFoundError,
    NameTakenError,
    PersonNotFoundError,
)
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding
from face_match.gallery.gallery import Gallery, NamingResult

Add = Callable[..., NamingResult]
FaceEmbedding = Callable[[int], Embedding]
ScanPhoto = Callable[..., list[FaceRecord]]
Reject = Callable[[Gallery, str, int], None]
Owners = dict[str, tuple[set[str], set[str]]]
"""Ids of the faces of each person, and of those that are not theirs, by name."""


def owners(gallery: Gallery) -> Owners:
    return {
        person.name: (
            {f.id for f in gallery.faces_of(person)},
            {f.id for f in gallery.faces_rejected_for(person)},
        )
        for person in gallery.people
    }


def nearest_name(gallery: Gallery, embedding: Embedding) -> str:
    return gallery.nearest(embedding, "made-up", 1)[0].person.name


@pytest.fixture
def ada_and_grace(gallery: Gallery, add: Add, reject: Reject) -> dict[str, str]:
    """Ada has faces 1 and 2, Grace 3, who are not in photos 7 and 8; the ids of all five by number."""
    ids = {str(n): add(gallery, name, n).faces[0].id for n, name in ((1, "Ada"), (2, "Ada"), (3, "Grace"))}
    for number, name in ((7, "Ada"), (8, "Grace")):
        reject(gallery, name, number)
        ids[str(number)] = gallery.faces_rejected_for(gallery.person(name))[0].id
    return ids


def test_a_renamed_person_is_found_by_the_new_name_only(
    gallery: Gallery, ada_and_grace: dict[str, str], face_embedding: FaceEmbedding, folder: Path
) -> None:
    before = owners(gallery)
    renamed = gallery.rename(gallery.person("Ada"), "  Ada   King ")
    assert (renamed.name, renamed.face_count) == ("Ada King", 2)
    for opened in (gallery, Gallery.open(folder, for_writing=False)):
        assert opened.find("Ada") is None
        assert opened.person("ada king").folder == "Ada"
        assert nearest_name(opened, face_embedding(1)) == "Ada King"
    assert gallery.undo() is not None
    assert owners(gallery) == before
    assert gallery.find("Ada King") is None


def test_case_and_spacing_of_a_name_can_be_changed(gallery: Gallery, ada_and_grace: dict[str, str]) -> None:
    assert gallery.rename(gallery.person("ada"), "ADA").name == "ADA"
    assert gallery.person("ada").name == "ADA"


def test_a_name_that_somebody_else_has_is_refused(gallery: Gallery, ada_and_grace: dict[str, str]) -> None:
    before = owners(gallery)
    with pytest.raises(NameTakenError) as caught:
        gallery.rename(gallery.person("Ada"), "grace")
    assert caught.value.name == "Grace"
    assert owners(gallery) == before


def test_a_name_becomes_free_when_its_person_is_renamed(
    gallery: Gallery, ada_and_grace: dict[str, str], add: Add
) -> None:
    gallery.rename(gallery.person("Ada"), "Augusta")
    person, (face,), is_new, *_ = add(gallery, "Ada", 9)
    assert is_new
    assert person.folder != gallery.person("Augusta").folder
    assert face.file.startswith(f"faces_db/{person.folder}/")


def test_merging_moves_all_faces_and_rejections(
    gallery: Gallery,
    ada_and_grace: dict[str, str],
    face_embedding: FaceEmbedding,
    folder: Path,
) -> None:
    merged = gallery.merge([gallery.person("Ada")], gallery.person("Grace"))
    assert merged.face_count == 3
    for opened in (gallery, Gallery.open(folder, for_writing=False)):
        ((name, (ids, rejections)),) = owners(opened).items()
        assert name == "Grace"
        assert ids == {ada_and_grace[number] for number in "123"}
        assert rejections == {ada_and_grace[number] for number in "78"}
        assert [r.name for r in [r for r in opened.all_rejections() if r.folder == merged.folder]] == [
            "Grace",
            "Grace",
        ]
        assert nearest_name(opened, face_embedding(1)) == "Grace"
        assert opened.nearest(face_embedding(1), "made-up", 5, opened.face(ada_and_grace["7"])) == []
        for face in opened.faces_of(merged):
            assert opened.pixels_of(face).shape == (24, 20, 3)


def test_undoing_a_merge_restores_both_people(
    gallery: Gallery, ada_and_grace: dict[str, str], face_embedding: FaceEmbedding, folder: Path
) -> None:
    before = owners(gallery)
    gallery.merge([gallery.person("Ada")], gallery.person("Grace"))
    after = owners(gallery)
    gallery.close()
    with Gallery.open(folder, for_writing=True) as reopened:
        step = reopened.undo()
        assert step is not None
        assert step.description == "merged Ada into Grace"
        assert owners(reopened) == before
        assert nearest_name(reopened, face_embedding(1)) == "Ada"
        assert nearest_name(reopened, face_embedding(3)) == "Grace"
        reopened.redo()
        assert owners(reopened) == after


def test_merging_somebody_with_themselves_changes_nothing(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    done = len(gallery.history)
    assert gallery.merge([gallery.person("Ada")], gallery.person("Ada")).face_count == 2
    assert len(gallery.history) == done


def test_a_moved_face_belongs_to_the_other_person(
    gallery: Gallery, ada_and_grace: dict[str, str], face_embedding: FaceEmbedding
) -> None:
    before = owners(gallery)
    grace = gallery.move([ada_and_grace["1"]], "GRACE")
    assert (grace.name, grace.face_count) == ("Grace", 2)
    assert gallery.person("Ada").face_count == 1
    assert nearest_name(gallery, face_embedding(1)) == "Grace"
    gallery.undo()
    assert owners(gallery) == before
    assert nearest_name(gallery, face_embedding(1)) == "Ada"


def test_a_face_can_be_moved_to_a_new_person(gallery: Gallery, ada_and_grace: dict[str, str]) -> None:
    before = owners(gallery)
    joan = gallery.move([ada_and_grace["2"]], "Joan")
    assert (joan.name, joan.face_count) == ("Joan", 1)
    gallery.undo()
    assert owners(gallery) == before


def test_a_person_without_faces_is_removed_until_undo(
    gallery: Gallery, ada_and_grace: dict[str, str], face_embedding: FaceEmbedding
) -> None:
    before = owners(gallery)
    for lose in (
        lambda: gallery.move([ada_and_grace["3"]], "Ada"),
        lambda: gallery.remove([ada_and_grace["3"]]),
    ):
        lose()
        assert gallery.find("Grace") is None
        assert "Grace" not in [m.person.name for m in gallery.nearest(face_embedding(3), "made-up", 9)]
        gallery.undo()
        assert owners(gallery) == before
        not_grace = gallery.face(ada_and_grace["8"])
        assert gallery.nearest(face_embedding(3), "made-up", 1, not_grace)[0].person.name == "Ada"


def test_faces_of_several_people_are_moved_as_one_step(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    before = owners(gallery)
    joan = gallery.move([ada_and_grace[n] for n in "1323"], "Joan")
    assert owners(gallery) == {"Joan": ({ada_and_grace[number] for number in "123"}, set())}
    assert joan.face_count == 3
    assert gallery.history[-1].description == "moved 3 faces from Ada and Grace to Joan"
    gallery.undo()
    assert owners(gallery) == before


def test_faces_of_several_people_are_removed_as_one_step(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    before = owners(gallery)
    losers = gallery.remove([ada_and_grace["1"], ada_and_grace["3"]])
    assert [person.name for person in losers] == ["Ada", "Grace"]
    assert owners(gallery) == {"Ada": ({ada_and_grace["2"]}, {ada_and_grace["7"], ada_and_grace["1"]})}
    assert gallery.history[-1].description == "removed 2 faces of Ada and Grace"
    gallery.undo()
    assert owners(gallery) == before


def test_an_unknown_face_prevents_the_whole_move_or_removal(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    before = owners(gallery)
    ids = [ada_and_grace["1"], "nobody's"]
    for refused in (lambda: gallery.move(ids, "Joan"), lambda: gallery.remove(ids)):
        with pytest.raises(FaceNotFoundError):
            refused()
    assert owners(gallery) == before


def test_several_people_are_merged_as_one_step(
    gallery: Gallery, ada_and_grace: dict[str, str], add: Add
) -> None:
    add(gallery, "Joan", 4)
    before = owners(gallery)
    everybody = gallery.people
    assert gallery.merge(everybody, gallery.person("Joan")).face_count == 4
    assert [person.name for person in gallery.people] == ["Joan"]
    assert gallery.history[-1].description == "merged Ada and Grace into Joan"
    gallery.undo()
    assert owners(gallery) == before


def test_a_removed_face_is_unnamed_is_not_that_person_and_keeps_its_crop(
    gallery: Gallery, ada_and_grace: dict[str, str], face_embedding: FaceEmbedding, folder: Path
) -> None:
    (face, _) = gallery.faces_of(gallery.person("Ada"))
    assert [person.name for person in gallery.remove([face.id])] == ["Ada"]
    assert all(match.similarity < 0.99 for match in gallery.nearest(face_embedding(1), "made-up", 5))
    gallery.close()
    assert not (folder / face.file).exists()
    with Gallery.open(folder, for_writing=True) as reopened:
        (unnamed,) = reopened.unnamed()
        assert (unnamed.id, unnamed.person) == (face.id, None)
        assert [told.name for told in unnamed.rejections] == ["Ada"]
        assert (folder / unnamed.file).exists()
        assert reopened.pixels_of(unnamed).shape == (24, 20, 3)
        near = reopened.nearest(face_embedding(1), "made-up", 5, unnamed)
        assert [match.person.name for match in near] == ["Grace"]
        reopened.undo()
        (match,) = reopened.nearest(face_embedding(1), "made-up", 1)
        assert match.face.id == face.id
        np.testing.assert_array_equal(match.face.embeddings["made-up"], face_embedding(1))
        assert (match.face.box, match.face.landmarks, match.face.file) == (
            face.box,
            face.landmarks,
            face.file,
        )
        assert (folder / face.file).exists()
        assert not (folder / unnamed.file).exists()
        assert reopened.unnamed() == []


def test_a_face_can_be_unnamed_and_ignored_at_once(gallery: Gallery, ada_and_grace: dict[str, str]) -> None:
    before = owners(gallery)
    gallery.remove([ada_and_grace["1"]], is_ignored=True)
    (ignored,) = gallery.ignored()
    assert (ignored.id, ignored.person, ignored.rejections) == (ada_and_grace["1"], None, ())
    assert gallery.unnamed() == []
    gallery.ignore([ignored.id], is_ignored=False)
    assert [face.id for face in gallery.unnamed()] == [ada_and_grace["1"]]
    gallery.undo()
    gallery.undo()
    assert owners(gallery) == before


def test_naming_a_face_again_removes_the_rejection(gallery: Gallery, ada_and_grace: dict[str, str]) -> None:
    gallery.remove([ada_and_grace["1"]])
    named = gallery.name_faces([ada_and_grace["1"]], "ada")
    assert not named.is_new
    assert ada_and_grace["1"] not in {face.id for face in gallery.faces_rejected_for(named.person)}
    assert named.faces[0].rejections == ()


def test_naming_several_faces_can_reject_others(gallery: Gallery, scan_photo: ScanPhoto) -> None:
    first, second = (scan_photo(gallery, number)[0] for number in (11, 12))
    other = scan_photo(gallery, 13)[0]
    named = gallery.name_faces([first.id, second.id], "Ada", not_this_person=[other.id, first.id])
    assert named.is_new
    assert {face.id for face in named.faces} == {first.id, second.id}
    assert {face.id for face in gallery.faces_rejected_for(named.person)} == {other.id}
    assert [face.id for face in gallery.unnamed()] == [other.id]
    assert gallery.history[-1].description == "added 2 faces to Ada"
    gallery.undo()
    assert gallery.people == ()
    assert [face.rejections for face in gallery.unnamed()] == [(), (), ()]


def test_one_face_of_a_photo_is_named_unless_all_are_allowed(gallery: Gallery, scan_photo: ScanPhoto) -> None:
    faces = scan_photo(gallery, 11, 11, 12, 13)
    named = gallery.name_faces([face.id for face in faces[:2]], "Ada")
    assert [face.id for face in named.faces] == [faces[0].id]
    assert [face.id for face in named.skipped] == [faces[1].id]
    with pytest.raises(AlreadyAddedError):
        gallery.name_faces([faces[1].id], "Ada")
    mirrored = gallery.name_faces([face.id for face in faces[1:]], "Ada", allow_same_photo=True)
    assert mirrored.person.face_count == 3


def test_faces_can_be_clustered_and_split(gallery: Gallery, scan_photo: ScanPhoto, folder: Path) -> None:
    faces = [scan_photo(gallery, number)[0] for number in (11, 12, 13)]
    gallery.cluster_faces([face.id for face in faces])
    (cluster,) = {face.cluster for face in gallery.unnamed()}
    assert cluster is not None
    gallery.split_from_cluster([faces[2].id], [face.id for face in faces[:2]])
    with contextlib.closing(Gallery.open(folder, for_writing=False)) as reading:
        first, second, third = (reading.face(face.id) for face in faces)
    assert first.cluster == second.cluster == cluster != third.cluster
    assert third.different_from == {faces[0].id, faces[1].id}
    gallery.cluster_faces([face.id for face in faces])
    assert gallery.face(faces[2].id).different_from == frozenset()
    for _ in range(3):
        gallery.undo()
    assert [(face.cluster, face.different_from) for face in gallery.unnamed()] == [(None, frozenset())] * 3


def test_unknown_faces_and_people_cannot_be_changed(gallery: Gallery, ada_and_grace: dict[str, str]) -> None:
    ada = gallery.person("Ada")
    gallery.merge([ada], gallery.person("Grace"))
    for refused in (
        lambda: gallery.rename(ada, "Augusta"),
        lambda: gallery.merge([ada], gallery.person("Grace")),
        lambda: gallery.merge([gallery.person("Grace")], ada),
        lambda: gallery.reject(ada, [ada_and_grace["8"]]),
    ):
        with pytest.raises(PersonNotFoundError):
            refused()
    for refused in (
        lambda: gallery.move(["nobody's"], "Ada"),
        lambda: gallery.remove(["nobody's"]),
        lambda: gallery.name_faces(["nobody's"], "Ada"),
        lambda: gallery.ignore(["nobody's"]),
        lambda: gallery.cluster_faces(["nobody's"]),
        lambda: gallery.set_cover("nobody's"),
        lambda: gallery.reject(gallery.person("Grace"), ["nobody's"]),
    ):
        with pytest.raises(FaceNotFoundError):
            refused()


def test_the_same_face_is_refused_after_it_was_moved_to_the_person(
    gallery: Gallery, ada_and_grace: dict[str, str], add: Add
) -> None:
    gallery.move([ada_and_grace["1"]], "Grace")
    with pytest.raises(AlreadyAddedError):
        add(gallery, "Grace", 1)
    with pytest.raises(FaceNamedError) as caught:
        add(gallery, "Ada", 1)
    assert caught.value.person == "Grace"
    assert add(gallery, "Ada", 1, replaces=True).person.name == "Ada"
