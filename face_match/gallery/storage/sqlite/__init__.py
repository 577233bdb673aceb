"""Records in `gallery.sqlite`."""
