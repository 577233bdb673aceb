"""Models of other projects that can be downloaded. A download starts only when the user asks for it; the file
is then tried and added like any other.

Addresses are pinned to a revision. Sizes and SHA-256 sums are those of opencv_zoo's Git LFS pointers, and
those that several unrelated programs use. The addresses themselves were not tested by us.
"""

from __future__ import annotations

from typing import NamedTuple

from face_match.core.errors import ModelRefusedError
from face_match.core.model_families import SFACE_SHA256
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.vision.models.added import AddedModel, added_models, models_dir
from face_match.vision.models.download import fetch
from face_match.vision.models.installation import examine_model
from face_match.vision.models.registry import Download

_ZOO = "https://media.githubusercontent.com/media/opencv/opencv_zoo/47534e27c9851bb1128ccc0102f1145e27f23f98/models"
_BUFFALO_L = (
    "https://huggingface.co/public-data/insightface/resolve/33c1063c49c785b7652d3fd529f86fa4f149392b/models/"
    "buffalo_l"
)
_BUFFALO_S = (
    "https://huggingface.co/deepghs/insightface/resolve/4e1f33d3fe0e50a0945f3a53ab94ae8977ae7ddb/buffalo_s"
)
_INSIGHTFACE = "InsightFace model zoo: non-commercial research only"


class DownloadableModel(NamedTuple):
    """A model that can be downloaded.

    Attributes:
        name: typed by the user, and the title of the added model.
        is_commercial: whether the licence allows commercial use.
        by: authors.
    """

    name: str
    family: str
    licence: str
    is_commercial: bool
    by: str
    download: Download


DOWNLOADABLE_MODELS = (
    DownloadableModel(
        "yunet-2023mar",
        "yunet",
        "MIT",
        True,
        "Shiqi Yu and others, OpenCV Zoo",
        Download(
            f"{_ZOO}/face_detection_yunet/face_detection_yunet_2023mar.onnx",
            "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
            232_589,
        ),
    ),
    DownloadableModel(
        "sface-2021dec",
        "sface",
        "Apache-2.0",
        True,
        "Yaoyao Zhong and Weihong Deng, OpenCV Zoo",
        Download(
            f"{_ZOO}/face_recognition_sface/face_recognition_sface_2021dec.onnx",
            SFACE_SHA256,
            38_696_353,
        ),
    ),
    DownloadableModel(
        "det_500m",
        "scrfd",
        _INSIGHTFACE,
        False,
        "InsightFace (buffalo_s)",
        Download(
            f"{_BUFFALO_S}/det_500m.onnx",
            "5e4447f50245bbd7966bd6c0fa52938c61474a04ec7def48753668a9d8b4ea3a",
            2_524_817,
        ),
    ),
    DownloadableModel(
        "det_10g",
        "scrfd",
        _INSIGHTFACE,
        False,
        "InsightFace (buffalo_l)",
        Download(
            f"{_BUFFALO_L}/det_10g.onnx",
            "5838f7fe053675b1c7a08b633df49e7af5495cee0493c7dcf6697200b85b5b91",
            16_923_827,
        ),
    ),
    DownloadableModel(
        "w600k_mbf",
        "arcface",
        _INSIGHTFACE,
        False,
        "InsightFace (buffalo_s)",
        Download(
            f"{_BUFFALO_S}/w600k_mbf.onnx",
            "9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f",
            13_616_099,
        ),
    ),
    DownloadableModel(
        "w600k_r50",
        "arcface",
        _INSIGHTFACE,
        False,
        "InsightFace (buffalo_l)",
        Download(
            f"{_BUFFALO_L}/w600k_r50.onnx",
            "4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43",
            174_383_860,
        ),
    ),
)


def downloadable_model(name: str) -> DownloadableModel | None:
    """The model with that name; None if there is none."""
    return next((model for model in DOWNLOADABLE_MODELS if model.name == name), None)


def licence_of(sha256: str) -> tuple[str, str] | None:
    """Licence and source of one of these models, by the SHA-256 of its file; None for another file."""
    return next(
        (
            (m.licence, f"{m.by}: {m.download.url}")
            for m in DOWNLOADABLE_MODELS
            if sha256 and m.download.sha256 == sha256
        ),
        None,
    )


def download_and_install(
    model: DownloadableModel,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> AddedModel:
    """Download a model, try it and add it. A model that was added before is returned as it is.

    Raises:
        DownloadError, CancelledError: an incomplete file is kept for the next try.
        ModelRefusedError: the file is not the expected model.
    """
    there = next((m for m in added_models() if m.sha256 == model.download.sha256), None)
    if there is not None:
        return there
    file = models_dir() / ".downloads" / f"{model.name}.onnx"
    if not file.is_file():
        fetch(model.name, model.download, file, on_progress, is_cancelled)
    try:
        candidate = examine_model(file, is_cancelled=is_cancelled)
        try:
            if candidate.verdict.family != model.family:
                raise ModelRefusedError(model.name, f"it is {candidate.verdict.family}, not {model.family}")
            source = f"{model.by}: {model.download.url}"
            return candidate.keep(title=model.name, licence=model.licence, source=source)
        finally:
            candidate.discard()
    finally:
        if not is_cancelled():
            file.unlink(missing_ok=True)
