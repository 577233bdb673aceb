"""Names of faces in XMP sidecars."""
