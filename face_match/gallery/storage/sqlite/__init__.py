"""The SQLite store: records in `gallery.sqlite`."""
