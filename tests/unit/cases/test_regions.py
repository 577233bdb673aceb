"""Regions beside photos name the faces that they are of, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.errors import NoFaceError, SidecarUnreadableError
from face_match.core.messages import error_message
from face_match.core.orientation import inverse, reorient_box
from face_match.core.records import Decision
from face_match.core.types import Box
from face_match.metadata.name_writing import PhotoNames
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.sidecar_files import new_sidecar
from face_match.metadata.sidecar_writer import write_sidecar
from face_match.metadata.written_forms import Form
from face_match.metadata.xmp_names import Image as XmpImage
from face_match.vision.models import trial_faces
from face_match.vision.photo_loading import load_photo
from face_match.workflows.import_people import ImportResult
from tests.written_regions import write_regions

FolderOf = Callable[[str], Path]


def said(result: ImportResult) -> list[str]:
    return [error_message(error) for _, error in result.failed]


def test_two_photos_of_one_stem_have_a_sidecar_each(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("03-one-stem")
    world.add("Eileen", folder / "0001.jpg")
    world.add("Grace", folder / "0001.png")
    shared = (folder / "0001.xmp").read_bytes()
    assert world.write(folder).names == 2
    assert (folder / "0001.xmp").read_bytes() == shared
    assert b"Eileen" in (folder / "0001.jpg.xmp").read_bytes()
    assert b"Grace" in (folder / "0001.png.xmp").read_bytes()
    assert b"Eileen" not in (folder / "0001.png.xmp").read_bytes()
    world.gallery.undo()
    assert world.import_sidecars(folder).added == 1
    assert world.names_in(folder / "0001.png") == ["Grace"]


def test_a_loose_region_does_not_take_the_face_of_another_one(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("04-loose")
    result = world.import_sidecars(folder)
    assert (result.added, world.people()) == (1, {"Child": 1})
    assert [(type(error), "Parent, turned away" in error_message(error)) for _, error in result.failed] == [
        (NoFaceError, True)
    ]
    again = world.import_sidecars(folder)
    assert (again.added, again.known, said(again)) == (0, 1, said(result))


def test_places_that_are_of_another_picture_are_not_trusted_and_it_is_said(
    world: Any, folder_of: FolderOf
) -> None:
    folder = folder_of("07-cropped")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = world.import_sidecars(folder)
    assert (result.added, world.people()) == (0, {})
    assert [type(error) for _, error in result.failed] == [SidecarUnreadableError]
    assert "of another image (900 × 400)" in said(result)[0]
    assert dict(result.without_place) == {"Eileen": 1, "Grace": 1}
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_places_of_a_raw_photo_are_turned_as_its_sidecar_says(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("06-raw-upside-down")
    result = world.import_sidecars(folder)
    assert (result.added, said(result)) == (2, [])
    assert world.names_in(folder / "IMG_1.jpg") == ["Eileen", "Grace"]
    assert world.import_sidecars(folder).known == 2


@pytest.mark.parametrize("orientation", [6, 8])
def test_the_places_of_a_raw_photo_on_its_side_are_turned_as_its_sidecar_says(
    orientation: int, world: Any, place: Path
) -> None:
    """The raw photo is stored on its side, and the JPEG beside it is upright."""
    sidecar, inverse = place / "a.xmp", {6: 8, 8: 6}[orientation]
    people = [FacePlace(EILEEN, "Eileen"), FacePlace(GRACE, "Grace")]
    stored = [one._replace(box=reorient_box(one.box, 460, 620, 1, inverse)) for one in people]
    write_regions(sidecar, stored, 460, 620, 1)
    head = 'rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="'
    text = sidecar.read_text("utf-8").replace('rdf:about=""', f'{head}{orientation}"', 1)
    sidecar.write_text(text, "utf-8")
    (place / "a.NEF").touch()
    result = world.import_sidecars(place)
    assert (result.added, said(result)) == (2, [])
    assert world.names_in(place / "a.jpg") == ["Eileen", "Grace"]


@pytest.mark.parametrize(("left", "right"), [(0.0, 0.5), (0.1, 1.0)])
def test_names_of_a_cropped_photo_have_no_place(
    left: float, right: float, world: Any, place: Path, pair: Image.Image
) -> None:
    mark(place / "a.xmp", ("Eileen", EILEEN), ("Grace", GRACE))
    width, height = pair.size
    pair.crop((int(left * width), 0, int(right * width), height)).save(place / "a.jpg", quality=95)
    result = world.import_sidecars(place)
    assert (result.added, dict(result.without_place)) == (0, {"Eileen": 1, "Grace": 1})
    assert "its regions are of another image" in said(result)[0]


def test_a_photo_is_turned_as_its_sidecar_says(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("08-turned-in-sidecar")
    result = world.import_sidecars(folder)
    assert (result.added, said(result), world.people()) == (1, [], {"Eileen": 1})
    again = world.import_sidecars(folder)
    assert (again.added, again.known, again.conflicts, again.failed) == (0, 1, 0, [])
    before = (folder / "a.jpg.xmp").read_bytes()
    written = world.write(folder)
    assert (written.names, written.known, written.failed) == (0, 1, [])
    assert (folder / "a.jpg.xmp").read_bytes() == before


@pytest.mark.parametrize("orientation", [3, 5, 7, 8])
def test_a_photo_that_lies_otherwise_is_turned_as_well(
    orientation: int, world: Any, astronaut_file: Path, tmp_path: Path
) -> None:
    """The same kind: a photo stored upside down, on its other side, or mirrored."""
    path = tmp_path / "photos" / "a.png"
    path.parent.mkdir()
    photo = load_photo(astronaut_file)
    (face,) = world.pipeline.detect(photo)
    back = {5: Image.Transpose.TRANSPOSE, 7: Image.Transpose.TRANSVERSE}
    back |= {3: Image.Transpose.ROTATE_180, 8: Image.Transpose.ROTATE_270}
    Image.fromarray(photo.pixels).transpose(back[orientation]).save(path)
    place = reorient_box(face.box, photo.width, photo.height, orientation, 1)
    write_regions(new_sidecar(path), [FacePlace(place, "Eileen")], photo.width, photo.height, 1)
    text = new_sidecar(path).read_text("utf-8")
    head = 'rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="'
    new_sidecar(path).write_text(text.replace('rdf:about=""', f'{head}{orientation}"', 1), "utf-8")
    result = world.import_sidecars(path.parent)
    assert (result.added, said(result)) == (1, [])
    (known,) = world.gallery.faces_of(world.gallery.person("Eileen"))
    assert known.place.overlap(face.box) > 0.7, "the gallery has the photo upright"
    embedding = world.pipeline.faces(photo)[0].embedding
    assert float(known.embeddings["dlib"] @ embedding) > 0.97
    assert world.import_sidecars(path.parent).known == 1


def turn(path: Path, orientation: int) -> None:
    """As a program that writes EXIF alone does."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    block = exif.tobytes()
    block = block if block.startswith(b"Exif") else b"Exif\0\0" + block
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:])


CHECK_FACES = Path(trial_faces.__file__).parent / "check_faces"
EILEEN, GRACE = Box(109.0, 120.0, 77.0, 99.0), Box(405.0, 155.0, 86.0, 115.0)
"""Where the two are in `pair`."""


@pytest.fixture
def pair() -> Image.Image:
    """Both people, Eileen on the left."""
    both = Image.new("RGB", (620, 460), "grey")
    for file, at in (("collins.jpg", (20, 60)), ("hopper.jpg", (320, 100))):
        with Image.open(CHECK_FACES / file) as image:
            both.paste(image.convert("RGB"), at)
    return both


@pytest.mark.parametrize("orientation", [3, 4, 5, 6])
def test_the_faces_of_a_photo_that_was_turned_since_are_known_in_it(
    orientation: int, world: Any, pair: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "photos" / "a.jpg"
    path.parent.mkdir()
    pair.save(path, quality=95)
    places = [FacePlace(EILEEN, "Eileen"), FacePlace(GRACE, "Grace")]
    write_regions(new_sidecar(path), places, 620, 460, 1)
    assert world.import_sidecars(path.parent).added == 2
    turn(path, orientation)
    before = new_sidecar(path).read_bytes()
    again = world.import_sidecars(path.parent)
    assert (again.added, again.known, again.conflicts, said(again)) == (0, 2, 0, [])
    assert (world.write(path.parent).known, new_sidecar(path).read_bytes()) == (2, before)
    world.gallery.rename(world.gallery.person("Eileen"), "Mary Smith")
    again = world.import_sidecars(path.parent)
    assert (again.added, again.conflicts, said(again)) == (0, 1, [])
    written = world.write(path.parent)
    assert (written.names, written.known) == (1, 1)
    assert new_sidecar(path).read_bytes() == before.replace(b"Eileen", b"Mary Smith")


@pytest.fixture
def place(pair: Image.Image, tmp_path: Path) -> Path:
    """A folder with a photo of both, a.jpg, without a sidecar."""
    folder = tmp_path / "photos"
    folder.mkdir()
    pair.save(folder / "a.jpg", quality=95)
    return folder


def mark(sidecar: Path, *regions: tuple[str, Box]) -> None:
    """Make a sidecar for `pair`, also with several regions at one place."""
    for name, box in regions:
        one = sidecar.with_suffix(".one")
        write_regions(one, [FacePlace(box, name)], 620, 460, 1)
        item = one.read_text("utf-8")
        one.unlink()
        if sidecar.exists():
            item = item[item.index("<rdf:li") : item.index("</rdf:li>") + len("</rdf:li>")]
            item = sidecar.read_text("utf-8").replace("</rdf:Bag>", f"{item}</rdf:Bag>")
        sidecar.write_text(item, "utf-8")


def test_names_of_two_sidecars_are_both_taken(world: Any, place: Path) -> None:
    mark(place / "a.xmp", ("Eileen", EILEEN))
    mark(place / "a.jpg.xmp", ("Grace", GRACE))
    result = world.import_sidecars(place)
    assert (result.added, result.failed, world.people()) == (2, [], {"Eileen": 1, "Grace": 1})
    assert world.import_sidecars(place).known == 2


def test_what_two_sidecars_both_say_counts_once(world: Any, place: Path) -> None:
    mark(place / "a.xmp", ("eileen", EILEEN), ("Grace", GRACE))
    mark(place / "a.jpg.xmp", ("Eileen", EILEEN._replace(width=80)))
    result = world.import_sidecars(place)
    assert (result.added, result.known, result.conflicts, result.failed) == (2, 0, 0, [])


def test_a_damaged_sidecar_is_said_and_the_other_one_is_read(world: Any, place: Path) -> None:
    mark(place / "a.xmp", ("Eileen", EILEEN))
    (place / "a.jpg.xmp").write_text("<broken", "utf-8")
    result = world.import_sidecars(place)
    assert (result.added, [type(error) for _, error in result.failed]) == (1, [SidecarUnreadableError])


@pytest.mark.parametrize("is_wider", [False, True])
def test_of_two_sidecars_that_name_one_face_the_more_specific_counts(
    is_wider: bool, world: Any, place: Path
) -> None:
    wide = Box(EILEEN.x - 20, EILEEN.y - 30, EILEEN.width + 40, EILEEN.height + 60)
    mark(place / "a.xmp", ("Ellie", EILEEN))
    mark(place / "a.jpg.xmp", ("Eileen", wide if is_wider else EILEEN))
    result = world.import_sidecars(place)
    assert (result.added, result.conflicts, world.people()) == (1, 1, {"Eileen": 1})
    (conflict,) = world.gallery.conflicts()
    assert (conflict.name, result.failed) == ("Ellie", [])
    world.gallery.resolve_conflicts([conflict.id], Decision.MINE)
    again = world.import_sidecars(place)
    assert (again.added, again.conflicts, again.failed) == (0, 0, [])


@pytest.mark.parametrize("beyond", [-0.2, 0.6])
def test_a_region_drawn_wide_or_narrow_is_its_face_s_in_every_form(
    beyond: float, world: Any, place: Path
) -> None:
    """Two forms that draw one face differently are one name; it is not written a second time, and follows."""
    x, y, width, height = EILEEN
    wide, high = width * (1 + 2 * beyond), height * (1 + 2 * beyond)
    mark(place / "a.xmp", ("Eileen", Box(x - width * beyond, y - height * beyond, wide, high)))
    microsoft = PhotoNames([FacePlace(EILEEN, "Eileen")], XmpImage(620, 460, 1), [Form.MICROSOFT])
    write_sidecar(place / "other.xmp", microsoft)
    text, other = ((place / name).read_text("utf-8") for name in ("a.xmp", "other.xmp"))
    region = other[other.index("<rdf:Description") : other.index("</rdf:RDF>")]
    both = text.replace("</rdf:RDF>", f"{region}</rdf:RDF>")
    (place / "a.xmp").write_text(both, "utf-8")
    (place / "other.xmp").unlink()
    for added, known in ((1, 0), (0, 1)):
        result = world.import_sidecars(place)
        assert (result.added, result.known, said(result)) == (added, known, [])
    assert (world.write(place).known, (place / "a.xmp").read_text("utf-8")) == (1, both)
    world.gallery.rename(world.gallery.person("Eileen"), "Collins")
    world.write(place)
    assert (place / "a.xmp").read_text("utf-8") == both.replace("Eileen", "Collins")


def test_another_name_at_the_face_of_a_region_is_a_conflict(world: Any, place: Path) -> None:
    mark(place / "a.xmp", ("Eileen", EILEEN), ("Ann", Box(100.0, 112.0, 95.0, 115.0)))
    result = world.import_sidecars(place)
    assert (result.added, result.conflicts, result.failed) == (1, 1, [])
    again = world.import_sidecars(place)
    assert (again.added, again.conflicts, again.failed) == (0, 1, [])
    assert sum(world.people().values()) == 1


def test_another_name_at_the_face_of_somebody_who_is_known_is_a_conflict(world: Any, place: Path) -> None:
    mark(place / "a.xmp", ("Eileen", EILEEN))
    assert world.import_sidecars(place).added == 1
    mark(place / "a.xmp", ("Ann", Box(100.0, 112.0, 95.0, 115.0)), ("Grace", GRACE))
    result = world.import_sidecars(place)
    assert (result.added, result.known, result.conflicts, result.failed) == (1, 1, 1, [])
    assert world.people() == {"Eileen": 1, "Grace": 1}


def test_the_same_name_twice_on_one_face_is_no_failure(world: Any, place: Path) -> None:
    mark(place / "a.xmp", ("Eileen", EILEEN), ("EILEEN", Box(100.0, 112.0, 95.0, 115.0)))
    result = world.import_sidecars(place)
    assert (result.added, result.conflicts, result.failed, world.people()) == (1, 0, [], {"Eileen": 1})
    again = world.import_sidecars(place)
    assert (again.added, again.conflicts, again.failed) == (0, 0, [])


def test_of_no_end_of_names_at_one_face_a_few_are_conflicts_and_the_rest_is_said(
    world: Any, place: Path
) -> None:
    names = [f"Person {n}" for n in range(40)]
    mark(place / "a.xmp", *((name, EILEEN) for name in names))
    result = world.import_sidecars(place)
    assert (result.added, result.conflicts) == (1, 10)
    assert said(result) == ["a.jpg gives one face more than 10 names: 29 were not imported."]


def test_a_sidecar_of_one_of_two_photos_is_said_once(world: Any, place: Path, pair: Image.Image) -> None:
    pair.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(place / "a.png")
    mark(place / "a.xmp", ("Eileen", EILEEN))
    result = world.import_sidecars(place)
    assert (result.added, said(result)) == (
        0,
        ["a.xmp may belong to a.jpg or a.png: its names were not imported."],
    )
    flipped = EILEEN._replace(x=620 - EILEEN.x - EILEEN.width)
    mark(place / "a.png.xmp", ("Eileen", flipped))
    result = world.import_sidecars(place)
    assert (result.added, said(result), world.people()) == (2, [], {"Eileen": 2})
    assert world.write(place).failed == []
    again = world.import_sidecars(place)
    assert (again.added, again.known, said(again)) == (0, 2, [])


@pytest.mark.parametrize(("kind", "orientation"), [("jpg", 6), ("jpg", 5), ("tif", 8), ("png", 7)])
def test_places_in_the_upright_picture_of_a_turned_photo_are_found(
    kind: str, orientation: int, world: Any, pair: Image.Image, place: Path
) -> None:
    (place / "a.jpg").unlink()
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored_as(pair, orientation).save(place / f"a.{kind}", exif=exif)
    mark(place / f"a.{kind}.xmp", ("Eileen", EILEEN), ("Grace", GRACE))
    result = world.import_sidecars(place)
    assert (result.added, said(result)) == (2, [])
    assert world.names_in(place / f"a.{kind}") == ["Eileen", "Grace"]
    again = world.import_sidecars(place)
    assert (again.known, said(again)) == (2, [])
    assert world.write(place).known == 2


@pytest.mark.parametrize("orientation", [6, 8])
def test_places_in_the_picture_as_the_sidecar_alone_turns_it_are_found(
    orientation: int, world: Any, pair: Image.Image, place: Path
) -> None:
    stored_as(pair, orientation).save(place / "a.jpg", quality=95)
    sidecar = place / "a.jpg.xmp"
    mark(sidecar, ("Eileen", EILEEN), ("Grace", GRACE))
    head = 'rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="'
    text = sidecar.read_text("utf-8").replace('rdf:about=""', f'{head}{orientation}"', 1)
    sidecar.write_text(text, "utf-8")
    result = world.import_sidecars(place)
    assert (result.added, said(result)) == (2, [])
    (eileen,) = world.gallery.faces_of(world.gallery.person("Eileen"))
    assert eileen.place.overlap(EILEEN) > 0.4, "the gallery has the photo upright"
    assert world.import_sidecars(place).known == 2
    assert (world.write(place).known, sidecar.read_text("utf-8")) == (2, text)


@pytest.mark.parametrize("orientation", [3, 4, 5, 6, 7, 8])
def test_places_in_a_photo_whose_pixels_were_turned_since_its_sidecar_was_written_are_found(
    orientation: int, world: Any, pair: Image.Image, place: Path
) -> None:
    """The sidecar has the old orientation, and places on the old pixels; the photo is upright without one."""
    size = (620, 460) if orientation < 5 else (460, 620)
    people = [FacePlace(EILEEN, "Eileen"), FacePlace(GRACE, "Grace")]
    old = [one._replace(box=reorient_box(one.box, *size, 1, inverse(orientation))) for one in people]
    sidecar = place / "a.xmp"
    write_regions(sidecar, old, *size, 1)
    head = 'rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="'
    text = sidecar.read_text("utf-8").replace('rdf:about=""', f'{head}{orientation}"', 1)
    sidecar.write_text(text, "utf-8")
    result = world.import_sidecars(place)
    assert (result.added, said(result)) == (2, [])
    assert world.names_in(place / "a.jpg") == ["Eileen", "Grace"]
    assert world.import_sidecars(place).known == 2
    assert (world.write(place).known, sidecar.read_text("utf-8")) == (2, text)
    world.gallery.rename(world.gallery.person("Eileen"), "Collins")
    world.write(place)
    assert sidecar.read_text("utf-8") == text.replace("Eileen", "Collins")


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_places_in_a_photo_on_its_side_that_no_file_calls_so_are_found(
    orientation: int, world: Any, pair: Image.Image, place: Path
) -> None:
    """The regions are on the pixels as stored, and nothing says how these are to be turned."""
    pair.transpose(TURNS[orientation]).save(place / "a.jpg", quality=95)
    size = (620, 460) if orientation == 3 else (460, 620)
    people = [FacePlace(EILEEN, "Eileen"), FacePlace(GRACE, "Grace")]
    stored = [one._replace(box=reorient_box(one.box, *size, orientation, 1)) for one in people]
    write_regions(place / "a.xmp", stored, *size, 1)
    result = world.import_sidecars(place)
    assert (result.added, said(result)) == (2, [])
    assert world.import_sidecars(place).known == 2
    (eileen,) = world.gallery.faces_of(world.gallery.person("Eileen"))
    assert eileen.place.overlap(EILEEN) > 0.4, "the gallery has the photo upright"
    before = (place / "a.xmp").read_bytes()
    assert (world.write(place).known, (place / "a.xmp").read_bytes()) == (2, before)


@pytest.mark.parametrize("is_scanned_first", [False, True])
def test_names_are_imported_for_a_photo_that_the_gallery_turned(
    is_scanned_first: bool, world: Any, folder_of: FolderOf
) -> None:
    folder = folder_of("08-turned-in-sidecar")
    if is_scanned_first:
        world.scan(folder)
    assert world.import_sidecars(folder).added == 1
    assert world.names_in(folder / "a.jpg") == ["Eileen"]
    assert world.import_sidecars(folder).known == 1


TURNS = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def stored_as(image: Image.Image, orientation: int) -> Image.Image:
    """An image as a file of that orientation has it."""
    way = {
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return image.transpose(way[orientation])


def test_a_sidecar_without_names_does_not_hide_one_with_them(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("09-two-sidecars")
    assert world.import_sidecars(folder).added == 1
    assert world.people() == {"Eileen": 1}


def test_microsofts_regions_are_read(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("11-microsoft")
    assert world.import_sidecars(folder).added == 1
    assert world.names_in(folder / "microsoft.jpg") == ["Eileen"]
