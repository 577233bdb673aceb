"""Names in sidecars: photos that are not loaded again, and photos that are left when an import ends early."""

from __future__ import annotations

import gc
import shutil
import weakref
from pathlib import Path

import pytest

from face_match.core.errors import CancelledError, SidecarNamesError, SidecarUnreadableError
from face_match.core.types import EmbeddedFace, Photo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.metadata.sidecar_files import read_sidecar
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_names import import_names_from_metadata
from face_match.workflows.write_names import write_names


@pytest.fixture
def photos(tmp_path: Path, astronaut_file: Path, hopper_file: Path, pipeline: FacePipeline) -> list[Path]:
    """Two photos with the names of their faces beside them."""
    photos = [tmp_path / "a.png", tmp_path / "b.jpg"]
    with Gallery.open(tmp_path / "first", for_writing=True) as gallery:
        for name, file, path in zip(("Eileen", "Grace"), (astronaut_file, hopper_file), photos, strict=True):
            shutil.copy(file, path)
            photo = load_photo(path)
            (face,) = pipeline.faces(photo)
            gallery.add(name, NewFace.of(face), photo)
        assert write_names(photos, gallery).names == 2
        again = write_names(photos, gallery)
        assert (again.names, again.known, again.left) == (0, 2, 0)
    return photos


def test_photos_whose_names_are_all_known_are_not_looked_at_again(
    photos: list[Path], pipeline: FacePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []
    real = FacePipeline.faces_upright

    def counted(self: FacePipeline, photo: Photo) -> tuple[Photo, list[EmbeddedFace]]:
        looked_at.append(photo.name)
        return real(self, photo)

    monkeypatch.setattr(FacePipeline, "faces_upright", counted)
    with Gallery.open(tmp_path / "other", for_writing=True) as gallery:
        assert import_names_from_metadata(photos[:1], gallery, pipeline).added == 1
        result = import_names_from_metadata(photos, gallery, pipeline)
    assert (result.added, result.known, result.left) == (1, 1, 0)
    assert looked_at == ["a.png", "b.jpg"]


def test_the_errors_of_damaged_sidecars_hold_no_photo(
    photos: list[Path], pipeline: FacePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sidecar in tmp_path.glob("*.xmp"):
        sidecar.write_text("<no XML")
    seen = []

    def load(path: Path) -> Photo:
        photo = load_photo(path)
        seen.append(weakref.ref(photo.pixels))
        return photo

    monkeypatch.setattr("face_match.workflows.one_photo.load_photo", load)
    with Gallery.open(tmp_path / "second", for_writing=True) as gallery:
        result = import_names_from_metadata(photos, gallery, pipeline)
    gc.collect()
    assert [type(error) for _, error in result.failed] == [SidecarUnreadableError] * 2
    assert [pixels() for pixels in seen] == [None, None]


def test_what_is_stopped_says_how_many_photos_are_left(
    photos: list[Path], pipeline: FacePipeline, tmp_path: Path
) -> None:
    with Gallery.open(tmp_path / "other", for_writing=True) as gallery:
        result = import_names_from_metadata(
            photos, gallery, pipeline, is_cancelled=lambda: gallery.face_count > 0
        )
        assert isinstance(result.stopped_by, CancelledError)
        assert (result.added, result.left) == (1, 1)
        written = write_names(photos, gallery, is_cancelled=lambda: True)
        assert (written.names, written.left) == (0, 2)


def test_an_import_can_be_cancelled_before_each_sidecar(
    photos: list[Path], pipeline: FacePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose, (photo, other) = Path(f"{photos[0]}.xmp"), photos
    shutil.copy(whose, photo.with_suffix(".xmp"))
    shutil.copy(other, other.with_suffix(".png"))
    Path(f"{other}.xmp").rename(other.with_suffix(".xmp"))  # of b.jpg or b.png
    read = list[str]()

    def counted(sidecar: Path) -> bytes:
        read.append(sidecar.name)
        return read_sidecar(sidecar)

    for module in ("sidecars", "sidecar_files"):
        monkeypatch.setattr(f"face_match.metadata.{module}.read_sidecar", counted)
    with Gallery.open(tmp_path / "other", for_writing=True) as gallery:
        for chosen, expected in ((photo, whose.name), (other, "b.xmp")):
            read.clear()
            result = import_names_from_metadata([chosen], gallery, pipeline, is_cancelled=lambda: bool(read))
            assert isinstance(result.stopped_by, CancelledError)
            assert ({*read}, result.added, result.left) == ({expected}, 0, 1)


def test_a_sidecar_of_many_names_that_cannot_be_read_is_one_short_message(
    photos: list[Path], pipeline: FacePipeline, tmp_path: Path
) -> None:
    names = "".join(f"<rdf:li>{number} {'x' * 3_000}</rdf:li>" for number in range(2_000))
    Path(f"{photos[0]}.xmp").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Description><I:ImageRegion><rdf:Bag><rdf:li>'
        f"<I:PersonInImage><rdf:Bag>{names}</rdf:Bag></I:PersonInImage>"
        "</rdf:li></rdf:Bag></I:ImageRegion></rdf:Description></rdf:RDF>"
    )
    with Gallery.open(tmp_path / "other", for_writing=True) as gallery:
        ((_, error),) = import_names_from_metadata(photos[:1], gallery, pipeline).failed
    assert isinstance(error, SidecarNamesError)
    assert "0 xxx" in error.reason
    assert "… and 1,990 more that cannot be read" in error.reason
    assert len(error.reason) < 1_000
