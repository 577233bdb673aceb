"""All photos of the gallery as a grid, the newest first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from face_match.gui import phrases, theme
from face_match.gui.keys import ALL_PHOTOS_KEYS, bind
from face_match.gui.photo.page import start_hint
from face_match.gui.photo_grid.cell import PADDING_PX
from face_match.gui.photo_grid.grid import PhotoGrid
from face_match.gui.photo_grid.size_slider import size_slider
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.focus_page import FocusPage
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.plain_text import PlainLabel
from face_match.gui.widgets.tabs import Tab
from face_match.gui.widgets.wrapping_row import WrappingRow
from face_match.workflows.photo_search import FaceFilter, PhotoQuery

SIDE_PX = theme.WIDE_MARGIN_PX


class AllPhotos(FocusPage):
    """The photos, or those with unnamed faces, or without any face. `photo_wanted` has the path of a photo to
    be opened."""

    photo_wanted = Signal(Path)

    def __init__(self, gallery: OpenGallery, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("allPhotosPage")
        self._gallery = gallery
        self._faces = FaceFilter.ANY
        self._chosen: Path | None = None
        self.title = theme.set_type(PlainLabel(tr("All photos")), theme.TITLE, bold=True)
        self.count = theme.set_type(ElidedLabel("", "photoCount"), faint=True)
        self.grid = PhotoGrid(gallery, tasks, key="all photos")
        self.size_slider = size_slider(self.grid)
        self.slider = self.size_slider.slider
        self.tabs = {
            FaceFilter.ANY: Tab(tr("All"), "allPhotosTab", tr("All photos (Ctrl+1)")),
            FaceFilter.UNNAMED: Tab(
                tr("With unnamed faces"), "unnamedFacesTab", tr("Photos with unnamed faces (Ctrl+2)")
            ),
            FaceFilter.NONE: Tab(
                tr("No face found"), "noFaceTab", tr("Photos in which no face was found (Ctrl+3)")
            ),
        }
        self._lay_out()
        self.pass_focus_to(self.grid)
        self.select_all_in(lambda: self.grid)
        for faces, tab in self.tabs.items():
            tab.clicked.connect(lambda _, faces=faces: self._on_tab(faces))
        actions = dict(zip(("all", "unnamed", "faceless"), self.tabs.values(), strict=True))
        bind(self, ALL_PHOTOS_KEYS, {name: tab.click for name, tab in actions.items()})
        self.grid.photo_wanted.connect(self.photo_wanted)
        self.grid.searched.connect(self._on_searched)
        gallery.opened.connect(
            lambda: self.show_photos(self._faces)
        )  # the grid forgets what a closed one had
        self.show_photos(FaceFilter.ANY)

    def _lay_out(self) -> None:
        top = row_of(self.title, (self.count, 1), self.size_slider, spacing=theme.MARGIN_PX)
        tabs = WrappingRow()
        for tab in self.tabs.values():
            tabs.add(tab)
        head = column_of(top, tabs, margins=(SIDE_PX, 0, SIDE_PX, 0), spacing=theme.GRID_PX)
        photos = column_of(self.grid, margins=(SIDE_PX - PADDING_PX, 0, 0, 0))  # in line with the title
        column_of(head, (photos, 1), on=self, margins=(0, SIDE_PX, 0, 0), spacing=theme.GRID_PX)

    def show_photos(self, faces: FaceFilter) -> None:
        """Show the photos that have such faces."""
        self._faces = faces
        for one, tab in self.tabs.items():
            tab.setChecked(one is faces)
        self.count.setText("")
        self.grid.show_placeholder("")
        self.grid.search(PhotoQuery(faces=faces))

    def _on_tab(self, faces: FaceFilter) -> None:
        self.show_photos(faces)
        self.grid.setFocus()

    def choose(self, path: Path | None) -> None:
        """Move the keyboard focus to a photo and into its sight, as soon as it is shown."""
        self._chosen = path
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self._chosen is not None and self.grid.show_photo(str(self._chosen)):
            self._chosen = None

    def _on_searched(self, count: int) -> None:
        self.count.setText(phrases.photos(count))
        self.grid.show_placeholder("" if count else self._empty())
        self._show_chosen()
        self._chosen = None  # it is none of these

    def _empty(self) -> str:
        """What is said where there is no photo."""
        if self._faces is FaceFilter.UNNAMED:
            return tr("No photo has an unnamed face.")
        if self._faces is FaceFilter.NONE:
            return tr("A face was found in every photo.")
        return start_hint()
