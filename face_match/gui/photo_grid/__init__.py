"""Grids of photos, with what can be done with them."""
