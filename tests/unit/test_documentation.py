"""README and docs say all that there is, lead where they say, and quote what was measured."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from benchmarks import accuracy_tables, quote
from face_match.cli.parser import COMMANDS, command_parser
from face_match.core import errors
from face_match.gui import keys

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
COMMAND_LINE = DOCS / "command-line.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
EVERY_COMMAND = "options of every command"

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SOURCE = re.compile(r"`((?:face_match|tests|benchmarks)/[\w./-]+)`")
MODULE = re.compile(r"python -m (benchmarks(?:\.\w+)?)")
VARIABLE = re.compile(r"(?:environ(?:\.get|\.setdefault|\.pop)?|getenv)[\[(]\s*([\w.]+|\"\w+\")")


@cache
def text_of(page: Path) -> str:
    return page.read_text("utf-8")


@cache
def sections(page: Path) -> dict[str, str]:
    """What stands below each heading, without what is below further headings; headings in lower case."""
    parts = re.split(r"^#+ (.+)$", CODE_FENCE.sub("", text_of(page)), flags=re.MULTILINE)
    return {heading.lower(): text for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", CODE_FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, from the program's own parser."""
    parser = command_parser()
    (found,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    found = {string for action in parser._actions for string in action.option_strings}
    return {option for option in found if option.startswith("--")} - {"--help"}


def common_options() -> set[str]:
    return set.intersection(*map(options, commands().values()))


def is_written(what: str, text: str) -> bool:
    """Whether it stands in code marks, and is no part of a longer word."""
    return re.search(rf"(?<![\w-]){re.escape(what)}(?![\w-])", code_of(text)) is not None


@cache
def code_of(text: str) -> str:
    """What stands in code marks, but in blocks."""
    return "\n".join(re.findall("`([^`]+)`", CODE_FENCE.sub("", text)))


def test_every_command_has_a_section_that_shows_how_it_is_typed() -> None:
    assert set(commands()) == set(COMMANDS)
    missing = [name for name in commands() if not is_written(name, sections(COMMAND_LINE).get(name, ""))]
    assert missing == []


def test_every_command_is_in_the_contents() -> None:
    contents = sections(COMMAND_LINE)["contents"]
    assert [name for name in commands() if f"[{name}](#{name})" not in contents] == []


def explained(section: str) -> str:
    """The first column of the tables of a section."""
    return "\n".join(re.findall(r"^\| (.+?) \|", sections(COMMAND_LINE)[section], re.MULTILINE))


def test_every_option_is_explained_in_the_section_of_its_command() -> None:
    common = common_options()
    assert {"--gallery", "--json"} <= common
    missing = {option: EVERY_COMMAND for option in common if not is_written(option, explained(EVERY_COMMAND))}
    for name, parser in commands().items():
        own = options(parser) - common
        missing |= {option: name for option in own if not is_written(option, explained(name))}
    assert missing == {}


def test_every_argument_and_option_has_a_help_text() -> None:
    without = [
        (name, action.dest)
        for name, parser in commands().items()
        for action in parser._actions
        if not (action.help or "").strip()
    ]
    assert without == []


def test_no_section_shows_an_option_that_its_command_does_not_have() -> None:
    text = sections(COMMAND_LINE)
    there = common_options()
    extra = {
        name: unknown
        for name, parser in commands().items()
        if (unknown := set(re.findall(r"`(--[\w-]+)", text[name])) - options(parser) - there)
    }
    assert extra == {}


def test_every_choice_of_an_argument_is_in_the_section_of_its_command() -> None:
    text = sections(COMMAND_LINE)
    missing = {
        (name, choice)
        for name, parser in commands().items()
        for action in parser._actions
        for choice in action.choices or ()
        if not is_written(choice, text[name]) and not is_written(choice, text[EVERY_COMMAND])
    }
    assert missing == set()


def keys_of_documents() -> Iterator[str]:
    """The keys of all dictionaries in the code that makes the JSON documents."""
    package = ROOT / "face_match"
    files = [*(package / "cli").glob("*.py"), package / "report/document.py", package / "workflows/doctor.py"]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            found: list[ast.expr | None] = []
            if isinstance(node, ast.Dict):
                found = list(node.keys)
            elif isinstance(node, ast.Subscript):
                found = [node.slice]
            for key in found:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value


def test_every_key_of_a_json_document_is_documented() -> None:
    found = {key for key in keys_of_documents() if re.fullmatch(r"[a-z][a-z0-9_]*", key)}
    assert {"matches", "similarity", "confidence_95", "problems"} <= found
    assert sorted(key for key in found if not is_written(key, text_of(COMMAND_LINE))) == []


@pytest.mark.parametrize(
    ("heading", "of_page"),
    [
        ("everywhere", keys.WINDOW_KEYS),
        ("photo", keys.PHOTO_KEYS),
        ("unnamed faces", keys.REVIEW_KEYS),
        ("people and their faces", keys.PEOPLE_KEYS),
        ("all photos", keys.ALL_PHOTOS_KEYS),
        ("photos of a search", keys.SEARCH_KEYS),
    ],
)
def test_every_key_is_in_the_table_of_its_window(heading: str, of_page: tuple[keys.Key, ...]) -> None:
    shown = set(re.findall(r"^\| (.+?) \|", sections(DOCS / "user-guide.md")[heading], re.MULTILINE))
    assert {key.shown for key in of_page} == shown - {"key"}


def variables() -> set[str]:
    """The environment variables that the program reads or sets."""
    found = set()
    for file in [*(ROOT / "face_match").rglob("*.py"), *ROOT.glob("*.py")]:
        text = text_of(file)
        for word in VARIABLE.findall(text):
            if word.startswith('"'):
                found.add(word.strip('"'))
            elif word.isupper():
                found |= _constant(word)
        found |= set(re.findall(r"FACE_MATCH_[A-Z_]+", text))
    return found


def _constant(name: str) -> set[str]:
    """The text that a constant of the package has."""
    for file in (ROOT / "face_match").rglob("*.py"):
        if value := re.search(rf'^{name}(?:: \w+)? = "(\w+)"', text_of(file), re.MULTILINE):
            return {value[1]}
    return {name}


def test_every_environment_variable_is_documented() -> None:
    found = variables()
    assert {"FACE_MATCH_GALLERY", "FACE_MATCH_PASSPHRASE", "FACE_MATCH_MODELS", "DISPLAY"} <= found
    text = sections(COMMAND_LINE)["environment variables"]
    assert sorted(name for name in found if not is_written(name, text)) == []


def kinds_of_errors() -> set[str]:
    """All kinds but the bases that are never raised themselves."""

    def below(kind: type) -> set[type]:
        return {kind}.union(*(below(one) for one in kind.__subclasses__()))

    bases = {
        "FaceMatchError",
        "_FileError",
        "_PathError",
        "SidecarError",
        "ModelError",
        "GalleryError",
        "SharedGalleryError",
        "ServerError",
    }
    return {kind.__name__ for kind in below(errors.FaceMatchError)} - bases


def test_every_kind_of_error_is_documented() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", sections(COMMAND_LINE)["errors"], re.MULTILINE))
    assert listed == kinds_of_errors()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(CODE_FENCE.sub("", text_of(page))):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        file = (page.parent / place).resolve() if place else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_source_file_and_benchmark_that_is_named_is_there(page: Path) -> None:
    if page.name == "CHANGELOG.md":  # which names what was there then
        return
    gone = [path for path in SOURCE.findall(text_of(page)) if not (ROOT / path).exists()]
    modules = (ROOT / module.replace(".", "/") for module in MODULE.findall(text_of(page)))
    gone += [f"{path}" for path in modules if not path.with_suffix(".py").exists() and not path.is_dir()]
    assert gone == []


def test_every_function_that_the_architecture_names_is_there() -> None:
    source = "\n".join(text_of(file) for file in (ROOT / "face_match").rglob("*.py"))
    defined = set(re.findall(r"(?:def|class) (\w+)", source))
    named = set(re.findall(r"(\w+)\(\)", text_of(DOCS / "architecture.md")))
    assert len(named) > 30
    assert named - defined == set()


@pytest.mark.parametrize(
    "page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix()
)
def test_no_two_headings_of_a_page_have_the_same_anchor(page: Path) -> None:
    headings = re.findall(r"^#+ (.+)$", CODE_FENCE.sub("", text_of(page)), re.MULTILINE)
    assert len(anchors(page)) == len(headings)


def test_every_picture_in_docs_is_shown_somewhere_or_is_the_dark_form_of_one() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in LINK.findall(text_of(page))
        if target.endswith(".png")
    }
    assert shown
    for picture in DOCS.rglob("*.png"):
        light = picture.with_name(picture.name.replace("-dark", "-light"))
        assert {picture, light} & shown, f"no page shows {picture.name}"


def test_the_readme_fits_on_two_screens() -> None:
    assert len(text_of(README).splitlines()) <= 120


def test_the_readme_has_the_commands_that_the_program_and_ci_take_from_it() -> None:
    install, windows, *_ = re.findall(r"^```\n(.*?)\n```", text_of(README), re.MULTILINE | re.DOTALL)
    assert "pip install -r requirements.txt" in install
    assert "pip install -r requirements.txt" in windows
    _, tests = text_of(README).split("<!-- test command -->\n```\n")
    assert "-m tests" in tests.split("\n```")[0]
    assert "<!-- test command -->" in text_of(ROOT / ".ci" / "run")


def test_every_page_that_the_code_names_is_there() -> None:
    files = [file for place in ("face_match", "benchmarks", "tests") for file in (ROOT / place).rglob("*.py")]
    named = {page for file in files for page in re.findall(r"\bdocs/[\w/-]+\.md", text_of(file))}
    assert named
    assert [page for page in named if not (ROOT / page).exists()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, left = {README}, [README]
    while left:
        page = left.pop()
        links = {(page.parent / target.partition("#")[0]).resolve() for target in LINK.findall(text_of(page))}
        new = {link for link in links if link.suffix == ".md" and link.exists()} - reached
        reached |= new
        left += new
    assert [page.name for page in DOCS.rglob("*.md") if page not in reached] == []


@pytest.mark.parametrize("page", quote.PAGES, ids=lambda page: page.name)
def test_the_quoted_figures_are_those_of_the_last_results(page: Path) -> None:
    assert quote.quoting(page) == text_of(page), "run python -m benchmarks.quote"


def measured(column: str, are_look_alikes: bool) -> list[float]:
    """Percentages from 10 people on, 5 for look-alikes, of the table of galleries of all people."""
    head, rows = accuracy_tables.read("open_set")
    found = {row[0]: float(row[head.index(column)].split(" %")[0]) for row in rows}
    sizes = (5, 10, 25, 50, 100) if are_look_alikes else (10, 25, 50, 100, 200)
    return [found[f"{people} look-alikes" if are_look_alikes else str(people)] for people in sizes]


def test_what_the_page_on_accuracy_says_in_short_is_what_its_tables_say() -> None:
    def between(column: str, are_look_alikes: bool) -> str:
        values = measured(column, are_look_alikes)
        return f"{min(values):.1f} to {max(values):.1f} %"

    for heading, column in (("Strangers", "FPIR now"), ("People in the gallery", "FNIR now")):
        _, said = sections(quote.ACCURACY)["in short"].split(f"**{heading}.**")
        figures = re.findall(r"[\d.]+ to [\d.]+ %", said.split("\n- ")[0])
        assert figures == [between(column, False), between(column, True)]


def test_the_readme_promises_what_was_measured() -> None:
    wrong, missed = re.search(
        r"10 to 200 adults in the gallery, up to (\d) in 100 strangers .*? up to (\d) in 100 faces",
        text_of(README),
        re.DOTALL,
    ).groups()
    assert int(wrong) - 1 < max(measured("FPIR now", False)) <= int(wrong)
    assert int(missed) - 1 < max(measured("FNIR now", False)) <= int(missed)
