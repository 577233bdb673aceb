"""The page of the people: all of them, or the one that is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from face_match.core.records import Person
from face_match.core.settings import Settings
from face_match.gui.people.overview import PeopleOverview
from face_match.gui.people.person_page import PersonPage
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.step_traces import StepTrace
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.widgets.focus_page import FocusPage
from face_match.gui.widgets.layouts import column_of


class PeoplePage(FocusPage):
    """Signals: `photo_wanted` has a photo to open; `review_wanted` asks for the unnamed faces.

    Args:
        delete_for_good: called with the name of the person to delete.
        say: shows a message.
    """

    photo_wanted = Signal(Path)
    review_wanted = Signal()

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        edits: PeopleEdits,
        unnamed: UnnamedFaces,
        tasks: Tasks,
        *,
        settings: Settings,
        delete_for_good: Callable[[str], None],
        say: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.setObjectName("peoplePage")
        self._gallery = gallery
        self._gone = ""  # folder of the person who was open until the last edit
        self.overview = PeopleOverview(
            gallery, edits, unnamed, settings, tasks, delete_for_good=delete_for_good
        )
        self.person_page = PersonPage(gallery, model, edits, tasks, delete_for_good=delete_for_good, say=say)
        self.views = QStackedWidget()
        self.views.addWidget(self.overview)
        self.views.addWidget(self.person_page)
        column_of(self.views, on=self, margins=0)
        self.pass_focus_to(self.overview)
        gallery.opened.connect(self._on_gallery_opened)
        for signal in (gallery.refused, gallery.closed, gallery.changed, gallery.availability_changed):
            signal.connect(self.refresh)
        self.overview.opened.connect(self.show_person)
        self.overview.card.name_them.connect(self.review_wanted)
        self.person_page.back_wanted.connect(self.show_all)
        self.person_page.gone.connect(self._on_person_gone)
        self.person_page.photo_wanted.connect(self.photo_wanted)

    @property
    def person(self) -> Person | None:
        """The person who is open; None while all people are shown."""
        return self.person_page.person

    @property
    def shows_photos(self) -> bool:
        """Whether the photos of a person are shown."""
        return self.person_page.photos.isVisible()

    def show_person(self, person: Person) -> None:
        """Open a person."""
        self._gone = ""
        self.person_page.show_person(person)
        self.views.setCurrentWidget(self.person_page)
        self.pass_focus_to(self.person_page)
        self.person_page.setFocus()

    def show_all(self) -> None:
        """Show all people; the keyboard focus is on the one who was open."""
        person, self._gone = self.person, ""
        self.person_page.leave()
        self.views.setCurrentWidget(self.overview)
        self.pass_focus_to(self.overview)
        self.overview.setFocus()
        if person is not None:
            self.overview.choose([person.folder])

    def _on_person_gone(self) -> None:
        person = self.person
        self.show_all()
        self._gone = person.folder if person is not None else ""

    def show_trace(self, trace: StepTrace) -> bool:
        """Show what a step has changed that was undone or redone; returns whether it concerns people."""
        gallery, gone, self._gone = self._gallery.gallery, self._gone, ""
        if not trace.people or gallery is None:
            return False
        if gone in trace.left and len(trace.people) == 1:  # as when the last faces were moved
            now = gallery.person_by_folder(next(iter(trace.people)))
            if now is not None:
                self.show_person(now)
                self.person_page.show_faces(trace.faces)
                return True
        if self.person is not None and self.person.folder in trace.people:
            self.person_page.show_faces(trace.faces)
            return True
        if self.person is not None and self.person.folder in trace.left:
            return True  # as when the faces were moved
        if self.person is not None:
            self.show_all()
        self.overview.show_people(trace.people)
        return True

    def refresh(self) -> None:
        """Show the current state of the gallery. What is open and selected stays."""
        if not self.isVisible():
            return
        if self._gallery.gallery is None:
            self._stop_reading()
        self.overview.refresh()
        self.person_page.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop reading. Changes being saved are completed."""
        super().hideEvent(event)
        self._stop_reading()

    def _stop_reading(self) -> None:
        self.overview.stop_reading()
        self.person_page.stop_reading()

    def _on_gallery_opened(self) -> None:
        self.overview.forget_crops()
        self.person_page.forget_crops()
        self.refresh()
