"""An encrypted gallery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.security import encryption
from tests.unit.gallery.security.sealed_galleries import PASSPHRASE, opened

Add = Callable[..., NamingResult]


@pytest.fixture
def sealed(folder: Path, gallery: Gallery, add: Add, quick_scrypt: None) -> Path:
    """An encrypted gallery of Ada, who has two faces, and Grace; with a backup."""
    for number, name in ((1, "Ada"), (2, "Ada"), (3, "Grace")):
        add(gallery, name, number)
    gallery.back_up()
    gallery.close()
    encryption.encrypt(folder, PASSPHRASE)
    with opened(folder):
        pass
    return folder
