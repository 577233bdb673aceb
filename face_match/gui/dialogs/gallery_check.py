"""What a check of the gallery has found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from face_match.core.error_messages import error_message
from face_match.core.number_text import plural
from face_match.core.records import FaceRecord, Person
from face_match.gui import phrases
from face_match.gui.dialogs.questions import ask_to_remove_near_duplicates
from face_match.gui.widgets.buttons import add_button, button_box
from face_match.gui.widgets.plain_text import PlainLabel, plain, shown

if TYPE_CHECKING:
    from face_match.gallery.health import Health, Lookalike

SIZE_PX = (640, 460)
LISTED = 1_000
"""Of one kind of finding; more would not be read."""


class GalleryCheckPage(QDialog):
    """Stays open beside the window."""

    def __init__(self, remove: Callable[[Sequence[FaceRecord]], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("healthPage")
        self.setWindowTitle("Check of the gallery")
        self._superfluous: list[FaceRecord] = []
        self._owners: list[Person] = []
        self._remove = remove
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("What was found")
        self.tree.setToolTip("What was found (↑ ↓; → and ← open and close)")
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        buttons = button_box("Close")
        self.thin_button = add_button(
            buttons, "&Remove near-duplicates …", QDialogButtonBox.ButtonRole.ActionRole
        )
        self.thin_button.setObjectName("thinButton")
        self.thin_button.setToolTip("Of faces that are nearly the same, keep the largest")
        self.thin_button.clicked.connect(self._on_thin)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self.tree, 1)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)

    def show_result(self, health: Health, model_title: str) -> None:
        """Show what was found."""
        self.tree.clear()
        self._superfluous = [near.face for _, found in health.duplicates for near in found]
        self._owners = [person for person, _ in health.duplicates]
        self._list_faces(health)
        self._list_people(health)
        self._list(
            "Files that no face refers to",
            [(file, "") for file in health.unreferenced_files],
            "Below faces_db. Face Match leaves them alone.",
            count=plural(len(health.unreferenced_files), "file", "files"),
        )
        faces = plural(health.faces, "face was", "faces were")
        is_sound = not (
            health.lost_crops
            or health.duplicates
            or health.nearer_to_others
            or health.confused
            or health.unreferenced_files
        )
        found = " No problems found." if is_sound else ""
        not_compared = f" Not compared: {health.not_compared}." if health.not_compared else ""
        self.text.setText(f"{faces} checked, under the model {model_title}.{found}{not_compared}")
        self.thin_button.setEnabled(bool(self._superfluous))

    def _list_faces(self, health: Health) -> None:
        self._list(
            "Crops that are missing or damaged",
            [
                (lost.person.name if lost.person else "no name", error_message(lost.error))
                for lost in health.lost_crops
            ],
            "They can be matched, but not be embedded for another model.",
            count=phrases.faces(len(health.lost_crops)),
        )
        self._list(
            "Near-duplicates",
            [
                (
                    person.name,
                    f"{phrases.faces(len(found))}, up to {max(near.similarity for near in found):.3f}",
                )
                for person, found in health.duplicates
            ],
            "Faces that are nearly the same as another of that person, and the highest similarity.",
            count=phrases.faces(len(self._superfluous)),
        )
        self._list(
            "Faces that are nearer to somebody else",
            [
                (person.name, f"{_likeness(likeness)} (own {likeness.own:.3f})")
                for person, likeness in health.nearer_to_others
            ],
            "They may have the wrong name: Gallery → People marks them, and Ctrl+J there moves them.",
            count=phrases.faces(len(health.nearer_to_others)),
        )

    def _list_people(self, health: Health) -> None:
        self._list(
            "People who would be mistaken for each other",
            [
                (
                    f"{phrases.display_name(pair.one.name)} and {phrases.display_name(pair.other.name)}",
                    f"{phrases.faces(pair.faces)}, up to {pair.highest:.3f}",
                )
                for pair in health.confused
            ],
            "Faces of either match the other at the threshold in use.",
            count=plural(len(health.confused), "pair of people", "pairs of people"),
        )
        self._list(
            "Who is most like whom",
            [(person.name, _likeness(likeness)) for person, likeness in health.lookalikes],
            "The nearest of the others, by their most similar faces.",
            count=phrases.people(len(health.lookalikes)),
            is_open=False,
        )

    def _list(
        self,
        title: str,
        found: Sequence[tuple[str, str]],
        what: str,
        *,
        count: str,
        is_open: bool = True,
    ) -> None:
        """One kind of finding; `count` is with the noun of what is counted, as rows may be people."""
        if not found:
            return
        top = QTreeWidgetItem([title, count])
        top.setToolTip(0, plain(what))
        for name, detail in found[:LISTED]:
            item = QTreeWidgetItem([shown(name), shown(detail)])
            item.setToolTip(0, plain(name))
            item.setToolTip(1, plain(detail))
            top.addChild(item)
        self.tree.addTopLevelItem(top)
        top.setExpanded(is_open)

    def _on_thin(self) -> None:
        ask_to_remove_near_duplicates(self, len(self._superfluous), self._owners, self._on_sure)

    def _on_sure(self) -> None:
        self.thin_button.setEnabled(False)
        self._remove(self._superfluous)


def _likeness(likeness: Lookalike) -> str:
    return f"{phrases.display_name(likeness.other.name)}, {likeness.similarity:.3f}"
