"""Opening the encrypted gallery of the fixture `sealed`, and finding its records."""

from __future__ import annotations

from pathlib import Path

from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import DATABASE, RECORDS

PASSPHRASE = "zoë's own"
SCRYPT = {"n": 2**4, "r": 8, "p": 1, "salt": "AAAA"}
"""Parameters of scrypt that are cheap, and not the gallery's."""


def opened(folder: Path) -> Gallery:
    return Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE)


def records_of(folder: Path) -> Path:
    return next(path for path in (folder / DATABASE, folder / RECORDS) if path.exists())
