"""The reasons in errors are in the language of the user, but for what libraries say, which is quoted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import face_match
from face_match.core import errors
from face_match.core.reasons import REASONS, reason_text
from face_match.core.translation import ENGLISH, Language, match_template, use_language

PROGRAM = Path(face_match.__file__).parent
RAISED = {name for name in vars(errors) if name.endswith("Error")} | {"RefusedError", "UnsafePathError"}
NAMES_OF_REASONS = ("reason", "reasons", "detail", "needed", "objection")
OF_COMMANDS_ALONE = {"group_labels.py", "reference.py", "registry.py", "destinations.py", "single_stage.py"}
NOT_SHOWN = {"it is gone", "unknown", "added", "damaged"}
"""Kinds of an error rather than reasons; and “damaged”, which is one of `REASONS`."""


class German(Language):
    """The German catalogue without Qt."""

    is_english = False

    def __init__(self) -> None:
        path = PROGRAM / "gui" / "translations" / "face_match_de.ts"
        found = ElementTree.parse(path).iter("message")
        self.texts = {one.findtext("source") or "": one.findtext("translation") or "" for one in found}

    def text(self, text: str, count: int | None = None) -> str:
        return self.texts.get(text) or text

    def number(self, value: float, decimals: int) -> str:
        return super().number(value, decimals).translate(str.maketrans(",.", ".,"))


@pytest.fixture
def german() -> Iterator[German]:
    language = German()
    use_language(language)
    yield language
    use_language(ENGLISH)


def texts_of(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may be, with 7 for each value in them."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in parts)
        case ast.IfExp(body=body, orelse=other):
            yield from texts_of(body)
            yield from texts_of(other)
        case ast.BoolOp(values=values):
            for value in values:
                yield from texts_of(value)
        case ast.Dict(values=values):
            for value in values:
                yield from texts_of(value)


def reasons_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The reasons that errors are raised with, or that are returned and assigned to be raised."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in RAISED:
                first = 0 if name in ("RefusedError", "UnsafePathError") else 1
                found = args[first : first + 1]
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in (
                *NAMES_OF_REASONS,
                "reasons",
            ):
                found = [value]
            case ast.FunctionDef(name=name) if name.endswith(("_reason", "_objection", "_too_many_pixels")):
                found = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
            case _:
                continue
        for expression in found:
            for text in texts_of(expression):
                yield node.lineno, text


def is_known(text: str, german: German) -> bool:
    """Whether a text is in the catalogue, or made from a template, not from one that fits nearly any text."""
    if german.texts.get(text) or text in ("7", "7 in 7"):
        return True
    template, values = match_template(text, REASONS) or ("", {})
    return bool(template) and ("what" not in values or is_known(values["what"], german))


def test_every_reason_can_be_translated(german: German) -> None:
    unknown, count = [], 0
    for path in sorted(PROGRAM.rglob("*.py")):
        if path.name in OF_COMMANDS_ALONE or "cli" in path.parts or path.name == "evaluate.py":
            continue
        for line, text in reasons_in(ast.parse(path.read_text("utf-8"))):
            count += 1
            if text.strip() and text not in NOT_SHOWN and not is_known(text, german):
                unknown.append(f"{path.relative_to(PROGRAM)}:{line}: {text}")
    assert count > 80
    assert not unknown, (
        "\n".join(unknown) + "\nmark them where they are raised, or add a template to core/reasons.py"
    )


@pytest.mark.parametrize(
    ("raised", "shown"),
    [
        ("12,000 megapixels, over 200", "12.000 Megapixel, mehr als 200"),
        (
            "89 megapixels, over 50 in progressive JPEG",
            "89 Megapixel, mehr als 50 in progressives JPEG",
        ),
        ("a PDF file, which is not supported", "eine PDF-Datei; das wird nicht unterstützt"),
        ("No space left on device", "auf dem Datenträger ist kein Platz mehr"),
        (
            "it could not be saved (No space left on device)",
            "konnte nicht gespeichert werden (auf dem Datenträger ist kein Platz mehr)",
        ),
        ("it leads out of the gallery", "es führt aus der Galerie hinaus"),
        ("“../a.png” in it has an unsafe path", "“../a.png” darin hat einen unsicheren Pfad"),
        ("no connection (Connection refused)", "keine Verbindung (Verbindung abgelehnt)"),
        ("near “SELEC”: syntax error", "technische Meldung: „near “SELEC”: syntax error“"),
        ("", ""),
    ],
)
def test_a_reason_is_in_german_with_its_values(german: German, raised: str, shown: str) -> None:
    assert reason_text(raised) == shown


@pytest.mark.parametrize("code", [28, 13, 2, 21, 20, 17, 30, 5, 24, 36, 1, 111, 110, 101])
def test_what_the_system_says_is_in_german(german: German, code: int) -> None:
    import os

    assert "technische" not in reason_text(os.strerror(code))
    assert reason_text(os.strerror(code)) != os.strerror(code)


def test_in_english_reasons_are_as_they_are_raised() -> None:
    assert reason_text("near “SELEC”: syntax error") == "near “SELEC”: syntax error"


def test_the_number_of_a_process_has_no_separators(german: German) -> None:
    holder = reason_text("process 29304 on desk since 12:00")
    assert holder == "Prozess 29304 auf desk seit 12:00"
