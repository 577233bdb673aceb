"""Dialogs: decisions and settings."""
