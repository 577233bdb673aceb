"""The photo that is measured with where none is given."""

from __future__ import annotations

from pathlib import Path


def hopper() -> Path:
    """Rear Admiral Grace Hopper, in the public domain, as it comes with matplotlib."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg"
