"""The order of the groups: suggestions as they come, single faces last."""

from __future__ import annotations

from face_match.core.records import FaceRecord, Person
from face_match.decision.probability import WORDS
from face_match.gui.review.group_order import keep_position
from face_match.gui.review.group_phrases import group_details, group_question, is_unlikely
from face_match.workflows.face_groups import FaceGroup, GroupKind

ADA = Person("Ada", "ada", "", 3)


def group(kind: GroupKind, *ids: str) -> FaceGroup:
    person = ADA if kind is GroupKind.SUGGESTION else None
    return FaceGroup(kind, tuple(FaceRecord(one) for one in ids), (0.95,) * len(ids), person)


def test_a_suggestion_that_comes_stands_above_single_faces_that_are_looked_at() -> None:
    before = [group(GroupKind.SINGLES, "1", "2", "3")]
    suggestion, singles = group(GroupKind.SUGGESTION, "1"), group(GroupKind.SINGLES, "2", "3")
    order = keep_position(before, 0, [suggestion, singles], seen={"1", "2", "3"})
    assert list(order.groups) == [suggestion, singles]
    assert order.row == 1, "what is looked at stays current"


def test_the_current_group_and_those_above_it_stay() -> None:
    first, current = group(GroupKind.CLUSTER, "1", "2"), group(GroupKind.CLUSTER, "3", "4")
    new, singles = group(GroupKind.SUGGESTION, "5"), group(GroupKind.SINGLES, "6")
    order = keep_position([first, current, singles], 1, [new, first, current, singles], seen=set("12346"))
    assert list(order.groups) == [first, current, new, singles]
    assert order.row == 1


def test_single_faces_do_not_follow_a_group_that_is_gone_while_others_wait() -> None:
    first, last = group(GroupKind.CLUSTER, "1", "2"), group(GroupKind.CLUSTER, "3", "4")
    singles, apart = group(GroupKind.SINGLES, "6"), group(GroupKind.SINGLES, "3", "4", "6")
    for now in (singles, apart):
        order = keep_position([first, last, singles], 1, [first, now], seen=set("12346"))
        assert order.groups[order.row] == first
    order = keep_position([last, singles], 0, [singles], seen=set("346"))
    assert order.groups[order.row] == singles, "no other is left"


def test_single_faces_that_became_current_by_themselves_give_way_to_groups_that_come() -> None:
    before = [group(GroupKind.SINGLES, "1", "2", "3")]
    suggestion, singles = group(GroupKind.SUGGESTION, "4"), group(GroupKind.SINGLES, "1", "2", "3")
    order = keep_position(before, 0, [suggestion, singles], seen=set("123"), is_reached=False)
    assert order.groups[order.row] == suggestion
    order = keep_position(before, 0, [singles], seen=set("123"), is_reached=False)
    assert order.groups[order.row] == singles


def test_a_group_that_is_only_suggested_by_a_low_threshold_says_so() -> None:
    low = 0.01
    assert is_unlikely(low)
    suggestion = group(GroupKind.SUGGESTION, "1")
    assert group_question(suggestion, low) == "Could this be Ada?"
    details = group_details(suggestion, low)
    assert details == "1 face · low threshold"
    assert WORDS[2].lower() not in details
    assert group_details(suggestion, 0.99).endswith("very likely")
    assert group_details(suggestion, 0.99, is_short=True) == f"{len(suggestion.faces)} · very likely"
