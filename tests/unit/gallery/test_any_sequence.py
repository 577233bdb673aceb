"""Whatever is done to a gallery in whatever order, and wherever it is killed, it is as a plain model says."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from face_match.errors import FaceMatchError
from face_match.gallery import backups, encryption, stores, vault
from face_match.gallery.gallery import Gallery, NewFace, Outcome
from face_match.gallery.paths import CROPS_FOLDER, UNNAMED_FOLDER
from face_match.gallery.records import Table
from face_match.orientation import ON_THEIR_SIDE, turned
from face_match.types import (
    Box,
    Crop,
    Decision,
    FaceRecord,
    Landmarks,
    Photo,
    PhotoRecord,
    Source,
    Vector,
)
from tests.unit.gallery.plain_model import Key, State, Story

SEQUENCES, STEPS = 50, 30
NAMES = ["Ada", "Grace", "Joan"]
PASSPHRASE = "correct horse"
MODEL = "made-up"
PHOTOS = 4
PLACES = (Box(20.0, 30.0, 60.0, 60.0), Box(150.0, 100.0, 60.0, 70.0), Box(300.0, 200.0, 50.0, 60.0))
"""Of the faces of each photo, in an upright one of 400 × 300 pixels."""

KEYS = st.tuples(st.integers(0, PHOTOS - 1), st.integers(0, len(PLACES) - 1))
SOME_KEYS = st.lists(KEYS, min_size=1, max_size=3, unique=True)
SOME_NAMES = st.sampled_from(NAMES)
PATHS = st.integers(0, PHOTOS)
ORIENTATIONS = st.sampled_from([1, 6])
DEATHS = st.none() | st.none() | st.integers(1, 45)
"""At which call that changes the disk a step is killed, if it is."""


def digest_of(photo: int) -> str:
    return f"{photo + 1:064x}"


def size_of(orientation: int) -> tuple[int, int]:
    return (300, 400) if orientation in ON_THEIR_SIDE else (400, 300)


def photo_of(number: int, orientation: int) -> Photo:
    """As it is read from a file whose orientation may have been changed."""
    width, height = size_of(orientation)
    pixels = np.zeros((height // 10, width // 10, 3), np.uint8)
    return Photo(
        pixels,
        width,
        height,
        f"{number}.jpg",
        digest_of(number),
        lambda: pixels,
        orientation,
        hash_file=lambda: f"{number + 1:062x}{orientation:02x}",
    )


def place_of(number: int, orientation: int) -> Box:
    return turned(PLACES[number], *size_of(orientation), 1, orientation)


def vector_of(key: Key) -> Vector:
    vector = np.random.default_rng(key).normal(size=16)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def pixels_of(key: Key) -> Any:
    return np.full((8, 8, 3), 10 * key[0] + key[1], np.uint8)


def new_face(key: Key, orientation: int) -> NewFace:
    landmarks = Landmarks.of([[3.0, float(n)] for n in range(5)])
    crop = Crop(pixels_of(key), Box(1.0, 1.0, 6.0, 6.0), landmarks)
    return NewFace(crop, {MODEL: vector_of(key)}, place_of(key[1], orientation), 0.9)


class Shown:
    """A gallery in the words of the model."""

    def __init__(self, gallery: Gallery, folder: Path) -> None:
        self.gallery = gallery
        self._photos = {photo.id: (int(photo.digest, 16) - 1, photo) for photo in gallery.photos()}
        assert len({number for number, _ in self._photos.values()}) == len(self._photos)
        self._folder = folder
        self.faces: dict[Key, FaceRecord] = {}
        in_each = gallery.faces_in_each([photo for _, photo in self._photos.values()])
        for photo_id, faces in in_each.items():
            for face in faces:
                key = self._key(*self._photos[photo_id], face)
                assert key not in self.faces, "one face has two records"
                self.faces[key] = face
        self.keys = {face.id: key for key, face in self.faces.items()}

    @staticmethod
    def _key(photo: int, record: PhotoRecord, face: FaceRecord) -> Key:
        found = [
            number
            for number in range(len(PLACES))
            if face.place is not None and place_of(number, record.orientation).overlap(face.place) > 0.99
        ]
        assert len(found) == 1
        return photo, found[0]

    def people(self) -> dict[str, object]:
        return {
            person.folder: (
                person.name,
                person.face_count,
                None if not person.cover else self.keys[person.cover],
            )
            for person in self.gallery.people
        }

    def all(self) -> dict[str, object]:
        """What is compared with the model."""
        rank = {one: n for n, one in enumerate(sorted({f.cluster for f in self.faces.values()} - {None}))}
        return {
            "photos": {n: (Path(p.path).name, p.orientation, p.scans) for n, p in self._photos.values()},
            "faces": {
                key: (
                    *(face.person, face.is_ignored, face.is_scanned, bool(face.file)),
                    tuple((r.folder, r.name) for r in face.rejections),
                    {self.keys[one] for one in face.apart},
                )
                for key, face in self.faces.items()
            },
            "clusters": {frozenset(k for k, f in self.faces.items() if f.cluster == one) for one in rank},
            "people": self.people(),
            "conflicts": {(self.keys[c.face], c.name) for c in self.gallery.conflicts()},
            "history": (len(self.gallery.history), len(self.gallery.undone)),
        }


def told(story: Story) -> dict[str, object]:
    """The same of the model."""
    state = story.state()
    counts = [face.person for face in state.faces.values()]
    clusters = {face.cluster for face in state.faces.values()} - {None}
    return {
        "photos": {
            number: ("" if photo.path is None else str(photo.path), photo.orientation, photo.scans)
            for number, photo in state.photos.items()
        },
        "faces": {
            key: (
                *(face.person, face.is_ignored, face.is_scanned, face.has_crop),
                *(face.rejections, set(face.apart)),
            )
            for key, face in state.faces.items()
        },
        "clusters": {frozenset(k for k, f in state.faces.items() if f.cluster == one) for one in clusters},
        "people": {
            folder: (person.name, counts.count(folder), person.cover)
            for folder, person in state.people.items()
        },
        "conflicts": {*state.open_conflicts()},
        "history": (len(story.steps(undone=False)), len(story.steps(undone=True))),
    }


Do = Callable[[Gallery], object]


@settings(
    max_examples=SEQUENCES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
class GalleryMachine(RuleBasedStateMachine):
    """A gallery beside the story of all that was done to it."""

    folders: pytest.TempPathFactory
    forked: Callable[..., Any]
    killing: Callable[[int], Any]

    @initialize(limit=st.sampled_from([0, 4, 10**6]), is_encrypted=st.booleans())
    def begin(self, limit: int, is_encrypted: bool) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(stores, "JSON_FACES", limit)
        self.patch.setattr(vault, "SCRYPT_N", 2**4)
        self.place = Path(self.folders.mktemp("machine"))
        self.story = Story()
        self.number = 0
        self.open()
        self.scan(0, 3, 0, 1, "mtcnn", None)
        self.name_some([(0, 0)], "Ada", False, [], None)
        if is_encrypted:
            self.keep_otherwise("encrypted", None)

    def teardown(self) -> None:
        if hasattr(self, "gallery"):
            self.gallery.close()
            self.patch.undo()

    # How something is done, or cut off

    def open(self) -> None:
        self.gallery = Gallery.open(self.place, for_writing=True, passphrase=PASSPHRASE)

    def shown(self) -> Shown:
        return Shown(self.gallery, self.place)

    def go(self, do: Do, stories: Sequence[Story], dies_at: int | None) -> None:
        """Do something that comes to the last of some stories; killed, it may have come to each of them."""
        if dies_at is None:
            do(self.gallery)
            self.story = stories[-1]
            return
        has_reported = self.dies(do, dies_at)
        is_now = self.shown().all()
        allowed = stories[-1:] if has_reported else [self.story, *stories]
        found = [story for story in allowed if told(story) == is_now]
        assert found, "it is neither as it was nor as it was to be"
        self.story = found[-1]

    def dies(self, do: Do, at: int) -> bool:
        """Do something in a fork that may be killed; whether it reported. The gallery is opened anew."""
        self.gallery.close()

        def attempt(report: Callable[[], None]) -> None:
            gallery = Gallery.open(self.place, for_writing=True, passphrase=PASSPHRASE)
            with type(self).killing(at):
                do(gallery)
                report()

        end = type(self).forked(attempt)
        self.open()
        return bool(end.had_reported)

    def step(
        self,
        do: Do,
        model: Callable[[State], object],
        dies_at: int | None,
        *met: Callable[[State], object],
    ) -> None:
        """Do something that is a step, if it changes anything, or cannot be done.

        Args:
            met: what else comes of it, and is no step.
        """
        try:
            story = self.after(model, self.next_step())
        except FaceMatchError as exc:
            with pytest.raises(type(exc)):
                do(self.gallery)
            return
        for one in met:
            story = story.after(one)
        self.go(do, [story], dies_at)

    def after(self, model: Callable[[State], object], step: int) -> Story:
        story = self.story.after(model, step)
        changed = story.state()
        return story if changed != self.story.state() else self.story

    def next_step(self) -> int:
        self.number += 10
        return self.number

    # Photos

    @rule(
        photo=st.integers(0, PHOTOS - 1),
        count=st.integers(0, len(PLACES)),
        path=PATHS,
        orientation=ORIENTATIONS,
        scan=st.sampled_from(["mtcnn", "yunet"]),
        dies_at=DEATHS,
    )
    def scan(
        self, photo: int, count: int, path: int, orientation: int, scan: str, dies_at: int | None
    ) -> None:
        faces = [new_face((photo, number), orientation) for number in range(count)]
        known = self.story.state()
        is_new = photo not in known.photos or any(
            (photo, n) not in known.faces or not known.faces[photo, n].has_crop for n in range(count)
        )
        story = self.story.without_undone() if is_new else self.story
        story = story.after(lambda state: state.scan(photo, count, scan))
        story = story.after(lambda state: state.seen_at(photo, path, orientation))
        place = Path("/photos", str(path))
        self.go(
            lambda g: g.see(photo_of(photo, orientation), place, scan=scan, faces=faces), [story], dies_at
        )

    @rule(
        key=KEYS,
        name=SOME_NAMES,
        path=PATHS,
        orientation=ORIENTATIONS,
        replaces=st.booleans(),
        dies_at=DEATHS,
    )
    def add(
        self, key: Key, name: str, path: int, orientation: int, replaces: bool, dies_at: int | None
    ) -> None:
        photo, place = photo_of(key[0], orientation), Path("/photos", str(path))
        self.step(
            lambda g: g.add(name, new_face(key, orientation), photo, place, replaces=replaces),
            lambda state: state.add(name, key, replaces=replaces),
            dies_at,
            lambda state: state.seen_at(key[0], path, orientation),
        )

    @rule(key=KEYS, name=SOME_NAMES, path=PATHS, orientation=ORIENTATIONS, dies_at=DEATHS)
    def reject_in(self, key: Key, name: str, path: int, orientation: int, dies_at: int | None) -> None:
        state = self.story.state()
        folder = state.folder_of(name)
        if folder is None or (key in state.faces and state.faces[key].person == folder):
            return
        photo, place = photo_of(key[0], orientation), Path("/photos", str(path))
        self.step(
            lambda g: g.reject_in(photo, place, place_of(key[1], orientation), g.person(name)),
            lambda state: state.reject_in(key, folder),
            dies_at,
            lambda state: state.seen_at(key[0], path, orientation),
        )

    @rule(
        names=st.lists(st.tuples(KEYS, SOME_NAMES), min_size=1, max_size=4),
        source=st.sampled_from(Source),
        path=PATHS,
        undoes_at=st.none() | st.integers(1, 3),
        dies_at=DEATHS,
    )
    def import_names(
        self,
        names: list[tuple[Key, str]],
        source: Source,
        path: int,
        undoes_at: int | None,
        dies_at: int | None,
    ) -> None:
        """One step; what a person has said otherwise is a conflict. It may be undone while it goes on."""
        step, story, stories, outcomes = self.next_step(), self.story, [], []
        for number, (key, name) in enumerate(names):
            if number == undoes_at and story.steps(undone=False):
                story = story.undo()
                stories.append(story)
            outcome = story.state().judged(name, key)
            outcomes.append(outcome)
            before = story.state()
            if outcome is Outcome.ADDED:
                story = story.after(lambda state, key=key, name=name: state.import_name(name, key), step)
            elif outcome is Outcome.CONFLICT:
                noted = story.after(lambda state, key=key, name=name: state.note(key, name))
                story = noted if noted.state() != before else story
            orientation = before.photos[key[0]].orientation if key[0] in before.photos else 1
            story = story.after(
                lambda state, key=key, orientation=orientation: state.seen_at(key[0], path, orientation)
            )
            stories.append(story)

        def do(gallery: Gallery) -> None:
            begun = gallery.begin_step("imported names")
            found, added = [], 0
            for number, (key, name) in enumerate(names):
                if number == undoes_at:
                    gallery.undo()
                record = gallery.photo_with(digest_of(key[0]), "")
                orientation = 1 if record is None else record.orientation
                photo, face = photo_of(key[0], orientation), new_face(key, orientation)
                would = gallery.would_import(name, face.place, photo)
                place = Path("/photos", str(path))
                found.append(
                    gallery.import_name(name, face, photo, place, source=source, step=begun, added=added)
                )
                assert found[-1] is would
                added += found[-1] is Outcome.ADDED
            assert found == outcomes

        self.go(do, stories, dies_at)

    # Names

    @rule(
        keys=SOME_KEYS,
        name=SOME_NAMES,
        twice=st.booleans(),
        not_them=st.lists(KEYS, max_size=2, unique=True),
        dies_at=DEATHS,
    )
    def name_some(
        self, keys: list[Key], name: str, twice: bool, not_them: list[Key], dies_at: int | None
    ) -> None:
        state = self.story.state()
        keys = [key for key in keys if key in state.unnamed()]
        others = [key for key in not_them if key in state.unnamed() and key not in keys]
        if keys:
            self.step(
                lambda g: g.name(self.ids(g, keys), name, twice_in_photo=twice, not_them=self.ids(g, others)),
                lambda state: state.name(keys, name, twice=twice, not_them=others),
                dies_at,
            )

    @rule(keys=SOME_KEYS, name=SOME_NAMES, dies_at=DEATHS)
    def move(self, keys: list[Key], name: str, dies_at: int | None) -> None:
        keys = [key for key in keys if key in self.story.state().named()]
        if keys:
            self.step(
                lambda g: g.move(self.ids(g, keys), name), lambda state: state.move(keys, name), dies_at
            )

    @rule(keys=SOME_KEYS, is_ignored=st.booleans(), dies_at=DEATHS)
    def remove(self, keys: list[Key], is_ignored: bool, dies_at: int | None) -> None:
        keys = [key for key in keys if key in self.story.state().named()]
        if keys:
            self.step(
                lambda g: g.remove(self.ids(g, keys), is_ignored=is_ignored),
                lambda state: state.remove(keys, is_ignored=is_ignored),
                dies_at,
            )

    @rule(keys=SOME_KEYS, name=SOME_NAMES, dies_at=DEATHS)
    def reject(self, keys: list[Key], name: str, dies_at: int | None) -> None:
        folder = self.story.state().folder_of(name)
        keys = [key for key in keys if key in self.story.state().unnamed()]
        if keys and folder is not None:
            self.step(
                lambda g: g.reject(g.person(name), self.ids(g, keys)),
                lambda state: state.reject(keys, folder),
                dies_at,
            )

    @rule(name=SOME_NAMES, other=SOME_NAMES, dies_at=DEATHS)
    def rename(self, name: str, other: str, dies_at: int | None) -> None:
        folder = self.story.state().folder_of(name)
        if folder is not None:
            self.step(
                lambda g: g.rename(g.person(name), other), lambda state: state.rename(folder, other), dies_at
            )

    @rule(names=st.lists(SOME_NAMES, min_size=1, unique=True), into=SOME_NAMES, dies_at=DEATHS)
    def merge(self, names: list[str], into: str, dies_at: int | None) -> None:
        state = self.story.state()
        folders = [folder for name in names if name != into and (folder := state.folder_of(name)) is not None]
        target = state.folder_of(into)
        if folders and target is not None:
            self.step(
                lambda g: g.merge([g.person_in(folder) for folder in folders], g.person_in(target)),
                lambda state: state.merge(folders, target),
                dies_at,
            )

    @rule(key=KEYS, dies_at=DEATHS)
    def set_cover(self, key: Key, dies_at: int | None) -> None:
        if key in self.story.state().named():
            self.step(lambda g: g.set_cover(*self.ids(g, [key])), lambda state: state.set_cover(key), dies_at)

    # Unnamed faces

    @rule(keys=SOME_KEYS, what=st.sampled_from(["ignore", "show", "together", "apart"]), dies_at=DEATHS)
    def sort_unnamed(self, keys: list[Key], what: str, dies_at: int | None) -> None:
        unnamed = self.story.state().unnamed()
        keys = [key for key in keys if key in unnamed]
        if not keys:
            return
        rest, number = [key for key in unnamed if key not in keys][:2], self.next_step()
        do, model = {
            "ignore": (lambda g: g.ignore(self.ids(g, keys)), lambda s: s.ignore(keys, is_ignored=True)),
            "show": (
                lambda g: g.ignore(self.ids(g, keys), is_ignored=False),
                lambda s: s.ignore(keys, is_ignored=False),
            ),
            "together": (
                lambda g: g.put_together(self.ids(g, keys)),
                lambda s: s.put_together(keys, number),
            ),
            "apart": (
                lambda g: g.set_apart(self.ids(g, keys), self.ids(g, rest)),
                lambda s: s.set_apart(keys, rest, number),
            ),
        }[what]
        self.step(do, model, dies_at)

    # Conflicts

    @precondition(lambda self: self.story.state().open_conflicts())
    @rule(data=st.data(), decision=st.sampled_from([Decision.MINE, Decision.THEIRS]), dies_at=DEATHS)
    def decide(self, data: st.DataObject, decision: Decision, dies_at: int | None) -> None:
        conflicts = data.draw(st.permutations(self.story.state().open_conflicts()))
        conflicts = conflicts[: data.draw(st.integers(1, 3))]

        def do(gallery: Gallery) -> None:
            keys = Shown(gallery, self.place).keys
            ids = {(keys[conflict.face], conflict.name): conflict.id for conflict in gallery.conflicts()}
            assert gallery.decide([ids[conflict] for conflict in conflicts], decision) == len(conflicts)

        self.step(do, lambda state: state.decide(conflicts, decision.value), dies_at)

    # Undo and redo

    @rule(dies_at=DEATHS)
    def undo(self, dies_at: int | None) -> None:
        has_any = bool(self.story.steps(undone=False))
        self.go(lambda g: self.is_given(g.undo(), has_any), [self.story.undo()], dies_at)

    @rule(dies_at=DEATHS)
    def redo(self, dies_at: int | None) -> None:
        has_any = bool(self.story.steps(undone=True))
        self.go(lambda g: self.is_given(g.redo(), has_any), [self.story.redo()], dies_at)

    @rule(count=st.integers(2, 40), dies_at=DEATHS)
    def undo_many_and_redo_them(self, count: int, dies_at: int | None) -> None:
        """Mostly to the beginning; each is as it was, and as it was to be again."""
        stories = [self.story]
        for turn in (Story.undo, Story.redo):
            more = len(stories[-1].steps(undone=turn is Story.redo))
            for _ in range(min(count, more)):
                stories.append(turn(stories[-1]))

        def do(gallery: Gallery) -> None:
            before = self.story
            for after in stories[1:]:
                is_undo = len(after.steps(undone=True)) > len(before.steps(undone=True))
                assert (gallery.undo() if is_undo else gallery.redo()) is not None
                assert Shown(gallery, self.place).all() == told(after)
                before = after

        self.go(do, stories, dies_at)

    @staticmethod
    def is_given(step: object, has_any: bool) -> None:
        assert (step is not None) == has_any

    @staticmethod
    def ids(gallery: Gallery, keys: Sequence[Key]) -> list[str]:
        faces = Shown(gallery, gallery.folder).faces
        return [faces[key].id for key in keys]

    # What holds the records

    @rule()
    def reopen(self) -> None:
        self.gallery.close()
        self.open()

    @rule()
    def back_up(self) -> None:
        backup = self.gallery.back_up()
        assert backup is None or backup.exists()

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

        def attempt(report: Callable[[], None]) -> None:
            with type(self).killing(dies_at or 0):
                work()
                report()

        self.gallery.close()
        if dies_at is None:
            work()
        else:
            type(self).forked(attempt)
        self.open()
        if what in ("database", "file") and dies_at is None:
            assert self.gallery.records.suffix == {"database": ".sqlite", "file": ".json"}[what]

    # What always holds

    @invariant()
    def is_as_the_model_says(self) -> None:
        if not hasattr(self, "gallery"):
            return
        state, shown = self.story.state(), self.shown()
        assert shown.all() == told(self.story)
        assert self.gallery.face_count == len(state.named())
        unnamed = {shown.keys[face.id]: face for face in self.gallery.unnamed()}
        ignored = {key for key, face in state.faces.items() if face.person is None and face.is_ignored}
        assert unnamed.keys() == {*state.unnamed()} - ignored
        assert {shown.keys[face.id] for face in self.gallery.ignored()} == ignored
        assert all(face.place == shown.faces[key].place for key, face in unnamed.items())
        for key, face in shown.faces.items():
            assert not face.file or face.vectors[MODEL].tobytes() == vector_of(key).tobytes()
            assert face.person not in {rejection.folder for rejection in face.rejections}

    @invariant()
    def has_each_crop_where_it_belongs_and_no_other(self) -> None:
        if not hasattr(self, "gallery"):
            return
        used = set()
        for key, face in self.shown().faces.items():
            if face.file:
                used.add(face.file)
                np.testing.assert_array_equal(self.gallery.pixels_of(face), pixels_of(key))
                is_in_folder_of_unnamed = face.file.startswith(f"{CROPS_FOLDER}/{UNNAMED_FOLDER}/")
                assert is_in_folder_of_unnamed == (face.person is None)
        for step, edits in stores.history_of(self.gallery._store):
            if step.is_undone:
                faces = [edit for edit in edits if edit.table is Table.FACES]
                used |= {edit.value("file", at) for edit in faces for at in (0, 1)} - {None, ""}
        assert {*self.gallery.crops.files()} <= used, "a crop that nothing refers to"
        assert not [*self.place.glob("*.pending")]

    @invariant()
    def finds_the_nearest_people_as_comparing_with_all_does(self) -> None:
        if not hasattr(self, "gallery"):
            return
        state = self.story.state()
        asked = (9, 9)
        best: dict[str, float] = {}
        for key in state.named():
            similarity = float(vector_of(key) @ vector_of(asked))
            folder = state.faces[key].person or ""
            best[folder] = max(similarity, best.get(folder, -1.0))
        rejecting = [key for key, face in state.faces.items() if face.rejections][:1]
        for of in (None, *rejecting):
            left = {folder for folder, _ in state.faces[of].rejections} if of is not None else set()
            face = None if of is None else self.shown().faces[of]
            found = self.gallery.nearest(vector_of(asked), MODEL, 9, face)
            expected = sorted(best.items(), key=lambda one: -one[1])
            assert [(m.person.folder, pytest.approx(m.similarity)) for m in found] == [
                one for one in expected if one[0] not in left
            ]


@pytest.fixture(autouse=True, scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, forked: Any, killing: Any) -> Iterator[None]:
    GalleryMachine.folders = tmp_path_factory
    GalleryMachine.forked = staticmethod(forked)
    GalleryMachine.killing = staticmethod(killing)
    with contextlib.ExitStack() as stack:
        yield stack


TestGallery = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")(GalleryMachine.TestCase)
"""Galleries in real folders, of made-up faces: the keeping is under test here, not the recognising."""
