"""What is said of unnamed faces is kept, and all of it can be undone, in one order with other edits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from face_match.core.errors import (
    AlreadyAddedError,
    GalleryWriteError,
    InvalidNameError,
    PersonNotFoundError,
)
from face_match.core.records import FaceRecord
from face_match.gallery.gallery import NewFace
from face_match.workflows.embed import embed_faces
from face_match.workflows.face_groups import FaceGroup, GroupKind
from face_match.workflows.review import Review
from tests.unit.conftest import CROP

THRESHOLD = 0.85
ADA, GRACE, JOAN, MARY = 1, 2, 3, 4

Told = list[tuple[GroupKind, "str | None", frozenset[str]]]


def told(review: Review) -> Told:
    """What is asked, of which faces."""
    groups = review.groups(THRESHOLD)
    return [(group.kind, group.person and group.person.name, group.ids) for group in groups]


def group_of(review: Review, face: FaceRecord) -> FaceGroup:
    return next(group for group in review.groups(THRESHOLD) if face.id in group.ids)


def people(review: Review) -> dict[str, int]:
    return {person.name: person.face_count for person in review.gallery.people}


def step(review: Review, *, back: bool) -> str | None:
    """Undo, or redo, whatever was last."""
    done = review.gallery.undo() if back else review.gallery.redo()
    return done and done.description


def test_a_name_names_all_faces_of_a_group_in_one_step(album: Any) -> None:
    faces = album.photos(ADA, 3)
    named = album.review.name(faces, " Ada  Lovelace ")
    assert (named.person.name, named.is_new, named.skipped) == ("Ada Lovelace", True, [])
    assert people(album.review) == {"Ada Lovelace": 3}
    assert [change.description for change in album.gallery.history] == ["added 3 faces to Ada Lovelace"]
    assert album.review.groups(THRESHOLD) == []
    for face, own in zip(faces, named.faces, strict=True):
        assert (own.id, own.place, own.photo) == (face.id, face.place, face.photo)
        assert own.embeddings["made-up"].tobytes() == face.embeddings["made-up"].tobytes()
        assert own.file == f"faces_db/Ada Lovelace/{face.id}.png"
        assert (album.gallery.pixels_of(own) == CROP.pixels).all()


def test_a_name_that_is_taken_back_brings_the_faces_back_and_done_again_takes_them(album: Any) -> None:
    faces = album.photos(ADA, 3)
    before = told(album.review)
    album.review.name(faces, "Ada")
    assert step(album.review, back=True) == "added 3 faces to Ada"
    assert told(album.review) == before
    assert step(album.review, back=False) == "added 3 faces to Ada"
    assert told(album.review) == []


def test_of_two_faces_in_a_photo_one_gets_the_name_unless_both_are_said_to(album: Any) -> None:
    pair = album.photo((ADA, 0.9), (ADA, 0.9))
    named = album.review.name(pair, "Ada")
    assert [face.id for face in named.skipped] == [pair[1].id]
    with pytest.raises(AlreadyAddedError):
        album.review.name(pair[1:], "ada")
    assert album.review.name(pair[1:], "Ada", twice_in_photo=True).skipped == []
    assert people(album.review) == {"Ada": 2}


def test_no_name_leaves_faces_unnamed_and_a_lost_crop_does_not(album: Any) -> None:
    faces = album.photos(ADA, 2)
    with pytest.raises(InvalidNameError):
        album.review.name(faces, "  ")
    assert (people(album.review), album.gallery.history) == ({}, ())
    (album.folder / faces[0].file).unlink()
    album.review.name(faces, "Ada")
    assert people(album.review) == {"Ada": 2}
    assert step(album.review, back=True) == "added 2 faces to Ada"
    assert people(album.review) == {}


def test_a_face_that_was_taken_out_is_ruled_out_for_whoever_the_group_is(album: Any) -> None:
    faces = album.photos(ADA, 3)
    (group,) = album.review.groups(THRESHOLD)
    album.review.remove_from_group(faces[:1], group)
    album.review.name(faces[1:], "Ada")
    (rejected,) = album.gallery.faces_rejected_for(album.gallery.person("Ada"))
    assert rejected.id == faces[0].id
    assert told(album.review) == [(GroupKind.SINGLES, None, {faces[0].id})]
    assert step(album.review, back=True) == "added 2 faces to Ada"
    assert album.gallery.people == ()
    assert step(album.review, back=True) == "removed a face from a group"
    assert told(album.review) == [(GroupKind.CLUSTER, None, {face.id for face in faces})]


def test_the_group_is_ruled_out_for_whoever_the_face_that_was_taken_out_is(album: Any) -> None:
    faces = album.photos(ADA, 3, 0.95)
    album.review.remove_from_group(faces[:1], album.review.groups(THRESHOLD)[0])
    album.review.name(faces[:1], "Ida")
    assert told(album.review) == [(GroupKind.CLUSTER, None, {faces[1].id, faces[2].id})]


def test_a_face_that_was_taken_out_and_named_with_the_others_after_all_is_not_ruled_out(album: Any) -> None:
    faces = album.photos(ADA, 3)
    album.review.remove_from_group(faces[:1], album.review.groups(THRESHOLD)[0])
    album.review.name(faces[:1], "Ada")
    album.review.name(faces[1:], "Ada")
    assert people(album.review) == {"Ada": 3}
    assert [face.rejections for face in album.now(faces)] == [(), (), ()]


def test_who_is_not_the_person_proposed_is_remembered_with_how_alike_they_were(album: Any) -> None:
    album.known("Ada", ADA)
    faces = album.photos(ADA, 2)
    album.review.remove_from_group(faces[:1], album.review.groups(THRESHOLD)[0])
    (rejection,) = [
        r for r in album.gallery.all_rejections() if r.folder == album.gallery.person("Ada").folder
    ]
    assert rejection.similarity["made-up"] == pytest.approx(0.9, abs=1e-4)
    assert album.gallery.history[-1].description == "rejected Ada for a face"


def test_a_face_taken_out_of_what_was_put_together_leaves_the_others_as_they_are(album: Any) -> None:
    album.known("Ada", ADA)
    faces = album.photos(ADA, 3)
    album.review.mark_same_person(faces)
    album.review.remove_from_group(faces[:1], album.review.groups(THRESHOLD)[0])
    assert told(album.review) == [
        (GroupKind.SUGGESTION, "Ada", {faces[1].id, faces[2].id}),
        (GroupKind.SINGLES, None, {faces[0].id}),
    ]
    step(album.review, back=True)
    assert told(album.review) == [(GroupKind.SUGGESTION, "Ada", {face.id for face in faces})]


def test_who_has_gone_cannot_be_ruled_out(album: Any) -> None:
    album.known("Ada", ADA)
    faces = album.photos(ADA, 2)
    (group,) = album.review.groups(THRESHOLD)
    album.gallery.undo()
    with pytest.raises(PersonNotFoundError):
        album.review.remove_from_group(faces[:1], group)


def test_all_that_was_said_is_there_after_a_restart_and_can_be_undone(album: Any) -> None:
    faces = album.photos(ADA, 5)
    graces, joans = album.photos(GRACE, 2), album.photos(JOAN, 2)
    album.review.remove_from_group(faces[:1], group_of(album.review, faces[0]))
    album.review.mark_same_person([*graces, *joans])
    album.review.ignore(faces[1:2])
    before = told(album.review)
    review = album.reopen()
    assert told(review) == before
    review.name(faces[2:], "Ada")
    assert [rejection.name for rejection in album.now(faces)[0].rejections] == ["Ada"]
    descriptions = [step(review, back=True) for _ in range(4)]
    assert descriptions == [
        "added 3 faces to Ada",
        "ignored a face",
        "grouped 4 faces",
        "removed a face from a group",
    ]


def test_some_of_the_ignored_faces_are_shown_again_after_a_restart_and_that_is_undone(album: Any) -> None:
    faces = album.photos(ADA, 4)
    album.review.ignore(faces)
    assert told(album.review) == []
    album.review.show_again(faces[1:3])
    shown = told(album.review)
    assert [ids for _, _, ids in shown] == [{face.id for face in faces[1:3]}]
    review = album.reopen()
    assert told(review) == shown
    assert {face.id for face in review.gallery.ignored()} == {faces[0].id, faces[3].id}
    assert step(review, back=True) == "stopped ignoring 2 faces"
    assert told(review) == []
    assert step(review, back=False) == "stopped ignoring 2 faces"
    assert told(review) == shown


def test_what_is_said_and_the_gallerys_changes_are_taken_back_in_the_order_they_were_made(album: Any) -> None:
    adas, graces, joans = (album.photos(person, 3, 0.95) for person in (ADA, GRACE, JOAN))
    states = [told(album.review)]
    for do in (
        lambda: album.review.ignore(joans[:1]),
        lambda: album.review.name(adas[:2], "Ada"),
        lambda: album.review.mark_same_person([*graces, *joans[1:]]),
        lambda: album.review.remove_from_group(graces[:1], group_of(album.review, graces[0])),
        lambda: album.review.remove_from_group(adas[2:], group_of(album.review, adas[2])),
        lambda: album.gallery.rename(album.gallery.person("Ada"), "Ada Lovelace"),
        lambda: album.review.ignore(graces[:1]),
    ):
        do()
        states.append(told(album.review))
    assert sum(before != after for before, after in itertools.pairwise(states)) == 6, "all but the renaming"
    descriptions = []
    for state in reversed(states[:-1]):
        descriptions.append(step(album.review, back=True))
        assert told(album.review) == state
    assert descriptions == [
        "ignored a face",
        "renamed Ada to Ada Lovelace",
        "rejected Ada for a face",
        "removed a face from a group",
        "grouped 5 faces",
        "added 2 faces to Ada",
        "ignored a face",
    ]
    assert step(album.review, back=True) is None
    for state in states[1:]:
        assert step(album.review, back=False) is not None
        assert told(album.review) == state
    assert step(album.review, back=False) is None


def test_something_new_is_said_instead_of_what_was_taken_back(album: Any) -> None:
    adas, graces = album.photos(ADA, 2), album.photos(GRACE, 2)
    album.review.name(adas, "Ada")
    step(album.review, back=True)
    album.review.ignore(graces)
    assert step(album.review, back=False) is None
    step(album.review, back=True)
    album.review.name(adas, "Ada")
    step(album.review, back=True)
    assert step(album.review, back=False) == "added 2 faces to Ada"


def test_two_changes_of_the_same_second_and_words_are_told_apart(album: Any) -> None:
    album.known("Ada", ADA)
    faces = album.photos(ADA, 4)
    album.review.remove_from_group(faces[:1], group_of(album.review, faces[0]))
    album.review.ignore(faces[1:2])
    album.review.remove_from_group(faces[2:3], group_of(album.review, faces[2]))
    undone = [step(album.review, back=True) for _ in range(3)]
    assert undone == [
        "rejected Ada for a face",
        "ignored a face",
        "rejected Ada for a face",
    ]


def test_more_steps_than_are_remembered_leave_the_last_ones_in_order(
    album: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("face_match.gallery.editing.MAX_STEPS", 3)
    faces = album.photos(ADA, 6)
    for face in faces[:2]:
        album.review.name([face], "Ada")
    album.review.ignore(faces[2:3])
    album.review.name(faces[3:4], "Ada")
    undone = [step(album.review, back=True) for _ in range(4)]
    assert undone == ["added a face to Ada", "ignored a face", "added a face to Ada", None]


def models_of(album: Any, faces: Sequence[FaceRecord]) -> set[frozenset[str]]:
    """The models under which faces have embeddings in the gallery's records."""
    stored = album.gallery.faces([face.id for face in faces])
    return {frozenset(face.embeddings) for face in stored}


def test_what_is_undone_of_a_face_keeps_the_embeddings_it_has_got_since(album: Any, pipeline: Any) -> None:
    faces = album.photos(ADA, 2)
    album.review.ignore(faces)
    step(album.review, back=True)
    album.review.mark_same_person(faces)
    assert embed_faces(album.gallery, pipeline, named=False).done == 2
    step(album.review, back=True)
    assert models_of(album, faces) == {frozenset({"made-up", "dlib"})}
    assert {face.cluster for face in album.gallery.unnamed()} == {None}
    album.reopen()
    assert models_of(album, faces) == {frozenset({"made-up", "dlib"})}


def test_what_cannot_be_kept_was_not_said(album: Any, full_disk: Callable[..., Any]) -> None:
    faces = album.photos(ADA, 3)
    before = told(album.review)
    with full_disk(), pytest.raises(GalleryWriteError):
        album.review.ignore(faces)
    assert told(album.review) == before
    assert album.gallery.history == ()
    assert told(album.reopen()) == before
    assert album.gallery.history == ()


def test_unnamed_faces_get_embeddings_of_another_model_from_their_crops(
    album: Any, pipeline: Any, astronaut_file: Path
) -> None:
    from face_match.vision.photo_loading import load_photo

    photo = load_photo(astronaut_file)
    (found,) = pipeline.faces(photo)
    made_up = album.embedding(ADA)
    as_if = NewFace.of(found)._replace(embeddings={"made-up": made_up})
    (eileen,) = album.gallery.record_photo(photo, astronaut_file, scan="made-up", faces=[as_if]).new_faces
    album.photos(GRACE, 1)
    (lost,) = album.photos(JOAN, 1)
    (album.folder / lost.file).write_bytes(b"no picture")
    done: list[tuple[int, int]] = []
    result = embed_faces(
        album.gallery, pipeline, lambda count, total: done.append((count, total)), named=False
    )
    assert done == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [face.id for face, _ in result.failed] == [lost.id]
    eileen, lost = album.now([eileen, lost])
    assert eileen.embeddings["dlib"].tobytes() == found.embedding.tobytes()
    assert eileen.embeddings["made-up"].tobytes() == made_up.tobytes()
    assert "dlib" not in lost.embeddings


SEQUENCES, STEPS = 12, 14


@settings(
    max_examples=SEQUENCES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
class ReviewMachine(RuleBasedStateMachine):
    """A person who says one thing after the other, and undoes some of it."""

    folders: pytest.TempPathFactory
    album_of: Callable[[Path], Any]

    @initialize(known=st.booleans())
    def begin(self, known: bool) -> None:
        self.album = type(self).album_of(Path(self.folders.mktemp("review")) / "gallery")
        if known:
            self.album.known("Ada", ADA)
        for person in (ADA, GRACE, JOAN):
            self.album.photos(person, 2)
        self.album.photo((ADA, 0.9), (GRACE, 0.9))
        self.album.photo((ADA, 0.95), (ADA, 0.8))
        self.review = self.album.review
        self.first, self.named = told(self.review), self.album.gallery.face_count
        self.all = {face.id for face in self.album.gallery.unnamed()}
        self.past: list[Told] = []
        self.future: list[Told] = []

    def teardown(self) -> None:
        if not hasattr(self, "album"):
            return
        while self.past:
            self.undo()
        assert told(self.review) == self.first
        assert self.album.gallery.face_count == self.named
        self.album.gallery.close()

    def groups(self) -> list[FaceGroup]:
        return self.review.groups(THRESHOLD)

    def say(self, do: Callable[[], object]) -> None:
        before, steps = told(self.review), self.album.gallery.history
        do()
        if self.album.gallery.history == steps:  # it was said before
            assert told(self.review) == before
            return
        self.past.append(before)
        self.future.clear()

    def some(self, number: int, share: float) -> tuple[FaceGroup, Sequence[FaceRecord]] | None:
        groups = self.groups()
        if not groups:
            return None
        group = groups[number % len(groups)]
        return group, group.faces[: max(1, int(share * len(group.faces)))]

    @rule(number=st.integers(0, 9), share=st.floats(0, 1), name=st.sampled_from(["Ada", "Grace", "Joan"]))
    def name(self, number: int, share: float, name: str) -> None:
        chosen = self.some(number, share)
        if chosen is not None:
            try:
                self.say(lambda: self.review.name(chosen[1], name))
            except AlreadyAddedError:
                folder = self.album.gallery.person(name).folder
                photos = {face.photo for face in chosen[1]}
                assert photos <= {
                    photo for photo, owner in self.album.gallery.people_in(photos) if owner == folder
                }

    @rule(number=st.integers(0, 9), share=st.floats(0, 1))
    def take_out(self, number: int, share: float) -> None:
        chosen = self.some(number, share)
        if chosen is not None and chosen[0].kind is not GroupKind.SINGLES:
            group, faces = chosen
            rest = group.ids - {face.id for face in faces}
            self.say(lambda: self.review.remove_from_group(faces, group))
            ids = {face.id for face in faces}
            assert not any(group.ids & ids and group.ids & rest for group in self.groups()[:-1])

    @rule(first=st.integers(0, 9), second=st.integers(0, 9))
    def put_together(self, first: int, second: int) -> None:
        groups = self.groups()
        if groups:
            chosen = {groups[number % len(groups)] for number in (first, second)}
            faces = [face for group in chosen for face in group.faces]
            self.say(lambda: self.review.mark_same_person(faces))
            ids = {face.id for face in faces}
            assert any(ids <= group.ids for group in self.groups())

    @rule(number=st.integers(0, 9), share=st.floats(0, 1))
    def ignore(self, number: int, share: float) -> None:
        chosen = self.some(number, share)
        if chosen is not None:
            self.say(lambda: self.review.ignore(chosen[1]))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        now = told(self.review)
        assert step(self.review, back=True) is not None
        self.future.append(now)
        assert told(self.review) == self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        now = told(self.review)
        assert step(self.review, back=False) is not None
        self.past.append(now)
        assert told(self.review) == self.future.pop()

    @invariant()
    def every_face_is_somewhere_once(self) -> None:
        if not hasattr(self, "album"):
            return
        asked = [face.id for group in self.groups() for face in group.faces]
        assert len(asked) == len({*asked})
        faces = self.album.gallery.faces(sorted(self.all))
        done = {face.id for face in faces if face.is_ignored or face.person is not None}
        assert done.isdisjoint(asked)
        assert done | {*asked} == self.all


@pytest.fixture(autouse=True, scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, album_of: Callable[[Path], Any]) -> None:
    ReviewMachine.folders = tmp_path_factory
    ReviewMachine.album_of = staticmethod(album_of)


TestReview = ReviewMachine.TestCase
