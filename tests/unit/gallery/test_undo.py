"""What was done can be taken back, and done again, on the disk as in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.errors import GalleryWriteError
from face_match.gallery.gallery import Gallery
from face_match.types import Person, Rejection, Sample, Vector

Add = Callable[[Gallery, str, int], tuple[Person, Sample, bool]]
FaceVector = Callable[[int], Vector]
FullDisk = Callable[..., contextlib.AbstractContextManager[None]]
FaceKey = Callable[[int], Rejection]


def state(gallery: Gallery) -> list[tuple[object, ...]]:
    """People, samples and rejections; what the disk holds is the same."""

    def of(one: Gallery) -> list[tuple[object, ...]]:
        return [
            (p.name, p.folder, p.added, [s.id for s in one.samples_of(p)], one.rejections_of(p))
            for p in one.people
        ]

    for person in gallery.people:
        assert person.sample_count == len(gallery.samples_of(person))
    assert of(Gallery.open(gallery.folder, for_writing=False)) == of(gallery)
    return of(gallery)


def crops(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}


def test_there_is_nothing_to_take_back_or_do_again_in_a_new_gallery(gallery: Gallery) -> None:
    assert gallery.undo() is None
    assert gallery.redo() is None


def test_what_was_done_before_a_restart_can_be_taken_back_after_it(
    gallery: Gallery, folder: Path, add: Add, face_key: FaceKey
) -> None:
    ada, _, _ = add(gallery, "Ada", 1)
    _, sample, _ = add(gallery, "Grace", 2)
    gallery.reject(ada, face_key(2))
    gallery.remove([sample.id])
    done = [(change.description, change.at) for change in gallery.history]
    gallery.close()
    with Gallery.open(folder, for_writing=True) as reopened:
        assert [(change.description, change.at) for change in reopened.history] == done
        for description, _ in reversed(done):
            change = reopened.undo()
            assert change is not None
            assert change.description == description
            assert state(reopened) is not None
        assert reopened.undo() is None
        assert reopened.people == ()
    with Gallery.open(folder, for_writing=True) as emptied:
        assert emptied.history == ()
        assert emptied.redo() is None, "what was taken back is forgotten with the end"


def test_every_step_back_and_forth_gives_the_state_there_was(
    gallery: Gallery, add: Add, face_key: FaceKey, face_vector: FaceVector
) -> None:
    states = [state(gallery)]
    ada, _, _ = add(gallery, "Ada", 1)
    states.append(state(gallery))
    add(gallery, "Grace", 2)
    states.append(state(gallery))
    add(gallery, "ada", 3)
    states.append(state(gallery))
    gallery.reject(ada, face_key(2))
    states.append(state(gallery))
    add(gallery, "Joan", 4)
    states.append(state(gallery))
    for _ in range(2):
        for expected in reversed(states[:-1]):
            assert gallery.undo() is not None
            assert state(gallery) == expected
        assert gallery.undo() is None
        assert gallery.nearest(face_vector(1), "made-up", 9) == []
        for expected in states[1:]:
            assert gallery.redo() is not None
            assert state(gallery) == expected
        assert gallery.redo() is None
        assert len(gallery.nearest(face_vector(1), "made-up", 9)) == 3


def test_taking_back_the_first_sample_takes_the_person_back_and_the_name_is_free(
    gallery: Gallery, add: Add, face_vector: FaceVector
) -> None:
    add(gallery, "Ada", 1)
    add(gallery, "Grace", 2)
    gallery.undo()
    assert gallery.find("Grace") is None
    assert [m.person.name for m in gallery.nearest(face_vector(2), "made-up", 9)] == ["Ada"]
    person, _, is_new = add(gallery, "GRACE", 2)
    assert is_new
    assert person.name == "GRACE"


def test_taking_back_a_later_sample_leaves_the_person_and_lets_the_photo_be_added_again(
    gallery: Gallery, add: Add
) -> None:
    _, first, _ = add(gallery, "Ada", 1)
    add(gallery, "Ada", 2)
    change = gallery.undo()
    assert change is not None
    assert change.description == "added a sample to Ada"
    assert [sample.id for sample in gallery.samples_of(gallery.person("Ada"))] == [first.id]
    assert not add(gallery, "Ada", 2)[2]


def test_what_was_taken_back_is_named(gallery: Gallery, add: Add, face_key: FaceKey) -> None:
    ada, _, _ = add(gallery, "Ada", 1)
    gallery.reject(ada, face_key(2))
    words = [change.description for change in (gallery.undo(), gallery.undo()) if change]
    assert words == ["not Ada", "added a sample to Ada"]


def test_nothing_can_be_done_again_after_another_change(
    gallery: Gallery, folder: Path, add: Add, face_key: FaceKey
) -> None:
    ada, kept, _ = add(gallery, "Ada", 1)
    _, undone, _ = add(gallery, "Grace", 2)
    gallery.undo()
    assert crops(folder) == {kept.file, undone.file}, "it may be done again"
    gallery.reject(ada, face_key(3))
    assert gallery.redo() is None
    assert crops(folder) == {kept.file}
    assert not (folder / undone.file).parent.exists()


def test_crops_of_what_was_taken_back_go_when_the_gallery_is_closed(
    gallery: Gallery, folder: Path, add: Add
) -> None:
    _, kept, _ = add(gallery, "Ada", 1)
    redone = add(gallery, "Ada", 2)[1]
    undone = add(gallery, "Grace", 3)[1]
    gallery.undo()
    gallery.undo()
    gallery.redo()
    assert crops(folder) == {kept.file, redone.file, undone.file}
    gallery.close()
    assert crops(folder) == {kept.file, redone.file}
    assert [path.name for path in (folder / "faces_db").iterdir()] == ["Ada"]


def test_what_is_done_again_has_its_crop_and_is_found(
    gallery: Gallery, folder: Path, add: Add, face_vector: FaceVector
) -> None:
    _, sample, _ = add(gallery, "Ada", 1)
    gallery.undo()
    gallery.redo()
    gallery.close()
    reopened = Gallery.open(folder, for_writing=False)
    (match,) = reopened.nearest(face_vector(1), "made-up", 3)
    assert match.sample.id == sample.id
    assert match.similarity == pytest.approx(1.0, abs=1e-5)
    assert reopened.pixels_of(match.sample).shape == (24, 20, 3)


def test_taking_back_after_vectors_of_another_model_came_leaves_none_behind(
    gallery: Gallery, add: Add, face_vector: FaceVector
) -> None:
    samples = [add(gallery, "Ada", number)[1] for number in range(2)]
    gallery.add_vectors("second", {s.id: face_vector(50 + n) for n, s in enumerate(samples)}, keep=True)
    gallery.undo()
    (match,) = gallery.nearest(face_vector(51), "second", 9)
    assert match.sample.id == samples[0].id
    gallery.undo()
    assert gallery.nearest(face_vector(50), "second", 9) == []
    assert state(gallery) == []


def test_taking_back_one_of_two_equal_rejections_leaves_the_other(
    gallery: Gallery, add: Add, face_key: FaceKey, face_vector: FaceVector
) -> None:
    ada, _, _ = add(gallery, "Ada", 1)
    for _ in range(2):
        gallery.reject(ada, face_key(2))
    gallery.undo()
    assert gallery.nearest(face_vector(2), "made-up", 9, face_key(2)) == []


@pytest.mark.parametrize("kind", ["add", "reject"])
def test_a_step_that_cannot_be_written_leaves_everything_as_it_was_and_can_be_tried_again(
    gallery: Gallery, add: Add, face_key: FaceKey, full_disk: FullDisk, kind: str
) -> None:
    ada, _, _ = add(gallery, "Ada", 1)
    before = state(gallery)
    if kind == "add":
        add(gallery, "Grace", 2)
    else:
        gallery.reject(ada, face_key(2))
    after = state(gallery)
    for step, now, then in ((gallery.undo, after, before), (gallery.redo, before, after)):
        with full_disk(), pytest.raises(GalleryWriteError):
            step()
        assert state(gallery) == now
        assert step() is not None
        assert state(gallery) == then
