"""Reading the covers of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from face_match.core.records import Person
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery


def cover_of(gallery: Gallery, person: Person) -> QImage | None:
    """The cover of a person; None where there is no crop."""
    cover = gallery.cover_of(person)
    return read_face(gallery, cover) if cover is not None else None
