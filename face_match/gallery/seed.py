"""Galleries of the original demo: a list of `{id, name, image_path, embedding, model, version}`.

It kept whole photos, in `faces_db/<name>/`, and vectors of FaceNet under a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import Any

import numpy as np

from face_match.gallery.names import folder_for, name_key
from face_match.gallery.paths import CROPS_FOLDER, UnsafePathError, safe_file
from face_match.gallery.records import PersonRecord, folder_of_file, name_of_person, text
from face_match.types import Person, Sample, Vector

SEED_MODEL, FACENET = "keras_facenet", "facenet"
"""What the demo calls the network that we call facenet."""

LOST = "lost"
"""The name of no crop: where one would lie whose path leads out of the gallery."""


def people_of_seed(entries: Iterable[Mapping[str, Any]], folder: Path, added: str) -> list[PersonRecord]:
    """The demo's entries, grouped by name; whatever is not ours to know is kept in `extra`.

    Args:
        folder: the gallery's.
        added: since when its people are there, as far as is known.
    Raises:
        ValueError, TypeError, KeyError, OverflowError: an entry makes no sense.
    """
    people: dict[str, Person] = {}
    samples: dict[str, list[Sample]] = {}
    for entry in entries:
        known = dict(entry)
        name, identifier = name_of_person(known.pop("name")), text(known.pop("id"))
        vector = _unit(known.pop("embedding"))
        model = text(known.get("model", SEED_MODEL))
        file = _file(text(known["image_path"]), folder)
        sample = Sample(
            id=identifier,
            file=file,
            vectors={FACENET if model == SEED_MODEL else model: vector},
            box=None,
            landmarks=None,
            photo_digest="",
            added=added,
            extra={"seed": known},
        )
        key = name_key(name)
        if key not in people:
            taken = [person.folder for person in people.values()]
            people[key] = Person(name, _person_folder(file, name, taken), added)
        samples.setdefault(key, []).append(sample)
    return [
        PersonRecord(replace(person, sample_count=len(samples[key])), tuple(samples[key]))
        for key, person in people.items()
    ]


def _unit(embedding: object) -> Vector:
    with np.errstate(over="ignore"):  # of a damaged one, which NumPy would warn of
        vector = np.asarray(embedding, np.float64)
        norm = float(np.sqrt(np.square(vector).sum()))
    if vector.ndim != 1 or not np.isfinite(norm) or norm == 0:
        raise ValueError("not an embedding")
    unit: Vector = (vector / norm).astype(np.float32)
    return unit


def _file(image_path: str, folder: Path) -> str:
    """The demo wrote paths as its system does, relative to where it was started, or absolute ones.

    A gallery that was moved since has its crops in its own `faces_db` all the same; what is neither there nor
    elsewhere in the gallery is lost.
    """
    parts = PureWindowsPath(image_path).parts
    path = Path(image_path)
    if path.is_absolute() and path.is_relative_to(folder.absolute()):
        parts = path.relative_to(folder.absolute()).parts
    elif CROPS_FOLDER in parts:
        last = len(parts) - 1 - parts[::-1].index(CROPS_FOLDER)
        parts = parts[last:]
    try:
        return safe_file("/".join(parts))
    except UnsafePathError:
        return f"{CROPS_FOLDER}/{LOST}"


def _person_folder(file: str, name: str, taken: list[str]) -> str:
    folder = folder_of_file(file, CROPS_FOLDER)
    return folder if folder is not None and folder not in taken else folder_for(name, taken)
