"""What is said of waiting faces is kept, and all of it can be taken back, in any order with other changes."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from face_match.arranging import FaceGroup, Kind
from face_match.errors import (
    AlreadyAddedError,
    GalleryWriteError,
    ImageUnreadableError,
    InvalidNameError,
    PersonNotFoundError,
)
from face_match.gallery.waiting_file import WaitingFace
from face_match.reviewing import Review, embed_waiting, tidy, to_look_through_again
from face_match.types import Crop

THRESHOLD = 0.85
ADA, GRACE, JOAN, MARY = 1, 2, 3, 4

Told = list[tuple[Kind, "str | None", frozenset[str]]]


def told(review: Review) -> Told:
    """What is asked, of which faces."""
    groups = review.groups(THRESHOLD)
    return [(group.kind, group.person and group.person.name, group.ids) for group in groups]


def group_of(review: Review, face: WaitingFace) -> FaceGroup:
    return next(group for group in review.groups(THRESHOLD) if face.id in group.ids)


def people(review: Review) -> dict[str, int]:
    return {person.name: person.sample_count for person in review.gallery.people}


def step(review: Review, *, back: bool) -> str | None:
    """As the window takes back, or does again, whatever was last."""
    if back:
        if review.can_undo:
            return review.undo()
        change = review.gallery.undo()
    else:
        if review.can_redo:
            return review.redo()
        change = review.gallery.redo()
    return change and change.description


def test_a_name_makes_samples_of_all_faces_of_a_group_in_one_change(album: Any) -> None:
    faces = album.photos(ADA, 3)
    named = album.review.name(faces, " Ada  Lovelace ")
    assert (named.added.person.name, named.added.is_new, named.left) == ("Ada Lovelace", True, [])
    assert people(album.review) == {"Ada Lovelace": 3}
    assert [change.description for change in album.gallery.history] == ["added 3 samples to Ada Lovelace"]
    assert album.review.groups(THRESHOLD) == []
    for face, sample in zip(faces, named.added.samples, strict=True):
        assert (sample.place, sample.photo_digest) == (face.place, face.photo_digest)
        assert sample.vectors["made-up"].tobytes() == face.vectors["made-up"].tobytes()
        assert (album.gallery.pixels_of(sample) == album.waiting.crop(face).pixels).all()


def test_a_name_that_is_taken_back_brings_the_faces_back_and_done_again_takes_them(album: Any) -> None:
    faces = album.photos(ADA, 3)
    before = told(album.review)
    album.review.name(faces, "Ada")
    assert step(album.review, back=True) == "added 3 samples to Ada"
    assert told(album.review) == before
    assert step(album.review, back=False) == "added 3 samples to Ada"
    assert told(album.review) == []


def test_of_two_faces_in_a_photo_one_gets_the_name_unless_both_are_said_to(album: Any) -> None:
    pair = album.photo((ADA, 0.9), (ADA, 0.9))
    named = album.review.name(pair, "Ada")
    assert named.left == pair[1:]
    with pytest.raises(AlreadyAddedError):
        album.review.name(pair[1:], "ada")
    assert album.review.name(pair[1:], "Ada", twice_in_photo=True).left == []
    assert people(album.review) == {"Ada": 2}


def test_no_name_and_a_lost_crop_leave_faces_waiting(album: Any) -> None:
    faces = album.photos(ADA, 2)
    with pytest.raises(InvalidNameError):
        album.review.name(faces, "  ")
    album.waiting.photo(faces[0].photo_digest).file.write_bytes(b"{}\n")
    named = album.review.name(faces, "Ada")
    assert (people(album.review), named.left) == ({"Ada": 1}, faces[:1])
    with pytest.raises(ImageUnreadableError):
        album.review.name(faces[:1], "Ada")


def test_a_face_that_was_taken_out_is_ruled_out_for_whoever_the_group_is(album: Any) -> None:
    faces = album.photos(ADA, 3)
    (group,) = album.review.groups(THRESHOLD)
    album.review.take_out(faces[:1], group)
    album.review.name(faces[1:], "Ada")
    (rejection,) = album.gallery.rejections_of(album.gallery.person("Ada"))
    assert rejection[:2] == faces[0].key[:2]
    assert told(album.review) == [(Kind.LOOSE, None, {faces[0].id})]
    assert step(album.review, back=True) == "added 2 samples to Ada"
    assert album.gallery.people == ()
    assert step(album.review, back=True) == "took faces out of a group"
    assert told(album.review) == [(Kind.ALIKE, None, {face.id for face in faces})]


def test_the_group_is_ruled_out_for_whoever_the_face_that_was_taken_out_is(album: Any) -> None:
    faces = album.photos(ADA, 3, 0.95)
    album.review.take_out(faces[:1], album.review.groups(THRESHOLD)[0])
    album.review.name(faces[:1], "Ida")
    assert told(album.review) == [(Kind.ALIKE, None, {faces[1].id, faces[2].id})]


def test_a_face_that_was_taken_out_and_named_with_the_others_after_all_is_not_ruled_out(album: Any) -> None:
    faces = album.photos(ADA, 3)
    album.review.take_out(faces[:1], album.review.groups(THRESHOLD)[0])
    album.review.name(faces[:1], "Ada")
    album.review.name(faces[1:], "Ada")
    assert people(album.review) == {"Ada": 3}
    rejected = album.gallery.rejected_for_each([face.key for face in faces])
    assert rejected[0] == set()


def test_who_is_not_the_person_proposed_is_remembered_with_how_alike_they_were(album: Any) -> None:
    album.sample("Ada", ADA)
    faces = album.photos(ADA, 2)
    album.review.take_out(faces[:1], album.review.groups(THRESHOLD)[0])
    (rejection,) = album.gallery.rejections_of(album.gallery.person("Ada"))
    assert rejection.similarity_under("made-up") == pytest.approx(0.9, abs=1e-4)
    assert album.gallery.history[-1].description == "not Ada"


def test_a_face_taken_out_of_what_was_put_together_leaves_the_others_as_they_are(album: Any) -> None:
    album.sample("Ada", ADA)
    faces = album.photos(ADA, 3)
    album.review.put_together(faces)
    album.review.take_out(faces[:1], album.review.groups(THRESHOLD)[0])
    assert told(album.review) == [
        (Kind.PROPOSED, "Ada", {faces[1].id, faces[2].id}),
        (Kind.LOOSE, None, {faces[0].id}),
    ]
    step(album.review, back=True)
    step(album.review, back=True)
    assert told(album.review) == [(Kind.PROPOSED, "Ada", {face.id for face in faces})]


def test_who_has_gone_cannot_be_ruled_out(album: Any) -> None:
    album.sample("Ada", ADA)
    faces = album.photos(ADA, 2)
    (group,) = album.review.groups(THRESHOLD)
    album.gallery.undo()
    with pytest.raises(PersonNotFoundError):
        album.review.take_out(faces[:1], group)


def test_all_that_was_said_is_there_after_a_restart(album: Any) -> None:
    faces = album.photos(ADA, 5)
    graces, joans = album.photos(GRACE, 2), album.photos(JOAN, 2)
    album.review.take_out(faces[:1], group_of(album.review, faces[0]))
    album.review.put_together([*graces, *joans])
    album.review.ignore(faces[1:2])
    before = told(album.review)
    review = album.reopen()
    assert told(review) == before
    assert not review.can_undo
    review.name(faces[2:], "Ada")
    assert album.gallery.rejected_for(faces[0].key) == {"Ada"}


def test_what_is_said_and_the_gallerys_changes_are_taken_back_in_the_order_they_were_made(album: Any) -> None:
    adas, graces, joans = (album.photos(person, 3, 0.95) for person in (ADA, GRACE, JOAN))
    states = [told(album.review)]
    for do in (
        lambda: album.review.ignore(joans[:1]),
        lambda: album.review.name(adas[:2], "Ada"),
        lambda: album.review.put_together([*graces, *joans[1:]]),
        lambda: album.review.take_out(graces[:1], group_of(album.review, graces[0])),
        lambda: album.review.take_out(adas[2:], group_of(album.review, adas[2])),
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
        "ignored faces",
        "renamed Ada to Ada Lovelace",
        "not Ada",
        "took faces out of a group",
        "merged groups",
        "added 2 samples to Ada",
        "ignored faces",
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
    assert step(album.review, back=False) == "added 2 samples to Ada"


def test_two_changes_of_the_same_second_and_words_are_told_apart(album: Any) -> None:
    album.sample("Ada", ADA)
    faces = album.photos(ADA, 4)
    album.review.take_out(faces[:1], group_of(album.review, faces[0]))
    album.review.ignore(faces[1:2])
    album.review.take_out(faces[2:3], group_of(album.review, faces[2]))
    undone = [step(album.review, back=True) for _ in range(3)]
    assert undone == ["not Ada", "ignored faces", "not Ada"]


def test_more_changes_than_are_remembered_leave_the_order_as_it_was(
    album: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("face_match.gallery.past.LENGTH", 2)
    faces = album.photos(ADA, 6)
    for face in faces[:2]:
        album.review.name([face], "Ada")
    album.review.ignore(faces[2:3])
    album.review.name(faces[3:4], "Ada")
    undone = [step(album.review, back=True) for _ in range(3)]
    assert undone == ["added a sample to Ada", "ignored faces", "added a sample to Ada"]


def test_what_is_taken_back_of_a_face_keeps_the_vectors_it_has_got_since(album: Any, pipeline: Any) -> None:
    faces = album.photos(ADA, 2)
    album.review.ignore(faces)
    album.review.undo()
    album.review.put_together(faces)
    embed_waiting(album.waiting, pipeline)
    album.review.undo()
    assert {frozenset(face.vectors) for face in album.waiting.faces} == {frozenset({"made-up", "dlib"})}
    assert {face.bundle for face in album.waiting.faces} == {None}


def test_tidying_keeps_places_alone_and_what_is_taken_back_then_is_looked_for_again(album: Any) -> None:
    faces = album.photos(ADA, 2)
    (ignored,) = album.photos(GRACE, 1)
    (waits,) = album.photos(JOAN, 1)
    album.review.name(faces, "Ada")
    album.review.ignore([ignored])
    tidy(album.waiting, album.gallery)
    kept = {face.id for photo in album.waiting.photos for face in photo.faces if face.is_kept}
    assert kept == {waits.id}
    assert to_look_through_again(album.waiting, album.gallery) == []
    for face in faces:
        shutil.copy(__file__, album.waiting.photo(face.photo_digest).path)
    step(album.review, back=True)
    step(album.review, back=True)
    again = to_look_through_again(album.waiting, album.gallery)
    assert again == [album.waiting.photo(face.photo_digest).path for face in faces]


def test_what_cannot_be_kept_was_not_said(album: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = album.photos(ADA, 3)
    before = told(album.review)
    real, calls = album.waiting._write, []

    def fails_at_the_second(photo: Any, crops: Any) -> None:
        calls.append(photo)
        if len(calls) == 2:
            raise GalleryWriteError(photo.file, "No space left on device")
        real(photo, crops)

    monkeypatch.setattr(album.waiting, "_write", fails_at_the_second)
    with pytest.raises(GalleryWriteError):
        album.review.ignore(faces)
    assert told(album.review) == before
    assert not album.review.can_undo
    assert told(album.reopen()) == before


def test_faces_get_vectors_of_another_model_from_their_crops(
    album: Any, pipeline: Any, astronaut_file: Path
) -> None:
    from face_match.vision.images import load_photo

    photo = load_photo(astronaut_file)
    (found,) = pipeline.faces(photo)
    as_if = replace(found, model_id="made-up", vector=album.vector(ADA))
    album.waiting.add(astronaut_file, photo.digest, [as_if])
    album.photos(GRACE, 1)
    lost = album.photos(JOAN, 1)[0]
    file = album.waiting.photo(lost.photo_digest).file
    file.write_bytes(file.read_bytes()[: -lost.crop_bytes] + bytes(lost.crop_bytes))
    done: list[tuple[int, int]] = []
    embed_waiting(album.waiting, pipeline, lambda count, total: done.append((count, total)))
    assert done == [(0, 3), (1, 3), (2, 3), (3, 3)]
    by_photo = {face.photo_digest: face for face in album.waiting.faces}
    assert by_photo[photo.digest].vectors["dlib"].tobytes() == found.vector.tobytes()
    assert by_photo[photo.digest].vectors["made-up"].tobytes() == as_if.vector.tobytes()
    assert "dlib" not in by_photo[lost.photo_digest].vectors
    assert isinstance(album.waiting.crop(by_photo[photo.digest]), Crop)


SEQUENCES, STEPS = 12, 14


@settings(
    max_examples=SEQUENCES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
class ReviewMachine(RuleBasedStateMachine):
    """A person who says one thing after the other, and takes some of it back."""

    folders: pytest.TempPathFactory
    album_of: Callable[[Path], Any]

    @initialize(known=st.booleans())
    def begin(self, known: bool) -> None:
        self.album = type(self).album_of(Path(self.folders.mktemp("review")) / "gallery")
        if known:
            self.album.sample("Ada", ADA)
        for person in (ADA, GRACE, JOAN):
            self.album.photos(person, 2)
        self.album.photo((ADA, 0.9), (GRACE, 0.9))
        self.album.photo((ADA, 0.95), (ADA, 0.8))
        self.review = self.album.review
        self.first, self.samples = told(self.review), self.album.gallery.sample_count
        self.all = {face.id for face in self.album.waiting.faces}
        self.past: list[Told] = []
        self.future: list[Told] = []

    def teardown(self) -> None:
        if not hasattr(self, "album"):
            return
        while self.past:
            self.take_back()
        assert told(self.review) == self.first
        assert self.album.gallery.sample_count == self.samples
        self.album.gallery.close()

    def groups(self) -> list[FaceGroup]:
        return self.review.groups(THRESHOLD)

    def say(self, do: Callable[[], object], times: int = 1) -> None:
        before = told(self.review)
        do()
        self.past += [before] * times
        self.future.clear()

    def some(self, number: int, share: float) -> tuple[FaceGroup, Sequence[WaitingFace]] | None:
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
                assert all(self.album.gallery.has_photo(name, face.photo_digest) for face in chosen[1])

    @rule(number=st.integers(0, 9), share=st.floats(0, 1))
    def take_out(self, number: int, share: float) -> None:
        chosen = self.some(number, share)
        if chosen is not None and chosen[0].kind is not Kind.LOOSE:
            group, faces = chosen
            rest = group.ids - {face.id for face in faces}
            bundles = {face.bundle for face in group.faces if face.id in rest} - {None}
            both = group.person is not None and any(face.bundle in bundles for face in faces)
            self.say(lambda: self.review.take_out(faces, group), 2 if both else 1)
            ids = {face.id for face in faces}
            assert not any(group.ids & ids and group.ids & rest for group in self.groups()[:-1])

    @rule(first=st.integers(0, 9), second=st.integers(0, 9))
    def put_together(self, first: int, second: int) -> None:
        groups = self.groups()
        if groups:
            chosen = {groups[number % len(groups)] for number in (first, second)}
            faces = [face for group in chosen for face in group.faces]
            self.say(lambda: self.review.put_together(faces))
            ids = {face.id for face in faces}
            assert any(ids <= group.ids for group in self.groups())

    @rule(number=st.integers(0, 9), share=st.floats(0, 1))
    def ignore(self, number: int, share: float) -> None:
        chosen = self.some(number, share)
        if chosen is not None:
            self.say(lambda: self.review.ignore(chosen[1]))

    @precondition(lambda self: self.past)
    @rule()
    def take_back(self) -> None:
        now = told(self.review)
        assert step(self.review, back=True) is not None
        self.future.append(now)
        state = self.past.pop()
        if not self.past or self.past[-1] != state:  # what takes two steps is between them neither
            assert told(self.review) == state

    @precondition(lambda self: self.future)
    @rule()
    def do_again(self) -> None:
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
        seen = [face for photo in self.album.waiting.photos for face in photo.faces]
        done = {face.id for face in seen if face.is_ignored or self.album.gallery.has_face(face.key)}
        assert done.isdisjoint(asked)
        assert done | {*asked} == self.all


@pytest.fixture(autouse=True, scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, album_of: Callable[[Path], Any]) -> None:
    ReviewMachine.folders = tmp_path_factory
    ReviewMachine.album_of = staticmethod(album_of)


TestReview = ReviewMachine.TestCase
