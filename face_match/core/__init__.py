"""Types, errors, settings, files and image decoding: what every wing stands on."""
