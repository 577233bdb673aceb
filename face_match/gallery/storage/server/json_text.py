"""JSON that PostgreSQL can look into.

It refuses every JSON in which a text has half of a surrogate pair, as Python has them for the name of a file
that is not UTF-8, or the character NUL. Those are written as U+FFFE, which is no character, and their number.
"""

from __future__ import annotations

import json
import re

_ESCAPE = "\\ufffe"
_PARTS = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u(?P<code>[0-9a-fA-F]{4})|\\."
)
_ESCAPED = re.compile(r"\\ufffe(?P<code>[0-9a-f]{4})|\\u[0-9a-fA-F]{4}|\\.")


def dumps(value: object) -> str:
    """A value as JSON; `loads` gives it back."""
    text = json.dumps(value)
    if "\\ud" in text or "\\u0000" in text or _ESCAPE in text:
        text = _PARTS.sub(_escape, text)
    return text


def loads(text: str | bytes) -> object:
    """The value of JSON; raises ValueError."""
    if isinstance(text, bytes):
        text = text.decode()
    return json.loads(_ESCAPED.sub(_unescape, text) if _ESCAPE in text else text)


def _escape(part: re.Match[str]) -> str:
    code = int(part["code"] or "20", 16)
    is_refused = code in (0, 0xFFFE) or 0xD800 <= code <= 0xDFFF
    return f"{_ESCAPE}{code:04x}" if is_refused else part[0]


def _unescape(part: re.Match[str]) -> str:
    return f"\\u{part['code']}" if part["code"] else part[0]
