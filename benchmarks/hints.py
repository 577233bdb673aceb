"""What do names in photos' metadata that have no place change, also where some of them are wrong?

Galleries of 10 to 100 people are drawn, with up to three faces each. Their other faces, and those of
everybody else, who are strangers, are looked for in photos of one and of three faces, whose metadata name
everybody in them; some names are replaced by those of people of the gallery. FPIR is the share of strangers
for whom anybody is marked, FNIR that of faces of the gallery's people whose own person is not marked first;
the last column counts wrong matches that are called very likely.

Then photos of people of whom nobody is known yet are grouped, and the names proposed for them counted: alone
in half of the photos, with another person in the others.

    python -m benchmarks.hints FOLDER … [--without GLOB] [--choose]

    --choose     how often a stranger reaches a score for one person of the gallery, by which the allowance
                 was chosen; without it, the other half of the people is used
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import Labelled, folders_and_model, halves, labelled, together
from face_match.core.types import Box, Crop, FaceQuality, Landmarks, PhotoFileInfo, Verdict
from face_match.decision.hints import hint_allowance, hinted_probability
from face_match.decision.identification import leave_one_out
from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.probability import MEASURED_LOGISTICS, VERY_LIKELY, Probability
from face_match.decision.scoring import rival_penalty_for, scores
from face_match.decision.threshold import lowest_match_score, threshold_range
from face_match.gallery.gallery import Gallery, NewFace
from face_match.workflows.face_groups import GroupKind
from face_match.workflows.review import Review

SIZES, DRAWS, FACES = (10, 25, 50, 100), 20, 3
WRONG = (None, 0.0, 0.05, 0.2, 1.0)
"""The shares of wrong names; None for photos without names."""
CROP = Crop(
    np.full((120, 120, 3), 90, np.uint8),
    Box(30, 30, 60, 60),
    Landmarks.of([[40.0 + n, 40] for n in range(5)]),
)

Floats = npt.NDArray[np.floating]
Integers = npt.NDArray[np.int64]


class Searches(NamedTuple):
    """Faces that are looked for in a gallery.

    Attributes:
        scores: shape (faces, people).
        own: each face's person in the gallery, −1 for strangers; shape (faces,).
    """

    scores: Floats
    own: Integers
    probability: Probability


class Rates(NamedTuple):
    """Counts of strangers, of strangers with a match, of mated faces, of those missed, of faces that are
    called very likely, and of those wrongly."""

    strangers: int = 0
    matched: int = 0
    mated: int = 0
    missed: int = 0
    very_likely: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        fpir, fnir = self.matched / max(1, self.strangers), self.missed / max(1, self.mated)
        return f"{fpir:9.2%}{fnir:9.2%}{self.wrong:7} of {self.very_likely}"


def main() -> None:
    """Print the tables."""
    options = folders_and_model(__doc__.splitlines()[0], choose="on the half of the people for choosing")
    chosen, shown = halves(together(labelled(options.folders, options.model, options.without)))
    if options.choose:
        _print_scores_of_one(chosen, options.model)
        return
    print(f"{shown.name}: {shown.count} people, {len(shown.people)} faces")
    print(f"{'people':>7}{'faces':>7}  {'wrong names':14}{'FPIR':>9}{'FNIR':>9}   very likely, but wrong")
    for people in SIZES:
        if people <= shown.count * 0.75:
            searches = [*_draw(shown, people, options.model)]
            for faces in (1, 3):
                for wrong in WRONG:
                    total = _total(searches, options.model, faces, wrong)
                    words = "no names" if wrong is None else f"{wrong:.0%}"
                    print(f"{people:7}{faces:7}  {words:14}{total}", flush=True)
    print(f"\n{'wrong names':14}{'faces proposed':>15}{'right':>8}{'groups':>8}{'right':>8}")
    for wrong in WRONG[1:-1]:
        print(f"{wrong:<14.0%}{_new_people(shown, options.model, wrong)}", flush=True)


def _draw(photos: Labelled, people: int, model_id: str) -> Iterator[Searches]:
    rng = np.random.default_rng(19795)
    logistic = MEASURED_LOGISTICS[model_id]
    several = [p for p in range(photos.count) if (photos.people == p).sum() > 1]
    for _ in range(DRAWS):
        known = rng.permutation(several)[:people]
        gallery, owners, probes, own = [], [], [], []
        for number, person in enumerate(known):
            rows = rng.permutation(np.flatnonzero(photos.people == person))
            kept = min(FACES, len(rows) - 1)
            gallery += [*rows[:kept]]
            owners += [number] * kept
            probes += [*rows[kept:]]
            own += [number] * (len(rows) - kept)
        strangers = np.flatnonzero(~np.isin(photos.people, known))
        faces = photos.embeddings[[*probes, *strangers]]
        embeddings, firsts = photos.embeddings[gallery], np.flatnonzero(np.diff([-1, *owners]))
        means = np.add.reduceat(embeddings, firsts, axis=0)
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        best = np.maximum.reduceat(faces @ embeddings.T, firsts, axis=1)
        impostors = ImpostorModel.fit(
            leave_one_out(embeddings, np.array(owners), rival_penalty_for(model_id)), model_id
        )
        assert impostors is not None
        yield Searches(
            scores(best, faces @ means.T, model_id),
            np.array([*own, *[-1] * len(strangers)]),
            Probability(logistic, impostors),
        )


def _total(searches: Sequence[Searches], model_id: str, faces: int, wrong: float | None) -> Rates:
    rng = np.random.default_rng(7)
    found = [_rates(one, model_id, faces, wrong, rng) for one in searches]
    return Rates(*(sum(counts) for counts in zip(*found, strict=True)))


def _rates(
    searches: Searches, model_id: str, faces: int, wrong: float | None, rng: np.random.Generator
) -> Rates:
    """Rates in photos of so many faces."""
    count, people = searches.scores.shape
    allowances = np.zeros_like(searches.scores)
    if wrong is not None:
        photos = rng.permutation(count)[: count - count % faces].reshape(-1, faces)
        for photo in photos:
            others = rng.integers(0, people, faces)
            named = np.where(rng.random(faces) < wrong, others, searches.own[photo])
            for person in {*named.tolist()} - {-1}:
                allowances[photo, person] = hint_allowance(model_id, faces)
    raised = searches.scores + allowances
    best = raised.argmax(axis=1)
    rows = np.arange(count)
    is_match = raised[rows, best] >= lowest_match_score(threshold_range(model_id).default)
    is_mated = searches.own >= 0
    is_right = best == searches.own
    chances = [
        hinted_probability(searches.probability, float(searches.scores[row, person]), float(allowance))
        for row, person, allowance in zip(rows, best, allowances[rows, best], strict=True)
    ]
    is_sure = is_match & (np.array(chances) >= VERY_LIKELY)
    return Rates(
        int((~is_mated).sum()),
        int((is_match & ~is_mated).sum()),
        int(is_mated.sum()),
        int((is_mated & ~(is_right & is_match)).sum()),
        int(is_sure.sum()),
        int((is_sure & ~is_right).sum()),
    )


def _print_scores_of_one(photos: Labelled, model_id: str) -> None:
    thresholds = np.arange(0.90, 0.945, 0.01)
    print(f"{photos.name}: {photos.count} people. A stranger and one person of the gallery; own faces missed")
    print(f"{'people':>7}" + "".join(f"{threshold:>16.2f}" for threshold in thresholds))
    rng = np.random.default_rng(7)
    for people in SIZES:
        strangers, mated = [], []
        for one in _draw(photos, people, model_id):
            is_mated = one.own >= 0
            others = one.scores[~is_mated]
            strangers.append(others[np.arange(len(others)), rng.integers(0, people, len(others))])
            mated.append(one.scores[np.flatnonzero(is_mated), one.own[is_mated]])
        impostor, own = np.concatenate(strangers), np.concatenate(mated)
        cells = (f"{(impostor >= t).mean():9.2%}{(own < t).mean():7.2%}" for t in thresholds)
        print(f"{people:7}" + "".join(cells), flush=True)


def _new_people(photos: Labelled, model_id: str, wrong: float) -> str:
    """Group the photos of unknown people; the names proposed, in words."""
    rng = np.random.default_rng(11)
    order = rng.permutation(len(photos.people)).tolist()
    half = len(order) // 2
    groups = [[row] for row in order[:half]] + [
        list(pair) for pair in zip(order[half::2], order[half + 1 :: 2], strict=False)
    ]
    owner: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder, Gallery.open(Path(folder), for_writing=True) as gallery:
        for number, rows in enumerate(groups):
            named = [
                int(rng.integers(photos.count)) if rng.random() < wrong else int(photos.people[row])
                for row in rows
            ]
            faces = [
                NewFace(
                    CROP,
                    {model_id: photos.embeddings[row]},
                    Box(100.0 * at, 50.0, 60.0, 70.0),
                    0.99,
                    FaceQuality(Verdict.GOOD, 0.9),
                )
                for at, row in enumerate(rows)
            ]
            file = PhotoFileInfo(f"{number:064x}", f"{number:064x}", 1, number)
            hints = [f"Person {person}" for person in named]
            kept = gallery.record_photo(
                file, Path(f"/{number}.jpg"), scan="made up", faces=faces, hints=hints
            )
            owner |= {
                face.id: int(photos.people[row]) for face, row in zip(kept.new_faces, rows, strict=True)
            }
        proposed = [
            (group.proposed_name, [owner[face.id] for face in group.faces])
            for group in Review(gallery, model_id).groups(threshold_range(model_id).default)
            if group.kind is GroupKind.HINTED
        ]
    faces_proposed = sum(len(people) for _, people in proposed)
    right = sum(name == f"Person {person}" for name, people in proposed for person in people)
    right_groups = sum(
        sum(name == f"Person {person}" for person in people) * 2 > len(people) for name, people in proposed
    )
    share = f"{faces_proposed / len(order):.0%}"
    return (
        f"{share:>15}{right / max(1, faces_proposed):>8.1%}{len(proposed):>8}"
        f"{right_groups / max(1, len(proposed)):>8.1%}"
    )


if __name__ == "__main__":
    main()
