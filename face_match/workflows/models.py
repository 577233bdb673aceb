"""The models: which there are, and which one a gallery uses."""

from __future__ import annotations

from collections import Counter

from face_match.gallery.gallery import Gallery
from face_match.vision.models.registry import all_models, preferred_model


def model_for_gallery(gallery: Gallery, chosen: str) -> str:
    """The id of the model to use: the chosen one if installed, else the one with the most named faces of the
    gallery, else the preferred one."""
    models = all_models()
    if chosen in models and models[chosen].is_installed:
        return chosen
    faces_by_model = Counter(gallery.named_count_by_model())
    usable = [id_ for id_, _ in faces_by_model.most_common() if id_ in models and models[id_].is_installed]
    return usable[0] if usable else preferred_model()
