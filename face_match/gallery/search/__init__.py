"""Nearest people by cosine similarity."""
