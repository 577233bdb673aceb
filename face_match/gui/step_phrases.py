"""Steps of the history in the user's language. The gallery records what a step did in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from face_match.core.translation import match_template
from face_match.gui import phrases
from face_match.gui.translation import marked, tr, translated

if TYPE_CHECKING:
    from face_match.gallery.records.history import Step

DESCRIPTIONS = (
    marked("added {faces} to {person}"),
    marked("moved {faces} from {people} to {person}"),
    marked("moved {faces} to {person}"),
    marked("removed a drawn box"),
    marked("removed {faces} from a group"),
    marked("removed {faces} of {people}"),
    marked("removed {faces}"),
    marked("rejected {person} for {faces}"),
    marked("renamed {person} to {other}"),
    marked("merged {people} into {person}"),
    marked("deleted {people}"),
    marked("set the cover photo of {person}"),
    marked("set the birth date of {person} to {date}"),
    marked("removed the birth date of {person}"),
    marked("turned a photo"),
    marked("ignored {faces}"),
    marked("stopped ignoring {faces}"),
    marked("grouped {faces}"),
    marked("used the names from files in {conflicts}"),
    marked("kept the current names in {conflicts}"),
    marked("imported {faces} from another gallery"),
    marked("imported birth dates from another gallery"),
    marked("imported rejected names from another gallery"),
    marked("imported {faces}"),
    marked("imported faces"),
    marked("imported names of people in photos"),
    marked("restored the backup {backup}"),
)
"""What the gallery records, most specific first."""
_COUNTS = {"faces": r"(a|[\d,]+) faces?", "conflicts": r"[\d,]+ conflicts?"}


def step_text(description: str) -> str:
    """What a step did, to be read after "Undid:"; as recorded where that is not known."""
    found = match_template(description, DESCRIPTIONS, _COUNTS)
    if found is None:
        return description
    template, values = found
    text = translated(template)
    return description if text == template else text.format(**_values(values))


def undid(step: Step | None) -> str:
    """What undoing a step did."""
    if step is None:
        return tr("There is nothing to undo.")
    return tr("Undid: {step}.", step=step_text(step.description))


def redid(step: Step | None) -> str:
    """What redoing a step did."""
    if step is None:
        return tr("There is nothing to redo.")
    return tr("Redid: {step}.", step=step_text(step.description))


def _values(values: dict[str, str]) -> dict[str, str]:
    if "faces" in values:
        values["faces"] = phrases.faces(_count(values["faces"]))
    if "conflicts" in values:
        values["conflicts"] = phrases.conflicts(_count(values["conflicts"]))
    people = re.fullmatch(r"(\d+) people", values.get("people", ""))
    if people is not None:
        values["people"] = phrases.people(int(people[1]))
    return values


def _count(text: str) -> int:
    digits = "".join(filter(str.isdecimal, text))
    return int(digits) if digits else 1
