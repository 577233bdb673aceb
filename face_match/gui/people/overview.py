"""All people: the card of the unnamed faces, the title with the order, and the grid of covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import Person
from face_match.core.settings import Settings
from face_match.gui import phrases, theme
from face_match.gui.people.action_buttons import button_of, press_by_key
from face_match.gui.people.people_actions import PeopleActions
from face_match.gui.people.people_grid import PeopleGrid
from face_match.gui.people.unnamed_card import UnnamedCard
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.tasks import GALLERY, Tasks
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr, tr_count, translated
from face_match.gui.widgets.buttons import PADDING_PX, Kind, button
from face_match.gui.widgets.focus_page import FocusPage
from face_match.gui.widgets.layouts import Stretch, column_of, row_of
from face_match.gui.widgets.people_model import PeopleOrder, SortedPeople, sort_people
from face_match.gui.widgets.plain_text import PlainLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

SIDE_PX = theme.WIDE_MARGIN_PX


class PeopleOverview(FocusPage):
    """`opened` has the person to open. `settings` keeps the order."""

    opened = Signal(object)

    def __init__(
        self,
        gallery: OpenGallery,
        edits: PeopleEdits,
        unnamed: UnnamedFaces,
        settings: Settings,
        tasks: Tasks,
        *,
        delete_for_good: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._gallery = gallery
        self._settings = settings
        self._tasks = tasks
        self._wanted: list[str] = []
        self.card = UnnamedCard(unnamed, tasks, lambda: gallery.gallery)
        self.card.hide()
        self.grid = PeopleGrid(tasks, lambda: gallery.gallery)
        self.people_actions = PeopleActions(
            gallery,
            edits,
            tasks,
            self,
            chosen=self.grid.chosen,
            rename=self.grid.rename,
            delete_for_good=delete_for_good,
        )
        self._add_keys()
        self._build_title()
        self._lay_out()
        self._connect()

    # Building

    def _add_keys(self) -> None:
        actions = self.people_actions
        self.open_action = QAction(tr("&Open"), self)
        self.open_action.triggered.connect(lambda: self.opened.emit(self.grid.chosen()[0]))
        self.grid.addActions(actions.all())
        actions.delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        actions.delete_for_good.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        for action in (actions.rename, actions.merge, actions.birth_date):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    def _build_title(self) -> None:
        self.title = theme.set_type(PlainLabel(tr("People")), theme.TITLE, bold=True)
        self.count = theme.set_type(PlainLabel("", "selectedPeople"), faint=True)
        self.sort_button = button("", "sortButton", tr("Sort the people (Ctrl+Shift+S)"), Kind.QUIET)
        press_by_key("Ctrl+Shift+S", self.sort_button, self)
        self._order_menu = QMenu(self)
        self._orders = QActionGroup(self)
        for order, text in _orders().items():
            action = self._order_menu.addAction(text)
            action.setCheckable(True)
            action.setData(order.value)
            self._orders.addAction(action)
        self._orders.triggered.connect(lambda action: self._on_order_chosen(PeopleOrder(action.data())))
        self.sort_button.setMenu(self._order_menu)
        self._show_order()

    def _lay_out(self) -> None:
        actions = self.people_actions
        self.rename_button = button_of(actions.rename, "renameButton", Kind.QUIET)
        self.merge_button = button_of(actions.merge, "mergeButton", Kind.PLAIN)
        self.delete_button = button_of(actions.delete, "deleteButton", Kind.QUIET)
        self.clear_button = button(
            "", "clearSelectionButton", tr("Select nobody (Escape)"), Kind.QUIET, icon="x"
        )
        self.clear_button.clicked.connect(self.grid.clearSelection)
        for_selected = QWidget()
        row_of(
            Stretch(),
            *(self.rename_button, self.merge_button, self.delete_button, self.clear_button),
            on=for_selected,
            margins=0,
        )
        for_all = QWidget()
        row_of(Stretch(), self.sort_button, on=for_all, margins=0)
        self.tools = QStackedWidget()
        self.tools.addWidget(for_all)
        self.tools.addWidget(for_selected)
        top = row_of(
            self.title,
            self.count,
            (self.tools, 1),
            margins=(SIDE_PX, 0, SIDE_PX - PADDING_PX, 0),
            spacing=theme.MARGIN_PX,
        )
        above = column_of(self.card, margins=(SIDE_PX, SIDE_PX, SIDE_PX, 0))
        grid = row_of(self.grid, margins=(SIDE_PX - theme.GRID_PX, 0, 0, 0))
        column_of(above, theme.GRID_PX, top, (grid, 1), on=self, margins=0, spacing=theme.GRID_PX)
        self.pass_focus_to(self.grid)
        self.select_all_in(lambda: self.grid)

    def _connect(self) -> None:
        self.grid.opened.connect(self.opened)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.selection_changed.connect(self._on_selection_changed)
        self.people_actions.merged_into.connect(self._on_merged)
        # queued, because the name editor is still open when it is emitted
        self.grid.people.renamed.connect(self.people_actions.rename_to, Qt.ConnectionType.QueuedConnection)

    # What is shown

    def refresh(self) -> None:
        """Show the people of the gallery as they are now. The selection is kept."""
        gallery = self._gallery.gallery
        is_away = gallery is None and self._gallery.is_opening  # what is shown stays until it is back
        if not is_away:
            self._sort(gallery)
        is_empty = gallery is not None and not gallery.people
        self.grid.show_placeholder(translated(phrases.EMPTY_GALLERY) if is_empty else "")
        self.refresh_actions()

    def refresh_actions(self) -> None:
        """Enable the actions that can be used now."""
        self.grid.people.is_editable = self._gallery.can_edit
        self.people_actions.refresh()
        self.open_action.setEnabled(len(self.grid.chosen()) == 1)

    def stop_reading(self) -> None:
        """End what is read in the background for what is shown."""
        for key in ("people", "unnamed-folders"):
            self._tasks.drop(key)
        self.grid.crops.stop()

    def forget_crops(self) -> None:
        """Another gallery was opened."""
        self.grid.crops.clear()
        self.card.crops.images.clear()

    def choose(self, folders: Sequence[str]) -> None:
        """Move the keyboard focus to the first of some people that is left."""
        self.grid.choose(folders)

    def show_people(self, folders: Iterable[str]) -> None:
        """Choose the first of some people when they are sorted next, unless one of them is selected."""
        wanted = {*folders}
        if not wanted & {person.folder for person in self.grid.selected()}:
            self._wanted[:] = wanted
        self.refresh()

    def _sort(self, gallery: Gallery | None) -> None:
        before, order = self.grid.people.all, self.order
        people: Sequence[Person] = gallery.people if gallery is not None else ()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> tuple[SortedPeople, int]:
            is_same = people == before.source and order is before.order
            waiting = len(gallery.unnamed()) if gallery is not None else 0
            return before if is_same else sort_people(people, before, order), waiting

        owners = (gallery,) if gallery is not None else ()
        self._tasks.start(GALLERY, job, self._on_sorted, key="people", owners=owners)

    def _on_sorted(self, found: tuple[SortedPeople, int]) -> None:
        people, waiting = found
        self.card.expect(waiting)
        if people is not self.grid.people.all:
            self.grid.show_people(people)
        if self._wanted and not self._gallery.is_saving:
            self.grid.choose(self._wanted)
            self._wanted.clear()

    def _on_merged(self, into: Person) -> None:
        self._wanted.append(into.folder)

    def _on_selection_changed(self) -> None:
        selected = len(self.grid.selected())
        self.count.setText(tr_count("{n} selected", "{n} selected", selected) if selected else "")
        self.tools.setCurrentIndex(1 if selected else 0)
        self.refresh_actions()

    def _show_menu(self, place: QPoint) -> None:
        actions = self.people_actions
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.open_action)
        menu.addSeparator()
        menu.addActions([actions.rename, actions.birth_date, actions.merge])
        menu.addSeparator()
        menu.addActions([actions.delete, actions.delete_for_good])
        menu.popup(place)

    # The order

    @property
    def order(self) -> PeopleOrder:
        """What the people are sorted by."""
        return PeopleOrder(self._settings.people_order)

    def _on_order_chosen(self, order: PeopleOrder) -> None:
        self._settings.people_order = order.value
        self._settings.save()
        self._show_order()
        self.refresh()
        self.grid.setFocus()

    def _show_order(self) -> None:
        for action in self._orders.actions():
            action.setChecked(PeopleOrder(action.data()) is self.order)
        texts = {
            PeopleOrder.FACES: tr("Sort: most faces"),
            PeopleOrder.NAME: tr("Sort: name"),
            PeopleOrder.ADDED: tr("Sort: last added"),
        }
        self.sort_button.setText(texts[self.order])


def _orders() -> dict[PeopleOrder, str]:
    return {
        PeopleOrder.FACES: tr("Most &faces"),
        PeopleOrder.NAME: tr("&Name"),
        PeopleOrder.ADDED: tr("Last &added"),
    }
