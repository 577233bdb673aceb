"""Any sequence of actions, killed at any point, leaves a gallery as a reference model predicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from face_match.core.gallery_place import GalleryPlace
from face_match.core.records import Decision, Source
from face_match.gallery.gallery import Gallery, ImportOutcome
from face_match.gallery.records.paths import CROPS_FOLDER, UNNAMED_FOLDER
from face_match.gallery.records.rows import Table
from face_match.gallery.security import encryption
from face_match.gallery.storage import active_store, vault
from face_match.gallery.storage_change import move_records
from tests.extent import examples
from tests.unit.gallery.interruptible_machine import PASSPHRASE, InterruptibleMachine
from tests.unit.gallery.reference_model import Key, ModelHistory
from tests.unit.gallery.strategies import (
    DEATHS,
    KEPT,
    KEYS,
    PATHS,
    SOME_BIRTHS,
    SOME_KEYS,
    SOME_NAMES,
    WHERE,
)
from tests.unit.gallery.synthetic_photos import (
    MODEL,
    PHOTOS,
    PLACES,
    GalleryFacts,
    digest_of,
    embedding_of,
    model_facts,
    most_alike,
    new_face,
    photo_of,
    pixels_of,
    place_of,
)

MOST_MOVES = 2
"""In one sequence: a move takes as long as many actions."""


@settings(
    max_examples=examples(50),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
class GalleryMachine(InterruptibleMachine):
    """Random actions on a gallery, checked against the reference model."""

    moves = 0

    @initialize(limit=st.sampled_from([0, 4, 10**6]), is_encrypted=st.booleans())
    def begin(self, limit: int, is_encrypted: bool) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(active_store, "MAX_JSON_FACES", limit)
        self.patch.setattr(vault, "SCRYPT_N", 2**4)
        self.place = Path(self.folders.mktemp("machine"))
        self.history = ModelHistory()
        self.number = 0
        self.open()
        self.scan(0, 3, (0, 1), "mtcnn", None)
        self.name_some([(0, 0)], "Ada", False, [], None)
        if is_encrypted:
            self.keep_otherwise("encrypted", None)

    def teardown(self) -> None:
        if hasattr(self, "gallery"):
            self.gallery.close()
            self.patch.undo()

    # Photos

    @rule(
        photo=st.integers(0, PHOTOS - 1),
        count=st.integers(0, len(PLACES)),
        where=WHERE,
        scan=st.sampled_from(["mtcnn", "yunet"]),
        dies_at=DEATHS,
    )
    def scan(self, photo: int, count: int, where: tuple[int, int], scan: str, dies_at: int | None) -> None:
        path, orientation = where
        faces = [new_face((photo, number), orientation) for number in range(count)]
        known = self.history.state()
        is_new = photo not in known.photos or any(
            (photo, n) not in known.faces or not known.faces[photo, n].has_crop for n in range(count)
        )
        history = self.history.without_undone() if is_new else self.history
        history = history.after(lambda state: state.scan(photo, count, scan))
        history = history.after(lambda state: state.seen_at(photo, path, orientation))
        place = Path("/photos", str(path))
        self.go(
            lambda g: g.record_photo(photo_of(photo, orientation), place, scan=scan, faces=faces),
            [history],
            dies_at,
        )

    @rule(key=KEYS, name=SOME_NAMES, where=WHERE, replaces=st.booleans(), dies_at=DEATHS)
    def add(self, key: Key, name: str, where: tuple[int, int], replaces: bool, dies_at: int | None) -> None:
        path, orientation = where
        photo, place = photo_of(key[0], orientation), Path("/photos", str(path))
        self.step(
            lambda g: g.add(name, new_face(key, orientation), photo, place, replaces=replaces),
            lambda state: state.add(name, key, replaces=replaces),
            dies_at,
            lambda state: state.seen_at(key[0], path, orientation),
        )

    @rule(key=KEYS, name=SOME_NAMES, where=WHERE, dies_at=DEATHS)
    def reject_at(self, key: Key, name: str, where: tuple[int, int], dies_at: int | None) -> None:
        path, orientation = where
        state = self.history.state()
        folder = state.folder_of(name)
        if folder is None or (key in state.faces and state.faces[key].person == folder):
            return
        photo, place = photo_of(key[0], orientation), Path("/photos", str(path))
        self.step(
            lambda g: g.reject_at(photo, place, place_of(key[1], orientation), g.person(name)),
            lambda state: state.reject_at(key, folder),
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
        step, history, histories, outcomes = self.next_step(), self.history, [], []
        for number, (key, name) in enumerate(names):
            if number == undoes_at and history.steps(undone=False):
                history = history.undo()
                histories.append(history)
            outcome = history.state().predict_import(name, key)
            outcomes.append(outcome)
            before = history.state()
            if outcome is ImportOutcome.ADDED:
                history = history.after(lambda state, key=key, name=name: state.import_name(name, key), step)
            elif outcome is ImportOutcome.CONFLICT:
                noted = history.after(lambda state, key=key, name=name: state.note(key, name, source, path))
                history = noted if noted.state() != before else history
            orientation = before.photos[key[0]].orientation if key[0] in before.photos else 1
            history = history.after(
                lambda state, key=key, orientation=orientation: state.seen_at(key[0], path, orientation)
            )
            histories.append(history)

        def do(gallery: Gallery) -> None:
            begun = gallery.begin_step("imported names")
            found, added = [], 0
            for number, (key, name) in enumerate(names):
                if number == undoes_at:
                    gallery.undo()
                record = gallery.photo_by_digest(digest_of(key[0]), "")
                orientation = 1 if record is None else record.orientation
                photo, face = photo_of(key[0], orientation), new_face(key, orientation)
                place = Path("/photos", str(path))
                found.append(
                    gallery.import_name(name, face, photo, place, source=source, step=begun, added=added)
                )
                added += found[-1] is ImportOutcome.ADDED
            assert found == outcomes

        self.go(do, histories, dies_at)

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
        state = self.history.state()
        keys = [key for key in keys if key in state.unnamed()]
        others = [key for key in not_them if key in state.unnamed() and key not in keys]
        if keys:
            self.step(
                lambda g: g.name_faces(
                    self.ids(g, keys), name, allow_same_photo=twice, not_this_person=self.ids(g, others)
                ),
                lambda state: state.name(keys, name, twice=twice, not_them=others),
                dies_at,
            )

    @rule(keys=SOME_KEYS, name=SOME_NAMES, dies_at=DEATHS)
    def move(self, keys: list[Key], name: str, dies_at: int | None) -> None:
        keys = [key for key in keys if key in self.history.state().named()]
        if keys:
            self.step(
                lambda g: g.move(self.ids(g, keys), name), lambda state: state.move(keys, name), dies_at
            )

    @rule(keys=SOME_KEYS, is_ignored=st.booleans(), dies_at=DEATHS)
    def remove(self, keys: list[Key], is_ignored: bool, dies_at: int | None) -> None:
        keys = [key for key in keys if key in self.history.state().named()]
        if keys:
            self.step(
                lambda g: g.remove(self.ids(g, keys), is_ignored=is_ignored),
                lambda state: state.remove(keys, is_ignored=is_ignored),
                dies_at,
            )

    @rule(keys=SOME_KEYS, name=SOME_NAMES, dies_at=DEATHS)
    def reject(self, keys: list[Key], name: str, dies_at: int | None) -> None:
        folder = self.history.state().folder_of(name)
        keys = [key for key in keys if key in self.history.state().unnamed()]
        if keys and folder is not None:
            self.step(
                lambda g: g.reject(g.person(name), self.ids(g, keys)),
                lambda state: state.reject(keys, folder),
                dies_at,
            )

    @rule(name=SOME_NAMES, other=SOME_NAMES, dies_at=DEATHS)
    def rename(self, name: str, other: str, dies_at: int | None) -> None:
        folder = self.history.state().folder_of(name)
        if folder is not None:
            self.step(
                lambda g: g.rename(g.person(name), other), lambda state: state.rename(folder, other), dies_at
            )

    @rule(names=st.lists(SOME_NAMES, min_size=1, unique=True), into=SOME_NAMES, dies_at=DEATHS)
    def merge(self, names: list[str], into: str, dies_at: int | None) -> None:
        state = self.history.state()
        folders = [folder for name in names if name != into and (folder := state.folder_of(name)) is not None]
        target = state.folder_of(into)
        if folders and target is not None:
            self.step(
                lambda g: g.merge(
                    [g.person_by_folder(folder) for folder in folders], g.person_by_folder(target)
                ),
                lambda state: state.merge(folders, target),
                dies_at,
            )

    @rule(names=st.lists(SOME_NAMES, min_size=1, unique=True), dies_at=DEATHS)
    def delete_people(self, names: list[str], dies_at: int | None) -> None:
        state = self.history.state()
        folders = [folder for name in names if (folder := state.folder_of(name)) is not None]
        if folders:
            self.step(
                lambda g: g.delete_people([g.person_by_folder(folder) for folder in folders]),
                lambda state: state.delete_people(folders),
                dies_at,
            )

    @rule(key=KEYS, dies_at=DEATHS)
    def set_cover(self, key: Key, dies_at: int | None) -> None:
        if key in self.history.state().named():
            self.step(lambda g: g.set_cover(*self.ids(g, [key])), lambda state: state.set_cover(key), dies_at)

    @rule(name=SOME_NAMES, born=SOME_BIRTHS, dies_at=DEATHS)
    def set_birth_date(self, name: str, born: str, dies_at: int | None) -> None:
        folder = self.history.state().folder_of(name)
        if folder is not None:
            self.step(
                lambda g: g.set_birth_date(g.person(name), born),
                lambda state: state.set_birth_date(folder, born),
                dies_at,
            )

    # Unnamed faces

    @rule(keys=SOME_KEYS, what=st.sampled_from(["ignore", "show", "together", "apart"]), dies_at=DEATHS)
    def sort_unnamed(self, keys: list[Key], what: str, dies_at: int | None) -> None:
        unnamed = self.history.state().unnamed()
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
                lambda g: g.cluster_faces(self.ids(g, keys)),
                lambda s: s.cluster_faces(keys, number),
            ),
            "apart": (
                lambda g: g.split_from_cluster(self.ids(g, keys), self.ids(g, rest)),
                lambda s: s.split_from_cluster(keys, rest, number),
            ),
        }[what]
        self.step(do, model, dies_at)

    # Conflicts

    @rule(source=st.sampled_from(Source), path=PATHS, names=st.lists(SOME_NAMES, max_size=2), dies_at=DEATHS)
    def drop_stale_conflicts(self, source: Source, path: int, names: list[str], dies_at: int | None) -> None:
        """What a file says no more is no conflict, and forgetting it no step."""
        history = self.history.after(lambda state: state.drop_stale_conflicts(source, path, names))
        place = Path("/photos", str(path))
        self.go(lambda g: g.drop_stale_conflicts(source, place, names), [history], dies_at)

    @precondition(lambda self: self.history.state().open_conflicts())
    @rule(data=st.data(), decision=st.sampled_from([Decision.MINE, Decision.THEIRS]), dies_at=DEATHS)
    def decide(self, data: st.DataObject, decision: Decision, dies_at: int | None) -> None:
        conflicts = data.draw(st.permutations(self.history.state().open_conflicts()))
        conflicts = conflicts[: data.draw(st.integers(1, 3))]

        def do(gallery: Gallery) -> None:
            keys = GalleryFacts(gallery).keys
            ids = {(keys[conflict.face], conflict.name): conflict.id for conflict in gallery.conflicts()}
            assert gallery.resolve_conflicts([ids[conflict] for conflict in conflicts], decision) == len(
                conflicts
            )

        self.step(do, lambda state: state.resolve_conflicts(conflicts, decision.value), dies_at)

    # Undo and redo

    @rule(is_undo=st.booleans(), dies_at=DEATHS)
    def undo_or_redo(self, is_undo: bool, dies_at: int | None) -> None:
        has_any = bool(self.history.steps(undone=not is_undo))

        def do(gallery: Gallery) -> None:
            assert ((gallery.undo() if is_undo else gallery.redo()) is not None) == has_any

        self.go(do, [self.history.undo() if is_undo else self.history.redo()], dies_at)

    @rule(count=st.integers(2, 40), dies_at=DEATHS)
    def undo_many_and_redo_them(self, count: int, dies_at: int | None) -> None:
        """Mostly to the beginning; each is as it was, and as it was to be again."""
        histories = [self.history]
        for turn in (ModelHistory.undo, ModelHistory.redo):
            more = len(histories[-1].steps(undone=turn is ModelHistory.redo))
            for _ in range(min(count, more)):
                histories.append(turn(histories[-1]))

        def do(gallery: Gallery) -> None:
            before = self.history
            for after in histories[1:]:
                is_undo = len(after.steps(undone=True)) > len(before.steps(undone=True))
                assert (gallery.undo() if is_undo else gallery.redo()) is not None
                assert GalleryFacts(gallery).all() == model_facts(after)
                before = after

        self.go(do, histories, dies_at)

    @staticmethod
    def ids(gallery: Gallery, keys: Sequence[Key]) -> list[str]:
        faces = GalleryFacts(gallery).faces
        return [faces[key].id for key in keys]

    # What holds the records

    @rule()
    def back_up_and_reopen(self) -> None:
        backup = self.gallery.back_up()
        assert backup is None or backup.exists()
        self.gallery.close()
        self.open()

    @rule(what=KEPT, dies_at=DEATHS)
    def keep_otherwise(self, what: str, dies_at: int | None) -> None:
        """Move the records to the other store, or encrypt or decrypt the gallery."""
        place = self.place
        assert isinstance(place, Path)

        def work() -> None:
            if what in ("database", "file"):
                move_records(place, to_database=what == "database", passphrase=PASSPHRASE)
            else:
                (encryption.encrypt if what == "encrypted" else encryption.decrypt)(place, PASSPHRASE)

        def attempt(report: Callable[[], None]) -> None:
            with self.killing(dies_at or 0):
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

    @precondition(lambda self: self.moves < MOST_MOVES)
    @rule()
    def move_everything(self) -> None:
        self.moves += 1
        self.move_to(self.next_place())

    def next_place(self) -> GalleryPlace:
        """A place without a gallery."""
        return Path(self.folders.mktemp("machine"))

    # Invariants

    @invariant()
    def is_as_the_model_says(self) -> None:
        state, shown = self.history.state(), GalleryFacts(self.gallery)
        assert shown.all() == model_facts(self.history)
        assert self.gallery.face_count == len(state.named())
        unnamed = {shown.keys[face.id]: face for face in self.gallery.unnamed()}
        ignored = {key for key, face in state.faces.items() if face.person is None and face.is_ignored}
        assert unnamed.keys() == {*state.unnamed()} - ignored
        assert {shown.keys[face.id] for face in self.gallery.ignored()} == ignored
        assert all(face.place == shown.faces[key].place for key, face in unnamed.items())
        for key, face in shown.faces.items():
            assert not face.file or face.embeddings[MODEL].tobytes() == embedding_of(key).tobytes()
            assert face.person not in {rejection.folder for rejection in face.rejections}

    @invariant()
    def has_each_crop_where_it_belongs_and_no_other(self) -> None:
        used = set()
        for key, face in GalleryFacts(self.gallery).faces.items():
            if face.file:
                used.add(face.file)
                np.testing.assert_array_equal(self.gallery.pixels_of(face), pixels_of(key))
                is_in_folder_of_unnamed = face.file.startswith(f"{CROPS_FOLDER}/{UNNAMED_FOLDER}/")
                assert is_in_folder_of_unnamed == (face.person is None)
        for step, edits in active_store.history_of(self.gallery._store):
            if step.is_undone:
                faces = [edit for edit in edits if edit.table is Table.FACES]
                used |= {file for edit in faces for file in (edit.old("file"), edit.new("file"))} - {None, ""}
        assert {*self.gallery.crops.files()} <= used, "a crop that nothing refers to"
        assert not [*self.gallery.folder.glob("*.pending")]

    @invariant()
    def finds_the_nearest_people_as_comparing_with_all_does(self) -> None:
        state, asked = self.history.state(), embedding_of((9, 9))
        rejecting = [key for key, face in state.faces.items() if face.rejections][:1]
        for of in (None, *rejecting):
            left = {folder for folder, _ in state.faces[of].rejections} if of is not None else set()
            face = None if of is None else GalleryFacts(self.gallery).faces[of]
            found = self.gallery.nearest(asked, MODEL, 9, face)
            best = most_alike(state, asked, of)
            expected = [one for one in sorted(best.items(), key=lambda one: -one[1]) if one[0] not in left]
            assert [(m.person.folder, pytest.approx(m.similarity)) for m in found] == expected


@pytest.fixture(autouse=True, scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, forked: Any, killing: Any) -> Iterator[None]:
    GalleryMachine.folders = tmp_path_factory
    GalleryMachine.forked = staticmethod(forked)
    GalleryMachine.killing_on_disk = staticmethod(killing)
    yield


TestGallery = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")(GalleryMachine.TestCase)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_plain_crop_of_a_cut_off_encryption_goes_with_the_edit_that_was_cut_off_after_it() -> None:
    machine = GalleryMachine()
    try:
        machine.begin(limit=4, is_encrypted=False)
        machine.delete_people(dies_at=None, names=["Ada"])
        machine.keep_otherwise(dies_at=15, what="encrypted")
        machine.add(dies_at=17, key=(0, 0), name="Ada", replaces=False, where=(0, 1))
        machine.has_each_crop_where_it_belongs_and_no_other()
        machine.is_as_the_model_says()
    finally:
        machine.teardown()
