"""The people window."""
