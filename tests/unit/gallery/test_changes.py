"""Renaming, merging, moving and removing; each can be taken back to exactly what there was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from face_match.errors import (
    AlreadyAddedError,
    NameTakenError,
    PersonNotFoundError,
    SampleNotFoundError,
)
from face_match.gallery.gallery import Gallery
from face_match.gallery.history import LENGTH
from face_match.types import Person, Rejection, Sample, Vector

Add = Callable[[Gallery, str, int], tuple[Person, Sample, bool]]
FaceVector = Callable[[int], Vector]
FaceKey = Callable[[int], Rejection]
Owners = dict[str, tuple[set[str], list[Rejection]]]
"""Sample ids and rejections of each person, by name."""


def owners(gallery: Gallery) -> Owners:
    return {
        person.name: ({s.id for s in gallery.samples_of(person)}, gallery.rejections_of(person))
        for person in gallery.people
    }


def nearest_name(gallery: Gallery, vector: Vector) -> str:
    return gallery.nearest(vector, "made-up", 1)[0].person.name


@pytest.fixture
def ada_and_grace(gallery: Gallery, add: Add, face_key: FaceKey) -> dict[str, str]:
    """Ada has samples 1 and 2, Grace 3, and each a rejection; the samples' ids by their number."""
    ids = {str(n): add(gallery, name, n)[1].id for n, name in ((1, "Ada"), (2, "Ada"), (3, "Grace"))}
    gallery.reject(gallery.person("Ada"), face_key(7))
    gallery.reject(gallery.person("Grace"), face_key(8))
    return ids


def test_a_renamed_person_is_found_by_the_new_name_only(
    gallery: Gallery, ada_and_grace: dict[str, str], face_vector: FaceVector, folder: Path
) -> None:
    before = owners(gallery)
    renamed = gallery.rename(gallery.person("Ada"), "  Ada   King ")
    assert (renamed.name, renamed.sample_count) == ("Ada King", 2)
    for opened in (gallery, Gallery.open(folder, for_writing=False)):
        assert opened.find("Ada") is None
        assert opened.person("ada king").folder == "Ada"
        assert nearest_name(opened, face_vector(1)) == "Ada King"
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
    person, sample, is_new = add(gallery, "Ada", 9)
    assert is_new
    assert person.folder != gallery.person("Augusta").folder
    assert sample.file.startswith(f"faces_db/{person.folder}/")


def test_merged_people_are_one_who_has_all_samples_and_rejections(
    gallery: Gallery,
    ada_and_grace: dict[str, str],
    face_vector: FaceVector,
    face_key: FaceKey,
    folder: Path,
) -> None:
    merged = gallery.merge([gallery.person("Ada")], gallery.person("Grace"))
    assert merged.sample_count == 3
    for opened in (gallery, Gallery.open(folder, for_writing=False)):
        ((name, (ids, rejections)),) = owners(opened).items()
        assert name == "Grace"
        assert ids == set(ada_and_grace.values())
        assert sorted(rejections, key=str) == [face_key(7), face_key(8)]
        assert nearest_name(opened, face_vector(1)) == "Grace"
        assert opened.nearest(face_vector(1), "made-up", 5, face_key(7)) == []
        for sample in opened.samples_of(merged):
            assert opened.pixels_of(sample).shape == (24, 20, 3)


def test_a_merge_that_is_taken_back_gives_each_exactly_what_was_theirs(
    gallery: Gallery, ada_and_grace: dict[str, str], face_vector: FaceVector, folder: Path
) -> None:
    before = owners(gallery)
    gallery.merge([gallery.person("Ada")], gallery.person("Grace"))
    after = owners(gallery)
    gallery.close()
    with Gallery.open(folder, for_writing=True) as reopened:
        change = reopened.undo()
        assert change is not None
        assert change.description == "merged Ada into Grace"
        assert owners(reopened) == before
        assert nearest_name(reopened, face_vector(1)) == "Ada"
        assert nearest_name(reopened, face_vector(3)) == "Grace"
        reopened.redo()
        assert owners(reopened) == after


def test_merging_somebody_with_themselves_changes_nothing(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    done = len(gallery.history)
    assert gallery.merge([gallery.person("Ada")], gallery.person("Ada")).sample_count == 2
    assert len(gallery.history) == done


def test_a_moved_sample_is_anothers(
    gallery: Gallery, ada_and_grace: dict[str, str], face_vector: FaceVector
) -> None:
    before = owners(gallery)
    grace = gallery.move([ada_and_grace["1"]], "GRACE")
    assert (grace.name, grace.sample_count) == ("Grace", 2)
    assert gallery.person("Ada").sample_count == 1
    assert nearest_name(gallery, face_vector(1)) == "Grace"
    gallery.undo()
    assert owners(gallery) == before
    assert nearest_name(gallery, face_vector(1)) == "Ada"


def test_a_sample_can_be_moved_to_somebody_new(gallery: Gallery, ada_and_grace: dict[str, str]) -> None:
    before = owners(gallery)
    joan = gallery.move([ada_and_grace["2"]], "Joan")
    assert (joan.name, joan.sample_count) == ("Joan", 1)
    gallery.undo()
    assert owners(gallery) == before


def test_who_loses_the_last_sample_is_gone_until_that_is_taken_back(
    gallery: Gallery, ada_and_grace: dict[str, str], face_key: FaceKey, face_vector: FaceVector
) -> None:
    before = owners(gallery)
    for lose in (
        lambda: gallery.move([ada_and_grace["3"]], "Ada"),
        lambda: gallery.remove([ada_and_grace["3"]]),
    ):
        lose()
        assert gallery.find("Grace") is None
        assert "Grace" not in [m.person.name for m in gallery.nearest(face_vector(3), "made-up", 9)]
        gallery.undo()
        assert owners(gallery) == before
        assert gallery.nearest(face_vector(3), "made-up", 1, face_key(8))[0].person.name == "Ada"


def test_samples_of_several_people_are_moved_as_one_change(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    before = owners(gallery)
    joan = gallery.move([ada_and_grace[n] for n in "1323"], "Joan")
    assert owners(gallery) == {"Joan": (set(ada_and_grace.values()), [])}
    assert joan.sample_count == 3
    assert gallery.history[-1].description == "moved 3 samples from Ada and Grace to Joan"
    gallery.undo()
    assert owners(gallery) == before


def test_samples_of_several_people_are_removed_as_one_change(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    before = owners(gallery)
    losers = gallery.remove([ada_and_grace["1"], ada_and_grace["3"]])
    assert [person.name for person in losers] == ["Ada", "Grace"]
    assert {name: held[0] for name, held in owners(gallery).items()} == {"Ada": {ada_and_grace["2"]}}
    assert gallery.history[-1].description == "removed 2 samples of Ada and Grace"
    gallery.undo()
    assert owners(gallery) == before


def test_where_one_sample_is_not_there_none_is_moved_or_removed(
    gallery: Gallery, ada_and_grace: dict[str, str]
) -> None:
    before = owners(gallery)
    ids = [ada_and_grace["1"], "nobody's"]
    for refused in (lambda: gallery.move(ids, "Joan"), lambda: gallery.remove(ids)):
        with pytest.raises(SampleNotFoundError):
            refused()
    assert owners(gallery) == before


def test_several_people_are_merged_as_one_change(
    gallery: Gallery, ada_and_grace: dict[str, str], add: Add
) -> None:
    add(gallery, "Joan", 4)
    before = owners(gallery)
    everybody = gallery.people
    assert gallery.merge(everybody, gallery.person("Joan")).sample_count == 4
    assert [person.name for person in gallery.people] == ["Joan"]
    assert gallery.history[-1].description == "merged Ada and Grace into Joan"
    gallery.undo()
    assert owners(gallery) == before


def test_a_removed_sample_is_not_matched_and_its_crop_stays_while_it_can_be_taken_back(
    gallery: Gallery, ada_and_grace: dict[str, str], face_vector: FaceVector, add: Add, folder: Path
) -> None:
    sample = gallery.samples_of(gallery.person("Ada"))[0]
    assert [person.name for person in gallery.remove([sample.id])] == ["Ada"]
    assert all(match.similarity < 0.99 for match in gallery.nearest(face_vector(1), "made-up", 5))
    gallery.close()
    with Gallery.open(folder, for_writing=True) as reopened:
        assert (folder / sample.file).exists()
        reopened.undo()
        (match,) = reopened.nearest(face_vector(1), "made-up", 1)
        assert match.sample.id == sample.id
        np.testing.assert_array_equal(match.sample.vectors["made-up"], face_vector(1))
        assert (match.sample.box, match.sample.landmarks) == (sample.box, sample.landmarks)
        reopened.remove([sample.id])
        for number in range(LENGTH):
            assert (folder / sample.file).exists()
            reopened.rename(reopened.person("Grace"), ("grace", "Grace")[number % 2])
        assert not (folder / sample.file).exists(), "that is too far back now"
        assert len(reopened.history) == LENGTH
    with Gallery.open(folder, for_writing=True) as reopened:
        assert len(reopened.history) == LENGTH


def test_what_is_not_there_cannot_be_changed(
    gallery: Gallery, ada_and_grace: dict[str, str], face_key: FaceKey
) -> None:
    ada = gallery.person("Ada")
    gallery.merge([ada], gallery.person("Grace"))
    for refused in (
        lambda: gallery.rename(ada, "Augusta"),
        lambda: gallery.merge([ada], gallery.person("Grace")),
        lambda: gallery.merge([gallery.person("Grace")], ada),
        lambda: gallery.reject(ada, face_key(1)),
    ):
        with pytest.raises(PersonNotFoundError):
            refused()
    for refused in (lambda: gallery.move(["nobody's"], "Ada"), lambda: gallery.remove(["nobody's"])):
        with pytest.raises(SampleNotFoundError):
            refused()


def test_the_same_photo_is_refused_after_its_sample_was_moved_to_the_person(
    gallery: Gallery, ada_and_grace: dict[str, str], add: Add
) -> None:
    gallery.move([ada_and_grace["1"]], "Grace")
    with pytest.raises(AlreadyAddedError):
        add(gallery, "Grace", 1)
    assert add(gallery, "Ada", 1)[0].name == "Ada"
