"""Plain text that wraps."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from face_match.gui.widgets.plain_text import PlainLabel


class WrappedLabel(PlainLabel):
    """A label that wraps at any width. Names in it may be long, or look like markup."""

    def __init__(self, text: str = "", object_name: str = "", accessible_name: str = "") -> None:
        super().__init__(text, object_name, accessible_name)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # which a label forgets when it is given a policy
        self.setSizePolicy(policy)
