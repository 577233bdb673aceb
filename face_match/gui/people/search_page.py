"""The page that shows what is typed into the search field: people, and photos of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import Person
from face_match.gui import phrases, theme
from face_match.gui.keys import SEARCH_KEYS, bind
from face_match.gui.people.person_covers import PADDING_PX, PersonCovers
from face_match.gui.photo_grid.export_button import export_button
from face_match.gui.photo_grid.grid import PhotoGrid
from face_match.gui.photo_grid.size_slider import size_slider
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import SEARCH, Tasks
from face_match.gui.translation import number, tr, tr_count
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.focus_page import FocusPage
from face_match.gui.widgets.layouts import Stretch, column_of
from face_match.gui.widgets.plain_text import plain
from face_match.gui.widgets.wrapping_row import WrappingRow
from face_match.workflows.photo_search import PhotoQuery
from face_match.workflows.search_text import (
    Keywords,
    NameIndex,
    PeopleFound,
    UnclearName,
    keywords,
    read_search,
)

KEY = "search"
TITLE_EMS = 10
"""The width of the title, in heights of its text, below which the controls stand below it."""


def search_words() -> Keywords:
    """The words of a query in the user's language, separated by spaces, and the English ones."""
    return keywords(tr("and"), tr("without"), tr("only"))


class _Answer(NamedTuple):
    """What a text was read as, with similar names where nobody's name has it."""

    text: str
    found: PeopleFound | PhotoQuery | UnclearName
    similar: Sequence[Person]


class SearchPage(FocusPage):
    """Shows people whose names match, and the photos of the query.

    Signals:
        photo_wanted: the path of a photo to be opened.
        person_wanted: a person to be shown.
        text_wanted: what the search field should say, as a name in it was chosen.
    """

    photo_wanted = Signal(Path)
    person_wanted = Signal(object)
    text_wanted = Signal(str)

    def __init__(self, gallery: OpenGallery, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("searchPage")
        self._gallery = gallery
        self._tasks = tasks
        self._names = NameIndex(())
        self._text = ""
        self._answer: _Answer | None = None
        self.title = theme.set_type(ElidedLabel("", "searchTitle"), theme.TITLE, bold=True)
        self.hint = ElidedLabel()  # of one line, so that what is below does not move
        self.hint.setObjectName("searchHint")
        theme.set_type(self.hint, faint=True)
        self.people = PersonCovers(tasks, lambda: gallery.gallery, key="search covers")
        self.people.setObjectName("searchPeople")
        self.people.setToolTip(tr("People whose names match (arrow keys, Enter)"))
        self.grid = PhotoGrid(gallery, tasks, key="search photos")
        self.size_slider = size_slider(self.grid)
        self.slider = self.size_slider.slider
        self.export_button = export_button(self.grid)
        self._lay_out()
        self.pass_focus_to(self.grid)
        self.select_all_in(lambda: self.grid)
        for before, after in itertools.pairwise((self.export_button, self.slider, self.people, self.grid)):
            QWidget.setTabOrder(before, after)
        self.people.person_wanted.connect(self._on_person_wanted)
        self.grid.photo_wanted.connect(self.photo_wanted)
        self.grid.searched.connect(self._on_searched)
        bind(self, SEARCH_KEYS, {"export": self.export_button.click})
        for signal in (gallery.changed, gallery.opened):
            signal.connect(self._on_changed)

    def _lay_out(self) -> None:
        margin = theme.WIDE_MARGIN_PX
        top = WrappingRow(theme.MARGIN_PX)
        self.title.setMinimumHeight(theme.CONTROL_PX)  # where the controls are hidden
        top.add(self.title, is_wide=True, least_px=TITLE_EMS * self.title.fontMetrics().height())
        top.add(self.export_button)
        top.add(self.size_slider)
        head = column_of(top, self.hint, margins=(margin, 0, margin, 0), spacing=0)
        lists = column_of(
            *((self.people, 1000), (self.grid, 1000)),
            Stretch(),  # while neither is shown
            margins=(margin - PADDING_PX, 0, 0, 0),  # pictures are in line with the title
            spacing=0,
        )
        column_of(head, (lists, 1), on=self, margins=(0, margin, 0, 0), spacing=theme.GRID_PX)

    # Searching

    def search(self, text: str) -> None:
        """Show what fits a text, as it is being typed. What is shown stays until that is found."""
        self._text = text
        gallery = self._gallery.gallery
        if gallery is None:
            self._tasks.drop(KEY)
            return
        words, names = search_words(), self._names

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> tuple[NameIndex, _Answer]:
            people = gallery.people
            index = names if names.people is people else NameIndex(people)
            found = read_search(text, index, words)
            is_nobody = isinstance(found, PeopleFound) and not found.people
            return index, _Answer(text, found, index.similar(text) if is_nobody else ())

        self._tasks.start(SEARCH, job, self._on_read, key=KEY, owners=(gallery,))

    def clear(self) -> None:
        """Show nothing, and stop reading: the field is empty."""
        self._tasks.drop(KEY)
        self._text, self._answer = "", None
        self.people.show_people(())
        self.grid.search(None)

    def focus_results(self) -> None:
        """Move the focus to the first result."""
        (self.grid if self.grid.photos else self.people).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Search again, as the gallery may have changed while the page was hidden."""
        super().showEvent(event)
        self._on_changed()

    def _on_changed(self) -> None:
        if self._text and self.isVisible():
            self.search(self._text)

    def _on_read(self, read: tuple[NameIndex, _Answer]) -> None:
        self._names, answer = read
        self._answer = answer
        query = _query_of(answer.found)
        is_new = query is None or query != self.grid.query
        self.people.show_people(_people_of(answer))
        self.people.show_as_row(query is not None)
        self.people.setVisible(bool(self.people.people))
        self._show_hint(_hint_of(answer))
        self.grid.setVisible(query is not None)
        self.pass_focus_to(self.people if query is None else self.grid)
        for control in (self.size_slider, self.export_button):
            control.setVisible(query is not None)
        if is_new:
            self.grid.show_placeholder("")
            self.grid.search(query)
            self._show_title(None)

    def _on_searched(self, count: int) -> None:
        query = self.grid.query
        if query is not None:
            self.grid.show_placeholder("" if count else _nothing_found(query))
            self._show_title(count)

    def _show_title(self, count: int | None) -> None:
        text = _title_of(self._answer, count) if self._answer is not None else ""
        self.title.setText(text)
        self.title.setToolTip(plain(text))

    def _show_hint(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setToolTip(plain(text))

    def _on_person_wanted(self, person: Person) -> None:
        """Complete the query with a person where the name was not clear; else show the person."""
        found = self._answer.found if self._answer is not None else None
        if isinstance(found, UnclearName):
            self.text_wanted.emit(with_name(self._text, found.text, person.name))
        else:
            self.person_wanted.emit(person)


def with_name(text: str, part: str, name: str) -> str:
    """A search text in which a name that was not clear is the whole name."""
    words = r"\s*".join(map(re.escape, part.split()))
    places = [*re.finditer(rf"(?<![^\s,;&+/!−–-]){words}(?![^\s,;&+/])", text, re.IGNORECASE)]
    if not places:
        return name
    return text[: places[-1].start()] + name + text[places[-1].end() :]


def _query_of(found: PeopleFound | PhotoQuery | UnclearName) -> PhotoQuery | None:
    """The photos to show."""
    if isinstance(found, PhotoQuery):
        return found
    meant = found.meant if isinstance(found, PeopleFound) else None
    return PhotoQuery((meant,)) if meant is not None else None


def _people_of(answer: _Answer) -> Sequence[Person]:
    """The people whose covers are shown."""
    if isinstance(answer.found, PhotoQuery):
        return answer.found.people
    return answer.found.people or answer.similar


def _title_of(answer: _Answer, count: int | None) -> str:
    """What was searched, with how many photos were found."""
    found = answer.found
    if isinstance(found, UnclearName):
        return tr("Who is “{name}”?", name=phrases.display_name(found.text))
    query = _query_of(found)
    if query is None:
        text = phrases.display_name(answer.text.strip())
        names = len(found.people) if isinstance(found, PeopleFound) else 0
        if not names:
            return tr("No name contains “{text}”", text=text)
        return tr_count("{n} name contains “{text}”", "{n} names contain “{text}”", names, text=text)
    shown = "…" if count is None else number(count)
    people, others = (phrases.list_people(some) if some else "" for some in (query.people, query.without))
    if query.is_only:
        return tr("Photos of only {people}: {count}", people=people, count=shown)
    if query.people and query.without:
        return tr(
            "Photos with {people} and without {others}: {count}", people=people, others=others, count=shown
        )
    if query.without:
        return tr("Photos without {people}: {count}", people=others, count=shown)
    return tr("Photos with {people}: {count}", people=people, count=shown)


def _hint_of(answer: _Answer) -> str:
    """What can be done where a text is not clear; empty where it is."""
    found = answer.found
    if isinstance(found, UnclearName):
        if found.is_ambiguous:
            return tr("Several people have this in their names. Choose one, or type more of the name.")
        if found.people:
            return tr("Nobody has this name. Similar names are below.")
        return tr("Nobody has this name.")
    if isinstance(found, PeopleFound) and not found.people:
        if answer.similar:
            return tr("Similar names are below.")
        return tr("Type a part of a name, “Ada and Grace”, “Ada without Grace”, or “only Ada”.")
    if isinstance(found, PeopleFound):
        return tr("Add “and”, or “without”, and another name to search for photos of several people.")
    return tr("Only faces with a name are searched for.")


def _nothing_found(query: PhotoQuery) -> str:
    if query.is_only:
        return tr("No photo shows nobody else. Unnamed faces count as other people; ignored ones do not.")
    if len(query.people) > 1 and not query.without:
        return tr("No photo shows all of them together.")
    return tr("No photos were found.")
