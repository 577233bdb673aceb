"""The same matches and suggestions, whether a gallery is in a file, in SQLite or on a server."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.matches import Match
from face_match.core.types import Box, Crop, Embeddings, Landmarks, PhotoFileInfo
from face_match.decision.threshold import is_accepted, threshold_range
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage_change import move_records
from face_match.workflows.match import matches
from face_match.workflows.suggest import ClusterLabels, group_faces

MODEL, DIMENSIONS = "dlib", 128
PEOPLE, FACES_EACH = 7, 3


@pytest.fixture
def galleries(
    tmp_path: Path, server_address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Gallery]]:
    """One gallery in three places."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    places: list[GalleryPlace] = [tmp_path / "file", tmp_path / "database", server_address]
    with contextlib.ExitStack() as stack:
        found = []
        for place in places:
            with Gallery.open(place, for_writing=True) as gallery:
                _fill(gallery)
            if place == places[1]:
                move_records(tmp_path / "database", to_database=True)
            found.append(stack.enter_context(Gallery.open(place, for_writing=True)))
        yield found


def _embeddings() -> Embeddings:
    """Of people who are as alike as the built-in model finds them, one's faces after another's."""
    random = np.random.default_rng(1)
    everybody = random.standard_normal(DIMENSIONS)
    found = everybody * 2.4 + np.repeat(random.standard_normal((PEOPLE, DIMENSIONS)), FACES_EACH + 3, axis=0)
    found += 0.4 * random.standard_normal(found.shape)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def _fill(gallery: Gallery) -> None:
    """Name the first faces of each person, and add the others without a name."""
    box = Box(4.0, 4.0, 20.0, 20.0)
    landmarks = Landmarks.of([[8.0, 8.0], [18.0, 8.0], [13.0, 13.0], [9.0, 18.0], [17.0, 18.0]])
    crop = Crop(np.full((28, 28, 3), 90, np.uint8), box, landmarks)
    for row, embedding in enumerate(_embeddings()):
        photo = PhotoFileInfo(f"{row:064x}", f"{row + 500:064x}", 1, 1)
        face = NewFace(crop, {MODEL: embedding}, box)
        person, number = divmod(row, FACES_EACH + 3)
        if number < FACES_EACH:
            gallery.add(f"Person {person}", face, photo)
        else:
            gallery.record_photo(photo, faces=[face])


def _seen(match: Match) -> tuple[str, str, str | None, str]:
    return (
        match.person.name,
        match.person.folder,
        None if match.rival is None else match.rival.name,
        match.face.taken,
    )


def test_matches_are_the_same(galleries: list[Gallery]) -> None:
    threshold = threshold_range(MODEL).default
    accepted = 0
    for embedding in _embeddings():
        ranked = [matches(gallery, embedding, MODEL, 5) for gallery in galleries]
        assert len(ranked[0]) == 5
        for other in ranked[1:]:
            assert [*map(_seen, other)] == [*map(_seen, ranked[0])]
            for one, same in zip(other, ranked[0], strict=True):
                assert one.similarity == pytest.approx(same.similarity, abs=1e-6)
                assert one.score == pytest.approx(same.score, abs=1e-6)
                assert is_accepted(one, threshold) == is_accepted(same, threshold)
                accepted += is_accepted(one, threshold)
    assert accepted, "somebody is found"


def test_suggestions_are_the_same(galleries: list[Gallery]) -> None:
    seen = []
    for gallery in galleries:
        faces = gallery.unnamed()
        assert len(faces) == 3 * PEOPLE
        groups = group_faces(faces, gallery, MODEL, 0.9, ClusterLabels())
        seen.append(
            sorted(
                (
                    group.kind.name,
                    "" if group.person is None else group.person.name,
                    sorted(gallery.photo(face.photo).digest for face in group.faces),  # type: ignore[union-attr]
                )
                for group in groups
            )
        )
    assert any(kind == "SUGGESTION" for kind, _, _ in seen[0])
    assert seen[1:] == [seen[0], seen[0]]
