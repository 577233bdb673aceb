"""What happened, for whoever shows it: the message bar."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import CancelledError, FaceMatchError

log = logging.getLogger(__name__)


class Messages(QObject):
    """`posted` gives a sentence to show, `wrote_into` the folder that it is about, `failed` an error."""

    posted = Signal(str)
    wrote_into = Signal(Path)
    failed = Signal(object)

    def post(self, text: str, folder: Path | None = None) -> None:
        """Show what happened, and offer to show the folder where it happened."""
        self.posted.emit(text)
        if folder is not None:
            self.wrote_into.emit(folder)

    def report(self, error: Exception) -> None:
        """Show what went wrong in the background; a cancelled task did not go wrong."""
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, FaceMatchError):
            log.error("a task failed", exc_info=error)
        self.failed.emit(error)
