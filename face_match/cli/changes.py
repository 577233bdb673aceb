"""The commands that edit people and faces, and undo and redo edits."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from face_match.cli.opening import open_to_read, open_to_write
from face_match.cli.output import Output

if TYPE_CHECKING:
    from face_match.core.records import Person
    from face_match.gallery.gallery import Gallery


def rename(options: argparse.Namespace, output: Output) -> None:
    """Give a person another name."""
    with open_to_write(options) as gallery:
        before = gallery.person(options.name)
        with _step(gallery) as done:
            person = gallery.rename(before, options.new_name)
    _say(output, person, f"Renamed {before.name} to {person.name}.", done)


def merge(options: argparse.Namespace, output: Output) -> None:
    """Merge one person into another."""
    with open_to_write(options) as gallery:
        before = gallery.person(options.name)
        with _step(gallery) as done:
            person = gallery.merge([before], gallery.person(options.into))
    _say(output, person, f"Merged {before.name} into {person.name}.", done)


def move(options: argparse.Namespace, output: Output) -> None:
    """Move a face to another person."""
    with open_to_write(options) as gallery, _step(gallery) as done:
        person = gallery.move([options.face_id], options.name)
    _say(output, person, f"Moved the face to {person.name}.", done)


def remove(options: argparse.Namespace, output: Output) -> None:
    """Remove a face from its person; it becomes an unnamed face."""
    with open_to_write(options) as gallery:
        owner = gallery.person_of(options.face_id)
        with _step(gallery) as done:
            gallery.remove([options.face_id])
        left = gallery.find(owner.name)
    _say(output, left or replace(owner, face_count=0), f"Removed the face from {owner.name}.", done)


def cover(options: argparse.Namespace, output: Output) -> None:
    """Set a face as the cover of its person."""
    with open_to_write(options) as gallery, _step(gallery) as done:
        person = gallery.set_cover(options.face_id)
    _say(output, person, f"Cover photo set for {person.name}.", done)


def born(options: argparse.Namespace, output: Output) -> None:
    """Set or remove a person's birth date."""
    with open_to_write(options) as gallery, _step(gallery) as done:
        person = gallery.set_birth_date(gallery.person(options.name), options.date)
    text = f"{person.name} was born in {person.born}." if person.born else "The birth date was removed."
    if len(person.born) == len("2014-05-17"):
        text = f"{person.name} was born on {person.born}."
    _say(output, person, text, done)
    output.document["born"] = person.born


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


@dataclass
class _Done:
    """Whether the command made a step; if not, “undo” would undo an earlier one."""

    is_step: bool = False


@contextlib.contextmanager
def _step(gallery: Gallery) -> Iterator[_Done]:
    before, done = gallery.history[-1:], _Done()
    yield done
    done.is_step = gallery.history[-1:] != before


def _say(output: Output, person: Person, what: str, done: _Done) -> None:
    output.document = {"person": person.name, "samples": person.face_count}
    output.line(f"{what} Undo: “undo”." if done.is_step else "That is so already; nothing was changed.")
