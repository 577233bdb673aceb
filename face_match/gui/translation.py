"""Texts on screen: whole sentences with plural forms, translated by Qt’s catalogues."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "Face Match"


def tr(text: str, /, **values: object) -> str:
    """A text in the user's language.

    Args:
        text: the English text, a literal, so that translators get it. `{name}` stands for a value.
        values: inserted as they are; braces in them have no meaning.
    """
    found = QCoreApplication.translate(CONTEXT, text)
    return found.format(**values) if values else found


def tr_count(one: str, several: str, count: int, /, **values: object) -> str:
    """A text in the plural form of a number; `{n}` stands for it.

    Args:
        one: the English text for 1.
        several: the English text for other numbers, under which translations are found.
    """
    found = QCoreApplication.translate(CONTEXT, several, None, count)
    if found == several and count == 1:
        found = one
    return found.format(n=f"{count:,}", **values)
