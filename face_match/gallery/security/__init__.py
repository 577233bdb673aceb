"""Encryption of a whole gallery, and purging of people."""
