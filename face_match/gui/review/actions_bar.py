"""The foot of the review: what else can be done with the faces."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from face_match.gui.review import group_phrases
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button, Kind, button
from face_match.gui.widgets.wrapping_row import WrappingRow

GAP_PX = 4
FORMS = ((0, True), (0, False), (1, True), (1, False), (2, False))
"""How short the texts are, and whether there are keys."""


class ActionsBar(QWidget):
    """Buttons in a row. Where they have no room they lose their keys, then words, then the one line; tooltips
    have all."""

    def __init__(self) -> None:
        super().__init__()
        self.remove_button = button("", "outButton", "", keys=tr("Del"))
        self.merge_button = button(
            "",
            "mergeButton",
            tr("Join with another group of the same person (Ctrl+M, then choose that group)"),
            keys=tr("Ctrl M"),
        )
        self.skip_button = button(
            "", "skipButton", tr("Go to the next group (Page Down)"), Kind.QUIET, keys=tr("PgDn")
        )
        self.ignore_button = button(
            "",
            "ignoreButton",
            tr("Ignore these faces from now on (Ctrl+I)"),
            Kind.QUIET,
            keys=tr("Ctrl I"),
        )
        self._keys = {one: one.keys for one in self.buttons()}
        self._texts: dict[Button, tuple[str, str, str]] = {}  # ever shorter
        self._shown = (-1, False)
        row = WrappingRow(GAP_PX)
        for one in self.buttons():
            row.add(one)
        self.setLayout(row)
        self.show_count(0)

    def buttons(self) -> list[Button]:
        return [self.remove_button, self.merge_button, self.skip_button, self.ignore_button]

    def show_count(self, count: int, *, is_pair: bool = False) -> None:
        """Show how many faces Ignore applies to.

        Args:
            is_pair: whether the question is if two faces are of one person, which Remove denies.
        """
        if (count, is_pair) == self._shown:
            return
        self._shown = (count, is_pair)
        ignore = group_phrases.ignore_action(count)
        removal = (tr("Remove from group"), *2 * (tr("Remove"),))
        tip = tr("Remove the selected faces from the group (Delete)")
        if is_pair:
            removal = 3 * (tr("Different people"),)
            tip = tr("They are not the same person: do not ask about them again (Delete)")
        self.remove_button.setToolTip(tip)
        self.remove_button.setAccessibleDescription(tip)
        self._texts = {
            self.remove_button: removal,
            self.merge_button: (tr("Same as another group …"), *2 * (tr("Same as …"),)),
            self.skip_button: 3 * (tr("Skip"),),
            self.ignore_button: (ignore, ignore, tr("Ignore")),
        }
        self._fit()

    def whole_text(self, one: Button) -> str:
        """The text of a button, whatever the room."""
        return self._texts[one][0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Choose the longest form for which there is room."""
        for form, has_keys in FORMS:
            for one, texts in self._texts.items():
                one.setText(texts[form])
                one.show_keys(self._keys[one] if has_keys else "")
            gaps = GAP_PX * (len(self._texts) - 1)
            if sum(one.sizeHint().width() for one in self._texts) + gaps <= self.contentsRect().width():
                return
