"""Types, errors, settings, files and image decoding: what all other packages use."""
