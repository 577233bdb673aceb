"""The commands that look at the gallery, or change it without looking at photos."""

from __future__ import annotations

import argparse

from face_match.cli.opening import open_to_read
from face_match.cli.output import Output


def people(options: argparse.Namespace, output: Output) -> None:
    """List the people with their numbers of samples."""
    gallery = open_to_read(options, output)
    people = sorted(gallery.people, key=lambda person: person.name.casefold())
    output.document = {
        "people": [
            {"name": person.name, "samples": person.sample_count, "added": person.added} for person in people
        ]
    }
    for person in people:
        output.line(f"{person.sample_count:6}  {person.name}")
    output.line(f"{len(people):6}  people, {gallery.sample_count} samples")


def show(options: argparse.Namespace, output: Output) -> None:
    """List one person's samples."""
    gallery = open_to_read(options, output)
    person = gallery.person(options.name)
    samples = gallery.samples_of(person)
    output.document = {
        "name": person.name,
        "added": person.added,
        "samples": [
            {
                "id": sample.id,
                "file": sample.file,
                "added": sample.added,
                "models": sorted(sample.vectors),
            }
            for sample in samples
        ],
    }
    output.line(f"{person.name}, added {person.added}")
    for sample in samples:
        output.line(f"  {sample.id}  {sample.added}  {sample.file}")


def backup(options: argparse.Namespace, output: Output) -> None:
    """Keep a copy of the records."""
    from face_match.gallery.gallery import Gallery

    with Gallery.open(options.gallery, for_writing=True) as gallery:
        path = gallery.back_up()
    output.document = {"backup": str(path)}
    output.line(f"The records are kept as {path}; “restore” puts them in their place again.")


def restore(options: argparse.Namespace, output: Output) -> None:
    """Put a backup of the records in their place."""
    from face_match.gallery.gallery import Gallery

    backup = options.file if options.file.exists() else options.gallery / options.file
    aside = Gallery.restore(options.gallery, backup)
    output.document = {"restored": str(backup), "before": str(aside) if aside else None}
    output.line(f"{backup.name} is in its place again.")
    if aside:
        output.line(f"What was there before is kept as {aside.name}.")
