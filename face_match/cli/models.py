"""The commands about models and about the installation."""

from __future__ import annotations

import argparse

from face_match.cli.opening import embed_missing, open_to_write
from face_match.cli.output import Output, progress_bar
from face_match.settings import Settings


def models(options: argparse.Namespace, output: Output) -> None:
    """List models, download one, or switch to one."""
    from face_match.vision.models import MODELS, model_info

    if options.action == "list":
        if options.name is not None:
            options.usage_error("models list takes no NAME")
        current = Settings.load().model
        output.document = {
            "models": [
                {
                    "name": model.id,
                    "title": model.title,
                    "dimensions": model.dimensions,
                    "licence": model.licence,
                    "installed": model.is_installed,
                    "chosen": model.id == current,
                    "file": str(model.weights_file()),
                }
                for model in MODELS.values()
            ]
        }
        for model in MODELS.values():
            state = "installed" if model.is_installed else f"“models download {model.id}” gets it"
            chosen = ", chosen" if model.id == current else ""
            output.line(f"{model.id:8} {model.title}, {model.dimensions}-d, {model.licence}: {state}{chosen}")
        return
    if options.name is None:
        options.usage_error(f"models {options.action} needs the NAME of a model")
    model = model_info(options.name)
    if options.action == "download":
        _download(model.id, output)
    else:
        _use(model.id, options, output)


def _download(model_id: str, output: Output) -> None:
    from face_match.vision.download import download_model

    with progress_bar(f"downloading {model_id}", unit="B") as on_progress:
        file = download_model(model_id, on_progress)
    output.document = {"model": model_id, "file": str(file)}
    output.line(f"{model_id} is ready. “models use {model_id}” switches to it.")


def _use(model_id: str, options: argparse.Namespace, output: Output) -> None:
    from face_match.vision.pipeline import FacePipeline

    with open_to_write(options) as gallery:
        pipeline = FacePipeline.load(model_id)
        embed_missing(gallery, pipeline, output)
    settings = Settings.load()
    settings.model = model_id
    settings.save()
    output.document |= {"model": model_id}
    output.line(f"{model_id} is used from now on.")


def doctor(options: argparse.Namespace, output: Output) -> None:
    """Say what is installed, what is wrong and how to mend it."""
    from face_match.doctor import examine

    report = examine(options.gallery)
    output.document = report
    for group in ("versions", "folders", "models"):
        output.line(group.capitalize())
        for name, value in report[group].items():
            output.line(f"  {name:26} {value}")
    for problem in report["problems"]:
        output.line(f"! {problem}")
    if report["problems"]:
        output.has_failed = True
    else:
        output.line("Nothing is wrong.")
