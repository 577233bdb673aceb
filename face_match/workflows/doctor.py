"""Report what is installed, where files are, and any problems with their remedies."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import tempfile
from pathlib import Path
from typing import Any

from face_match.core.errors import FaceMatchError, GalleryEncryptedError
from face_match.core.gallery_place import GalleryPlace
from face_match.core.installation import install_command
from face_match.core.messages import error_message
from face_match.core.settings import settings_file
from face_match.core.version import GALLERY_FORMAT, __version__
from face_match.gallery.gallery import Gallery
from face_match.vision.models.added import models_dir
from face_match.vision.models.registry import all_detectors, all_models, load_detector, load_embedder
from face_match.vision.onnx.sessions import cache_dir

PACKAGES = (
    "PySide6-Essentials",
    "onnxruntime",
    "onnx",
    "numpy",
    "Pillow",
    "h5py",
    "SQLAlchemy",
    "sqlcipher3",
    "cryptography",
    "faiss-cpu",
    "mtcnn",
    "keras-facenet",
    "face_recognition_models",
)


def diagnose(place: GalleryPlace) -> dict[str, Any]:
    """Check the installation: `versions`, `folders` and `models` by name, and `problems` as sentences."""
    problems: list[str] = []
    versions = {
        "Face Match": __version__,
        "gallery format": str(GALLERY_FORMAT),
        "Python": platform.python_version(),
    }
    for package in PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = "not installed"
            problems.append(f"{package} is missing: “{install_command()}” brings it.")
    folders = {
        "gallery": str(place),
        "settings": str(settings_file()),
        "cache": str(cache_dir()),
        "added models": str(models_dir()),
    }
    for name, folder in (("gallery", place), ("cache", cache_dir())):
        if isinstance(folder, Path) and not _is_writable(folder):
            problems.append(f"The {name} folder cannot be written to: {folder}")
    try:
        gallery = Gallery.open(place, for_writing=False)
        folders["people"] = str(len(gallery.people))
        folders["faces"] = str(gallery.face_count)
    except GalleryEncryptedError:
        folders["people"] = "encrypted"
    except FaceMatchError as exc:
        problems.append(error_message(exc))
    return {
        "versions": versions,
        "folders": folders,
        "models": _models(problems),
        "problems": problems,
    }


def _models(problems: list[str]) -> dict[str, str]:
    states = {}
    for detector in all_detectors():
        try:
            load_detector(detector)
            states[detector] = "ready"
        except FaceMatchError as exc:
            states[detector] = "not usable"
            problems.append(error_message(exc))
    for model in all_models().values():
        if not model.is_installed and model.download is not None:
            states[model.id] = f"not installed; to download it: “models download {model.id}”"
            continue
        try:
            load_embedder(model.id)
            states[model.id] = f"ready ({model.weights_file()})"
        except FaceMatchError as exc:
            states[model.id] = f"not usable ({model.weights_file()})"
            problems.append(error_message(exc))
    return states


def _is_writable(folder: Path) -> bool:
    """Whether a file can be created in a folder, or in its nearest existing parent."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return os.access(folder, os.W_OK)
    except OSError:
        return False
