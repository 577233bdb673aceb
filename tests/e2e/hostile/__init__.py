"""Hostile galleries, archives, photos, sidecars and settings, and what every command does with them."""
