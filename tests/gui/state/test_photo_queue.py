"""A photo is opened among others of the gallery, of which those on servers are left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from face_match.gui.state.messages import Messages
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.state.tasks import Tasks

HERE = [Path(f"/here/{name}.jpg") for name in "abc"]
THERE = Path("/there/x.jpg")


@pytest.mark.parametrize(
    ("photo", "photos", "queue"),
    [
        (HERE[1], HERE, HERE),
        (HERE[2], [HERE[0], THERE, HERE[2]], [HERE[0], HERE[2]]),
        (THERE, [HERE[0], THERE], [HERE[0], THERE]),  # it was allowed before
        (HERE[0], [], [HERE[0]]),
        (HERE[0], [HERE[1]], [HERE[0]]),
    ],
)
def test_a_photo_is_opened_among_others(
    qtbot: QtBot, photo: Path, photos: Sequence[Path], queue: Sequence[Path]
) -> None:
    tasks = Tasks()
    opened = PhotoQueue(tasks, Messages(tasks))
    with qtbot.waitSignal(opened.moved):
        opened.open_among(photo, photos, lambda folder: folder != THERE.parent)
    assert opened.current == photo
    opened.go(1 - opened.number)
    found = [opened.current]
    while opened.can_go(1):
        opened.go(1)
        found.append(opened.current)
    assert found == queue
    tasks.close()
