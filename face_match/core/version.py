"""The version, kept in this one place; the build reads it too."""

__version__ = "0.2.0.dev0"

GALLERY_FORMAT = 5
"""The format of the records that this version writes, the same number for a file and a database. It reads all
formats before it: 1 to 3 had samples instead of faces, 4 neither turned photos nor hints."""
