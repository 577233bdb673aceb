"""Texts, numbers and dates in the language of the user.

Commands speak English. The window sets another `Language`, see `face_match.gui.translation`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache


class Language:
    """English; the base of other languages."""

    is_english = True

    def text(self, text: str, count: int | None = None) -> str:
        """The translation of an English text, or the text itself where there is none.

        Args:
            count: the number that chooses the plural form, of texts that have plural forms.
        """
        return text

    def number(self, value: float, decimals: int) -> str:
        """A number with separators: "1,204", "0.940"."""
        return f"{value:,.{decimals}f}"

    def date(self, moment: datetime, *, has_time: bool) -> str:
        """ "3 May 2026", "3 May 2026, 10:15"."""
        text = f"{moment.day} {moment:%B %Y}"
        return f"{text}, {moment:%H:%M}" if has_time else text


ENGLISH = Language()
_language = ENGLISH


def use_language(language: Language) -> None:
    """Set the language of texts from now on; texts that were made before stay as they are."""
    global _language  # noqa: PLW0603
    _language = language


def is_english() -> bool:
    """Whether texts are shown as they are written."""
    return _language.is_english


def tr(text: str, /, **values: object) -> str:
    """A text in the user's language.

    Args:
        text: the English text, a literal, so that translators get it. `{name}` stands for a value.
        values: inserted as they are; braces in them have no meaning.
    """
    found = _language.text(text)
    return found.format(**values) if values else found


def tr_count(one: str, several: str, count: int, /, **values: object) -> str:
    """A text in the plural form of a number; `{n}` stands for it.

    Args:
        one: the English text for 1.
        several: the English text for other numbers, under which translations are found.
    """
    found = _language.text(several, count)
    if found == several and count == 1:
        found = one
    return found.format(n=number(count), **values)


def marked(text: str) -> str:
    """The text itself, a literal: translators get it, and `translated` translates it where it is shown."""
    return text


def translated(text: str) -> str:
    """The translation of a text that is `marked` where it is written."""
    return _language.text(text) if text else ""


def match_template(
    text: str, templates: Sequence[str], patterns: Mapping[str, str] | None = None
) -> tuple[str, dict[str, str]] | None:
    """The template that an English text was made from, and its values; None if it is none of them.

    Args:
        templates: `marked` texts with placeholders, most specific first.
        patterns: regular expressions of values that are not just any text.
    """
    for template in templates:
        found = _pattern(template, tuple((patterns or {}).items())).fullmatch(text)
        if found is not None:
            return template, found.groupdict()
    return None


@lru_cache(maxsize=256)
def _pattern(template: str, patterns: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    known = dict(patterns)

    def group(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}>{known.get(found[1], '.+')})"

    return re.compile(re.sub(r"\\{(\w+)\\}", group, re.escape(template)), re.DOTALL)


def number(value: float, decimals: int = 0) -> str:
    """A number with the separators of the user's language: "1,204", "0.940"."""
    return _language.number(value, decimals)


def moment_text(moment: datetime, *, has_time: bool = False) -> str:
    """A date in the user's language, in the time zone of the moment: "3 May 2026", "3 May 2026, 10:15"."""
    return _language.date(moment, has_time=has_time)
