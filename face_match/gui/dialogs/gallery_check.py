"""The results of a check of the gallery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from face_match.core.messages import error_message
from face_match.core.records import FaceRecord, Person
from face_match.gui import phrases
from face_match.gui.dialogs.questions import ask_to_remove_near_duplicates
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.translation import number, tr, tr_count
from face_match.gui.widgets.plain_text import PlainLabel, plain, shown

if TYPE_CHECKING:
    from face_match.gallery.health import Health, NearestOtherPerson

SIZE_PX = (640, 460)
MOST_LISTED = 1_000
"""Rows listed for one kind of problem."""


class GalleryCheckDialog(Sheet):
    """The results. The dialog stays open beside the main window."""

    def __init__(self, remove: Callable[[Sequence[FaceRecord]], None], parent: QWidget) -> None:
        super().__init__(parent, "healthPage", tr("Gallery check"))
        self._near_duplicates: list[FaceRecord] = []
        self._owners: list[Person] = []
        self._remove = remove
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Results"))
        self.tree.setToolTip(tr("Results (↑ ↓; → and ← expand and collapse)"))
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.remove_button = self.add_other(
            tr("&Remove near-duplicates …"),
            "thinButton",
            tr("Remove nearly identical faces, except the largest"),
        )
        self.remove_button.clicked.connect(self._on_remove)
        self.column.addWidget(self.text)
        self.column.addWidget(self.tree, 1)
        self.fit(*SIZE_PX)

    def show_result(self, health: Health, model_title: str) -> None:
        """Show what was found."""
        self.tree.clear()
        self._near_duplicates = [near.face for _, found in health.duplicates for near in found]
        self._owners = [person for person, _ in health.duplicates]
        self._list_faces(health)
        self._list_people(health)
        self._list(
            tr("Files without a face"),
            [(file, "") for file in health.unreferenced_files],
            tr("Files in faces_db that belong to no face. Face Match does not change them."),
            count=tr_count("{n} file", "{n} files", len(health.unreferenced_files)),
        )
        is_sound = not (
            health.lost_crops
            or health.duplicates
            or health.nearer_to_others
            or health.confused
            or health.unreferenced_files
        )
        self.text.setText(
            phrases.join(
                tr_count(
                    "Checked {n} face with the model {model}.",
                    "Checked {n} faces with the model {model}.",
                    health.faces,
                    model=model_title,
                ),
                tr("No problems found.") if is_sound else "",
                tr("Not compared: {count}.", count=number(health.not_compared + health.left_out))
                if health.not_compared + health.left_out
                else "",
            )
        )
        self.remove_button.setEnabled(bool(self._near_duplicates))

    def _list_faces(self, health: Health) -> None:
        self._list(
            tr("Crops that are missing or damaged"),
            [
                (lost.person.name if lost.person else tr("no name"), error_message(lost.error))
                for lost in health.lost_crops
            ],
            tr("These faces can be matched, but not embedded for another model."),
            count=phrases.faces(len(health.lost_crops)),
        )
        self._list(
            tr("Near-duplicates"),
            [
                (
                    person.name,
                    tr(
                        "{faces}, up to {similarity}",
                        faces=phrases.faces(len(found)),
                        similarity=phrases.score_text(max(near.similarity for near in found)),
                    ),
                )
                for person, found in health.duplicates
            ],
            tr("Faces nearly identical to another face of the same person, and the highest similarity."),
            count=phrases.faces(len(self._near_duplicates)),
        )
        self._list(
            tr("Faces that look more like someone else"),
            [
                (
                    person.name,
                    tr(
                        "{other} (own faces {own})",
                        other=_likeness(likeness),
                        own=phrases.score_text(likeness.own or 0.0),
                    ),
                )
                for person, likeness in health.nearer_to_others
            ],
            tr(
                "These faces may have the wrong name. The page People marks them with “?”; Ctrl+J moves them."
            ),
            count=phrases.faces(len(health.nearer_to_others)),
        )

    def _list_people(self, health: Health) -> None:
        self._list(
            tr("People who are easily mixed up"),
            [
                (
                    phrases.list_names([pair.one.name, pair.other.name]),
                    tr(
                        "{faces}, up to {similarity}",
                        faces=phrases.faces(pair.faces),
                        similarity=phrases.score_text(pair.highest),
                    ),
                )
                for pair in health.confused
            ],
            tr("At the current threshold, faces of one person match the other."),
            count=tr_count("{n} pair of people", "{n} pairs of people", len(health.confused)),
        )
        self._list(
            tr("Most similar people"),
            [(person.name, _likeness(likeness)) for person, likeness in health.nearest_others],
            tr("The most similar other person, by their two most similar faces."),
            count=phrases.people(len(health.nearest_others)),
            is_open=False,
        )

    def _list(
        self,
        title: str,
        found: Sequence[tuple[str, str]],
        tip: str,
        *,
        count: str,
        is_open: bool = True,
    ) -> None:
        """Add one kind of problem; `count` is its number with a noun, as a row may be a person or a face."""
        if not found:
            return
        top = QTreeWidgetItem([title, count])
        top.setToolTip(0, plain(tip))
        for name, detail in found[:MOST_LISTED]:
            item = QTreeWidgetItem([shown(name), shown(detail)])
            item.setToolTip(0, plain(name))
            item.setToolTip(1, plain(detail))
            top.addChild(item)
        self.tree.addTopLevelItem(top)
        top.setExpanded(is_open)

    def _on_remove(self) -> None:
        ask_to_remove_near_duplicates(self, len(self._near_duplicates), self._owners, self._on_confirmed)

    def _on_confirmed(self) -> None:
        self.remove_button.setEnabled(False)
        self._remove(self._near_duplicates)


def _likeness(likeness: NearestOtherPerson) -> str:
    return f"{phrases.display_name(likeness.other.name)}, {phrases.score_text(likeness.similarity)}"
