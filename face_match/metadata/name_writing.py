"""The names of a photo's people as edits of an XMP document, whether it is a sidecar or in the photo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from face_match.core.errors import SidecarUnreadableError
from face_match.metadata.face_regions import folded_name
from face_match.metadata.list_edits import list_edits
from face_match.metadata.region_edits import FacePlace, Outcomes, region_edits
from face_match.metadata.written_forms import DEFAULT_FORMS, Form
from face_match.metadata.xmp import EMPTY, XmpDocument
from face_match.metadata.xmp_names import BUDGET, BYTES_PER_BYTE, Image, mismatch_reason
from face_match.metadata.xmp_values import clean_text


class PhotoNames(NamedTuple):
    """The names to write for one photo.

    Attributes:
        faces: those whose name the user decided on.
        image: the photo.
        forms: the forms in which names are written. Names in other forms are brought up to date.
        without_place: the names of people whose place in the photo is unknown; lists have them too.
    """

    faces: Sequence[FacePlace]
    image: Image
    forms: Collection[Form] = DEFAULT_FORMS
    without_place: Sequence[str] = ()


class EditedXmp(NamedTuple):
    """A document with the names, None if it has them already; and what became of each face."""

    content: bytes | None
    outcomes: Outcomes


def edited_xmp(
    content: bytes | None, name: str, names: PhotoNames, *, is_beside_raw: bool = False
) -> EditedXmp:
    """Put names into a document, or a new one. Every byte that is not about them is preserved.

    Args:
        name: of the file, for errors.
        is_beside_raw: whether the document may belong to a raw photo.
    Raises:
        SidecarUnreadableError: it is unreadable, or its regions belong to another image.
    """
    content = EMPTY if content is None else content
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        document = XmpDocument(content, name)
        reason = mismatch_reason(document.root, names.image, is_beside_raw=is_beside_raw)
        if names.faces and reason:
            raise SidecarUnreadableError(name, reason)
        regions = region_edits(document, names.faces, names.image, names.forms)
        given = [face.name for face in names.faces if face.name is not None]
        people = [clean for one in (*given, *names.without_place) if (clean := clean_text(one))]
        former = [{*map(folded_name, map(clean_text, face.former_names))} for face in names.faces]
        replaced = {
            old: None if face.name is None else clean_text(face.name)
            for face, of_face in zip(names.faces, former, strict=True)
            for old in of_face
        }
        lists = list_edits(document, people, replaced, names.forms)
        additions = document.adding([*regions.additions, *lists.additions])
        edits = [*regions.edits, *lists.edits, *additions]
        outcomes = dict(regions.outcomes)
        for number, face in enumerate(names.faces):
            if face.name is None and lists.removed & former[number]:
                outcomes[number] = "removed"
            elif face.name is not None and outcomes.get(number, "kept") == "kept":
                is_new = folded_name(clean_text(face.name)) in lists.added
                outcomes[number] = "added" if is_new else "kept"
        return EditedXmp(document.edited(edits) if edits else None, outcomes)
