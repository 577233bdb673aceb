"""What the window says of how things stand. (What went wrong is worded in face_match.messages.)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from face_match.decision.threshold import is_match
from face_match.errors import FaceMatchError
from face_match.gui.menus import MODEL_TITLES
from face_match.gui.threshold_slider import threshold_text
from face_match.messages import counted, sentence

if TYPE_CHECKING:
    from face_match.batch import Embedded
    from face_match.gallery.gallery import Gallery
    from face_match.gui.shown import Ranking


OUTGROWN = (
    "The gallery has outgrown embeddings.json: its records are in gallery.sqlite now, and the file is kept."
)


SMALL_FACES = "Small faces are looked for in large photos too, which takes longer."
LARGE_FACES = "In large photos only the larger faces are looked for, which is faster."

SMALLEST_FACE_PX = 20
"""What MTCNN looks for at most."""


def no_face(name: str, smallest_px: float) -> str:
    """Of a photo without any; says where smaller ones could be."""
    if round(smallest_px) <= SMALLEST_FACE_PX:
        return f"No face was found in {name}."
    return f"No face of {smallest_px:.0f} pixels or more was found in {name}. Ctrl+L looks for smaller ones."


def verdict(ranking: Ranking, threshold: float) -> str:
    """Who it is most like, and whether that is enough."""
    best = ranking.matches[0]
    if is_match(best.similarity, threshold):
        return f"Most like {best.person.name}, {best.similarity:.3f}. Enter confirms."
    nearest = f"{best.person.name}, {best.similarity:.3f}"
    return f"Nobody reaches {threshold_text(threshold)}; the nearest is {nearest}."


def hint(gallery: Gallery | None, face_count: int, ranking: Ranking | None) -> str:
    """What the list of matches says while it has no rows."""
    if gallery is not None and not gallery.people:
        return "The gallery is empty. Open a photo, type who it is, and add the first person."
    if ranking is not None:
        return "Nobody is left to match: everybody was rejected for this face."
    if face_count > 1:
        return "Pick a face in the photo to see who it is most like."
    return "The people most like the face in the photo appear here."


def status(gallery: Gallery | None, is_opening: bool, model_id: str, ranking: Ranking | None) -> str:
    """The line at the foot: model, people, samples, speed."""
    if gallery is None:
        return "opening the gallery …" if is_opening else "no gallery"
    parts = [
        f"model: {MODEL_TITLES.get(model_id, model_id)}",
        counted(len(gallery.people), "person", "people"),
        counted(gallery.sample_count, "sample", "samples"),
    ]
    if not gallery.is_writable:
        parts.append("read-only")
    if ranking is not None:
        parts.append(f"matched in {1000 * ranking.seconds:.1f} ms")
    return " · ".join(parts)


def embedded(result: Embedded) -> str:
    """How embedding the samples for another model went."""
    done = "1 sample was" if result.done == 1 else f"{result.done:,} samples were"
    text = f"{done} embedded for this model."
    if result.failed:
        text += f" {len(result.failed)} could not be, and are not matched under it. They are kept."
    return text


def failure(error: Exception) -> str:
    """What the window says of whatever went wrong in the background."""
    if isinstance(error, FaceMatchError):
        return sentence(error)
    return (
        f"Something went wrong that should not have ({type(error).__name__}). Nothing that was saved is lost."
    )
