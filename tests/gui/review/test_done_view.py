"""What the review shows where no face is asked about."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from face_match.gui.review.done_view import DoneView
from face_match.gui.state.tasks import Tasks


def test_while_a_gallery_is_opened_nothing_is_offered(qtbot: QtBot) -> None:
    view = DoneView(Tasks())
    qtbot.addWidget(view)
    view.show_state(None, is_scanning=False)
    assert not view.folder_button.isVisibleTo(view)
    assert not view.title.isVisibleTo(view)
