"""Finds texts in the source of the window that users see and translators do not get."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from face_match.gui.menus import MENUS, Entry, Submenu

SHOWING = {
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText"),
    *("setWindowTitle", "setTitle", "setHeaderLabels", "setLabelText", "setSuffix", "setPrefix", "drawText"),
    *("addAction", "addMenu", "addRow", "addTab", "addItem", "addButton", "addSection"),
    *("button", "add_button", "button_box", "add_action_button"),
    *(
        "QLabel",
        "PlainLabel",
        "WrappedLabel",
        "QPushButton",
        "Button",
        "QAction",
        "QCheckBox",
        "QRadioButton",
    ),
    *("QMenu", "QGroupBox", "Placeholder", "post", "show_placeholder", "setInformativeText"),
}
"""Functions whose texts are shown, also single words."""
HIDDEN = {
    *("debug", "info", "warning", "error", "exception", "complain", "getLogger", "compile", "search", "sub"),
    *("setObjectName", "is_busy", "drop", "cancel", "end", "startswith", "endswith", "setStyleSheet"),
    *(
        "findChild",
        "findChildren",
        "show_keys",
        "key_text",
        "getattr",
        "NamedTuple",
        "TypeVar",
        "add_argument",
        "QKeySequence",
    ),
}
"""Functions whose texts are not shown."""
HIDDEN_ARGUMENTS = {"key", "object_name", "keys", "icon", "metavar"}
PASSING_ON = {"translated", "SkippedPhotos", "_show_skipped", "failed_photos", "_start"}
"""Functions that take marked texts, and translate them where they are shown."""
TRANSLATING = {"tr", "tr_count", "marked", "translated"}
WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]|[^\W\d_]{2,}[.…?!]$")
LABEL = re.compile(r"[&A-Z][&A-Za-z]*[a-z]( ?…|:)?")
LETTERS = re.compile(r"[^\W\d_]{2,}")
KEYS = (
    "Ctrl",
    "Enter",
    "Return",
    "Del",
    "Delete",
    "Space",
    "Esc",
    "Escape",
    "Tab",
    "Backspace",
    "Home",
    "End",
)
MORE_KEYS = ("Left", "Right", "Up", "Down", "PgUp", "PgDn", "PgDown", "Page Up, Page Down", "Letters")
TECHNICAL = re.compile(
    r"[a-z0-9{}]+([-_/.][a-z0-9{}]+)+|\*\.[a-z* .]+"  # names of icons and files, MIME types
    r"|[a-z{}]+[A-Z][A-Za-z{}]*"  # names of objects
    r"|[yMdHms:. ,-]+"  # patterns of dates
    r"|<qt>.*"
    r"|.*\[\\d,\]\+.*"  # regular expressions
    r"|(Ctrl|Shift|Alt)[+ ].*"  # keys, which Qt translates
    r"|Face Match( \{\}\.\w+)?|\{\} \(\*.*"
)
TASKS = (
    "search suggestions",
    "guesses of faces",
    "records of faces",
    "whole photo",
    "photo grid",
    "models in use",
)
COMMANDS = ("zoom in", "zoom out", "turn left", "turn right", "show ignored", "next group", "previous group")
ACTIONS = {
    entry.action
    for _, entries in MENUS
    for group in entries
    for entry in (group.entries if isinstance(group, Submenu) else (group,))
    if isinstance(entry, Entry)
}
HIDDEN_TEXTS = {*KEYS, *MORE_KEYS, *TASKS, *COMMANDS, *ACTIONS}


def untranslated(source: str) -> list[str]:
    """The texts in a file that look as if they were shown, each with its line."""
    finder = _Finder()
    finder.visit(ast.parse(source))
    return [f"{line}: {text}" for line, text in sorted(finder.found)]


def early(source: str) -> list[str]:
    """Calls of `tr` and `tr_count` while a module is imported, when no language is set yet."""
    tree = ast.parse(source)
    return [f"{node.lineno}: {ast.unparse(node)}" for node in _outside_functions(tree) if _is_early(node)]


def _is_early(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("tr", "tr_count", "translated")
    )


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.Lambda)):
            for default in child.args.defaults:
                yield from [default, *_outside_functions(default)]
            continue
        yield child
        yield from _outside_functions(child)


def marked_constants(source: str) -> set[str]:
    """The names of constants that are `marked` texts."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = (
                zip(target.elts, value.elts, strict=True)
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
                else [(target, value)]
            )
            found |= {ast.unparse(name) for name, text in pairs if _name_of_call(text) == "marked"}
    return found


def shown_in_english(source: str, marked: set[str]) -> list[str]:
    """Uses of marked constants in functions that do not go through `translated`.

    Args:
        marked: the names of the constants, as the file writes them.
    """
    found: list[str] = []

    def visit(node: ast.AST, is_hidden: bool) -> None:
        if isinstance(node, (ast.Name, ast.Attribute)) and ast.unparse(node) in marked and not is_hidden:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
            return
        passes_on = _name_of_call(node) in PASSING_ON or isinstance(node, (ast.Compare, ast.arguments))
        for child in ast.iter_child_nodes(node):
            visit(child, is_hidden or passes_on)

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            visit(node, False)
    return sorted(set(found))


def _name_of_call(node: ast.AST) -> str:
    return ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""


class _Finder(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self._pattern = WORDS

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func).rpartition(".")[2]
        if name in TRANSLATING:
            for value in (*node.args, *(one.value for one in node.keywords)):
                if not isinstance(value, ast.Constant):
                    self.visit(value)
            return
        self.visit(node.func)
        if name in HIDDEN:
            return
        before, self._pattern = self._pattern, LETTERS if name in SHOWING else WORDS
        for place, value in enumerate(node.args):
            # the second argument of these is an object name
            if name == "Key" and place == 0:  # `key_text` translates it
                continue
            is_queue = place == 1 and ast.unparse(node.args[0]) in ("tasks", "self._tasks")
            if not (is_queue or (name in ("button", "WrappedLabel", "PlainLabel") and place == 1)):
                self.visit(value)
        for keyword in node.keywords:
            if keyword.arg not in HIDDEN_ARGUMENTS:
                self.visit(keyword.value)
        self._pattern = before

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and (self._pattern.search(node.value) or LABEL.fullmatch(node.value)):
            self._add(node, node.value)

    def _add(self, node: ast.expr, text: str) -> None:
        if text not in HIDDEN_TEXTS and not TECHNICAL.fullmatch(text):
            self.found.append((node.lineno, text))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        if LETTERS.search(text.replace("{}", "")):
            self._add(node, text)
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                self.visit(one.value)

    def _visit_body(self, node: ast.Module | ast.ClassDef | ast.FunctionDef) -> None:
        before, self._pattern = self._pattern, WORDS
        for child in node.body:
            is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if not is_docstring:
                self.visit(child)
        self._pattern = before

    def visit_Module(self, node: ast.Module) -> None:
        self._visit_body(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        is_enum = any("Enum" in ast.unparse(base) for base in node.bases)
        if not is_enum:
            self._visit_body(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        self._visit_body(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Keys are not shown."""
        self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        """What is compared is not shown."""

    def visit_Raise(self, node: ast.Raise) -> None:
        """Errors are worded in core.messages."""
