"""Loads the modules of the pages in the background, so that no turn of the event loop waits for them."""

from __future__ import annotations

from face_match.core.progress import IsCancelled, OnProgress


def load_page_modules(on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
    """Import the pages in the order in which they are needed."""
    import face_match.gui.people.page
    import face_match.gui.photo.parts
    import face_match.gui.review.page  # noqa: F401
