"""The commands that change whose samples are whose, and take changes back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from face_match.cli.opening import open_to_read, open_to_write
from face_match.cli.output import Output

if TYPE_CHECKING:
    from face_match.types import Person


def rename(options: argparse.Namespace, output: Output) -> None:
    """Call a person otherwise."""
    with open_to_write(options) as gallery:
        before = gallery.person(options.name)
        _say(output, gallery.rename(before, options.new_name), f"{before.name} is called {{}} now.")


def merge(options: argparse.Namespace, output: Output) -> None:
    """Make one person of two."""
    with open_to_write(options) as gallery:
        before = gallery.person(options.name)
        person = gallery.merge([before], gallery.person(options.into))
        _say(output, person, f"{before.name} is {{}} now.")


def move(options: argparse.Namespace, output: Output) -> None:
    """Make a sample another person's."""
    with open_to_write(options) as gallery:
        _say(output, gallery.move([options.sample], options.name), "The sample is one of {} now.")


def remove(options: argparse.Namespace, output: Output) -> None:
    """Take a sample out."""
    with open_to_write(options) as gallery:
        (person,) = gallery.remove([options.sample])
        _say(output, person, "The sample is one of {} no more.")


def cover(options: argparse.Namespace, output: Output) -> None:
    """Let a sample stand for its person."""
    with open_to_write(options) as gallery:
        _say(output, gallery.set_cover(options.sample), "The sample stands for {} now.")


def undo(options: argparse.Namespace, output: Output) -> None:
    """Take the last change back."""
    with open_to_write(options) as gallery:
        change = gallery.undo()
    output.document = {"undone": change and change.description}
    output.line(f"Took back: {change.description}." if change else "There is nothing to take back.")


def history(options: argparse.Namespace, output: Output) -> None:
    """List the changes that can be taken back, the last one first."""
    changes = open_to_read(options, output).history[::-1]
    output.document = {"changes": [{"at": c.at, "description": c.description} for c in changes]}
    for change in changes:
        output.line(f"{change.at}  {change.description}")


def _say(output: Output, person: Person, done: str) -> None:
    output.document = {"person": person.name, "samples": person.sample_count}
    output.line(f"{done.format(person.name)} “undo” takes that back.")
