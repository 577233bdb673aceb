"""What a worker answers is checked before it is recorded."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.core.errors import ImageUnreadableError, ModelFailedError
from face_match.core.messages import error_message
from face_match.workflows.cluster.replies import photo_in, photo_with_faces_in
from face_match.workflows.cluster.worker import PipelineSpec, faces_of

PATH = Path("a.png")
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def answer(astronaut_file: Path) -> dict[str, Any]:
    return faces_of(PipelineSpec.of("dlib", "onnx", "mtcnn", small_faces=False), str(astronaut_file), None)


def test_a_good_answer_is_read_as_it_was(answer: dict[str, Any]) -> None:
    photo, (face,) = photo_with_faces_in(answer, PATH, "dlib")
    assert [*photo] == answer["photo"]
    assert photo == photo_in(answer, PATH)
    assert face.embedding.tobytes() == answer["faces"][0]["embedding"]
    assert face.crop.pixels.tobytes() == answer["faces"][0]["crop"]["pixels"]


BAD: dict[str, Change] = {
    "no photo": lambda it: it.pop("photo"),
    "short photo": lambda it: it["photo"].pop(),
    "digest": lambda it: it["photo"].__setitem__(0, "../../etc"),
    "number as digest": lambda it: it["photo"].__setitem__(0, 7),
    "negative width": lambda it: it["photo"].__setitem__(5, -1),
    "orientation": lambda it: it["photo"].__setitem__(4, 9),
    "date": lambda it: it["photo"].__setitem__(7, "<b>yesterday</b>"),
    "faces": lambda it: it.__setitem__("faces", {}),
    "many faces": lambda it: it.__setitem__("faces", it["faces"] * 10_001),
    "box": lambda it: it["faces"][0].__setitem__("box", [0, 0, float("nan"), 1]),
    "confidence": lambda it: it["faces"][0].__setitem__("confidence", float("inf")),
    "landmarks": lambda it: it["faces"][0].__setitem__("landmarks", [[0, 0]] * 5),
    "shape": lambda it: it["faces"][0]["crop"].__setitem__("shape", [100_000, 100_000, 3]),
    "few pixels": lambda it: it["faces"][0]["crop"].__setitem__("pixels", b"123"),
    "verdict": lambda it: it["faces"][0]["quality"].__setitem__(0, "best"),
    "embedding": lambda it: it["faces"][0].__setitem__("embedding", np.ones(128, np.float32).tobytes()),
    "no embedding": lambda it: it["faces"][0].__setitem__("embedding", b""),
}


@pytest.mark.parametrize("change", BAD)
def test_a_bad_answer_is_the_failure_of_its_photo(answer: dict[str, Any], change: str) -> None:
    bad = copy.deepcopy(answer)
    BAD[change](bad)
    with pytest.raises(ImageUnreadableError, match="a worker’s answer is invalid"):
        photo_with_faces_in(bad, PATH, "dlib")


@pytest.mark.parametrize("bad", [None, 7, [], "text", {}, {"unreadable": 7}, {"model_failed": []}])
def test_what_is_no_answer_is_the_failure_of_its_photo(bad: object) -> None:
    with pytest.raises(ImageUnreadableError):
        photo_with_faces_in(bad, PATH, "dlib")


def test_failures_are_named_as_here(tmp_path: Path, answer: dict[str, Any]) -> None:
    spec = PipelineSpec.of("dlib", "onnx", "mtcnn", small_faces=False)
    with pytest.raises(ImageUnreadableError) as caught:
        photo_in(faces_of(spec, str(tmp_path), None), tmp_path)
    assert tmp_path.name in error_message(caught.value)
    with pytest.raises(ModelFailedError):
        photo_in({"model_failed": ["mine", "its process ended unexpectedly"]}, PATH)
