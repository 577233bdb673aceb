"""Shows the current photo, its faces, and the matches of the picked face."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from face_match.decision.threshold import is_accepted
from face_match.gui import phrases
from face_match.gui.dialogs.photo_sources import clipboard
from face_match.gui.images import ShownPhoto, face_image
from face_match.gui.photo.active_threshold import ActiveThresholdPresenter
from face_match.gui.photo.face_drawing import FaceDrawing
from face_match.gui.photo.face_menu import FaceMenu
from face_match.gui.photo.naming import Naming
from face_match.gui.photo.page import PhotoPage, start_hint
from face_match.gui.photo.photo_keys import bind_photo_keys
from face_match.gui.photo.question import Question, question_of
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.face_edits import FaceEdits
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.state.ranking import Ranking
from face_match.gui.translation import number, tr
from face_match.gui.widgets.plain_text import shown


class PhotoPresenter(QObject):
    """Opens the photos of the queue, and shows their faces and matches on the page.

    Signals:
        photo_opened: another photo is being opened.
        matches_changed: the list of matches changed.
        person_wanted: gives the Person whose faces are to be shown.
        left: Escape was pressed, and there was nothing else to leave but the photo.
    """

    photo_opened = Signal()
    matches_changed = Signal()
    person_wanted = Signal(object)
    left = Signal()

    def __init__(
        self,
        page: PhotoPage,
        queue: PhotoQueue,
        photo: CurrentPhoto,
        gallery: OpenGallery,
        *,
        edits: FaceEdits,
        naming: Naming,
        drawing: FaceDrawing,
        threshold: ActiveThresholdPresenter,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._queue = queue
        self._photo = photo
        self._gallery = gallery
        self._naming = naming
        self._drawing = drawing
        self._threshold = threshold
        self._menu = FaceMenu(page, photo, gallery, edits, naming)
        self._name = ""  # of the photo
        self._is_picked_by_itself = False  # the face, after the one before was named
        self._is_all_left = True  # the last Escape left nothing but the page
        self._ranking: Ranking | None = None
        self._held_back: Ranking | None = None  # a ranking that came while a name was typed
        self._question = Question()
        self._rule = bind_photo_keys(
            page, queue, photo, naming, drawing=drawing, menu=self._menu, enter=self._enter, leave=self._leave
        )
        self._connect_page()
        self._connect_state(edits)
        self._show_queue()
        self.refresh()

    def _connect_page(self) -> None:
        page, bar = self._page, self._page.bar
        page.previous_button.clicked.connect(lambda: self._queue.go(-1))
        page.next_button.clicked.connect(lambda: self._queue.go(1))
        bar.zoom_out_button.clicked.connect(page.photo_view.zoom_out)
        bar.fit_button.clicked.connect(page.photo_view.fit)
        bar.zoom_in_button.clicked.connect(page.photo_view.zoom_in)
        bar.draw_button.clicked.connect(self._drawing.start)
        bar.left_button.clicked.connect(lambda: self._photo.turn(-1))
        bar.right_button.clicked.connect(lambda: self._photo.turn(1))
        page.photo_view.face_picked.connect(self._on_face_picked)
        page.photo_view.detail_wanted.connect(self._photo.decode_detail)
        page.photo_view.dropped.connect(self._queue.drop)
        page.photo_view.image_dropped.connect(self.open_image)
        page.matches.currentRowChanged.connect(self._on_match_chosen)
        page.matches.crops.images_read.connect(self._show_person_face)
        page.no_face.look_wanted.connect(self._on_look_wanted)
        page.no_face.turn_wanted.connect(self._photo.turn)
        page.no_face.box_wanted.connect(self._drawing.start)
        self._menu.box_wanted.connect(self._drawing.start)
        self._menu.person_wanted.connect(self.person_wanted)
        self._naming.changed.connect(self._on_naming_changed)
        self._naming.typing_ended.connect(self._on_typing_ended)
        self._drawing.message.connect(self.show_message)
        self._drawing.help_changed.connect(page.message_bar.show_help)
        self._threshold.message.connect(self._append_message)
        self._threshold.changed.connect(self._show_names)
        self._threshold.changed.connect(self._show_question)

    def _connect_state(self, edits: FaceEdits) -> None:
        self._queue.moved.connect(self._open_current)
        photo = self._photo
        photo.decoded.connect(self._on_decoded)
        photo.turned.connect(self._on_turned)
        photo.detail_decoded.connect(self._page.photo_view.show_detail)
        photo.faces_found.connect(self._on_faces_found)
        photo.face_added.connect(self._on_face_added)
        photo.face_returned.connect(self._on_face_returned)
        photo.face_present.connect(self._on_face_present)
        photo.records_read.connect(self._on_records_read)
        photo.ranked.connect(self._on_ranked)
        edits.named.connect(lambda _: self._pick_next())
        edits.ignored.connect(self._pick_next)
        gallery = self._gallery
        for signal in (gallery.opened, gallery.closed, gallery.changed, gallery.availability_changed):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Enable the controls that make sense now."""
        self._naming.refresh()
        self._page.compare_button.setEnabled(self._photo.face is not None)
        gallery, count = self._gallery.gallery, len(self._photo.faces)
        hint = phrases.no_matches(gallery, count, is_ranked=self._ranking is not None)
        self._page.matches.show_placeholder(hint)

    # Photos

    def paste(self) -> None:
        """Open the photos or the image on the clipboard."""
        files, image = clipboard()
        if self._page.name_edit.hasFocus():
            self._page.name_edit.paste()
        elif files:
            self._queue.open(files)
        elif not image.isNull():
            self.open_image(image)
        else:
            self._page.message_bar.show_message(tr("There is no photo on the clipboard."))

    def open_image(self, image: QImage) -> None:
        """Open an image that has no file, instead of the queue."""
        self._queue.clear()
        name = tr("pasted photo")
        self._begin(name)
        self._page.bar.show_origin("")
        self._photo.open_image(image, name)

    def _open_current(self) -> None:
        path = self._queue.current
        if path is not None:
            sought = self._queue.sought
            self._begin(path.name)
            self._page.bar.show_origin(sought.name if sought is not None else "")
            self._photo.open(path, sought)

    @property
    def has_photo(self) -> bool:
        """Whether a photo is open, or being opened."""
        return bool(self._name)

    def close_photo(self) -> Path | None:
        """Show no photo; returns the path of the one that was shown, if it has one."""
        path = self._photo.path
        self._queue.clear()
        self._clear("", start_hint())
        return path

    @property
    def is_settled(self) -> bool:
        """Whether the current proposal, if it came by itself, can be answered."""
        return self._rule.is_settled

    def _enter(self) -> None:
        """Answer the question, unless it has just come by itself."""
        if self._naming.is_typing or not self._question.is_proposal or self.is_settled:
            self._naming.enter()

    def _leave(self) -> None:
        """Clear the name that is being typed; back to the list; then, by one more Escape, leave the photo."""
        has_left = self._naming.leave_name()
        if not has_left and self._is_all_left:
            self.left.emit()
        self._is_all_left = not has_left

    def show_title(self) -> None:
        """Name the photo in the title of the window."""
        title = tr("{photo} — Face Match", photo=shown(self._name)) if self._name else "Face Match"
        self._page.window().setWindowTitle(title)

    def _begin(self, name: str) -> None:
        self._name = name
        self.photo_opened.emit()
        self._clear(name, tr("Opening {photo} …", photo=name))

    def _clear(self, name: str, hint: str) -> None:
        """Show nothing of the photo that was shown, but the name of the next one, and a hint."""
        page, self._name, self._is_all_left = self._page, name, True
        if page.name_edit.hasFocus():
            page.photo_view.setFocus()
        self._photo.close()
        self._drawing.stop()
        page.photo_view.clear()
        page.photo_view.show_placeholder(hint)
        self.show_title()
        page.name_edit.clear()
        self.clear_matches()
        page.panel.show_no_face(False)
        page.message_bar.show_message("")
        self._show_queue()

    def _show_queue(self) -> None:
        self._page.bar.show_photo(_place(self._name, self._queue))
        self._page.previous_button.setEnabled(self._queue.can_go(-1))
        self._page.next_button.setEnabled(self._queue.can_go(1))

    def _on_decoded(self, decoded: ShownPhoto) -> None:
        self._page.photo_view.show_photo(decoded.size, decoded.image, decoded.preview)
        self._show_question()

    def _on_turned(self, turned: ShownPhoto) -> None:
        self._drawing.stop()
        self._page.photo_view.show_photo(turned.size, turned.image, turned.preview)
        self._show_boxes()
        self._show_names()

    # Faces

    def _on_faces_found(self) -> None:
        self._page.message_bar.show_help("")  # they are not looked for any more
        self._show_boxes()
        self._show_names()
        self.clear_matches()
        count = len(self._photo.faces)
        self._page.panel.show_no_face(not count)
        if not count:
            photo = self._photo
            self._page.no_face.show_offers(self._name, photo.smallest_face_px, photo.other_detectors)
            self._page.message_bar.show_message(tr("No face was found in {photo}.", photo=self._name))
        self._focus(self._page.photo_view if count > 1 or not count else self._page.matches)
        self._show_face()
        self._show_question()
        self._drawing.show_help()

    def _on_look_wanted(self, detector: str) -> None:
        self._page.message_bar.show_help(tr("Looking again …"))
        self._photo.look_again(detector, small_faces=not detector)

    def _on_face_picked(self, index: int) -> None:
        self._photo.pick(index)
        self._show_picked()

    def _on_face_returned(self) -> None:
        self._page.panel.show_no_face(False)
        self._show_boxes()
        self._show_picked()
        self._focus(self._page.matches)

    def _on_face_added(self, index: int) -> None:
        count = len(self._photo.faces)
        self._on_face_returned()
        message = tr("Face {number} of {count} is the one you drew.", number=index + 1, count=count)
        self.show_message(message if count > 1 else "")

    def _on_face_present(self, index: int) -> None:
        self._page.photo_view.pick(index)
        count = len(self._photo.faces)
        self.show_message(
            tr(
                "This is face {number} of {count}, which had been found already.",
                number=index + 1,
                count=count,
            )
        )
        self._focus(self._page.matches)

    def _pick_next(self) -> None:
        """Go on to the next unnamed face of the photo."""
        index = self._photo.next_unnamed()
        if index is not None and not self._naming.is_typing:
            self._is_picked_by_itself = True
            self._photo.pick(index)
            self._show_boxes()
            self._show_names()
            self._show_picked()

    def _on_records_read(self) -> None:
        if not self._naming.holds_back:
            self._show_names()
            self._show_question()

    def _show_picked(self) -> None:
        """Ask about another face; a name that was typed for the one before is not its."""
        self._naming.forget_answers()
        self._page.name_edit.clear()
        self.clear_matches()
        self._show_face()
        self._show_question()

    def _show_boxes(self) -> None:
        boxes = [face.face.box for face in self._photo.faces]
        self._page.photo_view.show_faces(boxes, self._photo.picked)

    def _show_names(self) -> None:
        photo, threshold = self._photo, self._page.threshold.value
        guesses = [
            guess.person.name if guess is not None and is_accepted(guess, threshold) else ""
            for guess in photo.guesses
        ]
        records = [photo.record_of(index) for index in range(len(photo.faces))]
        ignored = [index for index, record in enumerate(records) if record is not None and record.is_ignored]
        self._page.photo_view.show_names(photo.names, guesses, ignored)

    def _show_face(self) -> None:
        face = self._photo.face
        image = face_image(face.crop.pixels, face.crop.box) if face is not None else None
        self._page.face_crop.show_picture(image)
        self._page.compare.show_face(image, tr("This face") if image is not None else "")

    def _focus(self, widget: QWidget) -> None:
        """Move the focus, but not out of a name that is being typed: its next letters would be commands."""
        page = self._page
        if page.isVisible() and not page.name_edit.hasFocus() and not self._drawing.is_active:
            widget.setFocus()

    # Matches

    def clear_matches(self) -> None:
        """Show no matches; of the face only its picture, if there is one."""
        self._ranking = self._held_back = None
        self._page.matches.clear()
        self._show_face()
        self._page.sample_crop.show_picture(None)
        self._show_question()
        self.matches_changed.emit()

    def _on_ranked(self, ranking: Ranking) -> None:
        before = self._ranking
        if self._naming.holds_back and before is not None and before.face is ranking.face:
            self._held_back = ranking
            return
        self._show_ranking(ranking)

    def _on_typing_ended(self) -> None:
        """Show what was held back while a name was typed."""
        self._threshold.show_changes()
        self._show_names()
        if self._held_back is not None and self._held_back.face is self._photo.face:
            self._show_ranking(self._held_back)
        self._show_question()

    def _show_ranking(self, ranking: Ranking) -> None:
        page, before, self._ranking, self._held_back = self._page, self._ranking, ranking, None
        asked = self._question.title
        chosen, owner = page.matches.selected(), ranking.owner
        stays = before is not None and before.face is ranking.face
        if owner is not None and (before is None or not before.is_of(owner)):
            stays = False  # else Enter would name the face as the person who was chosen before
        if not stays:
            self._naming.forget_answers()
        keeps = stays and self._naming.is_chosen_by_user and chosen is not None
        person = chosen.person if keeps and chosen is not None else owner
        self._threshold.show_changes()
        page.matches.show_matches(
            ranking.matches, page.threshold.value, self._threshold.range, person, itself=ranking.face_id
        )
        self._threshold.show_chances()
        self._show_question()
        is_unasked = self._is_picked_by_itself or stays
        if is_unasked and self._question.is_proposal and self._question.title != asked:
            self._rule.on_proposed_unasked()  # Enter was meant for the question before
        self._is_picked_by_itself = False
        self.matches_changed.emit()

    def _on_match_chosen(self) -> None:
        self._show_person_face()
        self._show_question()

    def _on_naming_changed(self) -> None:
        if not self._naming.is_typing:
            self._show_question()
        self.refresh()

    def _show_question(self) -> None:
        """Show the question about the picked face."""
        self._question = self._question_now()
        self._naming.is_proposal = self._question.is_proposal
        self._naming.wants_name = self._question.wants_name
        self._naming.is_ranked = self._ranking is not None
        self._page.panel.show_question(self._question, delete_removes_box=self._photo.delete_removes_box)
        self._page.panel.show_number(self._photo.picked, len(self._photo.faces))
        self._show_guess()
        self.refresh()

    def _question_now(self) -> Question:
        face, page, ranking = self._photo.face, self._page, self._ranking
        gallery = self._gallery.gallery
        if face is None:
            if self._photo.photo is None:
                return Question() if self._name else Question(tr("No photo is open"))
            is_looking = not self._photo.faces and not page.no_face.isVisible()
            return Question(tr("Looking for faces …") if is_looking else "")
        if ranking is None:
            return Question()
        return question_of(
            face.quality,
            self._photo.owner,
            ranking.matches,
            page.matches.selected(),
            page.threshold.value,
            word=page.matches.chosen_word,
            is_chosen_by_user=self._naming.is_chosen_by_user,
            has_people=gallery is not None and bool(gallery.people),
            is_ignored=self._photo.is_picked_ignored,
            hints=ranking.hints,
        )

    def _show_guess(self) -> None:
        """Show the proposed person below the only face; several have theirs already."""
        if len(self._photo.faces) == 1 and self._photo.owner is None:
            chosen = self._page.matches.selected()
            name = chosen.person.name if chosen is not None and self._question.is_proposal else ""
            self._page.photo_view.show_names(self._photo.names, [name])

    def _show_person_face(self) -> None:
        chosen = self._page.matches.selected()
        if chosen is None:
            self._page.sample_crop.show_picture(None)
            self._page.compare.show_person_face(None, "")
        else:
            image = self._page.matches.crops.image(chosen.face.id, chosen.face)
            self._page.sample_crop.show_picture(image)
            caption = tr("{name}, score {score}", name=chosen.person.name, score=number(chosen.score, 3))
            self._page.compare.show_person_face(image, caption)

    # Messages

    def show_message(self, text: str) -> None:
        """Show a message."""
        self._page.message_bar.show_message(text)

    def _append_message(self, text: str) -> None:
        """Show a message after the one that was shown last, which may be unread."""
        before = self._page.message_bar.text()
        self.show_message(f"{before} {text}".strip())

    def show_failure(self, error: Exception) -> None:
        """Show what went wrong; where no photo is shown, how to open one."""
        self._page.message_bar.show_message(phrases.error_text(error), stays=True)
        self.show_start_hint()

    def show_start_hint(self) -> None:
        """Show how to open a photo, where none is shown."""
        if self._photo.photo is None:
            self._page.photo_view.show_placeholder(start_hint())
        self.refresh()


def _place(name: str, queue: PhotoQueue) -> str:
    """ "shuttle.jpg · 3 of 27": a photo's name and its place in the queue."""
    if queue.count < 2:
        return name
    return tr("{photo} · {number} of {count}", photo=name, number=queue.number, count=queue.count)
