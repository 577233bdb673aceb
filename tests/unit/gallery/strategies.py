"""Hypothesis strategies for actions on a gallery."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.unit.gallery.synthetic_photos import PHOTOS, PLACES

NAMES = ["Ada", "Grace", "Joan"]
KEYS = st.tuples(st.integers(0, PHOTOS - 1), st.integers(0, len(PLACES) - 1))
SOME_KEYS = st.lists(KEYS, min_size=1, max_size=3, unique=True)
SOME_NAMES = st.sampled_from(NAMES)
PATHS = st.integers(0, PHOTOS)
WHERE = st.tuples(PATHS, st.sampled_from([1, 6]))
"""The path and EXIF orientation of a photo."""
DEATHS = st.none() | st.none() | st.integers(1, 45)
"""The number of the disk-changing call at which a step is killed; None for a step that is not."""
KEPT = st.sampled_from(["database", "file", "encrypted", "decrypted"])
"""How a folder is to keep its gallery."""
SOME_BIRTHS = st.sampled_from(["", "2014", "2014-05-17"])
