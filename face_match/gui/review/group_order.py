"""The order of the groups, which stays stable around the current one while the user works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from face_match.workflows.face_groups import FaceGroup

NONE: frozenset[str] = frozenset()


class GroupOrder(NamedTuple):
    """The groups, and the row of the current one."""

    groups: Sequence[FaceGroup]
    row: int


def keep_position(
    before: Sequence[FaceGroup],
    row: int,
    groups: Sequence[FaceGroup],
    *,
    seen: AbstractSet[str],
    wanted: frozenset[str] = NONE,
    is_reached: bool = True,
) -> GroupOrder:
    """Order new groups so that the current group and those above it stay where they are.

    A group is the same as before if it has most of its faces. Below the current group, the groups are in the
    given order. Single faces are always last, also where they are current; they do not become current in
    place of a group that is gone while other groups wait.

    Args:
        before, row: the groups shown until now, and the row of the current one.
        seen: ids of faces that were shown at some time. A group of such faces that come back, as after an
            undo, becomes current.
        wanted: ids of faces whose group becomes current, wherever it was.
        is_reached: whether the user went to the current group. Single faces that became current by themselves
            give way to groups that come.
    """
    index_of: dict[str, int] = {}  # made of whole sets: there may be thousands of faces
    for index, group in enumerate(groups):
        index_of.update(dict.fromkeys(group.ids, index))

    def successor(group: FaceGroup) -> int | None:
        """The index of the new group with most of the faces of an old one."""
        found = Counter(index_of[face.id] for face in group.faces if face.id in index_of)
        return found.most_common(1)[0][0] if found else None

    found = [(group.is_singles, successor(group)) for group in before[: max(0, row)]]
    above = [n for was_last, n in found if n is not None and (was_last or not groups[n].is_singles)]
    above = list(dict.fromkeys(above))
    current = successor(before[row]) if 0 <= row < len(before) else None
    if current is not None and groups[current].is_singles and not (before[row].is_singles and is_reached):
        current = None  # the group has fallen apart, or nobody has asked for the single faces
    old_ids = NONE.union(*(group.ids for group in before))
    back = Counter(index_of[face_id] for face_id in (index_of.keys() - old_ids) & seen)
    if old_ids and back and not groups[back.most_common(1)[0][0]].is_singles:
        current = back.most_common(1)[0][0]
    asked_for = Counter(index_of[face_id] for face_id in index_of.keys() & wanted)
    if asked_for:
        current = asked_for.most_common(1)[0][0]
    above = [index for index in above if index != current]
    below = [index for index in range(len(groups)) if index not in above and index != current]
    order = [*above, *([current] if current is not None else []), *below]
    order.sort(key=lambda index: groups[index].is_singles)
    row = order.index(current) if current is not None else min(len(above), max(0, len(order) - 1))
    if current is None and order and groups[order[row]].is_singles:
        row = 0
    return GroupOrder([groups[index] for index in order], row)


def without_faces(groups: Sequence[FaceGroup], ids: Collection[str]) -> Sequence[FaceGroup]:
    """The groups without some faces, such as those whose change is being saved; none is empty."""
    if not ids:
        return groups
    kept = (group.without(ids) if not group.ids.isdisjoint(ids) else group for group in groups)
    return [group for group in kept if group is not None]


def with_faces_apart(groups: Sequence[FaceGroup], apart: frozenset[str]) -> Sequence[FaceGroup]:
    """The groups, in which some of the single faces are first, in a group of their own: they can be named
    before the next question.

    Args:
        apart: the ids of those faces; empty for none.
    """
    singles = next((group for group in groups if group.is_singles and group.ids & apart), None)
    if singles is None:
        return groups
    from face_match.workflows.face_groups import GroupKind

    own, others = singles.without(singles.ids - apart), singles.without(apart)
    own = replace(own, kind=GroupKind.CLUSTER) if own is not None else None
    rest = [others if group is singles else group for group in groups]
    return [group for group in (own, *rest) if group is not None]
