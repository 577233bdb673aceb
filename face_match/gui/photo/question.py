"""What the panel asks or says about the picked face: a title, and a line below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from face_match.core.matches import Match
from face_match.core.records import Person
from face_match.core.types import FaceQuality, Verdict
from face_match.decision.probability import WORDS
from face_match.decision.threshold import is_accepted, is_match
from face_match.gui import phrases
from face_match.gui.translation import number, tr, tr_count, translated


class Question(NamedTuple):
    """A title and a note.

    Attributes:
        is_proposal: whether the title proposes a person, whom Enter confirms.
        wants_name: whether the answer is a name that is typed, as nobody in the gallery is close.
    """

    title: str = ""
    note: str = ""
    is_proposal: bool = False
    wants_name: bool = False


def question_of(
    quality: FaceQuality,
    owner: Person | None,
    matches: Sequence[Match],
    chosen: Match | None,
    threshold: float,
    *,
    word: str = "",
    is_chosen_by_user: bool = False,
    has_people: bool = True,
    is_ignored: bool = False,
    hints: Sequence[str] = (),
) -> Question:
    """The question about a face.

    Args:
        owner: the person it is named as.
        matches: best first.
        chosen: the match whose row is selected.
        word: how likely the chosen match is right (`WORDS`); "" where that is not asked.
        is_chosen_by_user: whether the user selected that row.
        has_people: whether the gallery has people at all.
        is_ignored: whether the face is ignored: nobody is asked who it is.
        hints: the names in the photo's metadata that no face of the photo has.
    """
    how = quality_text(quality)
    is_choice = is_chosen_by_user and chosen is not None
    if owner is not None and (not is_choice or chosen is None or chosen.person.folder == owner.folder):
        count = owner.face_count
        note = tr_count(
            "{n} face in the gallery · {quality}", "{n} faces in the gallery · {quality}", count, quality=how
        )
        return Question(phrases.display_name(owner.name), note)
    if is_ignored and not is_choice:
        note = tr("Type a name, or press Ctrl+I to stop ignoring it")
        return Question(tr("This face is ignored"), note, wants_name=True)
    if chosen is None:
        note = _hint_note(hints) or _no_match_note(how, has_people=has_people)
        return Question(tr("Who is this?"), note, wants_name=True)
    name = phrases.display_name(chosen.person.name)
    if is_choice or is_accepted(chosen, threshold):
        note = _proposal_note(matches, chosen, threshold, word=word, how=how)
        if word == WORDS[2] and not is_choice:  # the threshold was set very low
            return Question(tr("Could this be {name}?", name=name), note, is_proposal=True)
        return Question(tr("Is this {name}?", name=name), note, is_proposal=True)
    if chosen.undecided is not None and is_match(chosen.similarity, threshold):
        one, other = (phrases.display_name(person.name) for person in chosen.undecided)
        note = tr("Too much alike to decide · {quality}", quality=how)
        return Question(tr("{one} or {other}?", one=one, other=other), note)
    score = number(chosen.score, 3)
    if word in WORDS[:2]:
        note = tr("Below the threshold · score {score} · {quality}", score=score, quality=how)
        return Question(tr("Maybe {name}?", name=name), note)
    note = tr("Nobody is close · {quality}", quality=how)
    return Question(tr("Probably someone new"), _hint_note(hints) or note, wants_name=True)


def _hint_note(hints: Sequence[str]) -> str:
    """Who may be meant by the photo's metadata; "" where they name nobody."""
    names = ", ".join(phrases.display_name(name) for name in hints)
    return tr("The photo’s metadata name {names}", names=names) if names else ""


def _no_match_note(how: str, *, has_people: bool) -> str:
    if not has_people:
        return tr("The first face of your gallery · {quality}", quality=how)
    return tr("Everyone was rejected for this face · {quality}", quality=how)


def _proposal_note(matches: Sequence[Match], chosen: Match, threshold: float, *, word: str, how: str) -> str:
    score = number(chosen.score, 3)
    if not is_accepted(chosen, threshold):
        return tr("Below the threshold · score {score} · {quality}", score=score, quality=how)
    if chosen.across_childhood:
        return tr("The photos are many years apart · {quality}", quality=how)
    if chosen.is_hinted and word != WORDS[2]:
        likely = translated(word or WORDS[1])
        return tr("{word} · score {score} · named in the photo’s metadata", word=likely, score=score)
    if word == WORDS[2]:
        return tr("Unlikely · score {score} · the threshold is low", score=score)
    if len(matches) < 2:
        return tr("The only person in the gallery · {quality}", quality=how)
    if matches[0].person.folder != chosen.person.folder:
        return tr("Not the best match · score {score} · {quality}", score=score, quality=how)
    likely = translated(word or WORDS[0])
    return tr("{word} · score {score} · {quality}", word=likely, score=score, quality=how)


def quality_text(quality: FaceQuality) -> str:
    """ "good quality", or what is wrong."""
    if quality.verdict is Verdict.GOOD or not quality.reasons:
        return tr("good quality")
    return phrases.quality_reasons(quality)
