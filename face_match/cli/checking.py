"""The commands that check a gallery and remove near-duplicates."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from face_match.cli.opening import open_to_read, open_to_write, threshold_of
from face_match.cli.output import Output, progress_bar, stoppable
from face_match.core.number_text import plural
from face_match.core.settings import Settings

if TYPE_CHECKING:
    from face_match.gallery.health import Health

ALIKE_SHOWN = 10


def check(options: argparse.Namespace, output: Output) -> None:
    """Print the problems of a gallery; fails if crops are lost."""
    from face_match.decision.threshold import is_match
    from face_match.gallery.health import check_gallery as look_at
    from face_match.gallery.records.names import name_key
    from face_match.workflows.models import model_for_gallery

    gallery = open_to_read(options, output)
    model = options.model or model_for_gallery(gallery, Settings.load().model)
    threshold = threshold_of(model, gallery)
    with progress_bar("checking", unit=" faces") as on_progress, stoppable() as is_cancelled:
        health = look_at(gallery, model, partial(is_match, threshold=threshold), on_progress, is_cancelled)
    hints = [name for photo in gallery.photos() for name in photo.hints]
    output.document = {**_document(health, model, threshold), "hints": len({*map(name_key, hints)})}
    _print_faces(health, output)
    _print_people(health, threshold, output)
    for file in health.unreferenced_files:
        output.line(f"No face refers to {file}.")
    found = sum(len(duplicates) for _, duplicates in health.duplicates)
    crops = plural(len(health.lost_crops), "crop is", "crops are")
    duplicates_found = plural(found, "near-duplicate", "near-duplicates")
    faces = plural(health.faces, "face", "faces")
    unnamed = f" and {health.unnamed:,} unnamed" if health.unnamed else ""
    output.line(f"{faces}{unnamed}: {crops} missing or damaged, {duplicates_found} under {model}.")
    if hints:
        names = plural(len({*map(name_key, hints)}), "name", "names")
        output.line(f"In the metadata of photos, without a place: {names}.")
    if found:
        output.line("“thin” removes near-duplicates; “undo” undoes it.")
    if health.not_compared:
        output.line(f"Without a vector of {model}, and so not compared: {health.not_compared}.")
    if health.left_out:
        output.line(f"Faces of people who are not in the sample that was compared: {health.left_out:,}.")


def _document(health: Health, model: str, threshold: float) -> dict[str, object]:
    return {
        "model": model,
        "samples": health.faces,
        "unnamed": health.unnamed,
        "without_crop": health.without_crop,
        "not_compared": health.not_compared,
        "left_out": health.left_out,
        "lost": [
            {
                "person": lost.person.name if lost.person is not None else None,
                "sample": lost.face_id,
                "file": lost.file,
            }
            for lost in health.lost_crops
        ],
        "near_duplicates": [
            {
                "person": person.name,
                "sample": near.face.id,
                "of": near.of.id,
                "similarity": near.similarity,
            }
            for person, duplicates in health.duplicates
            for near in duplicates
        ],
        "nearer_to_another": [
            {
                "person": person.name,
                "sample": likeness.face_id,
                "own_similarity": likeness.own,
                "other": likeness.other.name,
                "similarity": likeness.similarity,
            }
            for person, likeness in health.nearer_to_others
        ],
        "threshold": threshold,
        "confused": [
            {"people": [pair.one.name, pair.other.name], "samples": pair.faces, "similarity": pair.highest}
            for pair in health.confused
        ],
        "most_alike": [
            {"person": person.name, "other": likeness.other.name, "similarity": likeness.similarity}
            for person, likeness in health.nearest_others
        ],
        "strays": health.unreferenced_files,
    }


def _print_faces(health: Health, output: Output) -> None:
    for lost in health.lost_crops:
        whose = lost.person.name if lost.person is not None else "Unnamed"
        output.failure(lost.error, f"{whose}, face {lost.face_id}")
    for person, duplicates in health.duplicates:
        output.line(f"{person.name}: {plural(len(duplicates), 'near-duplicate', 'near-duplicates')}")
        for near in duplicates:
            output.line(f"  {near.face.id}  of {near.of.id}  {near.similarity:.3f}")
    for person, likeness in health.nearer_to_others:
        output.line(
            f"{person.name}: face {likeness.face_id} is nearer to {likeness.other.name} "
            f"({likeness.similarity:.3f}) than to the others ({likeness.own:.3f}). See “move”."
        )


def _print_people(health: Health, threshold: float, output: Output) -> None:
    for pair in health.confused:
        faces = plural(pair.faces, "face matches", "faces match")
        output.line(
            f"{pair.one.name} and {pair.other.name}: {faces} the other at {threshold:.3f}, "
            f"up to {pair.highest:.3f}."
        )
    for person, likeness in health.nearest_others[:ALIKE_SHOWN]:
        output.line(f"{person.name} is most like {likeness.other.name}, {likeness.similarity:.3f}.")


def thin(options: argparse.Namespace, output: Output) -> None:
    """Remove near-duplicates, as one step."""
    from face_match.gallery.near_duplicates import near_duplicates
    from face_match.workflows.models import model_for_gallery

    with open_to_write(options) as gallery:
        model = options.model or model_for_gallery(gallery, Settings.load().model)
        people = [gallery.person(name) for name in options.names] or gallery.people
        removed = {
            person.name: [
                near.face.id for near in near_duplicates(gallery.faces_of(person), model, gallery.pixels_of)
            ]
            for person in people
        }
        ids = [face_id for own in removed.values() for face_id in own]
        if ids:
            gallery.remove(ids, is_ignored=True)
    output.document = {"model": model, "removed": {name: own for name, own in removed.items() if own}}
    for name, own in removed.items():
        if own:
            output.line(f"{len(own):6}  {name}")
    output.line(
        f"{plural(len(ids), 'near-duplicate is', 'near-duplicates are')} removed. Undo: “undo”."
        if ids
        else "There are no near-duplicates."
    )
