"""A folder of HEIC photos is scanned by processes that may crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from face_match.core.errors import ImageUnreadableError
from face_match.core.images import heif_image
from face_match.gallery.gallery import Gallery
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.scan import scan
from tests.heif_decoders import CRASH, use_decoders
from tests.made_heif import made_heif


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Photos of different sizes, without faces."""
    paths = [tmp_path / "photos" / f"{columns}.heic" for columns in range(1, 7)]
    paths[0].parent.mkdir()
    for columns, path in enumerate(paths, 1):
        path.write_bytes(made_heif(columns=columns, rows=2))
    return paths


@pytest.mark.parametrize("most", [1, 2])
def test_a_photo_on_which_each_decoder_crashes_is_one_unreadable_photo(
    most: int, photos: list[Path], tmp_path: Path, pipeline: FacePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = photos[2]
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        with monkeypatch.context() as patched:
            use_decoders(patched, CRASH.format(size=bad.stat().st_size), most)
            result = scan(photos, gallery, pipeline)
        assert [path for path, _ in result.failed] == [bad]
        ((_, error),) = result.failed
        assert isinstance(error, ImageUnreadableError)
        assert error.reason == heif_image.DIED
        assert result.stopped_by is None
        assert {Path(photo.path).name for photo in gallery.photos()} == {
            path.name for path in photos if path != bad
        }
        again = scan(photos, gallery, pipeline)
        assert again.failed == [], "it is read once the decoder does not crash"
        assert len(gallery.photos()) == len(photos)
