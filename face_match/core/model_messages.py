"""Errors of models, as sentences for `messages`."""

from __future__ import annotations

from face_match.core import errors
from face_match.core.installation import install_command
from face_match.core.reasons import reason_text
from face_match.core.translation import tr


def _missing_model(error: errors.ModelMissingError) -> str:
    match error:
        case errors.ModelMissingError(detail="unknown"):
            return tr(
                "There is no model called {model}. “models list” shows the available models.",
                model=error.model,
            )
        case errors.ModelMissingError(model="facenet"):
            return tr(
                "FaceNet’s weights are not installed. Download them with “models download facenet” (92 "
                "MB), or use the built-in model."
            )
        case errors.ModelMissingError(detail="added"):
            return tr(
                "The file of {model} is missing. Add it again with “models add FILE”.", model=error.model
            )
        case _:
            return tr(
                "The weights of {model} are not installed. Install them with “{install_command}”.",
                model=error.model,
                install_command=install_command(),
            )


def model_message(error: errors.ModelError) -> str:
    """The sentences for an error of a model, detector or engine."""
    match error:
        case errors.ModelMissingError():
            return _missing_model(error)
        case errors.ModelDamagedError():
            return tr(
                "The weights of {model} are damaged ({detail}). Delete the file and download it again. "
                "“doctor” shows where it is.",
                model=error.model,
                detail=reason_text(error.detail),
            )
        case errors.ModelFailedError():
            return tr(
                "The model {model} failed: {detail}. It was stopped, and other photos are not affected. "
                "If this happens often, use another model.",
                model=error.model,
                detail=reason_text(error.detail),
            )
        case errors.ModelRefusedError():
            return tr("{model} was not added: {detail}.", model=error.model, detail=reason_text(error.detail))
        case errors.DownloadError():
            return tr(
                "{model} could not be downloaded: {detail}. Try again: the download resumes where it "
                "stopped.",
                model=error.model,
                detail=reason_text(error.detail),
            )
        case errors.EngineMissingError():
            return tr(
                "The {model} engine needs the package {detail}. Install it with “{install_command}”.",
                model=error.model,
                detail=reason_text(error.detail),
                install_command=install_command("reference"),
            )
        case errors.EngineLacksError():
            return tr(
                "The {model} engine cannot {detail}. Leave out --engine {model}.",
                model=error.model,
                detail=reason_text(error.detail),
            )
    return f"{error.model}: {error.detail}"
