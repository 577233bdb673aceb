"""A face that the user drew is removed with its name and crop, as one step."""

from __future__ import annotations

from collections.abc import Callable

from face_match.core.records import Origin
from face_match.core.types import Photo
from face_match.gallery.gallery import Gallery, NewFace


def test_a_drawn_face_is_removed_and_comes_back_by_undo(
    gallery: Gallery, new_face: Callable[..., NewFace], photo_of: Callable[..., Photo]
) -> None:
    drawn = new_face(1)._replace(origin=Origin.DRAWN)
    (face,) = gallery.add("Ada", drawn, photo_of(1)).faces
    gallery.add("Grace", new_face(2), photo_of(2))
    gallery.remove_drawn(face.id)
    assert gallery.existing_faces([face.id]) == []
    assert gallery.find("Ada") is None
    assert gallery.crops.read(face.file) is not None, "undo needs it"
    assert gallery.nearest(drawn.embeddings["made-up"], "made-up", 1)[0].person.name == "Grace"
    gallery.undo()
    (back,) = gallery.faces([face.id])
    assert (back.person, back.origin, back.place) == (face.person, Origin.DRAWN, face.place)
    assert gallery.person("Ada").face_count == 1
    gallery.redo()
    assert gallery.unnamed() == []
