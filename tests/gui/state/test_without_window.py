"""The state needs no widget: a photo is matched without a window."""

from __future__ import annotations

from pathlib import Path

from face_match.core.settings import Settings
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.ranking import Ranking
from face_match.gui.state.tasks import Tasks


def test_a_photo_is_matched_without_a_window(qtbot, gallery_folder: Path, astronaut_again: Path) -> None:
    tasks, messages, settings = Tasks(), Messages(), Settings()
    gallery = OpenGallery(gallery_folder, settings, tasks, messages)
    model = ModelInUse(gallery, settings, tasks, messages)
    photo = CurrentPhoto(gallery, model, tasks, messages)
    failed: list[Exception] = []
    messages.failed.connect(failed.append)
    tasks.failed.connect(failed.append)
    with qtbot.waitSignal(photo.ranked) as waiting:
        gallery.open()
        photo.open(astronaut_again)
    ranking: Ranking = waiting.args[0]
    assert ranking.matches[0].person.name == "Eileen"
    assert failed == []
    assert tasks.close()
    photo.close()
    model.close()
    gallery.close()
