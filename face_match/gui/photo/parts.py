"""Makes the page of a photo and what drives it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from face_match.gui.photo.active_threshold import ActiveThresholdPresenter
from face_match.gui.photo.face_drawing import FaceDrawing
from face_match.gui.photo.naming import Naming
from face_match.gui.photo.page import PhotoPage
from face_match.gui.photo.pages import PhotoPages
from face_match.gui.photo.presenter import PhotoPresenter
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.face_edits import FaceEdits
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.state.step_traces import StepTrace
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.widgets.message_bar import MessageBar


class PhotoParts(NamedTuple):
    """The pages, that of a photo, and what names faces, draws boxes, and shows the current photo on it."""

    pages: PhotoPages
    page: PhotoPage
    naming: Naming
    drawing: FaceDrawing
    presenter: PhotoPresenter


def make_photo_parts(
    window: QWidget,
    gallery: OpenGallery,
    photo: CurrentPhoto,
    queue: PhotoQueue,
    *,
    threshold: ThresholdState,
    edits: FaceEdits,
    tasks: Tasks,
    message_bar: MessageBar,
) -> PhotoParts:
    """Make the page of a photo."""
    page = PhotoPage(tasks, lambda: gallery.gallery, message_bar)
    naming = Naming(page, gallery, photo, edits, window)
    drawing = FaceDrawing(page.photo_view, photo, window)
    presenter = PhotoPresenter(
        page,
        queue,
        photo,
        gallery,
        edits=edits,
        naming=naming,
        drawing=drawing,
        threshold=ActiveThresholdPresenter(page, threshold),
    )
    pages = PhotoPages(page, presenter, gallery, tasks)

    def pick_changed_face(trace: StepTrace) -> None:
        """Pick the first face of the photo that a step has changed which was undone or redone."""
        records = map(photo.record_of, range(len(photo.faces)))
        changed = [index for index, one in enumerate(records) if one is not None and one.id in trace.changed]
        if changed and page.isVisible() and not naming.is_typing:
            page.photo_view.pick(changed[0])

    gallery.stepped.connect(pick_changed_face)
    return PhotoParts(pages, page, naming, drawing, presenter)
