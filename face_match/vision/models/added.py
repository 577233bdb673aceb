"""Added models: their descriptions, and where their files are.

Each model has a folder in the user's data folder, with `<id>/model.onnx` and `<id>/about.json`. The id is the
family's id with the first digits of the file's SHA-256, so embeddings of different files never count as those
of one model. `installation` puts the files there. The window imports this module at start, so it imports
little.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import stat
import uuid
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from face_match.core.atomic_files import open_file, read_file, write_file
from face_match.core.errors import ModelError
from face_match.core.model_families import COLOURS, EMBEDDER, FAMILIES, RANGES, Family

log = logging.getLogger(__name__)

FORMAT = 1
ID_DIGITS = 12
MAX_ABOUT_BYTES = 1_000_000
CHUNK_BYTES = 1 << 20
LARGEST_SIDE_PX = 2048
"""Of the input of a network."""
MIN_DIMENSIONS, MAX_DIMENSIONS = 32, 4096
"""Of embeddings."""


class PixelOptions(NamedTuple):
    """Pixel format that the user chose for a network; "" for what its file or its family says.

    Attributes:
        range: one of `RANGES`.
        colour: one of `COLOURS`.
    """

    range: str = ""
    colour: str = ""


DEFAULT_PIXELS = PixelOptions()


@dataclass(frozen=True)
class TrialResult:
    """Description of a model file, found by its trial.

    Attributes:
        family: the id of one of `FAMILIES`.
        width, height: of the network's input, in pixels; 0 for any.
        dimensions: length of an embedder's embeddings; 0 for a detector.
        range, colour, is_channels_last: pixel format of the network's input.
        takes_batches: whether one run embeds several crops.
        notes: assumptions made, in sentences.
        checks: checks passed, as phrases.
        scales_pixels: whether the graph scales its pixels itself, and so takes 0..255.
    """

    family: str
    width: int
    height: int
    dimensions: int
    range: str
    colour: str
    is_channels_last: bool
    takes_batches: bool
    notes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    scales_pixels: bool = False

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> TrialResult:
        """The description stored by this version or an earlier one; raises KeyError or TypeError."""
        known = {field.name: record[field.name] for field in fields(cls) if field.name in record}
        return cls(**known | {name: tuple(known[name]) for name in ("notes", "checks")})


@dataclass(frozen=True)
class AddedModel:
    """An added model.

    Attributes:
        id: used in a gallery's records, and as the name of its folder.
        title: shown to the user, who may type it instead of the id.
        licence, source: as the user entered them.
        sha256, size_bytes, modified_ns: of its file, when it was added.
        added: ISO 8601, UTC.
        verdict: the description found by the trial.
    """

    id: str
    title: str
    licence: str
    source: str
    sha256: str
    size_bytes: int
    modified_ns: int
    added: str
    verdict: TrialResult

    @property
    def family(self) -> Family:
        return FAMILIES[self.verdict.family]

    @property
    def kind(self) -> str:
        return self.family.kind

    @property
    def file(self) -> Path:
        return models_dir() / self.id / "model.onnx"

    @property
    def is_unchanged(self) -> bool:
        """Whether its file is still the one that was tried. The file is read only if its modification time
        has changed."""
        try:
            now = self.file.stat()
            if now.st_size != self.size_bytes or not stat.S_ISREG(now.st_mode):
                return False
            return now.st_mtime_ns == self.modified_ns or sha256_of(self.file) == self.sha256
        except OSError:
            return False

    def save(self, folder: Path) -> None:
        """Write `about.json` into a folder; raises OSError."""
        about = {"format": FORMAT, **asdict(self)}
        write_file(folder / "about.json", json.dumps(about, indent=1, ensure_ascii=False).encode())


def models_dir() -> Path:
    """The folder of added models: $FACE_MATCH_MODELS, or one in the user's data folder."""
    chosen = os.environ.get("FACE_MATCH_MODELS")
    if chosen:
        return Path(chosen)
    return Path(platformdirs.user_data_dir("face-match", appauthor=False)) / "models"


def added_models(kind: str = "") -> list[AddedModel]:
    """The added models, or those of a kind, oldest first. Unreadable ones are skipped."""
    try:
        folders = [path for path in models_dir().iterdir() if not path.name.startswith(".")]
    except OSError:
        return []
    found = [model for folder in folders if (model := _read(folder)) is not None]
    return sorted((model for model in found if kind in ("", model.kind)), key=lambda m: (m.added, m.id))


def added_model(name: str) -> AddedModel | None:
    """The added model with that id, or with that title in any case; None if there is none."""
    models = added_models()
    by_id = next((model for model in models if model.id == name), None)
    return by_id or next((model for model in models if model.title.casefold() == name.casefold()), None)


def id_of(sha256: str, verdict: TrialResult) -> str:
    """The id of a model. Another pixel format than the family's gives other embeddings, and so another id."""
    family = FAMILIES[verdict.family]
    name = f"{verdict.family}-{sha256[:ID_DIGITS]}"
    usual = ("raw" if verdict.scales_pixels else family.range, family.colour)
    return name if (verdict.range, verdict.colour) == usual else f"{name}-{verdict.range}-{verdict.colour}"


def remove(model: AddedModel) -> None:
    """Delete a model's files. Embeddings that it made stay in galleries.

    Raises:
        ModelError: the files could not be deleted.
    """
    folder = models_dir() / model.id
    away = folder.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        folder.rename(away)
        shutil.rmtree(away)
    except OSError as exc:
        raise ModelError(model.title, f"it could not be removed ({exc.strerror or exc})") from exc


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex; raises OSError, also for a pipe."""
    import hashlib

    digest = hashlib.sha256()
    with open_file(path) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _read(folder: Path) -> AddedModel | None:
    try:
        about = json.loads(read_file(folder / "about.json", MAX_ABOUT_BYTES))
        return _model_of(about, folder.name)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        log.warning("a model’s about.json cannot be read; the model is skipped: %s", folder.name)
        return None


def _model_of(about: dict[str, Any], folder_name: str) -> AddedModel:
    """The model described by an `about.json`; raises ValueError, KeyError or TypeError if it is invalid."""
    if about["format"] != FORMAT or about["id"] != folder_name:
        raise ValueError
    verdict = TrialResult.of_record(about["verdict"])
    if verdict.family not in FAMILIES or verdict.range not in RANGES or verdict.colour not in COLOURS:
        raise ValueError
    sides = (verdict.width, verdict.height)
    if not all(type(side) is int and 0 <= side <= LARGEST_SIDE_PX for side in sides):
        raise ValueError
    lengths = range(MIN_DIMENSIONS, MAX_DIMENSIONS + 1) if FAMILIES[verdict.family].kind == EMBEDDER else (0,)
    if type(verdict.dimensions) is not int or verdict.dimensions not in lengths:
        raise ValueError
    named = {field.name: about[field.name] for field in fields(AddedModel) if field.name != "verdict"}
    if not all(
        isinstance(named[name], str) for name in ("id", "title", "licence", "source", "sha256", "added")
    ):
        raise TypeError
    if not all(type(named[name]) is int and named[name] >= 0 for name in ("size_bytes", "modified_ns")):
        raise TypeError
    return AddedModel(**named, verdict=verdict)
