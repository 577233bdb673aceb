"""In which order questions are shown while they change under the eyes of who answers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from face_match.workflows.suggest import FaceGroup


class Order(NamedTuple):
    """The questions, and the row of the one to be asked."""

    groups: Sequence[FaceGroup]
    row: int


def keep_position(
    before: Sequence[FaceGroup],
    row: int,
    groups: Sequence[FaceGroup],
    *,
    skipped: Collection[str],
    follow_new: bool,
) -> Order:
    """What is above the question that is being asked stays there, and so does that one while anything is left
    of it; what is below is in the order given, skipped ones last.

    Args:
        before, row: what was shown, and which was asked.
        skipped: ids of faces.
        follow_new: ask about faces that were not there before, such as those of a name taken back.
    """
    number_of = {face.id: number for number, group in enumerate(groups) for face in group.faces}

    def now(group: FaceGroup) -> int | None:
        """Which has most of the faces of a group of before."""
        found = Counter(number_of[face.id] for face in group.faces if face.id in number_of)
        return found.most_common(1)[0][0] if found else None

    head = list(dict.fromkeys(n for n in map(now, before[: max(0, row)]) if n is not None))
    asked = now(before[row]) if 0 <= row < len(before) else None
    known = {face.id for group in before for face in group.faces}
    new = Counter(number for face_id, number in number_of.items() if face_id not in known)
    if follow_new and known and new and not groups[new.most_common(1)[0][0]].is_singles:
        asked = new.most_common(1)[0][0]
    head = [number for number in head if number != asked]
    rest = [n for n in range(len(groups)) if n not in head and n != asked]
    rest.sort(key=lambda number: (groups[number].is_singles, groups[number].ids <= set(skipped)))
    middle = [asked] if asked is not None else []
    order = [*head, *middle, *rest]
    return Order([groups[number] for number in order], min(len(head), max(0, len(order) - 1)))
