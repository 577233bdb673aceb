"""Control and invisible characters are escaped; names of all countries stay unchanged."""

from __future__ import annotations

import json
import logging
import random
import unicodedata

import pytest

from face_match.cli.output import Output, Parser, log_to_terminal
from face_match.core.visible_text import escape_invisible, json_for_terminal, spreadsheet_cell

OBEYED = {
    "escape": "\x1b[2J",
    "one-character CSI": "\x9b2J",
    "link": "\x1b]8;;http://x.invalid\x07Ada\x1b]8;;\x1b\\",
    "OSC of one character": "\x9d0;title\x9c",
    "bell": "\x07",
    "return": "Ada\rEve",
    "backspace": "Ada\b\b\bEve",
    "line feed": "Ada\nEve",
    "tab": "Ada\tEve",
    "delete": "Ada\x7f",
    "null": "Ada\0",
    "next line": "Ada\x85Eve",
    "line separator": "Ada\u2028Eve",
    "paragraph separator": "Ada\u2029Eve",
    "override": "\u202eadA",
    "isolate": "\u2067Ada\u2069",
    "first strong isolate": "\u2068Ada",
    "mark": "\u200fAda\u200e",
    "Arabic mark": "Ada\u061c",
    "no width": "A\u200bd\u2060a\ufeff",
    "joiner of Latin letters": "A\u200dd\u200ca",
    "joiner at the end": "श्री\u200d",
    "joiners in a row": "👩\u200d\u200d🚀",
    "selector of Latin letters": "Ad\ufe0fa",
    "selectors in a row": "❤\ufe0f\ufe0f",
    "tags": "Ada\U000e0041\U000e0042",
    "tags behind a flag without an end": "🏴\U000e0067\U000e0062",
    "filler": "\u3164Ada",
    "soft hyphen": "Ad\xada",
    "half a character": "Ada\ud83d",
}

READABLE = (
    *("Zoë Çelik", "e\u0301a", "李小龍", "葛\U000e0100城", "Ирина", "O’Neill & <Sons>", "A\u00a0B", "12 %"),
    *("أحمد بن محمد", "שרה לוי", "می\u200cخواهم", "श्री", "क्\u200dष", "ශ්\u200dරී", "ᠠ\u180b"),
    *(
        "👩\u200d🚀",
        "👩🏽\u200d🔬",
        "❤\ufe0f\u200d🔥",
        "🏳\ufe0f\u200d🌈",
        "1\ufe0f\u20e3",
        "👨\u200d👩\u200d👧",
        "\\x1b",
    ),
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
)


def is_unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


@pytest.mark.parametrize("text", OBEYED.values(), ids=OBEYED)
def test_control_and_invisible_characters_are_escaped(text: str) -> None:
    shown = escape_invisible(text)
    assert shown != text
    assert "\\" in shown
    odd = [c for c in shown if is_unseen(c) and c != "\u200d"]
    assert odd == []
    assert escape_invisible(shown) == shown


@pytest.mark.parametrize("text", READABLE)
def test_names_of_all_countries_and_emoji_stay_as_they_are(text: str) -> None:
    assert escape_invisible(text) == text


def test_how_it_is_written() -> None:
    assert escape_invisible("\x1b\x9b\u202e\U000e0041\n") == "\\x1b\\x9b\\u202e\\U000e0041\\n"
    assert escape_invisible("a\nb\x1b", but="\n") == "a\nb\\x1b"


def test_no_mixture_of_signs_gets_a_control_through() -> None:
    chosen = random.Random(24)
    alphabet = [*"ab1 ا𐤀क\u094d👩❤️🏴", *"".join(OBEYED.values()), "\u200c", "\u200d", "\ufe0f", "\U000e007f"]
    allowed = {"\u200c", "\u200d", "\U000e007f"} | {chr(c) for c in range(0xE0020, 0xE007F)}
    for _ in range(20_000):
        shown = escape_invisible("".join(chosen.choices(alphabet, k=8)))
        assert not [c for c in shown if is_unseen(c) and c not in allowed]


@pytest.mark.parametrize("is_ascii", [False, True])
def test_json_is_the_same_data_and_safe_to_print(is_ascii: bool) -> None:
    data = {"names": [*OBEYED.values(), *READABLE], "\u202e": {"nested": ["\x9b", 1.5, None, True]}}
    told = json_for_terminal(json.dumps(data, ensure_ascii=is_ascii, indent=1))
    assert json.loads(told) == data
    assert [c for c in told if is_unseen(c) and c != "\n"] == []


def test_lines_notes_failures_and_wrong_usage_are_all_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(as_json=False)
    parser = Parser(prog="program")
    parser.add_argument("--number", type=int)
    for text in OBEYED.values():
        output.line(text)
        output.note(text)
        for arguments in ([text], ["--number", text], [f"--{text}"]):
            with pytest.raises(SystemExit):
                parser.parse_args(arguments)
    told = capsys.readouterr()
    assert [c for c in told.out + told.err if is_unseen(c) and c not in "\n\u200d"] == []
    assert len(told.out.splitlines()) == len(OBEYED)


def test_a_log_line_is_one_line_and_its_traceback_readable(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, root.handlers = root.handlers, []
    try:
        log_to_terminal()
        try:
            raise ValueError("\x1b[2J")
        except ValueError:
            logging.getLogger("library").exception("cannot read %s", "a\nERROR forged\x9b")
    finally:
        root.handlers = before
    told = capsys.readouterr().err
    assert told.startswith("ERROR library: cannot read a\\nERROR forged\\x9b\nTraceback")
    assert told.endswith("ValueError: \\x1b[2J\n")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\r=1",
            "\n=1",
            "  =1",
            "'=1",
            '"=1',
            "\u00a0=1",
            "\ufeff=1",
        ),
        *("＝1", "＋1", "－1", "＠a", "=cmd|' /C calc'!A0"),
    ],
)
def test_a_cell_that_could_be_a_formula_is_text(text: str) -> None:
    assert spreadsheet_cell(text) == f"'{text}"


@pytest.mark.parametrize("separator", [";", "|", "\t"])
def test_nor_does_one_begin_in_the_middle_of_a_cell(separator: str) -> None:
    assert spreadsheet_cell(f"{separator}=1") in (f"{separator}'=1", f"'{separator}'=1")
    assert spreadsheet_cell(f'Ada{separator} "=1') == f"Ada{separator}' \"=1"


@pytest.mark.parametrize("text", ["", "Ada", "Ada = Eve", "a-b", "/photos/=1.jpg", "'Ada'", "1"])
def test_other_cells_are_as_they_are(text: str) -> None:
    assert spreadsheet_cell(text) == text
