"""Names that a photo's metadata have without a place are suggestions for its faces, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from face_match.core.records import FaceRecord
from face_match.decision.hints import hint_allowance
from face_match.workflows.face_groups import FaceGroup, GroupKind
from face_match.workflows.match import matches

MODEL, THRESHOLD = "made-up", 0.85
ADA, GRACE, JOAN, MARY = 1, 2, 3, 4


def ids(faces: Sequence[FaceRecord]) -> set[str]:
    return {face.id for face in faces}


def proposed(album: Any, kind: GroupKind = GroupKind.HINTED) -> dict[str | None, set[str]]:
    """The faces of the groups of a kind, by the name proposed."""
    groups: Sequence[FaceGroup] = album.review.groups(THRESHOLD)
    assert sum(len(group.faces) for group in groups) == len(album.gallery.unnamed())  # each once
    return {group.proposed_name: ids(group.faces) for group in groups if group.kind is kind}


def suggested(album: Any) -> dict[str | None, set[str]]:
    return proposed(album, GroupKind.SUGGESTION)


# People of the gallery


@pytest.mark.parametrize(
    ("hints", "is_suggested"),
    [
        ((), False),
        (("Ada",), True),
        (("ada ",), True),  # as the gallery compares names
        (("Grace",), False),
        (("Ada", "Someone new"), True),
        ((*(f"Person {n}" for n in range(40)), "Ada"), False),  # of so many, one more is no evidence
    ],
)
def test_whom_the_metadata_name_is_suggested_from_a_lower_score_on(
    album: Any, hints: tuple[str, ...], is_suggested: bool
) -> None:
    album.known("Ada", ADA)
    album.known("Grace", GRACE)
    (face,) = album.photo((ADA, 0.80), hints=hints)
    assert suggested(album) == ({"Ada": {face.id}} if is_suggested else {})


def test_a_hint_does_not_make_a_stranger_the_person(album: Any) -> None:
    album.known("Ada", ADA)
    album.photo((ADA, THRESHOLD - hint_allowance(MODEL, 1) - 0.01), hints=["Ada"])
    assert suggested(album) == {}


def test_a_name_that_another_face_of_the_photo_has_is_used_up(album: Any) -> None:
    album.known("Ada", ADA)
    first, second = album.photo((GRACE, 0.9), (ADA, 0.80), hints=["Ada"])
    assert suggested(album) == {"Ada": {second.id}}
    album.review.name([first], "Ada")
    assert suggested(album) == {}


def test_a_rejected_person_is_not_suggested_again_because_of_a_hint(album: Any) -> None:
    album.known("Ada", ADA)
    (face,) = album.photo((ADA, 0.80), hints=["Ada"])
    (group,) = [one for one in album.review.groups(THRESHOLD) if one.person is not None]
    album.review.remove_from_group([face], group)
    assert suggested(album) == {} == proposed(album)


def test_the_list_of_matches_says_whom_the_metadata_name_and_ranks_them_higher(album: Any) -> None:
    album.known("Ada", ADA)
    album.known("Grace", GRACE)
    embedding = album.embedding(ADA, 0.6)
    embedding[GRACE] = 0.57
    embedding /= (embedding**2).sum() ** 0.5
    plain = matches(album.gallery, embedding, MODEL, 5)
    hinted = matches(album.gallery, embedding, MODEL, 5, hints=["Grace"])
    assert [one.person.name for one in plain] == ["Ada", "Grace"]
    assert [one.person.name for one in hinted] == ["Grace", "Ada"]
    assert [one.is_hinted for one in hinted] == [True, False]
    assert hinted[0].score == pytest.approx(plain[1].score)  # what is shown stays the score


# New people


def test_a_cluster_gets_the_name_that_nearly_all_its_photos_have(album: Any) -> None:
    named = album.photos(ADA, 7, hints=["Ada Lovelace"])
    (without,) = album.photo((ADA, 0.9))
    album.photos(GRACE, 3, hints=["Grace Hopper"])
    album.photos(JOAN, 3)
    assert proposed(album) == {
        "Ada Lovelace": ids([*named, without]),
        "Grace Hopper": {face.id for face in album.gallery.unnamed() if face.hints == ("Grace Hopper",)},
    }
    group = next(one for one in album.review.groups(THRESHOLD) if one.proposed_name == "Ada Lovelace")
    assert group.hinted_name is not None
    assert (group.hinted_name.named, group.hinted_name.photos) == (7, 8)
    assert not group.is_confirmable
    assert album.gallery.people == ()


def test_too_few_photos_with_the_name_do_not_name_a_cluster(album: Any) -> None:
    album.photos(ADA, 5, hints=["Ada"])
    album.photos(ADA, 4)
    assert proposed(album) == {}


def test_of_two_people_who_are_always_together_neither_is_named(album: Any) -> None:
    for _ in range(4):
        album.photo((ADA, 0.9), (GRACE, 0.9), hints=["Ada", "Grace"])
    assert proposed(album) == {}


def test_the_name_of_one_makes_the_other_one_sure(album: Any) -> None:
    adas = album.photos(ADA, 5, hints=["Ada"])
    both = [album.photo((ADA, 0.9), (GRACE, 0.9), hints=["Ada", "Grace"]) for _ in range(4)]
    assert proposed(album) == {
        "Ada": ids([*adas, *(faces[0] for faces in both)]),
        "Grace": ids([faces[1] for faces in both]),
    }


def test_who_is_in_many_photos_without_the_name_does_not_get_it(album: Any) -> None:
    both = [album.photo((ADA, 0.9), (GRACE, 0.9), hints=["Grace"]) for _ in range(4)]
    album.photos(ADA, 6)
    assert proposed(album) == {"Grace": ids([faces[1] for faces in both])}


def test_a_word_that_all_photos_have_is_nobodys_name(album: Any) -> None:
    for person in (ADA, GRACE, JOAN):
        album.photos(person, 4, hints=["Holiday"])
    assert proposed(album) == {}


def test_a_cluster_that_looks_otherwise_may_still_be_a_known_person(album: Any) -> None:
    """As a child, for instance; so it is asked, not suggested."""
    album.known("Ada", MARY)
    faces = album.photos(ADA, 4, hints=["Ada"])
    assert proposed(album) == {"Ada": ids(faces)}
    assert suggested(album) == {}


@pytest.mark.parametrize(
    ("people", "hints", "is_proposed"),
    [
        ([ADA], ["Ada"], True),
        ([ADA], ["Ada", "Grace"], False),
        ([ADA, GRACE], ["Ada"], False),
        ([ADA], [], False),
    ],
)
def test_one_face_with_one_name_is_asked_about_with_it(
    album: Any, people: list[int], hints: list[str], is_proposed: bool
) -> None:
    faces = album.photo(*((person, 0.9) for person in people), hints=hints)
    assert proposed(album) == ({"Ada": ids(faces)} if is_proposed else {})


def test_an_ignored_face_beside_it_may_be_the_one_that_is_named(album: Any) -> None:
    one, other = album.photo((ADA, 0.9), (GRACE, 0.9), hints=["Ada"])
    album.review.ignore([other])
    assert proposed(album) == {}
    assert ids(album.gallery.unnamed()) == {one.id}


def test_a_face_unlike_the_known_person_is_not_asked_about_with_the_name(album: Any) -> None:
    album.known("Ada", ADA)
    album.photo((GRACE, 0.9), hints=["Ada"])
    assert proposed(album) == {}


def test_a_name_that_was_rejected_is_not_proposed_again_and_undo_brings_it_back(album: Any) -> None:
    faces = album.photos(ADA, 4, hints=["Ada"])
    (group,) = album.review.groups(THRESHOLD)
    album.review.remove_from_group(faces, group)
    assert proposed(album) == {}
    assert album.gallery.people == ()
    album.reopen()
    assert proposed(album) == {}
    album.gallery.undo()
    assert proposed(album) == {"Ada": ids(faces)}


def test_a_face_removed_from_the_proposal_leaves_the_others(album: Any) -> None:
    *rest, wrong = album.photos(ADA, 5, hints=["Ada"])
    (group,) = album.review.groups(THRESHOLD)
    album.review.remove_from_group([wrong], group)
    assert proposed(album) == {"Ada": ids(rest)}
    album.review.name(album.now(rest), "Ada")
    assert wrong.id not in suggested(album).get("Ada", set())


def test_naming_a_proposed_group_names_its_faces(album: Any) -> None:
    faces = album.photos(ADA, 3, hints=["Ada"])
    (group,) = album.review.groups(THRESHOLD)
    album.review.name(group.faces, group.proposed_name)
    assert {face.person for face in album.now(faces)} == {album.gallery.person("Ada").folder}
    assert proposed(album) == {} == suggested(album)
