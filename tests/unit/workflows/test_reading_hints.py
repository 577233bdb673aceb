"""Names that files give without a place: a scan and an import of names keep them with the photo, as
suggestions, and never as somebody's name."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.face_groups import GroupKind
from face_match.workflows.import_names import import_names_from_metadata
from face_match.workflows.review import Review
from face_match.workflows.scan import scan

THRESHOLD = 0.94
NO_EXIFTOOL = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        yield opened


@pytest.fixture
def photo(tmp_path: Path, hopper_file: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return Path(shutil.copy(hopper_file, folder / "b.jpg"))


def exiftool(*options: str) -> None:
    subprocess.run(["exiftool", "-q", "-overwrite_original", *options], check=True)


def takeout(photo: Path, *names: str) -> None:
    """The file that Google Takeout writes beside a photo."""
    told = {"title": photo.name, "people": [{"name": name} for name in names]}
    photo.with_name(f"{photo.name}.json").write_text(json.dumps(told))


def hints(gallery: Gallery) -> list[tuple[str, ...]]:
    return [one.hints for one in gallery.photos()]


@NO_EXIFTOOL
@pytest.mark.parametrize(
    "written",
    [
        ("-XMP-iptcExt:PersonInImage=Grace Hopper", "-XMP-iptcExt:PersonInImage=Ann {Lee}"),
        ("-XMP-lr:HierarchicalSubject=People|Grace Hopper", "-XMP-lr:HierarchicalSubject=People|Ann {Lee}"),
    ],
)
@pytest.mark.parametrize("way", ["scan a photo", "scan a sidecar", "import a photo", "import a sidecar"])
def test_people_without_places_are_hints_of_their_photo(
    photo: Path,
    gallery: Gallery,
    pipeline: FacePipeline,
    written: tuple[str, ...],
    way: str,
) -> None:
    exiftool(*written, str(photo.with_suffix(".xmp") if way.endswith("sidecar") else photo))
    if way.startswith("scan"):
        result = scan([photo], gallery, pipeline)
        assert (result.faces, result.hinted) == (1, 1)
    else:
        imported = import_names_from_metadata([photo], gallery, pipeline)
        assert (imported.added, imported.failed) == (0, [])
        assert imported.without_place == {"Grace Hopper": 1, "Ann {Lee}": 1}
    assert hints(gallery) == [("Grace Hopper", "Ann {Lee}")]
    assert gallery.people == ()
    assert [face.hints for face in gallery.unnamed()] == [("Grace Hopper", "Ann {Lee}")]


def test_one_name_of_google_takeout_for_one_face_is_asked_and_becomes_the_person(
    photo: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    takeout(photo, "Grace Hopper")
    import_names_from_metadata([photo], gallery, pipeline)
    review = Review(gallery, pipeline.model_id)
    (group,) = review.groups(THRESHOLD)
    assert (group.kind, group.proposed_name, group.person) == (GroupKind.HINTED, "Grace Hopper", None)
    review.name(group.faces, "Grace Hopper")
    assert [person.name for person in gallery.people] == ["Grace Hopper"]


def test_an_import_of_hints_is_undone_and_its_faces_stay_as_a_scan_leaves_them(
    photo: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    takeout(photo, "Grace Hopper")
    import_names_from_metadata([photo], gallery, pipeline)
    gallery.undo()
    assert hints(gallery) == [()]
    assert len(gallery.unnamed()) == 1
    assert scan([photo], gallery, pipeline).seen == 1


def test_a_later_import_replaces_the_hints_and_one_that_finds_none_leaves_them(
    photo: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    for names, expected in (
        (["Grace"], ("Grace",)),
        (["Grace", "Ada"], ("Grace", "Ada")),
        ([], ("Grace", "Ada")),
    ):
        takeout(photo, *names)
        import_names_from_metadata([photo], gallery, pipeline)
        assert hints(gallery) == [expected]


@NO_EXIFTOOL
def test_a_keyword_is_a_hint_where_the_gallery_has_a_person_of_that_name(
    photo: Path, tmp_path: Path, gallery: Gallery, pipeline: FacePipeline, astronaut_file: Path
) -> None:
    exiftool("-XMP-dc:Subject=Eileen Collins", "-XMP-dc:Subject=Holiday", str(photo))
    scan([astronaut_file], gallery, pipeline)
    gallery.name_faces([face.id for face in gallery.unnamed()], "Eileen Collins")
    scan([photo], gallery, pipeline)
    assert hints(gallery) == [(), ("Eileen Collins",)]


def region_sidecar(photo: Path, *, applied_to: tuple[int, int]) -> None:
    width, height = applied_to
    size = f"{{W={width},H={height},Unit=pixel}}"
    area = "{X=0.5,Y=0.4,W=0.5,H=0.5,Unit=normalized}"
    region = f"{{Area={area},Name=Grace Hopper,Type=Face}}"
    info = f"-RegionInfo={{AppliedToDimensions={size},RegionList=[{region}]}}"
    exiftool(info, str(photo.with_suffix(".xmp")))


@NO_EXIFTOOL
def test_names_whose_places_are_not_trusted_are_hints(
    photo: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    region_sidecar(photo, applied_to=(4000, 500))
    result = import_names_from_metadata([photo], gallery, pipeline)
    assert result.added == 0
    assert len(result.failed) == 1
    assert hints(gallery) == [("Grace Hopper",)]
    assert gallery.people == ()
