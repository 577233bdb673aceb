"""Texts that wrap keep what belongs to a word in its line."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from face_match.gui.widgets.lines_label import LinesLabel


@pytest.mark.parametrize(
    "text", ["Looking for faces …", "Gesichter werden gesucht …", "Buscando caras …", "Only 37 % of faces"]
)
def test_dots_and_per_cent_do_not_begin_a_line(qtbot: QtBot, text: str) -> None:
    label = LinesLabel(3, text)
    qtbot.addWidget(label)
    has_wrapped = False
    for width in range(90, 300, 3):
        label.resize(width, 100)
        lines = label.shown_lines()
        has_wrapped |= len(lines) > 1
        assert not any(line.startswith(("…", "%")) for line in lines), (width, lines)
    assert has_wrapped
