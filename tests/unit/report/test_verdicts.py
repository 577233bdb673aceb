"""One sentence says which of two models is better, or why that cannot be said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import NoFaceError
from face_match.decision.confidence_intervals import Figure, Interval
from face_match.decision.evaluation import evaluate
from face_match.decision.paired_comparison import ModelComparison, PairedRates
from face_match.report.document import document_of
from face_match.report.verdicts import points, suggestion, verdict
from face_match.workflows.evaluate import EmbeddedPhotos, ModelResult, ModelSetup, NotComparable, PhotoFailure

SOME = PairedRates(0.1, 0.1, Figure(0.0, Interval(-0.01, 0.01)))
BETTER, CHANCE, WORSE = (0.01, 0.004, 0.02), (0.002, -0.01, 0.015), (-0.01, -0.02, -0.004)
NONE = (0.0, 0.0, 0.0)

Gain = tuple[float, float, float]


def comparison(tar: Gain, fnir: Gain, people: int = 40, fnir_now: float = 0.05) -> ModelComparison:
    """How much better the second is, with the interval, by what decides."""
    more, low, high = fnir
    return ModelComparison(
        photos=3 * people,
        people=people,
        tar_at_fmr={
            0.01: SOME,
            0.001: PairedRates(0.95, 0.95 + tar[0], Figure(tar[0], Interval(*tar[1:]))),
        },
        fnir_at_fpir={
            0.1: SOME,
            0.01: PairedRates(fnir_now + more, fnir_now, Figure(-more, Interval(-high, -low))),
        },
        fpir=SOME,
        fnir=SOME,
        eer=PairedRates(0.03, 0.02, Figure(-0.01, Interval(-0.03, 0.01))),
        gains=(Figure(tar[0], Interval(*tar[1:])), Figure(more, Interval(low, high))),
    )


def run(
    model: str,
    compared: ModelComparison | NotComparable | None = None,
    *,
    failed: int = 0,
    seconds: float = 1.0,
) -> ModelResult:
    errors = [PhotoFailure(Path("a.jpg"), "Ann/a.jpg", NoFaceError("Ann/a.jpg"))] * failed
    embedded = EmbeddedPhotos(2, 2, failed=errors, seconds=seconds)
    evaluation = evaluate(np.eye(2), [0, 1], 0.5)
    return ModelResult(ModelSetup(model), embedded, ["Ann", "Bob"], 0.5, evaluation, compared=compared)


FIRST = run("dlib")


def said(compared: ModelComparison | NotComparable) -> str:
    return verdict(run("facenet", compared), FIRST) or ""


def test_the_first_model_is_compared_with_none() -> None:
    assert verdict(FIRST, FIRST) is None


def test_a_verdict_has_both_figures_with_their_intervals() -> None:
    assert said(comparison(BETTER, CHANCE)) == (
        "FaceNet makes fewer errors than built-in (dlib). TAR at FMR 0.1 %: 96.0 % against 95.0 % "
        "(+1.00 points; 97.5 %: +0.40 to +2.00); FNIR at FPIR 1 %: 5.0 % against 5.2 % "
        "(−0.20 points; 97.5 %: −1.50 to +1.00). Measured on the 120 photos of 40 people that both could use."
    )


def test_photos_that_only_one_could_use_are_counted_beside() -> None:
    told = verdict(run("facenet", comparison(CHANCE, CHANCE), failed=3), FIRST) or ""
    assert told.endswith("that both could use. Photos not used: 3 against 0.")
    assert "not used" not in said(comparison(CHANCE, CHANCE))


@pytest.mark.parametrize(
    ("compared", "says"),
    [
        (comparison(CHANCE, BETTER), "FaceNet makes fewer errors than built-in (dlib)."),
        (comparison(WORSE, CHANCE), "FaceNet makes more errors than built-in (dlib)."),
        (comparison(BETTER, WORSE), "undecided, for each makes fewer errors of one kind."),
        (comparison(CHANCE, CHANCE), "FaceNet and built-in (dlib): undecided. The difference may be chance."),
        (comparison(NONE, NONE), "undecided. They make equally many errors here."),
        (comparison(BETTER, BETTER, people=9), "undecided. 9 people are too few."),
        (NotComparable("there is no photo that both could use"), "cannot be compared: there is no photo"),
    ],
)
def test_each_verdict_has_its_sentence_also_for_programs(
    compared: ModelComparison | NotComparable, says: str
) -> None:
    assert says in said(compared)
    document = document_of(run("facenet", compared), FIRST)["compared"]
    assert document["sentence"] == said(compared)
    assert document["with"] == "dlib"
    if isinstance(compared, NotComparable):
        assert document["verdict"] == "not comparable"
        assert document["reason"] == compared.reason


def test_a_program_is_told_the_differences_and_what_decided() -> None:
    document = document_of(run("facenet", comparison(BETTER, CHANCE)), FIRST)
    found = document["compared"]
    assert found["verdict"] == "better"
    tar = found["tar_at_fmr"]["0.001"]
    assert (tar["first"], tar["difference"], tar["confidence_95"]) == (0.95, 0.01, [0.004, 0.02])
    assert found["fnir_at_fpir"]["0.01"]["confidence_95"] == [-0.015, 0.01]
    assert [(by["figure"], by["at"]) for by in found["decided_by"]] == [
        ("tar_at_fmr", 0.001),
        ("fnir_at_fpir", 0.01),
    ]
    assert found["decided_by"][0]["confidence_97_5"] == [0.004, 0.02]
    assert document["eer_lower_by"] == {"value": 0.01, "confidence_95": [-0.01, 0.03]}
    assert document_of(FIRST, FIRST)["compared"] is None


def test_the_model_with_fewer_errors_beyond_chance_is_suggested() -> None:
    better = run("facenet", comparison(BETTER, CHANCE), failed=1, seconds=9)
    assert suggestion([FIRST, better]) == (
        "Suggested for people like these: FaceNet, which makes fewer errors."
    )
    best = run("w600k", comparison(BETTER, BETTER, fnir_now=0.01))
    assert "w600k, which makes fewer errors" in (suggestion([FIRST, better, best]) or "")
    worse = run("facenet", comparison(CHANCE, WORSE), seconds=0.1)
    assert "built-in (dlib), which makes fewer errors" in (suggestion([FIRST, worse]) or "")


def test_where_errors_do_not_decide_photos_do_and_then_time() -> None:
    chance = comparison(CHANCE, CHANCE)
    first = run("dlib", failed=1)
    assert "FaceNet, which could use the most photos (all but 0)" in (
        suggestion([first, run("facenet", chance, seconds=9)]) or ""
    )
    assert "FaceNet, which is the fastest" in (
        suggestion([first, run("facenet", chance, failed=1, seconds=0.1)]) or ""
    )


def test_nothing_is_suggested_where_nothing_can_be_compared() -> None:
    assert suggestion([FIRST]) is None
    assert suggestion([FIRST, run("facenet", NotComparable("why"))]) is None


@pytest.mark.parametrize(
    ("share", "said"), [(0.012, "+1.20"), (-0.0031, "−0.31"), (0.0, "0.00"), (-1e-6, "0.00"), (1e-6, "0.00")]
)
def test_points_have_a_sign_but_for_nothing(share: float, said: str) -> None:
    assert points(share) == said
