"""A folder of photos whose names are in five forms, imported in one go: each name on the right face."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.types import Box
from face_match.gallery.gallery import Gallery
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.portraits import make_group, make_photos, portraits
from tests.unit.metadata.catalog_inputs import (
    MarkedPhoto,
    make_contacts,
    make_digikam,
    make_picasa,
    save_turned,
)
from tests.unit.metadata.sidecar_inputs import MICROSOFT_SPACES, SPACES

Program = Callable[..., subprocess.CompletedProcess[str]]
EILEEN, GRACE = "Eileen Collins", "Grace Brewster Murray Hopper"
FORMS = ("regions", "embedded", "microsoft", "picasa", "digikam")
ORIENTATIONS = (1, 6, 3, 8)
PHOTOS_PER_FOLDER = 50


def relative(photo: MarkedPhoto, box: Box) -> tuple[float, float, float, float]:
    """Left, top, width and height of a box in the image as stored."""
    stored, (width, height) = photo.stored_box(box), photo.stored_size
    return stored.x / width, stored.y / height, stored.width / width, stored.height / height


def regions(photo: MarkedPhoto) -> str:
    """XMP with the Working Group's regions, and one of a dog."""
    items = ""
    for name, box in [*photo.faces, ("Rex", Box(0, 0, 20, 20))]:
        x, y, width, height = relative(photo, box)
        kind = "Pet" if name == "Rex" else "Face"
        items += (
            f'<rdf:li><rdf:Description m:Name="{name}" m:Type="{kind}"><m:Area a:x="{x + width / 2:.6f}" '
            f'a:y="{y + height / 2:.6f}" a:w="{width:.6f}" a:h="{height:.6f}" a:unit="normalized"/>'
            "</rdf:Description></rdf:li>"
        )
    wide, high = photo.stored_size
    applied = (
        '<m:AppliedToDimensions xmlns:d="http://ns.adobe.com/xap/1.0/sType/Dimensions#" '
        f'd:w="{wide}" d:h="{high}" d:unit="pixel"/>'
    )
    listed = f"<m:RegionList><rdf:Bag>{items}</rdf:Bag></m:RegionList>"
    return packet(f'<m:Regions rdf:parseType="Resource">{applied}{listed}</m:Regions>')


def microsoft(photo: MarkedPhoto) -> str:
    """XMP with Microsoft's regions."""
    items = ""
    for name, box in photo.faces:
        sides = ", ".join(f"{side:.6f}" for side in relative(photo, box))
        items += (
            f'<rdf:li><rdf:Description MPReg:Rectangle="{sides}" MPReg:PersonDisplayName="{name}"/></rdf:li>'
        )
    listed = f"<MPRI:Regions><rdf:Bag>{items}</rdf:Bag></MPRI:Regions>"
    return packet(f'<MP:RegionInfo {MICROSOFT_SPACES} rdf:parseType="Resource">{listed}</MP:RegionInfo>')


def packet(inside: str) -> str:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {SPACES}><rdf:Description rdf:about="">{inside}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


class Picture:
    """A picture of both, and the places of their faces from left to right."""

    def __init__(self, image: Image.Image, boxes: Sequence[Box], names: tuple[str, str]) -> None:
        self.image = image
        self.faces = [*zip(names, boxes, strict=True)]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory, pipeline: FacePipeline) -> list[Picture]:
    """Eight pictures, with either of them on the left."""
    folder, found = tmp_path_factory.mktemp("pictures"), list[Picture]()
    eileen, grace = (make_photos(who, 6, folder, tag) for who, tag in zip(portraits(), "eg", strict=True))
    for number in range(10):
        pair, names = [eileen[number % 6], grace[(number * 5 + 1) % 6]], (EILEEN, GRACE)
        if number % 2:
            pair, names = pair[::-1], names[::-1]
        path = folder / f"group{number}.png"
        make_group(pair, path)
        faces = sorted(pipeline.faces(load_photo(path)), key=lambda face: face.face.box.x)
        if len(faces) == 2:
            with Image.open(path) as image:
                found.append(Picture(image.convert("RGB"), [face.face.box for face in faces], names))
    assert len(found) >= 4
    return found


@pytest.fixture
def made(tmp_path: Path, pictures: list[Picture]) -> Callable[[int], list[MarkedPhoto]]:
    """So many photos below tmp_path / "photos", and the files with their names."""

    def make(count: int) -> list[MarkedPhoto]:
        root = tmp_path / "photos"
        photos: dict[str, list[MarkedPhoto]] = {form: [] for form in FORMS}
        for number in range(count):
            picture, form = pictures[number // 5 % len(pictures)], FORMS[number % 5]
            folder = root / f"{number // PHOTOS_PER_FOLDER:02}"
            folder.mkdir(parents=True, exist_ok=True)
            image = picture.image.copy()
            for place in range(3):  # the number in grey squares: each is a photo of its own
                grey = number >> (4 * place) & 15
                image.paste((16 * grey,) * 3, (16 * place, 0, 16 * place + 16, 16))
            photo = MarkedPhoto(folder / f"{number:04}.jpg", image.size, picture.faces)
            photo.orientation = ORIENTATIONS[number // 5 % 4]
            save_turned(image, photo.path, photo.orientation)
            photos[form].append(photo)
        write_names(root, photos)
        return [photo for form in FORMS for photo in photos[form]]

    return make


def write_names(root: Path, photos: dict[str, list[MarkedPhoto]]) -> None:
    for photo in photos["regions"]:
        Path(f"{photo.path}.xmp").write_text(regions(photo), "utf-8")
    for photo in photos["microsoft"]:
        photo.path.with_suffix(".xmp").write_text(microsoft(photo), "utf-8")
    for photo in photos["embedded"]:
        content = photo.path.read_bytes()
        text = b"http://ns.adobe.com/xap/1.0/\0" + regions(photo).encode()
        segment = b"\xff\xe1" + (len(text) + 2).to_bytes(2, "big") + text
        photo.path.write_bytes(content[:2] + segment + content[2:])
    for folder in {photo.path.parent for photo in photos["picasa"]}:
        in_folder = [photo for photo in photos["picasa"] if photo.path.parent == folder]
        ini = make_picasa(folder, in_folder, with_names=False)
        ini.write_text(ini.read_text() + "[gone.jpg]\nfaces=rect64(1000100090009000),1234\n")
    make_contacts(root / "contacts.xml", [EILEEN, GRACE])
    gone = MarkedPhoto(root / "gone" / "gone.jpg", (600, 400), photos["digikam"][0].faces)
    proposed = MarkedPhoto(photos["picasa"][0].path, (500, 250), photos["picasa"][0].faces, proposed=True)
    make_digikam(root / "digikam4.db", root, [*photos["digikam"], gone, proposed])


ALL = pytest.mark.only_with_all("2,000 photos with names in five forms")


@pytest.mark.parametrize("count", [40, pytest.param(2_000, marks=ALL)])
def test_names_in_five_forms_are_imported_in_one_go(
    program: Program, made: Callable[[int], list[MarkedPhoto]], tmp_path: Path, count: int
) -> None:
    photos, place = made(count), tmp_path / "gallery"

    def imported() -> dict[str, Any]:
        arguments = ("import", tmp_path / "photos", "--names-from-metadata", "--gallery", place, "--json")
        done = program(*arguments, **({"timeout": count} if count > 100 else {}))
        assert done.returncode == 0, done.stderr[-2_000:]
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    first = imported()
    assert first["errors"] == []
    assert (first["photos"], first["added"], first["known"]) == (count, 2 * count, 0)
    assert (first["people"], first["conflict_count"]) == (sorted([EILEEN, GRACE]), 0)
    left: dict[str, int] = {}
    for one in first["left_out"]:
        left[one["kind"]] = left.get(one["kind"], 0) + one["count"]
    folders = -(-count // PHOTOS_PER_FOLDER)
    assert left == {"not a face": 2 * count // 5, "photo not found": folders + 1, "unconfirmed": 2}
    again = imported()
    assert (again["added"], again["known"], again["conflict_count"]) == (0, 2 * count, 0)
    with Gallery.open(place, for_writing=False) as gallery:
        assert {person.name: person.face_count for person in gallery.people} == {EILEEN: count, GRACE: count}
        for photo in photos:
            record = gallery.photo_of(load_photo(photo.path))
            assert record is not None
            named = {}
            for face in gallery.faces_in(record):
                person = gallery.person_by_folder(face.person)
                assert person is not None
                named[person.name] = face.place
            for name, box in photo.faces:
                assert box.overlap(named[name]) > 0.5, photo.path
