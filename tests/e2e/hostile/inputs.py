"""All hostile inputs, each made from a healthy gallery of two people, and which of them usual runs have.

The others are variants, for when what they concern has changed: the variable FACE_MATCH_TEST_INPUTS has a
regular expression for the ids of the inputs that are wanted; "." is all.
"""

from __future__ import annotations

import os
import re

from tests.e2e.hostile import (
    inputs_archives,
    inputs_catalogues,
    inputs_files,
    inputs_histories,
    inputs_images,
    inputs_links,
    inputs_outside,
    inputs_records,
    inputs_sealed,
)
from tests.e2e.hostile.world import Hostile

WANTED = "FACE_MATCH_TEST_INPUTS"

CHOSEN = {
    "archive": """
        healthy slip-dotdot slip-nul file-dotdot folder-outside link twice without-crop
        bomb-by-ratio manifest-hash-wrong records-bomb zip64-lies crop-postscript crop-bomb-float
        crop-too-wide
        person-unknown shared-crop landmarks-huge name-surrogate nested ids-of-others
    """,
    "json": """
        file-absolute file-dotdot-inside file-nul folder-dotdot box-nan place-texts landmarks-huge
        vector-nan name-surrogate name-twice name-escapes folder-con id-twice extra-nested
        file-of-eileen person-unknown rejection-similarity-nan photo-path-unc conflict-name-escapes
        history-unknown-person history-file-outside history-person-outside step-id-largest
        history-nested version-huge document-nested document-bomb link-faces_db link-crop
        link-records link-gallery.lock link-vault link-loop pipe-embeddings.json pipe-crop
        folder-embeddings.json folder-crop
    """,
    "database": """
        file-dotdot file-bytes folder-dotdot box-nan vector-odd-length name-surrogate
        history-all-null edits-not-json extra-odd trigger photos-gone endless-view
        journal-of-another garbage link-records link-wal sealed-flipped-middle sealed-crops-swapped
        sealed-planted-dotdot
    """,
    "erasing": """
        moved-to-absolute moved-to-nul moved-to-dotdot-database moved-over-records files-absolute
        folder-dotdot nested
    """,
    "crop": "postscript text bomb-grey claims-too-much too-wide",
    "encrypted": "link-crop link-faces_db pipe-crop",
    "sealed": """
        planted-dotdot planted-no-utf-8 crop-flipped-first crop-flipped-after-mark
        crop-flipped-middle crop-cut-off records-flipped-middle waiting-flipped-middle
        backup-cut-off bak-for-records
    """,
    "unsealed": """
        database-beside database-in-place records-in-place crop-in-place waiting backup erasing
    """,
    "vault": "n-huge r-zero no-key state-wrong nested",
    "plain": "sealed-planted-dotdot",
    "restore": "json-outside json-file database-folder database-vector",
    "backups": "dated-ahead odd-names",
    "seed": "absolute dotdot nan",
    "waiting": "endless-line size-negative crop_bytes-huge path-unc crop-postscript",
    "unfinished": "paths",
    "calibrations": "nan nested",
    "settings": "nested odd thresholds",
    "model": "as-it-should-be sizes-huge sizes-negative link pipe title-odd",
    "photo": "postscript exif-garbage name-long pipe too-wide too-tall",
    "sidecar": "laughs external regions-5000 name-nul binary link",
    "catalogue": "endless-view huge-value names link pipe-contacts.xml contacts-laughs takeout-nested",
}
"""Those that differ most, by the first word of their ids. Usual runs have every second one."""


MODULES = (
    *(inputs_archives, inputs_records, inputs_histories, inputs_files, inputs_links, inputs_images),
    *(inputs_outside, inputs_sealed, inputs_catalogues),
)


def _collected() -> dict[str, Hostile]:
    found: dict[str, Hostile] = {}
    for module in MODULES:
        for one in module.inputs():
            assert one.id not in found, one.id
            found[one.id] = one
    return found


INPUTS = _collected()


def wanted() -> list[str]:
    """The ids of the inputs that this run is to have."""
    pattern = os.environ.get(WANTED)
    if pattern:
        return [name for name in INPUTS if re.search(pattern, name)]
    return [f"{word}-{rest}" for word, ends in CHOSEN.items() for rest in ends.split()][::2]
