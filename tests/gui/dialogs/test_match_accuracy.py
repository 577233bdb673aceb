"""The table of thresholds and their error rates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from face_match.gallery.gallery import Gallery
from face_match.gui.dialogs.match_accuracy import NO_STRICTER, MatchAccuracyDialog
from face_match.gui.state.tasks import Tasks
from tests.gui.made_faces import made_clusters, made_face, made_gallery

PEOPLE, EACH = 12, 4


def named(folder: Path) -> Gallery:
    """The gallery of a folder, whose faces were made in turn for each person; named so."""
    gallery = Gallery.open(folder, for_writing=True)
    faces = gallery.unnamed()
    whose = [int(Path(str(gallery.photo(face.photo).path)).stem) % PEOPLE for face in faces]
    for person in range(PEOPLE):
        own = [face.id for face, number in zip(faces, whose, strict=True) if number == person]
        gallery.name_faces(own, f"Person {person}")
    return gallery


@pytest.fixture
def dialog(qtbot) -> Iterator[MatchAccuracyDialog]:
    parent, tasks = QWidget(), Tasks()
    qtbot.addWidget(parent)
    yield MatchAccuracyDialog(tasks, parent)


def rows(dialog: MatchAccuracyDialog, qtbot, gallery: Gallery, threshold: float) -> list[list[str]]:
    with qtbot.waitSignal(dialog.learned):
        dialog.learn(gallery, "dlib", threshold)
    table = dialog.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_thresholds_ascend_and_two_are_stricter_than_the_one_in_use(
    dialog: MatchAccuracyDialog, qtbot, tmp_path: Path
) -> None:
    with named(made_clusters(tmp_path / "gallery", people=PEOPLE, each=EACH)) as gallery:
        found = rows(dialog, qtbot, gallery, 0.94)
    values = [float(row[0].split()[0]) for row in found]
    assert values == sorted(set(values))
    assert [row[0] for row in found if "in use" in row[0]] == ["0.94 (in use)"]
    assert sum(value > 0.94 for value in values) >= 2
    assert NO_STRICTER not in dialog.text.text()
    in_use = [row[0] for row in found].index("0.94 (in use)")
    assert [dialog.table.item(row, 0).font().bold() for row in range(len(found))] == [
        row == in_use for row in range(len(found))
    ]


def test_the_default_is_among_them_where_another_threshold_is_in_use(
    dialog: MatchAccuracyDialog, qtbot, tmp_path: Path
) -> None:
    with named(made_clusters(tmp_path / "gallery", people=PEOPLE, each=EACH)) as gallery:
        found = rows(dialog, qtbot, gallery, 0.7)
    assert [row[0] for row in found if "(" in row[0]] == ["0.70 (in use)", "0.94 (default)"]


def test_each_column_has_one_unit(dialog: MatchAccuracyDialog, qtbot, tmp_path: Path) -> None:
    with named(made_clusters(tmp_path / "gallery", people=PEOPLE, each=EACH)) as gallery:
        found = rows(dialog, qtbot, gallery, 0.7)
    assert found[0][1] == "more than 1 in 2"
    assert all(" 1 in " in row[1] for row in found)
    assert all("%" in cell for row in found for cell in row[2:])


def test_a_sentence_says_why_no_threshold_is_stricter(
    dialog: MatchAccuracyDialog, qtbot, tmp_path: Path
) -> None:
    rng, axes = np.random.default_rng(7), np.eye(128)
    same = [made_face(rng, axes[n % PEOPLE], spread=0.0) for n in range(2 * PEOPLE)]
    with named(made_gallery(tmp_path / "gallery", same)) as gallery:
        found = rows(dialog, qtbot, gallery, 1.0)
    assert found[-1][0] == "1.00 (in use)"
    assert NO_STRICTER in dialog.text.text()


def test_there_is_no_empty_table_where_there_are_too_few_faces(
    dialog: MatchAccuracyDialog, qtbot, tmp_path: Path
) -> None:
    dialog.show()
    with Gallery.open(made_clusters(tmp_path / "gallery", people=2, each=2), for_writing=False) as gallery:
        dialog.learn(gallery, "dlib", 0.94)
        qtbot.waitUntil(lambda: "10 are needed" in dialog.text.text())
    assert not dialog.table.isVisible()
    assert not dialog.use_button.isVisible()
    assert dialog.height() < 300
