"""Text with invisible characters made visible: a terminal or a line of text would obey some of them."""

from __future__ import annotations

import contextlib
import json
import re
import unicodedata

_FORMULA = re.compile(
    "^(?=[\t\r\n])|(?:^|(?<=[;|\t]))(?=[\\s\"'\u200b\ufeff]*[=+@\uff0b\uff1d\uff20\uff0d-])"
)
"""Positions before text that some spreadsheet takes for a formula, including full-width signs. Where
semicolons separate cells, a formula can start in the middle of a name."""

_INVISIBLE_CHARACTERS = (
    "\x00-\x1f\x7f-\x9f"  # controls, with those that terminals obey
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Control characters, direction marks, characters without width, and surrogates."""
_INVISIBLE = re.compile(f"[{_INVISIBLE_CHARACTERS}]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
"""Flags such as Scotland's: a black flag, the letters of a region, and an end mark."""
_JOINERS = "\u200c\u200d"
_JOINABLE = ("Lo", "Mn", "Mc", "So", "Sk")
"""Categories that joiners connect: letters without case, as in Persian and Hindi, their marks, and emoji."""
_VARIABLE = (*_JOINABLE, "Sm", "Po", "Nd")


def escape_invisible(text: str, *, but: str = "") -> str:
    r"""Text with invisible characters written as escapes, such as \x1b or \u202e.

    Joiners stay where writing systems and emoji need them.

    Args:
        but: characters to keep, such as line feeds.
    """
    if text.isascii() and text.isprintable():
        return text
    flags = {place for found in _FLAG.finditer(text) for place in range(*found.span())}

    def written(found: re.Match[str]) -> str:
        character, place = found[0], found.start()
        is_meant = character in but or place in flags or _is_part_of_sign(text, place)
        return character if is_meant else character.encode("unicode_escape", "surrogatepass").decode()

    return _INVISIBLE.sub(written, text)


def decoded(text: str) -> str:
    """The text of a file name or an argument. Bytes that are not UTF-8, which Python has as surrogates, are
    decoded as Windows did, as on old discs, so that two names stay two; other surrogates become "?"."""
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    for encoding in ("utf-8", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


def shortened(text: str, most: int) -> str:
    """The text, cut off where it is longer than `most` characters: one from a file may have millions."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def isolate(name: str) -> str:
    """A name between direction marks, so that it does not change the direction of its sentence."""
    return f"\N{FIRST STRONG ISOLATE}{escape_invisible(name)}\N{POP DIRECTIONAL ISOLATE}"


def json_for_terminal(text: str) -> str:
    """JSON text with the same data, in which all characters that a terminal obeys or nobody can see are
    escaped."""
    return _INVISIBLE.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text)


def spreadsheet_cell(text: str) -> str:
    """Text for a table cell that no spreadsheet takes for a formula: an apostrophe is put before each
    possible one."""
    return _FORMULA.sub("'", text)


def _is_part_of_sign(text: str, place: int) -> bool:
    """Whether the character at a position is part of a visible sign."""
    if text[place] not in _JOINERS:
        return _is_variant(text, place)
    is_behind = _is_joinable(text[place - 1 : place]) or _is_variant(text, place - 1)
    return is_behind and _is_joinable(text[place + 1 : place + 2])


def _is_variant(text: str, place: int) -> bool:
    """Whether the character at a position is a variation selector after a character that has variants."""
    if place < 1:
        return False
    character, before = text[place], text[place - 1]
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    is_mongolian = "\u180b" <= character <= "\u180d"
    can_vary = not _INVISIBLE.match(before) and unicodedata.category(before) in _VARIABLE
    return (is_selector or is_mongolian) and can_vary


def _is_joinable(character: str) -> bool:
    return (
        bool(character) and not _INVISIBLE.match(character) and unicodedata.category(character) in _JOINABLE
    )
