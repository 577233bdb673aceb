"""The commands that change whose faces are whose, and undo and redo changes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from face_match.cli.opening import open_to_read, open_to_write
from face_match.cli.output import Output

if TYPE_CHECKING:
    from face_match.types import Person


def rename(options: argparse.Namespace, output: Output) -> None:
    """Give a person another name."""
    with open_to_write(options) as gallery:
        before = gallery.person(options.name)
        person = gallery.rename(before, options.new_name)
    _say(output, person, f"Renamed {before.name} to {person.name}.")


def merge(options: argparse.Namespace, output: Output) -> None:
    """Make one person of two."""
    with open_to_write(options) as gallery:
        before = gallery.person(options.name)
        person = gallery.merge([before], gallery.person(options.into))
    _say(output, person, f"Merged {before.name} into {person.name}.")


def move(options: argparse.Namespace, output: Output) -> None:
    """Make a face another person's."""
    with open_to_write(options) as gallery:
        person = gallery.move([options.sample], options.name)
    _say(output, person, f"Moved the face to {person.name}.")


def remove(options: argparse.Namespace, output: Output) -> None:
    """Take a face from its person; it is an unnamed face then."""
    with open_to_write(options) as gallery:
        owner = gallery.person_of(options.sample)
        gallery.remove([options.sample])
        left = gallery.find(owner.name)
    _say(output, owner, f"Removed the face from {owner.name}.", 0 if left is None else left.face_count)


def cover(options: argparse.Namespace, output: Output) -> None:
    """Let a face stand for its person."""
    with open_to_write(options) as gallery:
        person = gallery.set_cover(options.sample)
    _say(output, person, f"Cover photo set for {person.name}.")


def undo(options: argparse.Namespace, output: Output) -> None:
    """Undo the last change."""
    with open_to_write(options) as gallery:
        step = gallery.undo()
    output.document = {"undone": step and step.description}
    output.line(f"Undid: {step.description}." if step else "There is nothing to undo.")


def redo(options: argparse.Namespace, output: Output) -> None:
    """Redo the change that was undone last."""
    with open_to_write(options) as gallery:
        step = gallery.redo()
    output.document = {"redone": step and step.description}
    output.line(f"Redid: {step.description}." if step else "There is nothing to redo.")


def history(options: argparse.Namespace, output: Output) -> None:
    """List the changes that can be undone or redone, the last one first."""
    gallery = open_to_read(options, output)
    steps = [*gallery.history, *gallery.undone][::-1]
    output.document = {
        "changes": [{"at": s.at, "description": s.description, "undone": s.is_undone} for s in steps]
    }
    for step in steps:
        output.line(f"{step.at}  {step.description}{'  (undone)' if step.is_undone else ''}")


def _say(output: Output, person: Person, done: str, faces: int | None = None) -> None:
    output.document = {"person": person.name, "samples": person.face_count if faces is None else faces}
    output.line(f"{done} Undo: “undo”.")
