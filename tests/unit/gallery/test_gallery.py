"""Adding, finding and ranking people; refused changes leave no trace."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import AlreadyAddedError, GalleryWriteError, InvalidNameError, PersonNotFoundError
from face_match.core.types import Box, Crop, Embedding, FaceQuality, Photo, Verdict
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.storage.crops import Crops

Add = Callable[..., NamingResult]
MakeFace = Callable[..., NewFace]
PhotoOf = Callable[..., Photo]
Reject = Callable[[Gallery, str, int], None]
FullDisk = Callable[..., contextlib.AbstractContextManager[None]]
FaceEmbedding = Callable[[int], Embedding]
FilesIn = Callable[[Path], dict[str, bytes]]

PLACE = Box(100.0, 80.0, 60.0, 75.0)


def test_a_gallery_that_is_not_there_yet_is_empty_and_reading_it_makes_nothing(folder: Path) -> None:
    gallery = Gallery.open(folder, for_writing=False)
    assert gallery.people == ()
    assert gallery.face_count == 0
    assert gallery.nearest(np.ones(16, np.float32) / 4, "made-up", 10) == []
    assert not folder.exists()


def test_a_new_person_survives_reopening(
    gallery: Gallery, folder: Path, add: Add, face_crop: Callable[[int], Crop], face_embedding: FaceEmbedding
) -> None:
    named = add(gallery, "  Ada   Lovelace ", 1)
    assert named.is_new
    assert named.person.name == "Ada Lovelace"
    reopened = Gallery.open(folder, for_writing=False)
    (kept,) = reopened.faces_of(reopened.person("Ada Lovelace"))
    assert [face.id for face in named.faces] == [kept.id]
    assert (kept.place, kept.confidence, kept.origin.value) == (PLACE, 0.987654321, "detected")
    assert kept.quality == FaceQuality(Verdict.POOR, 0.375, ("blurred", "too dark"))
    photo = reopened.photo(kept.photo)
    assert photo is not None
    assert (photo.digest, photo.file_digest, photo.width) == (f"{1:064x}", f"f{1:063x}", 800)
    assert (kept.box, kept.landmarks) == (face_crop(1).box, face_crop(1).landmarks)
    np.testing.assert_array_equal(kept.embeddings["made-up"], face_embedding(1))
    np.testing.assert_array_equal(reopened.pixels_of(kept), face_crop(1).pixels)


@pytest.mark.parametrize("name", ["ada lovelace", " ADA \t LOVELACE", "Ada Lovelace"])
def test_a_name_in_other_case_and_spacing_adds_to_the_person_there_is(
    gallery: Gallery, add: Add, name: str
) -> None:
    add(gallery, "Ada Lovelace", 1)
    named = add(gallery, name, 2)
    assert not named.is_new
    assert named.person.name == "Ada Lovelace"
    assert named.person.face_count == 2
    assert named.faces[0].file.startswith("faces_db/Ada Lovelace/")
    assert [p.name for p in gallery.people] == ["Ada Lovelace"]


def test_names_that_would_share_a_folder_are_two_people_in_two_folders(gallery: Gallery, add: Add) -> None:
    names = ["a/b", "a\\b", "a:b", "a_b", "..", ".", "CON", "con.txt"]
    for number, name in enumerate(names):
        add(gallery, name, number)
    assert [person.name for person in gallery.people] == names
    assert len({person.folder.casefold() for person in gallery.people}) == len(names)
    for person in gallery.people:
        (face,) = gallery.faces_of(person)
        assert (gallery.folder / face.file).parent.parent == gallery.folder / "faces_db"
        assert gallery.pixels_of(face).shape == (24, 20, 3)


def test_the_same_face_is_a_persons_only_once_and_another_of_the_photo_is_another(
    gallery: Gallery, add: Add, new_face: MakeFace, photo_of: PhotoOf, files_in: FilesIn
) -> None:
    add(gallery, "Ada", 1)
    before = files_in(gallery.folder)
    with pytest.raises(AlreadyAddedError) as caught:
        add(gallery, "ADA", 1)
    assert caught.value.person == "Ada"
    assert files_in(gallery.folder) == before
    beside = new_face(2, PLACE._replace(x=PLACE.x + PLACE.width))
    assert gallery.add("Grace", beside, photo_of(1)).is_new, "somebody else may be in the same photo"
    assert gallery.add("Ada", new_face(3, Box(500, 300, 60, 75)), photo_of(1)).person.face_count == 2, (
        "a mirror"
    )
    with pytest.raises(AlreadyAddedError):
        gallery.add("Ada", new_face(1, None), photo_of(1))


def test_faces_of_photos_that_are_not_known_are_not_taken_for_one(
    gallery: Gallery, add: Add, new_face: MakeFace
) -> None:
    add(gallery, "Ada", 1)
    for _ in range(2):
        gallery.add("Ada", new_face(1), None)
    assert gallery.face_count == 3
    assert len(gallery.photos()) == 1


@pytest.mark.parametrize("name", ["", "  ", "\u200b"], ids=ascii)
def test_a_name_of_nothing_is_refused_and_leaves_nothing(
    gallery: Gallery, folder: Path, add: Add, files_in: FilesIn, name: str
) -> None:
    with pytest.raises(InvalidNameError):
        add(gallery, name, 1)
    assert files_in(folder) == {}


def test_an_unknown_person_is_not_found(gallery: Gallery, add: Add) -> None:
    add(gallery, "Ada", 1)
    assert gallery.find("Grace") is None
    found = gallery.find(" aDA ")
    assert found is not None
    assert found.name == "Ada"
    with pytest.raises(PersonNotFoundError) as caught:
        gallery.person("Grace")
    assert caught.value.name == "Grace"


def test_the_nearest_people_come_best_first_one_row_each_with_their_best_face(
    gallery: Gallery, add: Add, face_embedding: FaceEmbedding
) -> None:
    for number in range(30):
        add(gallery, f"Person {number % 7}", number)
    query = face_embedding(99)
    found = gallery.nearest(query, "made-up", 5)
    similarities = {
        person.name: max(float(f.embeddings["made-up"] @ query) for f in gallery.faces_of(person))
        for person in gallery.people
    }
    expected = sorted(similarities, key=similarities.__getitem__, reverse=True)[:5]
    assert [match.person.name for match in found] == expected
    assert [m.similarity for m in found] == pytest.approx([similarities[n] for n in expected], abs=1e-5)
    for match in found:
        assert match.face.id in [face.id for face in gallery.faces_of(match.person)]
        assert float(match.face.embeddings["made-up"] @ query) == pytest.approx(match.similarity, abs=1e-5)
    assert len(gallery.nearest(query, "made-up", 100)) == 7


def test_embeddings_of_different_models_are_never_compared(
    gallery: Gallery, add: Add, face_embedding: FaceEmbedding, new_face: MakeFace
) -> None:
    add(gallery, "Ada", 1)
    gallery.add("Grace", new_face(2)._replace(embeddings={"other": face_embedding(2)}), None)
    assert [m.person.name for m in gallery.nearest(face_embedding(1), "made-up", 9)] == ["Ada"]
    assert [m.person.name for m in gallery.nearest(face_embedding(1), "other", 9)] == ["Grace"]
    assert gallery.nearest(face_embedding(1), "third", 9) == []
    assert gallery.nearest(np.ones(4, np.float32) / 2, "made-up", 9) == []


def test_embeddings_of_another_model_are_stored_or_kept_in_memory(
    gallery: Gallery, folder: Path, add: Add, face_embedding: FaceEmbedding
) -> None:
    faces = [add(gallery, "Ada", number).faces[0] for number in range(3)]
    gallery.add_embeddings("second", {faces[0].id: face_embedding(10)}, store=False)
    assert [f.id for f in gallery.without_embedding("second", named=True)] == [f.id for f in faces[1:]]
    assert len(Gallery.open(folder, for_writing=False).without_embedding("second", named=True)) == 3
    gallery.add_embeddings(
        "second", {faces[1].id: face_embedding(11), "nobody's": face_embedding(12)}, store=True
    )
    (match,) = Gallery.open(folder, for_writing=False).nearest(face_embedding(11), "second", 5)
    assert match.face.id == faces[1].id
    assert match.face.embeddings.keys() == {"made-up", "second"}


def test_only_the_model_that_was_searched_last_is_in_memory(
    gallery: Gallery, new_face: MakeFace, face_embedding: FaceEmbedding
) -> None:
    both = {"made-up": face_embedding(1), "other": face_embedding(2)}
    gallery.add("Ada", new_face(1)._replace(embeddings=both), None)
    for model_id, embedding in [*both.items(), *both.items()]:
        assert [match.similarity for match in gallery.nearest(embedding, model_id, 1)] == [pytest.approx(1)]
        assert [one for one in both if gallery._searches.of_model(one)] == [model_id]


def test_embeddings_that_are_only_in_memory_stay_while_another_model_is_searched(
    gallery: Gallery, add: Add, face_embedding: FaceEmbedding
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    gallery.add_embeddings("second", {face.id: face_embedding(10)}, store=False)
    assert len(gallery.nearest(face_embedding(1), "made-up", 1)) == 1
    assert gallery.without_embedding("second", named=True) == []
    assert [match.person.name for match in gallery.nearest(face_embedding(10), "second", 1)] == ["Ada"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.0, 1.0])
def test_an_embedding_that_could_not_be_read_again_is_not_written(
    gallery: Gallery, add: Add, new_face: MakeFace, files_in: FilesIn, value: float
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    before = files_in(gallery.folder)
    embedding = np.full(16, value, np.float32)
    with pytest.raises(ValueError, match="unit"):
        gallery.add("Ada", new_face(2)._replace(embeddings={"made-up": embedding}), None)
    with pytest.raises(ValueError, match="unit"):
        gallery.add_embeddings("other", {face.id: embedding}, store=True)
    assert files_in(gallery.folder) == before
    assert Gallery.open(gallery.folder, for_writing=False).person("Ada").face_count == 1


def test_a_file_where_the_crops_should_go_is_an_error_that_changes_nothing(
    gallery: Gallery, folder: Path, add: Add, files_in: FilesIn
) -> None:
    (folder / "faces_db").write_bytes(b"not a folder")
    before = files_in(folder)
    with pytest.raises(GalleryWriteError):
        add(gallery, "Ada", 1)
    assert files_in(folder) == before
    assert gallery.people == ()
    (folder / "faces_db").unlink()
    assert add(gallery, "Ada", 1).is_new


def test_what_cannot_be_written_leaves_no_crop_behind(
    gallery: Gallery, add: Add, files_in: FilesIn, full_disk: FullDisk, store_kind: str
) -> None:
    add(gallery, "Ada", 1)
    before = files_in(gallery.folder)
    room_for_crops = {4096} if store_kind == "database" else set()  # a page of it is larger
    for room_bytes in {0} | room_for_crops:
        for name in ("Ada", "Grace"):
            with full_disk(from_byte=room_bytes), pytest.raises(GalleryWriteError):
                add(gallery, name, 2)
        assert files_in(gallery.folder) == before
        assert [path.name for path in (gallery.folder / "faces_db").iterdir()] == ["Ada"]
    assert [(person.name, person.face_count) for person in gallery.people] == [("Ada", 1)]
    assert add(gallery, "Ada", 2).person.face_count == 2


def test_a_gallery_opened_for_reading_refuses_every_change(
    gallery: Gallery, folder: Path, add: Add, files_in: FilesIn, reject: Reject
) -> None:
    person, (face,), *_ = add(gallery, "Ada", 1)
    gallery.close()
    before = files_in(folder)
    for closed in (gallery, Gallery.open(folder, for_writing=False)):
        assert not closed.is_writable
        for refused in (
            lambda g: add(g, "Ada", 2),
            lambda g: add(g, "Grace", 3),
            lambda g: reject(g, "Ada", 4),
            lambda g: g.reject(person, [face.id]),
            lambda g: g.remove([face.id]),
            lambda g: g.add_embeddings("other", {face.id: face.embeddings["made-up"]}, store=True),
        ):
            with pytest.raises(GalleryWriteError):
                refused(closed)
        closed.close()
    with pytest.raises(GalleryWriteError):
        gallery.undo()
    assert files_in(folder) == before


def test_a_folder_that_cannot_be_made_is_a_gallery_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "gallery"):
        with pytest.raises(GalleryWriteError):
            Gallery.open(place, for_writing=True)


def test_crops_are_deleted_inside_the_gallery_only(folder: Path, tmp_path: Path) -> None:
    inside, beside = folder / "faces_db" / "Ada" / "1.png", tmp_path / "photo.png"
    records = folder / "embeddings.json"
    inside.parent.mkdir(parents=True)
    for path in (inside, beside, records):
        path.touch()
    outside = ["../photo.png", "faces_db/../../photo.png", str(beside), "embeddings.json", "faces_db", ""]
    if os.name != "nt":
        (folder / "faces_db" / "elsewhere").symlink_to(tmp_path)
        outside.append("faces_db/elsewhere/photo.png")
    for file in outside:
        Crops(folder).delete(file)
        assert all(path.exists() for path in (inside, beside, records)), file
    Crops(folder).delete("faces_db/Ada/1.png")
    assert not inside.parent.exists()
