"""Texts on screen: whole sentences with plural forms, translated by Qt’s catalogues.

`load_language` loads the catalogue of the user's language from `translations/`. `python -m
tools.translations` writes the catalogues; docs/contributing.md says how a language is added.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLibraryInfo, QLocale, QTranslator

from face_match.core.translation import (
    ENGLISH,
    Language,
    marked,
    moment_text,
    number,
    tr,
    tr_count,
    translated,
    use_language,
)

__all__ = [
    "LANGUAGE",
    "available_languages",
    "key_text",
    "load_language",
    "marked",
    "moment_text",
    "number",
    "tr",
    "tr_count",
    "translated",
]

CONTEXT = "Face Match"
KEY_NAMES = (
    *(marked("Ctrl"), marked("Shift"), marked("Alt"), marked("Enter"), marked("Del"), marked("Space")),
    *(marked("Esc"), marked("PgUp"), marked("PgDn"), marked("Delete"), marked("Escape"), marked("Menu")),
    *(marked("Page Up"), marked("Page Down"), marked("Backspace"), marked("any letter")),
    *(marked("Letters"), marked("with arrows"), marked("Alt+T")),
)
_KEY_NAME = re.compile(r"\b(" + "|".join(map(re.escape, sorted(KEY_NAMES, key=len, reverse=True))) + r")\b")
LANGUAGE = "FACE_MATCH_LANGUAGE"
"""Environment variable with the language of the window, such as "de"; otherwise the system's is used."""
CATALOGUES = Path(__file__).parent / "translations"


class QtLanguage(Language):
    """A language whose texts are in Qt's catalogues, and whose numbers and dates Qt writes."""

    def __init__(self, locale: QLocale) -> None:
        self._locale = locale
        self.is_english = locale.language() in (QLocale.Language.English, QLocale.Language.C)

    def text(self, text: str, count: int | None = None) -> str:
        return QCoreApplication.translate(CONTEXT, text, None, -1 if count is None else count)

    def number(self, value: float, decimals: int) -> str:
        return self._locale.toString(float(value), "f", decimals)

    def date(self, moment: datetime, *, has_time: bool) -> str:
        pattern = tr("d MMMM yyyy, HH:mm") if has_time else tr("d MMMM yyyy")
        made = QDateTime(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
        return self._locale.toString(made, pattern)


def key_text(keys: str) -> str:
    """Names of keys as they are on keyboards: "Ctrl O", "Ctrl+Z, Ctrl+Shift+Z"."""
    return _KEY_NAME.sub(lambda found: translated(found[1]), keys)


def available_languages() -> list[str]:
    """The codes of the languages that the window speaks: "en" and those with a catalogue."""
    return sorted({"en", *(path.stem.rpartition("_")[2] for path in CATALOGUES.glob("*.qm"))})


def load_language(app: QCoreApplication, chosen: str | None = None) -> str:
    """Let the window speak a language; returns its code.

    Args:
        chosen: the code of the language; by default $FACE_MATCH_LANGUAGE, else the first of the system's
            languages that is available.
    """
    system = QLocale.system()
    wanted = chosen or os.environ.get(LANGUAGE, "")
    code = _first_available([wanted] if wanted else system.uiLanguages())
    locale = system if QLocale(code).language() == system.language() else QLocale(code)
    QLocale.setDefault(locale)
    if code == "en" and locale.language() == QLocale.Language.C:
        use_language(ENGLISH)
        return code
    qt_catalogues = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for path in (qt_catalogues / f"qtbase_{code}.qm", CATALOGUES / f"face_match_{code}.qm"):
        translator = QTranslator(app)
        if code != "en" and translator.load(str(path)):
            app.installTranslator(translator)
    use_language(QtLanguage(locale))
    return code


def _first_available(names: Sequence[str]) -> str:
    """The code of the first language that has a catalogue; names are such as "de-AT" or "es_MX"."""
    available = available_languages()
    codes = (name.replace("_", "-").split("-")[0].lower() for name in names)
    return next((code for code in codes if code in available), "en")
