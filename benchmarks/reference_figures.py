"""Write what thresholds of the built-in model cost on labelled photos into the program.

python -m benchmarks.reference_figures FOLDER …      folders of person/photo; nobody is in two of them
"""

from __future__ import annotations

import json

from benchmarks.labelled import folders_and_model, labelled, together
from face_match.decision.comparisons import search_comparisons
from face_match.decision.reference_figures import FILE, record


def main() -> None:
    """Each photo is compared with every person of all folders."""
    options = folders_and_model(__doc__.splitlines()[0])
    photos = together(labelled(options.folders, options.model))
    known = json.loads(FILE.read_bytes()) if FILE.exists() else {}
    known[options.model] = record(search_comparisons(photos.embeddings, photos.people), len(photos.people))
    FILE.write_text(json.dumps(known) + "\n", "utf-8")
    print(f"{FILE.name}: {len(photos.people)} photos of {photos.count} people under {options.model}")


if __name__ == "__main__":
    main()
