"""Names that Picasa, digiKam, Lightroom and Google keep, put on real faces."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from face_match.core.records import Decision
from face_match.core.types import Box
from face_match.gallery.gallery import Gallery
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_names import import_names_from_metadata, name_sources
from face_match.workflows.import_people import ImportResult
from face_match.workflows.scan import scan
from tests.portraits import make_group, make_photos, portraits
from tests.unit.metadata.catalog_inputs import (
    MarkedPhoto,
    make_contacts,
    make_digikam,
    make_lightroom,
    make_picasa,
    make_takeout,
    save_turned,
)

EILEEN, GRACE = "Eileen Collins", "Grace Hopper"
ORIENTATIONS = (1, 3, 6, 8, 2, 5)


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """A photo of both, upright: Eileen Collins left, Grace Hopper right; 500 × 250 pixels."""
    folder = tmp_path_factory.mktemp("portraits")
    faces = [make_photos(person, 1, folder, name)[0] for person, name in zip(portraits(), "eg", strict=True)]
    make_group(faces, folder / "group.png")
    with Image.open(folder / "group.png") as image:
        return image.convert("RGB")


@pytest.fixture(scope="module")
def boxes(group: Image.Image, pipeline: FacePipeline, tmp_path_factory: pytest.TempPathFactory) -> list[Box]:
    """The places of the two faces, drawn wider and lower than the detector does."""
    path = tmp_path_factory.mktemp("group") / "group.png"
    group.save(path)
    faces = sorted(pipeline.faces(load_photo(path)), key=lambda face: face.face.box.x)
    assert len(faces) == 2
    return [
        Box(b.x - 0.1 * b.width, b.y - 0.05 * b.height, 1.2 * b.width, 1.25 * b.height)
        for b in (face.face.box for face in faces)
    ]


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        yield opened


@pytest.fixture
def photos(tmp_path: Path, group: Image.Image, boxes: list[Box]) -> list[MarkedPhoto]:
    """The photo of both in several orientations, in two folders."""
    made = []
    for orientation in ORIENTATIONS:
        folder = tmp_path / "photos" / ("turned" if orientation > 4 else "upright")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{orientation}.jpg"
        picture = group.copy()
        picture.putpixel((0, 0), (orientation, 0, 0))
        save_turned(picture, path, orientation)
        faces = list(zip((EILEEN, GRACE), boxes, strict=True))
        made.append(MarkedPhoto(path, group.size, faces, orientation=orientation))
    return made


def picasa(root: Path, photos: list[MarkedPhoto]) -> list[Path]:
    for folder in {photo.path.parent for photo in photos}:
        make_picasa(folder, [one for one in photos if one.path.parent == folder], with_names=False)
    return [root, make_contacts(root.parent / "contacts.xml", [EILEEN, GRACE])]


def digikam(root: Path, photos: list[MarkedPhoto]) -> list[Path]:
    make_digikam(root / "digikam4.db", root, photos)
    return [root]


def digikam_elsewhere(root: Path, photos: list[MarkedPhoto]) -> list[Path]:
    moved = [
        MarkedPhoto(
            Path("/media/disk/pictures") / photo.path.relative_to(root),
            photo.size,
            photo.faces,
            photo.people,
            photo.orientation,
        )
        for photo in photos
    ]
    return [root, make_digikam(root.parent / "digikam4.db", Path("/media/disk"), moved)]


def lightroom(root: Path, photos: list[MarkedPhoto]) -> list[Path]:
    (root / "Lightroom").mkdir(exist_ok=True)
    make_lightroom(root / "Lightroom" / "Catalog.lrcat", root, photos)
    return [root]


PROGRAMS = pytest.mark.parametrize("make", [picasa, digikam, digikam_elsewhere, lightroom])
Make = Callable[[Path, list[MarkedPhoto]], list[Path]]


def import_names(
    paths: list[Path], photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline
) -> ImportResult:
    files = [photo.path for photo in photos]
    return import_names_from_metadata(files, gallery, pipeline, sources=name_sources(paths, files))


def names_in(photo: Path, gallery: Gallery) -> list[str | None]:
    """The names of the faces of a photo, from left to right."""
    faces = gallery.faces_in_file(load_photo(photo))
    people = [
        gallery.person_by_folder(face.person)
        for face in sorted(faces, key=lambda f: f.place or Box(0, 0, 1, 1))
    ]
    return [None if person is None else person.name for person in people]


@PROGRAMS
def test_each_name_is_on_its_face_in_every_orientation_and_once(
    make: Make, photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    paths = make(tmp_path / "photos", photos)
    before = {path: path.read_bytes() for path in (tmp_path / "photos").rglob("*") if path.is_file()}
    result = import_names(paths, photos, gallery, pipeline)
    assert (result.failed, result.skipped) == ([], [])
    assert (result.photos, result.added, result.known, result.conflicts) == (6, 12, 0, 0)
    assert {photo.path.name: names_in(photo.path, gallery) for photo in photos} == {
        photo.path.name: [EILEEN, GRACE] for photo in photos
    }
    again = import_names(paths, photos, gallery, pipeline)
    assert (again.added, again.known, again.conflicts, again.failed) == (0, 12, 0, [])
    assert {path: path.read_bytes() for path in (tmp_path / "photos").rglob("*") if path.is_file()} == before


@PROGRAMS
def test_what_a_person_said_stays_and_is_a_conflict(
    make: Make, photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    few = photos[:2]
    paths = make(tmp_path / "photos", few)
    import_names(paths, few, gallery, pipeline)
    person = gallery.find(GRACE)
    assert person is not None
    gallery.rename(person, "Amazing Grace")
    again = import_names(paths, few, gallery, pipeline)
    assert (again.added, again.conflicts, again.failed) == (0, 2, [])
    assert names_in(few[0].path, gallery) == [EILEEN, "Amazing Grace"]
    assert {conflict.name for conflict in gallery.conflicts()} == {GRACE}
    gallery.resolve_conflicts([conflict.id for conflict in gallery.conflicts()], Decision.MINE)
    assert import_names(paths, few, gallery, pipeline).conflicts == 0
    assert names_in(few[1].path, gallery) == [EILEEN, "Amazing Grace"]


@PROGRAMS
def test_overlapping_places_go_to_the_faces_that_fit_best(
    make: Make, photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    photo = photos[0]
    (_, left), (_, right) = photo.faces
    reaching = Box(left.x, left.y, right.x + 0.4 * right.width - left.x, left.height)
    photo.faces = [(EILEEN, reaching), (GRACE, right)]
    import_names(make(tmp_path / "photos", [photo]), [photo], gallery, pipeline)
    assert names_in(photo.path, gallery) == [EILEEN, GRACE]


@PROGRAMS
def test_the_same_names_from_several_programs_are_added_once(
    make: Make, photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    few, root = photos[:2], tmp_path / "photos"
    paths = [path for one in (picasa, digikam, lightroom, make) for path in one(root, few)]
    result = import_names([*dict.fromkeys(paths)], few, gallery, pipeline)
    assert (result.added, result.conflicts, result.failed) == (4, 0, [])
    assert names_in(few[0].path, gallery) == [EILEEN, GRACE]


def test_a_photo_on_its_side_that_only_picasa_turned_is_named(
    photos: list[MarkedPhoto], group: Image.Image, gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    path = tmp_path / "photos" / "side.jpg"
    group.transpose(Image.Transpose.ROTATE_90).save(path, quality=95)  # no EXIF
    upright = photos[0].faces
    as_stored = MarkedPhoto(path, group.size, upright, orientation=6)
    ini = make_picasa(path.parent, [as_stored])
    ini.write_text(f"{ini.read_text()}rotate=rotate(1)\n")
    result = import_names([path.parent], [as_stored], gallery, pipeline)
    assert (result.added, result.failed) == (2, [])
    faces = gallery.faces_in_file(load_photo(path))
    named = {gallery.person_by_folder(face.person).name: face.place for face in faces}  # type: ignore[union-attr]
    for name, box in upright:
        place = named[name]
        assert place is not None
        assert as_stored.stored_box(box).overlap(place) > 0.4


def test_googles_names_are_no_facts_and_its_date_is_used_where_the_photo_has_none(
    photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    photo = photos[0]
    make_takeout(photo.path.with_name("1.jpg.supplemental-metada.json"), "1.jpg", [EILEEN, GRACE])
    make_picasa(photo.path.parent, [MarkedPhoto(photo.path, photo.size, photo.faces[:1])])
    result = import_names([photo.path.parent], [photo], gallery, pipeline)
    assert (result.added, result.failed) == (1, [])
    assert names_in(photo.path, gallery) == [EILEEN, None]
    record = gallery.photo_of(load_photo(photo.path))
    assert record is not None
    assert record.taken == "2020-09-20T10:12:07"
    assert GRACE in record.hints


def test_a_scan_keeps_googles_names_as_hints_and_its_date(
    photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline
) -> None:
    photo = photos[0]
    make_takeout(photo.path.with_name("1.jpg.json"), "1.jpg", [EILEEN, GRACE])
    assert scan([photo.path], gallery, pipeline).hinted == 1
    record = gallery.photo_of(load_photo(photo.path))
    assert record is not None
    assert (record.hints, record.taken) == ((EILEEN, GRACE), "2020-09-20T10:12:07")
    assert names_in(photo.path, gallery) == [None, None]
    make_takeout(photos[1].path.with_name("3.jpg.json"), "3.jpg", [])
    assert import_names([photo.path.parent], [photos[1]], gallery, pipeline).photos == 0, "nobody is named"
    scan([photos[1].path], gallery, pipeline)
    dated = gallery.photo_of(load_photo(photos[1].path))
    assert dated is not None
    assert (dated.hints, dated.taken) == ((), "2020-09-20T10:12:07")


def test_a_catalogue_that_cannot_be_read_is_told_and_the_others_are_used(
    photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    few, root = photos[:1], tmp_path / "photos"
    digikam(root, few)
    (root / "Old.lrcat").write_bytes(b"no database")
    result = import_names([root], few, gallery, pipeline)
    assert result.added == 2
    ((path, error),) = result.failed
    assert (path.name, type(error).__name__) == ("Old.lrcat", "NamesUnreadableError")


def test_of_several_lightroom_catalogues_in_a_folder_the_newest_counts(
    photos: list[MarkedPhoto], gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    few, root = photos[:1], tmp_path / "photos"
    old = MarkedPhoto(few[0].path, few[0].size, [("Old name", few[0].faces[0][1])])
    os.utime(make_lightroom(root / "Catalog.lrcat", root, [old]), (1, 1))
    make_lightroom(root / "Catalog-v13.lrcat", root, few)
    result = import_names([root], few, gallery, pipeline)
    assert (result.people, result.conflicts) == ({EILEEN, GRACE}, 0)
