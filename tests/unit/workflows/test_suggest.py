"""Unnamed faces are asked about together when they are probably one person, and only where that can be."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from face_match.core.errors import CancelledError
from face_match.core.records import FaceRecord
from face_match.core.types import Verdict
from face_match.decision.threshold import default_cluster_threshold
from face_match.gallery.gallery import NewFace
from face_match.workflows.face_groups import FaceGroup, GroupKind
from face_match.workflows.review import Review

THRESHOLD = 0.85
ADA, GRACE, JOAN, MARY = 1, 2, 3, 4


def ids(faces: Sequence[FaceRecord]) -> set[str]:
    return {face.id for face in faces}


def told(groups: Sequence[FaceGroup]) -> list[tuple[GroupKind, str | None, set[str]]]:
    """What is asked, of which faces."""
    return [(group.kind, group.person and group.person.name, ids(group.faces)) for group in groups]


def proposed(groups: Sequence[FaceGroup]) -> dict[str, set[str]]:
    """The faces for which somebody is proposed, by name."""
    return {group.person.name: ids(group.faces) for group in groups if group.person is not None}


def alike(groups: Sequence[FaceGroup]) -> list[set[str]]:
    return [ids(group.faces) for group in groups if group.kind is GroupKind.CLUSTER]


def loose(groups: Sequence[FaceGroup]) -> set[str]:
    return {face.id for group in groups if group.kind is GroupKind.SINGLES for face in group.faces}


def test_the_cut_that_these_tests_go_by() -> None:
    assert default_cluster_threshold("made-up") == 0.70


def test_where_no_face_is_unnamed_nothing_is_asked(album: Any) -> None:
    assert album.review.groups(THRESHOLD) == []


def test_who_matches_is_proposed_the_others_are_grouped_and_the_rest_comes_last(album: Any) -> None:
    album.known("Ada", ADA)
    adas = album.photos(ADA, 2)
    graces = album.photos(GRACE, 3)
    alone = album.photo((JOAN, 0.9))
    assert told(album.review.groups(THRESHOLD)) == [
        (GroupKind.SUGGESTION, "Ada", ids(adas)),
        (GroupKind.CLUSTER, None, ids(graces)),
        (GroupKind.SINGLES, None, ids(alone)),
    ]


def test_of_equally_large_groups_the_surer_one_comes_first_and_in_it_the_surest_face(album: Any) -> None:
    album.known("Ada", ADA)
    album.known("Grace", GRACE)
    (less,), (more,) = album.photo((ADA, 0.86)), album.photo((ADA, 0.88))
    graces = album.photos(GRACE, 2, 0.95)
    groups = album.review.groups(THRESHOLD)
    assert list(proposed(groups)) == ["Grace", "Ada"]
    assert [face.id for face in groups[1].faces] == [more.id, less.id]
    assert groups[1].similarities == pytest.approx((0.88, 0.86))
    assert ids(graces) == proposed(groups)["Grace"]


def test_a_match_is_what_the_threshold_calls_one(album: Any) -> None:
    album.known("Ada", ADA)
    (just,), (not_quite,) = album.photo((ADA, 0.8496)), album.photo((ADA, 0.8490))
    assert proposed(album.review.groups(THRESHOLD)) == {"Ada": {just.id}}
    assert proposed(album.review.groups(0.80)) == {"Ada": {just.id, not_quite.id}}


def test_of_two_faces_in_a_photo_the_liker_one_is_proposed_and_the_other_goes_to_its_second(
    album: Any,
) -> None:
    album.known("Ada", ADA)
    sister = album.embedding(ADA, 0.945)  # like her, and far enough behind not to be too close to decide
    album.gallery.add(
        "Ida", NewFace(album.gallery.crop_of(album.photo((MARY, 0.5))[0]), {"made-up": sister}), None
    )
    less, more = album.photo((ADA, 0.92), (ADA, 0.95))
    groups = album.review.groups(THRESHOLD)
    assert proposed(groups) == {"Ada": {more.id}, "Ida": {less.id}}
    third = album.photo((ADA, 0.99), (ADA, 0.98), (ADA, 0.97))
    groups = album.review.groups(THRESHOLD)
    assert proposed(groups)["Ada"] == {more.id, third[0].id}
    assert proposed(groups)["Ida"] == {less.id, third[1].id}
    assert third[2].id in loose(groups)


def test_nobody_is_proposed_where_a_face_of_theirs_is_in_the_photo(album: Any) -> None:
    (face,) = album.photo((ADA, 0.99))
    (other,) = album.photo((ADA, 0.95))
    album.known("Ada", ADA, face)
    assert proposed(album.review.groups(THRESHOLD)) == {"Ada": {other.id}}


def test_a_named_face_is_asked_about_no_more(album: Any) -> None:
    faces = album.photos(ADA, 3)
    album.review.name(faces[:1], "Ada")
    assert set().union(*(group.ids for group in album.review.groups(THRESHOLD))) == ids(faces[1:])
    assert Review(album.gallery, "another model").groups(THRESHOLD) == []


def test_who_was_ruled_out_is_not_proposed_again_nor_is_the_face_grouped_with_theirs(album: Any) -> None:
    album.known("Ada", ADA)
    close = album.photos(ADA, 3, 0.9)
    far = album.photos(ADA, 2, 0.84)
    (first, *others) = close
    groups = album.review.groups(THRESHOLD)
    assert proposed(groups) == {"Ada": ids(close)}
    assert alike(groups) == [ids(far)]
    album.review.remove_from_group([first], groups[0])
    for review in (album.review, album.reopen()):
        groups = review.groups(THRESHOLD)
        assert proposed(groups) == {"Ada": ids(others)}
        assert alike(groups) == [ids(far)]
        assert loose(groups) == {first.id}


def test_faces_that_were_ruled_out_together_are_asked_about_together(album: Any) -> None:
    album.known("Ada", ADA)
    close = album.photos(ADA, 4)
    album.review.remove_from_group(close[:2], album.review.groups(THRESHOLD)[0])
    groups = album.review.groups(THRESHOLD)
    assert proposed(groups) == {"Ada": ids(close[2:])}
    assert alike(groups) == [ids(close[:2])]


def test_two_faces_of_one_photo_are_not_grouped(album: Any) -> None:
    pair = album.photo((ADA, 0.95), (ADA, 0.95))
    more = album.photos(ADA, 2)
    for group in alike(album.review.groups(THRESHOLD)):
        assert len(group & ids(pair)) <= 1
    assert sum(map(len, alike(album.review.groups(THRESHOLD)))) >= len(more) + 1


def test_what_a_person_has_put_together_is_asked_about_as_one(album: Any) -> None:
    adas, graces = album.photos(ADA, 2), album.photos(GRACE, 3)
    album.review.mark_same_person([*adas, *graces])
    assert alike(album.review.groups(THRESHOLD)) == [ids([*adas, *graces])]
    album.known("Grace Hopper", GRACE)
    assert proposed(album.review.groups(THRESHOLD)) == {"Grace Hopper": ids([*adas, *graces])}


def test_what_a_person_has_put_together_may_be_in_one_photo(album: Any) -> None:
    pair = album.photo((ADA, 0.95), (ADA, 0.95))
    album.review.mark_same_person(pair)
    assert alike(album.review.groups(THRESHOLD)) == [ids(pair)]
    album.known("Ada", ADA)
    assert proposed(album.review.groups(THRESHOLD)) == {"Ada": ids(pair)}


def test_a_face_that_was_taken_out_of_a_group_is_not_grouped_again(album: Any) -> None:
    faces = album.photos(ADA, 4)
    (group,) = album.review.groups(THRESHOLD)
    album.review.remove_from_group(faces[:2], group)
    for review in (album.review, album.reopen()):
        groups = review.groups(THRESHOLD)
        assert alike(groups) == [ids(faces[2:])]
        assert loose(groups) == ids(faces[:2])


def test_a_face_that_was_taken_out_is_not_proposed_where_their_face_is_in_the_photo(album: Any) -> None:
    faces = album.photos(ADA, 3)
    (group,) = album.review.groups(THRESHOLD)
    album.review.remove_from_group(faces[:1], group)
    album.known("Ada", ADA, faces[0])
    groups = album.review.groups(THRESHOLD)
    assert proposed(groups) == {"Ada": ids(faces[1:])}
    assert loose(groups) == {faces[0].id}


def test_unusable_faces_are_left_loose_unless_they_match_somebody(album: Any) -> None:
    unusable = [album.photo((ADA, 0.95), verdict=Verdict.UNUSABLE)[0] for _ in range(2)]
    clear = album.photos(ADA, 2)
    groups = album.review.groups(THRESHOLD)
    assert alike(groups) == [ids(clear)]
    assert loose(groups) == ids(unusable)
    album.known("Ada", ADA)
    assert proposed(album.review.groups(THRESHOLD)) == {"Ada": ids([*unusable, *clear])}


def test_groups_stay_as_they_are_when_one_is_named(album: Any) -> None:
    for person in range(1, 8):
        album.photos(person, 2 + person)
        album.photo((person, 0.8), (person + 1, 0.8))
    before = album.review.groups(THRESHOLD)
    for number in range(3):
        groups = [group for group in album.review.groups(THRESHOLD) if group.kind is GroupKind.CLUSTER]
        named = ids(groups[0].faces)
        album.review.name(groups[0].faces, f"Person {number}")
        now = album.review.groups(THRESHOLD)
        assert alike(now) == [group for group in alike(before) if group != named]
        before = now


def test_faces_that_are_new_are_grouped_with_the_others(album: Any) -> None:
    first = album.photos(ADA, 2)
    assert alike(album.review.groups(THRESHOLD)) == [ids(first)]
    later = album.photos(ADA, 2)
    assert alike(album.review.groups(THRESHOLD)) == [ids([*first, *later])]


def test_arranging_can_be_stopped(album: Any) -> None:
    album.photos(ADA, 3)
    asked = itertools.count()
    with pytest.raises(CancelledError):
        album.review.groups(THRESHOLD, lambda: next(asked) >= 0)
    assert len(alike(album.review.groups(THRESHOLD))) == 1


def test_many_named_faces_are_compared_in_parts(album: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, person in (("Ada", ADA), ("Grace", GRACE), ("Joan", JOAN)):
        album.known(name, person)
    faces = {name: album.photos(person, 3) for name, person in (("Ada", ADA), ("Joan", JOAN))}
    whole = told(album.review.groups(THRESHOLD))
    monkeypatch.setattr("face_match.workflows.suggest.AT_ONCE", 4)
    assert told(album.review.groups(THRESHOLD)) == whole
    assert proposed(album.review.groups(THRESHOLD)) == {name: ids(own) for name, own in faces.items()}


def test_a_face_of_a_group_without_a_person_is_as_sure_as_it_is_like_the_likest_of_it(album: Any) -> None:
    faces = [album.photo((ADA, likeness))[0] for likeness in (0.9, 0.95, 0.85)]
    (group,) = album.review.groups(THRESHOLD)
    assert [face.id for face in group.faces[-1:]] == [faces[2].id]
    assert sorted(group.similarities) == pytest.approx([0.85 * 0.95, 0.9 * 0.95, 0.9 * 0.95])
    assert group.mean_similarity == pytest.approx(sum(group.similarities) / 3)
