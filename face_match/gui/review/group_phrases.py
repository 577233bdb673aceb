"""Sentences about groups of unnamed faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from face_match.gui import phrases

if TYPE_CHECKING:
    from face_match.workflows.suggest import FaceGroup


def group_question(group: FaceGroup) -> str:
    """The question about a group of unnamed faces."""
    count = len(group.faces)
    if group.person is not None:
        name = phrases.display_name(group.person.name)
        question = f"Is this {name}?" if count == 1 else f"Are these {count:,} faces {name}?"
        if group.across_childhood:
            return (
                f"{question} Maybe: the photos are more than ten years apart, and {name} was a child, or may "
                "have been."
            )
        return question
    if group.is_singles:
        return "Do you know any of these single faces?" if count > 1 else "Do you know this face?"
    return f"Who is this? {count:,} similar faces."


def group_title(group: FaceGroup) -> str:
    """A group's row in the list of groups."""
    if group.person is not None:
        return f"{phrases.display_name(group.person.name)}?"
    return "Single faces" if group.is_singles else "Who is this?"


def group_details(group: FaceGroup) -> str:
    """The number of faces, and the similarity to the person suggested."""
    count = phrases.faces(len(group.faces))
    if group.across_childhood:
        return f"{count}, maybe"
    return f"{count}, {group.mean_similarity:.2f}" if group.person is not None else count
