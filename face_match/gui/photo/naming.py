"""Naming the face: the name field, and the buttons that add, confirm and reject."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from face_match.core.notes import unusable_face_warning
from face_match.core.records import Person
from face_match.core.types import EmbeddedFace, Verdict
from face_match.decision.threshold import is_accepted
from face_match.gui import phrases
from face_match.gui.dialogs.questions import agrees
from face_match.gui.photo.page import PhotoPage
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.face_edits import FaceEdits
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind
from face_match.gui.widgets.plain_text import plain


class Naming(QObject):
    """Handles the name field and its buttons.

    Signals:
        changed: the typed name or the choice is different.
        typing_ended: a name that was typed is used, cleared or refused: what was held back may be shown.
    """

    changed = Signal()
    typing_ended = Signal()

    def __init__(
        self, page: PhotoPage, gallery: OpenGallery, photo: CurrentPhoto, edits: FaceEdits, window: QWidget
    ) -> None:
        super().__init__(window)
        self._page = page
        self._gallery = gallery
        self._photo = photo
        self._edits = edits
        self._window = window
        self.is_chosen_by_user = False
        """Whether the user chose the selected match, instead of the best one."""
        self.is_someone_else = False
        """Whether the user wanted to name someone else than the one proposed, by N or a click."""
        self.is_ranked = False
        """Whether the matches of the face are shown, so that there is something to answer."""
        self.is_proposal = False
        """Whether the question proposes a person."""
        self.wants_name = False
        """Whether the question asks for a name."""
        self._seen: Person | None = None
        """Whom the face was named as when typing began."""
        self._is_refused = False
        """Whether what is typed was refused as a name, and is still the same."""
        page.matches.person_chosen.connect(self.choose)
        page.name_edit.typing_changed.connect(self._on_typing_changed)
        page.matches.itemDoubleClicked.connect(lambda _: self.confirm())
        page.name_edit.textChanged.connect(self._on_name_typed)
        page.name_edit.accepted.connect(lambda _: self.add())
        page.name_edit.entered.connect(self._on_field_entered)
        page.add_button.clicked.connect(self.add)
        page.confirm_button.clicked.connect(self.confirm)
        page.reject_button.clicked.connect(self.reject)
        edits.named.connect(self._on_face_named)
        edits.name_refused.connect(self._on_refused)
        photo.decoded.connect(lambda _: page.name_edit.show_hints(()))
        photo.ranked.connect(lambda ranking: page.name_edit.show_hints(ranking.hints))
        for signal in (gallery.opened, gallery.closed, gallery.changed):
            signal.connect(self._show_names)
        self._show_names()  # the gallery may have been opened before

    @property
    def is_typing(self) -> bool:
        """Whether a name is being typed, while which nothing else changes."""
        return not self._page.name_edit.is_empty

    @property
    def holds_back(self) -> bool:
        """Whether what comes is not to be shown yet: a name is being typed, and was not refused."""
        return self.is_typing and not self._is_refused

    @property
    def can_type(self) -> bool:
        """Whether a name can be given."""
        field = self._page.name_edit
        return field.hasFocus() or (self._photo.face is not None and field.isEnabled())

    @property
    def would_confirm(self) -> bool:
        """Whether Enter would confirm a proposal; not in the name field, where somebody else is wanted."""
        return self.is_proposal and not self._page.name_edit.hasFocus()

    def refresh(self) -> None:
        """Enable the controls that make sense now."""
        page, gallery = self._page, self._gallery.gallery
        can_edit = self._gallery.can_edit
        has_face = self._photo.face is not None
        page.name_edit.setEnabled(gallery is not None)
        name = page.name_edit.text().strip()
        person = gallery.find(name) if gallery is not None and name else None
        owner = self._photo.owner
        is_owner = person is not None and owner is not None and person.folder == owner.folder
        is_asked = self.wants_name and not name
        page.add_button.setEnabled(has_face and can_edit and (is_asked or (bool(name) and not is_owner)))
        chosen = page.matches.selected()
        can_choose = has_face and can_edit and chosen is not None
        is_other = chosen is not None and (owner is None or chosen.person.folder != owner.folder)
        page.confirm_button.setEnabled(can_choose and is_other)
        page.reject_button.setEnabled(can_choose or (has_face and can_edit and owner is not None))
        self._label_buttons(owner, person, is_named=bool(name))

    def _label_buttons(self, owner: Person | None, person: Person | None, *, is_named: bool) -> None:
        """Label the buttons, and show which one Enter presses.

        Args:
            owner: whom the face is named as.
            person: who has the typed name.
            is_named: whether a name is typed.
        """
        page = self._page
        is_name_asked = is_named or self.wants_name
        page.add_button.show_kind(Kind.MAIN if is_name_asked else Kind.PLAIN)
        is_person_asked = not is_name_asked and (self.is_proposal or owner is None)
        page.confirm_button.show_kind(Kind.MAIN if is_person_asked else Kind.PLAIN)
        page.confirm_button.show_keys("" if is_name_asked else "Enter")
        if owner is None:
            page.add_button.setText(tr("Add as New") if person is None else tr("Add face"))
            tip = tr("Add the face as a new person (Enter)")
            if person is not None:
                tip = tr("Add the face to {name} (Enter)", name=phrases.display_name(person.name))
            page.add_button.setToolTip(plain(tip))
            page.reject_button.setToolTip(self._rejecting_tip())
            return
        name = phrases.display_name(owner.name)
        page.add_button.setText(tr("Change name"))
        page.add_button.setToolTip(plain(tr("Use this name instead of {name} (Enter)", name=name)))
        page.reject_button.setToolTip(plain(tr("Remove the name {name} from this face (Delete)", name=name)))

    def _rejecting_tip(self) -> str:
        if not self._photo.delete_removes_box:
            return tr("Not the selected person: do not suggest them for this face again (X or Delete)")
        if self.is_proposal:
            return tr("Not the selected person: do not suggest them for this face again (X)")
        return tr("Not the selected person: do not suggest them for this face again")

    def enter(self) -> None:
        """Press the button that has the focus; else use the typed name, or confirm."""
        page, focused = self._page, self._window.focusWidget()
        if isinstance(focused, QPushButton) and page.isAncestorOf(focused):  # not the usual one
            focused.click()
        elif page.name_edit.text().strip():
            page.name_edit.submit()
        elif page.name_edit.hasFocus():  # someone else was wanted, not the proposal
            page.message_bar.show_message(tr("Type a name. Escape goes back to the matches."))
        elif self._photo.photo is not None and not self._photo.faces and page.no_face.isVisible():
            page.message_bar.show_message(
                tr("There is no face to name. Press Ctrl+B to draw a box around one.")
            )
        elif page.confirm_button.isEnabled() and not self.wants_name:
            self.confirm()
        elif self.is_ranked:  # else the next face has just come, and its question with it
            page.name_edit.setFocus()

    def begin_name(self) -> None:
        """Begin to type a name."""
        if self._page.name_edit.isEnabled():
            self.is_someone_else = True
            self._page.name_edit.setFocus()
            self._page.name_edit.selectAll()

    def _on_field_entered(self) -> None:
        self.is_someone_else = True

    def leave_name(self) -> bool:
        """Clear the name that is being typed; else go back to the list of matches. Returns whether there was
        anything to leave."""
        page = self._page
        has_left = page.name_edit.hasFocus() or page.compare_button.isChecked() or self.is_chosen_by_user
        has_left |= self.is_typing
        if page.name_edit.cancel() and page.name_edit.text():
            return True  # only the suggestions were closed
        if not page.name_edit.hasFocus():
            page.compare_button.setChecked(False)
        self.forget_choice()
        page.matches.setFocus()
        return has_left

    def forget_choice(self) -> None:
        """Go back from a person chosen in the list to the one the face is named as, or to the best match."""
        self.is_someone_else = False
        if self.is_chosen_by_user:
            self.is_chosen_by_user = False
            self._page.matches.choose(self._page.matches.row_of(self._photo.owner))
            self.changed.emit()

    def choose(self, row: int) -> None:
        """Choose a person in the list, instead of typing a name."""
        if self.is_typing or not 0 <= row < self._page.matches.count():
            return
        self.is_chosen_by_user = True
        self._page.matches.choose(row)
        self.changed.emit()

    def forget_answers(self) -> None:
        """Another face is asked about."""
        self.is_chosen_by_user = self.is_someone_else = False

    def add(self) -> None:
        """Name the face as typed, or begin to type; asks where the face is unusable, and where it very likely
        is someone else."""
        name = self._page.name_edit.text()
        if not name.strip():
            self._page.name_edit.setFocus()
            return
        if not self._page.add_button.isEnabled():
            return
        doubts, likely = self._doubts(), self._overridden(name)
        if likely is not None:
            doubts.append(phrases.other_name_doubt(name, likely, 1))
        question = "" if likely is not None else tr("Use this name anyway?")
        if self._user_confirms(doubts, question, tr("Nothing was added.")):
            self._edits.name(name, self._photo.owner if self._is_refused else self._seen)

    def _on_typing_changed(self) -> None:
        if self.is_typing:
            self._seen = self._photo.owner

    def _on_refused(self) -> None:
        self._is_refused = True
        self.typing_ended.emit()

    def _overridden(self, name: str) -> Person | None:
        """The person whom the face very likely is, where another name was typed without saying so before."""
        gallery, likely = self._gallery.gallery, self._page.matches.very_likely()
        is_asked = self.is_proposal and not self.is_someone_else and not self.is_chosen_by_user
        if gallery is None or likely is None or self._photo.owner is not None or not is_asked:
            return None
        found = gallery.find(name.strip())
        return None if found is not None and found.folder == likely.folder else likely

    def confirm(self) -> None:
        """Name the face as the chosen person; asks where it is unusable or the similarity is low."""
        page = self._page
        chosen = page.matches.selected()
        if chosen is None or not page.confirm_button.isEnabled():
            return
        doubts, threshold, name = self._doubts(), page.threshold.value, chosen.person.name
        if not is_accepted(chosen, threshold):
            doubts.append(phrases.match_doubt(chosen, threshold))
        if_not = tr("Nothing was added to {name}.", name=phrases.display_name(name))
        if self._user_confirms(doubts, tr("Use this name anyway?"), if_not):
            self._edits.name(name, self._photo.owner, is_confirmed=True)

    def _doubts(self) -> list[str]:
        """Reasons not to name the face; a poor quality is only shown beside its crop."""
        face = self._photo.face
        if face is None or face.quality.verdict is not Verdict.UNUSABLE:
            return []
        return [unusable_face_warning(face.quality)]

    def _user_confirms(self, doubts: list[str], question: str, if_not: str) -> bool:
        """Ask once about all doubts; return whether the user confirms. No is the default."""
        if not doubts:
            return True
        face = self._photo.face
        if not agrees(self._window, phrases.join(*doubts, question)):
            self._page.message_bar.show_message(if_not)
            self.forget_choice()
            return False
        if self._photo.face is not face:  # another photo came while the question was open
            self._page.message_bar.show_message(
                tr("Nothing was added, because another photo was opened meanwhile.")
            )
            return False
        return True

    def reject(self) -> None:
        """Remove the name of the face; of an unnamed face, reject the chosen person."""
        if self._page.reject_button.isEnabled():
            self.is_chosen_by_user = False
            self._edits.reject(self._page.matches.selected())

    def delete(self) -> None:
        """Remove the box of an unnamed face that was drawn; of any other face, reject."""
        if self._photo.delete_removes_box:
            self.remove_box()
        else:
            self.reject()

    def remove_box(self) -> None:
        """Remove the box of the picked face, which was drawn, and its name."""
        if self._photo.record_of(self._photo.picked or 0) is None:
            self._remove_drawn(self._photo.face)
        elif self._gallery.can_edit:
            self._edits.remove_box()

    def _remove_drawn(self, face: EmbeddedFace | None) -> None:
        if face is not None:
            self._photo.remove_drawn(face)
            self._page.message_bar.show_message(tr("The box was removed."))

    def undo(self) -> None:
        """Undo in the name that is being typed, else the box just drawn, else in the gallery."""
        field = self._field()
        if field is not None and field.isUndoAvailable():
            field.undo()
        elif self._photo.just_drawn is not None and self._page.isVisible():
            self._remove_drawn(self._photo.just_drawn)
        else:
            self._gallery.undo()

    def redo(self) -> None:
        """Redo in the name that is being typed, else in the gallery."""
        field = self._field()
        if field is not None and field.isRedoAvailable():
            field.redo()
        else:
            self._gallery.redo()

    def _field(self) -> QLineEdit | None:
        """The field of this window that has the focus; None where there is none."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit) and focused.isEnabled() and focused.window() is self._window:
            return focused
        return None

    def _show_names(self) -> None:
        """Complete what is typed to the names of the gallery."""
        gallery = self._gallery.gallery
        people = gallery.people if gallery is not None else ()
        self._page.name_edit.show_people(people)

    def _on_name_typed(self, text: str) -> None:
        if self._is_refused:
            self._is_refused, self._seen = False, self._photo.owner
        self.changed.emit()
        if not text:
            self.typing_ended.emit()

    def _on_face_named(self, name: str) -> None:
        if self._page.name_edit.text().strip() == name.strip():  # else the next one is being typed already
            self._page.name_edit.clear()
        if not self.is_typing:
            self._page.matches.setFocus()
