"""Galleries of earlier versions and of the original demo."""
