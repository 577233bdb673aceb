"""Programs for those who work on Face Match."""
