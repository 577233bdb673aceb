"""Which faces of a gallery a model is tried on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from face_match.core.types import Verdict
from face_match.workflows.trial_crops import MOST_FACES, MOST_PEOPLE, trial_crops


def counts(album: Any) -> list[int]:
    return [len(crops) for crops in trial_crops(album.gallery)]


def test_one_person_is_not_enough(album: Any) -> None:
    assert counts(album) == []
    album.known("Ada", 1)
    album.known("Ada", 1)
    assert counts(album) == []
    album.known("Grace", 2)
    assert counts(album) == [2, 1]


def test_those_with_several_faces_come_first_and_there_are_a_few_of_each(album: Any) -> None:
    for number in range(1, 4):
        album.known(f"one face {number}", number)
    for number in range(4, 7):
        for _ in range(MOST_FACES + 1):
            album.known(f"three faces {number}", number)
    assert counts(album) == [MOST_FACES] * 3 + [1] * (MOST_PEOPLE - 3)


def test_two_faces_of_one_photo_and_unclear_ones_do_not_count(album: Any) -> None:
    album.known("Grace", 2)
    (clear, beside) = album.photo((1, 0.9), (1, 0.8))
    album.gallery.name_faces([clear.id, beside.id], "Ada")
    (poor,) = album.photo((1, 0.9), verdict=Verdict.POOR)
    album.gallery.name_faces([poor.id], "Ada")
    assert counts(album) == [1, 1]


def test_a_crop_that_is_gone_is_passed_over(album: Any) -> None:
    album.known("Grace", 2)
    faces = [album.known("Ada", 1) for _ in range(3)]
    (Path(album.folder) / faces[0].file).unlink()
    assert counts(album) == [2, 1]
    for face in faces[1:]:
        (Path(album.folder) / face.file).unlink()
    assert counts(album) == []
