"""Synthetic photos with faces, and a gallery of them in the terms of the reference model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from face_match.core.orientation import SIDEWAYS_ORIENTATIONS, reorient_box
from face_match.core.records import FaceRecord, PhotoRecord
from face_match.core.types import Box, Crop, Embedding, Landmarks, Photo
from face_match.gallery.gallery import Gallery, NewFace
from tests.unit.gallery.reference_model import Key, ModelHistory, State

MODEL = "made-up"
PHOTOS = 4
PLACES = (Box(20.0, 30.0, 60.0, 60.0), Box(150.0, 100.0, 60.0, 70.0), Box(300.0, 200.0, 50.0, 60.0))
"""The places of each photo's faces, in an upright photo of 400 × 300 pixels."""

TAKEN = ("2004-07-01T10:00:00", "2014-07-01T10:00:00", "", "1980-01-01T00:00:00")
"""When the photos were taken; the last one has no date."""
YEARS = (2004.5, 2014.5, None, None)


def digest_of(photo: int) -> str:
    return f"{photo + 1:064x}"


def size_of(orientation: int) -> tuple[int, int]:
    return (300, 400) if orientation in SIDEWAYS_ORIENTATIONS else (400, 300)


def photo_of(number: int, orientation: int) -> Photo:
    """The photo as read from a file, whose orientation may have been changed."""
    width, height = size_of(orientation)
    pixels = np.zeros((height // 10, width // 10, 3), np.uint8)
    return Photo(
        pixels,
        width,
        height,
        f"{number}.jpg",
        digest_of(number),
        lambda: pixels,
        orientation,
        taken=TAKEN[number],
        hash_file=lambda: f"{number + 1:062x}{orientation:02x}",
    )


def place_of(number: int, orientation: int) -> Box:
    return reorient_box(PLACES[number], *size_of(orientation), 1, orientation)


def embedding_of(key: Key) -> Embedding:
    embedding = np.random.default_rng(key).normal(size=16)
    return (embedding / np.linalg.norm(embedding)).astype(np.float32)


def pixels_of(key: Key) -> Any:
    return np.full((8, 8, 3), 10 * key[0] + key[1], np.uint8)


def new_face(key: Key, orientation: int) -> NewFace:
    landmarks = Landmarks.of([[3.0, float(n)] for n in range(5)])
    crop = Crop(pixels_of(key), Box(1.0, 1.0, 6.0, 6.0), landmarks)
    return NewFace(crop, {MODEL: embedding_of(key)}, place_of(key[1], orientation), 0.9)


class GalleryFacts:
    """A gallery in the terms of the reference model."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self._photos = {photo.id: (int(photo.digest, 16) - 1, photo) for photo in gallery.photos()}
        assert len({number for number, _ in self._photos.values()}) == len(self._photos)
        self.faces: dict[Key, FaceRecord] = {}
        in_each = gallery.faces_in_each([photo for _, photo in self._photos.values()])
        for photo_id, faces in in_each.items():
            for face in faces:
                key = self._key(*self._photos[photo_id], face)
                assert key not in self.faces, "one face has two records"
                self.faces[key] = face
        self.keys = {face.id: key for key, face in self.faces.items()}

    @staticmethod
    def _key(photo: int, record: PhotoRecord, face: FaceRecord) -> Key:
        found = [
            number
            for number in range(len(PLACES))
            if face.place is not None and place_of(number, record.orientation).overlap(face.place) > 0.99
        ]
        assert len(found) == 1
        return photo, found[0]

    def people(self) -> dict[str, object]:
        return {
            person.folder: (
                person.name,
                person.face_count,
                None if not person.cover else self.keys[person.cover],
                person.born,
            )
            for person in self.gallery.people
        }

    def years(self) -> dict[Key, float | None]:
        """The years of the named faces, as seen by the search."""
        assert all(face.taken == TAKEN[key[0]] for key, face in self.faces.items())
        rows = self.gallery.embeddings(MODEL, 16, is_dated=True)
        known = (None if np.isnan(year) else round(year, 1) for year in rows.years.tolist())
        return {self.keys[face_id]: year for face_id, year in zip(rows.face_ids, known, strict=True)}

    def all(self) -> dict[str, object]:
        """Everything to compare with the model."""
        rank = {one: n for n, one in enumerate(sorted({f.cluster for f in self.faces.values()} - {None}))}
        return {
            "photos": {n: (Path(p.path).name, p.orientation, p.scans) for n, p in self._photos.values()},
            "faces": {
                key: (
                    *(face.person, face.is_ignored, face.is_scanned, bool(face.file)),
                    tuple((r.folder, r.name) for r in face.rejections),
                    {self.keys[one] for one in face.different_from},
                )
                for key, face in self.faces.items()
            },
            "clusters": {frozenset(k for k, f in self.faces.items() if f.cluster == one) for one in rank},
            "people": self.people(),
            "years": self.years(),
            "conflicts": {(self.keys[c.face], c.name) for c in self.gallery.conflicts()},
            "history": (len(self.gallery.history), len(self.gallery.undone)),
        }


def most_alike(state: State, asked: Embedding, own: Key | None = None) -> dict[str, float]:
    """The highest similarity of each person's faces to an embedding, by folder.

    Args:
        own: the face that is asked about. Its person is compared by the other faces, if any.
    """
    alike: dict[str, dict[Key, float]] = {}
    for key in state.named():
        alike.setdefault(state.faces[key].person or "", {})[key] = float(embedding_of(key) @ asked)
    return {
        folder: max((value for key, value in of_faces.items() if key != own), default=max(of_faces.values()))
        for folder, of_faces in alike.items()
    }


def model_facts(story: ModelHistory) -> dict[str, object]:
    """Everything to compare with a gallery."""
    state = story.state()
    counts = [face.person for face in state.faces.values()]
    clusters = {face.cluster for face in state.faces.values()} - {None}
    return {
        "photos": {
            number: ("" if photo.path is None else str(photo.path), photo.orientation, photo.scans)
            for number, photo in state.photos.items()
        },
        "faces": {
            key: (
                *(face.person, face.is_ignored, face.is_scanned, face.has_crop),
                *(face.rejections, set(face.different_from)),
            )
            for key, face in state.faces.items()
        },
        "clusters": {frozenset(k for k, f in state.faces.items() if f.cluster == one) for one in clusters},
        "people": {
            folder: (person.name, counts.count(folder), person.cover, person.born)
            for folder, person in state.people.items()
        },
        "years": {key: YEARS[key[0]] for key in state.named()},
        "conflicts": {*state.open_conflicts()},
        "history": (len(story.steps(undone=False)), len(story.steps(undone=True))),
    }
