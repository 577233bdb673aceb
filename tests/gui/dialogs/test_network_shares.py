"""A gallery from elsewhere can name photos on a network share: the window asks before a server is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from face_match.core.types import PhotoFileInfo
from face_match.gallery.gallery import Gallery
from tests.gui.menu_driver import pressing
from tests.gui.review_driver import ReviewDriver


def test_a_photo_on_a_network_share_is_opened_after_a_question(
    scanned: Path, open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(scanned, tmp_path / "gallery"))
    with Gallery.open(folder, for_writing=True) as gallery:
        for face in gallery.unnamed():
            photo = gallery.photo(face.photo)
            seen = PhotoFileInfo(photo.digest, photo.file_digest, photo.size, photo.modified_ns)
            place, away = Path(photo.path), tmp_path / "away.jpg"
            place.rename(away)  # while it is there, another file of it is a copy
            gallery.record_photo(seen, Path(f"//evil/share/{photo.id}/a<b>.jpg"))
            away.rename(place)
    review = ReviewDriver(open_window(folder))
    opened: list[str] = []
    real = Path.stat

    def stat(path: Path, **options: object) -> object:
        if "evil" in str(path):
            opened.append(str(path))
            raise FileNotFoundError(str(path))
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    asked = pressing("Cancel")
    review.page.middle.toggle_photo()
    review.settle()
    assert asked == ["Open “a<b>.jpg” from \\\\evil\\share?", "The server learns your user name."]
    assert opened == []
    asked = pressing("&Open")
    review.page.middle.toggle_photo()
    review.settle()
    assert len(asked) == 2, "one question"
    assert opened
    review.page.middle.toggle_photo()
    review.page.middle.toggle_photo()  # it is asked once: a question would wait for an answer here
    review.settle()
