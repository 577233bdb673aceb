"""The page for unnamed faces: one group at a time, what can be confirmed first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from face_match.core.records import FaceRecord
from face_match.gui.dialogs.questions import confirms_other_name
from face_match.gui.review import group_phrases
from face_match.gui.review.face_menu import show_face_menu
from face_match.gui.review.group_order import keep_position, with_faces_apart, without_faces
from face_match.gui.review.layout import ReviewLayout
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.step_traces import StepTrace
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr
from face_match.gui.widgets.typing_rule import TypingRule

if TYPE_CHECKING:
    from face_match.workflows.face_groups import FaceGroup


class ReviewPage(ReviewLayout):
    """Shows a group of unnamed faces, to confirm a suggestion, name, ignore, merge or split it.

    While a name is typed, nothing changes by itself: new groups wait, and a name that is left half typed for
    another group waits for its own.

    Signals: `photo_wanted` has a photo to open, `dropped` has files.
    """

    photo_wanted = Signal(Path)
    dropped = Signal(list)

    def __init__(
        self, gallery: OpenGallery, unnamed: UnnamedFaces, threshold: ThresholdState, tasks: Tasks
    ) -> None:
        super().__init__(gallery, unnamed, threshold, tasks)
        self._answered: set[str] = set()  # faces whose change is still being saved
        self._seen: set[str] = set()
        self._merge_source: frozenset[str] = frozenset()
        self._shown: frozenset[str] = frozenset()
        self._question: str | None = None  # the name proposed
        self._apart: frozenset[str] = frozenset()  # faces that were rejected, while they are current
        self._wanted: frozenset[str] = frozenset()  # faces to show when they are grouped again
        self._places: dict[frozenset[str], frozenset[str]] = {}  # by the faces of an undone step
        self._is_someone_else = False
        self._is_reached = False  # the user went to the current group, or did something there
        self._is_news = False  # the suggestion came by itself
        self._is_switching = False
        self._are_names_old = False
        self._typing = TypingRule(
            self,
            self.name_edit,
            can_name=self.name_edit.isEnabled,
            is_proposal=lambda: self._is_proposal and not self._merge_source,
            letters={"n": self.choose_someone_else, "x": self.reject},
            keys={
                Qt.Key.Key_Space: self.middle.toggle_photo,
                Qt.Key.Key_Delete: self.remove_faces,
                Qt.Key.Key_Menu: self.grid.ask_for_menu,
            },
            moves_in=self.grid,
            stand_ins=[self.main_button],
        )
        self._connect()
        self._on_gallery_changed()
        self._show(unnamed.groups)

    def _connect(self) -> None:
        self._unnamed.grouped.connect(lambda: self._show(self._unnamed.groups))
        self._unnamed.scan_changed.connect(self._refresh)
        self._unnamed.waiting_changed.connect(
            lambda: self.groups_panel.show_waiting(self._unnamed.waiting_count)
        )
        self.groups_panel.new_button.clicked.connect(self._unnamed.show_waiting)
        self.groups_list.group_changed.connect(self._on_group_changed)
        self.grid.pressed.connect(self._on_face_pressed)
        self.grid.selection_changed.connect(self._on_selection_changed)
        for view in (self.grid, self.groups_list):
            view.menu_wanted.connect(self._show_menu)
        self.name_edit.typing_changed.connect(self._on_typing_changed)
        self.name_edit.accepted.connect(self._name_as_typed)
        self.name_edit.entered.connect(self._on_field_entered)
        self._show_chosen_size()
        self.middle.dropped.connect(self.dropped)
        self.middle.photo_wanted.connect(self.photo_wanted)
        self.middle.photo_shown.connect(
            lambda is_shown: self.photo_button.setText(tr("Back") if is_shown else tr("Photo"))
        )
        for one, action in (
            (self.main_button, self.press_main),
            (self.reject_button, self.reject),
            (self.remove_button, self.remove_faces),
            (self.merge_button, self.merge),
            (self.skip_button, self.skip),
            (self.ignore_button, self.ignore),
            (self.photo_button, self.middle.toggle_photo),
        ):
            one.clicked.connect(action)
        gallery = self._gallery
        gallery.opened.connect(self._places.clear)
        for signal in (gallery.opened, gallery.closed, gallery.changed):
            signal.connect(self._on_gallery_changed)

    def key_actions(self) -> Mapping[str, Callable[[], object]]:
        """The actions of `REVIEW_KEYS`, by name."""
        return self.face_size.key_actions() | {
            "enter": self.enter,
            "merge": self.merge,
            "ignore": self.ignore,
            "next group": self.skip,
            "previous group": lambda: self._go(-1),
            "cancel": self.cancel,
        }

    # The current group

    @property
    def group(self) -> FaceGroup | None:
        """The current group."""
        return self.groups_list.current_group

    @property
    def _is_proposal(self) -> bool:
        """Whether Enter would confirm a suggestion."""
        group = self.group
        return group is not None and group.proposed_name is not None and not self._is_someone_else

    @property
    def _joins_pair(self) -> bool:
        """Whether Enter would say that two faces are of one person."""
        is_pair = self.group is not None and self.group.is_pair and len(self.affected_faces()) == 2
        return is_pair and self.name_edit.is_empty

    def show_trace(self, trace: StepTrace) -> None:
        """Show what a step has changed that was undone or redone, when the faces are grouped next.

        A step that leaves no face here, such as a naming that is redone, leads back to the group that was
        shown when it was undone.
        """
        if trace.unnamed:
            if self.isVisible():
                self._places[trace.changed] = self._shown
            self._wanted = trace.unnamed
        else:
            self._wanted = self._places.pop(trace.changed, frozenset())

    @property
    def is_settled(self) -> bool:
        """Whether the suggestion can be answered: it did not just come by itself, and its faces are seen."""
        return self._typing.is_settled and self.grid.are_faces_seen

    def start_over(self) -> None:
        """Let single faces give way to the groups, when the faces are grouped next."""
        self._is_reached = False

    def affected_faces(self) -> Sequence[FaceRecord]:
        """The faces that a name or Ignore applies to."""
        return self.grid.meant() if self.group is not None else ()

    def _show(self, groups: Sequence[FaceGroup], *, is_answer: bool = False) -> None:
        """Show groups without moving the current one.

        Args:
            is_answer: the user has just answered, and waits for the next question.
        """
        present = frozenset[str]().union(*(group.ids for group in groups))
        self._answered &= present
        groups = with_faces_apart(without_faces(groups, self._answered), self._apart)
        wanted, self._wanted = self._wanted, frozenset()
        before, had_group = self._shown, self.group is not None
        proposed = self._question if self._is_proposal else None
        row = self.groups_list.currentIndex().row()
        order = keep_position(
            self.groups_list.groups,
            row,
            groups,
            seen=self._seen,
            wanted=wanted,
            is_reached=self._is_reached,
        )
        self._seen |= present
        was_reached = self._is_reached
        self.groups_list.show_groups(order.groups, order.row)
        self._is_reached = bool(self._shown & wanted) or (was_reached and bool(before & self._shown))
        self.grid.show_faces(wanted)
        is_other = proposed != self._question or not self._shown <= before
        self._is_news = not is_answer and had_group and self._is_proposal and (self._is_news or is_other)
        if self._is_news and is_other:  # Enter was meant for what was there
            self._typing.on_proposed_unasked()
        is_typing_elsewhere = isinstance(QApplication.focusWidget(), QLineEdit)
        self._refresh()
        if self.isVisible() and not is_typing_elsewhere and had_group is not (self.group is not None):
            self._first_focus().setFocus()

    def _on_group_changed(self) -> None:
        group = self.group
        is_same = group is not None and bool(group.ids & self._shown)
        self._shown = group.ids if group is not None else frozenset()
        self._apart &= self._shown
        self._is_reached, self._is_news = True, False  # but for groups that come by themselves: `_show`
        proposed = group.proposed_name if group is not None else None
        if not is_same or (proposed is not None and proposed != self._question):
            self._is_someone_else = False
        self._question = proposed
        if not is_same:
            self._is_switching = True
            self.name_edit.clear()  # a half-typed name goes with its group, and never lands on another one
            self._is_switching = False
            self.middle.leave_photo()
        self.grid.show_group(group, self.groups_list.next_group, is_new=not is_same)
        self._refresh()
        if not is_same and self.main_button.hasFocus():
            self._first_focus().setFocus()  # it was the answer to another question

    def _on_typing_changed(self) -> None:
        if self._is_switching:  # the list of groups is at work
            QTimer.singleShot(0, self, self._hold)
        else:
            self._hold()

    def _hold(self) -> None:
        """While a name is typed on the page, let what is new wait."""
        is_typed = not self.name_edit.is_empty
        if is_typed:
            self._merge_source = frozenset()
        elif self._are_names_old:
            self._on_gallery_changed()
        self._unnamed.hold(is_typed and self.isVisible())
        self.explanation.hold(is_typed and self.isVisible())
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._hold()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hold()

    def _on_face_pressed(self) -> None:
        """A click gives the faces the keys; while a name is typed, they stay the name's."""
        self._is_reached = True
        (self.grid if self.name_edit.is_empty else self.name_edit).setFocus()

    def _on_selection_changed(self) -> None:
        group, face = self.group, self.grid.current_face
        if group is not None and group.is_singles and not self.grid.selected_rows():
            face = None
        suggestion = group if group is not None and group.hinted_name is None and group.person else None
        hints = group.hints_of([face]) if group is not None and face is not None else ()
        self.explanation.show_face(face, suggestion, hints)
        if group is not None:
            self.name_edit.show_hints(group.hints_of(self.affected_faces()))
        self._refresh()

    def _on_gallery_changed(self) -> None:
        self._are_names_old = not self.name_edit.is_empty
        if not self._are_names_old:
            gallery = self._gallery.gallery
            self.name_edit.show_people(gallery.people if gallery is not None else ())
            self._refresh()

    def _refresh(self) -> None:
        """Enable what can be used, and update the texts."""
        group, faces, gallery = self.group, self.affected_faces(), self._gallery.gallery
        is_writable = gallery is not None and gallery.is_writable
        can = group is not None and bool(faces) and is_writable
        self.groups_panel.setVisible(group is not None)
        self.groups_panel.show_count(len(self.groups_list.groups))
        self.pages.setCurrentIndex(0 if group is not None else 1)
        if group is not None:
            self.bar.show_question(*self._texts(group))
        else:
            self.done_view.show_state(gallery, is_scanning=self._unnamed.is_scanning)
        self.groups_list.mark_merge_start(self._merge_source)
        self._refresh_main(faces)
        self.name_edit.setEnabled(group is not None and is_writable)
        self.main_button.setEnabled(can)
        self._refresh_focus()
        self.merge_button.setEnabled(can and len(self.groups_list.groups) > 1)
        self.ignore_button.setEnabled(can)
        self.reject_button.setVisible(self._is_proposal)
        self.reject_button.setEnabled(is_writable)
        self.remove_button.setEnabled(is_writable and group is not None and not group.is_singles)
        self.actions_bar.show_count(len(faces), is_pair=self._joins_pair)
        self.skip_button.setEnabled(len(self.groups_list.groups) > 1)
        self.photo_button.setEnabled(self.grid.current_face is not None)

    def _texts(self, group: FaceGroup) -> tuple[str, str]:
        """The question, and the advice below it."""
        if self._merge_source:
            return group_phrases.same_as_which()
        left_out, selected = len(self.grid.left_out), len(self.grid.selected_rows())
        if self.grid.is_part_selected:
            advice = group_phrases.part_selected(selected, len(group.faces))
        elif group.is_singles and selected > 1:
            advice = group_phrases.singles_selected(selected, len(group.faces))
        elif left_out:
            advice = group_phrases.left_out(left_out)
        elif self._apart and group.proposed_name is None:
            advice = group_phrases.rejected(len(group.faces))
        else:
            advice = group_phrases.group_advice(group, is_news=self._is_news)
        if self._is_someone_else:
            return tr("Who is this?"), advice
        return group_phrases.group_question(group, self.groups_list.chance_of(group)), advice

    def _refresh_main(self, faces: Sequence[FaceRecord]) -> None:
        count, is_typed = len(faces), not self.name_edit.is_empty
        if self._merge_source or self._joins_pair:
            self.main_button.setText(tr("Same person"))
        elif self._is_proposal and not is_typed:
            self.main_button.setText(group_phrases.confirm_action(count))
        else:
            self.main_button.setText(group_phrases.name_action(count))
        self.bar.show_proposal(self._is_proposal, is_typed=is_typed)

    def _refresh_focus(self) -> None:
        """Move the focus from the field to the main button where that has become the answer, and back."""
        first = self._first_focus()
        self.pass_focus_to(first)
        focused, is_empty = QApplication.focusWidget(), self.name_edit.is_empty
        is_asked_twice = focused is self.main_button and self._is_proposal
        if focused in (self.name_edit, self.main_button) and not is_asked_twice and is_empty:
            first.setFocus()

    def _on_field_entered(self) -> None:
        """A click on the field means someone else."""
        if self._is_proposal and not self._merge_source:
            self.choose_someone_else()

    # Actions

    def enter(self) -> None:
        """Press the focused button; else what the main button does."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif self._is_proposal and not self._merge_source and self.group and not self.group.is_confirmable:
            self.main_button.setFocus(Qt.FocusReason.TabFocusReason)  # a maybe takes a second Enter
        else:
            self.press_main()

    def press_main(self) -> None:
        """Join groups, use the name typed, or confirm the suggestion."""
        group = self.group
        if group is None or not self.main_button.isEnabled():
            return
        if self._merge_source:
            self.merge()
        elif not self.name_edit.is_empty:
            self.name_edit.submit()
        elif self._joins_pair:
            if self.is_settled:
                self._unnamed.merge(group.faces)
        elif self._is_proposal and group.proposed_name is not None:
            if self.is_settled:
                self._name_faces(group.proposed_name)
        else:
            self.name_edit.setFocus()

    def _name_as_typed(self, name: str) -> None:
        """Name the faces; asks where a name was typed over a suggestion that is very likely."""
        group, gallery = self.group, self._gallery.gallery
        if group is None or gallery is None or not self.main_button.isEnabled():
            return
        suggested = None
        if self._is_proposal:
            suggested = group_phrases.very_likely(group, self.groups_list.chance_of(group))
        if confirms_other_name(self, gallery, name, suggested, len(self.affected_faces())):
            self._name_faces(name)
        else:
            self.name_edit.setFocus()

    def _name_faces(self, name: str) -> None:
        group, faces, left_out = self.group, self.affected_faces(), self.grid.left_out
        if group is None or not faces or not self.main_button.isEnabled():
            return
        is_meant = len(faces) < len(group.faces) or group.is_singles or group.is_merged_by_user
        self._unnamed.name(
            faces,
            name,
            twice_in_photo=is_meant,
            left_out=left_out,
            on_ended=self._hide_answered([*faces, *left_out]),
        )
        self._seen -= {face.id for face in left_out}  # they come back without being looked at next
        self._is_reached = True

    def choose_someone_else(self) -> None:
        """Type another name than the one suggested."""
        if self.name_edit.isEnabled():
            self._is_someone_else = True
            self.name_edit.setFocus()
            self._refresh()

    def reject(self) -> None:
        """Reject the suggestion for all faces of the group, which stays, to be named or left."""
        group = self.group
        if group is not None and self._is_proposal and self.reject_button.isEnabled():
            self._is_someone_else = True
            self.grid.take_all_in()
            self._apart = group.ids
            self._unnamed.remove_from_group(group.faces, group, on_ended=lambda: None)
            self.name_edit.setFocus()

    def remove_faces(self) -> None:
        """Remove the selected part from the group, else the faces that are left out, else the current one."""
        group, grid = self.group, self.grid
        faces = grid.selected() if grid.is_part_selected else grid.left_out or grid.selected()
        if group is None or not faces or not self.remove_button.isEnabled():
            return
        self._unnamed.remove_from_group(faces, group, on_ended=self._hide_answered(faces))
        self._seen -= {face.id for face in faces}

    def ignore(self) -> None:
        """Ignore the faces from now on."""
        faces = self.affected_faces()
        if faces and self.ignore_button.isEnabled():
            self._unnamed.ignore(faces, on_ended=self._hide_answered(faces))

    def merge(self) -> None:
        """Choose this group to be joined with another one; or join it with the group chosen before."""
        if not self.merge_button.isEnabled():
            return
        faces, others = self.affected_faces(), self._merge_faces()
        if not others or {face.id for face in faces} & self._merge_source:
            self.name_edit.clear()
            self._merge_source = frozenset(face.id for face in faces)
            self._refresh()
            return
        self._merge_source = frozenset()
        self._unnamed.merge([*faces, *others])

    def _merge_faces(self) -> list[FaceRecord]:
        groups = self.groups_list.groups
        return [face for group in groups for face in group.faces if face.id in self._merge_source]

    def skip(self) -> None:
        """Go to the next group; after the last one, to the first."""
        self._go(1)

    def cancel(self) -> None:
        """Cancel the name being typed; else the whole photo, a merge, another name, or what is left out."""
        if self.name_edit.cancel():
            return
        if self.middle.has_photo:
            self.middle.leave_photo()
        elif self._merge_source or self._is_someone_else:
            self._merge_source = frozenset()
            self._is_someone_else = False
        else:
            self.grid.take_all_in()
        self._refresh()
        self._first_focus().setFocus()

    def _go(self, step: int) -> None:
        count = len(self.groups_list.groups)
        if count:
            self.groups_list.select_group((self.groups_list.currentIndex().row() + step) % count)
            self._first_focus().setFocus()

    def _first_focus(self) -> QWidget:
        """The main button on a proposal; else where a name can be typed, faces chosen, or what is next."""
        group = self.group
        if group is None:
            return self.done_view.first_focus()
        if not self.name_edit.isEnabled():
            return self.grid
        if not self._is_proposal or self._merge_source or not self.main_button.isEnabled():
            return self.name_edit
        return self.main_button if group.is_confirmable else self.grid  # a maybe takes a second Enter

    def _hide_answered(self, faces: Sequence[FaceRecord]) -> Callable[[], None]:
        """Hide faces while their change is saved; returns what to call when it was saved, or failed."""
        ids = {face.id for face in faces}
        self._answered |= ids
        self.name_edit.clear()
        self._show(self._unnamed.groups, is_answer=True)
        if self.group is not None:
            self._first_focus().setFocus()

        def then() -> None:
            self._answered -= ids

        return then

    def _show_menu(self, place: QPoint) -> None:
        if self.grid.current_face is not None:
            show_face_menu(self, place, someone_else=self.choose_someone_else, reject=self.reject)
