"""What the keys of the Photo page do."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import Qt

from face_match.gui import keys
from face_match.gui.photo.face_drawing import FaceDrawing
from face_match.gui.photo.face_menu import FaceMenu
from face_match.gui.photo.naming import Naming
from face_match.gui.photo.page import PhotoPage
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.widgets.typing_rule import ON_PROPOSAL, TypingRule


def bind_photo_keys(
    page: PhotoPage,
    queue: PhotoQueue,
    photo: CurrentPhoto,
    naming: Naming,
    *,
    drawing: FaceDrawing,
    menu: FaceMenu,
    enter: Callable[[], object],
    leave: Callable[[], object],
) -> TypingRule:
    """Bind the keys of the page, and return the rule that tells commands from names."""
    view, matches = page.photo_view, page.matches
    keys.bind(
        page,
        keys.PHOTO_KEYS,
        {
            "enter": enter,
            "ignore": menu.ignore,
            "draw": drawing.toggle,
            "compare": page.compare_button.toggle,
            "turn right": lambda: photo.turn(1),
            "turn left": lambda: photo.turn(-1),
            "next": lambda: queue.go(1),
            "previous": lambda: queue.go(-1),
            "up": lambda: naming.choose(max(0, matches.currentRow() - 1)),
            "down": lambda: naming.choose(matches.currentRow() + 1),
            "fit": view.fit,
            "leave": leave,
        },
    )

    def step(direction: int) -> None:
        if not view.step(direction):
            queue.go(direction)

    of_keys: dict[Qt.Key, Callable[[], object]] = {
        Qt.Key.Key_Left: functools.partial(step, -1),
        Qt.Key.Key_Right: functools.partial(step, 1),
        Qt.Key.Key_Delete: naming.delete,
        Qt.Key.Key_Plus: view.zoom_in,
        Qt.Key.Key_Equal: view.zoom_in,
        Qt.Key.Key_Minus: view.zoom_out,
    }
    of_keys |= {Qt.Key(Qt.Key.Key_0 + k): functools.partial(naming.choose, k - 1) for k in range(1, 10)}
    rule = TypingRule(
        page,
        page.name_edit,
        can_name=lambda: naming.can_type,
        is_proposal=lambda: naming.would_confirm,
        letters={"n": naming.begin_name, "x": naming.reject, "b": drawing.start, "f": view.fit},
        keys=of_keys,
        on_proposal=ON_PROPOSAL | {"b"},
        moves_in=matches,
    )
    drawing.overlay.removeEventFilter(rule)
    return rule
