"""Random records to put into a store."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from hypothesis import strategies as st

from face_match.core.records import (
    Conflict,
    Decision,
    FaceRecord,
    Origin,
    Person,
    PhotoRecord,
    Rejection,
    Source,
)
from face_match.core.types import Box, Embedding, FaceQuality, Landmarks, Verdict
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import Step, step_record
from face_match.gallery.records.rows import (
    Contents,
    Table,
    conflict_row,
    face_row,
    person_row,
    photo_row,
)

T = TypeVar("T")


def contents_of(
    people: Sequence[Person] = (),
    faces: Sequence[FaceRecord] = (),
    photos: Sequence[PhotoRecord] = (),
    conflicts: Sequence[Conflict] = (),
) -> Contents:
    """The contents of a whole gallery."""
    return Contents(
        {
            Table.PEOPLE: [*map(person_row, people)],
            Table.PHOTOS: [*map(photo_row, photos)],
            Table.FACES: [*map(face_row, faces)],
            Table.CONFLICTS: [*map(conflict_row, conflicts)],
        },
        {face.id: face.embeddings for face in faces},
    )


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
parts = st.text(
    st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="/\\:"), max_size=9
)
boxes = st.builds(Box, *[st.floats(-1e5, 1e5)] * 2, *[st.floats(1e-3, 1e5)] * 2)
points = st.lists(st.floats(-1e5, 1e5), min_size=2, max_size=2)
landmarks = st.builds(Landmarks.of, st.lists(points, min_size=5, max_size=5, unique_by=tuple))
qualities = st.builds(
    FaceQuality, st.sampled_from(Verdict), st.floats(0, 1), st.lists(texts, max_size=2).map(tuple)
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)
extras = st.dictionaries(texts.map("later ".__add__), values, max_size=2)
numbers = st.integers(0, 2**63 - 1)


def unit_vector(seed: int, dimensions: int) -> Embedding:
    """An embedding of unit length."""
    drawn = np.random.default_rng(seed).normal(size=dimensions)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


turned = st.none() | st.integers(1, 8)


@st.composite
def galleries(draw: st.DrawFn) -> Contents:
    """A few people, photos, faces and conflicts with arbitrary texts, numbers, boxes and embeddings."""

    def person(number: int) -> Person:
        name, folder = f"N {draw(texts)}", f"{number} {draw(parts)}"
        return Person(name, folder, draw(texts), 0, draw(st.none() | texts), draw(texts), draw(extras))

    def photo(number: int) -> PhotoRecord:
        digests = (draw(texts), draw(texts), draw(texts))
        sizes = (draw(numbers), draw(numbers), draw(numbers), draw(numbers), draw(st.integers(1, 8)))
        scans = tuple(draw(st.lists(texts, max_size=2)))
        turns = (draw(turned), draw(turned))
        hints = tuple(f"N {draw(texts)}" for _ in range(draw(st.integers(0, 2))))
        kept = (draw(texts), scans, *turns, hints, draw(extras))
        return PhotoRecord(f"{number} {draw(texts)}", *digests, *sizes, *kept)

    def rejection() -> Rejection:
        similarity = draw(st.dictionaries(texts, st.floats(-1, 1), max_size=2))
        return Rejection(draw(parts.map("f ".__add__)), f"N {draw(texts)}", similarity)

    def face(number: int) -> FaceRecord:
        models = draw(st.sets(texts, max_size=2))
        return FaceRecord(
            id=f"{number} {draw(texts)}",
            file=draw(st.just("") | parts.map(f"faces_db/{number} ".__add__)),
            photo=draw(st.none() | st.sampled_from([one.id for one in photos])) if photos else None,
            place=draw(st.none() | boxes),
            orientation=draw(st.integers(1, 8)),
            box=draw(st.none() | boxes),
            landmarks=draw(st.none() | landmarks),
            confidence=draw(st.none() | st.floats(0, 1)),
            quality=draw(st.none() | qualities),
            origin=draw(st.sampled_from(Origin)),
            person=draw(st.none() | st.sampled_from([one.folder for one in people])) if people else None,
            is_ignored=draw(st.booleans()),
            is_unnamed=draw(st.booleans()),
            is_scanned=draw(st.booleans()),
            rejections=tuple(rejection() for _ in range(draw(st.integers(0, 2)))),
            cluster=draw(st.none() | texts),
            different_from=frozenset(draw(st.sets(texts, max_size=2))),
            added=draw(texts),
            embeddings={
                model: unit_vector(draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([8, 16])))
                for model in models
            },
            extra=draw(extras),
        )

    def conflict(number: int) -> Conflict:
        return Conflict(
            f"{number} {draw(texts)}",
            draw(st.sampled_from([one.id for one in faces])),
            f"N {draw(texts)}",
            draw(st.sampled_from(Source)),
            draw(texts),
            draw(texts),
            draw(st.sampled_from(Decision)),
            draw(extras),
        )

    def some(make: Callable[[int], T], most: int) -> list[T]:
        return [make(number) for number in range(draw(st.integers(0, most)))]

    people, photos = some(person, 3), some(photo, 3)
    faces = some(face, 5)
    return contents_of(people, faces, photos, some(conflict, 2) if faces else [])


def facts(contents: Contents) -> tuple[object, ...]:
    """Everything to compare, with embeddings as bytes."""
    embeddings = {
        face_id: {model: (embedding.dtype, embedding.tobytes()) for model, embedding in own.items()}
        for face_id, own in contents.embeddings.items()
        if own
    }
    return {table: [dict(row) for row in rows] for table, rows in contents.rows.items()}, embeddings


def step_facts(history: Sequence[tuple[Step, Sequence[Edit]]]) -> list[object]:
    """Everything to compare of a history."""
    return [json.loads(json.dumps(step_record(step, edits))) for step, edits in history]
