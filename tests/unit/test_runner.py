"""What `python -m tests` makes of tests that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.__main__ as runner

FAILS_ONCE = """
from pathlib import Path

def test_passes_alone():
    mark = Path(__file__).with_suffix(".mark")
    had_run = mark.exists()
    mark.touch()
    assert had_run

def test_passes():
    assert len(__name__) > 0
"""
FAILS = "def test_fails():\n    assert False\n"


def run(folder: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> bool:
    files = [folder / f"test_made_{number}.py" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    monkeypatch.setattr(runner, "parts", lambda: (runner.Part(file.stem, [file]) for file in files))
    return runner.run_all(["--rootdir", str(folder)], jobs=2)


def test_what_fails_beside_others_and_passes_alone_is_named(tmp_path, monkeypatch, capsys) -> None:
    assert run(tmp_path, [FAILS_ONCE], monkeypatch)
    said = capsys.readouterr().out
    assert "passed alone: test_made_0::test_passes_alone" in said and "Passed." in said


def test_what_fails_again_has_failed(tmp_path, monkeypatch, capsys) -> None:
    assert not run(tmp_path, [FAILS_ONCE, FAILS], monkeypatch)
    said = capsys.readouterr().out
    assert "FAILED: test_made_1 " in said and "test_fails" in said and "test_passes_alone" in said


def test_where_much_fails_nothing_is_repeated(tmp_path, monkeypatch, capsys) -> None:
    assert not run(tmp_path, [FAILS_ONCE] * (runner.MOST_REPEATED + 1), monkeypatch)
    assert "passed alone" not in capsys.readouterr().out
