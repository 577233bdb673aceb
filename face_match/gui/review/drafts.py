"""Half-typed names of groups, so that none lands on another group."""

from __future__ import annotations

from collections.abc import Collection


class Drafts:
    """Names by the faces of their groups."""

    def __init__(self) -> None:
        self._of: list[tuple[frozenset[str], str]] = []

    def keep(self, faces: frozenset[str], text: str) -> None:
        """Remember what was typed for a group, by the ids of its faces."""
        if faces and text:
            self._of.append((faces, text))

    def take(self, faces: Collection[str]) -> str:
        """What was typed last for a group, which is forgotten; empty if there is nothing."""
        mine = [draft for draft in self._of if not draft[0].isdisjoint(faces)]
        self._of = [draft for draft in self._of if draft not in mine]
        return mine[-1][1] if mine else ""
