"""The files of a gallery: records as JSON or SQLite, crops, backups, locks. `vault` seals and unseals single
files for all of them; `security` encrypts a whole gallery."""
