"""The types of the command line's arguments: a value, or ArgumentTypeError with what is wrong."""

from __future__ import annotations

import argparse
import contextlib
import math
from pathlib import Path

from face_match.core.current_folder import has_current_folder_gone
from face_match.core.gallery_place import GalleryPlace, ServerAddress, is_server_address
from face_match.core.messages import error_message
from face_match.core.server_errors import ServerAddressError
from face_match.core.types import Box
from face_match.metadata.written_forms import Form


def path(text: str) -> Path:
    """A path that the system can look for; an empty one would be the current folder."""
    try:
        if not text:
            raise ValueError("it is empty")
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            Path(text).lstat()
        if not Path(text).is_absolute() and has_current_folder_gone():
            raise ValueError("the current folder has gone")
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else str(exc)
        raise argparse.ArgumentTypeError(f"“{text[:60]}” is no path ({reason})") from None
    return Path(text)


def gallery(text: str) -> GalleryPlace:
    """A folder, or the address of a gallery on a server."""
    if not is_server_address(text):
        return path(text)
    try:
        return ServerAddress.parse(text)
    except ServerAddressError as exc:
        raise argparse.ArgumentTypeError(error_message(exc)) from None


def number_from_one(text: str) -> int:
    """A whole number."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)


def score(text: str) -> float:
    """A score, from -1 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -1 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a score, from -1 to 1")
    return value


def share(text: str) -> float:
    """A share, between 0 and 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share, between 0 and 1")
    return value


def box(text: str) -> Box:
    """A box in pixels."""
    try:
        x, y, width, height = (float(part) for part in text.split(","))
        if not all(map(math.isfinite, (x, y, width, height))) or width <= 0 or height <= 0:
            raise ValueError
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a box: X,Y,WIDTH,HEIGHT in pixels") from None
    return Box(x, y, width, height)


def forms(text: str) -> tuple[Form, ...]:
    """Forms in which names are written, separated by commas; in the order of `Form`."""
    words = {word.strip() for word in text.split(",")}
    known = [form.value for form in Form]
    if not words <= {*known}:
        raise argparse.ArgumentTypeError(f"“{text[:60]}” is no list of forms: {', '.join(known)}")
    return tuple(form for form in Form if form.value in words)


def moved_folder(text: str) -> tuple[str, str]:
    """A folder here, absolute, and where another computer sees it."""
    here, _, there = text.rpartition("=")
    if not here or not there:
        raise argparse.ArgumentTypeError(f"“{text[:60]}” is not FROM=TO")
    return str(path(here).resolve()), there
