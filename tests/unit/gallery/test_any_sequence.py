"""Whatever is done to a gallery in whatever order, and wherever it is killed, it is as a plain model says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from face_match.errors import NameTakenError, SampleNotFoundError
from face_match.gallery import backups, encryption, stores, vault
from face_match.gallery.gallery import Gallery
from face_match.types import Box, Crop, Landmarks, Rejection, Vector

SEQUENCES, STEPS = 50, 30
NAMES = ["Ada", "Grace", "Joan", "Mary"]
PASSPHRASE = "correct horse"
DEATHS = st.none() | st.integers(1, 35)
"""At which call that changes the disk a step is killed, if it is."""

Owners = dict[str, tuple[set[str], list[Rejection]]]
"""Sample ids and rejections of each person, by name."""


def owners(gallery: Gallery) -> Owners:
    """Rejections in an order of their own: taking a merge back does not give them theirs."""
    return {
        person.name: (
            {sample.id for sample in gallery.samples_of(person)},
            sorted(gallery.rejections_of(person), key=str),
        )
        for person in gallery.people
    }


def face_vector(number: int) -> Vector:
    vector = np.random.default_rng(number).normal(size=16)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def face_pixels(number: int) -> Any:
    return np.full((8, 8, 3), number % 256, np.uint8)


def face_key(number: int) -> Rejection:
    return Rejection(f"{number:064x}", Box(10.0, 20.0, 30.0, 40.0))


@settings(
    max_examples=SEQUENCES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
class GalleryMachine(RuleBasedStateMachine):
    """A gallery beside a plain model of it, and the models before each change that can be taken back."""

    folders: pytest.TempPathFactory
    forked: Callable[..., Any]
    killing: Callable[[int], Any]

    ids = Bundle("ids")

    @initialize(target=ids, limit=st.sampled_from([0, 4, 10**6]))
    def begin(self, limit: int) -> Any:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(stores, "JSON_SAMPLES", limit)
        self.patch.setattr(vault, "SCRYPT_N", 2**4)
        self.place = Path(self.folders.mktemp("machine"))
        self.model: Owners = {}
        self.past: list[Owners] = []
        self.future: list[Owners] = []
        self.faces: dict[str, int] = {}
        self.number = 0
        self.open()
        return multiple(*(self.add_face(name, None) for name in ("Ada", "Ada", "Grace")))

    def open(self) -> None:
        self.gallery = Gallery.open(self.place, for_writing=True, passphrase=PASSPHRASE)
        self.future.clear()

    def teardown(self) -> None:
        if hasattr(self, "gallery"):
            self.gallery.close()
            self.patch.undo()

    def dies(self, work: Callable[[], object], at: int) -> bool:
        """Whether some work, in a fork, was killed before it reported; the gallery is opened anew."""
        self.gallery.close()

        def attempt(report: Callable[[], None]) -> None:
            with type(self).killing(at):
                work()
                report()

        end = type(self).forked(attempt)
        self.open()
        return not end.had_reported

    def opened_and(self, do: Callable[[Gallery], object]) -> Callable[[], object]:
        def work() -> None:
            gallery = Gallery.open(self.place, for_writing=True, passphrase=PASSPHRASE)
            do(gallery)

        return work

    def is_now(self, model: Owners) -> bool:
        return owners(self.gallery) == {name: (set(i), sorted(r, key=str)) for name, (i, r) in model.items()}

    def change(self, do: Callable[[Gallery], object], model: Owners, dies_at: int | None = None) -> None:
        """Make a change, of which the model is what there is then; killed, it may not have been made."""
        model = {name: held for name, held in model.items() if held[0]}
        if dies_at is None:
            do(self.gallery)
        elif self.dies(self.opened_and(do), dies_at) and len(self.gallery.history) == len(self.past):
            return
        self.past.append(self.model)
        self.future.clear()
        self.model = model

    def owner(self, sample_id: str) -> str | None:
        return next((name for name, (held, _) in self.model.items() if sample_id in held), None)

    def without(self, sample_ids: list[str]) -> Owners:
        return {name: (held - set(sample_ids), rejected) for name, (held, rejected) in self.model.items()}

    @rule(target=ids, name=st.sampled_from(NAMES), dies_at=DEATHS)
    def add(self, name: str, dies_at: int | None) -> Any:
        added = self.add_face(name, dies_at)
        return multiple() if added is None else added

    def add_face(self, name: str, dies_at: int | None) -> str | None:
        """Somebody's next sample, which has a face of its own; its id, if it was added."""
        self.number += 1
        number = self.number
        crop = Crop(
            face_pixels(number), Box(1.0, 1.0, 6.0, 6.0), Landmarks.of([[3.0, float(n)] for n in range(5)])
        )
        vectors = {"made-up": face_vector(number)}

        def do(gallery: Gallery) -> None:
            gallery.add(name, crop, vectors, f"{number:064x}")

        done = len(self.past)
        held, rejections = self.model.get(name, (set(), []))
        self.change(do, {**self.model, name: ({*held, "the new one"}, rejections)}, dies_at)
        if len(self.past) == done:
            return None
        (added,) = {sample.id for _, sample in self.gallery.samples_in(f"{number:064x}")}
        self.model = {**self.model, name: (held | {added}, rejections)}
        self.faces[added] = number
        return added

    @rule(
        sample_ids=st.lists(ids, min_size=1, max_size=3, unique=True),
        name=st.sampled_from(NAMES),
        dies_at=DEATHS,
    )
    def move(self, sample_ids: list[str], name: str, dies_at: int | None) -> None:
        losers = set(map(self.owner, sample_ids))
        if None in losers:
            with pytest.raises(SampleNotFoundError):
                self.gallery.move(sample_ids, name)
        elif losers != {name}:
            model = self.without(sample_ids)
            held, rejections = model.get(name, (set(), []))
            model = {**model, name: (held | set(sample_ids), rejections)}
            self.change(lambda gallery: gallery.move(sample_ids, name), model, dies_at)

    @rule(sample_ids=st.lists(ids, min_size=1, max_size=3, unique=True), dies_at=DEATHS)
    def remove(self, sample_ids: list[str], dies_at: int | None) -> None:
        if None not in map(self.owner, sample_ids):
            self.change(lambda gallery: gallery.remove(sample_ids), self.without(sample_ids), dies_at)

    @rule(sample_id=ids, dies_at=DEATHS)
    def set_cover(self, sample_id: str, dies_at: int | None) -> None:
        owner = self.owner(sample_id)
        if owner is not None and self.gallery.person(owner).cover != sample_id:
            self.change(lambda gallery: gallery.set_cover(sample_id), self.model, dies_at)

    @rule(name=st.sampled_from(NAMES), number=st.integers(0, 3), dies_at=DEATHS)
    def reject(self, name: str, number: int, dies_at: int | None) -> None:
        if name in self.model:
            held, rejections = self.model[name]
            self.change(
                lambda gallery: gallery.reject(gallery.person(name), face_key(number)),
                {**self.model, name: (held, [*rejections, face_key(number)])},
                dies_at,
            )

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES), dies_at=DEATHS)
    def rename(self, name: str, other: str, dies_at: int | None) -> None:
        if name not in self.model or name == other:
            return
        if other in self.model:
            with pytest.raises(NameTakenError):
                self.gallery.rename(self.gallery.person(name), other)
            return
        self.change(
            lambda gallery: gallery.rename(gallery.person(name), other),
            {(other if key == name else key): held for key, held in self.model.items()},
            dies_at,
        )

    @rule(
        names=st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
        into=st.sampled_from(NAMES),
        dies_at=DEATHS,
    )
    def merge(self, names: list[str], into: str, dies_at: int | None) -> None:
        names = [name for name in names if name in self.model and name != into]
        if not names or into not in self.model:
            return
        held, rejections = self.model[into]
        for name in names:
            more, others = self.model[name]
            held, rejections = held | more, [*rejections, *others]
        model = {key: kept for key, kept in self.model.items() if key not in names}
        self.change(
            lambda gallery: gallery.merge([gallery.person(name) for name in names], gallery.person(into)),
            {**model, into: (held, rejections)},
            dies_at,
        )

    @rule(dies_at=DEATHS)
    def undo(self, dies_at: int | None) -> None:
        if dies_at is not None and self.past:
            if self.dies(self.opened_and(Gallery.undo), dies_at) and len(self.gallery.history) == len(
                self.past
            ):
                return
            self.model = self.past.pop()
            return
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

    @rule()
    def reopen(self) -> None:
        self.gallery.close()
        self.open()

    @precondition(lambda self: self.model)
    @rule()
    def back_up(self) -> None:
        assert self.gallery.back_up().exists()

    @precondition(lambda self: self.model)
    @rule(what=st.sampled_from(["database", "file", "encrypted", "decrypted"]), dies_at=DEATHS)
    def keep_otherwise(self, what: str, dies_at: int | None) -> None:
        """The same records in the other kind of file, or sealed, or not."""

        def work() -> None:
            if what in ("database", "file"):
                backups.move_records(self.place, to_database=what == "database", passphrase=PASSPHRASE)
            elif what == "encrypted":
                encryption.encrypt(self.place, PASSPHRASE)
            else:
                encryption.decrypt(self.place, PASSPHRASE)

        if dies_at is not None:
            self.dies(work, dies_at)
            return
        self.gallery.close()
        work()
        self.open()
        if what in ("database", "file"):
            assert self.gallery.records.suffix == {"database": ".sqlite", "file": ".json"}[what]

    @invariant()
    def is_as_the_model_says(self) -> None:
        if not hasattr(self, "gallery"):
            return
        assert self.is_now(self.model)
        for name, (held, _) in self.model.items():
            assert self.gallery.person(name).sample_count == len(held)
            assert self.gallery.person(name).cover in {None, *held}
        assert self.gallery.sample_count == sum(len(held) for held, _ in self.model.values())
        assert len(self.gallery.history) == len(self.past)
        matched = self.gallery.nearest(face_vector(0), "made-up", 9)
        assert {match.person.name for match in matched} == self.model.keys()
        for person in self.gallery.people:
            for sample in self.gallery.samples_of(person):
                number = self.faces[sample.id]
                assert sample.vectors["made-up"].tobytes() == face_vector(number).tobytes()
                np.testing.assert_array_equal(self.gallery.pixels_of(sample), face_pixels(number))


@pytest.fixture(autouse=True, scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, forked: Any, killing: Any) -> Iterator[None]:
    GalleryMachine.folders = tmp_path_factory
    GalleryMachine.forked = staticmethod(forked)
    GalleryMachine.killing = staticmethod(killing)
    yield


TestGallery = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")(GalleryMachine.TestCase)
