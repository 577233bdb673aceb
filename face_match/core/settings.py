"""The user's settings, stored in the user's folder for settings."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from face_match.core.atomic_files import read_file, write_file
from face_match.core.errors import FileWriteError
from face_match.core.gallery_folder import is_unused, own_folder
from face_match.core.gallery_place import (
    GalleryPlace,
    ServerAddress,
    gallery_place,
    is_server_address,
    place_text,
)
from face_match.core.server_errors import ServerAddressError

log = logging.getLogger(__name__)


MAX_BYTES = 1_000_000
MAX_PATH_LETTERS = 4096
"""The longest path of Linux, macOS and Windows is no longer."""
_MAX_NAME_BYTES = 255 if os.name != "nt" else 765
"""Of a file's name: 255 bytes, on Windows 255 letters."""
MAX_TEXT_LETTERS = 4096
"""Names of models and forms are far shorter; the window's place takes some hundred."""
LARGEST_PX = 4096
MOST_FORMS = 20
PEOPLE_ORDERS = ("faces", "name", "added")
MOST_LOCATED = 20
"""Galleries whose new places are remembered."""
MOST_RECENT = 8
"""Recent galleries that are offered."""

PASSPHRASE = "FACE_MATCH_PASSPHRASE"
"""Environment variable that may hold the passphrase of an encrypted gallery."""

SECRETS = (PASSPHRASE, "PGPASSWORD")
"""Environment variables that no other process may see."""


@dataclass
class Settings:
    """The user's settings.

    Attributes:
        model: id of the chosen model; "" for the one that suits the gallery.
        detector: id of the chosen detector; "" for the built-in one.
        thresholds: score thresholds set by the user, by model id.
        rates: chosen shares of strangers who get a suggestion, by model id; the threshold then follows the
            gallery, see `decision.impostor_model`.
        window: size and position of the window, as Qt encodes them, in hex.
        small_faces: whether to find small faces in large photos, which takes longer.
        people_order: what the people are sorted by: "faces", "name" or "added".
        located: where galleries are now that had gone or were moved, by the folder where each was.
        moving: the folders that a gallery is being moved between, "old" and "new", the digest of its records,
            and "done" once it is in the new one. At a start: a move was cut off.
        opened: folder of the gallery that the user chose to open last; "" for the usual one.
        recent: folders of galleries that were open, the last one first.
        written_forms: the forms in which names are written, by their words; empty for the default.
        names_into_files: whether names are written into photos, and not only into sidecars.
        photo_px, face_px: sizes of photos and of unnamed faces on screen; 0 where no size was chosen.
    """

    model: str = ""
    detector: str = ""
    thresholds: dict[str, float] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    window: str = ""
    small_faces: bool = False
    people_order: str = PEOPLE_ORDERS[0]
    located: dict[str, str] = field(default_factory=dict)
    moving: dict[str, str] = field(default_factory=dict)
    opened: str = ""
    recent: list[str] = field(default_factory=list)
    written_forms: list[str] = field(default_factory=list)
    names_into_files: bool = False
    photo_px: int = 0
    face_px: int = 0

    def __post_init__(self) -> None:
        self._saved: dict[str, Any] = {}
        """What the file had when it was last read or written here."""

    @classmethod
    def load(cls) -> Settings:
        """The saved settings, with defaults for what is missing or invalid."""
        settings = cls._read() or cls()
        settings._saved = asdict(settings)
        return settings

    @classmethod
    def _read(cls) -> Settings | None:
        """The saved settings; None where there are none that can be read."""
        settings = cls()
        try:
            saved = json.loads(read_file(settings_file(), MAX_BYTES), parse_int=_number)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            log.warning("the settings cannot be read; defaults are used")
            return None
        if not isinstance(saved, dict):
            return None
        for name in ("model", "detector", "window"):
            if _is_text(saved.get(name)):
                setattr(settings, name, saved[name])
        if _is_place(saved.get("opened")):
            settings.opened = saved["opened"]
        settings.small_faces = saved.get("small_faces") is True
        settings.names_into_files = saved.get("names_into_files") is True
        forms = saved.get("written_forms")
        if isinstance(forms, list):
            settings.written_forms = [form for form in forms if _is_text(form)][:MOST_FORMS]
        for name in ("photo_px", "face_px"):
            size = saved.get(name)
            if isinstance(size, int) and size is not True and 0 < size <= LARGEST_PX:
                setattr(settings, name, size)
        if saved.get("people_order") in PEOPLE_ORDERS:
            settings.people_order = saved["people_order"]
        settings.thresholds = _valid_numbers(saved.get("thresholds"), lambda value: -1 <= value <= 1)
        settings.rates = _valid_numbers(saved.get("rates"), lambda value: 0 < value < 1)
        located = saved.get("located")
        if isinstance(located, dict):
            paths = [(was, now) for was, now in located.items() if _is_path(was) and _is_path(now)]
            settings.located = dict(paths[-MOST_LOCATED:])
        settings.moving = _valid_move(saved.get("moving"))
        if isinstance(saved.get("recent"), list):
            settings.recent = [place for place in saved["recent"] if _is_place(place)][:MOST_RECENT]
        return settings

    def note_opened(self, place: GalleryPlace) -> None:
        """Put a gallery that is open at the top of the recent ones."""
        text = place_text(place)
        self.recent = [text, *(one for one in self.recent if one != text)][:MOST_RECENT]

    def located_gallery(self, folder: Path) -> Path:
        """Where a gallery is now; the folder itself while one is there, or nobody has located or moved it."""
        if self.moving.get("done") and self.moving["old"] == place_text(folder):
            return Path(self.moving["new"])  # what is left in the old folder may look like a gallery
        found = self.located.get(place_text(folder))
        return Path(found) if found and is_unused(folder) else folder

    def set_located(self, folder: Path, now: Path) -> None:
        """Remember where a gallery is now that has gone from its folder, or was moved."""
        self.located.pop(place_text(folder), None)
        if now != folder:
            self.located[place_text(folder)] = place_text(now)

    def note_move(self, old: Path, new: Path, records: str) -> None:
        """Remember that a gallery is being moved; raises FileWriteError."""
        self.moving = {"old": place_text(old), "new": place_text(new), "records": records}
        self.write()

    def note_moved(self, asked_for: Path, old: Path, new: Path) -> None:
        """Remember that a gallery is in another folder now; raises FileWriteError, and then nothing is.

        Args:
            asked_for: the folder that the program was started with, which may not be the gallery's.
        """
        before = dict(self.located), self.opened, [*self.recent], dict(self.moving)
        if self.moving:
            self.moving["done"] = "yes"
        for place in (asked_for, old):
            self.set_located(place, new)
        if self.opened == place_text(old):
            self.opened = place_text(new)
        self.recent = [one for one in self.recent if one != place_text(old)]
        self.note_opened(new)
        try:
            self.write()
        except FileWriteError:
            self.located, self.opened, self.recent, self.moving = before
            raise

    def gallery_to_open(self) -> GalleryPlace:
        """The gallery that the window opens by itself: $FACE_MATCH_GALLERY, else the one that was opened
        last, else the one of commands."""
        if self.opened and not os.environ.get("FACE_MATCH_GALLERY"):
            return gallery_place(self.opened)
        return default_gallery()

    def set_threshold(self, model_id: str, threshold: float) -> None:
        """Set a model's threshold, for all galleries."""
        self.thresholds[model_id] = threshold
        self.rates.pop(model_id, None)

    def follow(self, model_id: str, rate: float | None = None) -> None:
        """Let a model's threshold follow the gallery, at a chosen rate or the default one."""
        self.thresholds.pop(model_id, None)
        self.rates.pop(model_id, None)
        if rate is not None:
            self.rates[model_id] = rate

    def write(self) -> None:
        """Save what was changed here; what another window saved meanwhile stays. Raises FileWriteError."""
        path, mine = settings_file(), asdict(self)
        found = self._read() if self._saved else None
        theirs = asdict(found) if found is not None else mine
        merged = {name: _merged(name, mine[name], self._saved.get(name), theirs[name]) for name in mine}
        try:
            write_file(path, json.dumps(merged, indent=1).encode())
        except OSError as exc:
            raise FileWriteError(path, exc.strerror or type(exc).__name__) from exc
        self._saved = mine

    def save(self, fail: Callable[[FileWriteError], object] = lambda _: None) -> None:
        """Save the settings; if that fails, they hold until the program ends.

        Args:
            fail: called with the error.
        """
        try:
            self.write()
        except FileWriteError as exc:
            log.warning("the settings cannot be saved: %s", exc.reason)
            fail(exc)


def _merged(name: str, mine: Any, saved: Any, theirs: Any) -> Any:
    """The value of a setting that was changed here, elsewhere, or both, since it was `saved`."""
    if mine == saved:
        return theirs
    if name not in ("thresholds", "rates", "located") or saved is None:
        return mine
    kept = {key: value for key, value in theirs.items() if key in mine or key not in saved}
    return kept | {key: value for key, value in mine.items() if key not in saved or saved[key] != value}


def _is_text(saved: object) -> bool:
    """Whether a saved value is a text that can be written and shown."""
    if not isinstance(saved, str) or len(saved) > MAX_TEXT_LETTERS:
        return False
    return "\0" not in saved and not any("\ud800" <= letter <= "\udfff" for letter in saved)


def _is_path(saved: object) -> bool:
    """Whether a saved value can be the path of a folder. Paths may have bytes that are no UTF-8."""
    if not isinstance(saved, str) or not saved or "\0" in saved or len(saved) > MAX_PATH_LETTERS:
        return False
    try:
        return all(len(os.fsencode(part)) <= _MAX_NAME_BYTES for part in Path(saved).parts)
    except UnicodeEncodeError:
        return False


def _valid_move(saved: object) -> dict[str, str]:
    """A saved move of a gallery; empty where it is none."""
    if not isinstance(saved, dict) or not _is_path(saved.get("old")) or not _is_path(saved.get("new")):
        return {}
    texts = {key: saved[key] for key in ("records", "done") if _is_text(saved.get(key))}
    return {"old": saved["old"], "new": saved["new"], "records": "", **texts}


def _is_place(saved: object) -> bool:
    """Whether a saved value can be the place of a gallery."""
    if not isinstance(saved, str) or not is_server_address(saved):
        return _is_path(saved)
    try:
        return ServerAddress.parse(saved).password is None
    except ServerAddressError:
        return False


def _number(text: str) -> float:
    """A whole number of JSON. Python refuses very long ones, and with them all other settings."""
    return int(text) if len(text) < 20 else float(text)


def _valid_numbers(saved: object, is_one: Callable[[float], bool]) -> dict[str, float]:
    """The valid entries of a saved mapping."""
    known = saved.items() if isinstance(saved, dict) else ()
    return {
        key: float(value)
        for key, value in known
        if _is_text(key) and isinstance(value, (int, float)) and value is not True and is_one(value)
    }


def settings_file() -> Path:
    """Path of the settings file."""
    folder = platformdirs.user_config_dir("face-match", appauthor=False, roaming=True)
    return Path(folder) / "settings.json"


def gallery_in_environment() -> str | None:
    """The address of a gallery on a server in $FACE_MATCH_GALLERY, if there is one."""
    chosen = os.environ.get("FACE_MATCH_GALLERY", "")
    return chosen if is_server_address(chosen) else None


def default_gallery() -> Path:
    """$FACE_MATCH_GALLERY; else `own_folder`, or where the window has moved that one to."""
    chosen = os.environ.get("FACE_MATCH_GALLERY")
    if chosen:
        return Path(chosen)
    return Settings.load().located_gallery(own_folder())
