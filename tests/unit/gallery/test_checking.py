"""Looking after a gallery: lost crops and strays are found, near-duplicates too, and those can go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from face_match.errors import CancelledError
from face_match.gallery.checking import NEAR_DUPLICATE, check, near_duplicates
from face_match.gallery.gallery import Gallery
from face_match.types import Box, Crop, Person, Rejection, Sample, Vector

MODEL = "made-up"
Add = Callable[[Gallery, str, int], tuple[Person, Sample, bool]]


def sample(number: int, angle: float, face_px: float | None = 50.0) -> Sample:
    """Its vector is at an angle, in degrees, to the first axis."""
    turned = np.radians(angle)
    vector: Vector = np.array([np.cos(turned), np.sin(turned), 0], np.float32)
    box = None if face_px is None else Box(0, 0, face_px, face_px)
    return Sample(str(number), f"faces_db/Ada/{number}.png", {MODEL: vector}, box, None, "", "")


def found(samples: list[Sample]) -> list[tuple[str, str]]:
    return [(near.sample.id, near.of.id) for near in near_duplicates(samples, MODEL)]


def test_what_is_more_alike_than_the_limit_is_a_near_duplicate_and_nothing_else() -> None:
    limit = float(np.degrees(np.arccos(NEAR_DUPLICATE)))
    assert found([sample(1, 0), sample(2, limit - 0.1)]) == [("2", "1")]
    assert found([sample(1, 0), sample(2, limit + 0.1)]) == []
    (near,) = near_duplicates([sample(1, 0), sample(2, 5)], MODEL)
    assert near.similarity == pytest.approx(np.cos(np.radians(5)), abs=1e-6)


def test_the_largest_face_stays_and_the_first_of_equals() -> None:
    assert found([sample(1, 0, 40), sample(2, 1, 80), sample(3, 2, 80)]) == [("1", "2"), ("3", "2")]
    assert found([sample(1, 0, None), sample(2, 1, 10)]) == [("1", "2")]


def test_a_chain_keeps_what_is_not_near_to_what_stays() -> None:
    assert found([sample(1, 0), sample(2, 9), sample(3, 18)]) == [("2", "1")]


def test_samples_without_a_vector_of_the_model_are_passed_over() -> None:
    other = Sample("9", "faces_db/Ada/9.png", {}, None, None, "", "")
    assert found([sample(1, 0), other, sample(2, 1)]) == [("2", "1")]
    assert near_duplicates([], MODEL) == []


def never(similarity: float) -> bool:
    """Nothing is called a match."""
    return False


@pytest.fixture
def checked(
    gallery: Gallery, add: Add, face_crop: Callable[[int], Crop], photo_digest: Callable[[int], str]
) -> Gallery:
    """Ada has faces 1 and 2 and face 1 again, from another photo; Grace has face 3; another is removed."""
    first = add(gallery, "Ada", 1)[1]
    add(gallery, "Ada", 2)
    gallery.add("Ada", face_crop(4), {MODEL: first.vectors[MODEL]}, photo_digest(4))
    add(gallery, "Grace", 3)
    gallery.remove([add(gallery, "Grace", 5)[1].id])
    return gallery


def test_a_sound_gallery_has_near_duplicates_at_most(checked: Gallery) -> None:
    health = check(checked, MODEL, never)
    assert (health.samples, health.not_compared, health.lost, health.strays) == (4, 0, [], [])
    ((person, (near,)),) = health.duplicates
    assert person.name == "Ada"
    assert {near.sample.id, near.of.id} == {s.id for s in checked.samples_of(person)[::2]}
    assert near.similarity == pytest.approx(1.0)


def test_lost_crops_and_strays_are_named(checked: Gallery, folder: Path) -> None:
    ada, grace = checked.samples_of(checked.person("Ada")), checked.samples_of(checked.person("Grace"))
    (folder / ada[0].file).unlink()
    (folder / grace[0].file).write_bytes(b"no image any more")
    (folder / "faces_db" / "Ada" / "stray.png").write_bytes(b"of a sample that was never written down")
    health = check(checked, MODEL, never)
    assert [(lost.person.name, lost.sample.id) for lost in health.lost] == [
        ("Ada", ada[0].id),
        ("Grace", grace[0].id),
    ]
    assert health.strays == ["faces_db/Ada/stray.png"]


def test_under_another_model_nothing_was_compared(checked: Gallery) -> None:
    health = check(checked, "another", never)
    assert (health.not_compared, health.duplicates) == (4, [])


def test_taking_near_duplicates_out_is_one_change(checked: Gallery) -> None:
    ada = checked.person("Ada")
    before = [s.id for s in checked.samples_of(ada)]
    checked.remove([near.sample.id for near in near_duplicates(checked.samples_of(ada), MODEL)])
    assert check(checked, MODEL, never).duplicates == []
    assert checked.person("Ada").sample_count == 2
    checked.undo()
    assert sorted(s.id for s in checked.samples_of(ada)) == sorted(before)


def test_it_can_be_cancelled_and_tells_how_far_it_is(checked: Gallery) -> None:
    told: list[tuple[int, int]] = []
    check(checked, MODEL, never, lambda done, total: told.append((done, total)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    with pytest.raises(CancelledError):
        check(checked, MODEL, never, is_cancelled=lambda: True)


@pytest.fixture
def look_alikes(gallery: Gallery, face_crop: Callable[[int], Crop]) -> Gallery:
    """Ada and Grace at right angles, with samples about them; one of Ada's is Grace's really, 70° away."""
    angles = {"Ada": (0, 10, 70), "Grace": (90, 80), "Joan": (200,)}
    number = 0
    for name, own in angles.items():
        for angle in own:
            number += 1
            vectors = {MODEL: sample(number, angle).vectors[MODEL]}
            gallery.add(name, face_crop(number), vectors, f"{number:064x}", Box(1, 2, 3, 4))
    return gallery


def test_a_sample_that_is_nearer_to_somebody_else_is_told(
    look_alikes: Gallery,
) -> None:
    health = check(look_alikes, MODEL, never)
    ((person, likeness),) = health.nearer
    assert (person.name, likeness.other.name) == ("Ada", "Grace")
    assert likeness.sample.id == look_alikes.samples_of(person)[2].id
    assert likeness.similarity == pytest.approx(np.cos(np.radians(10)), abs=1e-6)
    assert likeness.own == pytest.approx(np.cos(np.radians(60)), abs=1e-6)
    look_alikes.move([likeness.sample.id], "Grace")
    assert check(look_alikes, MODEL, never).nearer == []


def test_the_sample_under_the_wrong_name_comes_before_those_it_draws_after_it(
    gallery: Gallery, face_crop: Callable[[int], Crop]
) -> None:
    """At 70° is Ada's, and not Grace's; it is nearer to Ada's at 72° than those at 80° and 90° are."""
    angles = (("Ada", 90), ("Ada", 80), ("Ada", 72), ("Grace", 0), ("Grace", 10), ("Grace", 70))
    for number, (name, angle) in enumerate(angles):
        gallery.add(name, face_crop(number), {MODEL: sample(number, angle).vectors[MODEL]}, f"{number:064x}")
    wrong, drawn = check(gallery, MODEL, never).nearer
    assert (wrong[0].name, drawn[0].name) == ("Grace", "Ada")


def test_everybody_has_somebody_they_are_most_like(look_alikes: Gallery) -> None:
    health = check(look_alikes, MODEL, never)
    assert [(person.name, likeness.other.name) for person, likeness in health.alike][:2] == [
        ("Ada", "Grace"),
        ("Grace", "Ada"),
    ]
    assert health.alike[2][0].name == "Joan"
    assert health.alike[2][1].own is None, "Joan has one sample"
    assert not health.alike[2][1].is_nearer


def test_people_who_match_each_other_are_told_as_a_pair(look_alikes: Gallery) -> None:
    assert check(look_alikes, MODEL, never).confused == []
    (pair,) = check(look_alikes, MODEL, lambda similarity: similarity > 0.9).confused
    assert (pair.one.name, pair.other.name) == ("Ada", "Grace")
    assert pair.samples == 3, "70° is 10° from 80°, and 20° from 90°: one of Ada's, two of Grace's"
    assert pair.highest == pytest.approx(np.cos(np.radians(10)), abs=1e-6)


def test_who_was_rejected_for_a_face_is_not_who_it_is_like(look_alikes: Gallery) -> None:
    wrong = look_alikes.samples_of(look_alikes.person("Ada"))[2]
    look_alikes.reject(look_alikes.person("Grace"), Rejection(wrong.photo_digest, Box(1, 2, 3, 4)))
    health = check(look_alikes, MODEL, never)
    assert health.nearer == []


def test_alone_in_a_gallery_nobody_is_like_anybody(gallery: Gallery, add: Add) -> None:
    add(gallery, "Ada", 1)
    add(gallery, "Ada", 2)
    health = check(gallery, MODEL, never)
    assert (health.alike, health.nearer, health.confused) == ([], [], [])
