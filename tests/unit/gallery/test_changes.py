"""Renaming, merging, moving and removing; each can be taken back to exactly what there was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from face_match.errors import (
    AlreadyAddedError,
    NameTakenError,
    PersonNotFoundError,
    SampleNotFoundError,
)
from face_match.gallery import stores
from face_match.gallery.gallery import Gallery
from face_match.gallery.history import LENGTH
from face_match.types import Box, Crop, Landmarks, Person, Rejection, Sample, Vector

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


NAMES = ["Ada", "Grace", "Joan", "Mary"]


@settings(max_examples=12, stateful_step_count=30, deadline=None)
class GalleryMachine(RuleBasedStateMachine):
    """Changes in any order, taken back, done again, and the gallery opened anew, beside a plain model."""

    ids = Bundle("ids")

    @initialize(is_database=st.booleans(), folder=st.just(None))
    def begin(self, is_database: bool, folder: None) -> None:
        self.limit = stores.JSON_SAMPLES
        stores.JSON_SAMPLES = 0 if is_database else 10**6
        self.place = Path(self.folders.mktemp("machine"))  # type: ignore[attr-defined]
        self.gallery = Gallery.open(self.place, for_writing=True)
        self.model: Owners = {}
        self.past: list[Owners] = []
        self.future: list[Owners] = []
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "gallery"):
            self.gallery.close()
            stores.JSON_SAMPLES = self.limit

    def key(self, number: int) -> Rejection:
        return Rejection(f"{number:064x}", Box(10.0, 20.0, 30.0, 40.0))

    def changed(self, model: Owners) -> None:
        self.past.append(self.model)
        self.future.clear()
        self.model = {name: held for name, held in model.items() if held[0]}

    def owner(self, sample_id: str) -> str | None:
        return next((name for name, (ids, _) in self.model.items() if sample_id in ids), None)

    @rule(target=ids, name=st.sampled_from(NAMES))
    def add(self, name: str) -> str:
        self.number += 1
        pixels = np.full((8, 8, 3), self.number % 256, np.uint8)
        crop = Crop(pixels, Box(1.0, 1.0, 6.0, 6.0), Landmarks.of([[3.0, 3.0]] * 5))
        vector = np.random.default_rng(self.number).normal(size=16)
        vector = (vector / np.linalg.norm(vector)).astype(np.float32)
        _, sample, _ = self.gallery.add(name, crop, {"made-up": vector}, f"{self.number:064x}")
        ids, rejections = self.model.get(name, (set(), []))
        self.changed({**self.model, name: (ids | {sample.id}, rejections)})
        return sample.id

    def without(self, sample_ids: list[str]) -> Owners:
        return {name: (held - set(sample_ids), rejected) for name, (held, rejected) in self.model.items()}

    @rule(sample_ids=st.lists(ids, min_size=1, max_size=3), name=st.sampled_from(NAMES))
    def move(self, sample_ids: list[str], name: str) -> None:
        owners = set(map(self.owner, sample_ids))
        if None in owners:
            with pytest.raises(SampleNotFoundError):
                self.gallery.move(sample_ids, name)
            return
        self.gallery.move(sample_ids, name)
        if owners != {name}:
            model = self.without(sample_ids)
            held, rejections = model.get(name, (set(), []))
            self.changed({**model, name: (held | set(sample_ids), rejections)})

    @rule(sample_ids=st.lists(ids, min_size=1, max_size=3))
    def remove(self, sample_ids: list[str]) -> None:
        if None not in map(self.owner, sample_ids):
            self.gallery.remove(sample_ids)
            self.changed(self.without(sample_ids))

    @rule(name=st.sampled_from(NAMES), number=st.integers(0, 3))
    def reject(self, name: str, number: int) -> None:
        if name in self.model:
            self.gallery.reject(self.gallery.person(name), self.key(number))
            ids, rejections = self.model[name]
            self.changed({**self.model, name: (ids, [*rejections, self.key(number)])})

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def rename(self, name: str, other: str) -> None:
        if name not in self.model or name == other:
            return
        if other in self.model:
            with pytest.raises(NameTakenError):
                self.gallery.rename(self.gallery.person(name), other)
            return
        self.gallery.rename(self.gallery.person(name), other)
        self.changed({(other if key == name else key): held for key, held in self.model.items()})

    @rule(name=st.sampled_from(NAMES), into=st.sampled_from(NAMES))
    def merge(self, name: str, into: str) -> None:
        if name in self.model and into in self.model and name != into:
            self.gallery.merge([self.gallery.person(name)], self.gallery.person(into))
            (ids, rejections), (more, others) = self.model[into], self.model[name]
            model = {key: held for key, held in self.model.items() if key != name}
            self.changed({**model, into: (ids | more, [*rejections, *others])})

    @rule()
    def undo(self) -> None:
        assert (self.gallery.undo() is not None) == bool(self.past)
        if self.past:
            self.future.append(self.model)
            self.model = self.past.pop()

    @rule()
    def redo(self) -> None:
        assert (self.gallery.redo() is not None) == bool(self.future)
        if self.future:
            self.past.append(self.model)
            self.model = self.future.pop()

    @precondition(lambda self: self.number)
    @rule()
    def reopen(self) -> None:
        self.gallery.close()
        self.gallery = Gallery.open(self.place, for_writing=True)
        self.future.clear()

    @invariant()
    def is_as_the_model_says(self) -> None:
        if not hasattr(self, "gallery"):
            return
        found = owners(self.gallery)
        assert found.keys() == self.model.keys()
        for name, (ids, rejections) in self.model.items():
            assert found[name][0] == ids
            assert sorted(found[name][1], key=str) == sorted(rejections, key=str)
            assert self.gallery.person(name).sample_count == len(ids)
        assert self.gallery.sample_count == sum(len(ids) for ids, _ in self.model.values())
        assert len(self.gallery.history) == len(self.past)
        query = np.eye(16, dtype=np.float32)[0]
        matched = {match.person.name for match in self.gallery.nearest(query, "made-up", 9)}
        assert matched == self.model.keys()
        for person in self.gallery.people:
            for sample in self.gallery.samples_of(person):
                assert (self.place / sample.file).exists()


@pytest.fixture(autouse=True, scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    GalleryMachine.folders = tmp_path_factory  # type: ignore[attr-defined]


TestGallery = GalleryMachine.TestCase


def test_the_same_photo_is_refused_after_its_sample_was_moved_to_the_person(
    gallery: Gallery, ada_and_grace: dict[str, str], add: Add
) -> None:
    gallery.move([ada_and_grace["1"]], "Grace")
    with pytest.raises(AlreadyAddedError):
        add(gallery, "Grace", 1)
    assert add(gallery, "Ada", 1)[0].name == "Ada"
