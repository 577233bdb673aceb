"""Galleries of the original demo: a list of `{id, name, image_path, embedding, model, version}`.

It kept whole photos, in `faces_db/<name>/`, and embeddings of FaceNet under a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np

from face_match.core.types import Embedding
from face_match.gallery.records.fields import encode_embedding, read_name, read_text, reading_at
from face_match.gallery.records.names import FolderNames, name_key
from face_match.gallery.records.paths import CROPS_FOLDER, UnsafePathError, safe_file, safe_folder

DEMO_MODEL, FACENET = "keras_facenet", "facenet"
"""What the demo calls the network that we call facenet."""

LOST_CROP = "lost"
"""The name of no crop: where one would lie whose path leads out of the gallery."""


def people_of_demo(entries: Iterable[Mapping[str, Any]], folder: Path, added: str) -> list[dict[str, Any]]:
    """The demo's entries, grouped by name, as version 3 of the records had people; whatever is not ours to
    know is kept as "seed".

    Args:
        folder: the gallery's.
        added: since when its people are there, as far as is known.
    Raises:
        RecordError: an entry makes no sense.
    """
    people: dict[str, dict[str, Any]] = {}
    folders = FolderNames()
    for number, entry in enumerate(entries):
        with reading_at(f"[{number}]"):
            _take_entry(people, folders, entry, folder, added)
    return [*people.values()]


def _take_entry(
    people: dict[str, dict[str, Any]],
    folders: FolderNames,
    entry: Mapping[str, Any],
    folder: Path,
    added: str,
) -> None:
    """Put an entry of the demo's among the people."""
    known = dict(entry)
    name, identifier = read_name(known.pop("name")), read_text(known.pop("id"))
    embedding = _unit(known.pop("embedding"))
    model = read_text(known.get("model", DEMO_MODEL))
    file = _file(read_text(known["image_path"]), folder)
    key = name_key(name)
    if key not in people:
        person_folder = _person_folder(file, name, folders)
        people[key] = {"name": name, "folder": person_folder, "added": added, "samples": []}
    people[key]["samples"].append(
        {
            "id": identifier,
            "file": file,
            "added": added,
            "photo": "",
            "box": None,
            "landmarks": None,
            "vectors": {FACENET if model == DEMO_MODEL else model: encode_embedding(embedding)},
            "seed": known,
        }
    )


def _unit(embedding: object) -> Embedding:
    with np.errstate(over="ignore"):  # of a damaged one, which NumPy would warn of
        embedding = np.asarray(embedding, np.float64)
        norm = float(np.sqrt(np.square(embedding).sum()))
    if embedding.ndim != 1 or not np.isfinite(norm) or norm == 0:
        raise ValueError("not an embedding")
    unit: Embedding = (embedding / norm).astype(np.float32)
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
        return f"{CROPS_FOLDER}/{LOST_CROP}"


def _person_folder(file: str, name: str, folders: FolderNames) -> str:
    folder = _folder_of_file(file)
    return folder if folder is not None and folders.reserve(folder) else folders.assign(name)


def _folder_of_file(file: str) -> str | None:
    """Which person's folder below the crops' a file lies in, if it lies in one."""
    parts = PurePosixPath(file).parts
    if len(parts) != 3 or parts[0] != CROPS_FOLDER:
        return None
    try:
        return safe_folder(parts[1])
    except ValueError:
        return None
