"""Long JSON, and the memory that reading it takes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.gallery.storage import json_reading
from face_match.gallery.storage.json_reading import load_json

MOST_TIMES = 3.5
"""Memory for each byte of a long file: the file, its text, its values."""
SIZE = 80_000_000

PROGRAM = """
import re, sys
from pathlib import Path
from face_match.gallery.storage.json_reading import load_json

data = Path(sys.argv[1]).read_bytes()
try:
    load_json(data)
    print("read", end=" ")
except ValueError:
    print("refused", end=" ")
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024)
"""

EMOJI = "\U0001f600"


def sample(name: str) -> str:
    return json.dumps({"file": f"faces_db/{name}/1.png", "vector": "A" * 2_700}, ensure_ascii=False)


LONG: dict[str, tuple[str, Callable[[], str]]] = {
    "ASCII": ("read", lambda: "[" + ",\n".join([sample("Ada")] * (SIZE // 2_800)) + "]"),
    "names": ("read", lambda: "[" + ",\n".join([sample(f"Zoë {EMOJI}")] * (SIZE // 2_800)) + "]"),
    "escaped names": ("read", lambda: "[" + ",\n".join([sample("Zo\\u00eb\\\\")] * (SIZE // 2_800)) + "]"),
    "one string with an emoji": ("refused", lambda: f'["{EMOJI}{"a" * SIZE}"]'),
    "an emoji at the end": ("refused", lambda: f'["{"a" * SIZE}{EMOJI}"]'),
    "an escaped emoji": ("refused", lambda: f'["{"a" * SIZE}\\ud83d\\ude00"]'),
    "a mark before the emoji": ("refused", lambda: f'["{"a" * SIZE}\\"{EMOJI}\\""]'),
    "strings with an emoji each": (
        "refused",
        lambda: "[" + ",".join([f'"{EMOJI}{"a" * 50_000}"'] * 1_600) + "]",
    ),
    "emoji alone": ("refused", lambda: f'["{EMOJI * (SIZE // 4)}"]'),
    "an emoji outside of strings": ("refused", lambda: EMOJI + " " * SIZE),
    "an emoji that nothing ends": ("refused", lambda: f'["{EMOJI}' + " " * SIZE),
    "zeros of a sparse file": ("refused", lambda: f'["{EMOJI}' + "\0" * SIZE),
    "escapes": ("refused", lambda: '["' + "a\\n" * (SIZE // 3) + '"]'),
}


@pytest.mark.one_in(3, "two of three long files that would take much memory")
@pytest.mark.skipif(sys.platform != "linux", reason="the most memory is measured as Linux tells it")
@pytest.mark.parametrize("kind", LONG)
def test_long_json_takes_as_much_memory_as_it_is_long(kind: str, tmp_path: Path) -> None:
    outcome, content = LONG[kind]
    path = tmp_path / "long.json"
    path.write_text(content(), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True, timeout=60
    )
    told, peak = done.stdout.split()
    assert told == outcome
    assert int(peak) < MOST_TIMES * SIZE + 100e6


TEXTS = st.text(
    st.sampled_from(["a", '"', "\\", "\n", "é", "漢", EMOJI, "/", "\x7f", "u", "\ud800"]), max_size=12
)
VALUES = st.recursive(
    TEXTS | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)
)


@given(VALUES, st.booleans())
def test_long_json_means_the_same_as_short(value: object, is_ascii: bool) -> None:
    told = json.dumps(value, ensure_ascii=is_ascii)
    data = told.encode("utf-8", "surrogatepass")
    try:
        meant = json.loads(told if is_ascii else data.decode())
    except UnicodeDecodeError:
        with pytest.raises(ValueError, match="codec"):
            json.loads(json_reading._ascii(data))
        return
    assert json.loads(json_reading._ascii(data)) == meant


@given(st.text(st.sampled_from(["a", '"', "\\", "é", EMOJI, "[", "]", ",", "\n", "\0"]), max_size=12))
def test_long_invalid_json_is_refused(told: str) -> None:
    """What is read of damaged JSON is never something else than what it says."""

    def outcome(read: Callable[[], object]) -> object:
        try:
            return read()
        except ValueError:
            return "refused"

    data = f'["{told}"]'.encode()
    assert outcome(lambda: json.loads(json_reading._ascii(data))) == outcome(lambda: json.loads(data))


@pytest.mark.parametrize(
    ("limit", "value"), [("MAX_RECORDS_BYTES", 100), ("MAX_WIDE_BYTES", 5), ("MAX_BACKSLASHES", 0)]
)
def test_each_limit_is_enforced(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps(["Zoë", 'a "name"', "x" * 100], ensure_ascii=False).encode()
    monkeypatch.setattr(json_reading, "LONG_BYTES", 0)
    assert load_json(data)[0] == "Zoë"
    monkeypatch.setattr(json_reading, limit, value - 1 if limit == "MAX_WIDE_BYTES" else value)
    with pytest.raises(ValueError, match=re.compile("than a gallery")):
        load_json(data)
