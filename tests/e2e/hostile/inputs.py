"""All hostile inputs, each made from a healthy gallery of two people, and which of them every run has.

The others are variants, for when what they concern has changed: the variable FACE_MATCH_TEST_INPUTS has a
regular expression for the ids of the inputs that are wanted; "." is all.
"""

from __future__ import annotations

import os
import re

from tests.e2e.hostile import (
    inputs_archives,
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

EVERY_RUN = {
    "archive": """
        healthy slip-absolute slip-dotdot slip-nul slip-unc file-dotdot folder-outside link twice
        without-crop bomb-by-ratio manifest-size-less manifest-hash-wrong manifest-bomb records-bomb
        locked zip64-lies overlapping crop-postscript crop-bomb-grey crop-bomb-float person-unknown
        earlier-file-outside shared-crop photos-of-others
        landmarks-of-three landmarks-huge vector-of-64 name-surrogate nested ids-of-others
    """,
    "json": """
        file-absolute file-dotdot file-dotdot-inside file-nul file-number folder-dotdot folder-unc
        box-nan box-huge place-texts landmarks-of-three landmarks-huge vector-of-64 vector-nan
        model-odd name-surrogate name-nul name-long name-twice name-escapes folder-300 folder-con
        cover-list id-twice id-surrogate extra-nested file-of-eileen file-of-unnamed person-unknown
        photo-unknown rejection-similarity-nan photo-size-negative photo-path-unc conflict-face-unknown
        conflict-name-escapes history-face-of-no-photo history-unknown-person history-crop-of-eileen
        history-all-null history-file-outside history-person-outside history-photo-with-faces
        step-id-largest
        history-nested version-huge document-null document-nested document-bomb link-faces_db
        link-person link-crop link-records link-backups link-waiting link-gallery.lock
        link-gallery.lock.json link-vault link-loop pipe-embeddings.json pipe-vault.json pipe-crop
        pipe-among-backups folder-embeddings.json folder-crop
    """,
    "database": """
        file-absolute file-dotdot file-bytes folder-dotdot folder-surrogate box-nan landmarks-huge
        vector-odd-length vector-of-64 name-surrogate name-nul history-face-of-no-photo
        history-all-null history-crop-of-eileen edits-not-json edit-null extra-odd trigger
        photos-gone photo-id-odd endless-view journal-of-another garbage
        link-records link-faces_db link-wal sealed-flipped-middle sealed-crops-swapped
        sealed-planted-dotdot
    """,
    "erasing": """
        moved-to-absolute moved-to-dotdot moved-to-nul moved-to-null moved-to-dotdot-database
        moved-over-records moved-from-absolute files-absolute folder-dotdot numbers places nested
    """,
    "crop": "postscript eps text tiff bomb-grey bomb-16-bit claims-too-much",
    "encrypted": "link-crop link-faces_db",
    "sealed": """
        planted-dotdot planted-absolute planted-no-utf-8 crop-flipped-first crop-flipped-in-mark
        crop-flipped-after-mark crop-flipped-nonce crop-flipped-middle crop-flipped-last
        crop-cut-off crop-emptied records-flipped-middle records-emptied waiting-flipped-middle
        backup-cut-off bak-for-records crop-for-records
    """,
    "unsealed": """
        database-beside database-in-place records-in-place crop-in-place waiting backup erasing
    """,
    "vault": "n-huge n-text r-zero p-4096 p-negative no-key state-wrong salt-10-mb nested",
    "plain": "sealed-planted-dotdot",
    "restore": "json-outside json-file database-folder database-vector",
    "backups": "dated-ahead odd-names",
    "seed": "absolute dotdot nan",
    "waiting": """
        endless-line size-negative digest-empty crop_bytes-huge crop_bytes-negative path-nul path-unc
        crop-postscript crop-bomb vector-of-64
    """,
    "unfinished": "paths",
    "calibrations": "nan nested",
    "settings": "nested odd thresholds",
    "model": "as-it-should-be sizes-huge link title-odd",
    "photo": "postscript bomb-16-bit bomb-float exif-garbage name-long pipe",
    "sidecar": "laughs external attribute-2-mb regions-5000 name-references name-nul binary link",
}
"""By the first word of their ids."""


MODULES = (
    *(inputs_archives, inputs_records, inputs_histories, inputs_files, inputs_links, inputs_images),
    *(inputs_outside, inputs_sealed),
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
    return [f"{word}-{rest}" for word, ends in EVERY_RUN.items() for rest in ends.split()]
