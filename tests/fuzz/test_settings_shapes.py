"""Settings whose JSON is in order, and whose values are of any kind."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from face_match.core.settings import Settings

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["name", "/a\0b"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
    max_leaves=10,
)
SAVED = st.dictionaries(st.sampled_from([field.name for field in fields(Settings)]), VALUES)


@given(saved=SAVED)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_values_of_any_kind_are_read_as_settings_that_can_be_saved(
    saved: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.json"
    monkeypatch.setattr("face_match.core.settings.settings_file", lambda: file)
    file.write_text(json.dumps(saved), "utf-8")
    found = Settings.load()
    found.gallery_to_open()
    failed: list[Exception] = []
    found.save(failed.append)
    assert failed == []
    assert Settings.load() == found
    usual = Settings()
    for field in fields(Settings):
        assert type(getattr(found, field.name)) is type(getattr(usual, field.name))
