"""Faces that were removed together from a person or a group, and look alike, are one group again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from face_match.core.records import FaceRecord
from face_match.core.types import Verdict
from face_match.workflows.face_groups import FaceGroup, GroupKind

THRESHOLD = 0.85
ADA, GRACE, JOAN, MARY = 1, 2, 3, 4


def ids(faces: Sequence[FaceRecord]) -> set[str]:
    return {face.id for face in faces}


def of_kind(groups: Sequence[FaceGroup], kind: GroupKind) -> list[set[str]]:
    return [ids(group.faces) for group in groups if group.kind is kind]


def remove(album: Any, name: str, faces: Sequence[FaceRecord]) -> None:
    album.review.name(faces, name)
    album.gallery.remove([face.id for face in faces])


def know_look_alikes(album: Any) -> None:
    """People so alike that faces must be more similar to be one cluster."""
    for number in range(11):
        (lookalike,) = album.photo((MARY, 0.95))
        album.review.name([lookalike], f"Person {number}")


def test_faces_removed_from_a_person_are_one_group_whomever_some_were_removed_from_before(album: Any) -> None:
    for name, person in (("Ada", ADA), ("Joan", JOAN)):
        album.known(name, person)
    graces, other = album.photos(GRACE, 3, 0.95), album.photo((MARY, 0.95))
    remove(album, "Joan", graces[:1])
    remove(album, "Ada", [*graces, *other])
    for review in (album.review, album.reopen()):
        groups = review.groups(THRESHOLD)
        assert of_kind(groups, GroupKind.CLUSTER) == [ids(graces)]
        assert of_kind(groups, GroupKind.SINGLES) == [ids(other)]


def test_faces_that_were_clustered_apart_are_one_group_once_they_are_removed_from_a_person(
    album: Any,
) -> None:
    """Where many people look alike, clusters need more similarity than a match."""
    know_look_alikes(album)
    graces = album.photos(GRACE, 2, 0.94)
    assert of_kind(album.review.groups(THRESHOLD), GroupKind.PAIR) == [ids(graces)]
    remove(album, "Person 1", graces)
    assert of_kind(album.review.groups(THRESHOLD), GroupKind.CLUSTER) == [ids(graces)]
    assert of_kind(album.review.groups(0.95), GroupKind.PAIR) == [ids(graces)]


def test_two_faces_that_may_be_of_one_person_are_asked_about_until_that_is_answered(album: Any) -> None:
    know_look_alikes(album)
    graces, joan = album.photos(GRACE, 2, 0.94), album.photo((JOAN, 0.94))
    for review in (album.review, album.reopen()):
        assert [group.kind for group in review.groups(THRESHOLD)] == [GroupKind.PAIR, GroupKind.SINGLES]
        assert of_kind(review.groups(THRESHOLD), GroupKind.PAIR) == [ids(graces)]
    review.mark_same_person(graces)
    assert of_kind(review.groups(THRESHOLD), GroupKind.CLUSTER) == [ids(graces)]
    album.gallery.undo()
    pair = review.groups(THRESHOLD)[0]
    review.remove_from_group(graces[:1], pair)
    for now in (review, album.reopen()):
        assert of_kind(now.groups(THRESHOLD), GroupKind.SINGLES) == [ids([*graces, *joan])]


def test_faces_of_one_photo_are_no_pair(album: Any) -> None:
    know_look_alikes(album)
    both = album.photo((GRACE, 0.97), (GRACE, 0.97))
    assert of_kind(album.review.groups(THRESHOLD), GroupKind.SINGLES) == [ids(both)]


def test_faces_removed_from_a_group_together_are_a_group_of_their_own(album: Any) -> None:
    faces = album.photos(ADA, 5, 0.95)
    (group,) = album.review.groups(THRESHOLD)
    album.review.remove_from_group(faces[:3], group)
    for review in (album.review, album.reopen()):
        assert of_kind(review.groups(THRESHOLD), GroupKind.CLUSTER) == [ids(faces[:3]), ids(faces[3:])]


def test_a_face_joins_none_that_it_was_said_to_be_different_from(album: Any) -> None:
    faces = album.photos(ADA, 5, 0.95)
    for number in range(2):
        group = next(one for one in album.review.groups(THRESHOLD) if len(one.faces) > 2)
        album.review.remove_from_group(faces[number : number + 1], group)
    groups = album.review.groups(THRESHOLD)
    assert of_kind(groups, GroupKind.CLUSTER) == [ids(faces[2:])]
    assert of_kind(groups, GroupKind.SINGLES) == [ids(faces[:2])]
    album.gallery.undo()
    album.gallery.undo()
    album.review.remove_from_group(faces[:3], album.review.groups(THRESHOLD)[0])
    removed = next(one for one in album.review.groups(THRESHOLD) if one.ids == ids(faces[:3]))
    album.review.remove_from_group(faces[:1], removed)
    groups = album.review.groups(THRESHOLD)
    assert ids(faces[1:3]) in of_kind(groups, GroupKind.CLUSTER)
    assert of_kind(groups, GroupKind.SINGLES) == [ids(faces[:1])]


def test_what_the_user_has_put_together_stays_as_it_is(album: Any) -> None:
    album.known("Ada", ADA)
    graces = album.photos(GRACE, 3, 0.95)
    remove(album, "Ada", graces)
    album.review.mark_same_person(graces[:2])
    groups = album.review.groups(THRESHOLD)
    assert of_kind(groups, GroupKind.CLUSTER) == [ids(graces[:2])]
    assert of_kind(groups, GroupKind.SINGLES) == [ids(graces[2:])]


def test_faces_of_one_photo_and_unusable_ones_stay_single(album: Any) -> None:
    album.known("Ada", ADA)
    pair = album.photo((GRACE, 0.97), (GRACE, 0.97))
    unusable = album.photo((GRACE, 0.97), verdict=Verdict.UNUSABLE)
    for face in (*pair, *unusable):
        remove(album, "Ada", [face])
    assert of_kind(album.review.groups(THRESHOLD), GroupKind.SINGLES) == [ids([*pair, *unusable])]
