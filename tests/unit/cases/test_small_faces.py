"""Regions say where to look closely for a face: small ones, and somebody who is in a photo twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.errors import NoFaceError
from face_match.core.types import Box
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.sidecar_files import new_sidecar
from face_match.vision.photo_loading import load_photo
from tests.written_regions import write_regions

FolderOf = Callable[[str], Path]


def test_a_named_region_over_a_small_face_is_looked_at_closely(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("12-small-faces")
    photo = load_photo(folder / "class.jpg")
    assert world.pipeline.detect(photo) == [], "it is too small to be found without being told"
    result = world.import_sidecars(folder)
    assert (result.added, result.failed) == (1, [])
    (face,) = world.gallery.faces_of(world.gallery.person("Eileen"))
    assert 30 < face.place.longer_side < 100
    assert face.place.overlap(Box(2058, 1339, 50, 64)) > 0.4
    assert world.import_sidecars(folder).known == 1


@pytest.mark.parametrize("side", [40, 56, 90])
def test_faces_of_other_sizes_are_found_where_a_region_says_so(
    side: int, world: Any, astronaut_file: Path, tmp_path: Path
) -> None:
    """The same kind: smaller and larger ones, at a corner, in a region drawn more widely."""
    with Image.open(astronaut_file) as image:
        portrait = image.convert("RGB").resize((5 * side, 5 * side))  # of which the face is about a fifth
    photo = Image.new("RGB", (4000, 3000), "#777777")
    photo.paste(portrait, (4000 - 5 * side, 0))
    path = tmp_path / "photos" / "far.jpg"
    path.parent.mkdir()
    photo.save(path, quality=92)
    region = Box(4000 - 3.8 * side, 0.3 * side, 1.7 * side, 1.9 * side)
    write_regions(new_sidecar(path), [FacePlace(region, "Eileen")], 4000, 3000, 1)
    result = world.import_sidecars(path.parent)
    assert (result.added, result.failed) == (1, [])


def test_a_region_over_nothing_gets_no_face_however_closely_it_is_looked_at(
    world: Any, folder_of: FolderOf
) -> None:
    folder = folder_of("12-small-faces")
    regions = [FacePlace(Box(300.0, 300.0, 60.0, 60.0), "Nobody")]
    new_sidecar(folder / "class.jpg").unlink()
    write_regions(new_sidecar(folder / "class.jpg"), regions, 4240, 2832, 1)
    result = world.import_sidecars(folder)
    assert (result.added, [type(error) for _, error in result.failed]) == (0, [NoFaceError])


def test_both_faces_of_a_mirror_are_the_persons(world: Any, folder_of: FolderOf) -> None:
    folder = folder_of("13-twice")
    result = world.import_sidecars(folder)
    assert (result.added, world.people()) == (2, {"Eileen": 2})
    assert world.names_in(folder / "mirror.jpg") == ["Eileen", "Eileen"]
    again = world.import_sidecars(folder)
    assert (again.added, again.known) == (0, 2)
    shutil.copy(folder / "mirror.jpg", folder / "copy.jpg")
    shutil.copy(folder / "mirror.jpg.xmp", folder / "copy.jpg.xmp")
    assert world.import_sidecars(folder).added == 0
