"""The button that exports copies of the photos of a grid."""

from __future__ import annotations

from face_match.gui.photo_grid.grid import PhotoGrid
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Button, Kind, button


def export_button(grid: PhotoGrid) -> Button:
    """A button that says how many photos it would export: the selected ones, or all."""
    made = button(
        tr("Export copies …"),
        "exportCopiesButton",
        tr("Copy the selected photos, or all of them, into a folder (Ctrl+Shift+E)"),
        Kind.QUIET,
        icon="folder-input",
    )

    def refresh() -> None:
        count = len(grid.selected()) or len(grid.photos)
        text = tr_count("Export a copy …", "Export {n} copies …", count)
        made.setText(text if count else tr("Export copies …"))
        made.setEnabled(count > 0)

    made.clicked.connect(grid.photo_actions.export_selected_or_all)
    grid.searched.connect(refresh)
    grid.selection_changed.connect(refresh)
    return made
