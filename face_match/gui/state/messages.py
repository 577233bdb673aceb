"""What happened, for whoever shows it: the message bar."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import CancelledError, FaceMatchError

log = logging.getLogger(__name__)


class Messages(QObject):
    """`posted` gives a sentence to show, `failed` an error."""

    posted = Signal(str)
    failed = Signal(object)

    def post(self, text: str) -> None:
        """Show what happened."""
        self.posted.emit(text)

    def report(self, error: Exception) -> None:
        """Show what went wrong in the background; a cancelled task did not go wrong."""
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, FaceMatchError):
            log.error("a task failed", exc_info=error)
        self.failed.emit(error)
