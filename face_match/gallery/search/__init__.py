"""Searching people by cosine similarity."""
