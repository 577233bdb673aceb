"""The catalogues of translations, in face_match/gui/translations.

    python -m tools.translations         collects the texts of the program, and compiles the catalogues
    python -m tools.translations fr      begins a catalogue for French as well

Texts are the literals in calls of `tr`, `tr_count` and `marked`. `pyside6-lupdate` does not find these: it
knows `self.tr` and the context of a class alone. Catalogues are Qt's, so Qt Linguist opens them.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "face_match"
CATALOGUES = PROGRAM / "gui" / "translations"
CONTEXT = "Face Match"
FUNCTIONS = ("tr", "tr_count", "marked")


@dataclass
class Text:
    """A text of the program.

    Attributes:
        source: the English text; of a text with plural forms, the one for several.
        one: the English text for one; None without plural forms.
        files: the files with the text, relative to the repository.
    """

    source: str
    one: str | None = None
    files: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Translation:
    """The translation of a text: one form, or all plural forms."""

    forms: tuple[str, ...]
    has_plural: bool
    is_finished: bool


def calls_of(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that name a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            yield node


def texts_of_program(program: Path = PROGRAM) -> dict[str, Text]:
    """All texts by their source, in the order of files.

    Raises:
        ValueError: a text is no literal, or one has different forms at two places.
    """
    found: dict[str, Text] = {}
    for path in sorted(program.rglob("*.py")):
        place = path.relative_to(program.parent).as_posix()
        for call in sorted(calls_of(ast.parse(path.read_text("utf-8"))), key=lambda call: call.lineno):
            one, source = _texts_of(call, place)
            if path.name == "translation.py" and source is None:
                continue
            text = found.setdefault(source, Text(source, one))
            if text.one != one:
                raise ValueError(f"{place}: “{source}” is elsewhere used with another plural, or with none")
            if place not in text.files:
                text.files.append(place)
    return found


def _texts_of(call: ast.Call, place: str) -> tuple[str | None, str]:
    """The English text for one, if there are two, and the text itself."""
    literals = [
        arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    ]
    wanted = 2 if ast.unparse(call.func) == "tr_count" else 1
    if len(literals) < wanted:
        raise ValueError(f"{place}:{call.lineno}: the text is no literal")
    return (literals[0], literals[1]) if wanted == 2 else (None, literals[0])


def catalogues(folder: Path = CATALOGUES) -> list[Path]:
    """The catalogues, each named face_match_LANGUAGE.ts."""
    return sorted(folder.glob("face_match_*.ts"))


def read_catalogue(path: Path) -> dict[str, Translation]:
    """The translations in a catalogue, by source; those no longer used are left out."""
    found = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        entry = message.find("translation")
        if entry is None or entry.get("type") in ("vanished", "obsolete"):
            continue
        has_plural = message.get("numerus") == "yes"
        forms = [form.text or "" for form in entry.iter("numerusform")] if has_plural else [entry.text or ""]
        is_finished = entry.get("type") != "unfinished" and all(forms)
        found[message.findtext("source", "")] = Translation(tuple(forms), has_plural, is_finished)
    return found


def write_catalogue(path: Path, texts: dict[str, Text], known: dict[str, Translation]) -> None:
    """Write a catalogue with all texts; a text without a translation is marked as unfinished."""
    language = path.stem.rpartition("_")[2]
    forms = max((len(one.forms) for one in known.values()), default=2)
    messages = "".join(_message(text, known.get(text.source), forms) for text in texts.values())
    path.write_text(
        f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{language}" sourcelanguage="en">
<context>
    <name>{CONTEXT}</name>
{messages}</context>
</TS>
""",
        "utf-8",
    )


def _message(text: Text, known: Translation | None, plural_forms: int) -> str:
    has_plural = text.one is not None
    if known is None or known.has_plural != has_plural:
        known = Translation(("",) * (plural_forms if has_plural else 1), has_plural, False)
    forms = known.forms
    content = escape(forms[0])
    if has_plural:
        inner = "".join(f"\n            <numerusform>{escape(form)}</numerusform>" for form in forms)
        content = f"{inner}\n        "
    state = "" if known.is_finished else ' type="unfinished"'
    places = "".join(f'        <location filename="../../../{place}"/>\n' for place in text.files)
    numerus = ' numerus="yes"' if has_plural else ""
    return (
        f"    <message{numerus}>\n{places}        <source>{escape(text.source)}</source>\n"
        f"        <translation{state}>{content}</translation>\n    </message>\n"
    )


def compile_catalogue(path: Path, into: Path) -> None:
    """Compile a catalogue with Qt's lrelease, which is part of PySide6-Essentials."""
    program = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent)) or "pyside6-lrelease"
    subprocess.run([program, "-silent", str(path), "-qm", str(into)], check=True)


def main(languages: list[str]) -> None:
    """Update and compile all catalogues, and begin those of other languages."""
    CATALOGUES.mkdir(exist_ok=True)
    texts = texts_of_program()
    new = [CATALOGUES / f"face_match_{language}.ts" for language in languages]
    for path in sorted({*catalogues(), *new}):
        known = read_catalogue(path) if path.exists() else {}
        write_catalogue(path, texts, known)
        compile_catalogue(path, path.with_suffix(".qm"))
        unfinished = sum(not one.is_finished for one in read_catalogue(path).values())
        print(f"{path.name}: {len(texts)} texts, {unfinished} unfinished")


if __name__ == "__main__":
    main(sys.argv[1:])
