"""People are added, found and ranked; what is refused leaves no trace."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from face_match.errors import AlreadyAddedError, GalleryWriteError, InvalidNameError, PersonNotFoundError
from face_match.gallery.gallery import Gallery
from face_match.gallery.samples import Crops
from face_match.types import Crop, Person, Rejection, Sample, Vector

Add = Callable[[Gallery, str, int], tuple[Person, Sample, bool]]
FullDisk = Callable[..., contextlib.AbstractContextManager[None]]
FaceVector = Callable[[int], Vector]
FilesIn = Callable[[Path], dict[str, bytes]]


def test_a_gallery_that_is_not_there_yet_is_empty_and_reading_it_makes_nothing(folder: Path) -> None:
    gallery = Gallery.open(folder, for_writing=False)
    assert gallery.people == ()
    assert gallery.sample_count == 0
    assert gallery.nearest(np.ones(16, np.float32) / 4, "made-up", 10) == []
    assert not folder.exists()


def test_a_new_person_is_there_again_when_the_gallery_is_opened_again(
    gallery: Gallery, folder: Path, add: Add, face_crop: Callable[[int], Crop], face_vector: FaceVector
) -> None:
    person, sample, is_new = add(gallery, "  Ada   Lovelace ", 1)
    assert is_new
    assert person.name == "Ada Lovelace"
    reopened = Gallery.open(folder, for_writing=False)
    (kept,) = reopened.samples_of(reopened.person("Ada Lovelace"))
    assert kept.id == sample.id
    assert (kept.box, kept.landmarks) == (face_crop(1).box, face_crop(1).landmarks)
    np.testing.assert_array_equal(kept.vectors["made-up"], face_vector(1))
    np.testing.assert_array_equal(reopened.pixels_of(kept), face_crop(1).pixels)


@pytest.mark.parametrize("name", ["ada lovelace", " ADA \t LOVELACE", "Ada Lovelace"])
def test_a_name_in_other_case_and_spacing_adds_to_the_person_there_is(
    gallery: Gallery, add: Add, name: str
) -> None:
    add(gallery, "Ada Lovelace", 1)
    person, sample, is_new = add(gallery, name, 2)
    assert not is_new
    assert person.name == "Ada Lovelace"
    assert person.sample_count == 2
    assert sample.file.startswith("faces_db/Ada Lovelace/")
    assert [p.name for p in gallery.people] == ["Ada Lovelace"]


def test_names_that_would_share_a_folder_are_two_people_in_two_folders(gallery: Gallery, add: Add) -> None:
    names = ["a/b", "a\\b", "a:b", "a_b", "..", ".", "CON", "con.txt"]
    for number, name in enumerate(names):
        add(gallery, name, number)
    assert [person.name for person in gallery.people] == names
    assert len({person.folder.casefold() for person in gallery.people}) == len(names)
    for person in gallery.people:
        (sample,) = gallery.samples_of(person)
        assert (gallery.folder / sample.file).parent.parent == gallery.folder / "faces_db"
        assert gallery.pixels_of(sample).shape == (24, 20, 3)


def test_the_same_photo_is_a_sample_of_a_person_only_once(
    gallery: Gallery, folder: Path, add: Add, files_in: FilesIn
) -> None:
    add(gallery, "Ada", 1)
    before = files_in(folder)
    with pytest.raises(AlreadyAddedError) as caught:
        add(gallery, "ADA", 1)
    assert caught.value.person == "Ada"
    assert files_in(folder) == before
    assert add(gallery, "Grace", 1)[2], "somebody else may be in the same photo"


def test_photos_whose_digest_is_not_known_are_not_taken_for_one(gallery: Gallery, add: Add) -> None:
    _, sample, _ = add(gallery, "Ada", 1)
    crop = Crop(gallery.pixels_of(sample), *(sample.box, sample.landmarks))  # type: ignore[arg-type]
    for _ in range(2):
        gallery.add("Ada", crop, sample.vectors, "")
    assert gallery.sample_count == 3


@pytest.mark.parametrize("name", ["", "  ", "\u200b"], ids=ascii)
def test_a_name_of_nothing_is_refused_and_leaves_nothing(
    gallery: Gallery, folder: Path, add: Add, files_in: FilesIn, name: str
) -> None:
    with pytest.raises(InvalidNameError):
        add(gallery, name, 1)
    assert files_in(folder) == {}


def test_somebody_who_is_not_there_is_not_found(gallery: Gallery, add: Add) -> None:
    add(gallery, "Ada", 1)
    assert gallery.find("Grace") is None
    found = gallery.find(" aDA ")
    assert found is not None
    assert found.name == "Ada"
    with pytest.raises(PersonNotFoundError) as caught:
        gallery.person("Grace")
    assert caught.value.name == "Grace"


def test_the_nearest_people_come_best_first_one_row_each_with_their_best_sample(
    gallery: Gallery, add: Add, face_vector: FaceVector
) -> None:
    for number in range(30):
        add(gallery, f"Person {number % 7}", number)
    query = face_vector(99)
    found = gallery.nearest(query, "made-up", 5)
    similarities = {
        person.name: max(float(s.vectors["made-up"] @ query) for s in gallery.samples_of(person))
        for person in gallery.people
    }
    expected = sorted(similarities, key=similarities.__getitem__, reverse=True)[:5]
    assert [match.person.name for match in found] == expected
    assert [m.similarity for m in found] == pytest.approx([similarities[n] for n in expected], abs=1e-5)
    for match in found:
        assert match.sample.id in [sample.id for sample in gallery.samples_of(match.person)]
        assert float(match.sample.vectors["made-up"] @ query) == pytest.approx(match.similarity, abs=1e-5)
    assert len(gallery.nearest(query, "made-up", 100)) == 7


def test_vectors_of_different_models_are_never_compared(
    gallery: Gallery, add: Add, face_vector: FaceVector, face_crop: Callable[[int], Crop]
) -> None:
    add(gallery, "Ada", 1)
    gallery.add("Grace", face_crop(2), {"other": face_vector(2)}, "g")
    assert [m.person.name for m in gallery.nearest(face_vector(1), "made-up", 9)] == ["Ada"]
    assert [m.person.name for m in gallery.nearest(face_vector(1), "other", 9)] == ["Grace"]
    assert gallery.nearest(face_vector(1), "third", 9) == []
    assert gallery.nearest(np.ones(4, np.float32) / 2, "made-up", 9) == []


def test_vectors_of_another_model_are_kept_or_only_shown_as_is_wished(
    gallery: Gallery, folder: Path, add: Add, face_vector: FaceVector
) -> None:
    samples = [add(gallery, "Ada", number)[1] for number in range(3)]
    gallery.add_vectors("second", {samples[0].id: face_vector(10)}, keep=False)
    assert [s.id for s in gallery.samples_without("second")] == [s.id for s in samples[1:]]
    assert len(Gallery.open(folder, for_writing=False).samples_without("second")) == 3
    gallery.add_vectors("second", {samples[1].id: face_vector(11), "nobody's": face_vector(12)}, keep=True)
    (match,) = Gallery.open(folder, for_writing=False).nearest(face_vector(11), "second", 5)
    assert match.sample.id == samples[1].id
    assert match.sample.vectors.keys() == {"made-up", "second"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.0, 1.0])
def test_a_vector_that_could_not_be_read_again_is_not_written(
    gallery: Gallery, add: Add, face_crop: Callable[[int], Crop], files_in: FilesIn, value: float
) -> None:
    _, sample, _ = add(gallery, "Ada", 1)
    before = files_in(gallery.folder)
    vector = np.full(16, value, np.float32)
    with pytest.raises(ValueError, match="unit"):
        gallery.add("Ada", face_crop(2), {"made-up": vector}, "2")
    with pytest.raises(ValueError, match="unit"):
        gallery.add_vectors("other", {sample.id: vector}, keep=True)
    assert files_in(gallery.folder) == before
    assert Gallery.open(gallery.folder, for_writing=False).person("Ada").sample_count == 1


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
    assert add(gallery, "Ada", 1)[2]


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
    assert [(person.name, person.sample_count) for person in gallery.people] == [("Ada", 1)]
    assert add(gallery, "Ada", 2)[0].sample_count == 2


def test_a_gallery_opened_for_reading_refuses_every_change(
    gallery: Gallery, folder: Path, add: Add, files_in: FilesIn, face_key: Callable[[int], Rejection]
) -> None:
    person, sample, _ = add(gallery, "Ada", 1)
    gallery.close()
    before = files_in(folder)
    for closed in (gallery, Gallery.open(folder, for_writing=False)):
        assert not closed.is_writable
        for refused in (
            lambda g: add(g, "Ada", 2),
            lambda g: add(g, "Grace", 3),
            lambda g: g.reject(person, face_key(4)),
            lambda g: g.add_vectors("other", {sample.id: sample.vectors["made-up"]}, keep=True),
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
