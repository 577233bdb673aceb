"""The user guide in a window of its own, without a browser and without the network."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextBrowser, QWidget

from face_match.core.installation import user_guide
from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.translation import tr

SIZE_PX = (760, 600)
_PICTURE = re.compile(r"^!\[[^]]*\]\([^)]*\)\s*$", re.MULTILINE)


class UserGuideDialog(Sheet):
    """The guide's text. Its links lead to its own sections; those to other pages do nothing."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "userGuidePage", tr("User guide"))
        self.text = QTextBrowser()
        self.text.setObjectName("userGuideText")
        self.text.setAccessibleName(tr("User guide"))
        self.text.setToolTip(tr("The user guide (↑ ↓ scroll)"))
        self.text.setOpenLinks(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.anchorClicked.connect(self._go_to)
        path = user_guide()
        if path is None:
            self.text.setPlainText(tr("The guide is in docs/user-guide.md of the program’s source code."))
        else:
            self.text.setMarkdown(_readable(path))
            _space_out(self.text.document())
        self.column.addWidget(self.text, 1)
        self.fit(*SIZE_PX)

    def _go_to(self, link: QUrl) -> None:
        block = self.text.document().begin()
        while block.isValid():
            if _is_heading(block) and _anchor(block.text()) == link.fragment():
                self.text.moveCursor(QTextCursor.MoveOperation.End)  # so that the heading comes to the top
                self.text.setTextCursor(QTextCursor(block))
                return
            block = block.next()


def _readable(path: Path) -> str:
    """The guide without its title, which the dialog has, and without pictures of what is beside it."""
    text = _PICTURE.sub("", path.read_text("utf-8"))
    return text.partition("\n")[2] if text.startswith("# ") else text


def _space_out(document: QTextDocument) -> None:
    """Put room around the text, above headings, and between paragraphs."""
    document.setDocumentMargin(theme.MARGIN_PX)
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        form.setTopMargin(theme.WIDE_MARGIN_PX if _is_heading(block) else 0)
        form.setBottomMargin(theme.GRID_PX)
        form.setNonBreakableLines(False)  # commands wrap: the page never scrolls sideways
        cursor.setPosition(block.position())
        cursor.setBlockFormat(form)
        block = block.next()


def _is_heading(block: QTextBlock) -> bool:
    return block.blockFormat().headingLevel() > 0


def _anchor(heading: str) -> str:
    """As in links within the guide: "#matches-and-the-threshold"."""
    return re.sub(r"[^\w-]", "", heading.strip().lower().replace(" ", "-"))
