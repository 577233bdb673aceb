"""Face Match names the people in photos, offline. Other programs may import what is in `__all__`."""

import os

# ONNX Runtime’s Linux and macOS wheels from 1.29 on send usage data to Microsoft unless this is set before
# they are loaded. Every process of the program imports this package first, and children inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__all__ = [
    "EmbeddedFace",
    "FaceMatchError",
    "FacePipeline",
    "Gallery",
    "Match",
    "NewFace",
    "Person",
    "Photo",
    "__version__",
    "default_gallery",
    "error_message",
    "is_accepted",
    "load_photo",
    "matches",
    "threshold_range",
]

TYPE_CHECKING = False  # type checkers take it for true; importing `typing` would leave time for Ctrl+C
if TYPE_CHECKING:
    from face_match.core.errors import FaceMatchError
    from face_match.core.matches import Match
    from face_match.core.messages import error_message
    from face_match.core.records import Person
    from face_match.core.settings import default_gallery
    from face_match.core.types import EmbeddedFace, Photo
    from face_match.core.version import __version__
    from face_match.decision.threshold import is_accepted, threshold_range
    from face_match.gallery.gallery import Gallery, NewFace
    from face_match.vision.photo_loading import load_photo
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.match import matches
else:
    _MODULES = {
        "EmbeddedFace": "core.types",
        "FaceMatchError": "core.errors",
        "FacePipeline": "vision.pipeline",
        "Gallery": "gallery.gallery",
        "Match": "core.matches",
        "NewFace": "gallery.gallery",
        "Person": "core.records",
        "Photo": "core.types",
        "__version__": "core.version",
        "default_gallery": "core.settings",
        "is_accepted": "decision.threshold",
        "load_photo": "vision.photo_loading",
        "matches": "workflows.match",
        "error_message": "core.messages",
        "threshold_range": "decision.threshold",
    }

    def __getattr__(name):
        """Import a public name when it is first used: a start of the program needs none."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
