"""Collections pass over records of faces while a gallery is open, and look at all once it is closed."""

from __future__ import annotations

import gc
from pathlib import Path

from tests.gui.made_faces import made_clusters
from tests.gui.review_driver import ReviewDriver


def test_grouped_faces_are_left_out_of_collections_until_the_gallery_is_closed(
    open_window, tmp_path: Path
) -> None:
    review = ReviewDriver(open_window(made_clusters(tmp_path / "gallery", people=3, each=4)))
    face = review.faces[0]
    assert all(one is not face for one in gc.get_objects()), "no collection looks at it"
    assert gc.get_freeze_count() > 0
    review.main.window.unnamed.close()
    assert gc.get_freeze_count() == 0
