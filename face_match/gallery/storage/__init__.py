"""The files of a gallery: records as JSON or SQLite, crops, backups, locks, encryption of single files."""
