"""JSON for the server gives back every text, and has none that PostgreSQL refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.core.gallery_place import ServerAddress
from face_match.gallery.storage.server.connecting import connect
from face_match.gallery.storage.server.json_text import dumps, loads

HARD = [
    *("caf\udce9.jpg", "\ud83d", "\ude00 \ud83d", "\0", "\ufffe", "\ufffedce9", "\ufffeufffe", "\\ufffe"),
    *("\\udce9", "\\\udce9", "\\\\\udce9\\", "😀", '"\udce9"', "\ufffe\ufffe0000", "\udce9\udce9"),
]
TEXTS = st.text(st.one_of(st.characters(codec=None), st.sampled_from("\0\ufffe\udce9\ud83d\\u0de9"))).filter(
    lambda text: json.loads(json.dumps(text)) == text  # two halves that are one character, JSON itself joins
)


@given(
    st.recursive(TEXTS | st.none() | st.integers(), lambda one: st.dictionaries(TEXTS, one) | st.lists(one))
)
def test_every_value_comes_back(value: Any) -> None:
    assert loads(dumps(value)) == value
    assert loads(dumps(value).encode()) == value


@pytest.mark.parametrize("text", HARD)
def test_the_server_looks_into_every_text(server_address: ServerAddress, text: str) -> None:
    value = {"to": {"path": text, "file": "a"}}
    assert loads(dumps(value)) == value
    with connect(server_address) as connection:
        row = connection.execute("SELECT %s::json->'to'->>'file'", [dumps(value)]).fetchone()
    assert row == ("a",)


def test_what_was_written_before_is_read() -> None:
    assert loads('{"hints": ["caf\\udce9"]}') == {"hints": ["caf\udce9"]}
