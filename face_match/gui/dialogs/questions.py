"""Questions in the look of the pages: what is asked, what it means, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QLabel, QMessageBox, QSpacerItem, QWidget

from face_match.core.records import Person
from face_match.gui import phrases, theme
from face_match.gui.dialogs.sheet import without_focus_proxy
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Button, Kind
from face_match.gui.widgets.plain_text import plain, shown

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

NARROWEST_EMS = 26


def question_box(window: QWidget, title: str, text: str, details: str) -> QMessageBox:
    """A question with a Cancel button. The caller adds the other answer and opens it."""
    made = QMessageBox(window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWindowTitle(shown(title))
    made.setText(shown(text))
    made.setInformativeText(shown(details))
    layout = made.layout()
    if isinstance(layout, QGridLayout):
        layout.setContentsMargins(*[theme.WIDE_MARGIN_PX] * 4)
        # not as the width of a label: Qt, which decides whether it wraps, would take it for that of its text
        narrowest = NARROWEST_EMS * made.fontMetrics().horizontalAdvance("m")
        layout.addItem(QSpacerItem(narrowest, 0), layout.rowCount(), 0, 1, layout.columnCount())
    for name, is_details in (("qt_msgbox_label", False), ("qt_msgbox_informativelabel", True)):
        label = made.findChild(QLabel, name)
        if isinstance(label, QLabel):
            theme.set_type(label, faint=is_details)
            label.setWordWrap(True)
    cancel = add_choice(made, tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    made.setEscapeButton(cancel)
    return made


def agrees(window: QWidget, question: str) -> bool:
    """Whether the user answers a question with Yes; Enter says No."""
    buttons = QMessageBox.StandardButton
    box = QMessageBox(
        QMessageBox.Icon.NoIcon, "Face Match", plain(question), buttons.Yes | buttons.No, window
    )
    box.setDefaultButton(buttons.No)
    box.setEscapeButton(buttons.No)
    answer = box.exec()
    box.setParent(None)  # it is deleted now, so that the window has the focus again
    return answer == buttons.Yes


def confirms_other_name(
    window: QWidget, gallery: Gallery, name: str, suggested: Person | None, count: int
) -> bool:
    """Ask whether faces get a name that was typed, other than that of who they very likely are."""
    found = gallery.find(name)
    if suggested is None or (found is not None and found.folder == suggested.folder):
        return True
    return agrees(window, phrases.other_name_doubt(name, suggested, count))


def add_choice(box: QMessageBox, text: str, role: QMessageBox.ButtonRole) -> Button:
    """Add an answer to a question: the main action, which Enter presses; where it deletes, Enter cancels."""
    made = Button(text)
    made.setParent(box)  # or it would be deleted with its wrapper
    deletes = role == QMessageBox.ButtonRole.DestructiveRole
    box.addButton(made, QMessageBox.ButtonRole.AcceptRole if deletes else role)  # at the right in both cases
    buttons = box.findChild(QDialogButtonBox)
    if isinstance(buttons, QDialogButtonBox):
        without_focus_proxy(buttons)
    if role == QMessageBox.ButtonRole.AcceptRole:
        made.show_kind(Kind.MAIN)
        box.setDefaultButton(made)
    elif deletes:
        palette = made.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, theme.colours().danger)
        made.setPalette(palette)
        escape = box.escapeButton()
        if isinstance(escape, Button):
            box.setDefaultButton(escape)
    return made


def ask(
    window: QWidget, title: str, text: str, details: str, *, action: str, on_yes: Callable[[], None]
) -> None:
    """Ask whether to do something that can be undone; if so, call `on_yes`."""
    box = question_box(window, title, text, details)
    add_choice(box, action, QMessageBox.ButtonRole.AcceptRole).clicked.connect(lambda _: on_yes())
    box.open()


def warn(
    window: QWidget, title: str, text: str, details: str, *, action: str, on_yes: Callable[[], None]
) -> None:
    """Ask whether to do what cannot be undone, or has a consequence that is easily missed. Enter cancels."""
    box = question_box(window, title, text, details)
    add_choice(box, action, QMessageBox.ButtonRole.DestructiveRole).clicked.connect(lambda _: on_yes())
    box.open()


def is_sure(window: QWidget, title: str, text: str, details: str, action: str) -> bool:
    """Whether a person agrees to what cannot be undone. Enter cancels."""
    box = question_box(window, title, text, details)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    wanted = add_choice(box, action, QMessageBox.ButtonRole.DestructiveRole)
    box.exec()
    is_wanted = box.clickedButton() is wanted
    box.deleteLater()
    return is_wanted


def ask_to_remove_near_duplicates(
    window: QWidget, count: int, owners: Sequence[Person], remove: Callable[[], None]
) -> None:
    """Ask whether to remove near-duplicates of some people; if so, call `remove`."""
    people = phrases.list_people(owners)
    warn(
        window,
        tr("Near-duplicates"),
        tr_count(
            "Remove {n} near-duplicate of {people}?",
            "Remove {n} near-duplicates of {people}?",
            count,
            people=people,
        ),
        phrases.undoable(
            tr_count(
                "The largest face of nearly the same picture is kept. The other one goes to Ignored, and its "
                "photo then no longer counts as one of {people}.",
                "The largest face of nearly the same picture is kept. The others go to Ignored, and their "
                "photos then no longer count as photos of {people}.",
                count,
                people=people,
            )
        ),
        action=tr("&Remove"),
        on_yes=remove,
    )


def ask_to_delete_the_rest(window: QWidget, name: str, delete: Callable[[str], None]) -> None:
    """Ask whether to delete what is left of somebody deleted; if so, call `delete` with the name."""
    shown_name = phrases.display_name(name)
    warn(
        window,
        tr("Delete for good"),
        tr("Delete {name} for good?", name=shown_name),
        tr(
            "This deletes the faces of {name} that have no other name now, what the backups have of {name}, "
            "and earlier changes to {name}. It cannot be undone. Your photos are not changed.",
            name=shown_name,
        ),
        action=tr("&Delete for good"),
        on_yes=lambda: delete(name),
    )


def ask_to_delete_for_good(window: QWidget, person: Person, delete: Callable[[str], None]) -> None:
    """Ask whether to delete a person, their faces and what backups have of them; if so, call `delete` with
    the name."""
    name = phrases.display_name(person.name)
    warn(
        window,
        tr("Delete for good"),
        tr("Delete {name} for good?", name=name),
        tr_count(
            "This deletes {n} face and its crop, what the backups have of {name}, and earlier changes to "
            "{name}. It cannot be undone. Your photos are not changed.",
            "This deletes {n} faces and their crops, what the backups have of {name}, and earlier changes to "
            "{name}. It cannot be undone. Your photos are not changed.",
            person.face_count,
            name=name,
        ),
        action=tr("&Delete for good"),
        on_yes=lambda: delete(person.name),
    )
