"""How high the page of keys must be to show all of them."""

from __future__ import annotations

from face_match.gui.dialogs.keys import KeysDialog

SMALL_SCREEN_PX = 740
"""Of 1280 × 800, without the title of the window and a task bar."""
WIDTH_PX = 1260


def needed_height(dialog: KeysDialog) -> int:
    """The height at which nothing scrolls, in pixels."""
    dialog.resize(WIDTH_PX, 100)
    dialog.show()
    area = dialog.area
    table = area.widget()
    around = dialog.height() - area.viewport().height()
    return around + table.heightForWidth(area.viewport().width())
