"""Galleries of the original demo: a list of `{id, name, image_path, embedding, model, version}`.

The demo stored whole photos in `faces_db/<name>/`, and FaceNet embeddings under another model name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np

from face_match.core.types import Embedding
from face_match.gallery.records.fields import encode_embedding, parse_name, parse_text, reading_at
from face_match.gallery.records.names import FolderNames, name_key
from face_match.gallery.records.paths import CROPS_FOLDER, UnsafePathError, safe_file, safe_folder

DEMO_MODEL, FACENET = "keras_facenet", "facenet"
"""The demo's name for FaceNet, and ours."""

LOST_CROP = "lost"
"""The crop name for an image path that leads out of the gallery; no crop has it."""


def people_of_demo(entries: Iterable[Mapping[str, Any]], folder: Path, added: str) -> list[dict[str, Any]]:
    """The demo's entries grouped by person, as records of version 3; unknown fields are kept as "seed".

    Args:
        folder: the gallery's.
        added: the date to record for all people and faces.
    Raises:
        RecordError: an entry is invalid.
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
    """Add one of the demo's entries to the people."""
    known = dict(entry)
    name, identifier = parse_name(known.pop("name")), parse_text(known.pop("id"))
    embedding = _unit(known.pop("embedding"))
    model = parse_text(known.get("model", DEMO_MODEL))
    file = _file(parse_text(known["image_path"]), folder)
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
    with np.errstate(over="ignore"):  # damaged values; NumPy would warn
        embedding = np.asarray(embedding, np.float64)
        norm = float(np.sqrt(np.square(embedding).sum()))
    if embedding.ndim != 1 or not np.isfinite(norm) or norm == 0:
        raise ValueError("not an embedding")
    unit: Embedding = (embedding / norm).astype(np.float32)
    return unit


def _file(image_path: str, folder: Path) -> str:
    """The file of an entry. The demo wrote absolute paths, or paths relative to where it was started.

    In a gallery that was moved since, the files are found in its own `faces_db`. A path outside the gallery
    is lost.
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
    """The person's folder of a file; None if it is not in one."""
    parts = PurePosixPath(file).parts
    if len(parts) != 3 or parts[0] != CROPS_FOLDER:
        return None
    try:
        return safe_folder(parts[1])
    except ValueError:
        return None
