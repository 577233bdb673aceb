"""The order of the groups, which stays stable around the current one while the user works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from face_match.workflows.suggest import FaceGroup


class GroupOrder(NamedTuple):
    """The groups, and the row of the current one."""

    groups: Sequence[FaceGroup]
    row: int


def keep_position(
    before: Sequence[FaceGroup],
    row: int,
    groups: Sequence[FaceGroup],
    *,
    seen: Collection[str],
) -> GroupOrder:
    """Order new groups so that the current group and those above it stay where they are.

    A group is the same as before if it has most of its faces. Below the current group, the groups are in the
    given order, single faces last.

    Args:
        before, row: the groups shown until now, and the row of the current one.
        seen: ids of faces that were shown at some time. A group of such faces that come back, as after an
            undo, becomes current.
    """
    index_of = {face.id: index for index, group in enumerate(groups) for face in group.faces}

    def successor(group: FaceGroup) -> int | None:
        """The index of the new group with most of the faces of an old one."""
        found = Counter(index_of[face.id] for face in group.faces if face.id in index_of)
        return found.most_common(1)[0][0] if found else None

    above = list(dict.fromkeys(n for n in map(successor, before[: max(0, row)]) if n is not None))
    current = successor(before[row]) if 0 <= row < len(before) else None
    old_ids = {face.id for group in before for face in group.faces}
    back = Counter(index for face_id, index in index_of.items() if face_id not in old_ids and face_id in seen)
    if old_ids and back and not groups[back.most_common(1)[0][0]].is_singles:
        current = back.most_common(1)[0][0]
    above = [index for index in above if index != current]
    below = [index for index in range(len(groups)) if index not in above and index != current]
    below.sort(key=lambda index: groups[index].is_singles)
    order = [*above, *([current] if current is not None else []), *below]
    return GroupOrder([groups[index] for index in order], min(len(above), max(0, len(order) - 1)))
