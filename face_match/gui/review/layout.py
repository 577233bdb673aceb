"""The parts of the review and their places."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from face_match.gui import theme
from face_match.gui.review.actions_bar import ActionsBar
from face_match.gui.review.done_view import DoneView
from face_match.gui.review.explanation import ExplanationView
from face_match.gui.review.face_size import FaceSize
from face_match.gui.review.faces_grid import FacesGrid
from face_match.gui.review.groups_list import GroupsList
from face_match.gui.review.groups_panel import NARROW_PX, WIDTH_PX, GroupsPanel
from face_match.gui.review.middle import Middle
from face_match.gui.review.question_bar import QuestionBar
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.widgets.filled_grid import PAD_PX
from face_match.gui.widgets.focus_page import FocusPage
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.page_area import PageArea

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

LEAST_FACES_PX = 150
"""The height of the faces below which the rest of the page scrolls."""
MOST_OF_PAGE = 0.3
"""The share of the page that the groups take at most, with large text."""
WIDE_PX = 900  # from this width on, the groups have their usual width


class ReviewLayout(FocusPage):
    """The groups at the left; the question, why it is asked, the faces and the actions at the right."""

    def __init__(
        self, gallery: OpenGallery, unnamed: UnnamedFaces, threshold: ThresholdState, tasks: Tasks
    ) -> None:
        super().__init__()
        self.setObjectName("reviewPage")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._gallery = gallery
        self._unnamed = unnamed
        self._make_parts(tasks, threshold)
        self._lay_out()

    def _make_parts(self, tasks: Tasks, threshold: ThresholdState) -> None:
        self.groups_list = GroupsList(tasks, self._reviewed_gallery, threshold)
        self.groups_panel = GroupsPanel(self.groups_list)
        self.grid = FacesGrid(tasks, self._reviewed_gallery)
        self.face_size = FaceSize(self.grid)
        self.bar = QuestionBar(tasks, self._reviewed_gallery, self.face_size.bar)
        self.question, self.name_edit = self.bar.question, self.bar.name_edit
        self.main_button, self.photo_button = self.bar.main_button, self.bar.photo_button
        self.explanation = ExplanationView(self._unnamed, threshold, tasks)
        self.reject_button = self.explanation.reject_button
        self.middle = Middle(self.grid, self._gallery, self._unnamed)
        self.photo_view = self.middle.photo_view
        self.actions_bar = ActionsBar()
        self.remove_button, self.merge_button = self.actions_bar.remove_button, self.actions_bar.merge_button
        self.skip_button, self.ignore_button = self.actions_bar.skip_button, self.actions_bar.ignore_button
        self.done_view = DoneView(tasks)

    def _lay_out(self) -> None:
        panel, edge = QWidget(), theme.WIDE_MARGIN_PX - PAD_PX  # so that crops and texts are flush
        for part in (self.bar, self.explanation):
            part.setContentsMargins(PAD_PX, 0, PAD_PX, 0)
        self.actions_bar.setContentsMargins(PAD_PX, 0, 0, 0)
        column_of(
            *(self.bar, self.explanation, (self.middle, 1), self.actions_bar),
            on=panel,
            margins=(edge, 20, edge, theme.MARGIN_PX),
            spacing=theme.GRID_PX,
        )
        self.pages = QStackedWidget()
        self.middle.setMinimumHeight(LEAST_FACES_PX)
        self.pages.addWidget(PageArea(panel))
        self.pages.addWidget(self.done_view)
        row_of(self.groups_panel, (self.pages, 1), on=self, margins=0, spacing=0)
        for one in (self.main_button, self.photo_button, self.reject_button, *self.actions_bar.buttons()):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the name field

    def _show_chosen_size(self) -> None:
        """Show the faces in the size that was chosen last, and remember the next one."""
        settings = self._gallery.settings
        self.face_size.show_px(settings.face_px)
        self.face_size.chosen.connect(partial(setattr, settings, "face_px"))

    def tab_order(self) -> list[QWidget]:
        """The widgets that can have the focus: the name field first, then what is below, then the groups."""
        return [
            *self.bar.tab_order(),
            self.reject_button,
            self.grid,
            self.photo_view,
            *self.actions_bar.buttons(),
            self.groups_list,
            self.groups_panel.new_button,
            self.done_view.people_button,
            self.done_view.folder_button,
            self.done_view.faceless_button,
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.groups_panel.show_width(
            WIDTH_PX if self.width() >= WIDE_PX else NARROW_PX, most=round(MOST_OF_PAGE * self.width())
        )

    def _reviewed_gallery(self) -> Gallery | None:
        review = self._unnamed.review
        return review.gallery if review is not None else None
