"""Every step that the gallery records is known to the window, which can then translate it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from face_match.core.translation import ENGLISH, Language, use_language
from face_match.gallery.records.history import DELETED_PREFIX, NAMED_PREFIX, REJECTED_PREFIX
from face_match.gui.step_phrases import DESCRIPTIONS, step_text

PACKAGE = Path(__file__).parents[2] / "face_match"


class Marking(Language):
    """A language that shows what was looked up."""

    def text(self, text: str, count: int | None = None) -> str:
        return f"<{text}>" if text in DESCRIPTIONS else text


@pytest.fixture
def marking() -> Iterator[None]:
    use_language(Marking())
    yield
    use_language(ENGLISH)


CASES = {
    "added a face to Ada": "<added 1 face to Ada>",
    "added 1,204 faces to Ada to B": "<added 1,204 faces to Ada to B>",
    "moved a face from Grace to Ada": "<moved 1 face from Grace to Ada>",
    "moved 3 faces from 4 people to Ada": "<moved 3 faces from 4 people to Ada>",
    "removed 2 faces from a group": "<removed 2 faces from a group>",
    "removed 2 faces of Ada and {Grace}": "<removed 2 faces of Ada and {Grace}>",
    "rejected Ada for a face": "<rejected Ada for 1 face>",
    "kept the current names in 1 conflict": "<kept the current names in 1 conflict>",
    "said of a face: nobody": "said of a face: nobody",
}


@pytest.mark.usefixtures("marking")
@pytest.mark.parametrize("description", CASES)
def test_a_step_is_recognised(description: str) -> None:
    assert step_text(description) == CASES[description]


@pytest.mark.parametrize("description", CASES)
def test_english_is_as_recorded(description: str) -> None:
    assert step_text(description) == description


def descriptions_of(call: ast.Call) -> list[str]:
    """An example of what a call records; none where it passes on what it was given."""
    examples = {
        "NAMED_PREFIX": NAMED_PREFIX,
        "DELETED_PREFIX": DELETED_PREFIX,
        "REJECTED_PREFIX": REJECTED_PREFIX,
        "verb": "stopped ignoring",
        "whose": "kept the current names",
        "name": "Ada",
    }
    found = []
    for text in (node for argument in call.args for node in ast.walk(argument)):
        if isinstance(text, ast.JoinedStr):
            parts = [
                part.value if isinstance(part, ast.Constant) else _example(ast.unparse(part.value), examples)
                for part in text.values
            ]
            found.append("".join(map(str, parts)))
    return found


def _example(expression: str, examples: dict[str, str]) -> str:
    if "faces_counted" in expression:
        return "3 faces"
    if "plural" in expression:
        return "2 conflicts"
    if "_of(" in expression:
        return " from Grace" if "from" in expression else " of Grace"
    if expression == "what":
        return "moved a face from Grace"
    return examples.get(expression, "Ada")


@pytest.mark.usefixtures("marking")
def test_every_description_in_the_gallery_is_known() -> None:
    recorded = []
    for path in sorted((PACKAGE / "gallery").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("self._apply", "self._apply_edits"):
                recorded += descriptions_of(node)
    assert len(recorded) > 10
    assert [text for text in recorded if step_text(text) == text] == []
