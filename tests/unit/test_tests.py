"""No test is written so that it cannot fail, as far as its text shows that."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CPU_CLOCKS = ("process_time", "process_time_ns", "thread_time", "thread_time_ns")
"""They stand still while a test waits."""
CHECKING = {"fail", "raises", "warns", "waitUntil", "waitSignal", "assert_array_equal"}
"""Functions of pytest, pytest-qt and NumPy that make a test fail."""
AS_MANY = ("zip", "enumerate", "reversed", "sorted", "map", "list", "items", "values")
"""Calls that give as many as their arguments, or what they are called on, have."""

Rule = Callable[[ast.FunctionDef], Iterator[ast.AST]]


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(TESTS.rglob("*.py"))}


@cache
def functions_in(tree: ast.AST) -> list[ast.FunctionDef]:
    return [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]


def called(node: ast.AST) -> str:
    """Name of the function or method that a call calls."""
    match node:
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name)):
            return name
    return ""


@cache
def checking_functions() -> set[str]:
    """Functions of the tests that assert something, or call one that does."""
    callees: dict[str, set[str]] = {}
    asserting = {*CHECKING}
    for function in (one for tree in trees().values() for one in functions_in(tree)):
        nodes = [*ast.walk(function)]
        callees.setdefault(function.name, set()).update(map(called, nodes))
        if any(isinstance(node, ast.Assert) for node in nodes):
            asserting.add(function.name)
    while more := {name for name in callees.keys() - asserting if callees[name] & asserting}:
        asserting |= more
    return asserting


def is_check(node: ast.AST, checking: set[str]) -> bool:
    return isinstance(node, ast.Assert) or called(node) in checking


def has_elements(node: ast.AST, names: set[str]) -> bool:
    """Whether what is looped over has elements for certain: written out, a constant, or one of the names."""
    match node:
        case ast.Tuple() | ast.List() | ast.Set():
            return bool(node.elts)
        case ast.Dict():
            return bool(node.keys)
        case ast.Constant():
            return bool(node.value)
        case ast.Name(name) | ast.Attribute(attr=name):
            return name.isupper() or name in names
        case ast.Subscript(value):
            return has_elements(value, names)
        case ast.Call() if called(node) == "range":
            return True
        case ast.Call() if called(node) in AS_MANY:
            on = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            return any(has_elements(one, names) for one in (*node.args, *on))
    return False


def sure_checks(test: ast.FunctionDef) -> Iterator[ast.AST]:
    """Checks that are made however many elements the sets of a test have."""
    names = {
        target.id
        for one in ast.walk(test)
        if isinstance(one, ast.Assign | ast.AnnAssign) and one.value is not None
        for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
        if isinstance(target, ast.Name) and has_elements(one.value, set())
    }

    def below(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.For) and not has_elements(child.iter, names):
                continue
            match child:
                case ast.Assert(ast.Call(ast.Name("all"), [ast.GeneratorExp(generators=[over, *_])])):
                    if not has_elements(over.iter, names):
                        continue
            if is_check(child, checking_functions()):
                yield child
            yield from below(child)

    return below(test)


# What is complained of


def nothing_checked(test: ast.FunctionDef) -> Iterator[ast.AST]:
    """No assertion, or assertions on each element only of what may have none."""
    if next(sure_checks(test), None) is None:
        yield test


def empty_text_searched_for(test: ast.FunctionDef) -> Iterator[ast.AST]:
    """`"" in text`, also where the empty text is one of the values of a parameter or loop."""
    empty = {name for name, values in values_of(test).items() if any(map(is_empty_text, values))}
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            for one in ast.walk(node.test):
                if isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.In):
                    left = one.left
                    if is_empty_text(left) or (isinstance(left, ast.Name) and left.id in empty):
                        yield node


def is_empty_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("", b"")


def values_of(test: ast.FunctionDef) -> dict[str, list[ast.AST]]:
    """What is written out as values of parameters and of loops, by name."""
    rows: list[tuple[list[str], ast.AST]] = []
    for decorator in test.decorator_list:
        if called(decorator) == "parametrize" and len(decorator.args) > 1:  # type: ignore[attr-defined]
            names, values = decorator.args[:2]  # type: ignore[attr-defined]
            rows.append(([one.strip("\"' ") for one in ast.unparse(names).strip("()[]").split(",")], values))
    for node in ast.walk(test):
        if isinstance(node, ast.For):
            rows.append(([one.strip() for one in ast.unparse(node.target).strip("()").split(",")], node.iter))
    found: dict[str, list[ast.AST]] = {}
    for names, values in rows:
        for row in getattr(values, "elts", []):
            cells = [row] if len(names) == 1 else getattr(row, "elts", [])
            for name, cell in zip(names, cells, strict=False):
                found.setdefault(name, []).append(cell)
    return found


def any_exception_expected(test: ast.FunctionDef) -> Iterator[ast.AST]:
    """`pytest.raises(Exception)`, which a mistake in the test passes as well."""
    for node in ast.walk(test):
        if called(node) == "raises" and node.args:  # type: ignore[attr-defined]
            kinds = {ast.unparse(one) for one in ast.walk(node.args[0])}  # type: ignore[attr-defined]
            if kinds & {"Exception", "BaseException"}:
                yield node


def processor_time_measured(test: ast.FunctionDef) -> Iterator[ast.AST]:
    """What waits for ever takes no processor time."""
    return (node for node in ast.walk(test) if called(node) in CPU_CLOCKS)


def constant_asserted(test: ast.FunctionDef) -> Iterator[ast.AST]:
    """`assert True`, `assert (value, "message")`, `assert value or "message"`."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            parts = [node.test]
            if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.Or):
                parts = node.test.values
            if any(isinstance(one, ast.Tuple | ast.Constant) and has_elements(one, set()) for one in parts):
                yield node


RULES: dict[Rule, str] = {
    nothing_checked: "for one in found():\n  assert one\n assert all(one for one in found())",
    empty_text_searched_for: "for said in ('x', ''):\n  assert said in text",
    any_exception_expected: "with pytest.raises((ValueError, Exception)):\n  do()",
    processor_time_measured: "assert time.process_time() < 1",
    constant_asserted: "assert found or 'something'",
}
"""Each with a test that it complains of."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_test_is_one_that_cannot_fail(rule: Rule) -> None:
    tests = [
        (path, test)
        for path, tree in trees().items()
        for test in functions_in(tree)
        if test.name.startswith("test_") or rule is processor_time_measured
    ]
    assert len(tests) > 1500
    complaints = [
        f"{path.relative_to(TESTS)}:{node.lineno} {test.name}"  # type: ignore[attr-defined]
        for path, test in tests
        for node in rule(test)
    ]
    assert complaints == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_what_is_complained_of_is_found(rule: Rule) -> None:
    (bad,) = functions_in(ast.parse(f"def test_it():\n {RULES[rule]}"))
    assert [*rule(bad)], "the example"
    (good,) = functions_in(ast.parse("def test_it():\n for one in ('a', 'b'):\n  assert one in text"))
    assert [*rule(good)] == []
