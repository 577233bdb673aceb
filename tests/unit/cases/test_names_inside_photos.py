"""Names in the XMP inside a photo are imported as those of a sidecar are, and a person's word counts more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.records import Decision
from tests.unit.cases.conftest import MUM

PERSON = (
    '<Iptc4xmpExt:PersonInImage xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Bag>'
    "<rdf:li>Granny</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage></rdf:Description></rdf:RDF>"
)


def put_inside(folder: Path, xmp: str, kind: str = "jpg") -> Path:
    """Move the names of `mum` from the sidecar into the photo."""
    (folder / "a.jpg.xmp").unlink(missing_ok=True)
    with Image.open(folder / "a.jpg") as image:
        image.save(folder / f"a.{kind}", xmp=xmp.encode(), quality=95)
    if kind != "jpg":
        (folder / "a.jpg").unlink()
    return folder / f"a.{kind}"


@pytest.mark.parametrize("kind", ["jpg", "webp"])
def test_a_name_inside_a_photo_is_imported_once(world: Any, mum: Path, kind: str) -> None:
    put_inside(mum, MUM, kind)
    assert (world.import_sidecars(mum).added, world.people()) == (1, {"Mum": 1})
    again = world.import_sidecars(mum)
    assert (again.photos, again.added, again.known, again.failed) == (1, 0, 1, [])


def test_a_name_in_the_photo_and_beside_it_counts_once(world: Any, mum: Path) -> None:
    put_inside(mum, MUM)
    (mum / "a.xmp").write_text(MUM.replace('stArea:w="0.3012"', 'stArea:w="0.4"'), "utf-8")
    result = world.import_sidecars(mum)
    assert (result.added, result.known, result.conflicts, result.failed) == (1, 0, 0, [])


def test_of_two_names_the_sidecars_counts_and_the_other_is_a_conflict(world: Any, mum: Path) -> None:
    put_inside(mum, MUM)
    (mum / "a.xmp").write_text(MUM.replace("Mum", "Mary Smith"), "utf-8")
    result = world.import_sidecars(mum)
    assert (result.added, result.conflicts, world.people()) == (1, 1, {"Mary Smith": 1})
    (conflict,) = world.gallery.conflicts()
    assert conflict.name == "Mum"
    world.gallery.resolve_conflicts([conflict.id], Decision.MINE)
    again = world.import_sidecars(mum)
    assert (again.added, again.conflicts, world.people()) == (0, 0, {"Mary Smith": 1})


def test_a_name_that_a_person_corrected_stays(world: Any, mum: Path) -> None:
    put_inside(mum, MUM)
    world.import_sidecars(mum)
    world.gallery.rename(world.gallery.person("Mum"), "Mary Smith")
    again = world.import_sidecars(mum)
    assert (again.added, again.conflicts, world.people()) == (0, 1, {"Mary Smith": 1})


def test_a_person_without_a_place_is_kept_with_the_photo(world: Any, mum: Path) -> None:
    put_inside(mum, MUM.replace("</rdf:Description></rdf:RDF>", PERSON))
    result = world.import_sidecars(mum)
    assert (result.added, dict(result.without_place)) == (1, {"Granny": 1})
    (photo,) = world.gallery.photos()
    assert photo.hints == ("Granny",)


def test_damaged_xmp_inside_a_photo_is_said_and_the_sidecar_is_read(world: Any, mum: Path) -> None:
    put_inside(mum, "<x:xmpmeta")
    (mum / "a.jpg.xmp").write_text(MUM, "utf-8")
    result = world.import_sidecars(mum)
    assert (result.added, [type(error).__name__ for _, error in result.failed]) == (
        1,
        ["EmbeddedXmpUnreadableError"],
    )


def test_a_photo_that_was_turned_without_its_metadata_keeps_its_names(world: Any, mum: Path) -> None:
    """The camera stored the photo on its side; a program turned the pixels, and left the regions."""
    sides = {'w="256"': 'w="236"', 'h="236"': 'h="256"', 'x="0.499"': 'x="0.4616"', 'y="0.4616"': 'y="0.501"'}
    sides |= {'w="0.3012"': 'w="0.418"', 'h="0.418"': 'h="0.3012"'}
    put_inside(mum, re.sub("|".join(map(re.escape, sides)), lambda found: sides[found[0]], MUM))
    result = world.import_sidecars(mum)
    assert (result.added, result.failed, world.people()) == (1, [], {"Mum": 1})
