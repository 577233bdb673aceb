"""What a step that was undone or redone has changed, so that pages can show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.records.edits import Edit
    from face_match.gallery.records.history import Step

MOST_FACES = 1000
"""Of a step of very many faces, those that are looked for."""


class StepTrace(NamedTuple):
    """Where the faces of a step are now.

    Attributes:
        changed: ids of all that the step changed, those that are gone as well.
        faces: ids of all that there are.
        unnamed, ignored: ids of those without a name.
        people: folders of the people who have the others, or who were changed themselves.
        left: folders of the people who had some of the faces before; some of the people may be gone.
    """

    changed: frozenset[str]
    faces: frozenset[str]
    unnamed: frozenset[str]
    ignored: frozenset[str]
    people: frozenset[str]
    left: frozenset[str]


def step_trace(gallery: Gallery, step: Step) -> StepTrace:
    """The trace of a step that has just been undone or redone."""
    from face_match.gallery.records.rows import Table  # the window is shown before the gallery is loaded

    edits = gallery.edits_of(step)
    ids = list(dict.fromkeys(edit.key for edit in edits if edit.table is Table.FACES))[:MOST_FACES]
    faces = gallery.existing_faces(ids)
    folders = {edit.key for edit in edits if edit.table is Table.PEOPLE}
    people = {one.person for one in faces if one.person is not None}
    people |= {folder for folder in folders if gallery.person_by_folder(folder) is not None}
    owners = {owner for edit in edits if edit.table is Table.FACES for owner in _owners(edit)}
    unnamed = [one for one in faces if one.person is None]
    return StepTrace(
        frozenset(ids),
        frozenset(one.id for one in faces),
        frozenset(one.id for one in unnamed if not one.is_ignored),
        frozenset(one.id for one in unnamed if one.is_ignored),
        frozenset(people),
        frozenset(owners - people),
    )


def _owners(edit: Edit) -> list[str]:
    """Folders of the people between whom an edit moves a face."""
    if not edit.changes("person"):
        return []
    return [owner for owner in (edit.old("person"), edit.new("person")) if owner is not None]
