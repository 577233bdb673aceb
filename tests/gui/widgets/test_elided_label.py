"""A line of text that is shortened to its width, by letters or by whole words."""

from __future__ import annotations

from face_match.gui.widgets.elided_label import ElidedLabel

TEXT = "Nobody in the gallery is close · partly covered, unclear"


def test_a_text_is_shortened_by_whole_words_where_that_is_wanted(qtbot) -> None:
    label = ElidedLabel(by_words=True)
    qtbot.addWidget(label)
    width = label.fontMetrics().horizontalAdvance("Nobody in the gallery is close · partly cov")
    label.resize(width, 20)
    label.setText(TEXT)
    assert label.text() == "Nobody in the gallery is close · partly …"
    label.resize(label.fontMetrics().horizontalAdvance("Nobody in the gallery is close · …"), 20)
    label.setText(TEXT)
    assert label.text() == "Nobody in the gallery is close …"
    label.resize(1000, 20)
    label.setText(TEXT)
    assert label.text() == TEXT
