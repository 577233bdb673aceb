"""Tool tips are one or two short sentences: what is longer belongs in the guide."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

import face_match.gui
from face_match.gui.shell.navigation import Page

LIMIT = 120
SOURCE = Path(face_match.gui.__file__).parent
TAKING_TIPS = {"setToolTip", "button", "Tab", "action_with_key", "add_main", "add_action_button", "NameEdit"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def texts_in(part: ast.AST) -> Iterator[str]:
    for node in ast.walk(part):
        if isinstance(node, ast.Call) and called(node) in {"tr", "marked", "tr_count"}:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def written_tips(source: str) -> Iterator[str]:
    """Texts that are passed to a function that takes tool tips, or kept in a name with "tip" in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in TAKING_TIPS:
            for argument in node.args:
                yield from texts_in(argument)
        elif isinstance(node, ast.Assign):
            names = [getattr(one, "id", getattr(one, "attr", "")) for one in node.targets]
            if any("tip" in name.lower() for name in names):
                yield from texts_in(node.value)


def test_no_tool_tip_is_written_long() -> None:
    tips = [tip for path in sorted(SOURCE.rglob("*.py")) for tip in written_tips(path.read_text("utf-8"))]
    assert len(tips) > 100
    assert [tip for tip in tips if len(tip) > LIMIT] == []


@pytest.mark.parametrize("page", [Page.PEOPLE, Page.UNNAMED, Page.PHOTO, Page.IGNORED])
def test_no_tool_tip_of_the_window_is_long(
    page: Page, gallery_folder: Path, open_window, astronaut_file: Path
) -> None:
    driver = open_window(gallery_folder)
    if page is Page.PHOTO:
        driver.open(astronaut_file)
    driver.window.show_page(page)
    driver.settle()
    shown = [one for kind in (QWidget, QAction) for one in driver.window.findChildren(kind)]
    places = {str(driver.window.gallery.folder), str(astronaut_file)}
    tips = {one.toolTip() for one in shown} - places
    assert len(tips) > 20
    assert [tip for tip in tips if len(tip) > LIMIT] == []
