"""Loaded by the workers of a cluster before they begin: photos with certain names bring accidents."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from face_match.vision.pipeline import FacePipeline
from face_match.workflows.cluster import worker
from face_match.workflows.photo_reading import PhotoWithFaces, find_faces

worker.PHOTO_S = 20


def with_accidents(path: Path, turn: int | None, pipeline: FacePipeline) -> PhotoWithFaces:
    if path.name == "deadly.jpg":
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name == "endless.jpg":
        time.sleep(1000)
    if path.name == "odd.jpg":
        raise ZeroDivisionError
    return find_faces(path, turn, pipeline)


worker.find_faces = with_accidents
