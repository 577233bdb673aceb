"""Shows the current photo, its faces, and the matches of the picked face."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from face_match.gui import phrases
from face_match.gui.dialogs.photo_sources import clipboard
from face_match.gui.images import ShownPhoto, face_image
from face_match.gui.keys import KEYS, bind
from face_match.gui.photo.active_threshold import ActiveThresholdPresenter
from face_match.gui.photo.face_drawing import FaceDrawing
from face_match.gui.photo.naming import Naming
from face_match.gui.photo.page import HINT, PhotoPage
from face_match.gui.state.current_photo import CurrentPhoto, Ranking
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.widgets.plain_text import shown

PASTED = "pasted photo"


class PhotoPresenter(QObject):
    """Opens the photos of the queue, and shows their faces and matches on the page.

    Signals:
        photo_opened: another photo is being opened.
        matches_changed: the list of matches changed.
    """

    photo_opened = Signal()
    matches_changed = Signal()

    def __init__(
        self,
        page: PhotoPage,
        queue: PhotoQueue,
        photo: CurrentPhoto,
        gallery: OpenGallery,
        *,
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
        self._ranking: Ranking | None = None
        self._has_message = False  # since the face was picked: the verdict must not replace it
        self._bind_keys()
        self._connect_page()
        self._connect_state()
        self._show_queue()
        self.refresh()

    @property
    def search_s(self) -> float | None:
        """How long the search for the matches took, in seconds; None where none are shown."""
        return self._ranking.seconds if self._ranking is not None else None

    def _bind_keys(self) -> None:
        view, matches, naming = self._page.photo_view, self._page.matches, self._naming
        actions: dict[str, Callable[[], object]] = {
            "enter": naming.enter,
            "new": naming.toggle_new,
            "reject": naming.reject,
            "draw": self._drawing.start,
            "next": lambda: self._queue.go(1),
            "previous": lambda: self._queue.go(-1),
            "up": lambda: naming.choose(matches.currentRow() - 1),
            "down": lambda: naming.choose(matches.currentRow() + 1),
            "fit": view.fit,
            "zoom in": view.zoom_in,
            "zoom out": view.zoom_out,
            "list": matches.setFocus,
        }
        actions |= {str(k): functools.partial(naming.choose, k - 1) for k in range(1, 10)}
        bind(self._page, KEYS, actions)

    def _connect_page(self) -> None:
        page = self._page
        page.previous_button.clicked.connect(lambda: self._queue.go(-1))
        page.next_button.clicked.connect(lambda: self._queue.go(1))
        page.photo_view.face_picked.connect(self._on_face_picked)
        page.photo_view.detail_wanted.connect(self._photo.decode_detail)
        page.photo_view.dropped.connect(self._queue.drop)
        page.photo_view.image_dropped.connect(self.open_image)
        page.matches.currentRowChanged.connect(self._on_match_chosen)
        page.matches.crops.images_read.connect(self._show_person_face)
        self._naming.changed.connect(self.refresh)
        self._drawing.message.connect(self.show_message)
        self._threshold.message.connect(self._append_message)

    def _connect_state(self) -> None:
        self._queue.moved.connect(self._open_current)
        photo = self._photo
        photo.decoded.connect(self._on_decoded)
        photo.detail_decoded.connect(self._page.photo_view.show_detail)
        photo.faces_found.connect(self._on_faces_found)
        photo.face_added.connect(self._on_face_added)
        photo.face_present.connect(self._on_face_present)
        photo.records_read.connect(self._on_records_read)
        photo.ranked.connect(self._on_ranked)
        gallery = self._gallery
        for signal in (gallery.opened, gallery.closed, gallery.changed, gallery.availability_changed):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Enable the controls that make sense now."""
        self._naming.refresh()
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
            self._page.message_bar.show_message("There is no photo on the clipboard.")

    def open_image(self, image: QImage) -> None:
        """Open an image that has no file, instead of the queue."""
        self._queue.clear()
        self._begin(PASTED)
        self._photo.open_image(image, PASTED)

    def _open_current(self) -> None:
        path = self._queue.current
        if path is not None:
            self._begin(path.name)
            self._photo.open(path)

    def _begin(self, name: str) -> None:
        page = self._page
        self.photo_opened.emit()
        self._photo.close()
        self._drawing.stop()
        page.photo_view.clear()
        page.photo_view.show_placeholder(f"Opening {name} …")
        page.window().setWindowTitle(f"{shown(name)} — Face Match")
        self._has_message = False
        self.clear_matches()
        page.name_edit.clear()
        page.message_bar.show_message("")
        self._show_queue()

    def _show_queue(self) -> None:
        self._page.queue_label.setText(self._queue.position)
        self._page.previous_button.setEnabled(self._queue.can_go(-1))
        self._page.next_button.setEnabled(self._queue.can_go(1))

    def _on_decoded(self, decoded: ShownPhoto) -> None:
        self._page.photo_view.show_photo(decoded.size, decoded.image, decoded.preview)
        has_gallery = self._gallery.gallery is not None or self._gallery.is_opening
        self._page.message_bar.show_message("Detecting faces …" if has_gallery else "")

    # Faces

    def _on_faces_found(self) -> None:
        self._show_boxes()
        photo, count = self._photo.photo, len(self._photo.faces)
        if not count:
            name = photo.name if photo is not None else ""
            self._page.message_bar.show_message(phrases.no_face(name, self._photo.smallest_face_px))
        elif count > 1:
            self._page.message_bar.show_message(f"{count} faces found. Click one to see its matches.")
            self._focus(self._page.photo_view)
        else:
            self._page.message_bar.show_message("")
            self._focus(self._page.matches)
        self._show_face()
        self.refresh()
        self._drawing.show_help()

    def _on_face_picked(self, index: int) -> None:
        self._photo.pick(index)
        self._show_picked(f"Face {index + 1} of {len(self._photo.faces)}")

    def _on_face_added(self, index: int) -> None:
        count = len(self._photo.faces)
        self._show_boxes()
        self._show_picked(f"Face {index + 1} of {count} is the one you drew." if count > 1 else "")
        self._focus(self._page.matches)

    def _on_face_present(self, index: int) -> None:
        self._page.photo_view.pick(index)
        self.show_message(
            f"This is face {index + 1} of {len(self._photo.faces)}, which had been found already."
        )
        self._focus(self._page.matches)

    def _on_records_read(self) -> None:
        self._page.photo_view.show_names(self._photo.names)
        self._show_face()
        self.refresh()

    def _show_picked(self, message: str) -> None:
        self._has_message = False
        self.clear_matches()
        self._show_face()
        self.refresh()
        self._page.message_bar.show_message(message)

    def _show_boxes(self) -> None:
        boxes = [face.face.box for face in self._photo.faces]
        self._page.photo_view.show_faces(boxes, self._photo.picked)

    def _show_face(self) -> None:
        face, owner = self._photo.face, self._photo.owner
        if face is None:
            self._page.compare.show_face(None)
            return
        name = [phrases.display_name(owner.name)] if owner is not None else []
        remark = " · ".join([*name, *face.quality.reasons])
        self._page.compare.show_face(face_image(face.crop.pixels, face.crop.box), remark)

    def _focus(self, widget: QWidget) -> None:
        """Move the focus, but not out of a name that is being typed: its next letters would be commands."""
        if not self._page.name_edit.hasFocus() and not self._drawing.is_active:
            widget.setFocus()

    # Matches

    def clear_matches(self) -> None:
        """Show no face and no matches."""
        self._ranking = None
        self._page.matches.clear()
        self._page.compare.show_face(None)
        self._page.compare.show_person_face(None)
        self.refresh()
        self.matches_changed.emit()

    def _on_ranked(self, ranking: Ranking) -> None:
        page, before, self._ranking = self._page, self._ranking, ranking
        chosen, owner = page.matches.selected(), ranking.owner
        stays = before is not None and before.face is ranking.face
        if owner is not None and (before is None or not before.is_of(owner)):
            stays = False  # else Enter would name the face as the person who was chosen before
        person = chosen.person if stays and chosen is not None else owner
        self._threshold.show_changes()
        page.matches.show_matches(ranking.matches, page.threshold.value, self._threshold.range, person)
        self._threshold.show_chances()
        self.refresh()
        self.matches_changed.emit()
        if ranking.matches and not self._has_message:
            verdict = phrases.best_match(
                ranking.matches, owner, page.threshold.value, page.matches.best_chance
            )
            page.message_bar.show_message(verdict)

    def _on_match_chosen(self) -> None:
        self._show_person_face()
        self.refresh()

    def _show_person_face(self) -> None:
        chosen = self._page.matches.selected()
        if chosen is None:
            self._page.compare.show_person_face(None)
        else:
            image = self._page.matches.crops.image(chosen.face.id, chosen.face)
            self._page.compare.show_person_face(image, chosen.person.name)

    # Messages

    def show_message(self, text: str) -> None:
        """Show a message that stays until another face is picked."""
        self._has_message = True
        self._page.message_bar.show_message(text)

    def _append_message(self, text: str) -> None:
        """Show a message after the one that was shown last, which may be unread."""
        before = f"{self._page.message_bar.text()} " if self._has_message else ""
        self.show_message(f"{before}{text}")

    def show_failure(self, error: Exception) -> None:
        """Show what went wrong; where no photo is shown, how to open one."""
        self._page.message_bar.show_message(phrases.error_text(error))
        self.show_start_hint()

    def show_start_hint(self) -> None:
        """Show how to open a photo, where none is shown."""
        if self._photo.photo is None:
            self._page.photo_view.show_placeholder(HINT)
        self.refresh()
