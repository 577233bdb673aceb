"""Sentences about groups of unnamed faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from face_match.decision.hints import hinted_probability
from face_match.decision.probability import HIGHEST_MAYBE, WORDS, Probability, probability_word
from face_match.gui import phrases
from face_match.gui.translation import number, tr, tr_count, translated

if TYPE_CHECKING:
    from face_match.core.records import Person
    from face_match.workflows.face_groups import FaceGroup
    from face_match.workflows.hinted_names import HintedName


def group_chance(group: FaceGroup, probability: Probability | None) -> float | None:
    """How probable the person suggested for a group is; None if nobody is, or it is unknown."""
    if group.person is None or group.hinted_name is not None or probability is None:
        return None
    chance = hinted_probability(probability, group.mean_similarity, group.allowance)
    return min(chance, HIGHEST_MAYBE) if group.across_childhood else chance


def group_question(group: FaceGroup, chance: float | None = None) -> str:
    """The question about a group of unnamed faces, where the person suggested has this probability."""
    if group.proposed_name is not None:
        if is_unlikely(chance):
            return tr("Could this be {name}?", name=phrases.display_name(group.proposed_name))
        return tr("Is this {name}?", name=phrases.display_name(group.proposed_name))
    if group.is_pair:
        return tr("Are these the same person?")
    return tr("Who is this?")


def is_unlikely(chance: float | None) -> bool:
    """Whether a person is suggested only because the threshold is low."""
    return chance is not None and probability_word(chance) == WORDS[2]


def very_likely(group: FaceGroup, chance: float | None) -> Person | None:
    """The person suggested, who is more than a “maybe”; by the threshold where that is unknown."""
    is_likely = group.is_confirmable and (chance is None or probability_word(chance) == WORDS[0])
    return group.person if is_likely else None


def same_as_which() -> tuple[str, str]:
    """The question and the advice while another group of the same person is sought."""
    return tr("Same as which?"), tr("Go to the other group of this person and press Enter. Escape cancels.")


def group_advice(group: FaceGroup, *, is_news: bool = False) -> str:
    """What the faces of a group have in common, and what can be done.

    Args:
        is_news: the suggestion came while another question was shown.
    """
    return phrases.join(tr("New suggestion.") if is_news else "", _group_advice(group))


def _group_advice(group: FaceGroup) -> str:
    count = len(group.faces)
    if group.hinted_name is not None:
        return _hint_advice(group.hinted_name, is_new=group.person is None)
    if group.across_childhood and group.person is not None:
        return tr(
            "Maybe: the photos are more than ten years apart, and {name} was a child, or may have been.",
            name=phrases.display_name(group.person.name),
        )
    if group.is_singles:
        return tr_count(
            "{n} face that looks like no other one.",
            "{n} faces like no other. Click one, or several with Ctrl.",
            count,
        )
    if group.person is not None:
        name = phrases.display_name(group.person.name)
        return tr_count(
            "{n} face that looks like {name}.",
            "{n} faces that look like {name}. Click × to leave one out.",
            count,
            name=name,
        )
    if group.is_pair:
        return tr("They may be. Type the name of both, or click × on the wrong face.")
    return tr_count("{n} face.", "{n} faces that look alike. Click × to leave one out.", count)


def rejected(count: int) -> str:
    """Faces whose suggestion was rejected, and what becomes of them."""
    return tr_count(
        "Type a name, or go on: the face stays unnamed.",
        "Type a name, or go on: the faces stay unnamed.",
        count,
    )


def _hint_advice(hint: HintedName, *, is_new: bool) -> str:
    """Why a name is proposed that only the photos' metadata give."""
    name = phrases.display_name(hint.name)
    if hint.named < hint.photos:
        why = tr(
            "The metadata of {named} of the {photos} photos name {name}.",
            name=name,
            named=number(hint.named),
            photos=number(hint.photos),
        )
    else:
        why = tr_count(
            "The photo’s metadata name {name}.",
            "The metadata of all {n} photos name {name}.",
            hint.photos,
            name=name,
        )
    return phrases.join(why, tr("A new person.") if is_new else "")


def left_out(count: int) -> str:
    """Faces that a name will not be given to."""
    return tr_count(
        "{n} face is left out. Click × again to take it in.",
        "{n} faces are left out. Click × again to take them in.",
        count,
    )


def part_selected(selected: int, count: int) -> str:
    """Only a part of a group is meant."""
    return tr_count(
        "{selected} of {n} face selected. Press Escape for all.",
        "{selected} of {n} faces selected. Press Escape for all.",
        count,
        selected=number(selected),
    )


def singles_selected(selected: int, count: int) -> str:
    """Several single faces are meant."""
    return tr_count(
        "{selected} of {n} face selected. Press Escape for one.",
        "{selected} of {n} faces selected. Press Escape for one.",
        count,
        selected=number(selected),
    )


def group_title(group: FaceGroup) -> str:
    """A group's row in the list of groups."""
    if group.proposed_name is not None:
        return tr("{name}?", name=phrases.display_name(group.proposed_name))
    if group.is_pair:
        return tr("Maybe the same")
    return tr("Single faces") if group.is_singles else tr("Who is this?")


def group_details(group: FaceGroup, chance: float | None, *, is_short: bool = False) -> str:
    """The number of faces, and how likely the person suggested is right, where that is known.

    Args:
        is_short: the number without the word for it, where there is no room for both.
    """
    is_alone = group.hinted_name is None and group.person is None
    faces = phrases.faces(len(group.faces)) if is_alone or not is_short else number(len(group.faces))
    if group.hinted_name is not None:
        return tr("{faces} · named in metadata", faces=faces)
    if group.person is None:
        return faces
    if group.across_childhood:
        return tr("{faces} · maybe", faces=faces)
    if chance is None:
        score = phrases.score_text(group.mean_similarity)
        return tr("{faces} · score {score}", faces=faces, score=score)
    if is_unlikely(chance):
        return tr("{faces} · low threshold", faces=faces)
    return tr("{faces} · {word}", faces=faces, word=translated(probability_word(chance)).lower())


def merge_start(count: int) -> str:
    """The second line of the group that another one is to be merged with."""
    return tr_count("Merging {n} face …", "Merging {n} faces …", count)


def group_count(count: int) -> str:
    """The line above the list of groups."""
    return tr_count("{n} group", "{n} groups", count)


def name_action(count: int) -> str:
    """The main button, where a name is to be given."""
    return tr_count("Name {n} face", "Name {n} faces", count)


def confirm_action(count: int) -> str:
    """The main button on a suggestion."""
    return tr_count("Confirm {n} face", "Confirm {n} faces", count)


def ignore_action(count: int) -> str:
    """The button that ignores faces."""
    return tr_count("Ignore {n} face", "Ignore {n} faces", count)


def done(faces: int, people: int) -> str:
    """What was done when no face is left to name."""
    return tr("{faces} named, {people}.", faces=phrases.faces(faces), people=phrases.people(people))
