"""What the panel asks about a face, from the matches, the threshold and the quality."""

from __future__ import annotations

import pytest

from face_match.core.matches import Match
from face_match.core.records import FaceRecord, Person
from face_match.core.types import FaceQuality, Verdict
from face_match.gui.photo.question import Question, question_of

ADA, GRACE = Person("Ada", "ada", "", 3), Person("Grace", "grace", "", 1)
GOOD = FaceQuality(Verdict.GOOD, 0.9)
BLURRED = FaceQuality(Verdict.POOR, 0.4, ("blurred", "too small"))
FACE = FaceRecord("1")


def match(person: Person, similarity: float, **others: object) -> Match:
    return Match(person, FACE, similarity, similarity, **others)  # type: ignore[arg-type]


def ask(
    *matches: Match,
    owner: Person | None = None,
    row: int = 0,
    quality: FaceQuality = GOOD,
    **others: object,
) -> Question:
    chosen = matches[row] if matches else None
    return question_of(quality, owner, matches, chosen, 0.94, **others)  # type: ignore[arg-type]


SURE, FAR = match(ADA, 0.98), match(GRACE, 0.87)


@pytest.mark.parametrize(
    ("question", "title", "note", "is_proposal"),
    [
        (ask(SURE, FAR), "Is this Ada?", "Very likely · score 0.980 · good quality", True),
        (ask(SURE), "Is this Ada?", "The only person in the gallery · good quality", True),
        (
            ask(SURE, FAR, quality=BLURRED),
            "Is this Ada?",
            "Very likely · score 0.980 · blurred, too small",
            True,
        ),
        (
            ask(match(ADA, 0.92, allowance=0.03), FAR, word="Maybe"),
            "Is this Ada?",
            "Maybe · score 0.920 · named in the photo’s metadata",
            True,
        ),
        (
            ask(FAR, hints=["Ada {King}", "Joan"]),
            "Probably someone new",
            "The photo’s metadata name Ada {King}, Joan",
            False,
        ),
        (ask(FAR), "Probably someone new", "Nobody is close · good quality", False),
        (
            ask(FAR, word="Maybe"),
            "Maybe Grace?",
            "Below the threshold · score 0.870 · good quality",
            False,
        ),
        (
            ask(match(ADA, 0.95), FAR, word="Unlikely"),
            "Could this be Ada?",
            "Unlikely · score 0.950 · the threshold is low",
            True,
        ),
        (
            ask(FAR, is_chosen_by_user=True),
            "Is this Grace?",
            "Below the threshold · score 0.870 · good quality",
            True,
        ),
        (
            ask(SURE, match(GRACE, 0.95), row=1, is_chosen_by_user=True),
            "Is this Grace?",
            "Not the best match · score 0.950 · good quality",
            True,
        ),
        (
            ask(match(ADA, 0.96, across_childhood=True), FAR),
            "Is this Ada?",
            "The photos are many years apart · good quality",
            True,
        ),
        (
            ask(match(ADA, 0.96, undecided=(ADA, GRACE))),
            "Ada or Grace?",
            "Too much alike to decide · good quality",
            False,
        ),
        (ask(SURE, owner=ADA), "Ada", "3 faces in the gallery · good quality", False),
        (ask(FAR, owner=GRACE), "Grace", "1 face in the gallery · good quality", False),
        (
            ask(SURE, FAR, owner=GRACE, is_chosen_by_user=True),
            "Is this Ada?",
            "Very likely · score 0.980 · good quality",
            True,
        ),
        (ask(has_people=False), "Who is this?", "The first face of your gallery · good quality", False),
        (ask(), "Who is this?", "Everyone was rejected for this face · good quality", False),
    ],
)
def test_the_question(question: Question, title: str, note: str, is_proposal: bool) -> None:
    is_new = title in ("Who is this?", "Probably someone new")
    assert question == Question(title, note, is_proposal, wants_name=is_new)


def test_an_ignored_face_says_so_and_proposes_nobody() -> None:
    question = question_of(GOOD, None, [SURE, FAR], SURE, 0.94, is_ignored=True)
    assert question.title == "This face is ignored"
    assert (question.is_proposal, question.wants_name) == (False, True)
    chosen = question_of(GOOD, None, [SURE, FAR], FAR, 0.94, is_ignored=True, is_chosen_by_user=True)
    assert chosen.is_proposal, "whoever is chosen in the list"
